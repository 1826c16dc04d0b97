r"""The space in which the gradient by a structured variable lies.

A symmetric matrix moves within the symmetric ones, so that many matrices ``G`` have the same inner
product with ``d(X)``. The gradient is the one of them that lies in the space in which ``X`` moves:
its projection, which is the structure's ``tangent`` in
:data:`autodiff_notes.notation.sets.STRUCTURES`, applied to ``G``.

>>> from autodiff_notes.notation.sets import declare
>>> reason_of(declare("X in spd(n)"), "X")
'$\\d X$ is symmetric'
"""

from autodiff_notes.deriving import terms
from autodiff_notes.deriving.reading import read_term
from autodiff_notes.deriving.terms import Term
from autodiff_notes.deriving.tidy import tidied
from autodiff_notes.notation import letter
from autodiff_notes.notation.sets import STRUCTURES, Declaration

__all__ = ["REASONS", "by_free_entries", "projected", "reason_of"]

REASONS = {
    "symmetric": r"$\d {X}$ is symmetric",
    "skew": r"$\d {X}$ is skew-symmetric",
    "orthogonal": r"${X}^\top \d {X}$ is skew-symmetric",
    "triangular": r"$\d {X}$ is lower triangular",
    "diagonal": r"$\d {X}$ is diagonal",
    "toeplitz": r"$\d {X}$ is constant along its diagonals",
    "total": r"the entries of $\d {X}$ add up to 0",
    "length": r"${X}^\top \d {X} = 0$",
    "hermitian": r"$\d {X}$ is Hermitian",
}
"""What is known of the differential, by structure."""


def reason_of(declared: Declaration, name: str) -> str:
    """Return why a gradient may be replaced by its projection."""
    return REASONS[declared.domain.structure].format(X=letter(name))


def projected(x: Term, G: Term, declared: Declaration) -> Term:
    """Return the gradient within the space in which a variable moves."""
    structure = declared.domain.structure
    if structure == "any" or terms.is_zero(G):
        return G
    whole = tidied(_applied(STRUCTURES[structure].tangent, x, G))
    if structure in {"symmetric", "skew"} and whole is not G:
        c, scalars, body = terms.split(G)
        word = {"symmetric": "sym", "skew": "skew"}[structure]
        short = terms.product(c, scalars, terms.make("call", (word, body), x.shape))
        whole = min(whole, short, key=lambda t: t.size)
    return whole


def by_free_entries(x: Term, G: Term, free: str) -> Term:
    """Return the partial derivatives by the free entries of a structured matrix."""
    return tidied(_applied(STRUCTURES[free].free, x, G))


def _applied(formula: str, x: Term, G: Term) -> Term:
    # These maps are their own adjoints.
    return read_term(formula, {"V": G, "X": x, "n": x.shape[0]})
