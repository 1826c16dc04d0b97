# ruff: noqa: PLR0911, PLR0912 - a case for each kind of term
"""Transposes and conjugates, which stand at the leaves."""

from autodiff_notes.deriving.terms import chains, indices, products, sums, words
from autodiff_notes.deriving.terms.algebra import Term, algebra_now, make, num, zero


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
        return products.neg(t)
    match t.op:
        case "mul":
            return products.product(t.args[0], t.args[1], transpose(t.args[2]))
        case "add":
            return sums.add(*(products.times(num(c), transpose(p)) for c, p in t.shown))
        case "T" if isinstance(t.args[0], Term):
            return t.args[0]
        case "conj":
            return conj(transpose(t.args[0]))
        case "chain":
            return chains.chain([transpose(f) for f in reversed(t.args)])
        case "outer":
            return chains.outer(t.args[1], t.args[0])
        case "had":
            return products.hadamard([(transpose(b), e) for b, e in t.args])
        case "eye":
            return t
        case "zero":
            return zero(shape)
        case "sigma":
            return indices.sigma(transpose(t.args[0]), *t.args[1:])
        case "block":
            rows = zip(*t.args[0], strict=True)
            return indices.block([[transpose(e) for e in row] for row in rows])
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
                return words.call("triu" if word == "tril" else "tril", transpose(args[0]))
            if word == "sylvester":
                return words.call(word, *map(transpose, (args[1], args[0], args[2])))
            if word in words.TURNS and all(a.rank < 2 or transpose(a) is a for a in args):
                return t
    return make("T", (t,), shape)


def _turned(t: Term, value: Term) -> Term:
    """Return the transpose of a name: the name itself if its value is symmetric."""
    if value is t.value:
        return t
    return (
        products.neg(t)
        if t.value is not None and value is products.neg(t.value)
        else make("T", (t,), t.shape[::-1])
    )


def _transposed_differential(t: Term) -> Term:
    """Return the transpose of a differential: of a symmetric term it is symmetric."""
    turned = transpose(t.args[0])
    if turned is t.args[0]:
        return t
    if turned is products.neg(t.args[0]):
        return products.neg(t)
    return make("T", (t,), t.shape[::-1])


def conj(t: Term) -> Term:
    """Return the complex conjugate, pushed to the leaves."""
    if not t.is_complex:
        return t
    match t.op:
        case "conj" if isinstance(t.args[0], Term):
            return t.args[0]
        case "mul":
            return products.product(
                t.args[0], [(conj(a), e) for a, e in t.args[1]], t.args[2] and conj(t.args[2])
            )
        case "add":
            return sums.add(*(products.times(num(c), conj(p)) for c, p in t.shown))
        case "chain":
            return chains.chain([conj(f) for f in t.args])
        case "dot":
            return chains.dot_of([conj(f) for f in t.args])
        case "outer":
            return chains.outer(conj(t.args[0]), conj(t.args[1]))
        case "had":
            return products.hadamard([(conj(b), e) for b, e in t.args])
        case "const":
            return products.neg(t)
    return make("conj", (t,), t.shape)


def star(t: Term) -> Term:
    """Return the adjoint: transposed and conjugate."""
    return conj(transpose(t)) if t.rank == 2 else conj(t)
