"""A claim finds its inputs in whatever structure it comes."""

import pytest
import torch

from autodiff_notes.checking.gradient import check_gradient
from checking.refusals import raises
from support import draw, square


def test_claim_by_backward() -> None:
    """A claim may call backward and return nothing."""
    assert check_gradient(square, lambda x: square(x).backward(), draw(3))  # type: ignore[no-untyped-call]
    report = check_gradient(square, lambda x: square(2 * x).backward(), draw(3))  # type: ignore[no-untyped-call]
    assert report.diagnoses[0].name == "factor"


@pytest.mark.parametrize("count", [0, 1, 3])
def test_wrong_number_of_gradients(count: int) -> None:
    """Too few or too many gradients are an error that names the inputs concerned."""
    claimed = [torch.ones(3)] * count
    message = rf"claimed gradients is {count}; expected 2, .*\(a, b\)"
    raises(ValueError, message, lambda a, b: a.dot(b), claimed, draw(3), draw(3))


@pytest.mark.parametrize("claimed", [None, "2x", 2.0, [None], lambda _: None])
def test_claim_that_is_no_tensor(claimed: object) -> None:
    """A claim that is not a tensor is an error that names the shape expected."""
    message = r"the claimed gradient for x is a \w+; expected a tensor of shape \(3,\)"
    raises(TypeError, message, square, claimed, draw(3))
