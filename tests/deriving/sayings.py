"""The words in which pages, catalogue and vocabulary speak, for the names of rules and laws."""

import re

from autodiff_notes.notation import WORDS
from pages import ROOT

__all__ = ["SAID", "words"]


def words(text: str) -> set[str]:
    """Return the words of a text."""
    return set(re.findall(r"[A-Za-z]+", text))


SPOKEN = [
    *(ROOT / "docs").glob("*/*.md"),
    *(ROOT / "src" / "autodiff_notes" / "catalogue").glob("*.py"),
]
SAID = set().union(*(words(path.read_text("utf-8")) for path in SPOKEN))
SAID |= set().union(*(words(row.voice) for rows in WORDS.values() for row in rows))
