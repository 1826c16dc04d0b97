"""A mistake stops the build, which names its file and line, and says what is wrong.

Each is made alone, in a small copy of the project that was built before.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from faults import STOP, WARN, Fault, write
from projects import builder, line_of, run_sphinx

Build = Callable[[Path], CompletedProcess[str]]


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the project without a mistake, once built, and of a copy of it."""
    folder = tmp_path_factory.mktemp("faults")
    project = write(folder / "project")
    done = run_sphinx(project)
    assert (done.returncode, done.stdout) == (0, "")
    shutil.copytree(project, folder / "copy")
    return folder


@pytest.fixture(scope="module")
def build(pristine: Path) -> Iterator[Build]:
    """Return the function that builds the project, in a process that knows the extensions."""
    with builder(pristine / "project") as build:
        yield build


def place(project: Path, fault: Fault) -> str:
    """Return the place that the build must name: a file, and its line where that is known."""
    if fault.place or not fault.at:
        return fault.place or f"{fault.file}:"
    return f"{fault.file}:{line_of(project / fault.file, fault.at)}:"


@pytest.mark.parametrize("fault", STOP.values(), ids=list(STOP))
def test_the_last_line_tells_a_mistake(built: Path, build: Build, fault: Fault) -> None:
    """The build fails, and the last line of its log has the place and the reason, all in one."""
    fault.make(built)
    done = build(built)
    assert done.returncode != 0
    last = done.stdout.rstrip().rpartition("\n")[2]
    assert last.startswith(place(built, fault)), done.stdout
    assert fault.said in last, done.stdout
    assert re.match(r"[\w./-]+:\d+: ", last)
    assert "Traceback" not in done.stdout
    assert "open an issue" not in done.stdout


@pytest.mark.parametrize("fault", WARN.values(), ids=list(WARN))
def test_a_warning_tells_a_mistake(built: Path, build: Build, fault: Fault) -> None:
    """The build fails, and a line of its log has the place and the reason."""
    fault.make(built)
    done = build(built)
    assert done.returncode != 0, "the build does not see it"
    wanted = place(built, fault)
    lines = [line for line in done.stdout.splitlines() if wanted in line and fault.said in line]
    assert lines, done.stdout
    assert "Traceback" not in done.stdout
