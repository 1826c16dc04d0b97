"""Kinds go from narrow to wide, and are the texts that authors write."""

import pytest

from autodiff_notes.notation import Kind

NUMBERS = [Kind.INTEGER, Kind.REAL, Kind.SCALAR]


def test_kind_is_its_text() -> None:
    """A kind equals its text, prints as it, and is found by it."""
    assert [f"{kind}" for kind in Kind] == ["k", "r", "s", "v", "row", "M", "f"]
    assert all(kind == str(kind) and Kind(str(kind)) is kind for kind in Kind)
    assert {"M": 1}[Kind.MATRIX] == 1


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("other", Kind)
def test_a_parameter_takes_narrower_numbers(kind: Kind, other: Kind) -> None:
    """An argument has the kind of its parameter, or both are numbers and it is the narrower one."""
    narrower = kind in NUMBERS and other in NUMBERS and NUMBERS.index(other) <= NUMBERS.index(kind)
    assert kind.accepts(other) == (kind is other or narrower)


@pytest.mark.parametrize(
    ("one", "other", "joined"), [("k", "k", "k"), ("k", "r", "r"), ("s", "r", "s"), ("s", "M", "M")]
)
def test_the_wider_kind_wins(one: str, other: str, joined: str) -> None:
    """What is joined has the kind of the wider part, whichever comes first."""
    assert Kind(one).joined(Kind(other)) is Kind(other).joined(Kind(one)) is Kind(joined)


def test_every_kind_has_words_and_a_rank() -> None:
    """Errors name a kind with its article, and indices are counted by rank."""
    assert all(kind.words.startswith(("a ", "an ")) for kind in Kind)
    assert [kind.rank for kind in Kind] == [0, 0, 0, 1, 1, 2, 0]
    assert "".join(kind for kind in Kind if kind.varies) == "svrowM"
