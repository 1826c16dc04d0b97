"""Terms made anew from other parts."""

import pytest

from autodiff_notes.deriving import terms
from autodiff_notes.deriving.reading import read_term
from deriving.algebra import given

TEXTS = [
    "x @ A @ x / (x @ x)",
    "tr(inv(X) @ outer(x, y))",
    "sum(x[i] ** k for i in range(n))",
    "prod(1 + x[i] for i in range(n))",
    "norm(block([[A, B], [C, S]])) ** 2",
    "det(array([[s, t], [t, s]]))",
    "kron(A, B)[0, 1]",
    "conj(u) @ u",
    "tril(A.mT) @ Diag(x) @ y",
]


@pytest.mark.parametrize("text", TEXTS)
def test_unchanged_parts_make_the_same_term(text: str) -> None:
    """A term made anew from its own parts is the term."""
    with given() as names:
        t = read_term(text, names)
        assert terms.rebuilt(t, lambda part: part) is t


@pytest.mark.parametrize("text", TEXTS)
def test_a_substituted_term_is_the_text_with_other_letters(text: str) -> None:
    """To put y + x for x in a term is to put it into the text."""
    with given() as names:
        whole = read_term("y + x", names)
        found = terms.substituted(read_term(text, names), {names["x"]: whole})
        assert found is read_term(text, {**names, "x": whole})


def test_a_differential_of_what_stands_still_vanishes() -> None:
    """Numbers stand in front of a differential, and a constant has none."""
    with given() as names:
        assert terms.is_zero(terms.d(names["a"]))
        assert terms.d(terms.neg(names["x"])) is terms.neg(terms.d(names["x"]))
