"""Lines as they are typed and pasted are split at their relations."""

import pytest

from autodiff_notes.answering.statements import DECLARATION, statements


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("a = b = c", [("", "a"), ("=", "b"), ("=", "c")]),
        ("a\n= b\n= c", [("", "a"), ("=", "b"), ("=", "c")]),
        (r"a &= b \\" + "\n" + r"&\leq c", [("", "a"), ("=", "b"), ("<=", "c")]),
        (r"\sum_{i=1}^n x_i = y", [("", r"\sum_{i=1}^n x_i"), ("=", "y")]),
        ("norm(x, ord=2) = y", [("", "norm(x, ord=2)"), ("=", "y")]),
        (r"\begin{align*} a &= b \end{align*}", [("", "a"), ("=", "b")]),
        ("f(g(a), b = c) = d", [("", "f(g(a), b = c)"), ("=", "d")]),
        (r"\[ a = $b$ \]", [("", "a"), ("=", "b")]),
        ("a >= b", [("", "a"), (">=", "b")]),
        ("a <= b", [("", "a"), ("<=", "b")]),
        ("a ≤ b ≥ c", [("", "a"), ("<=", "b"), (">=", "c")]),
        (r"a \le b \leq c", [("", "a"), ("<=", "b"), ("<=", "c")]),
        (r"a \ge b \geq c", [("", "a"), (">=", "b"), (">=", "c")]),
    ],
)
def test_sides(text: str, sides: list[tuple[str, str]]) -> None:
    """A relation within brackets or an index belongs to a formula."""
    assert [(side.relation, side.text.strip()) for side in statements(text)] == sides


def test_places_and_reasons() -> None:
    """A side knows its line, what is before it, and the reason behind its line."""
    first, second, third = statements("\na = b  # one\n= c")
    assert (first.line, first.column, first.reason) == (2, 0, "")
    assert (second.line, second.column, second.reason) == (2, 3, "one")
    assert (third.line, third.reason) == (3, "")


def test_declarations() -> None:
    """A set with or without its sizes is a declaration; a formula is none."""
    assert DECLARATION.fullmatch("X in invertible(n)")
    assert DECLARATION.fullmatch("constant A, B in spd")
    assert not DECLARATION.fullmatch("sum(x[i] for i in range(n))")
