"""Entries, sums and products over an index, and blocks."""

from collections.abc import Sequence
from typing import Any

from autodiff_notes.deriving.terms import chains, products, rebuilding, sums
from autodiff_notes.deriving.terms.algebra import Term, algebra_now, is_zero, make, num, var, zero


def index(base: Term, places: tuple[Any, ...]) -> Term:
    """Return entries of a vector or a matrix; a place is an index or a pair of ends."""
    c, scalars, body = products.split(base)
    assert body is not None
    shape = tuple(
        sums.sub(place[1] or n, place[0] or num(0))
        for place, n in zip(places, base.shape, strict=True)
        if isinstance(place, tuple)
    )
    front = products.product(c, scalars, None)
    if body.op == "zero":
        return zero(shape)
    if body.op == "add" and body.has_d:
        return products.times(
            front, sums.add(*(products.times(num(d), index(p, places)) for d, p in body.shown))
        )
    if body.op == "ones":
        return products.times(front, products.ones(*shape))
    if body.op == "T" and not shape:
        return products.times(front, index(body.args[0], places[::-1]))
    if body.op == "outer" and not shape:
        return products.times(
            front, *(index(p, (place,)) for p, place in zip(body.args, places, strict=True))
        )
    return products.times(front, make("index", (body, places), shape))


def sigma(body: Term, i: Term, start: Term, stop: Term, but: Term | None) -> Term:
    """Return the sum of terms over an index; what does not depend on it stands outside."""
    if is_zero(body):
        return body
    if any(t.op in {"sigma", "prod"} and t.args[1] is i for t in body.nodes):
        (other,) = fresh(str(i.args[0]).partition("_")[0], body, start, stop)
        body, i = renamed(body, i, other), other
    c, scalars, inside = products.split(body)
    out = [(a, e) for a, e in scalars if i not in a.leaves | e.leaves]
    held = [(a, e) for a, e in scalars if i in a.leaves | e.leaves]
    front = products.product(c, out, None)
    if not held and (inside is None or i not in inside.leaves):
        count = sums.sub(sums.sub(stop, start), num(1) if but else num(0))
        return products.times(front, count, *([inside] if inside else []))
    if (
        not held
        and inside is not None
        and inside.op in {"chain", "outer"}
        and not may_be_empty(stop)
    ):
        free = [i not in f.leaves for f in inside.args]
        if inside.op == "outer" and any(free):
            u, v = inside.args
            whole = (
                chains.outer(u, sigma(v, i, start, stop, but))
                if free[0]
                else chains.outer(sigma(u, i, start, stop, but), v)
            )
            return products.times(front, whole)
        left = next(k for k, f in enumerate(free) if not f)
        right = next(k for k, f in enumerate(reversed(free)) if not f)
        if inside.op == "chain" and left + right:
            end = len(free) - right
            middle = sigma(chains.chain(inside.args[left:end]), i, start, stop, but)
            return products.times(
                front, chains.chain([*inside.args[:left], middle, *inside.args[end:]])
            )
    rest = products.product(1, held, inside)
    return products.times(front, make("sigma", (rest, i, start, stop, but), body.shape))


def may_be_empty(stop: Term) -> bool:
    """Whether a range may be empty: it ends at another index. Such a sum is 0 without a shape."""
    sets = algebra_now().sets
    return any(leaf not in sets for leaf in stop.leaves)


def renamed(t: Term, i: Term, other: Term) -> Term:
    """Return a term with another letter for a free index; closed sums keep theirs."""

    def change(part: Term) -> Term:
        if part is i:
            return other
        if part.op in {"sigma", "prod"} and part.args[1] is i:
            return part
        return rebuilding.rebuilt(part, change) if i in part.leaves else part

    return change(t)


def block(rows: Sequence[Sequence[Term]]) -> Term:
    """Return a matrix of blocks."""
    height = sums.add(*(row[0].shape[0] for row in rows))
    width = sums.add(*(entry.shape[1] for entry in rows[0]))
    if all(is_zero(e) for row in rows for e in row):
        return zero((height, width))
    return make("block", (tuple(map(tuple, rows)),), (height, width))


def product_over(body: Term, i: Term, start: Term, stop: Term, but: Term | None) -> Term:
    """Return the product of terms over an index."""
    return make("prod", (body, i, start, stop, but), ())


def fresh(letters: str, *used: Term) -> list[Term]:
    """Return indices that are no variables, and do not occur in what they will stand beside."""
    taken = {
        str(leaf.args[0]) for t in used for leaf in t.leaves if leaf.op == "var"
    } | algebra_now().letters
    found = []
    for letter in letters:
        ways = (f"{letter}{mark}" for mark in ("", *(f"_{k}" for k in range(1, 99))))
        found.append(var(next(way for way in ways if way not in taken)))
        taken.add(str(found[-1].args[0]))
    return found
