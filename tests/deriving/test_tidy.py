"""The shortest way to write a term."""

import pytest

from autodiff_notes.deriving import terms, tidy
from autodiff_notes.deriving.reading import read_term
from autodiff_notes.deriving.writing import write
from deriving.algebra import given


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A @ x + B @ x", "(A + B) @ x"),
        ("A @ B + A @ C", "A @ (B + C)"),
        ("s * x + s * y", "s * (x + y)"),
        ("outer(x, a) + outer(y, a)", "outer(x + y, a)"),
        ("inv(X) @ (X @ x - X @ y)", "x - y"),
        ("x * a + x * y", "x * (a + y)"),
        ("A", "A"),
    ],
)
def test_a_term_is_tidied(text: str, expected: str) -> None:
    """What a sum has in common stands once, and products that get shorter are expanded."""
    with given() as names:
        t = read_term(text, names)
        found = tidy.tidied(t)
        assert found is read_term(expected, names)
        assert tidy.cost(found) <= tidy.cost(t)


def test_an_exhausted_budget_leaves_a_term_as_it_is() -> None:
    """A longer form is as right as a short one."""
    with given() as names:
        t = read_term("A @ x + B @ x", names)
        terms.algebra_now().made = terms.Algebra.BUDGET + 1
        assert tidy.tidied(t) is t


def test_expanded_is_a_sum_of_products() -> None:
    """Outside of words every product of sums is multiplied out."""
    with given() as names:
        found = tidy.expanded(read_term("(A + B) @ (x - y)", names))
        assert len(terms.addends(found)) == 4
        assert write(tidy.expanded(read_term("tanh(s * (s + t))", names))) == "tanh(s * (s + t))"


def test_what_vanishes_is_recognized() -> None:
    """A difference of equals vanishes where names hide that they are equal."""
    with given(P="A @ B") as names:
        assert tidy.vanishes(read_term("P - A @ B", names))
        assert tidy.unfolded(names["P"]) is not names["P"]
