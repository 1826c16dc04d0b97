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

Nothing here imports torch before the first mark.
"""

from collections.abc import Mapping
from functools import cached_property
from importlib import import_module
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from autodiff_notes.tables import Table

if TYPE_CHECKING:
    from autodiff_notes.exercises.exercise import Exercise

__all__ = ["Exercises", "exercises"]

MODULES = ("notes", "vectors", "matrices", "spectra", "structures")


class Exercises(Table["Exercise"]):
    """All exercises by name, in the order of the pages and from easy to hard; a mapping."""

    def __init__(self) -> None:
        super().__init__("exercise", lambda: chain.from_iterable(self.pages.values()))

    @cached_property
    def pages(self) -> Mapping[str, tuple["Exercise", ...]]:
        """The exercises of each page, such as ``"notes/log-det"``.

        Raises
        ------
        ValueError
            If two modules have exercises for the same page.
        """
        pages: dict[str, tuple[Exercise, ...]] = {}
        for module in MODULES:
            for page, own in _pages(module).items():
                if page in pages:
                    raise ValueError(f"{page!r} has exercises in more than one module")
                pages[page] = own
        return MappingProxyType(pages)


def _pages(module: str) -> dict[str, tuple["Exercise", ...]]:
    """Return the exercises of one module, each with its page."""
    from dataclasses import replace  # noqa: PLC0415 - exercises are loaded when they are asked for

    pages: dict[str, tuple[Exercise, ...]] = import_module(f"{__name__}.{module}").PAGES
    return {page: tuple(replace(e, page=page) for e in own) for page, own in pages.items()}


exercises = Exercises()
"""The exercises."""
