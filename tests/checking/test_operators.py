"""Products with a Jacobian, the Jacobian and the Hessian are checked as a gradient is."""

import re
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.checking.inputs import Inputs
from autodiff_notes.checking.operators import check_hessian, check_jacobian, check_jvp, check_vjp
from autodiff_notes.checking.witnesses import Tolerance
from support import double, draw, square


def softmax_vjp(V: Tensor, X: Tensor) -> Tensor:
    """Return the backward pass of a softmax along rows."""
    P = X.softmax(1)
    return P * (V - (P * V).sum(1, keepdim=True))


def softmax(X: Tensor) -> Tensor:
    """Return the softmax of the rows."""
    return X.softmax(1)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda V, X: X.softmax(1) * (V - V.mean(1, keepdim=True)),
        lambda V, X: X.softmax(1) * (V - (X.softmax(1) * V).sum(0)),
        lambda V, X: softmax_vjp(V.flip(0), X),
    ],
    ids=["plain mean", "wrong axis", "rows exchanged"],
)
def test_vjp_of_a_softmax(wrong: Callable[..., Tensor]) -> None:
    """A backward pass is checked with a random vector, which the plain mean does not survive."""
    X = draw(3, 4)
    report = check_vjp(softmax, softmax_vjp, X)
    assert report.holds
    assert report.comparisons[0].input == "X"
    report = check_vjp(softmax, wrong, X)
    assert report.outcome == "does not hold"
    assert "The claimed vector-Jacobian product does not hold" in report.verdict
    ones_hide_it = check_gradient(lambda X: softmax(X).sum(), torch.zeros_like, X)
    assert ones_hide_it.holds


def test_vjp_of_several_inputs_and_outputs() -> None:
    """The incoming gradient has the structure of what f returns, the claim that of the inputs."""

    def f(x: Tensor, y: Tensor, *, power: int) -> dict[str, Any]:
        return {"a": x * y, "b": [(x**power).sum(), y.exp()]}

    def claimed(v: dict[str, Any], x: Tensor, y: Tensor, *, power: int) -> tuple[Tensor, Tensor]:
        first, second = v["b"]
        return v["a"] * y + first * power * x ** (power - 1), v["a"] * x + second * y.exp()

    x, y = draw(3), draw(3, seed=1)
    assert check_vjp(f, claimed, x, y, power=3)
    assert not check_vjp(f, lambda v, x, y, power: claimed(v, x, y, power=2), x, y, power=3)


def test_vjp_of_complex_outputs() -> None:
    """For complex outputs the product is that of torch, with the real inner product."""
    z = torch.randn(3, dtype=torch.complex128, generator=torch.Generator().manual_seed(0))
    z.requires_grad_()
    assert check_vjp(lambda z: z**2, lambda v, z: v * 2 * z.conj(), z)
    assert not check_vjp(lambda z: z**2, lambda v, z: v * 2 * z, z)


def test_jvp() -> None:
    """A tangent map is checked along a random direction, for one input and for two."""
    assert check_jvp(torch.exp, lambda u, x: u * x.exp(), draw(3))
    report = check_jvp(torch.exp, lambda u, x: u * x.exp() * (1 + 1e-6), draw(3))
    assert report.verdict.startswith("The claimed Jacobian-vector product does not hold: ")
    assert {c.input for c in report.comparisons} == {"t"}
    X, Y = draw(2, 3), draw(3, 2, seed=1)
    assert check_jvp(torch.matmul, lambda U, V, X, Y: U @ Y + X @ V, X, Y)
    assert not check_jvp(torch.matmul, lambda U, V, X, Y: U @ Y, X, Y)
    assert check_jvp(torch.matmul, lambda U, X, Y: U @ Y, X, Y.detach())


