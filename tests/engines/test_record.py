"""Records belong to the cases and the code that there are, and say when and with what."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from autodiff_notes.engines import cases, engines, record
from autodiff_notes.engines.changes import changes
from autodiff_notes.engines.engine import Engine
from autodiff_notes.engines.running import Entry
from autodiff_notes.engines.verdicts import verdict

each_engine = pytest.mark.parametrize("engine", engines.values(), ids=lambda engine: engine.name)


@each_engine
def test_a_record_is_of_the_cases_and_code_that_there_are(engine: Engine) -> None:
    """Each answer was recorded from the case and the code as they are; nox -s engines does it."""
    assert record.stale(engine, record.read(engine)) == []


@each_engine
def test_a_record_says_when_and_with_what(engine: Engine) -> None:
    """Each run has version, Python, platform and date, and the version is the pinned one."""
    found = record.read(engine)
    for run in found["runs"]:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", run["date"])
        assert any(required.endswith(f"=={run['version']}") for required in engine.requires), run[
            "version"
        ]
        assert run["python"]
        assert run["platform"]
    assert {entry["run"] for entry in found["answers"].values()} == set(range(len(found["runs"])))


def test_a_record_that_is_not_there_is_empty(tmp_path: Path) -> None:
    """Before the first run an engine has no runs and no answers."""
    empty = {"engine": "torch", "runs": [], "answers": {}}
    assert record.read(engines["torch"], tmp_path) == empty


@each_engine
def test_a_record_names_no_folder(engine: Engine) -> None:
    """No message of a record shows a folder or an address of the machine that made it."""
    text = json.dumps(record.read(engine))
    assert re.findall(r"(?:/[\w.-]+){3,}|0x[0-9a-f]{4,}", text) == []


@each_engine
def test_a_spelling_for_all_engines_is_right_in_all(engine: Engine) -> None:
    """What is written instead of a hard case is right wherever it was asked."""
    found = record.read(engine)["answers"]
    spelled = [case for case in cases.values() if case.instead_of and case.key in found]
    assert {case.key for case in spelled if verdict(case, found[case.key]).kind != "right"} == set()


def test_a_stale_answer_is_named(tmp_path: Path) -> None:
    """An answer that is missing, too many, or of another code is told by engine and case."""
    engine = engines["torch"]
    found = record.read(engine)
    answers = dict(found["answers"])
    del answers["abs-at-zero"]
    answers["det-singular"] = {**answers["det-singular"], "hash": "0"}
    answers["gone"] = answers["det-singular"]
    assert record.stale(engine, {**found, "answers": answers}) == [
        "torch: abs-at-zero is not recorded",
        "torch: gone is recorded, and not asked",
        "torch: det-singular was recorded from another case or code",
    ]
    assert record.read(engine, tmp_path)["answers"] == {}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let every question be answered by a number, and return the keys that were asked."""
    keys: list[str] = []

    def ask_twice(_: Engine, wanted: Iterable[str]) -> dict[str, Entry]:
        given = list(wanted)
        keys.extend(given)
        return {key: {"answer": float(len(keys))} for key in given}

    monkeypatch.setattr(record, "ask_twice", ask_twice)
    return keys


def test_only_what_changed_is_asked_again(tmp_path: Path, asked: list[str]) -> None:
    """A second record asks nothing; a changed case, or another version, is asked again."""
    engine = engines["torch"]
    made = record.record(engine, tmp_path)
    assert sorted(asked) == sorted(engine.answers)
    assert list(made["answers"]) == [key for key in cases if key in engine.answers]
    asked.clear()
    record.record(engine, tmp_path)
    assert asked == []
    changed = replace(
        engine, source=engine.source.replace("grad(torch.abs, 0.0)", "grad(torch.abs, 0.5)")
    )
    again = record.record(changed, tmp_path)
    assert asked == ["abs-at-zero"]
    assert again["answers"]["abs-at-zero"]["hash"] == changed.digest(cases["abs-at-zero"])
    asked.clear()
    text = (tmp_path / "torch.json").read_text("utf-8")
    (tmp_path / "torch.json").write_text(re.sub('"version": "[^"]*"', '"version": "0"', text))
    record.record(changed, tmp_path)
    assert len(asked) == len(engine.answers)


def test_another_machine_is_recorded_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked again, what differs is kept with both answers, and what agrees as it was, to the byte."""
    engine = engines["torch"]
    given: dict[str, Entry] = {key: {"answer": 1.0} for key in engine.answers}
    monkeypatch.setattr(record, "ask_twice", lambda _, wanted: {key: given[key] for key in wanted})
    record.record(engine, tmp_path)
    first = (tmp_path / "torch.json").read_text("utf-8")
    given["abs-at-zero"] = {"answer": "nan"}
    record.record(engine, tmp_path)
    record.record(engine, tmp_path, again=False)
    assert (tmp_path / "torch.json").read_text("utf-8") == first
    record.record(engine, tmp_path, again=True)
    old, new = first.splitlines(), (tmp_path / "torch.json").read_text("utf-8").splitlines()
    differing = [line for line in new if line not in old]
    assert (len(new), len(differing)) == (len(old), 1)
    found = record.read(engine, tmp_path)["answers"]["abs-at-zero"]
    both = {"varies": [{"answer": 1.0}, {"answer": "nan"}], "between": "machine to machine"}
    assert found == {**both, "hash": engine.digest(cases["abs-at-zero"]), "run": 0}
    given["abs-at-zero"] = {"answer": 1.0 + 1e-12}
    record.record(engine, tmp_path, again=True)
    assert (tmp_path / "torch.json").read_text("utf-8").splitlines() == new
    given["abs-at-zero"] = {"answer": 2.0}
    record.record(engine, tmp_path, again=True)
    third = record.read(engine, tmp_path)["answers"]["abs-at-zero"]
    assert third["varies"] == [*both["varies"], {"answer": 2.0}]


def test_another_machine_may_have_another_python(
    tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is known of other machines stays, and so does what varies from run to run."""
    engine = engines["torch"]
    made = record.record(engine, tmp_path)
    flaky: Entry = {"varies": [{"answer": 7.0}, {"answer": 8.0}]}
    made["answers"]["abs-at-zero"] |= flaky
    record.write(made, tmp_path)
    there = {**record.this_run(engine), "python": "3.99.0", "platform": "Linux aarch64"}
    monkeypatch.setattr(record, "this_run", lambda _: there)
    asked.append("another number")
    found = record.record(engine, tmp_path, again=True)
    assert found["runs"] == made["runs"]
    assert found["answers"]["abs-at-zero"] == made["answers"]["abs-at-zero"]
    assert all("between" in e for key, e in found["answers"].items() if key != "abs-at-zero")


def test_a_record_is_written_as_it_is_read(tmp_path: Path) -> None:
    """A record survives being written, with a line an answer, byte for byte."""
    engine = engines["torch"]
    record.write(record.read(engine), tmp_path)
    written = (tmp_path / "torch.json").read_text("utf-8")
    assert written == (record.RESULTS / "torch.json").read_text("utf-8")
    assert record.read(engine, tmp_path) == record.read(engine)


def test_torch_answers_as_recorded() -> None:
    """The torch that is installed here, asked now, gives the recorded answers."""
    from autodiff_notes.engines.running import run_here  # noqa: PLC0415 - torch takes a while

    torch = engines["torch"]
    here = {"runs": [record.this_run(torch)], "answers": run_here("torch")}
    assert len(here["answers"]) == len(torch.answers)
    assert changes(torch, record.read(torch), here) == []
