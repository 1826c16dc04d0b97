"""A tree becomes text of the notation; kinds decide what a product is."""

import pytest

from autodiff_notes.dialects import understand
from autodiff_notes.dialects.parsing import parse
from autodiff_notes.dialects.sizes import Sizes
from autodiff_notes.dialects.tokens import tokens
from autodiff_notes.dialects.writing import Writer
from autodiff_notes.notation import Kind, NotationError

M, V, S = Kind.MATRIX, Kind.VECTOR, Kind.SCALAR


def written(text: str, **kinds: Kind) -> tuple[str, Kind]:
    """Return a LaTeX formula in the notation, and its kind."""
    sizes = Sizes()
    shapes = {name: tuple(sizes.new() for _ in range(kind.rank)) for name, kind in kinds.items()}
    value = Writer(kinds, shapes, sizes, latex=True).column(parse(tokens(text), text))
    return value.text, value.kind


@pytest.mark.parametrize(
    ("text", "kinds", "expected"),
    [
        (r"x\,y", {"x": S, "y": S}, ("x * y", S)),
        (r"A\,x", {"A": M, "x": V}, ("A @ x", V)),
        (r"x^\top A", {"A": M, "x": V}, ("A.mT @ x", V)),
        (r"x y^\top", {"x": V, "y": V}, ("outer(x, y)", M)),
        (r"|X|", {"X": M}, ("det(X)", S)),
        (r"|x|", {"x": V}, ("abs(x)", V)),
        (r"X^{2}", {"X": M}, ("matrix_power(X, 2)", M)),
        (r"x^{2}", {"x": V}, ("x ** 2", V)),
        (r"X^{-1/2}", {"X": M}, ("inv(sqrtm(X))", M)),
        (r"e^{X}", {"X": M}, ("expm(X)", M)),
        (r"e^{x}", {"x": V}, ("exp(x)", V)),
        (r"\log(X)", {"X": M}, ("logm(X)", M)),
        (r"\log_{\odot}(X)", {"X": M}, ("log(X)", M)),
        (r"(A^\top)^\top", {"A": M}, ("A", M)),
    ],
)
def test_kinds_decide(text: str, kinds: dict[str, Kind], expected: tuple[str, Kind]) -> None:
    """The same signs mean another word of the notation for another kind."""
    assert written(text, **kinds) == expected


@pytest.mark.parametrize(
    ("text", "kinds", "problem"),
    [
        (r"x\,y", {"x": V, "y": V}, "a vector times a vector"),
        (r"x\,A", {"x": V, "A": M}, "is written as a row"),
        (r"A\,x^\top", {"x": V, "A": M}, "a transpose too many"),
        (r"A + x", {"x": V, "A": M}, "a matrix plus or minus a vector"),
        (r"x^{y}", {"x": V, "y": V}, "as an exponent"),
    ],
)
def test_what_makes_no_formula(text: str, kinds: dict[str, Kind], problem: str) -> None:
    """A product that mathematics does not have is refused with what could be meant."""
    with pytest.raises(NotationError, match=problem):
        written(text, **kinds)


def test_numbers_are_spread_over_vectors() -> None:
    """A number that is added to a vector is meant in each entry; to a matrix it needs an identity."""
    assert understand("sum(1 + x)", "x in vector(n)").function == "sum(ones(n) + x)"
    assert understand("sum(x - 2 * c)", "x in vector(n)").function == "sum(x - 2 * c * ones(n))"
    assert understand(r"\operatorname{tr}(A + \lambda I)").function == "tr(A + lambda_ * I(n))"
