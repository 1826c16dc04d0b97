"""One wrong gradient, and what counts as evidence for an explanation.

An explanation says what the claim would be if one particular mistake had been made.
It is believed only if it leaves less than a millionth of the error, in several entries:
a random error in one entry could be explained by anything.

>>> import torch
>>> G = torch.tensor([[1.0, 2.0], [3.5, 4.0]], dtype=torch.float64)
>>> case = Case("X", claim=G.mT, gradient=G)
>>> case.is_explained_by(G.mT), case.is_explained_by(2 * G)
(True, False)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import torch
from torch import Tensor

from autodiff_notes.factors import Factor, recognise

__all__ = ["AGREEMENT", "Case"]

# An error is explained if this much of it, or less, is left.
AGREEMENT = {torch.float64: 1e-6, torch.float32: 1e-4}
"""The part of the error that an explanation may leave, for each real type."""

# With a single entry there is only its last digits to go by.
SINGLE_ENTRY_AGREEMENT = {torch.float64: 1e-9, torch.float32: 0.0}
# An entry counts as evidence if its error is not much smaller than the largest.
EVIDENT = 1e-2


@dataclass(frozen=True)
class Case:
    """A claimed gradient for one input, and what is known about it.

    Attributes
    ----------
    input : str
        The name of the input.
    claim : torch.Tensor
        The claimed gradient, finite.
    gradient : torch.Tensor
        The right one, on which the witnesses agree.
    inputs : dict
        All inputs of f by name, constants too.
    gradients : dict
        The right gradients for all inputs that require one.
    value : float
        The value of f.
    dtype : torch.dtype
        The coarsest real type in the computation, which sets how many digits can be believed.
    rerun : callable, optional
        ``rerun(name, x)`` puts x in the place of an input, and returns the claimed and the right
        gradient there, or None where that cannot be done.
    """

    input: str
    claim: Tensor
    gradient: Tensor
    inputs: Mapping[str, Tensor] = field(default_factory=dict)
    gradients: Mapping[str, Tensor] = field(default_factory=dict)
    value: float = 0.0
    dtype: torch.dtype = torch.float64
    rerun: Callable[[str, Tensor], tuple[Tensor, Tensor] | None] = lambda _name, _x: None

    @property
    def same_shape(self) -> bool:
        """Whether the claim has the shape of the right answer."""
        return self.claim.shape == self.gradient.shape

    @cached_property
    def error(self) -> Tensor:
        """The error to be explained, or the claim itself if its shape is wrong."""
        return self.claim - self.gradient if self.same_shape else self.claim

    @cached_property
    def size(self) -> float:
        """The largest absolute entry of the error."""
        return self.error.abs().max().item()

    @cached_property
    def evident(self) -> int:
        """How many entries are evidence."""
        return int((self.error.abs() > EVIDENT * self.size).sum())

    def is_explained_by(self, guess: Tensor, fitted: int = 0) -> bool:
        """Whether the claim is this, as far as its entries can tell.

        A number that was fitted uses up the evidence of an entry.
        """
        if guess.shape != self.claim.shape:
            return False
        single = self.claim.numel() == 1
        if self.evident < (1 if single else 2) + fitted:
            return False
        agreement = (SINGLE_ENTRY_AGREEMENT if single else AGREEMENT)[self.dtype]
        return (self.claim - guess).abs().max().item() <= agreement * self.size

    def factor(
        self, part: Tensor, inputs: Mapping[str, Tensor], value: float = 0.0, *, of_error: bool
    ) -> Factor | None:
        """Return k such that the claim, or else its error, is k times a part of it.

        The names of the inputs, and f for its value, may stand in the factor.
        Without such a name the factor is a fitted number, which takes more evidence.
        """
        whole, rest = (self.error, self.gradient) if of_error else (self.claim, 0.0)
        if whole.shape != part.shape or not part.any() or not whole.any():
            return None
        ratio = torch.vdot(part.flatten(), whole.flatten()) / part.abs().square().sum()
        k = ratio.real.item()
        if not self.is_explained_by(rest + k * part):
            return None
        known = recognise(k, inputs, value, tolerance=AGREEMENT[self.dtype])
        if known and self.is_explained_by(rest + known.value * part):
            return known
        return Factor(f"{k:.6g}", k) if self.is_explained_by(rest + k * part, fitted=1) else None
