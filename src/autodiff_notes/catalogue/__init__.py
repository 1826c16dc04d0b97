"""Gradients, each with its function, domain, source and derivation, verified by the run.

>>> from autodiff_notes import catalogue
>>> catalogue["log-det"].gradients
{'X': 'inv(X).mT'}
>>> [entry.name for entry in catalogue.groups["notes"]]
['scalar-example', 'squared-norm-of-sum', 'log-det', 'log-abs-det']

Nothing here imports torch; :mod:`autodiff_notes.catalogue.verification` does.
"""

from collections.abc import Mapping
from functools import cached_property
from importlib import import_module
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from autodiff_notes.tables import Table

if TYPE_CHECKING:
    from autodiff_notes.catalogue.entry import Entry

__all__ = ["Catalogue", "catalogue"]

SUBJECTS = (
    "notes",
    "vectors",
    "linear",
    "powers",
    "determinants",
    "inverses",
    "spectral",
    "statistics",
    "structure",
    "kronecker",
    "complex",
)


class Catalogue(Table["Entry"]):
    """All entries by name, in the order of the pages; a mapping."""

    def __init__(self) -> None:
        super().__init__("entry", lambda: chain.from_iterable(self.groups.values()))

    @cached_property
    def groups(self) -> Mapping[str, tuple["Entry", ...]]:
        """The entries of each subject."""
        return MappingProxyType({subject: _entries(subject) for subject in SUBJECTS})


def _entries(subject: str) -> tuple["Entry", ...]:
    """Return the entries of one module, each with its subject."""
    from dataclasses import replace  # noqa: PLC0415 - entries are loaded when they are asked for

    module = import_module(f"{__name__}.{subject}")
    return tuple(replace(entry, group=subject) for entry in module.ENTRIES)


catalogue = Catalogue()
"""The catalogue."""
