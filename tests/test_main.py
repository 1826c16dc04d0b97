"""``python -m autodiff_notes`` says what holds, and its exit status says it to programs."""

import os
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

import forks
from autodiff_notes import catalogue
from autodiff_notes.__main__ import main
from projects import ROOT, variables

NAMES = ["log-det", "trace", "least-squares"]


def test_named_entries_are_verified(capsys: pytest.CaptureFixture[str]) -> None:
    """Each name has its row, and the last line sums up."""
    assert main(["verify", *NAMES]) == 0
    head, *rows, last = capsys.readouterr().out.splitlines()
    assert head.split() == ["entry", "points", "autograd", "differences", "equalities"]
    assert [row.split()[0] for row in rows] == NAMES
    assert all(row.endswith("holds") for row in rows)
    signs = sum(int(row.split()[4]) for row in rows)
    assert last.startswith(f"3 of 3 hold in float64: 27 points, {signs} equals signs executed, ")
    for column, against in ((2, "autograd"), (3, "central differences")):
        largest = max((row.split()[column] for row in rows), key=float)
        assert f"{largest} against {against}" in last
    ends = [at.end() for at in re.finditer(r"\S+", head)][1:]
    assert all([at.end() for at in re.finditer(r"\S+", row)][1:5] == ends for row in rows)


def test_without_points_a_row_has_its_problem_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry that cannot be evaluated has no figures, and its row says why."""
    wrong = replace(catalogue["trace"], function="tr(X) + log(-1)", derivation="")
    monkeypatch.setattr(catalogue, "things", {"wrong": wrong})
    assert main(["verify"]) == 1
    _, row, last = capsys.readouterr().out.splitlines()
    assert row.split(maxsplit=1)[1].startswith("the ")
    assert last == "0 of 1 hold in float64: 0 points, 0 equals signs executed."


def test_everything_is_verified_by_default(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without names it is the whole catalogue, in its order."""
    monkeypatch.setattr(catalogue, "things", dict(list(catalogue.items())[:2]))
    assert main(["verify"]) == 0
    assert "2 of 2 hold" in capsys.readouterr().out


def test_wrong_entry_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A gradient that does not hold is told, and the exit status is 1."""
    right = catalogue["trace"]
    wrong = replace(right, gradients={"X": "2 * I(n)"})
    monkeypatch.setattr(catalogue, "things", {"right": right, "wrong": wrong})
    assert main(["verify"]) == 1
    out = capsys.readouterr().out
    assert "the gradient by X is off by 5.0e-01 from autograd" in out
    assert "1 of 2 hold" in out
    assert "largest error" not in out


def test_unknown_name_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown name says which was meant, and the exit status is 2."""
    assert main(["verify", "logdet"]) == 2
    assert capsys.readouterr().err == "there is no entry 'logdet'; did you mean 'log-det'?\n"


