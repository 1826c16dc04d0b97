"""Letters are read one by one and side by side, as the language of a formula has them."""

import pytest

from autodiff_notes.dialects.letters import is_matlab
from autodiff_notes.dialects.parsing import parse
from autodiff_notes.dialects.trees import walk
from autodiff_notes.notation import NotationError
from refusals import refusal

CALLED = "{0}(...) reads like a function or an entry: {0} in analytic() declares a function, {0}[0] is an entry, and a product is {0}*(...)"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a(b + 1)", "(juxt a (add b 1))"),
        ("xyz", "(juxt (juxt (noted x xyz was read as the product x y z) y) z)"),
        ("xpi", "(juxt (noted x xpi was read as the product x pi) pi)"),
        ("betay", "(juxt (noted beta betay was read as the product beta y) y)"),
        ("azeta", "(juxt (noted a azeta was read as the product a zeta) zeta)"),
        ("xy^2", "(juxt (noted x xy was read as the product x y) (pow y 2))"),
        ("xxy @ lny", "(at xxy lny)"),
        ("dxx + dx", "(add dxx (call d x))"),
        ("lambda_ x", "(juxt lambda_ x)"),
        ("I_n x + I_2 y", "(add (juxt (call I n) x) (juxt (call I 2) y))"),
        ("sum_1 @ x", "(at sum_1 x)"),
        ("2 j", "(juxt 2 j)"),
        ("u (x)", "(juxt u x)"),
        ("X'(y)", "(juxt (T X) y)"),
        ("x^2(y)", "(juxt (pow x 2) y)"),
        ("e(x) pi(x)", "(juxt (juxt (juxt e x) pi) x)"),
        ("u(dx)", "(juxt u (call d x))"),
        ("x(x) + x", "(add (juxt x x) x)"),
    ],
)
def test_letters_side_by_side(text: str, tree: str) -> None:
    """Letters without a sign between them are factors."""
    assert str(parse(text)) == tree


@pytest.mark.parametrize("text", ["xyz + dy", "mux + xpi", "3xy' dz", "y - Xbeta"])
def test_letters_of_a_product_have_their_columns(text: str) -> None:
    """A letter that was typed together with others stands where it was typed."""
    letters = [node for node, _ in walk(parse(text)) if node.op == "name"]
    assert all(text[node.column - 1 :].startswith(node.parts[0]) for node in letters)


@pytest.mark.parametrize(
    ("text", "column", "problem"),
    [
        # what reads like a function, an entry or a derivative
        *((text, text.index("(") + 1, CALLED.format(text.strip("2 ")[0])) for text in ("f(x)", "g(x + y)", "P(x)", "2 u(t)", "x(1)")),
        ("f'(x)", 3, CALLED.format("f")),
        ("u'(t)", 3, CALLED.format("u")),
        (r"f^{-1}(x)", 7, CALLED.format("f")),
        (r"\phi(x)", 5, CALLED.format("phi")),
        ("Var(x)", 1, "there is no word 'Var'"),
        ("Sin[x]", 1, "there is no word 'Sin'; did you mean 'sin'?"),
        (r"\operatorname{rnk}(A)", 1, "there is no word 'rnk'"),
        ("2x\n2y", 4, "the line ends before this: one formula is read at a time"),
        ("δ(x'x)", 2, CALLED.format("delta")),
        ("2^xy", 3, "put the product in parentheses: (x y)"),
        (r"\mathcal{L}(\theta)", 12, CALLED.format("L")),
        ("3½", 2, "a mixed number: write 3.5, or 3 * 1/2"),
        # divisions
        ("x/2y", 4, "a/b c can be meant in two ways: write a/(b c), or (a/b) c"),
        ("x / y z", 7, "a/b c can be meant in two ways: write a/(b c), or (a/b) c"),
        ("x^T A x / x^T x", 15, "a/b c can be meant in two ways: write a/(b c), or (a/b) c"),
        # words, and names of programs
        ("sinx", 1, "'sinx' is no word: write sin(x)"),
        ("xlog", 1, "'xlog' is no word: write x log(...)"),
        ("y + x_", 5, "an index of x is missing: write x_i or x[i]"),
        ("y rang(x)", 3, "there is no word 'rang'; did you mean 'arctan'?"),
        (r"\sqrt 2 abc(x)", 12, CALLED.format("c")),
        ("abc(x)", 1, "there is no word 'abc'; did you mean 'abs'?"),
        ("x + ab(x)", 7, CALLED.format("b")),
        ("x/yz", 3, "put the product in parentheses: (y z)"),
        ("x.^yz", 4, "put the product in parentheses: (y z)"),
        ("xlogx", 1, "'xlogx' is no word: write x log(x)"),
        ("cot x", 1, "there is no word 'cot'; did you mean 'dot'?"),
        ("y - int x", 5, "there is no word 'int'; did you mean 'sin'?"),
        ("sum_i x_i", 1, "sum with an index: write sum(...)"),
        ("x squared", 3, "there is no word 'squared'; did you mean 'square'?"),
        ("a mod b", 3, "'mod' is no letter: give the formula alone"),
        ("return x**2", 1, "'return' is no letter: give the formula alone"),
        ("x[:, None]", 6, "'None' is no letter: give the formula alone"),
        ("x[end]", 3, "'end' is no letter: give the formula alone"),
        ("1j*x", 2, "an imaginary unit is not known here: a letter j has a blank before it"),
    ],
)  # fmt: skip
def test_what_is_no_product(text: str, column: int, problem: str) -> None:
    """What reads like a word, a function, or one product of two is refused with its place."""
    assert refusal(parse, text) == (column, problem)


def test_the_star_of_matlab() -> None:
    """Beside a transpose with a quote, a dotted operator or a caret, the star is the matrix product."""
    assert is_matlab("x'*A")
    assert is_matlab("norm2(A*x)")
    assert is_matlab("x.*y")
    assert is_matlab("(A + B)' * A")
    assert is_matlab("A.'*B")
    assert not is_matlab("x.T * A")
    assert not is_matlab(r"x^\top * A")


@pytest.mark.parametrize("letter", ["f", "g", "h", r"\delta", r"\Delta"])
def test_letters_that_are_functions_are_no_factors(letter: str) -> None:
    """Before parentheses they are refused, though the same letter stands alone elsewhere."""
    with pytest.raises(NotationError, match="reads like a function"):
        parse(f"{letter} + {letter}(a + b)")
