"""A sweep in sentences says what the engine did, and its page holds all of it."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from autodiff_notes import layout
from autodiff_notes.tape.formulas import FormulaError, text_of
from autodiff_notes.tape.html import answer, widget
from autodiff_notes.tape.sweep import Sweep

EXAMPLES = [
    ("x*log(x) + sin(x*y)", "x = 1, y = 2"),
    ("s = x + y; inner(s, s)", "x = [1, 2, 3], y = [0.5, -1, 2]"),
    ("logdet(X)", "X = [[2, 1, 0], [0, 3, -1], [1, 0, 1]]"),
    ("x*x", "x = 3"),
    ("x", "x = 3"),
    ("pi/2*x + 2", "x = 3"),
]
example = pytest.mark.parametrize(("formula", "point"), EXAMPLES)


def page(formula: str, point: str) -> BeautifulSoup:
    """Return the HTML of a sweep, as a browser would read it."""
    return BeautifulSoup(widget(Sweep(formula, point), layout.plain), "html5lib")


def test_the_sentences_of_the_first_note() -> None:
    """The derivatives of the first note are reached share by share."""
    sentences = [s.sentence.replace("\N{MINUS SIGN}", "-") for s in Sweep(*EXAMPLES[0]).steps]
    assert len(sentences) == 16
    assert sentences[0] == "The inputs: x = 1, y = 2."
    assert sentences[5] == "v5 = v2 + v4 = 0.909297."
    assert sentences[6] == "Now back. The adjoint of v5, its derivative by itself, is 1."
    assert sentences[9] == (
        "v4 = sin(v3), adjoint g = 1: v3 receives g \N{MIDDLE DOT} cos(v3) = -0.416147."
    )
    assert sentences[14].endswith(
        "x receives g / x = 1. With the -0.832294 that it had, this makes 0.167706."
    )
    assert sentences[15] == "The sweep is done. The derivative by x is 0.167706, by y -0.416147."


@example
def test_steps_show_everything_once(formula: str, point: str) -> None:
    """Every value appears in one step, and the last adjoint that appears is the final one."""
    sweep = Sweep(formula, point)
    assert sorted(n for s in sweep.steps for n in s.valued) == list(range(len(sweep.nodes)))
    shown = {s.receives: s.adjoint for s in sweep.steps if s.receives is not None}
    assert shown == {sweep.places[node]: value for node, value in sweep.adjoints.items()}


def test_no_derivative_is_said_in_words() -> None:
    """A value without a derivative is told apart from a formula without a value."""
    with pytest.raises(
        FormulaError,
        match=r"the value is 0, but the sweep stops at v1 = sqrt\(x\): g / .* is not defined at v1 = ",
    ):
        Sweep("sqrt(x)", "x = 0")


def test_a_derivative_that_is_too_large_is_no_derivative() -> None:
    """Shares that add up to more than the largest float stop the sweep, at a name."""
    with pytest.raises(FormulaError, match=r"stops at x: the sum of its shares is too large$"):
        Sweep("x*1e308 + x*1e308", "x = 0.1")


@pytest.mark.parametrize(
    ("formula", "point", "sentence"),
    [
        ("g*x", "g = 2, x = 3", "adjoint g1 = 1: x receives g1 * g = 2."),
        ("g*g1", "g = 2, g1 = 3", "adjoint g2 = 1: g1 receives g2 * g = 2."),
        ("g = x*x; 3*g", "x = 1", "adjoint g1 = 3: x receives g1 * x = 3. With"),
        ("tr(G @ X)", "G = [[2]], X = [[3]]", "adjoint G1 = [[1]]: X receives G.T @ G1 = [[2]]."),
        ("G*x", "G = 2, x = 3", "adjoint g = 1: x receives g * G = 2."),
    ],
)
def test_an_adjoint_has_a_letter_of_its_own(formula: str, point: str, sentence: str) -> None:
    """Whatever the inputs and parts are called, no letter stands for two things."""
    told = Sweep(formula, point).steps[-2].sentence.replace("\N{MIDDLE DOT}", "*")
    assert sentence in told


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


def test_numbers_are_no_nodes() -> None:
    """A number that was typed stands in its operation, not in a box of its own."""
    sweep = Sweep("2*x**3", "x = 1")
    assert [sweep.equation(node) for node in sweep.nodes] == [
        "x",
        "v1 = x ** 3",
        "v2 = 2 \N{MIDDLE DOT} v1",
    ]


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
    import gzip  # noqa: PLC0415

    assert len(gzip.compress(widget(Sweep(*EXAMPLES[0]), layout.plain).encode())) < 5000


@pytest.mark.parametrize(
    "formula",
    ["+".join(["x*x"] * 100), "*".join(f"(x+{i})" for i in range(1, 100)), "+".join("x" * 240)],
)
def test_two_hundred_nodes(formula: str) -> None:
    """A long formula is swept and laid out, with every arrow, in well under a second."""
    import time  # noqa: PLC0415

    start = time.process_time()
    html = widget(Sweep(formula, "x = 0.5"), layout.plain)
    assert time.process_time() - start < 1
    assert len(re.findall("<g class=.node", html)) > 190
    assert "nan" not in html
