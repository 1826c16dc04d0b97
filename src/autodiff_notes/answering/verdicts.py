"""What each equals sign came to, for a page: a tick with its gap, or where it fails."""

from collections.abc import Iterator
from typing import Any

from autodiff_notes.evaluation.standard import verdicts as executed
from autodiff_notes.evaluation.verdicts import Verdict
from autodiff_notes.notation.derivations import Derivation

__all__ = ["announced", "verdicts"]


def verdicts(derivation: Derivation) -> Iterator[dict[str, Any]]:
    """Yield a part for each line that is compared, then one about all of them."""
    found = []
    for verdict in executed(derivation):
        if verdict.relation:
            found.append(verdict)
            yield {"verdict": {"line": verdict.line, "holds": verdict.holds, "words": announced(verdict)}}
    wrong = [verdict for verdict in found if not verdict.holds]
    gap = max((verdict.gap for verdict in found), default=0.0)
    yield {"holds": not wrong, "summary": _summary(found, wrong, gap)}


def announced(verdict: Verdict) -> str:
    """Return a verdict as a sentence."""
    if not verdict.holds:
        return f"{verdict.problem[:1].upper()}{verdict.problem[1:]}."
    gap = f", gap {verdict.gap:.0e}" if verdict.relation == "=" and verdict.gap else ""
    return f"Line {verdict.line} holds{gap}."


def _summary(found: list[Verdict], wrong: list[Verdict], gap: float) -> str:
    count = f"{len(found)} line{'s' * (len(found) != 1)}"
    if wrong:
        return f"{len(wrong)} of {count} {'does' if len(wrong) == 1 else 'do'} not hold."
    return f"{count} executed in this browser, each at 9 random points; largest relative gap {gap:.0e}."
