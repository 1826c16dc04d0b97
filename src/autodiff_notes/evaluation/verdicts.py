"""Verdicts on the lines of a derivation, whichever engine evaluates them.

An engine gives points; a point gives the value of a line. What is compared are numbers of Python.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf, isfinite, log2
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from autodiff_notes.evaluation.outcome import Execution
from autodiff_notes.evaluation.places import CANNOT_BE_EVALUATED
from autodiff_notes.notation import Expression
from autodiff_notes.notation.derivations import Derivation, DerivationError, Line

__all__ = ["FLOOR", "Place", "Value", "Verdict", "gap", "settled", "verdicts"]

# Values at the sampled points are of order one; a smaller one counts as zero, so that two sides that
# both vanish agree.
FLOOR = 1e-3

# How far the measured order of a remainder may stay behind the stated one: higher terms bend it by a
# few hundredths, while a wrong order is off by one.
SLACK = 0.2

# A remainder is first measured where the small variable to its order is about 2**-24, 6e-8: small
# enough for the leading term to outweigh the others, and still far above rounding when it has been
# halved twice. Powers of two make the halving exact.
START = -24

# A smaller remainder is rounding alone: the two sides are equal.
ROUNDING = 1e-13


class Value(NamedTuple):
    """The value of a line, in numbers of Python.

    Attributes
    ----------
    shape : tuple of int
        Its sizes.
    entries : list of float or complex
        Its entries, row by row.
    """

    shape: tuple[int, ...]
    entries: list[Any]

    @property
    def nested(self) -> Any:
        """The value as a number, a list, or a list of rows."""
        if len(self.shape) < 2:
            return self.entries if self.shape else self.entries[0]
        n = self.shape[1]
        return [self.entries[i * n : (i + 1) * n] for i in range(self.shape[0])]


class Place(Protocol):
    """A point, as an engine gives it."""

    @property
    def label(self) -> str:
        """Where it is, for messages."""

    def evaluate(self, expression: Expression, **changed: float) -> Value:
        """Return the value of an expression, with some numbers changed."""

    def shown(self) -> Mapping[str, Any]:
        """Return the variables as numbers, lists and lists of rows."""


@dataclass(frozen=True)
class Verdict:
    """What became of one line, at all points.

    Attributes
    ----------
    line : int
        Where it stands in the text, counted from 1.
    relation : str
        Its relation to the line before, empty for the first line of a chain.
    problem : str
        Why it does not hold, as a sentence that begins with the line; empty if it holds.
    gap : float
        The largest relative gap to the line before, for an equality.
    point : str
        Where it fails: the sizes and the seed.
    values : dict of str to object
        The variables there: numbers, lists, and lists of rows.
    sides : tuple of object
        The line before and this line there, if both have values.
    """

    line: int
    relation: str
    problem: str = ""
    gap: float = 0.0
    point: str = ""
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    sides: tuple[Any, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against the line."""
        return not self.problem


def verdicts(
    derivation: Derivation, places: Sequence[Place], tolerance: float
) -> Iterator[Verdict]:
    """Yield the verdict on each line, also on those behind one that does not hold.

    Parameters
    ----------
    derivation : ~autodiff_notes.notation.derivations.Derivation
        The derivation.
    places : sequence of Place
        The points.
    tolerance : float
        The largest relative gap between two equal lines.
    """
    for chain in derivation.chains:
        before: Line | None = None
        values: list[Value | None] = [None] * len(places)
        for line in chain:
            judged = _Judgement(line, before, tolerance)
            found = [judged.at(*pair) for pair in zip(places, values, strict=True)]
            yield judged.verdict()
            if None not in found:
                before, values = line, found


