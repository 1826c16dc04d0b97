"""Where a function is defined, as random points.

A sampler draws one point from a set.
It takes its sizes first and an explicit generator by keyword, so that a seed fixes the point
and the global state of torch stays as it was.
The sets that a formula may name, with the sampler of each, are the table
:data:`~autodiff_notes.notation.sets.DOMAINS`.

>>> import torch
>>> generator = torch.Generator().manual_seed(0)
>>> X = positive_determinant(4, generator=generator)
>>> X.shape, bool(X.det() > 0), torch.equal(X, X.mT)
(torch.Size([4, 4]), True, False)
"""

from collections.abc import Callable

import torch
from torch import Tensor

from autodiff_notes.evaluation import functions
from autodiff_notes.notation.sets import DOMAINS

__all__ = [
    "DOMAINS",
    "analytic",
    "away_from_one",
    "complex_invertible",
    "complex_normal",
    "diagonal",
    "distinct_eigenvalues",
    "distinct_singular_values",
    "full_rank",
    "hermitian",
    "index",
    "invertible",
    "invertible_triangular",
    "lower_triangular",
    "natural",
    "nonzero",
    "normal",
    "order",
    "orthogonal",
    "positive",
    "positive_definite",
    "positive_determinant",
    "probability",
    "proportion",
    "scalar_matrix",
    "signs",
    "singular",
    "skew_symmetric",
    "small",
    "square",
    "symmetric",
    "symmetric_positive_definite",
    "toeplitz",
    "unit_vector",
    "zero",
]

# Positive entries, singular values and eigenvalues lie between these two.
# A condition number is therefore at most 4, and rounding cannot hide an error in a formula.
SMALLEST, LARGEST = 0.5, 2.0


def normal(*shape: int, generator: torch.Generator, dtype: torch.dtype = torch.float64) -> Tensor:
    """Draw a tensor of independent standard normal entries.

    Parameters
    ----------
    *shape : int
        The sizes, each at least 1; none at all gives a 0-d tensor.
    generator : torch.Generator
        The source of randomness.
    dtype : torch.dtype
        A real floating-point type.

    Raises
    ------
    TypeError
        If a size is not an integer or the type is not real floating-point.
    ValueError
        If a size is less than 1.

    Examples
    --------
    >>> normal(2, 3, generator=torch.Generator().manual_seed(0)).shape
    torch.Size([2, 3])
    """
    _refuse(shape, dtype)
    return torch.randn(shape, generator=generator, dtype=dtype, device=generator.device)


def positive(*shape: int, generator: torch.Generator, dtype: torch.dtype = torch.float64) -> Tensor:
    """Draw a tensor of independent entries, uniform between 0.5 and 2.

    The entries stay away from zero, where a logarithm or a quotient is ill-conditioned.
    Parameters and errors are those of :func:`normal`.

    Examples
    --------
    >>> x = positive(100, generator=torch.Generator().manual_seed(0))
    >>> bool(x.min() >= 0.5), bool(x.max() <= 2)
    (True, True)
    """
    _refuse(shape, dtype)
    unit = torch.rand(shape, generator=generator, dtype=dtype, device=generator.device)
    return SMALLEST + (LARGEST - SMALLEST) * unit


def positive_determinant(
    n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64
) -> Tensor:
    r"""Draw an n-by-n matrix with positive determinant, symmetric only if n is 1.

    A random matrix has a negative determinant half of the time.
    Flipping the sign of the whole matrix repairs that only for odd n,
    because :math:`\det(-X) = (-1)^n \det X`: for even n nothing changes.
    Flipping the sign of *one* row flips the sign of the determinant for every n,
    and so does swapping two rows.

    The singular vectors are those of a normal matrix.
    The singular values are uniform between 0.5 and 2, so the condition number is at most 4.

    Parameters
    ----------
    n : int
        The number of rows and of columns, at least 1.
    generator : torch.Generator
        The source of randomness.
    dtype : torch.dtype
        A real floating-point type.

    Raises
    ------
    TypeError
        If n is not an integer or the type is not real floating-point.
    ValueError
        If n is less than 1.

    Examples
    --------
    >>> generator = torch.Generator().manual_seed(0)
    >>> [bool(positive_determinant(n, generator=generator).det() > 0) for n in (1, 2, 3, 4)]
    [True, True, True, True]
    """
    U, _, Vh = torch.linalg.svd(normal(n, n, generator=generator, dtype=dtype))
    X: Tensor = U * positive(n, generator=generator, dtype=dtype) @ Vh
    if X.det() < 0:
        X[0] = -X[0]
    return X


