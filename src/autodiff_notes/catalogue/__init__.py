"""Gradients, each with its function, domain, source and derivation, verified by the run.

>>> from autodiff_notes import catalogue
>>> catalogue["log-det"].gradients
{'X': 'inv(X).mT'}
>>> catalogue["logdet"]
Traceback (most recent call last):
    ...
KeyError: "there is no entry 'logdet'; did you mean 'log-det'?"

Every entry is in :data:`ENTRIES`, in the order of the pages; :data:`GROUPS` has them by subject.
Nothing here imports torch; :mod:`autodiff_notes.verification` does.
"""

import sys
from dataclasses import replace
from importlib import import_module
from types import MappingProxyType, ModuleType

from autodiff_notes.catalogue.entry import FREE, Entry
from autodiff_notes.lookup import Lookup

__all__ = ["ENTRIES", "FREE", "GROUPS", "Entry", "entry_named"]

_SUBJECTS = (
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


def _entries(subject: str) -> tuple[Entry, ...]:
    """Return the entries of one module, each with its subject."""
    module = import_module(f"{__name__}.{subject}")
    return tuple(replace(entry, group=subject) for entry in module.ENTRIES)


GROUPS = MappingProxyType({subject: _entries(subject) for subject in _SUBJECTS})
"""The entries of each subject."""

ENTRIES = tuple(entry for entries in GROUPS.values() for entry in entries)
"""Every entry, in order."""

_BY_NAME = Lookup("entry", ENTRIES)


def entry_named(name: str) -> Entry:
    """Return an entry by its name.

    Raises
    ------
    KeyError
        If there is none; the message says which may have been meant.
    """
    return _BY_NAME[name]


class _Catalogue(ModuleType):
    """The module, which can also be asked for an entry by name."""

    def __getitem__(self, name: str) -> Entry:
        """Return an entry by its name."""
        return entry_named(name)


sys.modules[__name__].__class__ = _Catalogue
