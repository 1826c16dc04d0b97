"""LaTeX becomes a tree of MathML, with characters in place of entities."""

from xml.etree import ElementTree as ET

import pytest
from math_core import LatexError

from _extensions.mathematics.conversion import row, text, tree


def test_entities_are_characters() -> None:
    """A function is applied with the character for that; what XML writes as an entity it keeps."""
    written = ET.tostring(tree(r"\log x < y"), encoding="unicode")
    assert "\N{FUNCTION APPLICATION}" in written
    assert "&lt;" in written


def test_a_script_letter_is_one_character() -> None:
    """No selector of another form of the letter follows it, which a screen reader would say."""
    assert "".join(tree(r"\mathcal{U}").itertext()) == "\N{MATHEMATICAL SCRIPT CAPITAL U}"


def test_the_words_of_the_notes_are_known() -> None:
    r"""The differential ``\d`` and the trace ``\tr`` are commands, and nothing that is unknown."""
    assert "".join(tree(r"\d \tr X").itertext()).startswith("dtr")
    with pytest.raises(LatexError):
        tree(r"\nosuchcommand")


def test_a_row_has_no_text() -> None:
    """A leaf has a text, and a row has its parts."""
    x = ET.fromstring("<mi> x </mi>")
    assert text(x) == "x"
    assert not text(row([x]))
    assert [*row([x])] == [x]
