"""What the entries on determinants say of torch, and the determinant that needs no pivots."""

import pytest
import torch

from autodiff_notes import domains
from autodiff_notes.evaluation.points import bindings
from autodiff_notes.notation import code, helpers, read
from autodiff_notes.notation.sets import declare


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


def test_wide_matrices_have_more_columns_than_rows() -> None:
    """The set takes no other sizes, and its points have full row rank."""
    wide = declare("X in wide(m, n)")
    assert all(sizes["m"] < sizes["n"] for sizes in bindings([wide], 9))
    X = domains.full_rank(2, 4, generator=torch.Generator().manual_seed(0))
    assert torch.linalg.matrix_rank(X) == 2
