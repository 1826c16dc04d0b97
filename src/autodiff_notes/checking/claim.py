"""A claim: a function, what is said of its derivative, and where.

>>> import torch
>>> from autodiff_notes.checking.inputs import Inputs
>>> x = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
>>> claim = Claim(torch.sum, lambda x: 0 * x, Inputs.of(torch.sum, (x,)))
>>> claim.pair(0, claim.inputs)
(tensor([0., 0.], dtype=torch.float64), tensor([1., 1.], dtype=torch.float64))
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor

from autodiff_notes.checking.evidence import Evidence
from autodiff_notes.checking.inputs import Inputs
from autodiff_notes.checking.points import second_point
from autodiff_notes.checking.witnesses import real_dtype

__all__ = ["Claim"]

# The second points at which an explanation has to hold: a seed, and how far away they are.
ELSEWHERE = ((3, 0.05), (4, 0.02), (5, 1e-3))

# What is claimed of a gradient, in place of f.
SECOND = {"Hessian", "second derivative"}


@dataclass(frozen=True)
class Claim:
    """A function, what is claimed of it, and where.

    Attributes
    ----------
    f : callable
        The function.
    claimed : object
        A function of the same arguments, or numbers.
    inputs : autodiff_notes.checking.inputs.Inputs
        The point.
    noun : str
        What is claimed: ``"gradient"``, ``"Jacobian"`` and so on.
    shape : tuple of int
        The shape of what f returns, which comes first in a Jacobian.
    """

    f: Callable[..., Any]
    claimed: Any
    inputs: Inputs
    noun: str = "gradient"
    shape: tuple[int, ...] = ()

    @property
    def varies(self) -> bool:
        """Whether the claim is a function, which can be asked at another point."""
        return callable(self.claimed) and not isinstance(self.claimed, Tensor)

    @property
    def subject(self) -> str:
        """What is differentiated, to begin a sentence with."""
        return "The gradient of f" if self.noun in SECOND else "f"

    def numbers(self, there: Inputs | None = None) -> list[Tensor]:
        """Return the claims here or at another point, a tensor for each input."""
        return (there or self.inputs).claims(self.claimed, self.shape)

    def shaped(self, i: int, gradient: Tensor) -> Tensor:
        """Return a derivative by input i in the shape of a claim."""
        return gradient.reshape(self.shape + self.inputs.leaves[i].shape)

    def pair(self, i: int, there: Inputs) -> tuple[Tensor, Tensor] | None:
        """Return the claimed and the right derivative by input i at another point, if it has one."""
        if not self.varies:
            return None
        k = there.wanted.index(i)
        try:
            gradient = there.slopes(self.f)[1][k]
            claim = self.numbers(there)[k]
        except (TypeError, ValueError):  # outside the domain
            return None
        if gradient is None or not (gradient.isfinite().all() and claim.isfinite().all()):
            return None
        return claim, self.shaped(i, gradient).to(claim.dtype)

    def rerun(self, i: int, there: Inputs, name: str, x: Tensor) -> tuple[Tensor, Tensor] | None:
        """Return the same with x in the place of an array."""
        return self.pair(i, there.with_leaves({there.names.index(name): x}))

    def elsewhere(self, i: int) -> Iterator[Evidence]:
        """Yield the evidence on input i at a second point or two, as far away as the domain lets."""
        for seed, size in ELSEWHERE:
            there = second_point(self.inputs, size, torch.Generator().manual_seed(seed))
            pair = self.pair(i, there)
            if pair is None:
                continue
            claim, gradient = pair
            value, gradients = there.slopes(self.f)
            yield Evidence(
                input=self.inputs.names[i],
                claim=claim,
                gradient=gradient,
                inputs=there.floating,
                gradients={
                    self.inputs.names[j]: self.shaped(j, g).to(claim.dtype)
                    for j, g in zip(self.inputs.wanted, gradients, strict=True)
                    if g is not None
                },
                value=value.item() if len(value) == 1 else 0.0,
                dtype=max(real_dtype(claim), value.dtype, key=lambda d: torch.finfo(d).eps),
                rerun=partial(self.rerun, i, there),
            )
