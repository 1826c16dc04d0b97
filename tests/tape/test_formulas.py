"""Formulas that somebody typed: what is read, what is refused, and in which words."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodiff_notes.tape import engine
from autodiff_notes.tape.formulas import LENGTH, NESTING, OPERATIONS, FormulaError, compute, text_of
from autodiff_notes.tape.matrices import Matrix
from hostile import ENDLESS, HOSTILE


@pytest.mark.parametrize(
    ("formula", "point", "value"),
    [
        ("x*log(x) + sin(x*y)", "x = 1, y = 2", 0.9092974268256817),
        ("  -x**2 ", "x=3", -9),
        ("+x - -y", "x = 1, y = 2", 3),
        ("2**-x", "x = 1", 0.5),
        ("x\n+ 1", "x = 1", 2),
        ("cos(x)", "x = pi", -1),
        ("x", "x = -1e-3", -0.001),
        ("tr(A.T @ B)", "A = [[1, 2, 3]], B = [[4, 5, 6]]", 32),
        ("inner(x, [1, 2])", "x = [3, 4]", 11),
        ("det(2 * X / 4)", "X = [[2, 1], [0, 3]]", 1.5),
        ("s = x + y; t = s*s; t*s", "x = 1, y = 1", 8),
        ("é*é", "é = 2", 4),
        (
            "x \N{MIDDLE DOT} y \N{MINUS SIGN} x \N{MULTIPLICATION SIGN} 3",
            "x = \N{MINUS SIGN}1, y = 2",
            1,
        ),
    ],
)
def test_what_is_read(formula: str, point: str, value: float) -> None:
    """A formula has the value that Python and mathematics give it."""
    assert compute(formula, point)[0].value == pytest.approx(value)


@pytest.mark.parametrize(
    ("formula", "point", "words"),
    [
        # syntax, with its column
        ("x +* y", "x = 1, y = 2", "column 4: invalid syntax$"),
        ("  x + (y", "x = 1, y = 2", r"column 7: '\(' was never closed"),
        ("x^2", "x = 1", r"column 1: x\^2 is not read here; a power is written x\*\*2"),
        (
            "x == y",
            "x = 1, y = 2",
            "column 1: .* one side of an equation is a formula, the equation is none$",
        ),
        (
            "x, y",
            "x = 1, y = 2",
            "column 1: .* a comma stands only between the arguments of a function$",
        ),
        ("2x", "x = 1", r"column 1: a product is written 2\*x"),
        ("x*(x = 2)", "x = 1", "column 4: invalid syntax$"),
        ("012*x", "x = 1", r"column 1: a number begins with 0 only as in 0\.5$"),
        ("1or x", "x = 1", r"column 1: a product is written 2\*x"),
        ("", "x = 1", "the formula is missing"),
        ("s = x", "x = 1", 'column 1: the formula is the right side alone; leave out "s ="$'),
        ("s = x; y = s", "x = 1", 'column 8: .*; leave out "y ="$'),
        ("x; import os", "x = 1", "column 4: here belongs an expression"),
        ("import os", "x = 1", "column 1: here belongs an expression"),
        ("f(x) = x*x", "x = 1", r"column 1: only the right side .*, x\*x and not f\(x\) = x\*x$"),
        ("x; x", "x = 1", "column 1: before the formula, parts are named: s = x [+] y; s[*]s$"),
        ("x = 2; x", "x = 1", "column 1: x has a meaning already$"),
        # names
        ("é + z", "é = 1", "column 5: z has no value; the names with a value: é"),
        ("x*ln(x)", "x = 1", "column 3: there is no function ln; there are cos, det, exp"),
        ("log", "x = 1", r"column 1: log is a function: log\(...\)"),
        ("x + sin(x, 2)", "x = 1", "column 5: sin takes one argument, not 2"),
        ("inner(X)", "X = [1, 2]", "column 1: inner takes two arguments, not 1"),
        # the domain
        ("1 + log(x - 3)", "x = 1", "column 5: .* is not defined at x - 3 = .2$"),
        ("x / 0", "x = 1", r"column 1: x / 0 is not defined at x = 1$"),
        ("(-8)**x", "x = 0.5", r"\(-8\)\*\*x is not defined at x = 0.5$"),
        ("exp(x)", "x = 710", r"exp\(x\) is too large at x = 710$"),
        ("9**9**9*x", "x = 1", r"column 1: 9\*\*9\*\*9 is too large"),
        ("x*1e300*1e300", "x = 1", "is too large at"),
        ("x*x", "x = 1e200", r"column 1: x\*x is too large at x = 1e\+200$"),
        ("inv(X)", "X = [[1, 2], [2, 4]]", "is not defined"),
        # numbers and matrices
        ("X @ X", "X = [[2, 1], [0, 3]]", "the result is a 2 by 2 matrix"),
        ("sin(X)", "X = [[1]]", r"sin\(X\): sin takes a number, not a matrix$"),
        ("x.T", "x = 1", r"column 1: x\.T: \.T takes a matrix, not a number$"),
        ("tr(x)", "x = 1", r"tr takes a matrix, not a number$"),
        ("X*X", "X = [1]", r"column 1: X\*X: two matrices multiply with @$"),
        ("x @ x", "x = 1", "@ takes two matrices, not two numbers$"),
        ("1 + X", "X = [1]", r"\+ takes two numbers or two matrices, not a number and a matrix$"),
        ("X @ X", "X = [1, 2]", "column 1: X @ X: 2 by 1 @ 2 by 1: the inner sizes differ$"),
        ("tr(X)", "X = [1, 2]", "2 by 1, not square"),
        (
            "x*[[1], [2, 3]]",
            "x = 1",
            "column 3: a matrix has rows of one length, with at least one entry$",
        ),
        ("[X]", "X = [1]", "column 1: an entry of a matrix is a number"),
        ("2 + 3", "x = 1", "^no input occurs in the formula, so there is no derivative$"),
        # where, exactly
        ("", "x = 1", "^the formula is missing: an expression, such as x.log.x.$"),
        ("2*log", "x = 1", r"^column 3: log is a function: log\(\.\.\.\)$"),
        ("1 + y", "x = 1, z = 2", "^column 5: y has no value; the names with a value: x, z$"),
        ("2 +* x", "x = 1", "^column 4: invalid syntax$"),
        ("  2 +* x", "x = 1", "^column 6: invalid syntax$"),
        ("((((1 + 2", "x = 1", "^column 4: '\\(' was never closed$"),
        ("1 + log(x, x)", "x = 1", "^column 5: log takes one argument, not 2$"),
        ("1 - log(x)*y", "x = -1, y = 2", "^column 5: log.x. is not defined at x = .1$"),
        ("1 + [" + "1, " * 36 + "1]", "x = 1", "^column 5: up to 36 entries fit on the page$"),
        ("x + [X]", "X = [1], x = 1", "^column 5: an entry of a matrix is a number$"),
        (
            "2*X",
            "X = [1, 2]",
            r"2 by 1 matrix, .* a number: tr\(\.\.\.\) and inner\(\.\.\.\) make one$",
        ),
        # the point
        ("x", "", "in the point, each input has a value"),
        ("x", "x", "in the point, each input has a value"),
        ("x", "x = 1)(y = 2", "in the point, each input has a value"),
        ("x", "x = 1, **y", "in the point, .* cannot be an input"),
        ("x", "x = 1, log = 2", "in the point, column 8: log cannot be an input"),
        ("x", "x = 1, x = 2", "in the point, column 8: x has two values"),
        ("x", "x = 1 2", "in the point, column .* a comma$"),
        ("x", "x=1,000", "in the point, column 8: a comma ends a value: x = 1000, y = 0.5$"),
        ("x", "x = 007", "in the point, column 5: a number begins with 0 only as in 0.5$"),
        ("x", f"x = {list(range(37))}", "up to 36 entries"),
        ("x", "x = 1e999", "in the point, column 5: this number is too large"),
        ("x", "x = [1, -1e999]", "in the point, column 9: this number is too large"),
        ("x + " + "9" * 400, "x = 1", "column 5: this number is too large$"),
    ],
)
def test_what_is_refused(formula: str, point: str, words: str) -> None:
    """An error says in words what is wrong, and where."""
    with pytest.raises(FormulaError, match=words):
        compute(formula, point)


def test_a_long_piece_is_cut() -> None:
    """An error on one line shows forty characters of a formula at most, and says that it goes on."""
    long = "log(" + "x + " * 30 + "x)"
    with pytest.raises(FormulaError) as refused:
        compute(long, "x = -1")
    piece = str(refused.value).split(": ")[1].partition(" is not")[0]
    assert piece == long[:37] + "..."


def test_brackets_side_by_side_are_not_deep() -> None:
    """What counts is how many brackets are open at once, not how many there are."""
    assert compute(" + ".join(["(x)"] * 2 * NESTING), "x = 1")[0].value == 2 * NESTING
    with pytest.raises(FormulaError, match=f"up to {NESTING} brackets"):
        compute("(" * (NESTING + 1) + "x" + ")" * (NESTING + 1), "x = 1")
    assert compute(" + ".join(["X"] * 2 * NESTING), "X = 1")[0].value == 2 * NESTING
    with pytest.raises(FormulaError, match=f"up to {NESTING} brackets"):
        compute("X*(" * (NESTING + 1) + "X" + ")" * (NESTING + 1), "X = 1")


@pytest.mark.parametrize("formula", HOSTILE)
def test_only_the_white_list_is_read(formula: str) -> None:
    """Whatever else Python can say is an error, and is not run."""
    with pytest.raises(FormulaError):
        compute(formula, "x = 1")


@pytest.mark.parametrize("name", ENDLESS)
def test_what_has_no_end_is_refused_at_once(name: str) -> None:
    """Length, depth and size have limits, and a tower of powers is a number too large."""
    start = time.process_time()
    with pytest.raises(FormulaError) as refused:
        compute(ENDLESS[name], "x = 1")
    assert time.process_time() - start < 0.5
    assert len(str(refused.value)) < 300


def test_the_limits_can_be_reached() -> None:
    """What is just within each limit is read."""
    assert compute("+".join("x" * (OPERATIONS + 1)), "x = 1")[0].value == OPERATIONS + 1
    assert compute("(" * NESTING + "x" + ")" * NESTING, "x = 1")[0].value == 1
    assert compute("x" + " " * (LENGTH - 1), "x = 1")[0].value == 1


@given(formula=st.text(alphabet="xy123.+-*/()[],;=logsinT@ \n", max_size=40))
def test_any_text_is_read_or_refused(formula: str) -> None:
    """No text makes anything but a result or an error in words."""
    try:
        result, names = compute(formula, "x = 1.5, y = 2")
    except FormulaError:
        return
    assert set(names) == set(engine.history(result))


def test_names() -> None:
    """Inputs and parts keep their names, numbers are as typed, and the rest is numbered."""
    result, names = compute("s = x + 0.50; v1 * s * s", "x = 1, v1 = 2")
    found = [names[node] for node in engine.history(result)]
    assert sorted(found) == ["0.50", "s", "v1", "v2", "v3", "x"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1 / 3, "0.333333"),
        (-0.0, "0"),
        (-2.5, "\N{MINUS SIGN}2.5"),
        (1e-9, "1e\N{MINUS SIGN}09"),
        (Matrix([[1, -1 / 3]]), "[[1, \N{MINUS SIGN}0.3333]]"),
        (Matrix([[1, 2], [3, 4]]), "[[1, 2], [3, 4]]"),
    ],
)
def test_values_are_short(value: float | Matrix, text: str) -> None:
    """A number shows six digits, an entry of a matrix four, and no zero a sign."""
    assert text_of(value) == text
