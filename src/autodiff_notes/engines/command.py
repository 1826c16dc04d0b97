# ruff: noqa: T201 - a command prints
"""What ``python -m autodiff_notes engines`` does: ask what is installed, and compare."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from autodiff_notes.engines import record as records
from autodiff_notes.engines.changes import changes
from autodiff_notes.engines.engine import Engine, engines
from autodiff_notes.engines.running import ask_twice, installed, is_installed

__all__ = ["ARGUMENTS", "EXAMPLE", "run"]

EXAMPLE = "engines torch jax"
WRONG_CALL = 2

ARGUMENTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("names", {"nargs": "*", "metavar": "NAME", "help": "such as torch (default: the installed)"}),
    ("--record", {"action": "store_true", "help": "record the answers instead of comparing"}),
    (
        "--again",
        {
            "action": "store_true",
            "help": "record as well what this machine answers otherwise than the recorded one",
        },
    ),
    ("--report", {"metavar": "FILE", "type": Path, "help": "add what differs to a Markdown file"}),
)
"""The arguments of the command, as :mod:`argparse` takes them."""


def run(options: Namespace) -> int:
    """Ask engines as the options say, print what differs, and return the exit status."""
    try:
        chosen = [engines[name] for name in options.names] or list(
            filter(is_installed, engines.values())
        )
    except KeyError as error:
        print(error.args[0], file=sys.stderr)
        return WRONG_CALL
    missing = [engine for engine in chosen if not is_installed(engine)]
    for engine in missing:
        print(f"{engine.title} is not installed: pip install {engine.pins}", file=sys.stderr)
    if missing or not chosen:
        return WRONG_CALL
    for engine in chosen:
        if options.record or options.again:
            made = records.record(engine, again=options.again)
            print(f"{engine.title} {installed(engine)}: {len(made['answers'])} answers recorded")
        else:
            _compare(engine, options.report)
    return 0


def _compare(engine: Engine, report: Path | None) -> None:
    old = records.read(engine)
    new = {"runs": [records.this_run(engine)], "answers": ask_twice(engine)}
    told = changes(engine, old, new)
    versions = ", ".join(dict.fromkeys(run["version"] for run in old["runs"])) or "nothing"
    head = f"{engine.title} {installed(engine)}, beside {versions} as recorded"
    print(f"{head}: {len(new['answers'])} answers, {len(told)} that differ")
    print("".join(f"  {line}\n" for line in told), end="")
    if report:
        lines = told or ["All answers are as recorded."]
        with report.open("a", encoding="utf-8") as file:
            file.write(f"## {head}\n\n" + "".join(f"- {line}\n" for line in lines) + "\n")
