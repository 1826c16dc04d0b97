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
from dataclasses import replace
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from multiprocessing.connection import Connection
from typing import Any

from autodiff_notes.engines import answers
from autodiff_notes.engines.engine import Engine, engines

__all__ = ["Entry", "ask", "ask_together", "ask_twice", "installed", "is_installed", "run_here"]

TOGETHER = 10  # times the limit of one case, for all of an engine in one process
MARK = "autodiff-notes: "  # before an answer, since an engine may print as well

Entry = dict[str, Any]
"""An answer as it is recorded: under ``answer``, ``error``, ``ended``, ``late`` or ``varies``.

What varies has its answers in a list; ``between`` says where they differ, if not from run to run.
"""


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
    """Return the answers that two runs agree on; of the others, both.

    In the first run each case has a process of its own, in the second one process is asked them
    all: an answer that depends on what was asked before varies.
    """
    wanted = list(engine.answers if keys is None else keys)
    first, second = dict(ask(engine, wanted)), run_here(engine.name, wanted)
    return {key: _common(first[key], second[key]) for key in wanted}


def run_here(name: str, keys: Iterable[str] | None = None) -> dict[str, Entry]:
    """Return the answers of an engine that is installed here, all from one new interpreter.

    Where a case ends or holds up that process, those that are left are asked each in a process of
    its own. The interpreter of the caller need not import the engine, nor be fit to be forked.

    Raises
    ------
    RuntimeError
        If the engine cannot be imported.
    """
    engine = engines[name]
    wanted = list(engine.answers if keys is None else keys)
    found, problem = _from_interpreter(engine, wanted)
    if not found and wanted:
        found, problem = _from_interpreter(engine, wanted[-1:])
    if not found and wanted:
        raise RuntimeError(f"{name} cannot be asked here: {problem}")
    missing = [key for key in wanted if key not in found]
    found.update(ask(replace(engine, fork=False), missing))
    return {key: found[key] for key in wanted}


def _from_interpreter(engine: Engine, keys: list[str]) -> tuple[dict[str, Entry], str]:
    """Return the answers that a new interpreter gave before it ended, and its last words."""
    command = [sys.executable, "-m", __name__, engine.name, *keys]
    try:
        finished = subprocess.run(
            command, capture_output=True, check=False, timeout=TOGETHER * engine.limit
        )
        lines, words = finished.stdout, finished.stderr
    except subprocess.TimeoutExpired as late:
        lines, words = late.stdout or b"", late.stderr or b""
    return _marked(lines), words.decode(errors="replace").strip()[-500:]


def _marked(output: bytes) -> dict[str, Entry]:
    lines = output.decode(errors="replace").split("\n")[:-1]  # whole ones: it may have been stopped
    return dict(json.loads(line[len(MARK) :]) for line in lines if line.startswith(MARK))


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
    command = [sys.executable, "-m", __name__, engine.name, key]
    try:
        finished = subprocess.run(command, capture_output=True, check=False, timeout=engine.limit)
    except subprocess.TimeoutExpired:
        return {"late": engine.limit}
    found = _marked(finished.stdout)
    return _ended(finished.returncode) if finished.returncode else found.get(key, _ended(0))


def _main(name: str, *keys: str) -> None:
    table = _table(engines[name])
    for key in keys:
        print(f"{MARK}{json.dumps([key, _entry(engines[name], table, key)])}", flush=True)  # noqa: T201 - what the caller reads


if __name__ == "__main__":
    _main(*sys.argv[1:])
