"""Domains that a word needs and a declaration does not give, with sets that do.

>>> from autodiff_notes.deriving import derive
>>> derive("logdet(X)", ("X in matrix(n, n)",))
Traceback (most recent call last):
    ...
autodiff_notes.deriving.outcome.DomainNeeded: logdet(X) needs a matrix of positive determinant, which
'X in matrix(n, n)' does not say; declare 'X in positive_determinant(n)'
"""

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from autodiff_notes.deriving.outcome import DomainNeeded
from autodiff_notes.deriving.problem import Problem
from autodiff_notes.notation.reading import called_name
from autodiff_notes.notation.sets import Declaration

__all__ = ["NEEDS", "refuse_missing_domain"]


@dataclass(frozen=True)
class Need:
    """What a word needs of its argument.

    Attributes
    ----------
    words : str
        In words.
    offers : dict of str to str
        The set that says it, by the kind of the argument.
    """

    words: str
    offers: dict[str, str]


_SPD = Need("a symmetric positive definite matrix", {"M": "spd"})
_INVERTIBLE = Need("an invertible matrix", {"M": "invertible"})
_DISTINCT = Need("a symmetric matrix with distinct eigenvalues", {"M": "distinct_eigenvalues"})
_POSITIVE = Need(
    "positive entries", {"s": "positive_scalar", "v": "positive", "M": "positive_matrix"}
)

NEEDS = {
    "logdet": Need("a matrix of positive determinant", {"M": "positive_determinant"}),
    "logabsdet": _INVERTIBLE,
    "inv": _INVERTIBLE,
    "solve": _INVERTIBLE,
    "cholesky": _SPD,
    "sqrtm": _SPD,
    "logm": _SPD,
    "eigenvalues": _DISTINCT,
    "eigenvectors": _DISTINCT,
    "log": _POSITIVE,
    "sqrt": _POSITIVE,
    "lgamma": _POSITIVE,
    "digamma": _POSITIVE,
    "polygamma": _POSITIVE,
}
"""What each word needs of a variable that is its argument."""

OPEN = {
    "matrix",
    "square",
    "scalar",
    "vector",
    "symmetric",
    "nonzero_scalar",
    "nonzero",
    "singular",
}
"""Sets that say too little for some word."""

POSITIVE = {
    "positive_scalar",
    "positive",
    "positive_matrix",
    "proportion",
    "proportions",
    "probability",
    "natural",
    "order",
}
"""Sets of positive numbers."""

ENOUGH = {
    "symmetric": {"eigenvalues", "eigenvectors"},
    "nonzero_scalar": set(),
    "nonzero": set(),
}
"""Words for which such a set is enough all the same."""


def refuse_missing_domain(problem: Problem) -> None:
    """Raise if a word is not defined everywhere in the sets of the variables it is applied to.

    Raises
    ------
    DomainNeeded
        It offers the declarations with other sets.
    """
    search = _Search(problem)
    for node, argument in _applications(problem):
        word = called_name(node)
        need = NEEDS[word]
        wanted = (search.positive if need is _POSITIVE else search.matrix)(argument, word)
        if not wanted:
            continue
        said, offered, variables = [], [], []
        for text, declared in zip(problem.variables, problem.declarations, strict=True):
            moved = {n: _declaration(declared, n, wanted[n]) for n in declared.names if n in wanted}
            said += [repr(text)] if moved else []
            offered += [repr(new) for new in moved.values()]
            variables += _replaced(declared, moved) if moved else [text]
        verb = "does" if len(said) == 1 else "do"
        raise DomainNeeded(
            f"{ast.unparse(node)} needs {need.words}, which {' and '.join(said)} {verb} not say; "
            f"declare {' and '.join(offered)}",
            tuple(variables),
        )


def _applications(problem: Problem) -> Iterator[tuple[ast.Call, ast.expr]]:
    """Yield calls of words that need something of their argument, in names too."""
    for expression in (problem.value, *problem.where.values()):
        for node in ast.walk(expression.tree):
            if isinstance(node, ast.Call) and called_name(node) in NEEDS:
                moving = (a for a in node.args if expression.kinds[a].varies)
                yield node, next(moving, node.args[0])


