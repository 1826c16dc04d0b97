"""Difference quotients have the errors that are stated, along any directions at once."""

from functools import partial

import pytest
import torch
from torch import Tensor

from autodiff_notes.evaluation.differences import (
    STENCILS,
    can_be_batched,
    coordinates,
    from_coordinates,
    quotient,
    slopes,
    step_for,
    values_around,
)
from support import draw

UNIT = torch.ones(1, dtype=torch.float64)
ONE = torch.ones((), dtype=torch.float64)


@pytest.mark.parametrize(
    ("order", "error"), [(2, lambda h: h**2 / 6), (4, lambda h: -(h**4) / 30)], ids=["2", "4"]
)
def test_truncation_is_as_stated(order: int, error: object) -> None:
    """For exp, all of whose derivatives are exp, the first term of the error is known."""
    for step in (0.1, 0.05):
        off = slopes(torch.exp, ONE, UNIT, step=step, order=order) / torch.e - 1
        assert off.item() == pytest.approx(error(step), rel=0.01)  # type: ignore[operator]


@pytest.mark.parametrize("order", STENCILS)
def test_polynomials_up_to_the_order_are_exact(order: int) -> None:
    """Truncation begins with a derivative of one more than the order."""
    for power in range(order + 1):
        found = slopes(partial(torch.pow, exponent=power), 2 * ONE, UNIT, step=0.5, order=order)
        torch.testing.assert_close(found, power * (2 * UNIT) ** (power - 1))
    off = slopes(lambda x: x ** (order + 1), 2 * ONE, UNIT, step=0.5, order=order)
    assert not torch.allclose(off, (order + 1) * (2 * UNIT) ** order)


@pytest.mark.parametrize("order", STENCILS)
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_step_balances_rounding_and_truncation(order: int, dtype: torch.dtype) -> None:
    """Neither a step ten times as large nor one ten times as small does better."""
    x = torch.linspace(0.5, 2, 50, dtype=dtype)
    units, exact = torch.eye(50, dtype=dtype), x.cos()

    def worst(step: float) -> float:
        found = slopes(lambda x: x.sin().sum(), x, units, step=step, order=order)
        return (found - exact).abs().max().item()

    best = worst(step_for(dtype, order))
    assert best < 2 * worst(10 * step_for(dtype, order))
    assert best < 2 * worst(step_for(dtype, order) / 10)


@pytest.mark.parametrize("order", STENCILS)
def test_slopes_along_directions(order: int) -> None:
    """The slopes of a function with vectors as values are its Jacobian times the directions."""
    A, x, V = draw(4, 3).detach(), draw(3, seed=1).detach(), draw(5, 3, seed=2).detach()

    def f(x: Tensor) -> Tensor:
        return torch.tanh(A @ x)

    jacobian = torch.func.jacrev(f)(x)
    step = step_for(torch.float64, order)
    found = [slopes(f, x, V, step=step, order=order, batched=b) for b in (True, False)]
    for each in found:
        torch.testing.assert_close(each, jacobian @ V.mT, rtol=1e-7, atol=1e-7)


def test_one_set_of_values_serves_both_orders() -> None:
    """Quotients of two steps come from the same values, and differ by their truncation."""
    values = values_around(torch.exp, ONE, UNIT, step=0.1, reach=2)
    near, far = quotient(values[:1], 0.1, order=2), quotient(values[1:], 0.2, order=2)
    torch.testing.assert_close(near, slopes(torch.exp, ONE, UNIT, step=0.1, order=2))
    torch.testing.assert_close(far, slopes(torch.exp, ONE, UNIT, step=0.2, order=2))
    torch.testing.assert_close((4 * near - far) / 3, quotient(values, 0.1, order=4))


def test_what_torch_cannot_batch_is_told() -> None:
    """A function that asks for a number of Python is evaluated point by point."""
    x = draw(3).detach()
    assert can_be_batched(lambda x: x.sum(), x)
    assert not can_be_batched(lambda x: x * x.sum().item(), x)


@pytest.mark.parametrize("dtype", [torch.float64, torch.complex64])
def test_coordinates_can_be_undone(dtype: torch.dtype) -> None:
    """A complex entry has two real coordinates, and rows of coordinates become tensors again."""
    x = torch.randn(2, 3, 4, dtype=dtype, generator=torch.Generator().manual_seed(0))
    rows = coordinates(x, 1)
    assert rows.shape == (2, 12 * (2 if dtype.is_complex else 1))
    assert not rows.is_complex()
    assert torch.equal(from_coordinates(rows, x[0]), x)
    assert coordinates(x[0, 0, 0]).shape == (2 if dtype.is_complex else 1,)


def test_slope_of_a_complex_variable() -> None:
    """Along each real coordinate the slope is a real number."""
    z = torch.tensor([1 + 2j, 3 - 1j], dtype=torch.complex128)
    units = from_coordinates(torch.eye(4, dtype=torch.float64), z)
    found = slopes(lambda z: (z.abs() ** 2).sum(), z, units, step=1e-3)
    torch.testing.assert_close(found, coordinates(2 * z))
