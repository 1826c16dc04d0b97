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
    ],
)
def test_what_differs_is_not_one_term(left: str, right: str) -> None:
    """No two things that differ are one object."""
    first, second = both(left, right)
    assert first is not second
