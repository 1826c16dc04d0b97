"""Derivations, executed: each line is evaluated at random points, and compared with the line before.

>>> from autodiff_notes.notation.derivations import parse
>>> derivation = parse('''
... X in positive_determinant(n)
... d(logdet(X))
... = tr(inv(X) @ d(X))       # Jacobi's formula
... = inner(inv(X).mT, d(X))  # the trace is an inner product
... ''')
>>> execute(derivation).summary  # doctest: +ELLIPSIS
'2 equalities, each at 9 random points; largest relative gap ...'
>>> execute(parse('''X in positive_determinant(n)
... d(logdet(X))
... = tr(inv(X).mT @ d(X))'''))  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
autodiff_notes.notation.derivations.DerivationError: line 3 does not equal the line before it
(relative gap ...)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from autodiff_notes.evaluation import points
from autodiff_notes.evaluation.outcome import Execution
from autodiff_notes.evaluation.verdicts import Value, gap, settled
from autodiff_notes.notation import Expression, compiled
from autodiff_notes.notation.derivations import Derivation

__all__ = ["execute", "gaps"]


@dataclass(frozen=True)
class _Place:
    """A point at which torch evaluates the lines."""

    point: points.Point

    @property
    def label(self) -> str:
        return self.point.label

    def evaluate(self, expression: Expression, **changed: float) -> Value:
        small = {name: torch.tensor(number) for name, number in changed.items()}
        value = self.point.evaluate(compiled(expression), **small)
        return Value(tuple(value.shape), value.flatten().tolist())

    def shown(self) -> Mapping[str, Any]:
        return {
            name: value.tolist() if isinstance(value, Tensor) else value
            for name, value in self.point.values.items()
        }


def execute(
    derivation: Derivation,
    *,
    sizes: int = 3,
    seeds: int = 3,
    first_seed: int = 0,
    tolerance: float = 1e-9,
) -> Execution:
    """Execute every line of a derivation at random points, in float64, by torch.

    ``autodiff_notes.evaluation.standard.execute`` does it with the standard library.

    Parameters
    ----------
    derivation : ~autodiff_notes.notation.derivations.Derivation
        A result of :func:`~autodiff_notes.notation.derivations.parse`.
    sizes, seeds : int
        How many sizes of the variables, and how many random points of each.
    first_seed : int
        Where the seeds begin.
    tolerance : float
        The largest relative gap between two equal lines.

    Raises
    ------
    DerivationError
        If a line does not equal the line before it, has another shape, is not finite
        or cannot be evaluated.
    """
    with points.precision():
        places = list(_places(derivation, sizes, seeds, first_seed))
        return settled(derivation, places, tolerance)


def gaps(derivation: Derivation) -> list[float]:
    """Return the relative gap between the first two lines of a derivation, at each of nine points.

    An approximation is evaluated where its small variable is between 0.01 and 0.02.
    """
    first, second = derivation.chains[0][:2]
    with points.precision():
        return [
            gap(place.evaluate(first.expression), place.evaluate(second.expression))
            for place in _places(derivation, 3, 3)
        ]


def _places(
    derivation: Derivation, sizes: int, seeds: int, first_seed: int = 0
) -> Iterator[_Place]:
    return map(_Place, points.points(derivation.declarations, sizes, seeds, first_seed))
