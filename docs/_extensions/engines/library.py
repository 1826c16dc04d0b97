"""The page of an engine beside torch, and torch beside all others."""

from collections.abc import Iterator
from html import escape

from docutils import nodes

from _extensions.engines.answered import DOCS, HERE, Answers, counted
from _extensions.engines.case import heading, section
from _extensions.engines.words import Html, mark, page_link, paragraph, table
from autodiff_notes.engines import cases, engines
from autodiff_notes.engines.cases import FAMILIES
from autodiff_notes.engines.engine import Engine
from autodiff_notes.engines.verdicts import KINDS, Verdict


def page(engine: Engine, answers: Answers) -> nodes.section:
    """Return the whole page of an engine."""
    others = [other for other in answers.engines if other.name != HERE]
    if engine.name == HERE:
        whole = section(engine.name, f"{engine.title} beside the others", "engine-library")
        whole += [
            *facts(engine, answers),
            heading("What differs, by engine"),
            beside(others, answers),
        ]
        return whole
    keys, both = answers.differing(HERE, engine.name)
    title = f"Coming from torch to {engine.title}: {len(keys)} things that differ"
    whole = section(engine.name, title, "engine-library")
    whole += facts(engine, answers)
    whole += heading(f"Where {engine.title} and torch part")
    whole += paragraph(f"Both answer {both} cases, and differ in {len(keys)}.")
    if keys:
        whole += differences(engine, keys, answers)
    whole += left_out(engine)
    return whole


def facts(engine: Engine, answers: Answers) -> Iterator[nodes.Node]:
    """Yield what was run, and how often it has which verdict."""
    runs = "; ".join(
        f"{run['version']} with Python {run['python']}, {run['platform']}, {run['date']}"
        for run in answers.runs[engine.name]
    )
    yield paragraph(f"Recorded: {runs}. [Its documentation]({engine.homepage}).")
    yield paragraph(
        f"To repeat it: `pip install {engine.pins}`, and then "
        f"`python -m autodiff_notes engines {engine.name}`; in a clone, `nox -s engines -- "
        f"{engine.name}` does both."
    )
    sums = counted(answers, engine.name)
    told = (f"{mark(Verdict(kind))}: {sums[kind]}" for kind in KINDS if sums[kind])
    yield Html(text=f'<p class="engine-sums">{"; ".join(told)}.</p>')
    yield paragraph(
        page_link(f"{DOCS}/compare", "Any two engines side by side"),
        ", and ",
        page_link(f"{DOCS}/index", "the table of all"),
        ".",
    )


def beside(others: list[Engine], answers: Answers) -> Html:
    """Return how much each other engine differs from torch."""

    def row(engine: Engine) -> str:
        keys, both = answers.differing(HERE, engine.name)
        link = f'<a href="{engine.name}.html">{escape(engine.title)}</a>'
        return f'<tr><th scope="row">{link}</th><td>{len(keys)}</td><td>{both}</td></tr>'

    head = ("Engine", "Differ", "Answered by both")
    return table("Each engine beside torch", head, map(row, others), "engine-numbers")


def differences(engine: Engine, keys: list[str], answers: Answers) -> Html:
    """Return the two answers to each case that differs, by family."""
    lines, family = [], ""
    for key in keys:
        case, by = cases[key], answers.by_case[key]
        if case.family != family:
            family = case.family
            lines.append(
                f'<tr class="family"><th colspan="3" scope="rowgroup">{FAMILIES[family]}</th></tr>'
            )
        told = "".join(
            f"<td><code>{escape(by[name].output)}</code> {mark(by[name].verdict)}</td>"
            for name in (HERE, engine.name)
        )
        link = f'<a href="../cases/{key}.html#{engine.name}">{escape(case.question)}</a>'
        lines.append(f'<tr id="{key}"><th scope="row">{link}</th>{told}</tr>')
    head = ("Case", engines[HERE].title, engine.title)
    return table(f"Where {engine.title} differs from torch", head, lines, "engine-pair")


def left_out(engine: Engine) -> Iterator[nodes.Node]:
    """Yield the cases that it cannot be asked, with the reason."""
    if engine.not_offered:
        yield heading("What it is not asked")
        items = (
            nodes.list_item(
                "",
                paragraph(page_link(f"{DOCS}/cases/{key}", cases[key].question), f": {reason}"),
            )
            for key, reason in engine.not_offered.items()
        )
        yield nodes.bullet_list("", *items)
