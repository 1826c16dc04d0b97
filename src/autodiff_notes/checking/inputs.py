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

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from autodiff_notes.checking.arguments import (
    Module,
    Walk,
    chosen_by,
    filled,
    input_names,
    is_float,
    leaves,
)
from autodiff_notes.checking.engines import Engine, engine_of, reachable
from autodiff_notes.checking.matching import claim_for, matched
from autodiff_notes.checking.state import State, same
from autodiff_notes.checking.witnesses import TOLERANCES
from autodiff_notes.evaluation.derivatives import differential
from autodiff_notes.messages import type_of

__all__ = ["Inputs"]


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
    state : autodiff_notes.checking.state.State
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
    several: bool
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
        engine = engine_of(list(leaves((args, keywords))), f)
        if engine is None:
            raise ValueError(NOTHING)
        names = input_names(f, len(args))
        chosen = chosen_by(names, keywords, wrt)
        walk = Walk(engine)
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
            integers = [n for n, x in zip(walk.names, walk.leaves, strict=True) if not is_float(x)]
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
        return {name: x for name, x in named if is_float(x) and x.layout == torch.strided}

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
            ``"plain"`` records no graph, ``"graph"`` gives f what depends on leaves, ``"leaves"``
            gives it the leaves themselves, for a function that calls ``.backward()``, and ``"quiet"``
            does so without a graph.

        Returns
        -------
        tuple
            What it returned, and the arrays to differentiate by their positions.
        """
        graph = mode != "plain"
        who = role.partition(",")[0]
        trusted = who in self.trusted
        leaves = list(self.leaves)
        if not trusted:  # what is trusted gets the arrays themselves
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
            with torch.set_grad_enabled(mode in {"graph", "leaves"}):
                result = function(*args, **keywords)
        except Exception as error:
            if mode == "leaves" and "leaf Variable" in str(error):
                return self.call(function, role, "graph")
            raise ValueError(f"{role} raised {type(error).__name__} for {self}: {error}") from error
        if not trusted:
            self._refuse_changes(role, given)
            self.trusted.add(who)
        return result, used

    def filled(
        self,
        given: list[Tensor] | None = None,
        leaves: list[Tensor] | None = None,
        *,
        graph: bool = False,
    ) -> tuple[tuple[Any, ...], dict[str, Any], dict[int, Any]]:
        """Return the arguments with arrays in their places, and what is to be differentiated."""
        given = self.leaves if given is None else given
        used: dict[int, Any] = {i: (leaves or given)[i] for i in self.wanted}

        def array(i: int) -> Any:
            return self.engine.array(given[i])

        def enter(module: Module) -> torch.nn.Module:
            for name, i in module.parameters.items():
                parameter = module.owned[name]
                parameter.data, parameter.grad = given[i].detach(), None
                if graph and i in used:
                    used[i] = parameter
            return module.module

        args, keywords = filled(self.template, array, enter)
        return args, keywords, used

    def _refuse_changes(self, role: str, given: list[Tensor]) -> None:
        """Raise for an array that a function has changed."""
        for name, x, now in zip(self.names, self.leaves, given, strict=True):
            if not same(now.detach(), x):
                raise ValueError(
                    f"{role} changes {name} in place; "
                    f"it must leave its inputs as they are (let it work on {name}.clone())"
                )

    # Values and gradients

    def value(self, f: Callable[..., Any], role: str = "f") -> Tensor:
        """Return the value of f here, without a graph: a vector of real numbers.

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
        parts = [self._output(part) for part in leaves(result)] if self.several else []
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
        flat = [torch.view_as_real(x.resolve_conj()) if x.is_complex() else x for x in parts]
        return flat[0].reshape(-1) if len(flat) == 1 else torch.cat([x.reshape(-1) for x in flat])

    def _output(self, part: Any) -> Tensor:
        """Return one output of f as a tensor of a type with enough digits."""
        found = part.resolve_conj() if isinstance(part, Tensor) else None
        expected = "tensors" if self.several else ONE_ELEMENT
        if found is None and self.engine.name != "torch":
            expected = "a number or an array"
            with suppress(TypeError, ValueError, RuntimeError):
                found = torch.from_numpy(np.array(part))  # a float keeps its digits
        if found is None:
            raise TypeError(f"f returned {type_of(part)}; expected {expected}")
        kind = found.dtype.to_real() if found.is_complex() and self.several else found.dtype
        if kind not in TOLERANCES:
            raise TypeError(f"f returned {found.dtype}; expected a real number, best in float64")
        return found

    def slopes(
        self, f: Callable[..., Any], shaken: torch.Generator | None = None
    ) -> tuple[Tensor, list[Tensor | None]]:
        """Return the value of f here, and its derivatives as the engine gives them.

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
            else _stacked(column, leaf, start if shaken else None)
            for column, leaf in zip(zip(*rows, strict=True), leaves, strict=True)
        ]

    def _forward(self, f: Callable[..., Any]) -> list[Tensor | None] | None:
        """Return the derivatives in forward mode, or None where f has a step without a rule."""
        if any(x.is_complex() for x in self.leaves) or any(
            isinstance(x, Module) for x in self.template[0]
        ):
            return None

        def along(i: int, x: Tensor, k: int) -> Tensor:
            def outputs(x: Tensor) -> Tensor:
                args, keywords, _ = self.with_leaves({i: x}).filled()
                self.state.restore()
                return self.numbers(f(*args, **keywords))

            tangent = torch.zeros_like(x)
            tangent.view(-1)[k] = 1
            return differential({"x": tangent}, outputs, x=x).detach()

        found: list[Tensor | None] = []
        try:
            for i in self.wanted:
                x = self.leaves[i]
                columns = [along(i, x, k) for k in range(x.numel())]
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

        def flat(*arrays: Any) -> Any:
            there = dict(zip(self.wanted, arrays, strict=True))
            args, keywords = filled(
                self.template,
                lambda i: there[i] if i in there else self.engine.array(self.leaves[i]),
            )
            return f(*args, **keywords)

        def output(k: int) -> Callable[..., Any]:
            return lambda *arrays: _parts(flat(*arrays))[k]

        arrays = [self.engine.array(self.leaves[i]) for i in self.wanted]
        try:
            count = len(self.value(f))
            outputs = [output(k) for k in range(count)] if self.several else [flat]
            rows = [
                [torch.from_numpy(np.asarray(g).copy()) for g in gradients(o, arrays)]
                for o in outputs
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
            result, used = self._claimed(claimed)
            if result is None and self.engine.name == "torch":  # it called .backward()
                found = [used[i].grad for i in self.wanted]
                result = None if all(g is None for g in found) else found
                if result is not None:
                    result = [
                        torch.zeros_like(self.leaves[i]) if g is None else g
                        for i, g in zip(self.wanted, found, strict=True)
                    ]
        return [
            claim_for(self, i, part, shape)
            for i, part in zip(self.wanted, matched(self, result), strict=True)
        ]

    def _claimed(self, claimed: Callable[..., Any]) -> tuple[Any, dict[int, Any]]:
        """Call a claim, without a graph unless it asks for one: a graph takes time and memory."""
        if DIFFERENTIATES not in self.trusted and self.engine.name == "torch":
            try:
                result, used = self.call(claimed, "claimed", "quiet")
            except ValueError:
                result = None
            if result is not None:
                return result, used
            self.trusted.add(DIFFERENTIATES)
        return self.call(claimed, "claimed", "leaves")


# The words for an f that needs a graph and for a claim that does, beside the roles that leave their
# inputs alone.
RECORDED, DIFFERENTIATES = "recorded", "differentiates"

ONE_ELEMENT = "a tensor with one element (without .item() or a conversion to a number)"
NOTHING = "no input requires a gradient; mark those to differentiate with x.requires_grad_()"


def _shaken(generator: torch.Generator, finest: float) -> AbstractContextManager[Any]:
    """Return a context in which what autograd saves is off by a last digit, up or down or not.

    Numbers with fewer digits than an epsilon stay: that f computes in a coarse type is no rounding.
    """

    def pack(x: Tensor) -> Tensor:
        if not is_float(x) or x.layout != torch.strided or torch.finfo(x.dtype).eps > finest:
            return x
        digits = torch.randint(-1, 2, x.shape, generator=generator).to(x)
        return x.detach() * (1 + torch.finfo(x.dtype).eps * digits)

    return torch.autograd.graph.saved_tensors_hooks(pack, lambda x: x)


def _stacked(column: Sequence[Tensor | None], leaf: Tensor, start: Tensor | None) -> Tensor:
    # The rows of a derivative, zeros where there is no path, divided by what it started from.
    rows = [torch.zeros_like(leaf) if g is None else g.detach().to_dense() for g in column]
    found = rows[0].resolve_conj().resolve_neg()[None] if len(rows) == 1 else torch.stack(rows)
    return found if start is None else found / start


def _parts(result: Any) -> list[Any]:
    return [number for part in leaves(result) for number in part.reshape(-1)]
