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

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import inf, log2
from types import CodeType

import torch
from torch import Tensor

from autodiff_notes.evaluation.outcome import Execution
from autodiff_notes.evaluation.points import CANNOT_BE_EVALUATED, Point, points, precision
from autodiff_notes.notation import compiled
from autodiff_notes.notation.derivations import Derivation, DerivationError, Line

__all__ = ["execute", "gaps"]

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


def execute(
    derivation: Derivation,
    *,
    sizes: int = 3,
    seeds: int = 3,
    first_seed: int = 0,
    tolerance: float = 1e-9,
) -> Execution:
    """Execute every line of a derivation at random points, in float64.

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
    codes = {line: compiled(line.expression) for line in derivation.lines}
    gap, count = 0.0, 0
    with precision():
        for point in points(derivation.declarations, sizes, seeds, first_seed):
            count += 1
            for lines in derivation.chains:
                gap = max(gap, _execute_chain(lines, codes, point, tolerance))
    relations = [line.relation for line in derivation.lines]
    return Execution(
        equalities=relations.count("="),
        inequalities=relations.count("<=") + relations.count(">="),
        approximations=relations.count("≈"),
        points=count,
        gap=gap,
    )


def gaps(derivation: Derivation) -> list[float]:
    """Return the relative gap between the first two lines of a derivation, at each of nine points.

    An approximation is evaluated where its small variable is between 0.01 and 0.02.
    """
    first, second = (compiled(line.expression) for line in derivation.chains[0][:2])
    with precision():
        drawn = points(derivation.declarations, 3, 3)
        return [_gap(point.evaluate(first), point.evaluate(second)) for point in drawn]


def _execute_chain(
    lines: Sequence[Line], codes: Mapping[Line, CodeType], point: Point, tolerance: float
) -> float:
    """Execute one chain at one point and return the largest gap."""
    largest = 0.0
    before = _value(lines[0], codes, point)
    for previous, line in pairwise(lines):
        value = _value(line, codes, point)
        if value.shape != before.shape:
            shapes = f"shape {tuple(value.shape)}, the line before it {tuple(before.shape)}"
            raise DerivationError(f"line {line.number} has {shapes} ({point.label})", line.number)
        if line.relation == "=":
            largest = max(largest, _equal(line, before, value, tolerance))
        elif line.relation == "≈":
            _approximates(previous, line, codes, point)
        else:
            _ordered(line, before, value, point, tolerance)
        before = value
    return largest


def _value(line: Line, codes: Mapping[Line, CodeType], point: Point, **changed: Tensor) -> Tensor:
    """Return the value of a line, once it is finite."""
    try:
        value = point.evaluate(codes[line], **changed)
    except CANNOT_BE_EVALUATED as error:
        problem = f"line {line.number} cannot be evaluated ({point.label}): {error}"
        raise DerivationError(problem, line.number) from error
    if not value.isfinite().all():
        raise DerivationError(f"line {line.number} is not finite ({point.label})", line.number)
    return value


def _gap(a: Tensor, b: Tensor) -> float:
    """Return the largest difference of two tensors, relative to their largest entry."""
    if not a.numel():
        return 0.0
    scale = max(a.abs().max().item(), b.abs().max().item(), FLOOR)
    return (a - b).abs().max().item() / scale


def _equal(line: Line, before: Tensor, value: Tensor, tolerance: float) -> float:
    """Return the gap between two lines, or raise if they are not equal."""
    gap = _gap(before, value)
    if not gap <= tolerance:
        problem = f"line {line.number} does not equal the line before it (relative gap {gap:.2g})"
        raise DerivationError(problem, line.number)
    return gap


def _ordered(line: Line, before: Tensor, value: Tensor, point: Point, tolerance: float) -> None:
    """Raise unless the line before is at most, or at least, this one."""
    excess = (before - value).item() * (1 if line.relation == "<=" else -1)
    if excess > tolerance * max(abs(value.item()), FLOOR):
        words = "above" if line.relation == "<=" else "below"
        problem = f"the line before it is {words} by {excess:.2g} ({point.label})"
        raise DerivationError(f"line {line.number} does not hold: {problem}", line.number)


def _approximates(previous: Line, line: Line, codes: Mapping[Line, CodeType], point: Point) -> None:
    """Raise unless the remainder shrinks at the stated order when the small variable is halved."""
    start = 2.0 ** round(START / line.order)
    remainders = []
    for halvings in range(3):
        small = {line.small: torch.tensor(start / 2**halvings)}
        sides = [_value(side, codes, point, **small) for side in (previous, line)]
        remainders.append(_gap(*sides))
    if remainders[0] < ROUNDING:
        return
    rate = min(log2(a / b) if b else inf for a, b in pairwise(remainders))
    if rate < line.order - SLACK:
        problem = (
            f"line {line.number} does not hold up to O({line.small}**{line.order}): "
            f"the remainder shrinks only like {line.small}**{max(rate, 0):.2g}"
        )
        raise DerivationError(problem, line.number)
