"""The outcome of verifying an entry, which is read back without torch."""

from dataclasses import dataclass

from autodiff_notes.evaluation.outcome import Execution

__all__ = ["Verification"]


@dataclass(frozen=True)
class Verification:
    """The outcome of verifying one entry.

    Attributes
    ----------
    name : str
        The entry.
    points : int
        At how many random points it was evaluated.
    autograd : float
        The largest error against autograd, relative to the largest entry of the gradient.
    differences : float
        The same against central differences.
    directions : str
        ``"every entry"`` if differences moved each entry, or else ``"random directions"``.
    derivation : ~autodiff_notes.evaluation.outcome.Execution, optional
        The outcome of executing its derivation.
    outside : tuple of float
        For each way out of its domain the smallest error over the points there; infinite where
        the gradient is not finite.
    problem : str
        The part that does not hold; empty if everything does.
    """

    name: str
    points: int = 0
    autograd: float = 0.0
    differences: float = 0.0
    directions: str = "every entry"
    derivation: Execution | None = None
    outside: tuple[float, ...] = ()
    problem: str = ""

    @property
    def holds(self) -> bool:
        """Whether the gradient and the derivation hold, and fail where they must."""
        return not self.problem

    @property
    def executed(self) -> int:
        """How many lines of the derivation were compared with the line before."""
        return self.derivation.executed if self.derivation else 0
