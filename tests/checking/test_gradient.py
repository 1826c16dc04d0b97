"""A claim that holds is accepted, and any other is refused."""

import math
import re
from collections.abc import Callable
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.checking.witnesses import Tolerance
from support import double, draw, number, only_note, square

TORCH_TYPES = [torch.float64, torch.float32, torch.complex128, torch.complex64]


# What is accepted


@pytest.mark.parametrize("dtype", TORCH_TYPES)
@pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 3), (2, 1, 3)])
def test_right_gradient_holds(dtype: torch.dtype, shape: tuple[int, ...]) -> None:
    """The gradient of a sum of squares holds in every type and shape."""
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(shape, generator=generator, dtype=dtype).requires_grad_()
    report = check_gradient(square, double, x)
    assert report.holds
    assert report.witnesses_agree
    assert report.notes == ()
    assert not check_gradient(square, lambda x: 2.02 * x, x)


def test_complex_gradient_is_the_one_of_torch() -> None:
    """For a complex input the gradient is df/da + i df/db, and its conjugate is refused."""
    z = torch.randn(3, dtype=torch.complex128, generator=torch.Generator().manual_seed(0))
    z.requires_grad_()
    assert check_gradient(lambda z: (z**3).real.sum(), lambda z: 3 * z.conj() ** 2, z)
    assert not check_gradient(lambda z: (z**3).real.sum(), lambda z: 3 * z**2, z)


def test_complex_view_is_accepted() -> None:
    """A tensor that torch conjugates lazily is an input like any other."""
    z = torch.tensor([1 + 2j, 3 - 1j], dtype=torch.complex128).conj().requires_grad_()
    assert check_gradient(square, double, z)


@pytest.mark.parametrize("n", [3, 3000])
def test_gradient_that_is_conjugated_lazily(n: int) -> None:
    """A gradient of which torch has not carried out the conjugation is a gradient like any other."""
    z = torch.randn(n, dtype=torch.complex128, generator=torch.Generator().manual_seed(0))
    z.requires_grad_()

    assert check_gradient(lambda z: square(z.conj()), lambda z: 2 * z.conj().conj(), z)
    assert check_gradient(lambda z: square(z.conj()), lambda z: (2 * z.conj()).conj(), z)
    assert not check_gradient(lambda z: square(z.conj()), lambda z: 2 * z.conj(), z)


def test_claim_may_be_a_function_a_tensor_or_a_sequence() -> None:
    """The claim is accepted in each of the forms in which people have it."""
    x, y = draw(3), draw(3, seed=1)
    assert check_gradient(square, 2 * x, x)
    assert check_gradient(square, [2 * x], x)
    assert check_gradient(torch.dot, (y, x), x, y)
    assert check_gradient(torch.dot, lambda x, y: [y, x], x, y)


@pytest.mark.parametrize("shape", [(), (1,)])
def test_claim_for_a_single_element_may_be_a_number(shape: tuple[int, ...]) -> None:
    """A float or an int stands for the gradient of an input with one element."""
    x = torch.full(shape, 3.0, dtype=torch.float64, requires_grad=True)
    assert check_gradient(lambda x: x**2, 6, x)
    assert check_gradient(lambda x: x**2, lambda x: 2 * x.item(), x)
    assert not check_gradient(lambda x: x**2, 6.01, x)


def test_claim_for_a_complex_element_may_be_a_number() -> None:
    """A complex number stands for the gradient of a complex input, and of no real one."""
    z = torch.tensor(1 + 2j, dtype=torch.complex128, requires_grad=True)
    assert check_gradient(lambda z: (z * z.conj()).real, 2 + 4j, z)
    x = torch.tensor(3.0, dtype=torch.float64, requires_grad=True)
    with pytest.raises(TypeError, match="the claimed gradient for x is a complex"):
        check_gradient(lambda x: x**2, 6 + 0j, x)


def test_claim_may_use_autograd() -> None:
    """A claim that differentiates by itself is called with gradients enabled."""
    x = draw(3)
    assert check_gradient(square, lambda x: torch.autograd.grad(square(x), x)[0], x)
    assert check_gradient(square, torch.func.grad(square), x)


def test_function_may_use_autograd() -> None:
    """A function that is itself a gradient can be differentiated again."""

    def f(x: Tensor) -> Tensor:
        return torch.autograd.grad((x**3).sum(), x, create_graph=True)[0].sum()

    assert check_gradient(f, lambda x: 6 * x, draw(3))


