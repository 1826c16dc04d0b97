"""Sets for letters of which nothing was said, until every word of a function is defined.

>>> from autodiff_notes.dialects import understand
>>> settled(understand("log(det(X))")).variables
('X in positive_determinant(n)',)
"""

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite

from autodiff_notes.deriving import DomainNeeded
from autodiff_notes.deriving.domains import refuse_missing_domain
from autodiff_notes.deriving.outcome import NotSupported
from autodiff_notes.deriving.problem import pose
from autodiff_notes.dialects import Understood
from autodiff_notes.evaluation.standard.points import points
from autodiff_notes.notation.derivations import DerivationError, parse
from autodiff_notes.notation.sets import declare

__all__ = ["settled"]

ROUNDS = 8
"""More words that need something than a formula has that somebody types."""

TIGHTER = (
    {"square": "spd"},
    {"vector": "positive", "scalar": "positive_scalar"},
    {"square": "spd", "vector": "positive", "scalar": "positive_scalar"},
)
"""Sets that are tried where a formula has no value in larger ones, as a root of x' A x + 1."""


def settled(understood: Understood) -> Understood:
    """Return a formula with sets in which its words are defined, where nothing was said.

    Raises
    ------
    DomainNeeded
        If a set that was said does not do.
    """
    variables = understood.variables
    for _ in range(ROUNDS):
        try:
            refuse_missing_domain(pose(understood.function, variables, {}))
        except DomainNeeded as error:
            offered = tuple(
                new if set(declare(old).names) <= set(understood.guessed) else old
                for old, new in zip(variables, error.offered, strict=True)
            )
            if offered == variables:
                raise
            variables = offered
        except NotSupported:
            break
        else:
            break
    understood = replace(understood, variables=variables)
    tighter = (_tighter(understood, sets) for sets in TIGHTER)
    return next((one for one in (understood, *tighter) if _valued(one)), understood)


def _tighter(understood: Understood, sets: Mapping[str, str]) -> Understood:
    """Return a formula with smaller sets for letters of which nothing was said."""

    def set_of(said: str) -> str:
        declared = declare(said)
        name, guessed = declared.domain.name, set(declared.names) <= set(understood.guessed)
        return said.replace(f" in {name}(", f" in {sets.get(name, name)}(") if guessed else said

    return replace(understood, variables=tuple(map(set_of, understood.variables)))


def _valued(understood: Understood) -> bool:
    """Return whether a formula has a value, a number, at a few points of its sets."""
    text = understood.function
    try:
        formula = parse("\n".join([*understood.variables, text, f"= {text}"]))
        drawn = points(formula.declarations, sizes=2, seeds=2)
        values = [point.evaluate(formula.lines[0].expression) for point in drawn]
    except (DerivationError, ValueError):
        return True  # what is wrong is said when it is derived
    return all(isfinite(abs(number)) for value in values for number in value.entries)
