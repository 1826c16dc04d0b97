"""A claim finds its inputs in whatever structure it comes."""

import re
from typing import Any

import numpy as np
import pytest
import torch

from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.checking.inputs import Inputs
from autodiff_notes.checking.matching import matched
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


def test_truth_is_no_number() -> None:
    """A boolean or an array of NumPy is no gradient of torch, and a number stands for one entry alone."""
    one = torch.ones(1, dtype=torch.float64, requires_grad=True)
    raises(TypeError, r"for x is a bool; expected a tensor of shape \(1,\)", square, True, one)
    raises(TypeError, r"for x is an ndarray; expected a tensor", square, np.ones(2), draw(2))
    raises(TypeError, r"for x is a float; expected a tensor of shape \(2,\)", square, 2.0, draw(2))


@pytest.mark.parametrize("claimed", [None, "2x", 2.0, [None], lambda _: None])
def test_claim_that_is_no_tensor(claimed: object) -> None:
    """A claim that is not a tensor is an error that names the shape expected."""
    message = r"the claimed gradient for x is a \w+; expected a tensor of shape \(3,\)"
    raises(TypeError, message, square, claimed, draw(3))


def free() -> torch.Tensor:
    """Return an array to be differentiated."""
    return torch.ones(2, requires_grad=True)


KEPT = torch.ones(2)
NET = {"w": free(), "b": free(), "k": KEPT}
LIST = [free(), KEPT, free()]


def layer() -> torch.nn.Module:
    """Return a linear layer whose bias is a constant."""
    made = torch.nn.Linear(2, 1)
    made.bias.requires_grad_(False)
    return made


@pytest.mark.parametrize(
    ("arguments", "claim", "expected"),
    [
        ((free(),), 1, [1]),
        ((free(),), [1], [1]),
        ((NET,), {"b": 2, "w": 1}, [1, 2]),
        ((NET,), [{"b": 2, "w": 1}], [1, 2]),
        ((NET,), [1, 2], [1, 2]),
        ((NET,), [[1, 2]], [1, 2]),
        ((NET, KEPT), (1, 2), [1, 2]),
        ((NET, free()), [{"b": 2, "w": 1}, 3], [1, 2, 3]),
        ((NET, free()), [[1, 2], 3], [1, 2, 3]),
        ((NET, free()), [1, 2, 3], [1, 2, 3]),
        ((LIST, free()), [[1, 2], 3], [1, 2, 3]),
        (([free(), (free(), KEPT)],), [1, [2]], [1, 2]),
        (([free(), (free(), KEPT)],), [1, 2], [1, 2]),
        (({"n": {"w": free()}},), {"n": {"w": 1}}, [1]),
        ((layer(),), {"weight": 1}, [1]),
        ((layer(), free()), [{"weight": 1}, 2], [1, 2]),
        ((layer(), free()), [[1], 2], [1, 2]),
    ],
)
def test_claim_in_any_structure(
    arguments: tuple[Any, ...], claim: object, expected: list[int]
) -> None:
    """A claim is flat or has the structure of the arguments, of which constants have no part."""
    assert matched(Inputs.of(lambda *_: None, arguments), claim) == expected


NUMBER = "the number of claimed gradients is {}; expected {}, one for each input that requires a gradient ({})"
PARTS = "input 0['w'], input 0['b']"
PART = "a part of the claim is {}; expected {}"


@pytest.mark.parametrize(
    ("arguments", "claim", "told"),
    [
        ((NET,), 1, NUMBER.format(1, 2, PARTS)),
        ((NET,), [1], NUMBER.format(1, 2, PARTS)),
        ((NET,), [1, 2, 3], NUMBER.format(1, 2, PARTS)),
        ((free(), free()), {"a": 1}, NUMBER.format(1, 2, "input 0, input 1")),
        ((LIST, free()), [1, 3], NUMBER.format(2, 3, "input 0[0], input 0[2], input 1")),
        ((NET,), {"b": 1}, PART.format("a dictionary with the keys 'b'", "one with the keys 'w', 'b'")),
        (
            (NET,),
            {"b": 1, "w": 2, "k": 3},
            PART.format("a dictionary with the keys 'b', 'w', 'k'", "one with the keys 'w', 'b'"),
        ),
        ((NET, free()), [3.0, {"b": 1, "w": 2}], PART.format("a float", "one with the keys 'w', 'b'")),
        ((NET, free()), [[1, 2, 5], 3], PART.format("a list of 3", "one with the keys 'w', 'b'")),
        ((LIST, free()), [(1, 2, 3), 3], PART.format("a tuple of 3", "2 gradients in a list")),
        ((layer(), free()), [{"weight": 1, "bias": 3}, 2], PART.format("a dictionary with the keys 'weight', 'bias'", "one with the keys 'weight'")),
    ],
)  # fmt: skip
def test_claim_that_does_not_fit(arguments: tuple[Any, ...], claim: object, told: str) -> None:
    """What has another structure is told with what was expected, by the names of the arrays."""
    with pytest.raises(ValueError, match=f"^{re.escape(told)}$"):
        matched(Inputs.of(lambda *_: None, arguments), claim)
