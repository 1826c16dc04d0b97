"""Arguments: a walk that takes every array out of them and leaves its place.

>>> import torch
>>> from autodiff_notes.checking.engines import ENGINES
>>> walk = Walk(ENGINES[0])
>>> print(walk.place({"w": torch.ones(2), "labels": [1, None]}, "net", None), walk.names)
{'w': Slot(position=0), 'labels': [1, None]} ["net['w']"]
"""

import copy
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from autodiff_notes.checking.engines import Engine
from autodiff_notes.checking.witnesses import TOLERANCES, finite, real_dtype

__all__ = [
    "Module",
    "Slot",
    "Walk",
    "chosen_by",
    "has_wanted",
    "input_names",
    "is_float",
    "leaves",
    "mapped",
]


@dataclass(frozen=True)
class Slot:
    """The place of one array in the arguments."""

    position: int


@dataclass(frozen=True)
class Module:
    """The place of a module: a copy of it, whose parameters are arrays of the check."""

    module: torch.nn.Module
    parameters: Mapping[str, int]
    owned: Mapping[str, torch.nn.Parameter]


class Walk:
    """A walk through arguments that takes the arrays out of them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.names: list[str] = []
        self.leaves: list[Tensor] = []
        self.wanted: list[int] = []
        self.modules: list[torch.nn.Module] = []

    def place(self, x: Any, name: str, chosen: bool | None) -> Any:
        """Return an argument with a place for each array."""
        if isinstance(x, torch.nn.Module):
            return self._module(x, name, chosen)
        if isinstance(x, dict | list | tuple):
            return mapped(x, lambda item: item, self, name, chosen)
        if not self.engine.owns(x):
            return x
        tensor = self.engine.tensor(x)
        required = x.requires_grad if isinstance(x, Tensor) else is_float(tensor)
        wanted = required if chosen is None else chosen
        return Slot(self._add(name, tensor, wanted=wanted))

    def _module(self, module: torch.nn.Module, name: str, chosen: bool | None) -> Module:
        """Return a place for a module, whose parameters are arrays."""
        owned = copy.deepcopy(module)
        self.modules.append(owned)
        places = {}
        for part, parameter in owned.named_parameters():
            wanted = parameter.requires_grad if chosen is None else chosen
            tensor = parameter.detach().clone()
            places[part] = self._add(f"{name}.{part}", tensor, wanted=wanted)
        return Module(owned, places, dict(owned.named_parameters()))

    def _add(self, name: str, tensor: Tensor, *, wanted: bool) -> int:
        """Return the position of a new array."""
        if wanted:
            refuse_input(name, tensor)
            self.wanted.append(len(self.leaves))
        self.names.append(name)
        self.leaves.append(tensor)
        return len(self.leaves) - 1


def mapped(
    tree: Any,
    visit: Callable[[Any], Any],
    walk: Walk | None = None,
    name: str = "",
    chosen: bool | None = None,
) -> Any:
    """Return a container with each item visited, or placed by a walk; anything else as it is."""

    def item(key: object, x: Any) -> Any:
        return walk.place(x, f"{name}[{key!r}]", chosen) if walk else visit(x)

    if isinstance(tree, dict):
        filled = copy.copy(tree)
        filled.update({key: item(key, x) for key, x in tree.items()})
        return filled
    if isinstance(tree, tuple) and hasattr(tree, "_fields"):
        return type(tree)(*(item(key, x) for key, x in zip(tree._fields, tree, strict=True)))
    if isinstance(tree, list | tuple):
        return type(tree)(item(i, x) for i, x in enumerate(tree))
    return tree


def filled(
    tree: Any,
    array: Callable[[int], Any],
    enter: Callable[[Module], Any] = lambda module: module.module,
) -> Any:
    """Return an argument with an array in each place, and each module entered."""
    if isinstance(tree, Slot):
        return array(tree.position)
    if isinstance(tree, Module):
        return enter(tree)
    # No function that calls itself: in its cell it would keep the arrays until the next collection.
    return mapped(tree, lambda item: filled(item, array, enter))


def leaves(tree: Any) -> Iterator[Any]:
    """Yield what a container holds, at any depth."""
    if isinstance(tree, dict | list | tuple):
        for x in tree.values() if isinstance(tree, dict) else tree:
            yield from leaves(x)
    else:
        yield tree


def has_wanted(tree: Any, wanted: Sequence[int]) -> bool:
    """Whether an argument has an array that is differentiated."""
    for leaf in leaves(tree):
        positions = (
            leaf.parameters.values()
            if isinstance(leaf, Module)
            else [getattr(leaf, "position", None)]
        )
        if any(i in wanted for i in positions):
            return True
    return False


def chosen_by(
    names: Sequence[str], keywords: Mapping[str, Any], wrt: Sequence[str | int] | None
) -> Callable[[int | None, str], bool | None]:
    """Return whether an argument is to be differentiated: by the caller's word, or None without."""
    if wrt is None:
        return lambda _i, _name: None
    known = [*names, *keywords]
    for word in wrt:
        if word not in known and word not in range(len(names)):
            raise ValueError(f"wrt names {word!r}; expected names of arguments: {', '.join(known)}")
    return lambda i, name: i in wrt or name in wrt


def input_names(f: Callable[..., Any], count: int) -> list[str]:
    """Return the names of the inputs as f spells them, or else "input 0", "input 1", ..."""
    try:
        parameters = list(inspect.signature(f).parameters.values())
    except (TypeError, ValueError):  # built-in functions have no signature
        parameters = []
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    names = [p.name for p in parameters if p.kind in positional][:count]
    return names + [f"input {i}" for i in range(len(names), count)]


def refuse_input(name: str, x: Tensor) -> None:
    """Raise for an array at which nothing can be differentiated."""
    if not is_float(x):
        raise TypeError(
            f"{name} is of type {x.dtype}; expected float64. Convert it with .double(), "
            "or leave it out of wrt"
        )
    if real_dtype(x) not in TOLERANCES:
        raise TypeError(f"{name} is of type {x.dtype}, too coarse to check; expected float64")
    if x.layout != torch.strided:
        raise TypeError(f"{name} is sparse; expected a dense tensor, {name}.to_dense()")
    if x.numel() == 0:
        raise ValueError(f"{name} has shape {tuple(x.shape)} and no entries; expected at least one")
    if not finite(x):
        raise ValueError(f"{name} has entries that are NaN or infinite; expected finite numbers")


def is_float(x: Tensor) -> bool:
    """Whether the entries are real or complex numbers with digits behind the point."""
    return x.is_floating_point() or x.is_complex()
