"""Names for what a derivation would say again and again: ``where P = inv(X.mT @ X)``."""

from collections import Counter
from collections.abc import Iterable, Iterator

from autodiff_notes.deriving import terms
from autodiff_notes.deriving.terms import Term
from autodiff_notes.deriving.writing import write

__all__ = ["Candidate", "candidates", "letter_for"]

Candidate = tuple[str, str, str]
"""A text, the kind of its value, and its word."""

LETTERS = {
    "inv": "P Q",
    "softmax": "p q",
    "sigmoid": "q s",
    "difference": "r e u",
    "s": "rho eta omega nu xi",
    "v": "z u r g h w e",
    "M": "P Q R S T G H U",
}
"""Letters that people take, by word and by kind."""

SMALL = 4
"""What is written with fewer signs needs no name."""

FEW = 2
"""So many candidates are tried: each is one more derivation."""


def candidates(lines: Iterable[Term], whole: Term) -> list[Candidate]:
    """Return the long term that occurs most often in the lines of a derivation."""
    counts: Counter[Term] = Counter()
    for line in lines:
        counts.update(_parts(line))
    best = sorted(
        (t for t, count in counts.items() if count > 1 and t is not whole and t.size >= SMALL),
        key=lambda t: (-(counts[t] - 1) * (t.size - 1), t.age),
    )
    return [(write(t), "svM"[t.rank], _word(t)) for t in best[:FEW]]


def _word(t: Term) -> str:
    if t.op == "call":
        return str(t.args[0])
    return "difference" if t.op == "add" and any(c < 0 for c, _ in t.args) and t.rank == 1 else ""


def _parts(t: Term, *, inside: bool = False) -> Iterator[Term]:
    """Yield what a name could stand for: words, and what words and powers are applied to."""
    known = terms.algebra_now().sets
    named = t.op == "call" or (inside and t.op in {"add", "chain", "dot", "had"})
    if named and not t.has_d and all(leaf in known for leaf in t.leaves):
        yield t
    for part in t.parts:
        yield from _parts(
            part, inside=t.op in {"call", "mul", "had", "outer", "add", "chain", "dot", "inner"}
        )


def letter_for(candidate: Candidate, taken: Iterable[str]) -> str:
    """Return a name that is not in use, or nothing."""
    _, kind, word = candidate
    wanted = f"{LETTERS.get(word, '')} {LETTERS[kind]}".split()
    used = set(taken)
    return next((letter for letter in wanted if letter not in used), "")
