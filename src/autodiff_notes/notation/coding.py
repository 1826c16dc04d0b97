"""From an expression to torch code, and to a function.

>>> from autodiff_notes.notation.reading import read
>>> code(read("inner(inv(X).mT, V)", {"X": "M", "V": "M"}))
'torch.sum(torch.linalg.inv(X).mT * V)'
"""

import ast
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

from autodiff_notes.notation.kinds import Kind
from autodiff_notes.notation.reading import Expression, called_name, target_of
from autodiff_notes.notation.vocabulary import CONSTANTS

__all__ = ["code", "compiled", "helpers", "namespace"]

FUNCTIONS = Path(__file__).parents[1] / "evaluation" / "functions.py"
PLACE = "argument_"

# Two words that lose digits or overflow one after the other, and what torch has for both at once.
STABLE = {
    ("log", "softmax"): "torch.log_softmax({0}, 0)",
    ("log", "cosh"): "torch.logaddexp({0}, -{0}) - 0.6931471805599453",
}


def code(expression: Expression) -> str:
    """Return the torch code of an expression, on one line."""
    return ast.unparse(_Coder(expression).visit(expression.tree))


def helpers(expression: Expression) -> dict[str, str]:
    """Return the functions that its torch code calls and torch lacks: their source, by name.

    It is read from :mod:`autodiff_notes.evaluation.functions`, which is not imported.

    >>> from autodiff_notes.notation.reading import read
    >>> print(helpers(read("sym(A)", {"A": "M"}))["sym"])
    def sym(A):
        return (A + A.mT) / 2
    """
    tree = _Coder(expression).visit(expression.tree)
    called = set(map(called_name, ast.walk(tree)))
    return {name: source for name, source in _sources().items() if name in called}


@cache
def _sources() -> dict[str, str]:
    # The loader reads from an archive, too.
    text = __loader__.get_data(str(FUNCTIONS)).decode()  # type: ignore[name-defined]
    functions = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    return {function.name: _copied(function, text.splitlines()) for function in functions}


def _copied(function: ast.FunctionDef, lines: list[str]) -> str:
    parameters = ", ".join(argument.arg for argument in function.args.args)
    _, first, *_ = function.body  # behind the docstring
    body = lines[first.lineno - 1 : function.end_lineno]
    return "\n".join([f"def {function.name}({parameters}):", *body])


@lru_cache(maxsize=4096)  # more than the whole catalogue; each is evaluated at many points
def compiled(expression: Expression) -> CodeType:
    """Return the code, to be evaluated in a :func:`namespace` that holds the variables."""
    tree = ast.Expression(_Coder(expression).visit(expression.tree))
    return compile(ast.fix_missing_locations(tree), f"<{expression.source}>", "eval")


def namespace(engine: Mapping[str, Any]) -> dict[str, Any]:
    """Return the names that compiled code may use: the engine, sum and range, and nothing else.

    Parameters
    ----------
    engine : dict of str to object
        The modules and functions that the table of words names: torch, and those of
        :mod:`autodiff_notes.evaluation.functions`.
    """
    # No expression can name __import__; torch's own code asks the caller for it.
    return {"__builtins__": {"sum": sum, "range": range, "__import__": __import__}, **engine}


class Copier(ast.NodeVisitor):
    """Copies a tree; nodes with a method in a subclass are replaced."""

    def visit(self, node: ast.AST) -> Any:
        """Return the copy of a node."""
        return super().visit(node)

    def generic_visit(self, node: ast.AST) -> Any:
        """Return a node with copies of its parts."""
        return type(node)(**{name: self._part(part) for name, part in ast.iter_fields(node)})

    def _part(self, part: Any) -> Any:
        if isinstance(part, list):
            return [*map(self._part, part)]
        return self.visit(part) if isinstance(part, ast.AST) else part


class _Fill(Copier):
    """Puts arguments into the places of a template."""

    def __init__(self, arguments: tuple[ast.expr, ...]) -> None:
        self.arguments = arguments

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id.startswith(PLACE):
            return self.arguments[int(node.id.removeprefix(PLACE))]
        return ast.Name(node.id, ast.Load())


