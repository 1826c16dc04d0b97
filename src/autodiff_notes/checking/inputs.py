"""What a function and a claim are called with: every array by its name, everything else as it is.

Arrays are found wherever they are, in lists and dictionaries and as the parameters of a module.
The caller's own stay as they are, and so do random states and buffers.

>>> import torch
>>> x = torch.tensor([3.0, 4.0], dtype=torch.float64, requires_grad=True)
>>> inputs = Inputs.of(torch.linalg.vector_norm, (x,))
>>> print(inputs, inputs.value(torch.linalg.vector_norm).item())
input 0 of shape (2,) 5.0
>>> Inputs.of(lambda net, y: None, ({"w": [x, x]}, 2)).names
["net['w'][0]", "net['w'][1]"]
"""

import copy
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.autograd import forward_ad

from autodiff_notes.checking.engines import Engine, engine_of, reachable
from autodiff_notes.checking.witnesses import TOLERANCES, real_dtype

__all__ = ["Inputs", "State", "input_names", "leaves"]


class State:
    """What a call may change unseen: generators of random numbers, and buffers of modules.

    Parameters
    ----------
    modules : list
        Those that the functions hold.
    """

    def __init__(self, modules: Sequence[torch.nn.Module]) -> None:
        self._cpu = torch.get_rng_state()
        # A generator of a device exists once the device is in use.
        in_use = torch.cuda.is_initialized()  # type: ignore[no-untyped-call]
        self._cuda = torch.cuda.get_rng_state_all() if in_use else []
        found = [(m, name) for module in modules for m in module.modules() for name in m._buffers]
        self._buffers = {
            (id(m), name): (m, name, m._buffers[name], _clone(m._buffers[name]))
            for m, name in found
        }

    def restore(self) -> None:
        """Put everything back."""
        torch.set_rng_state(self._cpu)
        if self._cuda:
            torch.cuda.set_rng_state_all(self._cuda)
        with torch.no_grad():
            for module, name, buffer, saved in self._buffers.values():
                if buffer is not None and saved is not None:
                    buffer.copy_(saved)
                module._buffers[name] = buffer

    @property
    def changed(self) -> list[str]:
        """The names of the buffers that are not as they were."""
        return [
            name
            for module, name, _, saved in self._buffers.values()
            if saved is not None and not _equal(module._buffers[name], saved)
        ]


def _clone(x: Tensor | None) -> Tensor | None:
    return None if x is None else x.detach().clone()


def _equal(x: Tensor | None, y: Tensor) -> bool:
    """Whether two arrays are the same, where NaN equals itself."""
    if x is None or x.shape != y.shape or x.dtype != y.dtype:
        return False
    return torch.equal(x, y) or (
        (x.is_floating_point() or x.is_complex())
        and torch.equal(x.isnan(), y.isnan())
        and torch.equal(x.nan_to_num(), y.nan_to_num())
    )


@dataclass(frozen=True)
class _Slot:
    """The place of one array in the arguments."""

    position: int


@dataclass(frozen=True)
class _Module:
    """The place of a module: a copy of it, whose parameters are arrays of the check."""

    module: torch.nn.Module
    parameters: Mapping[str, int]
    owned: Mapping[str, torch.nn.Parameter]


