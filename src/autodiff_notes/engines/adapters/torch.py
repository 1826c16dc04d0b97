"""PyTorch, as its users write it: tensors that require a gradient, and a backward sweep."""

import torch
from torch import exp, linalg, log, special, tanh, tensor, where, zeros
from torch.nn import functional as F

TITLE = "PyTorch"
DISTRIBUTION = "torch"
REQUIRES = ("torch==2.13.0", "numpy==2.4.6")
HOMEPAGE = "https://docs.pytorch.org/docs/stable/"
DOCUMENTED = {
    "abs-at-zero": "https://docs.pytorch.org/docs/stable/notes/autograd.html#gradients-for-non-differentiable-functions",
    "relu-at-zero": "https://docs.pytorch.org/docs/stable/notes/autograd.html#gradients-for-non-differentiable-functions",
    "maximum-tie": "https://docs.pytorch.org/docs/stable/notes/autograd.html#gradients-for-non-differentiable-functions",
    "minimum-tie": "https://docs.pytorch.org/docs/stable/notes/autograd.html#gradients-for-non-differentiable-functions",
    "norm-at-zero": "https://docs.pytorch.org/docs/stable/notes/autograd.html#gradients-for-non-differentiable-functions",
    "max-of-vector-tie": "https://docs.pytorch.org/docs/stable/generated/torch.max.html",
    "max-of-three-tie": "https://docs.pytorch.org/docs/stable/generated/torch.max.html",
    "max-along-axis-tie": "https://docs.pytorch.org/docs/stable/generated/torch.max.html",
    "median-of-even-count": "https://docs.pytorch.org/docs/stable/generated/torch.median.html",
    "median-of-even-tie": "https://docs.pytorch.org/docs/stable/generated/torch.median.html",
    "bce-certain-mistake": "https://docs.pytorch.org/docs/stable/generated/torch.nn.BCELoss.html",
    "bce-certain-mistake-value": "https://docs.pytorch.org/docs/stable/generated/torch.nn.BCELoss.html",
    "normalize-at-zero": "https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.normalize.html",
    "cosine-similarity-at-zero": "https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cosine_similarity.html",
    "variance-by-default": "https://docs.pytorch.org/docs/stable/generated/torch.var.html",
    "gelu-default": "https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.gelu.html",
    "complex-square": "https://docs.pytorch.org/docs/stable/notes/autograd.html#autograd-for-complex-numbers",
    "eigenvectors-at-identity": "https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigh.html",
    "svd-product-at-identity": "https://docs.pytorch.org/docs/stable/generated/torch.linalg.svd.html",
    "svd-null-vector": "https://docs.pytorch.org/docs/stable/generated/torch.linalg.svd.html",
    "gradients-accumulate": "https://docs.pytorch.org/docs/stable/generated/torch.autograd.backward.html",
    "cross-entropy-reduction": "https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html",
}

torch.set_default_dtype(torch.float64)

INF, NAN = float("inf"), float("nan")
SINGULAR = [[1.0, 2.0], [2.0, 4.0]]
IDENTITY = [[1.0, 0.0], [0.0, 1.0]]
ZEROS = [[0.0, 0.0], [0.0, 0.0]]


def grad(f, *point):
    """Return the gradients of the sum of f."""
    xs = [torch.tensor(x, requires_grad=True) for x in point]
    f(*xs).sum().backward()
    return xs[0].grad if len(xs) == 1 else [x.grad for x in xs]


def hessian(f, x):
    """Return all second derivatives of f, a row an entry."""
    x = torch.tensor(x)
    return torch.autograd.functional.hessian(f, x).reshape(x.numel(), x.numel()).squeeze()


def output_grad(f, *point):
    """Return the gradients of f as it is, without a sum."""
    xs = [torch.tensor(x, requires_grad=True) for x in point]
    f(*xs).backward()
    return xs[0].grad


def slope(f, x):
    """Return the slope of f as a tensor that may be differentiated again."""
    return torch.autograd.grad(f(x), x, create_graph=True)[0]


def swept_twice(f, x):
    """Return the gradient after two sweeps over one record."""
    x = torch.tensor(x, requires_grad=True)
    y = f(x)
    y.backward()
    y.backward()
    return x.grad


def recorded_twice(f, x):
    """Return the gradient after two sweeps over two records."""
    x = torch.tensor(x, requires_grad=True)
    f(x).backward()
    f(x).backward()
    return x.grad


def assigned(q, index, y):
    """Return q after an assignment of y at an index."""
    q[index] = y
    return q


def squared_in_place(x):
    """Return a copy of x, squared in place."""
    y = x.clone()
    y.mul_(y)
    return y


def exponential_squared(x):
    """Return exp(x), multiplied in place by itself."""
    y = exp(x)
    y.mul_(y)
    return y


def until_ten(x):
    """Return the first power of x that is ten at least."""
    y = x
    while y < 10:
        y = y * x
    return y


