"""The table of formulas, each with the LaTeX that it is set as, and the kinds of its variables."""

from collections.abc import Iterator
from pathlib import Path

from math_core import LatexToMathML

KINDS = {
    **dict.fromkeys(["X", "Y", "A", "A_1", "B", "C", "W", "W_bar", "Z", "Sigma"], "M"),
    **dict.fromkeys(["x", "y", "y_prime", "x_bar", "b", "w", "mu", "z"], "v"),
    **dict.fromkeys(["a", "c", "lambda_", "x_max", "z_1"], "s"),
    "n": "k",
    "k": "k",
    "p": "r",
    "f": "f",
}


CONVERTER = LatexToMathML(fancy_error=False)


def formulas() -> Iterator[tuple[str, str]]:
    """Yield the expressions of the table with their LaTeX."""
    for line in Path(__file__).with_name("formulas.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            source, _, expected = line.partition("  =>  ")
            yield source, expected


FORMULAS = list(formulas())
