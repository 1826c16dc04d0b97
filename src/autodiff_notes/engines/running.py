"""Cases, asked of an engine: each in a process of its own, within a time limit.

An engine that ends its process, or does not return, costs one answer and not the run. Where a
process that has imported the engine may be forked, each question costs a few milliseconds;
elsewhere it starts a new interpreter.
"""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from multiprocessing.connection import Connection
from typing import Any

from autodiff_notes.engines import answers
from autodiff_notes.engines.engine import Engine, engines

__all__ = ["Entry", "ask", "ask_together", "ask_twice", "installed", "is_installed", "run_here"]

Entry = dict[str, Any]
"""An answer as it is recorded: under ``answer``, ``error``, ``ended``, ``late`` or ``varies``."""


def installed(engine: Engine) -> str:
    """Return the version of an engine that is installed here.

    Raises
    ------
    importlib.metadata.PackageNotFoundError
        If none is.
    """
    return version(engine.distribution).partition("+")[0]


def is_installed(engine: Engine) -> bool:
    """Return whether an engine is installed here."""
    try:
        return bool(installed(engine))
    except PackageNotFoundError:
        return False


def ask(engine: Engine, keys: Iterable[str] | None = None) -> Iterator[tuple[str, Entry]]:
    """Yield the answers of an engine, each from a process of its own.

    Parameters
    ----------
    engine : Engine
        An engine that is installed here.
    keys : iterable of str, optional
        The cases; by default all that its adapter answers.
    """
    wanted = list(engine.answers if keys is None else keys)
    if engine.fork and hasattr(os, "fork"):
        table = _table(engine)
        for key in wanted:
            yield key, _forked(engine, table, key)
    else:
        for key in wanted:
            yield key, _started(engine, key)


def ask_twice(engine: Engine, keys: Iterable[str] | None = None) -> dict[str, Entry]:
    """Return the answers that two runs agree on; of the others, both."""
    wanted = list(engine.answers if keys is None else keys)
    first, second = dict(ask(engine, wanted)), dict(ask(engine, wanted))
    return {key: _common(first[key], second[key]) for key in wanted}


def run_here(name: str, keys: Iterable[str] | None = None) -> dict[str, Entry]:
    """Return the answers of an engine that is installed here, all from one new interpreter.

    This is quick, and meant for an engine of which no case ends or holds up a process; where one
    does, each is asked in a process of its own after all. The interpreter of the caller need not
    import the engine, nor be fit to be forked.
    """
    chosen = [] if keys is None else list(keys)
    for mode in ("--together", "--apart"):
        command = [sys.executable, "-m", __name__, mode, name, *chosen]
        finished = subprocess.run(command, capture_output=True, text=True, check=False)
        if not finished.returncode:
            found: dict[str, Entry] = json.loads(finished.stdout.splitlines()[-1])
            return found
    raise RuntimeError(f"{name} cannot be asked here: {finished.stderr.strip()[-500:]}")


def ask_together(name: str, keys: Iterable[str] = ()) -> dict[str, Entry]:
    """Return the answers of an engine from this process, which imports it, with its settings."""
    engine = engines[name]
    table = _table(engine)
    return {key: _entry(engine, table, key) for key in list(keys) or engine.answers}


def _common(a: Entry, b: Entry) -> Entry:
    if "answer" in a and "answer" in b:
        same = answers.agree(a["answer"], b["answer"], a.get("precision", "float64"))
    else:
        same = a == b
    return a if same else {"varies": [a, b]}


def _table(engine: Engine) -> Mapping[str, Any]:
    """Return the adapter's table of answers; this imports the engine."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table: Mapping[str, Any] = import_module(
            f"autodiff_notes.engines.adapters.{engine.name}"
        ).ANSWERS
    return table


def _entry(engine: Engine, table: Mapping[str, Any], key: str) -> Entry:
    """Return the answer to one case, in this process."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            given = table[key]()
            entry = {"answer": answers.normalised(given)}
    except Exception as problem:  # noqa: BLE001 - whatever an engine raises is its answer
        return {"error": answers.error(problem)}
    precision = answers.precision_of(given)
    precision = engine.precision if precision == "float64" else precision
    return entry if precision == "float64" else {**entry, "precision": precision}


def _forked(engine: Engine, table: Mapping[str, Any], key: str) -> Entry:
    receiver, sender = multiprocessing.Pipe(duplex=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a process with threads is forked; the child only computes
        child = os.fork()
    if not child:
        _answer_and_leave(engine, table, key, sender)
    sender.close()
    with receiver:
        if not receiver.poll(engine.limit):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return {"late": engine.limit}
        try:
            entry: Entry = json.loads(receiver.recv_bytes())
        except EOFError:
            entry = {}
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return entry or _ended(code)


def _answer_and_leave(
    engine: Engine, table: Mapping[str, Any], key: str, sender: Connection
) -> None:
    """Send the answer to one case, in a child, and end it without the parent's cleaning up."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    try:
        sender.send_bytes(json.dumps(_entry(engine, table, key)).encode())
    finally:
        os._exit(0)


def _ended(code: int) -> Entry:
    return {"ended": signal.Signals(-code).name if code < 0 else f"exit status {code}"}


def _started(engine: Engine, key: str) -> Entry:
    command = [sys.executable, "-m", __name__, "--one", engine.name, key]
    try:
        finished = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=engine.limit
        )
    except subprocess.TimeoutExpired:
        return {"late": engine.limit}
    if finished.returncode or not finished.stdout.strip():
        return _ended(finished.returncode)
    entry: Entry = json.loads(finished.stdout.splitlines()[-1])
    return entry


def _main(mode: str, name: str, *keys: str) -> None:
    """Print answers as JSON: all from this process, each from one of its own, or a single one."""
    engine = engines[name]
    if mode == "--apart":
        found: Entry = dict(ask(engine, keys or None))
    else:
        given = ask_together(name, keys)
        found = given[keys[0]] if mode == "--one" else given
    print(json.dumps(found))  # noqa: T201 - what the caller reads


if __name__ == "__main__":
    _main(*sys.argv[1:])
