"""The pages of the built site as documents: correct, in order, and described by themselves."""

from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from pages import PAGES
from reading import (
    LISTINGS,
    TEX,
    Link,
    address,
    article,
    elements,
    head,
    local,
    meta,
    only,
    parsed,
    read,
    reading,
    value,
)

each_page = pytest.mark.parametrize("page", PAGES)
each_page_and_listing = pytest.mark.parametrize("page", [*PAGES, *LISTINGS])


def title(site: Path, page: str) -> str:
    """Return the one heading of the first level, without the sign of its link."""
    (found,) = parsed(site / page).find_all("h1")
    return found.get_text().rstrip("¶")


@each_page_and_listing
def test_every_page_has_one_heading_of_the_first_level(site: Path, page: str) -> None:
    """A page says in its h1 what it is about, and its headings go down one level at a time."""
    assert title(site, page).strip()
    levels = [int(heading.name[1]) for heading in article(site, page).select("h1, h2, h3, h4, h5")]
    assert levels[0] == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


@each_page_and_listing
def test_markup_is_correct(site: Path, page: str) -> None:
    """A page is HTML as the standard defines it: no tag is left open, stray or inside its like."""
    assert reading(site / page).errors == []


def test_markup_that_is_wrong_is_seen() -> None:
    """The reading tells an element inside its like, one left open and one that is stray."""
    assert read("<!doctype html><title>A</title><p>one<p>two").errors == []
    for wrong in ("<a href=x><a href=y></a></a>", "<div>", "</div>"):
        assert read(f"<!doctype html><title>A</title>{wrong}").errors, wrong


@each_page_and_listing
def test_landmarks_and_ids_are_unique(site: Path, page: str) -> None:
    """Someone who jumps from part to part can tell them apart, and no two elements share an id."""
    there = elements(site / page)
    assert len([e for e in there if e.name == "main" or e.attributes.get("role") == "main"]) == 1
    names = [e.attributes.get("aria-label") for e in there if e.name == "aside"]
    assert len(set(names)) == len(names)
    ids = Counter(e.attributes["id"] for e in there if "id" in e.attributes)
    assert [name for name, times in ids.items() if times > 1] == []


@each_page_and_listing
def test_every_page_has_a_title_and_a_language(site: Path, page: str) -> None:
    """A tab, a bookmark and a screen reader know what a page is, and in which language."""
    assert only(head(site, page), "title").get_text().strip()
    (root,) = [e for e in elements(site / page) if e.name == "html"]
    assert root.attributes["lang"] == "en"


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
    assert meta(site, page, "og:title") == title(site, page)
    assert not TEX.search(meta(site, page, "og:title"))
    canonical = value(only(head(site, page), 'link[rel="canonical"]'), "href")
    assert meta(site, page, "og:url") == canonical == address(site) + page


@pytest.mark.parametrize("name", ["title", "og:title", "description"])
def test_no_two_pages_say_the_same_of_themselves(site: Path, name: str) -> None:
    """Titles and descriptions tell pages apart, in tabs and in search results."""

    def said(page: str) -> str:
        if name == "title":
            return only(head(site, page), "title").get_text()
        return meta(site, page, name)

    pages_by_text: dict[str, list[str]] = {}
    for page in PAGES:
        pages_by_text.setdefault(said(page), []).append(page)
    assert {text: pages for text, pages in pages_by_text.items() if len(pages) > 1} == {}


@each_page_and_listing
def test_every_page_has_icon_and_logo(site: Path, page: str) -> None:
    """The favicon and the logo are drawings that the site itself carries."""
    icon = value(only(head(site, page), 'link[rel~="icon"]'), "href")
    (logo,) = [e.attributes["src"] for e in elements(site / page) if "sidebar-logo" in e.classes]
    for link in (Link(page, "link", icon), Link(page, "img", logo)):
        place = local(site, link)
        assert place is not None
        assert ET.parse(site / urlsplit(place).path).getroot().tag.endswith("}svg")


@each_page_and_listing
def test_a_page_loads_what_it_uses(site: Path, page: str) -> None:
    """One script of the site is on every page but the search, and the font where formulas are."""
    there = elements(site / page)

    def loaded(element: str, attribute: str) -> set[str]:
        addresses = [e.attributes.get(attribute, "") for e in there if e.name == element]
        return {Path(urlsplit(found).path).name for found in addresses}

    scripts, sheets = loaded("script", "src"), loaded("link", "href")
    assert ("site.js" in scripts) == (page != "search.html")
    assert ("doctools.js" in scripts) == (page == "search.html")
    assert ("math.css" in sheets) == any(e.name == "math" for e in there)
    assert any(sheet.startswith("mystnb") for sheet in sheets) == any(
        "cell" in e.classes for e in there
    )
    assert not {"sg-tags.js", "furo-extensions.css"} & (scripts | sheets)
