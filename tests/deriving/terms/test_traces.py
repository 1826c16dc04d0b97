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
        ("tr(Diag(x))", "sum(x)"),
        ("sum(Diag(x))", "sum(x)"),
        ("sum(I(n))", "n"),
        ("sum(ones(n))", "n"),
        ("tr(zeros(n, n))", "0 * s"),
        ("sum(zeros(n))", "0 * s"),
        ("tr(3 * A)", "3 * tr(A)"),
        ("tr(s * A)", "s * tr(A)"),
        ("tr(A.mT)", "tr(A)"),
        ("tr(A @ outer(x, y))", "y @ A @ x"),
        ("sum(x ** 2)", "x @ x"),
        ("sum(A * B)", "inner(A, B)"),
        ("sum(-2 * x)", "-2 * sum(x)"),
        ("sum(x + y)", "sum(x) + sum(y)"),
        ("diag(2 * A)", "2 * diag(A)"),
        ("diag(s * A)", "s * diag(A)"),
        ("diag(A + B)", "diag(A) + diag(B)"),
        ("diag(zeros(n, n))", "zeros(n)"),
        ("diag(A * B * I(n))", "diag(A) * diag(B)"),
        ("diag(A * A * I(n))", "diag(A) ** 2"),
        ("tr(inv(X) @ A @ X)", "tr(A)"),
        ("tr(A @ B @ A)", "tr(A @ A @ B)"),
        ("sum(A)", "sum(A.mT)"),
        ("tr(A @ B @ C)", "tr(C.mT @ B.mT @ A.mT)"),
        ("tr(S @ A)", "tr(S @ A.mT)"),
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
        ("tr(A)", "sum(A)"),
        ("sum(A @ B)", "inner(A, B)"),
        ("diag(A * B)", "diag(A)"),
        ("diag(A)", "diag(B)"),
        ("tr(A @ B)", "tr(A) * tr(B)"),
        ("tr(A @ K)", "tr(A.mT @ K)"),
        ("sum(x ** 3)", "x @ x"),
        ("sum(x * y ** 2)", "x @ y"),
    ],
)
def test_what_differs_is_not_one_term(left: str, right: str) -> None:
    """No two things that differ are one object."""
    first, second = both(left, right)
    assert first is not second
