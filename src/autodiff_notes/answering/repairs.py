# ruff: noqa: PLR0912 - a case for each kind of change
"""What a wrong line would need to be right: a transpose, a sign, a factor, or a term less.

Each repair is one change of the line, as text; whether it repairs is for a run to say.

>>> from autodiff_notes.notation import read
>>> for words, text in repairs(read("2 * A @ x", {"A": "M", "x": "v"})):
...     print(f"{text}: {words}")
2 * A.mT @ x: a transpose of A
(2 * A).mT @ x: a transpose of 2 * A
-(2 * A @ x): the other sign
2 * (2 * A @ x): a factor of 2
(2 * A @ x) / 2: a factor of 1/2
3 * A @ x: a factor of 3 in place of 2
1 * A @ x: a factor of 1 in place of 2
4 * A @ x: a factor of 4 in place of 2
x @ (2 * A): the factors of 2 * A @ x the other way round
2 * sym(A) @ x: the symmetric part of A: the term with its transpose is missing
2 * inv(A) @ x: the inverse of A
"""

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy

from autodiff_notes.notation import Expression, Kind
from autodiff_notes.notation.coding import Copier
from autodiff_notes.notation.reading import called_name

__all__ = ["repairs", "summands"]


class _Replace(Copier):
    """Copies a tree with another node in one place."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """Return the copy of a node."""
        copied: ast.AST = self.new if node is self.old else super().visit(node)
        return copied


def repairs(expression: Expression) -> Iterator[tuple[str, str]]:
    """Yield what is changed, in words, and the changed text; what is likeliest comes first."""
    tree = expression.tree
    # The transpose of a differential, or of what is inverted, is that of a factor around it.
    inside = {
        id(n) for call in ast.walk(tree) if called_name(call) in {"d", "inv"} for n in _below(call)
    }
    nodes = [n for n in ast.walk(tree) if isinstance(n, ast.expr) and id(n) not in inside]
    matrices = [node for node in nodes if expression.kinds.get(node) is Kind.MATRIX]
    places = sorted(matrices, key=lambda node: not isinstance(node, ast.Name | ast.Attribute))
    terms = list(_terms(tree))
    whole = ast.unparse(tree)

    def changed(old: ast.AST, new: ast.AST) -> str:
        return ast.unparse(ast.fix_missing_locations(_Replace(old, new).visit(tree)))

    turned = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in places:
        if isinstance(node, ast.Attribute):
            yield f"no transpose of {ast.unparse(node.value)}", changed(node, node.value)
        elif id(node) not in turned:
            new = ast.Attribute(deepcopy(node), "mT", ast.Load())
            yield f"a transpose of {ast.unparse(node)}", changed(node, new)
    yield "the other sign", f"-({whole})"
    if len(terms) > 1:
        for node, sum_ in terms:
            yield f"the other sign of {ast.unparse(node)}", _signed(node, sum_, changed)
    yield "a factor of 2", f"2 * ({whole})"
    yield "a factor of 1/2", f"({whole}) / 2"
    for leaf in ast.walk(tree):
        if isinstance(leaf, ast.Constant) and isinstance(leaf.value, int):
            for value in dict.fromkeys((leaf.value + 1, leaf.value - 1, 2 * leaf.value)):
                words = f"a factor of {value} in place of {leaf.value}"
                yield words, changed(leaf, ast.Constant(value))
    if len(terms) > 1:
        for node, _ in terms:
            text = ast.unparse(node)
            yield f"a factor of 2 of {text}", changed(node, _doubled(node))
            yield f"a factor of 1/2 of {text}", changed(node, _halved(node))
        for node, sum_ in terms:
            yield f"{ast.unparse(node)} is a term too many", changed(sum_, _without(node, sum_))
    for part in ast.walk(tree):
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.MatMult):
            yield (
                f"the factors of {ast.unparse(part)} the other way round",
                changed(part, ast.BinOp(part.right, ast.MatMult(), part.left)),
            )
        elif isinstance(part, ast.Call) and called_name(part) == "inv":
            words = f"{ast.unparse(part.args[0])} in place of its inverse"
            yield words, changed(part, part.args[0])
    for place in places:
        if isinstance(place, ast.Name):
            symmetric = ast.Call(ast.Name("sym", ast.Load()), [place], [])
            words = f"the symmetric part of {place.id}: the term with its transpose is missing"
            yield words, changed(place, symmetric)
            inverse = ast.Call(ast.Name("inv", ast.Load()), [place], [])
            yield f"the inverse of {place.id}", changed(place, inverse)


def _below(node: ast.AST) -> Iterator[ast.AST]:
    return (part for child in ast.iter_child_nodes(node) for part in ast.walk(child))


def _terms(tree: ast.expr) -> Iterator[tuple[ast.expr, ast.BinOp]]:
    """Yield the terms of every sum, with the smallest sum in which each stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            for part in (node.left, node.right):
                if not (isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add | ast.Sub)):
                    yield part, node


def summands(tree: ast.expr) -> list[ast.expr]:
    """Return the terms of a sum, also of one under a sign."""
    if isinstance(tree, ast.UnaryOp):
        return summands(tree.operand)
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Add | ast.Sub):
        return [*summands(tree.left), *summands(tree.right)]
    return [tree]


def _signed(node: ast.expr, whole: ast.BinOp, changed: Callable[[ast.AST, ast.AST], str]) -> str:
    """Return a text in which one term has the other sign."""
    if node is whole.right:
        op = ast.Sub() if isinstance(whole.op, ast.Add) else ast.Add()
        return changed(whole, ast.BinOp(whole.left, op, whole.right))
    return changed(node, ast.UnaryOp(ast.USub(), node))


def _without(node: ast.expr, whole: ast.BinOp) -> ast.expr:
    if node is whole.right:
        return whole.left
    return whole.right if isinstance(whole.op, ast.Add) else ast.UnaryOp(ast.USub(), whole.right)


def _doubled(node: ast.expr) -> ast.expr:
    return ast.BinOp(ast.Constant(2), ast.Mult(), node)


def _halved(node: ast.expr) -> ast.expr:
    return ast.BinOp(node, ast.Div(), ast.Constant(2))
