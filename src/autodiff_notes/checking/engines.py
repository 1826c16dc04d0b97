"""The libraries in which a function may be written: one row each, and none imported for it.

A row says which arrays are the library's, how they become tensors and back, and how it
differentiates. What it differentiates is the second witness; NumPy and plain numbers have none.

>>> [engine.name for engine in ENGINES]
['torch', 'JAX', 'HIPS autograd', 'NumPy', 'numbers']
>>> engine_of([np.ones(3)], sum).name, engine_of([1.0], abs).name
('NumPy', 'numbers')
"""

import functools
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

__all__ = ["ENGINES", "Engine", "engine_of", "reachable"]

# How deep the functions that a function calls are looked through.
DEPTH = 4


@dataclass(frozen=True)
class Engine:
    """A library.

    Attributes
    ----------
    name : str
        Its name.
    witness : str
        What its own gradient is called in a report.
    owns : callable
        Whether an argument is an array of this library.
    follows : callable
        Whether it can differentiate a function, as far as its text tells.
    tensor : callable
        The tensor with the numbers of an array, whose memory it may share.
    array : callable
        The array with the numbers of a tensor, which may share its memory.
    gradients : callable or None
        Takes a function of several arrays that returns one number, and the arrays; returns its
        gradient for each.
    """

    name: str
    witness: str
    owns: Callable[[object], bool]
    tensor: Callable[[Any], Tensor]
    array: Callable[[Tensor], Any]
    gradients: Callable[[Callable[..., Any], Sequence[Any]], Sequence[Any]] | None = None
    follows: Callable[[Callable[..., Any]], bool] = lambda _f: True


def _detached(x: Tensor) -> Tensor:
    x = x.detach().resolve_conj().resolve_neg()
    if x.is_inference():  # takes part in no gradient
        x = x.clone()
    return x.contiguous() if x.layout == torch.strided else x


def _is_jax(x: object) -> bool:
    return "jax" in sys.modules and isinstance(x, sys.modules["jax"].Array)


def _jax_array(x: Tensor) -> Any:
    # A copy: JAX may read the memory of a NumPy array after the call has returned.
    return sys.modules["jax"].numpy.asarray(x.detach().numpy().copy())


def _jax_gradients(f: Callable[..., Any], arrays: Sequence[Any]) -> Sequence[Any]:
    jax = sys.modules["jax"]
    found = jax.grad(f, argnums=tuple(range(len(arrays))))(*arrays)
    # JAX has the gradient of a complex input conjugated.
    return [np.asarray(g).conj() for g in found]


def _hips_gradients(f: Callable[..., Any], arrays: Sequence[Any]) -> Sequence[Any]:
    grad = sys.modules["autograd"].grad
    found = [grad(f, i)(*arrays) for i in range(len(arrays))]
    return [np.asarray(g).conj() for g in found]


def _uses_hips(f: Callable[..., Any]) -> bool:
    return "autograd" in sys.modules and any(_home(x) == "autograd" for x in reachable(f))


def _home(x: object) -> str:
    name = x.__name__ if isinstance(x, types.ModuleType) else getattr(x, "__module__", None)
    return str(name or "").partition(".")[0]


def _from_numpy(x: Any) -> Tensor:
    return torch.from_numpy(np.array(x))


def _is_array(x: object) -> bool:
    return isinstance(x, np.ndarray)


ENGINES: tuple[Engine, ...] = (
    Engine(
        "torch",
        "autograd",
        owns=lambda x: isinstance(x, Tensor | torch.nn.Module),
        tensor=_detached,
        array=lambda x: x,
    ),
    Engine("JAX", "jax.grad", _is_jax, _from_numpy, _jax_array, _jax_gradients),
    Engine(
        "HIPS autograd",
        "HIPS autograd",
        _is_array,
        _from_numpy,
        lambda x: x.detach().numpy(),
        _hips_gradients,
        _uses_hips,
    ),
    Engine("NumPy", "", _is_array, _from_numpy, lambda x: x.detach().numpy()),
    Engine(
        "numbers",
        "",
        owns=lambda x: isinstance(x, float | complex),
        tensor=lambda x: torch.tensor(
            x, dtype=torch.promote_types(torch.tensor(x).dtype, torch.float64)
        ),
        array=lambda x: x.item(),
    ),
)
"""All libraries; the first one that owns an argument is the one that f is written in.

:meta hide-value:
"""


def engine_of(leaves: Sequence[object], f: Callable[..., Any]) -> Engine | None:
    """Return the library to which the arguments belong and that can follow f, or None."""
    for engine in ENGINES:
        if any(engine.owns(leaf) for leaf in leaves) and engine.follows(f):
            return engine
    return None


def reachable(f: object, depth: int = DEPTH) -> Iterator[object]:
    """Yield what a function holds and what it names: closures, globals, itself if it is bound."""
    if depth < 0:
        return
    yield f
    inner: list[object] = []
    if isinstance(f, functools.partial):
        inner = [f.func, *f.args, *f.keywords.values()]
    elif isinstance(f, types.MethodType):
        inner = [f.__self__, f.__func__]
    elif isinstance(f, types.FunctionType):
        inner = [cell.cell_contents for cell in f.__closure__ or () if _is_filled(cell)]
        inner += [f.__globals__[name] for name in _names(f.__code__) if name in f.__globals__]
        inner += [getattr(f, "__wrapped__", None)]
    elif isinstance(f, list | tuple):
        inner = list(f)
    elif isinstance(f, dict):
        inner = list(f.values())
    for x in inner:
        yield from reachable(x, depth - 1)


def _names(code: types.CodeType) -> Iterator[str]:
    """Yield the names of a function and of the functions inside it."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _names(constant)


def _is_filled(cell: types.CellType) -> bool:
    try:
        cell.cell_contents  # noqa: B018 - raises where a name has no value yet
    except ValueError:
        return False
    return True
