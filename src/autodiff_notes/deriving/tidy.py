# ruff: noqa: PLR0911 - a case for each kind of term
"""The shortest way to write a term: as it is, expanded, collected, or expanded and collected."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from autodiff_notes.deriving import terms
from autodiff_notes.deriving.matching import look
from autodiff_notes.deriving.terms import Term, add, addends, num, split, times

__all__ = ["collected", "cost", "expanded", "tidied", "unfolded", "vanishes"]

MANY = 24
"""A sum of more terms is left as it is: collecting looks at every pair."""


def cost(t: Term) -> int:
    """Return how long a term is to read."""
    if t.rank == 2 and not terms.is_zero(t):
        return min(t.size, terms.transpose(t).size + 1)
    return t.size


def tidied(t: Term) -> Term:
    """Return the shortest form that is found while the budget lasts."""
    memo = terms.algebra_now().memo
    key = ("tidied", t)
    if key not in memo:
        memo[key] = _tidied(t)
    return memo[key]


def _tidied(t: Term) -> Term:
    """Return the shortest form, not looked up."""
    best = t
    ways: tuple[Callable[[], Term], ...] = (
        lambda: collected(t),
        lambda: expanded(t),
        lambda: t if expanded(t) is t else collected(expanded(t)),
        lambda: pushed(best),
        lambda: rewritten(best),
    )
    for way in ways:
        if terms.algebra_now().exhausted:
            break
        found = way()
        if cost(found) < cost(best):
            best = found
    return best


def pushed(t: Term) -> Term:
    """Return a product with a sum over an index as a sum of products."""
    c, scalars, body = split(t)
    if body is None or body.op != "chain":
        return t
    for place, f in enumerate(body.args):
        if f.op == "sigma":
            inside, *bounds = f.args
            whole = _again(body, [*body.args[:place], inside, *body.args[place + 1 :]])
            if whole.op != "chain" or bounds[0] in frozenset().union(
                *(p.leaves for p in body.args if p is not f)
            ):
                return t
            return terms.product(c, scalars, terms.make("sigma", (whole, *bounds), body.shape))
    return t


def rewritten(t: Term) -> Term:
    """Return a term with the author's words for products that a law took apart."""
    now = terms.algebra_now()
    if not now.written:
        return t
    before = now.ratios
    now.ratios = [*before, *_longest_first(now.written)]
    try:
        c, scalars, body = split(t)
        return terms.product(c, scalars, body)
    finally:
        now.ratios = before


def _longest_first(written: dict[Term, Term]) -> list[tuple[dict[Term, Term], Term]]:
    """Return the factors of each product with the word for it."""
    found = [
        (dict(split(whole)[1]), word) for word, whole in written.items() if split(whole)[0] == 1
    ]
    return sorted(found, key=lambda pair: -len(pair[0]))


def unfolded(t: Term) -> Term:
    """Return a term with what they stand for in the place of names."""
    memo: dict[Term, Term] = {}
    now = terms.algebra_now()
    before = now.names, now.chains, now.ratios, now.memo
    now.names, now.chains, now.ratios, now.memo = {}, [], [], {}

    def change(part: Term) -> Term:
        if part not in memo:
            inner = look(part)
            memo[part] = terms.rebuilt(inner, change) if inner.op != "var" else inner
        return memo[part]

    try:
        return change(t)
    finally:
        now.names, now.chains, now.ratios, now.memo = before


def vanishes(t: Term) -> bool:
    """Whether a term is 0 once names are replaced and products expanded."""
    if terms.is_zero(t):
        return True
    facts = any(n.op == "call" and n.args[0] == "pinv" for n in t.nodes)
    return facts and terms.is_zero(expanded(unfolded(t)))


def expanded(t: Term) -> Term:
    """Return a term with products of sums as sums of products, outside of words."""
    if terms.algebra_now().exhausted:
        return t
    c, scalars, body = split(t)
    for place, (a, e) in enumerate(scalars):
        if a.op == "add" and e.number == 1:
            rest = terms.product(c, [*scalars[:place], *scalars[place + 1 :]], body)
            return add(*(expanded(times(rest, num(d), p)) for d, p in a.shown))
    if body is None:
        return t
    front = terms.product(c, scalars, None)
    if body.op == "outer" and (parts := [expanded(p) for p in body.args]) != list(body.args):
        return expanded(times(front, terms.outer(*parts)))
    if body.op == "add":
        return add(*(expanded(times(front, num(d), p)) for d, p in body.shown))
    if body.op in {"chain", "outer"}:
        for place, f in enumerate(body.args):
            if len(addends(f)) > 1:
                pieces = [
                    _again(body, [*body.args[:place], p, *body.args[place + 1 :]])
                    for p in addends(f)
                ]
                return add(*(expanded(times(front, p)) for p in pieces))
    if body.op == "had":
        for place, (b, e) in enumerate(body.args):
            if len(addends(b)) > 1 and e.number == 1:
                others = [terms.power(*p) for k, p in enumerate(body.args) if k != place]
                return add(*(expanded(times(front, *others, p)) for p in addends(b)))
    return t


def _again(t: Term, parts: Sequence[Term]) -> Term:
    """Return a product of other factors."""
    if t.op == "outer":
        return terms.outer(*parts)
    whole = parts[-1]
    for f in reversed(parts[:-1]):
        whole = terms.matmul(f, whole)
    return whole


