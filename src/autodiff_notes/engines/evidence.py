"""Truths, executed: each is held against difference quotients of the function, with mpmath.

With 120 digits a quotient of tiny steps has no rounding to speak of, and a point may be approached so
closely that a limit shows. No engine takes part.

>>> from autodiff_notes.engines import cases
>>> problem(cases["abs-at-zero"])
''
>>> from dataclasses import replace
>>> from autodiff_notes.engines.truths import Exact
>>> problem(replace(cases["det-singular"], truth=Exact("[[4, -2], [-2, 2]]")))
'quotients give [4, -2, -2, 1], the truth says [4, -2, -2, 2]'
"""

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import mpmath
from mpmath import mp, mpf

from autodiff_notes.engines.answers import flat
from autodiff_notes.engines.case import Case
from autodiff_notes.engines.truths import Ball, Convention, Exact, Subgradients, evaluated

__all__ = ["problem"]

DIGITS = 120
# How near a point is approached, twice, so that what grows without bound is seen to grow; and what
# stands for infinity there: large, and yet an exponent.
NEARER = ((mpf(10) ** -20, 10**5), (mpf(10) ** -40, 10**7))
STEP = Fraction(1, 10**20)  # of a quotient, in parts of the distance to the point
FREE = mpf(10) ** -15  # the same where the function is smooth at the point itself
TOLERANCE = 1e-9
GROWS = 1.5  # a logarithm doubles from 1e-20 to 1e-40, and everything else grows faster
DIRECTIONS = 40  # random ones: each of up to four limits is met, but for one time in 20,000

NAN = mpf("nan")
WORDS = {
    **{name: getattr(mpmath, name) for name in mpmath.__dict__ if not name.startswith("_")},
    **{name: getattr(mp, name) for name in ("cholesky", "inverse", "expm")},
    "max": max,
    "min": min,
    "sum": sum,
    "total": lambda entries: (
        sum(entries[i] for i in range(len(entries)))
        if isinstance(entries, list)
        else sum(entries[i, j] for i in range(entries.rows) for j in range(entries.cols))
    ),
    "det": lambda X: _determinant(X.tolist()),  # mpmath has none for a column of zeros
    "eigenvectors": lambda A: mp.eigsy((A + A.T) / 2)[1],
    "trace": lambda X: sum(X[i, i] for i in range(X.rows)),
    "singular_values": lambda X: list(mp.svd_r(X, compute_uv=False)),
    "eigenvalues": lambda A: list(mp.eigsy((A + A.T) / 2, eigvals_only=True)),
    "solve": lambda A, b: list(mp.lu_solve(mp.matrix(A), mp.matrix(b))),
}

Numbers = list[Any]


def problem(case: Case) -> str:
    """Return how a case's truth differs from quotients of its function; nothing if it does not.

    Parameters
    ----------
    case : Case
        A case with a reference.
    """
    with mp.workdps(DIGITS):
        truth, around = case.truth, _Around(case)
        if isinstance(truth, Subgradients | Ball):
            return _limits(truth, around)
        if isinstance(truth, Convention):
            return _choices(truth, around)
        return _exact(truth, around)


