"""The words of others: each row of the table means what it says."""

import re
from keyword import kwlist

import pytest

from autodiff_notes.dialects import understand
from autodiff_notes.dialects.parsing import parse
from autodiff_notes.dialects.spellings import (
    CALLED,
    COMMANDS,
    ELSEWHERE,
    MEANINGS,
    REFUSED,
    RESERVED,
    UPRIGHT,
    Spelling,
    known,
)
from autodiff_notes.notation import NotationError
from autodiff_notes.notation.vocabulary import SPECIAL, WORDS
from meaning import assert_same
from refusals import refusal

SETS = "S in spd(n)\nX in spd(n)\nA in square(n)\nB in square(n)\nx in vector(n)\ny in vector(n)"
COMPLEX = {"real", "imag"}


@pytest.mark.parametrize("row", MEANINGS.values(), ids=lambda row: row.name)
def test_rows(row: Spelling) -> None:
    """The example of a row has the value of the same formula in the notation."""
    assert row.name in row.example
    said = "x in complex_scalar()" if row.name in COMPLEX else SETS
    found = understand(row.example, said)
    variables = said.split("\n") if row.name in COMPLEX else found.variables
    assert_same(found.function, row.same, variables)


@pytest.mark.parametrize("row", MEANINGS.values(), ids=lambda row: row.name)
def test_no_row_hides_a_word(row: Spelling) -> None:
    """A name of the table is no word of the notation itself."""
    assert row.name not in WORDS
    assert row.name not in SPECIAL


@pytest.mark.parametrize(("sign", "problem"), REFUSED.items(), ids=list(REFUSED))
def test_signs_that_are_refused(sign: str, problem: str) -> None:
    """A sign that stands in no function is refused where it stands, with the reason."""
    assert refusal(understand, f"x^2 {sign} y") == (5, problem)


@pytest.mark.parametrize(
    "sign",
    [
        r"<",
        r">",
        r"<=",
        r">=",
        r"!=",
        r"~=",
        r"≤",
        r"≥",
        r"≠",
        r"≈",
        r"\le",
        r"\leq",
        r"\ge",
        r"\geq",
    ],
)
def test_relations_are_refused(sign: str) -> None:
    """Whatever sign a relation has, it makes no function."""
    assert refusal(understand, f"x^2 {sign} y") == (5, "a relation is no function")


@pytest.mark.parametrize("word", sorted(ELSEWHERE | RESERVED.difference(kwlist)))
def test_words_of_others_would_be_letters(word: str) -> None:
    """Each of them is a few small letters, as the names of letters are."""
    assert re.fullmatch("[a-z]{2,5}", word)


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_are_the_words_that_they_spell(command: str) -> None:
    """A command of LaTeX means what its name means when it is typed upright."""
    upright = rf"\operatorname{{{command[1:]}}}"
    assert str(parse(rf"{command} X")) == str(parse(rf"{upright} X"))


@pytest.mark.parametrize("word", sorted({*RESERVED, *ELSEWHERE} - {"for"}))
def test_words_that_are_no_letters(word: str) -> None:
    """A word of a program, of a sentence or of others is neither a letter nor a product of letters."""
    for text, column in ((f"x + {word}", 5), (f"{word} x", 1), (f"x * {word} y", 5)):
        with pytest.raises(NotationError) as error:
            understand(text)
        assert error.value.column == column
        assert f"{word!r} is no letter" in str(error.value) or f"no word {word!r}" in str(
            error.value
        )


def test_commands_and_upright_names_are_words() -> None:
    """Each function of LaTeX, and each that is printed by another name, is a word."""
    own = {"sigma"}  # of a number or of a matrix
    for word in {*COMMANDS.values(), *UPRIGHT.values(), *CALLED.values()} - own:
        assert word in WORDS, word
        assert known(word)
