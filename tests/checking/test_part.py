"""One input: what each witness says of the claim, and what they say of each other."""

from dataclasses import replace
from typing import Any

import torch

from autodiff_notes.checking.part import Part
from autodiff_notes.checking.quotients import Neighbourhood
from autodiff_notes.checking.witnesses import Witness
from support import draw, square


def part(
    claim: torch.Tensor, differences: torch.Tensor | Witness | None = None, **changes: Any
) -> Part:
    """Return a part for the sum of squares, with differences as given."""
    x = draw(3).detach()
    noise = torch.full((3,), 1e-12, dtype=torch.float64)
    found = 2 * x if differences is None else differences
    if not isinstance(found, Witness):
        found = Witness("central differences", found, 1e3 * noise, 1e-6)
    made = Part(
        position=0,
        input="x",
        claim=claim,
        around=Neighbourhood(square, x),
        off_axes=None,
        autograd=Witness("autograd", 2 * x, noise, 1e-9),
        differences=found,
        noise=noise,
        rounding=None,
        doubt=torch.zeros(()),
        ignored=False,
        shape=(),
    )
    return replace(made, **changes)


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
    largest = right.abs().argmax()
    for error, excusable in ((9e-3, True), (1.1e-2, False)):
        off = right.clone()
        off[largest] *= 1 + error
        assert part(off).excusable is excusable
    floor = Witness("autograd", right, torch.zeros(3), 1e-9, floor=10.0)
    assert part(2 * right, autograd=floor).excusable
    assert not part(right * (1 + 1e-5), autograd=None).excusable
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


RAYS = [torch.ones(3)]


def along_a_ray(slope: float, noise: float = 0.0) -> Witness:
    """Return differences along one direction."""
    rays = torch.tensor([slope], dtype=torch.float64)
    return Witness("central differences", rays, torch.tensor([noise]), 1e-6, rays=RAYS)


def test_only_witness() -> None:
    """Without autograd differences are right, and there is nobody to disagree with."""
    right = 2 * draw(3).detach()
    found = part(right, autograd=None)
    assert (found.agree, found.holds, found.witnesses) == (True, True, None)
    assert found.right is found.differences
    assert list(found.judgements) == ["central differences"]
    assert list(found.finding.gradients) == ["central differences"]
    # Along directions differences tell of all entries or of none.
    for noise, unchecked in ((0.0, False), (10.0, True)):
        slope = right.sum().item()
        finding = part(right, autograd=None, differences=along_a_ray(slope, noise)).finding
        assert finding.gradients == {}
        assert finding.unchecked.tolist() == [unchecked] * 3
        assert finding.worst is None


def test_what_is_checked() -> None:
    """An entry is checked if a witness can tell it and autograd has no doubt."""
    right = 2 * draw(3).detach()
    blind = Witness("autograd", right, torch.tensor([0.0, 0.0, 9.0]), 1e-9)
    one = part(right, autograd=blind, noise=blind.noise)
    assert one.finding.resolved["autograd"].tolist() == [True, True, False]
    assert one.finding.unchecked.tolist() == [False] * 3  # differences tell
    both = replace(one, differences=replace(one.differences, noise=blind.noise))
    assert both.finding.unchecked.tolist() == [False, False, True]
    assert [c.resolved for c in both.comparisons] == ["some", "some"]
    nobody = replace(blind, noise=torch.full((3,), 9.0))
    both = replace(both, autograd=nobody, noise=nobody.noise)
    assert [c.resolved for c in both.comparisons] == ["none", "some"]
    doubted = part(right * (1 + 1e-8), noise=torch.zeros(()), doubt=torch.tensor(1.0)).finding
    assert doubted.unchecked.all()
    # Of a claim of another shape nothing is left unchecked: it is wrong.
    assert not part(right[:2]).finding.unchecked.any()


def test_noise_of_autograd_is_none_of_a_slope() -> None:
    """Autograd's own noise counts entry by entry, and not along directions."""
    right = 2 * draw(3).detach()
    noisy = Witness("autograd", right, torch.ones(3), 1e-9)
    assert part(right, differences=right + 0.5, autograd=noisy).agree
    assert not part(right, differences=along_a_ray(right.sum().item() + 0.5), autograd=noisy).agree
