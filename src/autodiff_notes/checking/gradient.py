"""A claimed gradient, held against two witnesses.

The first witness is reverse-mode autograd. The second is the central difference, which knows no
rule of differentiation. All three evaluate the same f: a mistake in f itself is shared by all.
What the difference quotient does not share is a mistake in a rule of differentiation.

>>> import torch
>>> x = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
>>> check_gradient(lambda x: x.dot(x), lambda x: 2 * x, x).holds
True
>>> check_gradient(lambda x: x.dot(x), lambda x: 2.002 * x, x).holds
False
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from math import atan, inf, isfinite, pi
from typing import Any

import torch
from torch import Tensor

from autodiff_notes.checking.evidence import Evidence
from autodiff_notes.checking.inputs import Inputs, leaves
from autodiff_notes.checking.kinks import Disagreement, explain_disagreement, first_kink
from autodiff_notes.checking.mistakes import diagnose
from autodiff_notes.checking.progress import progress
from autodiff_notes.checking.quotients import Neighbourhood, rays
from autodiff_notes.checking.report import Comparison, Diagnosis, Finding, GradientReport
from autodiff_notes.checking.rounding import Rounding, second_point
from autodiff_notes.checking.witnesses import (
    TOLERANCES,
    Judgement,
    Tolerance,
    Witness,
    gradient_of,
    matrix_of,
    noise_of,
    real_dtype,
)
from autodiff_notes.evaluation.differences import coordinates, from_coordinates

__all__ = ["TOLERANCES", "Comparison", "GradientReport", "Tolerance", "check_gradient"]


def check_gradient(  # noqa: PLR0913 - keywords, each with a default
    f: Callable[..., Any],
    claimed: Any,
    *inputs: Any,
    order: int = 1,
    wrt: str | int | Sequence[str | int] | None = None,
    step: float | None = None,
    directions: int | None = None,
    tolerance: Tolerance | None = None,
    **keywords: Any,
) -> GradientReport:
    """Hold a claimed gradient of f against autograd and central differences.

    Both functions receive copies, and are called many times.
    The arrays of the caller, their ``.grad``, random states and buffers stay as they are.

    Parameters
    ----------
    f : callable
        Takes the inputs and the keywords, and returns one real number.
    claimed : callable or torch.Tensor or float or sequence or dict
        The gradient, or a function of the same arguments that returns it:
        one tensor for each input that is differentiated, in the shape of that input, in a list or in
        the structure of the inputs. It may call ``.backward()`` and return nothing.
        For an input with a single element a plain number will do.
        For a complex input z = a + ib it is df/da + i df/db, the convention of torch.
    *inputs : object
        The point. Tensors that require a gradient, in float64 (or float32, or their complex kin), are
        differentiated, on whatever device they are; also those in lists and dictionaries, and the
        parameters of a ``torch.nn.Module``, of which f receives a copy.
        Everything else is a constant. Without a tensor, the floating-point arrays of JAX or NumPy are
        differentiated, or else the floats.
    order : int
        1, or 2 to hold the gradient of the gradient too: ``claimed`` is then differentiated by
        autograd, along a random vector.
    wrt : str or int or sequence of str or int, optional
        The names or positions of the arguments to differentiate.
    step : float, optional
        The step of the difference quotient, in the units of the inputs. By default it follows the
        size of each entry, and adapts.
    directions : int, optional
        Take differences along so many random directions in each input. By default every entry has its
        own up to 2048 entries in all, and there are two directions beyond, one above 50,000.
    tolerance : autodiff_notes.checking.witnesses.Tolerance, optional
        The relative errors to forgive; by default :data:`~autodiff_notes.checking.witnesses.TOLERANCES` for the coarser type of
        the input and the result.
    **keywords : object
        Passed to f and to claimed.

    Returns
    -------
    autodiff_notes.checking.report.GradientReport
        True if the claim holds. Its ``outcome`` is ``"holds"``, ``"does not hold"`` or ``"not checked"``.
        A claim of the wrong shape, or one that is not finite, is refused with a note.
        Nothing is confirmed where the two witnesses disagree, f has a kink or is not deterministic.
        A wrong claim gets a diagnosis if it has a form that :mod:`autodiff_notes.checking.mistakes` knows.

    Raises
    ------
    TypeError
        If an input is of a type that cannot be differentiated,
        or the tolerance is no :class:`~autodiff_notes.checking.witnesses.Tolerance`.
    ValueError
        If there is nothing to differentiate, an input or the value of f is not finite,
        f does not return a single number, the number of claimed gradients is wrong,
        or f or claimed raises or changes an input in place.

    Examples
    --------
    >>> x = torch.tensor([3.0, 4.0], dtype=torch.float64, requires_grad=True)
    >>> report = check_gradient(torch.linalg.vector_norm, lambda x: x / x.norm(), x)
    >>> report.holds
    True
    >>> report = check_gradient(torch.linalg.vector_norm, lambda x: x, x)
    >>> report.diagnoses[0].sentence
    'The claimed gradient for input 0 is f times the right one, and f = 5 here.'
    >>> report = check_gradient(lambda x: x.abs().sum(), lambda x: x.sign(), 0 * x)
    >>> report.holds, report.diagnoses[0].sentence
    (False, 'f has a kink at this point: its slope along x[0] is -1 on one side
    and 1 on the other.')
    """
    if order not in (1, 2):
        raise ValueError(f"order is {order}; expected 1 or 2")
    settings = Settings(tolerance, step, directions)
    place = prepared(f, claimed, inputs, keywords, wrt)
    report = Check(f, claimed, place, settings).report()
    if order == 1 or not report.holds:
        return report
    return joined(report, second_order(f, claimed, place, settings))


@dataclass(frozen=True)
class Settings:
    """What the caller may set.

    Attributes
    ----------
    tolerance : Tolerance, optional
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
                f"tolerance is a {type(self.tolerance).__name__}; expected "
                "Tolerance(autograd=..., differences=...), of relative errors"
            )
        if self.step is not None and not (isfinite(self.step) and self.step > 0):
            raise ValueError(f"step is {self.step}; expected a positive number")
        if self.directions is not None and self.directions < 1:
            raise ValueError(f"directions is {self.directions}; expected 1 or more")


