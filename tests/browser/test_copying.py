"""What is copied with a formula in it is text with LaTeX, and HTML with MathML."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docutils import nodes

from _extensions.mathematics.mathml import convert
from pages import DOCS, PAGES

if TYPE_CHECKING:  # nox -s tests collects this file without playwright
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

NOTE = "notes/log-det.html"
FORMULAS = (DOCS / "_static" / "formulas.js").read_text("utf-8")
# Selects from the start of one element to the end of another, as a reader does.
SELECT = """
([first, last]) => {
  const range = document.createRange();
  range.setStart(first, 0);
  range.setEnd(last, last.childNodes.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}
"""


@pytest.fixture(scope="module")
def window(browser: "Browser", server: str) -> Iterator["Page"]:
    """Return a window with a note in it, which may use the clipboard."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(server + NOTE)
    yield page
    context.close()


def copied(window: "Page", first: str, last: str) -> tuple[str, str]:
    """Select from one element to another, press the keys that copy, and return text and HTML."""
    ends = [window.locator(place).first.element_handle() for place in (first, last)]
    window.evaluate(SELECT, ends)
    window.locator("script[src*='formulas.js']").wait_for(state="attached")
    window.wait_for_timeout(200)  # until the script, loaded by the first selection, has run
    window.keyboard.press("Control+c")
    return clipboard(window, "text/plain"), clipboard(window, "text/html")


def clipboard(window: "Page", kind: str) -> str:
    """Return what is on the clipboard, in one of its forms."""
    read = """async (kind) => {
      const [item] = await navigator.clipboard.read();
      return item.types.includes(kind) ? (await item.getType(kind)).text() : "";
    }"""
    found: str = window.evaluate(read, kind)
    return found


def drawn(mathml: str) -> str:
    """Return what is seen of a formula: its structure without spacing, and its characters."""
    found = re.sub(r"<(/?)(mrow|mpadded)\b[^>]*>|<mspace[^>]*>", "", html.unescape(mathml))
    found = re.sub(r"<(\w+)[^>]*>", r"<\1>", found)
    found = re.sub("[\u2061\ufe00]", "", found)
    found = re.sub("<mo></mo>|<mtext>\xa0</mtext>", "", found)
    return found.replace("<mo>·</mo>" * 3, "<mo>⋯</mo>").replace("<mi>:</mi>", "<mo>:</mo>")


def test_every_formula_of_the_site_comes_back_from_its_latex(window: "Page", site: Path) -> None:
    """The LaTeX that is made of a formula, converted again, gives the same formula."""
    found: dict[str, None] = {}
    for page in PAGES:
        text = (site / page).read_text("utf-8")
        found.update(dict.fromkeys(re.findall(r"<math\b.*?</math>", text, re.DOTALL)))
    formulas = list(found)
    assert len(formulas) > 2000
    window.evaluate(FORMULAS)
    made = window.evaluate(
        """(formulas) => formulas.map((formula) => {
          const part = document.createElement("div");
          part.innerHTML = formula;
          return formulaAsLatex(part.firstChild);
        })""",
        formulas,
    )
    wrong = []
    for formula, tex in zip(formulas, made, strict=True):
        display = 'display="block"' in formula
        again = convert(nodes.math_block(tex, tex) if display else nodes.math(tex, tex))
        if drawn(again) != drawn(formula):
            wrong.append(tex)
    assert wrong == []


def test_a_sentence_is_copied_with_dollars(window: "Page") -> None:
    """Text has LaTeX between dollars where the page has a formula, and HTML has its MathML."""
    place = "article .derivation-given"
    text, markup = copied(window, place, place)
    assert re.match(r"For \$X \\in .*\$", text), text
    assert "\n" not in text.strip()
    assert "<math" in markup
    assert "<mi>X</mi>" in markup
    assert "copybtn" not in markup


def test_a_formula_that_is_half_selected_is_copied_whole(window: "Page") -> None:
    """A selection that begins within a formula has all of it."""
    place = "article .derivation-given math"
    half, _ = copied(window, f"{place} mi", f"{place} mi")
    whole, _ = copied(window, place, place)
    assert half == whole
    assert re.fullmatch(r"\$X \\in .*\$", whole)


def test_a_derivation_is_copied_aligned(window: "Page") -> None:
    """A chain of equations is an ``align*`` with a line for each, and the reasons in words."""
    chain = "article .derivation-chain:has(.derivation-reason p)"
    text, markup = copied(window, chain, chain)
    lines = text.strip().splitlines()
    assert lines[0] == r"\begin{align*}"
    assert lines[-1] == r"\end{align*}"
    rows = window.locator(chain).first.locator(".derivation-right").count()
    assert len([line for line in lines if "&=" in line]) == rows
    assert all(line.endswith(r" \\") for line in lines[1:-2])
    assert r"\text{" in text
    assert markup.count("<math") >= rows


@pytest.mark.parametrize(
    ("label", "beginning"), [("Copy as LaTeX", r"\begin{align*}"), ("Copy as Python", "X in ")]
)
def test_a_button_copies_a_derivation(window: "Page", label: str, beginning: str) -> None:
    """On request a derivation is copied as LaTeX, or as the Python that was executed."""
    place = f"article .derivation-check button[title='{label}']"
    window.locator(place).first.press("Enter")
    window.locator(f"{place}[data-said='Copied']").first.wait_for()
    text = clipboard(window, "text/plain")
    assert text.startswith(beginning), text
    if label.endswith("Python"):
        assert text in (DOCS / NOTE).with_suffix(".md").read_text("utf-8")
        window.locator("article button[data-said]").first.wait_for(state="detached")


def test_what_has_no_formula_is_copied_as_ever(window: "Page") -> None:
    """A heading is copied by the browser itself."""
    window.locator("article h1").evaluate("(h1) => getSelection().selectAllChildren(h1)")
    window.keyboard.press("Control+c")
    assert clipboard(window, "text/plain").startswith("The gradient of log det")


def test_nothing_is_loaded_for_copying_before_a_selection(browser: "Browser", server: str) -> None:
    """The script that makes LaTeX of formulas comes with the first selection, not with typing."""
    page = browser.new_page()
    page.goto(server + NOTE, wait_until="networkidle")
    assert page.locator("script[src*='formulas.js']").count() == 0
    page.locator(".sidebar-search").fill("Jacobi")
    page.locator(".sidebar-search").press("Shift+Home")
    page.wait_for_timeout(200)  # a selection is told after it was made
    assert page.locator("script[src*='formulas.js']").count() == 0
    page.locator("article p").first.click(click_count=3)
    page.locator("script[src*='formulas.js']").wait_for(state="attached")
    page.close()
