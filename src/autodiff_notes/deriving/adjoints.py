r"""Adjoints of linear words: how a cotangent goes from a word's value to its argument.

A row of :mod:`~autodiff_notes.deriving.rules` is linear in the differentials in it. To read a
gradient off, whatever stands around a differential moves to the other side of the inner product,
:math:`\langle G, A\,\mathrm{d}X\,B\rangle = \langle A^\top G B^\top, \mathrm{d}X\rangle`.
The words that are linear are the only ones that need code for it.
"""

from collections.abc import Callable

from autodiff_notes.deriving import terms
from autodiff_notes.deriving.outcome import NotSupported
from autodiff_notes.deriving.terms import Term, conj, num, star, times, transpose

__all__ = ["Cotangents", "transposed"]

Cotangents = dict[Term, Term]


def transposed(t: Term, G: Term, out: Cotangents) -> None:
    """Add to the cotangents of what is differentiated in a term.

    Parameters
    ----------
    t : Term
        Linear in the differentials in it.
    G : Term
        Its cotangent.
    out : dict of Term to Term
        The cotangents of what stands in ``d(...)``.
    """
    if not t.has_d or terms.is_zero(G):
        return
    G = G if t.is_complex else terms.call("re", G)  # what is real has no imaginary part to pair
    if t.op == "d":
        (node,) = t.args
        out[node] = terms.add(out[node], G) if node in out else G
        return
    adjoint = _OPS.get(t.op)
    if adjoint is None:
        raise NotSupported(f"the adjoint of {t.op}")
    adjoint(t, G, out)


def _mul(t: Term, G: Term, out: Cotangents) -> None:
    c, scalars, body = t.args
    if body is not None and body.has_d:
        transposed(body, times(G, conj(terms.product(c, scalars, None))), out)
        return
    place = next(k for k, (a, _) in enumerate(scalars) if a.has_d)
    rest = terms.product(c, [*scalars[:place], *scalars[place + 1 :]], body)
    transposed(scalars[place][0], terms.inner_of(conj(rest), G), out)


def _add(t: Term, G: Term, out: Cotangents) -> None:
    for c, part in t.args:
        transposed(part, times(num(c), G), out)


def _place(parts: tuple[Term, ...]) -> int:
    return next(k for k, part in enumerate(parts) if part.has_d)


def _chain(t: Term, G: Term, out: Cotangents) -> None:
    place = _place(t.args)
    for f in t.args[:place]:
        G = terms.matmul(star(f), G)
    right = list(t.args[place + 1 :])
    if right and right[-1].rank == 1:
        tail = right.pop()
        for f in reversed(right):
            tail = terms.matmul(f, tail)
        G = terms.outer(G, conj(tail))
    else:
        for f in reversed(right):
            G = terms.matmul(G, star(f))
    transposed(t.args[place], G, out)


def _dot(t: Term, G: Term, out: Cotangents) -> None:
    place = _place(t.args)
    left = t.args[0]
    for f in t.args[1:place]:
        left = terms.matmul(transpose(f), left)
    right = t.args[-1]
    for f in reversed(t.args[place + 1 : -1]):
        right = terms.matmul(f, right)
    if place == 0:
        side = right
    elif place == len(t.args) - 1:
        side = left
    else:
        side = terms.outer(left, right)
    transposed(t.args[place], times(G, conj(side)), out)


def _outer(t: Term, G: Term, out: Cotangents) -> None:
    u, v = t.args
    if u.has_d:
        transposed(u, terms.matmul(G, conj(v)), out)
    else:
        transposed(v, terms.matmul(transpose(G), conj(u)), out)


def _inner(t: Term, G: Term, out: Cotangents) -> None:
    place = _place(t.args)
    transposed(t.args[place], times(G, conj(t.args[1 - place])), out)


def _had(t: Term, G: Term, out: Cotangents) -> None:
    place = next(k for k, (b, _) in enumerate(t.args) if b.has_d)
    rest = [terms.power(*p) for k, p in enumerate(t.args) if k != place]
    transposed(t.args[place][0], times(G, *map(conj, rest)), out)


def _index(t: Term, G: Term, out: Cotangents) -> None:
    """Send an entry to where it was taken from, and a range by columns of the identity."""
    base, places = t.args
    sides: list[Term | None] = []
    for place, n in zip(places, base.shape, strict=True):
        if not isinstance(place, tuple):
            sides.append(terms.call("basis", place, n))
        elif place == (None, None):
            sides.append(None)
        else:
            sides.append(terms.index(terms.eye(n), ((None, None), place)))
    transposed(base, _scattered(G, sides), out)


def _scattered(G: Term, sides: list[Term | None]) -> Term:
    """Return a cotangent of entries as one of the whole."""
    if len(sides) == 1:
        (side,) = sides
        assert side is not None
        return times(G, side) if side.rank == 1 else terms.matmul(side, G)
    left, right = sides
    if left is not None and right is not None and left.rank == right.rank == 1:
        return times(G, terms.outer(left, right))
    if left is not None and left.rank == 1:
        return terms.outer(left, G if right is None else terms.matmul(right, G))
    if right is not None and right.rank == 1:
        return terms.outer(G if left is None else terms.matmul(left, G), right)
    if left is not None:
        G = terms.matmul(left, G)
    return G if right is None else terms.matmul(G, transpose(right))