def test_inputs_without_gradient_are_constants() -> None:
    """Only inputs that require a gradient are differentiated and reported."""
    x, y = draw(3), draw(3, seed=1).detach()
    report = check_gradient(torch.dot, lambda _, y: y, x, y)
    assert report
    assert [c.witness for c in report.comparisons] == ["autograd", "central differences"]


@settings(deadline=None)  # the first call warms torch up
@given(
    seed=st.integers(0, 2**32),
    n=st.integers(1, 5),
    error=st.sampled_from([-1.0, -1e-3, -1e-5, 1e-5, 1e-3, 1.0]),
)
def test_relative_error_is_found_and_measured(seed: int, n: int, error: float) -> None:
    """A relative error in any gradient is refused, and its size is reported."""
    A = draw(n, n, seed=seed).detach()

    def f(x: Tensor) -> Tensor:
        return x @ A @ x

    def gradient(x: Tensor) -> Tensor:
        return (A + A.mT) @ x

    x = draw(n, seed=seed + 1)
    assert check_gradient(f, gradient, x)
    report = check_gradient(f, lambda x: (1 + error) * gradient(x), x)
    assert not report
    assert report.comparisons[0].relative == pytest.approx(abs(error), rel=1e-6)


def test_missing_transpose_is_refused() -> None:
    """The gradient of x'Ax is (A + A')x, not 2Ax."""
    A, x = draw(4, 4).detach(), draw(4, seed=1)
    assert not check_gradient(lambda x: x @ A @ x, lambda x: 2 * A @ x, x)


def test_tolerance_can_be_set() -> None:
    """A tolerance of the caller's own replaces the one for the type."""
    x = draw(3)
    loose = Tolerance(autograd=1e-2, differences=1e-2)
    assert check_gradient(square, lambda x: 2.002 * x, x, tolerance=loose)
    assert not check_gradient(square, lambda x: 2.2 * x, x, tolerance=loose)


# What is refused with a note


def test_tolerance_that_is_a_number_is_refused() -> None:
    """There are two tolerances, and the message names both."""
    x = torch.ones(2, dtype=torch.float64, requires_grad=True)
    with pytest.raises(TypeError, match=r"tolerance is a float; expected Tolerance\(autograd"):
        check_gradient(torch.sum, torch.ones_like, x, tolerance=1e-6)  # type: ignore[arg-type]


def test_wrong_shape_is_refused_with_both_shapes() -> None:
    """A claim of the wrong shape gets a verdict that names the shape and the expected one."""
    note = only_note(check_gradient(square, lambda x: 2 * x.mT, draw(2, 3)))
    assert note == ("The claimed gradient for x has shape (3, 2); expected (2, 3), the shape of x.")


def test_shape_that_would_broadcast_is_refused() -> None:
    """A claim that equals the gradient only after broadcasting has the wrong shape."""
    assert "has shape (1,); expected (3,)" in only_note(
        check_gradient(lambda x: x.sum(), torch.ones(1), draw(3))
    )


@pytest.mark.parametrize("bad", [torch.nan, torch.inf])
def test_claim_that_is_not_finite_is_refused(bad: float) -> None:
    """A claim with a NaN or an infinity gets a verdict that says so."""
    claimed = torch.tensor([0.0, bad, 0.0])
    note = only_note(check_gradient(square, claimed, draw(3)))
    assert note == "The claimed gradient for x has entries that are NaN or infinite."


def test_ignored_input_has_gradient_zero() -> None:
    """An input that f ignores is noted; a claim of zero holds and any other does not."""
    x, y = draw(3), draw(2, seed=1)

    def f(x: Tensor, y: Tensor) -> Tensor:  # noqa: ARG001
        return square(x)

    right = check_gradient(f, lambda x, y: (2 * x, 0 * y), x, y)
    assert right.holds
    assert right.notes == ("f ignores y: autograd finds no path to it, so its gradient is zero.",)
    assert not check_gradient(f, lambda x, y: (2 * x, y), x, y)


def test_constant_function_ignores_its_input() -> None:
    """A result that depends on nothing has gradient zero, and the report says why."""
    report = check_gradient(lambda _: torch.ones(()), torch.zeros(3), draw(3))
    assert report.holds
    assert len(report.notes) == 1


