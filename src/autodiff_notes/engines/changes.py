"""The changes between two records of an engine, in words."""

from typing import Any

from autodiff_notes.engines.answers import agree
from autodiff_notes.engines.cases import cases
from autodiff_notes.engines.engine import Engine
from autodiff_notes.engines.running import Entry

__all__ = ["changes", "same", "worded"]


def changes(engine: Engine, old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Return the answers that differ between two records, a sentence each.

    Parameters
    ----------
    engine : Engine
        The engine of both.
    old, new : dict
        Records; of the new one, the last run names the version.
    """
    version = f"{engine.title} {new['runs'][-1]['version']}"
    return [
        f"{version}: {cases[key].question} ({key}) was {worded(old['answers'][key])}, "
        f"is {worded(entry)}"
        for key, entry in new["answers"].items()
        if key in old["answers"] and not same(old["answers"][key], entry)
    ]


def same(a: Entry, b: Entry) -> bool:
    """Return whether a recorded answer covers another: numbers up to rounding, errors by type.

    What varies between machines covers each of its answers, since one machine gives one of them.
    """
    if "between" in a:
        return any(same(one, other) for one in a["varies"] for other in b.get("varies", [b]))
    if "answer" in a and "answer" in b:
        return agree(a["answer"], b["answer"], a.get("precision", "float64"))
    if "error" in a and "error" in b:
        return bool(a["error"]["type"] == b["error"]["type"])
    return any(kind in a and kind in b for kind in ("ended", "late", "varies"))


def worded(entry: Entry) -> str:
    """Return a recorded answer as a few words."""
    if "answer" in entry:
        return _numbers(entry["answer"])
    if "error" in entry:
        return f"{entry['error']['type']}: {entry['error']['message']}"
    if "varies" in entry:
        return " or ".join(map(worded, entry["varies"]))
    if "late" in entry:
        return f"no answer within {entry['late']:g} seconds"
    return f"the end of the process ({entry['ended']})"


def _numbers(answer: Any) -> str:
    if isinstance(answer, list):
        return f"[{', '.join(map(_numbers, answer))}]"
    if answer == {"re": "inf", "im": "nan"}:
        return "complex infinity"
    if isinstance(answer, dict):
        return f"{_numbers(answer['re'])} + {_numbers(answer['im'])}i".replace("+ -", "- ")
    return f"{answer:.6g}" if isinstance(answer, float) else str(answer)
