"""The few marks of a case's texts: code, formulas and links within a line; tables of answers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from _extensions.engines.answered import slug
from autodiff_notes.engines.case import Case
from autodiff_notes.engines.verdicts import KINDS, Verdict

MARKS = dict(zip(KINDS, ("✓", "○", "◇", "✗", "NaN", "!", "\N{EN DASH}"), strict=True))
"""The sign of each kind of verdict; its name stands beside it for who does not see it."""

PIECE = re.compile(r"`([^`]+)`|\$([^$]+)\$|\[([^\]]+)\]\((https?://[^)]+)\)")
LEFT = re.compile(r"[`$]|\]\(")
LATEX = re.compile(r"[\\^_{}|=]")


class Html(nodes.Element):
    """HTML that is made of escaped texts alone: cheap to write, and no matter of the search."""


def inline(text: str) -> Iterator[nodes.Node]:
    """Yield a line of Markdown as nodes."""
    end = 0
    for piece in PIECE.finditer(text):
        yield from plain(text[end : piece.start()], text)
        code, formula, words, address = piece.groups()
        if code:
            yield nodes.literal(code, code)
        elif formula:
            yield nodes.math(formula, formula)
        else:
            yield nodes.reference(words, words, refuri=address, internal=False)
        end = piece.end()
    yield from plain(text[end:], text)


def plain(text: str, whole: str) -> Iterator[nodes.Text]:
    """Yield a text without marks."""
    if LEFT.search(text):
        raise ExtensionError(f"a mark stands alone in {whole!r}")
    if text:
        yield nodes.Text(text)


def paragraph(*parts: str | nodes.Node, classes: Sequence[str] = ()) -> nodes.paragraph:
    """Return a paragraph of Markdown and nodes."""
    whole = nodes.paragraph(classes=list(classes))
    for part in parts:
        whole += list(inline(part)) if isinstance(part, str) else [part]
    return whole


def function_of(case: Case) -> list[nodes.Node]:
    """Return the function of a case as a formula, or the program in its words."""
    text = case.function
    if "$" not in text and "`" not in text and LATEX.search(text):
        return [nodes.math(text, text)]
    return list(inline(text))


def point_of(case: Case) -> str:
    """Return the point of a case as code."""
    return ", ".join(f"{name} = {short(value)}" for name, value in case.point.items())


def short(value: Any) -> str:
    """Return numbers as somebody would write them: 2 for 2.0."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(short, value))}]"
    return f"{value:g}" if isinstance(value, float) else str(value)


def page_link(page: str, words: str = "") -> nodes.Node:
    """Return a link to a page of the site, by its title or some words."""
    document, _, place = page.partition("#")
    return addnodes.pending_xref(
        "",
        nodes.inline("", words or page, classes=["doc"]),
        refdomain="std",
        reftype="ref" if place else "doc",
        reftarget=place or f"/{document}",
        refexplicit=bool(words),
        refwarn=True,
    )


def mark(verdict: Verdict, *, named: bool = False) -> str:
    """Return the sign and the words of a verdict as HTML; ``named`` has a convention's name."""
    kind = verdict.kind
    words = kind + (f": {verdict.name}" if named and verdict.name else "")
    sign = (
        ""
        if MARKS[kind] == kind
        else f'<span class="mark" aria-hidden="true">{MARKS[kind]}</span> '
    )
    return f'<span class="verdict {slug(kind)}">{sign}{escape(words)}</span>'


def table(caption: str, head: Iterable[str], rows: Iterable[str], kind: str) -> Html:
    """Return a table; its rows are HTML, and what is wider than the page scrolls."""
    heads = "".join(f'<th scope="col">{escape(text)}</th>' for text in head)
    return Html(
        text=f'<div class="table-wrapper docutils container" tabindex="0" role="region" '
        f'aria-label="{escape(caption)}"><table class="docutils {kind}">'
        f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def write_html(translator: HTML5Translator, node: Html) -> None:
    """Write HTML as it is."""
    translator.body.append(node["text"])
    raise nodes.SkipNode


def add_style(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Let the pages that show something of the engines load their style sheet."""
    if doctree and next(doctree.findall(Html), None):
        app.add_css_file("engines.css")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the node."""
    app.add_node(Html, html=(write_html, None))
    app.connect("html-page-context", add_style)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