def test_jacobian() -> None:
    """A Jacobian has the shape of what f returns and then that of the input."""
    A, x = draw(3, 4).detach(), draw(4, seed=1)
    assert check_jacobian(lambda x: A @ x, A, x)
    assert check_jacobian(lambda x: (A @ x).sin(), lambda x: (A @ x).cos()[:, None] * A, x)
    report = check_jacobian(lambda x: x.cumsum(0), torch.ones(4, 4).triu(), x)
    assert report.diagnoses[0].name == "transpose"
    assert "The claimed Jacobian for x is the transpose" in report.diagnoses[0].sentence
    X = draw(2, 3)
    report = check_jacobian(lambda X: X.mT, torch.zeros(3, 2, 2, 3), X)
    assert not report.holds
    with pytest.raises(TypeError, match=r"^f returned nothing; expected tensors$"):
        check_vjp(lambda _: (), lambda x, _: x, draw(3))
    with pytest.raises(TypeError, match="f returned a tuple; expected one array"):
        check_jacobian(lambda x: (x, x), A, x)


def test_jacobian_of_complex_numbers_is_refused() -> None:
    """Complex outputs are to be given as their two parts."""
    with pytest.raises(TypeError, match="complex numbers; give its real and imaginary part"):
        check_jacobian(lambda x: x * 1j, lambda x: x, draw(2))


class Squared(torch.autograd.Function):
    """A square whose rule is for reverse mode alone."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        """Return the squares."""
        ctx.save_for_backward(x)
        return x**2

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Tensor:
        """Return the gradient."""
        (x,) = ctx.saved_tensors
        slope: Tensor = 2 * x * gradients[0]
        return slope


def test_jacobian_with_many_outputs() -> None:
    """Forty rows of two columns are found column by column, or row by row where a rule is missing."""
    A = draw(40, 2).detach()

    def slopes(x: Tensor) -> Tensor:
        return (1 - torch.tanh(A @ x) ** 2)[:, None] * A

    assert check_jacobian(lambda x: torch.tanh(A @ x), slopes, draw(2))
    report = check_jacobian(lambda x: torch.tanh(A @ x), lambda x: 2 * slopes(x), draw(2))
    assert report.diagnoses[0].sentence == "The claimed Jacobian for x is 2 times the right one."
    both = check_jacobian(
        lambda x, y: A @ x + 0 * y.sum(), lambda *_: (A, torch.zeros(40, 3)), draw(2), draw(3)
    )
    assert both.holds
    assert check_jacobian(
        lambda x: Squared.apply(A @ x),  # type: ignore[no-untyped-call]
        lambda x: 2 * (A @ x)[:, None] * A,
        draw(2),
    )


def test_a_jacobian_of_one_number() -> None:
    """A plain number stands for a Jacobian or a Hessian with one entry."""
    for shape in ((), (1,)):
        x = torch.full(shape, 3.0, dtype=torch.float64, requires_grad=True)
        assert check_jacobian(lambda x: x**2, 6.0, x)
        assert check_hessian(lambda x: (x**3).sum(), 18, x)
        assert not check_hessian(lambda x: (x**3).sum(), 17.9, x)


def test_a_hessian_needs_a_gradient() -> None:
    """Where autograd misses a part of f, its gradient is not confirmed, and no Hessian is looked at."""
    report = check_hessian(
        lambda x: square(x) + x[0].detach() ** 3, lambda x: 2 * torch.eye(len(x)), draw(3)
    )
    assert report.outcome == "not checked"
    assert report.noun == "gradient"


def test_jacobian_with_more_outputs_than_inputs() -> None:
    """Forward mode is asked where there are many outputs, and reverse mode where it has no rule."""
    t = torch.linspace(0, 1, 40, dtype=torch.float64)
    a = draw(2)

    def claimed(a: Tensor) -> Tensor:
        return torch.stack([(a[1] * t).sin(), a[0] * t * (a[1] * t).cos()], 1)

    assert check_jacobian(lambda a: a[0] * (a[1] * t).sin(), claimed, a)
    assert not check_jacobian(lambda a: a[0] * (a[1] * t).sin(), lambda a: claimed(a).flip(1), a)

    class Wave(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, a: Tensor) -> Tensor:
            ctx.save_for_backward(a)
            return a[0] * (a[1] * t).sin()

        @staticmethod
        def backward(ctx: Any, *v: Tensor) -> Tensor:
            (a,) = ctx.saved_tensors
            slope = torch.stack([(a[1] * t).sin(), a[0] * t * (a[1] * t).cos()], 1)
            return v[0] @ slope

    assert check_jacobian(Wave.apply, claimed, a)


def test_hessian() -> None:
    """A Hessian is checked against that of autograd and differences of the gradient."""
    A = draw(3, 3).detach()
    assert check_hessian(lambda x: x @ A @ x / 2, (A + A.mT) / 2, draw(3))
    assert not check_hessian(lambda x: x @ A @ x / 2, A, draw(3))
    assert check_hessian(
        lambda x: x.logsumexp(0), lambda x: (p := x.softmax(0)).diag() - p.outer(p), draw(4)
    )
    assert not check_hessian(lambda x: x.logsumexp(0), lambda x: x.softmax(0).diag(), draw(4))
    with pytest.raises(ValueError, match="a Hessian has one input; x, y are to be"):
        check_hessian(lambda x, y: x @ y, A, draw(3), draw(3))


class Cube(torch.autograd.Function):
    """The sum of cubes, with a backward pass that cannot be differentiated rightly."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        """Return the sum of cubes."""
        ctx.save_for_backward(x)
        return (x**3).sum()

    @staticmethod
    def backward(ctx: Any, *v: Tensor) -> Any:
        """Return the gradient, detached from its input."""
        (x,) = ctx.saved_tensors
        value: Tensor = v[0] * 3 * x.detach() ** 2
        return value


def test_second_order() -> None:
    """The gradient of a claimed gradient is checked too, and of what autograd says of f."""
    assert check_gradient(lambda x: (x**3).sum(), lambda x: 3 * x**2, draw(3), order=2)
    report = check_gradient(lambda x: (x**3).sum(), lambda x: 3 * x.detach() ** 2, draw(3), order=2)
    assert report.outcome == "does not hold"
    assert [c.holds for c in report.comparisons] == [True, True, False, False]
    assert report.comparisons[-1].input == "x, order 2"
    report = check_gradient(Cube.apply, lambda x: 3 * x**2, draw(3), order=2)
    assert not report.holds
    x, y = draw(3), draw(3, seed=1)
    assert check_gradient(
        lambda x, y: (x * y**2).sum(), lambda x, y: (y**2, 2 * x * y), x, y, order=2
    )
    with pytest.raises(ValueError, match="order is 3"):
        check_gradient(square, lambda x: 2 * x, draw(3), order=3)


def test_vjp_of_a_layer() -> None:
    """A convolution's backward pass by the transposed convolution holds, and a flipped one not."""
    x, w = draw(1, 2, 8), draw(3, 2, 3, seed=1)
    f = lambda x, w: F.conv1d(x, w, padding=1)

    def claimed(v: Tensor, x: Tensor, w: Tensor) -> tuple[Tensor, Tensor]:
        by_weight = F.conv1d(x.transpose(0, 1), v.transpose(0, 1), padding=1).transpose(0, 1)
        return F.conv_transpose1d(v, w, padding=1), by_weight

    assert check_vjp(f, claimed, x, w)
    assert not check_vjp(
        f, lambda v, x, w: (claimed(v, x, w.flip(2))[0], claimed(v, x, w)[1]), x, w
    )


