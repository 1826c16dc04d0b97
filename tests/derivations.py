"""Derivations that hold, those of the pages, and wrong ones; and whether one holds."""

import re
from collections.abc import Iterator

from autodiff_notes.evaluation.execution import execute
from autodiff_notes.notation.derivations import DerivationError, parse
from pages import MARKDOWN, ROOT

PROSE = sorted([*MARKDOWN, *ROOT.glob("gallery/*.py")])
FENCE = re.compile(r"\s*(?P<fence>`{3,}|:{3,})\{derivation\}")


def is_accepted(text: str) -> bool:
    """Return whether every line of a derivation is equal to the one before, at a few points."""
    try:
        execute(parse(text), sizes=2, seeds=2)
    except DerivationError:
        return False
    return True


LOG_DET = """\
X in positive_determinant(n)
d(logdet(X))
= tr(inv(X) @ d(X))       # Jacobi's formula
= inner(inv(X).mT, d(X))  # the trace is an inner product"""


HOLDS = {
    "log det": LOG_DET,
    "inverse": """\
X in invertible(n)
d(inv(X))
= -inv(X) @ d(X) @ inv(X)""",
    "quadratic form": """\
x in vector(n)
constant A in square(n)
d(x @ A @ x)
= d(x) @ A @ x + x @ A @ d(x)
= inner((A + A.mT) @ x, d(x))""",
    "quadratic form, A moves too": """\
x in vector(n)
A in square(n)
d(x @ A @ x)
= inner((A + A.mT) @ x, d(x)) + inner(outer(x, x), d(A))""",
    "definition": """\
X in tall(m, n)
constant C in spd(m)
where M = inv(X.mT @ C @ X)   # used below
d(tr(M))
= -tr(M @ d(X.mT @ C @ X) @ M)
= -2 * tr(M @ M @ X.mT @ C @ d(X))
D(tr(M), X)
= -2 * C @ X @ M @ M""",
    "definition of a definition": """\
x, y in vector(n)
where s = x + y
where q = s @ s
D(q, x)
= 2 * s
= D(q, y)""",
    "a function, and how far its quotient is off": """\
f in analytic()
x in scalar()
h in small()
(f(x + h) - f(x)) / h
≈ D(f(x), x) + h / 2 * D(f(x), x, x) up to O(h**2)
im(f(x + 1j * h)) / h
≈ D(f(x), x) up to O(h**2)
d(f(x))
= D(f(x), x) * d(x)""",
    "one index left out": """\
x in positive(n)
i in index(n)
prod(x)
= x[i] * prod(x[j] for j in range(n) if j != i)""",
    "Jacobian": """\
A in matrix(m, n)
X in matrix(n, p)
B in matrix(p, q)
D(vec(A @ X @ B), vec(X))
= kron(A, B.mT)""",
    "Hessian": """\
x in vector(n)
D(logsumexp(x), x, x)
= Diag(softmax(x)) - outer(softmax(x), softmax(x))
= D(softmax(x), x)
= D(D(logsumexp(x), x), x)""",
    "differential of a gradient": """\
X in invertible(n)
d(D(logabsdet(X), X))
= -inv(X).mT @ d(X).mT @ inv(X).mT""",
    "entry": """\
X in square(n)
i, j in index(n)
D(det(X), X[i, j])
= cof(X)[i, j]""",
    "sum over an index": """\
X, A in square(n)
k in natural()
D(tr(A @ matrix_power(X, k)), X)
= sum((matrix_power(X, r) @ A @ matrix_power(X, k - 1 - r)).mT for r in range(k))""",
    "symmetric tangent": """\
X in spd(n)
d(X)
= d(X).mT""",
    "orthogonal tangent": """\
Q in orthogonal(n)
Q.mT @ d(Q)
= -d(Q).mT @ Q""",
    "unit vector tangent": """\
x in unit_vector(n)
x @ d(x)
= 0""",
    "probability tangent": """\
x in probability(n)
sum(d(x))
= 0""",
    "constant": """\
constant A in square(n)
d(A)
= zeros(n, n)""",
    "inequality": """\
A, B in matrix(m, n)
inner(A, B)
<= norm(A) * norm(B)               # Cauchy-Schwarz
<= (norm(A) ** 2 + norm(B) ** 2) / 2
norm(A)
>= spectral(A)""",
    "approximation": """\
X in square(n)
eps in small()
det(I(n) + eps * X)
≈ 1 + eps * tr(X) up to O(eps**2)  # the first two terms
det(I(n) + eps * X)
~= 1 + eps * tr(X) + eps ** 2 / 2 * (tr(X) ** 2 - tr(X @ X)) up to O(eps**3)
inv(I(n) - eps * X)
≈ I(n) + eps * X  up to O(eps ** 2)
= eps * X + I(n)""",
    "approximation that is exact": """\
x in vector(n)
eps in small()
norm(eps * x) ** 2
≈ eps ** 2 * (x @ x) up to O(eps**3)""",
    "several lines for one": """\
X in square(n)
tr(X @ X.mT)
= sum(X[i, j] ** 2      # entry
    for i in range(n)   # by
    for j in range(n))  # entry
= norm(X) ** 2""",
    "numbers alone": """\
x in positive_scalar()
y in scalar()
where f = x * log(x) + sin(x * y)
D(f, x)
= log(x) + x * (1 / x) + y * cos(x * y)
= log(x) + 1 + y * cos(x * y)""",
    "complex": """\
b in complex_vector(n)
z in complex_scalar()
abs2(z)
= re(conj(z) * z)
D(abs2(z), z)
= 2 * z""",
    "eigenvalues": """\
X in distinct_eigenvalues(n)
where V = eigenvectors(X)
d(eigenvalues(X))
= diag(V.mT @ d(X) @ V)""",
    "singular values": """\
X in distinct_singular_values(m, n)
D(nuclear(X), X)
= left_singular(X) @ right_singular(X).mT""",
    "Sylvester": """\
A in positive_definite(m)
B in positive_definite(n)
C in matrix(m, n)
where X = sylvester(A, B, C)
A @ X + X @ B
= C""",
    "Perron": """\
A in positive_matrix(n, n)
where r = perron_value(A)
where v = perron_vector(A)
where w = perron_vector(A.mT)
D(r, A)
= outer(w, v) / (w @ v)""",
    "exponential of a matrix": """\
X, W in square(n)
D(inner(W, expm(X)), X)
= frechet_expm(X.mT, W)
= expm(block([[X.mT, W], [zeros(n, n), X.mT]]))[:n, n:]""",
    "Cholesky": """\
X in spd(n)
constant W in square(n)
where L = cholesky(X)
d(inner(W, L))
= inner(sym(inv(L).mT @ Phi(L.mT @ W) @ inv(L)), d(X))""",
}