def power_by_loop(x):
    """Return x to the power of four by a loop."""
    y = torch.ones(())
    for _ in range(4):
        y = y * x
    return y


def cholesky_sum(A):
    """Return the sum of a Cholesky factor."""
    return linalg.cholesky(A).sum()


def svd_product(X):
    """Return the product of the factors of a singular value decomposition, weighted."""
    U, S, Vh = linalg.svd(X)
    return (tensor([[1.0, 2.0], [3.0, 4.0]]) * (U @ torch.diag(S) @ Vh)).sum()


def power_in_steps(x, n=4):
    """Return x to the power of n, by a loop of n steps."""
    y = 1.0
    for _ in range(n):
        y = y * x
    return y


def svd_product_of_three(X):
    """Return the weighted entries of U S V^T, of three rows."""
    U, S, Vh = linalg.svd(X)
    return torch.arange(1.0, 10.0).reshape(3, 3) * (U @ torch.diag(S) @ Vh)


ANSWERS = {
    # kinks
    "abs-at-zero": lambda: grad(torch.abs, 0.0),
    "abs-at-minus-zero": lambda: grad(torch.abs, -0.0),
    "sqrt-of-square": lambda: grad(lambda x: torch.sqrt(x * x), 0.0),
    "abs-times-x": lambda: grad(lambda x: x * torch.abs(x), 0.0),
    "relu-at-zero": lambda: grad(torch.relu, 0.0),
    "maximum-with-zero": lambda: grad(lambda x: torch.maximum(x, zeros(())), 0.0),
    "where-positive": lambda: grad(lambda x: where(x > 0, x, 0.0), 0.0),
    "relu-difference": lambda: grad(lambda x: torch.relu(x) - torch.relu(-x), 0.0),
    "relu-difference-by-abs": lambda: grad(
        lambda x: (x + torch.abs(x)) / 2 - (torch.abs(x) - x) / 2, 0.0
    ),
    "maximum-tie": lambda: grad(torch.maximum, 2.0, 2.0),
    "minimum-tie": lambda: grad(torch.minimum, 2.0, 2.0),
    "maximum-of-itself": lambda: grad(lambda x: torch.maximum(x, x), 2.0),
    "max-of-vector-tie": lambda: grad(torch.max, [1.0, 3.0, 3.0]),
    "max-of-three-tie": lambda: grad(torch.max, [3.0, 3.0, 3.0]),
    "max-along-axis-tie": lambda: grad(lambda X: X.max(dim=1).values, [[1.0, 3.0, 3.0]]),
    "clip-at-lower-bound": lambda: grad(lambda x: torch.clamp(x, 0.0, 1.0), 0.0),
    "clip-at-upper-bound": lambda: grad(lambda x: torch.clamp(x, 0.0, 1.0), 1.0),
    "leaky-relu-at-zero": lambda: grad(lambda x: F.leaky_relu(x, 0.2), 0.0),
    "relu6-at-six": lambda: grad(F.relu6, 6.0),
    "hardtanh-at-one": lambda: grad(F.hardtanh, 1.0),
    "hardswish-at-three": lambda: grad(F.hardswish, 3.0),
    "elu-at-zero": lambda: grad(F.elu, 0.0),
    "celu-at-zero": lambda: grad(F.celu, 0.0),
    "selu-at-zero": lambda: grad(F.selu, 0.0),
    "hinge-at-one": lambda: grad(lambda x: torch.clamp(1 - x, min=0.0), 1.0),
    "softshrink-at-bound": lambda: grad(lambda x: F.softshrink(x, 0.5), 0.5),
    "one-norm-with-zero": lambda: grad(lambda x: linalg.vector_norm(x, 1), [0.0, 1.0]),
    "inf-norm-tie": lambda: grad(lambda x: linalg.vector_norm(x, INF), [2.0, 2.0]),
    "sign-at-zero": lambda: grad(torch.sign, 0.0),
    "floor-between": lambda: grad(torch.floor, 2.5),
    "round-between": lambda: grad(torch.round, 1.25),
    "mod-by-both": lambda: grad(torch.remainder, 7.0, 2.0),
    "mod-written-out": lambda: grad(lambda x, y: x - y * torch.floor(x / y), 7.0, 2.0),
    "fraction-of-a-number": lambda: grad(torch.frac, 2.5),
    "relu-second-derivative": lambda: hessian(torch.relu, 0.0),
    "abs-second-derivative": lambda: hessian(torch.abs, 0.0),
    # roots
    "sqrt-at-zero": lambda: grad(torch.sqrt, 0.0),
    "power-half-at-zero": lambda: grad(lambda x: x**0.5, 0.0),
    "cube-root-at-zero": lambda: grad(lambda x: x ** (1 / 3), 0.0),
    "x-times-sqrt": lambda: grad(lambda x: x * torch.sqrt(x), 0.0),
    "power-three-halves": lambda: grad(lambda x: x**1.5, 0.0),
    "reciprocal-sqrt-at-zero": lambda: grad(torch.rsqrt, 0.0),
    "reciprocal-at-zero": lambda: grad(torch.reciprocal, 0.0),
    "log-at-zero": lambda: grad(log, 0.0),
    "power-zero-at-zero": lambda: grad(lambda x: x**0.0, 0.0),
    "power-one-at-zero": lambda: grad(lambda x: x**1.0, 0.0),
    "power-two-at-zero": lambda: grad(lambda x: x**2.0, 0.0),
    "power-both-at-zero": lambda: grad(torch.pow, 0.0, 0.0),
    "power-base-zero": lambda: grad(torch.pow, 0.0, 2.0),
    "power-negative-base": lambda: grad(torch.pow, -2.0, 2.0),
    "cube-of-negative": lambda: grad(lambda x: x**3, -2.0),
    "norm-at-zero": lambda: grad(linalg.vector_norm, [0.0, 0.0]),
    "norm-written-out": lambda: grad(lambda x: torch.sqrt((x * x).sum()), [0.0, 0.0]),
    "norm-smoothed": lambda: grad(lambda x: torch.sqrt((x * x).sum() + 1e-12), [0.0, 0.0]),
    "squared-norm-at-zero": lambda: grad(lambda x: linalg.vector_norm(x) ** 2, [0.0, 0.0]),
    "distance-of-equal-points": lambda: grad(
        lambda x: linalg.vector_norm(x - tensor([1.0, 2.0])), [1.0, 2.0]
    ),
    "hypot-at-zero": lambda: grad(torch.hypot, 0.0, 0.0),
    "nuclear-norm-at-zero": lambda: grad(lambda X: linalg.matrix_norm(X, "nuc"), ZEROS),
    "std-of-constant": lambda: grad(lambda x: torch.std(x, correction=0), [2.0, 2.0]),
    "std-smoothed": lambda: grad(
        lambda x: torch.sqrt(torch.var(x, correction=0) + 1e-12), [2.0, 2.0]
    ),
    "var-of-constant": lambda: grad(lambda x: torch.var(x, correction=0), [2.0, 2.0]),
    "normalize-at-zero": lambda: grad(lambda x: F.normalize(x, dim=0)[0], [0.0, 0.0]),
    "cosine-similarity-at-zero": lambda: grad(
        lambda x: F.cosine_similarity(x, tensor([1.0, 1.0]), dim=0), [0.0, 0.0]
    ),
    "rsqrt-variance-normalisation": lambda: grad(
        lambda x: F.layer_norm(x, (2,), eps=1e-5)[0], [2.0, 2.0]
    ),
    # masks
    "where-log-at-zero": lambda: grad(lambda x: where(x > 0, log(x), 0.0), 0.0),
    "where-log-safe": lambda: grad(lambda x: where(x > 0, log(where(x > 0, x, 1.0)), 0.0), 0.0),
    "where-sqrt-negative": lambda: grad(lambda x: where(x > 0, torch.sqrt(x), 0.0), -1.0),
    "where-sinc-at-zero": lambda: grad(lambda x: where(x == 0, 1.0, torch.sin(x) / x), 0.0),
    "mask-by-product": lambda: grad(lambda x: 0.0 * log(x), 0.0),
    "boolean-mask": lambda: grad(lambda x: x[x > 0].sum(), [1.0, -2.0, 3.0]),
    "where-isnan": lambda: grad(lambda x: where(torch.isnan(x), 0.0, x), [1.0, NAN, 2.0]),
    "nansum": lambda: grad(torch.nansum, [1.0, NAN, 2.0]),
    "nan-in-max": lambda: grad(torch.max, [1.0, NAN]),
    "nan-maximum-value": lambda: [
        torch.maximum(tensor(NAN), tensor(1.0)),
        torch.maximum(tensor(1.0), tensor(NAN)),
    ],
    "clip-of-nan": lambda: grad(lambda x: torch.clamp(x, 0.0, 1.0), NAN),
    "softplus-naive-large": lambda: grad(lambda x: log(1 + exp(x)), 1000.0),
    "softplus-large": lambda: grad(F.softplus, 1000.0),
    "softplus-safe": lambda: grad(
        lambda x: torch.maximum(x, zeros(())) + torch.log1p(exp(-torch.abs(x))), 1000.0
    ),
    "sigmoid-naive-large": lambda: grad(lambda x: 1 / (1 + exp(-x)), -1000.0),
    "sigmoid-large": lambda: grad(torch.sigmoid, -1000.0),
    "elu-large": lambda: grad(F.elu, 1000.0),
    "logsumexp-naive-large": lambda: grad(lambda x: log(exp(x).sum()), [1000.0, 1000.0]),
    "logsumexp-large": lambda: grad(lambda x: torch.logsumexp(x, 0), [1000.0, 1000.0]),
    "logsumexp-one-infinite": lambda: grad(lambda x: torch.logsumexp(x, 0), [-INF, 0.0]),
    "logsumexp-all-infinite": lambda: grad(lambda x: torch.logsumexp(x, 0), [-INF, -INF]),
    "logsumexp-all-infinite-value": lambda: torch.logsumexp(tensor([-INF, -INF]), 0),
    "logaddexp-one-infinite": lambda: grad(torch.logaddexp, -INF, 0.0),
    "logcumsumexp-infinite": lambda: grad(
        lambda x: torch.logcumsumexp(x, 0)[-1], [-INF, -INF, 0.0]
    ),
    "log-softmax-large-value": lambda: torch.log_softmax(tensor([10000.0, 0.0]), 0),
    "log-of-softmax": lambda: grad(lambda x: log(torch.softmax(x, 0))[0], [0.0, 1000.0]),
    "log-softmax-gradient": lambda: grad(lambda x: torch.log_softmax(x, 0)[0], [0.0, 1000.0]),
    "softmax-one-masked": lambda: grad(lambda x: torch.softmax(x, 0)[1], [-INF, 0.0, 0.0]),
    "softmax-all-masked": lambda: grad(lambda x: torch.softmax(x, 0)[0], [-INF, -INF]),
    # products
    "prod-one-zero": lambda: grad(torch.prod, [0.0, 2.0, 3.0]),
    "prod-two-zeros": lambda: grad(torch.prod, [0.0, 0.0, 3.0]),
    "prod-written-out": lambda: grad(lambda x: x[0] * x[1] * x[2], [0.0, 2.0, 3.0]),
    "prod-negative": lambda: grad(torch.prod, [-1.0, 2.0, 3.0]),
    "prod-along-axis": lambda: grad(lambda X: X.prod(dim=1), [[0.0, 2.0], [3.0, 4.0]]),
    "prod-hessian": lambda: hessian(torch.prod, [0.0, 2.0, 3.0]),
    "prod-by-logarithms": lambda: grad(lambda x: exp(log(x).sum()), [0.0, 2.0, 3.0]),
    "cumprod-one-zero": lambda: grad(lambda x: torch.cumprod(x, 0), [0.0, 2.0, 3.0]),
    "cumprod-two-zeros": lambda: grad(lambda x: torch.cumprod(x, 0), [0.0, 0.0, 3.0]),
    "cumprod-written-out": lambda: grad(
        lambda x: x[0] + x[0] * x[1] + x[0] * x[1] * x[2], [0.0, 2.0, 3.0]
    ),
    "square-by-itself": lambda: grad(lambda x: x * x / x, 0.0),
    "sine-by-itself": lambda: grad(lambda x: torch.sin(x) / x, 0.0),
    "zero-times-infinity": lambda: grad(torch.mul, 0.0, INF),
    # matrices
    "det-singular": lambda: grad(linalg.det, SINGULAR),
    "det-written-out": lambda: grad(lambda X: X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0], SINGULAR),
    "det-zero-column": lambda: grad(linalg.det, [[0.0, 1.0], [0.0, 3.0]]),
    "det-corner": lambda: grad(linalg.det, [[1.0, 0.0], [0.0, 0.0]]),
    "det-of-three": lambda: grad(linalg.det, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]),
    "det-zero-matrix": lambda: grad(linalg.det, ZEROS),
    "det-regular": lambda: grad(linalg.det, [[1.0, 2.0], [3.0, 4.0]]),
    "det-hessian-singular": lambda: hessian(linalg.det, SINGULAR),
    "det-hessian-of-ones": lambda: grad(
        lambda X: slope(linalg.det, X)[0, 0], [[1.0, 1.0, 1.0]] * 3
    ),
    "log-abs-det-negative": lambda: grad(
        lambda X: linalg.slogdet(X).logabsdet, [[1.0, 2.0], [3.0, 4.0]]
    ),
    "logdet-negative": lambda: grad(torch.logdet, [[1.0, 2.0], [3.0, 4.0]]),
    "log-abs-det-singular": lambda: grad(lambda X: linalg.slogdet(X).logabsdet, SINGULAR),
    "inverse-singular": lambda: grad(linalg.inv, SINGULAR),
    "solve-singular": lambda: grad(lambda b: linalg.solve(tensor(SINGULAR), b), [1.0, 1.0]),
    "inverse-regular": lambda: grad(lambda X: torch.trace(linalg.inv(X)), [[2.0, 1.0], [0.0, 1.0]]),
    "pinv-of-rank-one": lambda: grad(linalg.pinv, [[1.0, 0.0], [0.0, 0.0]]),
    "matrix-power-zero": lambda: grad(lambda X: linalg.matrix_power(X, 0), SINGULAR),
    "expm-at-zero": lambda: grad(linalg.matrix_exp, ZEROS),
    "cholesky-triangle": lambda: grad(cholesky_sum, [[4.0, 2.0], [2.0, 5.0]]),
    "cholesky-reads": lambda: linalg.cholesky(tensor([[4.0, 2.0], [0.0, 5.0]]))[1, 0],
    "cholesky-indefinite": lambda: grad(cholesky_sum, [[1.0, 2.0], [2.0, 1.0]]),
    "eigh-triangle": lambda: grad(lambda A: linalg.eigvalsh(A)[-1], [[2.0, 1.0], [1.0, 2.0]]),
    "eigh-reads": lambda: linalg.eigvalsh(tensor([[1.0, 2.0], [0.0, 3.0]]))[-1],
    "eigenvalue-sum-at-identity": lambda: grad(linalg.eigvalsh, IDENTITY),
    "eigenvectors-at-identity": lambda: grad(
        lambda A: tensor([[1.0, 2.0], [3.0, 5.0]]) * linalg.eigh(A).eigenvectors ** 2, IDENTITY
    ),
    "eigenvalues-defective": lambda: grad(
        lambda X: linalg.eigvals(X).real, [[1.0, 1.0], [0.0, 1.0]]
    ),
    "eigenvalue-sum-by-trace": lambda: grad(torch.trace, [[1.0, 1.0], [0.0, 1.0]]),
    "svd-product-at-identity": lambda: grad(svd_product, IDENTITY),
    "singular-value-sum-at-identity": lambda: grad(linalg.svdvals, IDENTITY),
    "singular-value-sum-of-rank-one": lambda: grad(linalg.svdvals, [[1.0, 0.0], [0.0, 0.0]]),
    "singular-values-of-zero": lambda: grad(linalg.svdvals, ZEROS),
    "squared-singular-values": lambda: grad(lambda X: linalg.svdvals(X) ** 2, IDENTITY),
    "squared-entries": lambda: grad(lambda X: X**2, IDENTITY),
    "spectral-norm": lambda: grad(lambda X: linalg.matrix_norm(X, 2), [[2.0, 0.0], [0.0, 1.0]]),
    "qr-square": lambda: grad(lambda X: linalg.qr(X).R ** 2, [[1.0, 2.0], [3.0, 4.0]]),
    "qr-wide": lambda: grad(lambda X: linalg.qr(X).R ** 2, [[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]),
    "qr-singular": lambda: grad(lambda X: linalg.qr(X).R ** 2, [[1.0, 0.0], [2.0, 0.0]]),
    "lstsq-by-right-side": lambda: grad(
        lambda b: linalg.lstsq(tensor([[1.0, 0.0], [0.0, 2.0], [0.0, 0.0]]), b[:, None]).solution,
        [1.0, 2.0, 3.0],
    ),
    "lstsq-of-rank-one": lambda: grad(
        lambda b: (
            linalg.lstsq(
                tensor([[1.0, 0.0], [0.0, 0.0], [0.0, 0.0]]), b[:, None], driver="gelsd"
            ).solution
        ),
        [1.0, 2.0, 3.0],
    ),
    # complex numbers
    "complex-square": lambda: grad(lambda z: (z * z).real, 1 + 2j),
    "complex-square-by-parts": lambda: grad(lambda x, y: x * x - y * y, 1.0, 2.0),
    "complex-power": lambda: grad(lambda z: (z**2).real, 1 + 2j),
    "complex-cube": lambda: grad(lambda z: (z**3).real, 1 + 2j),
    "complex-exponential": lambda: grad(lambda z: exp(z).real, 1j),
    "complex-logarithm": lambda: grad(lambda z: log(z).real, 1 + 2j),
    "complex-reciprocal": lambda: grad(lambda z: (1 / z).real, 1 + 1j),
    "complex-imaginary-part": lambda: grad(lambda z: z.imag, 1 + 2j),
    "complex-conjugate": lambda: grad(lambda z: (z.conj() * z.conj()).real, 1 + 2j),
    "complex-abs-squared": lambda: grad(lambda z: torch.abs(z) ** 2, 1 + 2j),
    "complex-times-conjugate": lambda: grad(lambda z: (z * z.conj()).real, 1 + 2j),
    "complex-abs-at-zero": lambda: grad(torch.abs, 0j),
    "complex-angle": lambda: grad(torch.angle, 1 + 2j),
    "complex-angle-at-zero": lambda: grad(torch.angle, 0j),
    "complex-sqrt-negative": lambda: grad(lambda z: torch.sqrt(z).imag, -4 + 0j),
    "complex-output": lambda: output_grad(lambda z: z * z, 1 + 2j),
    "complex-phase-of-real": lambda: grad(lambda x: torch.abs(exp(1j * x)), 0.5),
    "complex-fft": lambda: grad(lambda x: torch.abs(torch.fft.fft(x)) ** 2, [1.0, 2.0, 3.0]),
    # special functions
    "asin-at-zero": lambda: grad(torch.asin, 0.0),
    "acos-at-zero": lambda: grad(torch.acos, 0.0),
    "atan-at-zero": lambda: grad(torch.atan, 0.0),
    "erf-at-zero": lambda: grad(torch.erf, 0.0),
    "tanh-at-zero": lambda: grad(tanh, 0.0),
    "expm1-at-zero": lambda: grad(torch.expm1, 0.0),
    "log1p-at-zero": lambda: grad(torch.log1p, 0.0),
    "asin-at-one": lambda: grad(torch.asin, 1.0),
    "acos-at-one": lambda: grad(torch.acos, 1.0),
    "acosh-at-one": lambda: grad(torch.acosh, 1.0),
    "atanh-at-one": lambda: grad(torch.atanh, 1.0),
    "log1p-at-minus-one": lambda: grad(torch.log1p, -1.0),
    "logit-at-zero": lambda: grad(torch.logit, 0.0),
    "erfinv-at-zero": lambda: grad(torch.erfinv, 0.0),
    "erfinv-at-one": lambda: grad(torch.erfinv, 1.0),
    "entropy-at-zero": lambda: grad(special.entr, 0.0),
    "xlogy-base-two": lambda: grad(torch.xlogy, 0.0, 2.0),
    "xlogy-at-zero": lambda: grad(torch.xlogy, 0.0, 0.0),
    "xlogy-safe": lambda: grad(lambda x, y: x * log(where(y > 0, y, 1.0)), 0.0, 2.0),
    "lgamma-at-zero": lambda: grad(torch.lgamma, 0.0),
    "lgamma-negative": lambda: grad(torch.lgamma, -0.5),
    "digamma-at-zero": lambda: grad(torch.digamma, 0.0),
    "polygamma-at-zero": lambda: grad(lambda x: torch.polygamma(1, x), 0.0),
    "zeta-at-two": lambda: grad(lambda x: special.zeta(x, tensor(1.0)), 2.0),
    "bessel-i0-at-zero": lambda: grad(special.i0, 0.0),
    "bessel-i1-at-zero": lambda: grad(special.i1, 0.0),
    "bessel-i1e-at-zero": lambda: grad(special.i1e, 0.0),
    "bessel-j0-at-zero": lambda: grad(special.bessel_j0, 0.0),
    "sinc-at-zero": lambda: grad(torch.sinc, 0.0),
    "sinc-second-derivative": lambda: hessian(torch.sinc, 0.0),
    "gammainc-at-zero": lambda: grad(lambda x: special.gammainc(tensor(1.0), x), 0.0),
    "atan2-at-origin": lambda: grad(torch.atan2, 0.0, 0.0),
    "atan2-at-the-cut": lambda: grad(torch.atan2, 0.0, -1.0),
    "log-ndtr-far-left": lambda: grad(special.log_ndtr, -40.0),
    "logsigmoid-far-left": lambda: grad(F.logsigmoid, -1000.0),
    "gelu-default": lambda: grad(F.gelu, 1.0),
    # reductions
    "median-of-even-count": lambda: grad(torch.median, [1.0, 4.0, 2.0, 3.0]),
    "median-tie": lambda: grad(torch.median, [2.0, 1.0, 2.0]),
    "sort-tie": lambda: grad(
        lambda x: torch.sort(x).values * tensor([1.0, 2.0, 3.0]), [2.0, 2.0, 1.0]
    ),
    "top-one-tie": lambda: grad(lambda x: torch.topk(x, 1).values, [3.0, 3.0]),
    "cummax-tie": lambda: grad(lambda x: torch.cummax(x, 0).values, [1.0, 1.0]),
    "max-pool-tie": lambda: grad(lambda x: F.max_pool1d(x[None], 4), [1.0, 3.0, 3.0, 2.0]),
    "gather-duplicates": lambda: grad(
        lambda x: x[tensor([0, 0, 1])] * tensor([1.0, 2.0, 4.0]), [5.0, 7.0]
    ),
    "gather-negative-index": lambda: grad(lambda x: x[-1], [1.0, 2.0, 3.0]),
    "gather-out-of-range": lambda: grad(lambda x: x[tensor([0, 5])], [1.0, 20.0]),
    "gather-float16": lambda: grad(
        lambda x: x.half().expand(1)[torch.zeros(4096, dtype=torch.int64)], 1.0
    ),
    "scatter-overwritten": lambda: grad(
        lambda y: assigned(zeros(1), tensor([0, 0]), y), [1.0, 2.0]
    ),
    "scatter-by-mask": lambda: grad(lambda y: where(tensor([True]), y[1:], y[:1]), [1.0, 2.0]),
    "scatter-add-duplicates": lambda: grad(
        lambda y: zeros(1).index_add(0, tensor([0, 0]), y), [1.0, 2.0]
    ),
    "scatter-distinct": lambda: grad(
        lambda y: assigned(zeros(2), tensor([1, 0]), y) * tensor([10.0, 1.0]), [1.0, 2.0]
    ),
    "assigned-input": lambda: grad(lambda x: assigned(x.clone(), 0, 0.0), [1.0, 2.0]),
    "quantile-at-entry": lambda: grad(lambda x: torch.quantile(x, 0.25), [1.0, 5.0, 2.0, 4.0, 3.0]),
    "mean-of-nothing": lambda: grad(lambda x: x[x > 9].mean(), [1.0, 2.0]),
    "var-of-one": lambda: grad(torch.var, [2.0]),
    "cumsum-weighted": lambda: grad(lambda x: torch.cumsum(x, 0), [1.0, 2.0, 3.0]),
    "broadcast-sum": lambda: grad(lambda x: x + tensor([1.0, 2.0, 3.0]), 2.0),
    "argmax-slope": lambda: grad(torch.argmax, [1.0, 2.0]),
    "float-cancellation": lambda: (tensor(0.5, dtype=torch.float32) + 1e8) - 1e8,
    "minus-zero": lambda: 1 / tensor(-0.0),
    # losses
    "bce-certain-mistake": lambda: grad(lambda p: F.binary_cross_entropy(p, tensor(1.0)), 0.0),
    "bce-certain-and-right": lambda: grad(lambda p: F.binary_cross_entropy(p, tensor(1.0)), 1.0),
    "bce-written-out": lambda: grad(lambda p: -(1.0 * log(p) + 0.0 * log(1 - p)), 1.0),
    "bce-of-logit": lambda: grad(
        lambda x: F.binary_cross_entropy_with_logits(x, tensor(1.0)), -1000.0
    ),
    "bce-of-logit-written-out": lambda: grad(
        lambda x: torch.maximum(-x, zeros(())) + torch.log1p(exp(-torch.abs(x))), -1000.0
    ),
    "cross-entropy-masked-target": lambda: grad(
        lambda x: F.cross_entropy(x, tensor(0)), [-INF, 0.0]
    ),
    "cross-entropy-masked-other": lambda: grad(
        lambda x: F.cross_entropy(x, tensor(1)), [-INF, 0.0]
    ),
    "cross-entropy-equal": lambda: grad(lambda x: F.cross_entropy(x, tensor(0)), [0.0, 0.0]),
    "kl-zero-target": lambda: grad(
        lambda x: F.kl_div(x, tensor([0.0, 1.0]), reduction="sum"), [-0.5, -1.0]
    ),
    "kl-by-target-zero": lambda: grad(
        lambda t: F.kl_div(tensor([-0.5, -1.0]), t, reduction="sum"), [0.0, 1.0]
    ),
    "entropy-of-certain": lambda: grad(lambda p: -(p * log(p)).sum(), [1.0, 0.0]),
    "l1-loss-at-zero": lambda: grad(lambda x: F.l1_loss(x, tensor(1.0)), 1.0),
    "huber-at-delta": lambda: grad(lambda x: F.huber_loss(x, tensor(0.0)), 1.0),
    "rmse-at-zero": lambda: grad(
        lambda x: torch.sqrt(F.mse_loss(x, tensor([1.0, 2.0]))), [1.0, 2.0]
    ),
    "mse-at-zero": lambda: grad(lambda x: F.mse_loss(x, tensor([1.0, 2.0])), [1.0, 2.0]),
    "poisson-zero-rate": lambda: grad(
        lambda x: F.poisson_nll_loss(x, tensor(0.0), log_input=False), 0.0
    ),
    "log-cosh-large": lambda: grad(lambda x: log(torch.cosh(x)), 1000.0),
    "cross-entropy-reduction": lambda: grad(lambda X: F.cross_entropy(X, tensor([0, 0])), ZEROS),
    # programs
    "while-loop": lambda: grad(until_ten, 2.0),
    "counted-loop": lambda: grad(power_by_loop, 1.5),
    "branch-log-at-zero": lambda: grad(lambda x: log(x) if x > 0 else 0.0 * x, 0.0),
    "in-place-square": lambda: grad(squared_in_place, 3.0),
    "in-place-after-use": lambda: grad(exponential_squared, 0.0),
    "unused-input": lambda: grad(lambda x, y: x * x, 3.0, 5.0),
    "constant-output": lambda: grad(lambda x: tensor(3.0), 2.0),
    "backward-twice": lambda: swept_twice(lambda x: x * x, 3.0),
    "gradients-accumulate": lambda: recorded_twice(lambda x: x * x, 3.0),
    "integer-square": lambda: grad(lambda x: x * x, 3),
    "integer-scaled": lambda: grad(lambda x: 1.5 * x, 3),
    "integer-converted": lambda: grad(lambda x: 1.5 * x, 3.0),
    "conversion-to-integer": lambda: grad(lambda x: x.to(torch.int64).to(torch.float64), 2.5),
    "comparison": lambda: grad(lambda x: (x > 0).to(torch.float64), 2.0),
    "stop-gradient": lambda: grad(lambda x: x * x.detach(), 3.0),
    "straight-through": lambda: grad(lambda x: x + (torch.round(x) - x).detach(), 1.25),
    "quotient-by-stopped": lambda: grad(lambda x: x / x.detach(), 0.0),
    "second-derivative-of-cube": lambda: hessian(lambda x: x**3, 2.0),
    "second-derivative-of-linear": lambda: hessian(lambda x: 2 * x, 3.0),
    "hessian-mixed": lambda: hessian(lambda x: x[0] * x[1] ** 2, [1.0, 2.0]),
    "third-derivative": lambda: grad(lambda x: slope(lambda x: slope(torch.sin, x), x), 0.0),
    "gradient-penalty": lambda: grad(lambda x: slope(lambda x: x**3, x) ** 2, 1.0),
    "vector-output": lambda: output_grad(lambda x: x * x, [1.0, 2.0]),
    "equal-scalars": lambda: grad(lambda x, y: x * y, 2.0, 2.0),
    "one-variable-twice": lambda: grad(lambda x: torch.mul(x, x), 3.0),
    "array-of-variables": lambda: grad(lambda x, y: torch.stack([x, y]).prod(), 2.0, 3.0),
    "one-path-stopped": lambda: grad(lambda x: x**2 + x.detach() ** 2, 3.0),
    "clip-from-below": lambda: grad(lambda x: torch.clamp(x, min=0.0), 0.0),
    "ceil-between": lambda: grad(torch.ceil, 2.5),
    "floor-division": lambda: grad(torch.floor_divide, 7.0, 2.0),
    "nan-first-in-max": lambda: grad(torch.max, [NAN, 1.0]),
    "nan-in-max-value": lambda: [torch.max(tensor([1.0, NAN])), torch.max(tensor([NAN, 1.0]))],
    "nan-maximum-gradient": lambda: grad(torch.maximum, NAN, 1.0),
    "logcumsumexp-infinite-value": lambda: torch.logcumsumexp(tensor([-INF, -INF, 0.0]), 0),
    "selu-large": lambda: grad(F.selu, 1000.0),
    "det-of-ones": lambda: grad(linalg.det, [[1.0, 1.0], [1.0, 1.0]]),
    "det-singular-with-graph": lambda: slope(
        linalg.det, torch.tensor(SINGULAR, requires_grad=True)
    ).detach(),
    "inverse-singular-value": lambda: linalg.inv(tensor(SINGULAR)),
    "eigh-unsymmetric": lambda: grad(lambda A: linalg.eigvalsh(A)[-1], [[1.0, 2.0], [0.0, 3.0]]),
    "eigenvectors-without-choice": lambda: grad(
        lambda A: tensor([[1.0, 2.0], [3.0, 4.0]]) * linalg.eigh(A).eigenvectors ** 2, IDENTITY
    ),
    "svd-null-vector": lambda: grad(
        lambda X: linalg.svd(X).Vh[2, 0] ** 2, [[1.0, 2.0, 0.0], [0.0, 1.0, 1.0]]
    ),
    "median-of-even-tie": lambda: grad(torch.median, [1.0, 2.0, 2.0, 4.0]),
    "gather-out-of-range-value": lambda: tensor([1.0, 20.0])[tensor([0, 5])].sum(),
    "minus-zero-after-zero": lambda: [tensor(0.0), 1 / tensor(-0.0)][1],
    "variance-by-default": lambda: torch.var(tensor([1.0, 2.0, 3.0])),
    "cross-entropy-masked-value": lambda: F.cross_entropy(tensor([-INF, 0.0]), tensor(0)),
    "bce-certain-mistake-value": lambda: F.binary_cross_entropy(tensor(0.0), tensor(1.0)),
    "loop-of-given-length": lambda: grad(power_in_steps, 1.5),
    "logsigmoid-far-left-value": lambda: F.logsigmoid(tensor(-1000.0)),
    "sign-at-zero-value": lambda: torch.sign(tensor(0.0)),
    "squared-norm-by-sum": lambda: grad(lambda x: x @ x, [0.0, 0.0]),
    "svd-product-of-three": lambda: grad(
        svd_product_of_three, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    ),
    "eigh-value-beside-gradient": lambda: linalg.eigvalsh(
        torch.tensor([[1.0, 2.0], [0.0, 3.0]], requires_grad=True)
    )[-1].detach(),
    "cholesky-indefinite-value": lambda: linalg.cholesky(tensor([[1.0, 2.0], [2.0, 1.0]])),
    "correlation-of-constant": lambda: [
        torch.corrcoef(tensor([[1.0, 2.0, 3.0], [2.0, 2.0, 2.0]]))[i, 1 - i] for i in (0, 1)
    ],
    "hinge-loss-at-one": lambda: grad(lambda x: F.hinge_embedding_loss(x, tensor(-1.0)), 1.0),
    "quotient-by-stopped-value": lambda: tensor(0.0) / tensor(0.0).detach(),
}

NOT_OFFERED = {
    "interpolation-at-knot": "torch has no interpolation of a table by a tensor of places",
    "remainder-of-divmod": "torch has no divmod",
}
