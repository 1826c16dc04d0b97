"""What takes long is done first, on every processor that ``-j`` allows.

Before sphinx-gallery runs its scripts one after another, processes of their own run those that
have to run, ask torch what it answers beside the other engines, verify those entries and exercises
of which nothing is known, and pack what the live page loads. sphinx-gallery and the pages then find everything done. What fails here is left alone: it is done again in its place,
and fails there with its own message.
"""

import gc
import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.application import Sphinx
from sphinx.util.parallel import ParallelTasks, parallel_available
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.results import FOLDER
from _extensions.engines.answered import ask_ahead
from _extensions.mathematics.verification import Claim, key_of, verification
from _extensions.sweep.live import copy_files
from autodiff_notes import catalogue, exercises

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import Synchronized

# Claims in a portion: about as long as a script takes.
CHUNK = 12


def do_ahead(app: Sphinx) -> None:
    """Pack, run scripts and verify, if there is enough to do for more than one process."""
    if app.parallel < 2 or not parallel_available:
        return
    tasks = [*ask_ahead(app), *claims(app), *scripts(app)]
    if len(tasks) < 2:
        return
    tasks.insert(0, partial(copy_files, app))
    # Once, for all processes. With one OpenMP thread torch has no pool that a fork would break.
    assert os.environ.get("OMP_NUM_THREADS") == "1"
    import matplotlib.pyplot as plt  # noqa: F401, PLC0415
    import torch._dynamo  # noqa: F401, PLC0415 - the first use of forward mode imports it

    gc.freeze()
    # Few processes with many tasks: each pays anew for its first figure and its first gradient.
    taken = get_context("fork").Value("i", 0)
    together = ParallelTasks(app.parallel)
    for _ in range(app.parallel):
        together.add_task(partial(take_turns, tasks, taken))
    together.join()


def take_turns(tasks: list[Callable[[], object]], taken: "Synchronized[int]") -> None:
    """Do tasks that no other process has taken; one that fails says nothing here."""
    while True:
        with taken.get_lock():
            number = taken.value
            taken.value += 1
        if number >= len(tasks):
            return
        with suppress(Exception):
            tasks[number]()


def claims(app: Sphinx) -> list[Callable[[], object]]:
    """Return the verification of what is not known, in portions."""
    everything: list[Claim] = [*catalogue.values(), *exercises.values()]
    folder = Path(app.doctreedir, FOLDER)
    known = {path.name for path in folder.glob("*")}
    new = [claim for claim in everything if key_of(app.env, claim) not in known]
    portions = [new[start : start + CHUNK] for start in range(0, len(new), CHUNK)]
    return [partial(verify, app, portion) for portion in portions]


def verify(app: Sphinx, portion: list[Claim]) -> None:
    """Verify some claims."""
    for claim in portion:
        verification(app.env, claim)


def scripts(app: Sphinx) -> list[Callable[[], object]]:
    """Return the run of each script that has to run."""
    from sphinx_gallery.gen_rst import generate_file_rst  # noqa: PLC0415

    conf = app.config.sphinx_gallery_conf
    source = Path(app.srcdir, conf["examples_dirs"])
    target = Path(app.srcdir, conf["gallery_dirs"])
    (target / "images" / "thumb").mkdir(parents=True, exist_ok=True)
    return [
        partial(generate_file_rst, path.name, target, source, conf)
        for path in sorted(source.glob("plot_*.py"))
        if not (target / f"{path.name}.md5").exists()
    ]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Run between sphinx-gallery's settings and its runs."""
    app.connect("builder-inited", do_ahead, priority=400)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
