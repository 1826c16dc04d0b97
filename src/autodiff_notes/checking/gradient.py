"""A claimed gradient, held against two witnesses.

The first witness is reverse-mode autograd.
The second is the central difference, which knows nothing of any rule of differentiation:
a formula and autograd can share a mistake in a function, a difference quotient cannot.

>>> import torch
>>> x = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
>>> check_gradient(lambda x: x.dot(x), lambda x: 2 * x, x).holds
True
>>> check_gradient(lambda x: x.dot(x), lambda x: 2.002 * x, x).holds
False
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor

from autodiff_notes.checking.evidence import Evidence
from autodiff_notes.checking.inputs import Inputs, input_names, leaf, refuse_input
from autodiff_notes.checking.kinks import Disagreement, explain_disagreement, first_kink
from autodiff_notes.checking.mistakes import diagnose
from autodiff_notes.checking.report import Comparison, Diagnosis, GradientReport
from autodiff_notes.checking.witnesses import (
    TOLERANCES,
    Neighbourhood,
    Tolerance,
    Witness,
    autograd_witness,
    difference_witness,
    real_dtype,
)

__all__ = ["TOLERANCES", "Comparison", "GradientReport", "Tolerance", "check_gradient"]


def check_gradient(
    f: Callable[..., Tensor],
    claimed: Callable[..., Any] | Tensor | complex | Sequence[Tensor | complex],
    *inputs: Tensor,
    tolerance: Tolerance | None = None,
) -> GradientReport:
    """Hold a claimed gradient of f against autograd and central differences.

    Both functions receive copies.
    The tensors of the caller, their ``.grad`` and the random state stay as they are.

    Parameters
    ----------
    f : callable
        Takes the inputs and returns one real number, as a tensor with a single element.
    claimed : callable or torch.Tensor or float or sequence
        The gradient, or a function of the same inputs that returns it:
        one tensor for each input that requires a gradient, in the shape of that input.
        For an input with a single element a plain number will do.
        For a complex input z = a + ib it is df/da + i df/db, the convention of torch.
    *inputs : torch.Tensor
        The point, in float64 (or float32, or their complex kin).
        Inputs that require a gradient are differentiated; the others are constants.
    tolerance : autodiff_notes.checking.witnesses.Tolerance, optional
        The relative errors to forgive; by default :data:`~autodiff_notes.checking.witnesses.TOLERANCES` for the coarser type of
        the input and the result.

    Returns
    -------
    autodiff_notes.checking.report.GradientReport
        True if the claim holds.
        A claim of the wrong shape, or one that is not finite, is refused with a note.
        So is any claim when the two witnesses disagree, or f has a kink at the point.
        A wrong claim gets a diagnosis if it has a form that :mod:`autodiff_notes.checking.mistakes` knows.

    Raises
    ------
    TypeError
        If something is not a tensor, or of a type that cannot be differentiated,
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
    'The claimed gradient for input 0 is 5 times the right one.'
    >>> report = check_gradient(lambda x: x.abs().sum(), lambda x: x.sign(), 0 * x)
    >>> report.holds, report.diagnoses[0].sentence
    (False, 'f has a kink at this point: its slope along x[0] is -1 on one side
    and 1 on the other.')
    """
    if not callable(f):
        raise TypeError(f"f is a {type(f).__name__}; expected the function, not its value")
    if not isinstance(tolerance, Tolerance | None):
        raise TypeError(
            f"tolerance is a {type(tolerance).__name__}; expected "
            "Tolerance(autograd=..., differences=...), of relative errors"
        )
    names = input_names(f, len(inputs))
    for name, x in zip(names, inputs, strict=True):
        refuse_input(name, x)
    if not any(x.requires_grad for x in inputs):
        raise ValueError(
            "no input requires a gradient; mark those to differentiate with x.requires_grad_()"
        )
    with torch.inference_mode(False):
        point = Inputs(names, [leaf(x, x.requires_grad) for x in inputs])
        return _Check(f, claimed, point, tolerance).report()


LOOK_FOR = (
    " Look for a kink or a jump near this point, or a part of f that is cut off from its inputs "
    "(.item(), .detach(), torch.no_grad(), a conversion to NumPy)."
)


@dataclass(frozen=True)
class _Held:
    """The claimed gradient for one input, held against the witnesses."""

    position: int
    input: str
    claim: Tensor
    around: Neighbourhood
    autograd: Witness
    differences: Witness
    ignored: bool

    @property
    def comparisons(self) -> list[Comparison]:
        """The claim against each witness."""
        return [w.compare(self.input, self.claim) for w in (self.autograd, self.differences)]

    @property
    def witnesses(self) -> Comparison:
        """Autograd against central differences."""
        return self.differences.compare(self.input, self.autograd.gradient)


@dataclass(frozen=True)
class _Check:
    """One call of check_gradient."""

    f: Callable[..., Any]
    claimed: object
    point: Inputs
    tolerance: Tolerance | None

    def report(self) -> GradientReport:
        """Compare input by input, and explain what differs."""
        point = self.point
        value = point.value(self.f)
        if not value.isfinite():
            raise ValueError(
                f"f is {value.item()} for {point}; expected a finite value: "
                "is the point outside the domain of f?"
            )
        pairs = zip(point.wanted, point.claims(self.claimed), point.autograd(value), strict=True)
        held = [self.hold(value, *pair) for pair in pairs]
        kinks = [first_kink(part.input, part.around) for part in held]
        explained = [
            kink or self.explain(value, part, held) for part, kink in zip(held, kinks, strict=True)
        ]
        return GradientReport(
            comparisons=tuple(comparison for part in held for comparison in part.comparisons),
            witnesses_agree=all(part.witnesses.holds for part in held),
            notes=tuple(
                note
                for part, diagnosis in zip(held, explained, strict=True)
                for note in _notes(part, explained=diagnosis is not None)
            ),
            smooth=not any(kinks),
            diagnoses=tuple(diagnosis for diagnosis in explained if diagnosis),
        )

    def hold(self, value: Tensor, i: int, claim: Tensor, gradient: Tensor | None) -> _Held:
        """Call the witnesses for input i."""
        name, x = self.point.names[i], self.point.inputs[i].detach()
        coarser = max(real_dtype(x), real_dtype(value), key=lambda d: torch.finfo(d).eps)
        allowed = self.tolerance or TOLERANCES[coarser]
        around = Neighbourhood(self.point.along(i, self.f), x, coarser)
        autograd = autograd_witness(gradient, x, around.rounding, allowed.autograd)
        differences = difference_witness(around, allowed.differences)
        return _Held(i, name, claim, around, autograd, differences, ignored=gradient is None)

    def explain(self, value: Tensor, part: _Held, held: list[_Held]) -> Diagnosis | None:
        """Return what is wrong with the point or else with the claim, where it can be told."""
        witnesses = (part.autograd.gradient, part.differences.gradient, part.differences.noise)
        if not all(numbers.isfinite().all() for numbers in witnesses):
            return None
        if not part.witnesses.holds:
            at = Disagreement(part.input, part.around, part.autograd, part.differences)
            return explain_disagreement(at)
        if all(c.holds for c in part.comparisons) or not part.claim.isfinite().all():
            return None
        kind = part.claim.dtype
        evidence = Evidence(
            input=part.input,
            claim=part.claim,
            gradient=part.autograd.gradient.to(kind),
            inputs={
                name: x.detach()
                for name, x in zip(self.point.names, self.point.inputs, strict=True)
            },
            gradients={other.input: other.autograd.gradient.to(kind) for other in held},
            value=value.item(),
            dtype=part.around.dtype,
            rerun=partial(self.rerun, part.position),
        )
        return diagnose(evidence)

    def rerun(self, i: int, name: str, x: Tensor) -> tuple[Tensor, Tensor] | None:
        """Return the claimed and the right gradient for input i with x in another's place."""
        if not callable(self.claimed):
            return None
        elsewhere = self.point.with_input(self.point.names.index(name), x)
        k = self.point.wanted.index(i)
        try:
            gradient = elsewhere.autograd(elsewhere.value(self.f))[k]
            claim = elsewhere.claims(self.claimed)[k]
        except (TypeError, ValueError):  # x is outside the domain
            return None
        return None if gradient is None else (claim, gradient.to(claim.dtype))


def _notes(part: _Held, *, explained: bool) -> Iterator[str]:
    """Say in words what the numbers leave open."""
    name, claim, gradient = part.input, part.claim, part.autograd.gradient
    differences, witnesses = part.differences, part.witnesses
    if claim.shape != gradient.shape:
        yield (
            f"The claimed gradient for {name} has shape {tuple(claim.shape)}; "
            f"expected {tuple(gradient.shape)}, the shape of {name}."
        )
    if not claim.isfinite().all():
        yield f"The claimed gradient for {name} has entries that are NaN or infinite."
    if not gradient.isfinite().all():
        yield f"Autograd's gradient for {name} has entries that are NaN or infinite."
    elif not (differences.gradient + differences.noise).isfinite().all():
        yield (
            f"A step away in {name}, f is NaN or infinite: "
            "the point lies too close to the edge of its domain."
        )
    elif not witnesses.holds:
        yield (
            f"Autograd and central differences disagree about {name}, "
            f"by up to {witnesses.absolute:.1e}."
        ) + ("" if explained else LOOK_FOR)
    elif part.autograd.resolves and not differences.resolves:
        yield (
            f"Central differences cannot resolve the gradient for {name}: it moves f by less than "
            "their own rounding and truncation errors. Autograd alone decides."
        )
    elif part.ignored:
        yield f"f ignores {name}: autograd finds no path to it, so its gradient is zero."
