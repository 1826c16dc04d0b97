"""The exercises end their pages, from easy to hard."""

import re
import subprocess
import sys
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


def test_unknown_name_is_an_error() -> None:
    """The message says which name may have been meant."""
    with pytest.raises(KeyError, match="did you mean 'square-of-trace'"):
        exercises["square-trace"]
    assert exercises["square-of-trace"].function == "tr(X) ** 2"


CONF = f"""\
import sys
sys.path.insert(0, {str(DOCS / "_extensions")!r})
extensions = ["myst_parser", "mathml", "derivation", "catalogue", "exercises"]
myst_enable_extensions = ["dollarmath"]
html_math_renderer = "mathml"
html_theme = "basic"
suppress_warnings = ["myst.xref_missing"]


def setup(app):
    app.add_config_value("sources_fingerprint", "", "env", str)
"""


def build(folder: Path, page: str) -> subprocess.CompletedProcess[str]:
    """Build a site of one page that ends with the exercises of another."""
    text = f"# A page\n\n## Exercises\n\n```{{exercises}} {page}\n```\n"
    (folder / "conf.py").write_text(CONF, "utf-8")
    (folder / "index.md").write_text(text, "utf-8")
    return subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", str(folder), str(folder / "out")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_page_shows_exercises(tmp_path: Path) -> None:
    """Each has a question, code to copy that names it, and a folded solution with its numbers."""
    done = build(tmp_path, "notes/scalar-partials")
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "out" / "index.html").read_text("utf-8")
    for number, exercise in enumerate(exercises.pages["notes/scalar-partials"], 1):
        assert f'id="exercise-{exercise.name}"' in html
        assert f"{number}. {exercise.title}" in html
    assert html.count('<details class="solution">') == html.count("Holds at 9 random points") == 3
    text = re.sub("<[^>]+>", "", html)
    assert text.count("from autodiff_notes import exercises") == 3


def test_unknown_page_stops_the_build(tmp_path: Path) -> None:
    """The message has the file and the line, and the pages that there are."""
    done = build(tmp_path, "notes/log-dett")
    assert done.returncode != 0
    message = " ".join(done.stderr.split())
    assert "index.md:5: no exercises end 'notes/log-dett', but " in message
    assert "notes/log-det," in message
