r"""From an expression to LaTeX, as a mathematician would set it.

>>> from autodiff_notes.notation.reading import read
>>> latex(read("-inv(X) @ d(X) @ inv(X)", {"X": "M"}))
'-X^{-1}\\,\\mathrm{d}X\\,X^{-1}'
>>> latex(read("x @ A @ x / (x @ x)", {"x": "v", "A": "M"}))
'\\frac{x^{\\top} A x}{x^{\\top} x}'
"""

import ast
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeGuard

from autodiff_notes.notation.reading import NAME, RANKS, Expression, called_name
from autodiff_notes.notation.typesetting import (
    Level,
    Piece,
    add,
    called,
    circled,
    differential,
    exponential,
    fenced,
    fraction,
    hermitian,
    indexed,
    negate,
    power,
    product,
    scalar_product,
    series,
    subtract,
    transpose,
)
from autodiff_notes.notation.vocabulary import ATTRIBUTES, CONSTANTS, GREEK, WORDS

__all__ = ["latex", "letter"]

BIG = {"sum": r"\sum", "prod": r"\prod"}


def latex(expression: Expression) -> str:
    """Return an expression as LaTeX."""
    return _Printer(expression).piece(expression.tree).text


def letter(name: str) -> str:
    r"""Return a name as LaTeX.

    >>> [letter(name) for name in ("x", "Sigma", "lambda_", "x_bar", "A_1", "x_max")]
    ['x', '\\Sigma', '\\lambda', '\\bar{x}', 'A_{1}', 'x_{\\mathrm{max}}']
    """
    parts = NAME.fullmatch(name)
    assert parts is not None
    base = parts["letter"] or "lambda"
    text = GREEK.get(base, base)
    if parts["accent"]:
        text = text + "'" if parts["accent"] == "prime" else rf"\{parts['accent']}{{{text}}}"
    index = parts["index"] or parts["rest"] or ""
    if not index:
        return text
    if index in GREEK:
        return f"{text}_{{{GREEK[index]}}}"
    if len(index) > 1 and index.isalpha():
        index = rf"\mathrm{{{index}}}"
    return f"{text}_{{{index}}}"


