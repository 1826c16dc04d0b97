"""Claimed gradients, held against dual numbers and differences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

__all__ = ["Claim"]


@dataclass(frozen=True)
class Claim:
    """What became of a claimed gradient, at all points.

    Attributes
    ----------
    name : str
        The variable.
    problem : str
        Why it does not hold, empty if it does.
    duals, differences : float
        The largest relative errors against dual numbers and against central differences.
    point : str
        Where it fails: the sizes and the seed.
    values : dict of str to object
        The variables there: numbers, lists, and lists of rows.
    claimed, found : object
        The claimed gradient there, and the one by dual numbers.
    """

    name: str
    problem: str = ""
    duals: float = 0.0
    differences: float = 0.0
    point: str = ""
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    claimed: Any = None
    found: Any = None

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against the claim."""
        return not self.problem
