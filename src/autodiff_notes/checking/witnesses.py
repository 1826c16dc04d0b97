"""The witnesses: autograd and central differences, each with its own error.

A formula and autograd can share a mistake in a function, a difference quotient cannot.
A difference quotient has errors of rounding and of truncation, which are estimated entry by entry.

>>> import torch
>>> x = torch.tensor([1.0, 2.0], dtype=torch.float64)
>>> around = Neighbourhood(lambda x: x.dot(x), x, torch.float64)
>>> difference_witness(around, tolerance=1e-6).compare("x", 2 * x).holds
True
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import torch
from torch import Tensor

from autodiff_notes.checking.report import Comparison

__all__ = [
    "TOLERANCES",
    "Neighbourhood",
    "Tolerance",
    "Witness",
    "autograd_witness",
    "difference_witness",
    "entries_of",
    "real_dtype",
]


@dataclass(frozen=True)
class Tolerance:
    """The largest relative error that a check forgives, for each witness.

    Attributes
    ----------
    autograd : float
        Against autograd.
    differences : float
        Against central differences, on top of the rounding and truncation error
        that is estimated for every entry.
    """

    autograd: float
    differences: float


# Autograd and a formula differ by rounding alone, which conditioning multiplies:
# there is room for a condition number of about 10^6 in float64 and 10^3 in float32.
# A central difference is good to about eps^(2/3), that is 4e-11 and 2e-5.
TOLERANCES = {
    torch.float64: Tolerance(autograd=1e-9, differences=1e-6),
    torch.float32: Tolerance(autograd=1e-4, differences=1e-3),
}
"""The tolerance for each real type; complex numbers have that of their parts."""

# A computed f carries a few roundings, so a few times eps * |f| is as good as zero.
ROUNDINGS = 16


@dataclass(frozen=True)
class Witness:
    """A gradient found by other means, and how far it can be trusted.

    Attributes
    ----------
    name : str
        ``"autograd"`` or ``"central differences"``.
    gradient : torch.Tensor
        What it says.
    noise : torch.Tensor
        The absolute error of the witness itself, for all entries or for each.
    tolerance : float
        The relative error to forgive.
    """

    name: str
    gradient: Tensor
    noise: Tensor
    tolerance: float

    @property
    def resolves(self) -> bool:
        """Whether the gradient differs from zero, as far as the witness can tell."""
        return bool(self.gradient.abs().max() > self.noise.max())

    def compare(self, name: str, claim: Tensor) -> Comparison:
        """Return the largest errors of a claim, and whether they are forgiven."""
        if claim.shape != self.gradient.shape or not (claim - self.gradient).isfinite().all():
            return Comparison(name, self.name, inf, inf, holds=False)
        errors = (claim - self.gradient).abs()
        scale = self.gradient.abs().max().item()
        holds = bool((errors <= self.tolerance * scale + self.noise).all())
        absolute = errors.max().item()
        unresolved = 0.0 if holds else inf
        relative = absolute / scale if self.resolves else unresolved
        return Comparison(name, self.name, absolute, relative, holds)


class Neighbourhood:
    """A function around a point, along one entry at a time.

    The step balances the rounding of f, divided by it, against truncation, which grows as its
    square.
    Each value of f is computed once.

    Parameters
    ----------
    f : callable
        Takes a tensor like x and returns one real number.
    x : torch.Tensor
        The point.
    dtype : torch.dtype
        The coarser of the real types of x and of f, which sets the step.

    Examples
    --------
    >>> around = Neighbourhood(torch.abs, torch.zeros((), dtype=torch.float64), torch.float64)
    >>> [around.slope(0, start, stop).item() for start, stop in [(-1, 0), (0, 1), (-1, 1)]]
    [-1.0, 1.0, 0.0]
    """

    def __init__(self, f: Callable[[Tensor], Tensor], x: Tensor, dtype: torch.dtype) -> None:
        eps = torch.finfo(dtype).eps
        self.f, self.x, self.dtype = f, x, dtype
        self.entries = entries_of(x)
        self.steps = eps ** (1 / 3) * self.entries.abs().clamp(min=1)
        self._values: dict[tuple[int, float], Tensor] = {}
        self.rounding = ROUNDINGS * eps * abs(self.value(0, 0).item())

    def value(self, k: int, steps: float) -> Tensor:
        """Return f where entry k has moved by a number of steps."""
        key = (k if steps else 0, steps)
        if key not in self._values:
            moved = self.entries.clone()
            moved[k] += steps * self.steps[k]
            self._values[key] = self.f(_tensor(moved, self.x))
        return self._values[key]

    def slope(self, k: int, start: float, stop: float) -> Tensor:
        """Return the difference quotient of f along entry k, between two numbers of steps."""
        position = self.entries[k]
        width = (position + stop * self.steps[k]) - (position + start * self.steps[k])
        slope: Tensor = (self.value(k, stop) - self.value(k, start)) / width
        return slope

    def slopes(self, start: float, stop: float) -> Tensor:
        """Return the difference quotients along all entries."""
        return torch.stack([self.slope(k, start, stop) for k in range(len(self.entries))])


def autograd_witness(
    gradient: Tensor | None, x: Tensor, rounding: float, tolerance: float
) -> Witness:
    """Return what autograd says; a gradient that moves f less than rounding does is zero."""
    gradient = torch.zeros_like(x) if gradient is None else gradient
    zero = rounding / x.abs().max().clamp(min=1)
    noise = torch.where(gradient.abs().max() <= zero, zero, 0.0)
    return Witness("autograd", gradient, noise, tolerance)


def difference_witness(around: Neighbourhood, tolerance: float) -> Witness:
    """Return what central differences say, entry by entry.

    The quotient over twice the step shows how large the truncation is.
    """
    near, far = around.slopes(-1, 1), around.slopes(-2, 2)
    noise = (far - near).abs() + around.rounding / around.steps
    x = around.x
    return Witness("central differences", _tensor(near, x), _tensor(noise, x).abs(), tolerance)


def entries_of(x: Tensor) -> Tensor:
    """Return the real numbers in x as a vector: two for each complex entry."""
    return (torch.view_as_real(x) if x.is_complex() else x).reshape(-1)


def _tensor(entries: Tensor, like: Tensor) -> Tensor:
    """Return a vector of real numbers in the form of ``like``; the inverse of entries_of."""
    if like.is_complex():
        return torch.view_as_complex(entries.reshape(*like.shape, 2))
    return entries.reshape(like.shape)


def real_dtype(x: Tensor) -> torch.dtype:
    """Return the type of a real part."""
    return x.dtype.to_real()
