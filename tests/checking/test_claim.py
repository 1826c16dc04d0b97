"""A claim can be asked at other points, where an explanation has to hold as well."""

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
    X = (draw(2, 2) + 3 * torch.eye(2)).detach().requires_grad_()
    claim = Claim(log_det, log_det_gradient, Inputs.of(log_det, (X,)))
    assert claim.pair(0, claim.inputs) is not None
    negative = torch.tensor([[0.0, 1.0], [1.0, 0.0]], dtype=torch.float64)
    assert claim.rerun(0, claim.inputs, "X", negative) is None
