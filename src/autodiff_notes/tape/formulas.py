"""A formula that somebody typed, computed on the tape.

Python's own parser reads it, and a white list of syntax is walked: numbers, names, and the
operators and functions of the tape. Nothing that was typed is ever run as code.

>>> result, names = compute("x*log(x) + sin(x*y)", "x = 1, y = 2")
>>> print(f"{result.value:.4f}", *(names[node] for node in engine.history(result)))
0.9093 x y v1 v2 v3 v4 v5
>>> compute("x*ln(x)", "x = 1")
Traceback (most recent call last):
  ...
autodiff_notes.tape.formulas.FormulaError: column 3: there is no function ln; there are cos, det, exp, ...
"""

import ast
import math
import re
import sys
import warnings
from collections.abc import Container, Iterable, Iterator
from itertools import count
from typing import Any

from . import engine
from .engine import Value, Variable
from .matrices import Matrix

__all__ = ["FormulaError", "compute", "text_of", "written"]

SHOWN = 40  # characters of a piece in an error, which has one line on a phone
LENGTH = 1000  # characters of a formula: what is typed by hand, or comes with a shared address
NESTING = 40  # brackets in brackets, and signs in a row; Python's own parser takes 200 at most
OPERATIONS = 250  # of a formula: drawn within some three seconds in a browser
ENTRIES = 36  # of a matrix, 6 by 6, the widest that a box of the drawing holds on a phone

MINUS = "\N{MINUS SIGN}"
# As mathematics is printed, on these pages too; each is one character, so columns stay.
SIGNS = str.maketrans({MINUS: "-", "\N{MIDDLE DOT}": "*", "\N{MULTIPLICATION SIGN}": "*"})
CONSTANTS = {"pi": math.pi}
# For each operation, as the reader's signs call it, the arguments of its rows in the table:
# whether each is a matrix.
TAKES: dict[str, list[tuple[bool, ...]]] = {}
for form in engine.OPERATIONS:
    letters = re.findall(r"\b[abAB]\b", form)
    common = form.replace("A", "a").replace("B", "b")
    TAKES.setdefault(common, []).append(tuple(letter.isupper() for letter in letters))
FUNCTIONS = {form.partition("(")[0]: form for form in TAKES if "(" in form}
OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "a + b",
    ast.Sub: "a - b",
    ast.Mult: "a * b",
    ast.Div: "a / b",
    ast.Pow: "a ** b",
    ast.MatMult: "a @ b",
    ast.USub: "-a",
}
HINTS: dict[type[ast.AST], str] = {
    ast.Attribute: "the one attribute is the transpose, X.T",
    ast.BitXor: "a power is written x**2",
    ast.Compare: "one side of an equation is a formula, the equation is none",
    ast.Tuple: "a comma stands only between the arguments of a function",
}
# How an error of Python's parser begins, and what is said instead.
SYNTAX = {
    "invalid decimal literal": "a product is written 2*x",
    "invalid syntax. Maybe you meant": "invalid syntax",
    "cannot assign to": "only the right side of an equation is typed, x*x and not f(x) = x*x",
    "positional argument follows": "a comma ends a value: x = 1000, y = 0.5",
    "leading zeros": "a number begins with 0 only as in 0.5",
}


class FormulaError(ValueError):
    """What is wrong with a formula or a point, in words, with the column where there is one."""


