"""NumPy and JAX code for what was derived, by the columns of the vocabulary.

>>> from autodiff_notes.notation import read
>>> code("numpy", read("inner(inv(X).mT, V)", {"X": "M", "V": "M"}))
'np.sum(np.linalg.inv(X).mT * V)'
>>> code("jax", read("sigmoid(x)", {"x": "v"}))
'jax.nn.sigmoid(x)'
"""

import ast
import re
from collections.abc import Mapping, Sequence

from autodiff_notes.deriving.outcome import NotSupported
from autodiff_notes.notation import Expression, read
from autodiff_notes.notation.coding import Copier, fill
from autodiff_notes.notation.reading import called_name
from autodiff_notes.notation.sets import Declaration
from autodiff_notes.notation.vocabulary import CONSTANTS

__all__ = ["ENGINES", "code", "module"]

ENGINES = {
    "numpy": {"np": "import numpy as np", "scipy": "import scipy"},
    "jax": {"jnp": "import jax.numpy as jnp", "jax": "import jax"},
}
"""The modules that code may name, with how each is imported."""


def code(engine: str, expression: Expression) -> str:
    """Return the code of an expression in the words of an engine, on one line.

    Parameters
    ----------
    engine : str
        A key of :data:`ENGINES`.
    expression : ~autodiff_notes.notation.Expression
        A function or a gradient; names stay names.
    """
    return ast.unparse(ast.fix_missing_locations(_Coder(engine, expression).visit(expression.tree)))


class _Coder(Copier):
    """Rewrites a copy of one expression."""

    def __init__(self, engine: str, expression: Expression) -> None:
        self.engine, self.expression = engine, expression
        self.arrays = next(iter(ENGINES[engine]))  # np or jnp

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """Rewrite a transpose; torch alone has a word for the conjugate one."""
        return fill("{0}.mT.conj()" if node.attr == "mH" else "{0}.mT", self.visit(node.value))

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Rewrite a constant; any other name stays."""
        known = node.id in self.expression.variables
        named = ast.Name(node.id, node.ctx)
        return named if known or node.id not in CONSTANTS else fill(f"{self.arrays}.{node.id}")

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Rewrite a word."""
        word = called_name(node)
        arguments: list[ast.expr] = [self.visit(a) for a in node.args]
        if word in {"block", "array"}:
            return fill(f"{self.arrays}.{word}({{0}})", *arguments)
        if word == "range":
            return ast.Call(ast.Name("range", ast.Load()), arguments, [])
        if word in {"sum", "prod"}:
            if not isinstance(arguments[0], ast.GeneratorExp):
                return fill(f"{self.arrays}.{word}({{0}})", *arguments)
            if word == "sum":
                return ast.Call(ast.Name("sum", ast.Load()), arguments, [])
            terms = ast.ListComp(arguments[0].elt, arguments[0].generators)
            return fill(f"{self.arrays}.prod({self.arrays}.array({{0}}))", terms)
        row = self.expression.words.get(node)
        if row is None:
            raise NotSupported(f"{self.engine} code for {word}(...)")
        template = row.jax if self.engine == "jax" else row.numpy
        return fill(template, *arguments)


def module(
    engine: str,
    function: str,
    gradients: Mapping[str, str],
    where: Mapping[str, str],
    declarations: Sequence[Declaration],
) -> str:
    """Return a module with a function and its gradient, to be copied.

    Parameters
    ----------
    engine : str
        A key of :data:`ENGINES`.
    function : str
        The function.
    gradients, where : dict of str to str
        The gradients, and the names in them.
    declarations : tuple of ~autodiff_notes.notation.sets.Declaration
        The variables.
    """
    kinds: dict[str, str] = {size: "k" for d in declarations for size in d.sizes}
    kinds |= {name: d.domain.kind for d in declarations for name in d.names}
    for name, text in where.items():
        kinds[name] = read(text, kinds).kind
    named = {name: code(engine, read(text, kinds)) for name, text in where.items()}
    parts = [
        _function(name, [code(engine, read(text, kinds)) for text in texts], named, declarations)
        for name, texts in (("f", [function]), ("gradient", list(gradients.values())))
    ]
    body = "\n\n\n".join(parts)
    imports = [line for name, line in ENGINES[engine].items() if re.search(rf"\b{name}\.", body)]
    return "\n".join(imports) + f"\n\n\n{body}\n"


def _function(
    name: str, values: Sequence[str], named: Mapping[str, str], declarations: Sequence[Declaration]
) -> str:
    """Return a function that returns these values."""
    used: dict[str, str] = {}
    for letter, text in reversed(list(named.items())):
        if re.search(rf"\b{letter}\b", " ".join([*values, *used.values()])):
            used[letter] = text
    lines = [f"{letter} = {text}" for letter, text in reversed(used.items())]
    body = " ".join([*values, *used.values()])
    parameters = [n for d in declarations for n in d.names]
    sizes = [
        f"{size} = {_where(size, declarations)}"
        for size in dict.fromkeys(size for d in declarations for size in d.sizes)
        if re.search(rf"\b{size}\b", body)
    ]
    heading = f"def {name}({', '.join(parameters)}):"
    return "\n    ".join([heading, *sizes, *lines, f"return {', '.join(values)}"])


def _where(size: str, declarations: Sequence[Declaration]) -> str:
    """Return where a size can be read."""
    for d in declarations:
        for place, argument in enumerate(d.arguments):
            if argument.source == size and d.domain.kind in {"v", "M"}:
                return f"{d.names[0]}.shape[{place}]"
    raise NotSupported(f"code: no variable has the size {size}; declare one that has")
