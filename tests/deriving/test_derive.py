"""What is derived prints as text, mathematics and code; what is not says why."""

import subprocess
import sys

import numpy as np
import pytest

import autodiff_notes
from autodiff_notes import catalogue
from autodiff_notes.deriving import DomainNeeded, NotSupported, derive
from autodiff_notes.evaluation.points import points, precision
from autodiff_notes.notation import NotationError, compiled

RAYLEIGH = ("x @ A @ x / (x @ x)", ("x in nonzero(n)", "constant A in symmetric(n)"))


def test_the_package_exports_it() -> None:
    """``autodiff_notes.derive`` is the function, imported when it is asked for."""
    assert autodiff_notes.derive is derive


def test_what_is_derived_shows_itself_as_mathematics() -> None:
    """A notebook gets LaTeX, a page Markdown, and both hold the gradient."""
    found = derive(*RAYLEIGH)
    assert r"\frac{\partial f}{\partial x}" in found.latex
    assert found.latex in found._repr_markdown_()
    assert found.derivation_latex in found._repr_latex_()
    assert found.markdown.startswith("```{derivation}\nx in nonzero(n)\n")


def test_the_same_text_at_every_run() -> None:
    """Nothing depends on what was derived before."""
    first = derive(*RAYLEIGH).text
    derive("logdet(X)", ("X in spd(n)",))
    assert derive(*RAYLEIGH).text == first


@pytest.mark.parametrize(
    "name",
    [
        n
        for n in catalogue
        if catalogue[n].group in {"vectors", "inverses", "determinants", "complex"}
    ],
)
def test_numpy_code_has_the_values_of_the_formulas(name: str) -> None:
    """The code of the function and of its gradients, run by NumPy, says what torch says."""
    entry = catalogue[name]
    found = derive(entry.function, entry.variables, where=entry.where)
    if "scipy" in found.numpy:
        pytest.importorskip("scipy")
    names: dict[str, object] = {}
    exec(found.numpy, names)  # noqa: S102 - it is what a reader copies and runs
    with precision():
        point = next(iter(points(entry.declarations, 1, 1)))
        expected = [point.evaluate(compiled(e)) for e in (entry.value, *entry.claims.values())]
    values = [point.values[n] for n in entry.parameters]
    arguments = [v.resolve_conj().numpy() if hasattr(v, "numpy") else v for v in values]
    f, gradient = names["f"](*arguments), names["gradient"](*arguments)  # type: ignore[operator]
    results = [f, *(gradient if isinstance(gradient, tuple) else (gradient,))]
    for result, value in zip(results, expected, strict=True):
        np.testing.assert_allclose(result, value.resolve_conj().numpy(), atol=1e-9)


@pytest.mark.parametrize(
    ("function", "variables", "said"),
    [
        ("sum(digamma(x))", ("x in positive(n)",), "digamma.*no row.*lgamma"),
        ("f(t)", ("t in scalar()", "f in analytic()"), "f is a function without a formula"),
        ("D(sin(t), t)", ("t in scalar()",), "hessian"),
        ("a @ a", ("constant a in vector(n)",), "every variable is constant"),
        ("vec(X)", ("X in symmetric(n)",), "X in symmetric.*vjp"),
    ],
)
def test_what_is_not_supported_says_so(
    function: str, variables: tuple[str, ...], said: str
) -> None:
    """The message names the word, what is missing, and what works."""
    with pytest.raises(NotSupported, match=said):
        derive(function, variables)


@pytest.mark.parametrize(
    ("function", "variables", "offered"),
    [
        ("logdet(X)", ("X in matrix(n, n)",), ("X in positive_determinant(n)",)),
        ("tr(inv(X))", ("X in square(n)",), ("X in invertible(n)",)),
        ("sum(log(x)) + a @ x", ("a, x in vector(n)",), ("a in vector(n)", "x in positive(n)")),
        ("sum(log(X))", ("X in square(n)",), ("X in positive_matrix(n, n)",)),
        ("eigenvalues(X)[0]", ("X in square(n)",), ("X in distinct_eigenvalues(n)",)),
        ("tr(sqrtm(S))", ("S in symmetric(n)",), ("S in spd(n)",)),
    ],
)
def test_a_missing_domain_is_offered(
    function: str, variables: tuple[str, ...], offered: tuple[str, ...]
) -> None:
    """A word that is not defined everywhere names a set in which it is, and there it holds."""
    with pytest.raises(DomainNeeded) as raised:
        derive(function, variables)
    assert raised.value.offered == offered
    assert derive(function, offered).verify(sizes=2, seeds=1).holds


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


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the command."""
    command = [sys.executable, "-m", "autodiff_notes", "derive", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


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
    from autodiff_notes.__main__ import main  # noqa: PLC0415

    found = derive("inner(inv(P), X)", ("X in invertible(n)", "constant P in invertible(n)"))
    assert main(["derive", found.function, *found.variables, f"--{form}"]) == 0
    printed = capsys.readouterr().out
    expected = getattr(found, form)
    assert printed.startswith(expected) if form == "latex" else printed == expected
