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
        ("x * y * x", "x ** 2 * y"),
        ("(x * y) ** 2", "x ** 2 * y ** 2"),
        ("(2 * s) ** 3", "8 * s ** 3"),
        ("s ** 2 * s", "s ** 3"),
        ("s / s", "n / n"),
        ("sqrt(p) * sqrt(p)", "p"),
        ("sqrt(x @ x)", "norm(x)"),
        ("(x @ x) ** (3 / 2)", "norm(x) ** 3"),
        ("sqrt(p ** 4)", "p ** 2"),
        ("(p * s) ** 2", "p ** 2 * s ** 2"),
        ("x ** 0", "ones(n)"),
        ("x ** 1", "x"),
        ("zeros(n) * x", "zeros(n)"),
        ("0 * A", "zeros(n, n)"),
        ("A * zeros(n, n)", "zeros(n, n)"),
        ("x * y * (1 / y)", "x"),
        ("I(n) * A", "I(n) * A.mT"),
        ("(-x) ** 2", "x ** 2"),
        ("sqrt(p * x)", "sqrt(p) * sqrt(x)"),
        ("(3 * x) ** 2", "9 * x ** 2"),
        ("(s * x) ** 2", "s ** 2 * x ** 2"),
        ("exp(s) ** (1 / 2) * exp(s) ** (1 / 2)", "exp(s)"),
        ("sqrt(exp(s) ** 2)", "exp(s)"),
        ("sqrt(abs(s) ** 2)", "abs(s)"),
        ("A * outer(ones(n), ones(n))", "A"),
        ("(s * t) ** 2 / (s * t)", "s * t"),
        ("(2 * x) * (3 * y)", "6 * x * y"),
        ("n ** (1 / 2) * n ** (1 / 2)", "n"),
        ("sqrt(n ** 2)", "n"),
        ("sqrt(k ** 2)", "k"),
        ("sqrt(sigmoid(s) ** 2)", "sigmoid(s)"),
        ("sqrt(cosh(s) ** 2)", "cosh(s)"),
        ("sqrt(inner(A, A) ** 2)", "inner(A, A)"),
        ("sqrt((p * exp(s)) ** 2)", "p * exp(s)"),
        ("2 ** 3 * s", "8 * s"),
        ("1 / (2 * s)", "s ** -1 / 2"),
        ("(1 / x) * x", "ones(n)"),
        ("x / (2 * x)", "ones(n) / 2"),
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
        ("sqrt(s * t)", "sqrt(s) * sqrt(t)"),
        ("(x * y) ** (1 / 2)", "x ** (1 / 2) * y ** (1 / 2)"),
        ("sqrt(s * x)", "sqrt(s) * sqrt(x)"),
        ("sqrt(tanh(s) ** 2)", "tanh(s)"),
        ("sqrt((x @ y) ** 2)", "x @ y"),
        ("sqrt(inner(A, B) ** 2)", "inner(A, B)"),
        ("sqrt(u @ u) ** 2 * (u @ u)", "u @ u"),
        ("sqrt((-p) ** 2)", "-p"),
        ("sqrt((p * s) ** 2)", "p * s"),
        ("x * x", "x"),
        ("I(n) * A", "A"),
        ("I(n) * outer(x, y)", "outer(x, y)"),
        ("x ** -1", "x"),
    ],
)
def test_what_differs_is_not_one_term(left: str, right: str) -> None:
    """No two things that differ are one object."""
    first, second = both(left, right)
    assert first is not second
