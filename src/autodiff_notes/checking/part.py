"""The claim for one input, and what the witnesses say of it."""

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from autodiff_notes.checking.quotients import Neighbourhood
from autodiff_notes.checking.report import Comparison, Finding
from autodiff_notes.checking.witnesses import Judgement, Witness

__all__ = ["Part"]

# An error beyond this part of the largest entry is not looked at again.
EXCUSABLE = 1e-2


@dataclass(frozen=True)
class Part:
    """The claim for one input, and what the witnesses say of it."""

    position: int
    input: str
    claim: Tensor
    around: Neighbourhood
    off_axes: Neighbourhood | None
    autograd: Witness | None
    differences: Witness
    noise: Tensor
    rounding: Tensor | None
    doubt: Tensor
    ignored: bool
    shape: tuple[int, ...]

    @cached_property
    def judgements(self) -> dict[str, Judgement]:
        """The claim against each witness, by its name."""
        found = {}
        if self.autograd is not None:
            found[self.autograd.name] = self.autograd.judge(self.claim, self.noise, self.doubt)
        found[self.differences.name] = self.differences.judge(self.claim)
        return found

    @cached_property
    def witnesses(self) -> Judgement | None:
        """Autograd against central differences, unless there is no autograd."""
        if self.autograd is None:
            return None
        noise = self.differences.noise
        if self.differences.rays is None:
            noise = noise + self.autograd.noise
        return self.differences.judge(self.autograd.gradient, noise)

    @property
    def agree(self) -> bool:
        """Whether the witnesses agree."""
        return self.witnesses is None or self.witnesses.holds

    @property
    def right(self) -> Witness:
        """The witness with the most digits."""
        return self.autograd or self.differences

    @property
    def holds(self) -> bool:
        """Whether the claim differs from no witness."""
        return all(j.holds for j in self.judgements.values())

    @property
    def comparisons(self) -> list[Comparison]:
        """The judgements in numbers."""
        return [
            Comparison(self.input, name, j.absolute, j.relative, j.holds, _amount(j.resolved))
            for name, j in self.judgements.items()
        ]

    @property
    def finding(self) -> Finding:
        """The tensors."""
        entries = [w for w in (self.autograd, self.differences) if w is not None and w.rays is None]
        differs = torch.zeros_like(self.claim, dtype=torch.bool)
        told = torch.zeros_like(differs)
        if entries and self.claim.shape == entries[0].gradient.shape:
            for w in entries:
                differs |= self.judgements[w.name].differs
                told |= self.judgements[w.name].resolved
            # What autograd doubts is not told by a difference quotient of zero.
            for w in entries:
                told &= ~self.judgements[w.name].doubted
        elif not entries:  # slopes along random directions: they tell of all entries, or of none
            told |= self.judgements[self.differences.name].resolved.all()
        else:
            told |= True
        return Finding(
            self.input,
            self.claim,
            {w.name: w.gradient for w in entries},
            differs,
            ~(told | differs),
            {w.name: self.judgements[w.name].resolved for w in entries},
        )

    @property
    def fits(self) -> bool:
        """Whether the claim has the shape of what is claimed."""
        return self.claim.shape == self.shape + self.around.x.shape

    @property
    def excusable(self) -> bool:
        """Whether entries are refused by so little that more neighbours may excuse them."""
        if self.autograd is None or not self.fits:
            return False
        found = self.judgements[self.autograd.name]
        errors = found.errors[found.differs]
        allowed = max(EXCUSABLE * self.autograd.largest, self.autograd.floor)
        return bool(errors.numel() and (errors <= allowed).all())


def _amount(resolved: Tensor) -> str:
    return "all" if resolved.all() else "some" if resolved.any() else "none"
