"""Trees of formulas, in which products are still of no kind.

>>> product = Node("juxt", (Node("name", ("A",), 1), Node("name", ("x",), 3)), 3)
>>> print(product)
(juxt A x)
>>> names(product)
['A', 'x']
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["Node", "call", "names", "walk"]


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

    def __str__(self) -> str:
        """Return the tree in parentheses."""
        if self.op in {"name", "num"}:
            return str(self.parts[0])
        return f"({self.op} {' '.join(map(_shown, self.parts))})"


def _shown(part: object) -> str:
    return f"[{' '.join(map(_shown, part))}]" if isinstance(part, tuple) else str(part)


def call(column: int, name: str, *arguments: Any) -> Node:
    """Return a word with its arguments."""
    return Node("call", (name, *arguments), column)


def walk(node: object, bound: tuple[str, ...] = ()) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """Yield every node with the indices that run where it stands."""
    if isinstance(node, tuple):
        for part in node:
            yield from walk(part, bound)
    if not isinstance(node, Node):
        return
    if node.op == "series":
        bound = (*bound, *node.parts[1])
    elif node.op == "terms":
        bound = (*bound, *(loop[0] for loop in node.parts[1]))
    yield node, bound
    if node.op == "keyword":
        return
    for part in node.parts:
        yield from walk(part, bound)


def names(*parts: object) -> list[str]:
    """Return the names in parts of a formula, each as often as it stands there."""
    return [node.parts[0] for node, _ in walk(parts) if node.op == "name"]
