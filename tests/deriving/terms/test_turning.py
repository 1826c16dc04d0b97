"""Transposes and conjugates: what is equal is one term."""

import pytest

from deriving.algebra import both


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("(A @ B).mT", "B.mT @ A.mT"),
        ("S.mT", "S"),
        ("K.mT", "-K"),
        ("inv(S).mT", "inv(S)"),
        ("inv(X).mT", "inv(X.mT)"),
        ("outer(x, y).mT", "outer(y, x)"),
        ("tril(A).mT", "triu(A.mT)"),
        ("conj(conj(u))", "u"),
        ("conj(x)", "x"),
        ("conj(2 * u + x)", "2 * conj(u) + x"),
    ],
)
def test_what_is_equal_is_one_term(left: str, right: str) -> None:
    """Two ways to write a thing are read as one object."""
    first, second = both(left, right)
    assert first is second


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("A", "A.mT"),
        ("conj(u)", "u"),
        ("cholesky(S).mT", "cholesky(S)"),
    ],
)
def test_what_differs_is_not_one_term(left: str, right: str) -> None:
    """No two things that differ are one object."""
    first, second = both(left, right)
    assert first is not second
