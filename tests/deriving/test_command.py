"""``python -m autodiff_notes derive``: what a terminal shows, and says to a wrong call."""

from subprocess import CompletedProcess

import pytest

import forks
from autodiff_notes.__main__ import main
from autodiff_notes.deriving import derive
from projects import ROOT, variables

RAYLEIGH = ("x @ A @ x / (x @ x)", ("x in nonzero(n)", "constant A in symmetric(n)"))


def run(*arguments: str) -> CompletedProcess[str]:
    """Run the command."""
    command = ["-m", "autodiff_notes", "derive", *arguments]
    return forks.everything.run(command, ROOT, variables(ROOT), apart=True)


def test_the_command_prints_the_derivation_and_the_errors() -> None:
    """A terminal shows the text, the gradient, and what was measured."""
    done = run(RAYLEIGH[0], *RAYLEIGH[1])
    assert done.returncode == 0
    assert derive(*RAYLEIGH).text in done.stdout
    assert "equalities, each at 9 random points" in done.stdout
    assert "against central differences" in done.stdout


def test_the_command_offers_a_domain() -> None:
    """A wrong call has status 2, and says what would be right."""
    done = run("logdet(X)", "X in matrix(n, n)")
    assert done.returncode == 2
    assert "declare 'X in positive_determinant(n)'" in done.stderr


@pytest.mark.parametrize("form", ["latex", "torch", "numpy", "jax", "markdown"])
def test_the_command_prints_other_forms(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each form is printed as the object has it."""
    found = derive("inner(inv(P), X)", ("X in invertible(n)", "constant P in invertible(n)"))
    assert main(["derive", found.function, *found.variables, f"--{form}"]) == 0
    printed = capsys.readouterr().out
    expected = getattr(found, form)
    assert printed.startswith(expected) if form == "latex" else printed == expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("logdet(X", "X in spd(n)"), "NotationError: line 1, column"),
        (("logdet(X)", "X in spdd(n)"), "did you mean 'spd'?"),
        (("logdet(X)", "where P = X"), "there is no variable 'X'"),
        (("logdet(X)", "constant X in spd(n)"), "every variable is constant"),
        (("f(t)", "t in scalar()", "f in analytic()"), "NotSupported: f is a function without"),
        (("tr(X)", "where = X", "X in square(n)"), "is no name for a variable"),
        (("", "x in vector(n)"), "this is not an expression"),
        (
            ("n * t", "t in scalar()", "constant x in vector(n + 1)", "--numpy"),
            "no variable has the size n",
        ),
    ],
)
def test_a_wrong_call_gets_one_line(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bad input is told in one line, with status 2, and nothing is printed."""
    assert main(["derive", *arguments]) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.err.count("\n") == 1
    assert not printed.out
