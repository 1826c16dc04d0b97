# ruff: noqa: PLR0911, PLR0912 - a case for each kind of term
"""Patterns: texts in the notation whose variables stand for terms.

A pattern of a law or of a rule is matched against terms in normal form, through names. In a product
it matches neighbours, so that ``inv(A) @ A`` is found within longer products, also where ``A`` stands
for several factors.
"""

import ast
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from autodiff_notes.deriving import terms
from autodiff_notes.deriving.reading import read_term, tree_of
from autodiff_notes.deriving.terms import Term
from autodiff_notes.notation.sets import Declaration, declare

__all__ = ["Pattern", "knows", "look"]

Binding = dict[str, Term]

IMPLIES = {
    "orthogonal": {"invertible", "square"},
    "invertible": {"square"},
    "positive_determinant": {"invertible", "square"},
    "positive_definite": {"invertible", "positive_determinant", "square"},
    "spd": {"invertible", "positive_determinant", "symmetric", "square"},
    "covariance": {"invertible", "positive_determinant", "square"},
    "scalar_matrix": {"invertible", "spd", "symmetric", "square"},
    "lower_triangular": {"invertible_triangular", "invertible", "positive_determinant", "square"},
    "invertible_triangular": {"invertible", "square"},
    "complex_invertible": {"invertible", "square"},
    "distinct_eigenvalues": {"symmetric", "square"},
    "tall_distinct_singular_values": {"tall", "full_rank"},
    "tall": {"full_rank"},
    "wide": {"full_rank"},
    "positive": {"nonzero"},
    "probability": {"positive"},
}
"""What a point of a set also is."""


def look(t: Term) -> Term:
    """Return the meaning of a name, and another term as it is."""
    while t.op == "var" and t.value is not None:
        t = t.value
    return t


def knows(t: Term, what: str) -> bool:
    """Whether a term is certainly in a set."""
    declared = terms.algebra_now().sets.get(t, "")
    if what == declared or what in IMPLIES.get(declared, ()):
        return True
    t = look(t)
    if what == "square":
        return t.rank == 2 and t.shape[0] is t.shape[1]
    if what == "symmetric":
        return t.rank == 2 and terms.transpose(t) is t
    if what == "nonzero_scalar":
        return t.number is None  # 9 ** n is no simpler than what it came from
    if what == "positive_scalar":
        return terms.is_positive(t)
    if what in {"tall", "wide"} and t.op == "T":
        return knows(t.args[0], "wide" if what == "tall" else "tall")
    if what == "invertible":
        return _is_invertible(t)
    return False


def _is_invertible(t: Term) -> bool:
    """Whether a matrix has an inverse, for certain."""
    declared = terms.algebra_now().sets.get(t, "")
    if declared == "invertible" or "invertible" in IMPLIES.get(declared, ()):
        return True
    if t.op == "call" and t.args[0] in {"inv", "expm"}:
        return True
    if t.op in {"T", "conj"}:
        return knows(t.args[0], "invertible")
    square = t.op == "chain" and all(f.shape[0] is f.shape[-1] for f in t.args)
    if square and all(knows(f, "invertible") for f in t.args):
        return True
    if t.op == "chain" and len(t.args) in {2, 3} and t.args[0] is terms.transpose(t.args[-1]):
        # a Gram matrix of independent columns
        middle = t.args[1:-1]
        full = knows(t.args[-1], "tall")
        return full and all(knows(f, "spd") or knows(f, "positive_definite") for f in middle)
    if t.op == "call" and t.args[0] in {"matrix_power", "kron"}:
        return all(knows(a, "invertible") for a in t.args[1:] if a.rank)
    return t.shape[0] is t.shape[1] and t in terms.algebra_now().inverted