def compute(formula: str, point: str) -> tuple[Variable, dict[Variable, str]]:
    """Compute a formula at a point.

    Parameters
    ----------
    formula : str
        An expression. Parts of it can be given a name first: ``"s = x + y; inner(s, s)"``.
    point : str
        A value for each input: ``"x = 1, X = [[2, 1], [0, 3]]"``. A plain list is a column.

    Returns
    -------
    tuple of Variable and dict
        The result, and a name for everything that it was computed from: an input's own, a number
        as it was typed, or ``v1``, ``v2`` and so on.

    Raises
    ------
    FormulaError
        If the formula or the point cannot be read, or if there is no value.
    """
    formula = formula.translate(SIGNS)
    reader = Reader(formula)
    try:
        for name, value in inputs(point).items():
            reader.name(Variable(value), name)
    except FormulaError as error:
        raise FormulaError(f"in the point, {error}") from None
    body = parse(formula).body
    if not body:
        raise FormulaError("the formula is missing: an expression, such as x*log(x)")
    if not isinstance(body[-1], ast.Expr):
        raise reader.last(body[-1])
    for part in body[:-1]:
        reader.define(part)
    result = reader.visit(body[-1].value)
    if isinstance(result.value, Matrix):
        rows, columns = result.value.shape
        raise FormulaError(
            f"the result is a {rows} by {columns} matrix, and a sweep starts at a number: "
            "tr(...) and inner(...) make one"
        )
    if not result.requires_grad:
        raise FormulaError("no input occurs in the formula, so there is no derivative")
    return result, with_numbered(reader.names, engine.history(result))


def parse(text: str, before: int = 0) -> ast.Module:
    """Return the syntax tree of a text that is neither long nor deep."""
    if len(text) > LENGTH:
        raise FormulaError(f"{len(text):,} characters are too many: up to {LENGTH:,} are read")
    depth = deepest = 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        deepest = max(deepest, depth)
    if deepest > NESTING or re.search(rf"([-+~]\s*){{{NESTING}}}", text):
        raise FormulaError(f"nested too deep: up to {NESTING} brackets in brackets are read")
    try:
        with warnings.catch_warnings(action="error"):  # Python reads 1or x, with a warning
            tree = ast.parse(text.replace("\n", " ").lstrip())
    except SyntaxError as error:
        column = (error.offset or 1) + len(text) - len(text.lstrip()) - before
        instead = (words for start, words in SYNTAX.items() if error.msg.startswith(start))
        said = next(instead, error.msg.rstrip(".?"))
        raise FormulaError(f"column {max(column, 1)}: {said}") from None
    except (ValueError, MemoryError, RecursionError):
        raise FormulaError("this cannot be read as a formula") from None
    counted = (ast.BinOp, ast.UnaryOp, ast.Call, ast.Attribute, ast.Assign)
    size = sum(isinstance(node, counted) for node in ast.walk(tree))
    if size > OPERATIONS:
        raise FormulaError(f"{size} operations are too many to draw: up to {OPERATIONS} are read")
    return tree


def inputs(point: str) -> dict[str, Value]:
    """Return the value of each input."""
    call = "p("
    text = f"{call}{point})".translate(SIGNS)
    tree = parse(text, before=len(call))
    reader = Reader(text, before=len(call))
    match tree.body:
        case [ast.Expr(ast.Call(func=ast.Name(), args=[], keywords=keywords))] if keywords:
            found: dict[str, Value] = {}
            for keyword in keywords:
                if keyword.arg is None or keyword.arg in FUNCTIONS | CONSTANTS:
                    raise reader.error(keyword, f"{keyword.arg or '**'} cannot be an input")
                if keyword.arg in found:
                    raise reader.error(keyword, f"{keyword.arg} has two values")
                found[keyword.arg] = reader.visit(keyword.value).value
            return found
    raise FormulaError("each input has a value: x = 1, y = 2")


