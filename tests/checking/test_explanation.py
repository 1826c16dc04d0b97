"""What is refused is explained once: by the point, by the function, or by the claim."""

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.checking.operators import check_jacobian
from support import double, draw, square


def test_point_comes_before_the_claim() -> None:
    """At a kink a doubled claim is no doubled gradient."""
    x = torch.tensor([0.0, 1.0], dtype=torch.float64, requires_grad=True)
    report = check_gradient(lambda x: x.abs().sum(), lambda x: 2 * x.sign(), x)
    assert [d.name for d in report.diagnoses] == ["kink"]


def test_function_comes_before_the_claim() -> None:
    """Where autograd misses a part of f, the claim is not blamed, right or wrong."""

    def f(x: Tensor) -> Tensor:
        return x.detach() @ x

    for claimed in (double, lambda x: x, lambda x: -x):
        assert [d.name for d in check_gradient(f, claimed, draw(3)).diagnoses] == ["cut off"]


def test_what_holds_is_not_explained() -> None:
    """A right claim has no diagnosis, and of two inputs the wrong one alone has."""
    x, y = draw(3), draw(3, seed=1)
    assert check_gradient(torch.dot, lambda x, y: (y, x), x, y).diagnoses == ()
    report = check_gradient(torch.dot, lambda input, tensor: (tensor, 2 * input), x, y)
    assert [(d.name, d.input) for d in report.diagnoses] == [("factor", "input 1")]


def test_gradients_that_were_exchanged() -> None:
    """The claim for one input may be right for another, also where differences go along directions."""
    f: Callable[..., Any] = lambda x, y: (x**2).sum() + (y**3).sum()
    exchanged = ["The claimed gradient for x is the right one for y."]
    for directions in (None, 2):
        x, y = draw(30), draw(30, seed=1)
        report = check_gradient(f, lambda x, y: (3 * y**2,) * 2, x, y, directions=directions)
        assert [d.sentence for d in report.diagnoses] == exchanged
    arrays = [x.detach().numpy() for x in (draw(3), draw(3, seed=1))]
    report = check_gradient(lambda *xs: float(f(*xs)), lambda _, y: (3 * y**2,) * 2, *arrays)
    assert [
        d.sentence.replace("input 0", "x").replace("input 1", "y") for d in report.diagnoses
    ] == exchanged


def test_sentence_names_what_was_claimed() -> None:
    """A Jacobian is called a Jacobian."""
    report = check_jacobian(lambda x: x.cumsum(0), lambda x: 2 * torch.ones(3, 3).tril(), draw(3))
    assert report.diagnoses[0].sentence == "The claimed Jacobian for x is 2 times the right one."
    # Where f returns several numbers, its value is no name for a factor.
    report = check_jacobian(
        lambda x: x.cumsum(0), lambda x: math.e * torch.ones(3, 3).tril(), draw(3)
    )
    told = "The claimed Jacobian for x is 2.71828 times the right one."
    assert [d.sentence for d in report.diagnoses] == [told]


def test_witnesses_that_disagree_explain_nothing() -> None:
    """Where the witnesses disagree and nobody knows why, no claim is explained."""
    f = lambda x: (1e3 * x).sin().sum()
    report = check_gradient(f, lambda x: -1e3 * (1e3 * x).cos(), draw(3), step=0.1)
    assert report.outcome == "not checked"
    assert report.diagnoses == ()


def test_differences_alone_explain_where_they_have_the_digits() -> None:
    """Without autograd a form is told where the quotients are fine, and none where they are not."""
    x = draw(3).detach().numpy()
    assert (
        check_gradient(lambda x: float((x**2).sum()), lambda x: -2 * x, x).diagnoses[0].name
        == "sign"
    )
    for offset, told in ((1e2, True), (1e4, False)):
        f = lambda x, offset=offset: float((x**2).sum() + offset)
        report = check_gradient(f, lambda x: -2 * x, x)
        assert report.outcome == "does not hold"
        assert [d.name for d in report.diagnoses] == ["sign"] * told
    # Slopes along directions are no entries.
    along = check_gradient(lambda x: float((x**2).sum()), lambda x: -2 * x, x, directions=2)
    assert along.outcome == "does not hold"
    assert along.diagnoses == ()
    assert check_gradient(square, lambda x: -2 * x, draw(3)).diagnoses[0].name == "sign"