class Pattern:
    """A text with variables, and what must be known of them."""

    def __init__(self, text: str, variables: Sequence[str], needs: Sequence[str] = ()) -> None:
        self.tree = tree_of(text)
        self.declarations: dict[str, Declaration] = {}
        for declared in map(declare, variables):
            self.declarations |= dict.fromkeys(declared.names, declared)
        self.needs = needs

    @cached_property
    def factors(self) -> list[ast.expr]:
        """The factors of a product, or nothing."""
        if not (isinstance(self.tree, ast.BinOp) and isinstance(self.tree.op, ast.MatMult)):
            return []
        return _flat(self.tree)

    @cached_property
    def anchor(self) -> int:
        """Which factor is looked for first: the first with a word."""
        return next((i for i, f in enumerate(self.factors) if head_of(f)), 0)

    @cached_property
    def head(self) -> str:
        """The word that a term must have so that this may match."""
        if self.factors and not (head := head_of(self.factors[self.anchor])):
            return next(self.declarations[n].domain.name for n in self.needs)
        return head if self.factors else head_of(self.tree)

    def match(self, t: Term) -> Binding | None:
        """Return the variables and sizes if a term matches."""
        b: Binding = {}
        return b if self._match(self.tree, t, b) and self._holds(b) else None

    def find(self, factors: Sequence[Term], place: int) -> tuple[int, int, Binding] | None:
        """Return where a product matches neighbours, around a factor that has its word."""
        b: Binding = {}
        nodes, anchor = self.factors, self.anchor
        room = anchor <= place <= len(factors) - (len(nodes) - anchor)
        if not room or not self._match(nodes[anchor], factors[place], b):
            return None
        start, end = place, place + 1
        for node in nodes[anchor + 1 :]:
            taken = self._next(node, factors[end:], b, 1)
            if not taken:
                return None
            end += taken
        for node in reversed(nodes[:anchor]):
            taken = self._next(node, factors[:start], b, -1)
            if not taken:
                return None
            start -= taken
        return (start, end, b) if self._holds(b) else None

    def _next(self, node: ast.expr, factors: Sequence[Term], b: Binding, step: int) -> int:
        """Return how many factors the next node of a product takes."""
        if not factors:
            return 0
        bound = b.get(_meta(node))
        if bound is None:
            return int(self._match(node, factors[0 if step == 1 else -1], b))
        whole = terms.transpose(bound) if isinstance(node, ast.Attribute) else bound
        wanted = list(whole.args) if look(whole).op == whole.op == "chain" else [whole]
        found = factors[: len(wanted)] if step == 1 else factors[len(factors) - len(wanted) :]
        same = len(found) == len(wanted) and all(a is c for a, c in zip(found, wanted, strict=True))
        if same:
            return len(wanted)
        inside = look(whole)
        if inside is not whole and inside.op == "chain":
            wanted = list(inside.args)
            found = factors[: len(wanted)] if step == 1 else factors[len(factors) - len(wanted) :]
            if len(found) == len(wanted) and all(
                a is c for a, c in zip(found, wanted, strict=True)
            ):
                return len(wanted)
        return 0

    def _holds(self, b: Binding) -> bool:
        """Whether all is known that must be."""
        sets = terms.algebra_now().sets
        if any(
            sets.get(b[n]) == "singular" and d.domain.name == "invertible"
            for n, d in self.declarations.items()
            if n in b
        ):
            return False
        return all(knows(b[n], self.declarations[n].domain.name) for n in self.needs)

    def _bind(self, letter: str, t: Term, b: Binding) -> bool:
        """Let a variable be a term, or hold that it is."""
        if letter in b:
            return b[letter] is t or look(b[letter]) is look(t)
        declared = self.declarations[letter]
        rank = "svM".index(declared.domain.kind) if declared.domain.kind in "svM" else 0
        if t.rank != rank or (t.has_d):
            return False
        if declared.domain.kind == "k" and not _is_integer(t):
            return False
        b[letter] = t
        sizes = declared.arguments * (t.rank if len(declared.arguments) < t.rank else 1)
        for size, n in zip(sizes, t.shape, strict=False):
            if isinstance(size.tree, ast.Name) and b.setdefault(size.tree.id, n) is not n:
                return False
        return True

    def _match(self, node: ast.expr, t: Term, b: Binding) -> bool:
        """Whether a term is what a node says."""
        if isinstance(node, ast.Name) and node.id in self.declarations:
            return self._bind(node.id, t, b)
        match node:
            case ast.Attribute():
                if isinstance(node.value, ast.Name) and node.value.id not in b and t.op != "T":
                    return False  # every matrix is the transpose of something
                return t.rank == 2 and self._match(node.value, terms.transpose(t), b)
            case ast.Name(letter) if letter != "pi":  # a size
                return b.setdefault(letter, t) is t
            case ast.Name() | ast.Constant():
                return read_term(node, b) is t
            case ast.Call(ast.Name("block"), [ast.List(rows)]):
                t = look(t)
                return (
                    t.op == "block"
                    and [len(r) for r in t.args[0]] == [len(getattr(r, "elts", ())) for r in rows]
                    and all(
                        self._match(n, p, b)
                        for r, q in zip(rows, t.args[0], strict=True)
                        for n, p in zip(getattr(r, "elts", ()), q, strict=True)
                    )
                )
            case ast.Call(ast.Name(word), args):
                t = look(t)
                if t.op in {"outer", "inner", "eye"}:
                    found = {"eye": ("I", t.shape[:1])}.get(t.op, (t.op, t.args))
                elif t.op == "call":
                    found = (t.args[0], t.args[1:])
                else:
                    return False
                return (
                    found[0] == word
                    and len(args) == len(found[1])
                    and all(self._match(a, p, b) for a, p in zip(args, found[1], strict=True))
                )
            case ast.Subscript(value, place):
                t = look(t)
                places = place.elts if isinstance(place, ast.Tuple) else [place]
                return (
                    t.op == "index"
                    and len(places) == len(t.args[1])
                    and self._match(value, t.args[0], b)
                    and all(self._placed(p, q, b) for p, q in zip(places, t.args[1], strict=True))
                )
            case ast.BinOp(left, ast.Div(), right) if isinstance(left, ast.Constant):
                t = look(t)
                if t.op == "had" and len(t.args) == 1 and t.args[0][1].number == -1:
                    return self._match(right, t.args[0][0], b)
                return False
            case ast.BinOp(left, ast.Mult(), right):
                t = look(t)
                if t.op != "mul" or not t.rank:
                    return False
                front = terms.product(t.args[0], t.args[1], None)
                return self._match(left, front, b) and self._match(right, t.args[2], b)
            case ast.BinOp(_, ast.MatMult(), _):
                return self._matched_product(_flat(node), look(t), b)
        return False

    def _matched_product(self, nodes: list[ast.expr], t: Term, b: Binding) -> bool:
        """Whether a product as a whole is what nodes say; the last takes what is left."""
        if t.op != "chain" or len(t.args) < len(nodes):
            return False
        rest = list(t.args)
        for node in nodes[:-1]:
            taken = self._next(node, rest, b, 1)
            if not taken:
                return False
            rest = rest[taken:]
        last = (
            rest[0]
            if len(rest) == 1
            else terms.make("chain", tuple(rest), (rest[0].shape[0], *t.shape[1:]))
        )
        return self._match(nodes[-1], last, b)

    def _placed(self, node: ast.expr, place: Any, b: Binding) -> bool:
        if isinstance(node, ast.Slice):
            return isinstance(place, tuple) and place == (None, None)
        return isinstance(place, Term) and self._match(node, place, b)


def _is_integer(t: Term) -> bool:
    """Whether a scalar is an integer of Python."""
    if t.number is not None:
        return t.number.denominator == 1
    return t.op in {"var", "add", "mul"} and all(
        terms.algebra_now().sets.get(leaf) in {"natural", "index", "size", None} and not leaf.moves
        for leaf in t.leaves
    )


def _meta(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _flat(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        return [*_flat(node.left), *_flat(node.right)]
    return [node]


def head_of(node: ast.expr) -> str:
    """Return the word of a node."""
    if isinstance(node, ast.Attribute):
        return head_of(node.value)
    if isinstance(node, ast.Subscript):
        return f"{head_of(node.value)}[]"
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def head(t: Term) -> str:
    """Return the word of a term, through names, indices and transposes."""
    t = look(t)
    if t.op == "T":
        return head(t.args[0])
    if t.op == "index":
        return f"{head(t.args[0])}[]"
    return t.args[0] if t.op == "call" else t.op if t.op in {"outer", "inner"} else ""
