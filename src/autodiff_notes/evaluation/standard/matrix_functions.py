"""Functions of a matrix as a whole.

>>> A = [[0.0, 1.0], [0.0, 0.0]]
>>> exponential(A)
[[1.0, 1.0], [0.0, 1.0]]
"""

from math import ceil, log2
from operator import sub
from typing import Any

from autodiff_notes.evaluation.standard.arrays import (
    Matrix,
    added,
    combined,
    each,
    eye,
    matmul,
    scaled,
)
from autodiff_notes.evaluation.standard.duals import Dual, new_level, primal, slope
from autodiff_notes.evaluation.standard.numbers import im, re
from autodiff_notes.evaluation.standard.systems import ORDERS, inverse, solve, sylvester

__all__ = [
    "cosine",
    "exponential",
    "exponential_slope",
    "logarithm",
    "root",
    "sine",
    "whole_power",
]

# The Padé approximant of degree 6 over 6: at norm 1/2 it is off by 2e-17.
PADE = (1.0, 1 / 2, 5 / 44, 1 / 66, 1 / 792, 1 / 15840, 1 / 665280)
HALF = 0.5

# Roots are taken until the matrix is as close to the identity as this; then the series of the
# inverse hyperbolic tangent has reached rounding after so many terms.
NEAR, TERMS = 0.2, 10
# Steps of the iteration for a root, each of which doubles the digits; from CLOSE on it is exact.
STEPS, CLOSE = 30, 1e-9


def whole_power(A: Matrix, k: int) -> Matrix:
    """Return a power with a whole exponent, by squaring."""
    if k < 0:
        return whole_power(inverse(A), -k)
    found = eye(len(A))
    while k:
        if k % 2:
            found = matmul(found, A)
        A, k = matmul(A, A) if k > 1 else A, k // 2
    return found


def _norm(A: Matrix) -> float:
    columns = zip(*A, strict=True)
    return float(max(sum(abs(primal(a)) for a in column) for column in columns))


def exponential(A: Matrix) -> Matrix:
    """Return the exponential, by scaling and squaring."""
    norm = _norm(A)
    times = max(0, ceil(log2(norm / HALF))) if norm else 0
    X = scaled(0.5**times, A)
    X2 = matmul(X, X)
    X4 = matmul(X2, X2)
    X6 = matmul(X4, X2)
    n = len(A)
    even = _sum(n, PADE[0], (PADE[2], X2), (PADE[4], X4), (PADE[6], X6))
    odd = matmul(X, _sum(n, PADE[1], (PADE[3], X2), (PADE[5], X4)))
    found = solve(combined(sub, even, odd), added(even, odd))
    for _ in range(times):
        found = matmul(found, found)
    return found  # type: ignore[no-any-return]


def _sum(n: int, first: float, *terms: tuple[float, Matrix]) -> Matrix:
    # A multiple of the identity plus multiples of matrices.
    total = scaled(first, eye(n))
    for c, A in terms:
        total = added(total, scaled(c, A))
    return total  # type: ignore[no-any-return]


def exponential_slope(A: Matrix, E: Matrix) -> Matrix:
    """Return the derivative of the exponential at A along E."""
    level = new_level()
    found = exponential(combined(lambda a, e: Dual(a, e, level), A, E))
    return each(slope, found, level)  # type: ignore[no-any-return]


def sine(A: Matrix) -> Matrix:
    """Return the sine of a real matrix."""
    return each(im, exponential(scaled(1j, A)))  # type: ignore[no-any-return]


def cosine(A: Matrix) -> Matrix:
    """Return the cosine of a real matrix."""
    return each(re, exponential(scaled(1j, A)))  # type: ignore[no-any-return]


def root(A: Matrix) -> Matrix:
    """Return the square root of a positive definite matrix.

    The iteration of Denman and Beavers finds that of the values, Newton's steps the slopes.
    """
    values = each(primal, A)
    Y, Z = values, eye(len(A))
    for _ in range(STEPS):
        before, Yi, Zi = Y, inverse(Y), inverse(Z)
        Y, Z = scaled(0.5, added(Y, Zi)), scaled(0.5, added(Z, Yi))
        if _norm(combined(sub, before, Y)) <= CLOSE * _norm(Y):
            break
    X = Y
    for _ in range(ORDERS):
        X = added(X, sylvester(Y, Y, combined(sub, A, matmul(X, X))))
    return X  # type: ignore[no-any-return]


def logarithm(A: Matrix) -> Matrix:
    """Return the logarithm of a positive definite matrix, from its roots."""
    n, times = len(A), 0
    unit = eye(n)
    while _norm(combined(sub, A, unit)) > NEAR:
        A, times = root(A), times + 1
    Z = matmul(combined(sub, A, unit), inverse(added(A, unit)))
    square: Any = matmul(Z, Z)
    total, term = Z, Z
    for k in range(1, TERMS):
        term = matmul(term, square)
        total = added(total, scaled(1 / (2 * k + 1), term))
    return scaled(2.0 ** (times + 1), total)  # type: ignore[no-any-return]
