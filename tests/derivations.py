"""Derivations that hold, and one of them by name; and whether one holds."""

from autodiff_notes.evaluation.execution import execute
from autodiff_notes.notation.derivations import DerivationError, parse


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
