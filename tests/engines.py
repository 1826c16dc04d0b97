"""One point for both engines: what the standard library draws, as tensors for torch."""

from collections.abc import Iterator
from typing import Any

import torch

from autodiff_notes.evaluation.points import Point, precision
from autodiff_notes.evaluation.standard.points import points
from autodiff_notes.evaluation.verdicts import Value
from autodiff_notes.notation import Expression, compiled
from autodiff_notes.notation.derivations import parse


def both(
    text: str, variables: tuple[str, ...], sizes: int = 3, seeds: int = 2
) -> Iterator[tuple[Value, Value]]:
    """Yield the value of a formula at random points, by the standard library and by torch."""
    posed = parse("\n".join([*variables, text, f"= {text}"]))
    expression = posed.lines[0].expression
    for point in points(posed.declarations, sizes, seeds):
        ours = point.evaluate(expression)
        theirs = by_torch(expression, point.scope.values, point.scope.tangents, point.label)
        yield ours, theirs


def by_torch(expression: Expression, values: Any, tangents: Any, label: str = "") -> Value:
    """Return the value of a formula by torch, at a point of numbers and lists."""
    with precision():
        here, along = (
            {name: tensor(value) for name, value in names.items()} for names in (values, tangents)
        )
        value = Point(label, here, along).evaluate(compiled(expression))
    return Value(tuple(value.shape), value.flatten().tolist())


def tensor(value: Any) -> Any:
    """Return a list or a number as a tensor; sizes stay what they are."""
    return torch.tensor(value) if isinstance(value, list | float | complex) else value