def symmetric_positive_definite(
    n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64
) -> Tensor:
    """Draw an n-by-n symmetric matrix with eigenvalues between 0.5 and 2.

    It equals its transpose to the last bit.
    Parameters and errors are those of :func:`positive_determinant`.

    Examples
    --------
    >>> A = symmetric_positive_definite(3, generator=torch.Generator().manual_seed(0))
    >>> torch.equal(A, A.mT), bool(torch.linalg.eigvalsh(A).min() > 0.49)
    (True, True)
    """
    Q, _, _ = torch.linalg.svd(normal(n, n, generator=generator, dtype=dtype))
    A: Tensor = Q * positive(n, generator=generator, dtype=dtype) @ Q.mT
    return functions.sym(A)


def nonzero(*shape: int, generator: torch.Generator, dtype: torch.dtype = torch.float64) -> Tensor:
    """Draw independent entries of either sign, of absolute value between 0.5 and 2.

    Parameters and errors are those of :func:`normal`.
    """
    return positive(*shape, generator=generator, dtype=dtype) * signs(
        *shape, generator=generator, dtype=dtype
    )


def away_from_one(
    *shape: int, generator: torch.Generator, dtype: torch.dtype = torch.float64
) -> Tensor:
    """Draw entries of either sign whose absolute values lie within 0.2 and 1.8, none near 1.

    Parameters and errors are those of :func:`normal`.
    """
    size = 0.2 + 0.6 * (positive(*shape, generator=generator, dtype=dtype) - SMALLEST) / 1.5
    beyond = signs(*shape, generator=generator, dtype=dtype) > 0
    size = torch.where(beyond, 2 - size, size)
    return size * signs(*shape, generator=generator, dtype=dtype)


def zero(*shape: int, generator: torch.Generator, dtype: torch.dtype = torch.float64) -> Tensor:
    """Return zeros, where a norm has no gradient.

    Parameters and errors are those of :func:`normal`.
    """
    _refuse(shape, dtype)
    return torch.zeros(shape, dtype=dtype, device=generator.device)


def signs(*shape: int, generator: torch.Generator, dtype: torch.dtype = torch.float64) -> Tensor:
    """Draw independent entries, each 1 or -1.

    Parameters and errors are those of :func:`normal`.
    """
    _refuse(shape, dtype)
    coins = torch.randint(2, shape, generator=generator, device=generator.device)
    return (2 * coins - 1).to(dtype)


def proportion(
    *shape: int, generator: torch.Generator, dtype: torch.dtype = torch.float64
) -> Tensor:
    """Draw independent entries, uniform between 0.1 and 0.9.

    Parameters and errors are those of :func:`normal`.
    """
    _refuse(shape, dtype)
    return 0.1 + 0.8 * torch.rand(shape, generator=generator, dtype=dtype, device=generator.device)


def small(*, generator: torch.Generator, dtype: torch.dtype = torch.float64) -> Tensor:
    """Draw a number between 0.01 and 0.02.

    A type that is not real floating-point is a TypeError.
    """
    _refuse((), dtype)
    unit = torch.rand((), generator=generator, dtype=dtype, device=generator.device)
    return 0.01 + 0.01 * unit


def natural(*, generator: torch.Generator, dtype: torch.dtype = torch.float64) -> int:  # noqa: ARG001
    """Draw an integer from 2 to 4, as a number of Python."""
    return int(torch.randint(2, 5, (), generator=generator, device=generator.device))


def index(n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64) -> int:
    """Draw an index from 0 to n - 1, as a number of Python.

    Parameters and errors are those of :func:`positive_determinant`.
    """
    _refuse((n,), dtype)
    return int(torch.randint(n, (), generator=generator, device=generator.device))


