"""Where a function and a claim are called: named copies of the inputs.

Whatever the functions do, the tensors of the caller stay as they are,
and an error names the input and the function that it came from.

>>> import torch
>>> x = torch.tensor([3.0, 4.0], dtype=torch.float64, requires_grad=True)
>>> point = Inputs(["x"], [leaf(x, requires_grad=True)])
>>> print(point, point.value(torch.linalg.vector_norm).item())
x of shape (2,) 5.0
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from autodiff_notes.checking.witnesses import TOLERANCES, real_dtype

__all__ = ["Inputs", "input_names", "leaf", "refuse_input"]


@dataclass(frozen=True)
class Inputs:
    """Where f and claimed are called: named leaves that belong to the check."""

    names: list[str]
    inputs: list[Tensor]

    def __str__(self) -> str:
        """Return the names and shapes, for messages."""
        named = zip(self.names, self.inputs, strict=True)
        return ", ".join(f"{name} of shape {tuple(x.shape)}" for name, x in named)

    @property
    def wanted(self) -> list[int]:
        """The positions of the inputs that require a gradient."""
        return [i for i, x in enumerate(self.inputs) if x.requires_grad]

    def call(self, function: Callable[..., Any], role: str) -> Any:
        """Call a function on copies, and say what went wrong if something does."""
        with torch.enable_grad(), torch.random.fork_rng(devices=[]):
            copies = [x.clone() for x in self.inputs]
            try:
                result = function(*copies)
            except Exception as error:
                kind = type(error).__name__
                raise ValueError(f"{role} raised {kind} for {self}: {error}") from error
        for name, x, copy in zip(self.names, self.inputs, copies, strict=True):
            if not torch.equal(x, copy):
                raise ValueError(
                    f"{role} changes {name} in place; "
                    f"it must leave its inputs as they are (let it work on {name}.clone())"
                )
        return result

    def value(self, f: Callable[..., Any], role: str = "f") -> Tensor:
        """Return f here: one real number, of shape ()."""
        value = self.call(f, role)
        if not isinstance(value, Tensor):
            raise TypeError(
                f"f returned a {type(value).__name__}; expected a tensor with one element "
                "(without .item() or a conversion to a number)"
            )
        if value.numel() != 1:
            raise ValueError(
                f"f returned a tensor of shape {tuple(value.shape)}; expected one element, "
                "as only a single number has a gradient (take a sum, a norm or one entry)"
            )
        if value.dtype not in TOLERANCES:
            raise TypeError(f"f returned {value.dtype}; expected a real number, best in float64")
        return value.reshape(())

    def with_input(self, i: int, x: Tensor) -> "Inputs":
        """Return the point with another input in place i."""
        inputs = [*self.inputs[:i], leaf(x, self.inputs[i].requires_grad), *self.inputs[i + 1 :]]
        return Inputs(self.names, inputs)

    def along(self, i: int, f: Callable[..., Any]) -> Callable[[Tensor], Tensor]:
        """Return f as a function of input i alone."""

        def f_of_one(x: Tensor) -> Tensor:
            role = f"f, one step away in {self.names[i]},"
            return self.with_input(i, x).value(f, role).detach()

        return f_of_one

    def autograd(self, value: Tensor) -> list[Tensor | None]:
        """Return autograd's gradients; None where it finds no path to the input."""
        wanted = [self.inputs[i] for i in self.wanted]
        if not value.requires_grad:
            return [None] * len(wanted)
        try:
            return list(torch.autograd.grad(value, wanted, allow_unused=True))
        except RuntimeError as error:
            raise ValueError(f"autograd cannot differentiate f: {error}") from error

    def claims(self, claimed: object) -> list[Tensor]:
        """Return the claimed gradients."""
        result = self.call(claimed, "claimed") if callable(claimed) else claimed
        parts = list(result) if isinstance(result, list | tuple) else [result]
        if len(parts) != len(self.wanted):
            names = ", ".join(self.names[i] for i in self.wanted)
            raise ValueError(
                f"the number of claimed gradients is {len(parts)}; expected {len(self.wanted)}, "
                f"one for each input that requires a gradient ({names})"
            )
        return [
            _claim(self.names[i], part, self.inputs[i])
            for i, part in zip(self.wanted, parts, strict=True)
        ]


def input_names(f: Callable[..., Any], count: int) -> list[str]:
    """Return the names of the inputs as f spells them, or else "input 0", "input 1", ..."""
    try:
        parameters = list(inspect.signature(f).parameters.values())
    except (TypeError, ValueError):  # built-in functions have no signature
        parameters = []
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    names = [p.name for p in parameters if p.kind in positional][:count]
    return names + [f"input {i}" for i in range(len(names), count)]


def refuse_input(name: str, x: object) -> None:
    """Raise for an input at which nothing can be differentiated."""
    if not isinstance(x, Tensor):
        raise TypeError(f"{name} is a {type(x).__name__}; expected a torch.Tensor")
    if not (x.is_floating_point() or x.is_complex()):
        raise TypeError(
            f"{name} is of type {x.dtype}; expected float64. Convert it with .double(), "
            "or let f close over an index or a mask"
        )
    if real_dtype(x) not in TOLERANCES:
        raise TypeError(f"{name} is of type {x.dtype}, too coarse to check; expected float64")
    if x.layout != torch.strided:
        raise TypeError(f"{name} is sparse; expected a dense tensor, {name}.to_dense()")
    if x.numel() == 0:
        raise ValueError(f"{name} has shape {tuple(x.shape)} and no entries; expected at least one")
    if not x.isfinite().all():
        raise ValueError(f"{name} has entries that are NaN or infinite; expected finite numbers")


def _claim(name: str, part: object, x: Tensor) -> Tensor:
    """Return one claimed gradient as a tensor; a number stands for an input of one element."""
    if isinstance(part, Tensor):
        return part.detach().to_dense().to(x.device, torch.promote_types(part.dtype, x.dtype))
    numbers = int | float | complex if x.is_complex() else int | float
    if isinstance(part, numbers) and x.numel() == 1:
        return torch.full_like(x.detach(), part)
    raise TypeError(
        f"the claimed gradient for {name} is a {type(part).__name__}; "
        f"expected a tensor of shape {tuple(x.shape)}"
    )


def leaf(x: Tensor, requires_grad: bool) -> Tensor:
    """Return a copy of x that shares no memory and no graph with it."""
    copy = x.detach().clone(memory_format=torch.contiguous_format)
    return copy.requires_grad_(requires_grad)
