"""Random points of the sets in a formula, at which its code is evaluated.

>>> from autodiff_notes.notation import compiled, read
>>> from autodiff_notes.notation.sets import declare
>>> trace = compiled(read("tr(X)", {"X": "M"}))
>>> for point in points([declare("X in square(n)")], sizes=2, seeds=1):
...     print(point.label, point.values["X"].shape, point.evaluate(trace).shape)
n = 2, seed 0 torch.Size([2, 2]) torch.Size([])
n = 4, seed 0 torch.Size([4, 4]) torch.Size([])
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from types import CodeType
from typing import Any

import torch
from torch import Tensor

from autodiff_notes.evaluation import functions, samplers
from autodiff_notes.evaluation.derivatives import derivative, differential
from autodiff_notes.evaluation.places import label, places
from autodiff_notes.notation import Kind, compiled, namespace, read
from autodiff_notes.notation.sets import STRUCTURES, Declaration, Domain

__all__ = [
    "Point",
    "by_free_entries",
    "points",
    "precision",
    "sample",
    "tangent",
    "torch_names",
]


@dataclass(frozen=True)
class Point:
    """A value for every variable, and a direction in which those move that are not constant.

    Attributes
    ----------
    label : str
        Where it is, for messages.
    values : dict of str to torch.Tensor or int or float
        The variables and the symbols of sizes.
    tangents : dict of str to torch.Tensor
        The directions.
    """

    label: str
    values: dict[str, Any]
    tangents: dict[str, Tensor]

    def evaluate(self, code: CodeType, **changed: Tensor) -> Tensor:
        """Return the value of a compiled expression here."""
        value = self._value(code, changed)
        if isinstance(value, Tensor):
            return value.detach()
        return torch.tensor(value if isinstance(value, complex) else float(value))

    def function(self, code: CodeType, *names: str) -> Callable[..., Any]:
        """Return a compiled expression as a function of these variables, to be differentiated."""
        return lambda *inputs: self._value(code, dict(zip(names, inputs, strict=True)))

    def _value(self, code: CodeType, changed: Mapping[str, Tensor]) -> Any:
        """Return the value of a compiled expression, with some variables changed."""
        names = {
            **torch_names(),
            **self.values,
            **changed,
            "d": partial(differential, self.tangents),
            "D": derivative,
        }
        return eval(code, names)


@cache
def torch_names() -> dict[str, Any]:
    """Return the names that compiled code may use: torch, and what the words need besides."""
    return namespace({"torch": torch, **{n: getattr(functions, n) for n in functions.__all__}})


# Points


def points(
    declarations: Sequence[Declaration],
    sizes: int,
    seeds: int,
    first_seed: int = 0,
    dtype: torch.dtype = torch.float64,
) -> Iterator[Point]:
    """Draw points: so many sizes, and so many seeds for each.

    Without symbols of sizes there is one size, and all points differ by their seeds.

    Raises
    ------
    ValueError
        If the one or the other is less than 1: a claim checked at no point would pass unseen.
    DerivationError
        If no sizes fit the declarations.
    """
    for binding, seed in places(declarations, sizes, seeds, first_seed):
        yield sample(declarations, binding, seed, dtype)


def sample(
    declarations: Sequence[Declaration], binding: dict[str, int], seed: int, dtype: torch.dtype
) -> Point:
    """Draw one point, of sizes that are given by their symbols."""
    generator = torch.Generator(torch.get_default_device()).manual_seed(seed)
    point = Point(label(binding, seed), dict(binding), {})
    for declared in declarations:
        shape, domain = declared.shape(binding), declared.domain
        for name in declared.names:
            x = getattr(samplers, domain.sampler)(*shape, generator=generator, dtype=dtype)
            point.values[name] = x
            if not declared.constant:
                V = torch.randn(x.shape, dtype=x.dtype, generator=generator, device=x.device)
                point.tangents[name] = tangent(domain, x, V)
    return point


def tangent(domain: Domain, x: Tensor, V: Tensor) -> Tensor:
    """Return the direction in which a point x of a set may move that is nearest to V."""
    code = _linear(STRUCTURES[domain.structure].tangent, domain.kind)
    return _along(code, {"X": x, "V": V})


def by_free_entries(structure: str, V: Tensor) -> Tensor:
    """Return the motion of all entries of a structured matrix when the free ones move as in V."""
    return _along(_linear(STRUCTURES[structure].free, Kind.MATRIX), {"V": V})


@cache
def _linear(text: str, kind: Kind) -> CodeType:
    return compiled(read(text, {"X": kind, "V": kind, "n": Kind.INTEGER}))


def _along(code: CodeType, names: dict[str, Tensor]) -> Tensor:
    V = names["V"]
    moved: Tensor = eval(code, {**torch_names(), **names, "n": len(V) if V.ndim else 1})
    return moved.to(V.dtype)  # ones have the default type


@contextmanager
def precision(dtype: torch.dtype = torch.float64) -> Iterator[None]:
    """Let new tensors be float64, or of another type, and leave the setting as it was."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        yield
    finally:
        torch.set_default_dtype(before)
