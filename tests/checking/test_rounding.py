"""Rounding is measured: that of f, of its gradient, of a claim beside it, and of autograd itself."""

import pytest
import torch
from torch import Tensor

from autodiff_notes.checking.claim import Claim
from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.checking.inputs import Inputs
from autodiff_notes.checking.rounding import SAFETY, Rounding
from checking.functions import random_function
from support import draw

EPS = torch.finfo(torch.float64).eps


def measured(f: object, claimed: object, x: Tensor, count: int = 3) -> Rounding:
    """Return the rounding of a claim."""
    return Rounding.measured(Claim(f, claimed, Inputs.of(f, (x,))), count=count)  # type: ignore[arg-type]


def test_cancellation_is_seen_in_the_value() -> None:
    """The value of a sum that cancels is uncertain by the rounding of its parts."""

    def f(x: Tensor) -> Tensor:
        return (1e8 * x).sum() - (1e8 * x.flip(0)).sum() + x.sum()

    found = measured(f, torch.ones_like, draw(5))
    assert found.value.item() > 1e6 * EPS
    assert measured(torch.sum, torch.ones_like, draw(5)).value.item() < 1e2 * EPS


def test_without_neighbours_f_alone_is_called() -> None:
    """A large claim costs no gradient beyond the first, as long as nothing has to be excused."""
    calls = []

    def claimed(x: Tensor) -> Tensor:
        calls.append(1)
        return x.cos()

    found = measured(lambda x: x.sin().sum(), claimed, draw(5), count=0)
    assert (found.count, calls, found.numbers) == (0, [], [])
    assert found.value.item() > 0
    found.look(2)
    assert found.count == 2
    assert len(calls) == 3
    assert bool((found.gradients[0] > 0).any())


def test_neighbours_are_the_next_numbers() -> None:
    """However many are looked at, each is one or two last digits away, so that no slope counts as rounding."""
    x = draw(5)
    found = measured(lambda x: x.square().sum() / 2, torch.clone, x, count=16)
    assert bool((found.gradients[0] <= 2 * SAFETY * EPS * x.abs()).all())
    assert bool((found.gradients[0] > 0).all())


def test_claim_that_cancels_moves_otherwise_than_autograd() -> None:
    """What a claim loses shows in its difference from autograd at the next numbers."""
    exact = measured(lambda x: x.exp().sum(), torch.exp, draw(5))
    assert exact.differences is not None
    assert bool((exact.differences[0] < 1e3 * EPS * draw(5).exp()).all())

    def cancels(x: Tensor) -> Tensor:
        return (1e8 + x.exp()) - 1e8

    found = measured(lambda x: x.exp().sum(), cancels, draw(5))
    before = found.gradients[0]
    found.look(8, further=True)  # its digits are wider than those of the point
    assert found.differences is not None
    assert bool((found.differences[0] > 1e5 * EPS).all())
    assert torch.equal(found.gradients[0], before)


@pytest.mark.parametrize("seed", [2866, 2946, 6268])
def test_digits_that_autograd_lost_are_no_fault_of_a_claim(seed: int) -> None:
    """Where a sigmoid saturates or a mean cancels, shaking the backward pass shows what it lost."""
    f = random_function(seed)
    assert f is not None
    x = f.x.clone().requires_grad_()
    claim = Claim(f, f.gradient, Inputs.of(f, (x,)))
    found = Rounding.measured(claim, count=8)
    found.shake(8)
    assert found.shaken is not None
    gap = (f.gradient(f.x) - claim.inputs.slopes(f)[1][0]).abs()  # type: ignore[operator]
    assert bool((gap[0] <= found.shaken[0] + 1e-4 * f.gradient(f.x).abs()).all())
    report = check_gradient(f, f.gradient, x)
    assert report.outcome == "not checked"
    assert not check_gradient(f, lambda x: -f.gradient(x), x)


def test_shaking_leaves_a_steady_gradient_alone() -> None:
    """Where autograd loses nothing, its shaken gradient is the same to a few digits."""
    x = draw(6)
    found = measured(lambda x: x.softmax(0).square().sum(), torch.zeros_like, x)
    found.shake(4)
    assert found.shaken is not None
    assert bool((found.shaken[0] < 1e3 * EPS).all())
    assert bool((found.shaken[0] > 0).any())


def test_function_that_knows_its_point_has_no_neighbours() -> None:
    """Where f raises next to the point nothing is measured, and nothing is raised."""
    x = draw(3)
    start = x.detach().clone()

    def f(x: Tensor) -> Tensor:
        if not torch.equal(x.detach(), start):
            raise ValueError("not here")
        return x.square().sum()

    found = measured(f, torch.clone, x)
    assert found.count == 3
    assert found.value.item() == 0
    assert found.differences is not None
    assert not found.gradients[0].any()
    assert not found.differences[0].any()
    assert [len(claim) for claim in found.numbers] == [3]


def test_one_neighbour_that_fails_is_left_out() -> None:
    """Where f raises at one neighbour, the next ones are looked at."""
    x = draw(3)
    calls = iter(range(100))

    def f(x: Tensor) -> Tensor:
        if next(calls) == 1:  # after the point itself
            raise ValueError("not at this one")
        return x.square().sum()

    found = measured(f, torch.clone, x)
    assert found.count == 3
    assert bool(found.gradients[0].all())


def test_room_is_left_for_rounding() -> None:
    """A change by one or two digits is taken some ten times, a change of f as it is."""
    ones = torch.ones(50, dtype=torch.float64, requires_grad=True)
    found = measured(lambda x: x.square().sum() / 2, lambda x: 2 * x, ones, count=16)
    assert found.differences is not None
    assert found.gradients[0].tolist() == [20 * EPS] * 50
    # The claim moves twice as far as the gradient: beside it, once.
    assert torch.allclose(found.differences[0], found.gradients[0], rtol=1e-6)
    assert measured(torch.sum, torch.ones_like, ones[:1], 16).value.item() == 2 * EPS


def test_claim_of_another_shape_has_no_rounding() -> None:
    """What does not fit is not compared, and numbers are no function."""
    found = measured(lambda x: x.square().sum(), lambda x: x[:2], draw(3))
    assert found.differences is not None
    assert not found.differences[0].any()
    assert measured(lambda x: x.square().sum(), draw(3).detach(), draw(3)).differences is None
