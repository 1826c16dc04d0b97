"""From terms to the plainest text that means the same."""

import pytest

from autodiff_notes.deriving import NotSupported, terms
from autodiff_notes.deriving.reading import read_term
from autodiff_notes.deriving.writing import ATOM, write
from deriving.algebra import given


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-x + y", "y - x"),
        ("x * s / t * 3", "3 * s * x / t"),
        ("A.mT + A", "A + A.mT"),
        ("A @ B @ C + C.mT @ B.mT @ A.mT", "2 * sym(A @ B @ C)"),
        ("sqrt(x @ x)", "norm(x)"),
        ("s ** (1 / 2)", "sqrt(s)"),
        ("(A @ B @ C).mT", "(A @ B @ C).mT"),
        ("sum(x) / n", "mean(x)"),
        ("solve(X, A @ x)", "solve(X, A @ x)"),
        ("norm(x - y) ** 2", "norm(x - y) ** 2"),
        ("u @ u", "u @ u"),
        ("sum(u * x)", "sum(x * u)"),
        ("-2 * (x - y)", "2 * (y - x)"),
        ("-A @ (x - y)", "A @ (y - x)"),
        ("-3 * outer(x - y, a)", "3 * outer(y - x, a)"),
        ("-A @ (x + y)", "-A @ (x + y)"),
    ],
)
def test_a_term_is_written(text: str, expected: str) -> None:
    """Numbers first, divisions last, no minus in front that can be avoided, words where they fit."""
    with given() as names:
        t = read_term(text, names)
        assert write(t) == expected
        assert read_term(write(t), names) is t


def test_parentheses_where_a_text_has_to_hold_together() -> None:
    """A sum as a factor has parentheses, and a word needs none."""
    with given() as names:
        assert write(read_term("x + y", names), ATOM) == "(x + y)"
        assert write(read_term("tanh(x)", names), ATOM) == "tanh(x)"


def test_a_size_without_a_name_is_refused() -> None:
    """The smaller of two sizes has no word; the message says which sets avoid it."""
    with given() as names, pytest.raises(NotSupported, match=r"declare the matrix in tall\(m, n\)"):
        write(terms.ones(*terms.call("singular_values", names["Y"]).shape))