def prepared(  # noqa: PLR0913 - what a check is called with
    f: Callable[..., Any],
    claimed: object,
    inputs: tuple[Any, ...],
    keywords: dict[str, Any],
    wrt: str | int | Sequence[str | int] | None = None,
    *,
    several: bool = False,
) -> Inputs:
    """Return copies of the inputs, once f has been found to be a function."""
    if not callable(f):
        raise TypeError(f"f is a {type(f).__name__}; expected the function, not its value")
    chosen = [wrt] if isinstance(wrt, str | int) else wrt
    with torch.inference_mode(False):
        return Inputs.of(f, inputs, keywords, chosen, claimed, several=several)


def second_order(
    f: Callable[..., Any], claimed: Callable[..., Any], inputs: Inputs, settings: Settings
) -> GradientReport:
    """Hold the gradient of a claimed gradient, along a random vector, against that of autograd."""
    if inputs.engine.name != "torch" or not callable(claimed):
        raise ValueError("order 2 needs tensors of torch, and a claim that is a function of them")
    generator = torch.Generator().manual_seed(1)
    vectors = [rays(inputs.leaves[i], 1, generator)[0] for i in inputs.wanted]
    along = [
        from_coordinates(v[None], inputs.leaves[i])[0]
        for v, i in zip(vectors, inputs.wanted, strict=True)
    ]

    def slope(gradients: Sequence[Tensor]) -> Tensor:
        return sum(
            (inner(v.to(g.device), g) for v, g in zip(along, gradients, strict=True)),
            torch.zeros(()),
        )

    def tensors(args: Any, keywords: Any) -> list[Tensor]:
        return [
            x for _, x in leaves((args, keywords), "") if isinstance(x, Tensor) and x.requires_grad
        ]

    def gradient(*args: Any, **keywords: Any) -> Tensor:
        xs = tensors(args, keywords)
        return slope(
            torch.autograd.grad(
                f(*args, **keywords).reshape(()),
                xs,
                create_graph=True,
                materialize_grads=True,
                allow_unused=True,
            )
        )

    def claimed_again(*args: Any, **keywords: Any) -> Any:
        xs = tensors(args, keywords)
        parts = inputs.matched(claimed(*args, **keywords))
        total = slope([torch.as_tensor(part) for part in parts])
        if not total.requires_grad:
            return [torch.zeros_like(x) for x in xs]
        return torch.autograd.grad(total, xs, materialize_grads=True, allow_unused=True)

    found = Check(gradient, claimed_again, inputs, settings, noun="second derivative").report()
    return replace(
        found,
        comparisons=tuple(replace(c, input=f"{c.input}, order 2") for c in found.comparisons),
        findings=tuple(replace(p, input=f"{p.input}, order 2") for p in found.findings),
    )