class Reader(ast.NodeVisitor):
    """Walks a syntax tree and computes on the tape; what has no method here is refused.

    Parameters
    ----------
    text : str
        The source of the tree.
    before : int
        How many characters stand before what was typed.
    """

    def __init__(self, text: str, before: int = 0) -> None:
        self.text = text
        self.before = before
        self.known: dict[str, Variable] = {}
        self.names: dict[Variable, str] = {}

    def name(self, variable: Variable, name: str) -> None:
        self.known[name] = variable
        self.names.setdefault(variable, name)

    def define(self, part: ast.stmt) -> None:
        """Compute a part that is given a name."""
        match part:
            case ast.Assign(targets=[ast.Name(id=name)]):
                if name in self.known or name in FUNCTIONS | CONSTANTS:
                    raise self.error(part, f"{name} has a meaning already")
                self.name(self.visit(part.value), name)
            case _:
                raise self.error(part, "before the formula, parts are named: s = x + y; s*s")

    def last(self, part: ast.stmt) -> FormulaError:
        """Return the error for a last part that is no formula."""
        match part:
            case ast.Assign(targets=[ast.Name(id=name)]):
                return self.error(
                    part, f'the formula is the right side alone; leave out "{name} ="'
                )
        return self.error(part, "here belongs an expression, such as x*log(x)")

    # The white list

    def generic_visit(self, node: ast.AST) -> Variable:
        """Refuse what is not on the white list."""
        kinds = (type(node), type(getattr(node, "op", None)))
        hint = next((HINTS[kind] for kind in kinds if kind in HINTS), "")
        raise self.error(node, f"{self.source(node)} is not read here" + (hint and f"; {hint}"))

    def visit_Constant(self, node: ast.Constant) -> Variable:
        if type(node.value) not in {int, float}:
            return self.generic_visit(node)
        return self.constant(node.value, self.source(node), node)

    def visit_Name(self, node: ast.Name) -> Variable:
        """Return the value of a name."""
        if node.id in CONSTANTS:
            return self.constant(CONSTANTS[node.id], node.id, node)
        if node.id in FUNCTIONS:
            raise self.error(node, f"{node.id} is a function: {node.id}(...)")
        if node.id not in self.known:
            known = ", ".join(self.known) or "none"
            raise self.error(
                node, f"{self.source(node)} has no value; the names with a value: {known}"
            )
        return self.known[node.id]

    def visit_List(self, node: ast.List) -> Variable:
        """Return a matrix from its rows, or a column from its entries."""
        rows = [row.elts if isinstance(row, ast.List) else [row] for row in node.elts]
        entries = [[self.visit(entry).value for entry in row] for row in rows]
        if sum(map(len, entries)) > ENTRIES:
            raise self.error(node, f"up to {ENTRIES} entries fit on the page")
        if any(isinstance(entry, Matrix) for row in entries for entry in row):
            raise self.error(node, "an entry of a matrix is a number")
        try:
            return self.constant(Matrix(entries), self.source(node), node)
        except TypeError as error:
            raise self.error(node, str(error)) from None

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Variable:
        """Return the value with its sign; a number that was typed keeps its own."""
        if isinstance(node.op, ast.UAdd):
            return self.visit(node.operand)  # type: ignore[no-any-return]
        match node.op, node.operand:
            case ast.USub(), ast.Constant(value=int() | float() as number):
                return self.constant(-number, f"({self.source(node)})", node)
        return self.apply(node, OPERATORS.get(type(node.op)), node.operand)

    def visit_BinOp(self, node: ast.BinOp) -> Variable:
        return self.apply(node, OPERATORS.get(type(node.op)), node.left, node.right)

    def visit_Attribute(self, node: ast.Attribute) -> Variable:
        return self.apply(node, "a.T", node.value) if node.attr == "T" else self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> Variable:
        """Return the value of a function."""
        if not isinstance(node.func, ast.Name) or node.keywords:
            return self.generic_visit(node)
        word = node.func.id
        if word not in FUNCTIONS:
            words = ", ".join(sorted(FUNCTIONS))
            raise self.error(node, f"there is no function {word}; there are {words}")
        wanted = FUNCTIONS[word].count(",") + 1
        if len(node.args) != wanted:
            number = "one argument" if wanted == 1 else "two arguments"
            raise self.error(node, f"{word} takes {number}, not {len(node.args)}")
        return self.apply(node, FUNCTIONS[word], *node.args)

    def constant(self, value: Any, name: str, node: ast.AST) -> Variable:
        """Return a number or a matrix that was typed."""
        if not isinstance(value, Matrix) and abs(value) > sys.float_info.max:
            raise self.error(node, "this number is too large")
        variable = Variable(value, requires_grad=False)
        self.names[variable] = name
        return variable

    def apply(self, node: ast.AST, form: str | None, *operands: ast.expr) -> Variable:
        """Return the result of an operation, if the tape has it."""
        if not form:
            return self.generic_visit(node)
        # By map, which adds no frame: 250 operations, each within the next, stay within Python's
        # recursion limit of a thousand.
        arguments: list[Variable] = list(map(self.visit, operands))
        kinds = tuple(isinstance(argument.value, Matrix) for argument in arguments)
        if kinds not in TAKES[form]:
            raise self.error(node, f"{self.source(node)}: {takes(form, kinds)}")
        try:
            return engine.apply(form, *arguments)
        except TypeError as error:
            raise self.error(node, f"{self.source(node)}: {error}") from None
        except ArithmeticError as error:
            problem = "is too large" if isinstance(error, OverflowError) else "is not defined"
            values = dict.fromkeys(
                f"{self.source(operand)} = {text_of(argument.value)}"
                for operand, argument in zip(operands, arguments, strict=True)
                if argument.form or argument.requires_grad  # a number that was typed says it all
            )
            where = f" at {' and '.join(values)}" if values else ""
            raise self.error(node, f"{self.source(node)} {problem}{where}") from None

    def source(self, node: ast.AST) -> str:
        """Return a piece of the formula as it was typed, cut if it is long."""
        text = self.text.replace("\n", " ").lstrip()
        piece = ast.get_source_segment(text, node) or type(node).__name__
        return piece if len(piece) <= SHOWN else piece[: SHOWN - 3] + "..."

    def error(self, node: ast.AST, message: str) -> FormulaError:
        """Return the error at a piece, with its column."""
        typed = self.text.encode()
        skipped = len(typed) - len(typed.lstrip())
        offset = len(typed[: skipped + getattr(node, "col_offset", 0)].decode())
        return FormulaError(f"column {offset - self.before + 1}: {message}")


