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
        ("(2 * A).mT", "2 * A.mT"),
        ("(s * A).mT", "s * A.mT"),
        ("(A + B).mT", "A.mT + B.mT"),
        ("A.mT.mT", "A"),
        ("(A * B).mT", "A.mT * B.mT"),
        ("zeros(m, n).mT", "zeros(n, m)"),
        ("Diag(x).mT", "Diag(x)"),
        ("triu(A).mT", "tril(A.mT)"),
        ("I(n).mT", "I(n)"),
        ("sylvester(A, B, C).mT", "sylvester(B.mT, A.mT, C.mT)"),
        ("conj(u * u)", "conj(u) * conj(u)"),
        ("conj(A @ u)", "A @ conj(u)"),
        ("conj(outer(u, x))", "outer(conj(u), x)"),
        ("conj(outer(x, u))", "outer(x, conj(u))"),
        ("conj(u @ x)", "conj(u) @ x"),
        ("expm(S).mT", "expm(S)"),
        ("expm(A).mT", "expm(A.mT)"),
        ("sqrtm(S).mT", "sqrtm(S)"),
        ("(A @ S).mT", "S @ A.mT"),
        ("(A @ A.mT).mT", "A @ A.mT"),
        ("conj(s * u)", "s * conj(u)"),
        ("conj(u @ A @ u)", "conj(u) @ A @ conj(u)"),
        ("conj(A)", "A"),
        ("(A * S).mT", "A.mT * S"),
        ("inv(S @ S).mT", "inv(S @ S)"),
        ("cof(X).mT", "cof(X.mT)"),
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
        ("expm(A).mT", "expm(A)"),
        ("conj(u @ x)", "u @ x"),
        ("conj(A @ u)", "A @ u"),
        ("tril(A).mT", "tril(A.mT)"),
        ("sylvester(A, B, C).mT", "sylvester(A.mT, B.mT, C.mT)"),
        ("(A @ B).mT", "A.mT @ B.mT"),
        ("inv(X).mT", "inv(X)"),
    ],
)
def test_what_differs_is_not_one_term(left: str, right: str) -> None:
    """No two things that differ are one object."""
    first, second = both(left, right)
    assert first is not second