def joined(first: GradientReport, second: GradientReport) -> GradientReport:
    """Return two reports as one, of which the second decides if the first holds."""
    return replace(
        second,
        comparisons=first.comparisons + second.comparisons,
        notes=tuple(dict.fromkeys(first.notes + second.notes)),
        diagnoses=first.diagnoses + second.diagnoses,
        findings=first.findings + second.findings,
        noun=first.noun,
    )


def inner(v: Any, y: Any) -> Any:
    """Return the real inner product of two arrays of any library."""
    product = (v.conj() * y).sum()
    return product.real if hasattr(product, "real") else product


LOOK_FOR = (
    " Look for a kink or a jump near this point, or a part of f that is cut off from its inputs "
    "(.item(), .detach(), torch.no_grad(), a conversion to NumPy)."
)

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
# An error beyond this part of the largest entry is not looked at again.
EXCUSABLE = 1e-2
# Autograd may be off by so many times its tolerance in what f rounds away.
LOST = 1e3
# A computed number carries a few roundings.
ROUNDINGS = 16
# A rounding of the claim beyond this many roundings of its natural size is no excuse.
NATURAL = 1e4


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


def _amount(resolved: Tensor) -> str:
    """Return how much of a mask is true."""
    return "all" if resolved.all() else "some" if resolved.any() else "none"


