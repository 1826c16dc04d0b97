"""A reader's formula, checked at several points of its domain."""

import inspect
from collections.abc import Callable
from types import CodeType
from typing import Any

from torch import Tensor

from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.checking.report import GradientReport
from autodiff_notes.evaluation.points import Point, by_free_entries, points, precision, tangent
from autodiff_notes.notation import compiled

__all__ = ["mark"]


def mark(
    entry: Entry, claimed: Callable[..., Any], sizes: int, seeds: int, first_seed: int
) -> GradientReport:
    """Mark a claimed gradient; see :meth:`autodiff_notes.exercises.Exercise.mark`."""
    with precision():
        code = compiled(entry.value)
        for point in points(entry.declarations, sizes, seeds, first_seed):
            report = _at(entry, code, claimed, point)
            if not report.holds:
                break
    return report


def _at(entry: Entry, code: CodeType, claimed: Callable[..., Any], point: Point) -> GradientReport:
    """Mark a claimed gradient at one point; numbers of Python are fixed, tensors are inputs."""
    values = {name: point.values[name] for name in entry.parameters}
    names = [name for name, value in values.items() if isinstance(value, Tensor)]
    inputs = [values[name].clone().requires_grad_(name in entry.moving) for name in names]

    def f(*tensors: Tensor) -> Tensor:
        there = dict(zip(names, tensors, strict=True))
        moved = {name: _kept(entry, name, values[name], x) for name, x in there.items()}
        value: Tensor = point.function(code, *names)(*moved.values())
        return value

    def formula(*tensors: Tensor) -> Any:
        return claimed(*{**values, **dict(zip(names, tensors, strict=True))}.values())

    # The report calls the inputs by the names of the parameters.
    parameters = [inspect.Parameter(n, inspect.Parameter.POSITIONAL_ONLY) for n in names]
    f.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return check_gradient(f, formula, *inputs)


def _kept(entry: Entry, name: str, start: Tensor, x: Tensor) -> Tensor:
    """Return a variable that moved from where it was, brought back into its set.

    The gradient of a function of what comes out lies in the space in which the variable moves,
    and lists the partial derivatives by the free entries where the entry does.
    """
    if entry.free and x.ndim == 2 and name in entry.moving:
        return start + by_free_entries(entry.free, x - start)
    domain = entry.declaration(name).domain
    if domain.structure in {"any", "fixed"}:
        return x
    return start + tangent(domain, start, x - start)