def order(*, generator: torch.Generator, dtype: torch.dtype = torch.float64) -> float:  # noqa: ARG001
    """Draw the order of a norm between 1 and 4, as a number of Python."""
    return 1 + 3 * float(torch.rand((), generator=generator, device=generator.device))


def analytic(
    *, generator: torch.Generator, dtype: torch.dtype = torch.float64
) -> Callable[[Tensor], Tensor]:
    """Draw a sum of two exponentials: it has all derivatives, in the plane too, and none vanishes."""
    a, b = positive(2, generator=generator, dtype=dtype)
    k, m = 1 + positive(2, generator=generator, dtype=dtype)
    return lambda x: a * torch.exp(k * x) + b * torch.exp(m * x)


def probability(
    n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64
) -> Tensor:
    """Draw n positive numbers that add up to 1.

    Parameters and errors are those of :func:`positive_determinant`.
    """
    x = positive(n, generator=generator, dtype=dtype)
    return x / x.sum()


def unit_vector(
    n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64
) -> Tensor:
    """Draw a vector of length 1.

    Parameters and errors are those of :func:`positive_determinant`.
    """
    x = nonzero(n, generator=generator, dtype=dtype)
    unit: Tensor = x / torch.linalg.vector_norm(x)
    return unit


def square(n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64) -> Tensor:
    """Draw an n-by-n matrix of standard normal entries.

    Parameters and errors are those of :func:`positive_determinant`.
    """
    return normal(n, n, generator=generator, dtype=dtype)


def full_rank(
    m: int, n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64
) -> Tensor:
    """Draw an m-by-n matrix with singular values between 0.5 and 2.

    Parameters and errors are those of :func:`normal`.
    """
    _refuse((m, n), dtype)
    s = positive(min(m, n), generator=generator, dtype=dtype)
    return _with_singular_values(s, m, n, generator, dtype)


def invertible(n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64) -> Tensor:
    """Draw an n-by-n matrix with a determinant of either sign and condition number at most 4.

    Parameters and errors are those of :func:`positive_determinant`.
    """
    return full_rank(n, n, generator=generator, dtype=dtype)


def singular(n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64) -> Tensor:
    """Draw an n-by-n matrix of rank n - 1, up to rounding.

    Parameters and errors are those of :func:`positive_determinant`.
    """
    s = positive(n, generator=generator, dtype=dtype)
    s[0] = 0
    return _with_singular_values(s, n, n, generator, dtype)


def distinct_singular_values(
    m: int, n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64
) -> Tensor:
    """Draw an m-by-n matrix whose singular values are positive and at least 0.4 apart.

    Parameters and errors are those of :func:`normal`.
    """
    _refuse((m, n), dtype)
    s = _apart(min(m, n), generator, dtype)
    return _with_singular_values(s, m, n, generator, dtype)


def symmetric(n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64) -> Tensor:
    """Draw a symmetric matrix of normal entries; its eigenvalues have either sign.

    Parameters and errors are those of :func:`positive_determinant`.
    """
    A = square(n, generator=generator, dtype=dtype)
    return functions.sym(A)


def skew_symmetric(
    n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64
) -> Tensor:
    """Draw a matrix that is minus its transpose.

    Parameters and errors are those of :func:`positive_determinant`.
    """
    A = square(n, generator=generator, dtype=dtype)
    return functions.skew(A)


def distinct_eigenvalues(
    n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64
) -> Tensor:
    """Draw a symmetric matrix whose eigenvalues are at least 0.4 apart, some of them negative.

    Parameters and errors are those of :func:`positive_determinant`.
    """
    Q = orthogonal(n, generator=generator, dtype=dtype)
    A = Q * (_apart(n, generator, dtype) - 1.2) @ Q.mT
    return functions.sym(A)


def positive_definite(
    n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64
) -> Tensor:
    """Draw a matrix whose symmetric part is positive definite, with eigenvalues from 0.5 to 2.

    Parameters and errors are those of :func:`positive_determinant`.
    """
    A = symmetric_positive_definite(n, generator=generator, dtype=dtype)
    return A + skew_symmetric(n, generator=generator, dtype=dtype)


