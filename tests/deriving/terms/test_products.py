"""Numbers, powers and products entry by entry: what is equal is one term."""

import pytest

from deriving.algebra import both


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("2 * x @ (3 * y)", "6 * (x @ y)"),
        ("x / norm(x) * norm(x)", "x"),
        ("sqrt(x) * sqrt(x)", "x"),
        ("(s + t) ** 2 / (s + t)", "s + t"),
        ("sqrt(p ** 2)", "p"),
        ("x * ones(n)", "x"),
        ("(2 * x) ** 2", "4 * x * x"),
        ("I(n) * outer(x, y)", "Diag(x * y)"),
    ],
)
def test_what_is_equal_is_one_term(left: str, right: str) -> None:
    """Two ways to write a thing are read as one object."""
    first, second = both(left, right)
    assert first is second


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("sqrt(s ** 2)", "s"),
        ("x * y", "x + y"),
    ],
)
def test_what_differs_is_not_one_term(left: str, right: str) -> None:
    """No two things that differ are one object."""
    first, second = both(left, right)
    assert first is not second