def test_second_derivative_of_a_constant() -> None:
    """What depends on nothing has a Hessian of zeros, and the gradient of its gradient is zero."""
    constant = lambda x: 0 * x.detach().sum()
    assert check_hessian(constant, torch.zeros(3, 3), draw(3)).holds
    assert not check_hessian(constant, torch.eye(3), draw(3))
    assert check_gradient(constant, torch.zeros_like, draw(3), order=2).holds


x, X = draw(3), np.ones(3)


@pytest.mark.parametrize(
    ("check", "told"),
    [
        (lambda: check_jacobian(lambda x: x / 0, double, x), "f is not finite for x of shape (3,); expected a finite value: is the point outside the domain of f?"),
        (lambda: check_gradient(square, double, X, order=2), "order 2 needs tensors of torch, and a claim that is a function of them"),
        (lambda: check_gradient(square, 2 * x, x, order=2), "order 2 needs tensors of torch, and a claim that is a function of them"),
        (lambda: check_gradient(lambda _: object(), double, X), "f returned an object; expected a number or an array"),
        (lambda: check_gradient(lambda _: "one", double, X), "f returned a str; expected a number or an array"),
        (lambda: check_gradient(lambda _: None, double, X), "f returned a NoneType; expected a number or an array"),
        (lambda: check_gradient(lambda _: np.array(["a"]), double, X), "f returned an ndarray; expected a number or an array"),
        (lambda: check_gradient(lambda _: np.int64(3), double, X), "f returned torch.int64; expected a real number, best in float64"),
        (lambda: check_gradient(lambda a, b: 1 / 0, double, x, draw(2)), "f raised ZeroDivisionError for a of shape (3,), b of shape (2,): division by zero"),
        (
            lambda: check_gradient(lambda a, k, b: a, double, X.astype(int), torch.ones(2), torch.ones(2).bool()),
            "no input requires a gradient; mark those to differentiate with x.requires_grad_(); b is of type torch.bool, convert it with b.double()",
        ),
        (lambda: check_jvp(torch.exp, double, X), "the inputs are arrays of NumPy; expected tensors of torch"),
        (lambda: check_hessian(torch.exp, double, X), "the inputs are arrays of NumPy; expected tensors of torch"),
        (lambda: check_vjp(lambda _: None, double, x), "f returned a NoneType; expected tensors"),
        (lambda: check_vjp(lambda x: x.tolist(), double, x), "f returned a float; expected tensors"),
        (lambda: check_vjp(lambda x: [x.long()], double, x), "f returned torch.int64; expected a real number, best in float64"),
        (lambda: check_jacobian(lambda x: {"a": x}, double, x), "f returned a dict; expected one array"),
        (lambda: check_jacobian(lambda _: 1.0, double, x), "f returned a float; expected one array"),
        (lambda: check_jvp(lambda x: x + 1j, double, x), "f returned complex numbers; give its real and imaginary part one by one"),
        (
            lambda: check_hessian(lambda a, b: a @ b, double, x, draw(3)),
            "a Hessian has one input; a, b are to be differentiated (see wrt)",
        ),
    ],
)  # fmt: skip
def test_what_has_no_derivative_is_told(check: Callable[[], Any], told: str) -> None:
    """Each refusal says what was found and what was expected."""
    with pytest.raises((TypeError, ValueError), match=f"^{re.escape(told)}$"):
        check()


