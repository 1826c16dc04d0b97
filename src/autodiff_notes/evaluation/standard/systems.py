"""Linear systems: elimination, factors, and what is made of them.

>>> inverse([[2.0, 0.0], [0.0, 4.0]])
[[0.5, 0.0], [0.0, 0.25]]
>>> determinant([[0.0, 1.0], [1.0, 0.0]])
-1.0
"""

from operator import add, sub
from typing import Any

from autodiff_notes.evaluation.standard.arrays import (
    Matrix,
    Vector,
    combined,
    dot,
    each,
    entries,
    eye,
    hermitian,
    matmul,
    rank,
    transpose,
)
from autodiff_notes.evaluation.standard.duals import Dual, UndefinedError, primal
from autodiff_notes.evaluation.standard.numbers import conj, sqrt

__all__ = [
    "cholesky",
    "cofactors",
    "determinant",
    "expanded_determinant",
    "inverse",
    "kron",
    "pseudoinverse",
    "solve",
    "sylvester",
]


def solve(A: Matrix, B: Any) -> Any:
    """Return the solution of AX = B, by elimination with the largest pivots."""
    n = len(A)
    if any(len(row) != n for row in A) or len(B) != n:
        raise ValueError("the system is not square")
    if rank(B) == 1:
        return [x for (x,) in solve(A, [[b] for b in B])]
    rows = [[*row, *right] for row, right in zip(A, B, strict=True)]
    for k in range(n):
        i = max(range(k, n), key=lambda i: abs(primal(rows[i][k])))
        if primal(rows[i][k]) == 0:
            raise UndefinedError("the inverse of a singular matrix")
        rows[k], rows[i] = rows[i], rows[k]
        pivot = 1 / rows[k][k]
        top = rows[k] = [a * pivot for a in rows[k]]
        for i in range(n):
            factor = rows[i][k]
            if i != k and (type(factor) is Dual or factor):
                rows[i] = [a - factor * t for a, t in zip(rows[i], top, strict=True)]
    return [row[n:] for row in rows]


def inverse(A: Matrix) -> Matrix:
    """Return the inverse."""
    return solve(A, eye(len(A)))  # type: ignore[no-any-return]


def determinant(A: Matrix) -> Any:
    """Return the determinant, by elimination with pivots from all that is left."""
    rows, n, found = [row[:] for row in A], len(A), 1.0
    if any(len(row) != n for row in A):
        raise ValueError("the determinant of a matrix that is not square")
    for k in range(n):
        places = [(i, j) for i in range(k, n) for j in range(k, n)]
        i, j = max(places, key=lambda ij: abs(primal(rows[ij[0]][ij[1]])))
        if (i != k) != (j != k):
            found = -found
        rows[k], rows[i] = rows[i], rows[k]
        for row in rows:
            row[k], row[j] = row[j], row[k]
        pivot = rows[k][k]
        if primal(pivot) == 0:  # and so is all that is left, but for its slopes
            return found * expanded_determinant([row[k:] for row in rows[k:]])
        found = found * pivot
        for i in range(k + 1, n):
            factor = rows[i][k] / pivot
            rows[i] = [a - factor * t for a, t in zip(rows[i], rows[k], strict=True)]
    return found


def _minor(A: Matrix, i: int, j: int) -> Matrix:
    return [[*row[:j], *row[j + 1 :]] for k, row in enumerate(A) if k != i]


def cofactors(A: Matrix) -> Matrix:
    """Return the matrix of cofactors, each from its minor."""
    n = range(len(A))
    return [[(-1) ** (i + j) * determinant(_minor(A, i, j)) for j in n] for i in n]


def expanded_determinant(A: Matrix) -> Any:
    """Return the determinant by its expansion along the first row."""
    if len(A) == 1:
        return A[0][0]
    terms = enumerate(A[0])
    return sum((-1) ** j * a * expanded_determinant(_minor(A, 0, j)) for j, a in terms)


def cholesky(A: Matrix) -> Matrix:
    """Return the lower triangular factor of a positive definite matrix, from its lower triangle."""
    n = len(A)
    L: Matrix = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            rest = A[i][j] - sum(L[i][k] * conj(L[j][k]) for k in range(j))
            if i == j:
                if not primal(rest).real > 0:
                    raise UndefinedError("the Cholesky factor of a matrix that is not definite")
                L[i][i] = sqrt(rest)
            else:
                L[i][j] = rest / L[j][j]
    return L


def pseudoinverse(A: Matrix) -> Matrix:
    """Return the pseudoinverse of a matrix of full rank, by orthogonal columns."""
    if len(A) < len(A[0]):
        return hermitian(pseudoinverse(hermitian(A)))
    columns, n = transpose(A), len(A[0])
    size = max(abs(primal(a)) for a in entries(A))
    R: Matrix = [[0.0] * n for _ in range(n)]
    Q: list[Vector] = []
    for j, v in enumerate(columns):
        for _ in range(2):  # once more, so that they are orthogonal to rounding
            for i, q in enumerate(Q):
                along = dot([conj(a) for a in q], v)
                R[i][j] = R[i][j] + along
                v = [a - along * b for a, b in zip(v, q, strict=True)]  # noqa: PLW2901
        length = sqrt(sum(a * conj(a) for a in v))
        if abs(primal(length)) <= RANK * size:
            raise UndefinedError("the pseudoinverse of a matrix without full rank")
        R[j][j] = length
        Q.append([a / length for a in v])
    return solve(R, [[conj(a) for a in q] for q in Q])  # type: ignore[no-any-return]


# A column that is, after the others are taken out, this part of the largest entry is rounding.
RANK = 1e-13


def kron(A: Matrix, B: Matrix) -> Matrix:
    """Return the Kronecker product."""
    return [[a * b for a in left for b in right] for left in A for right in B]


# The first step solves the equation for values, and each further one for slopes of one order more.
ORDERS = 3


def sylvester(A: Matrix, B: Matrix, C: Matrix) -> Matrix:
    """Return the solution of AX + XB = C, as one system for all entries.

    The system is that of the values; what is left with dual numbers is solved again for the slopes.
    """
    m, n = len(A), len(B)
    left = kron(each(primal, A), eye(n))
    right = kron(eye(m), transpose(each(primal, B)))
    system, X = combined(add, left, right), [[0.0] * n for _ in range(m)]
    for _ in range(ORDERS):
        rest = combined(sub, combined(sub, C, matmul(A, X)), matmul(X, B))
        step = solve(system, list(entries(rest)))
        X = combined(add, X, [step[i * n : (i + 1) * n] for i in range(m)])
    return X
