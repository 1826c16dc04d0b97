"""From a function to the lines of its derivation."""

import pytest

from autodiff_notes.deriving.reading import read_term
from autodiff_notes.deriving.steps import COLLECTED, steps
from autodiff_notes.deriving.writing import write
from deriving.algebra import given


@pytest.mark.parametrize(
    ("text", "lines", "cotangents"),
    [
        ("a @ x", [], {"x": "a"}),
        ("a @ C @ x", [], {"x": "C.mT @ a"}),
        ("x @ A @ x", ["product rule"], {"x": "(A + A.mT) @ x", "A": "outer(x, x)"}),
        (
            "a @ tanh(C @ x)",
            ["the hyperbolic tangent"],
            {"x": "C.mT @ (a - a * tanh(C @ x) ** 2)"},
        ),
        ("exp(sin(s))", ["the exponential", "the sine"], {"s": "exp(sin(s)) * cos(s)"}),
        ("tr(inv(X) @ C)", ["[the inverse](#inverse)"], {"X": "-(inv(X) @ C @ inv(X)).mT"}),
        ("C[0, 1]", [], {}),
    ],
)
def test_a_line_a_layer(text: str, lines: list[str], cotangents: dict[str, str]) -> None:
    """Each layer that is not linear has a line with its rule, and variables end with gradients."""
    with given() as names:
        found = steps(read_term(text, names))
        assert [line.reason for line in found.lines] == lines
        expected = {names[n]: read_term(G, names) for n, G in cotangents.items()}
        assert found.cotangents.keys() == expected.keys()
        assert {n: write(found.cotangents[names[n]]) for n in cotangents} == {
            n: write(expected[names[n]]) for n in cotangents
        }


def test_what_is_differentiated_twice_in_a_line_is_collected() -> None:
    """A line with one differential in two places is followed by one that adds them up."""
    with given(P="tanh(C @ x)") as names:
        found = steps(read_term("P @ P + a @ P", names))
        assert COLLECTED in [line.reason for line in found.lines]
