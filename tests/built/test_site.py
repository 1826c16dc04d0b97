"""The built site: what a reader, a crawler and a screen reader find in its files.

What needs a browser is in ``browser/``.
"""

import base64
import functools
import io
import re
import sys
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET

import html5lib  # type: ignore[import-untyped]
import pytest
from bs4 import BeautifulSoup, Tag
from fontTools.ttLib import TTFont

from autodiff_notes import catalogue
from pages import EXAMPLES, NOTES, PAGES, ROOT, WRITTEN

ARGUMENTS = [
    page
    for page in WRITTEN
    if re.fullmatch(r"(notes|behaviour|parting|sweep|catalogue)/(?!index).*", page)
]

# Pages that Sphinx makes from the others: nobody writes them, and no text leads to them.
LISTINGS = {
    "404.html": "the server shows it",
    "search.html": "the search field, a form, leads to it",
    "genindex.html": "an index for those who ask for it by <link rel=index>",
    "py-modindex.html": "the same, of modules",
}

each_page = pytest.mark.parametrize("page", PAGES)
each_page_and_listing = pytest.mark.parametrize("page", [*PAGES, *LISTINGS])
each_note = pytest.mark.parametrize("note", NOTES)
each_example = pytest.mark.parametrize("example", EXAMPLES)


# The site as data


@functools.cache
def parsed(path: Path) -> BeautifulSoup:
    """Return a page as a browser would read it."""
    return BeautifulSoup(path.read_text("utf-8"), "html5lib")


