"""What the numbers leave open is said in words, and only where it is so."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.checking.operators import check_hessian, check_jacobian
from autodiff_notes.checking.report import GradientReport
from support import double, draw, number, only_note, square


def test_nothing_is_said_of_a_plain_claim() -> None:
    """A claim that both witnesses confirm needs no note."""
    assert check_gradient(square, double, draw(3)).notes == ()


def test_chance_of_missing_a_mistake_is_small_and_shrinks_with_directions() -> None:
    """The chance that random directions miss an error is told, and more directions lower it."""

    def chance(directions: int) -> float:
        report = check_gradient(
            lambda x: x.sin().sum(), torch.cos, draw(500), directions=directions
        )
        (note,) = report.notes
        assert f"along {directions} random direction{'s' * (directions > 1)} in x:" in note
        return float(note.rpartition("chance of ")[2].rstrip("."))

    # Along one direction a gradient is seen to a millionth: 1 % of it is missed at the angle 1e-4.
    one, three = chance(1), chance(3)
    assert math.isclose(one, 2 / math.pi * 1e-4, rel_tol=0.1)
    assert one < 1e-2
    assert math.isclose(three, one**3, rel_tol=2)
    assert three < one**2


def test_only_witness_is_named() -> None:
    """Without autograd a mistake in f itself is the witness's as well, and the note says so."""
    report = check_gradient(
        lambda x: float((x**2).sum()), lambda x: 2 * x, draw(3).detach().numpy()
    )
    assert report.holds
    assert report.notes[0].startswith("Central differences are the only witness for x")


def test_each_input_has_its_note() -> None:
    """What is said of one input does not end the notes: the next has its own."""
    x, A = draw(3).detach().numpy(), draw(3, seed=1).detach().numpy()
    only = check_gradient(lambda x, A: float((x * A).sum()), lambda x, A: (A, x), x, A, wrt=(0, 1))
    assert [note.partition(":")[0] for note in only.notes] == [
        "Central differences are the only witness for x",
        "Central differences are the only witness for A",
    ]
    report = check_gradient(
        lambda x, y: x.sin().sum() + y.sin().sum(),
        lambda x, y: (x.cos(), y.cos()),
        draw(50),
        draw(60, seed=1),
        directions=2,
    )
    assert [f"directions in {name}:" in note for name, note in zip("xy", report.notes, strict=True)]
    assert len(report.notes) == 2


def test_shape_and_numbers_are_told_apart() -> None:
    """A wrong shape and a NaN have a sentence each."""
    assert "has shape (1,); expected (3,)" in only_note(
        check_gradient(square, torch.ones(1), draw(3))
    )
    nan = torch.full((3,), torch.nan)
    assert "NaN or infinite" in only_note(check_gradient(square, nan, draw(3)))


HIDDEN = (
    "Central differences cannot resolve {}, which move f by less than their own rounding and "
    "truncation errors. Autograd alone decides there."
)
CHANCE = "{} along {} in x: they miss an error of 1 % of the gradient's norm with a chance of {}."
BOTH = "Autograd was compared with the claim entry by entry, and differences with both"


def far_from_zero(count: int) -> GradientReport:
    """Return the report on a sum of so many numbers, beside one that hides them."""
    numbers = [number(1.0) for _ in range(count)]
    return check_gradient(lambda *xs: 1e15 + sum(xs), [1.0] * count, *numbers)


