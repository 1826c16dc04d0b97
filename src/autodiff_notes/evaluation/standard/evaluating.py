"""Formulas, evaluated by walking their syntax trees.

>>> from autodiff_notes.notation import read
>>> formula = read("d(x @ x)", {"x": "v"})
>>> evaluate(formula, Scope({"x": [1.0, 2.0]}, {"x": [1.0, 1.0]}))
6.0
"""

import ast
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from autodiff_notes.evaluation.standard.arrays import each, rank
from autodiff_notes.evaluation.standard.duals import Dual, new_level, slope
from autodiff_notes.evaluation.standard.numbers import is_complex
from autodiff_notes.evaluation.standard.words import ATTRIBUTES, OPERATORS, WORDS
from autodiff_notes.notation import Expression
from autodiff_notes.notation.reading import called_name, target_of

__all__ = ["Scope", "evaluate"]

CONSTANTS = {"pi": math.pi}


class Scope:
    """The values of the names in a formula.

    Attributes
    ----------
    values : dict of str to object
        The variables, the symbols of sizes, and indices of sums.
    tangents : dict of str to object
        The directions in which variables move.
    known : dict
        Values of names for expressions, and of words, that were found before.
    """

    def __init__(self, values: Mapping[str, Any], tangents: Mapping[str, Any]) -> None:
        """Keep the values."""
        self.values, self.tangents = dict(values), tangents
        self.known: dict[Any, Any] = {}

    def moved(self, **changed: Any) -> "Scope":
        """Return a scope in which some variables have other values."""
        return Scope({**self.values, **changed}, self.tangents)


def evaluate(expression: Expression, scope: Scope) -> Any:
    """Return the value of an expression.

    Raises
    ------
    ArithmeticError
        Where it has no value.
    ValueError
        Where sizes do not fit, or an algorithm does not know such an argument.
    """
    return _Walker(expression, scope).value(expression.tree)


