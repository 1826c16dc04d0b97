# ruff: noqa: PLR0911, PLR0912, RET503, ARG002 - a case for each kind of part; a leaf needs no place
r"""From a tree to text of the notation, once each letter has a kind.

A product without a sign is ``@`` between matrices and ``*`` beside a number, and which it is follows
from the kinds; so does what ``|X|`` and ``X^2`` mean. A transposed vector is a row until something
stands behind it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from autodiff_notes.dialects.sizes import Sizes
from autodiff_notes.dialects.trees import Node
from autodiff_notes.notation import Kind, NotationError
from autodiff_notes.notation.vocabulary import SPECIAL, WORDS, Word
from autodiff_notes.tables import suggestion

__all__ = ["Value", "Writer"]

SUM, PRODUCT, POWER, ATOM = range(4)
_S, _V, _M = Kind.SCALAR, Kind.VECTOR, Kind.MATRIX
Shape = tuple[int, ...]


@dataclass(frozen=True)
class Value:
    """A part that is written.

    Attributes
    ----------
    text : str
        In the notation; of a row, as it stands before ``@``.
    level : int
        How tightly it holds together.
    kind : ~autodiff_notes.notation.Kind
        Its kind; a row has that of the vector.
    shape : tuple of int
        Its sizes, for :class:`~autodiff_notes.dialects.sizes.Sizes`.
    row : bool
        Whether it is a transposed vector.
    upright : str
        Of a row, the same as a vector, if it is another text.
    """

    text: str
    level: int
    kind: Kind
    shape: Shape = ()
    row: bool = False
    upright: str = ""

    def at(self, level: int) -> str:
        """Return the text, in parentheses if it holds together less than that."""
        return self.text if self.level >= level else f"({self.text})"

    @property
    def rank(self) -> int:
        """The number of indices."""
        return self.kind.rank


@dataclass
class Writer:
    """Writes one tree under one guess.

    Attributes
    ----------
    kinds : dict of str to Kind
        The kind of each letter.
    shapes : dict of str to tuple
        Its sizes.
    sizes : ~autodiff_notes.dialects.sizes.Sizes
        Where they are joined.
    latex, matlab : bool
        What the text is written in.
    offset : int
        What is taken from an index: 1 where indices begin at one.
    placed : dict of str to int
        The letters that are an index by themselves, each with the size of what it is an index of.
    doubts : int
        What can be read so, and is seldom meant: a letter that stands for a number in a sum of
        vectors, two columns side by side.
    """

    kinds: Mapping[str, Kind]
    shapes: dict[str, Shape]
    sizes: Sizes
    latex: bool = False
    matlab: bool = False
    offset: int = 0
    bound: dict[str, tuple[str, int | None, int]] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    placed: dict[str, int] = field(default_factory=dict)
    doubts: int = 0
    values: dict[Node, Value] = field(default_factory=dict)

    def write(self, node: Node) -> Value:
        """Return a node in the notation; it is written once, however often it is asked for."""
        method: Callable[[Node], Value] | None = getattr(self, f"_{node.op}", None)
        if method is None:
            self.fail(node, "this does not stand here")
        if node not in self.values:
            self.values[node] = method(node)
        return self.values[node]

    def fail(self, node: Node, problem: str) -> NoReturn:
        """Raise at a node."""
        raise NotationError(problem, column=node.column)

    def column(self, node: Node) -> Value:
        """Return a value that is no row."""
        value = self.write(node)
        return self.stand(value)

    def stand(self, value: Value) -> Value:
        """Return a row as the vector that it is the transpose of."""
        if not value.row:
            return value
        text = value.upright or value.text
        return replace(
            value, text=text, row=False, upright="", level=PRODUCT if value.upright else value.level
        )

    def equate(self, node: Node, a: Shape, b: Shape) -> None:
        """Let two shapes be equal."""
        for one, other in zip(a, b, strict=True):
            self.sizes.equate(one, other, node.column)

    def size(self, size: int) -> str:
        """Return a place for a size that gets its name later."""
        return f"size__{size}__"

    def _noted(self, node: Node) -> Value:
        self.notes[node.parts[1]] = None
        return self.write(node.parts[0])

    def _vectors(self, node: Node) -> Value:
        call, problem = node.parts
        of = [
            part for part in call.parts[1:] if part.op != "keyword" and _digits(part) not in _NAMES
        ]
        if any(self.write(part).kind is _M for part in of):
            self.fail(node, problem)
        return self.write(call)

    # Leaves

    def _num(self, node: Node) -> Value:
        text = node.parts[0]
        if text in _NAMES:
            self.fail(node, f"{text!r} is the index of a norm alone")
        text = f"0{text}" if text.startswith(".") else text
        number = float(text)
        kind = Kind.INTEGER if text.isdigit() else Kind.REAL
        if number > 1000:
            self.fail(node, f"{text[:9]} is larger than 1000")
        return Value(text.lstrip("0") or "0" if text.isdigit() else text, ATOM, kind)

    def _name(self, node: Node) -> Value:
        name = node.parts[0]
        if name in self.bound:
            letter, _, shift = self.bound[name]
            return Value(f"({letter} + {shift})" if shift else letter, ATOM, Kind.INTEGER)
        if name == "pi":
            return Value("pi", ATOM, Kind.REAL)
        if name not in self.kinds:
            self.fail(node, f"{name} is the index of a sum, and stands in its ends")
        return Value(name, ATOM, self.kinds[name], self.shapes.get(name, ()))

    def _eye(self, node: Node) -> Value:
        size = self.sizes.new()
        return Value(f"I({self.size(size)})", ATOM, _M, (size, size))

    def _ones(self, node: Node) -> Value:
        return self.filled("1", ATOM, (self.sizes.new(),))

    def filled(self, text: str, level: int, shape: Shape) -> Value:
        """Return a vector or matrix of which every entry is a number."""
        ones = f"ones({', '.join(map(self.size, shape))})"
        kind = (_S, _V, _M)[len(shape)]
        if text == "1":
            return Value(ones, ATOM, kind, shape)
        if text == "0":
            return Value(ones.replace("ones", "zeros"), ATOM, kind, shape)
        fenced = text if level >= PRODUCT else f"({text})"
        return Value(f"{fenced} * {ones}", PRODUCT, kind, shape)

    # Sums

    def _add(self, node: Node) -> Value:
        return self.sum(node, "+")

    def _sub(self, node: Node) -> Value:
        return self.sum(node, "-")

    def sum(self, node: Node, sign: str) -> Value:
        """Return a sum; a number is spread over a vector."""
        left, right = map(self.write, node.parts)
        if left.row != right.row and left.rank and right.rank:
            if left.kind is not right.kind or self.latex or self.matlab:
                self.fail(node, "a row plus a column: one of them has a transpose too many")
            left, right = self.stand(left), self.stand(right)
        if left.rank != right.rank:
            if left.rank and right.rank:
                self.fail(node, f"{left.kind.words} plus or minus {right.kind.words}")
            wide = left if left.rank else right
            if wide.rank == 2 and self.latex:
                self.fail(node, "a matrix plus a number: a multiple of the identity is c I")
            if wide.rank == 2:
                self.notes["a number was added to every entry of a matrix"] = None
            self.doubts += node.parts[bool(left.rank)].op == "name"
            if left.rank:
                right = self.spread(right, left)
            else:
                left = self.spread(left, right)
        self.equate(node, left.shape, right.shape)
        row = left.row or right.row
        if left.upright or right.upright:
            left, right = self.stand(left), self.stand(right)
        text = f"{left.text} {sign} {right.at(PRODUCT)}"
        return Value(text, SUM, left.kind.joined(right.kind), left.shape, row)

    def spread(self, number: Value, over: Value) -> Value:
        """Return a number in every entry."""
        spread = self.filled(number.text, number.level, over.shape)
        return replace(spread, row=over.row)

    def _neg(self, node: Node) -> Value:
        value = self.write(node.parts[0])
        upright = f"-{self.stand(value).at(PRODUCT)}" if value.upright else ""
        return replace(value, text=f"-{value.at(PRODUCT)}", level=SUM, upright=upright)

    # Products

    def _juxt(self, node: Node) -> Value:
        left, right = map(self.write, node.parts)
        if left.row and left.kind is _V and node.parts[1].op == "index" and not right.rank:
            self.fail(node, _SAMPLES)
        return self.product(node, left, right)

    def _dot(self, node: Node) -> Value:
        left, right = map(self.write, node.parts)
        columns = left.kind is right.kind is _V and not left.row and not right.row
        self.doubts += columns * (1 + self.latex)
        return self.product(node, left, right, strict=not columns)

    def _cross(self, node: Node) -> Value:
        left, right = map(self.write, node.parts)
        if left.kind is right.kind is _V:
            self.fail(node, "a cross product is not known here; the inner product is x^T y")
        return self.product(node, left, right)

    def _at(self, node: Node) -> Value:
        left, right = map(self.write, node.parts)
        if not left.rank or not right.rank:
            self.fail(node, "@ stands between vectors and matrices; by a number multiply with *")
        return self.product(node, left, right, strict=False)

    def product(self, node: Node, left: Value, right: Value, *, strict: bool = True) -> Value:
        """Return the product that mathematics means by two factors side by side."""
        if not left.rank or not right.rank:
            return self.scaled(left, right)
        kinds = (left.kind, right.kind)
        if left.row and right.row and kinds == (_V, _V):
            self.fail(node, "a row times a row: the second one has a transpose too many")
        if kinds == (_V, _V):
            if right.row and not left.row:
                right = self.stand(right)
                return Value(
                    f"outer({left.text}, {right.text})", ATOM, _M, (left.shape[0], right.shape[0])
                )
            if not left.row and strict:
                self.fail(node, "a vector times a vector: write x^T y, or x ⊙ y by entries")
            self.equate(node, left.shape, right.shape)
            return self.times(left, "@", right, _S, ())
        if kinds == (_M, _V):
            if right.row:
                self.fail(node, "a matrix times a row: the vector has a transpose too many")
            self.equate(node, left.shape[1:], right.shape)
            return self.times(left, "@", right, _V, left.shape[:1])
        if kinds == (_V, _M):
            if not left.row and strict:
                self.fail(node, "a vector before a matrix is written as a row, x^T A")
            self.equate(node, left.shape, right.shape[:1])
            text = self.times(left, "@", right, _V, right.shape[1:])
            stood = self.stand(left)
            upright = f"{self.turned(right).at(POWER)} @ {stood.at(POWER)}"
            return replace(text, row=True, upright=upright)
        self.equate(node, left.shape[1:], right.shape[:1])
        return self.times(left, "@", right, _M, (left.shape[0], right.shape[1]))

    def times(self, left: Value, sign: str, right: Value, kind: Kind, shape: Shape) -> Value:
        """Return two factors and the sign between them."""
        return Value(f"{left.at(PRODUCT)} {sign} {right.at(POWER)}", PRODUCT, kind, shape)

    def scaled(self, left: Value, right: Value) -> Value:
        """Return a number times something."""
        kind = left.kind.joined(right.kind)
        row = left.row or right.row
        left, right = self.stand(left), self.stand(right)
        return replace(self.times(left, "*", right, kind, left.shape or right.shape), row=row)

    def _star(self, node: Node) -> Value:
        left, right = map(self.write, node.parts)
        if left.rank and right.rank and left.kind is not right.kind:
            return self.product(node, left, right, strict=False)
        if left.kind is _M and right.kind is _M:
            self.notes[
                "* between matrices was read entry by entry, as Python means it; the matrix product is @"
            ] = None
        return self.entrywise(node, "*", left, right)

    def _had(self, node: Node) -> Value:
        left, right = map(self.write, node.parts)
        return self.entrywise(node, "*", left, right)

    def _eldiv(self, node: Node) -> Value:
        left, right = map(self.write, node.parts)
        return self.entrywise(node, "/", left, right)

    def _div(self, node: Node) -> Value:
        left, right = map(self.write, node.parts)
        if right.kind is _M and (self.latex or self.matlab):
            self.fail(node, "a division by a matrix: write X^{-1} on the side where it stands")
        if right.kind is _V and self.latex:
            self.fail(node, "a division by a vector")
        if right.row:
            self.fail(node, "a division by a row: x^T x under the slash stands in parentheses")
        if right.kind is _M:
            self.notes["a division by a matrix was read entry by entry, as Python means it"] = None
        return self.entrywise(node, "/", left, right)

    def entrywise(self, node: Node, sign: str, left: Value, right: Value) -> Value:
        """Return a product or a quotient entry by entry."""
        if left.rank and right.rank:
            if left.kind is not right.kind:
                self.fail(node, f"{left.kind.words} and {right.kind.words} entry by entry")
            self.equate(node, left.shape, right.shape)
        row = left.row or right.row
        if left.rank and right.rank and left.row != right.row:
            self.fail(node, "a row and a column entry by entry")
        left, right = self.stand(left), self.stand(right)
        kind = left.kind.joined(right.kind)
        kind = kind.joined(Kind.REAL) if sign == "/" else kind
        return replace(self.times(left, sign, right, kind, left.shape or right.shape), row=row)

    def _kron(self, node: Node) -> Value:
        left, right = map(self.column, node.parts)
        if left.kind is not _M or right.kind is not _M:
            self.fail(node, "a Kronecker product of matrices")
        shape = (self.sizes.new(), self.sizes.new())
        return Value(f"kron({left.text}, {right.text})", ATOM, _M, shape)

    def _inner(self, node: Node) -> Value:
        left, right = map(self.column, node.parts)
        if left.kind is not right.kind or not left.rank:
            self.fail(node, f"an inner product of {left.kind.words} and {right.kind.words}")
        self.equate(node, left.shape, right.shape)
        return Value(f"inner({left.text}, {right.text})", ATOM, _S)

    # Powers and transposes

    def _pow(self, node: Node) -> Value:
        base = self.write(node.parts[0])
        if base.kind is not _M:
            if base.kind is _V and self.latex:
                self.notes["the power of a vector was read entry by entry"] = None
            self.doubts += base.kind is _V
            return self.raised(node, base)
        exponent = self.column(node.parts[1])
        text = exponent.text.replace(" ", "")
        if text == "-1":
            return self.word(node, "inv", [base])
        if text in {"1/2", "0.5"}:
            return self.word(node, "sqrtm", [base])
        if text in {"-1/2", "-0.5"}:
            return self.word(node, "inv", [self.word(node, "sqrtm", [base])])
        if text.startswith("-") and text[1:].isdigit():
            inverse = self.word(node, "inv", [base])
            return self.word(node, "matrix_power", [inverse, Value(text[1:], ATOM, Kind.INTEGER)])
        return self.word(node, "matrix_power", [base, exponent])

    def _elpow(self, node: Node) -> Value:
        base = self.write(node.parts[0])
        if base.kind is _M and not self.matlab and not self.latex:
            self.notes[
                "a power of a matrix with ** was read entry by entry, as Python means it"
            ] = None
        return self.raised(node, base)

    def raised(self, node: Node, base: Value) -> Value:
        """Return a power of a number or of each entry."""
        exponent = self.column(node.parts[1])
        if base.rank and re.search(r"\bT\b", exponent.text):
            self.fail(node.parts[1], "T in an exponent: a transpose is x^T, or x.T in a program")
        if exponent.rank:
            self.fail(node.parts[1], f"{exponent.kind.words} as an exponent")
        row, base = base.row, self.stand(base)
        fence = exponent.level < ATOM and not exponent.text.lstrip("-").isalnum()
        text = f"{base.at(ATOM)} ** {f'({exponent.text})' if fence else exponent.text}"
        kind = base.kind.joined(exponent.kind).joined(Kind.REAL)
        return Value(text, POWER, kind, base.shape, row)

    def _T(self, node: Node) -> Value:
        value = self.write(node.parts[0])
        if value.kind is _M:
            return self.turned(value)
        if value.kind is _V:
            return self.stand(value) if value.row else replace(value, row=True)
        self.fail(node, _SAMPLES if node.parts[0].op == "index" else "the transpose of a number")

    def _H(self, node: Node) -> Value:
        value = self.write(node.parts[0])
        if value.kind is _M:
            return Value(f"{value.at(ATOM)}.mH", ATOM, _M, value.shape[::-1])
        if value.kind is _V and not value.row:
            return replace(value, text=f"conj({value.text})", level=ATOM, row=True)
        self.fail(node, f"the conjugate transpose of {value.kind.words}")

    def turned(self, value: Value) -> Value:
        """Return the transpose of a matrix."""
        if value.text.endswith(".mT") and value.level == ATOM:
            return Value(value.text.removesuffix(".mT"), ATOM, _M, value.shape[::-1])
        return Value(f"{value.at(ATOM)}.mT", ATOM, _M, value.shape[::-1])

    # Fences

    def _bars(self, node: Node) -> Value:
        value = self.column(node.parts[0])
        if node.parts[1] is not None:
            self.fail(node, r"bars with an index: a norm is written \|x\|_2")
        if value.kind is _V:
            self.notes[r"|x| of a vector was read entry by entry; its length is \|x\|"] = None
        return self.word(node, "det" if value.kind is _M else "abs", [value])

    def _norm(self, node: Node) -> Value:
        value = self.column(node.parts[0])
        index = node.parts[1]
        if value.kind is _M and (name := _named(index)) in {"", "1"}:
            words = {"": "the norm of Frobenius", "1": "the sum of all absolute entries"}
            self.notes[f"a norm of a matrix was read as {words[name]}"] = None
        return self.norm(node, value, index)

    def norm(self, node: Node, value: Value, index: Node | None) -> Value:
        """Return a norm; its index says which."""
        name = _named(index)
        if value.kind is _M:
            if name in {"", "F", "fro"}:
                return self.word(node, "norm", [value])
            if name == "1":
                return Value(f"sum(abs({value.text}))", ATOM, _S)
            words = {"2": "spectral", "*": "nuclear", "nuc": "nuclear"}
            if name not in words:
                self.fail(node, "a norm of a matrix that is not known: there are F, 2 and *")
            return self.word(node, words[name], [value])
        if value.kind is not _V:
            if name not in {"", "1", "2"}:
                self.fail(node, "a norm of a number with an index: say what is a vector")
            return self.word(node, "abs", [value])
        if name in {"", "2", "F", "fro"}:
            return self.word(node, "norm", [value])
        if index is None or name in {"*", "nuc"}:
            self.fail(node, "a norm of a vector has a number as its index")
        order = self.column(index)
        if order.rank or order.kind is _S:
            self.fail(node, "a letter as the index of a norm is declared, as in p in order()")
        return self.word(node, "norm", [value, order])

    def indexed(self, node: Node, arguments: Sequence[Node], keywords: Sequence[Node]) -> Value:
        """Return a norm of a program, its index behind it or named."""
        value = self.column(arguments[0])
        given = [*arguments[1:], *(k.parts[1] for k in keywords if k.parts[0] in {"ord", "p"})]
        given = [index for index in given if not _is_none(index)]
        for keyword in keywords:
            if keyword.parts[0] not in {"ord", "p"}:
                self.keyword(keyword, [value])
        if len(given) > 1:
            self.fail(node, "norm takes a vector or a matrix, and one index")
        if value.kind is _M and given and _named(given[0]) == "1":
            problem = (
                "the 1 norm of a matrix, its largest column sum: norm1(A) is that of its entries"
            )
            self.fail(node, problem)
        return self.norm(node, value, given[0] if given else None)

    # Entries

    def _index(self, node: Node) -> Value:
        base, places, dialect = node.parts
        value = self.column(base)
        if len(places) != value.rank:
            self.fail(node, f"{len(places)} indices of {value.kind.words}")
        texts, kept = [], []
        for place, size in zip(places, value.shape, strict=True):
            text, ranged = self.place(place, size, dialect)
            texts.append(text)
            if ranged is not None:
                kept.append(ranged)
        return Value(
            f"{value.at(ATOM)}[{', '.join(texts)}]", ATOM, (_S, _V, _M)[len(kept)], tuple(kept)
        )

    def place(self, node: Node, size: int, dialect: str) -> tuple[str, int | None]:
        """Return an index as text, and the size of a range."""
        if node.op == "slice":
            ends = [self.column(end).text if end else "" for end in node.parts]
            return ":".join(ends), size if ends == ["", ""] else self.sizes.new()
        if shifted := self.shifted(node):
            name, step = shifted
            letter, known, _ = self.bound[name]
            if known is not None:
                self.sizes.equate(known, size, node.column)
            return f"{letter}{step}", None
        value = self.column(node)
        if value.kind is not Kind.INTEGER:
            self.fail(node, f"{value.kind.words} as an index")
        if node.op == "name":
            self.placed.setdefault(value.text, size)
        # What is calculated of numbers, sizes and running indices counts from one here; any other
        # letter stands for the place that it is.
        if dialect and self.offset and value.text.isdigit():
            return str(int(value.text) - 1), None
        if dialect and value.text.startswith("-"):
            self.fail(node, "an index of LaTeX counts from one or zero, and not from the end")
        letters = {*re.findall(r"[A-Za-z]\w*", value.text)}
        running = {letter for letter, _, _ in self.bound.values()}
        counted = letters <= running or not letters.isdisjoint(self.sizes.names.values())
        if dialect and self.offset and counted:
            last = re.fullmatch(r"(\w+) - (\d+)", value.text)
            return (f"{last[1]} - {int(last[2]) + 1}" if last else f"{value.text} - 1"), None
        if self.matlab and value.text.isdigit() and not dialect:
            self.notes["an index in brackets was counted from zero, as Python does"] = None
        return value.text, None

    def shifted(self, node: Node) -> tuple[str, str] | None:
        """Return an index that runs, and the number that is added to it, if it is one."""
        left, right = node.parts if node.op in {"add", "sub"} else (node, None)
        if left.op != "name" or left.parts[0] not in self.bound or (right and right.op != "num"):
            return None
        sign = "+" if node.op == "add" else "-"
        return left.parts[0], f" {sign} {right.parts[0]}" if right else ""

    def bind(self, name: str, size: int | None, shift: int) -> str:
        """Return the letter of an index that begins to run: another, if its own is taken."""
        taken = {*self.kinds, *(letter for letter, _, _ in self.bound.values())}
        free = (name, *"ijkl", f"{name}_{len(taken)}")
        letter: str = next(letter for letter in free if letter not in taken)
        self.bound[name] = letter, size, shift
        return letter

    def _series(self, node: Node) -> Value:
        word, indices, start, stop, body = node.parts
        outside = dict(self.bound)
        loops = []
        for name in indices:
            size = self.sizes.new()
            low = self.column(start).text if start else str(self.offset)
            if stop is None:
                letter = self.bind(name, size, self.offset)
                loops.append(f"for {letter} in range({self.size(size)})")
                continue
            high = self.column(stop)
            if high.kind is not Kind.INTEGER:
                self.fail(node, "the end of a sum is an integer")
            first = str(int(low) - self.offset) if low.isdigit() else f"{low} - {self.offset}"
            last = high.text if self.offset else _plus_one(high.text)
            known = re.fullmatch(r"([A-Za-z]\w*)( - \d+)?", last)
            if known and first.isdigit():
                self.sizes.equate(size, self.sizes.named(known[1]), node.column)
            letter = self.bind(name, size if known else None, self.offset)
            loops.append(f"for {letter} in range({last if first == '0' else f'{first}, {last}'})")
        return self.over(word, body, loops, outside)

    def over(
        self,
        word: str,
        body: Node,
        loops: list[str],
        outside: dict[str, tuple[str, int | None, int]],
    ) -> Value:
        """Return a sum over indices, which mean behind it what they did outside."""
        value = self.column(body)
        self.bound = outside
        text = f"{word}({value.text} {' '.join(loops)})"
        return Value(text, ATOM, Kind.REAL.joined(value.kind), value.shape)

    # Words

    def _call(self, node: Node) -> Value:
        name, *arguments = node.parts
        whole = "whole" in arguments
        arguments = [argument for argument in arguments if argument != "whole"]
        keywords = [argument for argument in arguments if argument.op == "keyword"]
        arguments = [argument for argument in arguments if argument.op != "keyword"]
        if name in {"sum", "prod"} and [argument.op for argument in arguments] == ["terms"]:
            return self.terms(node, name, arguments[0])
        if name in {"block", "array"}:
            return self.rows(node, name, arguments)
        if name == "D":
            return self.derivative(node, arguments)
        if name == "norm" and arguments and len(arguments) + len(keywords) > 1:
            return self.indexed(node, arguments, keywords)
        values = [self.write(argument) for argument in arguments]
        if name in {"ones", "zeros", "I", "vector", "matrix", "basis"}:
            return self.sized(node, name, arguments)
        for keyword in keywords:
            self.keyword(keyword, values)
        each = name.endswith(".each")
        name = name.removesuffix(".each")
        if values and values[0].kind is _M and len(values) == 1:
            if (self.latex and not each) or whole:
                name = _WHOLE.get(name, name)
            if name == "Diag":
                name = "diag"
        elif values and values[0].kind is _V and name == "diag":
            name = "Diag"
        if name == "singular_values" and node.parts[0] == "sigma":
            self.notes[
                "sigma of a matrix was read as its singular values; of each entry it is sigmoid"
            ] = None
        if self.matlab and name in {"sum", "norm"} and values and values[0].kind is _M:
            words = {"sum": "of all its entries", "norm": "of Frobenius"}[name]
            self.notes[f"the {name} of a matrix was read as that {words}"] = None
        name = "sigmoid" if name == "sigma" else name
        if name == "eigenvalues" and not (values and values[0].kind is _M):
            self.fail(node, "eigenvalues of a matrix")
        if name == "d":
            value = self.stand(values[0])
            return Value(
                f"d({value.text})", ATOM, _S.joined(value.kind), value.shape, values[0].row
            )
        if name == "log" and len(arguments) == 1:
            name, values = self.logarithm(arguments[0], values)
        if name in {"sum", "prod"}:
            return self.total(node, name, values)
        if name == "mean" and values and values[0].kind is _M:
            self.fail(node, "the mean of a matrix: it is known of a vector")
        row = bool(values and values[0].row and name in WORDS and WORDS[name][0].elementwise)
        value = self.word(node, name, [self.stand(value) for value in values])
        return replace(value, row=row and value.kind is _V)

    def logarithm(self, argument: Node, values: list[Value]) -> tuple[str, list[Value]]:
        """Return log det and log of the absolute determinant as words of their own."""
        of = _of("det", argument)
        if of is not None:
            return "logdet", [self.column(of)]
        of = argument.parts[0] if argument.op == "bars" else _of("abs", argument)
        if argument.op == "bars" and self.write(of).kind is _M:
            return "logdet", [self.column(of)]
        of = of and _of("det", of)
        return ("logabsdet", [self.column(of)]) if of else ("log", values)

    def keyword(self, keyword: Node, values: Sequence[Value]) -> None:
        """Accept a named argument that says nothing else."""
        name, value = keyword.parts
        if name in _HARMLESS or _is_none(value):
            return
        vector = bool(values) and values[0].kind is _V
        if name not in {"dim", "axis"} or not vector or _digits(value) not in {"0", "-1"}:
            self.fail(keyword, f"the argument {name} is not known here")
        if values[0].text[0].isupper():
            self.notes[f"{values[0].text} was taken for a vector, which has one axis"] = None

    def total(self, node: Node, name: str, values: Sequence[Value]) -> Value:
        """Return the sum or the product of all entries."""
        if len(values) != 1 or not values[0].rank:
            self.fail(node, f"{name} takes a vector or a matrix: {SPECIAL[name]}")
        return Value(f"{name}({self.stand(values[0]).text})", ATOM, _S)

    def sized(self, node: Node, name: str, arguments: Sequence[Node]) -> Value:
        """Return a constant of a size, which is given or found."""
        if name in {"vector", "matrix"}:
            if len(arguments) != 1:
                self.fail(node, f"{name} takes a number, as in {name}(1)")
            value = self.column(arguments[0])
            new = tuple(self.sizes.new() for _ in range(1 + (name == "matrix")))
            return self.filled(value.text, value.level, new)
        if name == "basis":
            self.fail(node, "a basis vector is written in the notation alone")
        flat = [
            part
            for argument in arguments
            for part in (argument.parts if argument.op == "list" else [argument])
        ]
        texts: list[str] = []
        shape: tuple[int, ...] = ()
        for argument in flat:
            text = self.column(argument).text
            texts.append(text)
            plain = text.isidentifier() or text.isdigit()
            shape = (*shape, self.sizes.named(text) if plain else self.sizes.new())
        if name == "I":
            if len({*texts}) != 1:
                self.fail(node, "an identity has one size: I(n)")
            return Value(f"I({texts[0]})", ATOM, _M, (shape[0], shape[0]))
        if not 1 <= len(shape) <= 2:
            self.fail(node, f"{name} takes a size, or two")
        return Value(f"{name}({', '.join(texts)})", ATOM, _V if len(shape) == 1 else _M, shape)

    def terms(self, node: Node, word: str, terms: Node) -> Value:
        """Return a sum over an index, as Python writes it."""
        body, loops = terms.parts
        outside = dict(self.bound)
        texts = []
        for name, start, stop, skipped in loops:
            low, high = self.column(start), self.column(stop)
            size = (
                self.sizes.named(high.text)
                if low.text == "0" and high.text.isidentifier()
                else None
            )
            letter = self.bind(name, size, 0)
            text = f"for {letter} in range({high.text if low.text == '0' else f'{low.text}, {high.text}'})"
            texts.append(text + (f" if {letter} != {self.column(skipped).text}" if skipped else ""))
        return self.over(word, body, texts, outside)

    def rows(self, node: Node, name: str, arguments: Sequence[Node]) -> Value:
        """Return a matrix that is put together from rows."""
        if len(arguments) != 1 or arguments[0].op != "list":
            self.fail(node, f"{name} is written {SPECIAL[name]}")
        rows = arguments[0].parts
        deep = bool(rows) and rows[0].op == "list"
        texts = [
            f"[{', '.join(self.column(entry).text for entry in row.parts)}]"
            if row.op == "list"
            else self.column(row).text
            for row in rows
        ]
        text = f"{name}([{', '.join(texts)}])"
        if not deep:
            return Value(text, ATOM, _V, (self.sizes.named(str(len(rows))),))
        if name == "block":
            return Value(text, ATOM, _M, (self.sizes.new(), self.sizes.new()))
        counts = (len(rows), len(rows[0].parts))
        return Value(text, ATOM, _M, tuple(self.sizes.named(str(count)) for count in counts))

    def derivative(self, node: Node, arguments: Sequence[Node]) -> Value:
        """Return a derivative by a variable."""
        values = [self.column(argument) for argument in arguments]
        if len(values) < 2:
            self.fail(node, f"D is written {SPECIAL['D']}")
        shape: Shape = values[0].shape
        for value in values[1:]:
            shape = (*shape, *value.shape)
        if len(shape) > 2:
            self.fail(node, "a derivative with too many indices")
        text = f"D({', '.join(value.text for value in values)})"
        return Value(text, ATOM, (_S, _V, _M)[len(shape)], shape)

    def word(self, node: Node, name: str, values: Sequence[Value]) -> Value:
        """Return a word of the notation, its row found by the kinds."""
        if self.kinds.get(name) is Kind.FUNCTION:
            if len(values) != 1 or values[0].rank:
                self.fail(node, f"{name} is a function of a number")
            return Value(f"{name}({values[0].text})", ATOM, _S)
        if name not in WORDS:
            hint = suggestion(name, {*WORDS, *SPECIAL})
            self.fail(node, f"there is no word {name!r}" + (f"; {hint}" if hint else ""))
        kinds = [value.kind for value in values]
        for row in WORDS[name]:
            if len(row.parameters) == len(kinds) and all(map(Kind.accepts, row.parameters, kinds)):
                shape = self.result(node, row, values)
                return Value(
                    f"{name}({', '.join(v.text for v in values)})", ATOM, row.result, shape
                )
        got = " and ".join(kind.words for kind in kinds) or "nothing"
        self.fail(node, f"{name} does not take {got}")

    def result(self, node: Node, row: Word, values: Sequence[Value]) -> Shape:
        """Return the shape of a result, and equate what a word takes to be equal."""
        shapes = [value.shape for value in values]
        name, rank = row.name, row.result.rank
        if name in _SQUARE:
            for shape in shapes[: {"solve": 1, "sylvester": 2}.get(name)]:
                if len(shape) == 2:
                    self.sizes.equate(*shape, node.column)
        if name == "inner":
            self.equate(node, shapes[0], shapes[1])
        if not rank:
            return ()
        if name == "pinv":
            return shapes[0][::-1]
        if name == "solve":
            self.sizes.equate(shapes[0][1], shapes[1][0], node.column)
            return shapes[1]
        if name == "sylvester":
            self.equate(node, shapes[2], (shapes[0][0], shapes[1][0]))
            return shapes[2]
        if name == "outer":
            return (shapes[0][0], shapes[1][0])
        if name == "Diag":
            return shapes[0] * 2
        if name in _NEW:
            return tuple(self.sizes.new() for _ in range(rank))
        return next(shape[:rank] for shape in shapes if len(shape) >= rank)


_SAMPLES = r"samples x_i are rows of a matrix X here: the sum of (y_i - w^T x_i)^2 is \|y - X w\|^2"
_NAMES = {"fro", "nuc"}
_HARMLESS = {"full_matrices", "keepdims", "keepdim", "dtype", "compute_uv"}
# fmt: off
_WHOLE = {"exp": "expm", "log": "logm", "sin": "sinm", "cos": "cosm", "sqrt": "sqrtm", "sigma": "singular_values"}
_SQUARE = {
    "tr", "det", "logdet", "logabsdet", "inv", "solve", "cof", "adj", "sym", "skew", "cholesky", "matrix_power",
    "expm", "sinm", "cosm", "sqrtm", "logm", "frechet_expm", "eigenvalues", "eigenvectors", "perron_value",
    "perron_vector", "sylvester", "diag", "expanded_det", "Phi",
}
_NEW = {"vec", "kron", "singular_values", "left_singular", "right_singular", "toeplitz", "diagonal_sums", "diagonal_means"}
# fmt: on


def _of(word: str, node: Node) -> Any:
    # The argument of this word.
    return node.parts[1] if node.op == "call" and node.parts[0] == word else None


def _digits(node: Node) -> str:
    if node.op == "neg":
        return f"-{_digits(node.parts[0])}"
    return str(node.parts[0]) if node.op == "num" else ""


def _is_none(node: Node) -> bool:
    return node.op == "flag" and node.parts[0] == "None"


def _named(index: Node | None) -> str:
    # The index of a norm as it was typed: nothing without one, "?" if it is calculated.
    if index is None:
        return ""
    return str(index.parts[0]) if index.op in {"name", "num"} else "?"


def _plus_one(text: str) -> str:
    return text.removesuffix(" - 1") if text.endswith(" - 1") else f"{text} + 1"
