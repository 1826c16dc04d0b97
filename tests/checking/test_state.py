"""What a call may change is put back, and the caller is left alone."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor

from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.checking.state import State, same
from checking.networks import loss, model
from support import double, draw, square


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


def test_random_function_sees_the_same_numbers_each_time() -> None:
    """A function that draws random numbers is one function throughout the check."""

    def f(x: Tensor) -> Tensor:
        return (torch.rand(3, dtype=torch.float64) * x).sum()

    torch.manual_seed(0)
    expected = torch.rand(3, dtype=torch.float64)
    torch.manual_seed(0)
    assert check_gradient(f, expected, draw(3))


def test_module_in_a_closure() -> None:
    """Buffers of a module that f holds are put back after the check."""
    net = model()
    before = net.norm.running_mean.clone()  # type: ignore[union-attr]
    report = check_gradient(
        lambda X: net(X).square().mean(),
        lambda X: torch.autograd.grad(net(X).square().mean(), X)[0],
        draw(6, 3),
    )
    assert report.holds
    assert torch.equal(net.norm.running_mean, before)  # type: ignore[arg-type]
    assert "f changes the buffers" in report.notes[-1]


NAN = torch.tensor([1.0, torch.nan, torch.inf])


@pytest.mark.parametrize(
    ("x", "y", "equal"),
    [
        (NAN, NAN.clone(), True),
        (NAN, torch.tensor([1.0, 2.0, torch.inf]), False),
        (NAN, torch.tensor([1.0, 0.0, torch.inf]), False),
        (NAN, torch.tensor([2.0, torch.nan, torch.inf]), False),
        (NAN * 1j, NAN * 1j, True),
        (NAN, NAN.double(), False),
        (torch.ones(2), torch.ones(2, 1), False),
        (torch.ones(2).long(), torch.ones(2).long(), True),
        (torch.ones(2).long(), torch.zeros(2).long(), False),
        (None, torch.ones(2), False),
        (None, torch.eye(2).to_sparse(), False),
        (torch.eye(2), torch.eye(2).to_sparse(), False),
        (torch.zeros(2, 2).to_sparse(), torch.eye(2).to_sparse(), True),  # nobody looks inside
    ],
)
def test_same(x: Tensor | None, y: Tensor, equal: bool) -> None:
    """Two arrays are the same if type, shape and entries are, where a NaN equals a NaN."""
    assert same(x, y) is equal


def test_buffers_are_put_back() -> None:
    """What was written on, exchanged, taken away or set is what it was, and in the same memory."""
    net = torch.nn.Module()
    for name in ("written", "exchanged", "taken", "steady"):
        net.register_buffer(name, torch.zeros(2))
    net.register_module("inner", torch.nn.Module())
    inner = net.get_submodule("inner")
    inner.register_buffer("none", None)
    before = dict(net.named_buffers())
    torch.manual_seed(0)
    state = State([net])
    first = torch.rand(())
    assert state.changed == []
    net.get_buffer("written").add_(1)
    net.exchanged = torch.ones(2)
    net.taken = None  # type: ignore[assignment]
    inner.none = torch.ones(2)
    assert state.changed == ["written", "exchanged", "taken"]
    state.restore()
    assert state.changed == []
    assert torch.rand(()) == first
    assert dict(net.named_buffers()).keys() == before.keys()
    for name, buffer in before.items():
        assert net.get_buffer(name) is buffer
        assert buffer.tolist() == [0, 0]


CUDA = pytest.mark.skipif(not torch.cuda.is_available(), reason="CUDA is not available here")


@CUDA
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_on_a_gpu(dtype: torch.dtype) -> None:
    """On a GPU a module with dropout is one function throughout, and its generator stays as it is."""
    net, X = model().to("cuda", dtype), draw(6, 3).detach().to("cuda", dtype)
    state = torch.cuda.get_rng_state()
    assert check_gradient(loss, lambda net, X: loss(net, X).backward(), net, X)
    assert torch.equal(state, torch.cuda.get_rng_state())
