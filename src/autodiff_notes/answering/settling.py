"""Sets for letters of which nothing was said, until every word of a function is defined.

>>> from autodiff_notes.dialects import understand
>>> settled(understand("log(det(X))")).variables
('X in positive_determinant(n)',)
"""

from dataclasses import replace

from autodiff_notes.deriving import DomainNeeded
from autodiff_notes.deriving.domains import refuse_missing_domain
from autodiff_notes.deriving.outcome import NotSupported
from autodiff_notes.deriving.problem import pose
from autodiff_notes.dialects import Understood
from autodiff_notes.notation.sets import declare

__all__ = ["settled"]

ROUNDS = 8
"""More words that need something than a formula has that somebody types."""


def settled(understood: Understood) -> Understood:
    """Return a formula with sets in which its words are defined, where nothing was said.

    Raises
    ------
    DomainNeeded
        If a set that was said does not do.
    """
    variables = understood.variables
    for _ in range(ROUNDS):
        try:
            refuse_missing_domain(pose(understood.function, variables, {}))
        except DomainNeeded as error:
            offered = tuple(
                new if set(declare(old).names) <= set(understood.guessed) else old
                for old, new in zip(variables, error.offered, strict=True)
            )
            if offered == variables:
                raise
            variables = offered
        except NotSupported:
            break
        else:
            break
    return replace(understood, variables=variables)
