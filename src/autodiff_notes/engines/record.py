"""Recorded answers: ``results/<engine>.json``, written by a run and read by the site.

A record has its ``runs`` (version, Python, platform and date) and its ``answers``; each says by
number in which run it was seen, and with the hash of which case and code.
"""

import json
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autodiff_notes.engines.cases import cases
from autodiff_notes.engines.changes import same
from autodiff_notes.engines.engine import Engine
from autodiff_notes.engines.running import Entry, ask_twice, installed

__all__ = ["RESULTS", "read", "record", "stale", "this_run", "write"]

RESULTS = Path(__file__).with_name("results")
"""The folder with a record for each engine."""

BATCH = 50  # answers between two writings
MACHINES = "machine to machine"

Record = dict[str, Any]


def read(engine: Engine, folder: Path = RESULTS) -> Record:
    """Return the record of an engine; an empty one if there is none."""
    path = folder / f"{engine.name}.json"
    if not path.exists():
        return {"engine": engine.name, "runs": [], "answers": {}}
    found: Record = json.loads(path.read_text("utf-8"))
    return found


def write(record: Record, folder: Path = RESULTS) -> None:
    """Write a record: a line an answer, so that a change of one is a change of one line."""
    rows = ",\n".join(f"  {json.dumps(k)}: {_line(v)}" for k, v in record["answers"].items())
    runs = ",\n".join(f"  {_line(run)}" for run in record["runs"])
    text = (
        f'{{\n "engine": {json.dumps(record["engine"])},\n'
        f' "runs": [\n{runs}\n ],\n "answers": {{\n{rows}\n }}\n}}\n'
    )
    (folder / f"{record['engine']}.json").write_text(text, "utf-8")


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def stale(engine: Engine, record: Record) -> list[str]:
    """Return the answers that a record lacks or has of another case or code, a sentence each."""
    answers: Mapping[str, Entry] = record["answers"]
    wanted = {key: engine.digest(cases[key]) for key in engine.answers}
    return [
        *(f"{engine.name}: {key} is not recorded" for key in wanted if key not in answers),
        *(
            f"{engine.name}: {key} is recorded, and not asked"
            for key in answers
            if key not in wanted
        ),
        *(
            f"{engine.name}: {key} was recorded from another case or code"
            for key, digest in wanted.items()
            if key in answers and answers[key]["hash"] != digest
        ),
    ]


def record(engine: Engine, folder: Path = RESULTS, *, again: bool = False) -> Record:
    """Ask an engine that is installed here twice, and write what it answered.

    Parameters
    ----------
    engine : Engine
        The engine.
    folder : pathlib.Path
        Where records are.
    again : bool
        Whether to ask also what is recorded, as it were on another machine: of an answer that is
        another one here both are recorded. By default only those are asked that the record lacks
        or has of another case, code or version.
    """
    run = this_run(engine)
    made = read(engine, folder)
    digests = {key: engine.digest(cases[key]) for key in engine.answers}
    seen = {
        key: (made["runs"][answer["run"]], answer)
        for key, answer in made["answers"].items()
        if _holds(answer, digests.get(key), made["runs"][answer["run"]], run, again=again)
    }
    wanted = [key for key in digests if again or key not in seen]
    for first in range(0, len(wanted) or 1, BATCH):  # what is there is kept, if a run ends
        fresh = ask_twice(engine, wanted[first : first + BATCH])
        for key, entry in fresh.items():
            when, old = seen.get(key, (run, None))
            seen[key] = when, {**(_beside(old, entry) if old else entry), "hash": digests[key]}
        made = _record(engine, seen)
        write(made, folder)
    return made


def _beside(old: Entry, new: Entry) -> Entry:
    """Return a recorded answer with one of another machine beside it, if the two differ."""
    if same(old, new) or ("varies" in old and "between" not in old):
        return old
    answers = [
        {name: value for name, value in one.items() if name not in ("hash", "run")}
        for both in (old, new)
        for one in both.get("varies", [both])
    ]
    return {"varies": answers, "between": MACHINES}


def _record(engine: Engine, seen: Mapping[str, tuple[dict[str, str], Entry]]) -> Record:
    """Return the record of answers, each with the run in which it was seen."""
    runs: list[dict[str, str]] = []
    for run, _ in seen.values():
        runs += [run] if run not in runs else []
    return {
        "engine": engine.name,
        "runs": runs,
        "answers": {
            key: {**seen[key][1], "run": runs.index(seen[key][0])} for key in cases if key in seen
        },
    }


def this_run(engine: Engine) -> dict[str, str]:
    """Return version, Python, platform and date of a run that is made here and now."""
    return {
        "version": installed(engine),
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "date": datetime.now(UTC).date().isoformat(),
    }


def _holds(
    answer: Entry,
    digest: str | None,
    seen: Mapping[str, str],
    run: Mapping[str, str],
    *,
    again: bool,
) -> bool:
    names = ("version",) if again else ("version", "python", "platform")
    return all(seen[name] == run[name] for name in names) and answer["hash"] == digest
