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

from autodiff_notes.notation.kinds import Kind
from autodiff_notes.notation.reading import NAME, Expression, called_name
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
    return _Printer(expression).visit(expression.tree).text


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


class _Printer(ast.NodeVisitor):
    """Sets one expression."""

    def __init__(self, expression: Expression) -> None:
        self.expression = expression
        used = {node.id for node in ast.walk(expression.tree) if isinstance(node, ast.Name)}
        self.letters = [name for name in "ijlqrst" if name not in used]

    def visit(self, node: ast.AST) -> Piece:
        """Set a node."""
        piece: Piece = super().visit(node)
        return piece

    def kind(self, node: ast.expr) -> Kind:
        """Return the kind of a node."""
        return self.expression.kinds[node]

    # Leaves and operators

    def visit_Constant(self, node: ast.Constant) -> Piece:
        return Piece("i" if node.value == 1j else repr(node.value))

    def visit_Name(self, node: ast.Name) -> Piece:
        return Piece(CONSTANTS[node.id][0] if node.id in CONSTANTS else letter(node.id))

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Piece:
        return negate(self.visit(node.operand))

    def visit_BinOp(self, node: ast.BinOp) -> Piece:
        if isinstance(node.op, ast.MatMult):
            return self._matrix_product(node)
        left, right = self.visit(node.left), self.visit(node.right)
        ranks = self.kind(node.left).rank, self.kind(node.right).rank
        if isinstance(node.op, ast.Pow):
            right = Piece(self._exponent(node.right))
        return _operation(node.op, left, right, ranks)

    def _exponent(self, node: ast.expr) -> str:
        """Set an exponent, with a slash for a fraction."""
        if isinstance(node, ast.UnaryOp) and _divides(node.operand):
            return negate(Piece(self._exponent(node.operand), Level.PRODUCT)).text
        if not _divides(node):
            return self.visit(node).text
        over, under = self.visit(node.left), self.visit(node.right)
        sign, over = ("-", over.negated) if over.negated else ("", over)
        return f"{sign}{over.at_least(Level.PRODUCT)}/{under.at_least(Level.APPLIED)}"

    def _matrix_product(self, node: ast.BinOp) -> Piece:
        left, right = self.visit(node.left), self.visit(node.right)
        if self.kind(node.left) is Kind.VECTOR:
            left = self._row(node.left, left)
        joined = scalar_product if self.kind(node) is Kind.SCALAR else product
        if _multiplies(node.right):
            right = Piece(fenced(right.text))
        return joined(left, right)

    def _row(self, node: ast.expr, piece: Piece) -> Piece:
        """Set a vector as the row that it is on the left of a product."""
        if _multiplies(node) and not self.kind(node.left).rank:
            return product(self.visit(node.left), self._row(node.right, self.visit(node.right)))
        if isinstance(node, ast.UnaryOp):
            return negate(self._row(node.operand, self.visit(node.operand)))
        if isinstance(node, ast.Call) and called_name(node) == "conj":
            return hermitian(self.visit(node.args[0]))
        return transpose(piece)

    def visit_Attribute(self, node: ast.Attribute) -> Piece:
        return ATTRIBUTES[node.attr](self.visit(node.value))

    def visit_Subscript(self, node: ast.Subscript) -> Piece:
        indices = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return indexed(self.visit(node.value), _join([self._index(index) for index in indices]))

    def _index(self, node: ast.expr) -> str:
        if isinstance(node, ast.Slice):
            ends = [self.visit(end).text if end else "" for end in (node.lower, node.upper)]
            return ":".join(ends)
        return self.visit(node).text

    # Words

    def visit_Call(self, node: ast.Call) -> Piece:
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
            return called(letter(name))(self.visit(node.args[0]))
        form = self.expression.words[node].latex
        if name == "outer" and called_name(node.args[1]) == "conj":
            return product(self.visit(node.args[0]), self._row(node.args[1], Piece("")))
        if form is exponential:
            exponent = self.visit(node.args[0])
            return exponential(replace(exponent, text=self._exponent(node.args[0])))
        return form(*(self.visit(argument) for argument in node.args))

    def _differential(self, node: ast.Call) -> Piece:
        return differential(self.visit(node.args[0]))

    def _partial(self, node: ast.Call) -> Piece:
        """Set a partial derivative as a fraction, with a long function behind it."""
        if primed := self._primed(node):
            return primed
        body, *targets = node.args
        piece, order = self.visit(body), "" if len(targets) == 1 else "^{2}"
        under = "".join(rf"\partial {self.visit(target).text}" for target in targets)
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
        kind = self.expression.variables.get(called_name(body))
        if not isinstance(body, ast.Call) or kind is not Kind.FUNCTION:
            return None
        argument = body.args[0]
        if not isinstance(argument, ast.Name) or {ast.dump(x) for x in by} != {ast.dump(argument)}:
            return None
        marks = "'" * len(by) if len(by) < 4 else f"^{{({len(by)})}}"
        return called(letter(called_name(body)) + marks)(self.visit(argument))

    def _second(self, first: ast.expr, second: ast.expr) -> str:
        """Set the denominator of a second derivative."""
        one, other = self.visit(first), self.visit(second)
        if self.kind(second) is Kind.VECTOR:
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
            rows.append(" & ".join(self.visit(entry).text for entry in entries))
        return Piece(r"\begin{pmatrix} " + r" \\ ".join(rows) + r" \end{pmatrix}")

    # Sums and products over an index

    def _series(self, node: ast.Call) -> Piece:
        symbol, argument = BIG[called_name(node)], node.args[0]
        if isinstance(argument, ast.GeneratorExp):
            piece = self.visit(argument.elt)
            for loop in reversed(argument.generators):
                piece = series(symbol, *self._limits(loop), piece)
            return piece
        indices = self.letters[: self.kind(argument).rank]
        return series(symbol, "".join(indices), "", self._entry(argument, indices))

    def _limits(self, loop: ast.comprehension) -> tuple[str, str]:
        """Return the limits below and above the sign: range(n) ends at n - 1."""
        assert isinstance(loop.iter, ast.Call)
        if loop.ifs:
            assert isinstance(loop.ifs[0], ast.Compare)
            other = self.visit(loop.ifs[0].comparators[0]).text
            return rf"{self.visit(loop.target).text} \neq {other}", ""
        *start, end = loop.iter.args
        first = self.visit(start[0]).text if start else "0"
        return f"{self.visit(loop.target).text}={first}", self._last(end)

    def _last(self, end: ast.expr) -> str:
        """Return the number before the end of a range."""
        if isinstance(end, ast.Constant):
            return str(int(str(end.value)) - 1)
        if isinstance(end, ast.BinOp) and isinstance(end.right, ast.Constant):
            shift = end.right.value if isinstance(end.op, ast.Add) else -int(str(end.right.value))
            rest = int(str(shift)) - 1
            left = self.visit(end.left).text
            return f"{left} {'+' if rest > 0 else '-'} {abs(rest)}" if rest else left
        return f"{self.visit(end).text} - 1"

    def _entry(self, node: ast.expr, indices: Sequence[str]) -> Piece:
        """Set an entry of a vector or matrix, the index as far inside as it goes."""
        if self.kind(node).rank == 0:
            return self.visit(node)
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
        return indexed(self.visit(node), _join(list(indices)))


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
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)


def _divides(node: ast.expr) -> TypeGuard[ast.BinOp]:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)


def _join(indices: list[str]) -> str:
    # Write indices next to each other, with commas where one is more than a letter.
    if all(len(index) == 1 and index != ":" for index in indices):
        return "".join(indices)
    return (r",\, " if any(" " in index for index in indices) else ",").join(indices)
