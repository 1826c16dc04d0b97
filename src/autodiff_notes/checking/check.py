"""One check of a claim: the witnesses are called, what rounds is measured, the report is written.

>>> import torch
>>> from autodiff_notes.checking.inputs import Inputs
>>> x = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
>>> claim = Claim(torch.sum, torch.ones(2), Inputs.of(torch.sum, (x,)))
>>> Check(claim, Settings()).report().outcome
'holds'
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import isfinite

import torch
from torch import Tensor

from autodiff_notes.checking import notes
from autodiff_notes.checking.claim import Claim
from autodiff_notes.checking.explanation import explained
from autodiff_notes.checking.kinks import first_kink
from autodiff_notes.checking.part import Part
from autodiff_notes.checking.points import second_point
from autodiff_notes.checking.progress import progress
from autodiff_notes.checking.quotients import Neighbourhood, rays, size_of
from autodiff_notes.checking.report import Diagnosis, Finding, GradientReport
from autodiff_notes.checking.rounding import Rounding
from autodiff_notes.checking.witnesses import (
    TOLERANCES,
    Tolerance,
    Witness,
    finite,
    gradient_of,
    matrix_of,
    noise_of,
    real_dtype,
)
from autodiff_notes.evaluation.differences import coordinates
from autodiff_notes.messages import type_of

__all__ = ["Check", "Settings"]

# Up to so many entries in all, each has a difference quotient of its own.
ENTRIES = 2048
# Beyond, two random directions are taken in each input, and one beyond this number, unless the
# caller says how many.
DIRECTIONS, MANY = 2, 50_000
# So many neighbours show the rounding; more where a claim is refused by little.
NEIGHBOURS, MORE = 3, 8
# Off the axes, f is looked at along this many random directions for a kink.
OFF_AXES = 4
# Two calls of f may differ by so many roundings: sums on a GPU have no fixed order.
REPEATED = 64
# A noise of this many times the tolerance, of the largest entry, is zero as far as anyone cares.
FLOOR = 10
# Autograd may be off by so many times its tolerance in what f rounds away.
LOST = 1e3
# A computed number carries a few roundings.
ROUNDINGS = 16
# A rounding of the claim beyond this many roundings of its natural size is no excuse.
NATURAL = 1e4


@dataclass(frozen=True)
class Settings:
    """What the caller may set.

    Attributes
    ----------
    tolerance : autodiff_notes.checking.witnesses.Tolerance, optional
        The relative errors to forgive.
    step : float, optional
        The step of the difference quotient.
    directions : int, optional
        The number of random directions.
    """

    tolerance: Tolerance | None = None
    step: float | None = None
    directions: int | None = None

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        if not isinstance(self.tolerance, Tolerance | None):
            raise TypeError(
                f"tolerance is {type_of(self.tolerance)}; expected "
                "Tolerance(autograd=..., differences=...), of relative errors"
            )
        if self.step is not None and not (isfinite(self.step) and self.step > 0):
            raise ValueError(f"step is {self.step}; expected a positive number")
        if self.directions is not None and self.directions < 1:
            raise ValueError(f"directions is {self.directions}; expected 1 or more")


@dataclass(frozen=True)
class Check:
    """One check of a claim.

    Attributes
    ----------
    claim : autodiff_notes.checking.claim.Claim
        What is checked.
    settings : Settings
        What the caller may set.
    """

    claim: Claim
    settings: Settings

    def report(self) -> GradientReport:
        """Compare input by input, and explain what differs."""
        with torch.inference_mode(False):
            try:
                return self._report()
            finally:
                self.claim.inputs.state.restore()

    def _report(self) -> GradientReport:
        claim, inputs = self.claim, self.claim.inputs
        first = inputs.value(claim.f)
        value, gradients = inputs.slopes(claim.f)
        changed = inputs.state.changed
        if not value.isfinite().all():
            said = value.item() if len(value) == 1 else "not finite"
            raise ValueError(
                f"f is {said} for {inputs}; expected a finite value: "
                "is the point outside the domain of f?"
            )
        gap = self._gap(value, first)
        if gap > 0:
            return self._uncertain(gap, claim.numbers())
        # A large claim that agrees with autograd as it is needs no rounding to excuse it.
        count = 0 if self._large else NEIGHBOURS
        rounding = Rounding.measured(claim, count=count, centre=(first, gradients))
        parts = self._parts(rounding)
        if not (parts and all(part.holds for part in parts) and self._large):
            again = claim.numbers()
            if not all(_identical(*pair) for pair in zip(rounding.numbers, again, strict=True)):
                return self._uncertain(None, again)
        if self._large and not all(part.holds for part in parts):
            rounding.look(1)
            parts = self._parts(rounding, parts)
        if any(part.excusable for part in parts):
            rounding.look(MORE)
            rounding.look(MORE, further=True)
            rounding.shake(MORE)
            parts = self._parts(rounding, parts)
        return self._concluded(value, parts, changed)

    @cached_property
    def _entries(self) -> int:
        return sum(x.numel() for _, x in self._wanted)

    @property
    def _large(self) -> bool:
        return self._entries > ENTRIES

    @property
    def _wanted(self) -> list[tuple[int, Tensor]]:
        inputs = self.claim.inputs
        return [(i, inputs.leaves[i]) for i in inputs.wanted]

    def _gap(self, value: Tensor, first: Tensor) -> float:
        """Return by how much f differs between two calls; 0 if by no more than rounding."""
        again = first
        if not torch.equal(value, first):
            again = self.claim.inputs.slopes(self.claim.f)[
                0
            ]  # f may look at whether it is recorded
            if torch.equal(value, again):
                self.claim.inputs.record()
        gap = (again.double() - value.double()).abs().max().item()
        allowed = REPEATED * torch.finfo(value.dtype).eps * value.abs().max().item()
        return gap if not gap <= allowed else 0.0

    def _allowed(self, dtype: torch.dtype) -> Tolerance:
        return self.settings.tolerance or TOLERANCES[dtype]

    def _uncertain(self, gap: float | None, numbers: list[Tensor]) -> GradientReport:
        """Return the report of functions that return something else at each call."""
        who = "claimed" if gap is None else "f"
        by = "" if gap is None else f" by {gap:.1e}"
        names = [self.claim.inputs.names[i] for i, _ in self._wanted]
        sentence = (
            f"{who} is not deterministic: at the same point two calls differ{by}. "
            "Fix its random numbers, or what it counts; the generators of torch are "
            "restored before each call, others are not."
        )
        return GradientReport(
            comparisons=(),
            deterministic=False,
            diagnoses=(Diagnosis("not deterministic", names[0], sentence),),
            findings=tuple(
                Finding(name, x, {}, mask := torch.zeros_like(x, dtype=torch.bool), ~mask)
                for name, x in zip(names, numbers, strict=True)
            ),
            noun=self.claim.noun,
        )

    def _parts(self, rounding: Rounding, known: Sequence[Part] = ()) -> list[Part]:
        """Call the witnesses for each input, and ask for the claim.

        It is asked for last, so that it takes no memory while f is called.
        """
        value, gradients = rounding.centre
        natural = self._natural(value, rounding)
        before = []
        for k, ((i, x), gradient) in enumerate(zip(self._wanted, gradients, strict=True)):
            dtype = _coarser(x, value)
            # What is rounded as f is, in units of the input.
            slope = torch.finfo(dtype).eps * natural / size_of(coordinates(x))
            autograd = self._autograd(i, gradient, rounding.gradients[k], dtype, slope)
            around = known[k].around if known else self._around(i, x, dtype, rounding)
            differences = autograd and self._differences(x, around, autograd, dtype)
            before.append((dtype, slope, autograd, around, differences))
        rounding.numbers = rounding.numbers or self.claim.numbers()
        parts = []
        for k, ((i, x), claim) in enumerate(zip(self._wanted, rounding.numbers, strict=True)):
            dtype, slope, autograd, around, differences = before[k]
            noise, doubt = torch.zeros(()), torch.zeros(())
            if autograd and rounding.count and claim.shape == autograd.gradient.shape:
                allowed = self._allowed(dtype)
                noise, doubt = _noise(claim, autograd, rounding, k, allowed, dtype, slope)
            parts.append(
                Part(
                    position=i,
                    input=self.claim.inputs.names[i],
                    claim=claim,
                    around=around,
                    off_axes=known[k].off_axes if known else self._off_axes(i, x, dtype, rounding),
                    autograd=autograd,
                    differences=differences or self._differences(x, around, None, dtype, claim),
                    noise=noise,
                    rounding=rounding.differences[k] if rounding.differences else None,
                    doubt=doubt,
                    ignored=gradients[k] is None and autograd is not None,
                    shape=self.claim.shape,
                )
            )
        return parts

    def _natural(self, value: Tensor, rounding: Rounding) -> float:
        """Return the size of the numbers in f.

        It is its value, how much it changes over a twentieth of the point, or the size of numbers that
        are rounded as f is, where these cancel.
        """
        eps = torch.finfo(value.dtype).eps
        size = max(value.abs().max().item(), rounding.value.max().item() / eps)
        if not rounding.count:
            return size
        there = second_point(self.claim.inputs, 0.05, torch.Generator().manual_seed(2))
        try:
            change = (there.value(self.claim.f).double() - value.double()).abs().max().item()
        except (TypeError, ValueError):
            return size
        return max(size, change) if isfinite(change) else size

    def _autograd(
        self, i: int, gradient: Tensor | None, noise: Tensor, dtype: torch.dtype, natural: float
    ) -> Witness | None:
        """Return the engine's own gradient, zero where there is no path."""
        engine, x = self.claim.inputs.engine, self.claim.inputs.leaves[i]
        allowed = self._allowed(dtype)
        if gradient is None and engine.name != "torch":
            return None
        found = (
            x.new_zeros(self.claim.shape + x.shape)
            if gradient is None
            else self.claim.shaped(i, gradient)
        )
        if noise.shape != found.shape:
            noise = noise.new_zeros(()).expand(found.shape)
        witness = Witness(engine.witness, found, noise, allowed.autograd)
        floor = max(FLOOR * allowed.autograd * witness.largest, NATURAL * natural)
        return replace(witness, floor=floor)

    def _around(self, i: int, x: Tensor, dtype: torch.dtype, rounding: Rounding) -> Neighbourhood:
        """Return f around an input: along every entry, or along random directions."""
        few = 1 if self._entries > MANY else DIRECTIONS
        count = self.settings.directions or (few if self._large else None)
        axes = None
        if count is not None and count < coordinates(x).numel():
            axes = rays(x, count, torch.Generator().manual_seed(i))
        return Neighbourhood(
            self.claim.inputs.along(i, self.claim.f),
            x,
            dtype,
            centre=rounding.centre[0],
            rounding=4 * rounding.value.cpu(),
            step=self.settings.step,
            axes=axes,
            progress=progress(self.claim.inputs.names[i]),
        )

    def _off_axes(
        self, i: int, x: Tensor, dtype: torch.dtype, rounding: Rounding
    ) -> Neighbourhood | None:
        """Return f around an input of several entries along a few directions, to look for kinks."""
        if self._large or coordinates(x).numel() == 1:
            return None
        return Neighbourhood(
            self.claim.inputs.along(i, self.claim.f),
            x,
            dtype,
            centre=rounding.centre[0],
            rounding=4 * rounding.value.cpu(),
            axes=rays(x, OFF_AXES, torch.Generator().manual_seed(i + 1)),
        )

    def _differences(
        self,
        x: Tensor,
        around: Neighbourhood,
        autograd: Witness | None,
        dtype: torch.dtype,
        claim: Tensor | None = None,
    ) -> Witness:
        """Return the central differences, which are led by autograd or else by the claim."""
        shape, allowed = self.claim.shape, self._allowed(dtype)
        expected = None
        said = autograd.gradient if autograd else claim
        if said is not None and said.shape == shape + x.shape and finite(said):
            expected = matrix_of(said, len(around.rounding))
            if around.axes is not None:
                expected = torch.stack([ray.double().cpu() @ expected for ray in around.axes])
        found = around.quotients(expected, allowed.differences)
        if around.axes is not None:
            gradient, noise = (m.reshape((-1, *shape)) for m in (found.slopes, found.errors))
        else:
            gradient, noise = gradient_of(found.slopes, x, shape), noise_of(found.errors, x, shape)
        largest = gradient.nan_to_num().abs().max().item()
        if autograd is not None and autograd.finite:
            largest = max(largest, autograd.largest)
        floor = FLOOR * allowed.autograd * largest
        name = "central differences"
        return Witness(
            name, gradient, noise, allowed.differences, floor, around.axes, alone=autograd is None
        )

    def _kink(self, part: Part) -> Diagnosis | None:
        places = (part.around, part.off_axes)
        found = (first_kink(part.input, p, outputs=self.claim.shape) for p in places if p)
        return next(filter(None, found), None)

    def _concluded(self, value: Tensor, parts: list[Part], changed: list[str]) -> GradientReport:
        """Return the report on the parts."""
        kinks = [self._kink(part) for part in parts]
        reasons = [
            kink or explained(self.claim, value, part, parts)
            for part, kink in zip(parts, kinks, strict=True)
        ]
        told = [
            note
            for part, reason in zip(parts, reasons, strict=True)
            for note in notes.of_part(part, self.claim, explained=reason is not None)
        ]
        quiet = [
            part
            for part, kink in zip(parts, kinks, strict=True)
            if part.agree and part.fits and not (kink or part.ignored)
        ]
        told += notes.of_resolution(quiet)
        if changed:
            told.append(
                f"f changes the buffer{'s' * (len(changed) > 1)} {', '.join(dict.fromkeys(changed))}. "
                "It is called many times, and they are restored before each call."
            )
        return GradientReport(
            comparisons=tuple(c for part in parts for c in part.comparisons),
            witnesses_agree=all(part.agree for part in parts),
            precise=not any(d and d.name == "coarse numbers" for d in reasons),
            notes=tuple(told),
            smooth=not any(kinks),
            diagnoses=tuple(d for d in reasons if d),
            findings=tuple(part.finding for part in parts),
            noun=self.claim.noun,
        )


