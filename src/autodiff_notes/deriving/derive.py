"""Derive a gradient: from the text of a function to the text of its derivation.

>>> found = derive("x @ A @ x / (x @ x)", ("x in nonzero(n)", "constant A in symmetric(n)"))
>>> found.gradients
{'x': '2 * (A @ x / (x @ x) - (x @ A @ x) * x / (x @ x) ** 2)'}
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from types import MappingProxyType

from autodiff_notes.deriving import terms
from autodiff_notes.deriving.derived import Derived
from autodiff_notes.deriving.jacobians import jacobian
from autodiff_notes.deriving.outcome import NotSupported
from autodiff_notes.deriving.reading import read_term
from autodiff_notes.deriving.spaces import FREE, SPACES
from autodiff_notes.deriving.steps import Step, paired, steps
from autodiff_notes.deriving.terms import Algebra, Term
from autodiff_notes.deriving.tidy import tidied
from autodiff_notes.deriving.writing import SUM, write
from autodiff_notes.notation import Expression, NotationError, letter, read
from autodiff_notes.notation.sets import Declaration, declare

__all__ = ["derive"]

BUDGET = 1.0
"""Seconds in which shorter forms are looked for."""

READ_OFF = "read off"


@dataclass(frozen=True)
class Problem:
    """What is to be derived, read."""

    function: str
    declarations: tuple[Declaration, ...]
    where: Mapping[str, Expression]
    value: Expression

    @property
    def moving(self) -> tuple[str, ...]:
        """The variables that have a gradient."""
        return tuple(n for d in self.declarations if not d.constant for n in d.names)


def derive(
    function: str,
    variables: Sequence[str],
    *,
    where: Mapping[str, str] = MappingProxyType({}),
    free: str = "",
) -> Derived:
    """Derive the gradient of a function by every variable that moves.

    Parameters
    ----------
    function : str
        An expression of the notation.
    variables : tuple of str
        Declarations such as ``"X in invertible(n)"`` and ``"constant A, B in matrix(m, n)"``.
    where : dict of str to str
        Names for other expressions; they are kept where they shorten.
    free : str
        For a structured matrix: the partial derivatives by its free entries instead of the
        gradient, a key of :data:`autodiff_notes.deriving.spaces.FREE`.

    Raises
    ------
    NotationError
        If a text is not in the notation.
    NotSupported
        If there is no rule; the message says for which word, and what there is.

    Examples
    --------
    >>> print(derive("logdet(X)", ("X in positive_determinant(n)",)))
    X in positive_determinant(n)
    <BLANKLINE>
    d(logdet(X))
    = tr(inv(X) @ d(X))  # [the log-determinant](#log-det)
    = inner(inv(X).mT, d(X))  # read off
    <BLANKLINE>
    """
    problem = _read(function, tuple(variables), where)
    until = perf_counter() + BUDGET
    with terms.algebra() as now:
        names = _declared(now, problem)
        for name, expression in problem.where.items():
            value = read_term(expression.tree, names)
            names[name] = value if terms.is_zero(value) else _named(name, value)
        now.used.clear()
        f = read_term(problem.value.tree, names)
        now.first = list(now.used)
        if f.rank:
            return _vector(problem, f, names, until)
        return _scalar(problem, f, names, until, free)


def _read(function: str, variables: tuple[str, ...], where: Mapping[str, str]) -> Problem:
    """Return what is to be derived, once every word and every kind is known."""
    declarations: list[Declaration] = []
    for text in variables:
        declarations.append(declare(text, [n for d in declarations for n in d.names]))
    kinds = {size: "k" for d in declarations for size in d.sizes}
    kinds |= {n: d.domain.kind for d in declarations for n in d.names}
    definitions: dict[str, Expression] = {}
    for name, text in where.items():
        definitions[name] = read(text, kinds, dict(definitions))
    value = read(function, kinds, definitions)
    if value.kind == "M":
        function = f"vec({function})"
        value = read(function, kinds, definitions)
    for word in ("d", "D"):
        if any(value.calls(word)):
            raise NotSupported(f"{word}(...) in a function; what is derived has no derivatives in it")
    problem = Problem(function, tuple(declarations), definitions, value)
    if not problem.moving:
        raise NotSupported("every variable is constant; declare one without the word constant")
    return problem


def _declared(now: Algebra, problem: Problem) -> dict[str, Term]:
    """Return the variables and sizes as terms, with what is known of them."""
    names: dict[str, Term] = {}
    now.letters |= {n for d in problem.declarations for n in (*d.names, *d.sizes)} | set(problem.where)
    for declared in problem.declarations:
        for size in declared.sizes:
            if size not in names:
                names[size] = terms.var(size)
                now.sets[names[size]] = "size"
    for declared in problem.declarations:
        domain = declared.domain
        shape = tuple(read_term(size.tree, names) for size in declared.arguments)
        shape = {"v": shape, "M": shape * (3 - len(shape))}.get(domain.kind, ())[: "svM".find(domain.kind)]
        for name in declared.names:
            x = names[name] = terms.var(name, shape)
            now.sets[x] = domain.name
            if not declared.constant:
                now.moving.add(x)
            if domain.complex:
                now.complex.add(x)
            if domain.name in SYMMETRIC or (declared.constant and domain.name == "covariance"):
                now.symmetric.add(x)
            if domain.name == "skew_symmetric":
                now.skew.add(x)
    return names


SYMMETRIC = {"symmetric", "distinct_eigenvalues", "spd", "scalar_matrix", "diagonal"}
"""The sets of symmetric matrices that move within the symmetric ones."""


def _named(name: str, value: Term) -> Term:
    """Return a name for a term."""
    return terms.name(terms.var(name, value.shape), value) if value.op not in {"var", "num"} else value


def _scalar(
    problem: Problem, f: Term, names: dict[str, Term], until: float, free: str
) -> Derived:
    """Return the derivation of a number."""
    found = steps(f, until)
    lines = list(found.lines)
    gradients = {}
    projected = False
    for declared in problem.declarations:
        if declared.constant:
            continue
        for name in declared.names:
            x = names[name]
            G = found.cotangents.get(x, terms.zero(x.shape))
            gradients[x] = G
    settled = {x: _settled(x, G, until) for x, G in gradients.items()}
    projections = {x: _projected(x, G, names, until, free) for x, G in settled.items()}
    last = _pairs(gradients)
    reasons = []
    if any(settled[x] is not G for x, G in gradients.items()):
        reasons.append("the matrix is symmetric")
    for x, (G, reason) in projections.items():
        if G is not settled[x]:
            projected = True
            reasons.append(reason.format(X=letter(str(x.args[0])), d=rf"\d {letter(str(x.args[0]))}"))
    if reasons and (not lines or lines[-1].term is not last):
        lines.append(Step(last, "collected"))
    final = {str(x.args[0]): write(G) for x, (G, _) in projections.items()}
    if lines and terms.algebra_now().first:
        reason = ", ".join([*terms.algebra_now().first, lines[0].reason])
        lines[0] = Step(lines[0].term, reason)
    text = [f"d({problem.function})"]
    text += [f"= {write(step.term)}  # {step.reason}" for step in lines]
    if not lines:
        reasons = reasons or (["linear"] if f.moves else ["nothing in it moves"])
    ending = f"= {_paired_text(problem, final, free)}  # "
    if reasons or len(text) == 1 or not text[-1].startswith(ending):
        text.append(ending + (", ".join(dict.fromkeys(reasons)) or READ_OFF))
    where = _where(problem, [*text])
    return Derived(
        function=problem.function,
        variables=tuple(_declaration(d) for d in problem.declarations),
        gradients=final,
        where=where,
        chains=("\n".join(text),),
        free=free,
    )


def _vector(problem: Problem, f: Term, names: dict[str, Term], until: float) -> Derived:
    """Return the Jacobian of a vector."""
    moving = [names[name] for name in problem.moving]
    if any(terms.algebra_now().sets[x] in SPACES for x in moving):
        raise NotSupported("the Jacobian by a structured variable: pair the function with a constant")
    lines, matrices = jacobian(f, moving, until)
    final = {name: write(matrices[names[name]]) for name in problem.moving}
    text = [f"d({problem.function})"]
    text += [f"= {write(step.term)}  # {step.reason}" for step in lines]
    pairs = (
        f"({final[name]}) @ " + (f"d({name})" if names[name].rank == 1 else f"vec(d({name}))")
        for name in problem.moving
    )
    text.append(f"= {' + '.join(pairs)}  # {READ_OFF}")
    return Derived(
        function=problem.function,
        variables=tuple(_declaration(d) for d in problem.declarations),
        gradients=final,
        where=_where(problem, text),
        chains=("\n".join(text),),
    )


def _pairs(gradients: Mapping[Term, Term]) -> Term:
    """Return the sum of the inner products of gradients and differentials."""
    pairs = [paired(G, x) for x, G in gradients.items() if not terms.is_zero(G)]
    return terms.add(*pairs) if pairs else terms.num(0)


def _settled(x: Term, G: Term, until: float) -> Term:
    """Return a gradient at a symmetric matrix whose differential is any."""
    now = terms.algebra_now()
    if not any(now.sets.get(leaf) == "covariance" for leaf in now.moving):
        return G
    now.memo = {}
    now.symmetric |= {leaf for leaf in now.moving if now.sets.get(leaf) == "covariance"}
    settled = terms.substituted(G, {})
    return tidied(settled, until)


def _projected(
    x: Term, G: Term, names: Mapping[str, Term], until: float, free: str
) -> tuple[Term, str]:
    """Return the gradient within the space of a variable, and why."""
    now = terms.algebra_now()
    space = SPACES.get(now.sets[x])
    if free and x.rank == 2:
        n = x.shape[0]
        return tidied(read_term(FREE[free], {"G": G, "X": x, "n": n}), until), "each free entry once"
    if space is None or terms.is_zero(G):
        return G, ""
    n = x.shape[0]
    whole = tidied(read_term(space.projection, {"G": G, "X": x, "n": n}), until)
    if space.projection in {"sym(G)", "skew(G)"} and whole is not G:
        c, scalars, body = terms.split(G)
        word = space.projection[: -len("(G)")]
        short = terms.product(c, scalars, terms.make("call", (word, body), x.shape))
        whole = min(whole, short, key=lambda t: t.size)
    return whole, space.reason


def _paired_text(problem: Problem, gradients: Mapping[str, str], free: str) -> str:
    """Return the differential of the function, read off from its gradients."""
    kinds = {n: d.domain for d in problem.declarations for n in d.names}
    return " + ".join(_pair(G, name, kinds[name], free, problem) for name, G in gradients.items())


_FREE_SUM = {
    "symmetric": "sum(({G})[{i}, {j}] * d({X})[{i}, {j}] for {i} in range({n}) for {j} in range({i} + 1))",
    "diagonal": "inner({G}, d({X}))",
    "toeplitz": "sum(({G})[0, {j}] * d({X})[0, {j}] for {j} in range({n})) "
    "+ sum(({G})[{i}, 0] * d({X})[{i}, 0] for {i} in range(1, {n}))",
}


def _pair(G: str, name: str, domain: object, free: str, problem: Problem) -> str:
    """Return the inner product of a gradient and the differential of its variable."""
    from autodiff_notes.notation.sets import Domain  # noqa: PLC0415

    assert isinstance(domain, Domain)
    if free and domain.kind == "M":
        (n,) = next(d for d in problem.declarations if name in d.names).sizes
        taken = set(re.findall(r"\w+", G)) | {m for d in problem.declarations for m in d.names}
        i, j = [letter for letter in "ijklpqrst" if letter not in taken][:2]
        return _FREE_SUM[free].format(G=G, X=name, n=n, i=i, j=j)
    if domain.complex:
        product = {"s": "conj({0}) * d({1})", "v": "conj({0}) @ d({1})"}
        return f"re({product.get(domain.kind, 'sum(conj({0}) * d({1}))').format(G, name)})"
    return f"({G}) * d({name})" if domain.kind == "s" else f"inner({G}, d({name}))"


def _where(problem: Problem, lines: Sequence[str]) -> dict[str, str]:
    """Return the names that occur in lines, or in what other names stand for."""
    used: dict[str, str] = {}
    text = " ".join(line.partition("#")[0] for line in lines)
    for name, expression in reversed(problem.where.items()):
        if re.search(rf"\b{name}\b", " ".join([text, *used.values()])):
            used[name] = expression.source
    return dict(reversed(used.items()))


def _declaration(declared: Declaration) -> str:
    """Return a declaration as text."""
    sizes = ", ".join(size.source for size in declared.arguments)
    constant = "constant " if declared.constant and declared.domain.tangent != "none" else ""
    return f"{constant}{', '.join(declared.names)} in {declared.domain.name}({sizes})"


__all__ += ["NotationError"]
