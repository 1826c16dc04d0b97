"""All answers with their verdicts: of torch as it runs here, of the others as they are recorded.

Torch is asked anew for each content of the cases and of its adapter. What it says must be what is
recorded: another answer stops the build by the name of the case.
"""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

import autodiff_notes.engines
from _extensions.build.ahead import ahead
from _extensions.build.outdated import current, subject
from _extensions.build.results import FOLDER as RESULTS
from _extensions.build.results import result
from _extensions.build.sources import digest
from _extensions.domain import notes_of
from _extensions.places import short
from autodiff_notes.engines import cases, engines
from autodiff_notes.engines.answers import agree
from autodiff_notes.engines.case import Case
from autodiff_notes.engines.changes import changes, worded
from autodiff_notes.engines.engine import Engine
from autodiff_notes.engines.record import read, stale, this_run
from autodiff_notes.engines.running import Entry, ask_together, installed, run_here
from autodiff_notes.engines.verdicts import KINDS, NOT_OFFERED, Verdict, verdict

logger = logging.getLogger(__name__)

DOCS = "engines"
"""The folder of the pages."""

HERE = "torch"
"""The engine that is asked when the site is built."""

MODULES = "autodiff_notes.engines autodiff_notes.engines.cases autodiff_notes.engines.verdicts"
RUNNING = "autodiff_notes.engines.running"
AGAIN = f"if this machine alone says so, python -m autodiff_notes engines {HERE} --again records it"
REFUSED, NOT_ASKED = -1, -2  # groups beside those of equal answers

FOLDER = Path(autodiff_notes.engines.__file__).parent


@dataclass(frozen=True)
class Answer:
    """What one engine says to one case."""

    verdict: Verdict
    asked_as: str = ""
    """The call."""
    code: str = ""
    """The call, and the helpers of the adapter that it needs."""
    output: str = ""
    group: int = NOT_ASKED
    """Answers that agree have the same number; the first of them is 0."""
    run: int = 0
    reason: str = ""
    """Why it is not asked."""
    precision: str = ""
    """The precision, where it is not double."""
    documented: str = ""
    """The address at which the engine's documentation announces the answer."""

    @property
    def asked(self) -> bool:
        """Whether the engine was asked at all."""
        return self.group != NOT_ASKED


@dataclass(frozen=True)
class Answers:
    """What all engines say to all cases, and in which runs it was recorded."""

    by_case: dict[str, dict[str, Answer]]
    runs: dict[str, list[dict[str, str]]]

    def version(self, engine: str, case: str = "") -> str:
        """Return the version that gave an answer; without a case, the last that was run."""
        number = self.by_case[case][engine].run if case else -1
        return self.runs[engine][number]["version"]

    def differing(self, one: str, other: str) -> tuple[list[str], int]:
        """Return the cases to which two engines say something different, and how many both have."""
        both = [key for key, by in self.by_case.items() if by[one].asked and by[other].asked]
        pairs = ((key, self.by_case[key][one], self.by_case[key][other]) for key in both)
        return [key for key, a, b in pairs if a.group != b.group], len(both)

    @cached_property
    def engines(self) -> list[Engine]:
        """The engines that are recorded: torch, then the others by the number of answers."""

        def order(engine: Engine) -> tuple[bool, int, str]:
            number = sum(by[engine.name].asked for by in self.by_case.values())
            return engine.name != HERE, -number, engine.name

        return sorted((engines[name] for name in self.runs), key=order)


@dataclass(frozen=True)
class Found:
    """All answers in one build, with the keys under which they are kept."""

    keys: tuple[str, str, str]
    answers: Answers


_found: dict[str, Found] = {}
_keys: dict[str, str] = {}
_digests: dict[str, dict[str, str]] = {}


def found(env: BuildEnvironment) -> Found:
    """Return the answers of this build, found once for all pages."""
    if str(env.srcdir) not in _found:
        key = key_of(env)
        _found[str(env.srcdir)] = Found((key, f"{key}-cases", key_of_torch(env)), collected(env))
    return _found[str(env.srcdir)]


def has_table(env: BuildEnvironment) -> bool:
    """Return whether the site has the table of all answers."""
    return f"{DOCS}/index" in env.found_docs


def answered(env: BuildEnvironment) -> Answers:
    """Return all answers for the page being read."""
    notes_of(env).note(RESULTS, env.docname, found(env).keys)
    return found(env).answers


def key_of(env: BuildEnvironment) -> str:
    """Return the key of all answers: cases, adapters, records, and the code that judges them."""
    if str(env.srcdir) not in _keys:  # once a build: the files are large, and many pages ask
        files = [*FOLDER.glob("adapters/*.py"), *FOLDER.glob("results/*.json")]
        contents = (f"{path.name} {path.read_text('utf-8')}" for path in sorted(files))
        modules = current(env, "modules", f"{MODULES} {RUNNING}")
        _keys[str(env.srcdir)] = digest("engines", modules, *contents)
    return _keys[str(env.srcdir)]


def collected(env: BuildEnvironment) -> Answers:
    """Return the answers as they are kept, or else are collected now."""
    return result(env.doctreedir, key_of(env), partial(collect, env))


def collect(env: BuildEnvironment) -> Answers:
    """Return the answers, once torch says what its record says."""
    records = {name: read(engine) for name, engine in engines.items()}
    records = {name: record for name, record in records.items() if record["answers"]}
    check(records[HERE], asked_here(env))
    by_case = {key: dict(of_case(case, records)) for key, case in cases.items()}
    return Answers(by_case, {name: record["runs"] for name, record in records.items()})


