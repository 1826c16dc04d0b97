"""Formulas are evaluated node by node, names once."""

import pytest

from autodiff_notes.evaluation.standard.evaluating import Scope, evaluate
from autodiff_notes.notation import read

KINDS = {"x": "v", "X": "M", "t": "s", "n": "k"}
VALUES = {"x": [1.0, 2.0, 3.0], "X": [[1.0, 2.0], [3.0, 5.0]], "t": 2.0, "n": 3}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x[1] - x[0] / 2", 1.5),
        ("x[1:]", [2, 3]),
        ("X[0, :] + X[:, 1]", [3, 7]),
        ("X[:1, 1:]", [[2]]),
        ("-2 * X.mT", [[-2, -6], [-4, -10]]),
        ("sum(i * x[i] for i in range(n) if i != 1)", 6),
        ("sum(x[i] * x[j] for i in range(n) for j in range(i))", 2 + 3 + 6),
        ("prod(x[i] for i in range(1, n))", 6),
        ("prod(x[i] for i in range(0))", 1),
        ("sum(X for i in range(0)) @ X", 0),
        ("array([[t, 1], [n, 2]])", [[2, 1], [3, 2]]),
        ("block([[X, X], [X, X]])[1, 2]", 3),
        ("D(x @ x, x)", [2, 4, 6]),
        ("D(x @ x, x[2])", 6),
        ("D(t ** 3, t, t)", 12),
    ],
)
def test_values(text: str, value: object) -> None:
    """Indices, ranges, sums over indices, and derivatives are those of the notation."""
    assert evaluate(read(text, KINDS), Scope(VALUES, {})) == value


def test_a_name_within_a_sum_over_the_same_letter() -> None:
    """The index of a sum outside is what it was, once a name with a sum of its own is opened."""
    names = {"P": read("sum(x[i] for i in range(n))", KINDS)}
    whole = read("sum(P * x[i] for i in range(n))", KINDS, names)
    assert evaluate(whole, Scope(VALUES, {})) == 36


def test_names_move_with_their_variables() -> None:
    """The value of a name is kept, and is not taken for its slope."""
    names = {"q": read("x @ x", KINDS)}
    scope = Scope(VALUES, {"x": [1.0, 0.0, 0.0]})
    assert evaluate(read("q", KINDS, names), scope) == 14
    assert evaluate(read("d(q * t)", KINDS, names), scope) == 4
    assert evaluate(read("d(x)", KINDS, names), scope) == [1, 0, 0]
