"""A name stands for its term wherever that comes up."""

import pytest

from autodiff_notes.deriving.reading import read_term
from autodiff_notes.deriving.writing import write
from deriving.algebra import given


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        ("A @ B", "C @ A @ B @ x", "C @ P @ x"),
        ("A @ B", "B.mT @ A.mT @ x", "P.mT @ x"),
        ("s * t", "2 * s ** 2 * t", "2 * s * P"),
        ("tanh(x)", "1 * ones(n) - tanh(x) ** 2", "ones(n) - P ** 2"),
        ("inv(X)", "inv(X) @ X", "I(n)"),
    ],
)
def test_a_name_takes_the_place_of_its_term(value: str, text: str, expected: str) -> None:
    """It is found within products and transposed, and laws look through it."""
    with given(P=value) as names:
        assert write(read_term(text, names)) == expected
