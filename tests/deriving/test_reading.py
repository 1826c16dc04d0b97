"""From a text to a term."""

import ast

import pytest

from autodiff_notes.deriving import NotSupported, terms
from autodiff_notes.deriving.reading import read_term
from autodiff_notes.deriving.writing import write
from deriving.algebra import given


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x @ A", "A.mT @ x"),
        ("0.25 * x", "x / 4"),
        ("x + 1 * x", "2 * x"),
        ("A.mT[:, 0]", "A.mT[:, 0]"),
        ("X[1:, :2]", "X[1:, :2]"),
        (
            "sum(x[i] * y[i] for i in range(n) if i != 0)",
            "sum(x[i] * y[i] for i in range(n) if i != 0)",
        ),
    ],
)
def test_a_text_is_read(text: str, expected: str) -> None:
    """What is written for a term is its plainest text."""
    with given() as names:
        assert write(read_term(text, names)) == expected


def test_d_means_what_it_is_told_to() -> None:
    """A rule opens differentials its own way, and may be meant entry by entry."""
    with given() as names:
        doubled = read_term("d(x)", names, differential=lambda t: terms.times(terms.num(2), t))
        assert doubled is read_term("2 * x", names)
        lifted = read_term("1 + x", names, lifted=True)
        assert lifted is read_term("ones(n) + x", names)


def test_a_tree_may_be_read_as_well() -> None:
    """A part of a syntax tree is read without its text."""
    with given() as names:
        tree = ast.parse("x @ y", mode="eval").body
        assert read_term(tree, names) is read_term("y @ x", names)


def test_a_derivative_in_a_function_is_refused() -> None:
    """The message says what to write instead."""
    with given() as names, pytest.raises(NotSupported, match="derive the function"):
        read_term("D(s ** 2, s)", names)
