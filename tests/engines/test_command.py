"""``python -m autodiff_notes engines`` asks what is installed, and says what differs."""

import re
from pathlib import Path

import pytest

from autodiff_notes.__main__ import main
from autodiff_notes.engines import command, engines, record
from autodiff_notes.engines.engine import Engine
from autodiff_notes.engines.running import Entry


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> dict[str, Entry]:
    """Let torch answer as recorded, but for what is put into the mapping."""
    changed: dict[str, Entry] = {}

    def ask_twice(engine: Engine) -> dict[str, Entry]:
        return {**record.read(engine)["answers"], **changed}

    monkeypatch.setattr(command, "ask_twice", ask_twice)
    return changed


def test_what_is_as_recorded_is_told(
    answering: dict[str, Entry], capsys: pytest.CaptureFixture[str]
) -> None:
    """With the recorded answers nothing differs."""
    assert answering == {}
    assert main(["engines", "torch"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("PyTorch 2.")
    assert out.endswith("answers, 0 that differ\n")


def test_what_differs_is_told_and_reported(
    answering: dict[str, Entry], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A changed answer is printed, and added to the report, with both answers."""
    answering["abs-at-zero"] = {"answer": 1.0}
    report = tmp_path / "changes.md"
    assert main(["engines", "torch", "--report", str(report)]) == 0
    out = capsys.readouterr().out
    assert "1 that differ" in out
    assert "(abs-at-zero) was 0, is 1" in out
    title = out.partition(":")[0]
    assert re.fullmatch(r"PyTorch [\d.]+, beside [\d.]+ as recorded", title)
    line = out.splitlines()[1].strip()
    assert out.splitlines() == [out.splitlines()[0], f"  {line}"]
    assert report.read_text("utf-8") == f"## {title}\n\n- {line}\n\n"
    answering.clear()
    assert main(["engines", "torch", "--report", str(report)]) == 0
    added = report.read_text("utf-8").removeprefix(f"## {title}\n\n- {line}\n\n")
    assert added == f"## {title}\n\n- All answers are as recorded.\n\n"


@pytest.mark.parametrize(("option", "again"), [("--record", False), ("--again", True)])
def test_what_was_recorded_is_counted(
    option: str, again: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Either option records; one asks again what is recorded, and both say how many there are."""
    asked: list[bool] = []

    def made(engine: Engine, *, again: bool) -> dict[str, object]:
        asked.append(again)
        return record.read(engine)

    monkeypatch.setattr(record, "record", made)
    assert main(["engines", "torch", option]) == 0
    assert asked == [again]
    answers = len(record.read(engines["torch"])["answers"])
    said = capsys.readouterr().out
    assert re.fullmatch(rf"PyTorch 2[\d.]+: {answers} answers recorded\n", said)


def test_an_engine_without_a_record_is_compared_with_nothing(
    answering: dict[str, Entry], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the first record nothing differs, and the line says that there is none."""
    empty = {"engine": "torch", "runs": [], "answers": {}}
    answering["abs-at-zero"] = {"answer": 1.0}
    monkeypatch.setattr(record, "read", lambda _: empty)
    assert main(["engines", "torch"]) == 0
    assert capsys.readouterr().out.endswith(
        ", beside nothing as recorded: 1 answers, 0 that differ\n"
    )


def test_without_names_the_installed_are_asked(
    answering: dict[str, Entry], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An engine that is not here is passed over; where none is, the call is wrong."""
    assert answering == {}
    monkeypatch.setattr(command, "is_installed", lambda engine: engine.name == "torch")
    assert main(["engines"]) == 0
    assert capsys.readouterr().out.startswith("PyTorch 2.")
    monkeypatch.setattr(command, "is_installed", lambda _: False)
    assert main(["engines"]) == 2


def test_an_unknown_engine_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in a name is told with the nearest name."""
    assert main(["engines", "torhc"]) == 2
    assert "there is no engine 'torhc'; did you mean 'torch'?" in capsys.readouterr().err


def test_an_engine_that_is_absent_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An engine that is not installed is told with the command that installs it."""
    monkeypatch.setattr(command, "is_installed", lambda _: False)
    assert main(["engines", "sympy"]) == 2
    assert "SymPy is not installed: pip install sympy==" in capsys.readouterr().err
