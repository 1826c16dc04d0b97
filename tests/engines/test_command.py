"""``python -m autodiff_notes engines`` asks what is installed, and says what differs."""

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
    assert "(abs-at-zero) was 0, is 1" in report.read_text("utf-8")


def test_what_was_recorded_is_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A recording says the version and how many answers there are now."""
    monkeypatch.setattr(record, "record", record.read)
    assert main(["engines", "torch", "--record"]) == 0
    answers = len(record.read(engines["torch"])["answers"])
    assert capsys.readouterr().out.endswith(f": {answers} answers recorded\n")


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
