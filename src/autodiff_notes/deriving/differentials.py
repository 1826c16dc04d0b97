"""The differential of a term, opened by one level.

Products, sums and linear words are passed; a word that is not linear is opened by its row of
:mod:`~autodiff_notes.deriving.rules`, and below it stands ``d(argument)``.
"""

import ast
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches

from autodiff_notes.deriving import terms
from autodiff_notes.deriving.matching import head
from autodiff_notes.deriving.outcome import NotSupported
from autodiff_notes.deriving.reading import read_term
from autodiff_notes.deriving.rules import ENTRYWISE, RULES, Rule
from autodiff_notes.deriving.terms import Term, num, times

__all__ = ["LINEAR", "differential", "has_rule"]

LINEAR = frozenset(
    [
        "tr",
        "sum",
        "diag",
        "Diag",
        "tril",
        "triu",
        "Phi",
        "vec",
        "toeplitz",
        "diagonal_sums",
        "diagonal_means",
        "re",
        "im",
    ]
)
PRODUCT, QUOTIENT, CHAIN = "product rule", "quotient rule", "power rule"
SQUARE, NORM = "the squared norm", "the norm"


class _Opening:
    """Opens one term, and notes by which rules."""

    def __init__(self, root: Term, reasons: dict[str, None]) -> None:
        self.root, self.reasons = root, reasons
        self.bound: frozenset[Term] = frozenset()

    def stop(self, t: Term) -> Term:
        """Return ``d(t)``, or what it is where an index is bound that would get lost."""
        return self.open(t) if self.bound & t.leaves else terms.d(t)

    def open(self, t: Term) -> Term:
        """Return the differential of a term."""
        if not t.moves:
            return terms.zero(t.shape)
        if t.op == "var":
            inside = t.value is not None and (t is self.root or bool(self.bound & t.leaves))
            return self.open(t.value) if inside else terms.d(t)  # type: ignore[arg-type]
        rule = _rule(t)
        if rule is not None:
            row, binding, lifted = rule
            self.reasons[row.because] = None
            return read_term(row.differential, binding, lifted=lifted, differential=self.stop)
        method: Callable[[Term], Term] | None = getattr(self, f"_{t.op}", None)
        if method is None:
            raise NotSupported(f"{t.op} has no differential yet")
        return method(t)

    def _mul(self, t: Term) -> Term:
        c, scalars, body = t.args
        front = [num(c)]
        found = []
        for place, (a, e) in enumerate(scalars):
            rest = [*scalars[:place], *scalars[place + 1 :]]
            others = times(*front, *(terms.power(b, f) for b, f in rest), *([body] if body else []))
            if a.moves:
                slope = times(e, terms.power(a, terms.sub(e, num(1))))
                stops = e.number != 1 and a.op == "add"
                found.append(times(others, slope, self.stop(a) if stops else self.open(a)))
            if e.moves:
                found.append(times(t, terms.call("log", a), self.open(e)))
        if body is not None and body.moves:
            scalar = terms.product(c, scalars, None)
            found.append(times(scalar, self.open(body)))
        moving = [e for a, e in scalars if a.moves]
        roots = [a for a, e in scalars if a.moves and _is_norm(a, e)]
        if roots and len(roots) == len(moving) and SQUARE in self.reasons:
            del self.reasons[SQUARE]
            self.reasons[NORM] = None
            if len(found) == 1 and all(e.number and e.number > 0 for e in moving):
                return terms.add(*found)
        if any(e.number and e.number < 0 for e in moving):
            self.reasons[QUOTIENT] = None
        elif len(found) > 1:
            self.reasons[PRODUCT] = None
        elif any(e.number != 1 for e in moving):
            self.reasons[CHAIN] = None
        return terms.add(*found)

    def _add(self, t: Term) -> Term:
        return terms.add(*(times(num(c), self.open(part)) for c, part in t.shown))

    def _T(self, t: Term) -> Term:
        return terms.transpose(self.open(t.args[0]))

    def _conj(self, t: Term) -> Term:
        return terms.conj(self.open(t.args[0]))

    def _factors(self, t: Term) -> Iterable[list[Term]]:
        """Yield the factors of a product, each time with another one's differential."""
        moving = [place for place, f in enumerate(t.args) if f.moves]
        if len(moving) > 1:
            square = t.args[0] is t.args[-1] and len(t.args) == 2
            self.reasons[SQUARE if square and t.op in {"dot", "inner"} else PRODUCT] = None
        for place in moving:
            yield [*t.args[:place], self.open(t.args[place]), *t.args[place + 1 :]]

    def _chain(self, t: Term) -> Term:
        for place, f in enumerate(t.args[:-1]):
            if (
                f.moves
                and f.op == "call"
                and f.args[0] == "inv"
                and f.args[1] in terms.algebra_now().solved
            ):
                return self._solution(t, place)
        return terms.add(*map(_multiplied, self._factors(t)))

    def _solution(self, t: Term, place: int) -> Term:
        """Return the differential of a product that ends in the solution of a linear system."""
        (row,) = RULES["solve"]
        self.reasons[row.because] = None
        A, B = t.args[place].args[1], _multiplied(t.args[place + 1 :])
        value = _multiplied(t.args[place:])
        moved = terms.matmul(
            t.args[place], terms.sub(self.open(B), terms.matmul(self.stop(A), value))
        )
        if not place:
            return moved
        left = _multiplied(t.args[:place])
        return terms.add(terms.matmul(self.open(left), value), terms.matmul(left, moved))

    def _dot(self, t: Term) -> Term:
        found = []
        if any(
            f.op == "call" and f.args[0] == "inv" and f.args[1] in terms.algebra_now().solved
            for f in t.args[1:-1]
        ):
            tail = _multiplied(t.args[1:])
            return terms.add(
                terms.dot(self.open(t.args[0]), tail), terms.dot(t.args[0], self.open(tail))
            )
        for head_, *middle, last in self._factors(t):
            tail = last
            for f in reversed(middle):
                tail = terms.matmul(f, tail)
            found.append(terms.dot(head_, tail))
        return terms.add(*found)

    def _outer(self, t: Term) -> Term:
        return terms.add(*(terms.outer(*pair) for pair in self._factors(t)))

    def _inner(self, t: Term) -> Term:
        return terms.add(*(terms.inner(*pair) for pair in self._factors(t)))

    def _had(self, t: Term) -> Term:
        found = []
        for place, (b, e) in enumerate(t.args):
            if b.moves:
                rest = [terms.power(*p) for k, p in enumerate(t.args) if k != place]
                slope = times(e, terms.power(b, terms.sub(e, num(1))))
                stops = e.number != 1 and b.op == "add"
                found.append(times(*rest, slope, self.stop(b) if stops else self.open(b)))
            if e.moves:
                found.append(times(t, terms.call("log", b), self.open(e)))
        if any(e.number and e.number < 0 for b, e in t.args if b.moves):
            self.reasons[QUOTIENT] = None
        else:
            self.reasons[PRODUCT if len(found) > 1 else CHAIN] = None
        return terms.add(*found)

    def _index(self, t: Term) -> Term:
        return terms.index(self.open(t.args[0]), t.args[1])

    def _sigma(self, t: Term) -> Term:
        body, i, *bounds = t.args
        before, self.bound = self.bound, self.bound | {i}
        inside = self.open(body)
        self.bound = before
        return terms.sigma(inside, i, *bounds)

    def _prod(self, t: Term) -> Term:
        body, i, *bounds = t.args
        before, self.bound = self.bound, self.bound | {i}
        inside = times(self.open(body), terms.power(body, num(-1)))
        self.bound = before
        self.reasons[PRODUCT] = None
        return times(t, terms.sigma(inside, i, *bounds))

    def _block(self, t: Term) -> Term:
        return terms.block([[self.open(e) for e in row] for row in t.args[0]])

    def _array(self, t: Term) -> Term:
        entries = t.args[0]
        nested = isinstance(entries[0], tuple)
        moved = (
            tuple(tuple(map(self.open, r)) for r in entries)
            if nested
            else tuple(map(self.open, entries))
        )
        return terms.make("array", (moved,), t.shape)

    def _call(self, t: Term) -> Term:
        word, *args = t.args
        if word in LINEAR:
            return terms.call(word, self.open(args[0]))
        if word == "kron":
            return terms.add(*(terms.call("kron", *pair) for pair in self._pairs(args)))
        raise NotSupported(_missing(word, args))

    def _pairs(self, args: list[Term]) -> Iterable[list[Term]]:
        if all(a.moves for a in args):
            self.reasons[PRODUCT] = None
        for place, a in enumerate(args):
            if a.moves:
                yield [*args[:place], self.open(a), *args[place + 1 :]]


