"""A build that was killed, that warned, or whose disk was full, leaves the next one in order."""

import logging
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from subprocess import CompletedProcess
from types import SimpleNamespace
from typing import cast

import pytest
from sphinx.application import Sphinx

import forks
from _extensions.build.finish import Warned
from projects import variables

Build = Callable[[Path], CompletedProcess[str]]
ENVIRONMENT = "out/.doctrees/environment.pickle"


def change(project: Path) -> None:
    """Change the title of a page, and what a script and a cell show."""
    for name, old, new in (
        ("docs/page.md", "# The page", "# Another title"),
        ("src/autodiff_notes/number.py", "1729", "4104"),
    ):
        path = project / name
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def kill_when(project: Path, moment: Callable[[], bool]) -> None:
    """Start a build, and kill it and its processes as soon as a moment has come."""
    program = "import os, runpy; os.setsid(); runpy.run_module('sphinx', run_name='__main__')"
    command = ["-c", program, "-q", "-W", "-j", "2", "docs", "out"]
    started = forks.everything.start(command, project, variables(project), os.devnull)
    with suppress(ProcessLookupError):  # it has ended
        while not moment():
            time.sleep(0.002)
            os.kill(started, 0)
        os.killpg(started, signal.SIGKILL)
    forks.everything.wait()


def later(path: Path) -> Callable[[], bool]:
    """Return the moment in which a file is there that is newer than now."""
    now = time.time_ns()
    return lambda: path.exists() and path.stat().st_mtime_ns > now


MOMENTS = {
    "the script has run": "docs/gallery/plot_number.py.md5",
    "the cache of cells is made": "out/.doctrees/cells.new",
    "the environment is stored": ENVIRONMENT,
    "a page is written": "out/gallery/plot_number.html",
}


@pytest.mark.parametrize("path", MOMENTS.values(), ids=list(MOMENTS))
def test_a_killed_build_leaves_nothing_stale_and_nothing_stuck(
    built: Path, build: Build, path: str
) -> None:
    """Whenever a build is killed, the next one needs no help and shows what is so."""
    change(built)
    kill_when(built, later(built / path))
    done = build(built)
    assert done.returncode == 0, done.stdout
    for page in ("page", "gallery/plot_number", "index", "referring"):
        assert "Another title" in (built / "out" / f"{page}.html").read_text("utf-8")
    for page, text in (("page", "script"), ("cells", "cell")):
        assert f"The {text} says 4104" in (built / "out" / f"{page}.html").read_text("utf-8")


def test_after_an_interruption_every_page_is_written(built: Path, build: Build) -> None:
    """The mark of an unfinished build has every page written anew, and goes after a good end."""
    mark = built / "out" / ".doctrees" / "unfinished"
    assert not mark.exists()
    mark.touch()
    (built / "out" / "page.html").write_text("old", "utf-8")
    assert build(built).returncode == 0
    assert "1729" in (built / "out" / "page.html").read_text("utf-8")
    assert not mark.exists()


@pytest.mark.parametrize("name", [".buildinfo", ENVIRONMENT.removeprefix("out/")])
def test_a_file_that_a_full_disk_left_empty_is_made_again(
    built: Path, build: Build, name: str
) -> None:
    """An empty file of Sphinx's memory costs time, and no build."""
    path = built / "out" / name
    path.write_bytes(b"")
    done = build(built)
    assert done.returncode == 0, done.stdout
    assert path.read_bytes()


def test_a_warning_costs_its_own_page_alone(built: Path, build: Build) -> None:
    """A page that warned is read again, and warns again; the others are left alone."""
    page = built / "docs" / "page.md"
    good = page.read_text("utf-8")
    page.write_text(good + "\nSee {py:func}`nowhere.at_all`.\n", "utf-8")
    doctrees = built / "out" / ".doctrees"
    others = [path for path in doctrees.rglob("*.doctree") if path.name != "page.doctree"]
    before = {path: path.stat().st_mtime_ns for path in others}
    for _ in range(2):
        done = build(built)
        assert done.returncode != 0
        assert "target not found: nowhere.at_all" in done.stdout
        assert {path: path.stat().st_mtime_ns for path in others} == before
    page.write_text(good, "utf-8")
    assert build(built).returncode == 0
    assert not (doctrees / "warned.json").exists()


def test_a_suppressed_warning_is_none() -> None:
    """What the settings suppress has no page read again, and no warning is counted twice."""
    config = SimpleNamespace(suppress_warnings=["kind.small"])
    env = SimpleNamespace(doc2path=lambda page: f"docs/{page}.md")
    app = SimpleNamespace(config=config, env=env, _warncount=0)
    listener = Warned(cast("Sphinx", app))
    for values in (
        {"type": "kind", "subtype": "small", "location": None},
        {"type": "kind", "subtype": "large", "location": ("page", 3)},
    ):
        record = logging.makeLogRecord({"levelno": logging.WARNING, "msg": "no", **values})
        listener.handle(record)
    assert listener.places == {"docs/page.md"}
    assert app._warncount == 0
