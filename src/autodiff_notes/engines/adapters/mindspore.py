"""MindSpore, as its users write it: functions of tensors, and mindspore.grad."""

import mindspore
import mindspore.scipy.linalg
from mindspore import Tensor, mint, ops

TITLE = "MindSpore"
DISTRIBUTION = "mindspore"
REQUIRES = ("mindspore==2.10.0", "numpy==1.26.4")
HOMEPAGE = "https://www.mindspore.cn/docs/en/master/index.html"
DOCUMENTED = {
    "variance-by-default": "https://www.mindspore.cn/docs/en/master/api_python/ops/mindspore.ops.var.html",
    "gelu-default": "https://www.mindspore.cn/docs/en/master/api_python/ops/mindspore.ops.gelu.html",
}
LIMIT = 120.0

inf, nan = float("inf"), float("nan")


KINDS = {int: mindspore.int32, complex: mindspore.complex128}


def tensor(x, kind=mindspore.float64):
    """Return x in double precision, unless it is an integer or complex."""
    return Tensor(x, KINDS.get(type(x), kind))


def grad(f, *point, kind=mindspore.float64):
    """Return the gradients of the sum of f; some functions ask for the default, float32."""
    every = 0 if len(point) == 1 else tuple(range(len(point)))
    xs = [tensor(x, kind) for x in point]
    return mindspore.grad(lambda *xs: f(*xs).sum(), every)(*xs)


def hessian(f, point):
    """Return the second derivatives of f: the gradient of each entry of its gradient."""
    gradient = mindspore.grad(f)
    if isinstance(point, float):
        return mindspore.grad(gradient)(tensor(point))
    return [entry_grad(gradient, unit, point) for unit in ops.eye(len(point))]


def matrix_hessian(f, point):
    """Return the second derivatives of f of a matrix, a row for each entry of its gradient."""
    units = [unit.reshape(2, 2) for unit in ops.eye(4)]
    return [entry_grad(mindspore.grad(f), unit, point).flatten() for unit in units]


def entry_grad(f, unit, point):
    """Return the gradient of a weighted sum of the entries of f."""
    return mindspore.grad(lambda x: (f(x) * unit).sum())(tensor(point))


def slope(f, x):
    """Return the gradient of f, of which one more can be taken."""
    return mindspore.grad(f)(x)


def output_grad(f, point):
    """Return the gradient of an output that is no real number, as it is given."""
    return mindspore.grad(f)(tensor(point))


def svd_product(X):
    """Return the weighted entries of U S V^T."""
    s, u, v = ops.svd(X)
    return tensor([[1.0, 2.0], [3.0, 4.0]]) * (u @ ops.diag(s) @ v.T)


def assigned(q, where, y):
    """Return q with y written at some of its entries."""
    q[where] = y
    return q


def squared_in_place(x):
    """Return x, squared in place."""
    x[0] = x[0] * x[0]
    return x


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
    s, u, v = ops.svd(X)
    return tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]) * (u @ ops.diag(s) @ v.T)


