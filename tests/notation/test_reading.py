"""What is not in the notation is refused, with its place and what is known instead."""

import re

import pytest

from autodiff_notes.notation import (
    NotationError,
    read,
)
from formulas import KINDS

REFUSED = [
    # unknown words and names
    ("trace(X)", 1, r"there is no word 'trace'; did you mean 'tr'"),
    ("2 * invert(X)", 5, r"there is no word 'invert'; did you mean 'inv'"),
    ("tr(Q)", 4, r"there is no variable 'Q'; there are A, A_1"),
    ("tr(Sgma)", 4, r"there is no variable 'Sgma'; did you mean 'Sigma'"),
    ("x(y)", 1, r"there is no word 'x'; x is a variable"),
    ("tr + a", 1, r"'tr' is a word that takes arguments: a matrix"),
    ("solve + a", 1, r"takes arguments: a matrix and a matrix, or a matrix and a vector$"),
    ("__import__('os')", 1, r"there is no word '__import__'|'os' is not in the notation"),
    ("__builtins__", 1, r"there is no variable '__builtins__'"),
    ("torch.inverse(X)", 1, r"an attribute cannot be called"),
    ("range(n)", 1, r"range stands elsewhere"),
    # attributes
    ("X.T", 1, r"\.T is not in the notation; there are \.mT, \.mH"),
    ("X.__class__", 1, r"\.__class__ is not in the notation"),
    ("inv(X).data", 1, r"\.data is not in the notation"),
    ("x.mT", 1, r"\.mT of a vector; x @ y is the inner product"),
    ("a.mT", 1, r"\.mT of a number"),
    ("X.mT()", 1, r"an attribute cannot be called"),
    # calls
    ("tr(X, Y)", 1, r"tr does not take a matrix and a matrix; it takes a matrix"),
    ("tr(x)", 1, r"tr does not take a vector"),
    ("tr()", 1, r"tr does not take nothing"),
    ("norm(X, 1)", 1, r"norm does not take a matrix and an integer"),
    ("tr(A=X)", 1, r"takes no named arguments"),
    ("tr(*X)", 4, r"a starred argument"),
    ("inv(X)(Y)", 1, r"call cannot be called"),
    # syntax outside the notation
    ("lambda x: x", 1, r"a lambda is not in the notation"),
    ("[x for x in y]", 1, r"a list comprehension is not in the notation"),
    ("[X, Y]", 1, r"a list outside block and array is not in the notation"),
    ("{x}", 1, r"set is not in the notation"),
    ("(x, y)", 1, r"tuple is not in the notation"),
    ("(x[i] for i in range(n))", 1, r"a generator outside sum and prod"),
    ("x if a else y", 1, r"if \.\.\. else is not in the notation"),
    ("a < c", 1, r"a comparison is not in the notation"),
    ("a and c", 1, r"and or or is not in the notation"),
    ("(q := a)", 2, r":= is not in the notation"),
    ("+a", 1, r"a leading \+ is not in the notation"),
    ("not a", 1, r"^not is not in the notation$"),
    ("~k", 1, r"~ is not in the notation"),
    ("a // c", 1, r"// is not in the notation"),
    ("a % c", 1, r"% is not in the notation"),
    ("'text'", 1, r"'text' is not in the notation"),
    ("f'{a}'", 1, r"a string is not in the notation"),
    ("True", 1, r"True is not in the notation"),
    ("None", 1, r"None is not in the notation"),
    ("2j", 1, r"2j is not in the notation"),
    ("...", 1, r"Ellipsis is not in the notation"),
    ("await a", 1, r"await is not in the notation"),
    ("a; c", 2, r"this is not an expression"),
    ("a +", None, r"this is not an expression"),
    ("x) + (y", 2, r"this is not an expression"),
    ("a # c", 3, r"# is not in the notation"),
    ("", 1, r"this is not an expression"),
    # kinds that do not fit
    ("a + x", 1, r"a number plus or minus a vector; a number c becomes"),
    ("X - x", 1, r"a matrix plus or minus a vector"),
    ("X * x", 1, r"a matrix \* a vector; the matrix product is @"),
    ("X / x", 1, r"a matrix / a vector"),
    ("a @ X", 1, r"a number @ a matrix; by a number multiply with \*"),
    ("A @ x @ X", 1, None),
    ("x @ A", 1, r"a vector times a matrix is a row; for a vector write A\.mT @ x"),
    ("x @ A + y", 1, r"a vector times a matrix is a row"),
    ("tr(outer(x @ A, y))", 10, r"a vector times a matrix is a row"),
    ("X ** Y", 6, r"a matrix as an exponent; for e\^X there is expm"),
    ("x[0, 1]", 1, r"2 indices of a vector"),
    ("X[0]", 1, r"1 indices of a matrix"),
    ("a[0]", 1, r"1 indices of a number"),
    ("x[a]", 3, r"a number where an integer is needed"),
    ("x[::2]", 5, r"a step between indices"),
    # sums
    ("sum(a)", 1, r"sum of a number"),
    ("sum(x[i] for i in range(n) if i)", 31, r"one index may be left out, as in: for i in range"),
    ("sum(x[i] for i in range(n) if i > k)", 31, r"one index may be left out"),
    ("sum(x[i] for i in range(n) if k != i)", 31, r"one index may be left out"),
    ("sum(x[i] for i in range(1, n) if i != k)", 34, r"one index may be left out"),
    ("sum(x[i] for i in range(n) if i != a)", 36, r"a number where an integer is needed"),
    ("sum(x[i] for i in y)", 14, r"an index runs as in"),
    ("sum(x[i] for i in tr(X))", 14, r"an index runs as in"),
    ("sum(x[i] for i, j in range(n))", 14, r"an index runs as in"),
    ("sum(x[i] for x in range(n))", 14, r"the index 'x' has the name of a variable"),
    ("sum(x[0] for tr in range(n))", 14, r"'tr' is a word of the notation"),
    ("sum(x[i] for i in range(a))", 25, r"a number where an integer is needed"),
    ("sum(x[i] for i in range(0, n, 2))", 19, r"range takes one or two arguments"),
    ("sum(x[i] for i in range(n * n))", 25, r"a product as the end of a range"),
    ("prod(X)", 1, r"prod multiplies numbers"),
    # blocks
    ("block(X)", 1, r"block takes rows"),
    ("block([X, Y])", 1, r"block takes rows"),
    ("block([[X, Y], [A]])", 1, r"block takes rows"),
    ("block([[X], Y])", 1, r"block takes rows"),
    ("block([[], []])", 1, r"block takes rows"),
    ("block([[X, 0]])", 12, r"an integer in a block matrix; for 0 write zeros"),
    # functions
    ("f + a", 1, r"f is a function; its values are f\(x\)"),
    ("f(x)", 1, r"f does not take a vector; it takes a number"),
    ("f(a, c)", 1, r"f takes one argument"),
    ("D(f(a), f)", 9, r"f is a function; its values are f\(x\)"),
    ("array(a)", 1, r"array takes numbers, or equally long rows: array\(\[a, b\]\) or"),
    ("array([])", 1, r"array takes numbers"),
    ("array([a], [c])", 1, r"array takes numbers"),
    ("array([[a, c], [a]])", 8, r"a list outside block and array"),
    ("array([a, x])", 11, r"a vector among the numbers of array"),
    # derivatives
    ("d(d(x @ x))", 1, r"d\(\.\.\.\) within d\(\.\.\.\); for second derivatives use D"),
    ("d(x, y)", 1, r"d takes one argument"),
    ("D(x)", 1, r"D takes 2 or 3 arguments"),
    ("D(x @ x, x + y)", 10, r"D differentiates by a variable"),
    ("D(x @ x, 2)", 10, r"D differentiates by a variable x, an entry x\[i\], or vec\(X\)$"),
    ("D(a * n, n)", 10, r"n is an integer that does not vary"),
    ("D(A @ x, A)", 1, r"the derivative of a vector by a matrix has too many indices"),
    # size
    ("2000 * a", 1, r"2000\.\.\. is larger than 1000"),
    ("1e9 * a", 1, r"larger than 1000"),
    ("10 ** 100", 7, r"an exponent larger than 60"),
    ("(9 ** 9) ** 9", 1, r"a power of a power"),
    ("9 ** (9 * 9)", 7, r"a product or a power as the exponent"),
    ("2 ** 3 ** 4", 6, r"a product or a power as the exponent"),
    ("+".join("a" * 1001), 1, r"more than 2000 characters"),
    ("-" * 61 + "a", 1, r"more than 60 deep"),
    ("(" * 900 + "a" + ")" * 900, None, r"not an expression|cannot be read"),
    ("-" * 1900 + "a", None, r"more than 60 deep|cannot be read"),
]


