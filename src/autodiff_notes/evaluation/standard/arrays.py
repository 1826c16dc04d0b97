"""Vectors and matrices as lists of numbers, and lists of rows.

>>> matmul([[1, 2], [3, 4]], [5, 6])
[17, 39]
>>> shape(outer([1, 2], [3, 4, 5]))
(2, 3)
"""

from collections.abc import Callable, Iterator
from operator import mul
from typing import Any

from autodiff_notes.evaluation.standard.numbers import conj

__all__ = [
    "Matrix",
    "Vector",
    "added",
    "combined",
    "dot",
    "each",
    "entries",
    "eye",
    "hermitian",
    "matmul",
    "outer",
    "rank",
    "scaled",
    "shape",
    "transpose",
]

Vector = list[Any]
Matrix = list[list[Any]]


def rank(a: Any) -> int:
    """Return the number of indices."""
    return 0 if type(a) is not list else 2 if a and type(a[0]) is list else 1


def shape(a: Any) -> tuple[int, ...]:
    """Return the sizes."""
    return (len(a), *shape(a[0] if a else 0)) if type(a) is list else ()


def entries(a: Any) -> Iterator[Any]:
    """Yield all numbers, row by row."""
    if type(a) is list:
        for part in a:
            yield from entries(part)
    else:
        yield a


def each(f: Callable[..., Any], a: Any, *rest: Any) -> Any:
    """Return a function of every entry; what follows is the same for all."""
    return [each(f, part, *rest) for part in a] if type(a) is list else f(a, *rest)


def combined(f: Callable[[Any, Any], Any], a: Any, b: Any) -> Any:
    """Return a function of the entries of two tensors, of which one may be a number."""
    if type(a) is list:
        if type(b) is list:
            return [combined(f, x, y) for x, y in zip(a, b, strict=True)]
        return [combined(f, x, b) for x in a]
    return [combined(f, a, y) for y in b] if type(b) is list else f(a, b)


def eye(n: int) -> Matrix:
    """Return the identity."""
    return [[float(i == j) for j in range(n)] for i in range(n)]


def transpose(A: Matrix) -> Matrix:
    """Return the transpose."""
    return list(map(list, zip(*A, strict=True)))


def hermitian(A: Matrix) -> Matrix:
    """Return the conjugate transpose."""
    return each(conj, transpose(A))  # type: ignore[no-any-return]


def dot(x: Vector, y: Vector) -> Any:
    """Return the sum of products, without conjugation."""
    if len(x) != len(y):
        raise ValueError(f"sizes {len(x)} and {len(y)} do not fit")
    return sum(map(mul, x, y))


def matmul(a: Any, b: Any) -> Any:
    """Return the product of matrices and vectors; a vector to the left is a row."""
    if type(a) is not list or type(b) is not list:
        if a == 0 or b == 0:  # a sum over no index
            return 0
        raise ValueError("a number in a matrix product")
    if rank(a) == 1:
        return dot(a, b) if rank(b) == 1 else [dot(a, column) for column in transpose(b)]
    if rank(b) == 1:
        return [dot(row, b) for row in a]
    columns = transpose(b)
    return [[dot(row, column) for column in columns] for row in a]


def outer(x: Vector, y: Vector) -> Matrix:
    """Return the outer product."""
    return [[a * b for b in y] for a in x]


def added(A: Any, B: Any) -> Any:
    """Return the sum."""
    return combined(lambda a, b: a + b, A, B)


def scaled(c: Any, A: Any) -> Any:
    """Return a multiple."""
    return each(lambda a: c * a, A)
