"""The witnesses: a gradient found by other means, and how far each of its entries can be trusted.

A claim is held against a witness entry by entry, each by its own size and its own resolution, so
that a small entry beside large ones counts as much as they do.

>>> import torch
>>> gradient = torch.tensor([2e7, 5.0], dtype=torch.float64)
>>> witness = Witness("autograd", gradient, torch.zeros(2), tolerance=1e-9)
>>> witness.judge(torch.tensor([2e7, 5.0])).holds, witness.judge(torch.tensor([2e7, -5.0])).holds
(True, False)
"""

from dataclasses import dataclass
from functools import cached_property
from math import inf, isfinite, isnan

import torch
from torch import Tensor

__all__ = ["TOLERANCES", "Judgement", "Tolerance", "Witness", "finite", "real_dtype"]


@dataclass(frozen=True)
class Tolerance:
    """The largest relative error of an entry that a check forgives, for each witness.

    Attributes
    ----------
    autograd : float
        Against autograd, on top of the rounding that is measured for every entry.
    differences : float
        Against central differences, on top of the rounding and truncation error
        that is estimated for every entry.

    Raises
    ------
    ValueError
        If one is negative or NaN.
    """

    autograd: float
    differences: float

    def __post_init__(self) -> None:
        """Refuse what is no tolerance."""
        for name, number in (("autograd", self.autograd), ("differences", self.differences)):
            if isnan(number) or number < 0:
                raise ValueError(f"the tolerance for {name} is {number}; expected 0 or more")


# Autograd and a formula differ by rounding alone, which conditioning multiplies:
# there is room for a condition number of about 10^6 in float64 and 10^3 in float32.
# A central difference is good to about eps^(2/3), that is 4e-11 and 2e-5.
TOLERANCES = {
    torch.float64: Tolerance(autograd=1e-9, differences=1e-6),
    torch.float32: Tolerance(autograd=1e-4, differences=1e-3),
}
"""The tolerance for each real type; complex numbers have that of their parts."""

# An entry is resolved if its noise is at most this part of it.
RESOLVED = 1e-2
# A claim of this part of the noise of the only witness is a claim of zero.
NOTHING = 1e-6


@dataclass(frozen=True)
class Judgement:
    """What a witness says of a claim, entry by entry.

    Attributes
    ----------
    errors : torch.Tensor
        How far the claim is from the witness.
    differs : torch.Tensor
        Where that is more than tolerance and noise allow.
    resolved : torch.Tensor
        Where the witness can tell.
    doubted : torch.Tensor
        Where the claim is off, by what may be rounding.
    absolute : float
        The largest error.
    relative : float
        The largest error of an entry beyond noise, divided by the entry; divided by the largest entry
        where the witness cannot tell the entry from zero, or the error from rounding.
    """

    errors: Tensor
    differs: Tensor
    resolved: Tensor
    doubted: Tensor
    absolute: float
    relative: float

    @property
    def holds(self) -> bool:
        """Whether the claim differs nowhere."""
        return not bool(self.differs.any())


