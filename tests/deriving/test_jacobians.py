"""Jacobians: by free variables as a product, by others row by row."""

import pytest

from autodiff_notes.deriving import NotSupported, derive


@pytest.mark.parametrize(
    ("function", "variables", "expected"),
    [
        ("A @ x", ("x in vector(n)", "constant A in matrix(m, n)"), "A"),
        ("tanh(x)", ("x in vector(n)",), "Diag(ones(n) - tanh(x) ** 2)"),
        (
            "A @ X @ B",
            ("X in matrix(m, n)", "constant A in matrix(p, m)", "constant B in matrix(n, q)"),
            "kron(A, B.mT)",
        ),
        (
            "X @ a",
            ("X in matrix(m, n)", "constant a in vector(n)"),
            "kron(I(m), outer(ones(1), a))",
        ),
    ],
)
def test_a_jacobian_is_read_off(function: str, variables: tuple[str, ...], expected: str) -> None:
    """Where a term shows its matrix, the matrix is a product."""
    (matrix,) = derive(function, variables).gradients.values()
    assert matrix == expected


@pytest.mark.parametrize(
    ("function", "variables"),
    [
        ("X @ a", ("X in symmetric(n)", "constant a in vector(n)")),
        ("inv(X)", ("X in spd(n)",)),
        ("eigenvalues(X)", ("X in distinct_eigenvalues(n)",)),
        ("solve(L, b)", ("L in lower_triangular(n)", "b in vector(n)")),
        ("softmax(x) * x", ("x in probability(n)",)),
        ("Q @ a", ("Q in orthogonal(n)", "constant a in vector(n)")),
        ("diag(X @ X)", ("X in toeplitz(n)",)),
        ("re(z)", ("z in complex_vector(n)",)),
        ("im(z * z)", ("z in complex_vector(n)",)),
        ("re(A @ z)", ("A in complex_matrix(m, n)", "constant z in complex_vector(n)")),
    ],
)
def test_a_jacobian_by_a_structured_or_complex_variable(
    function: str, variables: tuple[str, ...]
) -> None:
    """Each row is the gradient of an entry, within the space in which the variable moves."""
    verified = derive(function, variables).verify(sizes=2, seeds=1)
    assert verified.holds, verified.problem


def test_a_complex_function_is_refused() -> None:
    """Its parts have Jacobians; the message says so."""
    variables = ("A in complex_matrix(m, n)", "constant z in complex_vector(n)")
    with pytest.raises(NotSupported, match=r"re\(...\) and im\(...\)"):
        derive("A @ z", variables)
