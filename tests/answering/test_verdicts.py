"""Verdicts are sentences: which line, how close, or where it fails."""

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
