"""The exercises end their pages, from easy to hard."""

import re
from pathlib import Path

import pytest

from autodiff_notes import catalogue, exercises
from autodiff_notes.exercises.exercise import Exercise

DOCS = Path(__file__).parents[2] / "docs"


NOTES = [f"notes/{path.stem}" for path in (DOCS / "notes").glob("*.md") if path.stem != "index"]


GROUPS = [
    f"catalogue/{path.stem}"
    for path in (DOCS / "catalogue").glob("*.md")
    if "{catalogue-group}" in path.read_text("utf-8")
]


every_exercise = pytest.mark.parametrize("exercise", exercises.values(), ids=lambda e: e.name)


@pytest.mark.parametrize("page", [*NOTES, *GROUPS])
def test_page_ends_with_exercises(page: str) -> None:
    """Every note and every group of the catalogue ends with three exercises or more."""
    assert len(exercises.pages[page]) >= 3, f"end {page} in three exercises or more"
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


def test_unknown_name_is_an_error() -> None:
    """The message says which name may have been meant."""
    with pytest.raises(KeyError, match="did you mean 'square-of-trace'"):
        exercises["square-trace"]
    assert exercises["square-of-trace"].function == "tr(X) ** 2"
