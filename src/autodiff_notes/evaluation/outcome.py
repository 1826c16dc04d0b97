"""The outcome of executing a derivation, which is read back without torch."""

from dataclasses import dataclass

__all__ = ["Execution"]


@dataclass(frozen=True)
class Execution:
    """The lines of a derivation that were executed, and held.

    Attributes
    ----------
    equalities : int
        How many equals signs were executed.
    inequalities : int
        How many of ``<=`` and ``>=``.
    approximations : int
        How many of ``≈``.
    points : int
        At how many random points each.
    gap : float
        The largest relative gap between the two sides of an equality.
    """

    equalities: int
    inequalities: int
    approximations: int
    points: int
    gap: float

    @property
    def executed(self) -> int:
        """How many lines were compared with the line before."""
        return self.equalities + self.inequalities + self.approximations

    @property
    def summary(self) -> str:
        """The same in words."""
        counts = [
            (self.equalities, "equality", "equalities"),
            (self.inequalities, "inequality", "inequalities"),
            (self.approximations, "approximation", "approximations"),
        ]
        parts = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
        each = "" if len(parts) == 1 and parts[0].startswith("1 ") else "each "
        text = f"{' and '.join(parts)}, {each}at {self.points} random points"
        gap = f"{self.gap:.0e}" if self.gap else "0"
        return f"{text}; largest relative gap {gap}" if self.equalities else text
