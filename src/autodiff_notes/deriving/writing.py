# ruff: noqa: PLR0911, PLR0912 - a case for each kind of term
"""From terms to the notation.

Numbers stand first in a product and divisions last, a sum does not begin with a minus if it need
not, and the shorter of two words is taken.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from autodiff_notes.deriving import terms
from autodiff_notes.deriving.outcome import NotSupported
from autodiff_notes.deriving.terms import Number, Term
from autodiff_notes.notation.reading import LARGEST

__all__ = ["write"]

_SIZED = {"zero": "zeros", "ones": "ones", "eye": "I"}
SUM, PRODUCT, POWER, ATOM = range(4)
"""How tightly a text holds together; a minus in front counts as a sum."""


def write(t: Term, level: int = SUM) -> str:
    """Return a term as text, in parentheses unless it holds together as tightly as asked for."""
    text, holds = _sum_of(1, t) if t.op == "add" and level > SUM else _written(t)
    return text if holds >= level else f"({text})"


def _written(t: Term) -> tuple[str, int]:
    """Return a text and how tightly it holds together."""
    if t.rank == 2 and t.op in {"chain", "add"} and not t.has_d:
        turned = terms.transpose(t)
        if turned.op == t.op and turned.size + 1 < t.size:
            text, holds = _WRITERS[t.op](turned)
            return f"{text if holds == ATOM else f'({text})'}.mT", ATOM
    if t.op in {"mul", "had", "num"}:
        return _product(t)
    writer = _WRITERS.get(t.op)
    return writer(t) if writer else (_atom(t), ATOM)


def _atom(t: Term) -> str:
    """Return a term that needs no parentheses."""
    match t.op:
        case "var" | "const":
            return str(t.args[0])
        case "zero" | "ones" | "eye":
            sizes = t.shape[:1] if t.op == "eye" else t.shape
            return f"{_SIZED[t.op]}({_list(sizes)})"
        case "T":
            part = t.args[0]
            if part.op == "call" and part.args[0] == "cof":
                return f"adj({_list(part.parts)})"
            if part.op == "call" and part.args[0] in terms.TURNS:
                turned = [terms.transpose(a) if a.rank == 2 else a for a in part.args[1:]]
                if sum(a.size for a in turned) <= sum(a.size for a in part.parts):
                    return f"{part.args[0]}({_list(turned)})"
            return f"{write(part, ATOM)}.mT"
        case "conj":
            part = t.args[0]
            if part.op == "T":
                return f"{write(part.args[0], ATOM)}.mH"
            return f"conj({write(part)})"
        case "outer":
            if all(p.op == "ones" for p in t.args):
                return f"ones({_list(t.shape)})"
            return f"outer({_list(t.args)})"
        case "inner":
            return f"inner({_list(sorted(t.args, key=lambda part: part.has_d))})"
        case "call":
            if t.args[0] == "min" and len(t.args) > 2:
                m, n = map(write, t.args[1:])
                raise NotSupported(
                    f"the smaller of the sizes {m} and {n} has no name; declare the matrix in "
                    f"tall({m}, {n}), wide({m}, {n}) or tall_distinct_singular_values({m}, {n})"
                )
            return f"{t.args[0]}({_list(t.args[1:])})"
        case "d":
            return f"d({write(t.args[0])})"
        case "index":
            places = ", ".join(map(_place, t.args[1]))
            return f"{write(t.args[0], ATOM)}[{places}]"
        case "block":
            rows = ", ".join(f"[{_list(row)}]" for row in t.args[0])
            return f"block([{rows}])"
        case "array":
            return f"array({_nested(t.args[0])})"
    raise AssertionError(t.op)


def _list(parts: Sequence[Term]) -> str:
    return ", ".join(map(write, parts))


def _nested(parts: Any) -> str:
    if isinstance(parts, Term):
        return write(parts)
    return f"[{', '.join(map(_nested, parts))}]"


def _place(place: Any) -> str:
    if isinstance(place, tuple):
        return ":".join(write(end) if end is not None else "" for end in place)
    return write(place)


def _add(t: Term) -> tuple[str, int]:
    folded = _folded(t)
    if folded is not None:
        return _product_of(2, [], [(folded, terms.num(1))], None)
    return _sum_of(1, t)


def _sum_of(c: Number, t: Term) -> tuple[str, int]:
    """Return a number times a sum, term by term."""
    shown = list(t.shown)
    for i, (e, part) in enumerate(shown):  # A + A.mT, not A.mT + A
        turned = terms.transpose(part) if part.rank == 2 else part
        if turned.size < part.size and (e, turned) in shown[i:]:
            j = shown.index((e, turned))
            shown[i], shown[j] = shown[j], shown[i]
    ordered = sorted(shown, key=lambda p: c * p[0] < 0)  # what is positive comes first
    parts: list[str] = []
    for e, part in ordered:
        text = write(terms.times(terms.num(abs(c * e)), part), PRODUCT)
        minus = c * e < 0
        parts.append(
            f"{'-' if not parts else '- '}{text}" if minus else f"{'+ ' if parts else ''}{text}"
        )
    return " ".join(parts), SUM


def _folded(t: Term) -> str | None:
    """Return A + A.mT as a symmetric part and A - A.mT as a skew one, where A is long."""
    if t.op != "add" or len(t.args) != 2 or t.rank != 2 or t.has_d:
        return None
    (c, a), (e, b) = t.args
    if a.size <= 3 or abs(c) != 1 or abs(e) != 1 or terms.transpose(a) is not b:
        return None
    if min(a.size, b.size) == b.size < a.size:
        a, c, e = b, e, c
    if c * e == 1:
        return f"sym({write(a)})"
    return f"skew({write(a)})" if c == 1 else None


def _product(t: Term) -> tuple[str, int]:
    if t.op == "num":
        return _product_of(t.args[0], [], [], None)
    if t.op == "had":
        return _product_of(1, [], list(t.args), None)
    c, scalars, body = t.args
    if body is not None and body.op == "call" and body.args[0] == "Diag":
        inside = body.args[1]
        if inside.op == "had" and all(
            e.number is not None and e.number < 0 for _, e in inside.args
        ):
            return f"Diag({write(terms.times(terms.product(c, scalars, None), inside))})", ATOM
    if body is not None and body.op == "had":
        return _product_of(c, list(scalars), list(body.args), None)
    lone = None
    if body is not None and body.op == "add" and not scalars:
        lone = body
    if (
        body is None
        and len(scalars) == 1
        and scalars[0][0].op == "add"
        and scalars[0][1].number == 1
    ):
        lone = scalars[0][0]
    if lone is not None:
        if _folded(lone) is not None:
            return _product_of(2 * c, [], [(_folded(lone), terms.num(1))], None)
        if c == -1:
            return _sum_of(c, lone)
        if c < 0 and any(e < 0 for e, _ in lone.args):
            return _product_of(-c, [], [(f"({_sum_of(-1, lone)[0]})", terms.num(1))], None)
    if c < 0 and body is not None and (turned := _flipped(body)) is not None:
        return _product_of(-c, list(scalars), [], turned)
    return _product_of(c, list(scalars), [], body)


def _flipped(body: Term) -> Term | None:
    """Return the negative of a product in which a difference stands: that turned round.

    It is in no normal form, and is for writing alone.
    """
    if body.op not in {"chain", "outer"} or body.has_d:
        return None
    for place, f in enumerate(body.args):
        if f.op == "add" and any(c < 0 for c, _ in f.args):
            turned = Term("add", tuple((-c, t) for c, t in f.args), f.shape, f.age)
            turned.shown = tuple((-c, t) for c, t in f.shown)
            parts = (*body.args[:place], turned, *body.args[place + 1 :])
            return Term(body.op, parts, body.shape, body.age)
    return None


def _product_of(
    c: Number, scalars: list[Any], entries: list[Any], body: Term | None
) -> tuple[str, int]:
    """Return a product: its number, its scalars, what is multiplied entry by entry, its body."""
    above: list[Any] = []
    below: list[Any] = []
    mean = _mean(scalars)
    if mean:
        scalars = [p for p in scalars if p[0] not in mean[1]]
        above.append(mean[0])
    for base, e in sorted([*scalars, *entries], key=_is_moved):
        if _is_integer(base) and e.number is not None and e.number > 1:
            above += [_written(base)] * int(e.number)  # a power would be no integer of Python
            continue
        negative = e.number < 0 if e.number is not None else terms.split(e)[0] < 0
        (below if negative else above).append(_power(base, terms.neg(e) if negative else e))
    rest = [write(body, PRODUCT)] if body is not None else []
    if abs(c.numerator) != 1 or not (above or rest):
        above[:0] = _integer(abs(c.numerator))
    if c.denominator != 1:
        below[:0] = _integer(c.denominator)
    alone = len(above) + len(rest) == 1
    front = [
        text if holds > PRODUCT or (alone and holds == PRODUCT) else f"({text})"
        for text, holds in map(_holding, above)
    ]
    if rest and body is not None and body.op == "add":
        folded = _folded(body)
        rest = [(folded and f"2 * {folded}") or f"({_add(body)[0]})"]
    text = " * ".join([*front, *rest])
    if below:
        lower = [text if holds > PRODUCT else f"({text})" for text, holds in map(_holding, below)]
        one = lower[0] if len(lower) == 1 else f"({' * '.join(lower)})"
        text = f"{text} / {one}"
    single = not below and len(above) + len(rest) == 1
    holds = SUM if c < 0 else PRODUCT
    if c > 0 and single and not rest:
        holds = max(PRODUCT, _holding(above[0])[1])
    return ("-" if c < 0 else "") + text, holds


def _integer(n: int) -> list[str]:
    """Return an integer as factors none of which is larger than the notation allows."""
    if n <= LARGEST:
        return [str(n)]
    factor = next((k for k in range(LARGEST, 1, -1) if n % k == 0), 1)
    if factor > 1:
        return [*_integer(n // factor), str(factor)]
    return [f"({' * '.join(_integer(n // LARGEST))} * {LARGEST} + {n % LARGEST})"]


def _is_integer(base: Any) -> bool:
    known = terms.algebra_now().sets
    return isinstance(base, Term) and known.get(base) in {"size", "natural", "index"}


def _is_moved(part: tuple[Any, Term]) -> bool:
    # Whether there is a differential in a factor; it stands behind the others.
    return not isinstance(part[0], str) and part[0].has_d


def _holding(part: Any) -> tuple[str, int]:
    # A text alone is one sign, and holds together as tightly as one.
    return (part, ATOM) if isinstance(part, str) else part


def _mean(scalars: list[Any]) -> tuple[str, list[Term]] | None:
    """Return the mean that a sum divided by its size is."""
    powers = dict(scalars)
    for base, e in scalars:
        if base.op == "call" and base.args[0] == "sum" and base.args[1].rank == 1 and e.number == 1:
            n = base.args[1].shape[0]
            if n in powers and powers[n].number == -1:
                return f"mean({write(base.args[1])})", [base, n]
    return None


def _power(base: Any, e: Term) -> Any:
    """Return a power: roots as roots, squares of norms as squares of norms."""
    if isinstance(base, str):
        return base
    square = base.args[0] if _is_square(base) else None
    if (square is not None and (e.number is None or e.number.denominator == 2)) or (
        square is not None and (square.rank == 2 or square.op not in {"var", "index"})
    ):
        e = terms.times(terms.num(2), e)
        text, holds = f"norm({write(square)})", ATOM
    elif e.number == Fraction(1, 2):
        return f"sqrt({write(base)})", ATOM
    elif e.number == 1:
        return _written(base)
    else:
        text, holds = _written(base)
    if e.number == 1:
        return text, holds
    exponent = write(e, ATOM) if e.number is None or e.number.denominator == 1 else f"({write(e)})"
    return f"{text if holds == ATOM else f'({text})'} ** {exponent}", POWER


def _is_square(t: Term) -> bool:
    if t.has_d or t.is_complex:
        return False
    return ((t.op == "dot" and len(t.args) == 2) or t.op == "inner") and t.args[0] is t.args[1]


def _chain(t: Term) -> tuple[str, int]:
    """Return a product of matrices; behind the inverse of what was solved for, a solution."""
    factors = list(t.args)
    for i, f in enumerate(factors[:-1]):
        base = f.args[0] if f.op == "T" else f
        if (
            base.op == "call"
            and base.args[0] == "inv"
            and base.args[1] in terms.algebra_now().solved
        ):
            A = terms.transpose(base.args[1]) if f.op == "T" else base.args[1]
            rest = factors[i + 1 :]
            right = " @ ".join(write(r, ATOM) for r in rest) if len(rest) > 1 else write(rest[0])
            front = [write(p, ATOM) for p in factors[:i]]
            text = " @ ".join([*front, f"solve({write(A)}, {right})"])
            return text, ATOM if not front else PRODUCT
    parts: list[str] = []
    while factors:
        k = 1
        while k < len(factors) and factors[k] is factors[0]:
            k += 1
        if (k > 1 and factors[0].op not in {"var", "T"}) or k > 2:
            parts.append(f"matrix_power({write(factors[0])}, {k})")
        else:
            parts += [write(factors[0], ATOM)] * k
        factors = factors[k:]
    return " @ ".join(parts), PRODUCT if len(parts) > 1 else ATOM


def _dot(t: Term) -> tuple[str, int]:
    if _is_square(t) and t.args[0].op not in {"var", "index"}:
        return f"norm({write(t.args[0])}) ** 2", POWER
    head = write(t.args[0], ATOM)
    if len(t.args) == 2 and t.args[0].is_complex != t.args[1].is_complex:  # torch has no such @
        return f"sum({head} * {write(t.args[1], ATOM)})", ATOM
    if len(t.args) == 2:
        return f"{head} @ {write(t.args[1], ATOM)}", PRODUCT
    tail, _holds = _chain(terms.make("chain", t.args[1:], (t.args[1].shape[0],)))
    return f"{head} @ {tail}", PRODUCT


def _inner(t: Term) -> tuple[str, int]:
    if _is_square(t):
        return f"norm({write(t.args[0])}) ** 2", POWER
    return _atom(t), ATOM


def _over(t: Term) -> tuple[str, int]:
    """Return a sum or a product over indices."""
    word = "sum" if t.op == "sigma" else "prod"
    loops = []
    body = t
    while body.op == t.op:
        body, i, start, stop, but = body.args
        ends = write(stop) if start.number == 0 else f"{write(start)}, {write(stop)}"
        loops.append(
            f"for {write(i)} in range({ends})" + (f" if {write(i)} != {write(but)}" if but else "")
        )
    return f"{word}({write(body)} {' '.join(loops)})", ATOM


_WRITERS = {
    "add": _add,
    "chain": _chain,
    "dot": _dot,
    "inner": _inner,
    "sigma": _over,
    "prod": _over,
}
