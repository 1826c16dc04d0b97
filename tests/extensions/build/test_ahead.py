"""Tasks are shared between processes; what fails there is left for its own place."""

from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from sphinx.util.parallel import ParallelTasks

from _extensions.build.ahead import take_turns


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