@dataclass(frozen=True)
class Check:
    """One check of a claim.

    Attributes
    ----------
    f : callable
        The function.
    claimed : object
        The claim.
    inputs : Inputs
        The point.
    settings : Settings
        What the caller may set.
    noun : str
        What is claimed.
    shape : tuple of int
        The shape of what f returns, which comes first in a Jacobian.
    """

    f: Callable[..., Any]
    claimed: Any
    inputs: Inputs
    settings: Settings
    noun: str = "gradient"
    shape: tuple[int, ...] = ()

    def report(self) -> GradientReport:
        """Compare input by input, and explain what differs."""
        with torch.inference_mode(False):
            try:
                return self._report()
            finally:
                self.inputs.state.restore()

    def _report(self) -> GradientReport:
        inputs = self.inputs
        value, gradients = inputs.slopes(self.f)
        changed = inputs.state.changed
        if not value.isfinite().all():
            said = value.item() if len(value) == 1 else "not finite"
            raise ValueError(
                f"f is {said} for {inputs}; expected a finite value: "
                "is the point outside the domain of f?"
            )
        gap = self._repeated(value)
        claims = inputs.claims(self.claimed, self.shape)
        if gap > 0:
            return self._uncertain(gap, claims)
        # A large claim is called once more anyway, at a neighbour.
        claimed_again = (
            inputs.claims(self.claimed, self.shape) if self._entries <= ENTRIES else claims
        )
        if not all(_identical(*pair) for pair in zip(claims, claimed_again, strict=True)):
            return self._uncertain(None, claims)
        count = NEIGHBOURS if self._entries <= ENTRIES else 1
        rounding = Rounding.measured(
            self.f,
            self.claimed,
            inputs,
            count=count,
            shape=self.shape,
            centre=(value, gradients, claims),
        )
        parts = self._parts(value, gradients, claims, rounding)
        if any(_excusable(part) for part in parts):
            rounding.look(MORE)
            rounding.look(MORE, further=True)
            rounding.shake(MORE)
            parts = self._parts(value, gradients, claims, rounding, [p.around for p in parts])
        return self._concluded(value, parts, changed)

    @cached_property
    def _entries(self) -> int:
        return sum(self.inputs.leaves[i].numel() for i in self.inputs.wanted)

    def _repeated(self, value: Tensor) -> float:
        """Return by how much f differs between two calls, 0 if by no more than rounding."""
        again = self.inputs.value(self.f)
        if not torch.equal(value, again):
            again = self.inputs.slopes(self.f)[0]  # f may look at whether it is recorded
            if torch.equal(value, again):
                self.inputs.record()
        gap = (again.double() - value.double()).abs().max().item()
        allowed = REPEATED * torch.finfo(value.dtype).eps * value.abs().max().item()
        return gap if not gap <= allowed else 0.0

    def _uncertain(self, gap: float | None, claims: list[Tensor]) -> GradientReport:
        """Return the report of functions that return something else at each call."""
        who = "claimed" if gap is None else "f"
        by = "" if gap is None else f" differ by {gap:.1e}"
        names = [self.inputs.names[i] for i in self.inputs.wanted]
        sentence = (
            f"{who} is not deterministic: two calls at the same point"
            f"{by or ' differ'}. Fix its random numbers, or what it counts; the generators of torch are "
            "restored before each call, others are not."
        )
        return GradientReport(
            comparisons=(),
            deterministic=False,
            diagnoses=(Diagnosis("not deterministic", names[0], sentence),),
            findings=tuple(
                Finding(
                    n,
                    c,
                    {},
                    torch.zeros_like(c, dtype=torch.bool),
                    torch.ones_like(c, dtype=torch.bool),
                )
                for n, c in zip(names, claims, strict=True)
            ),
            noun=self.noun,
        )

    def _parts(
        self,
        value: Tensor,
        gradients: list[Tensor | None],
        claims: list[Tensor],
        rounding: Rounding,
        known: list[Neighbourhood] | None = None,
    ) -> list[Part]:
        """Call the witnesses for each input."""
        natural = self._natural(value, rounding)
        parts = []
        for k, (i, claim, gradient) in enumerate(
            zip(self.inputs.wanted, claims, gradients, strict=True)
        ):
            x = self.inputs.leaves[i]
            coarser = max(real_dtype(x), value.dtype, key=lambda d: torch.finfo(d).eps)
            allowed = self.settings.tolerance or TOLERANCES[coarser]
            autograd = self._autograd(x, gradient, rounding.gradients[k], allowed, natural)
            around = known[k] if known else self._around(i, x, coarser, rounding)
            differences = self._differences(x, around, autograd, claim, allowed)
            noise, doubt = self._noise(claim, autograd, rounding, k, allowed, natural, coarser)
            off_axes = self._off_axes(i, x, coarser, rounding)
            parts.append(
                Part(
                    i,
                    self.inputs.names[i],
                    claim,
                    around,
                    off_axes,
                    autograd,
                    differences,
                    noise,
                    None if rounding.differences is None else rounding.differences[k],
                    doubt,
                    gradient is None and autograd is not None,
                    self.shape,
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
        try:
            there = second_point(self.inputs, 0.05, torch.Generator().manual_seed(2)).value(self.f)
        except (TypeError, ValueError):
            return size
        change = (there.double() - value.double()).abs().max().item()
        return max(size, change) if isfinite(change) else size

    def _autograd(
        self, x: Tensor, gradient: Tensor | None, noise: Tensor, allowed: Tolerance, natural: float
    ) -> Witness | None:
        """Return what the engine's own gradient says, zero where there is no path."""
        engine = self.inputs.engine
        if gradient is None and engine.name != "torch":
            return None
        found = torch.zeros(self.shape + x.shape, dtype=x.dtype, device=x.device)
        if gradient is not None:
            found = gradient.reshape(self.shape + x.shape)
        if noise.shape != found.shape:
            noise = torch.zeros_like(found.abs(), dtype=torch.float64)
        floor = FLOOR * allowed.autograd * found.abs().max().item()
        eps = torch.finfo(real_dtype(x)).eps
        floor = max(floor, NATURAL * eps * natural / _rms(x))
        return Witness(engine.witness, found, noise, allowed.autograd, floor)

    def _noise(  # noqa: PLR0913, PLR0917 - what a comparison needs
        self,
        claim: Tensor,
        autograd: Witness | None,
        rounding: Rounding,
        k: int,
        allowed: Tolerance,
        natural: float,
        dtype: torch.dtype,
    ) -> tuple[Tensor, Tensor]:
        """Return the rounding of the claim beside autograd, and what is not known of it."""
        if autograd is None or claim.shape != autograd.gradient.shape:
            return torch.zeros(()), torch.zeros(())
        eps = torch.finfo(dtype).eps
        said, claimed = autograd.gradient.abs().double(), claim.abs().double()
        largest = said.max().item()
        rounded = ROUNDINGS * eps * natural / _rms(self._leaf(k))
        # One says zero and the other the last digit of the largest entry, or of f.
        doubt = torch.where(torch.minimum(said, claimed) == 0, ROUNDINGS * eps * largest, 0.0)
        doubt = torch.maximum(doubt, torch.where(said == 0, rounded, 0.0))
        # Autograd has lost digits that it would have needed to tell.
        if rounding.shaken is not None:
            doubt = torch.maximum(doubt, rounding.shaken[k])
        doubt = torch.maximum(doubt, (LOST * allowed.autograd * said).clamp(max=rounded))
        if rounding.differences is None:
            # The rounding of numbers cannot be measured.
            return autograd.noise, doubt.clamp(min=ROUNDINGS * eps * largest)
        at_most = max(allowed.differences * largest, NATURAL * eps * natural / _rms(self._leaf(k)))
        return torch.maximum(rounding.differences[k].clamp(max=at_most), 0 * autograd.noise), doubt

    def _leaf(self, k: int) -> Tensor:
        return self.inputs.leaves[self.inputs.wanted[k]]

    def _around(self, i: int, x: Tensor, dtype: torch.dtype, rounding: Rounding) -> Neighbourhood:
        """Return f around an input: along every entry, or along random directions."""
        few = 1 if self._entries > MANY else DIRECTIONS
        count = self.settings.directions or (few if self._entries > ENTRIES else None)
        axes = None
        if count is not None and count < coordinates(x).numel():
            axes = rays(x, count, torch.Generator().manual_seed(i))
        return Neighbourhood(
            self.inputs.along(i, self.f),
            x,
            dtype,
            rounding=4 * rounding.value.cpu(),
            step=self.settings.step,
            axes=axes,
            progress=progress(self.inputs.names[i]),
        )

    def _off_axes(
        self, i: int, x: Tensor, dtype: torch.dtype, rounding: Rounding
    ) -> Neighbourhood | None:
        """Return f around an input of several entries along a few directions, to look for kinks."""
        if coordinates(x).numel() == 1 or self._entries > ENTRIES:
            return None
        return Neighbourhood(
            self.inputs.along(i, self.f),
            x,
            dtype,
            rounding=4 * rounding.value.cpu(),
            axes=rays(x, OFF_AXES, torch.Generator().manual_seed(i + 1)),
        )

    def _differences(
        self,
        x: Tensor,
        around: Neighbourhood,
        autograd: Witness | None,
        claim: Tensor,
        allowed: Tolerance,
    ) -> Witness:
        """Return what central differences say, which are led by what they are to confirm."""
        outputs = len(around.rounding)
        expected = None
        said = claim if autograd is None else autograd.gradient
        if said.shape == self.shape + x.shape and said.isfinite().all():
            expected = matrix_of(said, outputs)
            if around.axes is not None:
                expected = torch.stack([ray.double().cpu() for ray in around.axes]) @ expected
        found = around.quotients(expected, allowed.differences)
        if around.axes is not None:
            gradient, noise = (m.reshape((-1, *self.shape)) for m in (found.slopes, found.errors))
        else:
            gradient = gradient_of(found.slopes, x, self.shape)
            noise = noise_of(found.errors, x, self.shape)
        largest = gradient.nan_to_num().abs().max().item()
        if autograd is not None:
            largest = max(largest, autograd.gradient.nan_to_num().abs().max().item())
        floor = FLOOR * allowed.autograd * largest
        name = "central differences"
        alone = autograd is None
        return Witness(name, gradient, noise, allowed.differences, floor, around.axes, alone)

    def _concluded(self, value: Tensor, parts: list[Part], changed: list[str]) -> GradientReport:
        """Return the report on the parts."""
        kinks = [
            first_kink(part.input, part.around, outputs=self.shape)
            or (
                first_kink(part.input, part.off_axes, outputs=self.shape) if part.off_axes else None
            )
            for part in parts
        ]
        explained = [
            kink or self._explained(value, part, parts)
            for part, kink in zip(parts, kinks, strict=True)
        ]
        notes = [
            note
            for part, diagnosis in zip(parts, explained, strict=True)
            for note in _notes(part, explained=diagnosis is not None)
        ]
        quiet = [
            part
            for part, kink in zip(parts, kinks, strict=True)
            if part.agree and not (kink or part.ignored)
        ]
        notes += _resolution([p for p in quiet if p.claim.shape == p.shape + p.around.x.shape])
        if changed:
            notes.append(
                f"f changes the buffer{'s' * (len(changed) > 1)} {', '.join(dict.fromkeys(changed))}. "
                "It is called many times, and they are restored before each call."
            )
        coarse = any(d is not None and d.name == "coarse numbers" for d in explained)
        return GradientReport(
            comparisons=tuple(c for part in parts for c in part.comparisons),
            witnesses_agree=all(part.agree for part in parts),
            precise=not coarse,
            notes=tuple(notes),
            smooth=not any(kinks),
            diagnoses=tuple(d for d in explained if d),
            findings=tuple(part.finding for part in parts),
            noun=self.noun,
        )

    def _explained(  # noqa: PLR0911 - one return a case
        self, value: Tensor, part: Part, parts: list[Part]
    ) -> Diagnosis | None:
        """Return what is wrong with the point or else with the claim, where it can be told."""
        right, differences = part.right, part.differences
        if not all(w.gradient.isfinite().all() for w in (right, differences)):
            return None
        if part.agree and (part.holds or not part.claim.isfinite().all()):
            return None
        if part.autograd is not None and not (part.agree and _clearly(part)):
            case = Disagreement(
                part.input, part.around, part.autograd, differences, part.claim, self.noun
            )
            found = explain_disagreement(case, agree=part.agree)
            if found or not part.agree:
                return found
        if differences.rays is not None and part.autograd is None:
            return None
        kind = part.claim.dtype
        if part.autograd is None and not bool(
            (differences.noise <= 1e-7 * differences.gradient.abs().max()).all()
        ):
            return None  # too coarse to tell a form by
        evidence = Evidence(
            input=part.input,
            claim=part.claim,
            gradient=right.gradient.to(kind),
            inputs=self.inputs.floating,
            gradients={p.input: p.right.gradient.to(kind) for p in parts if p.right.rays is None},
            value=value.item() if len(value) == 1 else 0.0,
            dtype=part.around.dtype,
            rounding=part.rounding,
            function=callable(self.claimed) and not isinstance(self.claimed, Tensor),
            rerun=partial(self._rerun, part.position),
            elsewhere=partial(self._elsewhere, part.position),
        )
        found = diagnose(evidence)
        if found and self.noun != "gradient":
            sentence = found.sentence.replace("claimed gradient", f"claimed {self.noun}")
            return replace(found, sentence=sentence)
        return found

    def _rerun(self, i: int, name: str, x: Tensor) -> tuple[Tensor, Tensor] | None:
        """Return the claimed and the right gradient for input i with x in another's place."""
        return self._rerun_at(i, self.inputs, name, x)

    def _rerun_at(
        self, i: int, there: Inputs, name: str, x: Tensor
    ) -> tuple[Tensor, Tensor] | None:
        """Return the same at another point."""
        return self._both(i, there.with_leaves({there.names.index(name): x}))

    def _both(self, i: int, there: Inputs) -> tuple[Tensor, Tensor] | None:
        """Return the claimed and the right gradient for input i at another point."""
        if not callable(self.claimed) or isinstance(self.claimed, Tensor):
            return None
        k = there.wanted.index(i)
        try:
            gradient = there.slopes(self.f)[1][k]
            claim = there.claims(self.claimed, self.shape)[k]
        except (TypeError, ValueError):  # x is outside the domain
            return None
        if gradient is None or not (gradient.isfinite().all() and claim.isfinite().all()):
            return None
        return claim, gradient.reshape(self.shape + self.inputs.leaves[i].shape).to(claim.dtype)

    def _elsewhere(self, i: int) -> Iterator[Evidence]:
        """Yield the evidence at a second point or two, as far away as the domain lets."""
        for seed, size in ((3, 0.05), (4, 0.02), (5, 1e-3)):
            there = second_point(self.inputs, size, torch.Generator().manual_seed(seed))
            pair = self._both(i, there)
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
                    self.inputs.names[j]: g.reshape(self.shape + self.inputs.leaves[j].shape).to(
                        claim.dtype
                    )
                    for j, g in zip(self.inputs.wanted, gradients, strict=True)
                    if g is not None
                },
                value=value.item() if len(value) == 1 else 0.0,
                dtype=max(real_dtype(claim), value.dtype, key=lambda d: torch.finfo(d).eps),
                rerun=partial(self._rerun_at, i, there),
            )


