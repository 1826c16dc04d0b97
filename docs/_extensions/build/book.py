"""The site as a book: an EPUB, and all its pages as one for a browser to print.

XML knows formulas and drawings by their namespaces, and EPUB those of MathML 3, which has no
intents. Links lead to pages of the book, and those to what it leaves out lead to the site; a form,
which nothing would answer, is left out. A page of the site has its colours from the theme, and a
page of the book from a style sheet.
"""

import posixpath
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from _extensions.page.palette import css_variables

BUILDER = "epub"
STYLE, WHOLE = "_static/book.css", "book.html"
LIVE = re.compile(
    r'<form class="[a-z]+-form".*?</form>|<div class="own-result".*?</div>', re.DOTALL
)
MATHML, SVG = "http://www.w3.org/1998/Math/MathML", "http://www.w3.org/2000/svg"
FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
DRAWING = re.compile(r"<svg\b(?![^>]*\sxmlns=)")
LINK = re.compile(r'(?<=\shref=")[^"]+')
ITEM = re.compile(r'(<item [^>]*href="([^"]+\.xhtml)"[^>]*?)(?<!properties="nav") */>')
REFERRING = ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls")
RULES = """\
article a { color: var(--notes-blue); }
/* Who reads at night has paper and ink from the reader; a panel keeps its own. */
article pre { color: var(--notes-ink); }
/* A board has room for a line of code that paper would break. */
article pre { white-space: pre-wrap; overflow-wrap: anywhere; }
article img { max-width: 100%; }
article .engines-wrapper { max-height: none; overflow: visible; }
article .headerlink { display: none; }
/* Eighteen engines beside each other */
article table.engines { font-size: 0.7em; }
article table.engines tbody th[scope="row"] { position: static; min-width: 8em; }
article table.engines td { min-width: 0; }
@media print {
  @page { size: A4; margin: 18mm 16mm; }
  article { break-before: page; }
  article :is(h1, h2, h3) { break-after: avoid; }
  article a[href^="http"]:not(:has(code), pre *, .headerlink)::after { display: none; }
}
"""