def orthogonal(n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64) -> Tensor:
    """Draw an orthogonal matrix.

    Parameters and errors are those of :func:`positive_determinant`.
    """
    Q: Tensor = torch.linalg.svd(square(n, generator=generator, dtype=dtype))[0]
    return Q


def lower_triangular(
    n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64
) -> Tensor:
    """Draw a lower triangular matrix whose diagonal lies between 0.5 and 2.

    Parameters and errors are those of :func:`positive_determinant`.
    """
    L = square(n, generator=generator, dtype=dtype).tril(-1)
    L.diagonal().copy_(positive(n, generator=generator, dtype=dtype))
    return L


def invertible_triangular(
    n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64
) -> Tensor:
    """Draw a lower triangular matrix whose diagonal lies between 0.5 and 2, with random signs.

    Parameters and errors are those of :func:`positive_determinant`.
    """
    L = lower_triangular(n, generator=generator, dtype=dtype)
    return L * signs(n, generator=generator, dtype=dtype)


def diagonal(n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64) -> Tensor:
    """Draw a diagonal matrix with entries of either sign, none near zero.

    Parameters and errors are those of :func:`positive_determinant`.
    """
    return torch.diag(nonzero(n, generator=generator, dtype=dtype))


def scalar_matrix(
    n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64
) -> Tensor:
    """Draw a positive multiple of the identity, all of whose eigenvalues coincide.

    Parameters and errors are those of :func:`positive_determinant`.
    """
    _refuse((n,), dtype)
    c = positive(generator=generator, dtype=dtype)
    return c * torch.eye(n, dtype=dtype, device=generator.device)


def toeplitz(n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64) -> Tensor:
    """Draw a matrix with one normal number on each of its diagonals.

    Parameters and errors are those of :func:`positive_determinant`.
    """
    _refuse((n,), dtype)
    t = normal(2 * n - 1, generator=generator, dtype=dtype)
    return functions.toeplitz(t)


def complex_normal(
    *shape: int, generator: torch.Generator, dtype: torch.dtype = torch.float64
) -> Tensor:
    """Draw independent complex entries; dtype is that of their real parts.

    Parameters and errors are those of :func:`normal`.
    """
    parts = (normal(*shape, generator=generator, dtype=dtype) for _ in range(2))
    return torch.complex(*parts)


def complex_invertible(
    n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64
) -> Tensor:
    """Draw a complex n-by-n matrix with singular values between 0.5 and 2.

    Parameters and errors are those of :func:`positive_determinant`.
    """
    U, _, Vh = torch.linalg.svd(complex_normal(n, n, generator=generator, dtype=dtype))
    X: Tensor = U * positive(n, generator=generator, dtype=dtype) @ Vh
    return X


def hermitian(n: int, *, generator: torch.Generator, dtype: torch.dtype = torch.float64) -> Tensor:
    """Draw a complex matrix that is its own conjugate transpose.

    Parameters and errors are those of :func:`positive_determinant`.
    """
    A = complex_normal(n, n, generator=generator, dtype=dtype)
    return 0.5 * (A + A.mH)


def _apart(n: int, generator: torch.Generator, dtype: torch.dtype) -> Tensor:
    steps = torch.arange(n, dtype=dtype, device=generator.device)
    unit = torch.rand(n, generator=generator, dtype=dtype, device=generator.device)
    return SMALLEST + 0.7 * steps + 0.3 * unit


def _with_singular_values(
    s: Tensor, m: int, n: int, generator: torch.Generator, dtype: torch.dtype
) -> Tensor:
    """Draw an m-by-n matrix with these singular values."""
    A = normal(m, n, generator=generator, dtype=dtype)
    U, _, Vh = torch.linalg.svd(A, full_matrices=False)
    X: Tensor = U * s @ Vh
    return X


def _refuse(shape: tuple[object, ...], dtype: torch.dtype) -> None:
    """Raise for a size or a type from which nothing can be drawn."""
    for size in shape:
        if not isinstance(size, int) or isinstance(size, bool):
            raise TypeError(f"a size must be an integer; got {size!r}")
        if size < 1:
            raise ValueError(f"a size must be at least 1; got {size}")
    if not dtype.is_floating_point:
        raise TypeError(f"dtype must be a real floating-point type; got {dtype}")
