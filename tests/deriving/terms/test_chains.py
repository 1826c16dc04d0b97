"""Products of matrices and vectors: what is equal is one term."""

import pytest

from deriving.algebra import both


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("x @ A @ y", "y @ A.mT @ x"),
        ("x @ S @ y", "y @ S @ x"),
        ("A @ outer(x, y) @ B", "outer(A @ x, B.mT @ y)"),
        ("Diag(x) @ y", "x * y"),
        ("I(n) @ A", "A"),
        ("inner(A, outer(x, y))", "x @ A @ y"),
        ("matrix_power(A, 2)", "A @ A"),
        ("matrix_power(A, k) @ A", "matrix_power(A, k + 1)"),
        ("x @ K @ x", "0 * s"),
        ("x @ (1 / x)", "n"),
        ("ones(n) @ x", "sum(x)"),
        ("outer(x, y) @ x", "(x @ y) * x"),
        ("inner(A, I(n))", "tr(A)"),
        ("zeros(n, n) @ x", "zeros(n)"),
        ("A @ zeros(n)", "zeros(n)"),
        ("x @ zeros(n)", "0 * s"),
        ("zeros(n) @ x", "0 * s"),
        ("(2 * A) @ (3 * x)", "6 * (A @ x)"),
        ("(s * A) @ (t * x)", "s * t * (A @ x)"),
        ("A @ I(n) @ B", "A @ B"),
        ("Diag(x) @ Diag(y)", "Diag(x * y)"),
        ("outer(x, y) @ A", "outer(x, A.mT @ y)"),
        ("A @ outer(x, y)", "outer(A @ x, y)"),
        ("outer(x, y) @ outer(a, x)", "(y @ a) * outer(x, x)"),
        ("x @ A", "A.mT @ x"),
        ("(x @ A) @ y", "x @ (A @ y)"),
        ("x @ ones(n)", "sum(x)"),
        ("(A @ x) @ (B @ y)", "x @ A.mT @ B @ y"),
        ("x @ (y / x)", "sum(y)"),
        ("x @ (a / x ** 2)", "sum(a / x)"),
        ("x @ A @ x", "x @ A.mT @ x"),
        ("x @ K @ y", "-(y @ K @ x)"),
        ("inner(2 * A, B)", "2 * inner(A, B)"),
        ("inner(A, B)", "inner(B, A)"),
        ("outer(2 * x, s * y)", "2 * s * outer(x, y)"),
        ("outer(zeros(n), x)", "zeros(n, n)"),
        ("outer(x, zeros(n))", "zeros(n, n)"),
        ("inv(X) @ X", "I(n)"),
        ("X @ inv(X) @ x", "x"),
        ("(2 * x) @ (s * y)", "2 * s * (x @ y)"),
        ("x @ (s * A) @ y", "s * (x @ A @ y)"),
        ("inner(x, y)", "x @ y"),
        ("inner(outer(x, y), A)", "x @ A @ y"),
        ("inner(A, Diag(x))", "diag(A) @ x"),
        ("inner(A, zeros(n, n))", "0 * s"),
        ("A @ Diag(x) @ Diag(y) @ B", "A @ Diag(x * y) @ B"),
        ("outer(x, y) @ A @ x", "(y @ A @ x) * x"),
        ("x @ outer(y, a) @ x", "(x @ y) * (a @ x)"),
        ("x @ inv(S) @ S @ y", "x @ y"),
        ("matrix_power(A, k) @ matrix_power(A, 2)", "matrix_power(A, k + 2)"),
        ("A @ matrix_power(A, k)", "matrix_power(A, k + 1)"),
    ],
)
def test_what_is_equal_is_one_term(left: str, right: str) -> None:
    """Two ways to write a thing are read as one object."""
    first, second = both(left, right)
    assert first is second


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("A @ B", "B @ A"),
        ("x @ A @ y", "x @ A.mT @ y"),
        ("outer(x, y)", "outer(y, x)"),
        ("A @ x", "A.mT @ x"),
        ("inner(A, B)", "inner(A, B.mT)"),
        ("outer(x, y) @ x", "(x @ y) * y"),
        ("x @ (x / y)", "sum(y)"),
        ("x @ (y * x)", "sum(y)"),
        ("Diag(x) @ A", "A @ Diag(x)"),
        ("x @ K @ y", "y @ K @ x"),
        ("matrix_power(A, k) @ B", "matrix_power(A, k + 1)"),
    ],
)
def test_what_differs_is_not_one_term(left: str, right: str) -> None:
    """No two things that differ are one object."""
    first, second = both(left, right)
    assert first is not second
