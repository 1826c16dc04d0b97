"""Rounding, measured: what f, its gradient and a claim become when the point moves by its last digits.

A claim that differs from autograd by rounding differs by another amount at the next number, and a
wrong claim by the same.

>>> import torch
>>> from autodiff_notes.checking.claim import Claim
>>> from autodiff_notes.checking.inputs import Inputs
>>> x = torch.tensor([0.3, 0.7], dtype=torch.float64, requires_grad=True)
>>> def f(x):
...     return x.softmax(0).sum()
>>> found = Rounding.measured(Claim(f, lambda x: 0 * x, Inputs.of(f, (x,))), count=3)
>>> bool(found.gradients[0].max() < 1e-14)
True
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from autodiff_notes.checking.claim import Claim
from autodiff_notes.checking.points import neighbours

__all__ = ["Rounding"]

# The largest change over a few neighbours is taken this many times: of three normal numbers, one
# is smaller than a tenth of another often enough, all three are not.
SAFETY = 10.0
# Each further neighbour is so many times as far away.
FURTHER = 6.0

# What f returns, and its derivatives.
Centre = tuple[Tensor, Sequence[Tensor | None]]


@dataclass
class Rounding:
    """How much results change between neighbouring numbers.

    Attributes
    ----------
    claim : autodiff_notes.checking.claim.Claim
        Whose results.
    centre : tuple
        What was computed at the point itself: f and its derivatives.
    numbers : list of torch.Tensor
        The claims there, once they have been asked for.
    value : torch.Tensor
        The largest change of f, output by output.
    gradients : list of torch.Tensor
        That of autograd's gradient, entry by entry, with room to spare.
    differences : list of torch.Tensor or None
        That of the claim minus autograd's gradient; None if the claim is no function.
    shaken : list of torch.Tensor or None
        What the rounding of autograd's backward pass may come to, once that has been measured.
    count : int
        The number of neighbours so far.
    """

    claim: Claim
    centre: Centre = field(repr=False)
    numbers: list[Tensor] = field(repr=False)
    value: Tensor
    gradients: list[Tensor]
    differences: list[Tensor] | None = None
    shaken: list[Tensor] | None = None
    count: int = 0
    generator: torch.Generator = field(
        default_factory=lambda: torch.Generator().manual_seed(0), repr=False
    )

    @classmethod
    def measured(cls, claim: Claim, *, count: int, centre: Centre | None = None) -> "Rounding":
        """Return the spread over a number of neighbours; none shows the rounding of f alone.

        Parameters
        ----------
        claim : autodiff_notes.checking.claim.Claim
            Whose results.
        count : int
            The number of neighbours.
        centre : tuple, optional
            What was computed at the point already.
        """
        centre = centre or claim.inputs.slopes(claim.f)
        leaves = [claim.inputs.leaves[i] for i in claim.inputs.wanted]
        zeros = [x.new_zeros((), dtype=torch.float64).expand(claim.shape + x.shape) for x in leaves]
        value = torch.zeros_like(centre[0], dtype=torch.float64)
        found = cls(claim, centre, [], value, zeros, list(zeros) if claim.varies else None)
        if count:
            found.look(count)
        else:
            for there in neighbours(claim.inputs, 1, found.generator):
                found._keep_value(there.value(claim.f))
        return found

    def look(self, count: int, *, further: bool = False) -> None:
        """Look at more neighbours, each further away than the last, or not.

        What f and its gradient do further away is no rounding; what the claim does beside it is.
        """
        self.count += count
        self.numbers = self.numbers or self.claim.numbers()
        gradients, claims = self.centre[1], self.numbers
        growth = FURTHER if further else 1.0
        for there in neighbours(self.claim.inputs, count, self.generator, growth):
            try:
                value, moved = there.slopes(self.claim.f)
                numbers = None if self.differences is None else self.claim.numbers(there)
            except (TypeError, ValueError):  # f asks for numbers that are what they are
                continue
            if not further:
                self._keep_value(value)
            for k, (g, was) in enumerate(zip(moved, gradients, strict=True)):
                change = torch.zeros(())
                if g is not None and was is not None and g.numel() == self.gradients[k].numel():
                    change = (g - was).reshape(self.gradients[k].shape)
                    if not further:
                        _keep(self.gradients, k, change)
                shape = self.gradients[k].shape
                if self.differences and numbers and numbers[k].shape == claims[k].shape == shape:
                    _keep(self.differences, k, numbers[k] - claims[k] - change)

    def shake(self, count: int) -> None:
        """Measure what autograd's own rounding makes of its gradient, by shaking its backward pass.

        Where a function saturates, neighbours have the same last digit, and it is as wrong for all.
        """
        self.shaken = [torch.zeros_like(z) for z in self.gradients]
        for _ in range(count):
            try:
                shaken = self.claim.inputs.slopes(self.claim.f, self.generator)[1]
            except ValueError:  # f asks for numbers that are what they are, or uses torch.func
                return
            for k, (g, was) in enumerate(zip(shaken, self.centre[1], strict=True)):
                if g is not None and was is not None and g.numel() == self.shaken[k].numel():
                    _keep(self.shaken, k, (g - was).reshape(self.shaken[k].shape))

    def _keep_value(self, value: Tensor) -> None:
        self.value = torch.maximum(self.value, (value.double() - self.centre[0].double()).abs())


def _keep(kept: list[Tensor], k: int, change: Tensor) -> None:
    kept[k] = torch.maximum(kept[k], SAFETY * change.abs().double().nan_to_num())