def _rms(x: Tensor) -> float:
    """Return the size of an input, 1 if it is zero."""
    size = x.abs().double().square().mean().sqrt().item()
    return size or 1.0


def _identical(x: Tensor, y: Tensor) -> bool:
    """Whether two claims differ by no more than the order of a sum."""
    if x.shape != y.shape:
        return False
    gap, size = (x - y).abs().nan_to_num(), x.abs().nan_to_num()
    return bool(gap.max() <= REPEATED * torch.finfo(real_dtype(x)).eps * size.max())


def _excusable(part: Part) -> bool:
    """Whether an entry is refused by so little that more neighbours may excuse it."""
    if part.autograd is None or part.claim.shape != part.autograd.gradient.shape:
        return False
    found = part.judgements[part.autograd.name]
    if not found.differs.any():
        return False
    size = part.autograd.gradient.abs().max().item()
    return bool((found.errors[found.differs] <= max(EXCUSABLE * size, part.autograd.floor)).all())


def _clearly(part: Part) -> bool:
    """Whether a claim is off by more than an engine that computes in bfloat16 could be."""
    found = part.judgements[part.autograd.name] if part.autograd else None
    return found is None or found.relative > 1e-1


def _notes(part: Part, *, explained: bool) -> Iterator[str]:
    """Say in words what the numbers leave open."""
    name, claim, right = part.input, part.claim, part.right
    differences, expected = part.differences, part.shape + part.around.x.shape
    if claim.shape != expected:
        yield (
            f"The claimed gradient for {name} has shape {tuple(claim.shape)}; "
            f"expected {tuple(expected)}, the shape of {name}."
        )
    if not claim.isfinite().all():
        yield f"The claimed gradient for {name} has entries that are NaN or infinite."
    if not right.gradient.isfinite().all() and part.autograd is not None:
        yield f"Autograd's gradient for {name} has entries that are NaN or infinite."
    elif not (differences.gradient + differences.noise).isfinite().all():
        yield (
            f"A step away in {name}, f is NaN or infinite: "
            "the point lies too close to the edge of its domain."
        )
    elif part.witnesses is not None and not part.agree:
        yield (
            f"Autograd and central differences disagree about {name}, "
            f"by up to {part.witnesses.absolute:.1e}."
        ) + ("" if explained else LOOK_FOR)
    elif part.ignored:
        yield f"f ignores {name}: autograd finds no path to it, so its gradient is zero."


