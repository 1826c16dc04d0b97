"""The build fails loudly: it names the file, the line and the reason, and is silent otherwise.

Each test changes a small project (one page, one script, the real settings) and builds it.
"""

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from projects import CELLS, append, line_of

Build = Callable[[Path], CompletedProcess[str]]
MakeProject = Callable[[Path], Path]


def names(output: str, file: str, line: int) -> bool:
    """Tell whether an output names a file and a line, as ``file:line`` or as a traceback does."""
    return re.search(rf'{re.escape(file)}(:|", line ){line}\b', output) is not None


def test_a_cell_that_raises_stops_the_build(built: Path, build: Build) -> None:
    """The build names the file, the line and the reason; what else stops it is in ``faults.py``."""
    path = built / "docs" / "cells.md"
    text = CELLS + '\n```{code-cell} python\nx = 1\nraise RuntimeError("not today")\n```\n'
    path.write_text(text, "utf-8")
    done = build(built)
    assert done.returncode != 0, done.stdout
    assert names(done.stdout, "docs/cells.md", line_of(path, "not today")), done.stdout
    assert "RuntimeError: not today" in done.stdout


MISTAKES = {
    "unknown function": ("{py:func}`nowhere.at_all`", ["target not found: nowhere.at_all"]),
    "unknown page": ("{doc}`absent`", ["unknown document: 'absent'"]),
    "unknown label": ("{ref}`no-such-label`", ["undefined label: 'no-such-label'"]),
    "broken link": ("[a link](absent.md)", ["target not found: 'absent.md'"]),
    "missing download": ("{download}`absent.zip`", ["download file not readable"]),
    "unknown script": (
        '```{gallery-step} plot_absent "The number"\n```',
        ["there is no script 'plot_absent'; there are: plot_number"],
    ),
    "unknown section": (
        '```{gallery-step} plot_number "The letter"\n```',
        ["plot_number.py has no section 'The letter'", "  The number\n", "  The line"],
    ),
    "no section": (
        "```{gallery-step} plot_number\n```",
        ["{gallery-step} takes a script and a section", "got: plot_number"],
    ),
    "open quotes": (
        '```{gallery-step} plot_number "The number\n```',
        ["{gallery-step} takes a script and a section", 'got: plot_number "The number'],
    ),
}


@pytest.fixture(scope="module")
def mistaken(
    tmp_path_factory: pytest.TempPathFactory, make_project: MakeProject, build: Build
) -> tuple[Path, CompletedProcess[str]]:
    """Return a project whose page has every mistake at once, and what its build said."""
    project = make_project(tmp_path_factory.mktemp("mistaken") / "project")
    for mistake, _ in MISTAKES.values():
        append(project / "docs" / "page.md", f"\n{mistake}\n")
    return project, build(project)


@pytest.mark.parametrize(("mistake", "messages"), MISTAKES.values(), ids=list(MISTAKES))
def test_a_mistake_on_a_page_is_named(
    mistaken: tuple[Path, CompletedProcess[str]], mistake: str, messages: list[str]
) -> None:
    """A build with mistakes fails, and names the file, the line and the reason of each of them."""
    project, done = mistaken
    assert done.returncode != 0
    text = (project / "docs" / "page.md").read_text("utf-8")
    line = text[: text.index(f"\n{mistake}\n")].count("\n") + 2
    place = re.compile(rf"docs/page\.md:{line}: (?:WARNING|ERROR): (.*(?:\n  .*)*)")
    said = "\n".join(place.findall(done.stdout))
    for message in messages:
        assert message in said, done.stdout


def test_a_good_build_says_nothing(project: Path, build: Build) -> None:
    """Nothing stands in the way of the message that counts."""
    done = build(project)
    assert (done.returncode, done.stdout.strip()) == (0, "")
