"""Tasks are shared between processes; what fails there is left for its own place."""

import sys
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sphinx.util.parallel import ParallelTasks

from _extensions.build.ahead import get_ready, take_turns

NOT_IMPORTED = "tabnanny"


def fail() -> None:
    """Raise what a script may raise."""
    raise ValueError("no")


def test_every_task_is_done_once(tmp_path: Path) -> None:
    """Each process takes what no other has taken, and goes on after a task that fails."""

    def note(number: int) -> None:
        with (tmp_path / "done").open("a") as file:
            file.write(f"{number}\n")

    tasks: list[Callable[[], object]] = [fail, *(partial(note, n) for n in range(20)), fail]
    taken = get_context("fork").Value("i", 0)
    together = ParallelTasks(2)
    for _ in range(2):
        together.add_task(partial(take_turns, tasks, taken))
    together.join()
    done = (tmp_path / "done").read_text().split()
    assert sorted(map(int, done)) == list(range(20))


def write(path: Path) -> None:
    """Write whether the module was there, and the task done in another process."""
    path.write_text(f"{NOT_IMPORTED in sys.modules} {parent_process() is not None}", "utf-8")


def test_a_process_gets_ready_for_one_task(tmp_path: Path) -> None:
    """It has imported the module before the task comes, and the task is done when it is given."""
    app: Any = SimpleNamespace(parallel=2)
    get_ready(app, NOT_IMPORTED)
    app.ready(partial(write, tmp_path / "done"))
    assert (tmp_path / "done").read_text("utf-8") == "True True"


def test_a_task_that_fails_there_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """It fails again in its own place, with its own message."""
    app: Any = SimpleNamespace(parallel=2)
    get_ready(app, NOT_IMPORTED)
    app.ready(fail)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("processes", "module"), [(1, NOT_IMPORTED), (2, "pathlib")])
def test_no_process_is_started_for_nothing(processes: int, module: str) -> None:
    """None is where one process alone is allowed, or where the module is imported already."""
    app = SimpleNamespace(parallel=processes)
    get_ready(app, module)  # type: ignore[arg-type]
    assert not hasattr(app, "ready")
