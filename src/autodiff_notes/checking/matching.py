"""The parts of a claim in the order of the arrays, whatever structure it came in.

>>> import torch
>>> from autodiff_notes.checking.inputs import Inputs
>>> x = torch.ones(2, requires_grad=True)
>>> inputs = Inputs.of(lambda net: None, ({"w": x, "b": x},))
>>> matched(inputs, {"b": 1, "w": 2})
[2, 1]
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor

from autodiff_notes.checking.arguments import Module, Slot, has_wanted
from autodiff_notes.messages import type_of

if TYPE_CHECKING:
    from autodiff_notes.checking.inputs import Inputs

__all__ = ["claim_for", "matched"]


def matched(inputs: "Inputs", result: Any) -> list[Any]:
    """Return the parts of a claim in the order of the arrays."""
    parts = list(result) if isinstance(result, list | tuple) else [result]
    flat_enough = not any(isinstance(part, dict | list | tuple) for part in parts)
    if len(parts) == len(inputs.wanted) and flat_enough:
        return parts
    args, keywords = inputs.template
    trees = [x for x in (*args, *keywords.values()) if has_wanted(x, inputs.wanted)]
    if len(trees) == 1 and not (isinstance(result, list | tuple) and len(result) == 1):
        parts = [result]
    found: list[Any] = []
    if len(parts) == len(trees) and not flat_enough:
        for tree, part in zip(trees, parts, strict=True):
            found += _like(inputs, tree, part)
    else:
        found = parts
    if len(found) != len(inputs.wanted):
        names = ", ".join(inputs.names[i] for i in inputs.wanted)
        raise ValueError(
            f"the number of claimed gradients is {len(found)}; expected {len(inputs.wanted)}, "
            f"one for each input that requires a gradient ({names})"
        )
    return found


def _like(inputs: "Inputs", tree: Any, part: Any) -> list[Any]:
    """Return the parts of a claim that has the structure of an argument."""
    if isinstance(tree, Slot):
        return [part] if tree.position in inputs.wanted else []
    if isinstance(tree, Module):
        names = {name: i for name, i in tree.parameters.items() if i in inputs.wanted}
        return _named(inputs, part, {name: Slot(i) for name, i in names.items()})
    if isinstance(tree, dict):
        return _named(inputs, part, {k: v for k, v in tree.items() if has_wanted(v, inputs.wanted)})
    if isinstance(tree, list | tuple):
        inner = [x for x in tree if has_wanted(x, inputs.wanted)]
        if isinstance(part, list | tuple) and len(part) == len(inner):
            return [g for x, p in zip(inner, part, strict=True) for g in _like(inputs, x, p)]
        raise ValueError(
            f"a part of the claim is {_kind(part)}; expected {len(inner)} gradients in a list"
        )
    return []


def _named(inputs: "Inputs", part: Any, trees: Mapping[str, Any]) -> list[Any]:
    """Return the parts of a claim that is a dictionary, in the order of the argument."""
    if isinstance(part, list | tuple) and len(part) == len(trees):
        part = dict(zip(trees, part, strict=True))
    if not isinstance(part, dict) or set(part) != set(trees):
        keys = ", ".join(map(repr, trees))
        raise ValueError(f"a part of the claim is {_kind(part)}; expected one with the keys {keys}")
    return [g for name, tree in trees.items() for g in _like(inputs, tree, part[name])]


def claim_for(inputs: "Inputs", i: int, part: object, shape: tuple[int, ...]) -> Tensor:
    """Return one claim as a tensor; a number stands for an array of one element."""
    name, x = inputs.names[i], inputs.leaves[i]
    if isinstance(part, Tensor):
        return part.detach().to_dense().to(x.device, torch.promote_types(part.dtype, x.dtype))
    numbers = int | float | complex if x.is_complex() else int | float
    if isinstance(part, numbers) and not isinstance(part, bool) and x.numel() == 1:
        return torch.full((*shape, *x.shape), part, dtype=x.dtype, device=x.device)
    if inputs.engine.name != "torch" and hasattr(part, "__array__"):
        found = torch.from_numpy(np.array(part))
        return found.to(torch.promote_types(found.dtype, x.dtype))
    raise TypeError(
        f"the claimed gradient for {name} is {type_of(part)}; "
        f"expected a tensor of shape {(*shape, *x.shape)}"
    )


def _kind(part: object) -> str:
    if isinstance(part, dict):
        return f"a dictionary with the keys {', '.join(map(repr, part))}"
    return type_of(part) + (f" of {len(part)}" if isinstance(part, list | tuple) else "")
