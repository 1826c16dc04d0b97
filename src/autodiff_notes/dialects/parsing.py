# ruff: noqa: PLR0911, RET503 - a case for each kind of part
r"""From tokens to a tree, in which products are still of no kind.

>>> parse(tokens("x'*A*x"), "x'*A*x").op
'juxt'
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from autodiff_notes.dialects.spellings import (
    CALLED,
    COMMANDS,
    ELSEWHERE,
    MEANINGS,
    METHODS,
    MODULES,
    REFUSED,
    RESERVED,
    UPRIGHT,
    known,
    letter_of,
)
from autodiff_notes.dialects.tokens import ONES, Token, is_latex, tokens
from autodiff_notes.notation import NotationError
from autodiff_notes.notation.reading import DEEPEST
from autodiff_notes.notation.vocabulary import GREEK, SPECIAL, WORDS
from autodiff_notes.tables import suggestion

__all__ = ["Node", "is_matlab", "parse"]


@dataclass(frozen=True, eq=False)
class Node:
    """A part of a formula.

    Attributes
    ----------
    op : str
        What it is: ``num``, ``name``, ``call``, ``add``, ``juxt``, ...
    parts : tuple
        What it is made of: nodes, or the text of a leaf.
    column : int
        Where it begins, counted from 1.
    """

    op: str
    parts: tuple[Any, ...]
    column: int


def is_matlab(text: str) -> bool:
    """Return whether ``*`` means the matrix product, as it does beside ``'``, ``.*`` and ``^``."""
    if is_latex(text):
        return False
    if re.search(r"\w'|\)'|\.[*/^]|\^|norm[12]\(|vector\(|matrix\(", text):
        return True
    words = re.search(r"(?<![.\w])(?:[Tt]race|transpose|[Ii]nverse)\(", text)
    return bool(words) and not re.search(r"@|\*\*|\w\.\w", text)


def is_python(text: str) -> bool:
    """Return whether letters that stand together are a name, as they are in a program."""
    return not is_latex(text) and bool(re.search(r"@|\*\*|\w\.[A-Za-z]|\w\[", text))


def parse(
    pieces: Sequence[Token],
    text: str,
    letters: Collection[str] = (),
    functions: Collection[str] = (),
) -> Node:
    """Return the tree of a formula.

    Parameters
    ----------
    pieces : sequence of Token
        The formula.
    text : str
        The same as it was typed.
    letters, functions : collection of str
        The names of which something was said: variables, and functions of a number.

    Raises
    ------
    NotationError
        At the column where something else was expected.
    """
    if not pieces:
        raise NotationError("there is no formula")
    parser = _Parser(list(pieces), latex=is_latex(text), matlab=is_matlab(text))
    parser.letters, parser.functions, parser.python = letters, functions, is_python(text)
    node = parser.expression()
    if parser.now.text:
        parser.refuse()
    return node


_SUMS, _CIRCLED = (
    {"+": "add", "-": "sub"},
    {"\\odot": "had", "\\circ": "had", "\\oslash": "eldiv", "\\otimes": "kron"},
)
_PRODUCTS = {
    "*": "star", "@": "at", "/": "div", ".*": "had", "./": "eldiv", "\\cdot": "dot", "\\times": "cross", "\\ast": "juxt", "\\div": "div",
}  # fmt: skip
_FRACTIONS = {"\\frac", "\\tfrac", "\\dfrac"}
_OPEN = {"(": ")", "[": "]", "\\{": "\\}", "\\lbrace": "\\rbrace", "{": "}", "\\lbrack": "\\rbrack"}
_NORM = {"\\|", "||", "\\lVert", "\\Vert"}
_BAR = {"|", "\\lvert", "\\vert"}
_CLOSING = {"\\|": {"\\|"}, "||": {"||"}, "\\lVert": {"\\rVert"}, "\\Vert": {"\\Vert"}, "|": {"|"}, "\\lvert": {"\\rvert"}, "\\vert": {"\\vert"}}  # fmt: skip
_ACCENTS = {"\\bar": "bar", "\\overline": "bar", "\\hat": "hat", "\\widehat": "hat", "\\tilde": "tilde", "\\widetilde": "tilde", "\\dot": "dot"}  # fmt: skip
_MARKS = dict.fromkeys(("*", "\\ast"), "A^* was read as the conjugate transpose")
_MARKS |= {"\\dagger": r"A^\dagger was read as the pseudoinverse"}
_TURNS = {"\\top", "T", "\\intercal", "\\prime", "t"}
# Letters that are functions wherever parentheses stand behind them, of which nothing was said.
_CALLED = {"f", "g", "h", "delta", "Delta"}
# Xbeta is X beta, and xlogx is no word.
_BESIDE_GREEK = re.compile(
    rf"([A-Za-z]?)({'|'.join(sorted([*GREEK, 'pi'], key=len, reverse=True))})([A-Za-z]?)"
)
_DIFFERENTIAL = re.compile(r"d[A-Za-z]")
_GLUED = re.compile(r"([A-Za-z]?)(ln|log|exp|sin|cos|tan|det|tr|sqrt|abs|inv|norm|diag)([A-Za-z]?)")


