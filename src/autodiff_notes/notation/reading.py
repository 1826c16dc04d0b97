"""From a text to an expression whose every word is known.

Python's parser makes the tree; nothing in it is executed. The tree is then held against the
vocabulary, node by node, and each node gets a kind. What is not known is an error that names
the place and what is known.

The kinds: ``s`` a number, ``v`` a vector, ``M`` a matrix; ``k`` an integer and ``r`` a real
number of Python; ``row`` the product of a vector and a matrix, good for one more product;
``f`` a function of a number, good for being called.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import chain
from types import MappingProxyType

from autodiff_notes.notation.vocabulary import (
    ATTRIBUTES,
    CONSTANTS,
    GREEK,
    SPECIAL,
    WORDS,
    Word,
)

__all__ = ["Expression", "NotationError", "read", "refuse_name"]

LONGEST, DEEPEST, LARGEST = 2000, 60, 1000
"""Bounds on a text's characters, on how deep it nests, and on the integers in it."""

NAMES = {
    "k": "an integer",
    "r": "a number",
    "s": "a number",
    "v": "a vector",
    "M": "a matrix",
    "row": "a row vector",
}
ACCEPTS = {"k": "k", "r": "kr", "s": "krs", "v": "v", "M": "M"}
RANKS = {"k": 0, "r": 0, "s": 0, "v": 1, "M": 2, "row": 3}
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
    kinds : dict of ast.expr to str
        The kind of each node.
    words : dict of ast.Call to ~autodiff_notes.notation.Word
        The row of the vocabulary that each call means.
    variables : dict of str to str
        The names that it may use, with their kinds.
    definitions : dict of str to Expression
        What those names stand for that are not variables.
    """

    source: str
    tree: ast.expr
    kinds: Mapping[ast.expr, str]
    words: Mapping[ast.Call, Word]
    variables: Mapping[str, str]
    definitions: Mapping[str, "Expression"] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def kind(self) -> str:
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
    reader = _Reader(source, variables, {name: e.kind for name, e in definitions.items()})
    reader.value(tree)
    expression = Expression(
        source, tree, reader.kinds, reader.words, dict(variables), dict(definitions)
    )
    for outer in expression.calls("d"):
        if any(_inside(outer, "d", expression)):
            raise reader.error(outer, "d(...) within d(...); for second derivatives use D")
    return expression


def refuse_name(name: str) -> None:
    """Raise unless a variable may have this name."""
    if name in WORDS or name in SPECIAL or name in CONSTANTS:
        raise NotationError(f"{name!r} is a word of the notation; give the variable another name")
    if not NAME.fullmatch(name):
        raise NotationError(
            f"{name!r} is no name for a variable; take one letter or a Greek one, and if need be "
            f"an accent ({', '.join(ACCENTS)}) and an index: x, Sigma, lambda_, x_bar, A_1"
        )


def called_name(node: ast.Call) -> str:
    """Return the word that a call calls."""
    return node.func.id if isinstance(node.func, ast.Name) else ""


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
    level: list[ast.AST] = [tree]
    for _ in range(DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    if level:
        raise NotationError(f"an expression more than {DEEPEST} deep")
    return tree


def _margin(source: str) -> int:
    """Return how many blanks and line breaks an expression begins with."""
    return len(source) - len(source.lstrip())


def _flat(source: str) -> str:
    """Return an expression on one line; behind its margin every character keeps its place."""
    return source.strip().replace("\n", " ")


def _place(source: str, offset: int) -> tuple[int, int]:
    """Return line and column of a character."""
    before = source[: max(0, min(offset, len(source)))]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _inside(outer: ast.Call, word: str, expression: Expression) -> Iterator[ast.Call]:
    """Yield the calls of a word in the arguments of a call, in definitions too."""
    for node in (node for argument in outer.args for node in ast.walk(argument)):
        if isinstance(node, ast.Name) and node.id in expression.definitions:
            yield from expression.definitions[node.id].calls(word)
        elif isinstance(node, ast.Call) and called_name(node) == word:
            yield node


class _Reader:
    """Walks a tree and notes the kind of each node."""

    def __init__(
        self, source: str, variables: Mapping[str, str], definitions: Mapping[str, str]
    ) -> None:
        """Start with the names that may occur."""
        self.source = source
        self.definitions = definitions
        self.variables = {**variables, **definitions}
        self.kinds: dict[ast.expr, str] = {}
        self.words: dict[ast.Call, Word] = {}

    def kind(self, node: ast.expr) -> str:
        """Return the kind of a node, once everything in it is known."""
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            raise self.error(node, f"{_what(node)} is not in the notation")
        kind: str = method(node)
        self.kinds[node] = kind
        return kind

    def value(self, node: ast.expr) -> str:
        """Return the kind of a node that must be a value by itself."""
        kind = self.kind(node)
        if kind == "row":
            raise self.row_error(node)
        return kind

    def error(self, node: ast.AST, problem: str) -> NotationError:
        """Return an error at the place of a node."""
        flat = _flat(self.source).encode()
        before = flat[: getattr(node, "col_offset", 0)].decode()
        return NotationError(problem, *_place(self.source, _margin(self.source) + len(before)))

    def row_error(self, node: ast.AST) -> NotationError:
        """Return an error for a vector times a matrix that goes no further."""
        return self.error(node, "a vector times a matrix is a row; for a vector write A.mT @ x")

    # Leaves

    def _constant(self, node: ast.Constant) -> str:
        value = node.value
        if value == 1j:
            return "s"
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(node, f"{value!r} is not in the notation; numbers are")
        if isinstance(value, int):
            if value > LARGEST:
                raise self.error(node, f"{str(value)[:9]}... is larger than {LARGEST}")
            return "k"
        if not abs(value) <= LARGEST:
            raise self.error(node, f"{value!r} is larger than {LARGEST}")
        return "r"

    def _name(self, node: ast.Name) -> str:
        if self.variables.get(node.id) == "f":
            raise self.error(node, f"{node.id} is a function; its values are {node.id}(x)")
        if node.id in self.variables:
            return self.variables[node.id]
        if node.id in CONSTANTS:
            return "r"
        if node.id in WORDS or node.id in SPECIAL:
            raise self.error(node, f"{node.id!r} is a word that takes arguments: {_usage(node.id)}")
        raise self.error(
            node, f"there is no variable {node.id!r}{_suggest(node.id, self.variables)}"
        )

    # Operators

    def _unaryop(self, node: ast.UnaryOp) -> str:
        if not isinstance(node.op, ast.USub):
            raise self.error(node, f"{_what(node.op)} is not in the notation")
        return self.value(node.operand)

    def _binop(self, node: ast.BinOp) -> str:
        method = getattr(self, f"_op_{type(node.op).__name__.lower()}", None)
        if method is None:
            raise self.error(node, f"{_what(node.op)} is not in the notation")
        left = self.kind(node.left)
        if left == "row" and not isinstance(node.op, ast.MatMult):
            raise self.row_error(node.left)
        kind: str = method(node, left, self.value(node.right))
        return kind

    def _op_add(self, node: ast.BinOp, left: str, right: str) -> str:
        if RANKS[left] != RANKS[right]:
            hint = "; a number c becomes a vector as c * ones(n), a matrix as c * I(n)"
            raise self.error(node, f"{NAMES[left]} plus or minus {NAMES[right]}{hint}")
        return max(left, right, key="krsvM".index)

    _op_sub = _op_add

    def _op_mult(self, node: ast.BinOp, left: str, right: str) -> str:
        if RANKS[left] and RANKS[right] and left != right:
            raise self.error(node, f"{NAMES[left]} * {NAMES[right]}; the matrix product is @")
        return max(left, right, key="krsvM".index)

    def _op_div(self, node: ast.BinOp, left: str, right: str) -> str:
        if RANKS[right] and RANKS[left] and left != right:
            raise self.error(
                node, f"{NAMES[left]} / {NAMES[right]}; to divide by a matrix use solve"
            )
        return "r" if {left, right} == {"k"} else max(left, right, key="krsvM".index)

    def _op_pow(self, node: ast.BinOp, left: str, right: str) -> str:
        if RANKS[right]:
            raise self.error(node.right, f"{NAMES[right]} as an exponent; for e^X there is expm(X)")
        if left in "kr" and right in "kr":
            self._small_power(node)
        return "r" if {left, right} == {"k"} else max(left, right, key="krsvM".index)

    def _small_power(self, node: ast.BinOp) -> None:
        """Refuse a power of numbers that could be huge."""
        for part in ast.walk(node.left):
            if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Pow):
                raise self.error(node, "a power of a power of numbers")
        for part in ast.walk(node.right):
            if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Pow | ast.Mult):
                raise self.error(node.right, "a product or a power as the exponent of a number")
            if isinstance(part, ast.Constant) and float(str(part.value)) > DEEPEST:
                raise self.error(part, f"an exponent larger than {DEEPEST}")

    def _op_matmult(self, node: ast.BinOp, left: str, right: str) -> str:
        kinds = {("v", "v"): "s", ("M", "v"): "v", ("M", "M"): "M", ("v", "M"): "row"}
        kinds |= {("row", "v"): "s", ("row", "M"): "row"}
        if (left, right) not in kinds:
            raise self.error(node, f"{NAMES[left]} @ {NAMES[right]}; by a number multiply with *")
        return kinds[left, right]

    # What follows a value

    def _attribute(self, node: ast.Attribute) -> str:
        if node.attr not in ATTRIBUTES:
            near = ", ".join(f".{name}" for name in ATTRIBUTES)
            raise self.error(node, f".{node.attr} is not in the notation; there are {near}")
        kind = self.value(node.value)
        if kind != "M":
            hint = "; x @ y is the inner product of vectors, outer(x, y) their outer product"
            raise self.error(node, f".{node.attr} of {NAMES[kind]}{hint if kind == 'v' else ''}")
        return "M"

    def _subscript(self, node: ast.Subscript) -> str:
        kind = self.value(node.value)
        indices = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if len(indices) != RANKS[kind] or kind in "krs":
            raise self.error(node, f"{len(indices)} indices of {NAMES[kind]}")
        left = sum(self._index(index) for index in indices)
        return "svM"[left]

    def _index(self, node: ast.expr) -> int:
        """Return 1 for a range of indices and 0 for a single one."""
        parts = [node]
        if isinstance(node, ast.Slice):
            if node.step:
                raise self.error(node.step, "a step between indices is not in the notation")
            parts = [part for part in (node.lower, node.upper) if part]
        for part in parts:
            self._integer(part)
        return int(isinstance(node, ast.Slice))

    def _integer(self, node: ast.expr) -> None:
        kind = self.value(node)
        if kind != "k":
            raise self.error(node, f"{NAMES[kind]} where an integer is needed")

    # Calls

    def _call(self, node: ast.Call) -> str:
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
        if name in SPECIAL:
            kind: str = getattr(self, f"_call_{name.lower() if name != 'D' else 'partial'}")(node)
            return kind
        if self.variables.get(name) == "f":
            return self._value_of_function(node, name)
        if name not in WORDS:
            known = {*WORDS, *SPECIAL} - {"range"}
            other = f"; {name} is a variable" if name in self.variables else _suggest(name, known)
            raise self.error(node, f"there is no word {name!r}{other}")
        return self._word(node, name, [self.value(argument) for argument in node.args])

    def _value_of_function(self, node: ast.Call, name: str) -> str:
        kind = self._only_argument(node)
        if kind not in ACCEPTS["s"]:
            raise self.error(node, f"{name} does not take {NAMES[kind]}; it takes a number")
        return "s"

    def _word(self, node: ast.Call, name: str, kinds: list[str]) -> str:
        """Choose the row that takes arguments of these kinds."""
        for row in WORDS[name]:
            accepted = [ACCEPTS[p] for p in row.parameters]
            if len(accepted) == len(kinds) and all(map(str.__contains__, accepted, kinds)):
                self.words[node] = row
                return row.result
        got = " and ".join(NAMES[kind] for kind in kinds) or "nothing"
        raise self.error(node, f"{name} does not take {got}; it takes {_usage(name)}")

    def _call_d(self, node: ast.Call) -> str:
        kind = self._only_argument(node)
        return "s" if kind in "kr" else kind

    def _call_partial(self, node: ast.Call) -> str:
        if len(node.args) not in {2, 3}:
            raise self.error(node, f"D takes 2 or 3 arguments: {_usage('D')}")
        kind = self.value(node.args[0])
        for target in node.args[1:]:
            kind = self._partial(node, "s" if kind in "kr" else kind, target)
        return kind

    def _partial(self, node: ast.Call, kind: str, target: ast.expr) -> str:
        """Return the kind of a derivative."""
        name = _target(target)
        if name is None:
            raise self.error(target, "D differentiates by a variable x, an entry x[i], or vec(X)")
        if name in self.definitions:
            raise self.error(target, f"{name} is defined by others; D differentiates by a variable")
        by = self.value(target)
        if self.variables[name] in "kr":
            raise self.error(target, f"{name} is {NAMES[self.variables[name]]} that does not vary")
        results = {("s", by): by, (kind, "s"): kind, ("v", "v"): "M"}
        if (kind, by) not in results:
            problem = f"the derivative of {NAMES[kind]} by {NAMES[by]} has too many indices"
            raise self.error(node, f"{problem}; use vec(...)")
        return results[kind, by]

    def _call_block(self, node: ast.Call) -> str:
        rows = _rows(node)
        if not rows:
            usage = _usage("block")
            raise self.error(node, f"block takes rows of equally many matrices: {usage}")
        for entry in chain.from_iterable(rows):
            if (kind := self.value(entry)) != "M":
                hint = "; for 0 write zeros(n, n)"
                raise self.error(entry, f"{NAMES[kind]} in a block matrix{hint}")
        return "M"

    def _call_array(self, node: ast.Call) -> str:
        rows = _rows(node) or [_listed(node)]
        if not rows[0]:
            raise self.error(node, f"array takes numbers, or equally long rows: {_usage('array')}")
        for entry in chain.from_iterable(rows):
            if RANKS[kind := self.value(entry)]:
                raise self.error(entry, f"{NAMES[kind]} among the numbers of array")
        return "M" if _rows(node) else "v"

    def _call_sum(self, node: ast.Call) -> str:
        if len(node.args) == 1 and isinstance(node.args[0], ast.GeneratorExp):
            return self._generator(node.args[0])
        kind = self._only_argument(node)
        if kind not in "vM":
            raise self.error(
                node, f"{called_name(node)} of {NAMES[kind]}; {_usage(called_name(node))}"
            )
        return "s"

    def _call_prod(self, node: ast.Call) -> str:
        kind = self._call_sum(node)
        if RANKS[kind] or self.kinds[node.args[0]] == "M":
            raise self.error(node, "prod multiplies numbers")
        return kind

    def _call_range(self, node: ast.Call) -> str:
        raise self.error(node, f"range stands elsewhere: {_usage('range')}")

    def _only_argument(self, node: ast.Call) -> str:
        if len(node.args) != 1:
            name = called_name(node)
            raise self.error(node, f"{name} takes one argument: {_usage(name)}")
        return self.value(node.args[0])

    def _generator(self, node: ast.GeneratorExp) -> str:
        """Return the kind of the terms of a sum over indices."""
        outside = dict(self.variables)
        for loop in node.generators:
            self._loop(loop)
        kind = self.value(node.elt)
        self.variables = outside
        self.kinds[node] = kind
        return "r" if kind == "k" else kind

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
        self.kinds[loop.target] = "k"
        self.variables[name] = "k"

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
    """Return what is in the list that is the only argument of a call."""
    listed = node.args[0] if len(node.args) == 1 else None
    return listed.elts if isinstance(listed, ast.List) else []


def _rows(node: ast.Call) -> list[list[ast.expr]]:
    """Return the lists in the list that is the only argument of a call, if equally long."""
    entries = _listed(node)
    rows = [row.elts for row in entries if isinstance(row, ast.List)]
    lengths = {len(row) for row in rows}
    return rows if len(rows) == len(entries) and len(lengths) == 1 and 0 not in lengths else []


def _usage(name: str) -> str:
    """Return how a word is written."""
    if name in SPECIAL:
        return SPECIAL[name]
    if name not in WORDS:
        return name
    rows = [" and ".join(NAMES[p] for p in row.parameters) for row in WORDS[name]]
    return ", or ".join(rows)


def _suggest(name: str, known: Iterable[str]) -> str:
    """Return what an unknown name may have been meant to be."""
    everything = sorted(known)
    start = sorted((w for w in everything if len(w) > 1 and name.startswith(w)), key=len)
    lower = {word.lower(): word for word in everything}
    near = [lower[w] for w in get_close_matches(name.lower(), lower, n=1, cutoff=0.6)]
    if best := [*(word for word in start if len(word) > 2), *near, *start]:
        return f"; did you mean {best[0]!r}?"
    return f"; there are {', '.join(everything)}" if everything else "; none is declared"


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
