"""Forward and reverse mode agree, also on what does not vary."""

import torch
from torch import Tensor

from autodiff_notes.evaluation.derivatives import derivative, differential
from support import draw


def test_differential_is_the_derivative_along_the_tangent() -> None:
    """Forward mode gives what reverse mode does, for a function with matrices as values."""
    X, V = draw(3, 3).detach(), draw(3, 3, seed=1).detach()

    def f(X: Tensor) -> Tensor:
        return X @ X.mT + torch.exp(X)

    moved = differential({"X": V}, f, X=X)
    jacobian = derivative(f, X)
    assert jacobian.shape == (3, 3, 3, 3)
    torch.testing.assert_close(moved, torch.einsum("ijkl,kl->ij", jacobian.detach(), V))


def test_what_has_no_tangent_stands_still() -> None:
    """A constant, a number of Python and a function of other variables have the differential zero."""
    x, v = draw(3).detach(), draw(3, seed=1).detach()
    assert not differential({}, lambda x: x.dot(x), x=x).any()
    assert not differential({"x": v}, lambda **values: values["y"].exp(), x=x, y=v).any()
    assert differential({"x": v}, lambda **_: 3.0, x=x).shape == ()


def test_derivative_of_what_does_not_depend_on_it_is_zero() -> None:
    """It has the shape of the value, then that of the variable."""
    x, y = draw(3).detach(), draw(2, seed=1).detach()
    assert derivative(lambda _: y.exp(), x).shape == (2, 3)
    assert not derivative(lambda _: y.exp(), x).any()
    assert not derivative(lambda x: torch.stack([x.sum(), y.sum()]), x)[1].any()


def test_derivative_can_be_differentiated_again() -> None:
    """The second derivative of a quadratic form is the sum of its matrix and the transpose."""
    A, x = draw(3, 3).detach(), draw(3, seed=1).detach()
    hessian = derivative(lambda x: derivative(lambda x: x @ A @ x, x), x)
    torch.testing.assert_close(hessian.detach(), A + A.mT)
    moved = differential({"x": x}, lambda x: derivative(lambda x: x @ A @ x, x), x=x)
    torch.testing.assert_close(moved.detach(), (A + A.mT) @ x)
