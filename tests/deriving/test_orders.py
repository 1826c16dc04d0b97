"""Second derivatives and products with cotangents are derived as first derivatives are."""

import os

import pytest

from autodiff_notes import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.deriving import NotSupported, derive, hessian, hvp, vjp

REAL = [
    e for e in catalogue.values() if e.group != "complex" and not e.free and e.value.kind == "s"
]
REFUSED = {
    "determinant-at-singular",  # the rule of the cofactors has an inverse in it
    "spectral-norm",  # how many singular values there are has no name in the notation
}
"""The entries for which there is no product of the Hessian and a direction."""

SOME = REAL if "DERIVE_ALL" in os.environ else REAL[::4]


@pytest.mark.parametrize("entry", SOME, ids=lambda entry: entry.name)
def test_a_hessian_times_a_direction_is_derived(entry: Entry) -> None:
    """The gradient of the gradient's inner product with a direction holds, or is refused."""
    found = derive(entry.function, entry.variables, where=entry.where)
    if entry.name in REFUSED:
        with pytest.raises((NotSupported, ValueError)):
            found.hvp()
        return
    verified = found.hvp().verify(sizes=2, seeds=1)
    assert verified.holds, verified.problem


@pytest.mark.parametrize(
    ("function", "variables", "expected"),
    [
        ("x @ A @ x", ("x in vector(n)", "constant A in square(n)"), "A + A.mT"),
        ("logsumexp(x)", ("x in vector(n)",), "Diag(softmax(x)) - outer(softmax(x), softmax(x))"),
        (
            "norm(A @ x - b) ** 2",
            ("x in vector(n)", "constant A in matrix(m, n)", "constant b in vector(m)"),
            "2 * A.mT @ A",
        ),
        ("sum(exp(x))", ("x in vector(n)",), "Diag(exp(x))"),
    ],
)
def test_a_hessian_is_a_matrix(function: str, variables: tuple[str, ...], expected: str) -> None:
    """The Hessian of a function of a vector is the Jacobian of its gradient."""
    found = hessian(function, variables)
    assert found.gradients["x"] == expected
    assert found.verify(sizes=2, seeds=1).holds


def test_directions_have_names_of_their_own() -> None:
    """With two variables there are two directions, and no name is taken twice."""
    found = hvp("v @ A @ v", ("v in vector(n)", "A in square(n)"))
    assert found.variables[2:] == ("constant v_v in vector(n)", "constant V_A in matrix(n, n)")
    assert found.verify(sizes=2, seeds=1).holds


def test_a_hessian_by_a_matrix_is_refused() -> None:
    """A Hessian by a matrix would have four indices; the message names what there is."""
    with pytest.raises(NotSupported, match=r"\.hvp\(\)"):
        hessian("logdet(X)", ("X in positive_determinant(n)",))


def test_a_cotangent_times_a_jacobian() -> None:
    """A matrix is paired with a constant."""
    variables = ("X in invertible(n)", "constant W in square(n)")
    assert vjp("inv(X)", variables, cotangent="W").verify(sizes=2, seeds=1).holds
    with pytest.raises(NotSupported, match="no constant"):
        vjp("inv(X)", variables, cotangent="V")


@pytest.mark.parametrize(
    ("function", "variables"),
    [
        ("A @ x", ("A in matrix(m, n)", "x in vector(n)")),
        ("tanh(A @ x + b)", ("x in vector(n)", "A in matrix(m, n)", "b in vector(m)")),
        ("x / norm(x)", ("x in nonzero_vector(n)",)),
        ("softmax(A @ x)", ("x in vector(n)", "constant A in matrix(m, n)")),
        ("X @ A @ X.mT", ("X in matrix(m, n)", "constant A in square(n)")),
        ("inv(X.mT @ X)", ("X in tall(m, n)",)),
        ("outer(x, y)", ("x in vector(n)", "y in vector(m)")),
        ("diag(X @ A)", ("X in matrix(m, n)", "constant A in matrix(n, m)")),
        ("sin(X)", ("X in matrix(m, n)",)),
        ("X @ X @ X", ("X in square(n)",)),
    ],
)
def test_a_jacobian_is_derived(function: str, variables: tuple[str, ...]) -> None:
    """Row i of the matrix is the gradient of entry i, and every equals sign holds."""
    verified = derive(function, variables).verify(sizes=2, seeds=1)
    assert verified.holds, verified.problem
