"""Small matrices, as tuples of rows, with the operators that a formula is written in.

A vector is a matrix with one column. These are for a handful of rows, where being read matters
more than being fast, and they need nothing but the standard library.

>>> A = Matrix([[2, 1], [0, 3]])
>>> A @ A.T
Matrix(((5.0, 3.0), (3.0, 9.0)))
>>> determinant(A)
6.0
>>> inverse(A) @ A == identity(2)
True
"""

import operator
from collections.abc import Callable, Iterable
from math import copysign, log, prod
from typing import Any, Self

__all__ = [
    "WORDS",
    "Matrix",
    "determinant",
    "identity",
    "inner",
    "inverse",
    "log_determinant",
    "trace",
]


class Matrix(tuple[tuple[float, ...], ...]):
    """A matrix: a tuple of rows, each a tuple of numbers.

    Raises
    ------
    TypeError
        If there is no entry, or if two rows differ in length.
    """

    __slots__ = ()

    def __new__(cls, rows: Iterable[Iterable[float]]) -> Self:
        """Make a matrix from its rows."""
        entries = tuple(tuple(float(entry) for entry in row) for row in rows)
        if len({len(row) for row in entries}) != 1 or not entries[0]:
            raise TypeError("a matrix has rows of one length, with at least one entry")
        return super().__new__(cls, entries)

    def __repr__(self) -> str:
        """Return the call that makes this matrix."""
        return f"Matrix({super().__repr__()})"

    def __str__(self) -> str:
        """Return the rows in brackets."""
        return str([list(row) for row in self])

    @property
    def shape(self) -> tuple[int, int]:
        """The number of rows, and of columns."""
        return len(self), len(self[0])

    @property
    def T(self) -> "Matrix":
        """The transpose."""
        return Matrix(zip(*self, strict=True))

    def __matmul__(self, other: "Matrix") -> "Matrix":
        """Return the matrix product."""
        if self.shape[1] != other.shape[0]:
            raise TypeError(f"{size(self)} @ {size(other)}: the inner sizes differ")
        return Matrix([[dot(row, along) for along in other.T] for row in self])

    # A tuple would concatenate and repeat; a matrix adds and scales.

    def __add__(self, other: "Matrix") -> "Matrix":  # type: ignore[override]
        """Return the sum, entry by entry."""
        return entrywise(operator.add, self, other)

    def __sub__(self, other: "Matrix") -> "Matrix":
        """Return the difference, entry by entry."""
        return entrywise(operator.sub, self, other)

    def __mul__(self, factor: float) -> "Matrix":  # type: ignore[override]
        """Return every entry times a number."""
        return Matrix([[entry * factor for entry in row] for row in self])

    __rmul__ = __mul__  # type: ignore[assignment]

    def __truediv__(self, divisor: float) -> "Matrix":
        """Return every entry divided by a number."""
        return Matrix([[entry / divisor for entry in row] for row in self])

    def __neg__(self) -> "Matrix":
        """Return every entry with the other sign."""
        return self * -1.0


def size(A: Matrix) -> str:
    return "{} by {}".format(*A.shape)


def dot(x: Iterable[float], y: Iterable[float]) -> float:
    return sum(a * b for a, b in zip(x, y, strict=True))


def entrywise(function: Callable[[float, float], float], A: Matrix, B: Matrix) -> Matrix:
    """Return the matrix of a function of each pair of entries."""
    if A.shape != B.shape:
        raise TypeError(f"one matrix is {size(A)}, the other {size(B)}")
    return Matrix([map(function, a, b) for a, b in zip(A, B, strict=True)])


def identity(n: int) -> Matrix:
    """Return the identity matrix of n rows."""
    return Matrix([[float(i == j) for j in range(n)] for i in range(n)])


def inner(A: Matrix, B: Matrix) -> float:
    """Return the sum of the products of the entries, which is the trace of ``A.T @ B``."""
    return sum(map(sum, entrywise(operator.mul, A, B)))


def trace(A: Matrix) -> float:
    """Return the sum of the diagonal."""
    return sum(row[i] for i, row in enumerate(square(A)))


def determinant(A: Matrix) -> float:
    """Return the determinant, the product of the pivots."""
    return prod(eliminate(A)[0])


def log_determinant(A: Matrix) -> float:
    """Return the logarithm of the determinant, though the determinant be too large or too small.

    Raises
    ------
    ValueError
        If the determinant is negative, or zero.
    """
    pivots, _ = eliminate(A)
    if prod(copysign(1, pivot) for pivot in pivots) < 0:
        raise ValueError("a negative determinant has no logarithm")
    return sum(log(abs(pivot)) for pivot in pivots)


def inverse(A: Matrix) -> Matrix:
    """Return the inverse.

    Raises
    ------
    ZeroDivisionError
        If the matrix is singular.
    """
    _, inverted = eliminate(A)
    if inverted is None:
        raise ZeroDivisionError("a matrix of determinant 0 has no inverse")
    return inverted


def eliminate(A: Matrix) -> tuple[list[float], Matrix | None]:
    """Return pivots and inverse by Gauss-Jordan elimination with the largest pivot.

    Of two rows that change places one changes its sign, so the determinant stays.
    """
    n = len(square(A))
    rows = [[*a, *e] for a, e in zip(A, identity(n), strict=True)]
    pivots = []
    for i in range(n):
        largest = max(range(i, n), key=lambda k: abs(rows[k][i]))
        if largest != i:
            rows[i], rows[largest] = rows[largest], [-entry for entry in rows[i]]
        pivots.append(rows[i][i])
        if pivots[i] == 0:
            return pivots, None
        rows[i] = [entry / pivots[i] for entry in rows[i]]
        for k in range(n):
            if k != i:
                factor = rows[k][i]
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i], strict=True)]
    return pivots, Matrix([row[n:] for row in rows])


def square(A: Matrix) -> Matrix:
    """Return the matrix, if it is square.

    Raises
    ------
    TypeError
        If it is not square.
    """
    if A.shape[0] != A.shape[1]:
        raise TypeError(f"the matrix is {size(A)}, not square")
    return A


WORDS: dict[str, Callable[..., Any]] = {
    "tr": trace,
    "inner": inner,
    "inv": inverse,
    "det": determinant,
    "logdet": log_determinant,
    "eye": lambda A: identity(len(A)),
}
"""The functions of a matrix, as they are written in a formula."""
