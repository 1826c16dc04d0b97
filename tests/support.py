"""What the tests of several modules share: points, a function with its gradient, a report's note."""

import torch
from torch import Tensor

from autodiff_notes.checking.report import GradientReport
from autodiff_notes.evaluation.samplers import normal


def draw(*shape: int, seed: int = 0) -> Tensor:
    """Return a normal tensor in float64 that requires a gradient."""
    return normal(*shape, generator=torch.Generator().manual_seed(seed)).requires_grad_()


def number(value: float) -> Tensor:
    """Return a 0-d tensor in float64 that requires a gradient."""
    return torch.tensor(value, dtype=torch.float64, requires_grad=True)


def square(x: Tensor) -> Tensor:
    """Return the sum of squares, real for complex x too."""
    return (x * x.conj()).real.sum()


def double(x: Tensor) -> Tensor:
    """Return the gradient of the sum of squares."""
    return 2 * x


def log_det(X: Tensor) -> Tensor:
    """Return log det X, or raise where it has no value."""
    if X.ndim != 2 or X.shape[0] != X.shape[1]:
        raise ValueError(f"log_det needs a square matrix; got shape {tuple(X.shape)}")
    if not torch.det(X.detach()) > 0:
        raise ValueError("log_det needs a matrix with positive determinant")
    return torch.logdet(X)


def log_det_gradient(X: Tensor) -> Tensor:
    """Return the gradient of log det X."""
    return X.inverse().mT


def only_note(report: GradientReport) -> str:
    """Return the one note of a report that does not hold."""
    assert not report.holds
    (note,) = report.notes
    return note
