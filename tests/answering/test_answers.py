"""A question gets its answer part by part, and whatever cannot be answered is said in words."""

import subprocess
import sys
from pathlib import Path

import pytest

from questions import ask

ROOT = Path(__file__).parents[2]
HOSTILE = [
    "x" * 1_000_000,
    "(" * 1_900 + "x",
    "-" * 1_900 + "x",
    "{" * 1_900,
    "__import__('os').system('echo')",
    "9**9**9**9",
    "<img src=x onerror=alert(1)>",
    "d(" * 300 + "x" + ")" * 300,
    "x = " * 400,
    "where x = x",
    "x in vector(n)\n" * 900,
    "\N{NO-BREAK SPACE}\0\x1b",
    "",
    "\n\n=\n",
]


@pytest.mark.parametrize("way", ["derive", "lines", "claim"])
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:16]))
def test_hostile_questions(way: str, text: str) -> None:
    """Whatever is asked has an answer of one sentence, wherever in the question it stands."""
    for texts in (
        {"function": text, "lines": text, "claim": text},
        {"function": "x @ x", "lines": "d(x @ x)\n= 2 * x @ d(x)", "claim": text},
        {"function": "x @ x", "lines": "d(x @ x)\n" + text, "claim": "2 * x", "variables": text},
    ):
        parts = ask(way, **texts)
        assert parts
        for part in parts:
            assert "<img" not in str(part).replace("error", "")
            assert (
                "html" in part
                or "error" in part
                or "summary" in part
                or "verdict" in part
                or "more" in part
            )


def test_errors_have_their_place() -> None:
    """An error says line and column of the field that was typed."""
    (part,) = ask("derive", function="x + (")
    assert (part["line"], part["column"]) == (1, 6)
    (part,) = ask("lines", lines="d(x @ x)\n= 2 * foo(x) @ d(x)")
    assert part["error"].startswith("there is no word 'foo'")
    assert (part["line"], part["column"]) == (2, 7)
    (part,) = ask("derive", function="x[k + 9]")
    assert part == {"error": "an index is beyond the last entry, where a size is small"}
    (part,) = ask("claim", function="x @ x", claim="2 * ")
    assert (part["field"], part["line"], part["column"]) == ("claim", 1, 4)
    (part,) = ask("claim", function="x @ @", claim="2 * x")
    assert ("field" in part, part["line"]) == (False, 1)


def test_an_offer_where_a_set_is_missing() -> None:
    """A set that was declared and is too large gets an offer; one that was guessed is replaced."""
    (part,) = ask("derive", function="logdet(X)", variables="X in square")
    assert part["offered"] == ["X in positive_determinant(n)"]
    assert ask("derive", function="logdet(X)")[0]["variables"] == ["X in positive_determinant(n)"]


@pytest.mark.parametrize("way", ["derive", "lines", "claim"])
def test_a_name_that_was_replaced_is_said(way: str) -> None:
    """A word that is no name of the notation becomes a letter, and the answer says which."""
    first, *_ = ask(way, function="foo' x", claim="x: foo", lines="foo' x\n= x' foo")
    assert first["notes"] == ["foo was read as f"]


def test_an_answer_needs_the_standard_library_alone() -> None:
    """Questions of each kind are answered in a Python that has no packages, as in a browser."""
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from autodiff_notes.answering import answers\n"
        "asked = [\n"
        "    {'way': 'derive', 'function': 'sum(huber(x, 1))'},\n"
        "    {'way': 'lines', 'lines': 'd(logdet(X))\\n= tr(inv(X) @ d(X))'},\n"
        "    {'way': 'claim', 'function': 'x @ x', 'claim': '2 * x'},\n"
        "]\n"
        "for question in asked:\n"
        "    parts = list(answers(question, lambda latex, _: latex))\n"
        "    assert any(part.get('holds') for part in parts), parts\n"
        "assert 'torch' not in sys.modules and 'numpy' not in sys.modules\n"
    )
    command = [sys.executable, "-I", "-S", "-c", program, str(ROOT / "src")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
