"""A sweep as HTML: graph, table and sentences, complete as it stands.

A script can lead through it, since each part says in ``data-`` attributes what it belongs to.
"""

import json
from html import escape

from .drawing import Arrow, Box, Layout, svg
from .engine import Value, Variable
from .formulas import FormulaError, text_of
from .matrices import Matrix
from .sweep import Step, Sweep

__all__ = ["answer", "lines_of", "widget"]

DOWN, UP = "\N{DOWNWARDS ARROW} ", "\N{UPWARDS ARROW} "
SPACE = "\N{NO-BREAK SPACE}"


def widget(sweep: Sweep, layout: Layout) -> str:
    """Return the sweep as HTML, its graph laid out by a Graphviz."""
    graph = picture(sweep, layout)
    unused = f" Not in the formula: {', '.join(sweep.unused)}." if sweep.unused else ""
    caption = (
        f"<code>{escape(sweep.formula)}</code> at {escape(sweep.values(sweep.inputs))}.{unused} "
        f"In the graph, {DOWN}is a value on the way forward, {UP}an adjoint on the way back."
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("name", "is", "value", "adjoint"))
    return (
        '<figure class="sweep">'
        f"<figcaption>{caption}</figcaption>"
        f'<div class="sweep-graph" role="group" aria-label="Graph" tabindex="0">{graph}</div>'
        '<div class="sweep-table" role="group" aria-label="Trace and adjoints" tabindex="0">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{table(sweep)}</tbody></table></div>"
        '<div class="sweep-steps" role="group" aria-label="Steps" tabindex="0">'
        f"<ol>{''.join(map(item, sweep.steps))}</ol></div>"
        "</figure>"
    )


def answer(formula: str, point: str, layout: Layout) -> str:
    """Return the answer to a page, as JSON.

    Either ``html``, the whole sweep, and ``inputs``, the value of each; or ``error``, a sentence.
    """
    try:
        sweep = Sweep(formula, point)
    except FormulaError as error:
        words = str(error)
        return json.dumps({"error": f"{words[0].upper()}{words[1:]}."})
    inputs = {sweep.names[node]: node.value for node in sweep.inputs}
    return json.dumps({"html": widget(sweep, layout), "inputs": inputs})


def picture(sweep: Sweep, layout: Layout) -> str:
    """Return the graph: each box has its equation, its value and its adjoint."""
    room = dict.fromkeys(sweep.nodes, 0)
    for step in sweep.steps:
        if step.receives is not None:
            node = sweep.nodes[step.receives]
            room[node] = max(room[node], *map(len, lines_of(step.adjoint, UP)))
    boxes = [
        Box(node_lines(sweep, node), "" if node.form else "input", room[node])
        for node in sweep.nodes
    ]
    arrows = [
        Arrow(sweep.places[argument], place, f"{place}-{position}")
        for place, node in enumerate(sweep.nodes)
        for position, argument in enumerate(node.arguments)
        if argument in sweep.places
    ]
    return svg(boxes, arrows, f"The graph of {sweep.formula}, as in the table", layout)


def node_lines(sweep: Sweep, node: Variable) -> list[tuple[str, str]]:
    """Return the lines of a box, with their classes."""
    return [
        ("name", sweep.equation(node)),
        *(("value", line) for line in lines_of(node.value, DOWN)),
        *(("adjoint", line) for line in lines_of(sweep.adjoints.get(node), UP)),
    ]


def lines_of(value: Value | None, before: str = "") -> list[str]:
    """Return a value as lines of text: one for a number, one a row for a matrix.

    >>> [line.replace(SPACE, " ") for line in lines_of(Matrix([[1, 0], [0.5, 22]]), "= ")]
    ['=   1   0', '  0.5  22']
    """
    if value is None:
        return []
    if not isinstance(value, Matrix):
        return [before + text_of(value)]
    columns = [[text_of(entry, digits=4) for entry in column] for column in value.T]
    padded = [[text.rjust(max(map(len, column))) for text in column] for column in columns]
    rows = ["  ".join(row) for row in zip(*padded, strict=True)]
    starts = [before] + [" " * len(before)] * (len(rows) - 1)
    return [(start + row).replace(" ", SPACE) for start, row in zip(starts, rows, strict=True)]


def table(sweep: Sweep) -> str:
    """Return the rows of the table: a node's form, its value and its adjoint."""
    rows = ""
    for place, node in enumerate(sweep.nodes):
        form = sweep.with_names(node, node.form) or "input"
        numbers = [lines_of(node.value), lines_of(sweep.adjoints.get(node))]
        cells = "".join(f"<td>{'<br>'.join(lines)}</td>" for lines in numbers)
        name = escape(sweep.names[node])
        rows += (
            f'<tr data-n="{place}"><th scope="row">{name}</th><td>{escape(form)}</td>{cells}</tr>'
        )
    return rows


def item(step: Step) -> str:
    """Return a step as an item of a list; its attributes tell a script what to show.

    ``data-n`` are the nodes that it is about, ``data-v`` those whose value appears, ``data-e`` is
    its edge, ``data-to`` the node that receives, and ``data-a`` the adjoint, in lines.
    """
    data = {"n": " ".join(map(str, step.marked)), "v": " ".join(map(str, step.valued))}
    if step.receives is not None:
        data |= {"e": step.edge, "to": str(step.receives)}
        data["a"] = "|".join(lines_of(step.adjoint, UP))
    attributes = "".join(f' data-{name}="{text}"' for name, text in data.items() if text)
    return f"<li{attributes}>{escape(step.sentence)}</li>"
