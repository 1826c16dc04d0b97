"""A sweep in sentences says what the engine did."""

import pytest

from autodiff_notes.tape.formulas import FormulaError
from autodiff_notes.tape.sweep import Sweep
from sweeps import EXAMPLES, example


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


def test_numbers_are_no_nodes() -> None:
    """A number that was typed stands in its operation, not in a box of its own."""
    sweep = Sweep("2*x**3", "x = 1")
    assert [sweep.equation(node) for node in sweep.nodes] == [
        "x",
        "v1 = x ** 3",
        "v2 = 2 \N{MIDDLE DOT} v1",
    ]
