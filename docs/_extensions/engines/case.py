"""The page of a case: a question to all engines, what mathematics says to it, and who says what."""

from collections.abc import Iterator
from html import escape
from typing import Any

from docutils import nodes

from _extensions.engines.answered import DOCS, HERE, Answer, Answers
from _extensions.engines.words import (
    Html,
    function_of,
    mark,
    page_link,
    paragraph,
    point_of,
    short,
    table,
)
from autodiff_notes.engines import cases
from autodiff_notes.engines.answers import flat, normalised
from autodiff_notes.engines.case import Case
from autodiff_notes.engines.truths import Ball, Convention, Exact, Subgradients
from autodiff_notes.engines.verdicts import KINDS, Verdict, conventions

ASKED = {
    "gradient": "The gradient is asked for.",
    "value": "The value is asked for.",
    "hessian": "All second derivatives are asked for.",
}
NONE = {
    Subgradients: "The function has a kink here, and no gradient. The gradients nearby have these "
    "limits, and each mean of the limits is a subgradient:",
    Ball: "The norm has no gradient here. Its subgradients are what has a {} norm of {} at most:",
    Convention: "Mathematics leaves this open. There are these conventions:",
}


def page(case: Case, answers: Answers) -> nodes.section:
    """Return the page of a case, but for its ending."""
    whole = section(case.key, case.question, "engine-case")
    whole += [asked(case), *mathematics(case)]
    whole += [heading("What they answer"), sums(case, answers), rows(case, answers)]
    return whole


def section(name: str, title: str, kind: str) -> nodes.section:
    """Return a page with its heading."""
    return nodes.section("", nodes.title(title, title), ids=[name], classes=[kind])


def heading(title: str) -> nodes.rubric:
    """Return a heading within a page: one of hundreds, and no result of a search."""
    return nodes.rubric(title, title, classes=["no-search"], **{"heading-level": 2})


def asked(case: Case) -> nodes.paragraph:
    """Return function and point in a sentence."""
    at = [nodes.Text(" at "), nodes.literal("", point_of(case))] if case.point else []
    return nodes.paragraph("", "", *function_of(case), *at, nodes.Text(f". {ASKED[case.of]}"))


# The mathematics


def mathematics(case: Case) -> Iterator[nodes.Node]:
    """Yield what is right, or which choices there are, and why."""
    yield heading("What mathematics says")
    yield from truth(case)
    yield paragraph(case.why)
    if case.reference:
        yield paragraph(
            f"The tests hold this against difference quotients of `{case.reference}` with 120 digits."
        )
    links: list[str | nodes.Node] = []
    for number, name in enumerate(case.pages):
        links += [", " if number else "Explained in ", page_link(name)]
    if links:
        yield paragraph(*links, ".")
    if case.instead_of:
        yield paragraph("To be written instead of ", case_link(cases[case.instead_of]), ".")
    for other in cases.values():
        if other.instead_of == case.key:
            yield paragraph("To be written instead: ", case_link(other), ".")


def case_link(case: Case) -> nodes.Node:
    """Return a link to the page of a case."""
    return page_link(f"{DOCS}/cases/{case.key}", case.question)


def truth(case: Case) -> Iterator[nodes.Node]:
    """Yield what is right, or the choices."""
    found = case.truth
    if isinstance(found, Exact):
        yield paragraph("It is ", nodes.literal("", found.text), "".join(side(found)), ".")
        if found.also:
            yield paragraph("Some follow another convention:")
    else:
        ball = (found.dual, f"`{found.radius}`") if isinstance(found, Ball) else ()
        yield paragraph(NONE[type(found)].format(*ball))
    known = conventions(case)
    if known:
        items = (
            nodes.list_item("", paragraph(nodes.literal("", worded(value)), f": {name}"))
            for name, value in known.items()
        )
        yield nodes.bullet_list("", *items)


