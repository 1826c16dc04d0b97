"""Points nearby keep what makes the point what it is."""

import pytest
import torch

from autodiff_notes.checking.inputs import Inputs
from autodiff_notes.checking.points import neighbours, second_point
from support import draw, square


def generator() -> torch.Generator:
    """Return a generator, the same each time."""
    return torch.Generator().manual_seed(0)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.complex128])
def test_neighbours_differ_by_last_digits(dtype: torch.dtype) -> None:
    """Every real number moves by one or two last digits; with growth they are further away."""
    x = draw(3, 2).detach().to(dtype).requires_grad_()
    inputs = Inputs.of(square, (x,))
    eps = torch.finfo(dtype).eps
    for there in neighbours(inputs, 3, generator()):
        moved = (there.leaves[0] - inputs.leaves[0]).abs() / inputs.leaves[0].abs()
        assert bool((moved > eps / 4).all())
        assert bool((moved < 4 * eps).all())
    *_, far = neighbours(inputs, 4, generator(), growth=6.0)
    assert bool(((far.leaves[0] - inputs.leaves[0]).abs() > 4 * eps * x.abs()).any())


def test_many_numbers_do_not_move_alike() -> None:
    """Beyond the period of the digits they go both ways too."""
    inputs = Inputs.of(square, (torch.ones(10_000, dtype=torch.float64, requires_grad=True),))
    (there,) = neighbours(inputs, 1, generator())
    assert len(set(there.leaves[0].tolist())) == 4


def test_structure_is_kept() -> None:
    """A symmetric matrix stays symmetric, zero stays zero, an infinity in a mask stays where it is."""
    A = draw(3, 3).detach()
    S = (A + A.mT).requires_grad_()
    mask = torch.tensor([[0.0, -torch.inf, 1.0]], dtype=torch.float64)
    inputs = Inputs.of(lambda S, mask: S, (S, mask))
    for there in (*neighbours(inputs, 2, generator()), second_point(inputs, 0.05, generator())):
        moved, kept = there.leaves
        assert torch.equal(moved, moved.mT)
        assert not torch.equal(moved, S)
        assert kept[0, 0] == 0
        assert kept[0, 1] == -torch.inf


def test_second_point_keeps_constants_and_turns_complex_numbers() -> None:
    """Labels and designs stay; a number that is differentiated moves in size and in phase."""
    z = torch.complex(draw(4).detach(), draw(4, seed=1).detach()).requires_grad_()
    design = draw(4, 2).detach()
    there = second_point(Inputs.of(lambda z, design: z, (z, design)), 0.05, generator())
    assert torch.equal(there.leaves[1], design)
    ratio = there.leaves[0] / z.detach()
    assert bool((ratio.abs() - 1).abs().max() < 0.2)
    assert bool((ratio.angle().abs() > 1e-4).any())
