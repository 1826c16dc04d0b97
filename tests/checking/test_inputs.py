"""Functions are called on copies, bad input is named, and the caller is left alone."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
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


# Any arguments


def test_labels_flags_and_keywords() -> None:
    """Integers, None, strings and keyword arguments are passed on as they are."""
    x, y = draw(5, 3), torch.tensor([0, 2, 1, 1, 0])

    def claimed(x: Tensor, y: Tensor, weight: None, *, reduction: str) -> Tensor:
        assert weight is None
        assert reduction == "sum"
        return x.softmax(1) - F.one_hot(y, 3)

    f = F.cross_entropy
    assert check_gradient(f, claimed, x, y, None, reduction="sum")
    assert not check_gradient(
        f, lambda x, y, *_, **__: x.softmax(1) - F.one_hot(y, 3), x, y, None, reduction="mean"
    )


def test_nested_parameters() -> None:
    """Dictionaries and lists of parameters are walked, and the claim has their structure."""
    net = {"layers": [{"W": draw(3, 2), "b": draw(3, seed=1)}, draw(3, seed=2)], "scale": 2.0}
    X = draw(4, 2, seed=3).detach()

    def f(net: dict[str, Any], X: Tensor) -> Any:
        layer, out = net["layers"]
        return net["scale"] * ((X @ layer["W"].mT + layer["b"]).tanh() @ out).sum()

    def claimed(net: dict[str, Any], X: Tensor) -> dict[str, Any]:
        layer, out = net["layers"]
        h = (X @ layer["W"].mT + layer["b"]).tanh()
        D = net["scale"] * out * (1 - h**2)
        return {"layers": [{"b": D.sum(0), "W": D.mT @ X}, net["scale"] * h.sum(0)]}

    report = check_gradient(f, claimed, net, X)
    assert report.holds
    names = ["net['layers'][0]['W']", "net['layers'][0]['b']", "net['layers'][1]"]
    assert [c.input for c in report.comparisons[::2]] == names

    def flat(net: dict[str, Any], X: Tensor) -> list[Tensor]:
        first, second = claimed(net, X)["layers"]
        return [first["W"], 2 * first["b"], second]

    report = check_gradient(f, flat, net, X)
    assert report.diagnoses[0].sentence.startswith(
        "The claimed gradient for net['layers'][0]['b'] is 2"
    )
    message = r"expected one with the keys 'W', 'b'"
    with pytest.raises(ValueError, match=message):
        check_gradient(f, lambda net, _: {"layers": [{"W": 0}, net["layers"][1]]}, net, X)


class Model(torch.nn.Module):
    """A small network with a buffer, normalisation and dropout."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.norm = torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4)
        self.drop, self.last = torch.nn.Dropout(0.5), torch.nn.Linear(4, 1)

    def forward(self, X: Tensor) -> Any:
        """Return the output."""
        return self.last(self.drop(self.norm(self.first(X)).tanh()))


def model() -> Model:
    """Return a network in float64, the same each time."""
    torch.manual_seed(0)
    return Model().double()


def loss(net: Model, X: Tensor) -> Any:
    """Return the mean square of a network."""
    return net(X).square().mean()


def test_module() -> None:
    """The parameters of a module are inputs by their names, and its buffers stay as they are."""
    net, X = model(), draw(6, 3).detach()
    before = {name: x.clone() for name, x in net.state_dict().items()}

    def backward(net: Model, X: Tensor) -> None:
        loss(net, X).backward()

    report = check_gradient(loss, backward, net, X)
    assert report.outcome == "holds", report
    assert [c.input for c in report.comparisons[::2]][:2] == ["net.first.weight", "net.first.bias"]
    assert any("f changes the buffers running_mean, running_var" in note for note in report.notes)
    assert any("zero to rounding" in note for note in report.notes)  # a bias before a batch norm
    assert all(torch.equal(before[name], x) for name, x in net.state_dict().items())
    assert all(p.grad is None for p in net.parameters())

    def wrong(net: Model, X: Tensor) -> dict[str, Tensor | None]:
        loss(net, X).backward()
        found = {name: p.grad for name, p in net.named_parameters()}
        found["last.bias"] = -found["last.bias"]  # type: ignore[operator]
        return found

    report = check_gradient(loss, wrong, net, X)
    assert (
        report.diagnoses[0].sentence
        == "The claimed gradient for net.last.bias has the opposite sign."
    )
    assert "and holds for the other 5 inputs" not in report.verdict
    assert report.verdict.startswith(
        "The claimed gradient does not hold for net.last.bias, and holds for"
    )


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


