"""``nox -s serve``: sphinx-autobuild, with each build as a fork of one process.

That process has imported torch, Sphinx and the theme, which takes longer than a small build. It
knows neither the package nor these extensions: a build takes them as they are when it begins.
"""

import gc
import multiprocessing
import multiprocessing.forkserver
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

PRELOADED = Path(__file__).with_name("preloaded.txt").read_text("utf-8").split()
"""What a build imports and is not the project's own; the tests' small builds read it, too."""

SCRIPT = '<script src="/_static/reload.js"></script>'
"""What reloads a page; the pages' policy forbids the inline script that would be added."""

server = multiprocessing.get_context("forkserver")


def main() -> None:
    """Serve, with the arguments of ``sphinx-autobuild``."""
    from sphinx_autobuild import __main__, build, middleware  # noqa: PLC0415 - not in each fork
    from sphinx_autobuild import server as watching  # noqa: PLC0415

    middleware.web_socket_script = lambda _: SCRIPT
    # One thread for each of torch's operations: a fork has no other.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    server.set_forkserver_preload(PRELOADED)
    multiprocessing.forkserver.ensure_running()
    turns = ways()
    build.subprocess = SimpleNamespace(
        run=lambda command, check: next(turns)(command, check=check),
        CalledProcessError=subprocess.CalledProcessError,
    )
    watching.ProcessPoolExecutor = ThreadPoolExecutor  # whoever builds must know the server
    __main__.main()


def ways() -> Iterator[Callable[..., object]]:
    """Yield how each build is run: the first in a new process, while the server still imports."""
    yield subprocess.run
    while True:
        yield run


def run(command: Sequence[str], *, check: bool) -> None:
    """Run ``python -m sphinx build`` with some arguments, as ``subprocess.run`` does, in a fork.

    Raises
    ------
    subprocess.CalledProcessError
        If the build fails and ``check`` is true.
    """
    _, _, sphinx, name, *arguments = command
    child = server.Process(target=become, args=([f"{sphinx}-{name}", *arguments],))
    child.start()
    child.join()
    if check and child.exitcode:
        raise subprocess.CalledProcessError(child.exitcode, list(command))


def become(command: list[str]) -> None:
    """Become the process that Python would have started."""
    gc.freeze()  # a collection that walked all of torch would copy it into each fork
    sys.argv = command

    from sphinx.cmd.build import main as sphinx  # noqa: PLC0415 - in the fork alone

    sys.exit(sphinx(command[1:]))


if __name__ == "__main__":
    main()
