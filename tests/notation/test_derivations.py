"""A text is read as a derivation, or refused with the place of what is wrong."""

import pytest

from autodiff_notes.evaluation.execution import execute
from autodiff_notes.notation.derivations import DerivationError, parse
from derivations import HOLDS, LOG_DET

UNREADABLE = {
    "unknown word": ("X in square(n)\ntrace(X)\n= tr(X)", "line 2, column 1: there is no word"),
    "column behind the relation": (
        "X in square(n)\ntr(X)\n= trace(X)",
        "line 3, column 3: there is no word 'trace'",
    ),
    "line within a statement": (
        "X in square(n)\ntr(X)\n= tr(X)\n  + trace(X)",
        "line 4, column 5: there is no word 'trace'",
    ),
    "unknown domain": ("X in squared(n)\ntr(X)\n= tr(X)", "line 1, column 1: there is no domain"),
    "undeclared": (
        "tr(X)\n= tr(X)",
        "line 1, column 4: there is no variable 'X'; none is declared",
    ),
    "sizes": ("X in matrix(n)\ntr(X)\n= tr(X)", r"matrix takes 2 sizes: matrix\(m, n\)"),
    "declared twice": ("X in square(n)\nX in square(n)\ntr(X)\n= tr(X)", "line 2.*declared twice"),
    "declared twice at once": ("X, X in square(n)\ntr(X)\n= tr(X)", "'X' is declared twice"),
    "defined twice": ("x in scalar()\nwhere x = 2\nx\n= 2", "line 2.*'x' is declared twice"),
    "shadowing": ("tr in square(n)\nX\n= X", "'tr' is a word of the notation"),
    "definition that shadows": ("x in scalar()\nwhere I = x\nx\n= x", "'I' is a word"),
    "a size as a variable": (
        "X in square(n)\nn in scalar()\nn\n= n",
        "already the symbol of a size",
    ),
    "a size that is a variable": ("a in scalar()\nX in square(a)\na\n= a", "no variable 'a'"),
    "a size that is none": ("X in square(n / 2)\ntr(X)\n= tr(X)", "'n / 2' is no size"),
    "no declaration": ("X in\ntr(X)\n= tr(X)", "a declaration reads"),
    "nothing before": ("x in scalar()\n= x", "line 2.*has a line before it"),
    "continues a blank line": (
        "x in scalar()\nx\n= x\n\n  = 2 * x",
        "line 5 is indented, and continues no line",
    ),
    "continues nothing": ("  x in scalar()\nx\n= x", "line 1 is indented"),
    "nothing compared": ("x in scalar()\nx", "line 1: this derivation compares nothing"),
    "empty": ("", "line 1: this derivation compares nothing"),
    "vectors in order": ("x in vector(n)\nx\n<= x", "line 3.*<= compares numbers"),
    "no order": (
        "x in small()\nx\n≈ x",
        r"line 3.*an approximation says how good it is: ≈ \.\.\. up to O\(eps\*\*2\)$",
    ),
    "not small": ("x in scalar()\nx\n≈ x up to O(x**2)", "'x' does not tend to zero; declare it"),
    "two equals signs": ("x in scalar()\nx\n== x", "this is not an expression"),
    "second differential": ("x in vector(n)\nd(d(x @ x))\n= 0", r"d\(\.\.\.\) within d"),
    "division by zero": ("n in natural()\nn / 0\n= n", "line 2 cannot be evaluated.*division"),
    "no sizes fit": ("X in tall(n, n)\ntr(X)\n= tr(X)", "no sizes fit the declarations"),
}


@pytest.mark.parametrize(("text", "problem"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_refused(text: str, problem: str) -> None:
    """A text that is no derivation is an error that names the place."""
    with pytest.raises(DerivationError, match=problem):
        execute(parse(text))


def test_line_in_latex() -> None:
    """A line is printed with its relation, an approximation with what it leaves out."""
    lines = parse(HOLDS["approximation"]).lines
    assert lines[0].latex == r"\det(I + \varepsilon X)"
    assert lines[1].latex == r"= 1 + \varepsilon \operatorname{tr} X + O(\varepsilon^{2})"
    assert parse(LOG_DET).lines[1].latex == r"= \operatorname{tr}(X^{-1}\,\mathrm{d}X)"
    assert parse(HOLDS["inequality"]).lines[1].latex.startswith(r"\leq \lVert A \rVert_{F}")


def test_reasons_and_definitions() -> None:
    """Reasons are kept beside their lines, definitions in LaTeX."""
    assert [line.reason for line in parse(LOG_DET).lines] == [
        "",
        "Jacobi's formula",
        "the trace is an inner product",
    ]
    (definition,) = parse(HOLDS["definition"]).definitions
    assert definition.latex == r"M = (X^{\top} C X)^{-1}"
    assert definition.reason == "used below"
    assert parse(HOLDS["several lines for one"]).lines[1].reason == "entry by entry"
