# ruff: noqa: PLR0911 - a case for each kind of term
"""Terms, each of which is one object, and what is known of them within one derivation."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from functools import cached_property
from typing import Any

Shape = tuple["Term", ...]

Powers = dict["Term", "Term"]

Number = int | Fraction

"""A rational number; one that is an integer is kept as one, since that is faster."""


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


def eye(n: Term) -> Term:
    """Return the identity."""
    return make("eye", (), (n, n))


def is_zero(t: Term) -> bool:
    """Whether a term is 0."""
    return t.op == "zero" or t.number == 0