class _Parser:
    """Takes tokens one by one."""

    def __init__(self, pieces: list[Token], *, latex: bool, matlab: bool) -> None:
        self.end = Token("", (pieces[-1].column + len(pieces[-1].text)) if pieces else 1)
        self.pieces, self.place, self.depth = pieces, 0, 0
        self.latex, self.matlab = latex, matlab
        self.bound: list[str] = []
        self.closing: list[set[str]] = []
        self.letters: Collection[str] = ()
        self.functions: Collection[str] = ()
        self.python = False
        # A letter that stands somewhere without parentheses behind it is no function; {f} is f.
        bare = [piece for piece in pieces if piece.text != "}"]
        self.plain = {
            a.text.removeprefix("\\")
            for a, b in zip(bare, [*bare[1:], self.end], strict=False)
            if b.text != "("
        }
        # x^t is a transpose, unless t is a letter of the formula.
        before = ["", *(piece.text for piece in pieces)]
        self.time = any(
            piece.text == "t" and sign not in {"^", "{", "-"}
            for piece, sign in zip(pieces, before, strict=False)
        )

    # Tokens

    @property
    def now(self) -> Token:
        """The next token."""
        return self.pieces[self.place] if self.place < len(self.pieces) else self.end

    def ahead(self, count: int = 1) -> str:
        """Return the text of a token after the next."""
        place = self.place + count
        return self.pieces[place].text if place < len(self.pieces) else ""

    def take(self) -> Token:
        """Return the next token, and go on."""
        token = self.now
        self.place += 1
        return token

    def took(self, *texts: str) -> bool:
        """Go on if the next token is one of these."""
        found = self.now.text in texts and bool(self.now.text)
        self.place += found
        return found

    def expect(self, *texts: str) -> None:
        """Go on, or raise if the next token is none of these."""
        if not self.took(*texts):
            wanted = texts[0].removeprefix("\\")
            if not self.now.text:
                self.fail(f"{wanted!r} is missing at the end")
            if self.now.text in REFUSED and texts[0] in _OPEN.values():
                self.refuse()
            self.fail(f"{wanted!r} is missing before {self.now.text!r}")

    def fail(self, problem: str, column: int = 0) -> NoReturn:
        """Raise at the next token, or at a column."""
        raise NotationError(problem, 1, column or self.now.column)

    def refuse(self) -> NoReturn:
        """Raise about the next token."""
        if not self.now.text:
            self.fail("the formula ends too early")
        if self.now.text in REFUSED:
            self.fail(REFUSED[self.now.text])
        if self.now.broken:
            self.fail("the line ends before this: one formula is read at a time")
        if len(self.now.text) > 2 and self.now.text[0] == "\\":
            self.fail(f"{self.now.text} is not known here")
        self.fail(f"{self.now.text!r} does not belong here")

    def nested(self, parse: Callable[[], Node]) -> Node:
        """Return the node that is parsed one level deeper."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail(f"a formula more than {DEEPEST} deep")
        node = parse()
        self.depth -= 1
        return node

    # Sums and products

    def expression(self) -> Node:
        """Return a sum."""
        node = self.nested(self.circled)
        while self.now.text in _SUMS:
            sign = self.take()
            node = Node(_SUMS[sign.text], (node, self.nested(self.circled)), sign.column)
        return node

    def circled(self) -> Node:
        """Return a product by entries or of Kronecker; it binds less than a product without a sign."""
        node = self.term()
        while self.now.text in _CIRCLED:
            sign = self.take()
            node = Node(_CIRCLED[sign.text], (node, self.term()), sign.column)
        return node

    def term(self) -> Node:
        """Return a product."""
        if self.now.text in _SUMS:
            sign = self.take()
            node = self.nested(self.term)
            return Node("neg", (node,), sign.column) if sign.text == "-" else node
        node = last = self.factor()
        slash: Token | None = None
        while True:
            if self.now.text in _PRODUCTS:
                sign = self.take()
                op = _PRODUCTS[sign.text]
                op = "juxt" if op == "star" and self.matlab else op
                last = self.signed()
                node = Node(op, (node, last), sign.column)
                slash = sign if op == "div" else None
            elif self.begins():
                self.beside(last)
                column = self.now.column
                note = self.divided(node, slash) if slash else ""
                last, slash = self.factor(), None
                node = Node("juxt", (node, last), column)
                node = Node("noted", (node, note), column) if note else node
            else:
                return node

    def beside(self, last: Node) -> None:
        """Refuse what is no product, though no sign stands before the next factor."""
        token, previous = self.now, self.pieces[self.place - 1]
        if token.broken:
            self.fail("the line ends before this: one formula is read at a time")
        for word in (previous, token):
            if word.text in RESERVED and word.text not in self.letters:
                self.fail(f"{word.text!r} is no letter: give the formula alone", word.column)
            if self.is_prose(word) and previous.text != "'":
                self.unknown(word)
        if previous.is_number and token.text == "j" and not (self.latex or token.spaced):
            self.fail("an imaginary unit is not known here: a letter j has a blank before it")
        if previous.is_number and token.text in _FRACTIONS and not self.latex:
            self.fail("a mixed number: write 3.5, or 3 * 1/2")
        if token.text != "(":
            return
        prime = last.op == "T" and previous.text == "'"
        base = last.parts[0] if prime or last.op == "pow" else last
        if base.op != "name" or base.parts[0] in {"pi", "e"}:
            return
        letter = base.parts[0]
        ends = self.place + 2 < len(self.pieces) and self.ahead(2) == ")"
        inside = self.pieces[self.place + 1] if ends else self.end
        single = (inside.is_name and not _DIFFERENTIAL.fullmatch(inside.text)) or bool(
            letter_of(inside.text.removeprefix("\\"))
        )
        alone = letter not in {*self.plain, *self.letters} and (self.latex or not token.spaced)
        if prime and letter not in self.letters:
            alone = letter[0].islower()
        elif last.op == "pow":
            single = False
        if (last.op != "pow" and ends and inside.is_number) or (
            (alone and single) or (letter in _CALLED and letter not in self.letters)
        ):
            self.fail(
                f"{letter}(...) reads like a function or an entry: {letter} in analytic() declares a "
                f"function, {letter}[0] is an entry, and a product is {letter}*(...)"
            )

    def is_prose(self, token: Token) -> bool:
        """Return whether a token is a word that is no letter of a formula."""
        text = token.text
        if not re.fullmatch(r"[A-Za-z]{2,}", text) or text in {*self.bound, *self.letters}:
            return False
        if known(UPRIGHT.get(text, text)) or letter_of(text) or text in {"pi", "vector", "matrix"}:
            return False
        return not (
            self.is_product(text) or _BESIDE_GREEK.fullmatch(text) or _DIFFERENTIAL.fullmatch(text)
        )

    def is_product(self, text: str) -> bool:
        """Return whether two or three letters are a product, as they are outside of programs."""
        return (
            not self.latex
            and not self.python
            and bool(re.fullmatch(r"[A-Za-z]{2}|([A-Za-z])(?!\1)([A-Za-z])(?!\2)[A-Za-z]", text))
            and text not in {*self.bound, *self.letters, *RESERVED, *ELSEWHERE}
            and not _DIFFERENTIAL.fullmatch(text)
        )

    def divided(self, node: Node, slash: Token) -> str:
        """Return a note on a factor behind a division, or refuse what can be meant in two ways."""
        over, under = node.parts
        tight = not self.now.spaced and (self.now.is_name or self.now.is_number)
        if over.op == under.op == "num":
            return f"{over.parts[0]}/{under.parts[0]} was read as a factor" if tight else ""
        loose = slash.spaced and under.op != "num" and self.now.text not in {"\\sum", "\\prod"}
        if tight or loose:
            self.fail("a/b c can be meant in two ways: write a/(b c), or (a/b) c")
        return ""

    def signed(self) -> Node:
        """Return a factor that may have a sign, as in 2 * -x."""
        if self.now.text == "-":
            sign = self.take()
            return Node("neg", (self.nested(self.signed),), sign.column)
        return self.factor()

    def begins(self) -> bool:
        """Return whether a factor begins here without a sign before it."""
        text = self.now.text
        if not text or any(text in ends for ends in self.closing):
            return False
        if text in {"for", "if", "in", "else"}:
            return False
        if text in {"[", "{"}:
            return self.latex
        return (
            self.now.is_name
            or (self.now.is_number and self.latex)
            or text in _OPEN
            or text in _NORM
            or text in _BAR
            or text in _FRACTIONS
            or text in _ACCENTS
            or text in COMMANDS
            or text
            in {
                "\\sqrt",
                "\\sum",
                "\\prod",
                "\\langle",
                "\\d",
                ONES,
                "\\mathcal",
                "\\mathrm",
                "\\partial",
                "\\overline",
            }
            or (text[:1] == "\\" and bool(letter_of(text[1:]) or text[1:] in {*CALLED, "pi"}))
        )

    # Factors

    def factor(self) -> Node:
        """Return a factor with all that stands behind it."""
        return self.nested(lambda: self.behind(self.atom()))

    def behind(self, node: Node) -> Node:
        """Return a node with its exponents, transposes, indices and methods."""
        while True:
            token = self.now
            if token.text in {"^", "**", ".^"}:
                node = self.power(node, self.take())
            elif token.text in {"'", ".'"}:
                self.take()
                if self.now.text == "'":
                    self.fail("two primes: a second derivative is no part of a function here")
                node = Node("T", (node,), token.column)
            elif token.text == "." and not self.latex:
                node = self.method(node)
            elif token.text == "[" and not self.latex and not token.spaced:
                of = self.ahead()[:1] not in {*"0123456789ijklmnpqr"}
                if of and node.op == "name" and node.parts[0] in {"E", "P"} - {*self.letters}:
                    self.fail(f"{node.parts[0]}[...]: an expectation is not known here")
                node = self.index(node)
            elif token.text == "_" and self.latex:
                node = self.subscript(node)
            else:
                return node

    def power(self, base: Node, sign: Token) -> Node:
        """Return a base with its exponent."""
        braced = self.now.text == "{"
        if braced:
            self.take()
        letter = str(base.parts[0]) if base.op == "name" else ""
        exponential = base.op == "num" or letter == "e"
        time = self.now.text == "t" or (braced and self.now.text == "-")  # no mark: t, -t, -T
        if not (exponential and time) and (mark := self.mark(letter, braced, sign.text)):
            return mark(base, sign.column)
        if braced and letter and not exponential and self.is_numbering():
            self.fail(
                f"{letter}^{{(i)}} is no power: write {letter}_i, or {letter}^i for the power"
            )
        op = "elpow" if sign.text in {"**", ".^"} else "pow"
        if braced and self.took("\\odot", "\\circ"):
            op = "elpow"
        if braced:
            exponent = self.group("}")
        elif self.now.text == "+":
            self.fail("a plus as an exponent: the pseudoinverse is A^{+} or pinv(A)")
        elif self.latex:
            exponent = self.atom()
        elif self.now.text in _SUMS:
            exponent = self.signed()
        else:
            exponent = self.nested(lambda: self.behind(self.atom()))
        varies = any(n.op == "name" for n in _nodes(exponent))
        if letter == "e" and "e" not in self.letters and (op == "pow" or varies):
            return Node("call", ("exp", exponent, "whole"), base.column)
        return Node(op, (base, exponent), sign.column)

    def is_numbering(self) -> bool:
        """Return whether an exponent is in parentheses as a whole, as the number of a vector is."""
        place, texts = self.place, [piece.text for piece in self.pieces]
        if self.now.text not in {"(", "["} or "}" not in texts[place:]:
            return False
        inside = texts[place + 1 : texts.index("}", place) - 1]
        whole = texts[place + len(inside) + 1] == _OPEN[self.now.text]
        return whole and not {"(", ")", "/", "\\frac"} & {*inside} and inside[:1] != ["-"]

    def mark(self, letter: str, braced: bool, sign: str) -> Callable[[Node, int], Node] | None:
        """Return the meaning of a mark in the place of an exponent of a letter, if there is one."""
        minus = self.now.text == "-" and self.ahead() in _TURNS
        first = self.ahead() if minus else self.now.text
        last = self.ahead(1 + minus) if braced else "}"
        time = self.time or "t" in self.letters or (minus and letter[:1].islower())
        if last != "}" or sign == "**" or (first == "t" and time):
            return None
        if letter[:1].islower() and first in {"*", "\\ast", "\\dagger"}:
            self.fail(
                f"{letter} with a star or a dagger: the conjugate transpose is {letter}^H, "
                "and another point has a letter of its own"
            )
        make: Callable[[Node, int], Node]
        if first in _TURNS:
            make = lambda base, at: Node("T", (base,), at)
        elif first in {"H", "*", "\\ast"}:
            make = lambda base, at: Node("H", (base,), at)
        elif first in {"+", "\\dagger"} and (braced or first == "\\dagger" or not self.starts(1)):
            make = lambda base, at: Node("call", ("pinv", base), at)
        else:
            return None
        self.place += 1 + minus + braced
        if minus:
            return lambda base, at: Node("T", (Node("call", ("inv", base), at),), at)
        if note := _MARKS.get(first):
            return lambda base, at: Node("noted", (make(base, at), note), at)
        return make

    def starts(self, count: int) -> bool:
        """Return whether a token further on may begin a factor."""
        return bool(re.match(r"[\w\\(]", self.ahead(count)))

    def subscript(self, node: Node) -> Node:
        """Return an entry, or a letter with an index."""
        sign = self.take()
        if self.took("{"):
            places = [self.nested(self.expression)]
            while self.took(",") or self.now.text != "}":
                places.append(self.nested(self.expression))
            self.expect("}")
        else:
            places = [self.atom()]
        if len(places) == 1 and places[0].op == "juxt":
            places = _flat(places[0])
        if node.op == "eye" and len(places) == 1:
            return Node("call", ("I", places[0]), node.column)
        return Node("index", (node, tuple(places), "latex"), sign.column)

    def index(self, node: Node) -> Node:
        """Return an entry or a part, as Python writes it."""
        sign = self.take()
        places = [self.part()]
        while self.took(","):
            places.append(self.part())
        self.expect("]")
        if node.op == "call" and node.parts[0] == "slogdet":
            if [place.parts for place in places] != [("1",)]:
                self.fail("of slogdet(A) the entry [1] is known, the logarithm", sign.column)
            return Node("call", ("logabsdet", *node.parts[1:]), node.column)
        return Node("index", (node, tuple(places), ""), sign.column)

    def part(self) -> Node:
        """Return an index or a range of them."""
        start = None if self.now.text == ":" else self.expression()
        if not self.took(":"):
            assert start is not None
            return start
        stop = None if self.now.text in {",", "]"} else self.expression()
        return Node("slice", (start, stop), self.now.column)

    def method(self, node: Node) -> Node:
        """Return the call of a method, or a transpose."""
        self.take()
        name = self.take()
        if name.text in METHODS:
            return Node("T" if METHODS[name.text] == "'" else "H", (node,), name.column)
        if name.text == "logabsdet" and node.op == "call" and node.parts[0] == "slogdet":
            return Node("call", ("logabsdet", *node.parts[1:]), node.column)
        if not known(name.text) and name.text != "slogdet":
            self.unknown(name)
        if self.now.text != "(":
            self.fail(f"{name.text} takes parentheses: .{name.text}()")
        return self.meaning(replace(name, module="."), [node, *self.arguments()])

    def unknown(self, name: Token) -> NoReturn:
        """Raise about a name that is no word."""
        words = {*WORDS, *SPECIAL, *MEANINGS} - {"range"}
        hint = suggestion(name.text, words) or suggestion(name.text.lower(), words)
        self.fail(f"there is no word {name.text!r}" + (f"; {hint}" if hint else ""), name.column)

    # Atoms

    def atom(self) -> Node:
        """Return an atom."""
        token = self.now
        text = token.text
        if text in _OPEN:
            self.take()
            return self.group(_OPEN[text])
        if token.is_number:
            self.take()
            return Node("num", (text,), token.column)
        if text in _NORM or text in _BAR:
            return self.fenced()
        if text in _FRACTIONS:
            self.take()
            over, under = self.argument(), self.argument()
            return Node("div", (over, under), token.column)
        if text == "\\sqrt":
            return self.root()
        if text in {"\\sum", "\\prod"}:
            return self.series()
        if text == "\\langle":
            self.take()
            self.closing.append({"\\rangle"})
            left = self.nested(self.expression)
            self.expect(",", "\\mid", "|")
            right = self.nested(self.expression)
            self.closing.pop()
            self.expect("\\rangle")
            return Node("inner", (left, right), token.column)
        if text in {ONES, "\\d", "\\mathcal"}:
            return self.sign()
        if text in _ACCENTS:
            return self.accent()
        if text in COMMANDS:
            self.take()
            return self.function(Token(COMMANDS[text], token.column))
        if text[:1] == "\\" and (letter_of(text[1:]) or text[1:] in {*CALLED, "pi"}):
            return self.greek()
        if token.is_name:
            return self.name()
        self.refuse()

    def group(self, end: str) -> Node:
        """Return the formula of a group."""
        outside, self.closing = self.closing, []
        node = self.nested(self.expression)
        self.closing = outside
        self.expect(end)
        return node

    def argument(self) -> Node:
        """Return an argument of a command: a group, or one token, of a number one digit."""
        if self.took("{"):
            return self.group("}")
        token = self.now
        if token.is_number and len(token.text) > 1 and token.text.isdigit():
            self.pieces[self.place] = Token(token.text[1:], token.column + 1)
            return Node("num", (token.text[0],), token.column)
        return self.atom()

    def fenced(self) -> Node:
        """Return an absolute value, a determinant or a norm."""
        opening = self.take()
        self.closing.append(_CLOSING[opening.text])
        node = self.nested(self.expression)
        self.closing.pop()
        self.expect(*_CLOSING[opening.text])
        norm = opening.text in _NORM
        index: Node | None = None
        if self.took("_"):
            if self.now.text in {"*", "\\ast"} or (
                self.now.text == "{" and self.ahead() in {"*", "\\ast"}
            ):
                self.place += 3 if self.now.text == "{" else 1
                index = Node("num", ("*",), opening.column)
            elif self.now.text == "{" and self.ahead() == "\\odot":
                self.place += 3
                return Node("call", ("abs", node), opening.column)
            elif self.now.text == "F" or (self.now.text == "{" and self.ahead() == "F"):
                self.place += 3 if self.now.text == "{" else 1
                index = Node("num", ("F",), opening.column)
            else:
                index = self.argument()
                index = Node("num", ("F",), index.column) if index.parts == ("F",) else index
        return Node("norm" if norm else "bars", (node, index), opening.column)

    def root(self) -> Node:
        """Return a root."""
        sign = self.take()
        degree = None
        if self.latex and self.took("["):
            degree = self.group("]")
        node = self.argument()
        if degree is None:
            return Node("call", ("sqrt", node), sign.column)
        one = Node("num", ("1",), sign.column)
        return Node("pow", (node, Node("div", (one, degree), sign.column)), sign.column)

    def sign(self) -> Node:
        """Return the ones, a differential, or a letter of another font."""
        token = self.take()
        if token.text == ONES:
            if self.took("_"):
                return Node("call", ("ones", self.argument()), token.column)
            return Node("ones", (), token.column)
        if token.text == "\\d":
            return Node(
                "call",
                ("d", self.argument() if self.now.text == "{" else self.factor()),
                token.column,
            )
        node = self.argument()
        letters = {"U": "left_singular", "V": "right_singular"}
        if node.op == "name" and node.parts[0] in letters and self.took("("):
            return Node("call", (letters[node.parts[0]], self.group(")")), token.column)
        return node

    def accent(self) -> Node:
        """Return a letter with an accent; a line over anything is the conjugate."""
        token = self.take()
        node = self.argument()
        if node.op == "name":
            return Node(
                "name", (f"{node.parts[0].rstrip('_')}_{_ACCENTS[token.text]}",), token.column
            )
        if _ACCENTS[token.text] == "bar":
            return Node("call", ("conj", node), token.column)
        self.fail(f"{token.text} of more than a letter", token.column)

    def greek(self) -> Node:
        """Return a Greek letter, or the function that it stands for."""
        token = self.take()
        name = token.text[1:]
        if name in self.functions and self.now.text == "(":
            return Node("call", (name, *self.arguments()), token.column)
        if name in CALLED and self.now.text == "(" and name not in self.plain:
            return self.function(Token(CALLED[name], token.column))
        if name == "Gamma" and self.now.text == "(":
            self.fail(
                "the gamma function by itself is not known; its logarithm is: log Gamma(x)",
                token.column,
            )
        return Node("name", (letter_of(name) or name,), token.column)

    def name(self) -> Node:
        """Return a letter, or a word with its arguments."""
        module = ""
        while self.now.text in MODULES and self.ahead() == ".":
            module = self.now.text
            self.place += 2
        token = replace(self.take(), module=module)
        text = UPRIGHT.get(token.text, token.text)
        if text == "slogdet" and self.now.text == "(":
            return Node("call", ("slogdet", *self.arguments()), token.column)
        if text == "pi":
            return Node("name", ("pi",), token.column)
        if text == "I" and self.now.text != "(":
            return Node("eye", (), token.column)
        if text == "d" and self.now.text == "(":
            return Node("call", ("d", self.arguments()[0]), token.column)
        letter = self.now.is_name and len(self.now.text) == 1 and not self.now.spaced
        if text == "d" and self.latex and letter:
            return Node("call", ("d", self.factor()), token.column)
        if (known(text) or text in {"vector", "matrix"}) and text not in {*self.bound, "t"}:
            return self.function(replace(token, text=text))
        if text in self.functions and self.now.text == "(":
            return Node("call", (text, *self.arguments()), token.column)
        if text not in {*self.bound, *self.letters}:
            return self.variable(token, text)
        return Node("name", (letter_of(text) or text,), token.column)

    def variable(self, token: Token, text: str) -> Node:
        """Return a letter of which nothing was said, or the first of a product of letters."""
        if self.now.text == "(" and len(text) > (1 if self.latex else 2):
            self.unknown(token)
        if self.now.text == "[" and len(text) > 2 and known(text.lower()):
            self.unknown(token)
        if text in ELSEWHERE and not self.python:
            self.unknown(token)
        if text in RESERVED:
            self.fail(f"{text!r} is no letter: give the formula alone", token.column)
        if text.endswith("_") and text != "lambda_":
            self.fail(f"an index of {text[:-1]} is missing: write x_i or x[i]", token.column)
        word, _, index = text.partition("_")
        if word == "I" and index:
            number = Node("num" if index.isdigit() else "name", (index,), token.column)
            return Node("call", ("I", number), token.column)
        if index and len(word) > 1 and known(word) and not self.python:
            self.fail(f"{word} with an index: write {word}(...)", token.column)
        typed = not (self.python or self.latex or letter_of(text))  # by hand: xy may be x y
        if typed and (glued := _GLUED.fullmatch(text)) and (glued[1] or glued[3]):
            self.fail(
                f"{text!r} is no word: write {f'{glued[1]} {glued[2]}'.strip()}({glued[3] or '...'})",
                token.column,
            )
        if typed and (greek := _BESIDE_GREEK.fullmatch(text)):
            return self.spelled_out(token, [part for part in greek.groups() if part])
        if typed and self.is_product(text):
            return self.spelled_out(token, list(text))
        if not self.latex and (found := re.fullmatch(r"d([A-Z]|[a-z])", text)):
            return Node("call", ("d", Node("name", (found[1],), token.column + 1)), token.column)
        return Node("name", (letter_of(text) or text,), token.column)

    def spelled_out(self, token: Token, parts: Sequence[str]) -> Node:
        """Return the first of several letters that are a product; the others are read next."""
        product = " ".join(parts)
        if self.pieces[self.place - 2].text in {"^", "/", ".^"} and self.place > 1:
            self.fail(f"put the product in parentheses: ({product})", token.column)
        starts = [len("".join(parts[:count])) for count in range(len(parts))]
        letters = [Token(p, token.column + i) for p, i in zip(parts, starts, strict=True)]
        self.pieces[self.place - 1 : self.place] = letters
        note = f"{token.text} was read as the product {product}"
        return Node(
            "noted",
            (Node("name", (letter_of(parts[0]) or parts[0],), token.column), note),
            token.column,
        )

    # Words

    def function(self, name: Token) -> Node:
        """Return a word with its arguments, with or without parentheses."""
        exponent = None
        text = name.text
        if self.latex and self.took("_"):  # \log_{\odot}, of every entry
            if self.now.text == "{" and self.ahead() == "\\odot":
                self.place += 3
                name = Token(f"{text}.each", name.column)
            elif text == "huber":
                index = self.argument()
                return self.meaning(name, [*self.arguments(), index])
            else:
                base = "a base of log: write log(x)/log(2)"
                self.fail(base if text == "log" else f"an index of {text}")
        if self.now.text == "^":
            exponent = self.raised(name)
        if self.now.text in {"(", "\\{"} or (self.latex and self.now.text == "["):
            node = self.meaning(name, self.arguments())
        elif self.now.text in COMMANDS or (
            self.now.is_name
            and known(UPRIGHT.get(self.now.text, self.now.text))
            and self.now.text != "I"
        ):
            node = self.meaning(name, [self.atom()])
        elif text == "log" and self.now.text == "\\Gamma":
            self.take()
            node = self.meaning(Token("lgamma", name.column), self.arguments())
        elif self.begins() and text != "transpose":
            argument = last = self.factor()
            while self.goes_on(text):
                self.beside(last)
                last = self.factor()
                argument = Node("juxt", (argument, last), self.now.column)
            node = self.meaning(name, [argument])
        else:
            if self.now.text[:1] == "\\":
                self.fail(f"{self.now.text} is not known here")
            self.fail(f"{text} takes an argument: {text}(...)", name.column)
        return node if exponent is None else Node("pow", (node, exponent), name.column)

    def goes_on(self, word: str) -> bool:
        """Return whether the next factor belongs to the argument of a word without parentheses."""
        text = self.now.text
        if text in {"d", "\\d"} or (not self.latex and _DIFFERENTIAL.fullmatch(text)):
            # cos x dx is a product, and tr A dX the trace of one.
            return not (word in WORDS and WORDS[word][0].elementwise)
        return self.begins() and text not in COMMANDS and not (self.now.is_name and known(text))

    def raised(self, name: Token) -> Node:
        """Return the exponent of a word, as in sin^2 x."""
        self.take()
        exponent = self.argument() if self.latex or self.now.is_number else None
        if exponent is None or exponent.op == "neg" or exponent.parts == ("T",):
            text = name.text
            self.fail(
                f"{text} to the -1 or T can be meant in two ways: write 1/{text}(...), {text}(...)^T, "
                "or the name of the inverse function",
                name.column,
            )
        return exponent

    def arguments(self) -> list[Any]:
        """Return the arguments in parentheses."""
        end = _OPEN[self.take().text]
        outside, self.closing = self.closing, []
        found: list[Any] = []
        while self.now.text != end:
            found.append(self.nested(self.one_argument))
            if not self.took(","):
                break
        self.closing = outside
        self.expect(end)
        return found

    def one_argument(self) -> Node:
        """Return an argument: a formula, a list, a named one, or terms over an index."""
        token = self.now
        if token.text[1:-1] in {"fro", "nuc"}:
            self.take()
            return Node("num", (token.text[1:-1],), token.column)
        if token.text == "[":
            return self.listed()
        if token.is_name and self.ahead() == "=":
            self.place += 2
            if self.now.text[1:-1] in {"fro", "nuc"}:
                value = Node("num", (self.take().text[1:-1],), token.column)
            elif self.now.text in {"True", "False", "None"}:
                self.take()
                value = Node("num", ("flag",), token.column)
            else:
                value = self.expression()
            return Node("keyword", (token.text, value), token.column)
        ahead = next(
            (i for i in range(self.place, len(self.pieces)) if self.pieces[i].text == "for"), 0
        )
        if not ahead:
            return self.expression()
        # The indices stand behind the terms in which they occur.
        inner = list(self.bound)
        for place in range(ahead, len(self.pieces) - 1):
            if self.pieces[place].text == "for":
                self.bound.append(self.pieces[place + 1].text)
        node = self.expression()
        loops = []
        while self.took("for"):
            loops.append(self.loop())
        self.bound = inner
        return Node("terms", (node, tuple(loops)), token.column) if loops else node

    def loop(self) -> tuple[Any, ...]:
        """Return ``i in range(a, b) if i != j`` as index, ends and what is left out."""
        index = self.take()
        self.expect("in")
        self.expect("range")
        ends = self.arguments()
        skipped = None
        if self.took("if"):
            self.take()
            self.expect("!=")
            skipped = self.expression()
        start = ends[0] if len(ends) == 2 else Node("num", ("0",), index.column)
        return (index.text, start, ends[-1], skipped)

    def listed(self) -> Node:
        """Return a list."""
        token = self.take()
        found = []
        while self.now.text != "]":
            found.append(self.listed() if self.now.text == "[" else self.expression())
            if not self.took(","):
                break
        self.expect("]")
        return Node("list", tuple(found), token.column)

    def series(self) -> Node:
        r"""Return ``\sum_{i=1}^{n} ...``, whose index begins at one."""
        sign = self.take()
        word = sign.text[1:]
        indices: list[str] = []
        start: Node | None = None
        if self.took("_"):
            braced = self.took("{")
            while True:
                token = self.take()
                if not token.is_name or len(token.text) > 1:
                    self.fail("an index is one letter", token.column)
                indices.append(token.text)
                if not braced or not (self.took(",") or self.now.is_name):
                    break
            if self.took("="):
                start = self.nested(self.expression)
            if braced and self.now.text != "}":
                self.fail("under a sum stands an index with its start alone, as in i=1")
            if braced:
                self.expect("}")
        stop = None
        if self.took("^"):
            stop = self.argument()
        self.bound += indices
        node = self.nested(self.term)
        del self.bound[len(self.bound) - len(indices) :]
        if not indices:
            return Node("call", (word, node), sign.column)
        return Node("series", (word, tuple(indices), start, stop, node), sign.column)

    def meaning(self, name: Token, arguments: list[Any]) -> Node:
        """Return a call, in the words of the notation."""
        row = MEANINGS.get(name.text)
        # np.max(x, 0) and x.max(0) are along an axis.
        of_two = {"maximum", "minimum"} | (set() if name.module else {"max", "min"})
        if name.text in of_two and len(arguments) == 2:
            others = [argument for argument in arguments if argument.parts != ("0",)]
            if name.text.startswith("max") and len(others) < len(arguments):
                return Node("call", ("relu", (others or arguments)[0]), name.column)
            return Node("call", (f"{name.text[:3]}imum", *arguments), name.column)
        if name.text == "vec" and self.latex:
            call = Node("call", ("vec", *arguments), name.column)
            return Node("noted", (call, "vec was read row by row, as flatten does"), name.column)
        if row is None:
            return self.of_vectors(Node("call", (name.text, *arguments), name.column), name)
        wanted = len(set(re.findall(r"\{\d\}", row.means)))
        if len(arguments) < wanted:
            self.fail(f"{name.text} takes {wanted} arguments", name.column)
        filled: Node = _filled(
            _template(row.means), arguments[:wanted], arguments[wanted:], name.column
        )
        turns = name.text in {"t", "transpose"} and all(
            a.op in {"num", "neg"} for a in arguments[1:]
        )
        if len(arguments) > wanted and filled.op != "call" and not turns:
            self.fail(f"{name.text} takes {wanted} argument{'s' * (wanted > 1)} here", name.column)
        return self.of_vectors(filled, name)

    def of_vectors(self, node: Node, name: Token) -> Node:
        """Return a call, which some libraries read otherwise where it has a matrix."""
        entries = name.text == "vector_norm" or (
            name.text == "norm" and name.module in {"torch", "."}
        )
        given = [part.parts[1] if part.op == "keyword" else part for part in node.parts[2:]]
        index = [part for part in given if part.parts not in {("fro",), ("nuc",)}]
        problem = ""
        if entries and index:
            problem = "this is a norm of all entries of a matrix: write norm(A), or sum(abs(A))"
        elif name.text == "inner" and name.module in {"np", "numpy", "jnp"}:
            problem = "of matrices this is A @ B.T"
        return Node("vectors", (node, problem), name.column) if problem else node


def _nodes(node: object) -> Iterator[Node]:
    if isinstance(node, Node):
        yield node
    for part in node.parts if isinstance(node, Node) else node if isinstance(node, tuple) else ():
        yield from _nodes(part)


def _flat(node: Node) -> list[Node]:
    if node.op != "juxt":
        return [node]
    return [*_flat(node.parts[0]), *_flat(node.parts[1])]


def _template(means: str) -> Node:
    places = re.sub(r"\{(\d)\}", r"argument_\1", means)
    parser = _Parser(tokens(places), latex=False, matlab=True)
    return parser.expression()


def _filled(node: Any, arguments: list[Any], more: list[Any], column: int) -> Any:
    """Return a template with its arguments; what else was said goes to the outermost word."""
    if not isinstance(node, Node):
        return node
    if node.op == "name" and node.parts[0].startswith("argument_"):
        return arguments[int(node.parts[0][-1])]
    parts = tuple(_filled(part, arguments, [], column) for part in node.parts)
    return Node(node.op, (*parts, *more) if node.op == "call" else parts, column)
