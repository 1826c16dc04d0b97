"""Difference quotients: how fast a function grows along a direction, from its values alone.

Central quotients combine values at the same distance on both sides. With h the step,

- the quotient of order 2, ``(f(x + h) - f(x - h)) / 2h``, is off by ``h**2 f'''(x) / 6``;
- that of order 4, ``(8 (f(x + h) - f(x - h)) - (f(x + 2h) - f(x - 2h))) / 12h``, is off by
  ``-h**4 f'''''(x) / 30``;

both up to higher powers of h, and on top of it by the rounding of f, divided by h. Directions are
given in real coordinates, two for each complex entry, so that a slope is a real number, too.

>>> x = torch.tensor([1.0, 2.0], dtype=torch.float64)
>>> units = torch.eye(2, dtype=torch.float64)
>>> for order in STENCILS:
...     found = slopes(lambda x: (x**4).sum(), x, units, step=0.1, order=order)
...     print(order, (found - 4 * x**3).round(decimals=3).tolist())
2 [0.04, 0.08]
4 [0.0, 0.0]
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

__all__ = [
    "STENCILS",
    "Stencil",
    "batch",
    "can_be_batched",
    "coordinates",
    "from_coordinates",
    "quotient",
    "slopes",
    "step_for",
    "values_around",
]


@dataclass(frozen=True)
class Stencil:
    """How a central quotient weighs its differences.

    Attributes
    ----------
    weights : tuple of int
        The weight of ``f(x + kh) - f(x - kh)``, for k from 1.
    denominator : int
        What their sum is divided by, in steps.
    """

    weights: tuple[int, ...]
    denominator: int

    @property
    def order(self) -> int:
        """The power of the step with which the quotient's error shrinks."""
        return 2 * len(self.weights)


STENCILS = {stencil.order: stencil for stencil in (Stencil((1,), 2), Stencil((8, -1), 12))}
"""The central quotients, by order."""


def step_for(dtype: torch.dtype, order: int = 4) -> float:
    """Return the step at which rounding and truncation are about equal, for x and f of order one.

    Rounding is about eps / h and truncation h ** order, so that h is eps ** (1 / (order + 1)):
    6e-6 in float64 for order 2, and 7e-4 for order 4.

    Parameters
    ----------
    dtype : torch.dtype
        The coarser of the types of x and of f, real.
    order : int
        The order of the quotient.
    """
    return float(torch.finfo(dtype).eps ** (1 / (order + 1)))


def slopes(  # noqa: PLR0913 - keywords
    f: Callable[[Tensor], Tensor],
    x: Tensor,
    directions: Tensor,
    *,
    step: float,
    order: int = 4,
    batched: bool = False,
) -> Tensor:
    """Return the slopes of f along directions, by central quotients.

    Parameters
    ----------
    f : callable
        A function of a tensor like x, with a tensor as value.
    x : torch.Tensor
        The point.
    directions : torch.Tensor
        Directions like x, one a row.
    step : float
        The step, in lengths of a direction; :func:`step_for` finds one.
    order : int
        A key of :data:`STENCILS`.
    batched : bool
        Whether f is evaluated at all points at once, as :func:`can_be_batched` says it may be.

    Returns
    -------
    torch.Tensor
        The indices of f first, the direction last.
    """
    reach = len(STENCILS[order].weights)
    values = values_around(f, x, directions, step=step, reach=reach, batched=batched)
    return quotient(values, step, order)


def values_around(  # noqa: PLR0913 - keywords
    f: Callable[[Tensor], Tensor],
    x: Tensor,
    directions: Tensor,
    *,
    step: float,
    reach: int = 1,
    batched: bool = False,
) -> Tensor:
    """Return the values of f at x plus and minus 1, ..., reach steps along each direction.

    The first index is the number of steps less 1, the second 0 for plus and 1 for minus, the third
    the direction; then come those of f. One set of values serves more than one :func:`quotient`:
    the first row that of order 2, the second the same with twice the step, both that of order 4.
    Parameters are those of :func:`slopes`.
    """
    signed = [sign * k for k in range(1, reach + 1) for sign in (1, -1)]
    points = torch.cat([x + k * step * directions for k in signed])
    values = batch(f)(points) if batched else torch.stack([f(point) for point in points])
    return values.detach().reshape(reach, 2, len(directions), *values.shape[1:])


def quotient(values: Tensor, step: float, order: int = 4) -> Tensor:
    """Return the central quotients of the values that :func:`values_around` returned.

    The indices of f come first, the direction last.
    """
    stencil = STENCILS[order]
    differences = values[:, 0] - values[:, 1]
    total = sum(w * d for w, d in zip(stencil.weights, differences, strict=True))
    found: Tensor = total / (stencil.denominator * step)
    return found.movedim(0, -1)


# Many points at once


def can_be_batched(f: Callable[[Tensor], Tensor], x: Tensor) -> bool:
    """Return whether torch can evaluate f at many points like x at once."""
    try:
        batch(f)(x[None])
    except RuntimeError:
        return False
    return True


def batch(f: Callable[[Tensor], Tensor]) -> Callable[[Tensor], Tensor]:
    """Return f as a function of many points, one a row."""

    def batched(x: Tensor) -> Tensor:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # torch: slow, without a batching rule
            values: Tensor = torch.func.vmap(f)(x)
            return values

    return batched


# Real coordinates


def coordinates(x: Tensor, leading: int = 0) -> Tensor:
    """Return a tensor with its last indices as one, over real coordinates: two a complex entry.

    Parameters
    ----------
    x : torch.Tensor
        The tensor.
    leading : int
        The number of first indices to keep.
    """
    real = torch.view_as_real(x.resolve_conj()) if x.is_complex() else x
    return real.reshape(*x.shape[:leading], -1)


def from_coordinates(rows: Tensor, like: Tensor) -> Tensor:
    """Return tensors of the shape and type of another, one from each row of real coordinates."""
    rows = rows.to(like.dtype.to_real())
    if like.is_complex():
        rows = torch.view_as_complex(rows.reshape(len(rows), -1, 2))
    return rows.reshape(len(rows), *like.shape)
