"""Domains that a word needs and a declaration does not give, with sets that do.

>>> from autodiff_notes.deriving import derive
>>> derive("logdet(X)", ("X in matrix(n, n)",))
Traceback (most recent call last):
    ...
autodiff_notes.deriving.outcome.DomainNeeded: logdet(X) needs a matrix of positive determinant, which
'X in matrix(n, n)' does not say; declare 'X in positive_determinant(n)'
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

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

ENOUGH = {
    "symmetric": {"eigenvalues", "eigenvectors"},
    "nonzero_scalar": set(),
    "nonzero": set(),
}
"""Words for which such a set is enough all the same."""


def refuse_missing_domain(problem: Problem) -> None:
    """Raise if a word is not defined everywhere in the set of the variable it is applied to.

    Raises
    ------
    DomainNeeded
        It offers the declarations with another set.
    """
    for word, name in _applications(problem):
        declared = next(d for d in problem.declarations if name in d.names)
        need = NEEDS[word]
        domain = declared.domain
        if domain.name not in OPEN or word in ENOUGH.get(domain.name, ()):
            continue
        sets = need.offers.get(domain.kind)
        if sets is None:
            continue
        offered = _declaration(declared, name, sets)
        said = next(
            v for v, d in zip(problem.variables, problem.declarations, strict=True) if d is declared
        )
        variables = tuple(
            part
            for v, d in zip(problem.variables, problem.declarations, strict=True)
            for part in (_replaced(v, d, name, offered) if d is declared else (v,))
        )
        raise DomainNeeded(
            f"{word}({name}) needs {need.words}, which {said!r} does not say; declare {offered!r}",
            variables,
        )


def _applications(problem: Problem) -> Iterator[tuple[str, str]]:
    """Yield words with the variables that they are applied to, in names too."""
    declared = {n for d in problem.declarations for n in d.names}
    for expression in (problem.value, *problem.where.values()):
        for node in ast.walk(expression.tree):
            if not isinstance(node, ast.Call) or called_name(node) not in NEEDS:
                continue
            argument = node.args[0]
            if isinstance(argument, ast.Attribute):
                argument = argument.value
            if isinstance(argument, ast.Name) and argument.id in declared:
                yield called_name(node), argument.id


def _declaration(declared: Declaration, name: str, sets: str) -> str:
    """Return the declaration of one variable in another set."""
    sizes = [size.source for size in declared.arguments]
    if declared.domain.kind == "M" and sets != "positive_matrix":
        sizes = sizes[:1]
    elif declared.domain.kind == "M" and len(sizes) == 1:
        sizes *= 2
    constant = "constant " if declared.constant else ""
    return f"{constant}{name} in {sets}({', '.join(sizes)})"


def _replaced(text: str, declared: Declaration, name: str, offered: str) -> tuple[str, ...]:
    """Return the declarations in the place of one, of which one variable moved to another set."""
    kept = [n for n in declared.names if n != name]
    if not kept:
        return (offered,)
    constant = "constant " if declared.constant else ""
    rest = text.partition(" in ")[2]
    return (f"{constant}{', '.join(kept)} in {rest}", offered)
