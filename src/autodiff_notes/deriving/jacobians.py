# ruff: noqa: PLR0911 - a case for each kind of term
"""Jacobians: the matrix by which the differential of a variable is multiplied.

The differential of a vector-valued function is opened until ``d(x)`` alone is left; what stands around
it is then the matrix. A matrix variable is taken row by row, where ``vec(A @ X @ B)`` is
``kron(A, B.mT) @ vec(X)``.
"""

from collections.abc import Callable, Mapping
from functools import partial

from autodiff_notes.deriving import terms
from autodiff_notes.deriving.adjoints import Cotangents, transposed
from autodiff_notes.deriving.differentials import differential
from autodiff_notes.deriving.outcome import NotSupported
from autodiff_notes.deriving.spaces import projected
from autodiff_notes.deriving.steps import LAYERS, is_variable
from autodiff_notes.deriving.terms import Term, num, split, times
from autodiff_notes.deriving.tidy import tidied
from autodiff_notes.notation.sets import Declaration

__all__ = ["jacobian"]


def jacobian(
    f: Term, variables: Mapping[Term, Declaration]
) -> tuple[list[tuple[Term, str]], dict[Term, Term]]:
    """Return the lines with their reasons, and the matrix for each variable.

    Parameters
    ----------
    f : Term
        A vector.
    variables : dict of Term to ~autodiff_notes.notation.sets.Declaration
        Those that move.
    """
    lines: list[tuple[Term, str]] = []
    reasons: dict[str, None] = {}
    moved = differential(f, reasons)
    for _ in range(LAYERS):
        if reasons:
            lines.append((moved, ", ".join(reasons)))
        nodes = [n for n in _differentiated(moved) if not is_variable(n)]
        if not nodes:
            break
        inner = frozenset().union(*(n.nodes - {n} for n in nodes))
        reasons = {}
        ready = [n for n in nodes if n not in inner]
        moved = terms.substituted(moved, {terms.d(n): differential(n, reasons) for n in ready})
        reasons = reasons or {"linear": None}
    matrices = {}
    for x, declared in variables.items():
        others = {terms.d(y): terms.zero(y.shape) for y in variables if y is not x}
        alone = terms.substituted(moved, others)
        if declared.domain.structure == "any" and not declared.domain.complex:
            matrices[x] = tidied(_matrix(alone, x))
        else:  # each row is a gradient, which lies where the variable moves
            matrices[x] = _by_entries(alone, x, partial(projected, x, declared=declared))
    return lines, matrices


def _differentiated(t: Term) -> list[Term]:
    if t.op == "d":
        return [t.args[0]]
    return list(dict.fromkeys(n for part in t.parts if part.has_d for n in _differentiated(part)))


def _columns(x: Term) -> Term:
    return times(*x.shape)


def _matrix(t: Term, x: Term) -> Term:
    """Return the matrix of a vector that is linear in the differential of a variable."""
    if terms.is_zero(t):
        return terms.zero((t.shape[0], _columns(x)))
    if not x.rank:
        raise NotSupported(f"the Jacobian by the number {x!r}: declare it as a vector of one entry")
    found = _structured(t, x)
    return found if found is not None else _by_entries(t, x)


def _structured(t: Term, x: Term) -> Term | None:
    """Return the matrix as a product, where the term shows it."""
    c, scalars, body = split(t)
    front = [(a, e) for a, e in scalars if not a.has_d]
    if len(front) < len(scalars):
        moved = next(a for a, _ in scalars if a.has_d)
        rest = terms.product(c, front, body)
        return terms.outer(rest, _flat(_gradient(moved, num(1), x)))
    assert body is not None
    scale = terms.product(c, front, None)
    match body.op:
        case "d":
            return times(scale, terms.eye(x.shape[0]))
        case "add":
            return times(scale, terms.add(*(times(num(e), _matrix(p, x)) for e, p in body.args)))
        case "had":
            place = next(k for k, (b, _) in enumerate(body.args) if b.has_d)
            others = [terms.power(*p) for k, p in enumerate(body.args) if k != place]
            inner = _matrix(body.args[place][0], x)
            return times(scale, terms.matmul(terms.call("Diag", times(*others)), inner))
        case "chain":
            place = next(k for k, f in enumerate(body.args) if f.has_d)
            right = body.args[place + 1 :]
            middle = body.args[place]
            if right:
                tail = right[-1]
                for f in reversed(right[:-1]):
                    tail = terms.matmul(f, tail)
                row = terms.outer(terms.ones(num(1)), tail)
                if middle.op != "d":
                    return None
                inner = terms.call("kron", terms.eye(middle.shape[0]), row)
                if place == 0:
                    return times(scale, inner)
                left = _product(body.args[:place])
                return times(scale, terms.call("kron", left, row))
            inner = _matrix(middle, x)
            for f in reversed(body.args[:place]):
                inner = terms.matmul(f, inner)
            return times(scale, inner)
        case "call" if body.args[0] == "vec":
            return _of_vec(times(scale, body.args[1]), x)
    return None


def _product(factors: tuple[Term, ...]) -> Term:
    whole = factors[0]
    for f in factors[1:]:
        whole = terms.matmul(whole, f)
    return whole


def _of_vec(t: Term, x: Term) -> Term | None:
    """Return the matrix of a matrix that is linear in the differential, laid out row by row."""
    c, scalars, body = split(t)
    assert body is not None
    if any(a.has_d for a, _ in scalars):
        return None
    scale = terms.product(c, scalars, None)
    if body.op == "add":
        parts = [_of_vec(times(num(e), p), x) for e, p in body.args]
        return (
            None if None in parts else times(scale, terms.add(*(p for p in parts if p is not None)))
        )
    if body.op == "d":
        return times(scale, terms.call("kron", *map(terms.eye, x.shape)))
    if body.op == "chain":
        place = next(k for k, f in enumerate(body.args) if f.has_d)
        if body.args[place].op != "d":
            return None
        m, n = x.shape
        left = _product(body.args[:place]) if place else terms.eye(m)
        right = _product(body.args[place + 1 :]) if body.args[place + 1 :] else terms.eye(n)
        return times(scale, terms.call("kron", left, terms.transpose(right)))
    if body.op == "sigma":
        inside, *bounds = body.args
        matrix = _of_vec(inside, x)
        return matrix and times(scale, terms.sigma(matrix, *bounds))
    return None


def _gradient(t: Term, G: Term, x: Term) -> Term:
    out: Cotangents = {}
    transposed(t, G, out)
    return out.get(x, terms.zero(x.shape))


def _flat(G: Term) -> Term:
    return terms.call("vec", G) if G.rank == 2 else G


def _by_entries(t: Term, x: Term, project: Callable[[Term], Term] = lambda G: G) -> Term:
    """Return the matrix row by row: the gradient of each entry."""
    c, scalars, body = split(t)
    assert body is not None
    size = t.shape[0]
    if body.op == "call" and body.args[0] == "vec":
        inside = times(terms.product(c, scalars, None), body.args[1])
        m, n = inside.shape
        i, j = terms.fresh("ij", t)
        unit = terms.outer(terms.call("basis", i, m), terms.call("basis", j, n))
        row = terms.call("basis", terms.add(times(i, n), j), size)
        entry = terms.outer(row, _flat(project(_gradient(inside, unit, x))))
        return terms.sigma(terms.sigma(entry, j, num(0), n, None), i, num(0), m, None)
    (i,) = terms.fresh("i", t)
    unit = terms.call("basis", i, size)
    entry = terms.outer(unit, _flat(project(_gradient(t, unit, x))))
    return terms.sigma(entry, i, num(0), size, None)
