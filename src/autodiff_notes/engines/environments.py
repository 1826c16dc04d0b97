# ruff: noqa: T201 - a command prints
"""An environment for each engine, with the versions that its adapter pins or with the newest.

Run by ``nox -s engines``, from the root of the repository; with ``--newest`` the answers are compared
with the record, and what differs is reported, instead of recorded. Only the engine itself is newer
then, so that what differs is its own.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from autodiff_notes.engines.engine import Engine, engines

__all__ = ["main", "missing", "python_for"]

FOLDER = Path(".nox", "engines")
REPORT = Path("docs", "_build", "engines.md")
PYTHONS = ("3.14", "3.13", "3.12", "3.11")


def main(arguments: Sequence[str]) -> int:
    """Record the answers of engines, or compare those of their newest releases.

    Parameters
    ----------
    arguments : sequence of str
        Names of engines (by default all), and ``--newest``.

    Returns
    -------
    int
        The exit status: 0 if all were asked, 1 if one could not be installed or asked.
    """
    newest = "--newest" in arguments
    names = [name for name in arguments if name != "--newest"] or list(engines)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    if newest:
        REPORT.unlink(missing_ok=True)  # each engine adds to it
    failed = [name for name in names if not _ask(engines[name], newest)]
    if failed:
        print(f"not asked: {', '.join(failed)}", file=sys.stderr)
    return bool(failed)


def python_for(engine: Engine) -> str:
    """Return a Python on this machine that an engine allows, this one if it does.

    Raises
    ------
    FileNotFoundError
        If there is none.
    """
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    for version in (here, *PYTHONS):
        found = sys.executable if version == here else shutil.which(f"python{version}")
        if found and _allows(engine.python, version):
            return found
    raise FileNotFoundError(f"{engine.title} needs Python {engine.python}")


def missing(engine: Engine) -> str:
    """Return how to install the programs that an engine needs and that are not here, if any are."""
    packages = [p for program, p in engine.programs.items() if not shutil.which(program)]
    return f"{engine.title} needs more: apt-get install {' '.join(packages)}" if packages else ""


def _allows(wanted: str, version: str) -> bool:
    """Return whether a range such as ``>=3.12,<3.14`` allows a version."""
    found = _numbers(version)
    bounds = [bound.strip() for bound in wanted.split(",")]
    lower = all(found >= _numbers(b[2:]) for b in bounds if b.startswith(">="))
    return lower and all(found < _numbers(b[1:]) for b in bounds if b.startswith("<"))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _ask(engine: Engine, newest: bool) -> bool:
    """Install an engine and ask it; return whether that went well."""
    place = FOLDER / ("newest" if newest else "pinned") / engine.name
    python = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    wanted = [_unpinned(engine, required) for required in engine.requires]
    wanted = wanted if newest else list(engine.requires)
    stamp = place / "installed.txt"
    what = ["--report", str(REPORT)] if newest else ["--record"]
    try:
        if lacking := missing(engine):
            raise FileNotFoundError(lacking)
        if newest or not stamp.exists() or stamp.read_text("utf-8") != repr(wanted):
            _run(python_for(engine), "-m", "venv", "--clear", str(place))
            _run(str(python), "-m", "pip", "install", "--quiet", *wanted)
            stamp.write_text(repr(wanted), "utf-8")
        _run(str(python), "-m", "autodiff_notes", "engines", engine.name, *what)
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return False
    return True


def _unpinned(engine: Engine, required: str) -> str:
    # What stands beside the engine keeps its version.
    name = required.partition("==")[0]
    return name if name.partition("[")[0] == engine.distribution else required


def _run(*command: str) -> None:
    source = str(Path(__file__).parents[2])
    variables = {**os.environ, "PYTHONPATH": source, "OMP_NUM_THREADS": "1"}
    subprocess.run(command, check=True, env=variables)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
