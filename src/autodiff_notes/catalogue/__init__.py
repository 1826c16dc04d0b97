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
from difflib import get_close_matches
from importlib import import_module
from types import MappingProxyType, ModuleType

from autodiff_notes.catalogue.entry import FREE, Entry

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

_BY_NAME = {entry.name: entry for entry in ENTRIES}
if len(_BY_NAME) < len(ENTRIES):
    _twice = sorted({e.name for e in ENTRIES if _BY_NAME[e.name] is not e})
    raise ValueError(f"two entries have the same name: {', '.join(_twice)}")


def entry_named(name: str) -> Entry:
    """Return an entry by its name.

    Raises
    ------
    KeyError
        If there is none; the message says which may have been meant.
    """
    if name not in _BY_NAME:
        near = get_close_matches(name, _BY_NAME, n=1, cutoff=0.5)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise KeyError(f"there is no entry {name!r}{hint}")
    return _BY_NAME[name]


class _Catalogue(ModuleType):
    """The module, which can also be asked for an entry by name."""

    def __getitem__(self, name: str) -> Entry:
        """Return an entry by its name."""
        return entry_named(name)


sys.modules[__name__].__class__ = _Catalogue
