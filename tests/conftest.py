"""What tests share: a small copy of the project, a way to build it, and the built site."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "docs" / "_extensions"))

# What the small copy takes from the real project; all that it adds is written below.
FRAME = [
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "src",
    "docs/conf.py",
    "docs/_extensions",
    "docs/_inventories",
    "docs/_static",
    "docs/_templates",
]
OWN = {
    # A number that everything shows, and a note of everything that runs.
    "src/autodiff_notes/number.py": '''\
"""The package says 1729."""

from pathlib import Path

NUMBER = 1729


def note(name: str) -> None:
    """Note that something ran."""
    with Path(__file__).parents[2].joinpath("runs.txt").open("a") as runs:
        runs.write(name + "\\n")
''',
    "gallery/GALLERY_HEADER.rst": """\
Examples
========

One script.
""",
    "gallery/plot_number.py": '''\
"""
A number and a line
===================

The number is :math:`n`.
"""

import matplotlib.pyplot as plt

from autodiff_notes.number import NUMBER, note

plt.style.use("autodiff_notes.figures")
note("script")

# %%
# The number
# ----------
# It comes from the package:

print(f"The script says {NUMBER}")

# %%
# The line
# --------
# From zero to the number:

fig, ax = plt.subplots()
fig.set_label("A straight line.")
ax.plot([0, NUMBER])
plt.show()
''',
    "docs/index.md": """\
# Home

```{toctree}
:glob:

*
gallery/index
```
""",
    "docs/page.md": """\
# The page

The number $n$ is a sum of two cubes:

```{gallery-step} plot_number "The number"
Here is its value.
```

```{gallery-step} plot_number "The line"
Here is its picture.
```
""",
    "docs/running.md": """\
# Running
""",
}


def without_generated(folder: str, names: list[str]) -> set[str]:
    """Return the names in a folder that a fresh clone does not have."""
    generated = {"__pycache__", "_build", "dist", "jupyter_execute", "node_modules", "out"}
    if Path(folder).name == "docs":
        generated.add("gallery")
    return {n for n in names if n in generated or n.startswith(".") or n.endswith(".inv")}


def run_sphinx(project: Path) -> subprocess.CompletedProcess[str]:
    """Build a project's site into its folder ``out``, as ``nox -s docs`` does.

    What stands in the project's folder ``first`` comes first on Python's path, then the
    project's own sources. Everything that the build says is in ``stdout``.
    """
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"SITE_ADDRESS", "SOURCE_DATE_EPOCH"}
    } | {
        "NO_COLOR": "1",
        "OMP_NUM_THREADS": "1",
        # Two edits within one second would leave compiled code that looks current.
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join([str(project / "first"), str(project / "src")]),
    }
    options = ["-W", "--nitpicky", "--keep-going", "-q"]
    return subprocess.run(
        [sys.executable, "-m", "sphinx", *options, "docs", "out"],
        cwd=project,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


def write_project(folder: Path) -> Path:
    """Write a small project with the real settings, one page and one script."""
    for name in FRAME:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=without_generated)
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    for name, text in OWN.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="session")
def build() -> Callable[[Path], subprocess.CompletedProcess[str]]:
    """Return the function that builds a project."""
    return run_sphinx


@pytest.fixture(scope="session")
def make_project() -> Callable[[Path], Path]:
    """Return the function that writes the small project into a folder."""
    return write_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a small project, not yet built."""
    return write_project(tmp_path / "project")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the real site, built once from a clean copy of the sources."""
    copy = tmp_path_factory.mktemp("site") / "project"
    shutil.copytree(ROOT, copy, ignore=without_generated)
    done = run_sphinx(copy)
    if done.returncode:
        pytest.fail(f"the site does not build:\n{done.stdout}", pytrace=False)
    return copy / "out"
