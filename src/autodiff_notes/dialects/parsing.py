# ruff: noqa: PLR0911, RET503 - a case for each kind of part
r"""From tokens to a tree, in which products are still of no kind.

>>> parse(tokens("x'*A*x"), "x'*A*x").op
'juxt'
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from autodiff_notes.dialects.spellings import (
    CALLED,
    COMMANDS,
    MEANINGS,
    METHODS,
    MODULES,
    UPRIGHT,
    known,
    letter_of,
)
from autodiff_notes.dialects.tokens import ONES, Token, is_latex, tokens
from autodiff_notes.notation import NotationError
from autodiff_notes.notation.reading import DEEPEST
from autodiff_notes.notation.vocabulary import SPECIAL, WORDS
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
    words = re.search(r"(?<![.\w])(?:trace|transpose|inverse)\(", text)
    return bool(words) and not re.search(r"@|\*\*|\w\.\w", text)


def parse(pieces: Sequence[Token], text: str) -> Node:
    """Return the tree of a formula.

    Raises
    ------
    NotationError
        At the column where something else was expected.
    """
    if not pieces:
        raise NotationError("there is no formula")
    parser = _Parser(list(pieces), latex=is_latex(text), matlab=is_matlab(text))
    node = parser.expression()
    if parser.now.text:
        parser.refuse()
    return node


_SUMS, _CIRCLED = (
    {"+": "add", "-": "sub"},
    {"\\odot": "had", "\\circ": "had", "\\oslash": "eldiv", "\\otimes": "kron"},
)
_PRODUCTS = {
    "*": "star", "@": "at", "/": "div", ".*": "had", "./": "eldiv", "\\cdot": "juxt", "\\times": "juxt", "\\ast": "juxt", "\\div": "div",
}  # fmt: skip
_FRACTIONS = {"\\frac", "\\tfrac", "\\dfrac"}
_OPEN = {"(": ")", "[": "]", "\\{": "\\}", "\\lbrace": "\\rbrace", "{": "}", "\\lbrack": "\\rbrack"}
_NORM = {"\\|", "||", "\\lVert", "\\Vert"}
_BAR = {"|", "\\lvert", "\\vert"}
_CLOSING = {"\\|": {"\\|"}, "||": {"||"}, "\\lVert": {"\\rVert"}, "\\Vert": {"\\Vert"}, "|": {"|"}, "\\lvert": {"\\rvert"}, "\\vert": {"\\vert"}}  # fmt: skip
_ACCENTS = {"\\bar": "bar", "\\overline": "bar", "\\hat": "hat", "\\widehat": "hat", "\\tilde": "tilde", "\\widetilde": "tilde", "\\dot": "dot"}  # fmt: skip
_TURNS = {"\\top", "T", "\\intercal", "\\prime", "t"}


class _Parser:
    """Takes tokens one by one."""

    def __init__(self, pieces: list[Token], *, latex: bool, matlab: bool) -> None:
        self.end = Token("", (pieces[-1].column + len(pieces[-1].text)) if pieces else 1)
        self.pieces, self.place, self.depth = pieces, 0, 0
        self.latex, self.matlab = latex, matlab
        self.bound: list[str] = []
        self.closing: list[set[str]] = []
        # A letter that stands somewhere without parentheses behind it is no function.
        self.plain = {
            a.text.removeprefix("\\")
            for a, b in zip(pieces, [*pieces[1:], self.end], strict=True)
            if b.text != "("
        }

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
            self.fail(f"{wanted!r} is missing before {self.now.text!r}")

    def fail(self, problem: str, column: int = 0) -> NoReturn:
        """Raise at the next token, or at a column."""
        raise NotationError(problem, 1, column or self.now.column)

    def refuse(self) -> NoReturn:
        """Raise about the next token."""
        if not self.now.text:
            self.fail("the formula ends too early")
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
        node = self.factor()
        while True:
            if self.now.text in _PRODUCTS:
                sign = self.take()
                op = _PRODUCTS[sign.text]
                op = "juxt" if op == "star" and self.matlab else op
                right = self.signed()
                node = Node(op, (node, right), sign.column)
            elif self.begins():
                node = Node("juxt", (node, self.factor()), self.now.column)
            else:
                return node

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
                node = Node("T", (node,), token.column)
            elif token.text == "." and not self.latex:
                node = self.method(node)
            elif token.text == "[" and not self.latex and not token.spaced:
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
        if mark := self.mark(braced=braced, sign=sign.text):
            return mark(base, sign.column)
        op = "elpow" if sign.text in {"**", ".^"} else "pow"
        if braced and self.took("\\odot", "\\circ"):
            op = "elpow"
        if braced:
            exponent = self.group("}")
        elif self.latex:
            exponent = self.atom()
        elif self.now.text in _SUMS:
            exponent = self.signed()
        else:
            exponent = self.nested(lambda: self.behind(self.atom()))
        if base.op == "name" and base.parts[0] == "e" and op == "pow":
            return Node("call", ("exp", exponent, "whole"), base.column)
        return Node(op, (base, exponent), sign.column)

    def mark(self, *, braced: bool, sign: str) -> Callable[[Node, int], Node] | None:
        """Return the meaning of a mark in the place of an exponent, if there is one."""
        minus = braced and self.now.text == "-" and self.ahead() in _TURNS
        first = self.ahead() if minus else self.now.text
        last = self.ahead(1 + minus) if braced else "}"
        if last != "}" or sign == "**":
            return None
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
        return Node("index", (node, tuple(places), "latex"), sign.column)

    def index(self, node: Node) -> Node:
        """Return an entry or a part, as Python writes it."""
        sign = self.take()
        places = [self.part()]
        while self.took(","):
            places.append(self.part())
        self.expect("]")
        if node.op == "call" and node.parts[0] == "slogdet":
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
        return self.meaning(name, [node, *self.arguments()])

    def unknown(self, name: Token) -> NoReturn:
        """Raise about a name that is no word."""
        words = {*WORDS, *SPECIAL, *MEANINGS} - {"range"}
        hint = suggestion(name.text, words)
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
        while self.now.text in MODULES and self.ahead() == ".":
            self.place += 2
        token = self.take()
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
            return self.function(Token(text, token.column))
        if self.now.text == "(" and len(text) > 2 and not self.latex:
            self.unknown(token)
        if not self.latex and (found := re.fullmatch(r"d([A-Z]|[a-z])", text)):
            return Node("call", ("d", Node("name", (found[1],), token.column + 1)), token.column)
        return Node("name", (letter_of(text) or text,), token.column)

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
                self.fail(f"an index of {text}")
        if self.now.text == "^" and self.latex:
            self.take()
            exponent = self.argument()
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
        elif self.begins():
            argument = self.factor()
            while (
                self.begins()
                and self.now.text not in COMMANDS
                and not (self.now.is_name and known(self.now.text))
            ):
                argument = Node("juxt", (argument, self.factor()), self.now.column)
            node = self.meaning(name, [argument])
        else:
            if self.now.text[:1] == "\\":
                self.fail(f"{self.now.text} is not known here")
            self.fail(f"{text} takes an argument: {text}(...)", name.column)
        return node if exponent is None else Node("pow", (node, exponent), name.column)

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
        if name.text in {"max", "min", "maximum", "minimum"} and len(arguments) == 2:
            others = [argument for argument in arguments if argument.parts != ("0",)]
            if name.text.startswith("max") and len(others) < len(arguments):
                return Node("call", ("relu", (others or arguments)[0]), name.column)
            return Node("call", (f"{name.text[:3]}imum", *arguments), name.column)
        if row is None:
            return Node("call", (name.text, *arguments), name.column)
        wanted = len(set(re.findall(r"\{\d\}", row.means)))
        if len(arguments) < wanted:
            self.fail(f"{name.text} takes {wanted} arguments", name.column)
        filled: Node = _filled(
            _template(row.means), arguments[:wanted], arguments[wanted:], name.column
        )
        return filled


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