def test_every_unknown_name_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Each has its line; one that is like no other says where the names are."""
    assert main(["verify", "trase", "trace", "qqqqqq"]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first == "there is no entry 'trase'; did you mean 'trace'?"
    assert second == "there is no entry 'qqqqqq'; python -m autodiff_notes list names them all"


@pytest.mark.parametrize("device", ["abacus", "meta"])
def test_unknown_device_is_told(device: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A device that torch does not know, or that cannot compute, is an error that names it."""
    assert main(["verify", "trace", "--device", device]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert re.fullmatch(rf"torch cannot compute in float64 on '{device}': \S.+", line)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--dtype", "float16"], "invalid choice: 'float16'"),
        (["--seed", "x"], "invalid seed value: 'x'"),
        (["--seed", "-1"], "a seed lies between 0 and 2^63 - 1; got -1"),
        (["--seed", "9" * 20], "a seed lies between 0 and 2^63 - 1; got 9999"),
        (["--seed", str(2**63)], "a seed lies between 0 and 2^63 - 1; got 9223372036854775808"),
    ],
)
def test_wrong_option_is_told(
    options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A type or seed that cannot be is named, and the exit status is 2."""
    with pytest.raises(SystemExit, match="2"):
        main(["verify", "trace", *options])
    assert message in capsys.readouterr().err


def test_help_says_what_the_status_means(capsys: pytest.CaptureFixture[str]) -> None:
    """The help has every option with its default, an example, and the exit status."""
    with pytest.raises(SystemExit, match="0"):
        main(["verify", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert "(default: float64)" in said
    assert "(default: cpu)" in said
    assert "The exit status is 0 if all hold, 1 if one does not, 2 for a wrong call, 130 " in said
    assert said.startswith(
        "usage: python -m autodiff_notes verify [-h] [--dtype {float64,float32}]"
    )
    assert "[--seed SEED] [--device DEVICE] [NAME ...] Hold gradients against autograd" in said
    assert "differences. Points are random, and derivations are executed if in double" in said
    assert said.endswith("Example: python -m autodiff_notes verify log-det inverse --seed 7")


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("list", "list determinants"),
        ("derive", 'derive "'),
        ("engines", "engines torch jax"),
    ],
)
def test_each_command_has_an_example(
    name: str, ends: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The help ends with a call that can be copied, and names what may be repeated."""
    with pytest.raises(SystemExit, match="0"):
        main([name, "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert f"Example: python -m autodiff_notes {ends}" in said
    assert name == "derive" or re.search(r"\[(SUBJECT|NAME) \.\.\.\]", said)


@pytest.mark.parametrize("raised", [BrokenPipeError, KeyboardInterrupt])
def test_the_status_is_that_of_shells(
    raised: type[BaseException], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As shells have it, 128 and the number of the signal; what is left in the buffer goes nowhere."""

    def raises(*_: object) -> None:
        raise raised

    with (tmp_path / "out").open("wb") as file:
        pipe = SimpleNamespace(write=raises, flush=raises, fileno=file.fileno)
        monkeypatch.setattr(sys, "stdout", pipe)
        number = {BrokenPipeError: signal.SIGPIPE, KeyboardInterrupt: signal.SIGINT}[raised]
        assert main(["list"]) == 128 + number
        os.write(file.fileno(), b"left")
    assert (tmp_path / "out").read_bytes() == (b"left" if number == signal.SIGINT else b"")


@pytest.mark.parametrize("call", [["--help"], ["verify", "--help"], ["verify", "logdet"]])
def test_help_and_a_wrong_name_need_no_torch(call: list[str]) -> None:
    """They answer without torch, whose import takes longer than everything else."""
    program = (
        "import sys; from autodiff_notes.__main__ import main\n"
        f"try: main({call})\n"
        "except SystemExit: pass\n"
        "sys.exit('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0


def test_type_and_seed(capsys: pytest.CaptureFixture[str]) -> None:
    """Points follow the seed, and their type is the one asked for."""
    outputs = []
    for options in (["--seed", "0"], ["--seed", "5"], ["--dtype", "float32"]):
        assert main(["verify", "layer", *options]) == 0
        outputs.append(capsys.readouterr().out)
    assert len(set(outputs)) == 3
    assert "hold in float32" in outputs[2]


def test_runs_as_a_program() -> None:
    """It can be started by the name of the package; where nobody looks there is no progress bar."""
    command = [sys.executable, "-m", "autodiff_notes", "verify", "trace"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 of 1 hold" in done.stdout


@pytest.fixture
def verifying(tmp_path: Path) -> tuple[int, Path, Path]:
    """Start to verify everything; return the process, the pipe of its output and its errors."""
    pipe, errors = tmp_path / "pipe", tmp_path / "errors"
    os.mkfifo(pipe)
    errors.touch()
    command = ["-m", "autodiff_notes", "verify"]
    process = forks.everything.start(command, ROOT, variables(ROOT), str(pipe), str(errors))
    return process, pipe, errors


def test_a_closed_pipe_ends_it(verifying: tuple[int, Path, Path]) -> None:
    """Whoever has read enough may close the pipe: it ends at once, and without a complaint."""
    _, pipe, errors = verifying
    with pipe.open() as output:
        output.readline()
        assert output.readline().startswith("scalar-example")
    assert forks.everything.wait() == 141
    assert errors.read_text() == ""


def test_an_interruption_ends_it_with_what_it_has(verifying: tuple[int, Path, Path]) -> None:
    """Each result is printed as it comes, and after Ctrl-C those that came are summed up."""
    process, pipe, errors = verifying
    with pipe.open() as output:
        head, first = output.readline(), output.readline()
        os.kill(process, signal.SIGINT)
        *rows, last = [first, *output.read().splitlines()]
    assert forks.everything.wait() == 130
    assert head.startswith("entry")
    assert first.startswith("scalar-example")
    err = errors.read_text()
    assert re.fullmatch(r"interrupted after (\d+) of \d+\n", err)
    assert err.startswith(f"interrupted after {len(rows)} of ")
    assert last.startswith(f"{len(rows)} of {len(rows)} hold in float64: ")
    assert len(rows) < len(catalogue)


def test_entries_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Each entry has a line with name, subject and title; a subject lists its own alone."""
    assert main(["list"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert [row.split()[0] for row in rows] == list(catalogue)
    assert all(
        row.split()[1] == entry.group and row.endswith(f"  {entry.title}")
        for row, entry in zip(rows, catalogue.values(), strict=True)
    )
    assert main(["list", "inverses"]) == 0
    assert (
        len(
            {
                row.index(f"  {entry.title}")
                for row, entry in zip(rows, catalogue.values(), strict=True)
            }
        )
        == 1
    )
    shown = capsys.readouterr().out.splitlines()
    assert {row.split()[1] for row in shown} == {"inverses"}


def test_unknown_subject_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A subject that there is not says which was meant, or which there are."""
    assert main(["list", "inverse"]) == 2
    assert capsys.readouterr().err == "there is no subject 'inverse'; did you mean 'inverses'?\n"
    assert main(["list", "qqqqqq"]) == 2
    assert "; there are notes, vectors, " in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", ["['--help']", "['verify', '--help']", "['list']", "['verify', 'logdet']"]
)
def test_torch_is_imported_only_to_verify(arguments: str) -> None:
    """Help, the list, and a wrong name come without waiting for torch."""
    program = f"""
import sys
from autodiff_notes.__main__ import main
try:
    main({arguments})
except SystemExit:
    pass
assert "torch" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_progress_is_shown_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal a bar says how far it has come, and goes at the end."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert main(["verify", "trace", "layer"]) == 0
    _, *shown = capsys.readouterr().err.split("\r")
    bars = [f"[{'.' * 28}] 0/2 trace", f"[{'#' * 14}{'.' * 14}] 1/2 layer"]
    # Before a row, and at the end, the line is empty again.
    assert [part.rstrip() for part in shown if part] == [bars[0], "", bars[1], "", ""]
    assert {len(part) for part in shown if part} == {79}


def test_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    """Each command has the first sentence of its own help, without a capital or a stop."""
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "list list the entries of the catalogue: name, subject and title verify hold" in said
    assert "verify hold gradients against autograd and finite differences derive derive" in said
    assert said.count("Each question") == 0
    assert said.startswith("usage: python -m autodiff_notes [-h] COMMAND ...")
    assert "The gradients of autodiff-notes, on this machine." in said


def test_a_call_without_a_command_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    """The message says that a command is missing, and the exit status is 2."""
    with pytest.raises(SystemExit, match="2"):
        main([])
    assert "the following arguments are required: COMMAND" in capsys.readouterr().err
