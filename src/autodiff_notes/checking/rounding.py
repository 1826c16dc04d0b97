"""Rounding, measured: what f, its gradient and a claim become when the point moves by its last digits.

A claim that differs from autograd by rounding differs by another amount at the next number, and a
wrong claim by the same.

>>> import torch
>>> from autodiff_notes.checking.inputs import Inputs
>>> x = torch.tensor([0.3, 0.7], dtype=torch.float64, requires_grad=True)
>>> def f(x):
...     return x.softmax(0).sum()
>>> found = Rounding.measured(f, lambda x: 0 * x, Inputs.of(f, (x,)), count=3)
>>> bool(found.gradients[0].max() < 1e-14)
True
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from autodiff_notes.checking.inputs import Inputs
from autodiff_notes.evaluation.differences import coordinates, from_coordinates

__all__ = ["Rounding", "neighbours", "second_point"]

# The largest change over a few neighbours is taken this many times: of three normal numbers, one
# is smaller than a tenth of another often enough, all three are not.
SAFETY = 10.0
# Each further neighbour is so many times as far away, up to a distance, in last digits, at which a
# claim that was rounded to float32 still is what it is.
FURTHER, DIGITS = 6.0, {torch.float64: 4e5, torch.float32: 8.0}




@dataclass
class Rounding:
    """How much results change between neighbouring numbers.

    Attributes
    ----------
    f : callable
        The function.
    claimed : object
        The claim.
    inputs : autodiff_notes.checking.inputs.Inputs
        The point.
    shape : tuple of int
        The shape of what f returns.
    value : torch.Tensor
        The largest change of f, output by output.
    gradients : list of torch.Tensor
        That of autograd's gradient, entry by entry, with room to spare.
    shaken : list of torch.Tensor or None
        What the rounding of autograd's backward pass may come to, once that has been measured.
    differences : list of torch.Tensor or None
        That of the claim minus autograd's gradient; None if the claim is no function.
    """

    f: Callable[..., Any]
    claimed: object
    inputs: Inputs
    shape: tuple[int, ...]
    value: Tensor
    gradients: list[Tensor]
    differences: list[Tensor] | None
    centre: tuple[Tensor, list[Tensor | None], list[Tensor] | None] = field(repr=False)
    generator: torch.Generator = field(repr=False)
    shaken: list[Tensor] | None = None

    @classmethod
    def measured(  # noqa: PLR0913 - what was computed at the point already is handed over
        cls,
        f: Callable[..., Any],
        claimed: object,
        inputs: Inputs,
        *,
        count: int,
        shape: tuple[int, ...] = (),
        centre: tuple[Tensor, list[Tensor | None], list[Tensor]] | None = None,
    ) -> "Rounding":
        """Return what a number of neighbours show."""
        value, gradients, claims = centre or (*inputs.slopes(f), inputs.claims(claimed, shape))
        varies = callable(claimed) and not isinstance(claimed, Tensor)
        zeros = [torch.zeros_like(claim.abs(), dtype=torch.float64) for claim in claims]
        found = cls(
            f,
            claimed,
            inputs,
            shape,
            torch.zeros_like(value, dtype=torch.float64),
            zeros,
            [z.clone() for z in zeros] if varies else None,
            (value, gradients, claims if varies else None),
            torch.Generator().manual_seed(0),
        )
        found.look(count)
        return found

    def look(self, count: int, *, further: bool = False) -> None:
        """Look at more neighbours, each further away than the last, or not.

        What f and its gradient do further away is no rounding; what the claim does beside it is.
        """
        value, gradients, claims = self.centre
        for there in neighbours(self.inputs, count, self.generator, FURTHER if further else 1.0):
            try:
                v, gs = there.slopes(self.f)
                cs = there.claims(self.claimed, self.shape) if claims is not None else None
            except (TypeError, ValueError):  # f asks for numbers that are what they are
                continue
            if not further:
                self.value = torch.maximum(self.value, (v.double() - value.double()).abs())
            for k, (g, was) in enumerate(zip(gs, gradients, strict=True)):
                change = torch.zeros(())
                if g is not None and was is not None and g.numel() == self.gradients[k].numel():
                    change = (g - was).reshape(self.gradients[k].shape)
                    if not further:
                        self._keep(self.gradients, k, change)
                if cs is not None and claims is not None and cs[k].shape == claims[k].shape:
                    self._keep(self.differences or [], k, cs[k] - claims[k] - change)

    def shake(self, count: int) -> None:
        """Measure what autograd's own rounding makes of its gradient, by shaking its backward pass.

        Where a function saturates, neighbours have the same last digit, and it is as wrong for all.
        """
        gradients = self.centre[1]
        self.shaken = [torch.zeros_like(z) for z in self.gradients]
        for _ in range(count):
            try:
                shaken = self.inputs.slopes(self.f, self.generator)[1]
            except ValueError:  # f asks for numbers that are what they are, or uses torch.func
                return
            for k, (g, was) in enumerate(zip(shaken, gradients, strict=True)):
                if g is not None and was is not None and g.numel() == self.shaken[k].numel():
                    self._keep(self.shaken, k, (g - was).reshape(self.shaken[k].shape))

    def _keep(self, kept: list[Tensor], k: int, change: Tensor) -> None:
        """Keep the largest change."""
        kept[k] = torch.maximum(kept[k], SAFETY * change.abs().double().nan_to_num())


def neighbours(
    inputs: Inputs, count: int, generator: torch.Generator, growth: float = 1.0
) -> Iterator[Inputs]:
    """Yield the point with every real number moved by one or two of its last digits, either way."""
    for j in range(count):

        def factor(x: Tensor, size: float = growth**j) -> Tensor:
            digits = min(size, DIGITS[x.dtype])
            return digits * torch.finfo(x.dtype).eps * _digits(x, generator)

        yield _moved(inputs, factor)


def second_point(inputs: Inputs, size: float, generator: torch.Generator) -> Inputs:
    """Return a point at which every number differs by about this part of it, in phase as well.

    Constants of several entries stay: they may be probabilities, labels or a design.
    """

    def factor(x: Tensor) -> Tensor:
        noise = torch.randn(x.shape, generator=generator, dtype=torch.float64)
        return size * noise.clamp(-2, 2)

    moved = _moved(inputs, factor)
    kept = {i: x for i, x in enumerate(inputs.leaves) if i not in inputs.wanted and x.numel() > 1}
    moved = moved.with_leaves(kept)
    turned = {
        i: x * torch.polar(torch.ones_like(x.real), factor(x).to(x.real))
        for i, x in enumerate(moved.leaves)
        if x.is_complex() and i not in kept and not (is_square(x) and torch.equal(x, x.mH))
    }
    return moved.with_leaves(turned)


def is_square(x: Tensor) -> bool:
    """Whether a tensor is a square matrix, or a stack of them."""
    return x.ndim >= 2 and x.shape[-1] == x.shape[-2]


def _moved(inputs: Inputs, factor: Callable[[Tensor], Tensor]) -> Inputs:
    """Return inputs times 1 plus a random factor; a symmetric matrix stays one, and zero stays zero."""
    moved = {}
    for i, x in enumerate(inputs.leaves):
        if not (x.is_floating_point() or x.is_complex()) or x.layout != torch.strided:
            continue
        real = coordinates(x)
        change = factor(real).to(real)
        if is_square(x) and torch.equal(x, x.mH):
            change = coordinates(_mirrored(from_coordinates(change[None], x)[0]))
        # An infinity, as in a mask, stays where it is.
        moved[i] = from_coordinates(
            torch.where(real.isfinite(), real + change * real, real)[None], x
        )[0]
    return inputs.with_leaves(moved)


def _mirrored(x: Tensor) -> Tensor:
    """Return a matrix with the upper triangle, real and imaginary parts alike, mirrored."""
    return x.triu() + x.triu(1).mT


def _digits(x: Tensor, generator: torch.Generator) -> Tensor:
    """Return one of -2, -1, 1 and 2 for each number."""
    drawn = torch.randint(4, x.shape, generator=generator)
    return torch.tensor([-2.0, -1.0, 1.0, 2.0], dtype=torch.float64)[drawn]