# Collecting


def collected(t: Term) -> Term:
    """Return a sum with what its terms have in common in front of, or behind, parentheses."""
    parts = addends(t)
    if not 1 < len(parts) <= MANY or t.has_d:
        return _inside(t)
    parts = [_inside(p) for p in parts]
    for _ in range(MANY):  # each turn leaves fewer terms, but for what falls apart again
        if len(parts) < 2 or terms.algebra_now().exhausted:
            break
        best = _best(parts)
        if best is None:
            break
        group, build = best
        inner = collected(add(*(rest for _, rest in group)))
        places = {k for k, _ in group}
        whole = build(inner)
        parts = [p for k, p in enumerate(parts) if k not in places]
        parts.insert(min(places), whole)
        merged = addends(add(*parts))
        parts = merged
    return add(*parts)


def _inside(t: Term) -> Term:
    """Return a product with its sums collected."""
    c, scalars, body = split(t)
    if body is None or body.op not in {"chain", "outer", "had"} or terms.algebra_now().exhausted:
        return t
    if body.op == "had":
        inside = [terms.power(collected(b), e) for b, e in body.args]
        return times(terms.product(c, scalars, None), *inside)
    if not any(len(addends(f)) > 1 for f in body.args):
        return t
    return times(terms.product(c, scalars, None), _again(body, [collected(f) for f in body.args]))


Build = Callable[[Term], Term]


def _best(parts: list[Term]) -> tuple[list[tuple[int, Term]], Build] | None:
    """Return the terms with what is left of them, and how they share what saves most."""
    groups: dict[tuple[str, Term], list[tuple[int, Term]]] = {}
    builds: dict[tuple[str, Term], Build] = {}
    for k, part in enumerate(parts):
        for side, common, rest, build in _ways(part):
            key = (side, common)
            if any(k == other for other, _ in groups.get(key, ())):
                continue
            groups.setdefault(key, []).append((k, rest))
            builds[key] = build
    best = None
    for key, group in groups.items():
        if len(group) < 2:
            continue
        before = sum(parts[k].size + 1 for k, _ in group)
        saving = before - sum(rest.size + 1 for _, rest in group) - key[1].size - 1
        if saving > (best[0] if best else 0):
            best = saving, group, builds[key]
    return best and (best[1], best[2])


def _ways(t: Term) -> Iterator[tuple[str, Term, Term, Build]]:
    """Yield what can be taken out of a term: the side, the factor, the rest, and the way back."""
    c, scalars, body = split(t)
    front = terms.product(c, scalars, None)
    for a, e in scalars:
        rest = times(front, terms.power(a, terms.neg(e)), *([body] if body else []))
        factor = terms.power(a, e)
        yield "scalar", factor, rest, partial(times, factor)
    if body is None:
        return
    if body.op == "had":
        for b, e in body.args:
            factor = terms.power(b, e)
            rest = times(front, *(terms.power(x, f) for x, f in body.args if x is not b))
            if rest.rank == 0:
                rest = times(rest, terms.ones(*body.shape))
            yield "entry", factor, rest, partial(times, factor)
    if body.rank == 1 and body.op not in {"had", "chain"}:
        yield "entry", body, times(front, terms.ones(*body.shape)), partial(times, body)
    left, rest_left, right, rest_right = _sides(body)
    if left is not None:
        yield "left", left, times(front, rest_left), partial(terms.matmul, left)
    if right is not None:
        yield "right", right, times(front, rest_right), partial(_before, right)
    if body.op == "call" and body.args[0] in {"sylvester", "frechet_expm"}:
        word, *args, last = body.args
        key = terms.make("call", ("held", word, *args), ())
        yield "word", key, times(front, last), partial(terms.call, word, *args)
    if body.op == "outer":
        u, v = body.args
        yield "column", u, times(front, v), partial(terms.outer, u)
        yield "row", v, times(front, u), partial(_beside, v)
    elif body.rank == 2 and body.op != "chain" and body.shape[0] is body.shape[1]:
        one = times(front, terms.eye(body.shape[0]))
        yield "left", body, one, partial(terms.matmul, body)
        yield "right", body, one, partial(_before, body)
    elif body.rank == 1 and body.op != "chain":
        yield "vector", body, front, partial(times, body)
        yield "right", body, times(front, terms.eye(body.shape[0])), partial(_before, body)


def _before(f: Term, inner: Term) -> Term:
    return terms.matmul(inner, f)


def _beside(v: Term, inner: Term) -> Term:
    return terms.outer(inner, v)


def _sides(body: Term) -> tuple[Term | None, Term, Term | None, Term]:
    """Return the first factor, what is left without it, the last, and what is left without it."""
    if body.op == "chain":
        first, *tail = body.args
        *init, last = body.args
        rest_right = _again(body, init) if init else last
        right = last if last.rank == 2 or len(init) else None
        return first, _again(body, tail), right, rest_right
    if body.op == "outer":
        u, v = body.args
        left = right = None
        rest_left = rest_right = body
        if u.op == "chain":
            left, rest_left = u.args[0], terms.outer(_again(u, list(u.args[1:])), v)
        if v.op == "chain":
            right = terms.transpose(v.args[0])
            rest_right = terms.outer(u, _again(v, list(v.args[1:])))
            if right.op == "mul":
                right = None
        return left, rest_left, right, rest_right
    return None, body, None, body
