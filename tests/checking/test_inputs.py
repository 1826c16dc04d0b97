"""Functions are called on copies, bad input is named, and the caller is left alone."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor

from autodiff_notes.checking.gradient import check_gradient
from checking.refusals import raises
from support import double, draw, log_det, log_det_gradient, square


def test_same_tensor_twice_is_two_inputs() -> None:
    """A tensor passed twice is perturbed in one place at a time."""
    x = draw(3)
    assert check_gradient(lambda a, b: a.dot(b * b), lambda a, b: (b * b, 2 * a * b), x, x)


def test_input_without_contiguous_memory() -> None:
    """Transposed and expanded tensors are inputs like any other."""
    A = draw(2, 3).detach()
    assert check_gradient(square, double, A.mT.requires_grad_())
    assert check_gradient(square, double, A[0].expand(4, 3).requires_grad_())


# What is an error


@pytest.mark.parametrize("shape", [(3,), (2, 3), (0,)])
def test_result_of_several_numbers(shape: tuple[int, ...]) -> None:
    """A result that is not a single number is an error that names its shape."""
    message = rf"f returned a tensor of shape \({shape[0]}.*expected one element"
    raises(ValueError, message, lambda x: x.sum().expand(shape), double, draw(3))


@pytest.mark.parametrize("result", [1.0, None, (torch.ones(()),), "one"])
def test_result_that_is_no_tensor(result: object) -> None:
    """A result that is not a tensor is an error that names its type."""
    message = f"f returned a {type(result).__name__}; expected a tensor"
    raises(TypeError, message, lambda _: result, double, draw(3))


@pytest.mark.parametrize("dtype", [torch.int64, torch.bool, torch.complex128, torch.float16])
def test_result_of_wrong_type(dtype: torch.dtype) -> None:
    """A result that is not a real number in good precision is an error that names its type."""
    raises(TypeError, f"f returned {dtype}", lambda x: x.sum().to(dtype), double, draw(3))


@pytest.mark.parametrize("value", [torch.nan, torch.inf, -torch.inf])
def test_value_that_is_not_finite(value: float) -> None:
    """A value that is NaN or infinite is an error that asks about the domain."""
    raises(ValueError, f"f is {value} for x of shape", lambda x: value + x.sum(), double, draw(3))


def test_value_in_place_of_the_function() -> None:
    """Passing f(x) where f belongs is an error that says so."""
    x = draw(3)
    raises(TypeError, "f is a Tensor; expected the function", square(x), double, x)


def test_function_that_raises_is_named() -> None:
    """An error in f or in claimed is passed on with its cause and the shapes of the inputs."""
    x = draw(2, 3)
    not_square = r"^f raised ValueError for X of shape \(2, 3\): log_det needs a square"
    raises(ValueError, not_square, log_det, log_det_gradient, x)
    not_square = r"^claimed raised RuntimeError for x of shape \(2, 3\)"
    raises(ValueError, not_square, square, log_det_gradient, x)
    singular = r"^claimed raised _?LinAlgError for x of shape \(2, 2\): .*singular"
    raises(ValueError, singular, square, log_det_gradient, torch.ones(2, 2, requires_grad=True))
    with pytest.raises(ValueError, match="positive determinant") as caught:
        check_gradient(log_det, log_det_gradient, torch.ones(2, 2, requires_grad=True))
    assert isinstance(caught.value.__cause__, ValueError)


def test_error_a_step_away_says_so() -> None:
    """When f fails everywhere but at the point, the message does not blame the point itself."""
    X = draw(2, 2)
    start = X.detach().clone()

    def f(X: Tensor) -> Tensor:
        if not torch.equal(X.detach(), start):
            raise ValueError("not here")
        return square(X)

    raises(ValueError, "^f, one step away in X, raised ValueError", f, double, X)


def test_function_without_derivative() -> None:
    """An error of autograd itself is passed on as such."""

    class NoRule(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: Tensor) -> Tensor:  # noqa: ARG004
            return x.sum()

    raises(ValueError, "autograd cannot differentiate f", NoRule.apply, double, draw(3))


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x.mul_(2),
        lambda x: x.data.mul_(2),
        lambda x: x.detach().zero_(),
        lambda x: x.t_(),
        lambda x: x.detach().numpy().fill(1),
    ],
    ids=["mul_", "data", "detach", "t_", "numpy"],
)
def test_change_in_place(change: Callable[[Tensor], object]) -> None:
    """A function that changes an input is an error that names both, and nothing is changed."""
    A, B = draw(2, 2), draw(2, 2, seed=1)
    before = B.detach().clone()

    def meddle(A: Tensor, B: Tensor) -> Tensor:
        change(B)
        return (A * A).sum()

    right = (2 * A, 0 * B)
    raises(ValueError, "^f changes B in place", meddle, right, A, B)
    raises(ValueError, "^claimed changes B in place", lambda A, B: (A * B).sum(), meddle, A, B)
    raises(ValueError, "^f changes B in place", meddle, right[:1], A, B.detach())
    assert torch.equal(B, before)


CUDA = pytest.mark.skipif(not torch.cuda.is_available(), reason="CUDA is not available here")


@CUDA
def test_mixed_devices() -> None:
    """Inputs may lie on several devices."""
    x, y = draw(3), draw(3, seed=1).detach().cuda().requires_grad_()
    assert check_gradient(lambda x, y: (x.cuda() * y).sum(), lambda x, y: (y.cpu(), x.cuda()), x, y)


@CUDA
def test_autocast_on_a_gpu() -> None:
    """Numbers of bfloat16 inside f are told."""

    def f(X: Tensor) -> Tensor:
        with torch.autocast("cuda", dtype=torch.bfloat16):
            return (X @ X.mT).double().sum()

    report = check_gradient(
        f, lambda X: 2 * X.sum(0).expand_as(X), draw(4, 4).detach().cuda().requires_grad_()
    )
    assert report.outcome != "holds"
