"""The built site as data: each page parsed once, by the standard's own rules."""

import functools
import gc
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import html5lib  # type: ignore[import-untyped]
from bs4 import BeautifulSoup, Tag
from bs4.builder._html5lib import HTML5TreeBuilder

# Pages that Sphinx makes from the others: nobody writes them, and no text leads to them.
LISTINGS = {
    "404.html": "the server shows it",
    "search.html": "the search field, a form, leads to it",
    "genindex.html": "an index for those who ask for it by <link rel=index>",
    "py-modindex.html": "the same, of modules",
}

# TeX, or markup of a formula, where a reader would see it.
TEX = re.compile(r"\\[a-zA-Z(\[]|\$|[\^_]\{|\{\\|:math:|\{[a-z:-]+\}`")


class Reading(NamedTuple):
    """A page as a browser reads it, and what in it is no HTML: place, kind and details."""

    soup: BeautifulSoup
    errors: list[tuple[tuple[int, int], str, dict[str, object]]]


class Recorder(HTML5TreeBuilder):
    """Reads as Beautiful Soup's own does, and keeps what html5lib objects to."""

    def feed(self, markup: str | bytes) -> None:
        """Read a page."""
        parser = html5lib.HTMLParser(tree=self.create_treebuilder)
        parser.parse(markup).original_encoding = None
        self.errors = parser.errors


def read(text: str) -> Reading:
    """Return the reading of a page."""
    recorder = Recorder(store_line_numbers=False)
    return Reading(BeautifulSoup(text, builder=recorder), recorder.errors)


@functools.cache
def reading(path: Path) -> Reading:
    """Return the reading of a file, which takes a tenth of a second, once."""
    found = read(path.read_text("utf-8"))
    gc.freeze()  # kept for good: each full collection would walk all pages
    return found


def parsed(path: Path) -> BeautifulSoup:
    """Return a page as a browser reads it; tests that change it take a copy."""
    return reading(path).soup


class Element(NamedTuple):
    """A start tag, and the text of a style sheet on the page."""

    name: str
    attributes: dict[str, str]
    style: str = ""

    @property
    def classes(self) -> list[str]:
        """Return its classes."""
        return self.attributes.get("class", "").split()


class Elements(HTMLParser):
    """Reads tags one by one, ten times faster than a tree: enough for links and anchors."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.found.append(Element(tag, {name: text or "" for name, text in attrs}))

    def handle_data(self, data: str) -> None:
        """Keep the text of a style sheet, in which tags are none."""
        if self.cdata_elem == "style":
            self.found[-1] = self.found[-1]._replace(style=self.found[-1].style + data)


@functools.cache
def elements(path: Path) -> list[Element]:
    """Return the elements of a file, in order."""
    reader = Elements()
    reader.feed(path.read_text("utf-8"))
    reader.close()
    return reader.found


def html_pages(site: Path) -> list[str]:
    """Return every HTML page of the site."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


@functools.cache
def article(site: Path, page: str) -> Tag:
    """Return what a page says, without navigation."""
    return only(parsed(site / page), "article")


def head(site: Path, page: str) -> Tag:
    """Return what a page says of itself; a selector has little to walk there."""
    found = parsed(site / page).head
    assert found
    return found


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
    return value(only(head(site, page), f'meta[name="{name}"], meta[property="{name}"]'), "content")


@functools.cache
def address(site: Path) -> str:
    """Return the site's public address, which every page's canonical link begins with."""
    home = value(only(head(site, "index.html"), 'link[rel="canonical"]'), "href")
    return home.removesuffix("index.html")


class Link(NamedTuple):
    """A reference from one file of the site: where, by which element, to what."""

    source: str
    element: str
    target: str


def local(site: Path, link: Link) -> str | None:
    """Return a reference's place in the site, with fragment, or None if it leads out of it."""
    at_page = link.target[:1] in {"", "#", "?"}
    base = link.source if at_page else link.source[: link.source.rfind("/") + 1]
    return inside(address(site), base, link.target)


@functools.cache  # the pages of a folder have the same navigation
def inside(home: str, base: str, target: str) -> str | None:
    """Return what a target names from a place of the site, or None if it leads out of it."""
    absolute = urljoin(home + base, target)
    return absolute.removeprefix(home) if absolute.startswith(home) else None


def article_targets(site: Path, page: str) -> set[str]:
    """Return the pages that the text of a page links to."""
    hrefs = [value(a, "href") for a in article(site, page).select("a[href]")]
    places = [local(site, Link(page, "a", href)) for href in hrefs]
    return {unquote(urlsplit(place).path) for place in places if place}


def code_blocks(site: Path, page: str) -> list[Tag]:
    """Return the executed code on a page, without its output."""
    selector = ".highlight-Python pre, .cell_input pre"
    return list(article(site, page).select(selector))
