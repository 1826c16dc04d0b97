"""The kinds of values in a formula, from an integer to a matrix.

>>> Kind("M"), Kind("M").words, Kind("M").rank
('M', 'a matrix', 2)
>>> Kind.SCALAR.accepts(Kind.INTEGER), Kind.INTEGER.accepts(Kind.SCALAR)
(True, False)
>>> Kind.REAL.joined(Kind.VECTOR)
'v'
"""

from enum import StrEnum

__all__ = ["Kind"]


class Kind(StrEnum):
    """The kind of a value, from narrow to wide; it equals the text that an author writes."""

    INTEGER = "k"  # of Python, such as a size
    REAL = "r"  # of Python, such as an exponent
    SCALAR = "s"
    VECTOR = "v"
    ROW = "row"  # a vector times a matrix, good for one more product
    MATRIX = "M"
    FUNCTION = "f"  # of a number, good for being called

    __repr__ = str.__repr__

    @property
    def words(self) -> str:
        """The kind in words, with its article."""
        return WORDS[self]

    @property
    def rank(self) -> int:
        """The number of indices."""
        return {Kind.VECTOR: 1, Kind.ROW: 1, Kind.MATRIX: 2}.get(self, 0)

    @property
    def varies(self) -> bool:
        """Whether its values are tensors, by which a formula can be differentiated."""
        return self in {Kind.SCALAR, Kind.VECTOR, Kind.ROW, Kind.MATRIX}

    def accepts(self, other: "Kind") -> bool:
        """Return whether an argument of this kind may be of another: an integer is a number, too."""
        numbers = (Kind.INTEGER, Kind.REAL, Kind.SCALAR)
        return other is self or (self in numbers and other in numbers[: numbers.index(self)])

    def joined(self, other: "Kind") -> "Kind":
        """Return the kind of a sum or of an entrywise product: the wider one."""
        return max(self, other, key=list(Kind).index)


WORDS = {
    Kind.INTEGER: "an integer",
    Kind.REAL: "a number",
    Kind.SCALAR: "a number",
    Kind.VECTOR: "a vector",
    Kind.ROW: "a row vector",
    Kind.MATRIX: "a matrix",
    Kind.FUNCTION: "a function",
}
