# ruff: noqa: RUF001 - signs that people type and paste
"""A text is cut into tokens, each with its column."""

import unicodedata

import pytest

from autodiff_notes.dialects.tokens import SIGNS, is_latex, tokens
from autodiff_notes.notation import NotationError
from autodiff_notes.notation.reading import LONGEST


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x'*A*x", "x ' * A * x"),
        ("2.*x", "2 .* x"),
        ("2.5*x", "2.5 * x"),
        (r"\left( Ax \right)_{ij}", "( A x ) _ { i j }"),
        (r"\operatorname{tr}\,AB", "tr A B"),
        (r"\mathbf{1}^\top \mathbf{x}", "\\ones ^ \\top x"),
        (r"\mathrm{d}X", "\\d X"),
        ("Ax + AB", "A x + A B"),
        ("x_1 + lam", "x_1 + lam"),
        ("½x²", r"\tfrac 12 x ^ 2"),
        ("λ", r"\lambda"),
        ("1e-3 * x", "1e-3 * x"),
        ("x¹² y₁₂", "x ^ 12 y_12"),
        ("x⁻²³", "x ^ - 23"),
        ("\N{MATHEMATICAL BOLD SMALL X} + \N{FULLWIDTH LATIN CAPITAL LETTER Y}", "x + Y"),
        ("\N{MATHEMATICAL MONOSPACE DIGIT NINE}x ＋ n！", "9 x + n !"),
        ("x～y", "x ~ y"),
        (r"x^{2} a\ b", "x ^ { 2 } a b"),
        (r"\frac12 re(z) + re", r"\frac 12 re ( z ) + r e"),
        (r"\frac12 tr A", r"\frac 12 tr A"),
        ("Var(x) + Log[x]", "Var ( x ) + Log [ x ]"),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    """Letters that stand together are a product in LaTeX, and a name elsewhere."""
    assert " ".join(token.text for token in tokens(text)) == expected


def test_columns_count_what_was_typed() -> None:
    """The column of a token is that of the text, whatever stands for a sign."""
    assert [token.column for token in tokens("½ ‖x‖ ⊙ y")] == [1, 1, 3, 4, 5, 7, 9]
    assert [token.column for token in tokens(r"\sqrt a re(z)")] == [1, 7, 9, 11, 12, 13]


@pytest.mark.parametrize("sign", SIGNS)
def test_signs(sign: str) -> None:
    """Every sign of the table is read as what the keyboard has for it."""
    assert all(token.text.isascii() for token in tokens(f"x{sign} y"))


@pytest.mark.parametrize(
    ("signs", "typed"),
    [
        ("⊤ᵀ", r"^\top "), ("·⋅•", r"\cdot "), ("×", r"\times "), ("÷", r"\div "), ("‐−–", "-"), ("⊙∘", r"\odot "), ("⊗", r"\otimes "),
        ("‖∥", r"\|"), ("⟨", r"\langle "), ("⟩", r"\rangle "), ("∑", r"\sum "), ("∏", r"\prod "), ("√", r"\sqrt "), ("½", r"\tfrac12 "),
        ("≤", "<="), ("≥", ">="), ("≠", "!="), ("≈", "~="), ("∈", r"\in "), ("′’", "'"), ("∗", "*"), ("ℝ", r"\mathbb{R}"), ("𝟙", r"\mathbf{1}"),
        ("ℓ", r"\ell "), ("∂", r"\partial "), ("∇", r"\nabla "), ("∞", r"\infty "), ("⁺", "^+"), ("⁻", "^-"), ("⁷", "^7"), ("₇", "_7"),
    ],
)  # fmt: skip
def test_signs_of_one_meaning(signs: str, typed: str) -> None:
    """A sign that is pasted is the command or the key that has its meaning."""
    meant = [token.text for token in tokens(rf"\frac ab {typed}x")]
    for sign in signs:
        assert [token.text for token in tokens(rf"\frac ab {sign}x")] == meant


@pytest.mark.parametrize("sign", [sign for sign in SIGNS if "GREEK" in unicodedata.name(sign)])
def test_greek_letters(sign: str) -> None:
    """A letter of Unicode is LaTeX's letter of that name, small or capital."""
    name = unicodedata.name(sign).split()[-1].replace("LAMDA", "LAMBDA")
    (token,) = tokens(sign)
    assert token.text.replace("var", "")[1:] == (name.title() if sign.isupper() else name.lower())


def test_is_latex() -> None:
    """A command or a braced exponent makes LaTeX; a caret or a subscript alone does not."""
    assert is_latex(r"\frac12")
    assert is_latex("x^{2}")
    assert not is_latex("x^2 + x_1")


@pytest.mark.parametrize("text", ["x\ny", r"x \\ y", r"\frac12 x \qquad y"])
def test_where_a_formula_ends(text: str) -> None:
    """A line ends a formula, in LaTeX a line of the page; a wide space parts it from a remark."""
    assert [token.broken for token in tokens(text)][-1]
    assert not any(token.broken for token in tokens("\\frac12\nx y"))


@pytest.mark.parametrize(
    ("text", "column"), [("A\\b", 2), ("A \\ b", 3), ("(A'*A)\\(A'*b)", 7), ("A.\\b", 3)]
)
def test_a_division_from_the_left(text: str, column: int) -> None:
    """Matlab's backslash is no space of LaTeX."""
    with pytest.raises(NotationError, match=r"write solve\(A, b\)") as error:
        tokens(text)
    assert error.value.column == column


def test_length() -> None:
    """A text has at most as many characters as an expression of the notation."""
    with pytest.raises(NotationError, match="more than"):
        tokens("x" * (LONGEST + 1))
