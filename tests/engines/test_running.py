"""An engine may end its process, hang or differ from run to run: it costs one answer."""

import itertools
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess
from types import SimpleNamespace

import pytest
import torch

import forks
from autodiff_notes.engines import engines, running
from projects import ROOT, variables

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, running.Entry]]:
    """Return a function that asks an engine which answers as it is told."""

    def ask(limit: float = 20.0, **table: Callable[[], object]) -> dict[str, running.Entry]:
        monkeypatch.setattr(running, "_table", lambda _: table)
        return dict(running.ask(replace(engines["torch"], limit=limit), table))

    return ask


@needs_fork
def test_an_ended_process_costs_one_answer(asked: Callable[..., dict[str, running.Entry]]) -> None:
    """A child that is killed, or leaves, is recorded as ended, and the next is asked."""
    found = asked(
        killed=lambda: os.kill(os.getpid(), signal.SIGKILL),
        left=lambda: os._exit(3),
        next=lambda: 1.0,
    )
    assert found == {
        "killed": {"ended": "SIGKILL"},
        "left": {"ended": "exit status 3"},
        "next": {"answer": 1.0},
    }


@needs_fork
def test_a_hanging_process_is_not_awaited(asked: Callable[..., dict[str, running.Entry]]) -> None:
    """A child that does not answer in time is recorded as late, and does not live on."""
    children: list[int] = []
    fork = os.fork

    def counted() -> int:
        children.append(fork())
        return children[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fork", counted)
        found = asked(limit=0.2, hangs=lambda: time.sleep(600), next=lambda: 1.0)
    assert found == {"hangs": {"late": 0.2}, "next": {"answer": 1.0}}
    for child in children:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)


@needs_fork
def test_each_case_has_a_process_of_its_own(
    asked: Callable[..., dict[str, running.Entry]],
) -> None:
    """What one case leaves behind in the engine, no other sees; nor does this process."""
    seen: list[int] = []

    def count() -> int:
        seen.append(1)
        return len(seen)

    assert asked(a=count, b=count) == {"a": {"answer": 1.0}, "b": {"answer": 1.0}}
    assert seen == []


@needs_fork
def test_errors_and_precision_are_answers(asked: Callable[..., dict[str, running.Entry]]) -> None:
    """An error is recorded with its type and message, and a precision below double is named."""
    found = asked(error=lambda: 1 / 0, single=lambda: torch.tensor(1.5, dtype=torch.float32))
    assert found["error"] == {"error": {"type": "ZeroDivisionError", "message": "division by zero"}}
    assert found["single"] == {"answer": 1.5, "precision": "float32"}


def test_two_runs_that_differ_are_both_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that varies is recorded with both; one that differs by rounding is not."""
    runs = itertools.count()

    def ask(*_: object) -> dict[str, running.Entry]:
        run = next(runs)
        return {"same": {"answer": 1 + run * 1e-12}, "varies": {"answer": float(run)}}

    monkeypatch.setattr(running, "ask", ask)
    monkeypatch.setattr(running, "run_here", ask)
    found = running.ask_twice(engines["torch"], ["same", "varies"])
    assert found["same"] == {"answer": 1.0}
    assert found["varies"] == {"varies": [{"answer": 0.0}, {"answer": 1.0}]}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let each new interpreter be a fork of one that has imported torch, until this is undone."""

    def run(command: list[str], **_: object) -> object:
        done = forks.everything.run(command[1:], ROOT, variables(ROOT), apart=True)
        return CompletedProcess(
            command, done.returncode, done.stdout.encode(), done.stderr.encode()
        )

    monkeypatch.setattr(
        running, "subprocess", SimpleNamespace(run=run, TimeoutExpired=TimeoutError)
    )
    return monkeypatch


