"""What each word of the vocabulary means in the standard library, a function each.

Arguments are numbers, lists and lists of rows, of floats, complex or dual numbers.

>>> WORDS["logdet"]([[2.0, 0.0], [0.0, 0.5]])
0.0
"""

from collections.abc import Callable
from functools import partial, reduce
from itertools import chain
from operator import mul
from typing import Any

from autodiff_notes.evaluation.standard import matrix_functions, numbers, spectra, systems
from autodiff_notes.evaluation.standard.arrays import (
    Matrix,
    Vector,
    added,
    combined,
    each,
    entries,
    eye,
    matmul,
    outer,
    scaled,
    transpose,
)
from autodiff_notes.evaluation.standard.duals import power, primal

__all__ = ["ATTRIBUTES", "OPERATORS", "WORDS"]

# Of every entry

EACH = {
    name: getattr(numbers, name)
    for name in (
        *("exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "sign", "erf"),
        *("sigmoid", "softplus", "relu", "lgamma", "digamma", "sqrt", "conj", "re", "im"),
    )
} | {"abs": numbers.modulus}


def _of_each(f: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda a: each(f, a)


def _abs2(z: Any) -> Any:
    a, b = numbers.re(z), numbers.im(z)
    return a * a + b * b


def _clamp(x: Any, low: float, high: float) -> Any:
    value = primal(x)
    return low if value < low else high if value > high else x


def _huber(x: Any, delta: float) -> Any:
    size = numbers.modulus(x)
    return x * x / 2 if primal(size) <= delta else delta * (size - delta / 2)


# Vectors


def _softmax(x: Vector) -> Vector:
    top = max(map(primal, x))
    shares = [numbers.exp(a - top) for a in x]
    total = sum(shares)
    return [share / total for share in shares]


def _logsumexp(x: Vector) -> Any:
    top = max(map(primal, x))
    return top + numbers.log(sum(numbers.exp(a - top) for a in x))


def _diagonal(v: Vector) -> Matrix:
    return [[a if i == j else 0.0 for j in range(len(v))] for i, a in enumerate(v)]


def _toeplitz(t: Vector) -> Matrix:
    n = (len(t) + 1) // 2
    return [t[n - 1 - i : 2 * n - 1 - i] for i in range(n)]


def _diagonals(A: Matrix) -> list[Vector]:
    n = len(A)
    return [[A[i][i + k] for i in range(max(0, -k), min(n, n - k))] for k in range(1 - n, n)]


def _norm(a: Any, p: Any = 2) -> Any:
    if p == 2:
        return numbers.sqrt(sum(map(_abs2, entries(a))))
    return power(sum(power(numbers.modulus(x), p) for x in a), 1 / p)


# Matrices


def _diag(A: Matrix) -> Vector:
    return [A[i][i] for i in range(min(len(A), len(A[0])))]


def _half(sign: int) -> Callable[[Matrix], Matrix]:
    return lambda A: combined(lambda a, b: (a + sign * b) / 2, A, transpose(A))


def _kept(where: Callable[[int, int], Any]) -> Callable[[Matrix], Matrix]:
    # A matrix with each entry multiplied by what its place says.
    def of(A: Matrix) -> Matrix:
        return [
            [(a * factor if (factor := where(i, j)) else 0.0) for j, a in enumerate(row)]
            for i, row in enumerate(A)
        ]

    return of


def _zeros(*sizes: int) -> Any:
    return scaled(0.0, _ones(*sizes))


def _ones(*sizes: int) -> Any:
    first, *rest = sizes
    return [_ones(*rest) if rest else 1.0 for _ in range(first)]


def _block(rows: list[list[Matrix]]) -> Matrix:
    return [list(chain(*parts)) for row in rows for parts in zip(*row, strict=True)]


def _basis(i: int, n: int) -> Vector:
    return eye(n)[i]


WORDS: dict[str, Callable[..., Any]] = {
    **{name: _of_each(f) for name, f in EACH.items()},
    "abs2": _abs2,
    "polygamma": lambda k, x: each(partial(numbers.polygamma, k), x),
    "clamp": lambda x, low, high: each(_clamp, x, low, high),
    "huber": lambda x, delta: each(_huber, x, delta),
    "maximum": lambda x, y: max(x, y, key=primal),
    "minimum": lambda x, y: min(x, y, key=primal),
    # Vectors
    "softmax": _softmax,
    "logsumexp": _logsumexp,
    "mean": lambda v: sum(v) / len(v),
    "max": lambda v: max(v, key=primal),
    "min": lambda v: min(v, key=primal),
    "outer": outer,
    "Diag": _diagonal,
    "toeplitz": _toeplitz,
    # Inner products and norms
    "inner": lambda a, b: sum(entries(combined(mul, a, b))),
    "norm": _norm,
    "nuclear": lambda A: sum(spectra.singular(A)[1]),
    "spectral": lambda A: spectra.singular(A)[1][0],
    # Numbers of a matrix
    "tr": lambda A: sum(_diag(A)),
    "det": systems.determinant,
    "expanded_det": systems.expanded_determinant,
    "logdet": lambda A: numbers.log(systems.determinant(A)),
    "logabsdet": lambda A: numbers.log(numbers.modulus(systems.determinant(A))),
    # Vectors of a matrix
    "diag": _diag,
    "vec": lambda A: list(entries(A)),
    "diagonal_sums": lambda A: [sum(d) for d in _diagonals(A)],
    "diagonal_means": lambda A: [sum(d) / len(d) for d in _diagonals(A)],
    # Matrices
    "inv": systems.inverse,
    "pinv": systems.pseudoinverse,
    "solve": systems.solve,
    "sylvester": systems.sylvester,
    "cof": systems.cofactors,
    "adj": lambda A: transpose(systems.cofactors(A)),
    "sym": _half(1),
    "skew": _half(-1),
    "tril": _kept(lambda i, j: i >= j),
    "triu": _kept(lambda i, j: i <= j),
    "Phi": _kept(lambda i, j: 1 if i > j else 0.5 if i == j else 0),
    "kron": systems.kron,
    "cholesky": systems.cholesky,
    # Functions of a matrix as a whole
    "matrix_power": matrix_functions.whole_power,
    "expm": matrix_functions.exponential,
    "sinm": matrix_functions.sine,
    "cosm": matrix_functions.cosine,
    "sqrtm": matrix_functions.root,
    "logm": matrix_functions.logarithm,
    "frechet_expm": matrix_functions.exponential_slope,
    # Eigenvalues and singular values
    "eigenvalues": lambda A: spectra.symmetric(A)[0],
    "eigenvectors": lambda A: spectra.symmetric(A)[1],
    "singular_values": lambda A: spectra.singular(A)[1],
    "left_singular": lambda A: spectra.singular(A)[0],
    "right_singular": lambda A: spectra.singular(A)[2],
    "perron_value": lambda A: spectra.perron(A)[0],
    "perron_vector": lambda A: spectra.perron(A)[1],
    # Of a size, not of a value
    "I": eye,
    "ones": _ones,
    "zeros": _zeros,
    "basis": _basis,
    # Those with a syntax of their own, once their arguments are values
    "sum": lambda a: sum(entries(a)),
    "prod": lambda a: reduce(mul, a, 1.0),
    "block": _block,
    "array": lambda a: a,
}
"""Every word, by name."""

ATTRIBUTES: dict[str, Callable[[Matrix], Matrix]] = {
    "mT": transpose,
    "mH": lambda A: each(numbers.conj, transpose(A)),
}
"""What may follow a dot."""

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "Add": added,
    "Sub": lambda a, b: combined(lambda x, y: x - y, a, b),
    "Mult": lambda a, b: combined(mul, a, b),
    "Div": lambda a, b: combined(lambda x, y: x / y, a, b),
    "Pow": lambda a, b: combined(power, a, b),
    "MatMult": matmul,
}
"""What stands between two values, by the name of its syntax."""
