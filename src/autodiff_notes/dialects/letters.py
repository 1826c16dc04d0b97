r"""What letters are, one by one and side by side, in the language of a formula.

>>> is_matlab("x'*A*x"), is_matlab("x.T @ A @ x")
(True, False)
"""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NoReturn

from autodiff_notes.dialects.spellings import (
    ELSEWHERE,
    MEANINGS,
    RESERVED,
    UPRIGHT,
    known,
    letter_of,
)
from autodiff_notes.dialects.tokens import Stream, Token, is_latex
from autodiff_notes.dialects.trees import Node, call
from autodiff_notes.notation import NotationError
from autodiff_notes.notation.vocabulary import GREEK, SPECIAL, WORDS
from autodiff_notes.tables import suggestion

__all__ = ["Letters", "is_matlab"]

# Letters that are functions wherever parentheses stand behind them, of which nothing was said.
_CALLED = {"f", "g", "h", "delta", "Delta"}
# Xbeta is X beta, and xlogx is no word.
_BESIDE_GREEK = re.compile(
    rf"([A-Za-z]??)({'|'.join(sorted([*GREEK, 'pi'], key=len, reverse=True))})([A-Za-z]?)"
)
_GLUED = re.compile(r"([A-Za-z]?)(ln|log|exp|sin|cos|tan|det|tr|sqrt|abs|inv|norm|diag)([A-Za-z]?)")
# A letter t, and not the mark in ^t, ^{t} and ^{-t}.
_TIME = re.compile(r"(?<!\S)(?<!\^ )(?<!\^ \{ )(?<!- )t(?!\S)")
_DIFFERENTIAL = re.compile(r"d([A-Za-z])")


def is_matlab(text: str) -> bool:
    """Return whether ``*`` means the matrix product, as it does beside ``'``, ``.*`` and ``^``."""
    if is_latex(text):
        return False
    if re.search(r"[\w).]'|\.[*/^]|\^|norm[12]\(|vector\(|matrix\(", text):
        return True
    words = re.search(r"(?<![.\w])(?:[Tt]race|transpose|[Ii]nverse)\(", text)
    return bool(words) and not re.search(r"@|\*\*|\w\.\w", text)


