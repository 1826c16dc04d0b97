"""What is to be derived: a function, its variables and the names in it, read and held as terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from autodiff_notes.deriving import terms
from autodiff_notes.deriving.outcome import NotSupported
from autodiff_notes.deriving.reading import read_term
from autodiff_notes.deriving.terms import Algebra, Term
from autodiff_notes.notation import Expression, read
from autodiff_notes.notation.sets import Declaration, declare

__all__ = ["Problem", "pose"]

SYMMETRIC = {"symmetric", "diagonal"}
"""The structures of symmetric matrices that move within the symmetric ones."""


@dataclass(frozen=True)
class Problem:
    """A function with its variables.

    Attributes
    ----------
    function : str
        Its text.
    variables : tuple of str
        The declarations.
    declarations : tuple of ~autodiff_notes.notation.sets.Declaration
        The same, read.
    where : dict of str to ~autodiff_notes.notation.Expression
        The names.
    value : ~autodiff_notes.notation.Expression
        The function, read.
    free : str
        The structure by whose free entries derivatives are listed, if they are.
    """

    function: str
    variables: tuple[str, ...]
    declarations: tuple[Declaration, ...]
    where: Mapping[str, Expression]
    value: Expression
    free: str = ""

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The kind of each variable, and of each symbol of a size."""
        return _kinds(self.declarations)

    @property
    def moving(self) -> dict[str, Declaration]:
        """The variables that have a gradient, with their sets."""
        return {n: d for d in self.declarations if not d.constant for n in d.names}

    def with_name(self, name: str, text: str) -> "Problem":
        """Return the problem with one more name."""
        where = {**self.where, name: read(text, self.kinds, dict(self.where))}
        return replace(self, where=where, value=read(self.function, self.kinds, where))

    def as_terms(self, now: Algebra) -> tuple[Term, dict[str, Term]]:
        """Return the function, and all names, as terms of an algebra."""
        names: dict[str, Term] = {}
        now.letters |= {*self.kinds, *self.where}
        for size in {size: None for d in self.declarations for size in d.sizes}:
            names[size] = terms.var(size)
            now.sets[names[size]] = "size"
        for declared in self.declarations:
            rank = max(0, "svM".find(declared.domain.kind))
            sizes = tuple(read_term(size.tree, names) for size in declared.arguments)
            for name in declared.names:
                names[name] = terms.var(name, (sizes * rank)[:rank])
                _note(now, names[name], declared)
        for name, expression in self.where.items():
            value = read_term(expression.tree, names)
            named = value.op not in {"var", "num", "zero"}
            names[name] = terms.name(terms.var(name, value.shape), value) if named else value
        now.used.clear()
        return read_term(self.value.tree, names), names


def _note(now: Algebra, x: Term, declared: Declaration) -> None:
    """Keep what is known of a variable."""
    domain = declared.domain
    now.sets[x] = domain.name
    if not declared.constant:
        now.moving.add(x)
    if domain.complex:
        now.complex.add(x)
    # The differential of a covariance is any matrix, so that it is symmetric at the end alone.
    if domain.structure in SYMMETRIC or (declared.constant and domain.name == "covariance"):
        now.symmetric.add(x)
    if domain.structure == "skew":
        now.skew.add(x)


def _kinds(declarations: Sequence[Declaration]) -> dict[str, str]:
    kinds: dict[str, str] = {size: "k" for d in declarations for size in d.sizes}
    return kinds | {n: d.domain.kind for d in declarations for n in d.names}


def pose(
    function: str, variables: Sequence[str], where: Mapping[str, str], free: str = ""
) -> Problem:
    """Read what is to be derived; a matrix is laid out row by row.

    Raises
    ------
    NotationError
        If a text is not in the notation.
    NotSupported
        If there is nothing to differentiate, or a derivative in it already.
    """
    declarations: list[Declaration] = []
    for text in variables:
        declarations.append(declare(text, [n for d in declarations for n in d.names]))
    kinds = _kinds(declarations)
    definitions: dict[str, Expression] = {}
    for name, text in where.items():
        definitions[name] = read(text, kinds, dict(definitions))
    value = read(function, kinds, definitions)
    if value.kind == "M":
        function = f"vec({function})"
        value = read(function, kinds, definitions)
    for word in ("d", "D"):
        if any(value.calls(word)):
            raise NotSupported(
                f"{word}(...) in a function: derive the function without it; "
                "for second derivatives there are .hvp() and hessian(...)"
            )
    problem = Problem(function, tuple(variables), tuple(declarations), definitions, value, free)
    if not problem.moving:
        raise NotSupported("every variable is constant: declare one without the word constant")
    return problem
