"""What tests of the catalogue share: its entries, and a point of each."""

from collections.abc import Callable
from typing import Any

import pytest
from torch import Tensor

from autodiff_notes import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.evaluation.points import Point, points

every_entry = pytest.mark.parametrize(
    "entry", tuple(catalogue.values()), ids=lambda entry: entry.name
)


def here(entry: Entry, sizes: int = 1) -> Point:
    """Return a point of the domain of an entry."""
    return list(points(entry.declarations, sizes, 1, first_seed=40))[-1]


def functions(entry: Entry) -> tuple[Callable[..., Tensor], Callable[..., Any]]:
    """Return what the printed code defines."""
    names: dict[str, Any] = {}
    exec(entry.code, names)  # noqa: S102 - the code that a reader copies
    return names["f"], names["gradient"]
