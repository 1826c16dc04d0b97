"""From a text to an expression whose every word is known.

Python's parser makes the tree; nothing in it is executed. The tree is then held against the
vocabulary, node by node, and each node gets a :class:`~autodiff_notes.notation.kinds.Kind`. What is not known is an error that names
the place and what is known.
"""

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import Any

from autodiff_notes.notation.kinds import Kind
from autodiff_notes.notation.vocabulary import (
    ATTRIBUTES,
    CONSTANTS,
    GREEK,
    SPECIAL,
    WORDS,
    Word,
)
from autodiff_notes.tables import suggestion

__all__ = ["Expression", "NotationError", "read", "refuse_name"]

# A text may come from anybody, and reading or evaluating it must not take long. The catalogue's
# longest formula has 253 characters and nests 14 deep; Python's own recursion ends at 1000 calls,
# of which a node takes several. No integer makes a size or a range large, nor an exponent a number
# beyond float64.
LONGEST, DEEPEST, LARGEST, HIGHEST = 2000, 60, 1000, 60

PRODUCTS = {
    (Kind.VECTOR, Kind.VECTOR): Kind.SCALAR,
    (Kind.MATRIX, Kind.VECTOR): Kind.VECTOR,
    (Kind.MATRIX, Kind.MATRIX): Kind.MATRIX,
    (Kind.VECTOR, Kind.MATRIX): Kind.ROW,
    (Kind.ROW, Kind.VECTOR): Kind.SCALAR,
    (Kind.ROW, Kind.MATRIX): Kind.ROW,
}
ACCENTS = ("bar", "hat", "tilde", "dot", "prime")
NAME = re.compile(
    rf"(?P<letter>{'|'.join(sorted(GREEK, key=len, reverse=True))}|[A-Za-z])_?"
    rf"(_(?P<accent>{'|'.join(ACCENTS)}))?(_(?P<index>[A-Za-z0-9]+))?|lambda_(?P<rest>[A-Za-z0-9]+)"
)


class NotationError(ValueError):
    """A text that is not in the notation.

    Attributes
    ----------
    problem : str
        What is wrong, and what is known instead.
    line : int
        Where, counted from 1.
    column : int
        Where in the line, counted from 1.
    """

    def __init__(self, problem: str, line: int = 1, column: int = 1) -> None:
        """Keep the parts of the message."""
        super().__init__(f"line {line}, column {column}: {problem}")
        self.problem, self.line, self.column = problem, line, column


