"""Random points of the sets, drawn by the standard library.

For each name of a sampler of :mod:`autodiff_notes.evaluation.samplers` there is one here; the sets
are the same, with singular values, eigenvalues and positive entries between 0.5 and 2, and the
points are others.

>>> from random import Random
>>> X = SAMPLERS["symmetric_positive_definite"](Random(0), 3)
>>> X[0][1] == X[1][0]
True
"""

from collections.abc import Callable
from random import Random
from typing import Any

from autodiff_notes.evaluation.standard.arrays import (
    Matrix,
    Vector,
    added,
    dot,
    each,
    eye,
    hermitian,
    matmul,
    scaled,
    transpose,
)
from autodiff_notes.evaluation.standard.numbers import conj, exp
from autodiff_notes.evaluation.standard.systems import determinant
from autodiff_notes.evaluation.standard.words import WORDS

__all__ = ["SAMPLERS", "gaussian"]


def _tensor(draw: Callable[[Random], Any]) -> Callable[..., Any]:
    """Return a sampler of tensors from one of numbers."""

    def of(random: Random, *shape: int) -> Any:
        if not shape:
            return draw(random)
        return [of(random, *shape[1:]) for _ in range(shape[0])]

    return of


def _coin(random: Random) -> float:
    return random.choice((-1.0, 1.0))


def _complex(random: Random) -> complex:
    return complex(random.gauss(0, 1), random.gauss(0, 1))


def _away_from_one(random: Random) -> float:
    size = random.uniform(0.2, 0.8)
    return _coin(random) * random.choice((size, 2 - size))


gaussian = _tensor(lambda random: random.gauss(0, 1))
"""Draw standard normal entries."""

positive = _tensor(lambda random: random.uniform(0.5, 2))
nonzero = _tensor(lambda random: _coin(random) * random.uniform(0.5, 2))
complex_normal = _tensor(_complex)


def columns(A: Matrix) -> Matrix:
    """Return a matrix whose columns span those of another, and are orthonormal."""
    found: list[Vector] = []
    for v in transpose(A):
        for _ in range(2):
            for q in found:
                along = dot(each(conj, q), v)
                v = [a - along * b for a, b in zip(v, q, strict=True)]  # noqa: PLW2901
        length = abs(dot(each(conj, v), v)) ** 0.5
        found.append([a / length for a in v])
    return transpose(found)


def orthogonal(random: Random, n: int) -> Matrix:
    """Draw an orthogonal matrix."""
    return columns(gaussian(random, n, n))


def _with_values(s: Vector, U: Matrix, V: Matrix) -> Matrix:
    # The matrix of these singular values and vectors.
    return matmul([[a * b for a, b in zip(row, s, strict=True)] for row in U], hermitian(V))  # type: ignore[no-any-return]


def _with_singular_values(random: Random, s: Vector, m: int, n: int) -> Matrix:
    k = len(s)
    return _with_values(s, columns(gaussian(random, m, k)), columns(gaussian(random, n, k)))


def full_rank(random: Random, m: int, n: int) -> Matrix:
    """Draw a matrix with singular values between 0.5 and 2."""
    return _with_singular_values(random, positive(random, min(m, n)), m, n)


def _apart(random: Random, n: int) -> Vector:
    return [0.5 + 0.7 * i + 0.3 * random.random() for i in range(n)]


def distinct_singular_values(random: Random, m: int, n: int) -> Matrix:
    """Draw a matrix whose singular values are at least 0.4 apart."""
    return _with_singular_values(random, _apart(random, min(m, n)), m, n)


def singular(random: Random, n: int) -> Matrix:
    """Draw a square matrix of rank n - 1, up to rounding."""
    return _with_singular_values(random, [0.0, *positive(random, n - 1)], n, n)


def positive_determinant(random: Random, n: int) -> Matrix:
    """Draw a matrix of positive determinant; one row with the other sign changes that of another."""
    X = full_rank(random, n, n)
    return X if determinant(X) > 0 else [scaled(-1, X[0]), *X[1:]]


def _symmetric_of(values: Vector, Q: Matrix) -> Matrix:
    return WORDS["sym"](_with_values(values, Q, Q))  # type: ignore[no-any-return]


