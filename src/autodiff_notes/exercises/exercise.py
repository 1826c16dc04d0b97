"""One exercise: an entry whose gradient the reader is to find."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.messages import type_of

if TYPE_CHECKING:
    from autodiff_notes.checking.report import GradientReport

__all__ = ["Exercise"]


@dataclass(frozen=True, eq=False)
class Exercise(Entry):
    """An entry whose gradient the reader is to find; its gradient and derivation are the solution.

    Attributes
    ----------
    hint : str
        What may help, in Markdown.
    page : str
        The page that it ends, such as ``"notes/log-det"``; the collection fills it in.
    """

    hint: str = ""
    page: str = ""

    @property
    def asked(self) -> "Exercise":
        """The same exercise with no other names than those that occur in the function."""
        kept: dict[str, str] = {}
        seen = self.function
        for name, text in reversed(list(self.where.items())):
            if re.search(rf"\b{name}\b", seen):
                kept = {name: text, **kept}
                seen = f"{seen} {text}"
        return replace(self, where=kept)

    def mark(
        self, claimed: Callable[..., Any], *, sizes: int = 3, seeds: int = 3, first_seed: int = 0
    ) -> "GradientReport":
        """Mark a reader's formula: check it against autograd and central differences, at several points.

        Parameters
        ----------
        claimed : callable
            Takes the variables in the order in which they are declared, the constant ones too,
            and returns the gradient; for several variables that vary, one gradient for each.
        sizes, seeds : int
            How many sizes of the variables, and how many random points of each.
        first_seed : int
            Where the seeds begin.

        Returns
        -------
        autodiff_notes.checking.report.GradientReport
            The first report that does not hold, with its diagnosis, or else one that does.

        Raises
        ------
        TypeError
            If the formula does not take these variables.
        ValueError
            If it raises an error, or returns no tensor, or the number of sizes is not from 1 to 10, or that
            of seeds not from 1 to 100: larger ones take hours and tell no more.
        """
        for name, count, most in (("sizes", sizes, 10), ("seeds", seeds, 100)):
            if not 1 <= count <= most:
                raise ValueError(f"{name} is {count}; expected 1 to {most}")
        from autodiff_notes.exercises.marking import mark  # noqa: PLC0415 - imports torch

        self._refuse(claimed)
        return mark(self, claimed, sizes, seeds, first_seed)

    def _refuse(self, claimed: object) -> None:
        """Refuse an answer that is no function of the variables of this exercise."""
        expected = f"lambda {', '.join(self.parameters)}: ..."
        if not callable(claimed):
            raise TypeError(f"{type_of(claimed)} cannot be marked; expected {expected}")
        try:
            inspect.signature(claimed).bind(*self.parameters)
        except ValueError:  # built-in functions have no signature
            return
        except TypeError as error:
            raise TypeError(f"{error}; expected {expected}") from None
