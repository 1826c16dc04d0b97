"""A formula carries what a screen reader says: the voice of each word, and of each phrase."""

import re
from xml.etree import ElementTree as ET

import pytest
from docutils import nodes

from _extensions.mathematics.mathml import convert
from _extensions.mathematics.voice import intent
from autodiff_notes.notation.typesetting import Piece
from autodiff_notes.notation.vocabulary import PHRASES, WORDS, Word
from speaking import SpeechError, spoken

ROWS = [row for rows in WORDS.values() for row in rows]
NAMES = "xyz"


def said(tex: str) -> str:
    """Return a formula in words, as a page has it, without its parentheses."""
    words = spoken(ET.fromstring(convert(nodes.math(tex, tex))))
    return " ".join(re.sub(r"(open|close) paren", "", words).split())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name} {row.signature}")
def test_every_word_is_said_as_its_row_tells(row: Word) -> None:
    """Printed, converted and spoken, a word with arguments is its voice with their names."""
    names = NAMES[: len(row.parameters)]
    assert row.voice
    assert said(row.latex(*map(Piece, names)).text) == row.voice.format(*names)


@pytest.mark.parametrize("phrase", PHRASES)
def test_every_phrase_is_said_as_its_row_tells(phrase: str) -> None:
    """A form that no word has is said as its row tells."""
    tex = re.sub(r"(?<!mathbb{)[ABC](?![a-z])", lambda part: NAMES["ABC".index(part[0])], phrase)
    words = PHRASES[phrase].format(*NAMES)
    operator = "x" if words.startswith("x") and not tex.startswith("x") else ""
    assert said(operator + tex) == words


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"(A B)^{\top}", "A B transpose"),
        (r"\lVert A X - B \rVert_F^2", "Frobenius norm of A X minus B squared"),
        (r"\left\langle \frac{A}{2} B, f(x, y) \right\rangle",
         "the inner product of A over 2 B and f x, y"),
        (r"\frac{\partial \log\det X}{\partial X} = X^{-\top}",
         "the derivative of log of determinant of X by X equals X inverse transpose"),
        (r"A = A^\top \succ 0", "A equals A transpose positive definite"),
        (r"X^{\top}_{ij}", "X sub i j transpose"),
        (r"\operatorname{tr}(A^{-1}\,\mathrm{d}A)", "trace of A inverse d A"),
        (r"x_i^2", "x sub i squared"),
        (r"\lambda (A + B)", "lambda A plus B"),
        (r"\lambda(A)", "lambda of A"),
        (r"\begin{aligned} f &= \det X \end{aligned}", "f equals determinant of X"),
    ],
)  # fmt: skip
def test_formulas_are_said_in_words(tex: str, words: str) -> None:
    """What belongs together is said together, in prose as in a derivation."""
    assert said(tex) == words


def test_a_voice_becomes_an_intent() -> None:
    """Words before, between and behind the parts are a prefix, an infix and a postfix."""
    assert intent("{0} and {1}") == "_and:infix($a,$b)"
    assert intent("{1} norm of {0}") == "_norm-of:infix($b,$a)"
    assert intent("the law by {0} of") == "_the-law-by:prefix(_of:postfix($a))"
    assert intent("vector of ones") == "_vector-of-ones"


@pytest.mark.parametrize(
    ("mathml", "problem"),
    [
        ('<math><mi intent="_a:prefix($x)">A</mi></math>', "no part has the name x"),
        ('<math><mi intent="_a:beside(_b)">A</mi></math>', "no fixity :beside"),
        ('<math><mi intent="_a(_b">A</mi></math>', "an argument does not end"),
        ('<math><mi intent="_a _b">A</mi></math>', "more than an intent"),
        ('<math><mi intent="!">A</mi></math>', "no intent"),
        ("<math><mi>\N{DOWN TACK}</mi></math>", "a listener would hear 'DOWN TACK'"),
        ("<math><mi>\N{MATHEMATICAL SCRIPT CAPITAL U}\ufe00</mi></math>", "VARIATION SELECTOR-1"),
        ("<math><mrow><mglyph /></mrow></math>", "nothing says how to read"),
    ],
)
def test_what_cannot_be_said_is_an_error(mathml: str, problem: str) -> None:
    """An intent outside of the grammar is refused, and so is a sign that nobody would know."""
    with pytest.raises(SpeechError, match=re.escape(problem)):
        spoken(ET.fromstring(mathml))
