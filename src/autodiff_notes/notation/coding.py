"""From an expression to torch code, and to a function.

>>> from autodiff_notes.notation.reading import read
>>> code(read("inner(inv(X).mT, V)", {"X": "M", "V": "M"}))
'torch.sum(torch.linalg.inv(X).mT * V)'
"""

import ast
from collections.abc import Mapping
from functools import cache
from types import CodeType
from typing import Any

from autodiff_notes.notation.reading import Expression, called_name, target_of
from autodiff_notes.notation.vocabulary import CONSTANTS, WORDS

__all__ = ["code", "compiled", "definitions", "namespace"]

PLACE = "argument_"


def code(expression: Expression) -> str:
    """Return the torch code of an expression, on one line."""
    return ast.unparse(_Coder(expression).code(expression.tree))


def definitions(expression: Expression) -> str:
    """Return the definitions that its torch code calls, as source; mostly there are none."""
    found = {row.definition: None for row in _rows(expression) if row.definition}
    return "\n\n\n".join(found)


def compiled(expression: Expression) -> CodeType:
    """Return the code, to be evaluated in a :func:`namespace` that holds the variables."""
    tree = ast.Expression(_Coder(expression).code(expression.tree))
    return compile(ast.fix_missing_locations(tree), f"<{expression.source}>", "eval")


def namespace(engine: Mapping[str, Any]) -> dict[str, Any]:
    """Return what compiled code may use: the engine, sum and range, and nothing else.

    Parameters
    ----------
    engine : dict of str to object
        The modules that the table of words names: ``{"torch": torch}``.
    """
    # No expression can name __import__; torch's own code asks the caller for it.
    allowed = {"sum": sum, "range": range, "len": len, "__import__": __import__}
    names: dict[str, Any] = {"__builtins__": allowed, **engine}
    for source in {row.definition for rows in WORDS.values() for row in rows}:
        exec(source, names)  # noqa: S102 - the vocabulary's own definitions, no page's
    return names


def _rows(expression: Expression) -> list[Any]:
    """Return the rows of the vocabulary in use, in definitions too."""
    inner = [e for name, e in expression.definitions.items() if _uses(expression, name)]
    return [*expression.words.values(), *(row for e in inner for row in _rows(e))]


def _uses(expression: Expression, name: str) -> bool:
    """Return whether a name occurs."""
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(expression.tree))


@cache
def _template(source: str) -> ast.expr:
    """Return the syntax tree of a template, with names for its places."""
    places = (f"{PLACE}{i}" for i in range(9))
    return ast.parse(source.format(*places), mode="eval").body


class _Fill(ast.NodeTransformer):
    """Puts arguments into the places of a template."""

    def __init__(self, arguments: list[ast.expr]) -> None:
        """Take the arguments."""
        self.arguments = arguments

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Replace a place, leave any other name."""
        if node.id.startswith(PLACE):
            return self.arguments[int(node.id.removeprefix(PLACE))]
        return ast.Name(node.id, ast.Load())

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Visit a copy, so that the template stays as it is."""
        fields = dict(ast.iter_fields(node))
        return super().generic_visit(type(node)(**{k: _copied(v) for k, v in fields.items()}))


def _copied(value: Any) -> Any:
    """Return a copy of a list, and anything else as it is."""
    return list(value) if isinstance(value, list) else value


def fill(template: str, *arguments: ast.expr) -> ast.expr:
    """Return a template with its arguments."""
    filled: ast.expr = _Fill(list(arguments)).visit(_template(template))
    return filled


