"""Sums: flat, with like terms added and a common number in front."""

from fractions import Fraction
from math import gcd, lcm

from autodiff_notes.deriving.terms import products
from autodiff_notes.deriving.terms.algebra import (
    Number,
    Term,
    algebra_now,
    exact,
    is_zero,
    make,
    num,
    zero,
)


def add(*terms: Term) -> Term:
    """Return a sum; like terms are added, and a common number stands in front."""
    if not terms:
        return num(0)
    if len(terms) == 2 and terms[0].op == terms[1].op == "num":
        return num(terms[0].args[0] + terms[1].args[0])
    sums: dict[Term, Number] = {}
    todo: list[tuple[Number, Term]] = [(1, t) for t in terms]
    while todo:
        c, t = todo.pop(0)
        d, scalars, body = products.split(t)
        single = scalars[0][0] if body is None and len(scalars) == 1 else None
        if body is not None and body.op == "add" and not scalars:
            todo[:0] = [(c * d * e, inner) for e, inner in body.shown]
        elif single is not None and single.op == "add" and scalars[0][1].number == 1:
            todo[:0] = [(c * d * e, inner) for e, inner in single.shown]
        elif not is_zero(t):
            bare = products.product(1, scalars, body)
            sums[bare] = sums.get(bare, 0) + c * d
    shown = [(c, t) for t, c in sums.items() if c]
    if not shown:
        return zero(terms[0].shape)
    if len(shown) == 1:
        return products.times(num(shown[0][0]), shown[0][1])
    content = _content([c for c, _ in shown])
    if content != 1:
        shown = [(exact(Fraction(c) / content), t) for c, t in shown]
    shape = shown[0][1].shape
    parts = sorted(shown, key=lambda p: p[1].age)
    if ("add", tuple((-c, t) for c, t in parts), shape) in algebra_now().terms:
        content, parts = -content, [(-c, t) for c, t in parts]
        shown = [(-c, t) for c, t in shown]
    args = tuple(parts)
    new = ("add", args, shape) not in algebra_now().terms
    whole = make("add", args, shape)
    if new:
        whole.shown = tuple(shown)
    return products.times(num(content), whole)


def _content(numbers: list[Number]) -> Number:
    """Return the number that a sum has in common, with the sign of its first term."""
    sign = 1 if numbers[0] > 0 else -1
    if any(c in {1, -1} for c in numbers) and all(c.denominator == 1 for c in numbers):
        return sign
    over = lcm(*(c.denominator for c in numbers))
    return exact(Fraction(sign * gcd(*(c.numerator for c in numbers)), over))


def sub(a: Term, b: Term) -> Term:
    """Return a difference."""
    return add(a, products.neg(b))


def addends(t: Term) -> list[Term]:
    """Return the terms of a sum, each with its number."""
    c, scalars, body = products.split(t)
    inner = body
    if body is None and len(scalars) == 1 and scalars[0][1].number == 1:
        inner, scalars = scalars[0][0], ()
    if inner is None or inner.op != "add" or scalars:
        return [t]
    return [products.times(num(c * d), part) for d, part in inner.shown]