@dataclass(frozen=True)
class Inputs:
    """Named arrays that belong to the check, and the arguments into which they go.

    Attributes
    ----------
    names : list of str
        The name of each array.
    leaves : list of torch.Tensor
        The arrays, detached.
    wanted : list of int
        The positions of those that are differentiated.
    template : tuple
        The arguments and keywords, with a place for each array.
    engine : autodiff_notes.checking.engines.Engine
        The library of the arrays.
    state : State
        What is restored before each call.
    several : bool
        Whether f may return more than one number.
    trusted : set of str
        The roles of functions that are known to leave their inputs alone.
    """

    names: list[str]
    leaves: list[Tensor]
    wanted: list[int]
    template: tuple[tuple[Any, ...], dict[str, Any]]
    engine: Engine
    state: State
    several: bool = False
    trusted: set[str] = field(default_factory=set)

    @classmethod
    def of(  # noqa: PLR0913 - what a check is called with
        cls,
        f: Callable[..., Any],
        args: tuple[Any, ...],
        keywords: Mapping[str, Any] | None = None,
        wrt: Sequence[str | int] | None = None,
        claimed: object = None,
        *,
        several: bool = False,
    ) -> "Inputs":
        """Return copies of the arrays in some arguments.

        Parameters
        ----------
        f, claimed : callable
            What is going to be called.
        args, keywords : tuple and dict
            With what.
        wrt : sequence of str or int, optional
            The names or positions of the arguments to differentiate; by default the tensors of
            torch that require a gradient, and all floating-point arrays of the other libraries.
        several : bool
            Whether f may return more than one number.
        """
        keywords = dict(keywords or {})
        engine = engine_of([leaf for _, leaf in leaves((args, keywords), "")], f)
        if engine is None:
            raise ValueError(NOTHING)
        names = input_names(f, len(args))
        chosen = _chosen(names, keywords, wrt)
        walk = _Walk(engine)
        filled = tuple(
            walk.place(x, name, chosen(i, name))
            for i, (x, name) in enumerate(zip(args, names, strict=True))
        )
        named = {name: walk.place(x, name, chosen(None, name)) for name, x in keywords.items()}
        modules = [
            x
            for x in [*reachable(f), *reachable(claimed), *walk.modules]
            if isinstance(x, torch.nn.Module)
        ]
        if not walk.wanted:
            integers = [n for n, x in zip(walk.names, walk.leaves, strict=True) if not _is_float(x)]
            raise ValueError(
                NOTHING
                + (
                    f"; {integers[0]} is of type {walk.leaves[walk.names.index(integers[0])].dtype}, "
                    f"convert it with {integers[0]}.double()"
                    if integers
                    else ""
                )
            )
        return cls(
            walk.names, walk.leaves, walk.wanted, (filled, named), engine, State(modules), several
        )

    def __str__(self) -> str:
        """Return the names and shapes, for messages."""
        named = zip(self.names, self.leaves, strict=True)
        return ", ".join(f"{name} of shape {tuple(x.shape)}" for name, x in named)

    @property
    def floating(self) -> dict[str, Tensor]:
        """The arrays of real and complex numbers, constants too, by name."""
        named = zip(self.names, self.leaves, strict=True)
        return {name: x for name, x in named if _is_float(x) and x.layout == torch.strided}

    def with_leaves(self, leaves: Mapping[int, Tensor]) -> "Inputs":
        """Return the same with other arrays in some places."""
        return replace(self, leaves=[leaves.get(i, x) for i, x in enumerate(self.leaves)])

    def along(self, i: int, f: Callable[..., Any]) -> Callable[[Tensor], Tensor]:
        """Return f as a function of array i alone, without a graph."""
        role = f"f, one step away in {self.names[i]},"
        return lambda x: self.with_leaves({i: x}).value(f, role)

    # Calls

    def call(
        self, function: Callable[..., Any], role: str, mode: str = "plain"
    ) -> tuple[Any, dict[int, Any]]:
        """Call a function, and say what went wrong if something does.

        Parameters
        ----------
        function : callable
            f or claimed.
        role : str
            What to call it in a message.
        mode : str
            ``"plain"`` records no graph, ``"graph"`` gives f what depends on leaves, and ``"leaves"``
            gives it the leaves themselves, for a function that calls ``.backward()``.

        Returns
        -------
        tuple
            What it returned, and the arrays to differentiate by their positions.
        """
        graph = mode != "plain"
        trusted = role in self.trusted
        leaves = list(self.leaves)
        if not trusted:
            leaves = [x.clone() for x in leaves]
        if graph and self.engine.name == "torch":
            leaves = [
                x.detach().requires_grad_() if i in self.wanted else x for i, x in enumerate(leaves)
            ]
        given = [
            x.clone() if mode == "graph" and i in self.wanted and not trusted else x
            for i, x in enumerate(leaves)
        ]
        args, keywords, used = self.filled(given, leaves, graph=graph)
        self.state.restore()
        try:
            with torch.set_grad_enabled(graph):
                result = function(*args, **keywords)
        except Exception as error:
            if mode == "leaves" and "leaf Variable" in str(error):
                return self.call(function, role, "graph")
            raise ValueError(f"{role} raised {type(error).__name__} for {self}: {error}") from error
        if not trusted:
            self._refuse_changes(role, given)
            self.trusted.add(role)
        return result, used

    def filled(
        self,
        given: list[Tensor] | None = None,
        leaves: list[Tensor] | None = None,
        *,
        graph: bool = False,
    ) -> tuple[list[Any], dict[str, Any], dict[int, Any]]:
        """Return the arguments with arrays in their places, and what is to be differentiated."""
        given = self.leaves if given is None else given
        used: dict[int, Any] = {i: (leaves or given)[i] for i in self.wanted}

        def fill(tree: Any) -> Any:
            if isinstance(tree, _Slot):
                return self.engine.array(given[tree.position])
            if isinstance(tree, _Module):
                for name, i in tree.parameters.items():
                    parameter = tree.owned[name]
                    parameter.data, parameter.grad = given[i].detach(), None
                    if graph and i in used:
                        used[i] = parameter
                return tree.module
            return mapped(tree, fill)

        args, keywords = self.template
        return [fill(x) for x in args], {name: fill(x) for name, x in keywords.items()}, used

    def _refuse_changes(self, role: str, given: list[Tensor]) -> None:
        """Raise for an array that a function has changed."""
        for name, x, now in zip(self.names, self.leaves, given, strict=True):
            if not _same(x, now.detach()):
                raise ValueError(
                    f"{role} changes {name} in place; "
                    f"it must leave its inputs as they are (let it work on {name}.clone())"
                )

    # Values and gradients

    def value(self, f: Callable[..., Any], role: str = "f") -> Tensor:
        """Return what f computes here, without a graph: a vector of real numbers.

        A function that differentiates by itself needs a graph, and gets one.
        """
        needs_graph = RECORDED in self.trusted
        try:
            result, _ = self.call(f, role, "graph" if needs_graph else "plain")
        except ValueError:
            if needs_graph or self.engine.name != "torch":
                raise
            result, _ = self.call(f, role, "graph")
            self.record()
        return self.numbers(result).detach()

    def record(self) -> None:
        """Record a graph at every call from now on, for an f that looks at whether there is one."""
        self.trusted.add(RECORDED)

    def numbers(self, result: Any) -> Tensor:
        """Return a result of f as a vector of real numbers, and refuse one that has no gradient."""
        parts = [self._output(part) for _, part in leaves(result, "")] if self.several else []
        if not self.several:
            parts = [self._output(result)]
            if parts[0].numel() != 1:
                raise ValueError(
                    f"f returned a tensor of shape {tuple(parts[0].shape)}; expected one element, "
                    "as only a single number has a gradient (take a sum, a norm or one entry, or "
                    "ask check_vjp, check_jvp or check_jacobian)"
                )
        if not parts:
            raise TypeError("f returned nothing; expected tensors")
        flat = [torch.view_as_real(x) if x.is_complex() else x for x in parts]
        return flat[0].reshape(-1) if len(flat) == 1 else torch.cat([x.reshape(-1) for x in flat])

    def _output(self, part: Any) -> Tensor:
        """Return one output of f as a tensor of a type with enough digits."""
        if isinstance(part, Tensor):
            found = part.resolve_conj()
        elif self.engine.name != "torch" and part is not None and not isinstance(part, str):
            try:
                found = torch.tensor(self._detached(part))
            except (TypeError, ValueError, RuntimeError):
                raise TypeError(
                    f"f returned a {type(part).__name__}; expected a number or an array"
                ) from None
        else:
            raise TypeError(
                f"f returned a {type(part).__name__}; expected a tensor with one element "
                "(without .item() or a conversion to a number)"
            )
        kind = found.dtype.to_real() if found.is_complex() and self.several else found.dtype
        if kind not in TOLERANCES:
            raise TypeError(f"f returned {found.dtype}; expected a real number, best in float64")
        return found

    def _detached(self, array: Any) -> Any:
        """Return an array of any library as one of NumPy, or a number as it is."""
        return array if isinstance(array, int | float | complex) else _numpy(array)

    def slopes(
        self, f: Callable[..., Any], shaken: torch.Generator | None = None
    ) -> tuple[Tensor, list[Tensor | None]]:
        """Return what f computes here, and its derivatives as the engine gives them.

        The derivatives have first the index of the output, flat, then those of the array.
        None stands where there is no path to the array, or the engine has no gradient.
        Torch's are shaken by a generator: every number that its backward pass starts from, or finds
        saved, moves by its last digit.
        """
        if self.engine.name != "torch":
            return self.value(f), self._of_engine(f)
        finest = min(torch.finfo(self.leaves[i].dtype).eps for i in self.wanted)
        with _shaken(shaken, finest) if shaken else nullcontext():
            result, used = self.call(f, "f", "graph")
        value = self.numbers(result)
        leaves = [used[i] for i in self.wanted]
        if not value.requires_grad:
            return value.detach(), [None] * len(leaves)
        columns = sum(leaf.numel() for leaf in leaves)
        if len(value) > max(columns, 16) and not shaken:
            forward = self._forward(f)
            if forward is not None:
                return value.detach(), forward
        # A backward pass is linear, so that only its rounding changes with what it starts from.
        start = value.new_ones(())
        if shaken:
            start += torch.randint(-8, 9, (), generator=shaken) * torch.finfo(value.dtype).eps
        try:
            rows = [
                torch.autograd.grad(
                    y, leaves, start, allow_unused=True, retain_graph=len(value) > 1
                )
                for y in (value if len(value) > 1 else [value.reshape(())])
            ]
        except RuntimeError as error:
            raise ValueError(f"autograd cannot differentiate f: {error}") from error
        return value.detach(), [
            None
            if all(g is None for g in column)
            else torch.stack(_zero_filled(column, leaf)).detach() / start
            for column, leaf in zip(zip(*rows, strict=True), leaves, strict=True)
        ]

    def _forward(self, f: Callable[..., Any]) -> list[Tensor | None] | None:
        """Return the derivatives in forward mode, or None where f has a step without a rule."""
        if any(x.is_complex() for x in self.leaves) or any(
            isinstance(x, _Module) for x in self.template[0]
        ):
            return None
        found: list[Tensor | None] = []
        try:
            for i in self.wanted:
                x = self.leaves[i]
                columns = []
                for k in range(x.numel()):
                    tangent = torch.zeros_like(x)
                    tangent.view(-1)[k] = 1
                    with forward_ad.dual_level():
                        dual: Tensor = forward_ad.make_dual(x, tangent)  # type: ignore[no-untyped-call]
                        inside = self.with_leaves({i: dual})
                        args, keywords, _ = inside.filled(inside.leaves, inside.leaves, graph=False)
                        self.state.restore()
                        value = self.numbers(f(*args, **keywords))
                        slope = forward_ad.unpack_dual(value).tangent  # type: ignore[no-untyped-call]
                        columns.append(torch.zeros_like(value) if slope is None else slope.detach())
                found.append(torch.stack(columns, 1).reshape(-1, *x.shape))
        except Exception:  # noqa: BLE001 - whatever has no rule is differentiated in reverse
            return None
        return found

    def _of_engine(self, f: Callable[..., Any]) -> list[Tensor | None]:
        """Return the derivatives that another library gives."""
        gradients = self.engine.gradients
        none: list[Tensor | None] = [None] * len(self.wanted)
        if gradients is None:
            return none
        args, keywords = self.template

        def flat(*arrays: Any) -> Any:
            there = dict(zip(self.wanted, arrays, strict=True))

            def fill(tree: Any) -> Any:
                if isinstance(tree, _Slot):
                    p = tree.position
                    return there[p] if p in there else self.engine.array(self.leaves[p])
                return mapped(tree, fill)

            return f(*(fill(x) for x in args), **{name: fill(x) for name, x in keywords.items()})

        def output(k: int) -> Callable[..., Any]:
            return lambda *arrays: _parts(flat(*arrays))[k]

        arrays = [self.engine.array(self.leaves[i]) for i in self.wanted]
        try:
            count = len(self.value(f))
            outputs = [output(k) for k in range(count)] if self.several else [flat]
            rows = [
                [torch.from_numpy(_numpy(g).copy()) for g in gradients(o, arrays)] for o in outputs
            ]
        except (TypeError, ValueError, NotImplementedError):
            return none  # it cannot follow f
        return [torch.stack(column) for column in zip(*rows, strict=True)]

    # Claims

    def claims(self, claimed: object, shape: tuple[int, ...] = ()) -> list[Tensor]:
        """Return the claims, a tensor for each array that is differentiated.

        Parameters
        ----------
        claimed : callable or torch.Tensor or sequence or dict
            What the caller says.
        shape : tuple of int
            The shape of what f returns, which comes first in a Jacobian.
        """
        result: Any = claimed
        if callable(claimed) and not isinstance(claimed, Tensor):
            result, used = self.call(claimed, "claimed", "leaves")
            if result is None and self.engine.name == "torch":  # it called .backward()
                found = [used[i].grad for i in self.wanted]
                result = None if all(g is None for g in found) else found
                if result is not None:
                    result = [
                        torch.zeros_like(self.leaves[i]) if g is None else g
                        for i, g in zip(self.wanted, found, strict=True)
                    ]
        return [
            self._claim(i, part, shape)
            for i, part in zip(self.wanted, self.matched(result), strict=True)
        ]

    def matched(self, result: Any) -> list[Any]:
        """Return the parts of a claim in the order of the arrays."""
        parts = list(result) if isinstance(result, list | tuple) else [result]
        flat_enough = not any(isinstance(part, dict | list | tuple) for part in parts)
        if len(parts) == len(self.wanted) and flat_enough:
            return parts
        args, keywords = self.template
        trees = [x for x in (*args, *keywords.values()) if _wanted(x, self.wanted)]
        if len(trees) == 1 and not (isinstance(result, list | tuple) and len(result) == 1):
            parts = [result]
        found: list[Any] = []
        if len(parts) == len(trees) and not flat_enough:
            for tree, part in zip(trees, parts, strict=True):
                found += self._like(tree, part)
        else:
            found = parts
        if len(found) != len(self.wanted):
            names = ", ".join(self.names[i] for i in self.wanted)
            raise ValueError(
                f"the number of claimed gradients is {len(found)}; expected {len(self.wanted)}, "
                f"one for each input that requires a gradient ({names})"
            )
        return found

    def _like(self, tree: Any, part: Any) -> list[Any]:
        """Return the parts of a claim that has the structure of an argument."""
        if isinstance(tree, _Slot):
            return [part] if tree.position in self.wanted else []
        if isinstance(tree, _Module):
            names = {name: i for name, i in tree.parameters.items() if i in self.wanted}
            return self._named(part, {name: _Slot(i) for name, i in names.items()})
        if isinstance(tree, dict):
            return self._named(part, {k: v for k, v in tree.items() if _wanted(v, self.wanted)})
        if isinstance(tree, list | tuple):
            inner = [x for x in tree if _wanted(x, self.wanted)]
            if isinstance(part, list | tuple) and len(part) == len(inner):
                return [g for x, p in zip(inner, part, strict=True) for g in self._like(x, p)]
            raise ValueError(
                f"a part of the claim is {_kind(part)}; expected {len(inner)} gradients in a list"
            )
        return []

    def _named(self, part: Any, trees: Mapping[str, Any]) -> list[Any]:
        """Return the parts of a claim that is a dictionary, in the order of the argument."""
        if isinstance(part, list | tuple) and len(part) == len(trees):
            part = dict(zip(trees, part, strict=True))
        if not isinstance(part, dict) or set(part) != set(trees):
            keys = ", ".join(map(repr, trees))
            raise ValueError(
                f"a part of the claim is {_kind(part)}; expected one with the keys {keys}"
            )
        return [g for name, tree in trees.items() for g in self._like(tree, part[name])]

    def _claim(self, i: int, part: object, shape: tuple[int, ...]) -> Tensor:
        """Return one claim as a tensor; a number stands for an array of one element."""
        name, x = self.names[i], self.leaves[i]
        if isinstance(part, Tensor):
            return part.detach().to_dense().to(x.device, torch.promote_types(part.dtype, x.dtype))
        numbers = int | float | complex if x.is_complex() else int | float
        if isinstance(part, numbers) and not isinstance(part, bool) and x.numel() == 1:
            return torch.full((*shape, *x.shape), part, dtype=x.dtype, device=x.device)
        if self.engine.name != "torch" and hasattr(part, "__array__"):
            found = torch.from_numpy(_numpy(part).copy())
            return found.to(torch.promote_types(found.dtype, x.dtype))
        raise TypeError(
            f"the claimed gradient for {name} is a {type(part).__name__}; "
            f"expected a tensor of shape {(*shape, *x.shape)}"
        )