def _sigma(t: Term, G: Term, out: Cotangents) -> None:
    body, i, *bounds = t.args
    inside: Cotangents = {}
    transposed(body, G, inside)
    for node, part in inside.items():
        if i in node.leaves:
            raise NotSupported(f"a sum over {i!r} of {node!r}, which depends on the index")
        whole = terms.sigma(part, i, *bounds)
        out[node] = terms.add(out[node], whole) if node in out else whole


def _block(t: Term, G: Term, out: Cotangents) -> None:
    top = num(0)
    for row in t.args[0]:
        left = num(0)
        bottom = terms.add(top, row[0].shape[0])
        for entry in row:
            right = terms.add(left, entry.shape[1])
            if entry.has_d:
                transposed(entry, _cut(G, (top, bottom), (left, right)), out)
            left = right
        top = bottom


def _cut(G: Term, rows: tuple[Term, Term], columns: tuple[Term, Term]) -> Term:
    """Return a block, without ends that say nothing."""
    places = []
    for (start, stop), n in zip((rows, columns), G.shape, strict=True):
        places.append((None if start.number == 0 else start, None if stop is n else stop))
    return terms.index(G, tuple(places))


def _array(t: Term, G: Term, out: Cotangents) -> None:
    for k, entry in enumerate(t.args[0]):
        if isinstance(entry, tuple):
            for j, part in enumerate(entry):
                transposed(part, terms.index(G, (num(k), num(j))), out)
        else:
            transposed(entry, terms.index(G, (num(k),)), out)


def _call(t: Term, G: Term, out: Cotangents) -> None:
    word, *args = t.args
    if word not in WORDS or (not args[-1].has_d and word != "kron"):
        raise NotSupported(f"the adjoint of {word}: it is in no table of linear words")
    if word == "kron":
        place = _place(tuple(args))
        transposed(args[place], _kron(G, args, place), out)
        return
    transposed(args[-1], WORDS[word](G, *args), out)


WORDS: dict[str, Callable[..., Term]] = {
    "tr": lambda G, A: times(G, terms.eye(A.shape[0])),
    "sum": lambda G, t: times(G, terms.ones(*t.shape)),
    "diag": lambda G, _: terms.call("Diag", G),
    "Diag": lambda G, _: terms.diag(G),
    "tril": lambda G, _: terms.call("tril", G),
    "triu": lambda G, _: terms.call("triu", G),
    "Phi": lambda G, _: terms.call("Phi", G),
    "vec": lambda G, A: _folded(G, A.shape),
    "re": lambda G, _: terms.call("re", G),
    "im": lambda G, _: times(terms.make("const", ("1j",), ()), terms.call("re", G)),
    "frechet_expm": lambda G, A, _: terms.call("frechet_expm", star(A), G),
    "sylvester": lambda G, A, B, _: terms.call("sylvester", star(A), star(B), G),
    "toeplitz": lambda G, _: terms.call("diagonal_sums", G),
    "diagonal_sums": lambda G, _: terms.call("toeplitz", G),
    "diagonal_means": lambda G, A: terms.call("toeplitz", _per_diagonal(G, A.shape[0])),
    "kron": lambda G, *_: G,
}
"""The adjoint of each linear word, applied to the cotangent and the arguments."""


def _folded(G: Term, shape: terms.Shape) -> Term:  # noqa: PLR0911 - a case for each kind of term
    """Return the matrix of which a cotangent is the rows, one behind the other."""
    match G.op:
        case "zero":
            return terms.zero(shape)
        case "ones":
            return terms.ones(*shape)
        case "mul":
            c, scalars, body = G.args
            return terms.product(c, scalars, _folded(body, shape))
        case "add":
            return terms.add(*(times(num(c), _folded(p, shape)) for c, p in G.shown))
        case "had":
            return times(*(terms.power(_folded(b, shape), e) for b, e in G.args))
        case "call" if G.args[0] == "vec":
            return next(iter(G.parts))
        case "call" if G.args[0] in terms.ELEMENTWISE:
            word, *args = G.args
            return terms.call(word, *(_folded(a, shape) if a.rank else a for a in args))
    raise NotSupported(f"the cotangent {G!r} of vec(...): no word makes a matrix of a vector")


def _kron(G: Term, args: list[Term], place: int) -> Term:
    """Return the cotangent of a factor of a Kronecker product, from the blocks."""
    A, B = args
    (m, n), (p, q) = A.shape, B.shape
    i, j = terms.fresh("ij", G, A, B)
    one = num(1)
    rows = (times(i, p), times(terms.add(i, one), p))
    columns = (times(j, q), times(terms.add(j, one), q))
    part = terms.index(G, (rows, columns))
    if place == 0:
        unit = terms.outer(terms.call("basis", i, m), terms.call("basis", j, n))
        part = times(terms.inner(part, conj(B)), unit)
    else:
        part = times(conj(terms.index(A, (i, j))), part)
    return terms.sigma(terms.sigma(part, j, num(0), n, None), i, num(0), m, None)


def _per_diagonal(G: Term, n: Term) -> Term:
    counts = terms.call("diagonal_sums", terms.ones(n, n))
    return times(G, terms.power(counts, num(-1)))


_OPS: dict[str, Callable[[Term, Term, Cotangents], None]] = {
    "mul": _mul,
    "add": _add,
    "T": lambda t, G, out: transposed(t.args[0], transpose(G), out),
    "conj": lambda t, G, out: transposed(t.args[0], conj(G), out),
    "chain": _chain,
    "dot": _dot,
    "outer": _outer,
    "inner": _inner,
    "had": _had,
    "index": _index,
    "sigma": _sigma,
    "block": _block,
    "array": _array,
    "call": _call,
}