class _Judgement:
    """Judges one line, point by point, and keeps the first problem."""

    def __init__(self, line: Line, before: Line | None, tolerance: float) -> None:
        self.line, self.before, self.tolerance = line, before, tolerance
        self.gap, self.failed = 0.0, Verdict(line.number, line.relation)

    def verdict(self) -> Verdict:
        """Return the verdict so far."""
        if self.failed.problem:
            return self.failed
        return Verdict(self.line.number, self.line.relation, gap=self.gap)

    def at(self, place: Place, before: Value | None) -> Value | None:
        """Return the value at a point, and judge it; None if there is none."""
        try:
            value = _finite(self.line, place)
        except DerivationError as error:
            self._fail(place, error.problem)
            return None
        if self.before is not None and before is not None:
            try:
                self._compare(place, before, value)
            except DerivationError as error:
                self._fail(place, error.problem, (before.nested, value.nested))
        return value

    def _fail(self, place: Place, problem: str, sides: tuple[Any, ...] = ()) -> None:
        if not self.failed.problem:
            line = self.line
            self.failed = Verdict(
                line.number, line.relation, problem, self.gap, place.label, place.shown(), sides
            )

    def _compare(self, place: Place, before: Value, value: Value) -> None:
        """Raise unless a line has its relation to the one before."""
        line, previous = self.line, self.before
        assert previous is not None
        if value.shape != before.shape:
            problem = f"shape {value.shape}, the line before it {before.shape} ({place.label})"
            raise DerivationError(f"line {line.number} has {problem}", line.number)
        if line.relation == "=":
            found = gap(before, value)
            self.gap = max(self.gap, found)
            if not found <= self.tolerance:
                problem = f"does not equal the line before it (relative gap {found:.2g})"
                raise DerivationError(f"line {line.number} {problem}", line.number)
        elif line.relation == "≈":
            _approximates(previous, line, place)
        else:
            _ordered(line, before.entries[0], value.entries[0], place, self.tolerance)


def _finite(line: Line, place: Place, **changed: float) -> Value:
    """Return the value of a line, once it is finite."""
    try:
        value = place.evaluate(line.expression, **changed)
    except CANNOT_BE_EVALUATED as error:
        problem = f"line {line.number} cannot be evaluated ({place.label}): {error}"
        raise DerivationError(problem, line.number) from error
    if not all(isfinite(abs(x)) for x in value.entries):
        raise DerivationError(f"line {line.number} is not finite ({place.label})", line.number)
    return value


def gap(a: Value, b: Value) -> float:
    """Return the largest difference of two values, relative to their largest entry."""
    sizes = [abs(x) for x in (*a.entries, *b.entries)]
    differences = [abs(x - y) for x, y in zip(a.entries, b.entries, strict=True)]
    return float(max(differences, default=0.0) / max([*sizes, FLOOR]))


def _ordered(line: Line, before: float, value: float, place: Place, tolerance: float) -> None:
    """Raise unless the line before is at most, or at least, this one."""
    excess = (before - value) * (1 if line.relation == "<=" else -1)
    if excess > tolerance * max(abs(value), FLOOR):
        words = "above" if line.relation == "<=" else "below"
        problem = f"the line before it is {words} by {excess:.2g} ({place.label})"
        raise DerivationError(f"line {line.number} does not hold: {problem}", line.number)


def _approximates(previous: Line, line: Line, place: Place) -> None:
    """Raise unless the remainder shrinks at the stated order when the small variable is halved."""
    start = 2.0 ** round(START / line.order)
    remainders = []
    for halvings in range(3):
        small = {line.small: start / 2**halvings}
        remainders.append(gap(*(_finite(side, place, **small) for side in (previous, line))))
    if remainders[0] < ROUNDING:
        return
    rate = min(log2(a / b) if b else inf for a, b in pairwise(remainders))
    if rate < line.order - SLACK:
        problem = (
            f"line {line.number} does not hold up to O({line.small}**{line.order}): "
            f"the remainder shrinks only like {line.small}**{max(rate, 0):.2g}"
        )
        raise DerivationError(problem, line.number)


def settled(derivation: Derivation, places: Sequence[Place], tolerance: float) -> Execution:
    """Return the outcome of the execution, if every line holds.

    Raises
    ------
    DerivationError
        At the first line that does not hold.
    """
    found = 0.0
    for verdict in verdicts(derivation, places, tolerance):
        if verdict.problem:
            raise DerivationError(verdict.problem, verdict.line)
        found = max(found, verdict.gap)
    relations = [line.relation for line in derivation.lines]
    return Execution(
        equalities=relations.count("="),
        inequalities=relations.count("<=") + relations.count(">="),
        approximations=relations.count("≈"),
        points=len(places),
        gap=found,
    )
