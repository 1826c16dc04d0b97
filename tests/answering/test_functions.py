"""A function that was typed is derived, and every equals sign of its derivation is executed."""

import ast
import re
from pathlib import Path

import pytest

from autodiff_notes.catalogue import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.deriving import derive
from autodiff_notes.evaluation.execution import execute
from autodiff_notes.notation.derivations import parse
from questions import all_hold, ask

ROOT = Path(__file__).parents[2]

# One of each page of the catalogue; the engine's own tests execute all.
ENTRIES = [
    next(entry for entry in entries if not entry.where) for entries in catalogue.groups.values()
]


# What the page compares with SymPy: one function a line, the first column of a table.
TEN = [
    re.split(r"  +", line)[0]
    for line in (ROOT / "docs" / "own.txt").read_text("utf-8").splitlines()[2:]
]


@pytest.mark.parametrize("text", TEN)
def test_what_is_shown_beside_sympy(text: str) -> None:
    """Each function of the comparison is derived, and every line of it holds."""
    assert len(TEN) == 10
    assert all_hold(ask("derive", function=text))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_functions_of_the_catalogue(entry: Entry) -> None:
    """The derivation is the machine's, holds in the browser's engine, and by torch as well."""
    function, variables = entry.function, entry.variables
    parts = ask("derive", function=function, variables="\n".join(variables))
    text = derive(function, variables).text
    assert parts[0]["text"] == text
    assert all_hold(parts)
    assert execute(parse(text)).gap <= 1e-9


def test_what_is_shown() -> None:
    """The answer has the function, its gradient, the derivation, a mark a line, chips and code."""
    first, *others = ask("derive", function=r"\|Ax - b\|^2")
    assert first["function"] == "norm(A @ x - b) ** 2"
    assert first["latex"] == r"\lVert A x - b \rVert^{2}"
    assert r"⟨\nabla_{x} f = 2 A^{\top} (A x - b)⟩" in first["html"]
    marks = first["html"].count('class="own-mark"')
    assert marks == sum("verdict" in part for part in others) == 2
    assert first["chips"].count("own-chip guessed") == 3
    assert set(first["codes"]) == {"torch", "NumPy", "JAX", "LaTeX", "Markdown"}
    for language in ("torch", "NumPy", "JAX"):
        ast.parse(first["codes"][language])
    assert others[-1]["holds"]
    assert others[-1]["summary"].startswith("2 lines executed in this browser, each at 9 random")


def test_what_cannot_be_derived() -> None:
    """A function of which nothing moves is refused in the machine's words."""
    (part,) = ask("derive", function="x @ x", variables="constant x in vector(n)")
    assert part["error"].startswith("every variable is constant")


def test_a_fault_in_the_sets_is_told_as_theirs() -> None:
    """What was said of the letters stands in another field, and the error says so."""
    (part,) = ask("derive", function="x @ x", variables="x inn vector")
    assert part["error"].startswith("in what was said of the letters: a declaration reads: ")


def test_a_vector_has_a_jacobian() -> None:
    """The derivative of a vector is named as a Jacobian, the function's own line by its variables."""
    first = ask("derive", function="A x + y", variables="x, y in vector")[0]
    assert re.findall("⟨(.*?)⟩", first["html"].partition("</div></div>")[0]) == [
        "f(x, y) = A x + y",
        r"\frac{\partial f}{\partial x} = A",
        r"\frac{\partial f}{\partial y} = I",
    ]
