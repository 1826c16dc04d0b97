"""The recipes of CONTRIBUTING.md, followed to the letter in a small project, do what it says."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

import faults
import forks
from projects import ROOT, append, edit, variables

# What these tests follow; the others are what the sessions of nox do, and conventions.
FOLLOWED = {
    "Add an example",
    "Add a gradient",
    "Add a note page",
    "Say what holds a sentence",
    "Cite, or show a graph",
    "Show a reverse sweep",
    "Write a derivation",
    "Add an exercise",
    "Add a case to the engines",
    "Add an engine",
}
SESSIONS = {"Set up", "Check before sending", "Conventions"}
SOURCE = Path(__file__).read_text("utf-8")
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
SCRIPT = '''\
"""
The square of three is nine
===========================

A sentence for a title, a figure with a label, and an assertion.
"""

import matplotlib.pyplot as plt

plt.style.use("autodiff_notes.figures")

# %%
# Section title
# -------------
# The square:

square = 3**2
print(square)
assert square == {claim}

# %%
# The picture
# -----------
# Three and its square:

fig, ax = plt.subplots()
fig.set_label("A line through two points, three and its square, that rises from left to right.")
ax.plot([3, square])
plt.show()
'''

CASE = """
CASES += (
    case(
        key="mine",
        question="The slope of twice the absolute value at zero",
        function=r"2|x|",
        reference="2 * abs(x)",
        point={"x": 0.0},
        truth=Subgradients({"the slope on the left": "-2", "the slope on the right": "2"}),
        why=BOTH,
    ),
)
"""
ENGINE = '''\
"""An engine that knows one slope."""

TITLE = "Mine"
DISTRIBUTION = "numpy"
REQUIRES = ("numpy",)
HOMEPAGE = "https://example.org/"

ANSWERS = {"abs-at-zero": lambda: 0.0}
NOT_OFFERED = {}
'''


def test_every_recipe_is_followed() -> None:
    """A new heading of the guide is followed by a test, or is no recipe."""
    headings = set(re.findall(r"^## (.+)$", GUIDE, re.MULTILINE))
    assert headings == FOLLOWED | SESSIONS
    assert FOLLOWED - {"Add an example"} <= set(re.findall(r'(?:block|recipe)\("(.+?)"', SOURCE))


def recipe(title: str) -> str:
    """Return the text below a heading of the guide."""
    _, found, rest = GUIDE.partition(f"\n## {title}\n")
    assert found, f"CONTRIBUTING.md has no heading {title!r}"
    return rest.partition("\n## ")[0]


def block(title: str, language: str) -> str:
    """Return what a recipe shows in its block of a language."""
    found = re.search(rf"^(`{{3,}}){language}\n(.*?)^\1$", recipe(title), re.DOTALL | re.MULTILINE)
    assert found, f"{title!r} shows no {language}"
    return found[2]


def add_entry(project: Path, entry: str) -> None:
    """Write an entry into the tuple of its subject's module."""
    append(project / "src/autodiff_notes/catalogue/vectors.py", f"\nENTRIES += {entry}\n")


def verify(project: Path, name: str) -> CompletedProcess[str]:
    """Run the command that the guide names."""
    command = ["-m", "autodiff_notes", "verify", name]
    return forks.everything.run(command, project, variables(project), apart=True)


def test_a_gradient_is_one_entry(project: Path) -> None:
    """The entry of the guide holds, by the command of the guide, and with a mistake it does not."""
    entry = block("Add a gradient", "python")
    (name,) = re.findall(r"autodiff_notes verify ([\w-]+)", recipe("Add a gradient"))
    assert f'name="{name}"' in entry
    add_entry(project, entry)
    done = verify(project, name)
    assert (done.returncode, done.stderr) == (0, ""), done
    wrong = entry.replace(name, "wrong").replace('{"x": "a"}', '{"x": "2 * a"}')
    assert wrong.count("2 * a") == 1
    add_entry(project, wrong)
    done = verify(project, "wrong")
    assert done.returncode == 1
    assert "the gradient by x is off by" in done.stdout


def test_a_page_with_all_it_can_have(
    built: Path, build: Callable[[Path], CompletedProcess[str]]
) -> None:
    """A script and a page, with each block that the guide shows, build without a warning."""
    (built / "gallery" / "plot_x.py").write_text(SCRIPT.format(claim=9), "utf-8")
    front = block("Add a note page", "yaml")
    description = re.search(r"^description: (.*)$", front, re.MULTILINE)
    assert description
    assert 40 <= len(description[1]) <= 200
    (built / "docs" / "mine.md").write_text(
        "\n".join(
            [
                front,
                "# Mine\n",
                block("Add a note page", "markdown"),
                block("Say what holds a sentence", "markdown"),
                block("Show a reverse sweep", "markdown"),
                block("Write a derivation", "markdown"),
            ]
        ),
        "utf-8",
    )
    done = build(built)
    assert done.returncode == 0, done.stdout
    page = (built / "out" / "mine.html").read_text("utf-8")
    assert description[1] in page
    assert ">9\n" in page
    assert 'class="held' in page
    assert 'class="sweep"' in page
    assert "<math" in page
    assert "mine.html" in (built / "out" / "index.html").read_text("utf-8")


