"""MLX, as its users write it: functions of arrays, and mx.grad; double precision on the CPU."""

import mlx.core as mx
from mlx import nn

TITLE = "MLX"
DISTRIBUTION = "mlx"
REQUIRES = ("mlx[cpu]==0.32.4",)
HOMEPAGE = "https://ml-explore.github.io/mlx/"
DOCUMENTED = {
    "variance-by-default": "https://ml-explore.github.io/mlx/build/html/python/_autosummary/mlx.core.var.html",
    "eigh-reads": "https://ml-explore.github.io/mlx/build/html/python/_autosummary/mlx.core.linalg.eigvalsh.html",
    "gelu-default": "https://ml-explore.github.io/mlx/build/html/python/nn/_autosummary_functions/mlx.nn.gelu.html",
}

mx.set_default_device(mx.cpu)
inf, nan = mx.inf, mx.nan


KINDS = {int: mx.int32, complex: mx.complex64}


def array(x):
    """Return x in double precision, unless it is an integer or complex."""
    return mx.array(x, KINDS.get(type(x), mx.float64))


def grad(f, *point):
    """Return the gradients of the sum of f."""
    every = tuple(range(len(point)))
    return mx.grad(lambda *xs: f(*xs).sum(), argnums=every)(*map(array, point))


def hessian(f, point):
    """Return the second derivatives of f: the gradient of each entry of its gradient."""
    gradient = mx.grad(f)
    if isinstance(point, float):
        return mx.grad(gradient)(array(point))
    return [mx.grad(lambda x, i=i: gradient(x)[i])(array(point)) for i in range(len(point))]


def matrix_hessian(f, point):
    """Return the second derivatives of f of a matrix, a row for each entry of its gradient."""
    x = array(point)
    gradient = mx.grad(f)
    places = [(i, j) for i in range(2) for j in range(2)]
    return [mx.grad(lambda x, p=p: gradient(x)[p])(x).flatten() for p in places]


def slope(f, x):
    """Return the gradient of f, of which one more can be taken."""
    return mx.grad(f)(x)


def output_grad(f, point):
    """Return the gradient of an output that is no real number, as it is given."""
    return mx.grad(f)(array(point))


def svd_product(X):
    """Return the weighted entries of U S V^T."""
    u, s, vt = mx.linalg.svd(X)
    return array([[1.0, 2.0], [3.0, 4.0]]) * (u @ mx.diag(s) @ vt)


def assigned(q, where, y):
    """Return q with y written at some of its entries."""
    q[where] = y
    return q


def squared_in_place(x):
    """Return x, squared in place."""
    x[0] = x[0] * x[0]
    return x


def exponential_squared(x):
    """Return the exponential of x, squared in place."""
    y = mx.exp(x)
    y *= y
    return y


def until_ten(x):
    """Return x to the power that first is ten or more."""
    y = x
    while y < 10:
        y = y * x
    return y


def power_by_loop(x):
    """Return the fourth power of x, by a loop."""
    y = 1.0
    for _ in range(4):
        y = y * x
    return y


def power_in_steps(x, n=4):
    """Return x to the power of n, by a loop of n steps."""
    y = 1.0
    for _ in range(n):
        y = y * x
    return y


def svd_product_of_three(X):
    """Return the weighted entries of U S V^T, of three rows."""
    u, s, vt = mx.linalg.svd(X)
    return mx.arange(1, 10, dtype=mx.float64).reshape(3, 3) * (u @ mx.diag(s) @ vt)