class _Coder:
    """Rewrites one expression."""

    def __init__(self, expression: Expression) -> None:
        """Look up kinds and words in the expression."""
        self.expression = expression

    def code(self, node: ast.expr) -> ast.expr:
        """Return the code of a node."""
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            return node  # a number
        rewritten: ast.expr = method(node)
        return rewritten

    def _name(self, node: ast.Name) -> ast.expr:
        if node.id in CONSTANTS:
            return fill(CONSTANTS[node.id][1])
        if definition := self.expression.definitions.get(node.id):
            return _Coder(definition).code(definition.tree)
        return ast.Name(node.id, ast.Load())

    def _unaryop(self, node: ast.UnaryOp) -> ast.expr:
        return ast.UnaryOp(node.op, self.code(node.operand))

    def _binop(self, node: ast.BinOp) -> ast.expr:
        return ast.BinOp(self.code(node.left), node.op, self.code(node.right))

    def _attribute(self, node: ast.Attribute) -> ast.expr:
        return ast.Attribute(self.code(node.value), node.attr, ast.Load())

    def _subscript(self, node: ast.Subscript) -> ast.expr:
        return ast.Subscript(self.code(node.value), self.code(node.slice), ast.Load())

    def _tuple(self, node: ast.Tuple) -> ast.expr:
        return ast.Tuple([self.code(index) for index in node.elts], ast.Load())

    def _slice(self, node: ast.Slice) -> ast.expr:
        ends = [self.code(end) if end else None for end in (node.lower, node.upper)]
        return ast.Slice(*ends)

    def _call(self, node: ast.Call) -> ast.expr:
        special = {
            "d": self._differential,
            "D": self._partial,
            "block": self._block,
            "array": self._array,
            "sum": self._sum,
            "prod": self._prod,
        }
        if called_name(node) in special:
            return special[called_name(node)](node)
        if node not in self.expression.words:
            return ast.Call(node.func, [self._tensor(node.args[0])], [])
        row = self.expression.words[node]
        arguments = [
            self._tensor(argument) if parameter == "s" else self.code(argument)
            for argument, parameter in zip(node.args, row.parameters, strict=True)
        ]
        return fill(row.torch, *arguments)

    def _tensor(self, node: ast.expr) -> ast.expr:
        """Return a number of Python as a tensor, for a function that takes no other."""
        number = self.expression.kinds[node] in "kr" or isinstance(node, ast.Constant)
        return fill("torch.tensor({0})", self.code(node)) if number else self.code(node)

    def _compare(self, node: ast.Compare) -> ast.expr:
        ends = [self.code(end) for end in (node.left, *node.comparators)]
        return ast.Compare(ends[0], node.ops, ends[1:])

    # Derivatives: the function goes to the evaluator as a lambda

    def _differential(self, node: ast.Call) -> ast.expr:
        """Return ``d(lambda X, Y: ..., X=X, Y=Y)``: what varies, by name."""
        body = node.args[0]
        kinds = self.expression.variables
        names = sorted(name for name in self._names(body) if kinds[name] in "svM")
        keywords = [ast.keyword(name, ast.Name(name, ast.Load())) for name in names]
        function = _lambda(names, self.code(body))
        return ast.Call(ast.Name("d", ast.Load()), [function], keywords)

    def _names(self, node: ast.expr) -> frozenset[str]:
        """Return the variables in a node, those of definitions too."""
        e = self.expression
        part = Expression(e.source, node, e.kinds, e.words, e.variables, e.definitions)
        return part.names

    def _partial(self, node: ast.Call) -> ast.expr:
        """Return ``D(lambda x: ..., x)``, an entry of it, or its rows laid out flat."""
        body, *targets = node.args
        rewritten = self.code(body)
        for target in targets:
            rewritten = self._derivative(rewritten, target)
        return rewritten

    def _derivative(self, body: ast.expr, target: ast.expr) -> ast.expr:
        name = target_of(target)
        arguments: list[ast.expr] = [_lambda([name], body), ast.Name(name, ast.Load())]
        whole = ast.Call(ast.Name("D", ast.Load()), arguments, [])
        if isinstance(target, ast.Call):
            return fill("{0}.flatten(-2)", whole)
        if isinstance(target, ast.Subscript):
            index = self.code(target.slice)
            inner = index.elts if isinstance(index, ast.Tuple) else [index]
            everything: list[ast.expr] = [ast.Constant(...), *inner]
            return ast.Subscript(whole, ast.Tuple(everything, ast.Load()), ast.Load())
        return whole

    # Blocks, sums and products

    def _block(self, node: ast.Call) -> ast.expr:
        assert isinstance(node.args[0], ast.List)
        rows: list[ast.expr] = []
        for row in node.args[0].elts:
            assert isinstance(row, ast.List)
            entries = ast.List([self.code(entry) for entry in row.elts], ast.Load())
            rows.append(fill("torch.cat({0}, dim=1)", entries))
        return fill("torch.cat({0})", ast.List(rows, ast.Load()))

    def _array(self, node: ast.Call) -> ast.expr:
        return self._nested(node.args[0])

    def _nested(self, node: ast.expr) -> ast.expr:
        """Return a tensor of the numbers in a list, or of its lists."""
        if isinstance(node, ast.Constant):
            return fill("torch.tensor({0})", ast.Constant(float(str(node.value))))
        if not isinstance(node, ast.List):
            return self._tensor(node)
        parts = ast.List([self._nested(part) for part in node.elts], ast.Load())
        return fill("torch.stack({0})", parts)

    def _sum(self, node: ast.Call) -> ast.expr:
        if isinstance(node.args[0], ast.GeneratorExp):
            terms = self._generator(node.args[0])
            return ast.Call(ast.Name("sum", ast.Load()), [terms], [])
        return fill("torch.sum({0})", self.code(node.args[0]))

    def _prod(self, node: ast.Call) -> ast.expr:
        argument = node.args[0]
        if not isinstance(argument, ast.GeneratorExp):
            return fill("torch.prod({0})", self.code(argument))
        terms = self._generator(argument)
        if self.expression.kinds[argument] in "kr":
            return fill("torch.prod(torch.tensor({0}))", terms)
        return fill("torch.prod(torch.stack({0}))", terms)

    def _generator(self, node: ast.GeneratorExp) -> ast.ListComp:
        loops = []
        for loop in node.generators:
            assert isinstance(loop.iter, ast.Call)
            ends = [self.code(end) for end in loop.iter.args]
            ranged = ast.Call(ast.Name("range", ast.Load()), ends, [])
            loops.append(ast.comprehension(loop.target, ranged, [*map(self.code, loop.ifs)], 0))
        return ast.ListComp(self.code(node.elt), loops)


def _lambda(names: list[str], body: ast.expr) -> ast.Lambda:
    """Return a function of these names."""
    parameters = [ast.arg(name) for name in names]
    return ast.Lambda(ast.arguments([], parameters, None, [], [], None, []), body)