class _Printer:
    """Sets one expression."""

    def __init__(self, expression: Expression) -> None:
        """Look up kinds and words in the expression."""
        self.expression = expression
        used = {node.id for node in ast.walk(expression.tree) if isinstance(node, ast.Name)}
        self.letters = [name for name in "ijlqrst" if name not in used]

    def piece(self, node: ast.expr) -> Piece:
        """Set a node."""
        piece: Piece = getattr(self, f"_{type(node).__name__.lower()}")(node)
        return piece

    def kind(self, node: ast.expr) -> str:
        """Return the kind of a node."""
        return self.expression.kinds[node]

    # Leaves and operators

    def _constant(self, node: ast.Constant) -> Piece:
        return Piece("i" if node.value == 1j else repr(node.value))

    def _name(self, node: ast.Name) -> Piece:
        return Piece(CONSTANTS[node.id][0] if node.id in CONSTANTS else letter(node.id))

    def _unaryop(self, node: ast.UnaryOp) -> Piece:
        return negate(self.piece(node.operand))

    def _binop(self, node: ast.BinOp) -> Piece:
        if isinstance(node.op, ast.MatMult):
            return self._matrix_product(node)
        left, right = self.piece(node.left), self.piece(node.right)
        ranks = RANKS[self.kind(node.left)], RANKS[self.kind(node.right)]
        if isinstance(node.op, ast.Pow):
            right = Piece(self._exponent(node.right))
        return _operation(node.op, left, right, ranks)

    def _exponent(self, node: ast.expr) -> str:
        """Set an exponent, with a slash for a fraction."""
        if isinstance(node, ast.UnaryOp) and _divides(node.operand):
            return negate(Piece(self._exponent(node.operand), Level.PRODUCT)).text
        if not _divides(node):
            return self.piece(node).text
        over, under = self.piece(node.left), self.piece(node.right)
        sign, over = ("-", over.negated) if over.negated else ("", over)
        return f"{sign}{over.at_least(Level.PRODUCT)}/{under.at_least(Level.APPLIED)}"

    def _matrix_product(self, node: ast.BinOp) -> Piece:
        left, right = self.piece(node.left), self.piece(node.right)
        if self.kind(node.left) == "v":
            left = self._row(node.left, left)
        joined = scalar_product if self.kind(node) == "s" else product
        if _multiplies(node.right):
            right = Piece(fenced(right.text))
        return joined(left, right)

    def _row(self, node: ast.expr, piece: Piece) -> Piece:
        """Set a vector as the row that it is on the left of a product."""
        if _multiplies(node) and not RANKS[self.kind(node.left)]:
            return product(self.piece(node.left), self._row(node.right, self.piece(node.right)))
        if isinstance(node, ast.UnaryOp):
            return negate(self._row(node.operand, self.piece(node.operand)))
        if isinstance(node, ast.Call) and called_name(node) == "conj":
            return hermitian(self.piece(node.args[0]))
        return transpose(piece)

    def _attribute(self, node: ast.Attribute) -> Piece:
        return ATTRIBUTES[node.attr](self.piece(node.value))

    def _subscript(self, node: ast.Subscript) -> Piece:
        indices = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return indexed(self.piece(node.value), _join([self._index(index) for index in indices]))

    def _index(self, node: ast.expr) -> str:
        if isinstance(node, ast.Slice):
            ends = [self.piece(end).text if end else "" for end in (node.lower, node.upper)]
            return ":".join(ends)
        return self.piece(node).text

    # Words

    def _call(self, node: ast.Call) -> Piece:
        name = called_name(node)
        special = {
            "d": self._differential,
            "D": self._partial,
            "block": self._block,
            "array": self._block,
            "sum": self._series,
            "prod": self._series,
        }
        if name in special:
            return special[name](node)
        if node not in self.expression.words:
            return called(letter(name))(self.piece(node.args[0]))
        form = self.expression.words[node].latex
        if name == "outer" and _word_of(node.args[1]) == "conj":
            return product(self.piece(node.args[0]), self._row(node.args[1], Piece("")))
        if form is exponential:
            exponent = self.piece(node.args[0])
            return exponential(replace(exponent, text=self._exponent(node.args[0])))
        return form(*(self.piece(argument) for argument in node.args))

    def _differential(self, node: ast.Call) -> Piece:
        return differential(self.piece(node.args[0]))

    def _partial(self, node: ast.Call) -> Piece:
        """Set a partial derivative as a fraction, with a long function behind it."""
        if primed := self._primed(node):
            return primed
        body, *targets = node.args
        piece, order = self.piece(body), "" if len(targets) == 1 else "^{2}"
        under = "".join(rf"\partial {self.piece(target).text}" for target in targets)
        if len(targets) == 2:
            under = self._second(*targets)
        low = r"\frac" not in piece.text and r"\begin" not in piece.text
        if piece.level >= Level.APPLIED and piece.prefix != "sum" and low:
            over = rf"\partial{order} {piece.text}"
            return Piece(rf"\frac{{{over}}}{{{under}}}", Level.RAISED)
        symbol = Piece(rf"\frac{{\partial{order}}}{{{under}}}", Level.RAISED)
        behind = piece.text if piece.text.startswith(r"\begin") else fenced(piece.text)
        return replace(product(symbol, Piece(behind)), level=Level.RAISED, factors=())

    def _primed(self, node: ast.Call) -> Piece | None:
        """Set the derivatives of f(x) by x with primes; of anything else return nothing."""
        body: ast.expr = node
        by: list[ast.expr] = []
        while isinstance(body, ast.Call) and called_name(body) == "D":
            body, *targets = body.args
            by += targets
        if (
            not isinstance(body, ast.Call)
            or self.expression.variables.get(called_name(body)) != "f"
        ):
            return None
        argument = body.args[0]
        if not isinstance(argument, ast.Name) or {ast.dump(x) for x in by} != {ast.dump(argument)}:
            return None
        marks = "'" * len(by) if len(by) < 4 else f"^{{({len(by)})}}"
        return called(letter(called_name(body)) + marks)(self.piece(argument))

    def _second(self, first: ast.expr, second: ast.expr) -> str:
        """Set what a function is differentiated by twice."""
        one, other = self.piece(first), self.piece(second)
        if self.kind(second) == "v":
            return rf"\partial {one.text}\,\partial {transpose(other).text}"
        if one == other:
            return rf"\partial {power(one, '2').text}"
        return rf"\partial {one.text}\,\partial {other.text}"

    def _block(self, node: ast.Call) -> Piece:
        """Set rows in parentheses; a list of numbers is a column."""
        assert isinstance(node.args[0], ast.List)
        rows = []
        for row in node.args[0].elts:
            entries = row.elts if isinstance(row, ast.List) else [row]
            rows.append(" & ".join(self.piece(entry).text for entry in entries))
        return Piece(r"\begin{pmatrix} " + r" \\ ".join(rows) + r" \end{pmatrix}")

    # Sums and products over an index

    def _series(self, node: ast.Call) -> Piece:
        symbol, argument = BIG[called_name(node)], node.args[0]
        if isinstance(argument, ast.GeneratorExp):
            piece = self.piece(argument.elt)
            for loop in reversed(argument.generators):
                piece = series(symbol, *self._limits(loop), piece)
            return piece
        indices = self.letters[: RANKS[self.kind(argument)]]
        return series(symbol, "".join(indices), "", self._entry(argument, indices))

    def _limits(self, loop: ast.comprehension) -> tuple[str, str]:
        """Return what stands below and above the sign: range(n) ends at n - 1."""
        assert isinstance(loop.iter, ast.Call)
        if loop.ifs:
            assert isinstance(loop.ifs[0], ast.Compare)
            other = self.piece(loop.ifs[0].comparators[0]).text
            return rf"{self.piece(loop.target).text} \neq {other}", ""
        *start, end = loop.iter.args
        first = self.piece(start[0]).text if start else "0"
        return f"{self.piece(loop.target).text}={first}", self._last(end)

    def _last(self, end: ast.expr) -> str:
        """Return the number before the end of a range."""
        if isinstance(end, ast.Constant):
            return str(int(str(end.value)) - 1)
        if isinstance(end, ast.BinOp) and isinstance(end.right, ast.Constant):
            shift = end.right.value if isinstance(end.op, ast.Add) else -int(str(end.right.value))
            rest = int(str(shift)) - 1
            left = self.piece(end.left).text
            return f"{left} {'+' if rest > 0 else '-'} {abs(rest)}" if rest else left
        return f"{self.piece(end).text} - 1"

    def _entry(self, node: ast.expr, indices: Sequence[str]) -> Piece:
        """Set an entry of a vector or matrix, the index as far inside as it goes."""
        if RANKS[self.kind(node)] == 0:
            return self.piece(node)
        if isinstance(node, ast.UnaryOp):
            return negate(self._entry(node.operand, indices))
        if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.MatMult):
            left, right = (self._entry(side, indices) for side in (node.left, node.right))
            if isinstance(node.op, ast.Pow):
                right = Piece(self._exponent(node.right))
            return _operation(node.op, left, right, (0, 0))
        if isinstance(node, ast.Call) and node in self.expression.words:
            if called_name(node) == "ones":
                return Piece("1")
            if self.expression.words[node].elementwise:
                form = WORDS[called_name(node)][0].latex
                return form(*(self._entry(argument, indices) for argument in node.args))
        return indexed(self.piece(node), _join(list(indices)))


