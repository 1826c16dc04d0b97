"""Trace, sum and diagonal: what is equal is one term."""

import pytest

from deriving.algebra import both


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("tr(A @ B)", "tr(B @ A)"),
        ("tr(A @ B)", "tr(B.mT @ A.mT)"),
        ("tr(A @ B @ C)", "tr(B @ C @ A)"),
        ("tr(outer(x, y))", "x @ y"),
        ("tr(A + 2 * B)", "tr(A) + 2 * tr(B)"),
        ("tr(I(n))", "n"),
        ("sum(x * y)", "x @ y"),
        ("sum(A.mT)", "sum(A)"),
        ("sum(A * A)", "norm(A) ** 2"),
        ("sum(outer(x, z))", "sum(x) * sum(z)"),
        ("mean(x)", "sum(x) / n"),
        ("diag(outer(x, y))", "x * y"),
        ("diag(Diag(x))", "x"),
        ("diag(A.mT)", "diag(A)"),
        ("diag(I(n))", "ones(n)"),
        ("diag(A * I(n))", "diag(A)"),
    ],
)
def test_what_is_equal_is_one_term(left: str, right: str) -> None:
    """Two ways to write a thing are read as one object."""
    first, second = both(left, right)
    assert first is second


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("tr(A @ B @ C)", "tr(A @ C @ B)"),
        ("sum(x * y * a)", "x @ y"),
    ],
)
def test_what_differs_is_not_one_term(left: str, right: str) -> None:
    """No two things that differ are one object."""
    first, second = both(left, right)
    assert first is not second