@pytest.mark.parametrize(
    ("check", "note"),
    [
        (
            lambda: check_gradient(
                lambda x: (1e3 * x).sin().sum(), lambda x: 1e3 * (1e3 * x).cos(), draw(3), step=0.1
            ),
            ("Autograd and central differences disagree about x, by up to 3.1e+02. The step of the "
            "difference was given: try a smaller one, or leave it to the check."),
        ),
        (
            lambda: check_gradient(
                lambda x: (x**1.5).sum(), lambda x: 1.5 * x.sqrt(), torch.tensor([0.0, 1.0], requires_grad=True)
            ),
            "f is NaN or infinite a step away in x: the point lies too close to the edge of its domain.",
        ),
        (
            lambda: check_gradient(lambda x: float((x**2).sum()), lambda x: 2 * x, np.ones(3)),
            "Central differences are the only witness for x: a mistake in f itself is theirs too.",
        ),
        (
            lambda: check_gradient(
                lambda x, y: square(x) + y.sum(), lambda x, y: (2 * x, y / y), draw(3), number(2.0), order=2
            ),
            "The gradient of f ignores y: autograd finds no path to it, so its second derivative is zero.",
        ),
        (
            lambda: check_hessian(lambda x: x.sum(), torch.zeros(3, 3), draw(3)),
            "The gradient of f ignores x: autograd finds no path to it, so its Hessian is zero.",
        ),
        (
            lambda: check_hessian(square, torch.eye(2), draw(3)),
            "The claimed Hessian for x has shape (2, 2); expected (3, 3), the shapes of what is differentiated and of x.",
        ),
        (
            lambda: check_jacobian(torch.exp, torch.full((2, 2), torch.nan), draw(2)),
            "The claimed Jacobian for input 0 has entries that are NaN or infinite.",
        ),
        (lambda: far_from_zero(1), HIDDEN.format("the gradient for input 0")),
        (lambda: far_from_zero(4), HIDDEN.format("the gradient for input 0, input 1, input 2, input 3")),
        (
            lambda: far_from_zero(5),
            HIDDEN.format("the gradient for input 0, input 1, input 2, input 3 and 1 more input"),
        ),
        (
            lambda: far_from_zero(6),
            HIDDEN.format("the gradient for input 0, input 1, input 2, input 3 and 2 more inputs"),
        ),
        (
            lambda: check_gradient(
                lambda x: 1e15 + x[0] + x[1] + 1e7 * x[2],
                torch.tensor([1, 1, 1e7]).double(),
                torch.ones(3, dtype=torch.float64, requires_grad=True),
            ),
            HIDDEN.format("2 of 3 entries of the gradient for x"),
        ),
        (
            lambda: check_gradient(torch.sum, torch.ones_like, draw(3000), directions=1),
            CHANCE.format(BOTH, "1 random direction", "6e-05").replace("in x", "in input 0"),
        ),
        (
            lambda: check_gradient(lambda x: float(x.sum()), np.ones_like, np.ones(30), directions=1),
            CHANCE.format("Differences were taken", "1 random direction", "6e-05"),
        ),
        (
            lambda: check_gradient(lambda x: 0 * x.sum(), torch.zeros_like, draw(3), directions=1),
            CHANCE.format(BOTH, "1 random direction", "1e+00"),
        ),
    ],
)  # fmt: skip
def test_note_is_a_whole_sentence(check: Callable[[], Any], note: str) -> None:
    """What the numbers leave open is one sentence, or two where there is something to try."""
    assert check().notes == (note,)


def test_what_is_zero_to_rounding_is_told() -> None:
    """A gradient of zero is told with what autograd makes of it, a claim beside it with its digits."""
    x = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64, requires_grad=True)
    (note,) = check_gradient(lambda x: x.softmax(0).sum(), torch.zeros_like, x).notes
    start, _, rest = note.partition("up to ")
    assert start == "The gradient for x is zero to rounding: autograd gives "
    size, _, rest = rest.partition(", ")
    assert 0 < float(size) < 1e-15
    assert rest == "and as much changes from one number to the next."
    two = check_gradient(
        lambda x, y: x.softmax(0).sum() + y.softmax(0).sum(), lambda x, y: (0 * x, 0 * y), x, x
    )
    assert [note.partition(" is zero")[0] for note in two.notes] == [
        "The gradient for x",
        "The gradient for y",
    ]
    # What is zero to the last digit needs no word.
    assert check_gradient(lambda x: 0 * x.sum(), torch.zeros_like, x).notes == ()
    # A claim that is off by less than a billionth loses no digits that anybody would miss.
    off = torch.tensor([1.0, 1.0 + 1e-12, 1.0], dtype=torch.float64)
    assert check_gradient(lambda x: x.sum(), off, x).notes == ()


def test_buffers_that_change_are_listed() -> None:
    """What a call changes unseen is named, in the singular or the plural."""

    class Counter(torch.nn.Module):
        def __init__(self, *names: str) -> None:
            super().__init__()
            for name in names:
                self.register_buffer(name, torch.zeros(1))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            for buffer in self.buffers():
                buffer.add_(1)
            return square(x)

    for names, words in [(("calls",), "buffer calls"), (("a", "b"), "buffers a, b")]:
        (note,) = check_gradient(Counter(*names), double, draw(3)).notes
        assert note == (
            f"f changes the {words}. It is called many times, and they are restored before each call."
        )
