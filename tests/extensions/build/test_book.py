"""The notes are a book, too: ``nox -s books``. Tests of ``book``."""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup

import forks
from _extensions.build.book import MATHML, SVG, presentation
from projects import OPTIONS, variables

XHTML = "http://www.w3.org/1999/xhtml"
XML = f"{{{XHTML}}}"
PACKAGE = "{http://www.idpf.org/2007/opf}"
SITE = "https://example.org/notes/"
ASIDE = """\
# Aside

$X^{\\top}$ moves, as on [the page](page.md), and

$$
f(X) = \\tfrac{1}{2} \\log\\det X
$$

```{derivation} one
x in scalar()
d(x ** 2)
= 2 * x * d(x)  # power rule
```

```{live-sweep} x*log(x) + sin(x*y)
:at: x = 1, y = 2

A product: x*y at x = 1, y = 2
```

## Below

```{toctree}
more/one
more/two
```

## Behind

<a href="page.html#the-page">Raw</a>, <a href="numbers.json">data</a>, <a href="404.html">lost</a>
"""
MORE = """\
---
description: A page in a folder of its own, below another page of the book.
---

# More """
OWN = """\
# Own

```{own}
A square: way := derive && function := x^2
```
"""


@pytest.fixture(scope="module")
def book(
    tmp_path_factory: pytest.TempPathFactory, make_project: Callable[[Path], Path]
) -> dict[str, bytes]:
    """Return the files of a small project's book, and the one page of all."""
    project = make_project(tmp_path_factory.mktemp("book") / "project")
    (project / "docs" / "aside.md").write_text(ASIDE, "utf-8")
    (project / "docs" / "own.md").write_text(OWN, "utf-8")
    (project / "docs" / "more").mkdir()
    for name in ("one", "two"):
        (project / "docs" / "more" / f"{name}.md").write_text(MORE + name, "utf-8")
    (project / "docs" / "404.md").write_text("---\norphan: true\n---\n\n# Lost\n", "utf-8")
    environment = variables(project) | {"SITE_ADDRESS": SITE}
    done = forks.sphinx([*OPTIONS, "-b", "epub", "docs", "book"], project, environment)
    assert (done.returncode, done.stdout.strip()) == (0, "")
    (made,) = (project / "book").glob("*.epub")
    with zipfile.ZipFile(made) as zipped:
        found = {name: zipped.read(name) for name in zipped.namelist()}
    return found | {"whole": (project / "book" / "book.html").read_bytes()}


def pages(book: dict[str, bytes]) -> dict[str, ET.Element]:
    """Return the pages of a book, read as XML."""
    return {name: ET.fromstring(text) for name, text in book.items() if name.endswith(".xhtml")}


def links(page: ET.Element) -> Iterator[str]:
    """Yield where the links of a page lead, and its pictures."""
    for element in page.iter():
        yield from (element.attrib[name] for name in ("href", "src") if name in element.attrib)


def test_its_pages_say_what_the_site_says(book: dict[str, bytes]) -> None:
    """Text and output of a page and of an example are in the book, and the lost page is not."""
    texts = {name: "".join(page.itertext()) for name, page in pages(book).items()}
    assert "The script says 1729" in texts["page.xhtml"]
    assert "The script says 1729" in texts["gallery/plot_number.xhtml"]
    assert "404.xhtml" not in texts


def test_formulas_and_drawings_have_their_namespaces(book: dict[str, bytes]) -> None:
    """A reader of XML takes each for what it is; of MathML it knows the third version."""
    kinds = {"math": MATHML, "svg": SVG}
    elements = [element for page in pages(book).values() for element in page.iter()]
    found = [(*element.tag[1:].partition("}")[::2], element) for element in elements]
    assert {name for _, name, _ in found} >= set(kinds)
    assert {space for space, name, _ in found if kinds.get(name, space) != space} == set()
    assert {space for space, _, _ in found} == {XHTML, MATHML, SVG}
    inside = {name for space, _, element in found if space == MATHML for name in element.attrib}
    assert not inside & {"intent", "arg", "scriptlevel"}


def test_a_style_of_a_fraction_is_an_element(book: dict[str, bytes]) -> None:
    """MathML 3 has the style of a small fraction around it, and its tail stays behind both."""
    page = pages(book)["aside.xhtml"]
    (style,) = page.iter(f"{{{MATHML}}}mstyle")
    assert (style.get("displaystyle"), style[0].tag) == ("false", f"{{{MATHML}}}mfrac")
    text = '<math><mrow><mi arg="a">x</mi><mfrac displaystyle="false"><mn>1</mn><mn>2</mn></mfrac>y</mrow></math>'
    assert presentation(text) == (
        f'<math xmlns="{MATHML}"><mrow><mi>x</mi><mstyle displaystyle="false"><mfrac><mn>1</mn>'
        "<mn>2</mn></mfrac></mstyle>y</mrow></math>"
    )