class _Around:
    """A case's function around its point, over real coordinates."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.shapes = {name: _shape(value) for name, value in case.point.items()}
        self.complex = any(isinstance(x, complex) for x in flat_point(case))
        parts = flat_point(case)
        self.at = [p for x in parts for p in _parts(x, self.complex)]
        self.code = compile(case.reference.strip(), case.key, "eval")

    def value(self, coordinates: Sequence[Any]) -> Any:
        """Return the function's value."""
        numbers: Iterator[Any] = iter(
            map(mpmath.mpc, coordinates[::2], coordinates[1::2]) if self.complex else coordinates
        )
        point = {name: _shaped(shape, numbers) for name, shape in self.shapes.items()}
        try:
            return eval(self.code, {"__builtins__": {}, "abs": abs, **BUILTINS, **WORDS}, point)
        except (ZeroDivisionError, ValueError):
            return NAN

    def number(self, coordinates: Sequence[Any]) -> Any:
        """Return the value as a real number; nan where there is none."""
        value = mpmath.mpmathify(self.value(coordinates))
        if isinstance(value, mpmath.mpc):
            return value.real if value.imag == 0 else NAN
        return value

    def along(self, coordinates: Numbers, direction: Sequence[Any], step: Any) -> Any:
        """Return the central quotient along a direction."""
        ahead = [x + step * d for x, d in zip(coordinates, direction, strict=True)]
        behind = [x - step * d for x, d in zip(coordinates, direction, strict=True)]
        return (self.number(ahead) - self.number(behind)) / (2 * step)

    def asked(self, coordinates: Numbers, step: Any) -> Numbers:
        """Return the quotients that the case asks for, at a point."""
        units = [[int(i == j) for j in range(len(self.at))] for i in range(len(self.at))]
        if self.case.of == "hessian":
            return [self._second(coordinates, a, b, step) for a in units for b in units]
        slopes = [self.along(coordinates, unit, step) for unit in units]
        return list(map(mpmath.mpc, slopes[::2], slopes[1::2])) if self.complex else slopes

    def _second(self, coordinates: Numbers, a: list[int], b: list[int], step: Any) -> Any:
        ahead = [x + step * d for x, d in zip(coordinates, a, strict=True)]
        behind = [x - step * d for x, d in zip(coordinates, a, strict=True)]
        return (self.along(ahead, b, step) - self.along(behind, b, step)) / (2 * step)

    def here(self, nearer: int = 0) -> Numbers:
        """Return the quotients at the point itself, where the function is smooth."""
        return self.asked(_finite(self.at, NEARER[nearer][1]), FREE)

    def near(self, direction: Sequence[float], nearer: int = 0) -> Numbers:
        """Return the quotients near the point, in a direction."""
        distance, large = NEARER[nearer]
        away = [x + distance * d for x, d in zip(_finite(self.at, large), direction, strict=True)]
        return self.asked(away, distance * mpf(STEP.numerator) / STEP.denominator)

    def directions(self, count: int) -> Iterator[list[float]]:
        """Yield random directions, the same for a case in every run."""
        generator = random.Random(self.case.key)
        for _ in range(count):
            yield [generator.gauss(0, 1) for _ in self.at]


BUILTINS: dict[str, Any] = {"sorted": sorted, "len": len, "zip": zip}


def _exact(truth: Exact, around: _Around) -> str:
    wanted = flat(truth.value)
    if around.case.of == "value":
        return _value(wanted, truth, around)
    side = _side(truth, around)
    found, nearer = (around.near(side, k) if any(side) else around.here(k) for k in (0, 1))
    others = [around.near(d) for d in around.directions(3)] if _unknown(wanted) else []
    if len(found) != len(wanted):
        return f"the truth has {len(wanted)} entries, quotients have {len(found)}"
    for i, w in enumerate(wanted):
        seen = [found[i], nearer[i], *(other[i] for other in others)]
        if not _is_limit(w, seen):
            said = [_short(x) for x in found], [_short(x) for x in wanted]
            return f"quotients give [{', '.join(said[0])}], the truth says [{', '.join(said[1])}]"
    return ""


def _is_limit(wanted: Any, seen: Numbers) -> bool:
    """Return whether quotients tend to a number, grow to infinity, or have no limit at all."""
    first, nearer, *others = seen
    if mpmath.isnan(wanted):
        numbers = [first, *others]
        apart = any(abs(x - first) > 1e-3 for x in others if not _is_nan(x))
        return apart or any(map(_is_nan, numbers)) or abs(nearer) > GROWS * abs(first) > 1
    if mpmath.isinf(wanted):
        same_side = bool(mpmath.sign(mpmath.re(nearer)) == mpmath.sign(mpmath.re(wanted)))
        return same_side and bool(abs(nearer) > GROWS * abs(first))
    return bool(abs(nearer - mpmath.mpmathify(wanted)) <= TOLERANCE * max(1, abs(wanted)))


def _value(wanted: Numbers, truth: Exact, around: _Around) -> str:
    if side := [mpf(x) for x in _side(truth, around)]:
        at = [x + NEARER[0][0] * d for x, d in zip(around.at, side, strict=True)]
        nearer = [x + NEARER[1][0] * d for x, d in zip(around.at, side, strict=True)]
        found, limits = _listed(around.value(at)), _listed(around.value(nearer))
        pairs = list(zip(wanted, found, limits, strict=True))
        if all(_equal(w, b) or (_endless(w) and _is_limit(w, [a, b])) for w, a, b in pairs):
            return ""
    return f"the function has the value {found}, the truth says {wanted}"


