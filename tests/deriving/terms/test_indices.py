"""Entries, sums over an index, and blocks: what is equal is one term."""

import pytest

from deriving.algebra import both


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("basis(0, n) @ x", "x[0]"),
        ("A.mT[0, 1]", "A[1, 0]"),
        ("outer(x, y)[0, 1]", "x[0] * y[1]"),
        ("sum(s * A for i in range(n))", "n * s * A"),
        (
            "sum(A @ matrix_power(B, i) @ C for i in range(3))",
            "A @ sum(matrix_power(B, i) for i in range(3)) @ C",
        ),
        ("block([[zeros(n, n), zeros(n, n)]])", "zeros(n, 2 * n)"),
        ("ones(n)[0]", "1"),
        ("sum(2 * x[i] for i in range(n))", "2 * sum(x[i] for i in range(n))"),
        ("sum(s for i in range(n))", "n * s"),
        ("sum(s for i in range(n) if i != 0)", "(n - 1) * s"),
        ("ones(n)[0]", "n / n"),
        ("zeros(n)[0]", "0 * s"),
        ("A.mT[1, 0]", "A[0, 1]"),
        ("outer(x, y)[1, 0]", "x[1] * y[0]"),
        ("(s * x)[0]", "s * x[0]"),
        ("(2 * A)[0, 1]", "2 * A[0, 1]"),
        ("sum(s * x[i] for i in range(n))", "s * sum(x[i] for i in range(n))"),
        ("sum(0 * x[i] for i in range(n))", "0 * s"),
    ],
)
def test_what_is_equal_is_one_term(left: str, right: str) -> None:
    """Two ways to write a thing are read as one object."""
    first, second = both(left, right)
    assert first is second


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("x[0]", "x[1]"),
        ("A[0, 1]", "A[1, 0]"),
        ("sum(x[i] for i in range(n))", "sum(x[i] for i in range(n) if i != 0)"),
        ("x[1:]", "x"),
    ],
)
def test_what_differs_is_not_one_term(left: str, right: str) -> None:
    """No two things that differ are one object."""
    first, second = both(left, right)
    assert first is not second
