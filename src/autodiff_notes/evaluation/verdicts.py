"""Verdicts on the lines of a derivation, whichever engine evaluates them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

__all__ = ["Verdict"]


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
        The line before and this line there.
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