class _Search:
    """Finds the sets that variables would have to be in, or none where it cannot tell."""

    def __init__(self, problem: Problem) -> None:
        self.where = problem.where
        self.declared = {n: d for d in problem.declarations for n in d.names}

    def opened(self, node: ast.expr) -> ast.expr:
        """Return the meaning of a name, without transposes and positive numbers in front."""
        match node:
            case ast.Name(name) if name in self.where:
                return self.opened(self.where[name].tree)
            case ast.Attribute(value):
                return self.opened(value)
            case ast.BinOp(ast.Constant(), ast.Mult(), other):
                return self.opened(other)
            case ast.BinOp(other, ast.Div(), ast.Constant()):
                return self.opened(other)
        return node

    def open_set(self, name: str, word: str) -> bool:
        """Whether the set of a variable says too little for a word."""
        domain = self.declared[name].domain.name
        return domain in OPEN and word not in ENOUGH.get(domain, ())

    def matrix(self, argument: ast.expr, word: str) -> dict[str, str]:
        """Return the sets in which a word of a matrix is defined, by variable."""
        match self.opened(argument):
            case ast.Name(name) if name in self.declared and self.open_set(name, word):
                offer = NEEDS[word].offers.get(self.declared[name].domain.kind)
                return {name: offer} if offer else {}
            case ast.BinOp(left, ast.MatMult(), right):  # a Gram matrix
                first, last = map(self.opened, (left, right))
                turned = isinstance(left, ast.Attribute)
                if turned == isinstance(right, ast.Attribute) or ast.dump(first) != ast.dump(last):
                    return {}
                if isinstance(first, ast.Name) and self.declared[first.id].domain.name == "matrix":
                    return {first.id: "tall" if turned else "wide"}
            case ast.BinOp(left, ast.Add(), right):  # definite matrices add up to one
                terms = [self.opened(left), self.opened(right)]
                names = [t.id for t in terms if isinstance(t, ast.Name) and t.id in self.declared]
                if len(names) == len(terms):
                    return {name: "spd" for name in names if self.open_set(name, word)}
        return {}

    def positive(self, argument: ast.expr, word: str) -> dict[str, str]:
        """Return the sets in which an argument is positive, by variable."""
        names = self.signs(argument) or set()
        found = Counter(node.id for node in ast.walk(argument) if isinstance(node, ast.Name))
        if any(found[name] > 1 for name in names):  # it may be a square
            return {}
        return {name: NEEDS[word].offers[self.declared[name].domain.kind] for name in names}

    def signs(self, node: ast.expr) -> set[str] | None:  # noqa: PLR0911 - a case for each form
        """Return the terms that have to be positive for a value to be, or None where that is not enough."""
        match node:
            case ast.Constant(value):
                return set() if isinstance(value, int | float) and value > 0 else None
            case ast.Name(name) if name in self.where:
                return self.signs(self.where[name].tree)
            case ast.Name(name) if name in self.declared:
                domain = self.declared[name].domain.name
                return {name} if domain in OPEN else set() if domain in POSITIVE else None
            case ast.Name():
                return set()  # a size
            case ast.Attribute(value):
                return self.signs(value)
            case ast.BinOp(_, ast.Pow(), ast.Constant(2)):
                return set()
            case ast.BinOp(base, ast.Pow(), _):
                return self.signs(base)
            case ast.BinOp(left, ast.MatMult(), right) if ast.dump(left) == ast.dump(right):
                return set()
            case ast.BinOp(left, ast.Add() | ast.Mult() | ast.Div() | ast.MatMult(), right):
                both = self.signs(left), self.signs(right)
                return None if both[0] is None or both[1] is None else both[0] | both[1]
            case ast.Call(ast.Name(word), [argument]) if word in {"sum", "mean", "diag"}:
                return self.signs(argument)
            case ast.Call(ast.Name("exp" | "sigmoid" | "cosh" | "softmax" | "ones" | "norm")):
                return set()
        return None


def _declaration(declared: Declaration, name: str, sets: str) -> str:
    """Return the declaration of one variable in another set."""
    sizes = [size.source for size in declared.arguments]
    if declared.domain.kind == "M" and sets not in {"positive_matrix", "tall", "wide"}:
        sizes = sizes[:1]
    elif declared.domain.kind == "M" and len(sizes) == 1:
        sizes *= 2
    constant = "constant " if declared.constant else ""
    return f"{constant}{name} in {sets}({', '.join(sizes)})"


def _replaced(declared: Declaration, moved: Mapping[str, str]) -> list[str]:
    kept = tuple(n for n in declared.names if n not in moved)
    return [*([replace(declared, names=kept).source] if kept else []), *moved.values()]
