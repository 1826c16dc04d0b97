"""Derivations, executed in the standard library: no torch, no NumPy, so that a browser can do it."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from autodiff_notes.evaluation.outcome import Execution
from autodiff_notes.evaluation.standard.slopes import Claim
from autodiff_notes.evaluation.verdicts import Verdict
from autodiff_notes.notation.derivations import Derivation

__all__ = ["Claim", "Verdict", "claims", "execute", "verdicts"]


def execute(derivation: Derivation, *, sizes: int = 3, seeds: int = 3) -> Execution:
    """Execute every line, as :func:`autodiff_notes.evaluation.execution.execute` does with torch.

    Raises
    ------
    DerivationError
        At the first line that does not hold.
    """
    raise NotImplementedError


def verdicts(derivation: Derivation, *, sizes: int = 3, seeds: int = 3) -> Iterator[Verdict]:
    """Yield the verdict on each line as soon as it is there, also behind one that does not hold."""
    raise NotImplementedError


def claims(
    function: str,
    variables: tuple[str, ...],
    gradients: Mapping[str, str],
    where: Mapping[str, str] = MappingProxyType({}),
    *,
    sizes: int = 3,
    seeds: int = 3,
) -> Iterator[Claim]:
    """Yield what dual numbers and differences say of each claimed gradient."""
    raise NotImplementedError