def _resolution(parts: list[Part]) -> Iterator[str]:
    """Say how far the witnesses see, of the inputs of which nothing else is to be said."""
    names: list[str] = []
    hidden = total = 0
    for part in parts:
        yield from _lost(part)
        name, autograd, differences = part.input, part.autograd, part.differences
        if differences.rays is not None:
            yield _chance(part)
            continue
        if autograd is None:
            yield (
                f"Central differences are the only witness for {name}: a mistake in f itself is theirs too."
            )
            continue
        if not autograd.resolves:
            largest = autograd.gradient.abs().max().item()
            if largest and part.holds:
                yield (
                    f"The gradient for {name} is zero to rounding: autograd gives up to {largest:.1e}, "
                    "and as much changes from one number to the next."
                )
            continue
        seen = differences.judge(differences.gradient).resolved
        if not seen.all():
            names.append(name)
            hidden, total = hidden + int((~seen).sum()), total + seen.numel()
    if names:
        which = f"{hidden} of {total} entries of the gradient" if hidden < total else "the gradient"
        where = ", ".join(names[:4]) + (
            f" and {len(names) - 4} more inputs" if len(names) > 4 else ""
        )
        yield (
            f"Central differences cannot resolve {which} for {where}, which move f by less than "
            "their own rounding and truncation errors. Autograd alone decides there."
        )