def html_pages(site: Path) -> list[str]:
    """Return every HTML page of the site."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def article(site: Path, page: str) -> Tag:
    """Return what a page says, without navigation."""
    return only(parsed(site / page), "article")


def only(parent: Tag, selector: str) -> Tag:
    """Return the one element that a selector finds."""
    found = parent.select(selector)
    assert len(found) == 1, f"{len(found)} elements match {selector}"
    return found[0]


def value(element: Tag, attribute: str) -> str:
    """Return an attribute as text, empty where there is none."""
    return " ".join(element.get_attribute_list(attribute)) if attribute in element.attrs else ""


def meta(site: Path, page: str, name: str) -> str:
    """Return what a page says of itself under one name."""
    return value(
        only(parsed(site / page), f'meta[name="{name}"], meta[property="{name}"]'), "content"
    )


@functools.cache
def address(site: Path) -> str:
    """Return the site's public address, which every page's canonical link begins with."""
    home = value(only(parsed(site / "index.html"), 'link[rel="canonical"]'), "href")
    return home.removesuffix("index.html")


# Links


class Link(NamedTuple):
    """A reference from one file of the site: where, by which element, to what."""

    source: str
    element: str
    target: str


URL_ATTRIBUTES = ("href", "src", "xlink:href", "action", "formaction", "data", "poster", "cite")
CSS_URL = re.compile(r"""url\(\s*["']?(.*?)["']?\s*\)|@import\s+["'](.*?)["']""")


def html_links(site: Path, page: str) -> Iterator[Link]:
    """Yield every reference of a page."""
    for element in parsed(site / page).find_all(True):
        for attribute in URL_ATTRIBUTES:
            if attribute in element.attrs:
                yield Link(page, element.name, value(element, attribute))
        for candidate in filter(None, value(element, "srcset").split(",")):
            yield Link(page, element.name, candidate.split()[0])
        yield from css_links(page, value(element, "style"))
        if element.name == "style":
            yield from css_links(page, element.get_text())


def css_links(source: str, text: str) -> Iterator[Link]:
    """Yield every reference of a style sheet."""
    for match in CSS_URL.finditer(text):
        yield Link(source, "css", match[1] or match[2])


def svg_links(site: Path, image: str) -> Iterator[Link]:
    """Yield every reference of a drawing."""
    text = (site / image).read_text("utf-8")
    for element in ET.fromstring(text).iter():
        for name, target in element.attrib.items():
            if name.rpartition("}")[2] in {"href", "src"}:
                yield Link(image, "svg", target)
    yield from css_links(image, text)


@functools.cache
def links(site: Path) -> list[Link]:
    """Return every reference in the site's pages, style sheets and drawings."""
    found: list[Link] = []
    for name in html_pages(site):
        found += html_links(site, name)
    for path in site.rglob("*.css"):
        found += css_links(path.relative_to(site).as_posix(), path.read_text("utf-8"))
    for path in site.rglob("*.svg"):
        found += svg_links(site, path.relative_to(site).as_posix())
    return found


def local(site: Path, link: Link) -> str | None:
    """Return a reference's place in the site, with fragment, or None if it leads out of it."""
    absolute = urljoin(address(site) + link.source, link.target)
    return absolute.removeprefix(address(site)) if absolute.startswith(address(site)) else None


@functools.cache
def anchors(path: Path) -> set[str]:
    """Return what a fragment can point to in a file."""
    if path.suffix == ".html":
        return {value(tag, name) for tag in parsed(path).find_all(True) for name in ("id", "name")}
    if path.suffix == ".svg":
        return {element.get("id", "") for element in ET.parse(path).iter()}
    return set()


def breakage(site: Path, link: Link) -> str | None:
    """Say what is wrong with a reference into the site."""
    if link.target.startswith("data:"):
        return None
    place = local(site, link)
    if place is None:
        same_host = (
            urlsplit(urljoin(address(site), link.target)).netloc == urlsplit(address(site)).netloc
        )
        return "leads out of the site's folder" if same_host else None
    name, fragment = urldefrag(place)
    path = site / unquote(urlsplit(name).path)
    if not path.is_file():
        return "is no file"
    if fragment not in {"", "top"} and unquote(fragment) not in anchors(path):
        return "has no such anchor"
    return None


def test_there_is_a_page_for_every_source_and_no_other(site: Path) -> None:
    """Each Markdown file and each script has its page, and nothing is left over from others."""
    assert set(html_pages(site)) - LISTINGS.keys() == set(PAGES)


def test_every_page_is_reachable(site: Path) -> None:
    """Following links from the home page, a reader comes to every page but the listings."""
    targets: dict[str, set[str]] = {name: set() for name in html_pages(site)}
    for link in links(site):
        if link.element == "a" and (place := local(site, link)) is not None:
            targets[link.source].add(unquote(urlsplit(place).path))
    reached, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name not in reached and name in targets:
            reached.add(name)
            waiting += targets[name]
    assert sorted(targets.keys() - reached - LISTINGS.keys()) == []


def test_no_internal_link_is_broken(site: Path) -> None:
    """Every reference into the site meets a file, and every fragment an element with its id."""
    broken = {f"{link}: {wrong}" for link in links(site) if (wrong := breakage(site, link))}
    assert sorted(broken) == []


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    """Only a link that a reader follows leads to another host; pages load nothing from there."""
    outside = [
        link
        for link in links(site)
        if link.element != "a"
        and not link.target.startswith(("data:", "#"))
        and local(site, link) is None
    ]
    assert outside == []


def test_pages_can_be_read_from_a_disk(site: Path) -> None:
    """No page but 404.html has a reference that begins at the root of a server."""
    from_root = [link for link in links(site) if link.target.startswith("/")]
    assert {link.source for link in from_root} == {"404.html"}


def test_404_works_at_any_depth(site: Path) -> None:
    """Each link of 404.html begins at the root of the server, with the folder of the site."""
    folder = urlsplit(address(site)).path
    assert folder.startswith("/")
    relative = [
        link
        for link in html_links(site, "404.html")
        if not link.target.startswith(("#", "https://", address(site), folder))
    ]
    assert relative == []


@each_page
def test_the_source_of_a_page_can_be_viewed_and_edited(site: Path, page: str) -> None:
    """The links to a page's source lead to what was written: its Markdown, or its script."""
    hrefs = [value(a, "href") for a in parsed(site / page).select("a.muted-link[href]")]
    sources = {
        match[1] for href in hrefs if (match := re.search(r"/(?:blob|edit)/main/([^?]+)", href))
    }
    stem = page.removesuffix(".html")
    written = {f"{stem}.py"} if page in EXAMPLES else {f"docs/{stem}.md"}
    assert sources == (set() if page == "gallery/index.html" else written)


@each_note
def test_every_note_shows_its_examples(site: Path, note: str) -> None:
    """A note that cites a script links to it, and the script's page links back."""
    source = (ROOT / "docs" / note).with_suffix(".md").read_text("utf-8")
    cited = {f"gallery/{name}.html" for name in re.findall(r"{gallery-step} (\w+)", source)}
    assert cited
    assert cited <= article_targets(site, note)
    assert {name for name in cited if note not in article_targets(site, name)} == set()


def article_targets(site: Path, page: str) -> set[str]:
    """Return the pages that the text of a page links to."""
    hrefs = [value(a, "href") for a in article(site, page).select("a[href]")]
    places = [local(site, Link(page, "a", href)) for href in hrefs]
    return {unquote(urlsplit(place).path) for place in places if place}


@pytest.mark.parametrize("page", [*NOTES, *EXAMPLES])
def test_notes_and_examples_lead_to_the_api(site: Path, page: str) -> None:
    """The text or the code of each note and each example links to a page of the API."""
    assert any(target.startswith("api/") for target in article_targets(site, page))


@each_example
def test_every_example_belongs_to_a_note(site: Path, example: str) -> None:
    """Each example links to the page that makes its argument, and can be downloaded thrice."""
    targets = article_targets(site, example)
    assert targets & set(ARGUMENTS)
    name = Path(example).stem
    downloads = {Path(target).name for target in targets if target.startswith("_downloads/")}
    assert downloads == {f"{name}.py", f"{name}.ipynb", f"{name}.zip"}


TORCH_NAME = re.compile(r"\btorch(?:\.[a-zA-Z_]\w*)+")
TORCH_DOCS = "https://docs.pytorch.org/docs/stable/"


def linked_names(element: Tag) -> set[str]:
    """Return the texts that link to torch's documentation."""
    return {a.get_text().removesuffix("()") for a in element.select(f'a[href^="{TORCH_DOCS}"]')}


@each_page
def test_torch_names_in_prose_are_links(site: Path, page: str) -> None:
    """A name such as torch.logdet in running text leads to its page in torch's documentation."""
    bare = [
        code.get_text()
        for code in article(site, page).select("code")
        if TORCH_NAME.fullmatch(code.get_text().removesuffix("()"))
        and not (code.find_parent("a", href=True) or code.find("a", href=True))
    ]
    assert bare == []


@pytest.mark.parametrize("page", ["check.html", *NOTES, *EXAMPLES])
def test_torch_names_in_code_are_links(site: Path, page: str) -> None:
    """A name such as torch.logdet in executed code leads to its page in torch's documentation."""
    for block in code_blocks(site, page):
        code = re.sub(r"(?m)^(?:import|from) torch\b.*|#.*", "", block.get_text())
        assert set(TORCH_NAME.findall(code)) - linked_names(block) == set()


@pytest.mark.parametrize("group", catalogue.groups)
def test_torch_names_in_the_catalogue_are_links(site: Path, group: str) -> None:
    """The code to copy leads to torch's documentation, for all that stands there."""
    blocks = article(site, f"catalogue/{group}.html").select(".highlight-python pre")
    assert blocks
    for block in blocks:
        undocumented = {"torch.pi"}
        assert set(TORCH_NAME.findall(block.get_text())) - linked_names(block) <= undocumented


def code_blocks(site: Path, page: str) -> list[Tag]:
    """Return the executed code on a page, without its output."""
    selector = ".highlight-Python pre, .cell_input pre"
    return list(article(site, page).select(selector))


# What a page says of itself


@each_page_and_listing
def test_every_page_has_one_heading_of_the_first_level(site: Path, page: str) -> None:
    """A page says in its h1 what it is about, and its headings go down one level at a time."""
    assert only(parsed(site / page), "h1").get_text().rstrip("¶").strip()
    levels = [int(heading.name[1]) for heading in article(site, page).select("h1, h2, h3, h4, h5")]
    assert levels[0] == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


@each_page_and_listing
def test_markup_is_correct(site: Path, page: str) -> None:
    """A page is HTML as the standard defines it: no tag is left open, stray or inside its like."""
    parser = html5lib.HTMLParser()
    parser.parse((site / page).read_text("utf-8"))
    assert parser.errors == []


@each_page_and_listing
def test_landmarks_and_ids_are_unique(site: Path, page: str) -> None:
    """Someone who jumps from part to part can tell them apart, and no two elements share an id."""
    soup = parsed(site / page)
    assert len(soup.select("main, [role=main]")) == 1
    names = [value(part, "aria-label") for part in soup.select("aside")]
    assert len(set(names)) == len(names)
    ids = Counter(value(element, "id") for element in soup.select("[id]"))
    assert [name for name, times in ids.items() if times > 1] == []


@each_page_and_listing
def test_every_page_has_a_title_and_a_language(site: Path, page: str) -> None:
    """A tab, a bookmark and a screen reader know what a page is, and in which language."""
    soup = parsed(site / page)
    assert only(soup, "head > title").get_text().strip()
    assert value(only(soup, "html"), "lang") == "en"


TEX = re.compile(r"\\[a-zA-Z(\[]|\$|[\^_]\{|\{\\|:math:|\{[a-z:-]+\}`")


@each_page
def test_descriptions_are_written_by_hand(site: Path, page: str) -> None:
    """A page describes itself in a sentence of plain words, neither cut off nor with formulas."""
    description = meta(site, page, "description")
    assert 40 <= len(description) <= 200
    assert description.endswith(".")
    assert not description.endswith("..")
    assert not TEX.search(description)
    assert "`" not in description
    assert meta(site, page, "og:description") == description


@each_page
def test_social_cards_name_the_page(site: Path, page: str) -> None:
    """A shared link shows the page's own title and its one address."""
    assert meta(site, page, "og:title") == only(parsed(site / page), "h1").get_text().rstrip("¶")
    assert not TEX.search(meta(site, page, "og:title"))
    canonical = value(only(parsed(site / page), 'link[rel="canonical"]'), "href")
    assert meta(site, page, "og:url") == canonical == address(site) + page


@pytest.mark.parametrize("name", ["title", "og:title", "description"])
def test_no_two_pages_say_the_same_of_themselves(site: Path, name: str) -> None:
    """Titles and descriptions tell pages apart, in tabs and in search results."""

    def said(page: str) -> str:
        if name == "title":
            return only(parsed(site / page), "head > title").get_text()
        return meta(site, page, name)

    pages_by_text: dict[str, list[str]] = {}
    for page in PAGES:
        pages_by_text.setdefault(said(page), []).append(page)
    assert {text: pages for text, pages in pages_by_text.items() if len(pages) > 1} == {}


@each_page_and_listing
def test_every_page_has_icon_and_logo(site: Path, page: str) -> None:
    """The favicon and the logo are drawings that the site itself carries."""
    soup = parsed(site / page)
    icon = Link(page, "link", value(only(soup, 'link[rel~="icon"]'), "href"))
    logo = Link(page, "img", value(only(soup, "img.sidebar-logo"), "src"))
    for link in (icon, logo):
        place = local(site, link)
        assert place is not None
        assert ET.parse(site / urlsplit(place).path).getroot().tag.endswith("}svg")


@each_page
def test_code_can_be_copied(site: Path, page: str) -> None:
    """A page loads the scripts of the copy buttons, in case it has code."""
    sources = [value(script, "src") for script in parsed(site / page).select("script[src]")]
    names = {Path(urlsplit(source).path).name for source in sources}
    assert {"clipboard.min.js", "copybutton.js"} <= names


# Pictures


def figures(site: Path) -> list[Path]:
    """Return every drawing that a script made."""
    found = sorted(site.glob("_images/*.svg"))
    assert len(found) >= len(EXAMPLES)
    return found


@each_page_and_listing
def test_every_picture_has_a_text_alternative(site: Path, page: str) -> None:
    """A figure is described in a sentence; a card's picture is silent, since its title is a link.

    Read aloud, a described thumbnail would say the same as the link below it, twice over.
    """
    for image in parsed(site / page).select("img"):
        if card := image.find_parent(class_="card"):
            assert value(image, "alt") == ""
            assert image.has_attr("alt")
            assert only(card, "a[href]").get_text().strip()
        elif "figure" in image.get_attribute_list("class"):
            assert len(value(image, "alt").split()) >= 8, f"{value(image, 'src')} is not described"
        else:
            assert value(image, "alt").strip(), f"{value(image, 'src')} has no text alternative"


@each_example
def test_every_example_draws(site: Path, example: str) -> None:
    """Each example shows at least one figure."""
    assert article(site, example).select("img.figure")


def test_figures_have_a_readable_size(site: Path) -> None:
    """A figure has a size of its own, between a phone's width and a column's, and keeps its shape."""
    for path in figures(site):
        root = ET.parse(path).getroot()
        width, height = (
            float(root.attrib[side].removesuffix("pt")) for side in ("width", "height")
        )
        assert 280 <= width <= 720, path.name
        _, _, box_width, box_height = map(float, root.attrib["viewBox"].split())
        assert box_width / box_height == pytest.approx(width / height, rel=0.01), path.name


def test_figures_follow_the_scheme_of_the_page(site: Path) -> None:
    """Every colour that a figure takes from the palette has a value for light and one for dark."""
    for path in figures(site):
        root = ET.parse(path).getroot()
        style = next(iter(root)).text or ""
        light, dark = map(variables, style.split("@media (prefers-color-scheme:dark)"))
        assert light.keys() == dark.keys(), path.name
        assert all(light[name] != dark[name] for name in light), path.name
        used = set(re.findall(r"var\(--(\w+)\)", path.read_text("utf-8")))
        assert used <= light.keys(), path.name
        assert {"paper", "ink"} <= used, f"{path.name} would stay light on a dark page"


def variables(css: str) -> dict[str, str]:
    """Return the CSS variables that a rule sets."""
    return dict(re.findall(r"--([\w-]+):\s*([^;}]+)", css))


# Formulas


@each_page_and_listing
def test_no_formula_is_left_as_source(site: Path, page: str) -> None:
    """Outside of code, no dollar, no TeX command and no markup of a formula reaches a reader."""
    soup = BeautifulSoup((site / page).read_text("utf-8"), "html5lib")
    for element in soup.select("pre, code, math, script, style, .highlight"):
        element.decompose()
    said = [soup.get_text(" ")]
    said += [value(tag, name) for tag in soup.find_all(True) for name in ("alt", "title")]
    assert [TEX.findall(text) for text in said if TEX.search(text)] == []


@each_page
def test_formulas_are_mathml(site: Path, page: str) -> None:
    """A place for a formula holds MathML with something in it, and no error."""
    places = article(site, page).select(".math")
    assert [place for place in places if place.name != "math" and not place.find("math")] == []
    for formula in article(site, page).select("math"):
        assert formula.get_text().strip()
        assert not TEX.search(formula.get_text())
        assert not formula.select("merror")


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
    for leaf in formula.select("mi, mn, mo, mtext, ms"):
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
    missing.discard("\ufe00")  # draws nothing: it asks for another form of the letter before it
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
        if parsed(site / name).find("math"):
            sheets = [
                value(tag, "href") for tag in parsed(site / name).select('link[rel="stylesheet"]')
            ]
            assert any("_static/math.css" in sheet for sheet in sheets), name


# Nothing of the machine that built the site


TEXT = {
    ".html",
    ".js",
    ".css",
    ".svg",
    ".xml",
    ".txt",
    ".py",
    ".ipynb",
    ".map",
    ".json",
    ".rst",
    ".md",
}


def texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the text of a file, or those of the files in an archive, by name."""
    if name.endswith((".zip", ".whl")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from texts(f"{name}!{member}", archive.read(member))
    elif name.endswith("objects.inv"):
        yield name, zlib.decompress(data.split(b"\n", 4)[4]).decode()
    elif Path(name).suffix in TEXT or Path(name).name in {"METADATA", "RECORD", "WHEEL"}:
        yield name, data.decode()


@functools.cache
def all_texts(site: Path) -> list[tuple[str, str]]:
    """Return every text that the site publishes."""
    found: list[tuple[str, str]] = []
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not name.startswith("."):
            found += texts(name, path.read_bytes())
    return found


def test_archives_and_indexes_are_looked_into(site: Path) -> None:
    """The two tests below see pages, the search index, the inventory, notebooks and zips."""
    names = {name for name, _ in all_texts(site)}
    assert {"index.html", "searchindex.js", "objects.inv", "sitemap.xml"} <= names
    assert {"plot_log_det.py", "plot_log_det.ipynb"} <= {
        name.rpartition("!")[2] for name in names if ".zip!" in name
    }
    assert any(".whl!" in name for name in names)


def test_no_memory_address_is_published(site: Path) -> None:
    """No object is shown by its address, which would be another at every build."""
    found = [
        f"{name}: {match[0]}"
        for name, text in all_texts(site)
        for match in re.finditer(r"\b0x[0-9a-f]{6,}\b", re.sub(r"base64,[^\"')]*", "", text))
    ]
    assert found == []


def test_no_path_of_the_building_machine_is_published(site: Path) -> None:
    """No file names a folder of the machine that built it."""
    places = {str(ROOT), str(Path.home()), sys.prefix, str(site), str(site.parent)}
    places = {place for place in places if len(Path(place).parts) > 1}
    pattern = re.compile(
        rf"(?<![\w.~/-])/(?:root|home|tmp|work|Users|builds?)/\w|site-packages|{'|'.join(map(re.escape, places))}"
    )
    found = [
        f"{name}: …{text[max(match.start() - 30, 0) : match.end() + 30]}…"
        for name, text in all_texts(site)
        for match in pattern.finditer(text)
    ]
    assert found == []


# The original notes, to the last printed digit


PRINTED = {
    "notes/scalar-partials.html": """
        tensor([1.])
        tensor([1.], requires_grad=True)
        tensor([0.9093], grad_fn=<AddBackward0>)
        tensor([0.1677])
        tensor([-0.4161])
    """,
    "notes/vector-gradients.html": """
        tensor([-0.0717,  0.6340, -0.1064,  0.3226, -2.1567])
        tensor([-0.0717,  0.6340, -0.1064,  0.3226, -2.1567])
        tensor([-0.0717,  0.6340, -0.1064,  0.3226, -2.1567], grad_fn=<MulBackward0>)
    """,
    "notes/log-det.html": """
        tensor(1.1183)
        tensor([[ 0.3374, -0.1778, -0.3035, -0.5880,  0.3486],
                [ 0.6603, -0.2196, -0.3792,  0.7671, -0.4015],
                [ 0.6957, -1.8061,  1.8960, -0.1750,  1.3689],
                [-1.6033, -1.3250, -1.4096, -0.4076,  0.7953],
                [ 0.9985,  0.2212,  1.8319, -0.3378,  0.8805]], requires_grad=True)
        tensor([[ 0.7673, -0.2915, -0.4447, -1.1218, -0.3021],
                [ 0.5376,  0.2348, -0.5945,  1.1406,  1.0058],
                [ 0.0020, -0.6879,  0.3541, -0.4003, -0.7196],
                [-0.1782,  0.3465, -0.3755,  0.6708,  1.1536],
                [ 0.0992,  0.9788, -0.3062,  0.9806,  1.7905]])
    """,
}
CODE = {
    "notes/scalar-partials.html": """
        x = torch.tensor([1.0])
        y = torch.tensor([2.0])
        x.requires_grad = True
        y.requires_grad = True
        x = torch.tensor([1.0], requires_grad=True)
        y = torch.tensor([2.0], requires_grad=True)
        f = x * torch.log(x) + torch.sin(x * y)
        f.backward()
        print(x.grad)
        print(y.grad)
        with torch.no_grad():
            print(torch.log(x) + 1.0 + y * torch.cos(x * y))
            print(x * torch.cos(x * y))
    """,
    "notes/vector-gradients.html": """
        torch.manual_seed(123)
        x = torch.randn(5)
        y = torch.rand(5)
        x.requires_grad = True
        y.requires_grad = True
        f = (x + y).dot(x + y)
        f.backward()
        print(x.grad)
        print(y.grad)
        2.0 * (x + y)
    """,
    "notes/log-det.html": """
        torch.manual_seed(123)
        x = torch.randn(5, 5)
        if x.det().item() < 0:
            x = -x
        print(x.det().log())
        x.requires_grad = True
        f = torch.logdet(x)
        f.backward()
        print(x)
        print(x.grad)
    """,
}


@pytest.mark.parametrize("note", PRINTED)
def test_the_numbers_of_the_original_are_the_output_of_the_run(site: Path, note: str) -> None:
    """Every line that the original notes printed rightly stands in an output, in their order."""
    outputs = "\n".join(
        pre.get_text() for pre in article(site, note).select(".sphx-glr-script-out pre")
    )
    assert follows(lines(PRINTED[note]), lines(outputs))


@pytest.mark.parametrize("note", CODE)
def test_the_code_of_the_original_is_on_the_page(site: Path, note: str) -> None:
    """Every line that the original notes ran is shown where it was run, in their order."""
    shown = "\n".join(block.get_text() for block in code_blocks(site, note))
    assert follows(lines(CODE[note]), lines(shown))


def lines(text: str) -> list[str]:
    """Return the lines of a text, without indentation and blank lines."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def follows(expected: list[str], shown: list[str]) -> bool:
    """Say, with the first line that is missing, whether one list runs through the other."""
    rest = iter(shown)
    for line in expected:
        assert any(line in candidate for candidate in rest), f"missing, or out of order: {line}"
    return True


@pytest.mark.parametrize("number", ["0.5198", "-1.2900", "0.1677", "-0.4161", "3.0995", "3.0999"])
def test_the_riddle_is_told_with_its_numbers(site: Path, number: str) -> None:
    """What the original recorded, what is right, and the factor between them are in the prose."""
    text = BeautifulSoup(str(article(site, "notes/scalar-partials.html")), "html5lib")
    for block in text.select("pre"):
        block.decompose()
    assert number in text.get_text().replace("\N{MINUS SIGN}", "-")