def _limits(truth: Subgradients | Ball, around: _Around) -> str:
    """Return the problem of a subdifferential: a limit that is not met, or one that is not listed."""
    met = [around.near(direction) for direction in around.directions(DIRECTIONS)]
    if isinstance(truth, Ball):
        radius = evaluated(truth.radius)
        side = round(len(met[0]) ** 0.5) if truth.dual == "spectral" else 1
        longest = [max(mp.svd_r(_matrix(g, side), compute_uv=False)) for g in met]
        gap = max(abs(length - radius) for length in longest)
        return "" if gap <= TOLERANCE else f"a gradient nearby has a length off by {_short(gap)}"
    listed = {name: flat(evaluated(text)) for name, text in truth.limits.items()}
    for name, limit in listed.items():
        if not any(_all_equal(limit, gradient) for gradient in met):
            return f"no gradient nearby is {name}, {limit}"
    for gradient in met:
        if not any(_all_equal(limit, gradient) for limit in listed.values()):
            return f"a gradient nearby is [{', '.join(map(_short, gradient))}], which is not listed"
    return ""


def _choices(truth: Convention, around: _Around) -> str:
    """Return the problem of conventions that describe one and the same differential."""
    named = {name: flat(evaluated(text)) for name, text in truth.named.items()}
    if truth.motion == "complex":
        ascent = around.here()
        wanted = [ascent, [mpmath.conj(g) for g in ascent]]
        pairs = list(zip(named.items(), wanted, strict=True))
        wrong = [name for (name, said), found in pairs if not _all_equal(said, found)]
        return f"{wrong[0]} is not {wanted}" if wrong else ""
    side = round(len(around.at) ** 0.5)
    for i in range(side):
        for j in range(i + 1):
            places = (i * side + j, j * side + i)
            motion = [int(place in places) for place in range(side * side)]
            slope = around.along(around.at, motion, FREE)
            for name, said in named.items():
                if not _equal(sum(g for g, m in zip(said, motion, strict=True) if m), slope):
                    return f"{name}: along ({i}, {j}) the slope is {_short(slope)}"
    return ""


# Points as real coordinates


def flat_point(case: Case) -> Numbers:
    """Return the numbers of a case's point in their order."""
    return [x for value in case.point.values() for x in _entries(value)]


def _entries(value: Any) -> Numbers:
    return [x for row in value for x in _entries(row)] if isinstance(value, list) else [value]


def _parts(x: Any, split: bool) -> Numbers:
    if split:
        x = mpmath.mpc(x)
        return [x.real, x.imag]
    return [mpf(x)]


def _shape(value: Any) -> tuple[int, ...]:
    return (len(value), *_shape(value[0])) if isinstance(value, list) else ()


def _shaped(shape: tuple[int, ...], numbers: Iterator[Any]) -> Any:
    if not shape:
        return next(numbers)
    rows = [_shaped(shape[1:], numbers) for _ in range(shape[0])]
    return mp.matrix(rows) if len(shape) > 1 else rows


def _finite(at: Numbers, large: int) -> Numbers:
    return [mpmath.sign(x) * large if mpmath.isinf(x) else x for x in at]


def _side(truth: Exact, around: _Around) -> list[float]:
    """Return the direction from which a point is approached, over real coordinates."""
    given = around.case.point
    entries = [truth.side.get(name) for name in given]
    filled: Numbers = []
    for side, value in zip(entries, given.values(), strict=True):
        zeros = [0] * len(_entries(value))
        filled += zeros if side is None else _entries(side)
    return [part for x in filled for part in _parts(x, around.complex)]


# Comparisons


def _equal(a: Any, b: Any) -> bool:
    if mpmath.isinf(a) or mpmath.isinf(b):
        return bool(a == b)
    return bool(abs(mpmath.mpmathify(a) - b) <= TOLERANCE * max(1, abs(mpmath.mpmathify(a))))


def _all_equal(first: Sequence[Any], second: Sequence[Any]) -> bool:
    return len(first) == len(second) and all(map(_equal, first, second))


def _endless(x: Any) -> bool:
    return not mpmath.isfinite(x)


def _is_nan(x: Any) -> bool:
    return bool(mpmath.isnan(x))


def _unknown(wanted: Numbers) -> bool:
    return any(map(_is_nan, wanted))


def _listed(value: Any) -> Numbers:
    return list(value) if isinstance(value, list) else [value]


def _matrix(gradient: Numbers, side: int) -> Any:
    parts = [p for x in gradient for p in _parts(x, isinstance(x, mpmath.mpc))]
    return mp.matrix([parts[i : i + side] for i in range(0, len(parts), side)])


def _short(x: Any) -> str:
    return str(mpmath.nstr(mpmath.re(x) if mpmath.im(x) == 0 else x, 10)).removesuffix(".0")


def _determinant(rows: list[Numbers]) -> Any:
    """Return a determinant by its first row."""
    if not rows:
        return mpf(1)
    minors = ([row[:j] + row[j + 1 :] for row in rows[1:]] for j in range(len(rows)))
    return sum((-1) ** j * rows[0][j] * _determinant(minor) for j, minor in enumerate(minors))
