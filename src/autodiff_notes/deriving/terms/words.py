# ruff: noqa: PLR0911, PLR0912, PLW0108 - a case for each kind of term; modules that need each other
"""Words of terms, each rewritten by what it knows of its arguments."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from autodiff_notes.deriving.terms import chains, products, sums, traces, turning
from autodiff_notes.deriving.terms.algebra import Shape, Term, algebra_now, eye, make, num, zero

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
    "polygamma",
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


VANISHING = {
    *["sin", "tan", "sinh", "tanh", "arctan", "erf", "sign", "relu", "abs", "sinm"],
    *["frechet_expm", "sylvester"],
}
"""Words that are zero where their last argument is, and of its shape."""


def _minimum(shape: Shape, A: Term) -> Term:
    """Return the smaller size of a matrix, as far as that is known."""
    m, n = shape
    if m is n or A.known("tall", "tall_distinct_singular_values"):
        return n
    if A.known("wide"):
        return m
    return make("call", ("min", m, n), ())


def shape(word: str, args: Sequence[Term]) -> Shape:
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
            return tuple(products.times(a, b) for a, b in zip(first, args[1].shape, strict=True))
        case "vec":
            return (products.times(*first),)
        case "diagonal_sums" | "diagonal_means":
            return (sums.sub(products.times(num(2), first[0]), num(1)),)
        case "toeplitz":
            n = products.times(num(Fraction(1, 2)), sums.add(first[0], num(1)))
            return (n, n)
        case "sylvester":
            return args[2].shape
        case "frechet_expm":
            return first
        case "polygamma":
            return args[1].shape
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
    if word in VANISHING and args[-1].op == "zero":
        return args[-1]
    special = SPECIAL.get(word)
    if special is not None:
        found = special(*args)
        if found is not None:
            return found
    if word in TURNS and all(a.rank == 2 for a in args if a.rank) and any(a.rank for a in args):
        turned = [turning.transpose(a) if a.rank == 2 else a for a in args]
        signs = [
            products.split(t)[0] == products.split(a)[0] for t, a in zip(turned, args, strict=True)
        ]
        if all(signs) and [t.age for t in turned] < [a.age for a in args]:
            return turning.transpose(call(word, *turned))
    return plain(word, *args)


def plain(word: str, *args: Term) -> Term:
    """Return a word of its arguments as they stand, rewritten by the laws that are rows."""
    from autodiff_notes.deriving.laws import rewritten  # noqa: PLC0415 - laws are made of terms

    term = make("call", (word, *args), shape(word, args))
    return rewritten(term) if term.op == "call" else term


def _half(A: Term, sign: int) -> Term:
    return products.times(
        num(Fraction(1, 2)), sums.add(A, products.times(num(sign), turning.transpose(A)))
    )


def _norm(x: Term, *p: Term) -> Term | None:
    """Return a norm as the root of an inner product; complex ones and other powers stay words."""
    if p and p[0].number == 1:
        return traces.total(call("abs", x))
    if x.is_complex or (p and p[0].number != 2):
        return None
    return products.power(chains.inner_of(x, x), num(Fraction(1, 2)))


PASSING = ["tril", "triu", "Phi", "vec", "toeplitz", "diagonal_sums", "diagonal_means"]


def _passing(word: str) -> Callable[[Term], Term | None]:
    """Return a linear word, which numbers and sums stand outside of."""

    def of(A: Term) -> Term | None:
        c, scalars, body = products.split(A)
        assert body is not None
        if body.op == "zero":
            return zero(shape(word, (A,)))
        if body.op == "eye" and word in {"tril", "triu"}:
            return A
        if c != 1 or scalars:
            return products.product(c, scalars, call(word, body))
        if body.op == "add" and body.has_d:
            return sums.add(*(products.times(num(d), call(word, p)) for d, p in body.args))
        return None

    return of


def _kron(A: Term, B: Term) -> Term | None:
    c, scalars, left = products.split(A)
    d, more, right = products.split(B)
    assert left is not None
    assert right is not None
    if c * d != 1 or scalars or more:
        return products.product(c * d, [*scalars, *more], call("kron", left, right))
    if left.op == "zero" or right.op == "zero":
        return zero(shape("kron", (A, B)))
    if left.op == right.op == "eye":
        return eye(products.times(left.shape[0], right.shape[0]))
    for i, factor in enumerate((left, right)):
        if factor.op == "add" and factor.has_d:
            pieces = [(num(d), (p, right) if i == 0 else (left, p)) for d, p in factor.shown]
            return sums.add(*(products.times(d, call("kron", *p)) for d, p in pieces))
    return None


def _Diag(v: Term) -> Term | None:
    c, scalars, body = products.split(v)
    assert body is not None
    if body.op == "ones":
        return products.product(c, scalars, eye(body.shape[0]))
    if body.op == "zero":
        return zero(body.shape * 2)
    return products.product(c, scalars, call("Diag", body)) if c != 1 or scalars else None


def _matrix_power(A: Term, k: Term) -> Term | None:
    c, scalars, body = products.split(A)
    if k.number == 0:
        return eye(A.shape[0])
    if k.number == 1:
        return A
    assert body is not None
    if c != 1 or scalars:
        return products.times(
            products.power(products.product(c, scalars, None), k), call("matrix_power", body, k)
        )
    if body.op == "eye":
        return body
    if k.number == 2:
        return chains.matmul(A, A)
    if k.number == -1:
        return call("inv", A)
    return None


def _log(x: Term) -> Term | None:
    """Return softplus for the logarithm of 1 and an exponential."""
    parts = x.shown if x.op == "add" else ()
    exponentials = [t for _, t in parts if t.op == "call" and t.args[0] == "exp"]
    if len(parts) != 2 or len(exponentials) != 1 or any(c != 1 for c, _ in parts):
        return None
    if not any(t is products.ones(*x.shape) for _, t in parts):
        return None
    algebra_now().used["softplus"] = None
    return call("softplus", exponentials[0].args[1])


def _extreme(word: str, other: str) -> Callable[[Term], Term | None]:
    """Return the largest or the smallest entry, which the size of a number stands outside of."""

    def of(x: Term) -> Term | None:
        c, scalars, body = products.split(x)
        if c == 1 or body is None:
            return None
        inside = products.product(1, scalars, body)
        return products.times(num(c), call(word if c > 0 else other, inside))

    return of


def _solve(A: Term, B: Term) -> Term:
    algebra_now().solved.add(A)
    return chains.matmul(call("inv", A), B)


def _conjugated(word: str) -> Callable[[Term], Term | None]:
    def of(z: Term) -> Term | None:
        if not z.is_complex:
            return z if word == "re" else zero(z.shape)
        return None

    return of


# What other modules define is looked up when it is called, since they need words, too.
SPECIAL: dict[str, Callable[..., Term | None]] = {
    "tr": lambda A: traces.trace(A),
    "sum": lambda t: traces.total(t),
    "diag": lambda A: traces.diag(A),
    "Diag": _Diag,
    "outer": lambda u, v: chains.outer(u, v),
    "inner": lambda a, b: chains.inner_of(a, b),
    "norm": _norm,
    "log": _log,
    "max": _extreme("max", "min"),
    "min": _extreme("min", "max"),
    "sqrt": lambda x: products.power(x, num(Fraction(1, 2))),
    "sym": lambda A: _half(A, 1),
    "skew": lambda A: _half(A, -1),
    "adj": lambda A: turning.transpose(call("cof", A)),
    "mean": lambda v: products.times(traces.total(v), products.power(v.shape[0], num(-1))),
    "solve": _solve,
    "kron": _kron,
    "matrix_power": _matrix_power,
    **{word: _passing(word) for word in PASSING},
    "I": eye,
    "ones": lambda *n: products.ones(*n),
    "zeros": lambda *n: zero(n),
    "conj": lambda z: turning.conj(z),
    "re": _conjugated("re"),
    "im": _conjugated("im"),
}
"""What a word is that has a form of its own, or nothing where its arguments are not special."""
