"""Each engine gets a Python that it allows, and one that fails does not stop the others."""

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from autodiff_notes.engines import engines, environments
from pages import ROOT

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, ...]]:
    """Return the commands that would be run, below a folder of the test; pip fails for jax."""
    found: list[tuple[str, ...]] = []

    def run(*command: str) -> None:
        found.append(command)
        if "venv" in command:
            Path(command[-1]).mkdir(parents=True, exist_ok=True)
        if "pip" in command and any("jax" in word for word in command):
            raise subprocess.CalledProcessError(1, command)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(environments, "_run", run)
    monkeypatch.setattr(environments, "python_for", lambda _: "python")
    return found


def test_a_python_is_found() -> None:
    """The running Python is taken where the range allows it; where none is, the error names the range."""
    engine = engines["torch"]
    assert environments.python_for(replace(engine, python=f">={HERE}")) == sys.executable
    with pytest.raises(FileNotFoundError, match=r"needs Python >=3\.11,<3\.11"):
        environments.python_for(replace(engine, python=">=3.11,<3.11"))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [(">=3.13", "3.14"), (">=3.12, <3.14", "3.13"), ("<3.13,>=3.11", "3.12"), ("<3.12", "3.11")],
)
def test_the_newest_python_of_a_range_is_taken(
    wanted: str, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the running one is too old, it is the newest below the upper bound, which is not allowed."""
    monkeypatch.setattr(sys, "version_info", SimpleNamespace(major=4, minor=0))
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    python = environments.python_for(replace(engines["torch"], python=f"{wanted},<4.0"))
    assert python == f"/bin/python{found}"


def test_a_program_that_is_missing_is_told(
    commands: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without its compiler an engine is not installed, and the error has the command that helps."""
    assert environments.missing(engines["sympy"]) == ""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert environments.missing(engines["tinygrad"]).endswith(": apt-get install clang")
    assert environments.main(["tinygrad"]) == 1
    assert commands == []


def test_the_workflow_installs_the_programs() -> None:
    """The weekly run installs the Debian packages that engines need, and no others."""
    workflow = (ROOT / ".github" / "workflows" / "versions.yml").read_text("utf-8")
    (installed,) = re.findall(r"apt-get install --yes (.*)", workflow)
    needed = {package for engine in engines.values() for package in engine.programs.values()}
    assert set(installed.split()) == needed


def test_an_engine_is_installed_once(commands: list[tuple[str, ...]]) -> None:
    """Pinned versions are installed and recorded; the second time they are only asked."""
    assert environments.main(["sympy"]) == 0
    place = Path(".nox", "engines", "pinned", "sympy")
    python = str(place / "bin" / "python")
    pins = engines["sympy"].requires
    assert commands == [
        ("python", "-m", "venv", "--clear", str(place)),
        (python, "-m", "pip", "install", "--quiet", *pins),
        (python, "-m", "autodiff_notes", "engines", "sympy", "--record"),
    ]
    commands.clear()
    assert environments.main(["sympy"]) == 0
    assert [command[2] for command in commands] == ["autodiff_notes"]
    commands.clear()
    (place / "installed.txt").write_text("['sympy==1.0']", "utf-8")
    assert environments.main(["sympy"]) == 0
    assert [command[2] for command in commands] == ["venv", "pip", "autodiff_notes"]


def test_the_newest_are_compared(commands: list[tuple[str, ...]]) -> None:
    """With --newest the engine alone has no pin, its answers are reported, and no old report stays."""
    environments.REPORT.parent.mkdir(parents=True)
    environments.REPORT.write_text("of last week", "utf-8")
    assert environments.main(["mxnet", "--newest"]) == 0
    assert {"mxnet", "numpy==1.23.5"} <= set(commands[1])
    assert commands[0][-1] == str(Path(".nox", "engines", "newest", "mxnet"))
    report = str(Path("docs", "_build", "engines.md"))
    assert commands[2][2:] == ("autodiff_notes", "engines", "mxnet", "--report", report)
    assert environments.main(["mlx", "--newest"]) == 0
    assert "mlx[cpu]" in commands[4]
    assert not environments.REPORT.exists()


def test_one_that_fails_does_not_stop_the_others(
    commands: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    """An engine that cannot be installed is named at the end, and the next is asked."""
    assert environments.main(["jax", "sympy"]) == 1
    err = capsys.readouterr().err
    assert "'pip'" in err
    assert err.endswith("not asked: jax\n")
    assert commands[-1][-2:] == ("sympy", "--record")
    assert environments.main(["jax", "sympy", "jax"]) == 1
    assert capsys.readouterr().err.endswith("not asked: jax, jax\n")


def test_without_names_all_are_asked(commands: list[tuple[str, ...]]) -> None:
    """Each engine has its turn, in the order of the table."""
    environments.main([])
    asked = [command[4] for command in commands if command[2] == "autodiff_notes"]
    assert asked == [name for name in engines if name in asked]
    assert len(asked) >= len(engines) - 2  # jax fails here, and one needs a compiler


def test_a_command_has_the_project_and_one_thread(capfd: pytest.CaptureFixture[str]) -> None:
    """Where an engine is asked, the package is that of the checkout; a failure is an error."""
    program = "import os; print(os.environ['PYTHONPATH'], os.environ['OMP_NUM_THREADS'])"
    environments._run(sys.executable, "-c", program)
    assert capfd.readouterr().out.split() == [str(ROOT / "src"), "1"]
    with pytest.raises(subprocess.CalledProcessError):
        environments._run(sys.executable, "-c", "raise SystemExit(3)")
