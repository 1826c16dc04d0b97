"""Every exercise has a solution that holds, and wrong answers are refused."""

import re
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from autodiff_notes import catalogue, exercises
from autodiff_notes.catalogue.verification import verify
from autodiff_notes.evaluation.points import precision
from autodiff_notes.exercises.exercise import Exercise

DOCS = Path(__file__).parents[2] / "docs"
NOTES = [f"notes/{path.stem}" for path in (DOCS / "notes").glob("*.md") if path.stem != "index"]
GROUPS = [
    f"catalogue/{path.stem}"
    for path in (DOCS / "catalogue").glob("*.md")
    if "{catalogue-group}" in path.read_text("utf-8")
]

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
def test_solution_holds(exercise: Exercise) -> None:
    """Autograd, central differences and the derivation agree, at other points than the build's."""
    found = verify(exercise, first_seed=60)
    assert found.holds, found.problem
    assert found.points >= 9
    assert found.executed >= 1


@every_exercise
def test_solution_in_torch_is_accepted(exercise: Exercise) -> None:
    """What the page's own solution computes is marked as right."""
    report = exercise.mark(solution(exercise), seeds=1)
    assert report.holds, str(report)


@every_exercise
def test_corrupted_solution_is_refused(exercise: Exercise) -> None:
    """A thousandth is enough."""
    assert not exercise.mark(corrupted(exercise), seeds=1).holds


@pytest.mark.parametrize("page", [*NOTES, *GROUPS])
def test_page_ends_with_exercises(page: str) -> None:
    """Every note and every group of the catalogue ends with three exercises or more."""
    assert len(exercises.pages[page]) >= 3
    text = (DOCS / f"{page}.md").read_text("utf-8")
    assert text.endswith(f"```{{exercises}} {page}\n```\n")


def test_there_are_exercises_enough() -> None:
    """There are 33 or more, each with a name of its own, and each on a page that shows it."""
    assert len(exercises) >= 33
    assert len({exercise.name for exercise in exercises.values()}) == len(exercises)
    assert set(exercises.pages) == {*NOTES, *GROUPS}


@every_exercise
def test_no_exercise_repeats_an_entry(exercise: Exercise) -> None:
    """No name is in the catalogue already, and no function of the same set but one."""
    assert exercise.name not in {entry.name for entry in catalogue.values()}
    same = [
        e.name
        for e in catalogue.values()
        if (e.latex, e.domain_latex) == (exercise.latex, exercise.domain_latex)
    ]
    assert same == (["log-det"] if exercise.name == "question-of-the-notes" else [])


def test_exercises_begin_with_the_original_question() -> None:
    """The question that the original notes leave open comes first on its page."""
    first, *_ = exercises.pages["notes/log-det"]
    assert first.name == "question-of-the-notes"
    assert first.mark(lambda X: X.inverse().T).holds
    report = first.mark(lambda X: X.inverse())
    assert "transpose" in report.diagnoses[0].sentence


@every_exercise
def test_words_are_sentences(exercise: Exercise) -> None:
    """Titles begin with a capital and end without a stop; hints and conditions are sentences."""
    assert re.fullmatch(r"[A-Z].*[^.]", exercise.title)
    for text in (exercise.conditions, exercise.hint):
        assert not text or re.fullmatch(r"[A-Z$].*[.?]", text)


# Marking


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


@pytest.mark.parametrize("claimed", [lambda: 1, lambda X, Y: X + Y, torch.eye(2)])
def test_answer_of_other_variables_is_an_error(claimed: Any) -> None:
    """The message says which variables the function has."""
    with pytest.raises(TypeError, match=re.escape("expected lambda X: ...")):
        exercises["square-of-trace"].mark(claimed)


def test_precision_stays_as_it_was() -> None:
    """Marking computes in float64 and leaves the default as it was."""
    before = torch.get_default_dtype()
    assert exercises["square-of-trace"].mark(lambda X: 2 * X.trace() * torch.eye(len(X)))
    assert torch.get_default_dtype() == before


def test_unknown_name_is_an_error() -> None:
    """The message says which name may have been meant."""
    with pytest.raises(KeyError, match="did you mean 'square-of-trace'"):
        exercises["square-trace"]
    assert exercises["square-of-trace"].function == "tr(X) ** 2"


@every_exercise
def test_question_does_not_name_the_solution(exercise: Exercise) -> None:
    """What only the solution uses is not among what is given."""
    for name in exercise.asked.where:
        assert re.search(
            rf"\b{name}\b", " ".join([exercise.function, *exercise.asked.where.values()])
        )
