# ruff: noqa: PLR0911 - a case for each kind of term
"""From a function to the lines of its derivation, by differentials.

The *frontier* holds what is still to be differentiated, with a cotangent each: the differential of
the function is the sum of the inner products of both. It begins as the function with cotangent 1.
What no other term of the frontier contains is opened by one level; what stands around the new
differentials moves to the other side; and so on, until variables alone are left.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from autodiff_notes.deriving import terms
from autodiff_notes.deriving.adjoints import Cotangents, transposed
from autodiff_notes.deriving.differentials import LINEAR, differential, has_rule
from autodiff_notes.deriving.outcome import NotSupported
from autodiff_notes.deriving.terms import Term, add
from autodiff_notes.deriving.tidy import cost, tidied, vanishes

__all__ = ["COLLECTED", "LAYERS", "Step", "Steps", "paired", "steps"]

COLLECTED = "collected"
LAYERS = 60
"""No function that can be read is deeper than an expression of the notation may nest."""


@dataclass(frozen=True)
class Step:
    """One line, in two parts that are added, and why it equals the line before.

    Attributes
    ----------
    term : Term
        The part that was opened, or is collected.
    reason : str
        Why.
    start : Term
        What the part was before.
    finished : Term
        The rest: variables with what was known of their cotangents before.
    """

    term: Term
    reason: str
    start: Term
    finished: Term

    @property
    def whole(self) -> Term:
        """Both parts."""
        return add(self.term, self.finished) if not terms.is_zero(self.finished) else self.term


@dataclass
class Steps:
    """The lines, and the cotangents of the variables at the end."""

    lines: list[Step] = field(default_factory=list)
    cotangents: Cotangents = field(default_factory=dict)


def paired(G: Term, node: Term) -> Term:
    """Return the inner product of a cotangent and a differential."""
    return pairing(G, terms.d(node))


def pairing(G: Term, moved: Term) -> Term:
    """Return the real inner product of a cotangent and what moved."""
    whole = terms.inner_of(terms.conj(G), moved)
    return terms.call("re", whole) if whole.is_complex else whole


def is_variable(node: Term) -> bool:
    """Whether a node is a variable and no name."""
    return node.op == "var" and node.value is None


def steps(f: Term) -> Steps:
    """Return the derivation of a scalar term.

    Parameters
    ----------
    f : Term
        A number that depends on a variable that moves.
    """
    found = Steps()
    if not f.moves:
        return found
    frontier: Cotangents = {f: terms.num(1)}
    raw: Cotangents = dict(frontier)  # untouched, since what is short here may be long further on
    for _ in range(LAYERS):
        ready = _ready(frontier)
        if not ready:
            for x, G in raw.items():
                if not is_variable(x):
                    continue  # its cotangent vanishes
                short = tidied(G)
                if x not in frontier or cost(short) < cost(frontier[x]):
                    frontier[x] = short
            found.cotangents = {x: G for x, G in frontier.items() if not vanishes(G)}
            return found
        silent = [node for node in ready if _is_linear(node)]
        if silent:
            passed = _passed(frontier, silent)
            raw = dict(passed) if raw == frontier else _passed(raw, silent)
            frontier = _tidied(passed)
            continue
        reasons: dict[str, None] = {}
        opened: list[Term] = []
        new: Cotangents = {n: G for n, G in frontier.items() if n not in ready}
        apart = raw != frontier
        for node in ready:
            moved = differential(node, reasons)
            opened.append(pairing(frontier[node], moved))
            transposed(moved, frontier[node], new)
            if apart and node in raw:
                transposed(moved, raw.pop(node), raw)
        raw = raw if apart else dict(new)
        done = _pairs(frontier, [n for n in frontier if is_variable(n)])
        begun = _pairs(frontier, [n for n in frontier if not is_variable(n)])
        waiting = [n for n in frontier if n not in ready and not is_variable(n)]
        line = add(*opened, _pairs(frontier, waiting))
        because = ", ".join(reasons) or "linear"
        found.lines.append(Step(line, because, begun, done))
        frontier = _tidied(new)
        if not all(map(is_variable, frontier)) and _repeats(found.lines[-1].whole):
            collected = _pairs(frontier, frontier)
            found.lines.append(Step(collected, COLLECTED, begun, terms.num(0)))
    raise NotSupported(f"more than {LAYERS} layers")


def _pairs(cotangents: Cotangents, nodes: Iterable[Term]) -> Term:
    return add(*(paired(cotangents[n], n) for n in nodes))


def _ready(frontier: Cotangents) -> list[Term]:
    inner = frozenset().union(*(n.nodes - {n} for n in frontier))
    return [n for n in frontier if not is_variable(n) and n not in inner]


def _is_linear(node: Term) -> bool:
    """Whether a node can be passed without a word: only one place of it moves, and linearly."""
    match node.op:
        case "var":
            return node.value is not None and (is_variable(node.value) or _is_linear(node.value))
        case "d":
            return False
        case "add":
            return all(not p.moves or _passes(p) for _, p in node.args)
        case "T" | "conj" | "index" | "sigma":
            return _passes(node.args[0])
        case "block" | "array":
            return all(not p.moves or _passes(p) for p in node.parts)
        case "mul":
            moving = [(a, e) for a, e in node.args[1] if a.moves or e.moves]
            body = [node.args[2]] if node.args[2] is not None and node.args[2].moves else []
            return (
                len(moving) + len(body) == 1
                and all(e.number == 1 and _passes(a) for a, e in moving)
                and all(map(_passes, body))
            )
        case "had":
            moving = [(b, e) for b, e in node.args if b.moves]
            return len(moving) == 1 and moving[0][1].number == 1 and _passes(moving[0][0])
        case "chain" | "dot" | "outer" | "inner":
            factors = [f for f in node.args if f.moves]
            return len(factors) == 1 and _passes(factors[0])
        case "call":
            word, *args = node.args
            if word in LINEAR:
                return not has_rule(node) and _passes(args[0])
            return (
                word == "kron"
                and sum(a.moves for a in args) == 1
                and all(not a.moves or _passes(a) for a in args)
            )
    return False


def _passes(node: Term) -> bool:
    return node.op == "var" or _is_linear(node)


def _passed(frontier: Cotangents, silent: Iterable[Term]) -> Cotangents:
    """Return the frontier with linear terms replaced by what they are made of."""
    new: Cotangents = {n: G for n, G in frontier.items() if n not in silent}
    for node in silent:
        if node in frontier:
            transposed(differential(node), frontier[node], new)
    return new


def _tidied(frontier: Cotangents) -> Cotangents:
    return {n: tidied(G) for n, G in frontier.items() if not vanishes(G)}


def _repeats(line: Term) -> bool:
    """Whether something is differentiated in more than one place of a line."""
    seen: list[Term] = []

    def walk(t: Term) -> None:
        if t.op == "d":
            seen.append(t)
        elif t.has_d:
            for part in t.parts:
                walk(part)

    walk(line)
    return len(seen) > len(set(seen))
