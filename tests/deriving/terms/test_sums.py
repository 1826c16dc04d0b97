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
        ("x - x", "zeros(n)"),
        ("2 * s + 3 * s", "5 * s"),
        ("s - 2 * s", "-s"),
        ("x + zeros(n)", "x"),
        ("(x + y) + (x - y)", "2 * x"),
        ("3 * (x + y) - 3 * y", "3 * x"),
        ("-2 * x - 2 * y", "-2 * (x + y)"),
        ("6 * x + 4 * y", "2 * (3 * x + 2 * y)"),
        ("x / 2 + y / 3", "(3 * x + 2 * y) / 6"),
        ("x + 2 * y", "(2 * x + 4 * y) / 2"),
        ("1 + 2 + s", "3 + s"),
        ("(s + 1) - 1", "s"),
        ("y - x", "-(x - y)"),
        ("s * x + s * x", "2 * s * x"),
        ("s / 2 + s / 2", "s"),
        ("4 * x - 6 * y", "-2 * (3 * y - 2 * x)"),
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
        ("x + y", "2 * (x + y)"),
        ("2 * x + 3 * y", "3 * x + 2 * y"),
        ("x - y", "y - x"),
        ("s + 1", "s"),
    ],
)
def test_what_differs_is_not_one_term(left: str, right: str) -> None:
    """No two things that differ are one object."""
    first, second = both(left, right)
    assert first is not second
