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
        ("A @ A", "A @ A"),
        ("inv(X) @ inv(X) @ x", "matrix_power(inv(X), 2) @ x"),
        ("A.mT @ A.mT", "(A @ A).mT"),
        ("C @ solve(X, A @ x)", "C @ solve(X, A @ x)"),
        ("inv(X) @ x", "inv(X) @ x"),
        ("sum(x[i] for i in range(1, n))", "sum(x[i] for i in range(1, n))"),
        ("sum(x[i] for i in range(n) if i != 0)", "sum(x[i] for i in range(n) if i != 0)"),
        ("prod(x[i] for i in range(n))", "prod(x[i] for i in range(n))"),
        ("norm(x) ** 2", "x @ x"),
        ("norm(A @ x) ** 2", "x @ A.mT @ A @ x"),
        ("norm(A) ** 2", "norm(A) ** 2"),
        ("x / 3", "x / 3"),
        ("s ** -2", "1 / s ** 2"),
        ("x * y / s", "x * y / s"),
        ("x ** (1 / 3)", "x ** (1 / 3)"),
        ("1j * u", "1j * u"),
    ],
)
def test_a_term_is_written(text: str, expected: str) -> None:
    """Numbers first, divisions last, no minus in front that can be avoided, words where they fit."""
    with given() as names:
        t = read_term(text, names)
        assert write(t) == expected
        assert read_term(write(t), names) is t


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A @ A @ A", "matrix_power(A, 3)"),
        ("A.mT @ A.mT @ A.mT", "matrix_power(A, 3).mT"),
        ("tanh(A) @ tanh(A)", "matrix_power(tanh(A), 2)"),
        ("B @ A @ A @ A @ B", "B @ matrix_power(A, 3) @ B"),
    ],
)
def test_what_is_repeated_is_a_power(text: str, expected: str) -> None:
    """Two letters stand side by side; three of them, or two of what is longer, are a power."""
    with given() as names:
        assert write(read_term(text, names)) == expected


def test_parentheses_where_a_text_has_to_hold_together() -> None:
    """A sum as a factor has parentheses, and a word needs none."""
    with given() as names:
        assert write(read_term("x + y", names), ATOM) == "(x + y)"
        assert write(read_term("tanh(x)", names), ATOM) == "tanh(x)"


def test_a_size_without_a_name_is_refused() -> None:
    """The smaller of two sizes has no word; the message says which sets avoid it."""
    with given() as names, pytest.raises(NotSupported, match=r"declare the matrix in tall\(m, n\)"):
        write(terms.ones(*terms.call("singular_values", names["Y"]).shape))
