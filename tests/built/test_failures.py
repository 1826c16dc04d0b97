"""The build fails loudly: it names the file, the line and the reason, and is silent otherwise.

Each test changes a small project (one page, one script, the real settings) and builds it.
"""

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import NamedTuple

import pytest

from projects import CELLS, SECTION, append, line_of

Build = Callable[[Path], CompletedProcess[str]]
MakeProject = Callable[[Path], Path]


def names(output: str, file: str, line: int) -> bool:
    """Tell whether an output names a file and a line, as ``file:line`` or as a traceback does."""
    return re.search(rf'{re.escape(file)}(:|", line ){line}\b', output) is not None


class Fatal(NamedTuple):
    """A text added to a file, what marks the wrong line in it, and the reason to be given."""

    file: str
    added: str
    culprit: str
    reason: str


@pytest.mark.parametrize(
    "mistake",
    [
        pytest.param(
            Fatal(
                "gallery/plot_number.py",
                SECTION.format(formula="n", code='raise RuntimeError("not today")'),
                "not today",
                "RuntimeError: not today",
            ),
            id="a script raises",
        ),
        pytest.param(
            Fatal(
                "gallery/plot_number.py",
                SECTION.format(formula="n", code='assert NUMBER < 0, "not negative"'),
                "not negative",
                "AssertionError: not negative",
            ),
            id="an assertion fails",
        ),
        pytest.param(
            Fatal(
                "gallery/plot_number.py",
                SECTION.format(formula=r"\frac{1", code="print(NUMBER)"),
                r"\frac",
                "this formula cannot be converted",
            ),
            id="a formula in a script",
        ),
        pytest.param(
            Fatal(
                "gallery/plot_number.py",
                SECTION.format(formula="n", code="fig, other = plt.subplots()"),
                "other = ",
                "no text alternative",
            ),
            id="a figure without text alternative",
        ),
        pytest.param(
            Fatal(
                "docs/page.md",
                "\nHalf a fraction: $\\frac{1$.\n",
                r"\frac",
                "this formula cannot be converted",
            ),
            id="a formula in a page",
        ),
        pytest.param(
            Fatal(
                "docs/cells.md",
                CELLS + '\n```{code-cell} python\nx = 1\nraise RuntimeError("not today")\n```\n',
                "not today",
                "RuntimeError: not today",
            ),
            id="a cell raises",
        ),
    ],
)
def test_what_cannot_be_right_stops_the_build(project: Path, build: Build, mistake: Fatal) -> None:
    """The build stops and names the file, the line and the reason."""
    append(project / mistake.file, mistake.added)
    done = build(project)
    assert done.returncode != 0, done.stdout
    line = line_of(project / mistake.file, mistake.culprit)
    assert names(done.stdout, mistake.file, line), done.stdout
    assert mistake.reason in done.stdout


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
