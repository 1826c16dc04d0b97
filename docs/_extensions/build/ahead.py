"""What takes long is done first, on every processor that ``-j`` allows.

A module that has such work registers the function that lists its tasks. They are done in processes
of their own: those that need no torch while this process imports it, the others by its forks. Who
needs what was done then finds it done. A task that fails is left alone: it is done again in its
place, and fails there with its own message.

If one task alone is expected, as after the change of one script, a process imports torch for it
while this one still loads its extensions.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from typing import TYPE_CHECKING

from sphinx.application import Sphinx
from sphinx.util.parallel import ParallelTasks, parallel_available
from sphinx.util.typing import ExtensionMetadata

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.sharedctypes import Synchronized

Task = Callable[[], object]
Listing = Callable[[Sphinx], Iterable[Task]]

_listings: dict[bool, list[Listing]] = {True: [], False: []}


def ahead(*, torch: bool) -> Callable[[Listing], Listing]:
    """Register a function that lists tasks; ``torch`` says whether they need it imported."""

    def register(function: Listing) -> Listing:
        _listings[torch].append(function)
        return function

    return register


def do_ahead(app: Sphinx) -> None:
    """Do all tasks, if there is enough to do for more than one process."""
    if app.parallel < 2 or not parallel_available:
        return
    tasks = [task for listing in _listings[True] for task in listing(app)]
    if len(tasks) == 1 and hasattr(app, "ready"):
        app.ready(tasks[0])
    if len(tasks) < 2:
        return
    first = start([task for listing in _listings[False] for task in listing(app)], 1)
    # Once, for all processes. With one OpenMP thread torch has no pool that a fork would break.
    assert os.environ.get("OMP_NUM_THREADS") == "1"
    import matplotlib.pyplot as plt  # noqa: F401, PLC0415
    import torch._dynamo  # noqa: F401, PLC0415 - the first use of forward mode imports it

    gc.freeze()
    # Few processes with many tasks: each pays anew for its first figure and its first gradient.
    for together in (start(tasks, app.parallel), first):
        together.join()


def get_ready(app: Sphinx, module: str) -> None:
    """Start a process that imports a module and then waits for the one task that is expected."""
    if app.parallel < 2 or not parallel_available or module in sys.modules:
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


def start(tasks: list[Task], processes: int) -> ParallelTasks:
    """Start processes that share the tasks."""
    taken = get_context("fork").Value("i", 0)
    together = ParallelTasks(processes)
    for _ in range(processes):
        together.add_task(partial(take_turns, tasks, taken))
    return together


def take_turns(tasks: list[Task], taken: "Synchronized[int]") -> None:
    """Do tasks that no other process has taken; one that fails says nothing here."""
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
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
