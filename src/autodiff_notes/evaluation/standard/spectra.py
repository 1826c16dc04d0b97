"""Eigenvalues and singular values, by Jacobi's rotations.

What has no slope is diagonalised first, with numbers of Python; then the dual matrix is nearly
diagonal, and one or two rounds of rotations with dual numbers give it the slopes.

>>> values, vectors = symmetric([[2.0, 1.0], [1.0, 2.0]])
>>> [round(value, 12) for value in values]
[1.0, 3.0]
"""

from typing import Any

from autodiff_notes.evaluation.standard.arrays import (
    Matrix,
    Vector,
    dot,
    each,
    entries,
    eye,
    matmul,
    transpose,
)
from autodiff_notes.evaluation.standard.duals import Dual, UndefinedError, primal
from autodiff_notes.evaluation.standard.numbers import sign, sqrt
from autodiff_notes.evaluation.standard.systems import solve

__all__ = ["perron", "singular", "symmetric"]

# Rounds of rotations: those of numbers converge in ten or fewer; of dual ones the first takes the
# rounding away, the next two the slopes and those of the slopes.
ROUNDS, DUAL_ROUNDS = 30, 3
# Beside the largest entry, this is rounding.
SMALL = 1e-17


def symmetric(A: Matrix) -> tuple[Vector, Matrix]:
    """Return the eigenvalues of a symmetric matrix, ascending, and the eigenvectors as columns.

    Only the lower triangle is read.
    """
    n = range(len(A))
    A = [[A[max(i, j)][min(i, j)] for j in n] for i in n]
    values = each(primal, A)
    if any(isinstance(a, complex) for a in entries(values)):
        raise TypeError("the matrix is complex")
    V = _rotated(values, eye(len(A)), ROUNDS)[1]
    order = sorted(n, key=lambda j: dot(column(V, j), matmul(values, column(V, j))))
    V = [[row[j] for j in order] for row in V]
    if not _dual(A):
        return [dot(column(V, j), matmul(values, column(V, j))) for j in n], V
    D, V = _rotated(matmul(transpose(V), matmul(A, V)), V, DUAL_ROUNDS)
    return [D[i][i] for i in n], V


def _dual(A: Matrix) -> bool:
    return any(type(a) is Dual for a in entries(A))


def column(A: Matrix, j: int) -> Vector:
    """Return one column."""
    return [row[j] for row in A]


def _rotated(A: Matrix, V: Matrix, rounds: int) -> tuple[Matrix, Matrix]:
    """Return a matrix that was made diagonal by rotations, and a matrix with the same rotations."""
    n = len(A)
    A, V = [row[:] for row in A], [row[:] for row in V]
    size = max(abs(primal(a)) for a in entries(A))
    for _ in range(rounds):
        turned = False
        for p in range(n):
            for q in range(p + 1, n):
                turn = _turn(A[q][q] - A[p][p], A[p][q], size)
                if turn is None:
                    continue
                turned = True
                c, s = turn
                for M in (A, V):
                    for row in M:
                        a, b = row[p], row[q]
                        row[p], row[q] = c * a - s * b, s * a + c * b
                A[p], A[q] = (
                    [c * a - s * b for a, b in zip(A[p], A[q], strict=True)],
                    [s * a + c * b for a, b in zip(A[p], A[q], strict=True)],
                )
        if not turned:
            break
    return A, V


def _turn(delta: Any, gamma: Any, size: float) -> tuple[Any, Any] | None:
    """Return cosine and sine of the rotation for an entry beside the diagonal, None for none."""
    if type(gamma) is not Dual and abs(gamma) <= SMALL * size:
        return None
    if abs(primal(delta)) <= SMALL * size and abs(primal(gamma)) <= SMALL * size:
        return None  # the two coincide: their sum has a slope, their vectors have none
    t = (
        2
        * gamma
        / (delta + (1 if primal(delta) >= 0 else -1) * sqrt(delta * delta + 4 * gamma * gamma))
    )
    c = 1 / sqrt(1 + t * t)
    return c, t * c


def singular(A: Matrix) -> tuple[Matrix, Vector, Matrix]:
    """Return the left singular vectors as columns, the singular values, descending, and the right ones.

    The rotations make the columns orthogonal, and do not square the matrix.
    """
    if len(A) < len(A[0]):
        V, s, U = singular(transpose(A))
        return U, s, V
    values = each(primal, A)
    if any(isinstance(a, complex) for a in entries(values)):
        raise TypeError("the matrix is complex")
    n = range(len(A[0]))
    V = _orthogonal(values, eye(len(n)), ROUNDS)[1]
    B = matmul(values, V)
    order = sorted(n, key=lambda j: -dot(column(B, j), column(B, j)))
    V = [[row[j] for j in order] for row in V]
    B = matmul(A, V)
    if _dual(A):
        B, V = _orthogonal(B, V, DUAL_ROUNDS)
    columns = transpose(B)
    s = [sqrt(dot(b, b)) for b in columns]
    U = [_divided(b, length) for b, length in zip(columns, s, strict=True)]
    return transpose(U), s, V


def _divided(b: Vector, length: Any) -> Vector:
    if primal(length) == 0:
        raise UndefinedError("the singular vector of the singular value zero")
    return [a / length for a in b]


def _orthogonal(B: Matrix, V: Matrix, rounds: int) -> tuple[Matrix, Matrix]:
    """Return a matrix whose columns were made orthogonal, and a matrix with the same rotations."""
    n = len(V)
    B, V = [row[:] for row in B], [row[:] for row in V]
    size = max((abs(primal(dot(column(B, j), column(B, j)))) for j in range(n)), default=0.0)
    for _ in range(rounds):
        turned = False
        for p in range(n):
            for q in range(p + 1, n):
                x, y = column(B, p), column(B, q)
                turn = _turn(dot(y, y) - dot(x, x), dot(x, y), size)
                if turn is None:
                    continue
                turned = True
                c, s = turn
                for M in (B, V):
                    for row in M:
                        a, b = row[p], row[q]
                        row[p], row[q] = c * a - s * b, s * a + c * b
        if not turned:
            break
    return B, V


def perron(A: Matrix) -> tuple[Any, Vector]:
    """Return the real eigenvalue of largest real part, and its eigenvector of length one.

    Powers of the matrix, with a multiple of the identity added, find both; Newton's steps on dual
    numbers make them exact, with their slopes.
    """
    values, n = each(primal, A), len(A)
    shift = max(sum(map(abs, row)) for row in values)
    v = [1.0 + 0.01 * i for i in range(n)]
    for _ in range(POWERS):
        w = [a + shift * b for a, b in zip(matmul(values, v), v, strict=True)]
        length = dot(w, w) ** 0.5
        w = [a / length for a in w]
        moved = max(abs(a - b) for a, b in zip(v, w, strict=True))
        v = w
        if moved < CLOSE:
            break
    x, value = v, dot(v, matmul(values, v))
    for _ in range(NEWTON):
        off = [a - value * b for a, b in zip(matmul(A, x), x, strict=True)]
        rows = [
            [*(a - (value if i == j else 0) for j, a in enumerate(row)), -x[i]]
            for i, row in enumerate(A)
        ]
        rows.append([*(2 * a for a in x), 0.0])
        step = solve(rows, [*(-a for a in off), 1 - dot(x, x)])
        x = [a + b for a, b in zip(x, step[:-1], strict=True)]
        value = value + step[-1]
    front = sign(primal(x[0])) or 1.0
    return value, [front * a for a in x]


# Newton's steps double the digits: from CLOSE they need three, and one more for each slope.
POWERS, CLOSE, NEWTON = 1000, 1e-4, 5
