"""What each equals sign came to, for a page: a tick with its gap, or where it fails."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from autodiff_notes.evaluation.standard import verdicts as executed
from autodiff_notes.evaluation.verdicts import Verdict
from autodiff_notes.notation.derivations import Derivation

__all__ = ["announced", "verdicts"]

Part = dict[str, Any]


def verdicts(derivation: Derivation, numbers: Mapping[int, int] | None = None) -> Iterator[Part]:
    """Yield a part for each line that is compared, then one about all of them.

    Parameters
    ----------
    derivation : ~autodiff_notes.notation.derivations.Derivation
        What is executed.
    numbers : dict of int to int, optional
        How a reader counts its lines; without it they are counted from the first that is compared.
    """
    compared = [line.number for line in derivation.lines if line.relation]
    counted = numbers or {line: place for place, line in enumerate(compared, start=1)}
    found = []
    for verdict in executed(derivation):
        if verdict.relation:
            found.append(verdict)
            words = announced(verdict, counted[verdict.line])
            yield {"verdict": {"line": verdict.line, "holds": verdict.holds, "words": words}}
    yield {"holds": all(verdict.holds for verdict in found), "summary": _summary(found)}


def announced(verdict: Verdict, number: int) -> str:
    """Return a verdict as a sentence."""
    if not verdict.holds:
        problem = verdict.problem.replace(f"line {verdict.line}", f"Line {number}")
        point = f" at {verdict.point}" if verdict.point and verdict.point not in problem else ""
        return f"{problem}{point}."
    gap = f", gap {verdict.gap:.0e}" if verdict.relation == "=" and verdict.gap else ""
    return f"Line {number} holds{gap}."


def _summary(found: Sequence[Verdict]) -> str:
    wrong = sum(not verdict.holds for verdict in found)
    count = f"{len(found)} line{'s' * (len(found) != 1)}"
    if wrong:
        return f"{wrong} of {count} {'does' if wrong == 1 else 'do'} not hold."
    gap = max((verdict.gap for verdict in found), default=0.0)
    each = "each " if len(found) > 1 else ""
    return f"{count} executed in this browser, {each}at 9 random points; largest relative gap {gap:.0e}."
