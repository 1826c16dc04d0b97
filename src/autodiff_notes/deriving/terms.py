# ruff: noqa: PLR0911, PLR0912 - a case for each kind of term
"""Terms in normal form: what is equal by the rules of matrix algebra is mostly one object.

A term is a rational number, times powers of scalars, times a body. Sums are flat, and like terms
are added; a chain of matrix products is flat, and numbers stand in front of it; a transpose stands
at the leaves. A column is the only vector: ``x @ A`` is read as ``A.mT @ x``.

Equal terms are one object within :func:`algebra`, so that they are compared by identity. Their
``age`` is the order in which they came up: sums are kept and printed in it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm
from typing import Any

Shape = tuple["Term", ...]
Powers = dict["Term", "Term"]
Number = int | Fraction
"""A rational number; one that is an integer is kept as one, since that is faster."""
ELEMENTWISE = [
    "exp",
    "log",
    "sin",
    "cos",
    "tan",
    "sinh",
    "cosh",
    "tanh",
    "arctan",
    "sign",
    "erf",
    "sigmoid",
    "softplus",
    "relu",
    "lgamma",
    "digamma",
    "abs",
    "clamp",
    "huber",
]
TURNS = {
    *ELEMENTWISE,
    *[
        "inv",
        "pinv",
        "cof",
        "expm",
        "sinm",
        "cosm",
        "sqrtm",
        "logm",
        "matrix_power",
        "kron",
        "frechet_expm",
    ],
}
"""Words that may as well be applied to the transposed arguments, and transposed afterwards."""


class Term:
    """A term, made by the functions of this module alone.

    Attributes
    ----------
    op : str
        What it is: a number, a variable, a sum, a chain, a call of a word.
    args : tuple
        Its parts.
    shape : tuple of Term
        Nothing for a number, one size for a vector and two for a matrix.
    rank : int
        How many indices it has.
    age : int
        How many terms there were before it.
    value : Term or None
        What it is the name of.
    shown : tuple
        The parts of a sum in the order in which they were first written.
    """

    def __init__(self, op: str, args: tuple[Any, ...], shape: Shape, age: int) -> None:
        self.op, self.args, self.shape, self.age = op, args, shape, age
        self.rank = len(shape)
        self.value: Term | None = None
        self.shown = args

    @cached_property
    def parts(self) -> tuple["Term", ...]:
        """The terms that it is made of."""
        return tuple(_terms(self.args)) if self.op != "var" else ()

    @cached_property
    def leaves(self) -> frozenset["Term"]:
        """The variables in it, in the values of names too, and ``d(...)`` as a whole."""
        if self.op == "var" and self.value is None:
            return frozenset({self})
        inner = self.parts if self.value is None else (self.value,)
        found = frozenset().union(*(part.leaves for part in inner))
        return found | {self} if self.op == "d" else found

    @cached_property
    def has_d(self) -> bool:
        """Whether there is a differential in it."""
        return self.op == "d" or any(part.has_d for part in self.parts)

    @cached_property
    def nodes(self) -> frozenset["Term"]:
        """Everything in it, itself and the values of names too."""
        inner = self.parts if self.value is None else (self.value,)
        return frozenset({self}).union(*(part.nodes for part in inner))

    @cached_property
    def moves(self) -> bool:
        """Whether it depends on a variable that moves."""
        return any(leaf in algebra_now().moving for leaf in self.leaves)

    @cached_property
    def is_complex(self) -> bool:
        """Whether its values may be complex."""
        if self.op == "call" and self.args[0] in REAL_VALUED:
            return False
        if self.op == "var" and self.value is None:
            return self in algebra_now().complex
        inner = self.parts if self.value is None else (self.value,)
        return self.args == ("1j",) or any(part.is_complex for part in inner)

    @cached_property
    def size(self) -> int:
        """How many signs it takes to write it."""
        return int(_size(self))

    @property
    def number(self) -> Number | None:
        """Its value, if it is a number."""
        return self.args[0] if self.op == "num" else None

    def known(self, *sets: str) -> bool:
        """Whether it is a variable of one of these sets, or its name."""
        return algebra_now().sets.get(self) in sets

    def __repr__(self) -> str:
        """Return the term as text."""
        from autodiff_notes.deriving.writing import write  # noqa: PLC0415 - for people alone

        return write(self)


REAL_VALUED = {"re", "im", "abs", "abs2", "norm", "logabsdet"}


def _terms(args: Any) -> Iterator[Term]:
    """Yield the terms in nested tuples."""
    for arg in args:
        if isinstance(arg, Term):
            yield arg
        elif isinstance(arg, tuple):
            yield from _terms(arg)


def _size(t: Term) -> Any:
    """Count names, words, numbers and operators, about as a reader counts them."""
    if t.op == "mul":
        c, scalars, body = t.args
        powers = sum(a.size + 1 + (e.number not in {1, -1}) * (1 + e.size) for a, e in scalars)
        signs = (abs(c.numerator) != 1) * 2 + (c.denominator != 1) * 2 + (c < 0)
        return powers + signs + (body.size if body else -1)
    if t.op == "add":
        return sum(term.size + 1 + (abs(c) != 1) * 2 for c, term in t.args) - 1
    if t.op == "had":
        return sum(b.size + 1 + (e.number not in {1, -1}) * 2 for b, e in t.args) - 1
    if t.op in {"chain", "dot"}:
        return sum(part.size + 1 for part in t.args) - 1
    if t.op == "T":
        return t.args[0].size + 1
    if t.op in {"eye", "ones", "zero"}:
        return 2 + len(t.shape[:1] if t.op == "eye" else t.shape)
    if t.op == "outer" and all(p.op == "ones" for p in t.args):
        return 4
    if t.op == "index":
        return t.args[0].size + 2 + sum(1 + part.size for part in _terms(t.args[1]))
    if t.op in {"call", "outer", "inner", "d"}:
        return 2 + sum(part.size for part in t.parts)
    return 1 + sum(part.size for part in t.parts)


# The terms of one derivation


class Algebra:
    """The terms that there are, their names, and what is known of variables."""

    BUDGET = 50_000
    """The terms that may be made, new or not, before any form of a result is short enough."""

    def __init__(self) -> None:
        self.made = 0
        self.terms: dict[Any, Term] = {}
        self.moving: set[Term] = set()
        self.complex: set[Term] = set()
        self.letters: set[str] = set()
        self.sets: dict[Term, str] = {}
        self.symmetric: set[Term] = set()
        self.skew: set[Term] = set()
        self.names: dict[Term, Term] = {}
        self.chains: list[tuple[tuple[Term, ...], Term]] = []
        self.ratios: list[tuple[Powers, Term]] = []
        self.written: dict[Term, Term] = {}
        self.solved: set[Term] = set()
        self.inverted: set[Term] = set()
        self.used: dict[str, None] = {}
        self.memo: dict[Any, Term] = {}
        self.numbers: dict[Number, Term] = {}

    @property
    def exhausted(self) -> bool:
        """Whether the budget is used up, the same on every machine."""
        return self.made > self.BUDGET


_now: ContextVar[Algebra] = ContextVar("algebra")


@contextmanager
def algebra() -> Iterator[Algebra]:
    """Begin without terms, and end with those that there were before."""
    token = _now.set(Algebra())
    try:
        yield _now.get()
    finally:
        _now.reset(token)


def algebra_now() -> Algebra:
    """Return the terms of the derivation that is being written."""
    return _now.get()


def make(op: str, args: tuple[Any, ...], shape: Shape) -> Term:
    """Return the one term of these parts, or its name."""
    now = _now.get()
    now.made += 1
    key = (op, args, shape)
    term = now.terms.get(key)
    if term is None:
        term = now.terms[key] = Term(op, args, shape, len(now.terms))
    return now.names.get(term, term)


def name(leaf: Term, value: Term) -> Term:
    """Let a variable stand for a term wherever that comes up; return the variable."""
    now = algebra_now()
    leaf.value = value
    now.names[value] = leaf
    now.memo = {}
    factors = value.args if value.op == "chain" else ()
    if factors:
        now.chains.append((factors, leaf))
        turned = transpose(value) if value.rank == 2 else value
        if turned is not value and turned.op == "chain":
            now.chains.append((turned.args, make("T", (leaf,), leaf.shape[::-1])))
    if value.rank == 0 and value.op == "mul":
        c, scalars, _ = value.args
        if c == 1:
            now.ratios.append((dict(scalars), leaf))
    return leaf


# Numbers, variables, constants


def exact(value: Number) -> Number:
    """Return a rational number, as an integer if it is one."""
    return value.numerator if value.denominator == 1 else value


def num(value: Number) -> Term:
    """Return a rational number."""
    numbers = algebra_now().numbers
    found = numbers.get(value)
    if found is None:
        found = numbers[value] = make("num", (exact(value),), ())
    return found


def var(letter: str, shape: Shape = ()) -> Term:
    """Return a variable."""
    return make("var", (letter,), shape)


def zero(shape: Shape) -> Term:
    """Return 0, of any shape."""
    return make("zero", (), shape) if shape else num(0)


def ones(*shape: Term) -> Term:
    """Return ones: a vector, or a matrix as an outer product."""
    if len(shape) == 2:
        return outer(ones(shape[0]), ones(shape[1]))
    return make("ones", (), shape) if shape else num(1)


def eye(n: Term) -> Term:
    """Return the identity."""
    return make("eye", (), (n, n))


def is_zero(t: Term) -> bool:
    """Whether a term is 0."""
    return t.op == "zero" or t.number == 0


# Products with numbers


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
        e = add(powers.pop(atom), e) if atom in powers else e
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
            powers |= {a: add(powers.get(a, num(0)), times(e, f)) for a, f in parts.items()}
            powers = {a: e for a, e in powers.items() if e.number != 0}
        while all(a in powers for a in parts):
            rest = {a: sub(powers[a], e) for a, e in parts.items()}
            if not all(_shrinks(powers[a], e) for a, e in rest.items()):
                break
            powers = powers | rest | {leaf: add(powers.get(leaf, num(0)), num(1))}
            powers = {a: e for a, e in powers.items() if e.number != 0}
    return powers


def _shrinks(before: Term, after: Term) -> bool:
    """Whether an exponent came closer to 0, or was a symbol and became a number."""
    if before.number is None or after.number is None:
        return after.number is not None
    return abs(after.number) < abs(before.number)


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
            powers[base] = add(powers[base], e) if base in powers else e
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
            return product(c, scalars, call("Diag", diag(rest[0][0])))
    return product(c, scalars, make("had", kept, shape))


# Sums


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
        d, scalars, body = split(t)
        single = scalars[0][0] if body is None and len(scalars) == 1 else None
        if body is not None and body.op == "add" and not scalars:
            todo[:0] = [(c * d * e, inner) for e, inner in body.shown]
        elif single is not None and single.op == "add" and scalars[0][1].number == 1:
            todo[:0] = [(c * d * e, inner) for e, inner in single.shown]
        elif not is_zero(t):
            bare = product(1, scalars, body)
            sums[bare] = sums.get(bare, 0) + c * d
    shown = [(c, t) for t, c in sums.items() if c]
    if not shown:
        return zero(terms[0].shape)
    if len(shown) == 1:
        return times(num(shown[0][0]), shown[0][1])
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
    return times(num(content), whole)


def _content(numbers: list[Number]) -> Number:
    """Return the number that a sum has in common, with the sign of its first term."""
    sign = 1 if numbers[0] > 0 else -1
    if any(c in {1, -1} for c in numbers) and all(c.denominator == 1 for c in numbers):
        return sign
    over = lcm(*(c.denominator for c in numbers))
    return exact(Fraction(sign * gcd(*(c.numerator for c in numbers)), over))


def sub(a: Term, b: Term) -> Term:
    """Return a difference."""
    return add(a, neg(b))


def addends(t: Term) -> list[Term]:
    """Return the terms of a sum, each with its number."""
    c, scalars, body = split(t)
    inner = body
    if body is None and len(scalars) == 1 and scalars[0][1].number == 1:
        inner, scalars = scalars[0][0], ()
    if inner is None or inner.op != "add" or scalars:
        return [t]
    return [times(num(c * d), part) for d, part in inner.shown]


# Transposed and conjugate


def transpose(t: Term) -> Term:
    """Return the transpose of a matrix, pushed to the leaves."""
    memo = algebra_now().memo
    found = memo.get(t)
    if found is None:
        found = memo[t] = _transposed(t)
    return found


def _transposed(t: Term) -> Term:
    """Return the transpose of a matrix, not looked up."""
    now = algebra_now()
    shape = t.shape[::-1]
    if t in now.symmetric:
        return t
    if t in now.skew:
        return neg(t)
    match t.op:
        case "mul":
            return product(t.args[0], t.args[1], transpose(t.args[2]))
        case "add":
            return add(*(times(num(c), transpose(p)) for c, p in t.shown))
        case "T" if isinstance(t.args[0], Term):
            return t.args[0]
        case "conj":
            return conj(transpose(t.args[0]))
        case "chain":
            return chain([transpose(f) for f in reversed(t.args)])
        case "outer":
            return outer(t.args[1], t.args[0])
        case "had":
            return hadamard([(transpose(b), e) for b, e in t.args])
        case "eye":
            return t
        case "zero":
            return zero(shape)
        case "sigma":
            return sigma(transpose(t.args[0]), *t.args[1:])
        case "block":
            rows = zip(*t.args[0], strict=True)
            return block([[transpose(e) for e in row] for row in rows])
        case "d":
            return _transposed_differential(t)
        case "var" if t.value is not None:
            turned = transpose(t.value)
            return t if turned is t else turned if turned.op == "var" else _turned(t, turned)
        case "call":
            word, *args = t.args
            if word == "Diag":
                return t
            if word in {"tril", "triu"}:
                return call("triu" if word == "tril" else "tril", transpose(args[0]))
            if word == "sylvester":
                return call(word, *map(transpose, (args[1], args[0], args[2])))
            if word in TURNS and all(a.rank < 2 or transpose(a) is a for a in args):
                return t
    return make("T", (t,), shape)


def _same(a: Term, b: Term) -> bool:
    return a is b


def _turned(t: Term, value: Term) -> Term:
    """Return the transpose of a name: the name itself if its value is symmetric."""
    if value is t.value:
        return t
    return (
        neg(t) if t.value is not None and value is neg(t.value) else make("T", (t,), t.shape[::-1])
    )


def _transposed_differential(t: Term) -> Term:
    """Return the transpose of a differential: of a symmetric term it is symmetric."""
    turned = transpose(t.args[0])
    if turned is t.args[0]:
        return t
    if turned is neg(t.args[0]):
        return neg(t)
    return make("T", (t,), t.shape[::-1])


def conj(t: Term) -> Term:
    """Return the complex conjugate, pushed to the leaves."""
    if not t.is_complex:
        return t
    match t.op:
        case "conj" if isinstance(t.args[0], Term):
            return t.args[0]
        case "mul":
            return product(
                t.args[0], [(conj(a), e) for a, e in t.args[1]], t.args[2] and conj(t.args[2])
            )
        case "add":
            return add(*(times(num(c), conj(p)) for c, p in t.shown))
        case "chain":
            return chain([conj(f) for f in t.args])
        case "dot":
            return dot_of([conj(f) for f in t.args])
        case "outer":
            return outer(conj(t.args[0]), conj(t.args[1]))
        case "had":
            return hadamard([(conj(b), e) for b, e in t.args])
        case "const":
            return neg(t)
    return make("conj", (t,), t.shape)


def star(t: Term) -> Term:
    """Return the adjoint: transposed and conjugate."""
    return conj(transpose(t)) if t.rank == 2 else conj(t)


# Products of matrices and vectors


def matmul(a: Term, b: Term) -> Term:
    """Return a product; a vector to the left is a row."""
    if a.rank == 1 and b.rank == 1:
        return dot(a, b)
    if a.rank == 1:
        return matmul(transpose(b), a)
    c, scalars, left = split(a)
    d, more, right = split(b)
    assert left is not None
    assert right is not None
    return product(c * d, [*scalars, *more], chain([left, right]))


def chain(factors: Sequence[Term]) -> Term:
    """Return a product of matrices, the last of which may be a vector."""
    c: Number = 1
    scalars: list[tuple[Term, Term]] = []
    flat: list[Term] = []
    shape = (factors[0].shape[0], *factors[-1].shape[1:])
    for f in factors:
        d, inner, body = split(f)
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
    return product(c, scalars, whole)


def _reduced(flat: list[Term], shape: Shape) -> Term:
    """Return a product of factors that are no products, by the first law that applies."""
    from autodiff_notes.deriving.laws import window  # noqa: PLC0415 - laws are made of terms

    flat = [f for f in flat if f.op != "eye"] or [flat[-1]]
    if len(flat) > 1:
        for i, f in enumerate(flat):
            if f.op == "outer":
                return _around(flat, i)
            if f.op == "sigma" and _may_be_empty(f.args[3]):
                body, index_, *bounds = f.args
                others = [*flat[:i], *flat[i + 1 :]]
                if any(index_ in other.leaves for other in others):
                    (other,) = fresh("r", *flat)
                    body, index_ = _renamed(body, index_, other), other
                return sigma(chain([*flat[:i], body, *flat[i + 1 :]]), index_, *bounds)
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
        return times(dot_of([v, *right]), u)
    return outer(u, chain([*map(transpose, reversed(right)), v]))


def _joined(a: Term, b: Term) -> Term | None:
    """Return the product of two neighbours where it is no chain."""
    if a.op == "call" and a.args[0] == "Diag":
        if b.rank == 1:
            return times(a.args[1], b)
        if b.op == "call" and b.args[0] == "Diag":
            return call("Diag", times(a.args[1], b.args[1]))
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
    c, scalars, left = split(u)
    d, more, right = split(v)
    assert left is not None
    assert right is not None
    if left.op == "zero" or right.op == "zero":
        return num(0)
    first = [*map(transpose, reversed(left.args[:-1]))] if left.op == "chain" else []
    head = left.args[-1] if left.op == "chain" else left
    return product(c * d, [*scalars, *more, (dot_of([head, *first, right]), num(1))], None)


def dot_of(factors: Sequence[Term]) -> Term:
    """Return a vector times matrices times a vector."""
    tail = chain(factors[1:])
    c, scalars, body = split(tail)
    d, more, head = split(factors[0])
    assert body is not None
    assert head is not None
    if body.op == "zero" or head.op == "zero":
        return num(0)
    if head.op == "chain":
        return times(product(c * d, [*scalars, *more], None), dot(head, body))
    rest = list(body.args) if body.op == "chain" else [body]
    if not rest[-1:] or rest[-1].rank != 1:
        raise AssertionError
    front = [(x, e) for x, e in [*scalars, *more]]
    if len(rest) == 1:
        for a, b in ((head, rest[0]), (rest[0], head)):
            if a.op == "ones":
                return product(c * d, [*front, (total(b), num(1))], None)
            if a.op == "call" and a.args[0] == "basis" and not b.has_d:
                return product(c * d, [*front, (index(b, (a.args[1],)), num(1))], None)
            if b.op == "had" and any(f is a and _is_negative(e) for f, e in b.args):
                return product(c * d, [*front, (total(times(a, b)), num(1))], None)
    here = [head, *rest]
    back = [rest[-1], *map(transpose, reversed(rest[:-1])), head]
    back_c: Number = 1
    plain: list[Term] = []
    for f in back:
        e, _, b = split(f)
        assert b is not None
        back_c *= e
        plain.append(b)
    reverse = chain(plain[1:])
    if reverse.op == "mul":  # a law applies to the one direction alone
        return times(product(c * d * back_c, front, None), dot_of([plain[0], reverse]))
    back = [plain[0], *(reverse.args if reverse.op == "chain" else (reverse,))]
    if len(back) != len(here) or _key(back) < _key(here):
        here, c = (back, c * back_c) if _key(back) < _key(here) else (here, c)
    elif back == here and back_c == -1:
        return num(0)
    return product(c * d, [*front, (make("dot", tuple(here), ()), num(1))], None)


def _is_negative(e: Term) -> bool:
    return e.number is not None and e.number < 0


def _key(factors: Sequence[Term]) -> tuple[Any, ...]:
    """Return what the direction is chosen by: few factors, few transposes, the older first."""
    turned = sum(f.op == "T" or (f.op == "conj" and f.args[0].op == "T") for f in factors)
    return (len(factors), turned, [f.age for f in factors])


def outer(u: Term, v: Term) -> Term:
    """Return a column times a row."""
    c, scalars, left = split(u)
    d, more, right = split(v)
    assert left is not None
    assert right is not None
    shape = (u.shape[0], v.shape[0])
    if left.op == "zero" or right.op == "zero":
        return zero(shape)
    for a, b in ((left, right), (right, left)):
        if a.op == "sigma" and _may_be_empty(a.args[3]) and a.args[1] not in b.leaves:
            body, *bounds = a.args
            whole = outer(body, b) if a is left else outer(b, body)
            return product(c * d, [*scalars, *more], sigma(whole, *bounds))
    return product(c * d, [*scalars, *more], make("outer", (left, right), shape))


def inner(A: Term, B: Term) -> Term:
    """Return the inner product of two matrices."""
    c, scalars, left = split(A)
    d, more, right = split(B)
    assert left is not None
    assert right is not None
    front = product(c * d, [*scalars, *more], None)
    for a, b in ((left, right), (right, left)):
        if a.op == "zero":
            return num(0)
        if a.op == "outer":
            return times(front, dot(a.args[0], matmul(b, a.args[1])))
        if a.op == "eye":
            return times(front, trace(b))
        if a.op == "call" and a.args[0] == "Diag":
            return times(front, dot(a.args[1], diag(b)))
        if b.op == "had" and not a.has_d and len(b.args) == 2 and a in dict(b.args):
            break
    pair = tuple(sorted((left, right), key=lambda t: t.age))
    return times(front, make("inner", pair, ()))


def inner_of(a: Term, b: Term) -> Term:
    """Return the inner product of two terms of one shape."""
    return (times, dot, inner)[a.rank](a, b)


# Linear words


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
    c, scalars, body = split(t)
    assert body is not None
    match body.op:
        case "zero":
            return zero(_shape(word, (body,)))
        case "add":
            parts = (times(num(d), _linear(word, p, of)) for d, p in body.shown)
            whole: Term | None = add(*parts)
        case "T":
            whole = _linear(word, body.args[0], of)
        case _:
            whole = of(body)
    return times(product(c, scalars, None), whole or plain(word, body))


def _trace(A: Term) -> Term | None:
    match A.op:
        case "eye":
            return A.shape[0]
        case "outer":
            return dot(*A.args)
        case "chain":
            return _trace_of(list(A.args))
    return total(A.args[1]) if _is_diag(A) else None


def _trace_of(factors: list[Term]) -> Term:
    """Return the trace of a product, turned and perhaps transposed."""
    best: tuple[Any, Term] | None = None
    back = [transpose(f) for f in reversed(factors)]
    for way in (factors, back):
        for i in range(len(way)):
            whole = chain([*way[i:], *way[:i]])
            if whole.op != "chain" or len(whole.args) < len(factors):
                return trace(whole)
            key = _key(whole.args)
            if best is None or key < best[0]:
                best = key, whole
        if any(split(f)[0] != 1 for f in back):
            break  # a skew factor: its sign would be lost
    assert best is not None
    return plain("tr", best[1])


def _total(t: Term) -> Term | None:
    powers = [e.number for _, e in t.args] if t.op == "had" else []
    match t.op:
        case "ones" | "eye":
            return t.shape[0]
        case "outer":
            return times(*map(total, t.args))
        case "had" if powers in ([1, 1], [2]):
            return inner_of(t.args[0][0], t.args[-1][0])
        case "var" if t.value is not None and t.value.op == "add":
            whole = total(t.value)
            return whole if whole.number is not None else None
    return total(t.args[1]) if _is_diag(t) else None


def _diag(A: Term) -> Term | None:
    match A.op:
        case "eye":
            return ones(A.shape[0])
        case "outer":
            return times(*A.args)
        case "had" if any(b.op == "eye" for b, _ in A.args):
            return hadamard([(diag(b), e) for b, e in A.args if b.op != "eye"])
    return A.args[1] if _is_diag(A) else None


def _is_diag(A: Term) -> bool:
    return bool(A.op == "call" and A.args[0] == "Diag")


def index(base: Term, places: tuple[Any, ...]) -> Term:
    """Return entries of a vector or a matrix; a place is an index or a pair of ends."""
    c, scalars, body = split(base)
    assert body is not None
    shape = tuple(
        sub(place[1] or n, place[0] or num(0))
        for place, n in zip(places, base.shape, strict=True)
        if isinstance(place, tuple)
    )
    front = product(c, scalars, None)
    if body.op == "zero":
        return zero(shape)
    if body.op == "add" and body.has_d:
        return times(front, add(*(times(num(d), index(p, places)) for d, p in body.shown)))
    if body.op == "ones":
        return times(front, ones(*shape))
    if body.op == "T" and not shape:
        return times(front, index(body.args[0], places[::-1]))
    if body.op == "outer" and not shape:
        return times(
            front, *(index(p, (place,)) for p, place in zip(body.args, places, strict=True))
        )
    return times(front, make("index", (body, places), shape))


def sigma(body: Term, i: Term, start: Term, stop: Term, but: Term | None) -> Term:
    """Return the sum of terms over an index; what does not depend on it stands outside."""
    if is_zero(body):
        return body
    if any(t.op == "sigma" and t.args[1] is i for t in body.nodes):
        (other,) = fresh(str(i.args[0]).partition("_")[0], body, start, stop)
        body, i = _renamed(body, i, other), other
    c, scalars, inside = split(body)
    out = [(a, e) for a, e in scalars if i not in a.leaves | e.leaves]
    held = [(a, e) for a, e in scalars if i in a.leaves | e.leaves]
    front = product(c, out, None)
    if not held and (inside is None or i not in inside.leaves):
        count = sub(sub(stop, start), num(1) if but else num(0))
        return times(front, count, *([inside] if inside else []))
    if (
        not held
        and inside is not None
        and inside.op in {"chain", "outer"}
        and not _may_be_empty(stop)
    ):
        free = [i not in f.leaves for f in inside.args]
        if inside.op == "outer" and any(free):
            u, v = inside.args
            whole = (
                outer(u, sigma(v, i, start, stop, but))
                if free[0]
                else outer(sigma(u, i, start, stop, but), v)
            )
            return times(front, whole)
        left = next(k for k, f in enumerate(free) if not f)
        right = next(k for k, f in enumerate(reversed(free)) if not f)
        if inside.op == "chain" and left + right:
            end = len(free) - right
            middle = sigma(chain(inside.args[left:end]), i, start, stop, but)
            return times(front, chain([*inside.args[:left], middle, *inside.args[end:]]))
    rest = product(1, held, inside)
    return times(front, make("sigma", (rest, i, start, stop, but), body.shape))


def _may_be_empty(stop: Term) -> bool:
    """Whether a range may be empty: it ends at another index. Such a sum is 0 without a shape."""
    sets = algebra_now().sets
    return any(leaf not in sets for leaf in stop.leaves)


def _renamed(t: Term, i: Term, other: Term) -> Term:
    """Return a term with another letter for a free index; closed sums keep theirs."""

    def change(part: Term) -> Term:
        if part is i:
            return other
        if part.op in {"sigma", "prod"} and part.args[1] is i:
            return part
        return rebuilt(part, change) if i in part.leaves else part

    return change(t)


def block(rows: Sequence[Sequence[Term]]) -> Term:
    """Return a matrix of blocks."""
    height = add(*(row[0].shape[0] for row in rows))
    width = add(*(entry.shape[1] for entry in rows[0]))
    if all(is_zero(e) for row in rows for e in row):
        return zero((height, width))
    return make("block", (tuple(map(tuple, rows)),), (height, width))


# Words


def _minimum(shape: Shape, A: Term) -> Term:
    """Return the smaller size of a matrix, as far as that is known."""
    m, n = shape
    if m is n or A.known("tall", "tall_distinct_singular_values"):
        return n
    if A.known("wide"):
        return m
    return make("call", ("min", m, n), ())


def _shape(word: str, args: Sequence[Term]) -> Shape:
    """Return the shape of the value of a word."""
    first = args[0].shape if args else ()
    match word:
        case "diag" | "eigenvalues" | "perron_vector":
            return first[:1]
        case "Diag":
            return first * 2
        case "pinv":
            return first[::-1]
        case "singular_values":
            return (_minimum(first, args[0]),)
        case "left_singular":
            return (first[0], _minimum(first, args[0]))
        case "right_singular":
            return (first[1], _minimum(first, args[0]))
        case "kron":
            return tuple(times(a, b) for a, b in zip(first, args[1].shape, strict=True))
        case "vec":
            return (times(*first),)
        case "diagonal_sums" | "diagonal_means":
            return (sub(times(num(2), first[0]), num(1)),)
        case "toeplitz":
            n = times(num(Fraction(1, 2)), add(first[0], num(1)))
            return (n, n)
        case "sylvester":
            return args[2].shape
        case "frechet_expm":
            return first
        case "basis":
            return (args[1],)
    scalar_valued = [
        "tr",
        "sum",
        "det",
        "expanded_det",
        "logdet",
        "logabsdet",
        "logsumexp",
        "max",
        "min",
        "norm",
        "nuclear",
        "spectral",
        "mean",
        "prod",
        "perron_value",
        "abs2",
    ]
    return () if word in scalar_valued else first


def call(word: str, *args: Term) -> Term:
    """Return a word of its arguments, rewritten by the laws that it has."""
    if word in {"inv", "logdet", "logabsdet"}:
        algebra_now().inverted.add(args[0])
    special = SPECIAL.get(word)
    if special is not None:
        found = special(*args)
        if found is not None:
            return found
    if word in TURNS and all(a.rank == 2 for a in args if a.rank) and any(a.rank for a in args):
        turned = [transpose(a) if a.rank == 2 else a for a in args]
        signs = [split(t)[0] == split(a)[0] for t, a in zip(turned, args, strict=True)]
        if all(signs) and [t.age for t in turned] < [a.age for a in args]:
            return transpose(call(word, *turned))
    return plain(word, *args)


def plain(word: str, *args: Term) -> Term:
    """Return a word of its arguments as they stand, rewritten by the laws that are rows."""
    from autodiff_notes.deriving.laws import rewritten  # noqa: PLC0415 - laws are made of terms

    term = make("call", (word, *args), _shape(word, args))
    return rewritten(term) if term.op == "call" else term


def _half(A: Term, sign: int) -> Term:
    return times(num(Fraction(1, 2)), add(A, times(num(sign), transpose(A))))


def _norm(x: Term, *p: Term) -> Term | None:
    """Return a norm as the root of an inner product; complex ones and other powers stay words."""
    if p and p[0].number == 1:
        return total(call("abs", x))
    if x.is_complex or (p and p[0].number != 2):
        return None
    return power(inner_of(x, x), num(Fraction(1, 2)))


def _passing(word: str) -> Callable[[Term], Term | None]:
    """Return a linear word, which numbers and sums stand outside of."""

    def of(A: Term) -> Term | None:
        c, scalars, body = split(A)
        assert body is not None
        if body.op == "zero":
            return body
        if body.op == "eye" and word in {"tril", "triu"}:
            return A
        if c != 1 or scalars:
            return product(c, scalars, call(word, body))
        if body.op == "add" and body.has_d:
            return add(*(times(num(d), call(word, p)) for d, p in body.args))
        return None

    return of


def _kron(A: Term, B: Term) -> Term | None:
    c, scalars, left = split(A)
    d, more, right = split(B)
    assert left is not None
    assert right is not None
    if c * d != 1 or scalars or more:
        return product(c * d, [*scalars, *more], call("kron", left, right))
    if left.op == "zero" or right.op == "zero":
        return zero(_shape("kron", (A, B)))
    if left.op == right.op == "eye":
        return eye(times(left.shape[0], right.shape[0]))
    for i, factor in enumerate((left, right)):
        if factor.op == "add" and factor.has_d:
            pieces = [(num(d), (p, right) if i == 0 else (left, p)) for d, p in factor.shown]
            return add(*(times(d, call("kron", *p)) for d, p in pieces))
    return None


def _Diag(v: Term) -> Term | None:
    c, scalars, body = split(v)
    assert body is not None
    if body.op == "ones":
        return product(c, scalars, eye(body.shape[0]))
    if body.op == "zero":
        return zero(body.shape * 2)
    return product(c, scalars, call("Diag", body)) if c != 1 or scalars else None


def _matrix_power(A: Term, k: Term) -> Term | None:
    c, scalars, body = split(A)
    if k.number == 0:
        return eye(A.shape[0])
    if k.number == 1:
        return A
    assert body is not None
    if c != 1 or scalars:
        return times(power(product(c, scalars, None), k), call("matrix_power", body, k))
    if body.op == "eye":
        return body
    if k.number == 2:
        return matmul(A, A)
    if k.number == -1:
        return call("inv", A)
    return None


def _solve(A: Term, B: Term) -> Term:
    algebra_now().solved.add(A)
    return matmul(call("inv", A), B)


def _conjugated(word: str) -> Callable[[Term], Term | None]:
    def of(z: Term) -> Term | None:
        if not z.is_complex:
            return z if word == "re" else zero(z.shape)
        return None

    return of


SPECIAL: dict[str, Callable[..., Term | None]] = {
    "tr": trace,
    "sum": total,
    "diag": diag,
    "Diag": _Diag,
    "outer": outer,
    "inner": inner_of,
    "norm": _norm,
    "sqrt": lambda x: power(x, num(Fraction(1, 2))),
    "sym": lambda A: _half(A, 1),
    "skew": lambda A: _half(A, -1),
    "adj": lambda A: transpose(call("cof", A)),
    "mean": lambda v: times(total(v), power(v.shape[0], num(-1))),
    "solve": _solve,
    "kron": _kron,
    "matrix_power": _matrix_power,
    "tril": _passing("tril"),
    "triu": _passing("triu"),
    "Phi": _passing("Phi"),
    "vec": _passing("vec"),
    "toeplitz": _passing("toeplitz"),
    "diagonal_sums": _passing("diagonal_sums"),
    "diagonal_means": _passing("diagonal_means"),
    "I": eye,
    "ones": ones,
    "zeros": lambda *n: zero(n),
    "conj": conj,
    "re": _conjugated("re"),
    "im": _conjugated("im"),
}


# Terms from terms


def rebuilt(t: Term, change: Callable[[Term], Term]) -> Term:
    """Return a term made anew from its changed parts."""
    match t.op:
        case "mul":
            powers = [power(change(a), change(e)) for a, e in t.args[1]]
            return times(num(t.args[0]), *powers, *([change(t.args[2])] if t.args[2] else []))
        case "add":
            return add(*(times(num(c), change(p)) for c, p in t.shown))
        case "T":
            return transpose(change(t.args[0]))
        case "conj":
            return conj(change(t.args[0]))
        case "chain":
            whole = change(t.args[0])
            for f in t.args[1:]:
                whole = matmul(whole, change(f))
            return whole
        case "dot":
            tail = change(t.args[-1])
            for f in reversed(t.args[1:-1]):
                tail = matmul(change(f), tail)
            return dot(change(t.args[0]), tail)
        case "had":
            return times(*(power(change(b), change(e)) for b, e in t.args))
        case "outer":
            return outer(*map(change, t.args))
        case "inner":
            return inner(*map(change, t.args))
        case "call":
            word, *args = t.args
            return call(word, *map(change, args))
        case "index":
            return index(change(t.args[0]), _places(t.args[1], change))
        case "sigma" | "prod":
            body, i, start, stop, but = t.args
            made = sigma if t.op == "sigma" else product_over
            return made(change(body), i, change(start), change(stop), but and change(but))
        case "block":
            return block([[change(e) for e in row] for row in t.args[0]])
        case "array":
            return make("array", (_places(t.args[0], change),), t.shape)
        case "d":
            return d(change(t.args[0]))
    return t


def _places(places: Any, change: Callable[[Term], Term]) -> Any:
    """Return nested tuples with their terms changed."""
    if isinstance(places, tuple):
        return tuple(_places(p, change) for p in places)
    return change(places) if isinstance(places, Term) else places


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


def d(t: Term) -> Term:
    """Return the differential of a term as it stands, unopened; numbers stand in front."""
    if not t.moves:
        return zero(t.shape)
    c, scalars, body = split(t)
    return times(num(c), make("d", (product(1, scalars, body),), t.shape))


def substituted(t: Term, values: dict[Term, Term]) -> Term:
    """Return a term with others in the place of some."""
    memo = dict(values)

    def change(part: Term) -> Term:
        if part not in memo:
            memo[part] = rebuilt(part, change)
        return memo[part]

    return change(t)
