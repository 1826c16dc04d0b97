"""Sums: what is equal is one term."""

import pytest

from deriving.algebra import both


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("x + y", "y + x"),
        ("A - A", "zeros(n, n)"),
        ("(s + t) - t - s", "0 * s"),
        ("2 * x + 4 * y", "2 * (x + 2 * y)"),
        ("x / 2 + x / 3", "5 * x / 6"),
        ("-(x - y)", "y - x"),
    ],
)
def test_what_is_equal_is_one_term(left: str, right: str) -> None:
    """Two ways to write a thing are read as one object."""
    first, second = both(left, right)
    assert first is second


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("x + y", "x - y"),
        ("x + x", "x"),
    ],
)
def test_what_differs_is_not_one_term(left: str, right: str) -> None:
    """No two things that differ are one object."""
    first, second = both(left, right)
    assert first is not second
