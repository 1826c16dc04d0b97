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
