"""Functions from practice: what matrixcalculus.org's documentation shows, and losses of papers.

Each row is a name, a function, its variables and, where it has one, names for parts.
"""

from typing import NamedTuple


class Practice(NamedTuple):
    """A function that somebody differentiates for a living."""

    name: str
    function: str
    variables: tuple[str, ...]
    where: dict[str, str] = {}  # noqa: RUF012 - never changed


_DATA = ("constant A in matrix(m, n)", "constant b in vector(m)")
_LABELS = ("constant A in matrix(m, n)", "constant y in signs(m)")

# fmt: off
PRACTICE = (
    # matrixcalculus.org: the functions of its documentation and of its examples
    Practice("quadratic", "x @ A @ x + c * sin(y) @ x", ("x in vector(n)", "constant A in square(n)", "constant c in scalar()", "constant y in vector(n)")),
    Practice("least squares", "norm(A @ x - b) ** 2", ("x in vector(n)", *_DATA)),
    Practice("ridge", "norm(A @ x - b) ** 2 + c * norm(x) ** 2", ("x in vector(n)", *_DATA, "constant c in positive_scalar()")),
    Practice("logistic regression", "sum(log(exp(-y * (A @ w)) + ones(m)))", ("w in vector(n)", *_LABELS)),
    Practice("regularised logistic regression", "c * norm(w) ** 2 / 2 + sum(softplus(-y * (A @ w)))", ("w in vector(n)", *_LABELS, "constant c in positive_scalar()")),
    Practice("matrix factorisation", "norm(X - U @ V.mT) ** 2", ("U in matrix(m, p)", "V in matrix(n, p)", "constant X in matrix(m, n)")),
    Practice("symmetric factorisation", "norm(X @ X.mT - A) ** 2", ("X in matrix(n, p)", "constant A in symmetric(n)")),
    Practice("trace of a quadratic", "tr(X.mT @ A @ X)", ("X in matrix(m, n)", "constant A in square(m)")),
    Practice("log-determinant", "logdet(X)", ("X in positive_determinant(n)",)),
    Practice("inverse", "tr(A @ inv(X))", ("X in invertible(n)", "constant A in square(n)")),
    Practice("determinant", "det(X)", ("X in invertible(n)",)),
    Practice("norm", "norm(x)", ("x in nonzero_vector(n)",)),
    Practice("one-norm", "norm(A @ x, 1)", ("x in vector(n)", "constant A in matrix(m, n)")),
    Practice("elementwise", "sum(exp(x) * log(y))", ("x in vector(n)", "y in positive(n)")),
    Practice("relative entropy", "sum(x * log(x / y))", ("x, y in positive(n)",)),
    Practice("tanh network", "norm(tanh(W @ x + b) - y) ** 2", ("W in matrix(m, n)", "b in vector(m)", "constant x in vector(n)", "constant y in vector(m)")),
    Practice("Gaussian likelihood", "logdet(S) + r @ inv(S) @ r", ("S in spd(n)", "mu in vector(n)", "constant x in vector(n)"), {"r": "x - mu"}),
    Practice("log-barrier", "c @ x - sum(log(x))", ("x in positive(n)", "constant c in vector(n)")),
    Practice("Euclidean distance", "norm(x - y)", ("x, y in vector(n)",)),
    Practice("elementwise product", "sum((A * X) @ x)", ("X in matrix(m, n)", "constant A in matrix(m, n)", "constant x in vector(n)")),
    # Losses and objectives of papers
    Practice("softmax cross-entropy", "-y @ log(softmax(W @ x))", ("W in matrix(m, n)", "x in vector(n)", "constant y in probability(m)")),
    Practice("temperature", "logsumexp(x / t) * t", ("t in positive_scalar()", "x in vector(n)")),
    Practice("label smoothing", "logsumexp(x) - (1 - eps) * y @ x - eps * mean(x)", ("x in vector(n)", "constant y in probability(n)", "constant eps in proportion()")),
    Practice("two layers", "norm(U @ relu(V @ x) - y) ** 2", ("U in matrix(p, m)", "V in matrix(m, n)", "constant x in vector(n)", "constant y in vector(p)")),
    Practice("three layers", "w @ tanh(B @ tanh(A @ x))", ("w in vector(p)", "B in matrix(p, m)", "A in matrix(m, n)", "constant x in vector(n)")),
    Practice("attention", "w @ V @ softmax(K.mT @ q)", ("q in vector(m)", "K in matrix(m, n)", "V in matrix(p, n)", "constant w in vector(p)")),
    Practice("layer normalisation", "w @ (z / sqrt(z @ z / n))", ("x in vector(n)", "constant w in vector(n)"), {"z": "x - mean(x) * ones(n)"}),
    Practice("contrastive", "-x @ y / (norm(x) * norm(y)) / t", ("x, y in nonzero_vector(n)", "constant t in positive_scalar()")),
    Practice("InfoNCE", "logsumexp(K @ q / t) - k_0 @ q / t", ("q in vector(n)", "constant K in matrix(m, n)", "constant k_0 in vector(n)", "constant t in positive_scalar()")),
    Practice("batch hinge, smoothed", "sum(softplus(ones(m) - y * (A @ w))) + norm(w) ** 2 / 2", ("w in vector(n)", *_LABELS)),
    Practice("Huber regression", "sum(huber(A @ x - b, 1))", ("x in vector(n)", *_DATA)),
    Practice("Poisson regression", "sum(exp(A @ w)) - b @ A @ w", ("w in vector(n)", *_DATA)),
    Practice("gamma likelihood", "sum((a - 1) * log(x) - x / b) - n * (lgamma(a) + a * log(b))", ("a, b in positive_scalar()", "constant x in positive(n)")),
    Practice("Student likelihood", "sum(log(ones(n) + (x - mu) ** 2 / nu))", ("mu in vector(n)", "nu in positive_scalar()", "constant x in vector(n)")),
    Practice("elastic net", "norm(A @ x - b) ** 2 / (2 * m) + c * norm(x, 1) + norm(x) ** 2", ("x in nonzero(n)", *_DATA, "constant c in scalar()")),
    Practice("graph Laplacian", "tr(X.mT @ (Diag(A @ ones(n)) - A) @ X)", ("X in matrix(n, p)", "A in symmetric(n)")),
    Practice("graphical lasso", "tr(C @ X) - logdet(X)", ("X in spd(n)", "constant C in spd(n)")),
    Practice("factor analysis", "logdet(A) + tr(inv(A) @ C)", ("W in matrix(n, p)", "s in positive(n)", "constant C in spd(n)"), {"A": "W @ W.mT + Diag(s)"}),
    Practice("Gaussian process evidence", "y @ inv(K) @ y + logdet(K)", ("s in positive_scalar()", "t in positive_scalar()", "constant B in spd(n)", "constant y in vector(n)"), {"K": "s * B + t * I(n)"}),
    Practice("probabilistic PCA", "m * logdet(C) + tr(inv(C) @ X.mT @ X)", ("W in matrix(n, p)", "s in positive_scalar()", "constant X in matrix(m, n)"), {"C": "W @ W.mT + s * I(n)"}),
    Practice("linear discriminant", "w @ B @ w / (w @ S @ w)", ("w in nonzero_vector(n)", "constant B in symmetric(n)", "constant S in spd(n)")),
    Practice("trace ratio", "tr(V.mT @ B @ V) / tr(V.mT @ S @ V)", ("V in tall(m, n)", "constant B in symmetric(m)", "constant S in spd(m)")),
    Practice("metric learning", "(x - y) @ L.mT @ L @ (x - y)", ("L in matrix(p, n)", "x, y in vector(n)")),
    Practice("Stiefel objective", "tr(X.mT @ A @ X @ B)", ("X in orthogonal(n)", "constant A in symmetric(n)", "constant B in square(n)")),
    Practice("independent components", "logabsdet(W) - sum(log(cosh(W @ x)))", ("W in invertible(n)", "constant x in vector(n)")),
    Practice("normalising flow", "logabsdet(I(n) + outer(u, w)) - sum((x + u) ** 2) / 2", ("u, w in vector(n)", "constant x in vector(n)")),
    Practice("D-optimal design", "logdet(A.mT @ Diag(p) @ A)", ("p in positive(m)", "constant A in tall(m, n)")),
    Practice("A-optimal design", "tr(inv(A.mT @ Diag(p) @ A))", ("p in positive(m)", "constant A in tall(m, n)")),
    Practice("Sinkhorn entropy", "inner(C, P) + t * sum(P * log(P))", ("P in positive_matrix(m, n)", "constant C in matrix(m, n)", "constant t in scalar()")),
    Practice("nonnegative factorisation", "sum(X * log(W @ H)) - sum(W @ H)", ("W in positive_matrix(m, p)", "H in positive_matrix(p, n)", "constant X in positive_matrix(m, n)")),
    Practice("Wasserstein distance of Gaussians", "norm(mu) ** 2 + tr(A) - 2 * tr(sqrtm(A))", ("mu in vector(n)", "A in spd(n)")),
    Practice("Kalman gain", "tr(P - P @ H.mT @ inv(H @ P @ H.mT + R) @ H @ P)", ("P in spd(n)", "H in matrix(m, n)", "constant R in spd(m)")),
    Practice("spectral penalty", "spectral(W) ** 2", ("W in distinct_singular_values(m, n)",)),
    Practice("orthogonality penalty", "norm(W.mT @ W - I(n)) ** 2", ("W in matrix(m, n)",)),
    Practice("deep linear network", "norm(A @ B @ C - Y) ** 2", ("A in matrix(m, p)", "B in matrix(p, q)", "C in matrix(q, n)", "constant Y in matrix(m, n)")),
    Practice("mixture of two", "-log(sigmoid(t) * exp(-x @ x) + (1 - sigmoid(t)) * exp(-y @ y))", ("t in scalar()", "x, y in vector(n)")),
    Practice("policy gradient", "c * log(softmax(x))[i]", ("x in vector(n)", "constant c in scalar()", "i in index(n)")),
    Practice("variational bound", "sum(exp(s) + mu ** 2 - s - ones(n)) / 2", ("mu, s in vector(n)",)),
    Practice("gated unit", "w @ ((A @ x) * sigmoid(B @ x))", ("A, B in matrix(m, n)", "x in vector(n)", "constant w in vector(m)")),
    Practice("kernel", "exp(-norm(x - y) ** 2 / (2 * t ** 2))", ("x, y in vector(n)", "t in positive_scalar()")),
)
# fmt: on