@pytest.mark.parametrize(
    ("source", "column", "problem"), REFUSED, ids=[s[:40] for s, _, _ in REFUSED]
)
def test_refused(source: str, column: int | None, problem: str | None) -> None:
    """What is not in the notation is an error that says where and why."""
    with pytest.raises(NotationError) as caught:
        read(source, KINDS)
    if problem:
        assert re.search(problem, caught.value.problem), caught.value.problem
    if column:
        assert (caught.value.line, caught.value.column) == (1, column)


def test_place_in_a_text_of_several_lines() -> None:
    """The error counts lines and columns of the text as it was written."""
    with pytest.raises(NotationError) as caught:
        read("tr(X)\n    + trace(X)", KINDS)
    assert (caught.value.line, caught.value.column) == (2, 7)
    assert str(caught.value).startswith("line 2, column 7: there is no word 'trace'")


def test_place_behind_letters_of_more_than_a_byte() -> None:
    """A column counts characters, not bytes."""
    with pytest.raises(NotationError) as caught:
        read("'ä' + trace(X)", KINDS)
    assert caught.value.column == 1
    with pytest.raises(NotationError) as caught:
        read("ä + trace(X)", {**KINDS})
    assert caught.value.column == 1


@pytest.mark.parametrize("name", ["tr", "sum", "d", "D", "I", "pi", "range"])
def test_variable_may_not_shadow_a_word(name: str) -> None:
    """A variable with the name of a word is refused."""
    with pytest.raises(NotationError, match="is a word of the notation"):
        read("a", {"a": "s", name: "M"})


@pytest.mark.parametrize("name", ["foo", "xy", "_x", "x__", "x_1_2_3", "__import__", "ä", "1"])
def test_name_that_cannot_be_set_is_refused(name: str) -> None:
    """A name that would be raw text on the page is refused."""
    with pytest.raises(NotationError, match="is no name for a variable"):
        read("a", {"a": "s", name: "M"})


def test_differential_within_a_definition_is_seen() -> None:
    """A differential of a differential is refused even where a name hides it."""
    inner = read("d(x @ x)", KINDS)
    with pytest.raises(NotationError, match="within d"):
        read("d(a * q)", KINDS, {"q": inner})


def test_derivative_by_a_definition_is_refused() -> None:
    """D by a name that stands for an expression has no meaning."""
    with pytest.raises(NotationError, match="s is defined by others"):
        read("D(s @ s, s)", KINDS, {"s": read("x + y", KINDS)})


def test_unknown_kind_is_refused() -> None:
    """A variable has one of the kinds that there are, and the error lists them."""
    with pytest.raises(NotationError, match="unknown kind 'm'; there are k an integer, r a "):
        read("X", {"X": "m"})
