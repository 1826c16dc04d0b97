"""A small copy of the project with one of everything, and the mistakes that somebody may make in it."""

import re
import shutil
from pathlib import Path
from typing import NamedTuple

from projects import ROOT, SECTION, append, edit, write_project

PAGE = """\
---
description: A page with one of everything, so that each mistake has a place to be made in.
---

# Mine

A formula, $x^2$, a link to [the page](page.md), and one to [a heading](#a-heading).

![Two points](picture.svg)

(a-heading)=
## A heading

{cite:p}`petersen-pedersen-2012`

```{derivation} mine
X in positive_determinant(n)
d(logdet(X))
= tr(inv(X) @ d(X))       # Jacobi's formula
= inner(inv(X).mT, d(X))  # the trace is an inner product
```

```{sweep} x*log(x) + sin(x*y)
:at: x = 1, y = 2
```

```{catalogue-group} notes
```

## Exercises

```{exercises} notes/mine
```
"""
EXERCISES = '''\
"""One exercise."""

from autodiff_notes.exercises.exercise import Exercise

PAGES: dict[str, tuple[Exercise, ...]] = {
    "notes/mine": (
        Exercise(
            name="mine",
            title="A square",
            variables=("x in positive_scalar()",),
            function="x ** 2",
            gradients={"x": "2 * x"},
            derivation="= 2 * x * d(x)",
        ),
    ),
}
'''
PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M1 1h1v1z"/></svg>
"""
MINE = "docs/notes/mine.md"
SCRIPT = "gallery/plot_number.py"
NOTES = "src/autodiff_notes/catalogue/notes.py"
OWN_EXERCISES = "src/autodiff_notes/exercises/mine.py"


def write(folder: Path) -> Path:
    """Write the small copy of the project, with a page that has one of everything."""
    project = write_project(folder)
    for name, text in (
        (MINE, PAGE),
        ("docs/notes/picture.svg", PICTURE),
        (OWN_EXERCISES, EXERCISES),
    ):
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(text, "utf-8")
    for name in ("docs/bibliography.md", "docs/catalogue/catalogue.schema.json"):
        (project / name).parent.mkdir(exist_ok=True)
        shutil.copy2(ROOT / name, project / name)
    edit(project / "docs/index.md", "*\n", "*\nnotes/*\n")
    edit(project / MINE, "(page.md)", "(../page.md)")
    # One subject and one page of exercises: what the site has must be shown.
    for room, pattern, kept in (
        ("catalogue", r"SUBJECTS = \([^)]*\)", 'SUBJECTS = ("notes",)'),
        ("exercises", r"MODULES = \([^)]*\)", 'MODULES = ("mine",)'),
    ):
        path = project / f"src/autodiff_notes/{room}/__init__.py"
        text, number = re.subn(pattern, kept, path.read_text("utf-8"))
        assert number == 1
        path.write_text(text, "utf-8")
    return project


class Fault(NamedTuple):
    """One mistake: where it is made, what becomes what, and what the build must say, and where.

    An empty ``old`` adds ``new`` to the end of the file. ``at`` is a text of the line that must be
    named in ``place``, by default the file in which the mistake is made.
    """

    file: str
    old: str
    new: str
    at: str
    said: str
    place: str = ""
    limit: int = 0  # seconds until a script is stopped, where the project's are too many

    def make(self, project: Path) -> None:
        """Make the mistake."""
        path = project / self.file
        path.parent.mkdir(exist_ok=True)
        if self.old:
            edit(path, self.old, self.new)
        else:
            append(path, self.new)
        if self.limit:
            append(project / "docs/conf.py", f"script_limit = {self.limit}\n")


def in_script(code: str, formula: str = "n") -> str:
    """Return one more section of the script."""
    return SECTION.format(formula=formula, code=code)


# What stops the build on the spot is the last line of the log, in one line.
STOP = {
    "a script raises": Fault(SCRIPT, "", in_script("1 / 0"), "1 / 0", "ZeroDivisionError"),
    "a false assertion": Fault(
        SCRIPT, "", in_script('assert NUMBER < 0, "seen"'), "NUMBER < 0", "AssertionError: seen"
    ),
    "an unknown name in a script": Fault(SCRIPT, "", in_script("nope"), "nope", "NameError"),
    "no Python": Fault(SCRIPT, "", "\ndef (:\n", "def (:", "invalid syntax"),
    "a script that never ran": Fault(
        "gallery/mine.py",
        "",
        '"""\nMine\n====\n\nText.\n"""\n',
        '"""',
        "plot_mine.py run",
        "gallery/mine.py:1",
    ),
    "a script without a title": Fault(
        "gallery/plot_mine.py", "", "x = 1\n", "x = 1", "begin with a docstring"
    ),
    "a title underlined too short": Fault(
        SCRIPT, "===================", "===", "===", "underline the title with 19 times ="
    ),
    "a title without a sentence": Fault(
        SCRIPT,
        "The number is :math:`n`.\n",
        "",
        "",
        "say in a sentence",
        "gallery/plot_number.py:4",
    ),
    "a figure without alternative text": Fault(
        SCRIPT, 'fig.set_label("A straight line.")\n', "", "plt.subplots()", "no text alternative"
    ),
    "bad TeX in a script": Fault(
        SCRIPT, "", in_script("NUMBER", r"\frac{1"), r"\frac", "cannot be converted"
    ),
    "bad TeX on a page": Fault(MINE, "$x^2$", r"$\frac{1$", r"\frac{1", "cannot be converted"),
    "a wrong line of a derivation": Fault(
        MINE,
        "= tr(inv(X) @ d(X)) ",
        "= tr(X @ d(X)) ",
        "= tr(X @ d(X))",
        "does not equal the line before",
    ),
    "an unknown word in a derivation": Fault(
        MINE, "= tr(inv(X)", "= trace(inv(X)", "trace(inv", "there is no word 'trace'"
    ),
    "an unknown set in a derivation": Fault(
        MINE,
        "positive_determinant(n)",
        "positiv(n)",
        "X in positiv(n)",
        "there is no domain 'positiv'",
    ),
    "exercises of no page": Fault(
        MINE,
        "{exercises} notes/mine",
        "{exercises} notes/mien",
        "{exercises}",
        "no exercises end 'notes/mien'",
    ),
    "a sign in a gradient": Fault(
        NOTES, '"y": "x * cos(x * y)"', '"y": "-x * cos(x * y)"', '"scalar-example"', "is off by"
    ),
    "a transposed gradient": Fault(
        NOTES, '{"X": "inv(X).mT"}', '{"X": "inv(X)"}', '"log-det"', "is off by"
    ),
    "a gradient of another shape": Fault(
        NOTES,
        '"x": "2 * (x + y)"',
        '"x": "outer(x, y)"',
        '"squared-norm-of-sum"',
        "has the shape (2, 2), and must have (2,)",
    ),
    "a wrong line of an entry": Fault(
        NOTES,
        "= 2 * (x + y) @ d(x + y) ",
        "= 3 * (x + y) @ d(x + y) ",
        "= 3 * (x + y)",
        "line 1 does not equal",
    ),
    "an unknown word in an entry": Fault(
        NOTES, "(x + y) @ (x + y)", "squared(x + y)", "squared(", "there is no word 'squared'"
    ),
    "an unknown set of an entry": Fault(
        NOTES, "x, y in vector(n)", "x, y in vektor(n)", "vektor", "there is no domain 'vektor'"
    ),
    "a forgotten comma": Fault(
        NOTES,
        '("x, y in vector(n)",)',
        '("x, y in vector(n)")',
        "Entry(",
        "is a comma missing",
        "src/autodiff_notes/catalogue/notes.py:19",
    ),
    "a variable without gradient": Fault(
        NOTES, ', "y": "x * cos(x * y)"', "", '"scalar-example"', "declare the others constant"
    ),
    "two entries of one name": Fault(
        NOTES,
        'name="squared-norm-of-sum"',
        'name="log-det"',
        'name="log-det"',
        "more than one entry",
        "src/autodiff_notes/catalogue/notes.py",
    ),
    "a wrong exercise": Fault(
        OWN_EXERCISES, '{"x": "2 * x"}', '{"x": "3 * x"}', 'name="mine"', "is off by"
    ),
    "an exercise without solution": Fault(
        OWN_EXERCISES,
        '            derivation="= 2 * x * d(x)",\n',
        "",
        'name="mine"',
        "has no solution",
    ),
    "a script that never ends": Fault(
        SCRIPT,
        "",
        in_script("import time\n\nwhile True: time.sleep(9)"),
        "while True",
        "did not end in 2 s",
        limit=2,
    ),
    "an exercise under an unused key": Fault(
        OWN_EXERCISES,
        '"notes/mine": (',
        '"notes/mein": (),\n    "notes/mine": (',
        "notes/mein",
        "no page shows the exercises",
    ),
    "an exercise under a key that is there": Fault(
        OWN_EXERCISES,
        '"notes/mine": (',
        '"notes/mine": (),\n    "notes/mine": (',
        "",
        "is there already",
        "src/autodiff_notes/exercises/mine.py:7",
    ),
}

