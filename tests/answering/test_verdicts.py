"""Verdicts are sentences: which line, how close, or where it fails."""

import re

import pytest

from autodiff_notes.answering.verdicts import verdicts
from autodiff_notes.notation.derivations import parse

RIGHT = "x in vector(n)\nd(x @ x)\n= 2 * x @ d(x)\n= inner(2 * x, d(x))"


def test_lines_are_counted_as_the_reader_counts() -> None:
    """Without other numbers the first line that is compared is the first."""
    words = [part["verdict"]["words"] for part in verdicts(parse(RIGHT)) if "verdict" in part]
    assert [text.split(" holds")[0] for text in words] == ["Line 1", "Line 2"]
    words = [
        p["verdict"]["words"] for p in verdicts(parse(RIGHT), {3: 30, 4: 40}) if "verdict" in p
    ]
    assert [text.split(" holds")[0] for text in words] == ["Line 30", "Line 40"]


def test_a_wrong_line_says_where() -> None:
    """A line that fails has its gap and its point, and the whole does not hold."""
    *_, verdict, whole = verdicts(parse(RIGHT.replace("inner(2", "inner(3")))
    assert not verdict["verdict"]["holds"]
    assert "relative gap 0.33" in verdict["verdict"]["words"]
    assert verdict["verdict"]["words"].count("seed 0") == 1
    assert whole == {"holds": False, "summary": "1 of 2 lines does not hold."}


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("x @ x\n>= 0", ["Line 1 holds.", "1 line executed in this browser, at 9 random points; largest relative gap #."]),
        ("sum(exp(x)) ** 2\n= exp(2 * log(sum(exp(x))))", ["Line 1 holds, gap #.", "1 line executed in this browser, at 9 random points; largest relative gap #."]),
        ("x\n= x\n= x", ["Line 1 holds.", "Line 2 holds.", "2 lines executed in this browser, each at 9 random points; largest relative gap #."]),
        (
            "x @ x\n= 2 * x @ x\n= x @ x",
            [
                "Line 1 does not equal the line before it (relative gap #) at n = 2, seed 0.",
                "Line 2 does not equal the line before it (relative gap #) at n = 2, seed 0.",
                "2 of 2 lines do not hold.",
            ],
        ),
        ("x @ x\n<= 0", ["Line 1 does not hold: the line before it is above by # (n = 2, seed 0).", "1 of 1 line does not hold."]),
        ("x @ x\n= x", ["Line 1 has shape (2,), the line before it () (n = 2, seed 0).", "1 of 1 line does not hold."]),
    ],
)  # fmt: skip
def test_the_sentences(lines: str, words: list[str]) -> None:
    """A gap is that of an equality, a point is named once, and one line is no lines."""
    parts = list(verdicts(parse(f"x in vector(n)\n{lines}")))
    said = [part["verdict"]["words"] if "verdict" in part else part["summary"] for part in parts]
    assert [re.sub(r"(gap|by) [\d.e+-]*\d", r"\1 #", text) for text in said] == words
