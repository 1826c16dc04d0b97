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
from typing import Any

import torch
from torch import Tensor

from autodiff_notes.points import Point, input_names, leaf, refuse_input
from autodiff_notes.reports import Comparison, GradientReport
from autodiff_notes.witnesses import (
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
    claimed: Callable[..., Any] | Tensor | float | Sequence[Tensor | float],
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
    tolerance : autodiff_notes.witnesses.Tolerance, optional
        The relative errors to forgive; by default :data:`~autodiff_notes.witnesses.TOLERANCES` for the coarser type of
        the input and the result.

    Returns
    -------
    autodiff_notes.reports.GradientReport
        True if the claim holds.
        A claim of the wrong shape, or one that is not finite, is refused with a note.
        So is any claim when the two witnesses disagree, at a kink for instance.

    Raises
    ------
    TypeError
        If something is not a tensor, or of a type that cannot be differentiated.
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
    >>> check_gradient(lambda x: x.relu().sum(), lambda x: (x > 0).double(), 0 * x).notes
    ('Autograd and central differences disagree about x, by up to 5.0e-01.
    Look for a kink or a jump near this point, or a part of f that is cut off from its inputs
    (.item(), .detach(), torch.no_grad(), a conversion to NumPy).',)
    """
    if not callable(f):
        raise TypeError(f"f is a {type(f).__name__}; expected the function, not its value")
    names = input_names(f, len(inputs))
    for name, x in zip(names, inputs, strict=True):
        refuse_input(name, x)
    if not any(x.requires_grad for x in inputs):
        raise ValueError(
            "no input requires a gradient; mark those to differentiate with x.requires_grad_()"
        )
    with torch.inference_mode(False):
        point = Point(names, [leaf(x, x.requires_grad) for x in inputs])
        return _check(f, claimed, point, tolerance)


def _check(
    f: Callable[..., Any], claimed: object, point: Point, tolerance: Tolerance | None
) -> GradientReport:
    """Compare input by input."""
    value = point.value(f)
    if not value.isfinite():
        raise ValueError(
            f"f is {value.item()} for {point}; expected a finite value: "
            "is the point outside the domain of f?"
        )
    claims, gradients = point.claims(claimed), point.autograd(value)
    comparisons: list[Comparison] = []
    notes: list[str] = []
    agree = True
    for i, claim, gradient in zip(point.wanted, claims, gradients, strict=True):
        name, x = point.names[i], point.inputs[i].detach()
        coarser = max(real_dtype(x), real_dtype(value), key=lambda d: torch.finfo(d).eps)
        allowed = tolerance or TOLERANCES[coarser]
        around = Neighbourhood(point.along(i, f), x, coarser)
        autograd = autograd_witness(gradient, x, around.rounding, allowed.autograd)
        differences = difference_witness(around, allowed.differences)
        agree &= differences.compare(name, autograd.gradient).holds
        comparisons += [autograd.compare(name, claim), differences.compare(name, claim)]
        notes += _notes(name, claim, autograd, differences, ignored=gradient is None)
    return GradientReport(tuple(comparisons), agree, tuple(notes))


def _notes(
    name: str, claim: Tensor, autograd: Witness, differences: Witness, *, ignored: bool
) -> Iterator[str]:
    """Say in words what the numbers leave open."""
    gradient = autograd.gradient
    witnesses = differences.compare(name, gradient)
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
            f"by up to {witnesses.absolute:.1e}. Look for a kink or a jump near this point, "
            "or a part of f that is cut off from its inputs "
            "(.item(), .detach(), torch.no_grad(), a conversion to NumPy)."
        )
    elif autograd.resolves and not differences.resolves:
        yield (
            f"Central differences cannot resolve the gradient for {name}: it moves f by less than "
            "their own rounding and truncation errors. Autograd alone decides."
        )
    elif ignored:
        yield f"f ignores {name}: autograd finds no path to it, so its gradient is zero."