ANSWERS = {
    "abs-at-zero": lambda: grad(mx.abs, 0.0),
    "abs-at-minus-zero": lambda: grad(mx.abs, -0.0),
    "sqrt-of-square": lambda: grad(lambda x: mx.sqrt(x * x), 0.0),
    "abs-times-x": lambda: grad(lambda x: x * mx.abs(x), 0.0),
    "relu-at-zero": lambda: grad(nn.relu, 0.0),
    "maximum-with-zero": lambda: grad(lambda x: mx.maximum(x, 0.0), 0.0),
    "where-positive": lambda: grad(lambda x: mx.where(x > 0, x, 0.0), 0.0),
    "relu-difference": lambda: grad(lambda x: nn.relu(x) - nn.relu(-x), 0.0),
    "relu-difference-by-abs": lambda: grad(
        lambda x: (x + mx.abs(x)) / 2 - (mx.abs(x) - x) / 2, 0.0
    ),
    "maximum-tie": lambda: grad(mx.maximum, 2.0, 2.0),
    "minimum-tie": lambda: grad(mx.minimum, 2.0, 2.0),
    "maximum-of-itself": lambda: grad(lambda x: mx.maximum(x, x), 2.0),
    "max-of-vector-tie": lambda: grad(mx.max, [1.0, 3.0, 3.0]),
    "max-of-three-tie": lambda: grad(mx.max, [3.0, 3.0, 3.0]),
    "max-along-axis-tie": lambda: grad(lambda X: mx.max(X, axis=1), [[1.0, 3.0, 3.0]]),
    "clip-at-lower-bound": lambda: grad(lambda x: mx.clip(x, 0.0, 1.0), 0.0),
    "clip-at-upper-bound": lambda: grad(lambda x: mx.clip(x, 0.0, 1.0), 1.0),
    "leaky-relu-at-zero": lambda: grad(lambda x: nn.leaky_relu(x, 0.2), 0.0),
    "relu6-at-six": lambda: grad(nn.relu6, 6.0),
    "hardtanh-at-one": lambda: grad(nn.hard_tanh, 1.0),
    "hardswish-at-three": lambda: grad(nn.hardswish, 3.0),
    "elu-at-zero": lambda: grad(nn.elu, 0.0),
    "celu-at-zero": lambda: grad(nn.celu, 0.0),
    "selu-at-zero": lambda: grad(nn.selu, 0.0),
    "hinge-at-one": lambda: grad(lambda x: mx.maximum(0.0, 1 - x), 1.0),
    "softshrink-at-bound": lambda: grad(nn.softshrink, 0.5),
    "one-norm-with-zero": lambda: grad(lambda x: mx.linalg.norm(x, 1), [0.0, 1.0]),
    "inf-norm-tie": lambda: grad(lambda x: mx.linalg.norm(x, inf), [2.0, 2.0]),
    "sign-at-zero": lambda: grad(mx.sign, 0.0),
    "floor-between": lambda: grad(mx.floor, 2.5),
    "round-between": lambda: grad(mx.round, 1.25),
    "mod-by-both": lambda: grad(mx.remainder, 7.0, 2.0),
    "mod-written-out": lambda: grad(lambda x, y: x - y * mx.floor(x / y), 7.0, 2.0),
    "relu-second-derivative": lambda: hessian(nn.relu, 0.0),
    "abs-second-derivative": lambda: hessian(mx.abs, 0.0),
    "sqrt-at-zero": lambda: grad(mx.sqrt, 0.0),
    "power-half-at-zero": lambda: grad(lambda x: x**0.5, 0.0),
    "x-times-sqrt": lambda: grad(lambda x: x * mx.sqrt(x), 0.0),
    "power-three-halves": lambda: grad(lambda x: x**1.5, 0.0),
    "reciprocal-sqrt-at-zero": lambda: grad(mx.rsqrt, 0.0),
    "reciprocal-at-zero": lambda: grad(lambda x: 1 / x, 0.0),
    "log-at-zero": lambda: grad(mx.log, 0.0),
    "power-zero-at-zero": lambda: grad(lambda x: x**0.0, 0.0),
    "power-one-at-zero": lambda: grad(lambda x: x**1.0, 0.0),
    "power-two-at-zero": lambda: grad(lambda x: x**2.0, 0.0),
    "power-both-at-zero": lambda: grad(lambda x, y: x**y, 0.0, 0.0),
    "power-base-zero": lambda: grad(lambda x, y: x**y, 0.0, 2.0),
    "power-negative-base": lambda: grad(lambda x, y: x**y, -2.0, 2.0),
    "cube-of-negative": lambda: grad(lambda x: x**3, -2.0),
    "norm-at-zero": lambda: grad(mx.linalg.norm, [0.0, 0.0]),
    "norm-written-out": lambda: grad(lambda x: mx.sqrt(mx.sum(x * x)), [0.0, 0.0]),
    "norm-smoothed": lambda: grad(lambda x: mx.sqrt(mx.sum(x * x) + 1e-12), [0.0, 0.0]),
    "squared-norm-at-zero": lambda: grad(lambda x: mx.linalg.norm(x) ** 2, [0.0, 0.0]),
    "distance-of-equal-points": lambda: grad(
        lambda x: mx.linalg.norm(x - array([1.0, 2.0])), [1.0, 2.0]
    ),
    "nuclear-norm-at-zero": lambda: grad(
        lambda X: mx.linalg.norm(X, "nuc"), [[0.0, 0.0], [0.0, 0.0]]
    ),
    "std-of-constant": lambda: grad(mx.std, [2.0, 2.0]),
    "std-smoothed": lambda: grad(lambda x: mx.sqrt(mx.var(x) + 1e-12), [2.0, 2.0]),
    "var-of-constant": lambda: grad(mx.var, [2.0, 2.0]),
    "cosine-similarity-at-zero": lambda: grad(
        lambda x: nn.losses.cosine_similarity_loss(x, array([1.0, 1.0]), axis=0), [0.0, 0.0]
    ),
    "rsqrt-variance-normalisation": lambda: grad(
        lambda x: mx.fast.layer_norm(x, None, None, 1e-05)[0], [2.0, 2.0]
    ),
    "where-log-at-zero": lambda: grad(lambda x: mx.where(x > 0, mx.log(x), 0.0), 0.0),
    "where-log-safe": lambda: grad(
        lambda x: mx.where(x > 0, mx.log(mx.where(x > 0, x, 1.0)), 0.0), 0.0
    ),
    "where-sqrt-negative": lambda: grad(lambda x: mx.where(x > 0, mx.sqrt(x), 0.0), -1.0),
    "where-sinc-at-zero": lambda: grad(lambda x: mx.where(x == 0, 1.0, mx.sin(x) / x), 0.0),
    "mask-by-product": lambda: grad(lambda x: 0.0 * mx.log(x), 0.0),
    "where-isnan": lambda: grad(lambda x: mx.where(mx.isnan(x), 0.0, x), [1.0, nan, 2.0]),
    "nan-in-max": lambda: grad(mx.max, [1.0, nan]),
    "nan-maximum-value": lambda: [
        mx.maximum(array(nan), array(1.0)),
        mx.maximum(array(1.0), array(nan)),
    ],
    "clip-of-nan": lambda: grad(lambda x: mx.clip(x, 0.0, 1.0), nan),
    "softplus-naive-large": lambda: grad(lambda x: mx.log(1 + mx.exp(x)), 1000.0),
    "softplus-large": lambda: grad(nn.softplus, 1000.0),
    "softplus-safe": lambda: grad(
        lambda x: mx.maximum(x, 0.0) + mx.log1p(mx.exp(-mx.abs(x))), 1000.0
    ),
    "sigmoid-naive-large": lambda: grad(lambda x: 1 / (1 + mx.exp(-x)), -1000.0),
    "sigmoid-large": lambda: grad(mx.sigmoid, -1000.0),
    "elu-large": lambda: grad(nn.elu, 1000.0),
    "logsumexp-naive-large": lambda: grad(lambda x: mx.log(mx.sum(mx.exp(x))), [1000.0, 1000.0]),
    "logsumexp-large": lambda: grad(mx.logsumexp, [1000.0, 1000.0]),
    "logsumexp-one-infinite": lambda: grad(mx.logsumexp, [-inf, 0.0]),
    "logsumexp-all-infinite": lambda: grad(mx.logsumexp, [-inf, -inf]),
    "logsumexp-all-infinite-value": lambda: mx.logsumexp(array([-inf, -inf])),
    "logaddexp-one-infinite": lambda: grad(mx.logaddexp, -inf, 0.0),
    "logcumsumexp-infinite": lambda: grad(lambda x: mx.logcumsumexp(x)[2], [-inf, -inf, 0.0]),
    "log-softmax-large-value": lambda: nn.log_softmax(array([10000.0, 0.0])),
    "log-of-softmax": lambda: grad(lambda x: mx.log(mx.softmax(x))[0], [0.0, 1000.0]),
    "log-softmax-gradient": lambda: grad(lambda x: nn.log_softmax(x)[0], [0.0, 1000.0]),
    "softmax-one-masked": lambda: grad(lambda x: mx.softmax(x)[1], [-inf, 0.0, 0.0]),
    "softmax-all-masked": lambda: grad(lambda x: mx.softmax(x)[0], [-inf, -inf]),
    "prod-one-zero": lambda: grad(mx.prod, [0.0, 2.0, 3.0]),
    "prod-two-zeros": lambda: grad(mx.prod, [0.0, 0.0, 3.0]),
    "prod-written-out": lambda: grad(lambda x: x[0] * x[1] * x[2], [0.0, 2.0, 3.0]),
    "prod-negative": lambda: grad(mx.prod, [-1.0, 2.0, 3.0]),
    "prod-along-axis": lambda: grad(lambda X: mx.prod(X, axis=1), [[0.0, 2.0], [3.0, 4.0]]),
    "prod-hessian": lambda: hessian(mx.prod, [0.0, 2.0, 3.0]),
    "prod-by-logarithms": lambda: grad(lambda x: mx.exp(mx.sum(mx.log(x))), [0.0, 2.0, 3.0]),
    "cumprod-one-zero": lambda: grad(mx.cumprod, [0.0, 2.0, 3.0]),
    "cumprod-two-zeros": lambda: grad(mx.cumprod, [0.0, 0.0, 3.0]),
    "cumprod-written-out": lambda: grad(
        lambda x: x[0] + x[0] * x[1] + x[0] * x[1] * x[2], [0.0, 2.0, 3.0]
    ),
    "square-by-itself": lambda: grad(lambda x: x * x / x, 0.0),
    "sine-by-itself": lambda: grad(lambda x: mx.sin(x) / x, 0.0),
    "zero-times-infinity": lambda: grad(lambda x, y: x * y, 0.0, inf),
    "det-singular": lambda: grad(mx.linalg.det, [[1.0, 2.0], [2.0, 4.0]]),
    "det-written-out": lambda: grad(
        lambda X: X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0], [[1.0, 2.0], [2.0, 4.0]]
    ),
    "det-zero-column": lambda: grad(mx.linalg.det, [[0.0, 1.0], [0.0, 3.0]]),
    "det-corner": lambda: grad(mx.linalg.det, [[1.0, 0.0], [0.0, 0.0]]),
    "det-of-three": lambda: grad(
        mx.linalg.det, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]
    ),
    "det-zero-matrix": lambda: grad(mx.linalg.det, [[0.0, 0.0], [0.0, 0.0]]),
    "det-regular": lambda: grad(mx.linalg.det, [[1.0, 2.0], [3.0, 4.0]]),
    "det-hessian-singular": lambda: matrix_hessian(mx.linalg.det, [[1.0, 2.0], [2.0, 4.0]]),
    "det-hessian-of-ones": lambda: grad(
        lambda X: slope(mx.linalg.det, X)[0, 0], [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]
    ),
    "log-abs-det-negative": lambda: grad(
        lambda X: mx.linalg.slogdet(X)[1], [[1.0, 2.0], [3.0, 4.0]]
    ),
    "log-abs-det-singular": lambda: grad(
        lambda X: mx.linalg.slogdet(X)[1], [[1.0, 2.0], [2.0, 4.0]]
    ),
    "inverse-singular": lambda: grad(mx.linalg.inv, [[1.0, 2.0], [2.0, 4.0]]),
    "solve-singular": lambda: grad(
        lambda b: mx.linalg.solve(array([[1.0, 2.0], [2.0, 4.0]]), b), [1.0, 1.0]
    ),
    "inverse-regular": lambda: grad(lambda X: mx.trace(mx.linalg.inv(X)), [[2.0, 1.0], [0.0, 1.0]]),
    "pinv-of-rank-one": lambda: grad(mx.linalg.pinv, [[1.0, 0.0], [0.0, 0.0]]),
    "cholesky-triangle": lambda: grad(mx.linalg.cholesky, [[4.0, 2.0], [2.0, 5.0]]),
    "cholesky-reads": lambda: mx.linalg.cholesky(array([[4.0, 2.0], [0.0, 5.0]]))[1, 0],
    "cholesky-indefinite": lambda: grad(mx.linalg.cholesky, [[1.0, 2.0], [2.0, 1.0]]),
    "eigh-triangle": lambda: grad(lambda A: mx.linalg.eigvalsh(A)[-1], [[2.0, 1.0], [1.0, 2.0]]),
    "eigh-reads": lambda: mx.linalg.eigvalsh(array([[1.0, 2.0], [0.0, 3.0]]))[-1],
    "eigenvalue-sum-at-identity": lambda: grad(mx.linalg.eigvalsh, [[1.0, 0.0], [0.0, 1.0]]),
    "eigenvectors-at-identity": lambda: grad(
        lambda A: array([[1.0, 2.0], [3.0, 5.0]]) * mx.linalg.eigh(A)[1] ** 2,
        [[1.0, 0.0], [0.0, 1.0]],
    ),
    "eigenvalues-defective": lambda: grad(
        lambda X: mx.real(mx.linalg.eigvals(X)), [[1.0, 1.0], [0.0, 1.0]]
    ),
    "eigenvalue-sum-by-trace": lambda: grad(mx.trace, [[1.0, 1.0], [0.0, 1.0]]),
    "svd-product-at-identity": lambda: grad(svd_product, [[1.0, 0.0], [0.0, 1.0]]),
    "singular-value-sum-at-identity": lambda: grad(
        lambda X: mx.linalg.svd(X, compute_uv=False), [[1.0, 0.0], [0.0, 1.0]]
    ),
    "singular-value-sum-of-rank-one": lambda: grad(
        lambda X: mx.linalg.svd(X, compute_uv=False), [[1.0, 0.0], [0.0, 0.0]]
    ),
    "singular-values-of-zero": lambda: grad(
        lambda X: mx.linalg.svd(X, compute_uv=False), [[0.0, 0.0], [0.0, 0.0]]
    ),
    "squared-singular-values": lambda: grad(
        lambda X: mx.linalg.svd(X, compute_uv=False) ** 2, [[1.0, 0.0], [0.0, 1.0]]
    ),
    "squared-entries": lambda: grad(mx.square, [[1.0, 0.0], [0.0, 1.0]]),
    "spectral-norm": lambda: grad(lambda X: mx.linalg.norm(X, 2), [[2.0, 0.0], [0.0, 1.0]]),
    "qr-square": lambda: grad(lambda X: mx.linalg.qr(X)[1] ** 2, [[1.0, 2.0], [3.0, 4.0]]),
    "qr-wide": lambda: grad(lambda X: mx.linalg.qr(X)[1] ** 2, [[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]),
    "qr-singular": lambda: grad(lambda X: mx.linalg.qr(X)[1] ** 2, [[1.0, 0.0], [2.0, 0.0]]),
    "complex-square": lambda: grad(lambda z: mx.real(z * z), 1 + 2j),
    "complex-square-by-parts": lambda: grad(lambda x, y: x * x - y * y, 1.0, 2.0),
    "complex-power": lambda: grad(lambda z: mx.real(z**2), 1 + 2j),
    "complex-cube": lambda: grad(lambda z: mx.real(z**3), 1 + 2j),
    "complex-exponential": lambda: grad(lambda z: mx.real(mx.exp(z)), 1j),
    "complex-logarithm": lambda: grad(lambda z: mx.real(mx.log(z)), 1 + 2j),
    "complex-reciprocal": lambda: grad(lambda z: mx.real(1 / z), 1 + 1j),
    "complex-imaginary-part": lambda: grad(mx.imag, 1 + 2j),
    "complex-conjugate": lambda: grad(lambda z: mx.real(mx.conj(z) * mx.conj(z)), 1 + 2j),
    "complex-abs-squared": lambda: grad(lambda z: mx.abs(z) ** 2, 1 + 2j),
    "complex-times-conjugate": lambda: grad(lambda z: mx.real(z * mx.conj(z)), 1 + 2j),
    "complex-abs-at-zero": lambda: grad(mx.abs, 0j),
    "complex-sqrt-negative": lambda: grad(lambda z: mx.imag(mx.sqrt(z)), -4 + 0j),
    "complex-output": lambda: output_grad(lambda z: z * z, 1 + 2j),
    "complex-phase-of-real": lambda: grad(
        lambda x: mx.abs(mx.exp(1j * x.astype(mx.complex64))), 0.5
    ),
    "complex-fft": lambda: grad(
        lambda x: mx.abs(mx.fft.fft(x.astype(mx.float32))) ** 2, [1.0, 2.0, 3.0]
    ),
    "asin-at-zero": lambda: grad(mx.arcsin, 0.0),
    "acos-at-zero": lambda: grad(mx.arccos, 0.0),
    "atan-at-zero": lambda: grad(mx.arctan, 0.0),
    "erf-at-zero": lambda: grad(mx.erf, 0.0),
    "tanh-at-zero": lambda: grad(mx.tanh, 0.0),
    "expm1-at-zero": lambda: grad(mx.expm1, 0.0),
    "log1p-at-zero": lambda: grad(mx.log1p, 0.0),
    "asin-at-one": lambda: grad(mx.arcsin, 1.0),
    "acos-at-one": lambda: grad(mx.arccos, 1.0),
    "acosh-at-one": lambda: grad(mx.arccosh, 1.0),
    "atanh-at-one": lambda: grad(mx.arctanh, 1.0),
    "log1p-at-minus-one": lambda: grad(mx.log1p, -1.0),
    "erfinv-at-zero": lambda: grad(mx.erfinv, 0.0),
    "erfinv-at-one": lambda: grad(mx.erfinv, 1.0),
    "xlogy-safe": lambda: grad(lambda x, y: x * mx.log(mx.where(y > 0, y, 1.0)), 0.0, 2.0),
    "atan2-at-origin": lambda: grad(mx.arctan2, 0.0, 0.0),
    "atan2-at-the-cut": lambda: grad(mx.arctan2, 0.0, -1.0),
    "logsigmoid-far-left": lambda: grad(nn.log_sigmoid, -1000.0),
    "gelu-default": lambda: grad(nn.gelu, 1.0),
    "median-of-even-count": lambda: grad(mx.median, [1.0, 4.0, 2.0, 3.0]),
    "median-tie": lambda: grad(mx.median, [2.0, 1.0, 2.0]),
    "sort-tie": lambda: grad(lambda x: mx.sort(x) * array([1.0, 2.0, 3.0]), [2.0, 2.0, 1.0]),
    "top-one-tie": lambda: grad(lambda x: mx.topk(x, 1), [3.0, 3.0]),
    "cummax-tie": lambda: grad(mx.cummax, [1.0, 1.0]),
    "max-pool-tie": lambda: grad(lambda x: nn.MaxPool1d(4)(x[None, :, None]), [1.0, 3.0, 3.0, 2.0]),
    "gather-duplicates": lambda: grad(
        lambda x: x[mx.array([0, 0, 1])] * array([1.0, 2.0, 4.0]), [5.0, 7.0]
    ),
    "gather-negative-index": lambda: grad(lambda x: x[-1], [1.0, 2.0, 3.0]),
    "gather-float16": lambda: grad(
        lambda x: x.astype(mx.float16)[None][mx.zeros(4096, mx.int32)], 1.0
    ),
    "scatter-overwritten": lambda: grad(
        lambda y: assigned(mx.zeros(1, mx.float64), mx.array([0, 0]), y), [1.0, 2.0]
    ),
    "scatter-by-mask": lambda: grad(lambda y: mx.where(mx.array([True]), y[1:], y[:1]), [1.0, 2.0]),
    "scatter-add-duplicates": lambda: grad(
        lambda y: mx.zeros(1, mx.float64).at[mx.array([0, 0])].add(y), [1.0, 2.0]
    ),
    "scatter-distinct": lambda: grad(
        lambda y: assigned(mx.zeros(2, mx.float64), mx.array([1, 0]), y) * array([10.0, 1.0]),
        [1.0, 2.0],
    ),
    "assigned-input": lambda: grad(lambda x: assigned(x, 0, 0.0), [1.0, 2.0]),
    "var-of-one": lambda: grad(lambda x: mx.var(x, ddof=1), [2.0]),
    "cumsum-weighted": lambda: grad(mx.cumsum, [1.0, 2.0, 3.0]),
    "broadcast-sum": lambda: grad(lambda x: x + array([1.0, 2.0, 3.0]), 2.0),
    "argmax-slope": lambda: grad(mx.argmax, [1.0, 2.0]),
    "float-cancellation": lambda: (mx.array(0.5) + 1e8) - 1e8,
    "minus-zero": lambda: 1 / array(-0.0),
    "bce-certain-mistake": lambda: grad(
        lambda p: nn.losses.binary_cross_entropy(p, array([1.0]), with_logits=False), [0.0]
    ),
    "bce-certain-and-right": lambda: grad(
        lambda p: nn.losses.binary_cross_entropy(p, array([1.0]), with_logits=False), [1.0]
    ),
    "bce-written-out": lambda: grad(lambda p: -(1.0 * mx.log(p) + 0.0 * mx.log(1 - p)), 1.0),
    "bce-of-logit": lambda: grad(
        lambda x: nn.losses.binary_cross_entropy(x, array([1.0])), [-1000.0]
    ),
    "bce-of-logit-written-out": lambda: grad(
        lambda x: mx.maximum(-x, 0.0) + mx.log1p(mx.exp(-mx.abs(x))), -1000.0
    ),
    "cross-entropy-masked-target": lambda: grad(
        lambda x: nn.losses.cross_entropy(x, mx.array([0])), [[-inf, 0.0]]
    ),
    "cross-entropy-masked-other": lambda: grad(
        lambda x: nn.losses.cross_entropy(x, mx.array([1])), [[-inf, 0.0]]
    ),
    "cross-entropy-equal": lambda: grad(
        lambda x: nn.losses.cross_entropy(x, mx.array([0])), [[0.0, 0.0]]
    ),
    "kl-zero-target": lambda: grad(
        lambda x: nn.losses.kl_div_loss(x, mx.log(array([0.0, 1.0])), reduction="sum"), [-0.5, -1.0]
    ),
    "kl-by-target-zero": lambda: grad(
        lambda t: nn.losses.kl_div_loss(array([-0.5, -1.0]), mx.log(t), reduction="sum"), [0.0, 1.0]
    ),
    "entropy-of-certain": lambda: grad(lambda p: -mx.sum(p * mx.log(p)), [1.0, 0.0]),
    "l1-loss-at-zero": lambda: grad(lambda x: nn.losses.l1_loss(x, array([1.0])), [1.0]),
    "huber-at-delta": lambda: grad(lambda x: nn.losses.huber_loss(x, array([0.0])), [1.0]),
    "rmse-at-zero": lambda: grad(
        lambda x: mx.sqrt(nn.losses.mse_loss(x, array([1.0, 2.0]))), [1.0, 2.0]
    ),
    "mse-at-zero": lambda: grad(lambda x: nn.losses.mse_loss(x, array([1.0, 2.0])), [1.0, 2.0]),
    "log-cosh-large": lambda: grad(lambda x: mx.log(mx.cosh(x)), 1000.0),
    "cross-entropy-reduction": lambda: grad(
        lambda X: nn.losses.cross_entropy(X, mx.array([0, 0])), [[0.0, 0.0], [0.0, 0.0]]
    ),
    "while-loop": lambda: grad(until_ten, 2.0),
    "counted-loop": lambda: grad(power_by_loop, 1.5),
    "branch-log-at-zero": lambda: grad(lambda x: mx.log(x) if x > 0 else 0.0 * x, 0.0),
    "in-place-square": lambda: grad(squared_in_place, [3.0]),
    "in-place-after-use": lambda: grad(exponential_squared, 0.0),
    "unused-input": lambda: grad(lambda x, y: x * x, 3.0, 5.0),
    "constant-output": lambda: grad(lambda x: array(3.0), 2.0),
    "integer-square": lambda: grad(lambda x: x * x, 3),
    "integer-scaled": lambda: grad(lambda x: 1.5 * x, 3),
    "integer-converted": lambda: grad(lambda x: 1.5 * x, 3.0),
    "conversion-to-integer": lambda: grad(lambda x: x.astype(mx.int32).astype(mx.float64), 2.5),
    "comparison": lambda: grad(lambda x: (x > 0).astype(mx.float64), 2.0),
    "stop-gradient": lambda: grad(lambda x: x * mx.stop_gradient(x), 3.0),
    "straight-through": lambda: grad(lambda x: x + mx.stop_gradient(mx.round(x) - x), 1.25),
    "quotient-by-stopped": lambda: grad(lambda x: x / mx.stop_gradient(x), 0.0),
    "second-derivative-of-cube": lambda: hessian(lambda x: x**3, 2.0),
    "second-derivative-of-linear": lambda: hessian(lambda x: 2 * x, 3.0),
    "hessian-mixed": lambda: hessian(lambda x: x[0] * x[1] ** 2, [1.0, 2.0]),
    "third-derivative": lambda: grad(lambda x: slope(lambda x: slope(mx.sin, x), x), 0.0),
    "gradient-penalty": lambda: grad(lambda x: slope(lambda x: x**3, x) ** 2, 1.0),
    "vector-output": lambda: output_grad(lambda x: x * x, [1.0, 2.0]),
    "equal-scalars": lambda: grad(lambda x, y: x * y, 2.0, 2.0),
    "one-variable-twice": lambda: grad(lambda x: mx.multiply(x, x), 3.0),
    "array-of-variables": lambda: grad(lambda x, y: mx.prod(mx.stack([x, y])), 2.0, 3.0),
    "one-path-stopped": lambda: grad(lambda x: x**2 + mx.stop_gradient(x) ** 2, 3.0),
    "clip-from-below": lambda: grad(lambda x: mx.clip(x, 0.0, None), 0.0),
    "ceil-between": lambda: grad(mx.ceil, 2.5),
    "floor-division": lambda: grad(mx.floor_divide, 7.0, 2.0),
    "remainder-of-divmod": lambda: grad(lambda x, y: mx.divmod(x, y)[1], 7.0, 2.0),
    "nan-first-in-max": lambda: grad(mx.max, [nan, 1.0]),
    "nan-in-max-value": lambda: [mx.max(array([1.0, nan])), mx.max(array([nan, 1.0]))],
    "nan-maximum-gradient": lambda: grad(mx.maximum, nan, 1.0),
    "logcumsumexp-infinite-value": lambda: mx.logcumsumexp(array([-inf, -inf, 0.0])),
    "selu-large": lambda: grad(nn.selu, 1000.0),
    "det-of-ones": lambda: grad(mx.linalg.det, [[1.0, 1.0], [1.0, 1.0]]),
    "inverse-singular-value": lambda: mx.linalg.inv(array([[1.0, 2.0], [2.0, 4.0]])),
    "eigh-unsymmetric": lambda: grad(lambda A: mx.linalg.eigvalsh(A)[-1], [[1.0, 2.0], [0.0, 3.0]]),
    "eigenvectors-without-choice": lambda: grad(
        lambda A: array([[1.0, 2.0], [3.0, 4.0]]) * mx.linalg.eigh(A)[1] ** 2,
        [[1.0, 0.0], [0.0, 1.0]],
    ),
    "svd-null-vector": lambda: grad(
        lambda X: mx.linalg.svd(X)[2][2, 0] ** 2, [[1.0, 2.0, 0.0], [0.0, 1.0, 1.0]]
    ),
    "median-of-even-tie": lambda: grad(mx.median, [1.0, 2.0, 2.0, 4.0]),
    "minus-zero-after-zero": lambda: [array(0.0), 1 / array(-0.0)][1],
    "variance-by-default": lambda: mx.var(array([1.0, 2.0, 3.0])),
    "cross-entropy-masked-value": lambda: nn.losses.cross_entropy(array([-inf, 0.0]), mx.array(0)),
    "bce-certain-mistake-value": lambda: nn.losses.binary_cross_entropy(
        array([0.0]), array([1.0]), with_logits=False
    ),
    "loop-of-given-length": lambda: grad(power_in_steps, 1.5),
    "logsigmoid-far-left-value": lambda: nn.log_sigmoid(array(-1000.0)),
    "sign-at-zero-value": lambda: mx.sign(array(0.0)),
    "squared-norm-by-sum": lambda: grad(lambda x: mx.sum(x * x), [0.0, 0.0]),
    "svd-product-of-three": lambda: grad(
        svd_product_of_three, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    ),
    "cholesky-indefinite-value": lambda: mx.linalg.cholesky(array([[1.0, 2.0], [2.0, 1.0]])),
    "hinge-loss-at-one": lambda: grad(lambda x: nn.losses.hinge_loss(x, array(1.0)), 1.0),
    "quotient-by-stopped-value": lambda: array(0.0) / mx.stop_gradient(array(0.0)),
}

