"""A sweep as HTML holds every node, every edge and every step, and can be read aloud."""

import gzip
import json
import re
import time

import pytest
from bs4 import BeautifulSoup

from autodiff_notes import layout
from autodiff_notes.tape.formulas import text_of
from autodiff_notes.tape.html import SPACE, UP, answer, item, lines_of, widget
from autodiff_notes.tape.matrices import Matrix
from autodiff_notes.tape.sweep import Sweep
from sweeps import EXAMPLES, example


def page(formula: str, point: str) -> BeautifulSoup:
    """Return the HTML of a sweep, as a browser would read it."""
    return BeautifulSoup(widget(Sweep(formula, point), layout.plain), "html5lib")


@example
def test_the_page_is_complete(formula: str, point: str) -> None:
    """Graph, table and sentences hold every node, every edge and every step."""
    sweep, html = Sweep(formula, point), page(formula, point)
    places = [str(place) for place in range(len(sweep.nodes))]
    assert [g["data-n"] for g in html.select("svg g.node")] == places
    assert [tr["data-n"] for tr in html.select("tbody tr")] == places
    assert [li.get_text() for li in html.select("ol li")] == [s.sentence for s in sweep.steps]
    edges = [path["data-e"] for path in html.select("path.edge")]
    assert len(set(edges)) == len(edges)
    assert set(edges) >= {li["data-e"] for li in html.select("li[data-e]")}
    for node, row in zip(sweep.nodes, html.select("tbody tr"), strict=True):
        cells = [cell.get_text(" ") for cell in row.select("td")]
        if isinstance(node.value, float):
            assert cells[1] == text_of(node.value)
        if node in sweep.adjoints and isinstance(node.value, float):
            assert cells[2] == text_of(sweep.adjoints[node])


@example
def test_the_page_can_be_read_aloud(formula: str, point: str) -> None:
    """The graph has a text alternative, and what scrolls a name and a way to it."""
    html = page(formula, point)
    assert formula in str(html.svg["aria-label"]) if html.svg else False
    regions = html.select("[role=group]")
    assert len(regions) == 3
    assert all(region["aria-label"] and region["tabindex"] == "0" for region in regions)


def test_the_answer_to_a_page() -> None:
    """A page gets HTML and the inputs, or an error in words, as JSON."""
    good = json.loads(answer("x*y", "x = 1, y = 2, z = 3", layout.plain))
    assert good["inputs"] == {"x": 1, "y": 2}
    assert "at x = 1, y = 2. Not in the formula: z." in good["html"]
    assert good["html"].startswith('<figure class="sweep">')
    assert json.loads(answer("x*", "x = 1", layout.plain)) == {"error": "Column 3: invalid syntax."}


@pytest.mark.parametrize("name", ["formula", "point"])
def test_nothing_typed_becomes_markup(name: str) -> None:
    """What a reader types is text on the page, whatever it is."""
    typed = {"formula": "x", "point": "x = 1"} | {name: "<img src=x onerror=alert(1)>"}
    assert "error" in json.loads(answer(**typed, layout=layout.plain))
    html = json.loads(answer("inner(x, [1 , 2]) # <b>", "x = [1, 2] # <b>\n", layout.plain))
    assert "<b>" not in str(html)


def test_a_widget_is_light() -> None:
    """The first note's sweep has at most 5 kB, packed as a server packs it."""
    assert len(gzip.compress(widget(Sweep(*EXAMPLES[0]), layout.plain).encode())) < 5000


@pytest.mark.parametrize(
    "formula",
    ["+".join(["x*x"] * 100), "*".join(f"(x+{i})" for i in range(1, 100)), "+".join("x" * 240)],
)
def test_two_hundred_nodes(formula: str) -> None:
    """A long formula is swept and laid out, with every arrow, in well under a second."""
    start = time.process_time()
    html = widget(Sweep(formula, "x = 0.5"), layout.plain)
    assert time.process_time() - start < 1
    assert len(re.findall("<g class=.node", html)) > 190
    assert "nan" not in html


@example
def test_a_step_says_what_it_is_about(formula: str, point: str) -> None:
    """The attributes of an item lead a script to the nodes, the edge, and the adjoint that appears."""
    sweep = Sweep(formula, point)
    for step in sweep.steps:
        li = BeautifulSoup(item(step), "html5lib").li
        assert li
        assert [int(place) for place in str(li["data-n"]).split()] == list(step.marked)
        assert str(li.get("data-e", "")) == step.edge
        assert li.has_attr("data-to") == (step.receives is not None)
        if step.receives is not None:
            assert int(str(li["data-to"])) == step.receives
            assert str(li["data-a"]).split("|") == lines_of(step.adjoint, UP)