class Counted(torch.autograd.Function):
    """The products of a matrix with a vector, with rules for both modes that count their calls."""

    calls: ClassVar[list[str]] = []

    @staticmethod
    def forward(ctx: Any, A: Tensor, x: Tensor) -> Tensor:
        """Return the product."""
        ctx.A = A
        return A @ x

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Any:
        """Return the gradient."""
        Counted.calls.append("backward")
        return None, gradients[0] @ ctx.A

    @staticmethod
    def jvp(ctx: Any, *tangents: Any) -> Any:
        """Return the derivative along a direction."""
        Counted.calls.append("forward")
        return ctx.A @ tangents[1]


@pytest.mark.parametrize(
    ("outputs", "inputs", "mode", "calls"),
    [(16, 2, "backward", 16), (17, 2, "forward", 2), (20, 20, "backward", 20), (21, 20, "forward", 20)],
)  # fmt: skip
def test_mode_with_fewer_passes(outputs: int, inputs: int, mode: str, calls: int) -> None:
    """Beyond sixteen outputs, and more of them than inputs, there is a pass for each input."""
    A = draw(outputs, inputs).detach()
    Counted.calls.clear()
    f = lambda x: Counted.apply(A, x)  # type: ignore[no-untyped-call]
    place = Inputs.of(f, (draw(inputs),), several=True)
    value, (slopes,) = place.slopes(f)
    assert slopes is not None
    assert torch.allclose(slopes, A)
    assert torch.allclose(value, A @ draw(inputs))
    assert Counted.calls == [mode] * calls


def test_many_outputs_of_complex_numbers_and_of_a_module() -> None:
    """What has no forward mode here is differentiated in reverse: complex inputs, parameters of a module."""
    A = draw(40, 2).detach()
    z = torch.tensor([1 + 2j, 3 - 1j], dtype=torch.complex128, requires_grad=True)
    f = lambda z: A @ z.imag + A @ z.real**2
    assert check_jacobian(f, lambda z: A * (2 * z.real + 1j), z)
    net = torch.nn.Linear(2, 1, bias=False).double()
    assert check_jacobian(lambda net: net(A)[:, 0], lambda _: {"weight": A[:, None]}, net)


