# ruff: noqa: PLR0911, PLR0912 - a case for each kind of term
"""Terms made anew from other parts."""

from collections.abc import Callable
from typing import Any

from autodiff_notes.deriving.terms import chains, indices, products, sums, turning, words
from autodiff_notes.deriving.terms.algebra import Term, make, num, zero


def rebuilt(t: Term, change: Callable[[Term], Term]) -> Term:
    """Return a term made anew from its changed parts."""
    match t.op:
        case "mul":
            powers = [products.power(change(a), change(e)) for a, e in t.args[1]]
            return products.times(
                num(t.args[0]), *powers, *([change(t.args[2])] if t.args[2] else [])
            )
        case "add":
            return sums.add(*(products.times(num(c), change(p)) for c, p in t.shown))
        case "T":
            return turning.transpose(change(t.args[0]))
        case "conj":
            return turning.conj(change(t.args[0]))
        case "chain":
            whole = change(t.args[0])
            for f in t.args[1:]:
                whole = chains.matmul(whole, change(f))
            return whole
        case "dot":
            tail = change(t.args[-1])
            for f in reversed(t.args[1:-1]):
                tail = chains.matmul(change(f), tail)
            return chains.dot(change(t.args[0]), tail)
        case "had":
            return products.times(*(products.power(change(b), change(e)) for b, e in t.args))
        case "outer":
            return chains.outer(*map(change, t.args))
        case "inner":
            return chains.inner(*map(change, t.args))
        case "call":
            word, *args = t.args
            return words.call(word, *map(change, args))
        case "index":
            return indices.index(change(t.args[0]), _places(t.args[1], change))
        case "sigma" | "prod":
            body, i, start, stop, but = t.args
            made = indices.sigma if t.op == "sigma" else indices.product_over
            return made(change(body), i, change(start), change(stop), but and change(but))
        case "block":
            return indices.block([[change(e) for e in row] for row in t.args[0]])
        case "array":
            return make("array", (_places(t.args[0], change),), t.shape)
        case "d":
            return d(change(t.args[0]))
    return t


def _places(places: Any, change: Callable[[Term], Term]) -> Any:
    if isinstance(places, tuple):
        return tuple(_places(p, change) for p in places)
    return change(places) if isinstance(places, Term) else places


def d(t: Term) -> Term:
    """Return the differential of a term as it stands, unopened; numbers stand in front."""
    if not t.moves:
        return zero(t.shape)
    c, scalars, body = products.split(t)
    return products.times(num(c), make("d", (products.product(1, scalars, body),), t.shape))


def substituted(t: Term, values: dict[Term, Term]) -> Term:
    """Return a term with others in the place of some."""
    memo = dict(values)

    def change(part: Term) -> Term:
        if part not in memo:
            memo[part] = rebuilt(part, change)
        return memo[part]

    return change(t)
