"""``{exercises}``: the exercises that end a page, each with its solution, folded."""

import re
from pathlib import Path
from subprocess import CompletedProcess

from autodiff_notes import exercises
from projects import settings, sphinx_here

CONF = settings("mathematics.exercises")


def build(folder: Path, page: str) -> CompletedProcess[str]:
    """Build a site of one page that ends with the exercises of another."""
    text = f"# A page\n\n## Exercises\n\n```{{exercises}} {page}\n```\n"
    (folder / "conf.py").write_text(CONF, "utf-8")
    (folder / "index.md").write_text(text, "utf-8")
    return sphinx_here(["-q", "-W", ".", "out"], folder)


def test_page_shows_exercises(tmp_path: Path) -> None:
    """Each has a question, code to copy that names it, and a folded solution with its numbers."""
    done = build(tmp_path, "notes/scalar-partials")
    assert done.returncode == 0, done.stdout
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
    message = " ".join(done.stdout.split())
    assert "index.md:5: no exercises end 'notes/log-dett', but " in message
    assert "notes/log-det," in message
