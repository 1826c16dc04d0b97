"""Right answers are accepted, and wrong ones refused with a diagnosis."""

from typing import Any

import pytest
import torch
from torch import Tensor

from autodiff_notes import exercises
from autodiff_notes.evaluation.points import precision
from autodiff_notes.exercises.exercise import Exercise

every_exercise = pytest.mark.parametrize("exercise", exercises.values(), ids=lambda e: e.name)


def solution(exercise: Exercise) -> Any:
    """Return the torch code of a solution, as a reader would write it."""
    names: dict[str, Any] = {}
    with precision():  # the code may set the default type of numbers
        exec(exercise.code, names)  # noqa: S102 - code of the package itself
    return names["gradient"]


def corrupted(exercise: Exercise) -> Any:
    """Return a solution that is a thousandth off in the last gradient."""
    right = solution(exercise)

    def wrong(*values: Any) -> Any:
        found = right(*values)
        return (*found[:-1], 1.001 * found[-1]) if isinstance(found, tuple) else 1.001 * found

    return wrong


@every_exercise
def test_solution_in_torch_is_accepted(exercise: Exercise) -> None:
    """What the page's own solution computes is marked as right."""
    report = exercise.mark(solution(exercise), seeds=1)
    assert report.holds, str(report)


@every_exercise
def test_corrupted_solution_is_refused(exercise: Exercise) -> None:
    """A thousandth is enough."""
    assert not exercise.mark(corrupted(exercise), seeds=1).holds


def test_wrong_answer_is_diagnosed() -> None:
    """The report says what is wrong, by the names of the variables."""
    report = exercises["determinant-of-sum"].mark(lambda X, A: (X + A).det() * (X + A).inverse())
    assert [d.name for d in report.diagnoses] == ["transpose"]
    assert report.diagnoses[0].input == "X"


def test_one_wrong_gradient_of_two_is_refused() -> None:
    """The other is right, and does not save it."""
    report = exercises["two-numbers"].mark(lambda x, y: (y / x + y.sin(), x.log() + x * y.sin()))
    assert {c.input for c in report.comparisons if not c.holds} == {"y"}


@pytest.mark.parametrize(
    ("name", "claimed"),
    [
        ("sum-of-squared-eigenvalues", lambda X: 2 * X.tril()),
        ("symmetric-squared-norm", lambda X: 2 * X),
        ("diagonal-log-det", torch.ones_like),
    ],
)
def test_gradient_of_another_space_is_refused(name: str, claimed: Any) -> None:
    """A gradient lies in the space in which the variable moves, or lists the free entries."""
    assert not exercises[name].mark(claimed).holds


def test_answer_that_is_right_for_one_size_is_refused() -> None:
    """Points of several sizes are drawn."""
    name, seen = "log-abs-det-of-multiple", set()

    def for_size_two(t: Tensor, X: Tensor) -> tuple[Tensor, Tensor]:
        seen.add(len(X))
        return 2 / t, X.inverse().mT

    assert not exercises[name].mark(for_size_two).holds
    assert len(seen) > 1


def test_precision_stays_as_it_was() -> None:
    """Marking computes in float64 and leaves the default as it was."""
    before = torch.get_default_dtype()
    assert exercises["square-of-trace"].mark(lambda X: 2 * X.trace() * torch.eye(len(X)))
    assert torch.get_default_dtype() == before


def test_a_mark_looks_at_nine_points() -> None:
    """An answer is asked at three sizes, and at three random points of each."""
    shapes = []

    def trace(X: Tensor) -> Tensor:
        shapes.append(X.shape)
        return 2 * torch.trace(X) * torch.eye(len(X), dtype=X.dtype)

    exercises["square-of-trace"].mark(trace, sizes=1, seeds=1)
    once = len(shapes)
    shapes.clear()
    exercises["square-of-trace"].mark(trace)
    assert (len(shapes), len(set(shapes))) == (9 * once, 3)
