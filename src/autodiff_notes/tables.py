"""Tables by name, whose errors suggest the nearest name.

>>> suggestion("inverse", ["inv", "inverses", "det"])
"did you mean 'inv'?"
>>> suggestion("Invers", ["inverses", "det"])
"did you mean 'inverses'?"
>>> suggestion("qqq", ["inv", "det"])
''
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Protocol, TypeVar

__all__ = ["Table", "suggestion"]

# Half of the letters in common: names here are long, and a slip in one is seldom more.
LIKENESS = 0.5


class Named(Protocol):
    """Whatever has a name."""

    @property
    def name(self) -> str:
        """The name."""


T = TypeVar("T", bound=Named)


class Table(Mapping[str, T]):
    """A mapping from name to thing, filled when it is first looked at.

    Parameters
    ----------
    kind : str
        The name of such a thing, in an error.
    load : callable
        Returns the things; each has a ``name`` of its own.

    Raises
    ------
    ValueError
        At the first look, if two things have the same name.
    KeyError
        For a name that is not in it; the message suggests another.

    Examples
    --------
    >>> from autodiff_notes import catalogue
    >>> len(catalogue) > 100, "log-det" in catalogue, next(iter(catalogue))
    (True, True, 'scalar-example')
    >>> catalogue["logdet"]
    Traceback (most recent call last):
        ...
    KeyError: "there is no entry 'logdet'; did you mean 'log-det'?"
    """

    def __init__(self, kind: str, load: Callable[[], Iterable[T]]) -> None:
        self.kind, self._load = kind, load

    @cached_property
    def things(self) -> dict[str, T]:
        """The things, by name."""
        things: dict[str, T] = {}
        for thing in self._load():
            if thing.name in things:
                raise ValueError(f"more than one {self.kind} has the name {thing.name!r}")
            things[thing.name] = thing
        return things

    def __getitem__(self, name: str) -> T:
        """Return the thing of a name."""
        if name in self.things:
            return self.things[name]
        near = suggestion(str(name), self.things, LIKENESS)
        raise KeyError(f"there is no {self.kind} {name!r}{near and f'; {near}'}")

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names, in order."""
        return iter(self.things)

    def __len__(self) -> int:
        """Return the number of things."""
        return len(self.things)


def suggestion(name: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return a question that names the nearest known name, or nothing if none is near.

    A name that begins with a known one of three letters or more is nearest to the longest of these;
    otherwise letters in common decide, large or small.

    Parameters
    ----------
    name : str
        The name as it was written.
    known : iterable of str
        The names that there are.
    likeness : float
        From 0 to 1, how much of the two must agree.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only a slip needs it

    everything = sorted(known, key=lambda word: (-len(word), word))
    begun = [word for word in everything if len(word) > 1 and name.startswith(word)]
    lower = {word.lower(): word for word in everything}
    near = [lower[word] for word in get_close_matches(name.lower(), lower, n=1, cutoff=likeness)]
    best = [*(word for word in begun if len(word) > 2), *near, *begun]
    return f"did you mean {best[0]!r}?" if best else ""
