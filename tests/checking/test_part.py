"""One input: what each witness says of the claim, and what they say of each other."""

import torch

from autodiff_notes.checking.part import Part
from autodiff_notes.checking.quotients import Neighbourhood
from autodiff_notes.checking.witnesses import Witness
from support import draw, square


def part(claim: torch.Tensor, differences: torch.Tensor | None = None) -> Part:
    """Return a part for the sum of squares, with differences as given."""
    x = draw(3).detach()
    noise = torch.full((3,), 1e-12, dtype=torch.float64)
    found = 2 * x if differences is None else differences
    return Part(
        position=0,
        input="x",
        claim=claim,
        around=Neighbourhood(square, x),
        off_axes=None,
        autograd=Witness("autograd", 2 * x, noise, 1e-9),
        differences=Witness("central differences", found, 1e3 * noise, 1e-6),
        noise=noise,
        rounding=None,
        doubt=torch.zeros(()),
        ignored=False,
        shape=(),
    )


def test_right_claim() -> None:
    """A right claim agrees with both, and there is nothing to excuse."""
    found = part(2 * draw(3).detach())
    assert (found.holds, found.agree, found.fits, found.excusable) == (True, True, True, False)
    assert [c.witness for c in found.comparisons] == ["autograd", "central differences"]
    assert not found.finding.differs.any()


def test_small_error_may_be_excused_and_a_large_one_not() -> None:
    """More neighbours are worth a look where an error is small beside the largest entry."""
    right = 2 * draw(3).detach()
    assert part(right * (1 + 1e-5)).excusable
    assert not part(2 * right).excusable
    assert not part(right[:2]).excusable
    assert not part(right[:2]).fits


def test_witnesses_that_disagree() -> None:
    """A claim that one confirms and the other does not is held by neither."""
    right = 2 * draw(3).detach()
    found = part(right, differences=1.1 * right)
    assert not found.agree
    assert not found.holds
    assert [c.holds for c in found.comparisons] == [True, False]
    assert found.finding.differs.all()
