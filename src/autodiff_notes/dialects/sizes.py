"""Sizes of vectors and matrices, and which of them are equal.

>>> sizes = Sizes()
>>> a, b = sizes.new(), sizes.named("n")
>>> sizes.equate(a, b, column=1)
>>> sizes.text(a)
'n'
"""

from collections.abc import Iterable

from autodiff_notes.notation import NotationError

__all__ = ["Sizes"]

LETTERS = "nmpqrlst"
"""Letters for sizes that have none, the usual ones first."""


class Sizes:
    """Numbers that stand for sizes; equal ones are joined."""

    def __init__(self) -> None:
        self.parents: list[int] = []
        self.names: dict[int, str] = {}

    def new(self) -> int:
        """Return a size of which nothing is known."""
        self.parents.append(len(self.parents))
        return len(self.parents) - 1

    def named(self, name: str) -> int:
        """Return the size of a name; a name is one size."""
        for size, known in self.names.items():
            if known == name:
                return self.root(size)
        size = self.new()
        self.names[size] = name
        return size

    def root(self, size: int) -> int:
        """Return the size that stands for all that are equal to this one."""
        while self.parents[size] != size:
            size = self.parents[size]
        return size

    def equate(self, a: int, b: int, column: int) -> None:
        """Let two sizes be equal.

        Raises
        ------
        NotationError
            If they have different names.
        """
        a, b = self.root(a), self.root(b)
        if a == b:
            return
        names = [self.names[size] for size in (a, b) if size in self.names]
        if len(names) == 2:
            raise NotationError(f"sizes {names[0]} and {names[1]} do not fit", column=column)
        self.parents[b] = a
        if names:
            self.names[a] = names[0]

    def text(self, size: int) -> str:
        """Return the name of a size, or nothing."""
        return self.names.get(self.root(size), "")

    def name_all(self, sizes: Iterable[tuple[int, ...]], taken: Iterable[str]) -> None:
        """Give names to the sizes of these shapes, rows m and columns n where they can be."""
        free = [letter for letter in LETTERS if letter not in {*taken, *self.names.values()}]
        for shape in sizes:
            roots = [self.root(size) for size in shape]
            unnamed = [size for size in dict.fromkeys(roots) if size not in self.names]
            if len(unnamed) == 2 and free[:2] == ["n", "m"]:
                unnamed.reverse()
            for size in unnamed:
                self.names[size] = free.pop(0) if free else f"n_{size}"
