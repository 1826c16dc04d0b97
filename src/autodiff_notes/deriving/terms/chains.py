# ruff: noqa: PLR0911 - a case for each kind of term
"""Products of matrices and vectors: flat, with names and laws applied; a column is the only vector."""

from collections.abc import Sequence
from typing import Any

from autodiff_notes.deriving.terms import indices, products, traces, turning, words
from autodiff_notes.deriving.terms.algebra import Number, Shape, Term, algebra_now, make, num, zero


def _same(a: Term, b: Term) -> bool:
    return a is b


def matmul(a: Term, b: Term) -> Term:
    """Return a product; a vector to the left is a row."""
    if a.rank == 1 and b.rank == 1:
        return dot(a, b)
    if a.rank == 1:
        return matmul(turning.transpose(b), a)
    c, scalars, left = products.split(a)
    d, more, right = products.split(b)
    assert left is not None
    assert right is not None
    return products.product(c * d, [*scalars, *more], chain([left, right]))


def chain(factors: Sequence[Term]) -> Term:
    """Return a product of matrices, the last of which may be a vector."""
    c: Number = 1
    scalars: list[tuple[Term, Term]] = []
    flat: list[Term] = []
    shape = (factors[0].shape[0], *factors[-1].shape[1:])
    for f in factors:
        d, inner, body = products.split(f)
        c *= d
        scalars += inner
        assert body is not None
        if body.op == "zero":
            return zero(shape)
        flat += list(body.args) if body.op == "chain" else [body]
    memo, key = algebra_now().memo, tuple(flat)
    whole = memo.get(key)
    if whole is None:
        whole = memo[key] = _reduced(flat, shape)
    return products.product(c, scalars, whole)


def _reduced(flat: list[Term], shape: Shape) -> Term:
    """Return a product of factors that are no products, by the first law that applies."""
    from autodiff_notes.deriving.laws import window  # noqa: PLC0415 - laws are made of terms

    flat = [f for f in flat if f.op != "eye"] or [flat[-1]]
    if len(flat) > 1:
        for i, f in enumerate(flat):
            if f.op == "outer":
                return _around(flat, i)
            if f.op == "sigma" and indices.may_be_empty(f.args[3]):
                body, index_, *bounds = f.args
                others = [*flat[:i], *flat[i + 1 :]]
                if any(index_ in other.leaves for other in others):
                    (other,) = indices.fresh("r", *flat)
                    body, index_ = indices.renamed(body, index_, other), other
                return indices.sigma(chain([*flat[:i], body, *flat[i + 1 :]]), index_, *bounds)
        for i in range(len(flat) - 1):
            joined = _joined(flat[i], flat[i + 1])
            if joined is not None:
                return chain([*flat[:i], joined, *flat[i + 2 :]])
        if found := window(flat):
            start, end, joined = found
            return chain([*flat[:start], joined, *flat[end:]])
        flat = _folded(flat)
    if len(flat) == 1:
        return flat[0]
    return make("chain", tuple(flat), shape)


def _around(flat: list[Term], i: int) -> Term:
    """Return factors around an outer product as an outer product, or as a vector."""
    u, v = flat[i].args
    left, right = flat[:i], flat[i + 1 :]
    u = chain([*left, u]) if left else u
    if not right:
        return outer(u, v)
    if right[-1].rank == 1:
        return products.times(dot_of([v, *right]), u)
    return outer(u, chain([*map(turning.transpose, reversed(right)), v]))


def _joined(a: Term, b: Term) -> Term | None:
    """Return the product of two neighbours where it is no chain."""
    if a.op == "call" and a.args[0] == "Diag":
        if b.rank == 1:
            return products.times(a.args[1], b)
        if b.op == "call" and b.args[0] == "Diag":
            return words.call("Diag", products.times(a.args[1], b.args[1]))
    return None


def _folded(flat: list[Term]) -> list[Term]:
    """Put names in the place of the factors that they stand for."""
    for factors, leaf in algebra_now().chains:
        k = len(factors)
        for i in range(len(flat) - k + 1):
            if all(map(_same, flat[i : i + k], factors)):
                return _folded([*flat[:i], leaf, *flat[i + k :]])
    return flat