@dataclass(frozen=True, eq=False)
class Expression:
    """An expression whose words, names and kinds are known.

    Attributes
    ----------
    source : str
        As it was written.
    tree : ast.expr
        Its syntax tree.
    kinds : dict of ast.expr to ~autodiff_notes.notation.Kind
        The kind of each node.
    words : dict of ast.Call to ~autodiff_notes.notation.Word
        The row of the vocabulary that each call means.
    variables : dict of str to ~autodiff_notes.notation.Kind
        The names that it may use, with their kinds.
    definitions : dict of str to Expression
        What those names stand for that are not variables.
    """

    source: str
    tree: ast.expr
    kinds: Mapping[ast.expr, Kind]
    words: Mapping[ast.Call, Word]
    variables: Mapping[str, Kind]
    definitions: Mapping[str, "Expression"] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def kind(self) -> Kind:
        """The kind of the whole."""
        return self.kinds[self.tree]

    @property
    def names(self) -> frozenset[str]:
        """The variables that occur, in definitions too."""
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Name) and node.id in self.definitions:
                found |= self.definitions[node.id].names
            elif isinstance(node, ast.Name) and node.id in self.variables:
                found.add(node.id)
        return frozenset(found)

    def calls(self, word: str) -> Iterator[ast.Call]:
        """Yield the calls of a word, in definitions too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Name) and node.id in self.definitions:
                yield from self.definitions[node.id].calls(word)
            elif isinstance(node, ast.Call) and called_name(node) == word:
                yield node


def read(
    source: str,
    variables: Mapping[str, str] = MappingProxyType({}),
    definitions: Mapping[str, Expression] = MappingProxyType({}),
) -> Expression:
    """Read an expression.

    Parameters
    ----------
    source : str
        Python syntax in the words of the vocabulary.
    variables : dict of str to str
        The kind of each name: ``{"X": "M", "x": "v", "a": "s", "n": "k"}``.
    definitions : dict of str to ~autodiff_notes.notation.Expression
        Names for other expressions.

    Raises
    ------
    NotationError
        If the text is not an expression of the notation; it says where and why.

    Examples
    --------
    >>> read("inv(X).mT", {"X": "M"}).kind
    'M'
    >>> read("trace(X)", {"X": "M"})
    Traceback (most recent call last):
        ...
    autodiff_notes.notation.reading.NotationError: line 1, column 1:
    there is no word 'trace'; did you mean 'tr'?
    """
    for name in (*variables, *definitions):
        refuse_name(name)
    tree = _parse(source)
    kinds = {name: _kind(name, text) for name, text in variables.items()}
    reader = _Reader(source, kinds, {name: e.kind for name, e in definitions.items()})
    reader.value(tree)
    expression = Expression(source, tree, reader.kinds, reader.words, kinds, dict(definitions))
    for outer in reader.differentials:
        if any(_inside(outer, "d", expression)):
            raise reader.error(outer, "d(...) within d(...); for second derivatives use D")
    return expression


def _kind(name: str, text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError:
        known = ", ".join(f"{kind} {kind.words}" for kind in Kind)
        raise NotationError(f"{name} has the unknown kind {text!r}; there are {known}") from None


@lru_cache(256)  # a text is read with the same names as the one before
def refuse_name(name: str) -> None:
    """Raise unless a variable may have this name."""
    if name in WORDS or name in SPECIAL or name in CONSTANTS:
        raise NotationError(f"{name!r} is a word of the notation; give the variable another name")
    if not NAME.fullmatch(name):
        raise NotationError(
            f"{name!r} is no name for a variable; take one letter or a Greek one, and if need be "
            f"an accent ({', '.join(ACCENTS)}) and an index: x, Sigma, lambda_, x_bar, A_1"
        )


def called_name(node: ast.AST) -> str:
    """Return the word that a node calls, or nothing if it is no call of a word."""
    match node:
        case ast.Call(func=ast.Name(id=word)):
            return word
    return ""


def _parse(source: str) -> ast.expr:
    """Return the syntax tree of a text that is short and shallow enough."""
    if len(source) > LONGEST:
        raise NotationError(f"an expression of more than {LONGEST} characters")
    if "#" in source:
        raise NotationError("# is not in the notation", *_place(source, source.index("#")))
    try:
        # A line may be broken anywhere, and every character keeps its place.
        tree = ast.parse(_flat(source), mode="eval").body
    except SyntaxError as error:
        place = _place(source, (error.offset or len(source) + 1) - 1 + _margin(source))
        raise NotationError(f"this is not an expression: {error.msg}", *place) from None
    except (RecursionError, MemoryError, ValueError):
        raise NotationError("this expression cannot be read; is it too deeply nested?") from None
    if len(source) < DEEPEST:  # a level needs a character
        return tree
    level: list[ast.AST] = [tree]
    for _ in range(DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    if level:
        raise NotationError(f"an expression more than {DEEPEST} deep")
    return tree


def _margin(source: str) -> int:
    return len(source) - len(source.lstrip())


def _flat(source: str) -> str:
    # An expression on one line; behind its margin every character keeps its place.
    return source.strip().replace("\n", " ")


def _place(source: str, offset: int) -> tuple[int, int]:
    before = source[: max(0, min(offset, len(source)))]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _inside(outer: ast.Call, word: str, expression: Expression) -> Iterator[ast.Call]:
    """Yield the calls of a word in the arguments of a call, in definitions too."""
    for node in (node for argument in outer.args for node in ast.walk(argument)):
        if isinstance(node, ast.Name) and node.id in expression.definitions:
            yield from expression.definitions[node.id].calls(word)
        elif isinstance(node, ast.Call) and called_name(node) == word:
            yield node


class _Reader(ast.NodeVisitor):
    """Walks a tree and notes the kind of each node."""

    def __init__(
        self, source: str, variables: Mapping[str, Kind], definitions: Mapping[str, Kind]
    ) -> None:
        self.source = source
        self.definitions = definitions
        self.variables = {**variables, **definitions}
        self.kinds: dict[ast.expr, Kind] = {}
        self.words: dict[ast.Call, Word] = {}
        self.differentials: list[ast.Call] = []

    def visit(self, node: ast.expr) -> Kind:  # type: ignore[override] # of expressions alone
        """Return the kind of a node, once everything in it is known."""
        kind: Kind = super().visit(node)
        self.kinds[node] = kind
        return kind

    def generic_visit(self, node: ast.AST) -> Any:
        """Refuse syntax without a method here."""
        raise self.error(node, f"{_what(node)} is not in the notation")

    def value(self, node: ast.expr) -> Kind:
        """Return the kind of a node that must be a value by itself."""
        kind = self.visit(node)
        if kind is Kind.ROW:
            raise self.row_error(node)
        return kind

    def error(self, node: ast.AST, problem: str) -> NotationError:
        """Return an error at the place of a node."""
        flat = _flat(self.source).encode()
        before = flat[: getattr(node, "col_offset", 0)].decode()
        return NotationError(problem, *_place(self.source, _margin(self.source) + len(before)))

    def row_error(self, node: ast.AST) -> NotationError:
        return self.error(node, "a vector times a matrix is a row; for a vector write A.mT @ x")

    # Leaves

    def visit_Constant(self, node: ast.Constant) -> Kind:
        value = node.value
        if value == 1j:
            return Kind.SCALAR
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(node, f"{value!r} is not in the notation; numbers are")
        if isinstance(value, int):
            if value > LARGEST:
                raise self.error(node, f"{str(value)[:9]}... is larger than {LARGEST}")
            return Kind.INTEGER
        if not abs(value) <= LARGEST:
            raise self.error(node, f"{value!r} is larger than {LARGEST}")
        return Kind.REAL

    def visit_Name(self, node: ast.Name) -> Kind:
        if self.variables.get(node.id) is Kind.FUNCTION:
            raise self.error(node, f"{node.id} is a function; its values are {node.id}(x)")
        if node.id in self.variables:
            return self.variables[node.id]
        if node.id in CONSTANTS:
            return Kind.REAL
        if node.id in WORDS or node.id in SPECIAL:
            raise self.error(node, f"{node.id!r} is a word that takes arguments: {_usage(node.id)}")
        hint = _known(node.id, self.variables) or "none is declared"
        raise self.error(node, f"there is no variable {node.id!r}; {hint}")

    # Operators

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Kind:
        if not isinstance(node.op, ast.USub):
            raise self.error(node, f"{_what(node.op)} is not in the notation")
        return self.value(node.operand)

    def visit_BinOp(self, node: ast.BinOp) -> Kind:
        operation = {
            ast.Add: self._sum,
            ast.Sub: self._sum,
            ast.Mult: self._product,
            ast.Div: self._quotient,
            ast.Pow: self._power,
            ast.MatMult: self._matrix_product,
        }.get(type(node.op))
        if operation is None:
            raise self.error(node, f"{_what(node.op)} is not in the notation")
        left = self.visit(node.left)
        if left is Kind.ROW and not isinstance(node.op, ast.MatMult):
            raise self.row_error(node.left)
        return operation(node, left, self.value(node.right))

    def _sum(self, node: ast.BinOp, left: Kind, right: Kind) -> Kind:
        if left.rank != right.rank:
            hint = "; a number c becomes a vector as c * ones(n), a matrix as c * I(n)"
            raise self.error(node, f"{left.words} plus or minus {right.words}{hint}")
        return left.joined(right)

    def _product(self, node: ast.BinOp, left: Kind, right: Kind) -> Kind:
        if left.rank and right.rank and left is not right:
            raise self.error(node, f"{left.words} * {right.words}; the matrix product is @")
        return left.joined(right)

    def _quotient(self, node: ast.BinOp, left: Kind, right: Kind) -> Kind:
        if left.rank and right.rank and left is not right:
            hint = "to divide by a matrix use solve"
            raise self.error(node, f"{left.words} / {right.words}; {hint}")
        return Kind.REAL.joined(left).joined(right)

    def _power(self, node: ast.BinOp, left: Kind, right: Kind) -> Kind:
        if right.rank:
            raise self.error(node.right, f"{right.words} as an exponent; for e^X there is expm(X)")
        if not left.varies and not right.varies:
            self._small_power(node)
        return Kind.REAL.joined(left).joined(right)

    def _small_power(self, node: ast.BinOp) -> None:
        """Refuse a power of numbers that could be huge."""
        for part in ast.walk(node.left):
            if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Pow):
                raise self.error(node, "a power of a power of numbers")
        for part in ast.walk(node.right):
            if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Pow | ast.Mult):
                raise self.error(node.right, "a product or a power as the exponent of a number")
            if isinstance(part, ast.Constant) and float(str(part.value)) > HIGHEST:
                raise self.error(part, f"an exponent larger than {HIGHEST}")

    def _matrix_product(self, node: ast.BinOp, left: Kind, right: Kind) -> Kind:
        if (left, right) not in PRODUCTS:
            raise self.error(node, f"{left.words} @ {right.words}; by a number multiply with *")
        return PRODUCTS[left, right]

    # What follows a value

    def visit_Attribute(self, node: ast.Attribute) -> Kind:
        if node.attr not in ATTRIBUTES:
            near = ", ".join(f".{name}" for name in ATTRIBUTES)
            raise self.error(node, f".{node.attr} is not in the notation; there are {near}")
        kind = self.value(node.value)
        if kind is not Kind.MATRIX:
            hint = "; x @ y is the inner product of vectors, outer(x, y) their outer product"
            hint = hint if kind is Kind.VECTOR else ""
            raise self.error(node, f".{node.attr} of {kind.words}{hint}")
        return kind

    def visit_Subscript(self, node: ast.Subscript) -> Kind:
        kind = self.value(node.value)
        indices = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if len(indices) != kind.rank:
            raise self.error(node, f"{len(indices)} indices of {kind.words}")
        ranges = sum(self._is_range(index) for index in indices)
        return (Kind.SCALAR, Kind.VECTOR, Kind.MATRIX)[ranges]

    def _is_range(self, node: ast.expr) -> bool:
        """Check an index, and return whether it is a range of them."""
        parts = [node]
        if isinstance(node, ast.Slice):
            if node.step:
                raise self.error(node.step, "a step between indices is not in the notation")
            parts = [part for part in (node.lower, node.upper) if part]
        for part in parts:
            self._integer(part)
        return isinstance(node, ast.Slice)

    def _integer(self, node: ast.expr) -> None:
        kind = self.value(node)
        if kind is not Kind.INTEGER:
            raise self.error(node, f"{kind.words} where an integer is needed")

    # Calls

    def visit_Call(self, node: ast.Call) -> Kind:
        if not isinstance(node.func, ast.Name):
            raise self.error(node.func, f"{_what(node.func)} cannot be called; words can")
        if node.keywords:
            raise self.error(
                node, f"{node.func.id} takes no named arguments: {_usage(node.func.id)}"
            )
        for argument in node.args:
            if isinstance(argument, ast.Starred):
                raise self.error(argument, "a starred argument is not in the notation")
        name = node.func.id
        special = {
            "d": self._call_d,
            "D": self._call_partial,
            "block": self._call_block,
            "array": self._call_array,
            "sum": self._call_sum,
            "prod": self._call_prod,
            "range": self._call_range,
        }
        if name in special:
            return special[name](node)
        if self.variables.get(name) is Kind.FUNCTION:
            return self._value_of_function(node, name)
        if name not in WORDS:
            known = _known(name, {*WORDS, *SPECIAL} - {"range"})
            hint = f"{name} is a variable" if name in self.variables else known
            raise self.error(node, f"there is no word {name!r}; {hint}")
        return self._word(node, name, [self.value(argument) for argument in node.args])

    def _value_of_function(self, node: ast.Call, name: str) -> Kind:
        kind = self._only_argument(node)
        if kind.rank:
            raise self.error(node, f"{name} does not take {kind.words}; it takes a number")
        return Kind.SCALAR

    def _word(self, node: ast.Call, name: str, kinds: list[Kind]) -> Kind:
        """Choose the row that takes arguments of these kinds."""
        for row in WORDS[name]:
            if len(row.parameters) == len(kinds) and all(map(Kind.accepts, row.parameters, kinds)):
                self.words[node] = row
                return row.result
        got = " and ".join(kind.words for kind in kinds) or "nothing"
        raise self.error(node, f"{name} does not take {got}; it takes {_usage(name)}")

    def _call_d(self, node: ast.Call) -> Kind:
        self.differentials.append(node)
        return _of_tensor(self._only_argument(node))

    def _call_partial(self, node: ast.Call) -> Kind:
        if len(node.args) not in {2, 3}:
            raise self.error(node, f"D takes 2 or 3 arguments: {_usage('D')}")
        kind = self.value(node.args[0])
        for target in node.args[1:]:
            kind = self._partial(node, _of_tensor(kind), target)
        return kind

    def _partial(self, node: ast.Call, kind: Kind, target: ast.expr) -> Kind:
        """Return the kind of a derivative."""
        name = _target(target)
        if name is None:
            raise self.error(target, "D differentiates by a variable x, an entry x[i], or vec(X)")
        if name in self.definitions:
            raise self.error(target, f"{name} is defined by others; D differentiates by a variable")
        by = self.value(target)
        if not self.variables[name].varies:
            raise self.error(target, f"{name} is {self.variables[name].words} that does not vary")
        results = {
            (Kind.SCALAR, by): by,
            (kind, Kind.SCALAR): kind,
            (Kind.VECTOR, Kind.VECTOR): Kind.MATRIX,
        }
        if (kind, by) not in results:
            problem = f"the derivative of {kind.words} by {by.words} has too many indices"
            raise self.error(node, f"{problem}; use vec(...)")
        return results[kind, by]

    def _call_block(self, node: ast.Call) -> Kind:
        rows = _rows(node)
        if not rows:
            usage = _usage("block")
            raise self.error(node, f"block takes rows of equally many matrices: {usage}")
        for entry in chain.from_iterable(rows):
            if (kind := self.value(entry)) is not Kind.MATRIX:
                hint = "; for 0 write zeros(n, n)"
                raise self.error(entry, f"{kind.words} in a block matrix{hint}")
        return Kind.MATRIX

    def _call_array(self, node: ast.Call) -> Kind:
        rows = _rows(node) or [_listed(node)]
        if not rows[0]:
            raise self.error(node, f"array takes numbers, or equally long rows: {_usage('array')}")
        for entry in chain.from_iterable(rows):
            if (kind := self.value(entry)).rank:
                raise self.error(entry, f"{kind.words} among the numbers of array")
        return Kind.MATRIX if _rows(node) else Kind.VECTOR

    def _call_sum(self, node: ast.Call) -> Kind:
        if len(node.args) == 1 and isinstance(node.args[0], ast.GeneratorExp):
            return self._generator(node.args[0])
        kind = self._only_argument(node)
        if not kind.rank:
            name = called_name(node)
            raise self.error(node, f"{name} of {kind.words}; {_usage(name)}")
        return Kind.SCALAR

    def _call_prod(self, node: ast.Call) -> Kind:
        kind = self._call_sum(node)
        if kind.rank or self.kinds[node.args[0]] is Kind.MATRIX:
            raise self.error(node, "prod multiplies numbers")
        return kind

    def _call_range(self, node: ast.Call) -> Kind:
        raise self.error(node, f"range stands elsewhere: {_usage('range')}")

    def _only_argument(self, node: ast.Call) -> Kind:
        if len(node.args) != 1:
            name = called_name(node)
            raise self.error(node, f"{name} takes one argument: {_usage(name)}")
        return self.value(node.args[0])

    def _generator(self, node: ast.GeneratorExp) -> Kind:
        """Return the kind of the terms of a sum over indices."""
        outside = dict(self.variables)
        for loop in node.generators:
            self._loop(loop)
        kind = self.value(node.elt)
        self.variables = outside
        self.kinds[node] = kind
        return Kind.REAL.joined(kind)

    def _loop(self, loop: ast.comprehension) -> None:
        """Check ``for i in range(n)``, and let i be an integer from here on."""
        ranged = isinstance(loop.iter, ast.Call) and called_name(loop.iter) == "range"
        if loop.is_async or not isinstance(loop.target, ast.Name) or not ranged:
            raise self.error(loop.target, "an index runs as in: for i in range(n)")
        name = loop.target.id
        if name in self.variables:
            raise self.error(loop.target, f"the index {name!r} has the name of a variable")
        try:
            refuse_name(name)
        except NotationError as error:
            raise self.error(loop.target, error.problem) from None
        call = loop.iter
        assert isinstance(call, ast.Call)
        if len(call.args) not in {1, 2} or call.keywords:
            raise self.error(call, f"range takes one or two arguments: {_usage('range')}")
        for argument in call.args:
            self._integer(argument)
            for part in ast.walk(argument):
                if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mult):
                    raise self.error(part, "a product as the end of a range")
        for condition in loop.ifs:
            self._left_out(loop, name, condition)
        self.kinds[loop.target] = Kind.INTEGER
        self.variables[name] = Kind.INTEGER

    def _left_out(self, loop: ast.comprehension, name: str, condition: ast.expr) -> None:
        """Check ``if j != i``, which leaves one index out of a whole range."""
        whole = isinstance(loop.iter, ast.Call) and len(loop.iter.args) == len(loop.ifs) == 1
        match condition:
            case ast.Compare(ast.Name(left), [ast.NotEq()], [other]) if whole and left == name:
                self._integer(other)
            case _:
                usage = f"for {name} in range(n) if {name} != i"
                raise self.error(condition, f"one index may be left out, as in: {usage}")


def target_of(node: ast.expr) -> str:
    """Return the variable by which D differentiates."""
    name = _target(node)
    assert name is not None
    return name


def _target(node: ast.expr) -> str | None:
    """Return the variable in x, x[i] or vec(X)."""
    if isinstance(node, ast.Subscript):
        node = node.value
    elif isinstance(node, ast.Call) and called_name(node) == "vec" and len(node.args) == 1:
        node = node.args[0]
    return node.id if isinstance(node, ast.Name) else None


def _listed(node: ast.Call) -> list[ast.expr]:
    listed = node.args[0] if len(node.args) == 1 else None
    return listed.elts if isinstance(listed, ast.List) else []


def _rows(node: ast.Call) -> list[list[ast.expr]]:
    """Return the lists in the list that is the only argument of a call, if equally long."""
    entries = _listed(node)
    rows = [row.elts for row in entries if isinstance(row, ast.List)]
    lengths = {len(row) for row in rows}
    return rows if len(rows) == len(entries) and len(lengths) == 1 and 0 not in lengths else []


def _usage(name: str) -> str:
    """Return the usage of a word."""
    if name in SPECIAL:
        return SPECIAL[name]
    if name not in WORDS:
        return name
    rows = [" and ".join(p.words for p in row.parameters) for row in WORDS[name]]
    return ", or ".join(rows)


def _known(name: str, known: Collection[str]) -> str:
    everything = f"there are {', '.join(sorted(known))}" if known else ""
    return suggestion(name, known) or everything


def _of_tensor(kind: Kind) -> Kind:
    return Kind.SCALAR.joined(kind)


def _what(node: ast.AST) -> str:
    """Name a piece of syntax in words."""
    words = {
        "Lambda": "a lambda",
        "ListComp": "a list comprehension",
        "GeneratorExp": "a generator outside sum and prod",
        "List": "a list outside block and array",
        "Compare": "a comparison",
        "BoolOp": "and or or",
        "IfExp": "if ... else",
        "NamedExpr": ":=",
        "JoinedStr": "a string",
        "Attribute": "an attribute",
        "FloorDiv": "//",
        "Mod": "%",
        "UAdd": "a leading +",
        "Invert": "~",
        "Not": "not",
    }
    return words.get(type(node).__name__, type(node).__name__.lower())
