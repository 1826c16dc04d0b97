"""A name finds its thing, or an error that helps."""

from dataclasses import dataclass

import pytest

from autodiff_notes.tables import Table, suggestion


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