@dataclass(frozen=True)
class Witness:
    """A gradient found by other means, and how far it can be trusted.

    Attributes
    ----------
    name : str
        ``"autograd"`` or ``"central differences"``.
    gradient : torch.Tensor
        What it says, in the shape of a claim, or its slopes along ``rays``.
    noise : torch.Tensor
        The absolute error of the witness itself, for each entry.
    tolerance : float
        The relative error to forgive.
    floor : float
        A noise so small that an entry below it is zero.
    rays : list of torch.Tensor, optional
        The directions along which it was taken, as vectors of real numbers.
    alone : bool
        Whether there is no other witness: then a claim that is not zero is no zero.
    """

    name: str
    gradient: Tensor
    noise: Tensor
    tolerance: float
    floor: float = 0.0
    rays: list[Tensor] | None = None
    alone: bool = False

    @cached_property
    def finite(self) -> bool:
        """Whether every entry is finite."""
        return finite(self.gradient)

    @cached_property
    def largest(self) -> float:
        """The size of the largest entry."""
        return float(torch.linalg.vector_norm(self.gradient, inf))

    def seen(self, claim: Tensor) -> Tensor:
        """Return a claim as this witness sees it: along its rays, if it has some."""
        if self.rays is None:
            return claim
        return along(claim, self.rays, self.gradient.shape[1:])

    def judge(
        self, claim: Tensor, noise: Tensor | float | None = None, doubt: Tensor | float = 0.0
    ) -> Judgement:
        """Hold a claim against this witness.

        Parameters
        ----------
        claim : torch.Tensor
            In the shape of the gradient; in another it differs.
        noise : torch.Tensor or float, optional
            The noise of the comparison, in place of that of the witness.
        doubt : torch.Tensor or float
            An error up to which it is not known whether it is rounding: an entry that differs by less
            is not resolved.
        """
        nowhere = torch.zeros_like(self.gradient, dtype=torch.bool)
        shape = claim.shape if self.rays is None else None
        if shape is not None and shape != self.gradient.shape:
            far = torch.full_like(nowhere, inf, dtype=torch.float64)
            return Judgement(far, ~nowhere, ~nowhere, nowhere, inf, inf)
        size = self.gradient.abs().double()
        errors = (self.seen(claim).to(self.gradient.device) - self.gradient).abs().double()
        own = self.noise if noise is None else torch.as_tensor(noise, device=size.device)
        # Written so that NaN differs.
        right = errors <= self.tolerance * size
        if bool(right.all()) and own.numel() == 1 and not own:  # nothing has to be excused
            worst = (errors / size).nan_to_num_(0.0).max().item()
            return Judgement(errors, ~right, right, ~right, errors.max().item(), worst)
        over = ~(errors <= self.tolerance * size + own)
        own = own.double().expand_as(size)
        differs = (
            ~(errors <= torch.maximum(self.tolerance * size + own, torch.as_tensor(doubt).to(size)))
            | own.isinf()
        )
        zero = (size <= own) & (own <= self.floor)
        if self.alone:
            zero &= self.seen(claim).abs().to(size) <= NOTHING * own
        resolved = ((own <= RESOLVED * size) | zero) & (differs | ~over)
        whole = size.max().item() if size.numel() else 0.0
        told = (errors > own) & (size > own)
        relative = torch.where(told, (errors - own) / size, errors / whole).nan_to_num(
            nan=0.0, posinf=inf
        )
        absolute = errors.max().item()
        if not bool(errors.isfinite().all()):
            return Judgement(errors, differs, resolved, over & ~differs, inf, inf)
        # Where the whole gradient is zero to rounding, so is a claim that does not differ.
        small = bool((size <= own).all()) and not differs.any()
        return Judgement(
            errors,
            differs,
            resolved,
            over & ~differs,
            absolute,
            0.0 if small else relative.max().item(),
        )

    @property
    def resolves(self) -> bool:
        """Whether the gradient differs from zero, as far as the witness can tell."""
        return bool((self.gradient.abs() > self.noise).any())


def along(claim: Tensor, rays: list[Tensor], outputs: tuple[int, ...]) -> Tensor:
    """Return the slopes of a linear map along directions, a direction a row."""
    rows = claim.reshape((*outputs, -1)) if outputs else claim.reshape(1, -1)
    real = torch.view_as_real(rows.resolve_conj()).flatten(-2) if rows.is_complex() else rows
    found = [(real.double() @ ray.to(real.device).double()).reshape(outputs) for ray in rays]
    return torch.stack(found)


def finite(x: Tensor) -> bool:
    """Whether every entry is finite, in one pass over the memory and without another array."""
    real = torch.view_as_real(x.resolve_conj()) if x.is_complex() else x
    return all(map(isfinite, torch.stack(torch.aminmax(real)).tolist())) if x.numel() else True


def real_dtype(x: Tensor) -> torch.dtype:
    """Return the type of a real part."""
    return x.dtype.to_real()


def matrix_of(gradient: Tensor, outputs: int) -> Tensor:
    """Return a derivative with the real entries of x as its rows, and the outputs as its columns."""
    real = torch.view_as_real(gradient.resolve_conj()) if gradient.is_complex() else gradient
    return real.reshape(outputs, -1).T.double().cpu()


def gradient_of(matrix: Tensor, x: Tensor, outputs: tuple[int, ...]) -> Tensor:
    """Return a derivative in the shape of a claim; the inverse of matrix_of."""
    rows = matrix.T
    if x.is_complex():
        rows = torch.view_as_complex(rows.reshape(len(rows), -1, 2).contiguous())
    return rows.reshape((*outputs, *x.shape)).to(x.device)


def noise_of(matrix: Tensor, x: Tensor, outputs: tuple[int, ...]) -> Tensor:
    """Return the absolute errors of a derivative, those of the parts of a complex entry together."""
    return gradient_of(matrix, x, outputs).abs()