def bind(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Turn a page of the site into one of the book."""
    if app.builder.name != BUILDER or "body" not in context:
        return
    body = LIVE.sub("", context["body"]).replace("<br>", "<br/>")
    body = FORMULA.sub(lambda found: presentation(found[0]), body)
    body = DRAWING.sub(f'<svg xmlns="{SVG}"', body)
    body = LINK.sub(lambda found: placed(app, pagename, found[0]), body)
    context["body"] = f"<article>{body}</article>"
    try:
        ET.fromstring(f'<book xmlns:epub="http://www.idpf.org/2007/ops">{context["body"]}</book>')
    except ET.ParseError as error:
        logging.getLogger(__name__).warning("no page of a book: %s", error, location=pagename)


@cache
def presentation(formula: str) -> str:
    """Return a formula as MathML 3 has it: without voices, and styles on elements of their own."""
    root = ET.fromstring(formula)
    for parent in [*root.iter()]:
        for name in ("intent", "arg", "scriptlevel"):
            parent.attrib.pop(name, None)
        for place, child in enumerate(parent):
            if child.tag == "mfrac" and (style := child.attrib.pop("displaystyle", "")):
                parent[place] = ET.Element("mstyle", displaystyle=style)
                parent[place].append(child)
                parent[place].tail, child.tail = child.tail, None
    root.set("xmlns", MATHML)
    return ET.tostring(root, encoding="unicode")


def placed(app: Sphinx, pagename: str, address: str) -> str:
    """Return where a link of a page leads in the book, or on the site."""
    parts = urlsplit(address)
    live = parts.fragment.startswith("try=")
    if parts.scheme or not (parts.path or live):
        return address
    page = posixpath.splitext(posixpath.join(posixpath.dirname(pagename), parts.path))[0]
    page = posixpath.normpath(page)
    suffix = app.builder.out_suffix  # type: ignore[attr-defined]
    path = parts.path or f"{posixpath.basename(pagename)}{suffix}"
    if path.endswith((".html", suffix)):
        path = posixpath.splitext(path)[0]
        known = app.env.found_docs | {"genindex", "py-modindex"}
        bound = page in known and page + suffix not in app.config.epub_exclude_files
        if bound and not live:
            return parts._replace(path=path + suffix).geturl()
        path += ".html"
    base: str = app.config.html_baseurl
    return urljoin(base + pagename, parts._replace(path=path).geturl())


def begin(app: Sphinx) -> None:
    """Write the colours that a page of the site has from its theme, and what a book adds."""
    if app.builder.name != BUILDER:
        return
    colours = "".join(f"--{name}: {value}; " for name, value in css_variables(0).items())
    scheme = f":root {{ {colours}--font-stack--monospace: monospace; }}\n"
    path = Path(app.outdir, STYLE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(scheme + RULES, "utf-8")
    app.add_css_file(path.name, priority=900)
    builder: Any = app.builder
    listed, zipped = builder.get_toc, builder.build_epub

    def get_toc() -> None:
        listed()
        builder.refnodes = pages_of(builder.refnodes)

    def build_epub() -> None:
        declare(app)
        zipped()

    builder.get_toc, builder.build_epub = get_toc, build_epub


def pages_of(contents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the pages of a table of contents, each directly below the page that lists it.

    A section of a page may stand behind the pages that its page lists, and no reader expects that.
    """
    pages, above = [], [0]
    for node in contents:
        if "#" not in node["refuri"]:
            while above[-1] >= node["level"]:
                above.pop()
            pages.append(node | {"level": len(above)})
            above.append(node["level"])
    return pages


def declare(app: Sphinx) -> None:
    """Say in the list of the book's files which have formulas or drawings, as a reader asks."""

    def declared(found: re.Match[str]) -> str:
        page = Path(app.outdir, found[2]).read_text("utf-8")
        has = {"mathml": "<math", "svg": "<svg"}
        kinds = " ".join(kind for kind, mark in has.items() if mark in page)
        return f'{found[1]} properties="{kinds}"/>' if kinds else found[0]

    listed = Path(app.outdir, "content.opf")
    listed.write_text(ITEM.sub(declared, listed.read_text("utf-8")), "utf-8")


def write_whole_book(app: Sphinx, exception: Exception | None) -> None:
    """Write all pages of the book, in their order, as one."""
    if exception or app.builder.name != BUILDER:
        return
    builder: Any = app.builder
    pages = dict.fromkeys(node["refuri"] for node in builder.refnodes)
    sheets: dict[str, None] = {}
    articles = []
    for name in pages:
        root = html_tree(Path(app.outdir, name).read_text("utf-8"))
        for link in root.iter("link"):
            sheets[relative(name, link.get("href", ""))] = None
        article = next(root.iter("article"))
        join(article, name, pages)
        articles.append(ET.tostring(article, encoding="unicode", method="html"))
    head = "".join(f'<link rel="stylesheet" href="{sheet}">' for sheet in sheets)
    Path(app.outdir, WHOLE).write_text(
        f'<!doctype html>\n<html lang="{app.config.language}"><head><meta charset="utf-8">'
        f"<title>{app.config.html_title}</title>{head}</head><body>\n"
        + "\n".join(articles)
        + "\n</body></html>\n",
        "utf-8",
    )


def html_tree(page: str) -> ET.Element:
    """Return a page with the names that HTML has, which knows no namespaces."""
    root = ET.fromstring(page)
    for element in root.iter():
        element.tag = element.tag.partition("}")[2] or element.tag
        for name in [name for name in element.attrib if name.startswith("{")]:
            element.set(name.partition("}")[2], element.attrib.pop(name))
    return root


def join(article: ET.Element, name: str, pages: dict[str, None]) -> None:
    """Give the places of a page names of their own among all pages, and lead links to them."""
    own = posixpath.splitext(name)[0]
    for element in article.iter():
        for attribute, value in list(element.attrib.items()):
            if attribute == "id":
                element.set("id", f"{own}/{value}")
            elif attribute == "src" and not urlsplit(value).scheme:
                element.set("src", relative(name, value))
            elif attribute == "href":
                element.set("href", joined(name, value, pages))
            elif attribute in REFERRING:
                element.set(attribute, " ".join(f"{own}/{part}" for part in value.split()))
            elif "url(#" in value:
                element.set(attribute, value.replace("url(#", f"url(#{own}/"))
    article.set("id", f"{own}/")


def joined(name: str, address: str, pages: dict[str, None]) -> str:
    """Return where a link leads when all pages are one."""
    path, _, fragment = address.partition("#")
    page = relative(name, path) if path else name
    return f"#{posixpath.splitext(page)[0]}/{fragment}" if page in pages else address


def relative(name: str, address: str) -> str:
    """Return an address in a page as one in the root of the book."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), address))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Come last to each page, and when the EPUB is whole."""
    app.connect("builder-inited", begin)
    app.connect("html-page-context", bind, priority=990)
    app.connect("build-finished", write_whole_book)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
