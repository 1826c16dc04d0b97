"""Processes as forks of one that has imported what takes long.

A build of one page takes half a second; importing torch, Sphinx and the theme before it takes four.
A server imports them once. It must not know the package or the extensions, unless it is told to:
each process takes them from its own project, as one that Python starts would.
"""

import atexit
import gc
import json
import os
import runpy
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]
# As for nox -s serve, but read: a build's own extensions must be the first that it imports.
PRELOADED = (ROOT / "docs/_extensions/build/preloaded.txt").read_text("utf-8").split()
# What pytest finds modules in, and a process of another project must not.
OWN = {str(ROOT / name) for name in (".", "src", "tests", "docs")}
IMPORTED: dict[str, int] = {}  # when the files were written that a server has imported
PATH = [path for path in sys.path if path not in OWN]


class Server:
    """A process that has imported some modules, and forks into what it is asked for, one by one.

    Parameters
    ----------
    modules
        What it imports.
    within
        The server of which it is a fork itself, if it is.
    folder, variables
        Where such a one imports; what belongs to a project it imports for that project alone.
    python
        The program that runs another.
    """

    def __init__(
        self,
        *modules: str,
        within: "Server | None" = None,
        folder: Path = ROOT / "docs",
        variables: Mapping[str, str] = os.environ,
        python: str = sys.executable,
    ) -> None:
        self.modules = modules
        self.within = within
        self.place = folder, variables
        self.python = python
        self.running = False

    @cached_property
    def pipes(self) -> tuple[IO[str], IO[str]]:
        """Where it is asked, and where it answers; it ends when the first is closed."""
        atexit.register(self.close)
        if self.within is None:
            pipe = subprocess.PIPE
            command = [self.python, __file__, *self.modules]
            self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8")
            assert self.process.stdin
            assert self.process.stdout
            return self.process.stdin, self.process.stdout
        with tempfile.TemporaryDirectory() as folder:
            asked, answered = Path(folder, "asked"), Path(folder, "answered")
            os.mkfifo(asked)
            os.mkfifo(answered)
            outputs = str(answered), "/dev/stderr"
            self.within.start(["", *self.modules], *self.place, *outputs, stdin=str(asked))
            return asked.open("w", encoding="utf-8"), answered.open(encoding="utf-8")

    def close(self) -> None:
        """End it."""
        for pipe in self.pipes:
            pipe.close()
        if self.within is None:
            self.process.wait()

    def ask(self, *request: object) -> int:
        """Send a request, if there is one, and return the number that comes back."""
        asked, answered = self.pipes
        for one in request:
            say(json.dumps(one), asked)
        return int(answered.readline())

    def start(
        self,
        arguments: Sequence[str],
        folder: Path,
        variables: Mapping[str, str],
        *outputs: str,
        stdin: str = os.devnull,
    ) -> int:
        """Start ``python`` with arguments, and return the number of its process.

        Parameters
        ----------
        arguments
            Those of Python: ``-m`` with a module, or ``-c`` with a program, and what follows. With
            an empty one it goes on as a server, which imports what follows.
        folder
            Where it runs.
        variables
            The whole environment, in which ``PYTHONPATH`` counts as for a new process.
        outputs
            The files that take its output and its errors; one takes both.
        stdin
            The file that it reads.
        """
        if self.running:  # a test that failed has not waited for it
            self.wait()
        self.running = bool(arguments[0])
        return self.ask([list(arguments), str(folder), dict(variables), stdin, outputs])

    def wait(self) -> int:
        """Return the exit status of what was started last."""
        self.running = False
        return self.ask()

    def run(
        self,
        arguments: Sequence[str],
        folder: Path,
        variables: Mapping[str, str],
        *,
        apart: bool = False,
    ) -> subprocess.CompletedProcess[str]:
        """Run ``python`` with arguments; all that it says is in ``stdout``, or errors are apart."""
        with file() as output, file() as errors:
            names = [output.name, errors.name] if apart else [output.name]
            self.start(arguments, folder, variables, *names)
            status = self.wait()
            return subprocess.CompletedProcess(arguments, status, output.read(), errors.read())


def say(what: object, where: IO[str]) -> None:
    """Print a line at once."""
    print(what, file=where, flush=True)


def file() -> IO[str]:
    """Return a file to be written by another process."""
    return tempfile.NamedTemporaryFile("r", encoding="utf-8")


# What belongs to no project.
without_torch = Server(*(name for name in PRELOADED if "torch" not in name))
everything = Server(*PRELOADED, within=without_torch)


def sphinx(
    arguments: Sequence[str],
    folder: Path,
    variables: Mapping[str, str],
    server: Server = everything,
) -> subprocess.CompletedProcess[str]:
    """Run ``python -m sphinx`` in a folder; all that it says is in ``stdout``."""
    return server.run(["-m", "sphinx", *arguments], folder, variables)


def sphinx_alone(
    arguments: Sequence[str], folder: Path, variables: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run the same in a Python process of its own, which has imported nothing."""
    return subprocess.run(
        [sys.executable, "-m", "sphinx", *arguments],
        cwd=folder,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


def serve(modules: Sequence[str], *folders: str) -> None:
    """Import modules; then fork for each line that comes, and tell the process and its status.

    What was imported from some folders must stay as it is, or its forks would not see the change.
    """
    for name in modules:
        import_module(name)
    if application := sys.modules.get("sphinx.application"):  # which imports these at each build
        for name in application.builtin_extensions:
            import_module(name)
    for module in list(sys.modules.values()):
        if (file := getattr(module, "__file__", None)) and file.startswith(folders):
            IMPORTED[file] = Path(file).stat().st_mtime_ns
    gc.collect()
    gc.freeze()  # a collection that walked all of torch would copy it into each fork
    while line := sys.stdin.readline():
        request = json.loads(line)
        child = os.fork()
        if not child:
            become(*request)
        say(child, sys.stdout)
        if request[0][0]:  # another server answers by itself
            say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), sys.stdout)


def become(
    arguments: list[str], folder: str, variables: dict[str, str], stdin: str, outputs: list[str]
) -> None:
    """Become, in a fork, the process that Python would have started."""
    os.dup2(os.open(stdin, os.O_RDONLY), 0)
    for number, name in zip((1, 2), outputs * 2, strict=False):
        os.dup2(os.open(name, os.O_WRONLY | os.O_APPEND), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    first = [path for path in variables.get("PYTHONPATH", "").split(os.pathsep) if path]
    sys.path[:] = [folder, *first, *PATH]
    sys.dont_write_bytecode = "PYTHONDONTWRITEBYTECODE" in variables
    signal.signal(signal.SIGINT, signal.default_int_handler)
    way, *sys.argv[:] = arguments
    status: object = 0
    try:
        for file, time in IMPORTED.items():
            assert Path(file).stat().st_mtime_ns == time, f"{file} is not what was imported"
        if way == "-m":
            runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
        elif way == "-c":
            program, sys.argv[0] = sys.argv[0], way
            exec(program, {"__name__": "__main__"})  # noqa: S102
        else:
            serve(sys.argv, folder, *first)
    except SystemExit as end:
        status = end.code or 0
    except BaseException:  # noqa: BLE001 - as Python does with what nobody caught
        traceback.print_exc()
        status = 1
    if not isinstance(status, int):
        say(status, sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    # To take down all of torch in an orderly way would take longer than a small build.
    os._exit(status if isinstance(status, int) else 1)


if __name__ == "__main__":
    serve(sys.argv[1:])
