"""Mistakes that people make in formulas, made in a syntax tree.

>>> for mistake in mistakes("-2 * X.mT @ (A + B)", {"X": "M", "A": "M", "B": "M"}):
...     print(f"{mistake.kind}: {mistake.text}")
a thousandth off: 1.001 * (-2 * X.mT @ (A + B))
not transposed: (-2 * X.mT @ (A + B)).mT
sign: -2 * X.mT @ (A - B)
sign: 2 * X.mT @ (A + B)
factor dropped: -2 * X.mT
factor dropped: A + B
factor dropped: X.mT @ (A + B)
transpose dropped: -2 * X @ (A + B)
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from types import MappingProxyType
from typing import NamedTuple

from autodiff_notes.notation import Expression, NotationError, read

__all__ = ["KINDS", "Mistake", "mistakes"]

KINDS = (
    "a thousandth off",
    "not transposed",
    "sign",
    "factor dropped",
    "transpose dropped",
    "order of outer",
)


class Mistake(NamedTuple):
    """A wrong formula, and what is wrong with it."""

    kind: str
    text: str


def mistakes(
    text: str,
    variables: Mapping[str, str],
    definitions: Mapping[str, Expression] = MappingProxyType({}),
) -> Iterator[Mistake]:
    """Yield formulas with one mistake each that are still formulas of the same kind."""
    right = read(text, variables, definitions)
    for mistake in dict.fromkeys(_written(right)):
        try:
            wrong = read(mistake.text, variables, definitions)
        except NotationError:
            continue
        if wrong.kind.rank == right.kind.rank:
            yield mistake


def _written(right: Expression) -> Iterator[Mistake]:
    """Yield what mistakes make of a formula, whether it can be read or not."""
    source = right.source.strip()
    yield Mistake("a thousandth off", f"1.001 * ({source})")
    if right.kind == "M":
        yield Mistake("not transposed", f"({source}).mT")
    terms = [node for node in ast.walk(right.tree) if _is_sum(node)]
    if not terms and not any(isinstance(n, ast.UnaryOp) for n in ast.walk(right.tree)):
        yield Mistake("sign", f"-({source})")
    for kind, change in (
        ("sign", _other_sign),
        ("factor dropped", _right_factor_dropped),
        ("factor dropped", _left_factor_dropped),
        ("transpose dropped", _transpose_dropped),
        ("order of outer", _outer_turned),
    ):
        for place in range(sum(1 for _ in ast.walk(right.tree))):
            changed = _changed(right.tree, place, change)
            if changed is not None:
                yield Mistake(kind, ast.unparse(changed))


def _changed(
    tree: ast.expr, place: int, change: Callable[[ast.AST], ast.expr | None]
) -> ast.expr | None:
    """Return a copy of a tree where one node has changed, if the change applies to it."""
    copy = deepcopy(tree)
    nodes = list(ast.walk(copy))
    new = change(nodes[place])
    if new is None:
        return None
    if place == 0:
        return new
    for parent in nodes:
        for name, value in ast.iter_fields(parent):
            if value is nodes[place]:
                setattr(parent, name, new)
            elif isinstance(value, list) and nodes[place] in value:
                value[value.index(nodes[place])] = new
    return copy


def _is_sum(node: ast.AST) -> bool:
    """Return whether a node adds or subtracts."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)


def _other_sign(node: ast.AST) -> ast.expr | None:
    """Return a sum as a difference, a difference as a sum, and no minus for a minus."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return node.operand
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return ast.BinOp(node.left, ast.Sub(), node.right)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
        return ast.BinOp(node.left, ast.Add(), node.right)
    return None


def _is_product(node: ast.AST) -> bool:
    """Return whether a node multiplies or divides."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.MatMult | ast.Div)


def _right_factor_dropped(node: ast.AST) -> ast.expr | None:
    """Return a product or a quotient without what is on the right."""
    return node.left if isinstance(node, ast.BinOp) and _is_product(node) else None


def _left_factor_dropped(node: ast.AST) -> ast.expr | None:
    """Return a product without what is on the left."""
    if not isinstance(node, ast.BinOp) or not _is_product(node) or isinstance(node.op, ast.Div):
        return None
    return node.right


def _transpose_dropped(node: ast.AST) -> ast.expr | None:
    """Return a matrix without its transpose."""
    return node.value if isinstance(node, ast.Attribute) else None


def _outer_turned(node: ast.AST) -> ast.expr | None:
    """Return an outer product in the other order."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return None
    if node.func.id != "outer" or ast.dump(node.args[0]) == ast.dump(node.args[1]):
        return None
    return ast.Call(node.func, node.args[::-1], [])
