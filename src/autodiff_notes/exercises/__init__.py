"""Exercises at the end of the pages, marked by the check that marks everything else.

>>> import torch
>>> from autodiff_notes import exercises
>>> exercise = exercises["square-of-trace"]
>>> exercise.function
'tr(X) ** 2'
>>> exercise.mark(lambda X: 2 * torch.trace(X) * torch.eye(len(X))).holds
True
>>> exercise.mark(lambda X: torch.trace(X) * torch.eye(len(X))).diagnoses[0].sentence
'The claimed gradient for X is 1/2 times the right one.'

Every exercise is in :data:`EXERCISES`, in the order of the pages and from easy to hard;
:data:`PAGES` has them by the page that they end. Nothing here imports torch before the first mark.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from itertools import chain
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any

from autodiff_notes.exercises.exercise import Exercise
from autodiff_notes.lookup import Lookup

if TYPE_CHECKING:
    from autodiff_notes.reports import GradientReport

__all__ = ["EXERCISES", "PAGES", "Exercise", "exercise_named", "mark"]

_MODULES = ("notes", "vectors", "matrices", "spectra", "structures")


def _pages(module: str) -> dict[str, tuple[Exercise, ...]]:
    """Return the exercises of one module, each with its page."""
    pages: dict[str, tuple[Exercise, ...]] = import_module(f"{__name__}.{module}").PAGES
    return {page: tuple(replace(e, page=page) for e in own) for page, own in pages.items()}


PAGES = MappingProxyType({page: own for m in _MODULES for page, own in _pages(m).items()})
"""The exercises of each page, from easy to hard."""

EXERCISES = tuple(chain.from_iterable(PAGES.values()))
"""Every exercise, in order."""

_BY_NAME = Lookup("exercise", EXERCISES)


def exercise_named(name: str) -> Exercise:
    """Return an exercise by its name.

    Raises
    ------
    KeyError
        If there is none; the message says which may have been meant.
    """
    return _BY_NAME[name]


def mark(name: str, claimed: Callable[..., Any]) -> "GradientReport":
    """Mark an answer to an exercise; see :meth:`Exercise.mark`."""
    return exercise_named(name).mark(claimed)


class _Exercises(ModuleType):
    """The module, which can also be asked for an exercise by name."""

    def __getitem__(self, name: str) -> Exercise:
        """Return an exercise by its name."""
        return exercise_named(name)


sys.modules[__name__].__class__ = _Exercises
