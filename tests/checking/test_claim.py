"""A claim can be asked at other points, where an explanation has to hold as well."""

import pytest
import torch

from autodiff_notes.checking.claim import Claim
from autodiff_notes.checking.inputs import Inputs
from support import double, draw, log_det, log_det_gradient, square


def test_elsewhere() -> None:
    """The evidence at the other points is that of other points, with the claim and what is right."""
    x = draw(3)
    claim = Claim(square, lambda x: 3 * x, Inputs.of(square, (x,)))
    found = list(claim.elsewhere(0))
    assert len(found) > 1
    for evidence in found:
        assert not torch.equal(evidence.inputs["x"], x)
        assert torch.equal(evidence.claim, 3 * evidence.inputs["x"])
        assert torch.equal(evidence.gradient, 2 * evidence.inputs["x"])


def test_numbers_are_known_at_the_point_alone() -> None:
    """A claim that is no function has no evidence elsewhere."""
    x = draw(3)
    claim = Claim(square, 2 * x, Inputs.of(square, (x,)))
    assert not claim.varies
    assert list(claim.elsewhere(0)) == []


def test_outside_the_domain_there_is_no_pair() -> None:
    """A point at which f or the claim raises, or is not finite, gives no evidence."""
    x = draw(3)
    claim = Claim(square, double, Inputs.of(square, (x,)))
    assert claim.rerun(0, claim.inputs, "x", torch.full((3,), torch.inf)) is None
    endless = Claim(square, lambda x: x / 0, Inputs.of(square, (x,)))
    assert endless.pair(0, endless.inputs) is None
    assert list(endless.elsewhere(0)) == []
    X = (draw(2, 2) + 3 * torch.eye(2)).detach().requires_grad_()
    claim = Claim(log_det, log_det_gradient, Inputs.of(log_det, (X,)))
    assert claim.pair(0, claim.inputs) is not None
    negative = torch.tensor([[0.0, 1.0], [1.0, 0.0]], dtype=torch.float64)
    assert claim.rerun(0, claim.inputs, "X", negative) is None


def test_how_far_the_other_points_are() -> None:
    """Three points are asked, each closer than the last, as far as the domain lets."""
    x, y = draw(50), draw(50, seed=1)
    claim = Claim(torch.dot, lambda x, y: (2 * y, x), Inputs.of(torch.dot, (x, y)))
    reach = [(e.inputs["input 0"] / x - 1).abs().max().item() for e in claim.elsewhere(0)]
    assert reach == pytest.approx([0.1, 0.04, 2e-3], rel=0.2)
    for evidence in claim.elsewhere(1):
        there = evidence.inputs
        assert evidence.input == "input 1"
        assert evidence.value == pytest.approx((there["input 0"] @ there["input 1"]).item())
        assert list(evidence.gradients) == ["input 0", "input 1"]
        assert torch.equal(evidence.gradients["input 0"], there["input 1"])
        assert torch.equal(evidence.claim, there["input 0"])
        again = evidence.rerun("input 0", torch.ones_like(x))
        assert again is not None
        assert again[0].tolist() == again[1].tolist() == [1.0] * 50
    # Where f ends nearby, the closest point is left.
    start = x.detach().clone()

    def near(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        if (x / start - 1).abs().max() > 0.01:
            raise ValueError("too far")
        return x @ y

    claim = Claim(near, lambda x, y: (y, x), Inputs.of(near, (x, y)))
    assert len(list(claim.elsewhere(0))) == 1


def test_type_of_the_evidence() -> None:
    """The coarser of the types of f and of the claim says how many digits can be believed."""
    x = draw(3)
    for f, claimed, dtype in [
        (square, double, torch.float64),
        (lambda x: square(x.float()), double, torch.float32),
        (square, lambda x: double(x).float(), torch.float64),  # the input has more digits
    ]:
        claim = Claim(f, claimed, Inputs.of(f, (x,)))
        assert {e.dtype for e in claim.elsewhere(0)} == {dtype}
    J = Claim(
        torch.exp,
        lambda x: x.exp().diag(),
        Inputs.of(torch.exp, (x,), several=True),
        "Jacobian",
        (3,),
    )
    evidence = next(J.elsewhere(0))
    assert torch.allclose(evidence.gradient, evidence.claim)
    assert evidence.gradient.shape == (3, 3)
    assert evidence.value == 0