class Letters:
    """The letters of a formula.

    Attributes
    ----------
    latex, matlab, python : bool
        What the formula is written in: LaTeX, where letters that stand together are a product; a
        program, where they are a name; or neither.
    said, functions : collection of str
        The names of which something was said: variables, and functions of a number.
    plain : set of str
        The letters that stand somewhere without parentheses behind them, and are no functions.
    time : bool
        Whether t is one of the letters, so that x^t is no transpose.
    """

    def __init__(
        self, pieces: Sequence[Token], text: str, said: Collection[str], functions: Collection[str]
    ) -> None:
        self.said, self.functions = said, functions
        self.latex, self.matlab = is_latex(text), is_matlab(text)
        self.python = not self.latex and bool(re.search(r"@|\*\*|\w\.[A-Za-z]|\w\[", text))
        texts = [piece.text for piece in pieces]
        bare = [text for text in texts if text != "}"]  # {f} is f
        behind = pairwise([*bare, ""])
        self.plain = {letter.removeprefix("\\") for letter, sign in behind if sign != "("}
        self.time = "t" in said or bool(_TIME.search(" ".join(texts)))

    # One by one

    def unknown(self, name: Token) -> NoReturn:
        """Raise about a name that is no word."""
        words = {*WORDS, *SPECIAL, *MEANINGS} - {"range"}
        hint = suggestion(name.text, words) or suggestion(name.text.lower(), words)
        problem = f"there is no word {name.text!r}" + (f"; {hint}" if hint else "")
        raise NotationError(problem, column=name.column)

    def read(self, stream: Stream, token: Token) -> Node:
        """Return a letter of which nothing was said, or the first of a product of letters."""
        text, column, fail = UPRIGHT.get(token.text, token.text), token.column, stream.fail
        behind = stream.now.text
        if (
            (behind == "(" and len(text) > (1 if self.latex else 2))
            or (behind == "[" and len(text) > 2 and known(text.lower()))
            or (text in ELSEWHERE and not self.python)
        ):
            self.unknown(token)
        if text in RESERVED:
            fail(f"{text!r} is no letter: give the formula alone", column)
        if text.endswith("_") and text != "lambda_":
            fail(f"an index of {text[:-1]} is missing: write x_i or x[i]", column)
        word, _, index = text.partition("_")
        if word == "I" and index:
            return call(column, "I", Node("num" if index.isdigit() else "name", (index,), column))
        if index and len(word) > 1 and known(word) and not self.python:
            fail(f"{word} with an index: write {word}(...)", column)
        typed = not (self.python or self.latex or letter_of(text))  # by hand: xy may be x y
        if typed and (glued := _GLUED.fullmatch(text)) and (glued[1] or glued[3]):
            meant = f"{glued[1]} {glued[2]}".strip()
            fail(f"{text!r} is no word: write {meant}({glued[3] or '...'})", column)
        if typed and (greek := _BESIDE_GREEK.fullmatch(text)):
            return self.spelled_out(stream, token, [part for part in greek.groups() if part])
        if typed and self.is_product(text):
            return self.spelled_out(stream, token, list(text))
        if not self.latex and (found := _DIFFERENTIAL.fullmatch(text)):
            return call(column, "d", Node("name", (found[1],), column + 1))
        return Node("name", (letter_of(text) or text,), column)

    def spelled_out(self, stream: Stream, token: Token, parts: list[str]) -> Node:
        """Return the first of several letters that are a product; the others are read next."""
        product = " ".join(parts)
        if stream.ahead(-2) in {"^", "/", ".^"}:
            stream.fail(f"put the product in parentheses: ({product})", token.column)
        starts = [len("".join(parts[:count])) for count in range(len(parts))]
        stream.pieces[stream.place - 1 : stream.place] = [
            Token(part, token.column + start) for part, start in zip(parts, starts, strict=True)
        ]
        first = Node("name", (letter_of(parts[0]) or parts[0],), token.column)
        note = f"{token.text} was read as the product {product}"
        return Node("noted", (first, note), token.column)

    # Side by side

    def is_product(self, text: str) -> bool:
        """Return whether two or three letters are a product, as they are outside of programs."""
        return (
            not self.latex
            and not self.python
            and bool(re.fullmatch(r"[A-Za-z]{2}|([A-Za-z])(?!\1)([A-Za-z])(?!\2)[A-Za-z]", text))
            and not (text in {*self.said, *RESERVED, *ELSEWHERE})
            and not _DIFFERENTIAL.fullmatch(text)
        )

    def is_prose(self, text: str) -> bool:
        """Return whether a token is a word that is no letter of a formula."""
        if not re.fullmatch(r"[A-Za-z]{2,}", text) or text in self.said:
            return False
        if known(UPRIGHT.get(text, text)) or letter_of(text) or text in {"pi", "vector", "matrix"}:
            return False
        return not (
            self.is_product(text) or _BESIDE_GREEK.fullmatch(text) or _DIFFERENTIAL.fullmatch(text)
        )

    def is_differential(self, text: str) -> bool:
        """Return whether a differential begins here, as dx or d x."""
        return text in {"d", "\\d"} or (not self.latex and bool(_DIFFERENTIAL.fullmatch(text)))

    def beside(self, stream: Stream, last: Node) -> None:
        """Refuse what is no product, though no sign stands before the next factor."""
        token, previous, fail = stream.now, stream.piece(-1), stream.fail
        if token.broken:
            fail("the line ends before this: one formula is read at a time")
        for word in (previous, token):
            if word.text in RESERVED and word.text not in self.said:
                fail(f"{word.text!r} is no letter: give the formula alone", word.column)
            if self.is_prose(word.text) and previous.text != "'":
                self.unknown(word)
        if previous.is_number and token.text == "j" and not (self.latex or token.spaced):
            fail("an imaginary unit is not known here: a letter j has a blank before it")
        if previous.is_number and token.text == "\\tfrac" and not self.latex:
            fail("a mixed number: write 3.5, or 3 * 1/2")
        prime, power = last.op == "T" and previous.text == "'", last.op == "pow"
        base = last.parts[0] if prime or power else last
        if token.text != "(" or base.op != "name" or base.parts[0] in {"pi", "e"}:
            return
        letter, inside, unsaid = base.parts[0], stream.piece(1), base.parts[0] not in self.said
        single = inside.is_number or (
            (inside.is_name and not _DIFFERENTIAL.fullmatch(inside.text))
            or letter_of(inside.text.removeprefix("\\"))
        )
        alone = (self.latex or not token.spaced) and letter not in self.plain
        alone = inside.is_number or (unsaid and (letter[0].islower() if prime else alone))
        ends = stream.ahead(2) == ")" and not power
        if (ends and single and alone) or (unsaid and letter in _CALLED):
            fail(
                f"{letter}(...) reads like a function or an entry: {letter} in analytic() declares a "
                f"function, {letter}[0] is an entry, and a product is {letter}*(...)"
            )

    def ambiguous(self, stream: Stream, quotient: Node, slash: Token) -> str:
        """Return a note on a factor behind a division, or refuse what can be meant in two ways."""
        over, under = quotient.parts
        token = stream.now
        tight = not token.spaced and (token.is_name or token.is_number)
        number = over.op == under.op == "num"
        loose = slash.spaced and under.op != "num" and token.text not in {"\\sum", "\\prod"}
        if not number and (tight or loose):
            stream.fail("a/b c can be meant in two ways: write a/(b c), or (a/b) c")
        return f"{over.parts[0]}/{under.parts[0]} was read as a factor" if tight else ""
