"""The functions of the notes as Python, and below each its gradient.

Every function here is real-valued, and its gradient is written in closed form. They refuse what
lies outside their domain and say why. The same formulas are entries of the
:mod:`~autodiff_notes.catalogue`, where they are printed and verified with all others; a test
holds the two together.

>>> import torch
>>> from autodiff_notes.checks import check_gradient
>>> x, y = torch.ones(2, 4, dtype=torch.float64, requires_grad=True)
>>> bool(check_gradient(squared_norm_of_sum, squared_norm_of_sum_gradient, x, y))
True
"""

import torch
from torch import Tensor

__all__ = [
    "log_det",
    "log_det_gradient",
    "scalar_example",
    "scalar_example_gradient",
    "squared_norm_of_sum",
    "squared_norm_of_sum_gradient",
]


def scalar_example(x: Tensor, y: Tensor) -> Tensor:
    r"""Return :math:`x \log x + \sin(xy)`.

    Parameters
    ----------
    x, y : torch.Tensor
        One number each, of shape ``()`` or ``(1,)``; x is positive.
        For any other x the result is NaN, as ``torch.log`` gives it.

    Examples
    --------
    >>> scalar_example(torch.tensor(1.0), torch.tensor(2.0))
    tensor(0.9093)
    """
    return x * torch.log(x) + torch.sin(x * y)


def scalar_example_gradient(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    r"""Return :math:`\log x + 1 + y \cos(xy)` and :math:`x \cos(xy)`.

    These are the partial derivatives of :func:`scalar_example`,
    by the product rule and the chain rule.

    Examples
    --------
    >>> scalar_example_gradient(torch.tensor(1.0), torch.tensor(2.0))
    (tensor(0.1677), tensor(-0.4161))
    """
    return torch.log(x) + 1 + y * torch.cos(x * y), x * torch.cos(x * y)


def squared_norm_of_sum(x: Tensor, y: Tensor) -> Tensor:
    r"""Return :math:`(x + y)^\top (x + y)`.

    Parameters
    ----------
    x, y : torch.Tensor
        Two vectors of the same length.

    Raises
    ------
    RuntimeError
        If the lengths differ or x + y is not a vector, as torch says it.

    Examples
    --------
    >>> squared_norm_of_sum(torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0]))
    tensor(52.)
    """
    return (x + y).dot(x + y)


def squared_norm_of_sum_gradient(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """Return 2(x + y), once for x and once for y.

    The source is The Matrix Cookbook (15 November 2012), equation 81 with B = I:
    the gradient of z'z is 2z, and z = x + y moves with x just as it moves with y.

    Examples
    --------
    >>> squared_norm_of_sum_gradient(torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0]))
    (tensor([ 8., 12.]), tensor([ 8., 12.]))
    """
    return 2 * (x + y), 2 * (x + y)


def log_det(X: Tensor) -> Tensor:
    r"""Return :math:`\log \det X`.

    ``torch.logdet`` gives NaN for a negative determinant and -inf for a zero one, and goes on.
    This function stops there and says why.

    Parameters
    ----------
    X : torch.Tensor
        A square real matrix with positive determinant.

    Raises
    ------
    ValueError
        If X is not a square matrix or its determinant is not positive.

    Examples
    --------
    >>> log_det(torch.tensor([[2.0, 1.0], [0.0, 3.0]]))
    tensor(1.7918)
    >>> log_det(torch.tensor([[0.0, 3.0], [1.0, 0.0]]))
    Traceback (most recent call last):
        ...
    ValueError: log_det needs a matrix with positive determinant;
    its determinant is -3 (sign -1).
    For log|det X| of any invertible X use torch.linalg.slogdet.
    """
    _refuse_unless_positive_determinant(X.detach())
    return torch.logdet(X)


def log_det_gradient(X: Tensor) -> Tensor:
    r"""Return the inverse of X, transposed: :math:`X^{-\top}`.

    The source is The Matrix Cookbook (15 November 2012), equation 57;
    equation 43 is the same statement in differentials.

    Raises
    ------
    RuntimeError
        If X is not square or not invertible, as ``torch.inverse`` says it.

    Examples
    --------
    >>> log_det_gradient(torch.tensor([[2.0, 1.0], [0.0, 4.0]]))
    tensor([[ 0.5000,  0.0000],
            [-0.1250,  0.2500]])
    """
    return torch.inverse(X).mT


def _refuse_unless_positive_determinant(X: Tensor) -> None:
    """Raise unless X is a square matrix with positive determinant."""
    if X.ndim != 2 or X.shape[0] != X.shape[1]:
        raise ValueError(f"log_det needs a square matrix; got shape {tuple(X.shape)}")
    sign, log_size = torch.linalg.slogdet(X)
    if not sign > 0:
        raise ValueError(
            "log_det needs a matrix with positive determinant; "
            f"its determinant is {(sign * log_size.exp()).item():.4g} (sign {sign.item():.0f}). "
            "For log|det X| of any invertible X use torch.linalg.slogdet."
        )
