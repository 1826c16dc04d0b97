"""Tasks are shared between processes; what fails there is left for its own place."""

import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing import parent_process
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from _extensions.build import ahead
from _extensions.build.ahead import Task, get_ready, start

NOT_IMPORTED = "tabnanny"


def fail() -> None:
    """Raise what a script may raise."""
    raise ValueError("no")


def note(path: Path, number: int) -> None:
    """Note that a task was done."""
    with path.open("a") as file:
        file.write(f"{number}\n")


def noted(path: Path) -> list[int]:
    """Return the tasks that were done, in order."""
    return sorted(map(int, path.read_text().split()))


def test_every_task_is_done_once(tmp_path: Path) -> None:
    """Each process takes what no other has taken, and goes on after a task that fails."""
    done = tmp_path / "done"
    start([fail, *(partial(note, done, n) for n in range(20)), fail], 2).join()
    assert noted(done) == list(range(20))


def test_tasks_that_are_started_apart_are_counted_apart(tmp_path: Path) -> None:
    """Those of the first are all done, though others are started while it goes on."""
    first, second = tmp_path / "first", tmp_path / "second"
    begun = [start([partial(note, path, n) for n in range(200)], 1) for path in (first, second)]
    for together in begun:
        together.join()
    assert noted(first) == noted(second) == list(range(200))


def wait_for(path: Path) -> None:
    """Wait for a file."""
    while not path.exists():
        time.sleep(0.01)


def test_the_gallery_waits_for_its_scripts_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What pages need may go on until they are to be read, whatever it needs."""
    done, go = tmp_path / "done", tmp_path / "go"

    def listing(*numbers: int, late: bool) -> list[Callable[[SimpleNamespace], list[Task]]]:
        first = [partial(wait_for, go)] if late else []
        return [lambda _: [*first, *(partial(note, done, n) for n in numbers)]]

    listings = {
        "without torch": listing(1, late=True),
        "for the gallery": listing(2, 3, late=False),
        "for the pages": listing(4, late=True),
    }
    monkeypatch.setattr(ahead, "_listings", listings)
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setattr("gc.freeze", lambda: None)  # for this process has other tests to come
    ahead.do_ahead(SimpleNamespace(parallel=2))  # type: ignore[arg-type]
    before = noted(done)
    go.touch()
    ahead.wait_for_all()
    assert {2, 3} <= {*before} <= {2, 3, 4}  # of two processes one has nothing to wait for
    assert noted(done) == [1, 2, 3, 4]


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
