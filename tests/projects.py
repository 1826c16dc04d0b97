"""Projects to build: a small copy of this one, and the whole of it, built once for all sessions."""

import compileall
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from py_compile import PycInvalidationMode

from filelock import FileLock

import forks

ROOT = Path(__file__).parents[1]

# As nox -s docs.
OPTIONS = ["-W", "--nitpicky", "--keep-going", "-q"]
DOCS = "docs/_build/html", "docs/_build/doctrees"


def without_generated(folder: str, names: list[str]) -> set[str]:
    """Return the names in a folder that a fresh clone does not have."""
    generated = {"__pycache__", "_build", "dist", "jupyter_execute", "out"}
    if Path(folder).name == "docs":
        generated.add("gallery")
    return {n for n in names if n in generated or n.startswith(".") or n.endswith(".inv")}


# A small project

# What the small copy takes from the real project; all that it adds is written below.
FRAME = [
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "src",
    "docs/conf.py",
    "docs/references.bib",
    "docs/threads.bib",
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

DOCTREES = "out/.doctrees"
PARSED = "docs/_extensions/__pycache__/parsed"

# What a test adds to them.
SECTION = """
# %%
# One more
# --------
# A formula, :math:`{formula}`, and code:

{code}
"""
CELLS = """\
---
file_format: mystnb
kernelspec:
  name: python3
---

# Cells

```{code-cell} python
from autodiff_notes.number import NUMBER, note

note("cell")
print(f"The cell says {NUMBER}")
```
"""


def variables(project: Path) -> dict[str, str]:
    """Return the environment in which a project is built: this machine's, less this project's.

    What stands in the project's folder ``first`` comes first on Python's path, then its sources.
    """
    return {
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


def run_sphinx(
    project: Path, server: forks.Server = forks.everything
) -> subprocess.CompletedProcess[str]:
    """Build a project's site into its folder ``out``, as ``nox -s docs`` does.

    What stands in the project's folder ``first`` comes first on Python's path, then the
    project's own sources. Everything that the build says is in ``stdout``.
    """
    return forks.sphinx([*OPTIONS, "docs", "out"], project, variables(project), server)


@contextmanager
def builder(project: Path) -> Iterator[Callable[[Path], subprocess.CompletedProcess[str]]]:
    """Return the function that builds projects, this one in processes that know its extensions."""
    with closing(server_of(project)) as own:
        yield lambda other: run_sphinx(other, own if other == project else forks.everything)


@cache
def here() -> forks.Server:
    """Return a server that has imported the extensions of this project, and what they import."""
    return server_of(ROOT)


def sphinx_here(arguments: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run Sphinx in a folder whose settings take the extensions of this project."""
    return forks.sphinx(arguments, folder, variables(ROOT), here())


def sphinx_without_torch(
    arguments: Sequence[str], folder: Path
) -> subprocess.CompletedProcess[str]:
    """Run the same in a process that has imported neither the extensions nor torch."""
    return forks.sphinx(arguments, folder, variables(ROOT), forks.without_torch)


def server_of(project: Path) -> forks.Server:
    """Return a server that has imported a project's extensions, and what they import."""
    docs = project / "docs"
    files = sorted(docs.glob("_extensions/*/*.py"))
    modules = [".".join(file.relative_to(docs).with_suffix("").parts) for file in files]
    return forks.Server(
        *modules, within=forks.everything, folder=docs, variables=variables(project)
    )


@cache
def frame() -> tempfile.TemporaryDirectory[str]:
    """Make what all small projects have in common once, so that each build has less to find out.

    All of it is known by content, and found anew for what a test changes: the compiled modules,
    and what a first build parsed of the sources and compiled of the templates. That build is kept
    in the folder ``project``, with a copy.
    """
    folder = tempfile.TemporaryDirectory()
    here = Path(folder.name, "frame")
    for name in FRAME:
        source, target = ROOT / name, here / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=without_generated)
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    for name in ("src", "docs"):
        by_content = PycInvalidationMode.CHECKED_HASH
        compileall.compile_dir(here / name, quiet=1, invalidation_mode=by_content)
    first = shutil.copytree(here, Path(folder.name, "project"))
    write_own(first)
    run_sphinx(first)
    shutil.copytree(first, Path(folder.name, "copy"))
    for name in (PARSED, f"{DOCTREES}/templates"):
        known = first / name
        if known.is_file():
            shutil.copy2(known, here / name)
        elif known.exists():  # what does not build is told by the tests
            shutil.copytree(known, here / name)
    return folder


def write_project(folder: Path) -> Path:
    """Write a small project with the real settings, one page and one script."""
    shutil.copytree(Path(frame().name, "frame"), folder, dirs_exist_ok=True)
    write_own(folder)
    return folder


def write_own(folder: Path) -> None:
    """Write what a small project has of its own."""
    for name, text in OWN.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def contents(folder: Path) -> dict[Path, tuple[int, int]]:
    """Return size and time of each file below a folder, and something for each folder."""
    found: dict[Path, tuple[int, int]] = {}
    for at, below, names in os.walk(folder):
        here = Path(at).relative_to(folder)
        found |= {here / name: (-1, -1) for name in below}
        for name in names:
            about = os.stat(os.path.join(at, name))  # noqa: PTH116, PTH118 - hundreds
            found[here / name] = about.st_size, about.st_mtime_ns
    return found


def restore(folder: Path, copy: Path) -> None:
    """Make a folder what its copy is; most of it is, and is left alone."""
    now, wanted = contents(folder), contents(copy)
    for path in sorted(now.keys() - wanted.keys(), reverse=True):
        (folder / path).rmdir() if now[path] == (-1, -1) else (folder / path).unlink()
    for path in sorted(wanted.keys() - {path for path in now if now[path] == wanted.get(path)}):
        if wanted[path] == (-1, -1):
            (folder / path).mkdir()
        else:
            shutil.copy2(copy / path, folder / path)


def edit(path: Path, old: str, new: str) -> None:
    """Replace what must occur in a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def append(path: Path, text: str) -> None:
    """Add to the end of a file, which need not exist."""
    before = path.read_text("utf-8") if path.exists() else ""
    path.write_text(before + text, "utf-8")


def line_of(path: Path, text: str) -> int:
    """Return the number of the one line that contains a text."""
    lines = path.read_text("utf-8").splitlines()
    (number,) = [n for n, line in enumerate(lines, 1) if text in line]
    return number


# A site with some of the extensions


def settings(*extensions: str) -> str:
    """Return the ``conf.py`` of a site that has some of the project's extensions."""
    names = ["mathematics.mathml", *extensions]
    return f"""\
import sys
sys.path.insert(0, {str(ROOT / "docs")!r})
extensions = {["myst_parser", *(f"_extensions.{name}" for name in names)]!r}
myst_enable_extensions = ["dollarmath"]
html_math_renderer = "mathml"
html_theme = "basic"
suppress_warnings = ["myst.xref_missing"]
"""


# The whole site

# All that the site is built from, except what is installed.
FETCHED = "live/node_modules"
SOURCES = [
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "NOTICE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "live/package-lock.json",
    "src",
    "gallery",
    "docs",
    FETCHED,
]
BUILT = ROOT / "docs" / "_build" / "tested"


def files(root: Path) -> Iterator[Path]:
    """Yield every file of a project that its site is built from."""
    for name in SOURCES:
        if (root / name).is_file():
            yield root / name
        for folder, folders, names in os.walk(root / name):
            left_out = set() if name == FETCHED else without_generated(folder, [*folders, *names])
            folders[:] = sorted(set(folders) - left_out)
            yield from (Path(folder, file) for file in sorted(set(names) - left_out))


def key(root: Path) -> str:
    """Return a hash of all that a site follows from: its sources, and what is installed."""
    digest = hashlib.sha256(sys.version.encode())
    for installed in sorted(f"{found.name}=={found.version}" for found in distributions()):
        digest.update(installed.encode() + b"\n")
    for path in files(root):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def copy_sources(project: Path) -> None:
    """Copy all that the site is built from."""
    for path in files(ROOT):
        copy = project / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)


def stands(root: Path, site: str, kept: str) -> bool:
    """Return whether a project's site stands as ``nox -s docs`` leaves it, in this environment."""
    from _extensions.build import unchanged  # noqa: PLC0415 - not in each worker

    settings = dict.fromkeys(unchanged.VARIABLES)
    return unchanged.mark_of(root / kept) == {
        "sources": unchanged.sources(root),
        "settings": settings | {"tags": [], "folder": str(root / "docs"), "nitpicky": "True"},
        "site": unchanged.site(root / site, root / kept),
    }


def build_site(project: Path, wanted: str) -> None:
    """Build the site from a copy of the sources that have a key."""
    copy_sources(project)
    if key(project) != wanted:
        raise RuntimeError("the sources changed while they were copied")
    options = [*OPTIONS, "-j", "auto"]
    done = forks.sphinx_alone([*options, "docs", "out"], project, variables(project))
    if done.returncode:
        raise RuntimeError(f"the site does not build:\n{done.stdout}")


def built_site() -> Path:
    """Return the folder of the site: that of ``nox -s docs``, or built from a copy of the sources.

    It is kept by its key, for the other workers and for the sessions after this one.

    Raises
    ------
    RuntimeError
        If it does not build; with all that the build said.
    """
    wanted = key(ROOT)
    project = BUILT / wanted
    BUILT.mkdir(parents=True, exist_ok=True)
    with FileLock(BUILT / "lock"):
        if not (project / "complete").exists():
            shutil.rmtree(project, ignore_errors=True)
            if stands(ROOT, *DOCS):
                shutil.copytree(ROOT / DOCS[0], project / "out")
            else:
                build_site(project, wanted)
            (project / "complete").touch()
            # The last three are enough to go to and fro between two branches.
            kept = sorted(BUILT.glob("*/"), key=lambda path: path.stat().st_mtime)
            for old in kept[:-3]:
                shutil.rmtree(old)
    return project / "out"