def _operation(op: ast.operator, left: Piece, right: Piece, ranks: tuple[int, int]) -> Piece:
    """Set an operation; between vectors or matrices it is one of their entries."""
    entries = all(ranks)
    if isinstance(op, ast.Add):
        return add(left, right)
    if isinstance(op, ast.Sub):
        return subtract(left, right)
    if isinstance(op, ast.Mult):
        return circled(r"\odot", left, right) if entries else product(left, right)
    if isinstance(op, ast.Div):
        return circled(r"\oslash", left, right) if ranks[1] else fraction(left, right)
    if not ranks[0]:
        return power(left, right.text)
    exponent = right.text if len(right.text) == 1 else fenced(right.text)
    return power(left, rf"\odot {exponent}")


def _multiplies(node: ast.expr) -> TypeGuard[ast.BinOp]:
    """Return whether a node is a product with *."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)


def _divides(node: ast.expr) -> TypeGuard[ast.BinOp]:
    """Return whether a node is a quotient."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)


def _word_of(node: ast.expr) -> str:
    """Return the word that a node calls, if it is a call."""
    return called_name(node) if isinstance(node, ast.Call) else ""


def _join(indices: list[str]) -> str:
    """Write indices next to each other, with commas where one is more than a letter."""
    if all(len(index) == 1 and index != ":" for index in indices):
        return "".join(indices)
    return (r",\, " if any(" " in index for index in indices) else ",").join(indices)
