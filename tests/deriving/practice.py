"""Functions from practice: matrixcalculus.org's documentation, losses, statistics, control, physics.

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
    # Written later, and derived at first sight but for the Weibull likelihood
    # matrixcalculus.org, in other functions
    Practice("five matrices in a trace", "tr(A @ X.mT @ B @ X @ C)", ("X in matrix(m, n)", "constant A, C in square(n)", "constant B in square(m)")),
    Practice("a diagonal form", "x @ Diag(y) @ x", ("x, y in vector(n)",)),
    Practice("regularised hinge, squared", "sum(relu(ones(m) - y * (A @ w)) ** 2) + c * w @ w", ("w in vector(n)", "constant A in matrix(m, n)", "constant y in signs(m)", "constant c in positive_scalar()")),
    Practice("norm of a residual", "norm(A @ x - b)", ("x in vector(n)", "constant A in matrix(m, n)", "constant b in vector(m)")),
    Practice("determinant of a Gram matrix", "det(X.mT @ X)", ("X in tall(m, n)",)),
    Practice("inverse in a quadratic form", "a @ inv(A + x * I(n)) @ a", ("x in positive_scalar()", "constant A in spd(n)", "constant a in vector(n)")),
    # Losses
    Practice("binary cross-entropy with logits", "sum(softplus(A @ w) - y * (A @ w))", ("w in vector(n)", "constant A in matrix(m, n)", "constant y in proportions(m)")),
    Practice("focal loss", "-(1 - sigmoid(t)) ** 2 * log(sigmoid(t))", ("t in scalar()",)),
    Practice("triplet loss, smoothed", "softplus(norm(W @ a - W @ p) ** 2 - norm(W @ a - W @ q) ** 2 + 1)", ("W in matrix(m, n)", "constant a, p, q in vector(n)")),
    Practice("Dice loss", "1 - 2 * (p @ y) / (sum(p) + sum(y))", ("x in vector(n)", "constant y in proportions(n)"), {"p": "sigmoid(x)"}),
    Practice("log-cosh loss", "sum(log(cosh(A @ x - b)))", ("x in vector(n)", "constant A in matrix(m, n)", "constant b in vector(m)")),
    Practice("direct preference", "-log(sigmoid(beta * (w @ a - w @ b - c)))", ("w in vector(n)", "beta in positive_scalar()", "constant a, b in vector(n)", "constant c in scalar()")),
    Practice("clipped surrogate", "minimum(r * a, clamp(r, 0.8, 1.2) * a)", ("t in scalar()", "constant s, a in scalar()"), {"r": "exp(t - s)"}),
    Practice("redundancy reduction", "norm(X.mT @ Y / m - I(n)) ** 2", ("X, Y in matrix(m, n)",)),
    Practice("low-rank adapter", "norm((W + B @ A) @ x - y) ** 2", ("A in matrix(p, n)", "B in matrix(m, p)", "constant W in matrix(m, n)", "constant x in vector(n)", "constant y in vector(m)")),
    Practice("weight normalisation", "(g * (v @ x) / norm(v) - y) ** 2", ("g in scalar()", "v in nonzero_vector(n)", "constant x in vector(n)", "constant y in scalar()")),
    Practice("root-mean-square normalisation", "w @ (g * x / sqrt(mean(x * x) + eps))", ("x, g in vector(n)", "constant w in vector(n)", "constant eps in positive_scalar()")),
    Practice("Gaussian error linear unit", "sum(z * (ones(m) + erf(z / sqrt(2))) / 2)", ("W in matrix(m, n)", "constant x in vector(n)"), {"z": "W @ x"}),
    Practice("mish", "sum(x * tanh(softplus(x)))", ("x in vector(n)",)),
    Practice("swish gate", "w @ ((A @ x) * sigmoid(A @ x) * (B @ x))", ("A, B in matrix(m, n)", "x in vector(n)", "constant w in vector(m)")),
    Practice("Hopfield energy", "-logsumexp(beta * (X @ z)) / beta + z @ z / 2", ("z in vector(n)", "X in matrix(m, n)", "beta in positive_scalar()")),
    Practice("distillation", "t ** 2 * sum(p * (log(p) - log(softmax(x / t))))", ("x in vector(n)", "constant p in probability(n)", "constant t in positive_scalar()")),
    Practice("two heads of attention", "norm(V @ softmax(K.mT @ Q @ x / sqrt(n)) - y) ** 2", ("Q in square(n)", "K in matrix(n, m)", "V in matrix(p, m)", "constant x in vector(n)", "constant y in vector(p)")),
    Practice("linear attention", "tr(Q @ (K.mT @ V) @ G.mT)", ("Q, K in matrix(m, n)", "V in matrix(m, p)", "constant G in matrix(m, p)")),
    Practice("recurrent step", "norm(tanh(W @ h + U @ x) - y) ** 2", ("W in square(n)", "U in matrix(n, m)", "h in vector(n)", "constant x in vector(m)", "constant y in vector(n)")),
    Practice("correlation alignment", "norm(X.mT @ X / m - C) ** 2 / (4 * n ** 2)", ("X in matrix(m, n)", "constant C in symmetric(n)")),
    Practice("kernel mean discrepancy", "exp(-norm(x - a) ** 2 / 2) - 2 * exp(-norm(x - b) ** 2 / 2)", ("x in vector(n)", "constant a, b in vector(n)")),
    # Statistics
    Practice("Cox, one event", "logsumexp(A @ w) - a @ w", ("w in vector(n)", "constant A in matrix(m, n)", "constant a in vector(n)")),
    Practice("negative binomial", "lgamma(r) + lgamma(y + 1) - lgamma(y + r) - r * log(p) - y * log(1 - p)", ("r in positive_scalar()", "p in proportion()", "constant y in positive_scalar()")),
    Practice("beta likelihood", "n * (lgamma(a) + lgamma(b) - lgamma(a + b)) - (a - 1) * sum(log(x)) - (b - 1) * sum(log(ones(n) - x))", ("a, b in positive_scalar()", "constant x in proportions(n)")),
    Practice("Dirichlet likelihood", "sum(lgamma(a)) - lgamma(sum(a)) - (a - ones(n)) @ log(p)", ("a in positive(n)", "constant p in probability(n)")),
    Practice("Weibull likelihood", "sum((x / s) ** k) - n * log(k) - (k - 1) * sum(log(x / s)) + n * log(s)", ("k, s in positive_scalar()", "constant x in positive(n)")),
    Practice("probit regression", "-sum(log((ones(m) + erf(y * (A @ w) / sqrt(2))) / 2))", ("w in vector(n)", "constant A in matrix(m, n)", "constant y in signs(m)")),
    Practice("Bradley and Terry", "sum(softplus(-B @ x))", ("x in vector(n)", "constant B in matrix(m, n)")),
    Practice("Wishart density", "(k / 2) * logdet(S) - (k - n - 1) / 2 * logdet(X) + tr(inv(S) @ X) / 2", ("X, S in spd(n)", "constant k in positive_scalar()")),
    Practice("matrix normal density", "tr(inv(V) @ (X - M).mT @ inv(U) @ (X - M)) + m * logdet(V) + n * logdet(U)", ("M in matrix(m, n)", "U in spd(m)", "V in spd(n)", "constant X in matrix(m, n)")),
    Practice("multivariate t density", "logdet(S) / 2 + (nu + n) / 2 * log(1 + r @ inv(S) @ r / nu)", ("mu in vector(n)", "S in spd(n)", "constant x in vector(n)", "constant nu in positive_scalar()"), {"r": "x - mu"}),
    Practice("Stein loss", "tr(A @ inv(S)) - logdet(A @ inv(S)) - n", ("S in spd(n)", "constant A in spd(n)")),
    Practice("Bhattacharyya distance", "logdet((A + B) / 2) - (logdet(A) + logdet(B)) / 2", ("A, B in spd(n)",)),
    Practice("Gaussian divergence by a factor", "(norm(L) ** 2 + mu @ mu) / 2 - sum(log(diag(L)))", ("L in lower_triangular(n)", "mu in vector(n)")),
    Practice("Bures and Wasserstein", "tr(A) + tr(B) - 2 * tr(sqrtm(sqrtm(A) @ B @ sqrtm(A)))", ("B in spd(n)", "constant A in spd(n)")),
    Practice("log-Euclidean distance", "norm(logm(A) - logm(B)) ** 2", ("A in spd(n)", "constant B in spd(n)")),
    Practice("canonical correlation", "(x @ C @ y) / sqrt((x @ A @ x) * (y @ B @ y))", ("x in nonzero_vector(m)", "y in nonzero_vector(n)", "constant A in spd(m)", "constant B in spd(n)", "constant C in matrix(m, n)")),
    Practice("restricted likelihood", "logdet(V) + logdet(X.mT @ inv(V) @ X) + y @ inv(V) @ y", ("V in spd(m)", "constant X in tall(m, n)", "constant y in vector(m)")),
    Practice("variance of a portfolio", "w @ S @ w / (w @ mu) ** 2", ("w in positive(n)", "constant S in spd(n)", "constant mu in positive(n)")),
    Practice("soft histogram entropy", "-p @ log(p)", ("x in vector(n)",), {"p": "softmax(x)"}),
    # Control
    Practice("cost of a linear controller", "tr((Q + K.mT @ R @ K) @ S)", ("K in matrix(m, n)", "constant Q, S in spd(n)", "constant R in spd(m)")),
    Practice("Lyapunov cost", "tr(Q @ sylvester(A, A.mT, W))", ("A in positive_definite(n)", "constant Q, W in spd(n)")),
    Practice("innovation likelihood", "logdet(H @ P @ H.mT + R) + e @ inv(H @ P @ H.mT + R) @ e", ("P in spd(n)", "R in spd(m)", "constant H in matrix(m, n)", "constant e in vector(m)")),
    Practice("two steps of a plant", "norm(A @ (A @ x + B @ u) + B @ v) ** 2 + u @ R @ u + v @ R @ v", ("u, v in vector(m)", "constant x in vector(n)", "constant A in square(n)", "constant B in matrix(n, m)", "constant R in spd(m)")),
    Practice("observability", "logdet(sum(matrix_power(A.mT, k) @ C.mT @ C @ matrix_power(A, k) for k in range(3)) + I(n))", ("A in square(n)", "C in matrix(m, n)")),
    # Quantum mechanics
    Practice("purity", "tr(X @ X) / tr(X) ** 2", ("X in spd(n)",)),
    Practice("relative entropy of states", "tr(X @ (logm(X) - logm(S)))", ("X in spd(n)", "constant S in spd(n)")),
    Practice("free energy", "-log(tr(expm(-beta * H))) / beta", ("H in symmetric(n)", "beta in positive_scalar()")),
    Practice("energy of a state", "re(conj(x) @ H @ x) / norm(x) ** 2", ("x in complex_vector(n)", "constant H in hermitian(n)")),
    Practice("overlap", "abs2(conj(a) @ x) / norm(x) ** 2", ("x in complex_vector(n)", "constant a in complex_vector(n)")),
    # Robotics
    Practice("manipulability", "sqrt(det(J @ J.mT))", ("J in wide(m, n)",)),
    Practice("registration of points", "norm(R @ X + outer(t, ones(n)) - Y) ** 2", ("R in orthogonal(m)", "t in vector(m)", "constant X, Y in matrix(m, n)")),
    Practice("damped step", "norm(J.mT @ inv(J @ J.mT + c * I(m)) @ e) ** 2", ("J in matrix(m, n)", "constant e in vector(m)", "constant c in positive_scalar()")),
    Practice("arm with two links", "(a * cos(s) + b * cos(s + t) - x) ** 2 + (a * sin(s) + b * sin(s + t) - y) ** 2", ("s, t in scalar()", "constant a, b, x, y in scalar()")),
    Practice("geodesic distance of rotations, squared sine", "n - tr(R.mT @ S)", ("R in orthogonal(n)", "constant S in orthogonal(n)")),
    Practice("barrier of a polytope", "c @ x - sum(log(b - A @ x))", ("x in vector(n)", "constant A in matrix(m, n)", "constant b in positive(m)", "constant c in vector(n)")),
)
# fmt: on
