"""An exercise has a solution that holds, and its question does not tell it."""

import re
from typing import Any

import pytest
import torch

from autodiff_notes import exercises
from autodiff_notes.catalogue.verification import verify
from autodiff_notes.exercises.exercise import Exercise

every_exercise = pytest.mark.parametrize("exercise", exercises.values(), ids=lambda e: e.name)


@every_exercise
def test_solution_holds(exercise: Exercise) -> None:
    """Autograd, central differences and the derivation agree, at other points than the build's."""
    found = verify(exercise, first_seed=60)
    assert found.holds, found.problem
    assert found.points >= 9
    assert found.executed >= 1


@pytest.mark.parametrize("claimed", [lambda: 1, lambda X, Y: X + Y, torch.eye(2)])
def test_answer_of_other_variables_is_an_error(claimed: Any) -> None:
    """The message says which variables the function has."""
    with pytest.raises(TypeError, match=re.escape("expected lambda X: ...")):
        exercises["square-of-trace"].mark(claimed)


@every_exercise
def test_question_does_not_name_the_solution(exercise: Exercise) -> None:
    """What only the solution uses is not among what is given."""
    for name in exercise.asked.where:
        assert re.search(
            rf"\b{name}\b", " ".join([exercise.function, *exercise.asked.where.values()])
        )


@pytest.mark.parametrize(("name", "count"), [("sizes", 0), ("sizes", 11), ("seeds", 101)])
def test_numbers_of_points_have_bounds(name: str, count: int) -> None:
    """A number of points that takes hours, or none, is an error that names the bounds."""
    with pytest.raises(ValueError, match=f"{name} is {count}; expected 1 to 10"):
        exercises["square-of-trace"].mark(lambda X: X, **{name: count})
