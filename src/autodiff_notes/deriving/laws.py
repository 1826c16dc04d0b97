"""Laws by which terms are simplified, a row each: its name, a pattern and what that equals.

A row is in the notation, over variables with their sets, so that it can be executed by itself. What
the variables in ``needs`` are declared to be must be known before the law is applied; for the
others the pattern says enough, since ``inv(A)`` can be written for an invertible matrix alone.

>>> from autodiff_notes.notation.derivations import parse
>>> parse(LAWS[0].text).lines[1].reason
'a matrix times its inverse'
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from autodiff_notes.deriving import terms
from autodiff_notes.deriving.matching import Pattern, head
from autodiff_notes.deriving.reading import read_term
from autodiff_notes.deriving.terms import Term

__all__ = ["LAWS", "Law", "rewritten", "window"]


@dataclass(frozen=True)
class Law:
    """An equation that is applied from left to right.

    Attributes
    ----------
    name : str
        What it says, in words.
    pattern : str
        The side that is looked for.
    replacement : str
        The side that takes its place.
    variables : tuple of str
        Declarations.
    needs : tuple of str
        Variables of which it must be known that they are in their set.
    turns : bool
        Whether a product may be transposed to apply it; not where both sides are each other's
        transpose.
    """

    name: str
    pattern: str
    replacement: str
    variables: tuple[str, ...]
    needs: tuple[str, ...] = field(default=())
    turns: bool = True

    @property
    def text(self) -> str:
        """The law as a derivation of one line."""
        return "\n".join(
            [*self.variables, "", self.pattern, f"= {self.replacement}  # {self.name}"]
        )

    @cached_property
    def compiled(self) -> Pattern:
        """The pattern, read."""
        return Pattern(self.pattern, self.variables, self.needs)


_A, _AB, _X = "A in invertible(n)", ("A in invertible(n)", "B in invertible(n)"), "A in square(n)"
_TALL, _WIDE = "A in tall(m, n)", "A in wide(m, n)"
_FULL = "A in full_rank(m, n)"
_SPD, _LOW, _Q = "A in spd(n)", "A in invertible_triangular(n)", "Q in orthogonal(n)"
_EIG = "A in distinct_eigenvalues(n)"
_KRON = ("A in invertible(m)", "B in invertible(n)")
_v = "x in vector(n)"

# fmt: off
LAWS: tuple[Law, ...] = (
    # Neighbours in a product
    Law("a matrix times its inverse", "inv(A) @ A", "I(n)", (_A,)),
    Law("a matrix times its inverse", "A @ inv(A)", "I(n)", (_A,)),
    Law("pseudoinverse of full column rank", "pinv(A) @ A", "I(n)", (_TALL,), ("A",)),
    Law("pseudoinverse of full row rank", "A @ pinv(A)", "I(m)", (_WIDE,), ("A",)),
    Law("normal equations", "A.mT @ A @ pinv(A)", "A.mT", (_TALL,), ("A",)),
    Law("inverse of a Gram matrix", "inv(A.mT @ A) @ A.mT", "pinv(A)", (_TALL,), ("A",)),
    Law("Moore and Penrose", "A @ pinv(A) @ A", "A", (_FULL,)),
    Law("Moore and Penrose", "pinv(A) @ A @ pinv(A)", "pinv(A)", (_FULL,)),
    Law("Moore and Penrose", "pinv(A).mT @ A.mT", "A @ pinv(A)", (_FULL,), turns=False),
    Law("Moore and Penrose", "A.mT @ pinv(A).mT", "pinv(A) @ A", (_FULL,), turns=False),
    Law("Moore and Penrose", "pinv(A).mT @ pinv(A) @ A", "pinv(A).mT", (_FULL,)),
    Law("Moore and Penrose", "A @ pinv(A) @ pinv(A).mT", "pinv(A).mT", (_FULL,)),
    Law("inverse of a Gram matrix", "pinv(A) @ pinv(A).mT", "inv(A.mT @ A)", (_TALL,), ("A",)),
    Law("orthogonal columns", "Q.mT @ Q", "I(n)", (_Q,), ("Q",)),
    Law("orthogonal rows", "Q @ Q.mT", "I(n)", (_Q,), ("Q",)),
    Law("eigenvectors are orthogonal", "eigenvectors(A).mT @ eigenvectors(A)", "I(n)", (_EIG,)),
    Law("eigenvectors are orthogonal", "eigenvectors(A) @ eigenvectors(A).mT", "I(n)", (_EIG,)),
    Law("singular vectors are orthogonal", "left_singular(A).mT @ left_singular(A)", "I(n)", (_TALL,), ("A",)),
    Law("singular vectors are orthogonal", "right_singular(A).mT @ right_singular(A)", "I(n)", (_TALL,), ("A",)),
    Law("singular vectors are orthogonal", "right_singular(A) @ right_singular(A).mT", "I(n)", (_TALL,), ("A",)),
    Law("spectral theorem, inverted", "eigenvectors(A) @ Diag(1 / eigenvalues(A)) @ eigenvectors(A).mT", "inv(A)", (_SPD,)),
    Law("spectral theorem", "eigenvectors(A) @ Diag(eigenvalues(A)) @ eigenvectors(A).mT", "A", (_EIG,)),
    Law("Cholesky factor", "cholesky(A) @ cholesky(A).mT", "A", (_SPD,)),
    Law("square root", "sqrtm(A) @ sqrtm(A)", "A", (_SPD,)),
    Law("powers add", "matrix_power(A, j) @ matrix_power(A, k)", "matrix_power(A, j + k)", (_X, "j, k in natural()")),
    Law("powers add", "A @ matrix_power(A, k)", "matrix_power(A, k + 1)", (_X, "k in natural()")),
    Law("powers add", "matrix_power(A, k) @ A", "matrix_power(A, k + 1)", (_X, "k in natural()")),
    # Inverses
    Law("inverse of an inverse", "inv(inv(A))", "A", (_A,)),
    Law("inverse of a product", "inv(A @ B)", "inv(B) @ inv(A)", _AB, ("A", "B")),
    Law("inverse of a multiple", "inv(t * A)", "inv(A) / t", ("t in nonzero_scalar()", _A)),
    Law("inverse of a diagonal matrix", "inv(Diag(x))", "Diag(1 / x)", ("x in nonzero(n)",)),
    Law("inverse of an orthogonal matrix", "inv(Q)", "Q.mT", (_Q,), ("Q",)),
    Law("inverse of the identity", "inv(I(n))", "I(n)", (_A,)),
    Law("inverse of a power", "inv(matrix_power(A, k))", "matrix_power(inv(A), k)", (_A, "k in natural()")),
    Law("inverse of a Kronecker product", "inv(kron(A, B))", "kron(inv(A), inv(B))", _KRON, ("A", "B")),
    Law("inverse of an exponential", "inv(expm(A))", "expm(-A)", (_X,)),
    Law("pseudoinverse of an invertible matrix", "pinv(A)", "inv(A)", (_A,), ("A",)),
    Law("pseudoinverse of a pseudoinverse", "pinv(pinv(A))", "A", ("A in full_rank(m, n)",)),
    # Determinants
    Law("determinant of a transpose", "det(A.mT)", "det(A)", (_X,)),
    Law("determinant of a product", "det(A @ B)", "det(A) * det(B)", ("A in square(n)", "B in square(n)"), ("A", "B")),
    Law("elimination", "det(block([[A, B], [C, E]]))", "det(A) * det(E - C @ inv(A) @ B)", ("A in invertible(m)", "B in matrix(m, n)", "C in matrix(n, m)", "E in square(n)"), ("A",)),
    Law("determinant of an inverse", "det(inv(A))", "1 / det(A)", (_A,)),
    Law("determinant of a multiple", "det(t * A)", "t ** n * det(A)", ("t in nonzero_scalar()", _X), ("t",)),
    Law("determinant of the identity", "det(I(n))", "1", (_X,)),
    Law("determinant of a power", "det(matrix_power(A, k))", "det(A) ** k", (_X, "k in natural()")),
    Law("determinant of an exponential", "det(expm(A))", "exp(tr(A))", (_X,)),
    Law("determinant of a diagonal matrix", "det(Diag(x))", "prod(x)", (_v,)),
    Law("determinant of a triangular matrix", "det(A)", "prod(diag(A))", (_LOW,), ("A",)),
    Law("determinant of a Kronecker product", "det(kron(A, B))", "det(A) ** n * det(B) ** m", _KRON, ("A", "B")),
    Law("log-determinant of a transpose", "logdet(A.mT)", "logdet(A)", ("A in positive_determinant(n)",)),
    Law("log-determinant of an inverse", "logdet(inv(A))", "-logdet(A)", ("A in positive_determinant(n)",)),
    Law("log-determinant of an exponential", "logdet(expm(A))", "tr(A)", (_X,)),
    Law("log-determinant of a multiple", "logdet(t * A)", "n * log(t) + logdet(A)", ("t in positive_scalar()", "A in positive_determinant(n)"), ("t", "A")),
    Law("log-determinant of a Cholesky factor", "sum(log(diag(cholesky(A))))", "logdet(A) / 2", (_SPD,)),
    Law("log-determinant by eigenvalues", "sum(log(eigenvalues(A)))", "logdet(A)", (_SPD,)),
    Law("log-determinant of the identity", "logdet(I(n))", "0", (_X,)),
    Law("absolute determinant of a transpose", "logabsdet(A.mT)", "logabsdet(A)", (_A,)),
    Law("absolute determinant of a product", "logabsdet(A @ B)", "logabsdet(A) + logabsdet(B)", _AB, ("A", "B")),
    Law("absolute determinant of an inverse", "logabsdet(inv(A))", "-logabsdet(A)", (_A,)),
    Law("absolute determinant of a power", "logabsdet(matrix_power(A, k))", "k * logabsdet(A)", (_A, "k in natural()")),
    Law("absolute determinant of a multiple", "logabsdet(t * A)", "n * log(abs(t)) + logabsdet(A)", ("t in nonzero_scalar()", _A)),
    Law("absolute determinant of a Kronecker product", "logabsdet(kron(A, B))", "n * logabsdet(A) + m * logabsdet(B)", _KRON, ("A", "B")),
    Law("absolute determinant of an orthogonal matrix", "logabsdet(Q)", "0", (_Q,), ("Q",)),
    # Traces, sums, eigenvalues
    Law("trace of a Kronecker product", "tr(kron(A, B))", "tr(A) * tr(B)", ("A in square(m)", "B in square(n)"), ("A", "B")),
    Law("trace of a logarithm", "tr(logm(A))", "logdet(A)", (_SPD,)),
    Law("sum of the eigenvalues", "sum(eigenvalues(A))", "tr(A)", ("A in symmetric(n)",)),
    Law("product of the eigenvalues", "prod(eigenvalues(A))", "det(A)", ("A in symmetric(n)",)),
    Law("probabilities add up to one", "sum(p)", "1", ("p in probability(n)",), ("p",)),
    Law("softmax adds up to one", "sum(softmax(x))", "1", (_v,)),
    Law("sum of singular values", "sum(singular_values(A))", "nuclear(A)", ("A in full_rank(m, n)",)),
    # Entry by entry
    Law("logarithm of an exponential", "log(exp(x))", "x", (_v,)),
    Law("logarithm of an exponential", "log(exp(x))", "x", ("x in scalar()",)),
    Law("exponential of a logarithm", "exp(log(x))", "x", ("x in positive(n)",)),
    Law("exponential of a logarithm", "exp(log(x))", "x", ("x in positive_scalar()",)),
    Law("logarithm of softmax", "log(softmax(x))", "x - logsumexp(x) * ones(n)", (_v,)),
    Law("logarithm of the sum of exponentials", "log(sum(exp(x)))", "logsumexp(x)", (_v,)),
    Law("logarithm of the sigmoid", "log(sigmoid(x))", "-softplus(-x)", (_v,)),
    Law("logarithm of the sigmoid", "log(sigmoid(x))", "-softplus(-x)", ("x in scalar()",)),
    Law("logarithm of a determinant", "log(det(A))", "logdet(A)", ("A in positive_determinant(n)",)),
    Law("logarithm of an absolute determinant", "log(abs(det(A)))", "logabsdet(A)", (_A,)),
    # Triangles
    Law("diagonal of an inverse triangle", "tril(inv(A).mT)", "Diag(1 / diag(A))", (_LOW,), ("A",)),
    Law("a lower triangle", "tril(A)", "A", (_LOW,), ("A",)),
    Law("a lower triangle", "tril(inv(A))", "inv(A)", (_LOW,), ("A",)),
    Law("diagonal of an inverse triangle", "diag(inv(A))", "1 / diag(A)", (_LOW,), ("A",)),
    Law("a triangle of a diagonal matrix", "tril(Diag(x))", "Diag(x)", (_v,)),
    Law("a triangle of a diagonal matrix", "triu(Diag(x))", "Diag(x)", (_v,)),
    Law("half of a diagonal matrix", "Phi(Diag(x))", "Diag(x / 2)", (_v,)),
    Law("half of the identity", "Phi(I(n))", "I(n) / 2", (_X,)),
)
# fmt: on


_CALLS: dict[str, list[Law]] = {}
_CHAINS: dict[str, list[Law]] = {}
for _law in LAWS:
    _table = _CHAINS if _law.compiled.factors else _CALLS
    _table.setdefault(_law.compiled.head, []).append(_law)


def rewritten(t: Term) -> Term:
    """Return a call as the first law that matches says, or as it is."""
    for law in _CALLS.get(t.args[0], ()):
        found = law.compiled.match(t)
        if found is not None:
            terms.algebra_now().used[law.name] = None
            whole = read_term(law.replacement, found)
            if whole.op == "mul" and not whole.rank:
                terms.algebra_now().written[t] = whole
            return whole
    return t


def window(factors: Sequence[Term]) -> tuple[int, int, Term] | None:
    """Return where a law applies to neighbours in a product, and what they are together."""
    turned = False
    for place, f in enumerate(factors):
        for law in _laws_at(f):
            found = law.compiled.find(factors, place)
            if found:
                start, end, binding = found
                terms.algebra_now().used[law.name] = None
                return start, end, read_term(law.replacement, binding)
            turned = True
    if not turned:
        return None
    back = [terms.transpose(f) for f in reversed(factors) if f.rank == 2]
    if any(b.op in {"mul", "chain"} for b in back):
        return None
    last = len(back)
    for place, f in enumerate(back):
        for law in _laws_at(f):
            found = law.compiled.find(back, place) if law.turns else None
            if found:
                start, end, binding = found
                terms.algebra_now().used[law.name] = None
                whole = terms.transpose(read_term(law.replacement, binding))
                return last - end, last - start, whole
    return None


def _laws_at(f: Term) -> Sequence[Law]:
    """Return the laws of products in which a factor may be the anchor."""
    word = head(f)
    if word:
        return _CHAINS.get(word, ())
    base = f.args[0] if f.op == "T" else f
    declared = terms.algebra_now().sets.get(base, "")
    return _CHAINS.get(declared, ()) if declared == "orthogonal" else ()