def test_vector_is_drawn_by_its_seed() -> None:
    """The incoming gradient and the direction are the same each time, and others with another seed."""
    drawn: list[Tensor] = []

    def backward(v: Tensor, x: Tensor) -> Tensor:
        drawn.append(v)
        return v * x.exp()

    vectors: list[Tensor] = []
    for check in (check_vjp, check_jvp):
        for options in ({}, {"seed": 0}, {"seed": 1}):
            drawn.clear()
            assert check(torch.exp, backward, draw(3), **options)  # type: ignore[arg-type]
            assert all(torch.equal(v, drawn[0]) for v in drawn)
            vectors.append(drawn[0])
        default, first, second = vectors[-3:]
        assert torch.equal(default, first)
        assert not torch.equal(first, second)
    normal = torch.randn(3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    assert torch.equal(vectors[0], normal)


def wave(x: Tensor) -> Tensor:
    """Return a fast wave."""
    return (1e3 * x).sin()


def slope(x: Tensor) -> Tensor:
    """Return its derivative."""
    return 1e3 * (1e3 * x).cos()


CHECKS: dict[str, Callable[..., Any]] = {
    "vjp": lambda k, **options: check_vjp(wave, lambda v, x: k * v * slope(x), draw(3), **options),
    "jvp": lambda k, **options: check_jvp(wave, lambda u, x: k * u * slope(x), draw(3), **options),
    "jacobian": lambda k, **options: check_jacobian(
        wave, lambda x: k * slope(x).diag(), draw(3), **options
    ),
    "hessian": lambda k, **options: check_hessian(
        lambda x: -wave(x).sum() / 1e6, lambda x: k * wave(x).diag(), draw(3), **options
    ),
}


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_settings_of_the_caller(check: Callable[..., Any]) -> None:
    """A step and a tolerance are those of the caller in every check."""
    assert check(1).holds
    assert check(1.001).outcome == "does not hold"
    assert check(1.001, tolerance=Tolerance(1e-2, 1e-2)).holds
    report = check(1, step=0.1)
    assert report.outcome == "not checked"
    assert any("The step of the difference was given" in note for note in report.notes)


def test_directions_of_a_product() -> None:
    """A backward pass of many entries may be held along a few directions."""
    report = CHECKS["vjp"](1, directions=2)
    assert ["along 2 random directions in x" in note for note in report.notes] == [True]


def test_hessian_by_a_keyword() -> None:
    """The input of a Hessian may be a keyword, beside constants."""
    f = lambda a, *, b: (a * b**3).sum()
    assert check_hessian(f, lambda a, *, b: (6 * a * b).diag(), draw(3).detach(), b=draw(3, seed=1))


def test_second_order_of_all_kinds_of_arguments() -> None:
    """Keywords are differentiated twice too, numbers and constants are passed on, and settings hold."""
    x, c, y = draw(3), draw(3, seed=1).detach(), draw(2, seed=2)
    f = lambda x, k, c, *, y: (c * x**k).sum() * y.sum() ** 2

    def claimed(x: Tensor, k: int, c: Tensor, *, y: Tensor) -> tuple[Tensor, Tensor]:
        total = (c * x**k).sum()
        return k * c * x ** (k - 1) * y.sum() ** 2, 2 * total * y.sum() * torch.ones_like(y)

    report = check_gradient(f, claimed, x, 3, c, y=y, order=2)
    assert report.holds
    names = ["x", "y", "x, order 2", "y, order 2"]
    assert [c.input for c in report.comparisons[::2]] == names
    assert [part.input for part in report.findings] == names
    fixed = lambda x, k, c, *, y: tuple(g.detach() for g in claimed(x, k, c, y=y))
    report = check_gradient(f, fixed, x, 3, c, y=y, order=2)
    assert [c.holds for c in report.comparisons] == [True] * 4 + [False] * 4
    assert report.verdict.startswith(
        "The claimed gradient does not hold for x, order 2 and y, order 2, and holds for x and y: "
    )
    loose = Tolerance(1e-2, 1e-2)
    near = lambda x, k, c, *, y: tuple(1.001 * g for g in claimed(x, k, c, y=y))
    assert check_gradient(f, near, x, 3, c, y=y, order=2, tolerance=loose).holds
    assert not check_gradient(f, near, x, 3, c, y=y, order=2)
