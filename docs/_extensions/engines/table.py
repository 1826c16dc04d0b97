"""``{engine-table}``: a row a case, a column an engine, and a sign for each verdict.

A sign leads to the answer on the page of its case. A script unfolds it in the table instead, and
lets a reader choose rows and columns; without it the table is whole. ``{engine-count}`` is a number
of the whole within a sentence, ``{engine-verdicts}`` the list of the verdicts, and
``{engine-compare}`` the place where the script puts any two engines side by side.
"""

from collections.abc import Callable
from html import escape
from itertools import groupby

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.outdated import shows
from _extensions.domain import notes_of
from _extensions.engines.answered import Answer, Answers, answered, slug
from _extensions.engines.words import MARKS, Html
from autodiff_notes.engines import cases
from autodiff_notes.engines.case import Case
from autodiff_notes.engines.cases import FAMILIES
from autodiff_notes.engines.verdicts import KINDS

SCRIPTED = "engines script"
MEANINGS = {
    "right": "what the mathematics of the case gives",
    "a convention": "one of several admissible answers, with a name",
    "another convention": "admissible too, and without a name of its own",
    "wrong": "a number that contradicts the mathematics of the case",
    "NaN": "not a number where there is one",
    "refuses": "an error, no answer in time, or None where there is a number",
    "not offered": "the engine has no such function, or is not asked for a reason that is told",
}

COUNTS: dict[str, Callable[[Answers], int]] = {
    "cases": lambda found: len(found.by_case),
    "engines": lambda found: len(found.engines),
    "answers": lambda found: sum(a.asked for by in found.by_case.values() for a in by.values()),
    "differing": lambda found: sum(parted(by) for by in found.by_case.values()),
}
"""The numbers of the whole."""


def parted(by: dict[str, Answer]) -> bool:
    """Return whether the engines that are asked say different things."""
    return len({answer.group for answer in by.values() if answer.asked}) > 1


class TableDirective(SphinxDirective):
    """Shows the whole table."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        shows(self.env, "engines", "all")
        notes_of(self.env).note(SCRIPTED, self.env.docname, ["table"])
        return [Html(text=whole(answered(self.env)))]


class CompareDirective(SphinxDirective):
    """The place for two engines side by side."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return a place, with a text for whoever runs no script."""
        notes_of(self.env).note(SCRIPTED, self.env.docname, ["compare"])
        place = nodes.container("", Html(text=""), ids=["engines-compare"])
        self.state.nested_parse(self.content, self.content_offset, place)
        return [place]


class VerdictsDirective(SphinxDirective):
    """Shows the verdicts: sign, name and meaning."""

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        items = (
            f'<li data-verdict="{slug(kind)}"><span class="verdict {slug(kind)}">'
            f'<span class="mark" aria-hidden="true">{MARKS[kind]}</span></span>'
            f"<b>{kind}</b>: {MEANINGS[kind]}</li>"
            for kind in KINDS
        )
        return [Html(text=f'<ul id="engines-legend">{"".join(items)}</ul>')]


class CountRole(SphinxRole):
    """A number of the whole, within a sentence."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the number."""
        if self.text not in COUNTS:
            message = f"there is no count {self.text!r}; there are {', '.join(COUNTS)}"
            raise ExtensionError(f"{self.get_location()}: {message}")
        shows(self.env, "engines", "all")
        return [nodes.Text(f"{COUNTS[self.text](answered(self.env)):,}")], []


def whole(answers: Answers) -> str:
    """Return the table as HTML."""
    heads = "".join(
        f'<th scope="col" data-engine="{engine.name}">'
        f'<a href="libraries/{engine.name}.html">{escape(engine.title)}</a></th>'
        for engine in answers.engines
    )
    bodies = "".join(
        body(family, list(rows), answers)
        for family, rows in groupby(cases.values(), lambda case: case.family)
    )
    return (
        '<div id="engines-wrapper" class="engines-wrapper" tabindex="0" role="region" '
        'aria-label="What each engine answers"><table class="engines">'
        "<caption>A row a case, a column an engine. A sign leads to the code as run and its output."
        f'</caption><thead><tr><th scope="col">Case</th>{heads}</tr></thead>{bodies}</table></div>'
    )


def body(family: str, rows: list[Case], answers: Answers) -> str:
    """Return the rows of a family."""
    columns = len(answers.engines) + 1
    lines = "".join(row(case, answers) for case in rows)
    return (
        f'<tbody id="{slug(family).replace("_", "-")}"><tr class="family">'
        f'<th colspan="{columns}" scope="rowgroup"><span>{FAMILIES[family]}</span></th></tr>'
        f"{lines}</tbody>\n"
    )


def row(case: Case, answers: Answers) -> str:
    """Return the row of a case."""
    by, page = answers.by_case[case.key], f"cases/{case.key}.html"
    found = "".join(cell(by[engine.name], f"{page}#{engine.name}") for engine in answers.engines)
    question = f'<a href="{page}">{escape(case.question)}</a>'
    return f'<tr id="{case.key}"><th scope="row">{question}</th>{found}</tr>\n'


def cell(answer: Answer, address: str) -> str:
    """Return the sign of an answer, its words beside it, and the way to the answer."""
    kind = answer.verdict.kind
    if not answer.asked:  # a cell without elements, of which the table has the most
        return f'<td class="{slug(kind)}" aria-label="{kind}">{MARKS[kind]}</td>'
    words = f"{MARKS[kind]}<span> {kind}</span>" if MARKS[kind] != kind else kind
    return f'<td class="{slug(kind)}"><a href="{address}">{words}</a></td>'


def add_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, object], doctree: object
) -> None:
    """Let the pages that need it load the script."""
    if pagename in notes_of(app.env).notes(SCRIPTED):
        app.add_js_file("engines.js", loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register directives and role."""
    for name in ("answered", "words"):
        app.setup_extension(f"_extensions.engines.{name}")
    app.add_directive("engine-table", TableDirective)
    app.add_directive("engine-compare", CompareDirective)
    app.add_directive("engine-verdicts", VerdictsDirective)
    app.add_role("engine-count", CountRole())
    app.connect("html-page-context", add_script)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
