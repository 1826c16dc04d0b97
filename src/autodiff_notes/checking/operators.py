"""Claims about functions of several numbers: products with a Jacobian, the Jacobian, the Hessian.

Each becomes a check of the same kind. A product from the left is the gradient of an inner product
with a random vector; one from the right is the derivative along a line.

>>> import torch
>>> X = torch.randn(2, 3, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
>>> X.requires_grad_()
tensor(...)
>>> def softmax(X):
...     return X.softmax(1)
>>> def backward(V, X):
...     P = X.softmax(1)
...     return P * (V - (P * V).sum(1, keepdim=True))
>>> check_vjp(softmax, backward, X).holds
True
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from autodiff_notes.checking.arguments import leaves, mapped
from autodiff_notes.checking.check import Check, Settings
from autodiff_notes.checking.claim import Claim
from autodiff_notes.checking.gradient import inner, prepared, slopes_of
from autodiff_notes.checking.inputs import Inputs
from autodiff_notes.checking.quotients import rays
from autodiff_notes.checking.report import GradientReport
from autodiff_notes.checking.witnesses import Tolerance
from autodiff_notes.evaluation.differences import from_coordinates
from autodiff_notes.messages import type_of

__all__ = ["check_hessian", "check_jacobian", "check_jvp", "check_vjp"]


def check_vjp(  # noqa: PLR0913 - keywords, each with a default
    f: Callable[..., Any],
    claimed: Callable[..., Any],
    *inputs: Any,
    wrt: str | int | Sequence[str | int] | None = None,
    step: float | None = None,
    directions: int | None = None,
    tolerance: Tolerance | None = None,
    seed: int = 0,
    **keywords: Any,
) -> GradientReport:
    """Hold a backward pass against autograd and central differences.

    Parameters
    ----------
    f : callable
        Takes the inputs and returns an array, or several in a list, tuple or dictionary.
    claimed : callable
        ``claimed(v, *inputs)`` returns the product of v, in the shape of what f returns, with the
        Jacobian: an array for each input that is differentiated. It is what a backward pass returns for
        the incoming gradient v.
    *inputs, wrt, step, directions, tolerance, **keywords : object
        As for :func:`~autodiff_notes.check_gradient`.
    seed : int
        The seed of v, which is drawn at random: with ones a mistake that sums to zero would hide.

    Returns
    -------
    autodiff_notes.checking.report.GradientReport
        True if the claim holds.

    Raises
    ------
    TypeError, ValueError
        As for :func:`~autodiff_notes.check_gradient`.

    Examples
    --------
    >>> x = torch.tensor([0.5, 1.0, 2.0], dtype=torch.float64, requires_grad=True)
    >>> report = check_vjp(lambda x: x.softmax(0), lambda v, x: x.softmax(0) * (v - v.mean()), x)
    >>> report.holds
    False
    """
    settings = Settings(tolerance, step, directions)
    outer = prepared(f, claimed, inputs, keywords, wrt, several=True)
    result, _ = outer.call(f, "f", "plain")
    outer.numbers(result)
    generator = torch.Generator().manual_seed(seed)
    vector = _random_like(result, generator, outer)

    @functools.wraps(f)
    def product(*args: Any, **kwargs: Any) -> Any:
        pairs = zip(leaves(vector), leaves(f(*args, **kwargs)), strict=True)
        return functools.reduce(lambda a, b: a + b, (inner(v, y) for v, y in pairs))

    def claim(*args: Any, **kwargs: Any) -> Any:
        return claimed(vector, *args, **kwargs)

    place = prepared(product, claim, inputs, keywords, wrt)
    return Check(Claim(product, claim, place, "vector-Jacobian product"), settings).report()


def check_jvp(  # noqa: PLR0913 - keywords, each with a default
    f: Callable[..., Any],
    claimed: Callable[..., Any],
    *inputs: Any,
    wrt: str | int | Sequence[str | int] | None = None,
    step: float | None = None,
    tolerance: Tolerance | None = None,
    seed: int = 0,
    **keywords: Any,
) -> GradientReport:
    """Hold a tangent map against autograd and central differences along a random direction.

    Parameters
    ----------
    f : callable
        Takes the inputs, tensors of torch, and returns a real tensor.
    claimed : callable
        ``claimed(u, *inputs)``, or ``claimed(u1, u2, *inputs)`` where two are differentiated, returns
        how f changes along the direction u, a tensor in the shape of what f returns.
    *inputs, wrt, step, tolerance, **keywords : object
        As for :func:`~autodiff_notes.check_gradient`.
    seed : int
        The seed of the direction, which is drawn in the units of each entry.

    Returns
    -------
    autodiff_notes.checking.report.GradientReport
        True if the claim holds. Its one input is called t: f runs along the line.

    Raises
    ------
    TypeError, ValueError
        As for :func:`~autodiff_notes.check_gradient`.

    Examples
    --------
    >>> x = torch.tensor([0.5, 1.0, 2.0], dtype=torch.float64, requires_grad=True)
    >>> check_jvp(torch.exp, lambda u, x: u * x.exp(), x).holds
    True
    """
    settings = Settings(tolerance, step)
    place = _of_torch(prepared(f, claimed, inputs, keywords, wrt, several=True))
    generator = torch.Generator().manual_seed(seed)
    points = [place.leaves[i] for i in place.wanted]
    along = [from_coordinates(torch.stack(rays(x, 1, generator)), x)[0] for x in points]
    value = _one_tensor(place.call(f, "f", "plain")[0])

    def line(t: Tensor) -> Any:
        moved = {i: x + t * u for i, x, u in zip(place.wanted, points, along, strict=True)}
        args, kwargs, _ = place.with_leaves(moved).filled()
        return f(*args, **kwargs)

    def claim(_t: Tensor) -> Any:
        # t is 0 wherever the claim is asked: the next numbers are multiples.
        copies = {i: x.clone() for i, x in zip(place.wanted, points, strict=True)}
        args, kwargs, _ = place.with_leaves(copies).filled()
        return claimed(*along, *args, **kwargs)

    t = torch.zeros((), dtype=value.dtype, device=value.device, requires_grad=True)
    inner_place = prepared(line, claim, (t,), {}, several=True)
    inner_place = replace(inner_place, state=place.state)
    noun = "Jacobian-vector product"
    return Check(Claim(line, claim, inner_place, noun, tuple(value.shape)), settings).report()


def check_jacobian(
    f: Callable[..., Any],
    claimed: Any,
    *inputs: Any,
    wrt: str | int | Sequence[str | int] | None = None,
    step: float | None = None,
    tolerance: Tolerance | None = None,
    **keywords: Any,
) -> GradientReport:
    """Hold a claimed Jacobian against autograd and central differences.

    Parameters
    ----------
    f : callable
        Takes the inputs and returns a real array.
    claimed : callable or torch.Tensor or sequence
        The Jacobian, or a function of the same arguments that returns it: for each input that is
        differentiated an array with the shape of what f returns, followed by that of the input.
    *inputs, wrt, step, tolerance, **keywords : object
        As for :func:`~autodiff_notes.check_gradient`.

    Returns
    -------
    autodiff_notes.checking.report.GradientReport
        True if the claim holds.

    Raises
    ------
    TypeError, ValueError
        As for :func:`~autodiff_notes.check_gradient`.

    Examples
    --------
    >>> x = torch.tensor([0.5, 1.0, 2.0], dtype=torch.float64, requires_grad=True)
    >>> report = check_jacobian(lambda x: x.cumsum(0), torch.ones(3, 3).triu(), x)
    >>> report.diagnoses[0].sentence
    'The claimed Jacobian for x is the transpose of the right one.'
    """
    settings = Settings(tolerance, step)
    place = prepared(f, claimed, inputs, keywords, wrt, several=True)
    value = _one_tensor(place.call(f, "f", "plain")[0])
    return Check(Claim(f, claimed, place, "Jacobian", tuple(value.shape)), settings).report()


def check_hessian(
    f: Callable[..., Any],
    claimed: Any,
    *inputs: Any,
    wrt: str | int | Sequence[str | int] | None = None,
    step: float | None = None,
    tolerance: Tolerance | None = None,
    **keywords: Any,
) -> GradientReport:
    """Hold a claimed Hessian against autograd, and against differences of autograd's gradient.

    That gradient is held against differences of f first.

    Parameters
    ----------
    f : callable
        Takes the inputs, of which one tensor of torch is differentiated, and returns one real number.
    claimed : callable or torch.Tensor
        The Hessian, or a function of the same arguments that returns it, with the shape of the input
        twice.
    *inputs, wrt, step, tolerance, **keywords : object
        As for :func:`~autodiff_notes.check_gradient`.

    Returns
    -------
    autodiff_notes.checking.report.GradientReport
        True if the claim holds.

    Raises
    ------
    TypeError, ValueError
        As for :func:`~autodiff_notes.check_gradient`, and if more than one input is
        to be differentiated.

    Examples
    --------
    >>> x = torch.tensor([0.5, 1.0, 2.0], dtype=torch.float64, requires_grad=True)
    >>> check_hessian(lambda x: x.exp().sum(), lambda x: x.exp().diag(), x).holds
    True
    """
    settings = Settings(tolerance, step)
    place = _of_torch(prepared(f, claimed, inputs, keywords, wrt))
    if len(place.wanted) > 1:
        names = ", ".join(place.names[i] for i in place.wanted)
        raise ValueError(f"a Hessian has one input; {names} are to be differentiated (see wrt)")
    (i,) = place.wanted

    @functools.wraps(f)
    def gradient(*args: Any, **kwargs: Any) -> Any:
        x = _required(args, kwargs)
        return slopes_of(f(*args, **kwargs), [x])[0]

    first = Check(Claim(f, gradient, place), settings).report()
    if not first.holds:
        return first
    several = replace(place, several=True, trusted={"recorded"})
    shape = tuple(place.leaves[i].shape)
    return Check(Claim(gradient, claimed, several, "Hessian", shape), settings).report()


def _of_torch(place: Inputs) -> Inputs:
    # The products need a graph, which torch alone has.
    if place.engine.name != "torch":
        raise TypeError(f"the inputs are arrays of {place.engine.name}; expected tensors of torch")
    return place


def _required(args: Any, keywords: Any) -> Tensor:
    tensors = (x for x in leaves((args, keywords)) if isinstance(x, Tensor))
    return next(x for x in tensors if x.requires_grad)


def _one_tensor(result: Any) -> Any:
    """Return the result of f if it is one real array, and raise if it is not."""
    if isinstance(result, list | tuple | dict) or not hasattr(result, "shape"):
        raise TypeError(f"f returned {type_of(result)}; expected one array")
    if torch.is_tensor(result) and result.is_complex():
        raise TypeError("f returned complex numbers; give its real and imaginary part one by one")
    return result


def _random_like(y: Any, generator: torch.Generator, place: Inputs) -> Any:
    """Return normal numbers in the form of the outputs of any library."""
    if isinstance(y, list | tuple | dict):
        return mapped(y, lambda part: _random_like(part, generator, place))
    shape = tuple(getattr(y, "shape", ()))
    if isinstance(y, Tensor):
        drawn = torch.randn(
            shape, generator=generator, dtype=torch.promote_types(y.dtype, torch.float32)
        )
        return drawn.to(y.dtype).to(y.device)
    drawn = torch.randn(shape, generator=generator, dtype=torch.float64)
    return place.engine.array(drawn) if shape else drawn.item()
