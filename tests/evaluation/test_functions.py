"""The functions that torch lacks have their values from other routes."""

import ast
from typing import Any

import pytest
import torch

from autodiff_notes import domains
from autodiff_notes.evaluation import functions
from autodiff_notes.notation import WORDS, code, helpers, read


def expanded(X: torch.Tensor) -> torch.Tensor:
    """Return the determinant by its expansion along the first row."""
    expression = read("expanded_det(X)", {"X": "M"})
    names = {"torch": torch, "X": X}
    exec(helpers(expression)["expanded_det"], names)  # noqa: S102 - the code that a reader copies
    value: torch.Tensor = eval(code(expression), names)
    return value


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_expansion_is_the_determinant(n: int) -> None:
    """The expansion along the first row has the value and the gradient of torch's determinant."""
    X = domains.invertible(n, generator=torch.Generator().manual_seed(n)).requires_grad_()
    values = expanded(X), torch.linalg.det(X)
    torch.testing.assert_close(*values)
    torch.testing.assert_close(*(torch.autograd.grad(v, X)[0] for v in values))


def test_torch_loses_the_gradient_at_a_pivot_of_zero() -> None:
    """The cofactor matrix is not zero there, and autograd of torch's determinant is."""
    X = torch.tensor([[1.0, 2.0], [2.0, 4.0]], dtype=torch.float64, requires_grad=True)
    (gradient,) = torch.autograd.grad(torch.linalg.det(X), X)
    assert not gradient.any(), "seen with torch 2.13"
    (cofactors,) = torch.autograd.grad(expanded(X), X)
    assert cofactors.tolist() == [[4.0, -2.0], [-2.0, 1.0]]


def matrices(count: int) -> list[torch.Tensor]:
    """Return symmetric positive definite matrices, good for every function of matrices."""
    generator = torch.Generator().manual_seed(3)
    return [domains.symmetric_positive_definite(3, generator=generator) for _ in range(count)]


# Arguments for what does not take one matrix.
ARGUMENTS: dict[str, list[Any]] = {
    "frechet_expm": matrices(2),
    "sylvester": matrices(3),
    "toeplitz": [torch.arange(5.0)],
    "huber": [torch.linspace(-2, 2, 9), 1.5],
}


@pytest.mark.parametrize("name", functions.__all__)
def test_shown_source_is_what_runs(name: str) -> None:
    """The source that readers copy needs nothing but torch, and returns the same as the function."""
    row = next(row for rows in WORDS.values() for row in rows if row.torch.startswith(f"{name}("))
    names = {"M": "X", "v": "x", "s": "a", "r": "p"}
    kinds = {names[kind] + f"_{i}": kind for i, kind in enumerate(row.parameters)}
    source = helpers(read(f"{row.name}({', '.join(kinds)})", kinds))[name]
    assert ast.get_docstring(ast.parse(source).body[0]) is None  # type: ignore[arg-type]
    copied: dict[str, Any] = {"torch": torch}
    exec(source, copied)  # noqa: S102 - the code that a reader copies
    arguments = ARGUMENTS.get(name, matrices(1))
    torch.testing.assert_close(copied[name](*arguments), getattr(functions, name)(*arguments))


def test_diagonals_and_toeplitz_fit() -> None:
    """The sums are the adjoint of the Toeplitz matrix, the means undo it."""
    generator = torch.Generator().manual_seed(4)
    A, t = (torch.randn(*shape, generator=generator) for shape in ((4, 4), (7,)))
    pairing = (functions.toeplitz(t) * A).sum(), (t * functions.diagonal_sums(A)).sum()
    torch.testing.assert_close(*pairing)
    torch.testing.assert_close(functions.diagonal_means(functions.toeplitz(t)), t)


def test_functions_of_a_symmetric_matrix_undo_each_other() -> None:
    """The square of the root, and the exponential of the logarithm, are the matrix."""
    (A,) = matrices(1)
    torch.testing.assert_close(functions.sqrtm(A) @ functions.sqrtm(A), A)
    torch.testing.assert_close(torch.linalg.matrix_exp(functions.logm(A)), A)


def test_cofactors_of_a_singular_matrix() -> None:
    """They do not need an inverse, and X times their transpose is det X times the identity."""
    X = torch.tensor([[1.0, 2.0], [2.0, 4.0]])
    torch.testing.assert_close(functions.cof(X), torch.tensor([[4.0, -2.0], [-2.0, 1.0]]))
    Y = domains.invertible(4, generator=torch.Generator().manual_seed(1))
    torch.testing.assert_close(Y @ functions.cof(Y).mT, Y.det() * torch.eye(4, dtype=Y.dtype))


def test_sylvester_equation_is_solved() -> None:
    """What comes out solves AX + XB = C for matrices of two sizes."""
    generator = torch.Generator().manual_seed(2)
    A, B = (domains.positive_definite(n, generator=generator) for n in (3, 2))
    C = domains.normal(3, 2, generator=generator)
    X = functions.sylvester(A, B, C)
    torch.testing.assert_close(A @ X + X @ B, C)


def test_perron_vector_is_an_eigenvector() -> None:
    """The eigenvalue and its vector belong together, and all entries of the vector are positive."""
    A = domains.positive(4, 4, generator=torch.Generator().manual_seed(6))
    value, v = functions.perron(A)
    torch.testing.assert_close(A @ v, value * v)
    assert (v > 0).all()
