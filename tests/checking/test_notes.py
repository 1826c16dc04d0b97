"""What the numbers leave open is said in words, and only where it is so."""

import math

import torch

from autodiff_notes.checking.gradient import check_gradient
from support import double, draw, only_note, square


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
        assert f"along {directions} random direction" in note
        return float(note.rpartition("chance of ")[2].rstrip("."))

    one, three = chance(1), chance(3)
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
