"""Verdicts: an answer beside the mathematics, computed and never typed.

>>> from autodiff_notes.engines import cases
>>> verdict(cases["abs-at-zero"], {"answer": 0.0})
Verdict(kind='a convention', name='zero, the subgradient of least norm')
>>> verdict(cases["abs-at-zero"], {"answer": 2.0}).kind
'wrong'
"""

from cmath import isfinite
from dataclasses import dataclass
from itertools import combinations
from math import inf, isinf, isnan
from typing import Any

from autodiff_notes.engines.answers import SINGLE, TOLERANCES, agree, agree_within, flat, normalised
from autodiff_notes.engines.case import Case
from autodiff_notes.engines.running import Entry
from autodiff_notes.engines.truths import Ball, Convention, Exact, Subgradients, evaluated

__all__ = ["KINDS", "NOT_OFFERED", "Verdict", "conventions", "verdict"]

KINDS = ("right", "a convention", "another convention", "wrong", "NaN", "refuses", "not offered")
"""The kinds of verdict, from good to none."""

UNSIGNED, ENDLESS = "infinity without a sign", "infinity where there is no slope"
ROUNDED = "in single precision"
DOCUMENTED = "as documented"
LEAST, MEAN, NONE = "zero, the subgradient of least norm", "the mean of the limits", "None for zero"


@dataclass(frozen=True)
class Verdict:
    """A kind out of KINDS and, of a convention, the name; of what is wrong, a remark."""

    kind: str
    name: str = ""


NOT_OFFERED = Verdict("not offered")


def conventions(case: Case) -> dict[str, Any]:
    """Return the known conventions of a case: name and answer."""
    truth = case.truth
    known = {name: evaluated(text) for name, text in truth.named.items()}
    if isinstance(truth, Subgradients):
        limits = [_real(evaluated(text)) for text in truth.limits.values()]
        zero = [0.0] * len(limits[0])
        if _in_hull(zero, limits, 0.0):
            known[LEAST] = zero
        known[MEAN] = [sum(column) / len(limits) for column in zip(*limits, strict=True)]
    elif isinstance(truth, Ball):
        known[LEAST] = [0.0] * len(flat(list(case.point.values())))
    return known


def verdict(case: Case, entry: Entry, *, documented: bool = False) -> Verdict:
    """Return the verdict on a recorded answer.

    Parameters
    ----------
    case : Case
        The case.
    entry : dict
        The answer as it is recorded.
    documented : bool
        Whether the engine's documentation announces the answer; then it is a convention.
    """
    seen = [_on_one(case, one) for one in entry.get("varies", [entry])]
    found = seen[0]
    if "varies" in entry:
        worse = max(seen, key=lambda verdict: KINDS.index(verdict.kind))
        found = Verdict(worse.kind, f"varies from {entry.get('between', 'run to run')}")
    return Verdict("a convention", DOCUMENTED) if documented and found.kind == "wrong" else found


def _on_one(case: Case, entry: Entry) -> Verdict:
    if "answer" not in entry:
        return Verdict("refuses", "" if "error" in entry else "no answer")
    answer, precision = entry["answer"], entry.get("precision", "float64")
    if isinstance(case.truth, Exact):
        if agree(answer, normalised(case.truth.value), precision):
            return Verdict("right")
        if agree_within(answer, normalised(case.truth.value), SINGLE):
            return Verdict("right", ROUNDED)
    for name, known in conventions(case).items():
        if agree(answer, normalised(known), precision):
            return Verdict("a convention", name)
    return _on_others(case, answer, TOLERANCES[precision])


def _on_others(case: Case, answer: Any, tolerance: float) -> Verdict:
    """Return the verdict on an answer that is no known one."""
    numbers = flat(answer)
    truth = case.truth
    if any(x is None for x in numbers):
        if isinstance(truth, Exact) and not any(flat(normalised(truth.value))):
            return Verdict("a convention", NONE)
        return Verdict("refuses", "None")
    if isinstance(truth, Exact) and (name := _infinite(truth, numbers, tolerance)):
        return Verdict("a convention", name)
    if any(x != x for x in numbers):  # noqa: PLR0124 - so is nan told, of complex numbers too
        return Verdict("NaN")
    if isinstance(truth, Subgradients | Ball) and _is_subgradient(truth, numbers, tolerance):
        return Verdict("another convention")
    return Verdict("wrong", "no known convention" if isinstance(truth, Convention) else "")


def _infinite(truth: Exact, numbers: list[Any], tolerance: float) -> str:
    """Return the convention of an answer that is right but for how it writes infinity or NaN."""
    wanted = flat(normalised(truth.value))
    if len(numbers) != len(wanted):
        return ""
    pairs = [(x, complex(w or 0)) for x, w in zip(numbers, wanted, strict=True)]
    others = [(x, w) for x, w in pairs if not abs(x - w) <= tolerance]
    if all(isinf(w.real) and x.real == inf and isnan(x.imag) for x, w in others):
        return UNSIGNED
    return ENDLESS if all(isnan(w.real) and not isfinite(x) for x, w in others) else ""


def _is_subgradient(truth: Subgradients | Ball, numbers: list[Any], tolerance: float) -> bool:
    if isinstance(truth, Subgradients):
        limits = [_real(evaluated(text)) for text in truth.limits.values()]
        point = [x.real for x in numbers]
        return len(point) == len(limits[0]) and _in_hull(point, limits, tolerance)
    import numpy as np  # noqa: PLC0415 - an engine may have none, and asks for no verdict

    side = round(len(numbers) ** 0.5) if truth.dual == "spectral" else 1
    parts = [part for x in numbers for part in ((x.real, x.imag) if x.imag else (x.real,))]
    radius = evaluated(truth.radius)
    length = np.linalg.norm(np.array(parts).reshape(-1, side), 2)
    return bool(length <= radius * (1 + tolerance))


def _in_hull(point: list[float], corners: list[list[float]], tolerance: float) -> bool:
    """Return whether a point is a mean of corners, by Carathéodory: of a few, with weights."""
    import numpy as np  # noqa: PLC0415 - an engine may have none, and asks for no verdict

    target = np.array([*point, 1.0])
    if not np.isfinite(target).all():
        return False
    bound = max(tolerance, 1e-12) * max(1.0, float(np.abs(target).max()))
    for size in range(1, min(len(corners), len(target)) + 1):
        for chosen in combinations(corners, size):
            system = np.array([[*corner, 1.0] for corner in chosen]).T
            weights = np.linalg.lstsq(system, target, rcond=None)[0]
            if weights.min() >= -bound and np.abs(system @ weights - target).max() <= bound:
                return True
    return False


def _real(answer: Any) -> list[float]:
    return [x.real for x in flat(answer) if x is not None]
