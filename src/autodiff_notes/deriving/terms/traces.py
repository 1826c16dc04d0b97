"""Trace, sum and diagonal, which numbers, sums and transposes stand outside of."""

from collections.abc import Callable
from typing import Any

from autodiff_notes.deriving.terms import chains, products, sums, turning, words
from autodiff_notes.deriving.terms.algebra import Term, num, zero


def trace(A: Term) -> Term:
    """Return the trace; a product is turned until its oldest factor stands first."""
    return _linear("tr", A, _trace)


def total(t: Term) -> Term:
    """Return the sum of all entries."""
    return _linear("sum", t, _total)


def diag(A: Term) -> Term:
    """Return the diagonal of a matrix."""
    return _linear("diag", A, _diag)


def _linear(word: str, t: Term, of: Callable[[Term], Term | None]) -> Term:
    """Return a linear word, which numbers, sums and transposes stand outside of."""
    c, scalars, body = products.split(t)
    assert body is not None
    match body.op:
        case "zero":
            return zero(words.shape(word, (body,)))
        case "add":
            parts = (products.times(num(d), _linear(word, p, of)) for d, p in body.shown)
            whole: Term | None = sums.add(*parts)
        case "T":
            whole = _linear(word, body.args[0], of)
        case _:
            whole = of(body)
    return products.times(products.product(c, scalars, None), whole or words.plain(word, body))


def _trace(A: Term) -> Term | None:
    match A.op:
        case "eye":
            return A.shape[0]
        case "outer":
            return chains.dot(*A.args)
        case "chain":
            return _trace_of(list(A.args))
    return total(A.args[1]) if _is_diag(A) else None


def _trace_of(factors: list[Term]) -> Term:
    """Return the trace of a product, turned and perhaps transposed."""
    best: tuple[Any, Term] | None = None
    back = [turning.transpose(f) for f in reversed(factors)]
    for way in (factors, back):
        for i in range(len(way)):
            whole = chains.chain([*way[i:], *way[:i]])
            if whole.op != "chain" or len(whole.args) < len(factors):
                return trace(whole)
            key = chains.key(whole.args)
            if best is None or key < best[0]:
                best = key, whole
        if any(products.split(f)[0] != 1 for f in back):
            break  # a skew factor: its sign would be lost
    assert best is not None
    return words.plain("tr", best[1])


def _total(t: Term) -> Term | None:
    powers = [e.number for _, e in t.args] if t.op == "had" else []
    match t.op:
        case "ones" | "eye":
            return t.shape[0]
        case "outer":
            return products.times(*map(total, t.args))
        case "had" if powers in ([1, 1], [2]):
            return chains.inner_of(t.args[0][0], t.args[-1][0])
        case "var" if t.value is not None and t.value.op == "add":
            whole = total(t.value)
            return whole if whole.number is not None else None
    return total(t.args[1]) if _is_diag(t) else None


def _diag(A: Term) -> Term | None:
    match A.op:
        case "eye":
            return products.ones(A.shape[0])
        case "outer":
            return products.times(*A.args)
        case "had" if any(b.op == "eye" for b, _ in A.args):
            return products.hadamard([(diag(b), e) for b, e in A.args if b.op != "eye"])
    return A.args[1] if _is_diag(A) else None


def _is_diag(A: Term) -> bool:
    return bool(A.op == "call" and A.args[0] == "Diag")
