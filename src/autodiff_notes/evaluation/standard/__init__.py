"""Derivations, executed in the standard library: no torch, no NumPy, so that a browser can do it.

Matrices are lists of rows, and derivatives come from dual numbers that run through the algorithms:
elimination, rotations, scaling and squaring. No word of matrices needs a derivative of its
own, so that what is executed here shares nothing with the rules that it checks.

>>> from autodiff_notes.notation.derivations import parse
>>> for verdict in verdicts(parse('''
... X in positive_determinant(n)
... d(logdet(X))
... = tr(inv(X) @ d(X))       # Jacobi's formula
... = inner(inv(X), d(X))     # a transpose is missing
... ''')):
...     print(verdict.line, verdict.holds)
3 True
4 True
5 False
"""

from collections.abc import Iterator

from autodiff_notes.evaluation import verdicts as judging
from autodiff_notes.evaluation.outcome import Execution
from autodiff_notes.evaluation.standard.points import points
from autodiff_notes.evaluation.standard.slopes import Claim, claims
from autodiff_notes.evaluation.verdicts import Verdict
from autodiff_notes.notation.derivations import Derivation

__all__ = ["Claim", "Verdict", "claims", "execute", "verdicts"]


def execute(
    derivation: Derivation,
    *,
    sizes: int = 3,
    seeds: int = 3,
    first_seed: int = 0,
    tolerance: float = 1e-9,
) -> Execution:
    """Execute every line of a derivation at random points, by the standard library.

    Parameters and errors are those of :func:`autodiff_notes.evaluation.execution.execute`.
    """
    drawn = list(points(derivation.declarations, sizes, seeds, first_seed))
    return judging.settled(derivation, drawn, tolerance)


def verdicts(
    derivation: Derivation,
    *,
    sizes: int = 3,
    seeds: int = 3,
    first_seed: int = 0,
    tolerance: float = 1e-9,
) -> Iterator[Verdict]:
    """Yield the verdict on each line as soon as it is there, also behind one that does not hold.

    Parameters are those of :func:`autodiff_notes.evaluation.execution.execute`.
    """
    drawn = list(points(derivation.declarations, sizes, seeds, first_seed))
    yield from judging.verdicts(derivation, drawn, tolerance)