def fill(template: str, *arguments: ast.expr) -> ast.expr:
    """Return a template with its arguments."""
    filled: ast.expr = _Fill(arguments).visit(_template(template))
    return filled


@cache
def _template(source: str) -> ast.expr:
    places = (f"{PLACE}{i}" for i in range(9))
    return ast.parse(source.format(*places), mode="eval").body


class _Coder(Copier):
    """Rewrites one expression in the words of torch."""

    def __init__(self, expression: Expression) -> None:
        self.expression = expression

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in CONSTANTS:
            return fill(CONSTANTS[node.id][1])
        if definition := self.expression.definitions.get(node.id):
            rewritten: ast.expr = _Coder(definition).visit(definition.tree)
            return rewritten
        return ast.Name(node.id, node.ctx)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        special = {
            "d": self._differential,
            "D": self._partial,
            "block": self._block,
            "array": self._array,
            "sum": self._sum,
            "prod": self._prod,
            "range": self.generic_visit,
        }
        if called_name(node) in special:
            rewritten: ast.expr = special[called_name(node)](node)
            return rewritten
        if node not in self.expression.words:
            return ast.Call(node.func, [self._tensor(node.args[0])], [])
        row = self.expression.words[node]
        if (stable := STABLE.get((called_name(node), called_name(node.args[0])))) is not None:
            inner = node.args[0]
            assert isinstance(inner, ast.Call)
            return fill(stable, self.visit(inner.args[0]))
        arguments = [
            self._tensor(argument) if parameter is Kind.SCALAR else self.visit(argument)
            for argument, parameter in zip(node.args, row.parameters, strict=True)
        ]
        return fill(row.torch, *arguments)

    def _tensor(self, node: ast.expr) -> ast.expr:
        number = not self.expression.kinds[node].varies or isinstance(node, ast.Constant)
        rewritten: ast.expr = self.visit(node)
        return fill("torch.tensor({0})", rewritten) if number else rewritten

    # Derivatives: the function goes to the evaluator as a lambda

    def _differential(self, node: ast.Call) -> ast.expr:
        """Return ``d(lambda X, Y: ..., X=X, Y=Y)``: what varies, by name."""
        body = node.args[0]
        kinds = self.expression.variables
        names = sorted(name for name in self._names(body) if kinds[name].varies)
        keywords = [ast.keyword(name, ast.Name(name, ast.Load())) for name in names]
        function = _lambda(names, self.visit(body))
        return ast.Call(ast.Name("d", ast.Load()), [function], keywords)

    def _names(self, node: ast.expr) -> frozenset[str]:
        e = self.expression
        part = Expression(e.source, node, e.kinds, e.words, e.variables, e.definitions)
        return part.names

    def _partial(self, node: ast.Call) -> ast.expr:
        """Return ``D(lambda x: ..., x)``, an entry of it, or its rows laid out flat."""
        body, *targets = node.args
        rewritten: ast.expr = self.visit(body)
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
            index = self.visit(target.slice)
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
            entries = ast.List([self.visit(entry) for entry in row.elts], ast.Load())
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
        return fill("torch.sum({0})", self.visit(node.args[0]))

    def _prod(self, node: ast.Call) -> ast.expr:
        argument = node.args[0]
        if not isinstance(argument, ast.GeneratorExp):
            return fill("torch.prod({0})", self.visit(argument))
        terms = self._generator(argument)
        if not self.expression.kinds[argument].varies:
            return fill("torch.prod(torch.tensor({0}))", terms)
        return fill("torch.prod(torch.stack({0}))", terms)

    def _generator(self, node: ast.GeneratorExp) -> ast.ListComp:
        return ast.ListComp(self.visit(node.elt), [*map(self.visit, node.generators)])


def _lambda(names: list[str], body: ast.expr) -> ast.Lambda:
    parameters = [ast.arg(name) for name in names]
    return ast.Lambda(ast.arguments([], parameters, None, [], [], None, []), body)
