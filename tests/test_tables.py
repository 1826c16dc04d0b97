"""A name finds its thing, or an error that helps."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from autodiff_notes import catalogue, exercises
from autodiff_notes.tables import Named, Table, suggestion


@dataclass
class Thing:
    """Something with a name."""

    name: str


def test_a_near_name_is_hinted_at() -> None:
    """A name that is nearly right is answered with the right one."""
    table = Table("entry", lambda: [Thing("log-det"), Thing("trace")])
    assert table["trace"].name == "trace"
    with pytest.raises(KeyError, match="there is no entry 'logdet'; did you mean 'log-det'"):
        table["logdet"]


@pytest.mark.parametrize("table", [catalogue, exercises])
def test_it_is_a_mapping(table: Mapping[str, Named]) -> None:
    """What is in it is a name, in order; a number is none, and is no position either."""
    names = list(table)
    assert len(names) == len(table)
    assert names == [thing.name for thing in table.values()]
    assert all(name in table for name in names)
    assert 0 not in table  # type: ignore[comparison-overlap]
    with pytest.raises(KeyError, match=r"there is no (entry|exercise) 0"):
        table[0]  # type: ignore[index]


def test_names_differ() -> None:
    """Two things of the same name are refused, and the name is said."""
    with pytest.raises(ValueError, match="more than one exercise has the name 'trace'"):
        len(Table("exercise", lambda: [Thing("trace"), Thing("trace")]))


@pytest.mark.parametrize(
    ("name", "known", "nearest"),
    [
        ("trace", ["tr", "det"], "tr"),
        ("invert", ["inner", "inv"], "inv"),
        ("logdett", ["log", "logdet"], "logdet"),
        ("Sgma", ["Sigma", "A"], "Sigma"),
        ("INV", ["inv"], "inv"),
        ("qqq", ["inv"], ""),
        ("inv", [], ""),
    ],
)
def test_suggestion(name: str, known: list[str], nearest: str) -> None:
    """The longest beginning comes first, then letters in common; what is like nothing gets none."""
    assert suggestion(name, known) == (f"did you mean {nearest!r}?" if nearest else "")
