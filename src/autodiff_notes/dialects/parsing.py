# ruff: noqa: PLR0911, RET503 - a case for each kind of part
r"""From tokens to a tree, in which products are still of no kind.

>>> print(parse("x'*A*x"))
(juxt (juxt (T x) A) x)
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from autodiff_notes.dialects.calls import call_of
from autodiff_notes.dialects.letters import Letters
from autodiff_notes.dialects.spellings import (
    CALLED,
    COMMANDS,
    METHODS,
    MODULES,
    UPRIGHT,
    known,
    letter_of,
)
from autodiff_notes.dialects.tokens import FENCES, ONES, Stream, Token, tokens
from autodiff_notes.dialects.trees import Node, call, names
from autodiff_notes.notation import NotationError
from autodiff_notes.notation.reading import DEEPEST
from autodiff_notes.notation.vocabulary import WORDS

__all__ = ["parse"]


def parse(text: str, letters: Collection[str] = (), functions: Collection[str] = ()) -> Node:
    """Return the tree of a formula.

    Parameters
    ----------
    text : str
        The formula.
    letters, functions : collection of str
        The names of which something was said: variables, and functions of a number.

    Raises
    ------
    NotationError
        At the column where something else was expected.
    """
    pieces = tokens(text)
    if not pieces:
        raise NotationError("there is no formula")
    parser = _Parser(pieces, Letters(pieces, text, letters, functions))
    node = parser.expression()
    if parser.now.text:
        parser.refuse(parser.now)
    return node


_SUMS = {"+": "add", "-": "sub"}
_CIRCLED = {"\\odot": "had", "\\circ": "had", "\\oslash": "eldiv", "\\otimes": "kron"}
_PRODUCTS = {
    "*": "star", "@": "at", "/": "div", ".*": "had", "./": "eldiv", "\\cdot": "dot", "\\times": "cross", "\\ast": "juxt", "\\div": "div",
}  # fmt: skip
_POWERS = {"^": "pow", "**": "elpow", ".^": "elpow"}
_FRACTIONS = {"\\frac", "\\tfrac", "\\dfrac"}
_NORM = {"\\|": "\\|", "||": "||", "\\lVert": "\\rVert", "\\Vert": "\\Vert"}
_BAR = {"|": "|", "\\lvert": "\\rvert", "\\vert": "\\vert"}
_ACCENTS = {"\\bar": "bar", "\\overline": "bar", "\\hat": "hat", "\\widehat": "hat", "\\tilde": "tilde", "\\widetilde": "tilde", "\\dot": "dot"}  # fmt: skip
_SERIES = {"\\sum", "\\prod"}
_BEGIN = {*FENCES, *_NORM, *_BAR, *_FRACTIONS, *_ACCENTS, *_SERIES, *COMMANDS, ONES, "\\sqrt", "\\langle", "\\d", "\\mathcal"}  # fmt: skip
_STARS = {"*", "\\ast"}
_MARKS = dict.fromkeys(_STARS, "A^* was read as the conjugate transpose")
_MARKS |= {"\\dagger": r"A^\dagger was read as the pseudoinverse"}
_TURNS = {"\\top", "T", "\\intercal", "\\prime", "t"}
_NAMED = {f"{quote}{norm}{quote}": norm for quote in "'\"" for norm in ("fro", "nuc")}
_FLAGS = {"True", "False", "None"}
# What returns several values: which of them is a word.
_SEVERAL = {
    "slogdet": ({"1": "logabsdet"}, "the entry [1] is known, the logarithm"),
    "perron": ({"0": "perron_value", "1": "perron_vector"}, "the entries [0] and [1] are known, the value and the vector"),
}  # fmt: skip
_SINGULAR = {"U": "left_singular", "V": "right_singular"}


class _Parser(Stream):
    """Descends from sums to letters."""

    def __init__(self, pieces: Sequence[Token], letters: Letters) -> None:
        super().__init__(pieces)
        self.letters, self.latex, self.depth = letters, letters.latex, 0
        self.closing: list[str] = []

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
                op = "juxt" if op == "star" and self.letters.matlab else op
                last = self.signed()
                node = Node(op, (node, last), sign.column)
                slash = sign if op == "div" else None
            elif self.begins():
                self.letters.beside(self, last)
                column = self.now.column
                note = self.letters.ambiguous(self, node, slash) if slash else ""
                last, slash = self.factor(), None
                node = Node("juxt", (node, last), column)
                node = Node("noted", (node, note), column) if note else node
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
        if text in {"[", "{"} or self.now.is_number:
            return self.latex
        begins = self.now.is_name or text in _BEGIN or self.is_greek(text)
        return begins and text not in {*self.closing, "for"}

    def is_greek(self, text: str) -> bool:
        """Return whether a command is a letter."""
        return text[:1] == "\\" and bool(letter_of(text[1:]) or text[1:] in {*CALLED, "pi"})

    # Factors

    def factor(self) -> Node:
        """Return a factor with all that stands behind it."""
        return self.nested(lambda: self.behind(self.atom()))

    def behind(self, node: Node) -> Node:
        """Return a node with its exponents, transposes, indices and methods."""
        while True:
            token = self.now
            if token.text in _POWERS:
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
                if of and node.op == "name" and node.parts[0] in {"E", "P"} - {*self.letters.said}:
                    self.fail(f"{node.parts[0]}[...]: an expectation is not known here")
                node = self.index(node)
            elif token.text == "_" and self.latex:
                node = self.subscript(node)
            else:
                return node

    def power(self, base: Node, sign: Token) -> Node:
        """Return a base with its exponent."""
        braced = self.took("{")
        letter = str(base.parts[0]) if base.op == "name" else ""
        exponential = base.op == "num" or letter == "e"
        time = self.now.text == "t" or (braced and self.now.text == "-")  # no mark: t, -t, -T
        if not (exponential and time) and (mark := self.mark(letter, braced, sign.text)):
            return mark(base, sign.column)
        if braced and letter and not exponential and self.is_numbering():
            self.fail(
                f"{letter}^{{(i)}} is no power: write {letter}_i, or {letter}^i for the power"
            )
        op = _POWERS[sign.text]
        if braced:
            op = "elpow" if self.took("\\odot", "\\circ") else op
            exponent = self.group("}")
        elif self.now.text == "+":
            self.fail("a plus as an exponent: the pseudoinverse is A^{+} or pinv(A)")
        elif self.latex:
            exponent = self.atom()
        elif self.now.text == "-":
            exponent = self.signed()
        else:
            exponent = self.factor()
        if letter == "e" and "e" not in self.letters.said and (op == "pow" or names(exponent)):
            return call(base.column, "exp", exponent, "whole")
        return Node(op, (base, exponent), sign.column)

    def is_numbering(self) -> bool:
        """Return whether an exponent is in parentheses as a whole, as the number of a vector is."""
        place, texts = self.place, [piece.text for piece in self.pieces]
        if self.now.text not in {"(", "["} or "}" not in texts[place:]:
            return False
        inside = texts[place + 1 : texts.index("}", place) - 1]
        whole = texts[place + len(inside) + 1] == FENCES[self.now.text]
        return whole and not {"(", ")", "/", "\\frac"} & {*inside} and inside[:1] != ["-"]

    def mark(self, letter: str, braced: bool, sign: str) -> Callable[[Node, int], Node] | None:
        """Return the meaning of a mark in the place of an exponent of a letter, if there is one."""
        minus = self.now.text == "-" and self.ahead() in _TURNS
        first = self.ahead() if minus else self.now.text
        last = self.ahead(1 + minus) if braced else "}"
        time = self.letters.time or (minus and letter[:1].islower())
        if last != "}" or sign == "**" or (first == "t" and time):
            return None
        if letter[:1].islower() and first in _MARKS:
            self.fail(
                f"{letter} with a star or a dagger: the conjugate transpose is {letter}^H, "
                "and another point has a letter of its own"
            )
        starts = re.match(r"[\w\\(]", self.ahead())
        make: Callable[[Node, int], Node]
        if first in _TURNS:
            make = lambda base, at: Node("T", (call(at, "inv", base) if minus else base,), at)
        elif first in {"H", *_STARS}:
            make = lambda base, at: Node("H", (base,), at)
        elif first == "\\dagger" or (first == "+" and (braced or not starts)):
            make = lambda base, at: call(at, "pinv", base)
        else:
            return None
        self.place += 1 + minus + braced
        if note := _MARKS.get(first):
            return lambda base, at: Node("noted", (make(base, at), note), at)
        return make

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
        if len(places) == 1:
            places = _factors(places[0])
        if node.op == "eye" and len(places) == 1:
            return call(node.column, "I", places[0])
        return Node("index", (node, tuple(places), "latex"), sign.column)

    def index(self, node: Node) -> Node:
        """Return an entry or a part, as Python writes it."""
        sign = self.take()
        places = [self.part()]
        while self.took(","):
            places.append(self.part())
        self.expect("]")
        if node.op == "call" and node.parts[0] in _SEVERAL:
            words, known = _SEVERAL[node.parts[0]]
            if (place := "".join(map(str, places))) not in words:
                self.fail(f"of {node.parts[0]}(A) {known}", sign.column)
            return call(node.column, words[place], *node.parts[1:])
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
            return Node(METHODS[name.text], (node,), name.column)
        if name.text == "logabsdet" and node.op == "call" and node.parts[0] == "slogdet":
            return call(node.column, "logabsdet", *node.parts[1:])
        if not known(name.text) and name.text != "slogdet":
            self.letters.unknown(name)
        if self.now.text != "(":
            self.fail(f"{name.text} takes parentheses: .{name.text}()")
        return call_of(replace(name, module="."), [node, *self.arguments()], latex=self.latex)

    # Atoms

    def atom(self) -> Node:
        """Return an atom."""
        token = self.take()
        text = token.text
        if token.is_name:
            return self.name(token)
        if token.is_number:
            return Node("num", (text,), token.column)
        if text in FENCES:
            return self.group(FENCES[text])
        if text in _NORM or text in _BAR:
            return self.fenced(token)
        if text in _FRACTIONS:
            return Node("div", (self.argument(), self.argument()), token.column)
        if text in _ACCENTS:
            return self.accent(token)
        if text in _SERIES:
            return self.series(token)
        if text in COMMANDS:
            return self.function(Token(COMMANDS[text], token.column))
        if self.is_greek(text):
            return self.greek(token)
        others = {"\\sqrt": self.root, "\\langle": self.pair, ONES: self.ones, "\\d": self.differential, "\\mathcal": self.script}  # fmt: skip
        return others.get(text, self.refuse)(token)

    def group(self, end: str) -> Node:
        """Return the formula of a group."""
        outside, self.closing = self.closing, []
        node = self.nested(self.expression)
        self.closing = outside
        self.expect(end)
        return node

    def until(self, end: str) -> Node:
        """Return the formula before what may open a group as well as close it."""
        self.closing.append(end)
        node = self.nested(self.expression)
        self.closing.pop()
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

    def fenced(self, opening: Token) -> Node:
        """Return an absolute value, a determinant or a norm."""
        end = (_NORM | _BAR)[opening.text]
        node = self.until(end)
        self.expect(end)
        self.lower()
        index: Node | None = None
        if self.took("_"):
            braced = self.now.text == "{"
            inside = self.ahead(braced)
            if inside in _STARS or (braced and inside == "\\odot"):
                self.place += 1 + 2 * braced
                if inside == "\\odot":
                    return call(opening.column, "abs", node)
                index = Node("num", ("*",), opening.column)
            else:
                index = self.argument()
                index = Node("num", ("F",), index.column) if index.parts == ("F",) else index
        return Node("norm" if opening.text in _NORM else "bars", (node, index), opening.column)

    def pair(self, sign: Token) -> Node:
        """Return an inner product."""
        texts = [piece.text for piece in self.pieces[self.place :]]
        inside = texts[: texts.index("\\rangle")] if "\\rangle" in texts else texts
        bar = {",", "\\mid"}.isdisjoint(inside)  # a bar parts x from y, and is none around x
        left = self.until("|" if bar else "\\rangle")
        self.expect(",", "\\mid", "|")
        right = self.until("\\rangle")
        self.expect("\\rangle")
        return Node("inner", (left, right), sign.column)

    def ones(self, sign: Token) -> Node:
        """Return a vector of ones, with its size below it."""
        if self.took("_"):
            return call(sign.column, "ones", self.argument())
        return Node("ones", (), sign.column)

    def differential(self, sign: Token) -> Node:
        """Return the differential of a group or a factor."""
        return call(sign.column, "d", self.argument() if self.now.text == "{" else self.factor())

    def script(self, sign: Token) -> Node:
        """Return a letter of another font, which may be a word."""
        node = self.argument()
        if node.op == "name" and node.parts[0] in _SINGULAR and self.took("("):
            return call(sign.column, _SINGULAR[node.parts[0]], self.group(")"))
        return node

    def root(self, sign: Token) -> Node:
        """Return a root."""
        degree = self.group("]") if self.latex and self.took("[") else None
        node = self.argument()
        if degree is None:
            return call(sign.column, "sqrt", node)
        one = Node("num", ("1",), sign.column)
        return Node("pow", (node, Node("div", (one, degree), sign.column)), sign.column)

    def accent(self, sign: Token) -> Node:
        """Return a letter with an accent; a line over anything is the conjugate."""
        node, accent = self.argument(), _ACCENTS[sign.text]
        if node.op == "name":
            return Node("name", (f"{node.parts[0].rstrip('_')}_{accent}",), sign.column)
        if accent == "bar":
            return call(sign.column, "conj", node)
        self.fail(f"{sign.text} of more than a letter", sign.column)

    def greek(self, token: Token) -> Node:
        """Return a Greek letter, or the function that it stands for."""
        name = token.text[1:]
        if self.now.text == "(":
            if name in self.letters.functions:
                return call(token.column, name, *self.arguments())
            if name in CALLED and name not in self.letters.plain:
                return self.function(Token(CALLED[name], token.column))
            if name == "Gamma":
                self.fail(
                    "the gamma function by itself is not known; its logarithm is: log Gamma(x)",
                    token.column,
                )
        return Node("name", (letter_of(name) or name,), token.column)

    def name(self, token: Token) -> Node:
        """Return a letter, or a word with its arguments."""
        module = ""
        while token.text in MODULES and self.took("."):
            module, token = token.text, self.take()
        token = replace(token, module=module)
        text, column, letters = UPRIGHT.get(token.text, token.text), token.column, self.letters
        called = self.now.text == "("
        if called and (text in letters.functions or (token.text in _SEVERAL and not self.latex)):
            return call(column, token.text, *self.arguments())
        if text == "pi":
            return Node("name", ("pi",), column)
        sized = called and (self.ahead(2) == ")" or not (self.latex or self.now.spaced))
        if text == "I" and not sized:  # I (A + B) is a product, and I(n) an identity of a size
            return Node("eye", (), column)
        if text == "d" and called:
            arguments = self.arguments()
            if len(arguments) != 1:
                self.fail("a differential is of one variable: d(X)", column)
            return call(column, "d", *arguments)
        letter = self.now.is_name and len(self.now.text) == 1 and not self.now.spaced
        if text == "d" and self.latex and letter:
            return call(column, "d", self.factor())
        if (known(text) or text in {"vector", "matrix"}) and text != "t":
            return self.function(replace(token, text=text))
        if text not in letters.said:
            return letters.read(self, token)
        return Node("name", (letter_of(text) or text,), column)

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
                return call_of(name, [*self.arguments(), index])
            else:
                base = "a base of log: write log(x)/log(2)"
                self.fail(base if text == "log" else f"an index of {text}")
        if self.now.text == "^":
            exponent = self.raised(name)
        word = self.now.is_name and known(UPRIGHT.get(self.now.text, self.now.text))
        if self.now.text in {"(", "\\{"} or (self.latex and self.now.text == "["):
            arguments = self.arguments()
        elif self.now.text in COMMANDS or (word and self.now.text != "I"):
            arguments = [self.atom()]
        elif text == "log" and self.now.text == "\\Gamma":
            self.take()
            name, arguments = Token("lgamma", name.column), self.arguments()
        elif self.begins() and text != "transpose":
            argument = last = self.factor()
            while self.goes_on(text):
                self.letters.beside(self, last)
                column, last = self.now.column, self.factor()
                argument = Node("juxt", (argument, last), column)
            arguments = [argument]
        else:
            if self.now.text[:1] == "\\":
                self.refuse(self.now)
            self.fail(f"{text} takes an argument: {text}(...)", name.column)
        node = call_of(name, arguments, latex=self.latex)
        return node if exponent is None else Node("pow", (node, exponent), name.column)

    def goes_on(self, word: str) -> bool:
        """Return whether the next factor belongs to the argument of a word without parentheses."""
        text = self.now.text
        if self.letters.is_differential(text):
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

    def arguments(self) -> list[Node]:
        """Return the arguments in parentheses."""
        opening = self.now.text
        self.expect("(", "[", "\\{")
        end = FENCES[opening]
        outside, self.closing = self.closing, []
        found: list[Node] = []
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
        if token.text == "[":
            return self.listed()
        if token.is_name and self.ahead() == "=":
            self.place += 2
            if self.now.text in _FLAGS:
                flag = self.take()
                return Node(
                    "keyword", (token.text, Node("flag", (flag.text,), flag.column)), token.column
                )
            return Node("keyword", (token.text, self.norm_or(self.expression)), token.column)
        return self.norm_or(self.terms)

    def norm_or(self, parse: Callable[[], Node]) -> Node:
        """Return the name of a norm, or what is parsed."""
        if self.now.text not in _NAMED:
            return parse()
        token = self.take()
        return Node("num", (_NAMED[token.text],), token.column)

    def terms(self) -> Node:
        """Return a formula, or the terms of a sum over an index, as Python writes it."""
        column, node = self.now.column, self.expression()
        loops = []
        while self.took("for"):
            loops.append(self.loop())
        return Node("terms", (node, tuple(loops)), column) if loops else node

    def loop(self) -> tuple[Any, ...]:
        """Return ``i in range(a, b) if i != j`` as index, ends and what is left out."""
        index = self.take()
        self.expect("in")
        self.expect("range")
        ends = self.arguments()
        if len(ends) not in {1, 2}:
            self.fail("an index runs over range(n) or range(a, b)", index.column)
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

    def series(self, sign: Token) -> Node:
        r"""Return ``\sum_{i=1}^{n} ...``, whose index begins at one."""
        word = sign.text[1:]
        indices: list[str] = []
        start = stop = None
        self.lower()
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
        if self.took("^"):
            stop = self.argument()
        node = self.nested(self.term)
        if not indices:
            return call(sign.column, word, node)
        return Node("series", (word, tuple(indices), start, stop, node), sign.column)


def _factors(node: Node) -> list[Node]:
    if node.op != "juxt":
        return [node]
    return [*_factors(node.parts[0]), *_factors(node.parts[1])]
