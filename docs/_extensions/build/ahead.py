"""What takes long is done first, on every processor that ``-j`` allows.

A module that has such work registers the function that lists its tasks. They are done in processes
of their own: those that need no torch while this process imports it, the others by its forks. The
gallery waits for its scripts alone; the rest is waited for when pages are to be read, and may go on
beside the gallery. Who needs what was done then finds it done. A task that fails is left alone: it
is done again in its place, and fails there with its own message.

If one task alone is expected, as after the change of one script, a process imports torch for it
while this one still loads its extensions.
"""

import atexit
import gc
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from typing import TYPE_CHECKING, Literal

from sphinx.application import Sphinx
from sphinx.util.parallel import ParallelTasks, parallel_available
from sphinx.util.typing import ExtensionMetadata

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.sharedctypes import Synchronized

Task = Callable[[], object]
Listing = Callable[[Sphinx], Iterable[Task]]
Kind = Literal["without torch", "for the gallery", "for the pages"]

_listings: dict[Kind, list[Listing]] = defaultdict(list)
_going_on: list[ParallelTasks] = []


def ahead(kind: Kind) -> Callable[[Listing], Listing]:
    """Register a function that lists tasks of a kind; two of the three need torch imported."""

    def register(function: Listing) -> Listing:
        _listings[kind].append(function)
        return function

    return register


def several(app: Sphinx) -> bool:
    """Return whether this build may use more than one process."""
    return app.parallel > 1 and parallel_available


def listed(app: Sphinx, kind: Kind) -> list[Task]:
    """Return all tasks of a kind."""
    return [task for listing in _listings[kind] for task in listing(app)]


def do_ahead(app: Sphinx) -> None:
    """Begin all tasks, if there is enough to do for more than one process; end the gallery's."""
    if not several(app):
        return
    scripts, others = listed(app, "for the gallery"), listed(app, "for the pages")
    tasks = [*scripts, *others]
    if len(tasks) == 1 and hasattr(app, "ready"):
        app.ready(tasks[0])
    if len(tasks) < 2:
        return
    go_on(listed(app, "without torch"))
    # Once, for all processes. With one OpenMP thread torch has no pool that a fork would break.
    assert os.environ.get("OMP_NUM_THREADS") == "1"
    import matplotlib.pyplot as plt  # noqa: F401, PLC0415
    import torch  # noqa: PLC0415

    from autodiff_notes.evaluation.derivatives import differential  # noqa: PLC0415

    # The first use of forward mode compiles rules, and that of a dot product imports a compiler.
    one = torch.ones(1)
    differential({"x": one}, lambda x: one @ x, x=one)
    gc.freeze()
    # Few processes with many tasks: each pays anew for its first figure and its first gradient.
    # What the gallery does not wait for gives way to what it waits for, and to the gallery. The last
    # of it, the answers of the engines, takes longest: first, so that no process is left with it.
    go_on(others[::-1], app.parallel, niceness=19)
    start(scripts, app.parallel).join()


def go_on(tasks: list[Task], processes: int = 1, niceness: int = 0) -> None:
    """Begin tasks that go on beside what this process does."""
    _going_on.append(start(tasks, processes, niceness))


def wait_for_all(*_: object) -> None:
    """Wait for the tasks that went on."""
    while _going_on:
        _going_on.pop().join()


def get_ready(app: Sphinx, module: str) -> None:
    """Start a process that imports a module and then waits for the one task that is expected."""
    if not several(app) or module in sys.modules:
        return
    fork = get_context("fork")
    ours, theirs = fork.Pipe()
    process = fork.Process(target=wait, args=(module, theirs, ours), daemon=True)
    process.start()
    theirs.close()

    def do(task: Task) -> None:
        ours.send(task)
        process.join()

    app.ready = do  # type: ignore[attr-defined]


def wait(module: str, ours: "Connection", theirs: "Connection") -> None:
    """Import a module, and do the task that comes; none does when the other end is closed."""
    theirs.close()
    with suppress(Exception, KeyboardInterrupt):
        import_module(module)
        ours.recv()()


def start(tasks: list[Task], processes: int, niceness: int = 0) -> ParallelTasks:
    """Start processes that share the tasks; a build that ends before them ends them."""
    together = ParallelTasks(processes)
    # Kept: its memory, once given back, would count the tasks of the next that are started.
    taken = together.taken = get_context("fork").Value("i", 0)  # type: ignore[attr-defined]
    atexit.register(together.terminate)
    for _ in range(min(processes, len(tasks))):
        together.add_task(partial(take_turns, tasks, taken, niceness))
    return together


def take_turns(tasks: list[Task], taken: "Synchronized[int]", niceness: int = 0) -> None:
    """Do tasks that no other process has taken; one that fails says nothing here."""
    os.nice(niceness)
    while True:
        with taken.get_lock():
            number = taken.value
            taken.value += 1
        if number >= len(tasks):
            return
        with suppress(Exception):
            tasks[number]()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Run between sphinx-gallery's settings and its runs."""
    app.connect("builder-inited", do_ahead, priority=400)
    app.connect("env-before-read-docs", wait_for_all, priority=1)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