def spd(random: Random, n: int) -> Matrix:
    """Draw a symmetric matrix with eigenvalues between 0.5 and 2."""
    return _symmetric_of(positive(random, n), orthogonal(random, n))


def distinct_eigenvalues(random: Random, n: int) -> Matrix:
    """Draw a symmetric matrix whose eigenvalues are at least 0.4 apart, some of them negative."""
    return _symmetric_of([a - 1.2 for a in _apart(random, n)], orthogonal(random, n))


def skew_symmetric(random: Random, n: int) -> Matrix:
    """Draw a matrix that is minus its transpose."""
    return WORDS["skew"](gaussian(random, n, n))  # type: ignore[no-any-return]


def lower_triangular(random: Random, n: int) -> Matrix:
    """Draw a lower triangular matrix with a positive diagonal."""
    below = gaussian(random, n, n)
    diagonal = positive(random, n)
    return [[*below[i][:i], diagonal[i], *[0.0] * (n - 1 - i)] for i in range(n)]


def invertible_triangular(random: Random, n: int) -> Matrix:
    """Draw a lower triangular matrix whose columns have random signs."""
    signs = [_coin(random) for _ in range(n)]
    L = lower_triangular(random, n)
    return [[a * b for a, b in zip(row, signs, strict=True)] for row in L]


def probability(random: Random, n: int) -> Vector:
    """Draw positive numbers that add up to 1."""
    x = positive(random, n)
    return [a / sum(x) for a in x]


def unit_vector(random: Random, n: int) -> Vector:
    """Draw a vector of length 1."""
    x = nonzero(random, n)
    return [a / dot(x, x) ** 0.5 for a in x]


def complex_invertible(random: Random, n: int) -> Matrix:
    """Draw a complex matrix with singular values between 0.5 and 2."""
    U, V = (columns(complex_normal(random, n, n)) for _ in range(2))
    return _with_values(positive(random, n), U, V)


def hermitian_matrix(random: Random, n: int) -> Matrix:
    """Draw a complex matrix that is its own conjugate transpose."""
    A = complex_normal(random, n, n)
    return scaled(0.5, added(A, hermitian(A)))  # type: ignore[no-any-return]


def analytic(random: Random) -> Callable[[Any], Any]:
    """Draw a sum of two exponentials."""
    a, b = positive(random, 2)
    k, m = (1 + c for c in positive(random, 2))
    return lambda x: a * exp(k * x) + b * exp(m * x)


SAMPLERS: dict[str, Callable[..., Any]] = {
    "normal": gaussian,
    "positive": positive,
    "nonzero": nonzero,
    "away_from_one": _tensor(_away_from_one),
    "zero": _tensor(lambda _: 0.0),
    "signs": _tensor(_coin),
    "proportion": _tensor(lambda random: random.uniform(0.1, 0.9)),
    "small": lambda random: random.uniform(0.01, 0.02),
    "natural": lambda random: random.randint(2, 4),
    "index": lambda random, n: random.randrange(n),
    "order": lambda random: random.uniform(1, 4),
    "analytic": analytic,
    "probability": probability,
    "unit_vector": unit_vector,
    "square": lambda random, n: gaussian(random, n, n),
    "full_rank": full_rank,
    "invertible": lambda random, n: full_rank(random, n, n),
    "singular": singular,
    "distinct_singular_values": distinct_singular_values,
    "positive_determinant": positive_determinant,
    "symmetric_positive_definite": spd,
    "symmetric": lambda random, n: WORDS["sym"](gaussian(random, n, n)),
    "skew_symmetric": skew_symmetric,
    "distinct_eigenvalues": distinct_eigenvalues,
    "positive_definite": lambda random, n: added(spd(random, n), skew_symmetric(random, n)),
    "orthogonal": orthogonal,
    "lower_triangular": lower_triangular,
    "invertible_triangular": invertible_triangular,
    "diagonal": lambda random, n: WORDS["Diag"](nonzero(random, n)),
    "scalar_matrix": lambda random, n: scaled(positive(random), eye(n)),
    "toeplitz": lambda random, n: WORDS["toeplitz"](gaussian(random, 2 * n - 1)),
    "complex_normal": complex_normal,
    "complex_invertible": complex_invertible,
    "hermitian": hermitian_matrix,
}
"""Every sampler, by the name in the table of sets; the sizes follow the source of randomness."""
