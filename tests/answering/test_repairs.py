"""Repairs of a wrong line: each is one change, and all of them can be read."""

from autodiff_notes.answering.repairs import repairs
from autodiff_notes.notation import NotationError, read

KINDS = {"X": "M", "A": "M", "x": "v", "b": "v"}


def test_the_repairs_of_a_difference() -> None:
    """Signs, factors, terms, the order of factors and inverses change one at a time, as told."""
    assert dict(repairs(read("inv(X) @ x - 3 * b", KINDS))) == {
        "a transpose of inv(X)": "inv(X).mT @ x - 3 * b",
        "the other sign": "-(inv(X) @ x - 3 * b)",
        "the other sign of inv(X) @ x": "-(inv(X) @ x) - 3 * b",
        "the other sign of 3 * b": "inv(X) @ x + 3 * b",
        "a factor of 2": "2 * (inv(X) @ x - 3 * b)",
        "a factor of 1/2": "(inv(X) @ x - 3 * b) / 2",
        "a factor of 4 in place of 3": "inv(X) @ x - 4 * b",
        "a factor of 2 in place of 3": "inv(X) @ x - 2 * b",
        "a factor of 6 in place of 3": "inv(X) @ x - 6 * b",
        "a factor of 2 of inv(X) @ x": "2 * (inv(X) @ x) - 3 * b",
        "a factor of 1/2 of inv(X) @ x": "inv(X) @ x / 2 - 3 * b",
        "a factor of 2 of 3 * b": "inv(X) @ x - 2 * (3 * b)",
        "a factor of 1/2 of 3 * b": "inv(X) @ x - 3 * b / 2",
        "inv(X) @ x is a term too many": "-(3 * b)",
        "3 * b is a term too many": "inv(X) @ x",
        "the factors of inv(X) @ x the other way round": "x @ inv(X) - 3 * b",
        "X in place of its inverse": "X @ x - 3 * b",
    }


def test_the_repairs_of_a_line_with_a_differential() -> None:
    """A function is not left out, and a differential has no transpose and no inverse."""
    assert dict(repairs(read("sum(exp(A @ x)) - x @ d(x)", KINDS))) == {
        "a transpose of A": "sum(exp(A.mT @ x)) - x @ d(x)",
        "the other sign": "-(sum(exp(A @ x)) - x @ d(x))",
        "the other sign of sum(exp(A @ x))": "-sum(exp(A @ x)) - x @ d(x)",
        "the other sign of x @ d(x)": "sum(exp(A @ x)) + x @ d(x)",
        "a factor of 2": "2 * (sum(exp(A @ x)) - x @ d(x))",
        "a factor of 1/2": "(sum(exp(A @ x)) - x @ d(x)) / 2",
        "a factor of 2 of sum(exp(A @ x))": "2 * sum(exp(A @ x)) - x @ d(x)",
        "a factor of 1/2 of sum(exp(A @ x))": "sum(exp(A @ x)) / 2 - x @ d(x)",
        "a factor of 2 of x @ d(x)": "sum(exp(A @ x)) - 2 * (x @ d(x))",
        "a factor of 1/2 of x @ d(x)": "sum(exp(A @ x)) - x @ d(x) / 2",
        "sum(exp(A @ x)) is a term too many": "-(x @ d(x))",
        "x @ d(x) is a term too many": "sum(exp(A @ x))",
        "the factors of x @ d(x) the other way round": "sum(exp(A @ x)) - d(x) @ x",
        "the factors of A @ x the other way round": "sum(exp(x @ A)) - x @ d(x)",
        "the symmetric part of A: the term with its transpose is missing": "sum(exp(sym(A) @ x)) - x @ d(x)",
        "the inverse of A": "sum(exp(inv(A) @ x)) - x @ d(x)",
    }


def test_the_repairs_of_a_transpose() -> None:
    """What is transposed is transposed no second time."""
    assert dict(repairs(read("A.mT @ x", KINDS))) == {
        "no transpose of A": "A @ x",
        "the other sign": "-(A.mT @ x)",
        "a factor of 2": "2 * (A.mT @ x)",
        "a factor of 1/2": "(A.mT @ x) / 2",
        "the factors of A.mT @ x the other way round": "x @ A.mT",
        "the symmetric part of A: the term with its transpose is missing": "sym(A).mT @ x",
        "the inverse of A": "inv(A).mT @ x",
    }


def test_every_repair_is_a_change() -> None:
    """No repair is the line itself, and nearly all are lines of the notation."""
    line = "2 * inv(X).mT @ A @ x - b"
    found = list(repairs(read(line, KINDS)))
    assert len(found) > 15
    assert len({text for _, text in found}) >= len(found) - 2
    readable = 0
    for words, text in found:
        assert words
        assert text != line
        try:
            read(text, KINDS)
            readable += 1
        except NotationError:
            continue
    assert readable > 0.8 * len(found)
