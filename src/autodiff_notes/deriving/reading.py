"""From the notation to terms.

>>> from autodiff_notes.deriving.terms import algebra, num, var
>>> with algebra():
...     n = var("n")
...     read_term("x @ A.mT @ (x + x)", {"x": var("x", (n,)), "A": var("A", (n, n))})
2 * (x @ A @ x)
"""

import ast
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from autodiff_notes.deriving import terms
from autodiff_notes.deriving.outcome import NotSupported
from autodiff_notes.deriving.terms import Term

__all__ = ["read_term", "tree_of"]


@cache
def tree_of(source: str) -> ast.expr:
    """Return the syntax tree of a text, read once."""
    return ast.parse(source.strip().replace("\n", " "), mode="eval").body


def read_term(
    source: str | ast.expr,
    names: Mapping[str, Term],
    *,
    lifted: bool = False,
    differential: Callable[[Term], Term] = terms.d,
) -> Term:
    """Return the term that a text in the notation means.

    Parameters
    ----------
    source : str or ast.expr
        What :func:`autodiff_notes.notation.read` accepts.
    names : dict of str to Term
        The variables and the sizes.
    lifted : bool
        Whether a number plus a vector is meant entry by entry, as in the rule of a function that
        is applied to every entry.
    differential : callable
        What ``d`` means.
    """
    tree = tree_of(source) if isinstance(source, str) else source
    return _Reader(dict(names), lifted, differential).read(tree)


class _Reader:
    """Walks a tree."""

    def __init__(
        self, names: dict[str, Term], lifted: bool, differential: Callable[[Term], Term]
    ) -> None:
        self.names, self.lifted, self.d = names, lifted, differential

    def read(self, node: ast.expr) -> Term:
        """Return the term of a node."""
        method = getattr(self, f"_{type(node).__name__.lower()}")
        term: Term = method(node)
        return term

    def _constant(self, node: ast.Constant) -> Term:
        if node.value == 1j:
            return terms.make("const", ("1j",), ())
        return terms.num(node.value if type(node.value) is int else Fraction(str(node.value)))

    def _name(self, node: ast.Name) -> Term:
        return self.names.get(node.id) or terms.make("const", (node.id,), ())

    def _unaryop(self, node: ast.UnaryOp) -> Term:
        return terms.neg(self.read(node.operand))

    def _binop(self, node: ast.BinOp) -> Term:
        left, right = self.read(node.left), self.read(node.right)
        match node.op:
            case ast.Add() | ast.Sub():
                return self._sum(left, right if isinstance(node.op, ast.Add) else terms.neg(right))
            case ast.Mult():
                return terms.times(left, right)
            case ast.Div():
                return terms.times(left, terms.power(right, terms.num(-1)))
            case ast.Pow():
                return terms.power(left, right)
            case _:
                return terms.matmul(left, right)

    def _sum(self, left: Term, right: Term) -> Term:
        if self.lifted and left.rank != right.rank:
            shape = max(left.shape, right.shape, key=len)
            left, right = (
                t if t.rank else terms.times(t, terms.ones(*shape)) for t in (left, right)
            )
        return terms.add(left, right)

    def _attribute(self, node: ast.Attribute) -> Term:
        turned = terms.transpose(self.read(node.value))
        return terms.conj(turned) if node.attr == "mH" else turned

    def _subscript(self, node: ast.Subscript) -> Term:
        places = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return terms.index(self.read(node.value), tuple(map(self._place, places)))

    def _place(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Slice):
            ends = (node.lower, node.upper)
            return tuple(self.read(end) if end is not None else None for end in ends)
        return self.read(node)

    def _call(self, node: ast.Call) -> Term:
        assert isinstance(node.func, ast.Name)
        word = node.func.id
        if word in {"sum", "prod"} and isinstance(node.args[0], ast.GeneratorExp):
            return self._generator(node.args[0], word)
        if word == "block":
            rows = [[self.read(e) for e in row.elts] for row in node.args[0].elts]  # type: ignore[attr-defined]
            return terms.block(rows)
        if word == "array":
            return self._array(node.args[0])
        if word == "D":
            raise NotSupported(
                "D(...) in a function: derive the function that it differentiates instead, "
                "and take .hvp() or hessian(...) for second derivatives"
            )
        if word in self.names:
            raise NotSupported(
                f"{word} is a function without a formula, so its derivative has no name; "
                "write it in words of the vocabulary"
            )
        arguments = [self.read(argument) for argument in node.args]
        return self.d(arguments[0]) if word == "d" else terms.call(word, *arguments)

    def _array(self, node: ast.expr) -> Term:
        assert isinstance(node, ast.List)
        if isinstance(node.elts[0], ast.List):
            rows = tuple(tuple(self.read(e) for e in row.elts) for row in node.elts)  # type: ignore[attr-defined]
            shape = (terms.num(len(rows)), terms.num(len(rows[0])))
            return terms.make("array", (rows,), shape)
        entries = tuple(self.read(e) for e in node.elts)
        return terms.make("array", (entries,), (terms.num(len(entries)),))

    def _generator(self, node: ast.GeneratorExp, word: str) -> Term:
        outside = dict(self.names)
        ranges = []
        for loop in node.generators:
            letter = loop.target.id  # type: ignore[attr-defined]
            ends = [self.read(end) for end in loop.iter.args]  # type: ignore[attr-defined]
            start, stop = ends if len(ends) == 2 else (terms.num(0), ends[0])
            (i,) = terms.fresh(letter, *self.names.values())
            self.names[letter] = i
            but = self.read(loop.ifs[0].comparators[0]) if loop.ifs else None  # type: ignore[attr-defined]
            ranges.append((i, start, stop, but))
        body = self.read(node.elt)
        over = terms.sigma if word == "sum" else terms.product_over
        for bounds in reversed(ranges):
            body = over(body, *bounds)
        self.names = outside
        return body