def test_a_new_interpreter_answers_alike(quick: pytest.MonkeyPatch) -> None:
    """Together in one interpreter, and each in one of its own, cases have the same answers."""
    keys = ["abs-at-zero", "inverse-singular"]
    together = running.run_here("torch", keys)
    quick.undo()
    apart = dict(running.ask(replace(engines["torch"], fork=False), keys))
    assert together == apart
    assert together["abs-at-zero"] == {"answer": 0.0}
    assert together["inverse-singular"]["error"]["type"] == "_LinAlgError"


@pytest.mark.parametrize(
    ("program", "entry"),
    [
        ("sleep 9", {"late": 0.2}),
        ('echo \'autodiff-notes: ["k", {"answer": 1}]\'; exit 3', {"ended": "exit status 3"}),
        ("kill -SEGV $$", {"ended": "SIGSEGV"}),
        ("echo nothing", {"ended": "exit status 0"}),
        (
            "echo noise; echo 'autodiff-notes: [\"k\", {\"answer\": 1}]'; echo noise; echo 'a: b' >&2",
            {"answer": 1},
        ),
    ],
)
def test_an_interpreter_that_fails_costs_one_answer(
    program: str, entry: running.Entry, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where engines are not forked, an interpreter may hang or end; what it prints besides is no answer."""
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{program}\n", "utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    engine = replace(engines["torch"], fork=False, limit=0.2 if "late" in entry else 20.0)
    assert dict(running.ask(engine, ["k"])) == {"k": entry}


def test_what_was_answered_before_the_end_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Of one interpreter for all cases those answers count that were whole, and its last words."""
    python = tmp_path / "python"
    answer = 'autodiff-notes: ["abs-at-zero", {"answer": 1}]'
    said = f"echo '{answer}'\nprintf '{answer[:30]}'\nseq 999 >&2\necho no more >&2"
    python.write_text(f"#!/bin/sh\n{said}\nexec sleep 9\n", "utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    monkeypatch.setattr(running, "TOGETHER", 1)
    engine = replace(engines["torch"], limit=0.2)
    found, words = running._from_interpreter(engine, ["abs-at-zero", "x"])
    assert found == {"abs-at-zero": {"answer": 1}}
    assert words.endswith("\n999\nno more")
    assert len(words) == 500


def test_all_that_an_engine_answers_is_asked_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without keys each of its cases is asked, together and apart, in the order of the adapter."""
    engine = engines["torch"]
    table = dict.fromkeys(engine.answers, lambda: 2.0)
    monkeypatch.setattr(running, "_table", lambda _: table)
    together = running.ask_together("torch")
    assert list(together) == list(engine.answers)
    assert running.ask_together("torch", ["abs-at-zero"]) == {"abs-at-zero": {"answer": 2.0}}
    monkeypatch.setattr(running, "_forked", lambda _engine, table, key: {"answer": table[key]()})
    assert dict(running.ask(engine)) == together


def test_a_version_is_that_of_the_release() -> None:
    """What a build adds to a version is left out, and what is absent is not installed."""
    assert running.installed(engines["torch"]) == torch.__version__.partition("+")[0]
    assert running.is_installed(engines["torch"])
    assert not running.is_installed(replace(engines["torch"], distribution="there-is-none"))


@pytest.mark.usefixtures("quick")
def test_a_process_that_ends_early_is_made_up_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one interpreter did not come to answer is asked apart."""
    start = running._from_interpreter
    monkeypatch.setattr(running, "_from_interpreter", lambda engine, keys: start(engine, keys[:1]))
    found = running.run_here("torch", ["abs-at-zero", "maximum-tie"])
    assert found == {"abs-at-zero": {"answer": 0.0}, "maximum-tie": {"answer": [0.5, 0.5]}}


@pytest.mark.usefixtures("quick")
def test_an_engine_that_is_absent_is_told() -> None:
    """Where an engine cannot be imported, the error says so."""
    absent = next(engine.name for engine in engines.values() if not running.is_installed(engine))
    with pytest.raises(RuntimeError, match=f"{absent} cannot be asked here"):
        running.run_here(absent, ["abs-at-zero"])