# The word for a function that needs a graph, beside the roles that leave their inputs alone.
RECORDED = "recorded"

NOTHING = "no input requires a gradient; mark those to differentiate with x.requires_grad_()"


class _Walk:
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
        required = x.requires_grad if isinstance(x, Tensor) else _is_float(tensor)
        wanted = required if chosen is None else chosen
        return _Slot(self._add(name, tensor, wanted=wanted))

    def _module(self, module: torch.nn.Module, name: str, chosen: bool | None) -> _Module:
        """Return a place for a module, whose parameters are arrays."""
        owned = copy.deepcopy(module)
        self.modules.append(owned)
        places = {}
        for part, parameter in owned.named_parameters():
            wanted = parameter.requires_grad if chosen is None else chosen
            tensor = parameter.detach().clone()
            places[part] = self._add(f"{name}.{part}", tensor, wanted=wanted)
        return _Module(owned, places, dict(owned.named_parameters()))

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
    walk: _Walk | None = None,
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


def leaves(tree: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Yield what a container holds, at any depth."""
    if isinstance(tree, dict):
        for key, x in tree.items():
            yield from leaves(x, f"{name}[{key!r}]")
    elif isinstance(tree, list | tuple):
        for i, x in enumerate(tree):
            yield from leaves(x, f"{name}[{i}]")
    else:
        yield name, tree


def _wanted(tree: Any, wanted: Sequence[int]) -> bool:
    """Whether an argument has an array that is differentiated."""
    for _, leaf in leaves(tree, ""):
        positions = (
            leaf.parameters.values()
            if isinstance(leaf, _Module)
            else [getattr(leaf, "position", None)]
        )
        if any(i in wanted for i in positions):
            return True
    return False


def _chosen(
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
    if not _is_float(x):
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
    if not x.isfinite().all():
        raise ValueError(f"{name} has entries that are NaN or infinite; expected finite numbers")


def _is_float(x: Tensor) -> bool:
    return x.is_floating_point() or x.is_complex()


def _same(x: Tensor, now: Tensor) -> bool:
    """Whether an array is as it was."""
    return (x.layout != torch.strided and x.layout == now.layout) or _equal(now, x)


def _kind(part: object) -> str:
    """Return the type of a part of a claim, and its keys or length."""
    if isinstance(part, dict):
        return f"a dictionary with the keys {', '.join(map(repr, part))}"
    return f"a {type(part).__name__}" + (
        f" of {len(part)}" if isinstance(part, list | tuple) else ""
    )


def _shaken(generator: torch.Generator, finest: float) -> AbstractContextManager[Any]:
    """Return a context in which what autograd saves is off by a last digit, up or down or not.

    Numbers with fewer digits than an epsilon stay: that f computes in a coarse type is no rounding.
    """

    def pack(x: Tensor) -> Tensor:
        if not _is_float(x) or x.layout != torch.strided or torch.finfo(x.dtype).eps > finest:
            return x
        digits = torch.randint(-1, 2, x.shape, generator=generator).to(x)
        return x.detach() * (1 + torch.finfo(x.dtype).eps * digits)

    return torch.autograd.graph.saved_tensors_hooks(pack, lambda x: x)


def _zero_filled(column: Sequence[Tensor | None], leaf: Tensor) -> list[Tensor]:
    """Return the rows of a derivative, zeros where there is no path."""
    return [torch.zeros_like(leaf) if g is None else g.to_dense() for g in column]


def _parts(result: Any) -> list[Any]:
    """Return the numbers in an array of another library, one by one."""
    return [number for _, part in leaves(result, "") for number in part.reshape(-1)]


def _numpy(array: Any) -> Any:
    """Return an array of another library as one of NumPy."""
    return np.asarray(array)
