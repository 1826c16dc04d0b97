"""Where a function is defined, as random points.

A sampler draws one point from a set.
It takes its sizes first and an explicit generator by keyword, so that a seed fixes the point
and the global state of torch stays as it was.

>>> import torch
>>> generator = torch.Generator().manual_seed(0)
>>> X = positive_determinant(4, generator=generator)
>>> X.shape, bool(X.det() > 0), torch.equal(X, X.mT)
(torch.Size([4, 4]), True, False)
"""

import torch
from torch import Tensor

__all__ = ["normal", "positive", "positive_determinant", "symmetric_positive_definite"]

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
    return 0.5 * (A + A.mT)


def _refuse(shape: tuple[object, ...], dtype: torch.dtype) -> None:
    """Raise for a size or a type from which nothing can be drawn."""
    for size in shape:
        if not isinstance(size, int) or isinstance(size, bool):
            raise TypeError(f"a size must be an integer; got {size!r}")
        if size < 1:
            raise ValueError(f"a size must be at least 1; got {size}")
    if not dtype.is_floating_point:
        raise TypeError(f"dtype must be a real floating-point type; got {dtype}")
