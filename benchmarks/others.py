"""Ten functions as a visitor of SymPy Live writes them, and as the page "Your own" takes them.

Run it by hand, with SymPy installed; with ``--record`` the table goes where the page shows it::

    python benchmarks/others.py [--record]

SymPy's answer is evaluated at a random point and held against the machine's gradient, which is itself
executed line by line. The lines for SymPy are those of its documentation on matrix expressions: symbols
of symbolic size, ``.T``, ``.I``, ``Trace``, ``Determinant``, ``applyfunc`` and ``diff``.
"""

import sys
from pathlib import Path
from typing import Any

import sympy as sp

from autodiff_notes.answering import answers
from autodiff_notes.dialects import understand
from deriving import Case, verdict

RECORD = Path(__file__).parents[1] / "docs" / "own.txt"
WIDE = 34, 44  # characters of the first two columns

_x, _X = ("x in vector(n)",), ("X in positive_determinant(n)",)
_A, _a, _b = "constant A in square(n)", "constant a in vector(n)", "constant b in vector(n)"

# fmt: off
TEN = (
    ("x'*A*x", (*_x, _A), "(x.T*A*x).diff(x)"),
    (r"\|Ax - b\|^2", (*_x, _A, _b), "((A*x - b).T*(A*x - b)).diff(x)"),
    (r"\frac{x^\top A x}{x^\top x}", (*_x, _A), "((x.T*A*x)[0, 0]/(x.T*x)[0, 0]).diff(x)"),
    (r"\|x\|", _x, "sqrt((x.T*x)[0, 0]).diff(x)"),
    ("log(1 + exp(a'*x))", (*_x, _a), "log(1 + exp((a.T*x)[0, 0])).diff(x)"),
    ("sum(exp(x))", _x, "(OneMatrix(1, n)*x.applyfunc(exp)).diff(x)"),
    (r"\operatorname{tr}(A X^{-1})", (*_X, _A), "Trace(A*X.I).diff(X)"),
    (r"\log\det X", _X, "log(Determinant(X)).diff(X)"),
    (r"\det X", _X, "Determinant(X).diff(X)"),
    ("tr(expm(X))", _X, "Trace(exp(X)).diff(X)"),
)
# fmt: on
"""What is typed here, where the letters live, and what is typed into SymPy Live."""


def sympys(typed: str, variables: tuple[str, ...], line: str) -> str:
    """Return what SymPy answers, and whether that is the gradient."""
    names: dict[str, Any] = vars(sp).copy()
    n = sp.Symbol("n", integer=True, positive=True)
    names |= {name: sp.MatrixSymbol(name, n, n) for name in "XA"} | {"n": n}
    names |= {name: sp.MatrixSymbol(name, n, 1) for name in "xab"}
    try:
        answer = eval(line, names)
    except Exception as error:  # noqa: BLE001 - whatever a library raises is its answer
        return f"{type(error).__name__}"
    read = understand(typed, "\n".join(variables)).function
    case = Case(read, variables, lambda: answer)
    said = "wrong" if answer == 0 else verdict(case, answer)
    return f"{said}: {answer}" if len(str(answer)) < 30 else said


def ours(typed: str, variables: tuple[str, ...]) -> str:
    """Return what the page sums up."""
    question = {"way": "derive", "function": typed, "variables": "\n".join(variables)}
    *_, last = answers(question, lambda latex, _: latex)
    return str(last.get("summary", last.get("error")))


def main() -> None:
    """Print the table."""
    first, second = WIDE
    lines = [
        f"{'typed here':<{first}}{f'typed into SymPy {sp.__version__}':<{second}}SymPy's answer",
        "",
    ]
    for typed, variables, line in TEN:
        print(typed, "|", ours(typed, variables))
        lines.append(f"{typed:<{first}}{line:<{second}}{sympys(typed, variables, line)}")
    print("\n".join(lines))
    if "--record" in sys.argv:
        RECORD.write_text("\n".join(line.rstrip() for line in lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
