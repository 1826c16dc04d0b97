"""Terms within an algebra: one object each, with what is known of them."""

from fractions import Fraction

import pytest

from autodiff_notes.deriving import terms
from deriving.algebra import given


def test_equal_terms_are_one_object_within_an_algebra_alone() -> None:
    """The same parts make the same object, and another algebra has objects of its own."""
    with terms.algebra():
        first = terms.var("x")
        assert terms.var("x") is first
        with terms.algebra():
            assert terms.var("x") is not first
        assert terms.var("x") is first


@pytest.mark.parametrize(("value", "kept"), [(Fraction(4, 2), 2), (Fraction(1, 2), Fraction(1, 2))])
def test_a_number_that_is_an_integer_is_kept_as_one(value: Fraction, kept: object) -> None:
    """Numbers are exact, and integers where they can be."""
    with terms.algebra():
        number = terms.num(value).number
    assert (number, type(number)) == (kept, type(kept))


def test_what_a_term_knows_of_itself() -> None:
    """Its variables, whether it moves, whether it may be complex, and how long it is."""
    with given(P="A @ x + a") as names:
        P, C = names["P"], names["C"]
        assert {names["A"], names["x"], names["a"]} <= P.leaves
        assert P.moves
        assert not C.moves
        assert names["u"].is_complex
        assert not terms.call("re", names["u"]).is_complex
        assert terms.matmul(C, names["x"]).size > C.size


def test_a_budget_counts_terms() -> None:
    """An algebra is exhausted by what was made in it, and by nothing else."""
    with terms.algebra() as now:
        assert not now.exhausted
        now.made = now.BUDGET
        terms.num(1)
        assert now.exhausted
