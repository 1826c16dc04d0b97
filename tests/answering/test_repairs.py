"""Repairs of a wrong line: each is one change, and all of them can be read."""

from autodiff_notes.answering.repairs import repairs
from autodiff_notes.notation import NotationError, read

KINDS = {"X": "M", "A": "M", "x": "v", "b": "v"}


def test_every_repair_is_a_change() -> None:
    """No repair is the line itself, and nearly all are lines of the notation."""
    line = "2 * inv(X).mT @ A @ x - b"
    found = list(repairs(read(line, KINDS)))
    assert len(found) > 15
    assert len({text for _, text in found}) >= len(found) - 2
    readable = 0
    for words, text in found:
        assert words
        assert text != line
        try:
            read(text, KINDS)
            readable += 1
        except NotationError:
            continue
    assert readable > 0.8 * len(found)