def dot(u: Term, v: Term) -> Term:
    """Return the inner product of two vectors."""
    c, scalars, left = products.split(u)
    d, more, right = products.split(v)
    assert left is not None
    assert right is not None
    if left.op == "zero" or right.op == "zero":
        return num(0)
    first = [*map(turning.transpose, reversed(left.args[:-1]))] if left.op == "chain" else []
    head = left.args[-1] if left.op == "chain" else left
    return products.product(c * d, [*scalars, *more, (dot_of([head, *first, right]), num(1))], None)


def dot_of(factors: Sequence[Term]) -> Term:
    """Return a vector times matrices times a vector."""
    tail = chain(factors[1:])
    c, scalars, body = products.split(tail)
    d, more, head = products.split(factors[0])
    assert body is not None
    assert head is not None
    if body.op == "zero" or head.op == "zero":
        return num(0)
    if head.op == "chain":
        return products.times(products.product(c * d, [*scalars, *more], None), dot(head, body))
    rest = list(body.args) if body.op == "chain" else [body]
    if not rest[-1:] or rest[-1].rank != 1:
        raise AssertionError
    front = [(x, e) for x, e in [*scalars, *more]]
    if len(rest) == 1:
        for a, b in ((head, rest[0]), (rest[0], head)):
            if a.op == "ones":
                return products.product(c * d, [*front, (traces.total(b), num(1))], None)
            if a.op == "call" and a.args[0] == "basis" and not b.has_d:
                return products.product(
                    c * d, [*front, (indices.index(b, (a.args[1],)), num(1))], None
                )
            if b.op == "had" and any(f is a and _is_negative(e) for f, e in b.args):
                return products.product(
                    c * d, [*front, (traces.total(products.times(a, b)), num(1))], None
                )
    here = [head, *rest]
    back = [rest[-1], *map(turning.transpose, reversed(rest[:-1])), head]
    back_c: Number = 1
    plain: list[Term] = []
    for f in back:
        e, _, b = products.split(f)
        assert b is not None
        back_c *= e
        plain.append(b)
    reverse = chain(plain[1:])
    back = [plain[0], *(reverse.args if reverse.op == "chain" else (reverse,))]
    if len(back) != len(here) or key(back) < key(here):
        here, c = (back, c * back_c) if key(back) < key(here) else (here, c)
    elif back == here and back_c == -1:
        return num(0)
    return products.product(c * d, [*front, (make("dot", tuple(here), ()), num(1))], None)


def _is_negative(e: Term) -> bool:
    return e.number is not None and e.number < 0


def key(factors: Sequence[Term]) -> tuple[Any, ...]:
    """Return the key of a direction: few factors, few transposes, the older first."""
    turned = sum(f.op == "T" or (f.op == "conj" and f.args[0].op == "T") for f in factors)
    return (len(factors), turned, [f.age for f in factors])


def outer(u: Term, v: Term) -> Term:
    """Return a column times a row."""
    c, scalars, left = products.split(u)
    d, more, right = products.split(v)
    assert left is not None
    assert right is not None
    shape = (u.shape[0], v.shape[0])
    if left.op == "zero" or right.op == "zero":
        return zero(shape)
    for a, b in ((left, right), (right, left)):
        if a.op == "sigma" and indices.may_be_empty(a.args[3]) and a.args[1] not in b.leaves:
            body, *bounds = a.args
            whole = outer(body, b) if a is left else outer(b, body)
            return products.product(c * d, [*scalars, *more], indices.sigma(whole, *bounds))
    return products.product(c * d, [*scalars, *more], make("outer", (left, right), shape))


def inner(A: Term, B: Term) -> Term:
    """Return the inner product of two matrices."""
    c, scalars, left = products.split(A)
    d, more, right = products.split(B)
    assert left is not None
    assert right is not None
    front = products.product(c * d, [*scalars, *more], None)
    for a, b in ((left, right), (right, left)):
        if a.op == "zero":
            return num(0)
        if a.op == "outer":
            return products.times(front, dot(a.args[0], matmul(b, a.args[1])))
        if a.op == "eye":
            return products.times(front, traces.trace(b))
        if a.op == "call" and a.args[0] == "Diag":
            return products.times(front, dot(a.args[1], traces.diag(b)))
        if b.op == "had" and not a.has_d and len(b.args) == 2 and a in dict(b.args):
            break
    pair = tuple(sorted((left, right), key=lambda t: t.age))
    return products.times(front, make("inner", pair, ()))


def inner_of(a: Term, b: Term) -> Term:
    """Return the inner product of two terms of one shape."""
    return (products.times, dot, inner)[a.rank](a, b)
