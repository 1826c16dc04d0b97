"""Terms of one algebra, read from texts in a few variables."""

from collections.abc import Iterator
from contextlib import contextmanager

from autodiff_notes.deriving import terms
from autodiff_notes.deriving.problem import pose
from autodiff_notes.deriving.reading import read_term
from autodiff_notes.deriving.terms import Term

GIVEN = (
    "x, y in vector(n)",
    "A, B in square(n)",
    "S in spd(n)",
    "K in skew_symmetric(n)",
    "X in invertible(n)",
    "s, t in scalar()",
    "p in positive_scalar()",
    "Y in matrix(m, n)",
    "z in vector(m)",
    "u in complex_vector(n)",
    "k in natural()",
    "constant a in vector(n)",
    "constant C in square(n)",
    "constant W in tall(m, n)",
    "constant P in spd(m)",
)


@contextmanager
def given(**where: str) -> Iterator[dict[str, Term]]:
    """Yield the variables, and names for texts, as terms of one algebra."""
    with terms.algebra() as now:
        _, names = pose("t", GIVEN, where).as_terms(now)
        yield names


def both(left: str, right: str) -> tuple[Term, Term]:
    """Return two texts as terms of one algebra."""
    with given() as names:
        return read_term(left, names), read_term(right, names)
