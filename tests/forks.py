"""Small builds as forks of one process that has imported what every build imports.

A build of one page takes a second; importing torch, Sphinx and the theme before it takes four. The
fork server of the standard library imports them once. It must not know the package or the
extensions: each build takes them from its own project, as ``python -m sphinx`` would.
"""

import gc
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
# As for nox -s serve, but read: a build's own extensions must be the first that it imports.
PRELOADED = (ROOT / "docs/_extensions/build/preloaded.txt").read_text("utf-8").split()
# What pytest finds modules in, and a build of another project must not.
OWN = {str(ROOT / name) for name in (".", "src", "tests", "docs")}

server = multiprocessing.get_context("forkserver")
server.set_forkserver_preload(PRELOADED)


def sphinx(
    arguments: Sequence[str], folder: Path, variables: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run ``python -m sphinx`` in a folder; all that it says is in ``stdout``.

    Parameters
    ----------
    arguments
        Those of ``sphinx-build``.
    folder
        Where it runs.
    variables
        The whole environment, in which ``PYTHONPATH`` counts as for a new process.
    """
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as output:
        child = server.Process(
            target=build, args=(list(arguments), str(folder), dict(variables), output.name)
        )
        child.start()
        child.join()
        assert child.exitcode is not None
        return subprocess.CompletedProcess(
            ["sphinx-build", *arguments], child.exitcode, output.read()
        )


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


def build(arguments: list[str], folder: str, variables: dict[str, str], output: str) -> None:
    """Become, in a fork, the process that Python would have started."""
    assert "autodiff_notes" not in sys.modules, "a build takes the package from its own project"
    gc.disable()  # nor is there anything to collect in a few seconds
    gc.freeze()  # a collection that walked all of torch would copy it into each fork
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    with Path(output).open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    first = [path for path in variables.get("PYTHONPATH", "").split(os.pathsep) if path]
    sys.path[:] = [folder, *first, *(path for path in sys.path if path not in OWN)]
    sys.dont_write_bytecode = "PYTHONDONTWRITEBYTECODE" in variables
    sys.argv = ["sphinx-build", *arguments]

    from sphinx.cmd.build import main  # noqa: PLC0415 - in the child alone

    sys.exit(main(arguments))
