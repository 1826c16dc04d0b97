# ruff: noqa: PLR0911 - a case for each kind of term
"""Products with numbers, powers, and products entry by entry."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from autodiff_notes.deriving.terms import chains, sums, traces, words
from autodiff_notes.deriving.terms.algebra import (
    Number,
    Powers,
    Term,
    algebra_now,
    exact,
    is_zero,
    make,
    num,
    zero,
)


def ones(*shape: Term) -> Term:
    """Return ones: a vector, or a matrix as an outer product."""
    if len(shape) == 2:
        return chains.outer(ones(shape[0]), ones(shape[1]))
    return make("ones", (), shape) if shape else num(1)


def split(t: Term) -> tuple[Number, tuple[tuple[Term, Term], ...], Term | None]:
    """Return the number, the powers of scalars, and the body of a term."""
    if t.op == "mul":
        return t.args
    if t.op == "num":
        return t.args[0], (), None
    if t.rank:
        return 1, (), t
    return 1, ((t, num(1)),), None


def product(c: Number, scalars: Iterable[tuple[Term, Term]], body: Term | None) -> Term:
    """Return a number times powers of scalars times a body."""
    if not scalars and body is not None and c == 1:
        return body
    if body is not None and body.op in {"mul", "zero"}:
        if body.op == "zero":
            return body
        d, more, body = body.args
        c, scalars = c * d, [*scalars, *more]
    powers: Powers = {}
    todo = list(scalars)
    while todo:
        atom, e = todo.pop(0)
        e = sums.add(powers.pop(atom), e) if atom in powers else e
        if e.number == 0:
            continue
        if atom.op in {"mul", "num"} and e.number is not None and e.number.denominator == 1:
            if is_zero(atom):
                return zero(body.shape if body else ())
            d, inner, _ = split(atom)
            c *= Fraction(d) ** int(e.number)
            todo += [(a, times(e, f)) for a, f in inner]
        elif atom.op == "add" and e.number == 1 and body is None and not powers and not todo:
            powers[atom] = e
        else:
            powers[atom] = e
    if c == 0:
        return zero(body.shape if body else ())
    c, powers = exact(c), _named_ratio(powers)
    ordered = tuple(sorted(powers.items(), key=lambda p: p[0].age))
    if not ordered and (body is None or c == 1):
        return num(c) if body is None else body
    if body is None and c == 1 and len(ordered) == 1 and ordered[0][1].number == 1:
        return ordered[0][0]
    return make("mul", (c, ordered, body), body.shape if body else ())


def _named_ratio(powers: Powers) -> Powers:
    """Put the names of products in the place of their factors."""
    for parts, leaf in algebra_now().ratios:
        if leaf in powers and any(a in powers for a in parts):  # as factors they may cancel
            e = powers.pop(leaf)
            powers |= {a: sums.add(powers.get(a, num(0)), times(e, f)) for a, f in parts.items()}
            powers = {a: e for a, e in powers.items() if e.number != 0}
        while all(a in powers for a in parts):
            rest = {a: sums.sub(powers[a], e) for a, e in parts.items()}
            if not all(_shrinks(powers[a], e) for a, e in rest.items()):
                break
            powers = powers | rest | {leaf: sums.add(powers.get(leaf, num(0)), num(1))}
            powers = {a: e for a, e in powers.items() if e.number != 0}
    return powers


def _shrinks(before: Term, after: Term) -> bool:
    if before.number is None or after.number is None:
        return after.number is not None
    return bool(abs(after.number) < abs(before.number))  # type: ignore[operator] # numbers


def times(*terms: Term) -> Term:
    """Return a product, entry by entry if there is more than one vector or matrix."""
    terms = tuple(t for t in terms if t.op != "num" or t.args[0] != 1) or terms[:1]
    if len(terms) == 1:
        return terms[0]
    c: Number = 1
    scalars: list[tuple[Term, Term]] = []
    bodies: list[Term] = []
    for t in terms:
        d, inner, body = split(t)
        c *= d
        scalars += inner
        bodies += [body] if body is not None else []
    if len(bodies) > 1:
        whole = hadamard([(b, num(1)) for b in bodies])
        return product(c, scalars, whole)
    return product(c, scalars, bodies[0] if bodies else None)


def neg(t: Term) -> Term:
    """Return the negative."""
    return times(num(-1), t)


def is_positive(t: Term) -> bool:
    """Whether a scalar is certainly positive, or a square."""
    if t.is_complex:
        return False
    if t.op == "num":
        return bool(t.args[0] > 0)
    if t.op == "dot":
        return len(t.args) == 2 and bool(t.args[0] is t.args[1])
    if t.op == "inner":
        return bool(t.args[0] is t.args[1])
    if t.op == "mul" and not t.rank:
        return t.args[0] > 0 and all(is_positive(a) for a, _ in t.args[1])
    if t.op == "call" and t.args[0] in {"exp", "abs", "norm", "sigmoid", "cosh", "abs2"}:
        return True
    if t.op == "var" and t.value is not None:
        return is_positive(t.value)
    return t in algebra_now().sets and algebra_now().sets[t] in {
        "positive_scalar",
        "natural",
        "size",
        "proportion",
        "order",
    }


def power(base: Term, e: Term) -> Term:
    """Return a power of a number, or of each entry."""
    if e.number == 0:
        return ones(*base.shape)
    if e.number == 1:
        return base
    if base.rank:
        return _entry_power(base, e)
    whole = e.number is not None and e.number.denominator == 1
    c, scalars, _ = split(base)
    if is_zero(base) and not (e.number and e.number > 0):
        return make("call", ("power", base, e), ())
    single = c == 1 and len(scalars) == 1 and scalars[0][1].number == 1
    if whole or single or is_positive(base):
        number = _rational_power(c, e)
        inner = [(a, times(f, e)) for a, f in scalars]
        return product(1, [*number, *inner], None)
    return product(1, [(base, e)], None)


def _rational_power(c: Number, e: Term) -> list[tuple[Term, Term]]:
    """Return a power of a rational number."""
    if c == 1:
        return []
    if e.number is not None and e.number.denominator == 1:
        return [(num(Fraction(c) ** int(e.number)), num(1))]
    return [(num(c), e)]


def _entry_power(base: Term, e: Term) -> Term:
    """Return a power of each entry."""
    c, scalars, body = split(base)
    assert body is not None
    whole = e.number is not None and e.number.denominator == 1
    front = power(product(c, scalars, None), e)
    if not whole and not is_positive(product(c, scalars, None)):
        return hadamard([(base, e)])
    if body.op == "had" and (whole or (len(body.args) == 1 and body.args[0][1].number == 1)):
        return times(front, hadamard([(b, times(f, e)) for b, f in body.args]))
    return times(front, hadamard([(body, e)]))


def hadamard(factors: Sequence[tuple[Term, Term]]) -> Term:
    """Return a product of powers, entry by entry."""
    c: Number = 1
    scalars: list[tuple[Term, Term]] = []
    powers: Powers = {}
    shape = factors[0][0].shape
    todo = list(factors)
    while todo:
        base, e = todo.pop(0)
        whole = e.number is not None and e.number.denominator == 1
        if base.op == "zero":
            return base
        if base.op == "mul" and (whole or is_positive(product(base.args[0], base.args[1], None))):
            d, inner, body = base.args
            front = power(product(d, inner, None), e)
            d, inner, _ = split(front)
            c *= d
            scalars += inner
            todo.append((body, e))
        elif base.op == "had" and e.number == 1:
            todo += list(base.args)
        elif base.op == "ones" or (base.op == "outer" and all(p.op == "ones" for p in base.args)):
            continue
        else:
            powers[base] = sums.add(powers[base], e) if base in powers else e
    if any(b.op == "eye" for b in powers):  # only the diagonal counts
        powers = {b.args[0] if b.op == "T" else b: e for b, e in powers.items()}
    kept = tuple(
        sorted(((b, e) for b, e in powers.items() if e.number != 0), key=lambda p: p[0].age)
    )
    if not kept:
        return product(c, scalars, ones(*shape))
    if len(kept) == 1 and kept[0][1].number == 1:
        return product(c, scalars, kept[0][0])
    diagonal = next((b for b, e in kept if b.op == "eye" and e.number == 1), None)
    if diagonal is not None and len(kept) > 1 and not any(b.has_d for b, _ in kept):
        rest = [(b, e) for b, e in kept if b is not diagonal]
        if len(rest) == 1 and rest[0][1].number == 1 and rest[0][0].op == "outer":
            return product(c, scalars, words.call("Diag", traces.diag(rest[0][0])))
    return product(c, scalars, make("had", kept, shape))
