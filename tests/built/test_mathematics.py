"""The formulas of the built site: none is lost, none left as source, each in its own font."""

import base64
import functools
import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import Tag
from bs4.element import NavigableString
from fontTools.ttLib import TTFont

from pages import EXAMPLES, NOTES, PAGES, ROOT
from reading import LISTINGS, TEX, article, elements, html_pages, parsed, value

each_page = pytest.mark.parametrize("page", PAGES)
each_page_and_listing = pytest.mark.parametrize("page", [*PAGES, *LISTINGS])
each_note = pytest.mark.parametrize("note", NOTES)
each_example = pytest.mark.parametrize("example", EXAMPLES)


@each_page_and_listing
def test_no_formula_is_left_as_source(site: Path, page: str) -> None:
    """Outside of code, no dollar, no TeX command and no markup of a formula reaches a reader."""
    assert [text for text in said(parsed(site / page)) if TEX.search(text)] == []


def said(element: Tag) -> Iterator[str]:
    """Yield what an element shows or tells in words, which code and formulas are not."""
    if element.name in {"pre", "code", "math", "script", "style"}:
        return
    if "highlight" in element.get_attribute_list("class"):
        return
    yield from (value(element, name) for name in ("alt", "title"))
    for child in element.children:
        if isinstance(child, Tag):
            yield from said(child)
        elif type(child) is NavigableString:  # a comment is another kind
            yield child


@each_page
def test_formulas_are_mathml(site: Path, page: str) -> None:
    """A place for a formula holds MathML with something in it, and no error."""
    places = article(site, page).select(".math")
    assert [place for place in places if place.name != "math" and not place.find("math")] == []
    for formula in article(site, page).select("math"):
        assert formula.get_text().strip()
        assert not TEX.search(formula.get_text())
        assert not formula.find("merror")


@each_note
def test_no_formula_of_a_note_is_lost(site: Path, note: str) -> None:
    """Each displayed formula in a note's source is a displayed formula on its page."""
    source = (ROOT / "docs" / note).with_suffix(".md").read_text("utf-8")
    written = len(re.findall(r"^\$\$$", source, re.MULTILINE)) // 2
    shown = article(site, note).select('math[display="block"]')
    typed = [m for m in shown if not m.find_parent(class_=["derivation", "exercise"])]
    assert len(typed) == written


@each_example
def test_no_formula_of_an_example_is_lost(site: Path, example: str) -> None:
    """Each formula in a script's text is a formula on its page."""
    source = (ROOT / example).with_suffix(".py").read_text("utf-8")
    assert len(article(site, example).select("math")) == source.count(":math:`")


@functools.cache
def embedded_font(site: Path) -> frozenset[str]:
    """Return the characters of the font in the site's style sheet for mathematics."""
    sheet = (site / "_static" / "math.css").read_text("utf-8")
    data = re.search(r"data:font/woff2;base64,([^\"]+)", sheet)
    assert data, "no font in math.css"
    font = TTFont(io.BytesIO(base64.b64decode(data[1])))
    assert font.flavor == "woff2"
    assert "MATH" in font, "without this table no formula can be laid out"
    return frozenset(map(chr, font.getBestCmap()))


# A browser shows an identifier of one letter as the italic letter of mathematics (MathML Core,
# text-transform: math-auto): x is drawn with U+1D465.
ITALIC = {
    chr(int(unicodedata.decomposition(chr(code)).split()[1], 16)): chr(code)
    for code in (0x210E, *range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C))
    if unicodedata.decomposition(chr(code))
}
INVISIBLE = set(" \n\u2061\u2062\u2063\u2064")


def drawn(formula: Tag) -> set[str]:
    """Return the characters that a browser draws for a formula."""
    characters: set[str] = set()
    for leaf in formula.find_all(["mi", "mn", "mo", "mtext", "ms"]):
        text = leaf.get_text().strip()
        is_italic = leaf.name == "mi" and value(leaf, "mathvariant") != "normal"
        characters |= {ITALIC.get(text, text)} if is_italic and len(text) == 1 else set(text)
    return characters - INVISIBLE


@each_page
def test_the_font_has_every_character_of_the_formulas(site: Path, page: str) -> None:
    """What a browser draws in a formula comes from the embedded font, italic letters too."""
    missing: set[str] = set()
    for formula in article(site, page).select("math"):
        missing |= drawn(formula) - embedded_font(site)
    assert {f"{c} U+{ord(c):04X}" for c in missing} == set()


def test_the_font_is_used(site: Path) -> None:
    """Every page with formulas loads the style sheet with the font, and a rule applies it."""
    rules = (site / "_static" / "site.css").read_text("utf-8")
    family = re.search(
        r'font-family: "([^"]+)"', (site / "_static" / "math.css").read_text("utf-8")
    )
    assert family
    assert re.search(rf'math \{{ font-family: "{family[1]}"', rules)
    for name in html_pages(site):
        there = elements(site / name)
        if any(element.name == "math" for element in there):
            sheets = [
                e.attributes["href"] for e in there if e.attributes.get("rel") == "stylesheet"
            ]
            assert any("_static/math.css" in sheet for sheet in sheets), name
