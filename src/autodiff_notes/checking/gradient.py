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

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from autodiff_notes.checking.arguments import leaves
from autodiff_notes.checking.check import Check, Settings
from autodiff_notes.checking.claim import Claim
from autodiff_notes.checking.inputs import Inputs
from autodiff_notes.checking.matching import matched
from autodiff_notes.checking.quotients import rays
from autodiff_notes.checking.report import GradientReport
from autodiff_notes.checking.witnesses import Tolerance
from autodiff_notes.evaluation.differences import from_coordinates
from autodiff_notes.messages import type_of

__all__ = ["check_gradient"]


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
    report = Check(Claim(f, claimed, place), settings).report()
    if order == 1 or not report.holds:
        return report
    return joined(report, second_order(f, claimed, place, settings))


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
        raise TypeError(f"f is {type_of(f)}; expected the function, not its value")
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
        return [x for x in leaves((args, keywords)) if isinstance(x, Tensor) and x.requires_grad]

    def gradient(*args: Any, **keywords: Any) -> Tensor:
        xs = tensors(args, keywords)
        return slope(slopes_of(f(*args, **keywords), xs))

    def claimed_again(*args: Any, **keywords: Any) -> Any:
        xs = tensors(args, keywords)
        with torch.enable_grad():
            parts = matched(inputs, claimed(*args, **keywords))
            total = slope([torch.as_tensor(part) for part in parts])
            return slopes_of(total, xs)

    claim = Claim(gradient, claimed_again, inputs, "second derivative")
    found = Check(claim, settings).report()
    return replace(
        found,
        comparisons=tuple(replace(c, input=f"{c.input}, order 2") for c in found.comparisons),
        findings=tuple(replace(p, input=f"{p.input}, order 2") for p in found.findings),
    )


def slopes_of(value: Tensor, xs: Sequence[Tensor]) -> Sequence[Tensor]:
    """Return the gradients of one number, with a graph of their own; zeros where there is no path."""
    # Without a graph torch raises, and the caller is called again with one.
    if torch.is_grad_enabled() and not value.requires_grad:
        return [torch.zeros_like(x) for x in xs]
    return torch.autograd.grad(value.reshape(()), xs, create_graph=True, materialize_grads=True)


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
    """Return the real inner product of two arrays of any library, or of two numbers."""
    product = v * y if isinstance(v, float) else (v.conj() * y).sum()
    return product.real if hasattr(product, "real") else product