def differential(t: Term, reasons: dict[str, None] | None = None) -> Term:
    """Return the differential of a term, opened by one level.

    Parameters
    ----------
    t : Term
        What is differentiated; a name is opened.
    reasons : dict
        Where the names of the rules are put that were used.
    """
    return _Opening(t, {} if reasons is None else reasons).open(t)


def _is_norm(a: Term, e: Term) -> bool:
    square = a.op in {"dot", "inner"} and a.args[0] is a.args[-1] and len(a.args) == 2
    return square and e.number is not None and e.number.denominator == 2


def has_rule(t: Term) -> bool:
    """Whether a row of the table says what the differential of a term is."""
    return _rule(t) is not None


def _multiplied(factors: Sequence[Term]) -> Term:
    """Return a product of matrices, the last of which may be a vector."""
    whole = factors[-1]
    for f in reversed(factors[:-1]):
        whole = terms.matmul(f, whole)
    return whole


def _rule(t: Term) -> tuple[Rule, dict[str, Term], bool] | None:
    """Return the row that says what the differential of a term is, and what its variables are."""
    for row in RULES.get(head(t) if t.op in {"call", "index"} else "", ()):
        complex_ = any(d.domain.complex for d in row.compiled.declarations.values())
        if complex_ and not any(a.is_complex for a in t.parts):
            continue
        found = row.compiled.match(t)
        if found is not None:
            return row, found, False
    if t.op == "call" and t.args[0] in ENTRYWISE:
        row = ENTRYWISE[t.args[0]]
        places = row.compiled.tree.args  # type: ignore[attr-defined]
        found = {}
        for place, argument in zip(places, t.args[1:], strict=True):
            turned = isinstance(place, ast.UnaryOp)  # -a, for the lower bound
            letter = (place.operand if turned else place).id
            found[letter] = terms.neg(argument) if turned else argument
        return row, found, True
    return None


def _missing(word: str, args: list[Term]) -> str:
    """Return which row is missing, and what there is."""
    if word in RULES:
        ways = ", or ".join(f"{r.pattern} with {', '.join(r.variables)}" for r in RULES[word])
        shown = ", ".join(map(repr, args))
        return f"the differential of {word}({shown}): there is a rule for {ways}"
    near = get_close_matches(word, {*RULES, *ENTRYWISE}, n=2, cutoff=0.4)
    hint = f"; the nearest words that have one: {', '.join(near)}" if near else ""
    return f"the differential of {word}: the table of rules has no row for it{hint}"