def test_every_link_leads_somewhere(book: dict[str, bytes]) -> None:
    """A link in the book leads to a place that it has; what the book leaves out is on the site."""
    found = pages(book)
    places = {
        f"{name}#{element.get('id')}"
        for name, page in found.items()
        for element in page.iter()
        if element.get("id")
    }
    outside = set()
    for name, page in found.items():
        for link in links(page):
            if urlsplit(link).scheme:
                outside.add(link)
                continue
            path = posixpath.normpath(urljoin(name, urlsplit(link).path))
            assert path in book, (name, link)
            assert not urlsplit(link).fragment or urljoin(name, link) in places, (name, link)
    assert outside >= {f"{SITE}numbers.json", f"{SITE}404.html", f"{SITE}own.html#try=aside/0"}
    assert "page.xhtml#the-page" in set(links(found["aside.xhtml"]))


def test_nothing_asks_for_a_program(book: dict[str, bytes]) -> None:
    """A form that nothing would answer is left out, and the sweep below it stays."""
    tags = {element.tag for page in pages(book).values() for element in page.iter()}
    assert not tags & {f"{XML}{name}" for name in ("form", "input", "button", "script")}
    assert b'class="sweep"' in book["aside.xhtml"]


def test_the_list_of_files_names_formulas_and_drawings(book: dict[str, bytes]) -> None:
    """A page says in the list of files that it has formulas or drawings, and no other page does."""
    listed = {
        item.get("href", ""): set(item.get("properties", "").split())
        for item in ET.fromstring(book["content.opf"]).iter(f"{PACKAGE}item")
    }
    for name, page in pages(book).items():
        spaces = {element.tag[1:].split("}")[0] for element in page.iter()}
        named = {"mathml": MATHML, "svg": SVG}
        wanted = {kind for kind, space in named.items() if space in spaces}
        assert listed[name] - {"nav"} == wanted, name
    assert {"mathml", "svg"} in listed.values()


def test_the_contents_lead_to_every_page(book: dict[str, bytes]) -> None:
    """Its table of contents has each page below the one that lists it, in the order of reading."""
    contents = pages(book)["nav.xhtml"]
    listed = list(dict.fromkeys(links(contents)))
    below = [
        {link.get("href") for link in item.iterfind(f"{XML}ol/{XML}li/{XML}a")}
        for item in contents.iter(f"{XML}li")
        if item.find(f"{XML}a[@href='aside.xhtml']") is not None
    ]
    assert below == [{"more/one.xhtml", "more/two.xhtml"}]
    assert set(listed) >= {"index.xhtml", "page.xhtml", "aside.xhtml", "gallery/plot_number.xhtml"}
    items = ET.fromstring(book["content.opf"])
    files = {i.get("id"): i.get("href", "") for i in items.iter(f"{PACKAGE}item")}
    spine = [files[i.get("idref")] for i in items.iter(f"{PACKAGE}itemref")]
    assert [name for name in spine if name in listed] == listed


def test_it_has_the_colours_of_the_site(book: dict[str, bytes]) -> None:
    """Each colour that a style sheet of the book asks for is one that it has, on any paper the same.

    Paper and ink are those of whoever shows the book, by day and by night.
    """
    sheets = {name: text.decode() for name, text in book.items() if name.endswith(".css")}
    page = book["page.xhtml"].decode()
    assert "_static/book.css" in page
    asked = {
        part.partition(")")[0]
        for name, text in sheets.items()
        if name.endswith(("site.css", "sweep.css", "engines.css", "book.css"))
        for part in text.split("var(")[1:]
        if part.startswith("--notes-")
    }
    assert asked
    own = sheets["_static/book.css"]
    assert all(f"{name}: #" in own for name in asked)
    assert "prefers-color-scheme" not in own
    assert not re.search(r"(body|article) \{[^}]*color", own)


def test_all_pages_are_one(book: dict[str, bytes]) -> None:
    """On the page to print no place has the name of another, and each link inside finds its own."""
    whole = BeautifulSoup(book["whole"], "html5lib")
    places = [element["id"] for element in whole.find_all(id=True)]
    assert len(places) == len(set(places))
    inside = {str(link["href"]) for link in whole.select('a[href^="#"]')}
    assert {"#page/the-page", "#aside/"} <= inside
    assert {link[1:] for link in inside} <= set(places)
    assert "The script says 1729" in whole.text
    pictures = [str(picture["src"]) for picture in whole.find_all("img")]
    assert pictures
    assert all(picture in book for picture in pictures)