def test_functional_call() -> None:
    """The parameters of a module may be given as a dictionary."""
    net, X = model().eval(), draw(6, 3).detach()
    parameters = dict(net.named_parameters())

    def f(parameters: dict[str, Tensor], X: Tensor) -> Any:
        return torch.func.functional_call(net, parameters, (X,)).square().mean()

    assert check_gradient(f, torch.func.grad(f), parameters, X)


def test_claim_by_backward() -> None:
    """A claim may call backward and return nothing."""
    assert check_gradient(square, lambda x: square(x).backward(), draw(3))  # type: ignore[no-untyped-call]
    report = check_gradient(square, lambda x: square(2 * x).backward(), draw(3))  # type: ignore[no-untyped-call]
    assert report.diagnoses[0].name == "factor"


def test_wrt() -> None:
    """The arguments to differentiate can be named or numbered."""
    x, y = draw(3), draw(3, seed=1)
    assert check_gradient(torch.dot, y, x, y, wrt=0)
    assert check_gradient(lambda a, b: a.dot(b), x.detach(), x.detach(), y.detach(), wrt="b")
    with pytest.raises(ValueError, match="wrt names 'c'; expected names of arguments: a, b"):
        check_gradient(lambda a, b: a.dot(b), x, x, y, wrt="c")


def test_function_that_is_not_deterministic() -> None:
    """A counter, or a generator of one's own, is told as such, in f and in the claim."""
    rng = np.random.default_rng(0)
    calls = [0]

    def counting(x: Tensor) -> Tensor:
        calls[0] += 1
        return square(x) + calls[0]

    for f in (lambda x: square(x) * (1 + 1e-3 * rng.normal()), counting):
        report = check_gradient(f, double, draw(3))
        assert report.outcome == "not checked"
        assert report.diagnoses[0].sentence.startswith(
            "f is not deterministic: two calls at the same"
        )
        assert str(report).startswith(
            "The claimed gradient is not confirmed: f is not deterministic."
        )
    report = check_gradient(square, lambda x: 2 * x * rng.normal(), draw(3))
    assert report.diagnoses[0].sentence.startswith("claimed is not deterministic")


def test_function_that_looks_at_the_grad_mode() -> None:
    """A function that computes something else without a graph is called with one."""

    def f(x: Tensor) -> Tensor:
        return square(x) if torch.is_grad_enabled() else 0 * square(x)

    assert check_gradient(f, double, draw(3))


def test_few_copies() -> None:
    """A 4x4 input costs some hundred calls, and f never gets the tensor that it got before."""
    seen: list[int] = []

    def f(X: Tensor) -> Tensor:
        seen.append(X.data_ptr())
        return square(X)

    assert check_gradient(f, double, draw(4, 4))
    assert len(seen) < 160
    assert len(set(seen)) < 30


def test_memory_keeps_no_stale_values() -> None:
    """A function that remembers results by the tensor it got is given a new one each time."""
    remembered: dict[Tensor, Tensor] = {}

    def f(x: Tensor) -> Tensor:
        if x not in remembered:
            remembered[x] = square(x)
        return remembered[x]

    assert check_gradient(f, double, draw(3))


CUDA = pytest.mark.skipif(not torch.cuda.is_available(), reason="CUDA is not available here")


@CUDA
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_on_a_gpu(dtype: torch.dtype) -> None:
    """On a GPU a module with dropout is one function throughout, and its generator stays as it is."""
    net, X = model().to("cuda", dtype), draw(6, 3).detach().to("cuda", dtype)
    state = torch.cuda.get_rng_state()
    assert check_gradient(loss, lambda net, X: loss(net, X).backward(), net, X)
    assert torch.equal(state, torch.cuda.get_rng_state())


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