WRONG = {
    "a transpose": (
        LOG_DET.replace("inv(X).mT, d", "inv(X), d"),
        4,
        r"line 4 does not equal the line before it \(relative gap [\d.]+\)",
    ),
    "a thousandth": (LOG_DET.replace("= tr(", "= 1.001 * tr("), 3, "line 3 does not equal"),
    "a sign": (LOG_DET.replace("= inner(", "= -inner("), 4, "line 4 does not equal"),
    "a term": (
        "x in vector(n)\nA in square(n)\nD(x @ A @ x, x)\n= 2 * A @ x",
        4,
        "line 4 does not equal",
    ),
    "a variable that moves": (
        "x in vector(n)\nA in square(n)\nd(x @ A @ x)\n= inner((A + A.mT) @ x, d(x))",
        4,
        "line 4 does not equal",
    ),
    "a symmetry that is not there": (
        "A in square(n)\ntr(A @ A)\n= inner(A, A)",
        3,
        "line 3 does not equal",
    ),
    "a dimension": (
        "x in vector(n)\nD(x @ x, x)\n= outer(x, x)",
        3,
        r"line 3 has shape \(2, 2\), the line before it \(2,\) \(n = 2, seed 0\)",
    ),
    "a transposed shape": (
        "X in matrix(m, n)\nX.mT\n= X",
        3,
        r"line 3 has shape \(2, 3\), the line before it \(3, 2\)",
    ),
    "sizes that do not fit": (
        "A in matrix(m, n)\ntr(A @ A.mT)\n= tr(A @ A)",
        3,
        r"line 3 cannot be evaluated \(m = 2, n = 3, seed 0\)",
    ),
    "a logarithm of a negative number": (
        "x in vector(n)\nsum(log(x))\n= sum(log(x))",
        2,
        r"line 2 is not finite \(n = 2",
    ),
    "a division by zero": (
        "x in scalar()\n1 / (x - x)\n= x",
        2,
        "line 2 is not finite",
    ),
    "an index beyond the end": (
        "x in vector(2)\nx[2]\n= x[0]",
        2,
        "line 2 cannot be evaluated",
    ),
    "an inequality": (
        "A, B in matrix(m, n)\ninner(A, B)\n>= norm(A) * norm(B)",
        3,
        "line 3 does not hold: the line before it is below by",
    ),
    "the other inequality": (
        "A in matrix(m, n)\nnorm(A)\n<= spectral(A)",
        3,
        "line 3 does not hold: the line before it is above by",
    ),
    "an order": (
        "X in square(n)\neps in small()\ndet(I(n) + eps * X)\n≈ 1 + eps * tr(X) up to O(eps**3)",
        4,
        r"up to O\(eps\*\*3\): the remainder shrinks only like eps\*\*2",
    ),
    "a first-order term": (
        "X in square(n)\neps in small()\ndet(I(n) + eps * X)\n≈ 1 + 2 * eps * tr(X) up to O(eps**2)",
        4,
        r"the remainder shrinks only like eps\*\*1",
    ),
    "a constant term": (
        "x in scalar()\neps in small()\nexp(eps * x)\n≈ 2 + eps * x up to O(eps)",
        4,
        r"the remainder shrinks only like eps\*\*0",
    ),
    "a term that The Matrix Cookbook has too many": (
        "A in square(n)\neps in small()\ndet(I(n) + eps * A)\n≈ 1 + det(A) + eps * tr(A) up to O(eps)",
        4,
        "line 4 does not hold",
    ),
    "the gap of the second chain": (
        "X in square(n)\ntr(X)\n= tr(X.mT)\n\ndet(X)\n= -det(X)",
        6,
        "line 6 does not equal",
    ),
    "a vanishing factor": (
        "Q in orthogonal(n)\nd(Q.mT @ Q)\n= I(n)",
        3,
        "line 3 does not equal",
    ),
}


def of_pages() -> Iterator[tuple[str, str]]:
    """Yield the place and the text of each derivation below docs and in the scripts."""
    for page in PROSE:
        lines = page.read_text("utf-8").splitlines()
        for start, line in enumerate(lines, start=1):
            if opening := FENCE.match(line):
                end = lines.index(opening["fence"], start)
                yield f"{page.relative_to(ROOT)}:{start}", "\n".join(lines[start:end])


PAGES = dict(of_pages())