def takes(form: str, kinds: tuple[bool, ...]) -> str:
    """Say what an operation takes, and that it is not this.

    >>> takes("a + b", (True, False))
    '+ takes two numbers or two matrices, not a matrix and a number'
    """
    sign = re.sub(r"\b[ab]\b|[(), ]", "", form)
    if sign == "*":
        return "two matrices multiply with @"
    wanted = " or ".join(map(in_words, TAKES[form]))
    return f"{sign} takes {wanted}, not {in_words(kinds)}"


def in_words(kinds: tuple[bool, ...]) -> str:
    """Return the kinds of some arguments, each a matrix or not, as words."""
    match kinds:
        case (first, second) if first == second:
            return "two matrices" if first else "two numbers"
    return " and ".join("a matrix" if matrix else "a number" for matrix in kinds)


def free(names: Iterable[str], taken: Container[str]) -> Iterator[str]:
    return (name for name in names if name not in taken)


def with_numbered(names: dict[Variable, str], nodes: list[Variable]) -> dict[Variable, str]:
    """Return a name for each of these: its own, or else v and a number that is free."""
    taken = set(names.values())
    unused = free(map("v{}".format, count(1)), taken)
    return {node: names.get(node) or next(unused) for node in nodes}


def written(form: str, names: dict[str, str]) -> str:
    """Return a form or a rule of the tape with names in the place of its letters.

    >>> written("a * b", {"a": "x", "b": "v1"})
    'x * v1'
    """
    return re.sub(r"\b[abvgABVG]\b", lambda letter: names[letter[0].lower()], form)


def text_of(value: Value, digits: int = 6) -> str:
    """Return a number with a few digits, or a matrix, whose entries have four.

    >>> text_of(2 / 3), text_of(Matrix([[2 / 3, -0.0]]))
    ('0.666667', '[[0.6667, 0]]')
    """
    if isinstance(value, Matrix):
        rows = (", ".join(text_of(entry, digits=4) for entry in row) for row in value)
        return "[[" + "], [".join(rows) + "]]"
    return f"{value + 0.0:.{digits}g}".replace("-", MINUS)