def _lost(part: Part) -> Iterator[str]:
    """Say that a claim holds but for its rounding."""
    if part.autograd is None or not part.holds or not part.autograd.resolves:
        return
    found = part.judgements[part.autograd.name]
    size = part.autograd.gradient.abs()
    over = found.errors > part.autograd.tolerance * size
    # Beside much larger entries a few digits are always lost.
    if bool((over & (found.errors > part.autograd.tolerance * size.max())).any()):
        yield (
            f"The claimed gradient for {part.input} loses digits: its error of "
            f"{(found.absolute / size.max()).item():.0e} is rounding, and another at the next number."
        )


def _chance(part: Part) -> str:
    """Say what random directions may miss: the ratio of two normal numbers is below any bound at times."""
    differences = part.differences
    allowed = differences.tolerance * differences.gradient.abs() + differences.noise
    size = differences.gradient.abs().square().mean().sqrt()
    share = (allowed.max() / (1e-2 * size)).item() if size else inf
    missed = (2 / pi * atan(share)) ** len(differences.rays or [])
    witness = (
        "Autograd was compared with the claim entry by entry, and differences with both"
        if (part.autograd)
        else "Differences were taken"
    )
    return (
        f"{witness} along {_directions(differences)} in {part.input}: they miss an error of 1 % of the "
        f"gradient's norm with a chance of {missed:.0e}."
    )


def _directions(witness: Witness) -> str:
    count = len(witness.rays or [])
    return f"{count} random direction{'s' * (count > 1)}"