# What does not stop it at once is told as a warning, which nox -s docs counts as an error.
WARN = {
    "a missing description": Fault(
        MINE,
        "description: A page with",
        "other: A page with",
        "",
        "needs a description of 40 to 200",
        f"{MINE}:1",
    ),
    "a short description": Fault(
        MINE,
        "one of everything, so that each mistake has a place to be made in",
        "all",
        "",
        "it has 16",
        f"{MINE}:1",
    ),
    "a broken link": Fault(
        MINE, "](../page.md)", "](../gone.md)", "gone.md", "target not found: '../gone.md'"
    ),
    "a broken anchor": Fault(MINE, "](#a-heading)", "](#no-heading)", "", "no-heading"),
    "a missing picture": Fault(MINE, "(picture.svg)", "(gone.svg)", "", "gone.svg"),
    "a picture without alternative text": Fault(
        MINE, "![Two points]", "![]", "![](", "alternative text"
    ),
    "a picture from elsewhere": Fault(
        MINE, "(picture.svg)", "(https://example.org/a.png)", "example.org", "from elsewhere"
    ),
    "an inline script": Fault(MINE, "", "\n<script>alert(1)</script>\n", "<script>", "script"),
    "a missing download": Fault(MINE, "", "\n{download}`gone.zip`\n", "gone.zip", "not readable"),
    "an unknown citation": Fault(
        MINE, "petersen-pedersen-2012", "petersen-2012", "", "petersen-2012"
    ),
    "an unknown function": Fault(
        MINE, "", "\n{py:func}`no.where`\n", "no.where", "target not found"
    ),
    "an unknown group": Fault(
        MINE,
        "{catalogue-group} notes",
        "{catalogue-group} note",
        "{catalogue-group}",
        "there is no group 'note'",
    ),
    "an unknown script": Fault(
        MINE, "", '\n```{gallery-step} plot_gone "A"\n```\n', "plot_gone", "there is no script"
    ),
    "an unknown section": Fault(
        "docs/page.md", '"The line"', '"The circle"', "The circle", "has no section 'The circle'"
    ),
    "an unknown directive": Fault(
        MINE, "", "\n```{derivaton}\n```\n", "derivaton", "Unknown directive"
    ),
    "a formula that the tape cannot read": Fault(
        MINE, "{sweep} x*log(x)", "{sweep} x*lag(x)", "x*lag", "lag"
    ),
    "an orphan page": Fault(
        "docs/notes/deep/orphan.md",
        "",
        "---\ndescription: A page that no table of contents leads to, as a test wants it.\n---\n\n# Orphan\n",
        "",
        "any toctree",
        "docs/notes/deep/orphan.md",
    ),
    "two pages with one title": Fault(
        MINE,
        "# Mine",
        "# The page",
        "",
        "notes/mine.md has the same title",
        "docs/page.md:1",
    ),
    "a page too heavy": Fault(MINE, "", f"\n{'m' * 600_000}\n", "", "weighs", f"{MINE}:1"),
    "a second page with the same label": Fault(
        "docs/page.md",
        "# The page",
        "# The page\n\n(a-heading)=\n## Again",
        "",
        "duplicate label",
        "docs/",
    ),
}
