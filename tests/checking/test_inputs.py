"""Functions are called on copies, bad input is named, and the caller is left alone."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor

from autodiff_notes.checking.gradient import check_gradient
from support import double, draw, log_det, log_det_gradient, number, square


def test_same_tensor_twice_is_two_inputs() -> None:
    """A tensor passed twice is perturbed in one place at a time."""
    x = draw(3)
    assert check_gradient(lambda a, b: a.dot(b * b), lambda a, b: (b * b, 2 * a * b), x, x)


def test_input_without_contiguous_memory() -> None:
    """Transposed and expanded tensors are inputs like any other."""
    A = draw(2, 3).detach()
    assert check_gradient(square, double, A.mT.requires_grad_())
    assert check_gradient(square, double, A[0].expand(4, 3).requires_grad_())


def test_random_function_sees_the_same_numbers_each_time() -> None:
    """A function that draws random numbers is one function throughout the check."""

    def f(x: Tensor) -> Tensor:
        return (torch.rand(3, dtype=torch.float64) * x).sum()

    torch.manual_seed(0)
    expected = torch.rand(3, dtype=torch.float64)
    torch.manual_seed(0)
    assert check_gradient(f, expected, draw(3))


# What is an error


def raises(kind: type[Exception], message: str, f: Any, claimed: Any, *inputs: Any) -> None:
    """Demand an error of this kind with this message."""
    with pytest.raises(kind, match=message):
        check_gradient(f, claimed, *inputs)


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


@pytest.mark.parametrize("dtype", [torch.int64, torch.bool])
def test_integer_input(dtype: torch.dtype) -> None:
    """An integer tensor cannot be differentiated, which is said with what to do."""
    k = torch.ones(3, dtype=dtype)
    raises(ValueError, rf"k is of type {dtype}, convert it with k?\.double", lambda k: k, double, k)
    with pytest.raises(TypeError, match=rf"k is of type {dtype}; expected float64.*leave it out"):
        check_gradient(lambda x, k: x @ k, lambda _, k: k, draw(3), k, wrt="k")


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_coarse_input(dtype: torch.dtype) -> None:
    """A type too coarse for finite differences is an error that names it."""
    x = torch.ones(3, dtype=dtype, requires_grad=True)
    raises(TypeError, f"{dtype}, too coarse", square, double, x)


@pytest.mark.parametrize("x", ["one", None, 3, [1, 2]])
def test_input_without_real_numbers(x: object) -> None:
    """Without an array or a float there is nothing to differentiate."""
    raises(ValueError, "no input requires a gradient", square, double, x)


def test_sparse_input() -> None:
    """A sparse tensor is an error that says how to make it dense."""
    x = draw(2, 2).detach().to_sparse().requires_grad_()
    raises(TypeError, r"x is sparse; expected a dense tensor, x.to_dense\(\)", square, double, x)


def test_sparse_constant() -> None:
    """A sparse constant is passed on as it is."""
    A = draw(3, 3).detach().to_sparse()
    report = check_gradient(
        lambda x, A: (A @ x[:, None]).sum(), lambda x, A: A.to_dense().sum(0) + 0 * x, draw(3), A
    )
    assert report.holds


def test_empty_input() -> None:
    """A tensor without entries is an error that names its shape."""
    x = torch.ones(0, 3, dtype=torch.float64, requires_grad=True)
    raises(ValueError, r"x has shape \(0, 3\) and no entries", square, double, x)


@pytest.mark.parametrize("bad", [torch.nan, torch.inf])
def test_input_that_is_not_finite(bad: float) -> None:
    """An input with a NaN or an infinity is an error; a mask of infinities is a constant."""
    raises(ValueError, "x has entries that are NaN or infinite", square, double, number(bad))
    mask = torch.tensor([0.0, -torch.inf], dtype=torch.float64)
    assert check_gradient(
        lambda x, mask: (x + mask).logsumexp(0),
        lambda x, mask: (x + mask).softmax(0),
        draw(2),
        mask,
    )


@pytest.mark.parametrize("inputs", [(), (torch.ones(3),)])
def test_nothing_to_differentiate(inputs: tuple[Tensor, ...]) -> None:
    """Without an input that requires a gradient there is nothing to check."""
    raises(ValueError, "no input requires a gradient", square, double, *inputs)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_wrong_number_of_gradients(count: int) -> None:
    """Too few or too many gradients are an error that names the inputs concerned."""
    claimed = [torch.ones(3)] * count
    message = rf"claimed gradients is {count}; expected 2, .*\(a, b\)"
    raises(ValueError, message, lambda a, b: a.dot(b), claimed, draw(3), draw(3))


@pytest.mark.parametrize("claimed", [None, "2x", 2.0, [None], lambda _: None])
def test_claim_that_is_no_tensor(claimed: object) -> None:
    """A claim that is not a tensor is an error that names the shape expected."""
    message = r"the claimed gradient for x is a \w+; expected a tensor of shape \(3,\)"
    raises(TypeError, message, square, claimed, draw(3))


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


# What is left alone


def test_caller_is_left_alone() -> None:
    """Tensors, their gradients, the random state and the grad mode stay as they were."""
    x = draw(3)
    square(x).backward()  # type: ignore[no-untyped-call]
    assert x.grad is not None
    value, grad, state = x.detach().clone(), x.grad.clone(), torch.get_rng_state()

    def f(x: Tensor) -> Tensor:
        value = square(x) + 0 * torch.rand(())
        torch.set_grad_enabled(False)
        return value

    assert check_gradient(f, lambda x: torch.autograd.grad(square(x), x)[0], x)
    assert torch.is_grad_enabled()
    assert torch.equal(x, value)
    assert torch.equal(x.grad, grad)
    assert x.is_leaf
    assert torch.equal(state, torch.get_rng_state())


def test_input_in_the_middle_of_a_graph() -> None:
    """A tensor that was computed from others is checked without touching what made it."""
    w = draw(3)
    assert check_gradient(square, double, 3 * w)
    assert w.grad is None


@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_grad_mode_of_the_caller(mode: Callable[[], Any]) -> None:
    """The check works where the caller has switched gradients off."""
    with mode():
        assert check_gradient(square, double, draw(3))
        assert not torch.is_grad_enabled()


def test_names_come_from_the_signature() -> None:
    """Inputs are called as f calls them, and by position where f has no names."""
    x, y = draw(2), draw(2, seed=1)

    def names(f: Callable[..., Tensor], *inputs: Tensor) -> list[str]:
        report = check_gradient(f, tuple(inputs), *inputs)
        return [c.input for c in report.comparisons[::2]]

    assert names(lambda a, b: a.dot(b), x, y) == ["a", "b"]
    assert names(lambda a, *rest: a.dot(rest[0]), x, y) == ["a", "input 1"]
    assert names(lambda *all_of_them: all_of_them[0].dot(all_of_them[1]), x, y) == [
        "input 0",
        "input 1",
    ]
    assert names(torch.dot, x, y) == ["input 0", "input 1"]
