"""``{engine-answers}``: who says what to a case, within a page that tells its story.

Nothing of it is typed: answers, engines and verdicts come from the run and the records::

    ```{engine-answers} det-singular
    ```

With names of engines behind the case, the code of these follows. A case that is a spelling to be
written instead of another has to be right everywhere: the build stops where an engine returns
something else.
``{engine-cases}`` lists the cases that the page explains.
"""

from collections.abc import Iterator
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.outdated import shows
from _extensions.domain import notes_of
from _extensions.engines.answered import DOCS, HERE, Answers, answered, has_table
from _extensions.engines.words import Html, mark, page_link, paragraph, table
from autodiff_notes.engines import cases, engines
from autodiff_notes.engines.case import Case
from autodiff_notes.engines.verdicts import KINDS

EXPLAINED = "explained cases"


class AnswersDirective(SphinxDirective):
    """Shows the answers to a case, the engines that agree in one row."""

    required_arguments = 1
    optional_arguments = 20

    def run(self) -> list[nodes.Node]:
        """Return the table, the code of some engines, and the way to the case."""
        key, *names = self.arguments
        if key not in cases or any(name not in engines for name in names):
            raise self.error(f"{{{self.name}}} takes a case and engines; there is no such one")
        shows(self.env, "engines", key)
        answers = answered(self.env)
        spelling = bool(cases[key].instead_of)
        if spelling:
            self.demand_agreement(answers, key)
        found: list[nodes.Node] = [who_says_what(cases[key], answers)]
        for name in names:
            answer = answers.by_case[key][name]
            code = answer.asked_as if spelling else answer.code
            about = f"{engines[name].title} {answers.version(name, key)}:"
            found += [paragraph(about), nodes.literal_block(code, code, language="text")]
        link = page_link(f"{DOCS}/cases/{key}", "The case with all code and outputs")
        return [*found, paragraph(link, ".", classes=["step-source"])]

    def demand_agreement(self, answers: Answers, key: str) -> None:
        """Stop the build unless each engine is right that returns something."""
        by = answers.by_case[key]
        wrong = [n for n, a in by.items() if a.asked and a.verdict.kind not in {"right", "refuses"}]
        if wrong:
            raise ExtensionError(f"{self.get_location()}: {key} is not right in {', '.join(wrong)}")


def who_says_what(case: Case, answers: Answers) -> Html:
    """Return a row for each answer, with the engines that give it."""
    by = answers.by_case[case.key]
    rows: dict[tuple[str, str], list[str]] = {}
    for engine in answers.engines:
        answer = by[engine.name]
        if answer.asked:
            verdict = mark(answer.verdict, named=True)
            same = answer.group if answer.group >= 0 else verdict
            shown = next((row for row in rows if row[0] == f"{same}"), None)
            output = escape(answer.output) if answer.group >= 0 else ""
            row = shown or (f"{same}", f"<td><code>{output}</code> {verdict}</td>")
            rows.setdefault(row, []).append(escape(engine.title))
    lines = (f"<tr>{cells}<td>{', '.join(titles)}</td></tr>" for (_, cells), titles in rows.items())
    return table(case.question, ("Answer", "Engines"), lines, "engine-told")


class CasesDirective(SphinxDirective):
    """Lists the cases that the page explains."""

    def run(self) -> list[nodes.Node]:
        """Return the list, and note that the page has one."""
        shows(self.env, "engines", "all")
        notes_of(self.env).note(EXPLAINED, self.env.docname, ["all"])
        mine = [case for case in cases.values() if self.env.docname in documents(case)]
        if not mine:
            raise ExtensionError(f"{self.get_location()}: no case names this page")
        answers = answered(self.env)
        return [nodes.bullet_list("", *(item(case, answers) for case in mine))]


def item(case: Case, answers: Answers) -> nodes.list_item:
    """Return a case in a line: its question, and the verdicts on torch and on the others."""
    by = answers.by_case[case.key]
    others = {by[e.name].verdict.kind for e in answers.engines if e.name != HERE}
    told = [kind for kind in KINDS[:-1] if kind in others]
    words = f": {by[HERE].verdict.kind} in torch; elsewhere {', '.join(told)}." if told else "."
    link = page_link(f"{DOCS}/cases/{case.key}", case.question)
    return nodes.list_item("", paragraph(link, words))


def documents(case: Case) -> Iterator[str]:
    """Yield the documents that explain a case."""
    return (page.partition("#")[0] for page in case.pages)


def look_for_lists(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Stop the build if a page is said to explain a case, and does not lead to it."""
    if not has_table(env):
        return []
    listing = notes_of(env).notes(EXPLAINED)
    for case in cases.values():
        for page in documents(case):
            if page not in listing:
                raise ExtensionError(
                    f"{env.doc2path(page)}:1: the case {case.key!r} is explained here; "
                    "the page needs an {engine-cases}"
                )
    return []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    for name in ("answered", "words"):
        app.setup_extension(f"_extensions.engines.{name}")
    app.add_directive("engine-answers", AnswersDirective)
    app.add_directive("engine-cases", CasesDirective)
    app.connect("env-updated", look_for_lists, priority=300)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