def _noise(  # noqa: PLR0913, PLR0917 - what a comparison needs
    claim: Tensor,
    autograd: Witness,
    rounding: Rounding,
    k: int,
    allowed: Tolerance,
    dtype: torch.dtype,
    natural: float,
) -> tuple[Tensor, Tensor]:
    """Return the rounding of the claim beside autograd, and what is not known of it."""
    said, claimed = autograd.gradient.abs().double(), claim.abs().double()
    largest = autograd.largest
    last = ROUNDINGS * torch.finfo(dtype).eps * largest
    # One says zero and the other the last digit of the largest entry, or of f.
    doubt = torch.where(torch.minimum(said, claimed) == 0, last, 0.0)
    doubt = torch.maximum(doubt, torch.where(said == 0, ROUNDINGS * natural, 0.0))
    # Autograd has lost digits that it would have needed to tell.
    if rounding.shaken is not None:
        doubt = torch.maximum(doubt, rounding.shaken[k])
    lost = (LOST * allowed.autograd * said).clamp(max=ROUNDINGS * natural)
    doubt = torch.maximum(doubt, lost)
    if rounding.differences is None:  # the rounding of numbers cannot be measured
        return autograd.noise, doubt.clamp(min=last)
    at_most = max(allowed.differences * largest, NATURAL * natural)
    return rounding.differences[k].clamp(max=at_most), doubt


def _coarser(*parts: Tensor) -> torch.dtype:
    return max(map(real_dtype, parts), key=lambda d: torch.finfo(d).eps)


def _identical(x: Tensor, y: Tensor) -> bool:
    """Whether two claims differ by no more than the order of a sum."""
    if x.shape != y.shape:
        return False
    gap, size = (x - y).abs().nan_to_num(), x.abs().nan_to_num()
    return bool(gap.max() <= REPEATED * torch.finfo(real_dtype(x)).eps * size.max())
