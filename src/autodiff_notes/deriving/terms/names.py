"""Names for terms: whatever equals one is written as its name from then on."""

from autodiff_notes.deriving.terms import turning
from autodiff_notes.deriving.terms.algebra import Term, algebra_now, make


def name(leaf: Term, value: Term) -> Term:
    """Let a variable stand for a term wherever that comes up; return the variable."""
    now = algebra_now()
    leaf.value = value
    now.names[value] = leaf
    now.memo = {}
    factors = value.args if value.op == "chain" else ()
    if factors:
        now.chains.append((factors, leaf))
        turned = turning.transpose(value) if value.rank == 2 else value
        if turned is not value and turned.op == "chain":
            now.chains.append((turned.args, make("T", (leaf,), leaf.shape[::-1])))
    if value.rank == 0 and value.op == "mul":
        c, scalars, _ = value.args
        if c == 1:
            now.ratios.append((dict(scalars), leaf))
    return leaf