def worded(value: object) -> str:
    """Return an answer as it is shown."""
    from autodiff_notes.engines.changes import worded as told  # noqa: PLC0415 - of an entry

    return told({"answer": normalised(value)})


def side(found: Exact) -> Iterator[str]:
    """Yield from which side a limit is taken."""
    ways = (f"`{name}` comes from {way_of(way)}" for name, way in found.side.items())
    if found.side:
        yield f", as {' and '.join(ways)}"


def way_of(way: Any) -> str:
    """Return the side from which a variable, or each of its entries, comes to its point."""
    sides = {x.real for x in flat(way) if x is not None}
    if sides == {1.0}:
        return "above"
    return "below" if sides == {-1.0} else f"the direction `{short(way)}`"


# The answers


def sums(case: Case, answers: Answers) -> Html:
    """Return how many engines have which verdict."""
    kinds = [answer.verdict.kind for answer in answers.by_case[case.key].values()]
    told = (f"{mark(Verdict(kind))}: {kinds.count(kind)}" for kind in KINDS if kind in kinds)
    return Html(text=f'<p class="engine-sums">{"; ".join(told)}.</p>')


def rows(case: Case, answers: Answers) -> Html:
    """Return the answers of all engines with code and output, the right ones first."""
    by = answers.by_case[case.key]
    order = sorted(answers.engines, key=lambda e: KINDS.index(by[e.name].verdict.kind))
    lines = (
        f'<tr id="{engine.name}"><th scope="row"><a href="../libraries/{engine.name}.html">'
        f"{escape(engine.title)}</a>{version(case, answers, engine.name)}</th>"
        f"{cells(by[engine.name])}</tr>"
        for engine in order
    )
    head = ("Engine", "Code as run", "Output", "Verdict")
    return table("Every engine's answer", head, lines, "engine-answers")


def version(case: Case, answers: Answers, engine: str) -> str:
    """Return the version that answered."""
    answer = answers.by_case[case.key][engine]
    if not answer.asked:
        return ""
    parts = [answers.version(engine, case.key), answer.precision]
    parts += ["asked again when this page was built"] if engine == HERE else []
    return f" <small>{escape(', '.join(filter(None, parts)))}</small>"


def cells(answer: Answer) -> str:
    """Return code, output and verdict."""
    if not answer.asked:
        return f'<td colspan="2">{escape(answer.reason)}</td><td>{mark(answer.verdict)}</td>'
    said = mark(answer.verdict, named=True)
    if answer.documented:
        said += f' <a class="reference external" href="{escape(answer.documented)}">documented</a>'
    return (
        f'<td><pre tabindex="0">{escape(answer.asked_as)}</pre>{helpers(answer)}</td>'
        f'<td><pre tabindex="0">{escape(answer.output)}</pre></td><td>{said}</td>'
    )


def helpers(answer: Answer) -> str:
    """Return the whole code behind a line, if it has more than the call."""
    if answer.code == answer.asked_as:
        return ""
    whole = f'<pre tabindex="0">{escape(answer.code)}</pre>'
    return f"<details><summary>With its helpers</summary>{whole}</details>"


# What a reader can do


def hands(key: str, file: str, source: str) -> Iterator[nodes.Node]:
    """Yield the ending: how to run a case, and where to correct it."""
    yield heading("Run it, correct it")
    yield paragraph(
        "`python -m autodiff_notes engines` asks the engines that you have installed, and shows "
        "what differs from here; `nox -s engines -- jax` in a clone makes an environment for one "
        "engine, such as JAX, and records its answers.",
    )
    yield paragraph(
        "If an answer or a verdict is unfair, "
        f"[the case]({source}/{file}) and "
        f"[the code that asks]({source}/adapters) are what to correct: "
        f"in each file the row is called `{key}`. Then ",
        page_link(f"{DOCS}/method", "the method"),
        " says how to record and to send it.",
    )
    back = nodes.reference("", "All cases", refuri=f"../index.html#{key}", internal=True)
    yield nodes.paragraph("", "", back)