def test_an_exercise_is_one_more_of_its_page(
    tmp_path: Path, build: Callable[[Path], CompletedProcess[str]]
) -> None:
    """The exercise of the guide is shown by the page that ends in its line, and can be wrong."""
    project = faults.write(tmp_path / "project")
    exercise = block("Add an exercise", "python")
    assert block("Add an exercise", "markdown").strip() in faults.PAGE
    append(project / faults.OWN_EXERCISES, f'\nPAGES["notes/mine"] += {exercise}\n')
    done = build(project)
    assert done.returncode == 0, done.stdout
    assert "A cube" in (project / "out/notes/mine.html").read_text("utf-8")
    edit(project / faults.OWN_EXERCISES, '"3 * x ** 2"', '"2 * x ** 2"')
    done = build(project)
    assert done.returncode != 0
    assert "is off by" in done.stdout.rstrip().rpartition("\n")[2]


def test_a_citation_is_an_entry_and_a_key(
    tmp_path: Path, build: Callable[[Path], CompletedProcess[str]]
) -> None:
    """What the guide cites is listed with its title, and a script that draws shows a graph."""
    project = faults.write(tmp_path / "project")
    entry = block("Cite, or show a graph", "bibtex")
    found = re.search(r"@thread\{(.+),", entry)
    assert found
    edit(project / "docs/threads.bib", entry, "")  # written once more, as by the one who adds it
    append(project / "docs/threads.bib", entry)
    append(project / faults.MINE, f"\n{{cite:p}}`{found[1]}`\n")
    drawn = "import torch\n\n" + block("Cite, or show a graph", "python")
    edit(project / faults.SCRIPT, "fig, ax = plt", f"{drawn}\n# %%\n# Again:\n\nfig, ax = plt")
    done = build(project)
    assert done.returncode == 0, done.stdout
    assert "Explain Jacobian-vector product" in (project / "out/bibliography.html").read_text()
    assert "<svg" in (project / "out/gallery/plot_number.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        ("claim", "plot_x.py"),
        ("section", "mine.md"),
    ],
)
def test_what_the_guide_says_stops_the_build(
    built: Path, build: Callable[[Path], CompletedProcess[str]], mistake: str, words: str
) -> None:
    """A claim that is wrong, and a section that does not exist, stop the build at their file."""
    claim = 8 if mistake == "claim" else 9
    (built / "gallery" / "plot_x.py").write_text(SCRIPT.format(claim=claim), "utf-8")
    cited = block("Add a note page", "markdown")
    if mistake == "section":
        cited = cited.replace("Section title", "No such section")
    (built / "docs" / "mine.md").write_text(f"# Mine\n\n{cited}", "utf-8")
    done = build(built)
    assert done.returncode != 0
    assert words in done.stdout


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:src|docs|tests)/[\w/.-]+)`", GUIDE))))
def test_files_of_the_guide_are_there(path: str) -> None:
    """A file or folder that the guide names exists."""
    assert (ROOT / path).exists()


# The engines


def ask(project: Path, name: str) -> dict[str, Any]:
    """Record what an engine answers, by the command that stands behind the session of nox."""
    command = ["-m", "autodiff_notes", "engines", name, "--record"]
    done = forks.everything.run(command, project, variables(project))
    assert done.returncode == 0, done
    record = project / "src" / "autodiff_notes" / "engines" / "results" / f"{name}.json"
    answers: dict[str, Any] = json.loads(record.read_text("utf-8"))["answers"]
    return answers


def test_a_case_is_one_row_and_one_line_an_engine(project: Path) -> None:
    """The row and the line of a new case are asked, and the answers of the others stay."""
    assert "Write one row, a `case(...)`" in recipe("Add a case to the engines")
    engines = project / "src" / "autodiff_notes" / "engines"
    before = json.loads((engines / "results" / "torch.json").read_text("utf-8"))["answers"]
    append(engines / "cases" / "kinks.py", CASE)
    row = '"mine": lambda: grad(lambda x: 2 * x.abs(), 0.0),'
    edit(engines / "adapters" / "torch.py", "ANSWERS = {", f"ANSWERS = {{\n    {row}")
    answers = ask(project, "torch")
    assert answers.pop("mine")["answer"] == 0.0
    assert {key: entry["answer"] for key, entry in answers.items() if "answer" in entry} == {
        key: entry["answer"] for key, entry in before.items() if "answer" in entry
    }


def test_an_engine_is_one_file(project: Path) -> None:
    """A file with what the guide names is asked, and has a record."""
    named = re.findall("`([A-Z_]+)`", recipe("Add an engine"))
    assert set(re.findall("^[A-Z_]+", ENGINE, re.MULTILINE)) <= set(named)
    adapters = project / "src" / "autodiff_notes" / "engines" / "adapters"
    (adapters / "mine.py").write_text(ENGINE, "utf-8")
    assert ask(project, "mine")["abs-at-zero"]["answer"] == 0.0
