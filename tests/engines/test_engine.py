"""An adapter is read without its engine, and what it says is about cases that exist."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from autodiff_notes.engines import cases, engines
from autodiff_notes.engines.engine import Engine, read

each_engine = pytest.mark.parametrize("engine", engines.values(), ids=lambda engine: engine.name)

ADAPTER = '''"""An engine."""
import absent

TITLE = "An engine"
DISTRIBUTION = "an-engine"
REQUIRES = ("an-engine[cpu]==1.0", "numpy==2.0")
HOMEPAGE = "https://example.org"
LIMIT = 5.0


def doubled(x):
    return helper(x) * 2


def helper(x):
    return x


def other(x):
    return x


ANSWERS = {
    "abs-at-zero": lambda: doubled(absent.abs(0.0)),
    "det-singular": lambda: other(1),
}

NOT_OFFERED = {"maximum-tie": "there is none"}
'''


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """Return the engine of an adapter whose engine is installed nowhere."""
    path = tmp_path / "an_engine.py"
    path.write_text(ADAPTER, "utf-8")
    return read(path)


def test_code_is_shown_without_the_margin_of_its_row(tmp_path: Path, engine: Engine) -> None:
    """Lines after the first stand as if the first began them; what is hashed is the file's own."""
    row = '"det-singular": lambda: other('
    path = tmp_path / "long.py"
    path.write_text(ADAPTER.replace(f"{row}1)", f"{row}\n        1,\n    )"), "utf-8")
    found = read(path)
    assert found.answers["det-singular"] == "other(\n    1,\n)"
    assert found.code("det-singular").endswith("\n\nother(\n    1,\n)")
    case = cases["det-singular"]
    path.write_text(ADAPTER.replace(f"{row}1)", f"{row}\n     1,\n )"), "utf-8")
    assert read(path).answers == found.answers
    assert len({e.digest(case) for e in (engine, found, read(path))}) == 3


def test_what_an_adapter_need_not_say(tmp_path: Path) -> None:
    """It is forked, answers in double precision within a minute, and offers all that it is asked."""
    path = tmp_path / "short.py"
    path.write_text(ADAPTER.replace("LIMIT = 5.0", "").partition("NOT_OFFERED")[0], "utf-8")
    found = read(path)
    assert (found.python, found.fork, found.precision, found.limit) == (
        ">=3.11",
        True,
        "float64",
        60,
    )
    assert (found.programs, found.documented, found.not_offered) == ({}, {}, {})


@each_engine
def test_answers_are_to_cases(engine: Engine) -> None:
    """Every answer, refusal and source of an adapter belongs to a case."""
    said = {*engine.answers, *engine.not_offered, *engine.documented}
    assert sorted(said - set(cases)) == []


@each_engine
def test_a_case_is_answered_or_not_offered(engine: Engine) -> None:
    """No case is both answered and not offered, and what is not offered has a reason."""
    assert sorted(set(engine.answers) & set(engine.not_offered)) == []
    assert all(engine.not_offered.values())


@each_engine
def test_versions_are_pinned(engine: Engine) -> None:
    """What is installed has a version, and the engine itself is part of it."""
    assert all("==" in required for required in engine.requires)
    names = [required.partition("==")[0].partition("[")[0] for required in engine.requires]
    assert engine.distribution in names
    assert engine.homepage.startswith("https://")


def test_an_adapter_is_read_without_its_engine(engine: Engine) -> None:
    """Title, versions and code are read from the source; nothing is imported."""
    assert (engine.name, engine.title, engine.limit) == ("an_engine", "An engine", 5.0)
    assert engine.pins == "'an-engine[cpu]==1.0' numpy==2.0"
    assert engine.answers["abs-at-zero"] == "doubled(absent.abs(0.0))"
    assert "absent" not in sys.modules


def test_code_brings_the_helpers_that_it_calls(engine: Engine) -> None:
    """The code of an answer has its helpers, those that they call, and no others."""
    code = engine.code("abs-at-zero")
    assert "def doubled" in code
    assert "def helper" in code
    assert "def other" not in code
    assert code.endswith("doubled(absent.abs(0.0))")


WHOLE = '''TITLE = DISTRIBUTION = HOMEPAGE = "whole"
REQUIRES = ()
FACTOR = (
    2.0,
)


@cached
@twice(FACTOR)
def doubled(x):
    """Return twice a number."""
    return Pair(x).é


class Pair:
    é = 1


unused = 3

ANSWERS = {"abs-at-zero": lambda: doubled("é", doubled(1))}
'''


def test_helpers_come_whole_and_in_their_order(tmp_path: Path) -> None:
    """A decorated function, a class and a constant stand above the answer as in the adapter."""
    path = tmp_path / "whole.py"
    path.write_text(WHOLE, "utf-8")
    helpers = WHOLE.partition("FACTOR")[2].partition("unused")[0]
    wanted = f'FACTOR{helpers.rstrip()}\n\ndoubled("é", doubled(1))'
    assert read(path).code("abs-at-zero") == wanted.replace("\n\n\n", "\n\n")


def test_a_digest_follows_the_case(engine: Engine) -> None:
    """Function, reference, point and what is asked for are part of it; words about it are not."""
    case = cases["abs-at-zero"]
    asked = (
        case,
        replace(case, function="x"),
        replace(case, reference="x"),
        replace(case, point={"x": 1.0}),
        replace(case, of="value"),
    )
    assert len({engine.digest(one) for one in asked}) == len(asked)
    assert engine.digest(replace(case, why="", question="")) == engine.digest(case)


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("absent.abs(0.0)", "absent.abs(-0.0)", True),
        ("return x\n\n\ndef other", "return x + 0\n\n\ndef other", True),
        ("other(1)", "other(2)", False),
        ('"An engine"', '"Another"', False),
    ],
)
def test_a_digest_follows_the_code(tmp_path: Path, old: str, new: str, changes: bool) -> None:
    """A change of the answer's code or of a helper changes its hash; another change does not."""
    digests = []
    for name, source in {"a": ADAPTER, "b": ADAPTER.replace(old, new)}.items():
        path = tmp_path / f"{name}.py"
        path.write_text(source, "utf-8")
        digests.append(read(path).digest(cases["abs-at-zero"]))
    assert (digests[0] != digests[1]) is changes


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ('"abs-at-zero": doubled', "no key and lambda"),
        ('"det-singular": lambda: 1', "answered twice"),
        ("**others", "no key and lambda"),
        ("1: lambda: 1", "no key and lambda"),
    ],
)
def test_a_faulty_table_is_told(tmp_path: Path, row: str, error: str) -> None:
    """A row without a lambda, and a key that stands twice, are errors that name the engine."""
    path = tmp_path / "faulty.py"
    path.write_text(
        ADAPTER.replace('"abs-at-zero": lambda: doubled(absent.abs(0.0))', row), "utf-8"
    )
    with pytest.raises((TypeError, ValueError), match=f"faulty: .*{error}"):
        _ = read(path).answers


def test_the_room_imports_no_engine() -> None:
    """Cases, engines, verdicts and the command are read without torch and without NumPy."""
    code = (
        "import sys; from autodiff_notes.engines import cases, engines, verdicts, command, record;"
        "len(cases), [engine.answers for engine in engines.values()];"
        "assert not {'torch', 'numpy', 'mpmath'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