def test_columns_of_a_matrix_stand_below_each_other() -> None:
    """All rows of a matrix have one width, whatever their numbers, and what stands before them."""
    first, second, third = lines_of(Matrix([[1, -20.5], [0.25, 3], [-1e-9, 100]]), "= ")
    assert len(first) == len(second) == len(third)
    assert first.startswith(f"={SPACE}")
    assert second.startswith(2 * SPACE)
    assert " " not in first + second + third  # a browser would fold them
    assert lines_of(None) == []


def test_the_room_of_a_box_is_for_what_comes() -> None:
    """A box is wide enough for every adjoint that its variable has on the way."""
    html = page("x/3 + x/7 - x*10/21", "x = 1")
    (box,) = (g for g in html.select("g.node") if g.text.startswith("x"))
    shares = [str(li["data-a"]) for li in html.select(f"li[data-to='{box['data-n']}']")]
    assert len(shares) == 3
    assert box.rect
    assert float(str(box.rect["width"])) > 7 * max(map(len, shares))


def test_a_page_to_the_letter() -> None:
    """Caption, heads, rows and steps of a product of two numbers, with all that a script reads."""
    html = widget(Sweep("x*y", "x = 2, y = 3"), layout.plain)
    whole, number = re.subn("<svg.*</svg>", "", html, flags=re.DOTALL)
    assert number == 1
    assert whole.splitlines() == [
        (
            '<figure class="sweep"><figcaption><code>x*y</code> at x = 2, y = 3. In the graph, '
            "\N{DOWNWARDS ARROW} is a value on the way forward, \N{UPWARDS ARROW} an adjoint on the "
            'way back.</figcaption><div class="sweep-graph" role="group" aria-label="Graph" '
            'tabindex="0"></div><div class="sweep-table" role="group" '
            'aria-label="Trace and adjoints" tabindex="0"><table><thead><tr><th scope="col">name</th>'
            '<th scope="col">is</th><th scope="col">value</th><th scope="col">adjoint</th></tr></thead>'
            '<tbody><tr data-n="0"><th scope="row">x</th><td>input</td><td>2</td><td>3</td></tr>'
            '<tr data-n="1"><th scope="row">y</th><td>input</td><td>3</td><td>2</td></tr>'
            '<tr data-n="2"><th scope="row">v1</th><td>x · y</td><td>6</td><td>1</td></tr></tbody>'
            '</table></div><div class="sweep-steps" role="group" aria-label="Steps" tabindex="0"><ol>'
            '<li data-n="0 1" data-v="0 1">The inputs: x = 2, y = 3.</li>'
            '<li data-n="2" data-v="2">v1 = x · y = 6.</li>'
            '<li data-n="2" data-to="2" data-a="\N{UPWARDS ARROW} 1">Now back. The adjoint of v1, its '
            "derivative by itself, is 1.</li>"
            '<li data-n="2 0" data-e="2-0" data-to="0" data-a="\N{UPWARDS ARROW} 3">v1 = x · y, adjoint '
            "g = 1: x receives g · y = 3.</li>"
            '<li data-n="2 1" data-e="2-1" data-to="1" data-a="\N{UPWARDS ARROW} 2">v1 = x · y, adjoint '
            "g = 1: y receives g · x = 2.</li>"
            '<li data-n="0 1">The sweep is done. The derivative by x is 3, by y 2.</li></ol></div></figure>'
        )
    ]


def test_a_graph_to_the_letter() -> None:
    """Each box says what it is, its equation, its value and its adjoint, a matrix row by row."""
    html = page("tr(A)*x", "A = [[1, 2.123456], [3, 44]], x = 2, z = 1, w = 1")
    told = [
        (box["class"], [(line["class"], line.get_text()) for line in box.select("text")])
        for box in html.select("svg g.node")
    ]
    down, up, wide = "\N{DOWNWARDS ARROW}", "\N{UPWARDS ARROW}", SPACE
    assert told == [
        (
            ["node", "input"],
            [
                (["name"], "A"),
                (["value"], f"{down} 1  2.123".replace(" ", wide)),
                (["value"], "  3     44".replace(" ", wide)),
                (["adjoint"], f"{up} 2  0".replace(" ", wide)),
                (["adjoint"], "  0  2".replace(" ", wide)),
            ],
        ),
        (["node", "input"], [(["name"], "x"), (["value"], f"{down} 2"), (["adjoint"], f"{up} 45")]),
        (["node"], [(["name"], "v1 = tr(A)"), (["value"], f"{down} 45"), (["adjoint"], f"{up} 2")]),
        (
            ["node"],
            [(["name"], "v2 = v1 · x"), (["value"], f"{down} 90"), (["adjoint"], f"{up} 1")],
        ),
    ]
    assert html.figcaption
    assert "Not in the formula: z, w. In" in html.figcaption.get_text()
    assert "<td>1  2.123<br/>3     44</td>".replace("  ", wide * 2).replace(" ", wide) in str(html)
