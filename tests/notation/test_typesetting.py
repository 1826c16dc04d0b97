"""Pieces join with parentheses where they are needed, and nowhere else."""

import pytest

from autodiff_notes.notation.typesetting import (
    Piece,
    add,
    circled,
    differential,
    fraction,
    hermitian,
    indexed,
    inverse,
    named,
    negate,
    power,
    product,
    scalar_product,
    series,
    subtract,
    transpose,
    wrapped,
)

X, Y, Z = Piece("X"), Piece("Y"), Piece("Z")
LOG = named(r"\log")


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        (product(add(X, Y), Z), "(X + Y) Z"),
        (product(X, product(Y, Z)), "X Y Z"),
        (product(negate(X), Y), "-X Y"),
        (subtract(X, add(Y, Z)), "X - (Y + Z)"),
        (add(X, negate(Y)), "X + (-Y)"),
        (product(LOG(X), Y), r"\log(X)\,Y"),
        (product(X, LOG(Y)), r"X \log Y"),
        (product(product(X, Y, LOG(Z)), X), r"X Y \log(Z) X"),
        (LOG(LOG(X)), r"\log \log X"),
        (LOG(LOG(LOG(X))), r"\log \log \log X"),
        (product(LOG(LOG(X)), Y), r"\log \log(X)\,Y"),
        (power(LOG(X), "2"), r"(\log X)^{2}"),
        (fraction(negate(X), Y), r"-\frac{X}{Y}"),
        (power(fraction(X, Y), "2"), r"\left(\frac{X}{Y}\right)^{2}"),
        (transpose(inverse(X)), r"X^{-\top}"),
        (hermitian(inverse(X)), r"X^{-\mathsf{H}}"),
        (transpose(negate(X)), r"-X^{\top}"),
        (inverse(product(X, Y)), r"(X Y)^{-1}"),
        (differential(product(X, Y)), r"\mathrm{d}(X Y)"),
        (transpose(differential(X)), r"\mathrm{d}X^{\top}"),
        (product(X, indexed(differential(Y), "1")), r"X\,\mathrm{d}Y_{1}"),
        (indexed(indexed(X, "1"), "ij"), r"(X_{1})_{ij}"),
        (circled(r"\odot", X, product(Y, Z)), r"X \odot Y Z"),
        (product(circled(r"\odot", X, Y), Z), r"(X \odot Y) Z"),
        (circled(r"\odot", circled(r"\otimes", X, Y), Z), r"(X \otimes Y) \odot Z"),
        (wrapped("(", ")")(fraction(X, Y)), r"\left( \frac{X}{Y} \right)"),
        (series(r"\sum", "i=0", "n - 1", add(X, Y)), r"\sum_{i=0}^{n - 1} (X + Y)"),
        (product(Piece("2"), Piece("3")), r"2 \cdot 3"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_joined(piece: Piece, text: str) -> None:
    """Each way to join pieces gives exactly this LaTeX."""
    assert piece.text == text


def test_scalar_product_is_written_as_a_product() -> None:
    """A row times a column is a number, closed where another factor follows."""
    number = scalar_product(transpose(X), Y)
    assert number.text == r"X^{\top} Y"
    assert product(number, Z).text == r"(X^{\top} Y) Z"
    assert product(Z, number).text == r"Z X^{\top} Y"
