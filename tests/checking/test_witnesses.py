"""The witnesses tell a gradient from rounding at every scale, and say where they cannot."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.checking.witnesses import TOLERANCES
from autodiff_notes.evaluation.samplers import positive, positive_determinant
from support import double, draw, log_det, log_det_gradient, number, only_note, square


@pytest.mark.parametrize(
    ("f", "gradient", "x"),
    [
        (lambda x: (x**3).sum(), lambda x: 3 * x**2, torch.zeros(3)),
        (lambda x: x.cos().sum(), lambda x: -x.sin(), torch.zeros(3)),
        (lambda x: x.softmax(0).sum(), torch.zeros_like, torch.tensor([1.0, 2.0, 3.0])),
        (lambda x: (x - 1).dot(x - 1), lambda x: 2 * (x - 1), torch.ones(3)),
    ],
    ids=["cube at 0", "cosine at 0", "constant", "minimum"],
)
def test_zero_gradient_holds(
    f: Callable[[Tensor], Tensor], gradient: Callable[[Tensor], Tensor], x: Tensor
) -> None:
    """A gradient of zero holds in spite of rounding and truncation, and nothing else does."""
    x = x.double().requires_grad_()
    report = check_gradient(f, gradient, x)
    assert report.holds
    assert report.notes == () or "zero to rounding" in report.notes[0]
    assert not check_gradient(f, lambda x: gradient(x) + 1e-6, x)


@pytest.mark.parametrize("scale", [1e-20, 1e-6, 1e6, 1e20])
def test_scale_of_the_function_does_not_matter(scale: float) -> None:
    """Errors are judged relative to the gradient, however small or large it is."""
    x = draw(4)
    assert check_gradient(lambda x: scale * square(x), lambda x: scale * double(x), x)
    assert not check_gradient(lambda x: scale * square(x), lambda x: 1.001 * scale * double(x), x)
    assert not check_gradient(lambda x: scale * square(x), torch.zeros_like, x)


@pytest.mark.parametrize("scale", [1e-3, 1e3, 1e12])
def test_scale_of_the_input_does_not_matter(scale: float) -> None:
    """The step grows with the entry, so that large inputs are checked too."""
    generator = torch.Generator().manual_seed(0)
    x = (scale * positive(4, generator=generator)).requires_grad_()
    assert check_gradient(lambda x: x.log().sum(), lambda x: 1 / x, x)
    assert not check_gradient(lambda x: x.log().sum(), lambda x: 1.001 / x, x)


def test_coarser_type_sets_the_tolerance() -> None:
    """A function that computes in float32 is held to the tolerance of float32."""
    x = draw(3)
    assert check_gradient(lambda x: square(x.float()), double, x)
    assert not check_gradient(lambda x: square(x.float()), lambda x: 2.002 * x, x)
    assert TOLERANCES[torch.float32].autograd > TOLERANCES[torch.float64].autograd


def test_edge_of_the_domain_is_named() -> None:
    """A point near the edge of the domain is checked, and one on it is not confirmed."""
    assert check_gradient(torch.sqrt, lambda x: 0.5 / x.sqrt(), number(1e-6))
    x = torch.tensor([0.0, 1.0], dtype=torch.float64, requires_grad=True)
    note = only_note(check_gradient(lambda x: (x**1.5).sum(), lambda x: 1.5 * x.sqrt(), x))
    assert "too close to the edge of its domain" in note


def test_autograd_that_is_not_finite_is_named() -> None:
    """A gradient that is infinite or NaN for autograd is refused with a note."""
    note = only_note(check_gradient(lambda x: (x * x).sqrt(), 0.0, number(0.0)))
    assert note == "Autograd's gradient for x has entries that are NaN or infinite."


def test_differences_that_cannot_resolve_the_gradient_are_named() -> None:
    """Where rounding hides the gradient from differences, autograd decides and a note says so."""
    x = number(1.0)
    right = check_gradient(lambda x: 1e15 + x, 1.0, x)
    assert right.holds
    assert "Autograd alone decides" in right.notes[0]
    assert not check_gradient(lambda x: 1e15 + x, 1.001, x)


def test_log_det_of_a_large_matrix_is_checked() -> None:
    """A matrix of 400 entries is checked entry by entry."""
    X = positive_determinant(20, generator=torch.Generator().manual_seed(0)).requires_grad_()
    assert check_gradient(log_det, log_det_gradient, X)
    assert not check_gradient(log_det, lambda X: log_det_gradient(X).mT, X)
