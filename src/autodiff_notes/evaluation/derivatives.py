"""Derivatives of a function of torch, as a derivation means them: ``d`` forward, ``D`` in reverse.

>>> import torch
>>> x = torch.tensor([1.0, 2.0], dtype=torch.float64)
>>> derivative(lambda x: x.dot(x), x).detach()
tensor([2., 4.], dtype=torch.float64)
>>> differential({"x": torch.ones_like(x)}, lambda x: x.dot(x), x=x).item()
6.0
"""

import warnings
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import torch
from torch import Tensor
from torch.autograd import forward_ad

__all__ = ["derivative", "differential"]


def differential(
    tangents: Mapping[str, Tensor], f: Callable[..., Any], /, **primals: Tensor
) -> Tensor:
    """Return the directional derivative of f along the tangents of its arguments, in forward mode."""
    _load_forward_mode()
    with forward_ad.dual_level():
        value = f(**{name: _dual(x, tangents.get(name)) for name, x in primals.items()})
        if not isinstance(value, Tensor):  # a number of Python
            return torch.zeros(())
        primal, tangent = forward_ad.unpack_dual(value)  # type: ignore[no-untyped-call]
        return torch.zeros_like(primal) if tangent is None else tangent


def _dual(x: Tensor, tangent: Tensor | None) -> Tensor:
    """Return a variable together with its tangent, if it has one."""
    if tangent is None:
        return x
    dual: Tensor = forward_ad.make_dual(x, tangent)  # type: ignore[no-untyped-call]
    return dual


def derivative(f: Callable[[Tensor], Any], x: Tensor) -> Tensor:
    """Return the derivative of f at x in reverse mode: first the indices of f, then those of x.

    It can be differentiated again.
    """
    x = x.view_as(x)
    if not x.requires_grad:
        x.requires_grad_()
    value = torch.as_tensor(f(x))
    if not value.requires_grad:
        return torch.zeros((*value.shape, *x.shape), dtype=x.dtype)
    rows = [_gradient(entry, x) for entry in value.flatten()]
    return torch.stack(rows).reshape(value.shape + x.shape)


def _gradient(entry: Tensor, x: Tensor) -> Tensor:
    """Return the gradient of a number, zero if x does not occur in it."""
    (gradient,) = torch.autograd.grad(
        entry, x, create_graph=True, allow_unused=True, materialize_grads=True
    )
    return gradient


@cache
def _load_forward_mode() -> None:
    # Let torch load what forward mode needs; it calls a deprecated function of its own.
    with warnings.catch_warnings(), forward_ad.dual_level():
        warnings.simplefilter("ignore", DeprecationWarning)
        forward_ad.make_dual(torch.zeros(()), torch.zeros(()))  # type: ignore[no-untyped-call]
