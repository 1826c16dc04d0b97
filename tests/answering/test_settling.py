"""Sets that were guessed are replaced until every word is defined; sets that were said are not."""

import pytest

from autodiff_notes.answering.settling import settled
from autodiff_notes.deriving import DomainNeeded
from autodiff_notes.dialects import understand


@pytest.mark.parametrize(
    ("text", "variable"),
    [
        ("logdet(X)", "X in positive_determinant(n)"),
        ("tr(inv(X))", "X in invertible(n)"),
        ("sum(log(x))", "x in positive(n)"),
        ("tr(sqrtm(X))", "X in spd(n)"),
        ("logdet(X'*X)", "X in tall(m, n)"),
        ("sqrt(x'*A*x + 1)", "constant A in spd(n)"),
        ("log(x'*w)", "constant x in positive(n)"),
        ("(a*b)^0.5", "a in positive_scalar()"),
        ("sqrt(x'*A*x + 1) + (z'*w)^0.5", "w in positive(m)"),
        ("sqrt(x'*A*x + 1) + (z'*w)^0.5", "constant A in spd(n)"),
        ("sqrt(x'*A*x + 1) + (a*b)^0.5", "constant b in positive_scalar()"),
    ],
)
def test_guesses_are_settled(text: str, variable: str) -> None:
    """A word that needs more than its letter says gives the letter another set."""
    assert variable in settled(understand(text)).variables


def test_what_was_said_is_kept() -> None:
    """A set that was declared stays, and the word says what it needs."""
    with pytest.raises(DomainNeeded):
        settled(understand("logdet(X)", "X in square(n)"))
