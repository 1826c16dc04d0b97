"""Questions as a page asks them, with formulas that stay LaTeX, and what an answer says."""

from typing import Any

from autodiff_notes.answering import answers

Part = dict[str, Any]


def ask(way: str, **texts: str) -> list[Part]:
    """Return the parts of an answer; a formula is its LaTeX between angle brackets."""
    return list(answers({"way": way, **texts}, lambda latex, _: f"⟨{latex}⟩"))


def all_hold(parts: list[Part]) -> bool:
    """Return whether something was executed, and everything that was executed holds."""
    verdicts = [part["verdict"]["holds"] for part in parts if "verdict" in part]
    return bool(verdicts) and all(verdicts)