ANSWERS = {
    "abs-at-zero": lambda: grad(ops.abs, 0.0),
    "abs-at-minus-zero": lambda: grad(ops.abs, -0.0),
    "sqrt-of-square": lambda: grad(lambda x: ops.sqrt(x * x), 0.0),
    "abs-times-x": lambda: grad(lambda x: x * ops.abs(x), 0.0),
    "relu-at-zero": lambda: grad(ops.relu, 0.0),
    "maximum-with-zero": lambda: grad(lambda x: ops.maximum(x, tensor(0.0)), 0.0),
    "where-positive": lambda: grad(lambda x: ops.where(x > 0, x, tensor(0.0)), 0.0),
    "relu-difference": lambda: grad(lambda x: ops.relu(x) - ops.relu(-x), 0.0),
    "relu-difference-by-abs": lambda: grad(
        lambda x: (x + ops.abs(x)) / 2 - (ops.abs(x) - x) / 2, 0.0
    ),
    "maximum-tie": lambda: grad(ops.maximum, 2.0, 2.0),
    "minimum-tie": lambda: grad(ops.minimum, 2.0, 2.0),
    "maximum-of-itself": lambda: grad(lambda x: ops.maximum(x, x), 2.0),
    "max-of-vector-tie": lambda: grad(ops.amax, [1.0, 3.0, 3.0]),
    "max-of-three-tie": lambda: grad(ops.amax, [3.0, 3.0, 3.0]),
    "max-along-axis-tie": lambda: grad(lambda X: ops.amax(X, axis=1), [[1.0, 3.0, 3.0]]),
    "clip-at-lower-bound": lambda: grad(lambda x: ops.clamp(x, 0.0, 1.0), 0.0),
    "clip-at-upper-bound": lambda: grad(lambda x: ops.clamp(x, 0.0, 1.0), 1.0),
    "leaky-relu-at-zero": lambda: grad(lambda x: ops.leaky_relu(x, 0.2), 0.0),
    "relu6-at-six": lambda: grad(ops.relu6, 6.0, kind=mindspore.float32),
    "hardtanh-at-one": lambda: grad(ops.hardtanh, 1.0),
    "hardswish-at-three": lambda: grad(ops.hardswish, 3.0),
    "elu-at-zero": lambda: grad(ops.elu, 0.0),
    "celu-at-zero": lambda: grad(ops.celu, 0.0),
    "selu-at-zero": lambda: grad(ops.selu, 0.0),
    "hinge-at-one": lambda: grad(lambda x: ops.maximum(tensor(0.0), 1 - x), 1.0),
    "softshrink-at-bound": lambda: grad(ops.softshrink, 0.5, kind=mindspore.float32),
    "one-norm-with-zero": lambda: grad(
        lambda x: ops.norm(x, ord=1), [0.0, 1.0], kind=mindspore.float32
    ),
    "inf-norm-tie": lambda: grad(lambda x: ops.norm(x, ord=inf), [2.0, 2.0]),
    "sign-at-zero": lambda: grad(ops.sign, 0.0),
    "floor-between": lambda: grad(ops.floor, 2.5),
    "round-between": lambda: grad(ops.round, 1.25),
    "mod-by-both": lambda: grad(ops.remainder, 7.0, 2.0),
    "mod-written-out": lambda: grad(lambda x, y: x - y * ops.floor(x / y), 7.0, 2.0),
    "fraction-of-a-number": lambda: grad(ops.frac, 2.5),
    "relu-second-derivative": lambda: hessian(ops.relu, 0.0),
    "abs-second-derivative": lambda: hessian(ops.abs, 0.0),
    "sqrt-at-zero": lambda: grad(ops.sqrt, 0.0),
    "power-half-at-zero": lambda: grad(lambda x: x**0.5, 0.0),
    "x-times-sqrt": lambda: grad(lambda x: x * ops.sqrt(x), 0.0),
    "power-three-halves": lambda: grad(lambda x: x**1.5, 0.0),
    "reciprocal-sqrt-at-zero": lambda: grad(ops.rsqrt, 0.0),
    "reciprocal-at-zero": lambda: grad(lambda x: 1 / x, 0.0),
    "log-at-zero": lambda: grad(ops.log, 0.0),
    "power-zero-at-zero": lambda: grad(lambda x: x**0.0, 0.0),
    "power-one-at-zero": lambda: grad(lambda x: x**1.0, 0.0),
    "power-two-at-zero": lambda: grad(lambda x: x**2.0, 0.0),
    "power-both-at-zero": lambda: grad(lambda x, y: x**y, 0.0, 0.0),
    "power-base-zero": lambda: grad(lambda x, y: x**y, 0.0, 2.0),
    "power-negative-base": lambda: grad(lambda x, y: x**y, -2.0, 2.0),
    "cube-of-negative": lambda: grad(lambda x: x**3, -2.0),
    "norm-at-zero": lambda: grad(ops.norm, [0.0, 0.0]),
    "norm-written-out": lambda: grad(lambda x: ops.sqrt(ops.sum(x * x)), [0.0, 0.0]),
    "norm-smoothed": lambda: grad(lambda x: ops.sqrt(ops.sum(x * x) + 1e-12), [0.0, 0.0]),
    "squared-norm-at-zero": lambda: grad(lambda x: ops.norm(x) ** 2, [0.0, 0.0]),
    "distance-of-equal-points": lambda: grad(
        lambda x: ops.norm(x - tensor([1.0, 2.0])), [1.0, 2.0]
    ),
    "hypot-at-zero": lambda: grad(ops.hypot, 0.0, 0.0),
    "nuclear-norm-at-zero": lambda: grad(
        lambda X: ops.norm(X, ord="nuc"), [[0.0, 0.0], [0.0, 0.0]]
    ),
    "std-of-constant": lambda: grad(lambda x: ops.std(x, ddof=0), [2.0, 2.0]),
    "std-smoothed": lambda: grad(lambda x: ops.sqrt(ops.var(x, ddof=0) + 1e-12), [2.0, 2.0]),
    "var-of-constant": lambda: grad(lambda x: ops.var(x, ddof=0), [2.0, 2.0]),
    "normalize-at-zero": lambda: grad(lambda x: ops.L2Normalize()(x)[0], [0.0, 0.0]),
    "cosine-similarity-at-zero": lambda: grad(
        lambda x: ops.cosine_similarity(x, tensor([1.0, 1.0], mindspore.float32), dim=0),
        [0.0, 0.0],
        kind=mindspore.float32,
    ),
    "rsqrt-variance-normalisation": lambda: grad(
        lambda x: mint.nn.functional.layer_norm(x, (2,))[0], [2.0, 2.0], kind=mindspore.float32
    ),
    "where-log-at-zero": lambda: grad(lambda x: ops.where(x > 0, ops.log(x), tensor(0.0)), 0.0),
    "where-log-safe": lambda: grad(
        lambda x: ops.where(x > 0, ops.log(ops.where(x > 0, x, tensor(1.0))), tensor(0.0)), 0.0
    ),
    "where-sqrt-negative": lambda: grad(lambda x: ops.where(x > 0, ops.sqrt(x), tensor(0.0)), -1.0),
    "where-sinc-at-zero": lambda: grad(
        lambda x: ops.where(x == 0, tensor(1.0), ops.sin(x) / x), 0.0
    ),
    "mask-by-product": lambda: grad(lambda x: 0.0 * ops.log(x), 0.0),
    "boolean-mask": lambda: grad(lambda x: ops.masked_select(x, x > 0), [1.0, -2.0, 3.0]),
    "where-isnan": lambda: grad(lambda x: ops.where(ops.isnan(x), tensor(0.0), x), [1.0, nan, 2.0]),
    "nansum": lambda: grad(ops.nansum, [1.0, nan, 2.0]),
    "nan-in-max": lambda: grad(ops.amax, [1.0, nan]),
    "nan-maximum-value": lambda: [
        ops.maximum(tensor(nan), tensor(1.0)),
        ops.maximum(tensor(1.0), tensor(nan)),
    ],
    "clip-of-nan": lambda: grad(lambda x: ops.clamp(x, 0.0, 1.0), nan),
    "softplus-naive-large": lambda: grad(lambda x: ops.log(1 + ops.exp(x)), 1000.0),
    "softplus-large": lambda: grad(ops.softplus, 1000.0, kind=mindspore.float32),
    "softplus-safe": lambda: grad(
        lambda x: ops.maximum(x, tensor(0.0)) + ops.log1p(ops.exp(-ops.abs(x))), 1000.0
    ),
    "sigmoid-naive-large": lambda: grad(lambda x: 1 / (1 + ops.exp(-x)), -1000.0),
    "sigmoid-large": lambda: grad(ops.sigmoid, -1000.0),
    "elu-large": lambda: grad(ops.elu, 1000.0),
    "logsumexp-naive-large": lambda: grad(lambda x: ops.log(ops.sum(ops.exp(x))), [1000.0, 1000.0]),
    "logsumexp-large": lambda: grad(lambda x: ops.logsumexp(x, 0), [1000.0, 1000.0]),
    "logsumexp-one-infinite": lambda: grad(lambda x: ops.logsumexp(x, 0), [-inf, 0.0]),
    "logsumexp-all-infinite": lambda: grad(lambda x: ops.logsumexp(x, 0), [-inf, -inf]),
    "logsumexp-all-infinite-value": lambda: ops.logsumexp(tensor([-inf, -inf]), 0),
    "logaddexp-one-infinite": lambda: grad(ops.logaddexp, -inf, 0.0),
    "logcumsumexp-infinite": lambda: grad(lambda x: ops.logcumsumexp(x, 0)[2], [-inf, -inf, 0.0]),
    "log-softmax-large-value": lambda: ops.log_softmax(tensor([10000.0, 0.0]), axis=0),
    "log-of-softmax": lambda: grad(lambda x: ops.log(ops.softmax(x, axis=0))[0], [0.0, 1000.0]),
    "log-softmax-gradient": lambda: grad(lambda x: ops.log_softmax(x, axis=0)[0], [0.0, 1000.0]),
    "softmax-one-masked": lambda: grad(lambda x: ops.softmax(x, axis=0)[1], [-inf, 0.0, 0.0]),
    "softmax-all-masked": lambda: grad(lambda x: ops.softmax(x, axis=0)[0], [-inf, -inf]),
    "prod-one-zero": lambda: grad(ops.prod, [0.0, 2.0, 3.0]),
    "prod-two-zeros": lambda: grad(ops.prod, [0.0, 0.0, 3.0]),
    "prod-written-out": lambda: grad(lambda x: x[0] * x[1] * x[2], [0.0, 2.0, 3.0]),
    "prod-negative": lambda: grad(ops.prod, [-1.0, 2.0, 3.0]),
    "prod-along-axis": lambda: grad(lambda X: ops.prod(X, axis=1), [[0.0, 2.0], [3.0, 4.0]]),
    "prod-hessian": lambda: hessian(ops.prod, [0.0, 2.0, 3.0]),
    "prod-by-logarithms": lambda: grad(lambda x: ops.exp(ops.sum(ops.log(x))), [0.0, 2.0, 3.0]),
    "cumprod-one-zero": lambda: grad(lambda x: ops.cumprod(x, 0), [0.0, 2.0, 3.0]),
    "cumprod-two-zeros": lambda: grad(lambda x: ops.cumprod(x, 0), [0.0, 0.0, 3.0]),
    "cumprod-written-out": lambda: grad(
        lambda x: x[0] + x[0] * x[1] + x[0] * x[1] * x[2], [0.0, 2.0, 3.0]
    ),
    "square-by-itself": lambda: grad(lambda x: x * x / x, 0.0),
    "sine-by-itself": lambda: grad(lambda x: ops.sin(x) / x, 0.0),
    "zero-times-infinity": lambda: grad(lambda x, y: x * y, 0.0, inf),
    "det-singular": lambda: grad(ops.det, [[1.0, 2.0], [2.0, 4.0]]),
    "det-written-out": lambda: grad(
        lambda X: X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0], [[1.0, 2.0], [2.0, 4.0]]
    ),
    "det-zero-column": lambda: grad(ops.det, [[0.0, 1.0], [0.0, 3.0]]),
    "det-corner": lambda: grad(ops.det, [[1.0, 0.0], [0.0, 0.0]]),
    "det-of-three": lambda: grad(ops.det, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]),
    "det-zero-matrix": lambda: grad(ops.det, [[0.0, 0.0], [0.0, 0.0]]),
    "det-regular": lambda: grad(ops.det, [[1.0, 2.0], [3.0, 4.0]]),
    "det-hessian-singular": lambda: matrix_hessian(ops.det, [[1.0, 2.0], [2.0, 4.0]]),
    "det-hessian-of-ones": lambda: grad(
        lambda X: slope(ops.det, X)[0, 0], [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]
    ),
    "log-abs-det-negative": lambda: grad(lambda X: ops.slogdet(X)[1], [[1.0, 2.0], [3.0, 4.0]]),
    "logdet-negative": lambda: grad(ops.logdet, [[1.0, 2.0], [3.0, 4.0]]),
    "log-abs-det-singular": lambda: grad(lambda X: ops.slogdet(X)[1], [[1.0, 2.0], [2.0, 4.0]]),
    "inverse-singular": lambda: grad(ops.inverse, [[1.0, 2.0], [2.0, 4.0]]),
    "inverse-regular": lambda: grad(lambda X: ops.trace(ops.inverse(X)), [[2.0, 1.0], [0.0, 1.0]]),
    "pinv-of-rank-one": lambda: grad(ops.pinv, [[1.0, 0.0], [0.0, 0.0]]),
    "matrix-power-zero": lambda: grad(lambda X: ops.matrix_power(X, 0), [[1.0, 2.0], [2.0, 4.0]]),
    "expm-at-zero": lambda: grad(ops.matrix_exp, [[0.0, 0.0], [0.0, 0.0]]),
    "cholesky-triangle": lambda: grad(ops.cholesky, [[4.0, 2.0], [2.0, 5.0]]),
    "cholesky-reads": lambda: ops.cholesky(tensor([[4.0, 2.0], [0.0, 5.0]]))[1, 0],
    "cholesky-indefinite": lambda: grad(ops.cholesky, [[1.0, 2.0], [2.0, 1.0]]),
    "eigh-triangle": lambda: grad(
        lambda A: mindspore.scipy.linalg.eigh(A, eigvals_only=True)[-1], [[2.0, 1.0], [1.0, 2.0]]
    ),
    "eigh-reads": lambda: mindspore.scipy.linalg.eigh(
        tensor([[1.0, 2.0], [0.0, 3.0]]), eigvals_only=True
    )[-1],
    "eigenvalue-sum-at-identity": lambda: grad(
        lambda A: mindspore.scipy.linalg.eigh(A, eigvals_only=True), [[1.0, 0.0], [0.0, 1.0]]
    ),
    "eigenvectors-at-identity": lambda: grad(
        lambda A: tensor([[1.0, 2.0], [3.0, 5.0]]) * mindspore.scipy.linalg.eigh(A)[1] ** 2,
        [[1.0, 0.0], [0.0, 1.0]],
    ),
    "eigenvalues-defective": lambda: grad(
        lambda X: ops.real(ops.eigvals(X)), [[1.0, 1.0], [0.0, 1.0]]
    ),
    "eigenvalue-sum-by-trace": lambda: grad(ops.trace, [[1.0, 1.0], [0.0, 1.0]]),
    "svd-product-at-identity": lambda: grad(svd_product, [[1.0, 0.0], [0.0, 1.0]]),
    "singular-value-sum-at-identity": lambda: grad(
        lambda X: ops.svd(X, compute_uv=False), [[1.0, 0.0], [0.0, 1.0]]
    ),
    "singular-value-sum-of-rank-one": lambda: grad(
        lambda X: ops.svd(X, compute_uv=False), [[1.0, 0.0], [0.0, 0.0]]
    ),
    "singular-values-of-zero": lambda: grad(
        lambda X: ops.svd(X, compute_uv=False), [[0.0, 0.0], [0.0, 0.0]]
    ),
    "squared-singular-values": lambda: grad(
        lambda X: ops.svd(X, compute_uv=False) ** 2, [[1.0, 0.0], [0.0, 1.0]]
    ),
    "squared-entries": lambda: grad(ops.square, [[1.0, 0.0], [0.0, 1.0]]),
    "spectral-norm": lambda: grad(lambda X: ops.norm(X, ord=2), [[2.0, 0.0], [0.0, 1.0]]),
    "qr-square": lambda: grad(lambda X: ops.qr(X)[1] ** 2, [[1.0, 2.0], [3.0, 4.0]]),
    "qr-wide": lambda: grad(lambda X: ops.qr(X)[1] ** 2, [[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]),
    "qr-singular": lambda: grad(lambda X: ops.qr(X)[1] ** 2, [[1.0, 0.0], [2.0, 0.0]]),
    "lstsq-by-right-side": lambda: grad(
        lambda b: ops.lstsq(b[:, None], tensor([[1.0, 0.0], [0.0, 2.0], [0.0, 0.0]])),
        [1.0, 2.0, 3.0],
    ),
    "complex-square": lambda: grad(lambda z: ops.real(z * z), 1 + 2j),
    "complex-square-by-parts": lambda: grad(lambda x, y: x * x - y * y, 1.0, 2.0),
    "complex-power": lambda: grad(lambda z: ops.real(z**2), 1 + 2j),
    "complex-cube": lambda: grad(lambda z: ops.real(z**3), 1 + 2j),
    "complex-exponential": lambda: grad(lambda z: ops.real(ops.exp(z)), 1j),
    "complex-logarithm": lambda: grad(lambda z: ops.real(ops.log(z)), 1 + 2j),
    "complex-reciprocal": lambda: grad(lambda z: ops.real(1 / z), 1 + 1j),
    "complex-imaginary-part": lambda: grad(ops.imag, 1 + 2j),
    "complex-conjugate": lambda: grad(lambda z: ops.real(ops.conj(z) * ops.conj(z)), 1 + 2j),
    "complex-abs-squared": lambda: grad(lambda z: ops.abs(z) ** 2, 1 + 2j),
    "complex-times-conjugate": lambda: grad(lambda z: ops.real(z * ops.conj(z)), 1 + 2j),
    "complex-abs-at-zero": lambda: grad(ops.abs, 0j),
    "complex-angle": lambda: grad(ops.angle, 1 + 2j),
    "complex-angle-at-zero": lambda: grad(ops.angle, 0j),
    "complex-sqrt-negative": lambda: grad(lambda z: ops.imag(ops.sqrt(z)), -4 + 0j),
    "complex-output": lambda: output_grad(lambda z: z * z, 1 + 2j),
    "complex-phase-of-real": lambda: grad(lambda x: ops.abs(ops.polar(tensor(1.0), x)), 0.5),
    "complex-fft": lambda: grad(lambda x: ops.abs(ops.fft(x)) ** 2, [1.0, 2.0, 3.0]),
    "asin-at-zero": lambda: grad(ops.asin, 0.0),
    "acos-at-zero": lambda: grad(ops.acos, 0.0),
    "atan-at-zero": lambda: grad(ops.atan, 0.0),
    "erf-at-zero": lambda: grad(ops.erf, 0.0),
    "tanh-at-zero": lambda: grad(ops.tanh, 0.0),
    "expm1-at-zero": lambda: grad(ops.expm1, 0.0),
    "log1p-at-zero": lambda: grad(ops.log1p, 0.0),
    "asin-at-one": lambda: grad(ops.asin, 1.0),
    "acos-at-one": lambda: grad(ops.acos, 1.0),
    "acosh-at-one": lambda: grad(ops.acosh, 1.0),
    "atanh-at-one": lambda: grad(ops.atanh, 1.0),
    "log1p-at-minus-one": lambda: grad(ops.log1p, -1.0),
    "logit-at-zero": lambda: grad(ops.logit, 0.0),
    "erfinv-at-zero": lambda: grad(ops.erfinv, 0.0),
    "erfinv-at-one": lambda: grad(ops.erfinv, 1.0),
    "xlogy-base-two": lambda: grad(ops.xlogy, 0.0, 2.0),
    "xlogy-at-zero": lambda: grad(ops.xlogy, 0.0, 0.0),
    "xlogy-safe": lambda: grad(
        lambda x, y: x * ops.log(ops.where(y > 0, y, tensor(1.0))), 0.0, 2.0
    ),
    "lgamma-at-zero": lambda: grad(ops.lgamma, 0.0),
    "lgamma-negative": lambda: grad(ops.lgamma, -0.5),
    "digamma-at-zero": lambda: grad(ops.digamma, 0.0),
    "polygamma-at-zero": lambda: grad(lambda x: ops.polygamma(Tensor(1), x), 0.0),
    "zeta-at-two": lambda: grad(lambda x: ops.zeta(x, tensor(1.0)), 2.0),
    "bessel-i0-at-zero": lambda: grad(ops.bessel_i0, 0.0),
    "bessel-i1-at-zero": lambda: grad(ops.bessel_i1, 0.0),
    "bessel-i1e-at-zero": lambda: grad(ops.bessel_i1e, 0.0),
    "bessel-j0-at-zero": lambda: grad(ops.bessel_j0, 0.0),
    "sinc-at-zero": lambda: grad(ops.sinc, 0.0),
    "sinc-second-derivative": lambda: hessian(ops.sinc, 0.0),
    "gammainc-at-zero": lambda: grad(lambda x: ops.igamma(tensor(1.0), x), 0.0),
    "atan2-at-origin": lambda: grad(ops.atan2, 0.0, 0.0),
    "atan2-at-the-cut": lambda: grad(ops.atan2, 0.0, -1.0),
    "logsigmoid-far-left": lambda: grad(ops.logsigmoid, -1000.0),
    "gelu-default": lambda: grad(ops.gelu, 1.0),
    "median-of-even-count": lambda: grad(lambda x: ops.median(x)[0], [1.0, 4.0, 2.0, 3.0]),
    "median-tie": lambda: grad(lambda x: ops.median(x)[0], [2.0, 1.0, 2.0]),
    "sort-tie": lambda: grad(lambda x: ops.sort(x)[0] * tensor([1.0, 2.0, 3.0]), [2.0, 2.0, 1.0]),
    "top-one-tie": lambda: grad(lambda x: ops.topk(x, 1)[0], [3.0, 3.0]),
    "cummax-tie": lambda: grad(lambda x: ops.cummax(x, 0)[0], [1.0, 1.0], kind=mindspore.float32),
    "max-pool-tie": lambda: grad(
        lambda x: ops.max_pool2d(x.reshape(1, 1, 1, 4), (1, 4)), [1.0, 3.0, 3.0, 2.0]
    ),
    "gather-duplicates": lambda: grad(
        lambda x: ops.gather(x, Tensor([0, 0, 1]), 0) * tensor([1.0, 2.0, 4.0]), [5.0, 7.0]
    ),
    "gather-negative-index": lambda: grad(lambda x: x[-1], [1.0, 2.0, 3.0]),
    "gather-out-of-range": lambda: grad(lambda x: ops.gather(x, Tensor([0, 5]), 0), [1.0, 20.0]),
    "gather-float16": lambda: grad(
        lambda x: ops.gather(
            x.astype(mindspore.float16).reshape(1), ops.zeros(4096, mindspore.int32), 0
        ),
        1.0,
    ),
    "scatter-overwritten": lambda: grad(
        lambda y: assigned(ops.zeros(1, mindspore.float64), Tensor([0, 0]), y), [1.0, 2.0]
    ),
    "scatter-by-mask": lambda: grad(lambda y: ops.where(Tensor([True]), y[1:], y[:1]), [1.0, 2.0]),
    "scatter-add-duplicates": lambda: grad(
        lambda y: ops.index_add(
            ops.zeros(1, mindspore.float64), Tensor([0, 0], mindspore.int32), y, 0
        ),
        [1.0, 2.0],
    ),
    "scatter-distinct": lambda: grad(
        lambda y: (
            assigned(ops.zeros(2, mindspore.float64), Tensor([1, 0]), y) * tensor([10.0, 1.0])
        ),
        [1.0, 2.0],
    ),
    "assigned-input": lambda: grad(lambda x: assigned(x.copy(), 0, 0.0), [1.0, 2.0]),
    "quantile-at-entry": lambda: grad(
        lambda x: ops.quantile(x, 0.25), [1.0, 5.0, 2.0, 4.0, 3.0], kind=mindspore.float32
    ),
    "mean-of-nothing": lambda: grad(lambda x: ops.mean(ops.masked_select(x, x > 9)), [1.0, 2.0]),
    "var-of-one": lambda: grad(lambda x: ops.var(x, ddof=1), [2.0]),
    "cumsum-weighted": lambda: grad(lambda x: ops.cumsum(x, 0), [1.0, 2.0, 3.0]),
    "broadcast-sum": lambda: grad(lambda x: x + tensor([1.0, 2.0, 3.0]), 2.0),
    "argmax-slope": lambda: grad(ops.argmax, [1.0, 2.0]),
    "float-cancellation": lambda: (tensor(0.5, mindspore.float32) + 1e8) - 1e8,
    "minus-zero": lambda: 1 / tensor(-0.0),
    "bce-certain-mistake": lambda: grad(
        lambda p: ops.binary_cross_entropy(p, tensor([1.0], mindspore.float32)),
        [0.0],
        kind=mindspore.float32,
    ),
    "bce-certain-and-right": lambda: grad(
        lambda p: ops.binary_cross_entropy(p, tensor([1.0], mindspore.float32)),
        [1.0],
        kind=mindspore.float32,
    ),
    "bce-written-out": lambda: grad(lambda p: -(1.0 * ops.log(p) + 0.0 * ops.log(1 - p)), 1.0),
    "bce-of-logit": lambda: grad(
        lambda x: ops.binary_cross_entropy_with_logits(x, ops.ones(1), ops.ones(1), ops.ones(1)),
        [-1000.0],
        kind=mindspore.float32,
    ),
    "bce-of-logit-written-out": lambda: grad(
        lambda x: ops.maximum(-x, tensor(0.0)) + ops.log1p(ops.exp(-ops.abs(x))), -1000.0
    ),
    "cross-entropy-masked-target": lambda: grad(
        lambda x: ops.cross_entropy(x, Tensor([0], mindspore.int32)), [[-inf, 0.0]]
    ),
    "cross-entropy-masked-other": lambda: grad(
        lambda x: ops.cross_entropy(x, Tensor([1], mindspore.int32)), [[-inf, 0.0]]
    ),
    "cross-entropy-equal": lambda: grad(
        lambda x: ops.cross_entropy(x, Tensor([0], mindspore.int32)), [[0.0, 0.0]]
    ),
    "kl-zero-target": lambda: grad(
        lambda x: ops.kl_div(x, tensor([0.0, 1.0]), reduction="sum"), [-0.5, -1.0]
    ),
    "kl-by-target-zero": lambda: grad(
        lambda t: ops.kl_div(tensor([-0.5, -1.0]), t, reduction="sum"), [0.0, 1.0]
    ),
    "entropy-of-certain": lambda: grad(lambda p: -ops.sum(p * ops.log(p)), [1.0, 0.0]),
    "l1-loss-at-zero": lambda: grad(lambda x: ops.l1_loss(x, tensor([1.0])), [1.0]),
    "huber-at-delta": lambda: grad(lambda x: ops.huber_loss(x, tensor([0.0])), [1.0]),
    "rmse-at-zero": lambda: grad(
        lambda x: ops.sqrt(ops.mse_loss(x, tensor([1.0, 2.0]))), [1.0, 2.0]
    ),
    "mse-at-zero": lambda: grad(lambda x: ops.mse_loss(x, tensor([1.0, 2.0])), [1.0, 2.0]),
    "log-cosh-large": lambda: grad(lambda x: ops.log(ops.cosh(x)), 1000.0),
    "cross-entropy-reduction": lambda: grad(
        lambda X: ops.cross_entropy(X, Tensor([0, 0], mindspore.int32)), [[0.0, 0.0], [0.0, 0.0]]
    ),
    "while-loop": lambda: grad(until_ten, 2.0),
    "counted-loop": lambda: grad(power_by_loop, 1.5),
    "branch-log-at-zero": lambda: grad(lambda x: ops.log(x) if x > 0 else 0.0 * x, 0.0),
    "in-place-square": lambda: grad(lambda x: squared_in_place(x.copy()), [3.0]),
    "unused-input": lambda: grad(lambda x, y: x * x, 3.0, 5.0),
    "constant-output": lambda: grad(lambda x: tensor(3.0), 2.0),
    "integer-square": lambda: grad(lambda x: x * x, 3),
    "integer-scaled": lambda: grad(lambda x: 1.5 * x, 3),
    "integer-converted": lambda: grad(lambda x: 1.5 * x, 3.0),
    "conversion-to-integer": lambda: grad(
        lambda x: x.astype(mindspore.int64).astype(mindspore.float64), 2.5
    ),
    "comparison": lambda: grad(lambda x: (x > 0).astype(mindspore.float64), 2.0),
    "stop-gradient": lambda: grad(lambda x: x * ops.stop_gradient(x), 3.0),
    "straight-through": lambda: grad(lambda x: x + ops.stop_gradient(ops.round(x) - x), 1.25),
    "quotient-by-stopped": lambda: grad(lambda x: x / ops.stop_gradient(x), 0.0),
    "second-derivative-of-cube": lambda: hessian(lambda x: x**3, 2.0),
    "second-derivative-of-linear": lambda: hessian(lambda x: 2 * x, 3.0),
    "hessian-mixed": lambda: hessian(lambda x: x[0] * x[1] ** 2, [1.0, 2.0]),
    "third-derivative": lambda: grad(lambda x: slope(lambda x: slope(ops.sin, x), x), 0.0),
    "gradient-penalty": lambda: grad(lambda x: slope(lambda x: x**3, x) ** 2, 1.0),
    "vector-output": lambda: output_grad(lambda x: x * x, [1.0, 2.0]),
    "equal-scalars": lambda: grad(lambda x, y: x * y, 2.0, 2.0),
    "one-variable-twice": lambda: grad(lambda x: ops.mul(x, x), 3.0),
    "array-of-variables": lambda: grad(lambda x, y: ops.prod(ops.stack([x, y])), 2.0, 3.0),
    "one-path-stopped": lambda: grad(lambda x: x**2 + ops.stop_gradient(x) ** 2, 3.0),
    "clip-from-below": lambda: grad(lambda x: ops.clamp(x, min=0.0), 0.0),
    "ceil-between": lambda: grad(ops.ceil, 2.5),
    "floor-division": lambda: grad(ops.floor_div, 7.0, 2.0),
    "nan-first-in-max": lambda: grad(ops.amax, [nan, 1.0]),
    "nan-in-max-value": lambda: [ops.amax(tensor([1.0, nan])), ops.amax(tensor([nan, 1.0]))],
    "nan-maximum-gradient": lambda: grad(ops.maximum, nan, 1.0),
    "logcumsumexp-infinite-value": lambda: ops.logcumsumexp(tensor([-inf, -inf, 0.0]), 0),
    "selu-large": lambda: grad(ops.selu, 1000.0),
    "det-of-ones": lambda: grad(ops.det, [[1.0, 1.0], [1.0, 1.0]]),
    "inverse-singular-value": lambda: ops.inverse(tensor([[1.0, 2.0], [2.0, 4.0]])),
    "eigh-unsymmetric": lambda: grad(
        lambda A: mindspore.scipy.linalg.eigh(A, eigvals_only=True)[-1], [[1.0, 2.0], [0.0, 3.0]]
    ),
    "eigenvectors-without-choice": lambda: grad(
        lambda A: tensor([[1.0, 2.0], [3.0, 4.0]]) * mindspore.scipy.linalg.eigh(A)[1] ** 2,
        [[1.0, 0.0], [0.0, 1.0]],
    ),
    "svd-null-vector": lambda: grad(
        lambda X: ops.svd(X, full_matrices=True)[2][0, 2] ** 2, [[1.0, 2.0, 0.0], [0.0, 1.0, 1.0]]
    ),
    "median-of-even-tie": lambda: grad(lambda x: ops.median(x)[0], [1.0, 2.0, 2.0, 4.0]),
    "gather-out-of-range-value": lambda: ops.gather(tensor([1.0, 20.0]), Tensor([0, 5]), 0).sum(),
    "minus-zero-after-zero": lambda: [tensor(0.0), 1 / tensor(-0.0)][1],
    "variance-by-default": lambda: ops.var(tensor([1.0, 2.0, 3.0])),
    "cross-entropy-masked-value": lambda: ops.cross_entropy(
        tensor([-inf, 0.0], mindspore.float32), Tensor(0, mindspore.int32)
    ),
    "bce-certain-mistake-value": lambda: ops.binary_cross_entropy(
        tensor([0.0], mindspore.float32), tensor([1.0], mindspore.float32)
    ),
    "loop-of-given-length": lambda: grad(power_in_steps, 1.5),
    "logsigmoid-far-left-value": lambda: ops.logsigmoid(tensor(-1000.0, mindspore.float32)),
    "sign-at-zero-value": lambda: ops.sign(tensor(0.0)),
    "squared-norm-by-sum": lambda: grad(lambda x: ops.sum(x * x), [0.0, 0.0]),
    "svd-product-of-three": lambda: grad(
        svd_product_of_three, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    ),
    "cholesky-indefinite-value": lambda: ops.cholesky(tensor([[1.0, 2.0], [2.0, 1.0]])),
    "hinge-loss-at-one": lambda: grad(lambda x: ops.hinge_embedding_loss(x, tensor([-1.0])), [1.0]),
    "quotient-by-stopped-value": lambda: tensor(0.0) / ops.stop_gradient(tensor(0.0)),
}

NOT_OFFERED = {
    "cube-root-at-zero": "The library has no cube root.",
    "solve-singular": "The library has no solve.",
    "lstsq-of-rank-one": "Its lstsq asks for a matrix of full rank.",
    "entropy-at-zero": "The library has no entropy of an entry.",
    "log-ndtr-far-left": "The library has no logarithm of the normal distribution function.",
    "interpolation-at-knot": "The library has no interpolation in a table.",
    "poisson-zero-rate": "The library has no Poisson loss.",
    "in-place-after-use": "Its product in place makes a new tensor.",
    "backward-twice": "A gradient is a function of it here; there is no sweep to repeat.",
    "gradients-accumulate": "Gradients are returned here; there is nowhere for them to add up.",
    "remainder-of-divmod": "The library has no divmod.",
    "det-singular-with-graph": "A gradient to be differentiated again is asked for in no other way here.",
}
