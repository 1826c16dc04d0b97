r"""A call of others in the words of the notation.

>>> print(call_of(Token("expm1", 1), [Node("name", ("x",), 7)]))
(sub (call exp x) 1)
"""

import ast
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NoReturn

from autodiff_notes.dialects.spellings import MEANINGS
from autodiff_notes.dialects.tokens import Token
from autodiff_notes.dialects.trees import Node, call
from autodiff_notes.notation import NotationError

__all__ = ["call_of"]

_SIGNS = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "had", ast.Div: "eldiv", ast.MatMult: "at", ast.Pow: "elpow"}  # fmt: skip


def call_of(name: Token, arguments: Sequence[Node], *, latex: bool = False) -> Node:
    """Return a word with its arguments, whatever others call it.

    Raises
    ------
    NotationError
        If it takes fewer arguments, or more.
    """
    text, column = name.text, name.column
    # np.max(x, 0) and x.max(0) are along an axis.
    of_two = {"maximum"} if name.module else {"maximum", "max", "min"}
    if text in of_two and len(arguments) == 2:
        others = [argument for argument in arguments if argument.parts != ("0",)]
        if text.startswith("max") and len(others) < len(arguments):
            return call(column, "relu", (others or arguments)[0])
        return call(column, f"{text[:3]}imum", *arguments)
    if text == "vec" and latex:
        note = "vec was read row by row, as flatten does"
        return Node("noted", (call(column, "vec", *arguments), note), column)
    if text not in MEANINGS:
        return _of_vectors(call(column, text, *arguments), name)
    means = MEANINGS[text].means
    wanted = len(set(re.findall(r"\{\d\}", means)))
    more = arguments[wanted:]
    takes = f"{text} takes {wanted} argument{'s' * (wanted > 1)}"
    if len(arguments) < wanted:
        _fail(name, takes)
    meant = ast.parse(re.sub(r"[{}]", "_", means), mode="eval").body
    filled = _filled(meant, arguments, column)
    if filled.op == "call":  # what else was said goes to the outermost word
        filled = replace(filled, parts=(*filled.parts, *more))
    elif more and not (
        text in {"t", "transpose"} and all(part.op in {"num", "neg"} for part in more)
    ):
        _fail(name, f"{takes} here")
    return _of_vectors(filled, name)


def _of_vectors(node: Node, name: Token) -> Node:
    """Return a call, which some libraries read otherwise where it has a matrix."""
    entries = name.text == "vector_norm" or (name.text == "norm" and name.module in {"torch", "."})
    given = [part.parts[1] if part.op == "keyword" else part for part in node.parts[2:]]
    problem = ""
    if entries and any(part.parts not in {("fro",), ("nuc",)} for part in given):
        problem = "this is a norm of all entries of a matrix: write norm(A), or sum(abs(A))"
    elif name.text == "inner" and name.module in {"np", "numpy", "jnp"}:
        problem = "of matrices this is A @ B.T"
    return Node("vectors", (node, problem), name.column) if problem else node


def _filled(means: ast.expr, arguments: Sequence[Node], column: int) -> Node:
    """Return the meaning of a word, with its arguments in their places."""

    def filled(*parts: ast.expr) -> tuple[Any, ...]:
        return tuple(_filled(part, arguments, column) for part in parts)

    match means:
        case ast.Name(place):
            return arguments[int(place.strip("_"))]
        case ast.Constant(number):
            op, parts = "num", (str(number),)
        case ast.Call(ast.Name(word), inner):
            op, parts = "call", (word, *filled(*inner))
        case ast.BinOp(left, sign, right):
            op, parts = _SIGNS[type(sign)], filled(left, right)
        case ast.UnaryOp(ast.USub(), part):
            op, parts = "neg", filled(part)
        case ast.Attribute(part, "mT"):
            op, parts = "T", filled(part)
    return Node(op, parts, column)


def _fail(name: Token, problem: str) -> NoReturn:
    raise NotationError(problem, column=name.column)