class _Walker:
    """Walks the tree of one expression."""

    def __init__(self, expression: Expression, scope: Scope) -> None:
        self.expression, self.scope = expression, scope
        self.bound = 0  # indices of sums in which the walk is

    def value(self, node: ast.expr) -> Any:
        """Return the value of a node."""
        method: Callable[[Any], Any] = getattr(self, f"_{type(node).__name__.lower()}")
        return method(node)

    # Leaves and operators

    def _constant(self, node: ast.Constant) -> Any:
        return node.value

    def _name(self, node: ast.Name) -> Any:
        name = node.id
        if name in self.scope.values:
            return self.scope.values[name]
        if name in CONSTANTS:
            return CONSTANTS[name]
        known = self.scope.known
        if name not in known:
            known[name] = evaluate(self.expression.definitions[name], self.scope)
        return known[name]

    def _unaryop(self, node: ast.UnaryOp) -> Any:
        return each(lambda a: -a, self.value(node.operand))

    def _binop(self, node: ast.BinOp) -> Any:
        operation = OPERATORS[type(node.op).__name__]
        return operation(self.value(node.left), self.value(node.right))

    def _list(self, node: ast.List) -> list[Any]:
        return [self.value(part) for part in node.elts]

    def _attribute(self, node: ast.Attribute) -> Any:
        return ATTRIBUTES[node.attr](self.value(node.value))

    def _subscript(self, node: ast.Subscript) -> Any:
        value = self.value(node.value)
        first, *rest = map(self._place, _indices(node))
        if not rest:
            return value[first]
        rows = value[first]
        return [row[rest[0]] for row in rows] if isinstance(first, slice) else rows[rest[0]]

    def _place(self, node: ast.expr) -> Any:
        if not isinstance(node, ast.Slice):
            return self.value(node)
        return slice(*(part and self.value(part) for part in (node.lower, node.upper)))

    # Words

    def _call(self, node: ast.Call) -> Any:
        name = called_name(node)
        if name in self.scope.values:  # a function of a number
            return self.scope.values[name](self.value(node.args[0]))
        if name == "d":
            return self._differential(node.args[0])
        if name == "D":
            return self._derivative(node.args[0], node.args[1:])
        argument = node.args[0]
        if isinstance(argument, ast.GeneratorExp):
            return self._generator(argument, name)
        if self.bound or name in CHEAP:
            return self._word(node, name)
        key = ast.dump(node)
        known = self.scope.known
        if key not in known:
            known[key] = self._word(node, name)
        return known[key]

    def _word(self, node: ast.Call, name: str) -> Any:
        """Return the value of a word."""
        arguments = [self.value(argument) for argument in node.args]
        try:
            return WORDS[name](*arguments)
        except TypeError as error:
            raise ValueError(f"{name} has no algorithm for this: {error}") from error

    def _generator(self, node: ast.GeneratorExp, name: str) -> Any:
        """Return a sum or a product over indices."""
        self.bound += 1
        total: Any = None
        for _ in self._loops(node.generators):
            term = self.value(node.elt)
            total = term if total is None else OPERATORS[FOLDS[name]](total, term)
        self.bound -= 1
        return total if total is not None else int(name == "prod")

    def _loops(self, loops: list[ast.comprehension]) -> Iterator[None]:
        """Let the indices run; the loops to the right run within those to the left."""
        if not loops:
            yield
            return
        loop, *rest = loops
        assert isinstance(loop.target, ast.Name)
        assert isinstance(loop.iter, ast.Call)
        values, index = self.scope.values, loop.target.id
        outside = values.get(index)  # a name may be opened within a sum over the same letter
        for values[index] in range(*map(self.value, loop.iter.args)):
            if all(self._differs(condition) for condition in loop.ifs):
                yield from self._loops(rest)
        values[index] = outside

    def _differs(self, condition: ast.expr) -> bool:
        assert isinstance(condition, ast.Compare)
        return bool(self.value(condition.left) != self.value(condition.comparators[0]))

    # Derivatives

    def _differential(self, node: ast.expr) -> Any:
        """Return the slope as all variables move along their tangents."""
        scope = self.scope
        if isinstance(node, ast.Name) and node.id in scope.tangents:
            return scope.tangents[node.id]
        level = new_level()
        moved = {
            name: _dual(scope.values[name], tangent, level)
            for name, tangent in scope.tangents.items()
        }
        return each(slope, self._within(scope.moved(**moved), node), level)

    def _derivative(self, body: ast.expr, targets: list[ast.expr]) -> Any:
        """Return the derivative by one variable, or that of it by another."""
        *inner, target = targets
        name = target_of(target)
        x = self.scope.values[name]
        if isinstance(target, ast.Subscript):
            i, *j = map(self._place, _indices(target))
            return self._partial(body, inner, name, (i, *j))
        if isinstance(target, ast.Call):
            places: Any = [(i, j) for i in range(len(x)) for j in range(len(x[0]))]
            columns = [self._partial(body, inner, name, place) for place in places]
            return _last_index_last(columns)
        if not rank(x):
            return self._partial(body, inner, name, ())
        if rank(x) == 1:
            columns = [self._partial(body, inner, name, (i,)) for i in range(len(x))]
            return _last_index_last(columns)
        return [
            [self._partial(body, inner, name, (i, j)) for j in range(len(row))]
            for i, row in enumerate(x)
        ]

    def _partial(
        self, body: ast.expr, inner: list[ast.expr], name: str, place: tuple[int, ...]
    ) -> Any:
        """Return the derivative by one entry; for a complex one, by both of its parts."""
        x = self.scope.values[name]
        here = x
        for i in place:
            here = here[i]
        total: Any = None
        for unit in (1.0, 1j) if is_complex(here) else (1.0,):
            level = new_level()
            scope = self.scope.moved(**{name: _replaced(x, place, Dual(here, unit, level))})
            found = self._derivative_in(scope, body, inner)
            part = each(slope, found, level)
            total = part if total is None else OPERATORS["Add"](total, each(lambda a: 1j * a, part))
        return total

    def _derivative_in(self, scope: Scope, body: ast.expr, inner: list[ast.expr]) -> Any:
        walker = _Walker(self.expression, scope)
        walker.bound = self.bound
        return walker._derivative(body, inner) if inner else walker.value(body)

    def _within(self, scope: Scope, node: ast.expr) -> Any:
        return self._derivative_in(scope, node, [])


# Words so cheap that to remember them costs more.
CHEAP = frozenset(["I", "ones", "zeros", "basis", "tr", "sum", "inner", "block", "array", "mean"])
FOLDS = {"sum": "Add", "prod": "Mult"}


def _indices(node: ast.Subscript) -> list[ast.expr]:
    return node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]


def _dual(x: Any, tangent: Any, level: int) -> Any:
    # A variable together with its tangent.
    if type(x) is list:
        return [_dual(a, t, level) for a, t in zip(x, tangent, strict=True)]
    return Dual(x, tangent, level)


def _replaced(x: Any, place: tuple[int, ...], entry: Any) -> Any:
    """Return a tensor with another entry in one place."""
    if not place:
        return entry
    i, *rest = place
    return [*x[:i], _replaced(x[i], tuple(rest), entry), *x[i + 1 :]]


def _last_index_last(columns: list[Any]) -> Any:
    # What depends on the first index of a vector, with that of the variable behind it.
    return list(map(list, zip(*columns, strict=True))) if rank(columns) == 2 else columns
