"""Functions are called on copies, bad input is named, and the caller is left alone."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor

from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.checking.inputs import Inputs
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


def test_large_constant_is_copied_once() -> None:
    """A function that has left its inputs alone gets the arrays themselves from then on."""
    x, A = draw(3), draw(3, 3, seed=1).detach()
    kept: dict[str, list[Tensor]] = {"f": [], "claimed": []}  # what is kept is not used again

    def f(x: Tensor, A: Tensor) -> Tensor:
        kept["f"].append(A)
        return x @ A @ x

    def claimed(x: Tensor, A: Tensor) -> Tensor:
        kept["claimed"].append(A)
        return (A + A.mT) @ x

    assert check_gradient(f, claimed, x, A)
    # At the point and a step away it is the caller's array, at three neighbours one of their own.
    assert len({B.data_ptr() for B in kept["f"]}) == 1 + 1 + 3
    for role, least in (("f", 20), ("claimed", 1)):
        first, *rest = (B.data_ptr() == A.data_ptr() for B in kept[role])
        assert not first, role
        assert least <= sum(rest) < len(rest), role


def test_function_that_needs_a_graph_is_called_without_one_once() -> None:
    """What differentiates by itself, f or a claim, is given a graph from the second call on."""
    modes: dict[str, list[bool]] = {"f": [], "claimed": []}

    def f(x: Tensor) -> Tensor:
        modes["f"].append(torch.is_grad_enabled())
        (slope,) = torch.autograd.grad((x**3).sum(), x, create_graph=True)
        return slope.sum()

    def claimed(x: Tensor) -> Tensor:
        modes["claimed"].append(torch.is_grad_enabled())
        return torch.autograd.grad((3 * x**2).sum(), x)[0]

    assert check_gradient(f, claimed, draw(3))
    for role, asked in modes.items():
        assert asked[0] is False, role
        assert all(asked[1:]), role
        assert len(asked) > 3, role


def test_function_that_fails_with_a_graph_is_named() -> None:
    """What raises where a graph is recorded is told as any other error of f."""

    def f(x: Tensor) -> Tensor:
        if torch.is_grad_enabled():
            raise RuntimeError("no graph here")
        return square(x)

    raises(
        ValueError,
        r"^f raised RuntimeError for x of shape \(3,\): no graph here",
        f,
        double,
        draw(3),
    )


def test_claim_by_backward_of_a_part() -> None:
    """An input that a claim's backward pass leaves out has the gradient zero, and none at all is no claim."""
    x, y = draw(3), draw(2, seed=1)
    f = lambda x, y: square(x) + 0 * y.sum()
    assert check_gradient(f, lambda x, _: square(x).backward(), x, y)  # type: ignore[no-untyped-call]
    raises(TypeError, "for x is a NoneType; expected a tensor", square, lambda _: None, x)


def test_values_and_slopes() -> None:
    """Outputs are one vector of real numbers, and slopes have the outputs first; None is no path."""
    z = torch.tensor([1 + 2j, 3 - 1j], dtype=torch.complex128)
    x, y = draw(2), draw(2, seed=1)
    f = lambda x, y: {"a": x[0] * z, "b": [x, x.sum()]}
    place = Inputs.of(f, (x, y), several=True)
    a, b = x.tolist()
    expected = torch.tensor([a, 2 * a, 3 * a, -a, a, b, a + b], dtype=torch.float64)
    assert torch.allclose(place.value(f), expected)
    value, (by_x, by_y) = place.slopes(f)
    assert torch.allclose(value, expected)
    assert by_y is None
    assert by_x is not None
    assert by_x.tolist() == [[1, 0], [2, 0], [3, 0], [-1, 0], [1, 0], [0, 1], [1, 1]]
    assert str(place) == "x of shape (2,), y of shape (2,)"
    value, slopes = place.slopes(lambda x, y: x.detach())
    assert slopes == [None, None]
    assert not value.requires_grad


def test_floating_arrays() -> None:
    """Constants of real and complex numbers have a place among the floating arrays, labels have none."""
    arguments = (
        draw(2),
        torch.ones(2),
        torch.ones(2).long(),
        torch.eye(2).to_sparse(),
        1j * torch.ones(2),
    )
    place = Inputs.of(lambda *_: None, arguments)
    assert list(place.floating) == ["input 0", "input 1", "input 4"]
    moved = place.with_leaves({1: torch.zeros(2)})
    assert moved.floating["input 1"].tolist() == [0, 0]
    assert place.floating["input 1"].tolist() == [1, 1]


def test_shaking_moves_what_is_saved_by_a_digit() -> None:
    """A shaken derivative differs in its last digits where a number was saved, and is exact elsewhere."""
    x = draw(40)
    generator = torch.Generator().manual_seed(0)
    place = Inputs.of(square, (x,))
    eps = torch.finfo(torch.float64).eps
    (line,) = place.slopes(torch.sum, generator)[1]
    assert line is not None
    assert torch.equal(line[0], torch.ones_like(x))
    (shaken,) = place.slopes(square, generator)[1]
    assert shaken is not None
    gaps = (shaken[0] / (2 * x) - 1).abs()
    assert 0 < gaps.max() <= 4 * eps
    # Numbers with fewer digits are no rounding of this function.
    coarse = lambda x: square(x.float()).double()
    (shaken,) = place.slopes(coarse, generator)[1]
    assert shaken is not None
    assert bool(((shaken[0] / (2 * x.float().double()) - 1).abs() <= 10 * eps).all())


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
