"""``python -m autodiff_notes derive``: what a terminal shows, and says to a wrong call."""

import re
from dataclasses import replace
from subprocess import CompletedProcess

import pytest

import forks
from autodiff_notes.__main__ import main
from autodiff_notes.deriving import command, derive
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


def test_the_command_ends_with_what_was_measured(capsys: pytest.CaptureFixture[str]) -> None:
    """Below the derivation stand each gradient, how many lines were executed, and the errors."""
    assert main(["derive", "y @ A @ x", "x, y in vector(n)", "constant A in square(n)"]) == 0
    text, _, measured = capsys.readouterr().out.partition("\n\ngradient by ")
    assert text == derive("y @ A @ x", ("x, y in vector(n)", "constant A in square(n)")).text[:-1]
    number = r"(0|\de[-+]\d\d)"
    assert re.fullmatch(
        r"x: A\.mT @ y\ngradient by y: A @ x\n"
        rf"2 equalities, each at 9 random points; largest relative gap {number}\.\n"
        rf"Largest error {number} against autograd and {number} against central differences\.\n",
        measured,
    )


def test_a_name_may_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    """Among the declarations stand names, each with what it stands for, which may have a sign =."""
    arguments = ["logdet(P)", "X in tall(m, n)", "where P = X.mT @ X"]
    assert main(["derive", *arguments, "--markdown"]) == 0
    assert "X in tall(m, n)\nwhere P = X.mT @ X\n\n" in capsys.readouterr().out


def test_what_does_not_hold_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A derivation that the witnesses refuse is printed, the problem told, and the status is 1."""
    found = derive("x @ x", ("x in vector(n)",))
    wrong = replace(found, gradients={"x": "3 * x"})
    monkeypatch.setattr(command, "derive", lambda *_, **__: wrong)
    assert main(["derive", "x @ x", "x in vector(n)"]) == 1
    printed = capsys.readouterr()
    assert printed.out.endswith("\ngradient by x: 3 * x\n")
    assert printed.err.startswith("it does not hold: the gradient by x is off by ")


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
