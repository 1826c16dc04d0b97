"""Points nearby keep what makes the point what it is."""

import pytest
import torch

from autodiff_notes.checking.inputs import Inputs
from autodiff_notes.checking.points import is_square, neighbours, second_point
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


def test_how_far_neighbours_go() -> None:
    """With growth each is further away, up to digits at which float32 still is what it is."""
    for dtype, digits in ((torch.float64, 4e5), (torch.float32, 8)):
        inputs = Inputs.of(square, (torch.ones(64, dtype=dtype, requires_grad=True),))
        eps = torch.finfo(dtype).eps
        reach = [
            (there.leaves[0] - 1).abs().max().item() / eps
            for there in neighbours(inputs, 3, generator(), growth=1e4)
        ]
        assert reach == pytest.approx([2, 2 * min(1e4, digits), 2 * digits], rel=1e-3)


def test_digits_repeat() -> None:
    """Of many numbers those that are 4096 apart move alike, others do not."""
    inputs = Inputs.of(square, (torch.ones(2, 5000, dtype=torch.float64, requires_grad=True),))
    (there,) = neighbours(inputs, 1, generator())
    moved = there.leaves[0].flatten()
    assert torch.equal(moved[4096 : 2 * 4096], moved[:4096])
    assert not torch.equal(moved[4095 : 2 * 4096 - 1], moved[:4096])


def test_how_far_a_second_point_is() -> None:
    """Each number moves by twice the size at most, and single constants move too."""
    x = torch.ones(500, dtype=torch.float64, requires_grad=True)
    H = torch.tensor([[2, 1j], [-1j, 3]], dtype=torch.complex128)
    arguments = (
        x,
        torch.tensor(3.0),
        torch.ones(2),
        torch.ones(2).long(),
        torch.eye(2).to_sparse(),
        H.requires_grad_(),
    )
    there = second_point(Inputs.of(lambda *_: None, arguments), 0.05, generator())
    moved, number, kept, labels, sparse, hermitian = there.leaves
    assert (moved - 1).abs().max().item() == pytest.approx(0.1)
    assert (moved - 1).std().item() == pytest.approx(0.05, rel=0.2)
    assert 0 < abs(number.item() - 3) <= 0.3
    assert torch.equal(kept, torch.ones(2))
    assert torch.equal(labels, torch.ones(2).long())
    assert sparse.layout == torch.sparse_coo
    assert torch.equal(hermitian, hermitian.mH)
    assert not torch.equal(hermitian, H)
    z = torch.ones(500, dtype=torch.complex128, requires_grad=True)
    turned = second_point(Inputs.of(square, (z,)), 0.05, generator()).leaves[0].angle()
    assert 0.05 < turned.abs().max().item() < 0.3


@pytest.mark.parametrize(
    ("shape", "square"),
    [((2, 2), True), ((4, 3, 3), True), ((2, 3), False), ((3,), False), ((1, 1), False), ((3, 3, 2), False)],
)  # fmt: skip
def test_square(shape: tuple[int, ...], square: bool) -> None:
    """A square matrix has two rows or more, and may be one of a stack."""
    assert is_square(torch.zeros(shape)) is square