@pytest.mark.parametrize(
    "f",
    [
        lambda x: torch.tensor(square(x).item(), dtype=torch.float64),
        lambda x: square(x).detach(),
        lambda x: square(x.detach()),
        lambda x: x.detach().dot(x),
        torch.no_grad()(square),
        lambda x: torch.from_numpy(x.detach().numpy()).square().sum(),
    ],
    ids=["item", "detach result", "detach input", "detach part", "no_grad", "numpy"],
)
def test_result_cut_off_from_autograd(f: Callable[[Tensor], Tensor]) -> None:
    """Where autograd cannot see what f does, the witnesses disagree and no claim holds."""
    for claimed in (double, torch.zeros_like):
        report = check_gradient(f, claimed, draw(3))
        assert not report.witnesses_agree
        note = only_note(report)
        assert "Autograd and central differences disagree about x" in note
        assert report.diagnoses[0].name == "cut off"
        assert ".detach()" in report.diagnoses[0].sentence
        assert "not confirmed" in report.verdict


@pytest.mark.parametrize("slope", [0.0, 0.5, 1.0])
def test_kink(slope: float) -> None:
    """At a kink no claim holds, not even one of the slopes."""
    report = check_gradient(lambda x: x.relu(), slope, number(0.0))
    assert report.outcome == "not checked"
    assert not report.smooth
    assert report.diagnoses[0].name == "kink"


def test_tolerance_does_not_hide_a_kink() -> None:
    """A kink stands in the way even where the claim is close enough to each witness."""
    loose = Tolerance(autograd=2.0, differences=0.4)
    x = torch.tensor([0.0, 1.0], dtype=torch.float64, requires_grad=True)
    report = check_gradient(lambda x: x.relu().sum(), torch.tensor([0.0, 1.0]), x, tolerance=loose)
    assert all(c.holds for c in report.comparisons)
    assert not report.holds


POINT = draw(3)
HALVES, NONE, BROKEN = torch.ones(3).half(), torch.ones(0, 3), torch.tensor([1.0, math.nan])
PAIR = {"a": draw(3), "b": draw(3)}


@pytest.mark.parametrize(
    ("f", "claimed", "inputs", "told"),
    [
        (square, double, (HALVES,), "x is of type torch.float16, too coarse to check; expected float64"),
        (square, double, (NONE,), "x has shape (0, 3) and no entries; expected at least one"),
        (square, double, (BROKEN,), "x has entries that are NaN or infinite; expected finite numbers"),
        (
            lambda x: (x / 0).sum(),
            double,
            (POINT,),
            "f is nan for x of shape (3,); expected a finite value: is the point outside the domain of f?",
        ),
        (square(POINT), double, (POINT,), "f is a Tensor; expected the function, not its value"),
        (
            lambda x: x,
            double,
            (POINT,),
            ("f returned a tensor of shape (3,); expected one element, as only a single number has a gradient "
            "(take a sum, a norm or one entry, or ask check_vjp, check_jvp or check_jacobian)"),
        ),
        (
            lambda x: x.sum().item(),
            double,
            (POINT,),
            "f returned a float; expected a tensor with one element (without .item() or a conversion to a number)",
        ),
        (lambda x: x.sum().long(), double, (POINT,), "f returned torch.int64; expected a real number, best in float64"),
        (
            lambda x: x.mul_(2).sum(),
            double,
            (POINT,),
            "f changes x in place; it must leave its inputs as they are (let it work on x.clone())",
        ),
        (
            lambda p: p["a"].dot(p["b"]),
            {"a": torch.ones(3)},
            (PAIR,),
            "a part of the claim is a dictionary with the keys 'a'; expected one with the keys 'a', 'b'",
        ),
        (
            lambda p, x: p["a"].dot(p["b"]) + x.sum(),
            ([torch.ones(3)], torch.ones(3)),
            (PAIR, POINT),
            "a part of the claim is a list of 1; expected one with the keys 'a', 'b'",
        ),
        (
            lambda p, x: p[0].dot(p[1]) + x.sum(),
            ([torch.ones(3)], torch.ones(3)),
            (list(PAIR.values()), POINT),
            "a part of the claim is a list of 1; expected 2 gradients in a list",
        ),
        (
            lambda a, b: a.dot(b),
            [torch.ones(3)],
            tuple(PAIR.values()),
            "the number of claimed gradients is 1; expected 2, one for each input that requires a gradient (a, b)",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_cannot_be_checked_is_told_with_what_can(
    f: Any, claimed: Any, inputs: tuple[Any, ...], told: str
) -> None:
    """Each refusal is one sentence: what was found, and what was expected."""
    inputs = tuple(x.requires_grad_() if isinstance(x, Tensor) else x for x in inputs)
    with pytest.raises((TypeError, ValueError), match=rf"^{re.escape(told)}$"):
        check_gradient(f, claimed, *inputs)
