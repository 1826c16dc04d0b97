"""Finding a thing by its name, with a hint where the name is nearly right."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Protocol, TypeVar

__all__ = ["Lookup"]


class Named(Protocol):
    """Whatever has a name."""

    @property
    def name(self) -> str:
        """The name."""


T = TypeVar("T", bound=Named)


class Lookup(dict[str, T]):
    """A table by name, whose errors say which name may have been meant.

    Parameters
    ----------
    kind : str
        What the things are called, in an error.
    things : iterable
        The things; each has a ``name`` of its own.

    Raises
    ------
    ValueError
        If two things have the same name.
    """

    def __init__(self, kind: str, things: Iterable[T]) -> None:
        """Enter everything."""
        super().__init__()
        self.kind = kind
        for thing in things:
            if thing.name in self:
                raise ValueError(f"more than one {kind} has the name {thing.name!r}")
            self[thing.name] = thing

    def __missing__(self, name: str) -> T:
        """Say that there is none, and which may have been meant."""
        near = get_close_matches(name, self, n=1, cutoff=0.5)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise KeyError(f"there is no {self.kind} {name!r}{hint}")