NOT_OFFERED = {
    "fraction-of-a-number": "The library has no fractional part.",
    "cube-root-at-zero": "The library has no cube root.",
    "hypot-at-zero": "The library has no hypot.",
    "normalize-at-zero": "The library has no function that normalises a vector.",
    "boolean-mask": "The library has no selection by a mask of booleans.",
    "nansum": "The library has no nansum.",
    "logdet-negative": "The library has slogdet, and no logdet that could be undefined.",
    "matrix-power-zero": "The library has no power of a matrix.",
    "expm-at-zero": "The library has no exponential of a matrix.",
    "lstsq-by-right-side": "The library has no least squares that can be differentiated.",
    "lstsq-of-rank-one": "The library has no least squares that can be differentiated.",
    "complex-angle": "The library has no angle of a complex number.",
    "complex-angle-at-zero": "The library has no angle of a complex number.",
    "logit-at-zero": "The library has no logit.",
    "entropy-at-zero": "The library has no entropy of an entry.",
    "xlogy-base-two": "The library has no xlogy.",
    "xlogy-at-zero": "The library has no xlogy.",
    "lgamma-at-zero": "The library has no lgamma.",
    "lgamma-negative": "The library has no lgamma.",
    "digamma-at-zero": "The library has no digamma.",
    "polygamma-at-zero": "The library has no polygamma.",
    "zeta-at-two": "The library has no zeta function.",
    "bessel-i0-at-zero": "The library has no Bessel function I0.",
    "bessel-i1-at-zero": "The library has no Bessel function I1.",
    "bessel-i1e-at-zero": "The library has no scaled Bessel function I1.",
    "bessel-j0-at-zero": "The library has no Bessel function J0.",
    "sinc-at-zero": "The library has no sinc.",
    "sinc-second-derivative": "The library has no sinc.",
    "gammainc-at-zero": "The library has no incomplete gamma function.",
    "log-ndtr-far-left": "The library has no logarithm of the normal distribution function.",
    "interpolation-at-knot": "The library has no interpolation in a table.",
    "gather-out-of-range": "An index out of range is undefined by its documentation.",
    "quantile-at-entry": "The library has no quantile.",
    "mean-of-nothing": "The library has no selection by a mask of booleans.",
    "poisson-zero-rate": "The library has no Poisson loss.",
    "backward-twice": "A gradient is a function of it here; there is no sweep to repeat.",
    "gradients-accumulate": "Gradients are returned here; there is nowhere for them to add up.",
    "det-singular-with-graph": "A gradient to be differentiated again is asked for in no other way here.",
    "gather-out-of-range-value": "An index out of range is undefined by its documentation.",
}
