"""What is derived prints as text, mathematics and code; what is not says why."""

import subprocess
import sys

import pytest

import autodiff_notes
from autodiff_notes.deriving import NotSupported, derive
from autodiff_notes.notation import NotationError

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
        ("sum(digamma(x))", ("x in positive(n)",), "digamma.*no row.*lgamma"),
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
