"""Random points, at which formulas are evaluated by the standard library.

>>> from autodiff_notes.notation import read
>>> from autodiff_notes.notation.sets import declare
>>> (point,) = points([declare("x in unit_vector(n)")], sizes=1, seeds=1)
>>> point.label, round(point.evaluate(read("x @ x", {"x": "v"})).nested, 12)
('n = 2, seed 0', 1.0)
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import nan
from random import Random
from typing import Any

from autodiff_notes.evaluation.places import label, places
from autodiff_notes.evaluation.standard.arrays import entries, rank, shape
from autodiff_notes.evaluation.standard.evaluating import Scope, evaluate
from autodiff_notes.evaluation.standard.numbers import is_complex
from autodiff_notes.evaluation.standard.samplers import SAMPLERS
from autodiff_notes.evaluation.verdicts import Value
from autodiff_notes.notation import Expression, Kind, read
from autodiff_notes.notation.sets import STRUCTURES, Declaration, Domain

__all__ = ["Point", "points", "tangent"]


class Point:
    """A value for every variable, and a direction in which those move that are not constant.

    Attributes
    ----------
    label : str
        Where it is, for messages.
    scope : ~autodiff_notes.evaluation.standard.evaluating.Scope
        The values and the directions.
    """

    def __init__(self, where: str, scope: Scope) -> None:
        """Keep the parts."""
        self.label, self.scope = where, scope

    def evaluate(self, expression: Expression, **changed: float) -> Value:
        """Return the value of an expression, not a number where it has none."""
        scope = self.scope.moved(**changed) if changed else self.scope
        try:
            value = evaluate(expression, scope)
        except ArithmeticError:
            return Value((), [nan])
        return Value(shape(value), list(entries(value)))

    def shown(self) -> Mapping[str, Any]:
        """Return the variables and the sizes."""
        return {n: v for n, v in self.scope.values.items() if not callable(v)}


def points(
    declarations: Sequence[Declaration], sizes: int, seeds: int, first_seed: int = 0
) -> Iterator[Point]:
    """Draw points: so many sizes, and so many seeds for each.

    Raises
    ------
    ValueError
        If the one or the other is less than 1.
    DerivationError
        If no sizes fit the declarations.
    """
    for binding, seed in places(declarations, sizes, seeds, first_seed):
        random = Random(seed)
        scope, tangents = Scope(binding, {}), {}
        for declared in declarations:
            for name in declared.names:
                x = SAMPLERS[declared.domain.sampler](random, *declared.shape(binding))
                scope.values[name] = x
                if not declared.constant:
                    V = _normal(random, x)
                    tangents[name] = tangent(declared.domain, x, V)
        scope.tangents = tangents
        yield Point(label(binding, seed), scope)


def _normal(random: Random, x: Any) -> Any:
    # A direction like a point.
    if type(x) is list:
        return [_normal(random, part) for part in x]
    return complex(*_normal(random, [0.0, 0.0])) if is_complex(x) else random.gauss(0, 1)


def tangent(domain: Domain, x: Any, V: Any) -> Any:
    """Return the direction in which a point x of a set may move that is nearest to V."""
    text = STRUCTURES[domain.structure].tangent
    names = {"X": x, "V": V, "n": len(V) if rank(V) else 1}
    return evaluate(_linear(text, domain.kind), Scope(names, {}))


@cache
def _linear(text: str, kind: Kind) -> Expression:
    return read(text, {"X": kind, "V": kind, "n": Kind.INTEGER})
