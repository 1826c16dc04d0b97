"""What is derived prints as text, mathematics and code; what is not says why."""

import subprocess
import sys

import pytest

import autodiff_notes
from autodiff_notes import catalogue
from autodiff_notes.deriving import NotSupported, derive
from autodiff_notes.deriving.terms import Algebra
from autodiff_notes.notation import NotationError
from autodiff_notes.notation.reading import LONGEST

RAYLEIGH = ("x @ A @ x / (x @ x)", ("x in nonzero(n)", "constant A in symmetric(n)"))


def test_the_package_exports_it() -> None:
    """``autodiff_notes.derive`` is the function, imported when it is asked for."""
    assert autodiff_notes.derive is derive


def test_the_same_text_at_every_run() -> None:
    """Nothing depends on what was derived before."""
    first = derive(*RAYLEIGH).text
    derive("logdet(X)", ("X in spd(n)",))
    assert derive(*RAYLEIGH).text == first


@pytest.mark.parametrize(
    ("function", "variables", "said"),
    [
        ("f(t)", ("t in scalar()", "f in analytic()"), "f is a function without a formula"),
        ("D(sin(t), t)", ("t in scalar()",), "hessian"),
        ("a @ a", ("constant a in vector(n)",), "every variable is constant"),
        ("conj(z)", ("z in complex_vector(n)",), r"take re\(...\) and im\(...\)"),
    ],
)
def test_what_is_not_supported_says_so(
    function: str, variables: tuple[str, ...], said: str
) -> None:
    """The message names the word, what is missing, and what works."""
    with pytest.raises(NotSupported, match=said):
        derive(function, variables)


@pytest.mark.parametrize(
    ("function", "variables", "line"),
    [
        ("s + t", "s, t in scalar()", "= (1) * d(s) + (1) * d(t)  # linear"),
        ("a @ a", "x in vector(n)\nconstant a in vector(n)", "= inner(zeros(n), d(x))  # nothing in it moves"),
    ],
)  # fmt: skip
def test_one_line_has_its_reason(function: str, variables: str, line: str) -> None:
    """Where no rule is used the function is linear, or it does not move."""
    assert derive(function, tuple(variables.split("\n"))).text.rstrip().endswith(line)


def test_bad_notation_is_told_where() -> None:
    """A text that is not in the notation is refused by the reader of the notation."""
    with pytest.raises(NotationError, match="there is no word 'trace'"):
        derive("trace(X)", ("X in square(n)",))


def test_deriving_needs_the_standard_library_alone() -> None:
    """Neither torch nor NumPy is imported to derive."""
    code = (
        "import sys; from autodiff_notes import derive; "
        "derive('logdet(X.mT @ X)', ('X in tall(m, n)',)).gradients; "
        "print([m for m in ('torch', 'numpy', 'sympy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["rayleigh-quotient", "square-root", "residual-of-least-squares"])
def test_without_a_budget_a_gradient_is_longer_and_holds(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A budget that is used up ends the search for short forms, and nothing else."""
    entry = catalogue[name]
    short = derive(entry.function, entry.variables, where=entry.where)
    monkeypatch.setattr(Algebra, "BUDGET", 0)
    found = derive(entry.function, entry.variables, where=entry.where)
    assert found.verify(sizes=2, seeds=1).holds
    assert len(" ".join(found.gradients.values())) > len(" ".join(short.gradients.values()))


def test_what_no_line_has_room_for_gets_names() -> None:
    """Eight layers in one expression have no line that is too long for the notation."""
    layers = "tanh(A @ " * 8 + "x" + ")" * 8
    variables = ("x in vector(n)", "A in square(n)", "constant w in vector(n)")
    found = derive(f"w @ {layers}", variables)
    assert found.where
    assert max(map(len, found.text.split("\n"))) < LONGEST
    assert found.execute(sizes=1, seeds=1).equalities


@pytest.mark.parametrize("factors", [2, 10])
def test_the_work_is_bounded(factors: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A product of sums that would be a thousand terms is not multiplied out."""
    made: list[Algebra] = []
    init = Algebra.__init__

    def noted(self: Algebra) -> None:
        init(self)
        made.append(self)

    monkeypatch.setattr(Algebra, "__init__", noted)
    product = " @ ".join(["(X + A + B)"] * factors)
    derive(f"tr({product})", ("X in square(n)", "constant A, B in square(n)"))
    assert max(algebra.made for algebra in made) < 4 * Algebra.BUDGET
