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
        ("kron(A - A, B)", "zeros(n * n, n * n)"),
        ("kron(A, B - B)", "zeros(n * n, n * n)"),
        ("kron(A, 3 * B)", "3 * kron(A, B)"),
        ("kron(s * A, t * B)", "s * t * kron(A, B)"),
        ("Diag(s * x)", "s * Diag(x)"),
        ("Diag(zeros(n))", "zeros(n, n)"),
        ("Diag(3 * ones(n))", "3 * I(n)"),
        ("matrix_power(A, 1)", "A"),
        ("matrix_power(I(n), 3)", "I(n)"),
        ("matrix_power(X, -1)", "inv(X)"),
        ("matrix_power(s * A, 2)", "s ** 2 * (A @ A)"),
        ("tril(I(n))", "I(n)"),
        ("triu(I(n))", "I(n)"),
        ("tril(zeros(n, n))", "zeros(n, n)"),
        ("vec(2 * A)", "2 * vec(A)"),
        ("vec(s * A)", "s * vec(A)"),
        ("vec(zeros(n, n))", "zeros(n * n)"),
        ("norm(x, 2)", "norm(x)"),
        ("max(2 * x)", "2 * max(x)"),
        ("min(-3 * x)", "-3 * max(x)"),
        ("solve(X, A)", "inv(X) @ A"),
        ("sym(A)", "(A + A.mT) / 2"),
        ("skew(A)", "(A - A.mT) / 2"),
        ("mean(ones(n))", "n / n"),
        ("im(A)", "zeros(n, n)"),
        ("log(exp(s) + 1)", "softplus(s)"),
        ("Phi(2 * A)", "2 * Phi(A)"),
        ("norm(u) ** 2", "norm(u) * norm(u)"),
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
        ("norm(x, 3)", "norm(x)"),
        ("log(1 + 2 * exp(s))", "softplus(s)"),
        ("log(1 + exp(s) + exp(t))", "softplus(s)"),
        ("max(s * x)", "s * max(x)"),
        ("max(x + y)", "max(x) + max(y)"),
        ("log(s + exp(s))", "softplus(s)"),
        ("kron(A, B)", "kron(B, A)"),
        ("kron(A, I(n))", "I(n * n)"),
        ("matrix_power(A, 2)", "matrix_power(A, 3)"),
        ("Diag(x)", "I(n)"),
        ("tril(A)", "triu(A)"),
        ("sym(A)", "A"),
        ("norm(A, 1)", "norm(A)"),
    ],
)
def test_what_differs_is_not_one_term(left: str, right: str) -> None:
    """No two things that differ are one object."""
    first, second = both(left, right)
    assert first is not second
