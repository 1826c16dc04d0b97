"""Words that know their arguments: what is equal is one term."""

import pytest

from deriving.algebra import both


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("kron(2 * A, B)", "2 * kron(A, B)"),
        ("kron(I(n), I(m))", "I(n * m)"),
        ("Diag(ones(n))", "I(n)"),
        ("matrix_power(A, 0)", "I(n)"),
        ("matrix_power(2 * A, 3)", "8 * matrix_power(A, 3)"),
        ("tril(2 * A)", "2 * tril(A)"),
        ("sym(S)", "S"),
        ("skew(S)", "zeros(n, n)"),
        ("re(x)", "x"),
        ("im(x)", "zeros(n)"),
        ("norm(x) ** 2", "x @ x"),
        ("norm(x, 1)", "sum(abs(x))"),
        ("solve(X, x)", "inv(X) @ x"),
        ("adj(A)", "cof(A).mT"),
        ("max(-2 * x)", "-2 * min(x)"),
        ("log(1 + exp(s))", "softplus(s)"),
        ("log(exp(-x) + ones(n))", "softplus(-x)"),
        ("min(3 * x)", "3 * min(x)"),
    ],
)
def test_what_is_equal_is_one_term(left: str, right: str) -> None:
    """Two ways to write a thing are read as one object."""
    first, second = both(left, right)
    assert first is second


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("norm(u) ** 2", "u @ u"),
        ("max(x)", "min(x)"),
        ("log(2 + exp(s))", "softplus(s)"),
        ("re(u)", "u"),
    ],
)
def test_what_differs_is_not_one_term(left: str, right: str) -> None:
    """No two things that differ are one object."""
    first, second = both(left, right)
    assert first is not second