def key_of_torch(env: BuildEnvironment) -> str:
    """Return the key of torch's answers: its version, what is asked, and the code that asks."""
    engine = engines[HERE]
    asked = (engine.digest(cases[key]) for key in engine.answers)
    return digest("torch here", current(env, "modules", RUNNING), installed(engine), *asked)


def asked_here(env: BuildEnvironment) -> dict[str, Entry]:
    """Return torch's answers here and now."""
    return result(env.doctreedir, key_of_torch(env), ask_torch)


def ask_torch() -> dict[str, Entry]:
    """Ask torch in a fork of this process, if it has torch already, else in a new interpreter.

    The adapter's settings, such as the default precision, stay in that process.
    """
    if HERE not in sys.modules or not hasattr(os, "fork"):
        return run_here(HERE)
    with get_context("fork").Pool(1) as pool:
        return pool.apply(ask_together, (HERE,))


@ahead("for the pages")
def collecting(app: Sphinx) -> list[Callable[[], object]]:
    """Return the one task of collecting all answers, where pages show them and none are kept."""
    if not Path(app.srcdir, DOCS).is_dir():
        return []
    known = Path(app.doctreedir, RESULTS, key_of(app.env)).exists()
    return [] if known else [partial(collected, app.env)]


def check(record: dict[str, Any], here: dict[str, Entry]) -> None:
    """Stop the build if torch says something else than its record, or was recorded from other code.

    A torch of another version or platform than the recorded one may: that is told, and the pages
    show the record.
    """
    engine = engines[HERE]
    run, recorded = this_run(engine), record["runs"][-1]
    changed = changes(engine, record, {"runs": [run], "answers": here})
    if any(run[name] != recorded[name] for name in ("version", "platform")):
        for sentence in changed:
            logger.info("%s", sentence)
        changed = []
    elif changed:
        changed.append(AGAIN)
    if found := [*stale(engine, record), *changed]:
        raise ExtensionError(f"{short(FOLDER / 'results' / f'{HERE}.json')}:1: {'; '.join(found)}")


def of_case(case: Case, records: dict[str, dict[str, Any]]) -> Iterator[tuple[str, Answer]]:
    """Yield each engine's answer to a case; those that agree share a group."""
    groups: list[Entry] = []
    known: dict[str, tuple[Verdict, str, int]] = {}  # most engines say what another has said
    for name, record in records.items():
        engine, entry = engines[name], record["answers"].get(case.key)
        if entry is None or case.key not in engine.answers:  # the tests name what is stale
            yield name, Answer(NOT_OFFERED, reason=engine.not_offered.get(case.key, ""))
            continue
        where = engine.documented.get(case.key, "")
        same = repr((bool(where), {**entry, "run": 0, "hash": ""}))
        if same not in known:
            judged = verdict(case, entry, documented=bool(where))
            known[same] = judged, worded(entry), group_of(entry, groups)
        judged, output, group = known[same]
        code = engine.answers[case.key], engine.code(case.key)
        precision = entry.get("precision", "")
        yield name, Answer(judged, *code, output, group, entry["run"], "", precision, where)


def group_of(entry: Entry, groups: list[Entry]) -> int:
    """Return the number of the first answer that agrees with this one; it may be this one itself."""
    if "answer" not in entry and "varies" not in entry:
        return REFUSED
    for number, other in enumerate(groups):
        if "answer" in entry and "answer" in other and alike(entry, other):
            return number
    groups.append(entry)
    return len(groups) - 1


def alike(one: Entry, other: Entry) -> bool:
    """Return whether two answers agree in the coarser of their precisions."""
    found = {entry.get("precision", "float64") for entry in (one, other)}
    coarsest = next(p for p in ("float16", "float32", "float64") if p in found)
    return agree(one["answer"], other["answer"], coarsest)


def slug(kind: str) -> str:
    """Return a kind of verdict as a word of a style sheet or an address."""
    return kind.lower().replace(" ", "-")


def counted(answers: Answers, engine: str) -> dict[str, int]:
    """Return how often an engine has each kind of verdict."""
    kinds = [by[engine].verdict.kind for by in answers.by_case.values()]
    return {kind: kinds.count(kind) for kind in KINDS}


@subject("engines")
def digest_of_answers(env: BuildEnvironment, name: str) -> str:
    """Return the digest of all answers, or of those to one case."""
    if name == "all":
        return key_of(env)
    if str(env.srcdir) not in _digests:
        kept = result(env.doctreedir, f"{key_of(env)}-cases", lambda: digests(env))
        _digests[str(env.srcdir)] = kept
    return _digests[str(env.srcdir)][name]


def digests(env: BuildEnvironment) -> dict[str, str]:
    """Return the digest of each case with its answers."""
    by_case = found(env).answers.by_case
    return {name: digest(repr(case), repr(by_case[name])) for name, case in cases.items()}


def forget(app: Sphinx) -> None:
    """Begin a build without what another one in this process found."""
    for of_builds in (_found, _keys, _digests):
        of_builds.pop(str(app.srcdir), None)


def find_before_reading(app: Sphinx, env: BuildEnvironment, pages: list[str]) -> None:
    """Find the answers once, before several processes read pages."""
    if any(page.startswith(f"{DOCS}/") for page in pages):
        found(env)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up what the answers need."""
    app.setup_extension("_extensions.build.outdated")
    app.setup_extension("_extensions.build.results")
    app.connect("builder-inited", forget, priority=100)
    app.connect("env-before-read-docs", find_before_reading)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
