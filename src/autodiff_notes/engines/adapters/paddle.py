"""PaddlePaddle, as its users write it: tensors that do not stop gradients, and a backward sweep."""

import paddle
import paddle.nn.functional as F

TITLE = "PaddlePaddle"
DISTRIBUTION = "paddlepaddle"
REQUIRES = ("paddlepaddle==3.3.1", "numpy==2.4.6")
HOMEPAGE = "https://www.paddlepaddle.org.cn/documentation/docs/en/api/index_en.html"
DOCUMENTED = {
    "variance-by-default": "https://www.paddlepaddle.org.cn/documentation/docs/en/api/paddle/var_en.html",
    "gradients-accumulate": "https://www.paddlepaddle.org.cn/documentation/docs/en/api/paddle/Tensor_en.html",
    "median-of-even-count": "https://www.paddlepaddle.org.cn/documentation/docs/en/api/paddle/median_en.html",
    "eigh-reads": "https://www.paddlepaddle.org.cn/documentation/docs/en/api/paddle/linalg/eigvalsh_en.html",
    "normalize-at-zero": "https://www.paddlepaddle.org.cn/documentation/docs/en/api/paddle/nn/functional/normalize_en.html",
}

paddle.set_default_dtype("float64")
tensor = paddle.to_tensor
inf, nan = paddle.inf, paddle.nan


def grad(f, *point):
    """Return the gradients of the sum of f."""
    xs = [tensor(x, stop_gradient=False) for x in point]
    f(*xs).sum().backward()
    return xs[0].grad if len(xs) == 1 else [x.grad for x in xs]


def hessian(f, point):
    """Return the second derivatives of f: the gradient of each entry of its gradient."""
    x = tensor(point, stop_gradient=False)
    (gradient,) = paddle.grad(f(x), x, create_graph=True)
    if isinstance(point, float):
        return paddle.grad(gradient, x)[0]
    return [paddle.grad(entry, x, retain_graph=True)[0] for entry in gradient]


def matrix_hessian(f, point):
    """Return the second derivatives of f of a matrix, a row for each entry of its gradient."""
    x = tensor(point, stop_gradient=False)
    (gradient,) = paddle.grad(f(x), x, create_graph=True)
    return [paddle.grad(entry, x, retain_graph=True)[0].flatten() for entry in gradient.flatten()]


def slope(f, x):
    """Return the gradient of f, of which one more can be taken."""
    return paddle.grad(f(x), x, create_graph=True)[0]


def output_grad(f, point):
    """Return the gradient of an output that is no real number, as it is given."""
    x = tensor(point, stop_gradient=False)
    f(x).backward()
    return x.grad


def svd_product(X):
    """Return the weighted entries of U S V^T."""
    u, s, vt = paddle.linalg.svd(X)
    return tensor([[1.0, 2.0], [3.0, 4.0]]) * (u @ paddle.diag(s) @ vt)


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
    y = paddle.exp(x)
    return y.multiply_(y)


def swept_twice(f, point, again):
    """Sweep twice, with the function evaluated again or not, and return what .grad holds."""
    x = tensor(point, stop_gradient=False)
    y = f(x)
    y.backward()
    (f(x) if again else y).backward()
    return x.grad


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
    u, s, vt = paddle.linalg.svd(X)
    return paddle.arange(1.0, 10.0).reshape([3, 3]) * (u @ paddle.diag(s) @ vt)


ANSWERS = {
    "abs-at-zero": lambda: grad(paddle.abs, 0.0),
    "abs-at-minus-zero": lambda: grad(paddle.abs, -0.0),
    "sqrt-of-square": lambda: grad(lambda x: paddle.sqrt(x * x), 0.0),
    "abs-times-x": lambda: grad(lambda x: x * paddle.abs(x), 0.0),
    "relu-at-zero": lambda: grad(F.relu, 0.0),
    "maximum-with-zero": lambda: grad(lambda x: paddle.maximum(x, tensor(0.0)), 0.0),
    "where-positive": lambda: grad(lambda x: paddle.where(x > 0, x, tensor(0.0)), 0.0),
    "relu-difference": lambda: grad(lambda x: F.relu(x) - F.relu(-x), 0.0),
    "relu-difference-by-abs": lambda: grad(
        lambda x: (x + paddle.abs(x)) / 2 - (paddle.abs(x) - x) / 2, 0.0
    ),
    "maximum-tie": lambda: grad(paddle.maximum, 2.0, 2.0),
    "minimum-tie": lambda: grad(paddle.minimum, 2.0, 2.0),
    "maximum-of-itself": lambda: grad(lambda x: paddle.maximum(x, x), 2.0),
    "max-of-vector-tie": lambda: grad(paddle.max, [1.0, 3.0, 3.0]),
    "max-of-three-tie": lambda: grad(paddle.max, [3.0, 3.0, 3.0]),
    "max-along-axis-tie": lambda: grad(lambda X: paddle.max(X, axis=1), [[1.0, 3.0, 3.0]]),
    "clip-at-lower-bound": lambda: grad(lambda x: paddle.clip(x, 0.0, 1.0), 0.0),
    "clip-at-upper-bound": lambda: grad(lambda x: paddle.clip(x, 0.0, 1.0), 1.0),
    "leaky-relu-at-zero": lambda: grad(lambda x: F.leaky_relu(x, 0.2), 0.0),
    "relu6-at-six": lambda: grad(F.relu6, 6.0),
    "hardtanh-at-one": lambda: grad(F.hardtanh, 1.0),
    "hardswish-at-three": lambda: grad(F.hardswish, 3.0),
    "elu-at-zero": lambda: grad(F.elu, 0.0),
    "celu-at-zero": lambda: grad(F.celu, 0.0),
    "selu-at-zero": lambda: grad(F.selu, 0.0),
    "hinge-at-one": lambda: grad(lambda x: paddle.maximum(tensor(0.0), 1 - x), 1.0),
    "softshrink-at-bound": lambda: grad(F.softshrink, 0.5),
    "one-norm-with-zero": lambda: grad(lambda x: paddle.linalg.norm(x, p=1), [0.0, 1.0]),
    "inf-norm-tie": lambda: grad(lambda x: paddle.linalg.norm(x, p=inf), [2.0, 2.0]),
    "sign-at-zero": lambda: grad(paddle.sign, 0.0),
    "floor-between": lambda: grad(paddle.floor, 2.5),
    "round-between": lambda: grad(paddle.round, 1.25),
    "mod-by-both": lambda: grad(paddle.remainder, 7.0, 2.0),
    "mod-written-out": lambda: grad(lambda x, y: x - y * paddle.floor(x / y), 7.0, 2.0),
    "fraction-of-a-number": lambda: grad(paddle.frac, 2.5),
    "relu-second-derivative": lambda: hessian(F.relu, 0.0),
    "abs-second-derivative": lambda: hessian(paddle.abs, 0.0),
    "sqrt-at-zero": lambda: grad(paddle.sqrt, 0.0),
    "power-half-at-zero": lambda: grad(lambda x: x**0.5, 0.0),
    "x-times-sqrt": lambda: grad(lambda x: x * paddle.sqrt(x), 0.0),
    "power-three-halves": lambda: grad(lambda x: x**1.5, 0.0),
    "reciprocal-sqrt-at-zero": lambda: grad(paddle.rsqrt, 0.0),
    "reciprocal-at-zero": lambda: grad(lambda x: 1 / x, 0.0),
    "log-at-zero": lambda: grad(paddle.log, 0.0),
    "power-zero-at-zero": lambda: grad(lambda x: x**0.0, 0.0),
    "power-one-at-zero": lambda: grad(lambda x: x**1.0, 0.0),
    "power-two-at-zero": lambda: grad(lambda x: x**2.0, 0.0),
    "power-both-at-zero": lambda: grad(lambda x, y: x**y, 0.0, 0.0),
    "power-base-zero": lambda: grad(lambda x, y: x**y, 0.0, 2.0),
    "power-negative-base": lambda: grad(lambda x, y: x**y, -2.0, 2.0),
    "cube-of-negative": lambda: grad(lambda x: x**3, -2.0),
    "norm-at-zero": lambda: grad(paddle.linalg.norm, [0.0, 0.0]),
    "norm-written-out": lambda: grad(lambda x: paddle.sqrt(paddle.sum(x * x)), [0.0, 0.0]),
    "norm-smoothed": lambda: grad(lambda x: paddle.sqrt(paddle.sum(x * x) + 1e-12), [0.0, 0.0]),
    "squared-norm-at-zero": lambda: grad(lambda x: paddle.linalg.norm(x) ** 2, [0.0, 0.0]),
    "distance-of-equal-points": lambda: grad(
        lambda x: paddle.linalg.norm(x - tensor([1.0, 2.0])), [1.0, 2.0]
    ),
    "hypot-at-zero": lambda: grad(paddle.hypot, 0.0, 0.0),
    "nuclear-norm-at-zero": lambda: grad(
        lambda X: paddle.linalg.norm(X, p="nuc"), [[0.0, 0.0], [0.0, 0.0]]
    ),
    "std-of-constant": lambda: grad(lambda x: paddle.std(x, unbiased=False), [2.0, 2.0]),
    "std-smoothed": lambda: grad(
        lambda x: paddle.sqrt(paddle.var(x, unbiased=False) + 1e-12), [2.0, 2.0]
    ),
    "var-of-constant": lambda: grad(lambda x: paddle.var(x, unbiased=False), [2.0, 2.0]),
    "normalize-at-zero": lambda: grad(lambda x: F.normalize(x, axis=0)[0], [0.0, 0.0]),
    "cosine-similarity-at-zero": lambda: grad(
        lambda x: F.cosine_similarity(x, tensor([1.0, 1.0]), axis=0), [0.0, 0.0]
    ),
    "rsqrt-variance-normalisation": lambda: grad(
        lambda x: F.layer_norm(x[None], [2])[0, 0], [2.0, 2.0]
    ),
    "where-log-at-zero": lambda: grad(
        lambda x: paddle.where(x > 0, paddle.log(x), tensor(0.0)), 0.0
    ),
    "where-log-safe": lambda: grad(
        lambda x: paddle.where(x > 0, paddle.log(paddle.where(x > 0, x, tensor(1.0))), tensor(0.0)),
        0.0,
    ),
    "where-sqrt-negative": lambda: grad(
        lambda x: paddle.where(x > 0, paddle.sqrt(x), tensor(0.0)), -1.0
    ),
    "where-sinc-at-zero": lambda: grad(
        lambda x: paddle.where(x == 0, tensor(1.0), paddle.sin(x) / x), 0.0
    ),
    "mask-by-product": lambda: grad(lambda x: 0.0 * paddle.log(x), 0.0),
    "boolean-mask": lambda: grad(lambda x: paddle.masked_select(x, x > 0), [1.0, -2.0, 3.0]),
    "where-isnan": lambda: grad(
        lambda x: paddle.where(paddle.isnan(x), paddle.zeros_like(x), x), [1.0, nan, 2.0]
    ),
    "nansum": lambda: grad(paddle.nansum, [1.0, nan, 2.0]),
    "nan-in-max": lambda: grad(paddle.max, [1.0, nan]),
    "nan-maximum-value": lambda: [
        paddle.maximum(tensor(nan), tensor(1.0)),
        paddle.maximum(tensor(1.0), tensor(nan)),
    ],
    "clip-of-nan": lambda: grad(lambda x: paddle.clip(x, 0.0, 1.0), nan),
    "softplus-naive-large": lambda: grad(lambda x: paddle.log(1 + paddle.exp(x)), 1000.0),
    "softplus-large": lambda: grad(F.softplus, 1000.0),
    "softplus-safe": lambda: grad(
        lambda x: paddle.maximum(x, tensor(0.0)) + paddle.log1p(paddle.exp(-paddle.abs(x))), 1000.0
    ),
    "sigmoid-naive-large": lambda: grad(lambda x: 1 / (1 + paddle.exp(-x)), -1000.0),
    "sigmoid-large": lambda: grad(F.sigmoid, -1000.0),
    "elu-large": lambda: grad(F.elu, 1000.0),
    "logsumexp-naive-large": lambda: grad(
        lambda x: paddle.log(paddle.sum(paddle.exp(x))), [1000.0, 1000.0]
    ),
    "logsumexp-large": lambda: grad(paddle.logsumexp, [1000.0, 1000.0]),
    "logsumexp-one-infinite": lambda: grad(paddle.logsumexp, [-inf, 0.0]),
    "logsumexp-all-infinite": lambda: grad(paddle.logsumexp, [-inf, -inf]),
    "logsumexp-all-infinite-value": lambda: paddle.logsumexp(tensor([-inf, -inf])),
    "logaddexp-one-infinite": lambda: grad(paddle.logaddexp, -inf, 0.0),
    "logcumsumexp-infinite": lambda: grad(lambda x: paddle.logcumsumexp(x)[2], [-inf, -inf, 0.0]),
    "log-softmax-large-value": lambda: F.log_softmax(tensor([10000.0, 0.0])),
    "log-of-softmax": lambda: grad(lambda x: paddle.log(F.softmax(x))[0], [0.0, 1000.0]),
    "log-softmax-gradient": lambda: grad(lambda x: F.log_softmax(x)[0], [0.0, 1000.0]),
    "softmax-one-masked": lambda: grad(lambda x: F.softmax(x)[1], [-inf, 0.0, 0.0]),
    "softmax-all-masked": lambda: grad(lambda x: F.softmax(x)[0], [-inf, -inf]),
    "prod-one-zero": lambda: grad(paddle.prod, [0.0, 2.0, 3.0]),
    "prod-two-zeros": lambda: grad(paddle.prod, [0.0, 0.0, 3.0]),
    "prod-written-out": lambda: grad(lambda x: x[0] * x[1] * x[2], [0.0, 2.0, 3.0]),
    "prod-negative": lambda: grad(paddle.prod, [-1.0, 2.0, 3.0]),
    "prod-along-axis": lambda: grad(lambda X: paddle.prod(X, axis=1), [[0.0, 2.0], [3.0, 4.0]]),
    "prod-hessian": lambda: hessian(paddle.prod, [0.0, 2.0, 3.0]),
    "prod-by-logarithms": lambda: grad(
        lambda x: paddle.exp(paddle.sum(paddle.log(x))), [0.0, 2.0, 3.0]
    ),
    "cumprod-one-zero": lambda: grad(lambda x: paddle.cumprod(x, 0), [0.0, 2.0, 3.0]),
    "cumprod-two-zeros": lambda: grad(lambda x: paddle.cumprod(x, 0), [0.0, 0.0, 3.0]),
    "cumprod-written-out": lambda: grad(
        lambda x: x[0] + x[0] * x[1] + x[0] * x[1] * x[2], [0.0, 2.0, 3.0]
    ),
    "square-by-itself": lambda: grad(lambda x: x * x / x, 0.0),
    "sine-by-itself": lambda: grad(lambda x: paddle.sin(x) / x, 0.0),
    "zero-times-infinity": lambda: grad(lambda x, y: x * y, 0.0, inf),
    "det-singular": lambda: grad(paddle.linalg.det, [[1.0, 2.0], [2.0, 4.0]]),
    "det-written-out": lambda: grad(
        lambda X: X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0], [[1.0, 2.0], [2.0, 4.0]]
    ),
    "det-zero-column": lambda: grad(paddle.linalg.det, [[0.0, 1.0], [0.0, 3.0]]),
    "det-corner": lambda: grad(paddle.linalg.det, [[1.0, 0.0], [0.0, 0.0]]),
    "det-of-three": lambda: grad(
        paddle.linalg.det, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]
    ),
    "det-zero-matrix": lambda: grad(paddle.linalg.det, [[0.0, 0.0], [0.0, 0.0]]),
    "det-regular": lambda: grad(paddle.linalg.det, [[1.0, 2.0], [3.0, 4.0]]),
    "det-hessian-singular": lambda: matrix_hessian(paddle.linalg.det, [[1.0, 2.0], [2.0, 4.0]]),
    "det-hessian-of-ones": lambda: grad(
        lambda X: slope(paddle.linalg.det, X)[0, 0],
        [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]],
    ),
    "log-abs-det-negative": lambda: grad(
        lambda X: paddle.linalg.slogdet(X)[1], [[1.0, 2.0], [3.0, 4.0]]
    ),
    "log-abs-det-singular": lambda: grad(
        lambda X: paddle.linalg.slogdet(X)[1], [[1.0, 2.0], [2.0, 4.0]]
    ),
    "inverse-singular": lambda: grad(paddle.linalg.inv, [[1.0, 2.0], [2.0, 4.0]]),
    "solve-singular": lambda: grad(
        lambda b: paddle.linalg.solve(tensor([[1.0, 2.0], [2.0, 4.0]]), b), [1.0, 1.0]
    ),
    "inverse-regular": lambda: grad(
        lambda X: paddle.trace(paddle.linalg.inv(X)), [[2.0, 1.0], [0.0, 1.0]]
    ),
    "pinv-of-rank-one": lambda: grad(paddle.linalg.pinv, [[1.0, 0.0], [0.0, 0.0]]),
    "matrix-power-zero": lambda: grad(
        lambda X: paddle.linalg.matrix_power(X, 0), [[1.0, 2.0], [2.0, 4.0]]
    ),
    "expm-at-zero": lambda: grad(paddle.linalg.matrix_exp, [[0.0, 0.0], [0.0, 0.0]]),
    "cholesky-triangle": lambda: grad(paddle.linalg.cholesky, [[4.0, 2.0], [2.0, 5.0]]),
    "cholesky-reads": lambda: paddle.linalg.cholesky(tensor([[4.0, 2.0], [0.0, 5.0]]))[1, 0],
    "cholesky-indefinite": lambda: grad(paddle.linalg.cholesky, [[1.0, 2.0], [2.0, 1.0]]),
    "eigh-triangle": lambda: grad(
        lambda A: paddle.linalg.eigvalsh(A)[-1], [[2.0, 1.0], [1.0, 2.0]]
    ),
    "eigh-reads": lambda: paddle.linalg.eigvalsh(tensor([[1.0, 2.0], [0.0, 3.0]]))[-1],
    "eigenvalue-sum-at-identity": lambda: grad(paddle.linalg.eigvalsh, [[1.0, 0.0], [0.0, 1.0]]),
    "eigenvectors-at-identity": lambda: grad(
        lambda A: tensor([[1.0, 2.0], [3.0, 5.0]]) * paddle.linalg.eigh(A)[1] ** 2,
        [[1.0, 0.0], [0.0, 1.0]],
    ),
    "eigenvalues-defective": lambda: grad(
        lambda X: paddle.real(paddle.linalg.eigvals(X)), [[1.0, 1.0], [0.0, 1.0]]
    ),
    "eigenvalue-sum-by-trace": lambda: grad(paddle.trace, [[1.0, 1.0], [0.0, 1.0]]),
    "svd-product-at-identity": lambda: grad(svd_product, [[1.0, 0.0], [0.0, 1.0]]),
    "singular-value-sum-at-identity": lambda: grad(paddle.linalg.svdvals, [[1.0, 0.0], [0.0, 1.0]]),
    "singular-value-sum-of-rank-one": lambda: grad(paddle.linalg.svdvals, [[1.0, 0.0], [0.0, 0.0]]),
    "singular-values-of-zero": lambda: grad(paddle.linalg.svdvals, [[0.0, 0.0], [0.0, 0.0]]),
    "squared-singular-values": lambda: grad(
        lambda X: paddle.linalg.svdvals(X) ** 2, [[1.0, 0.0], [0.0, 1.0]]
    ),
    "squared-entries": lambda: grad(paddle.square, [[1.0, 0.0], [0.0, 1.0]]),
    "spectral-norm": lambda: grad(
        lambda X: paddle.linalg.matrix_norm(X, 2), [[2.0, 0.0], [0.0, 1.0]]
    ),
    "lstsq-by-right-side": lambda: grad(
        lambda b: paddle.linalg.lstsq(tensor([[1.0, 0.0], [0.0, 2.0], [0.0, 0.0]]), b[:, None])[0],
        [1.0, 2.0, 3.0],
    ),
    "lstsq-of-rank-one": lambda: grad(
        lambda b: paddle.linalg.lstsq(tensor([[1.0, 0.0], [0.0, 0.0], [0.0, 0.0]]), b[:, None])[0],
        [1.0, 2.0, 3.0],
    ),
    "complex-square": lambda: grad(lambda z: paddle.real(z * z), 1 + 2j),
    "complex-square-by-parts": lambda: grad(lambda x, y: x * x - y * y, 1.0, 2.0),
    "complex-power": lambda: grad(lambda z: paddle.real(z**2), 1 + 2j),
    "complex-cube": lambda: grad(lambda z: paddle.real(z**3), 1 + 2j),
    "complex-exponential": lambda: grad(lambda z: paddle.real(paddle.exp(z)), 1j),
    "complex-logarithm": lambda: grad(lambda z: paddle.real(paddle.log(z)), 1 + 2j),
    "complex-reciprocal": lambda: grad(lambda z: paddle.real(1 / z), 1 + 1j),
    "complex-imaginary-part": lambda: grad(paddle.imag, 1 + 2j),
    "complex-conjugate": lambda: grad(
        lambda z: paddle.real(paddle.conj(z) * paddle.conj(z)), 1 + 2j
    ),
    "complex-abs-squared": lambda: grad(lambda z: paddle.abs(z) ** 2, 1 + 2j),
    "complex-times-conjugate": lambda: grad(lambda z: paddle.real(z * paddle.conj(z)), 1 + 2j),
    "complex-abs-at-zero": lambda: grad(paddle.abs, 0j),
    "complex-angle": lambda: grad(paddle.angle, 1 + 2j),
    "complex-angle-at-zero": lambda: grad(paddle.angle, 0j),
    "complex-sqrt-negative": lambda: grad(lambda z: paddle.imag(paddle.sqrt(z)), -4 + 0j),
    "complex-output": lambda: output_grad(lambda z: z * z, 1 + 2j),
    "complex-phase-of-real": lambda: grad(lambda x: paddle.abs(paddle.exp(1j * x)), 0.5),
    "complex-fft": lambda: grad(lambda x: paddle.abs(paddle.fft.fft(x)) ** 2, [1.0, 2.0, 3.0]),
    "asin-at-zero": lambda: grad(paddle.asin, 0.0),
    "acos-at-zero": lambda: grad(paddle.acos, 0.0),
    "atan-at-zero": lambda: grad(paddle.atan, 0.0),
    "erf-at-zero": lambda: grad(paddle.erf, 0.0),
    "tanh-at-zero": lambda: grad(paddle.tanh, 0.0),
    "expm1-at-zero": lambda: grad(paddle.expm1, 0.0),
    "log1p-at-zero": lambda: grad(paddle.log1p, 0.0),
    "asin-at-one": lambda: grad(paddle.asin, 1.0),
    "acos-at-one": lambda: grad(paddle.acos, 1.0),
    "acosh-at-one": lambda: grad(paddle.acosh, 1.0),
    "atanh-at-one": lambda: grad(paddle.atanh, 1.0),
    "log1p-at-minus-one": lambda: grad(paddle.log1p, -1.0),
    "logit-at-zero": lambda: grad(paddle.logit, 0.0),
    "erfinv-at-zero": lambda: grad(paddle.erfinv, 0.0),
    "erfinv-at-one": lambda: grad(paddle.erfinv, 1.0),
    "xlogy-safe": lambda: grad(
        lambda x, y: x * paddle.log(paddle.where(y > 0, y, tensor(1.0))), 0.0, 2.0
    ),
    "lgamma-at-zero": lambda: grad(paddle.lgamma, 0.0),
    "lgamma-negative": lambda: grad(paddle.lgamma, -0.5),
    "digamma-at-zero": lambda: grad(paddle.digamma, 0.0),
    "polygamma-at-zero": lambda: grad(lambda x: paddle.polygamma(x, 1), 0.0),
    "bessel-i0-at-zero": lambda: grad(paddle.i0, 0.0),
    "bessel-i1-at-zero": lambda: grad(paddle.i1, 0.0),
    "bessel-i1e-at-zero": lambda: grad(paddle.i1e, 0.0),
    "sinc-at-zero": lambda: grad(paddle.sinc, 0.0),
    "sinc-second-derivative": lambda: hessian(paddle.sinc, 0.0),
    "gammainc-at-zero": lambda: grad(lambda x: paddle.gammainc(tensor(1.0), x), 0.0),
    "atan2-at-origin": lambda: grad(paddle.atan2, 0.0, 0.0),
    "atan2-at-the-cut": lambda: grad(paddle.atan2, 0.0, -1.0),
    "logsigmoid-far-left": lambda: grad(F.log_sigmoid, -1000.0),
    "gelu-default": lambda: grad(F.gelu, 1.0),
    "median-of-even-count": lambda: grad(paddle.median, [1.0, 4.0, 2.0, 3.0]),
    "median-tie": lambda: grad(paddle.median, [2.0, 1.0, 2.0]),
    "sort-tie": lambda: grad(lambda x: paddle.sort(x) * tensor([1.0, 2.0, 3.0]), [2.0, 2.0, 1.0]),
    "top-one-tie": lambda: grad(lambda x: paddle.topk(x, 1)[0], [3.0, 3.0]),
    "cummax-tie": lambda: grad(lambda x: paddle.cummax(x)[0], [1.0, 1.0]),
    "max-pool-tie": lambda: grad(lambda x: F.max_pool1d(x[None, None], 4), [1.0, 3.0, 3.0, 2.0]),
    "gather-duplicates": lambda: grad(
        lambda x: paddle.gather(x, tensor([0, 0, 1])) * tensor([1.0, 2.0, 4.0]), [5.0, 7.0]
    ),
    "gather-negative-index": lambda: grad(lambda x: x[-1], [1.0, 2.0, 3.0]),
    "gather-out-of-range": lambda: grad(lambda x: paddle.gather(x, tensor([0, 5])), [1.0, 20.0]),
    "gather-float16": lambda: grad(
        lambda x: paddle.gather(x.astype("float16")[None], paddle.zeros([4096], "int64")), 1.0
    ),
    "scatter-overwritten": lambda: grad(
        lambda y: assigned(paddle.zeros([1]), tensor([0, 0]), y), [1.0, 2.0]
    ),
    "scatter-by-mask": lambda: grad(
        lambda y: paddle.where(tensor([True]), y[1:], y[:1]), [1.0, 2.0]
    ),
    "scatter-add-duplicates": lambda: grad(
        lambda y: paddle.index_add(paddle.zeros([1]), tensor([0, 0]), 0, y), [1.0, 2.0]
    ),
    "scatter-distinct": lambda: grad(
        lambda y: assigned(paddle.zeros([2]), tensor([1, 0]), y) * tensor([10.0, 1.0]), [1.0, 2.0]
    ),
    "assigned-input": lambda: grad(lambda x: assigned(x.clone(), 0, 0.0), [1.0, 2.0]),
    "quantile-at-entry": lambda: grad(
        lambda x: paddle.quantile(x, 0.25), [1.0, 5.0, 2.0, 4.0, 3.0]
    ),
    "mean-of-nothing": lambda: grad(
        lambda x: paddle.mean(paddle.masked_select(x, x > 9)), [1.0, 2.0]
    ),
    "var-of-one": lambda: grad(paddle.var, [2.0]),
    "cumsum-weighted": lambda: grad(paddle.cumsum, [1.0, 2.0, 3.0]),
    "broadcast-sum": lambda: grad(lambda x: x + tensor([1.0, 2.0, 3.0]), 2.0),
    "argmax-slope": lambda: grad(paddle.argmax, [1.0, 2.0]),
    "float-cancellation": lambda: (tensor(0.5, "float32") + 1e8) - 1e8,
    "minus-zero": lambda: 1 / tensor(-0.0),
    "bce-certain-mistake": lambda: grad(lambda p: F.binary_cross_entropy(p, tensor([1.0])), [0.0]),
    "bce-certain-and-right": lambda: grad(
        lambda p: F.binary_cross_entropy(p, tensor([1.0])), [1.0]
    ),
    "bce-written-out": lambda: grad(
        lambda p: -(1.0 * paddle.log(p) + 0.0 * paddle.log(1 - p)), 1.0
    ),
    "bce-of-logit": lambda: grad(
        lambda x: F.binary_cross_entropy_with_logits(x, tensor([1.0])), [-1000.0]
    ),
    "bce-of-logit-written-out": lambda: grad(
        lambda x: paddle.maximum(-x, tensor(0.0)) + paddle.log1p(paddle.exp(-paddle.abs(x))),
        -1000.0,
    ),
    "cross-entropy-masked-target": lambda: grad(
        lambda x: F.cross_entropy(x, tensor([0])), [[-inf, 0.0]]
    ),
    "cross-entropy-masked-other": lambda: grad(
        lambda x: F.cross_entropy(x, tensor([1])), [[-inf, 0.0]]
    ),
    "cross-entropy-equal": lambda: grad(lambda x: F.cross_entropy(x, tensor([0])), [[0.0, 0.0]]),
    "kl-zero-target": lambda: grad(
        lambda x: F.kl_div(x, tensor([0.0, 1.0]), reduction="sum"), [-0.5, -1.0]
    ),
    "kl-by-target-zero": lambda: grad(
        lambda t: F.kl_div(tensor([-0.5, -1.0]), t, reduction="sum"), [0.0, 1.0]
    ),
    "entropy-of-certain": lambda: grad(lambda p: -paddle.sum(p * paddle.log(p)), [1.0, 0.0]),
    "l1-loss-at-zero": lambda: grad(lambda x: F.l1_loss(x, tensor([1.0])), [1.0]),
    "huber-at-delta": lambda: grad(lambda x: F.smooth_l1_loss(x, tensor([0.0])), [1.0]),
    "rmse-at-zero": lambda: grad(
        lambda x: paddle.sqrt(F.mse_loss(x, tensor([1.0, 2.0]))), [1.0, 2.0]
    ),
    "mse-at-zero": lambda: grad(lambda x: F.mse_loss(x, tensor([1.0, 2.0])), [1.0, 2.0]),
    "poisson-zero-rate": lambda: grad(
        lambda x: F.poisson_nll_loss(x, tensor([0.0]), log_input=False), [0.0]
    ),
    "log-cosh-large": lambda: grad(lambda x: paddle.log(paddle.cosh(x)), 1000.0),
    "cross-entropy-reduction": lambda: grad(
        lambda X: F.cross_entropy(X, tensor([0, 0])), [[0.0, 0.0], [0.0, 0.0]]
    ),
    "while-loop": lambda: grad(until_ten, 2.0),
    "counted-loop": lambda: grad(power_by_loop, 1.5),
    "branch-log-at-zero": lambda: grad(lambda x: paddle.log(x) if x > 0 else 0.0 * x, 0.0),
    "in-place-square": lambda: grad(lambda x: squared_in_place(x.clone()), [3.0]),
    "in-place-after-use": lambda: grad(exponential_squared, 0.0),
    "unused-input": lambda: grad(lambda x, y: x * x, 3.0, 5.0),
    "constant-output": lambda: grad(lambda x: tensor(3.0), 2.0),
    "backward-twice": lambda: swept_twice(lambda x: x * x, 3.0, again=False),
    "gradients-accumulate": lambda: swept_twice(lambda x: x * x, 3.0, again=True),
    "integer-square": lambda: grad(lambda x: x * x, 3),
    "integer-scaled": lambda: grad(lambda x: 1.5 * x, 3),
    "integer-converted": lambda: grad(lambda x: 1.5 * x, 3.0),
    "conversion-to-integer": lambda: grad(lambda x: x.astype("int64").astype("float64"), 2.5),
    "comparison": lambda: grad(lambda x: (x > 0).astype("float64"), 2.0),
    "stop-gradient": lambda: grad(lambda x: x * x.detach(), 3.0),
    "straight-through": lambda: grad(lambda x: x + (paddle.round(x) - x).detach(), 1.25),
    "quotient-by-stopped": lambda: grad(lambda x: x / x.detach(), 0.0),
    "second-derivative-of-cube": lambda: hessian(lambda x: x**3, 2.0),
    "second-derivative-of-linear": lambda: hessian(lambda x: 2 * x, 3.0),
    "hessian-mixed": lambda: hessian(lambda x: x[0] * x[1] ** 2, [1.0, 2.0]),
    "third-derivative": lambda: grad(lambda x: slope(lambda x: slope(paddle.sin, x), x), 0.0),
    "gradient-penalty": lambda: grad(lambda x: slope(lambda x: x**3, x) ** 2, 1.0),
    "vector-output": lambda: output_grad(lambda x: x * x, [1.0, 2.0]),
    "equal-scalars": lambda: grad(lambda x, y: x * y, 2.0, 2.0),
    "one-variable-twice": lambda: grad(lambda x: paddle.multiply(x, x), 3.0),
    "array-of-variables": lambda: grad(lambda x, y: paddle.prod(paddle.stack([x, y])), 2.0, 3.0),
    "one-path-stopped": lambda: grad(lambda x: x**2 + x.detach() ** 2, 3.0),
    "clip-from-below": lambda: grad(lambda x: paddle.clip(x, min=0.0), 0.0),
    "ceil-between": lambda: grad(paddle.ceil, 2.5),
    "floor-division": lambda: grad(paddle.floor_divide, 7.0, 2.0),
    "nan-first-in-max": lambda: grad(paddle.max, [nan, 1.0]),
    "nan-in-max-value": lambda: [paddle.max(tensor([1.0, nan])), paddle.max(tensor([nan, 1.0]))],
    "nan-maximum-gradient": lambda: grad(paddle.maximum, nan, 1.0),
    "logcumsumexp-infinite-value": lambda: paddle.logcumsumexp(tensor([-inf, -inf, 0.0])),
    "selu-large": lambda: grad(F.selu, 1000.0),
    "det-of-ones": lambda: grad(paddle.linalg.det, [[1.0, 1.0], [1.0, 1.0]]),
    "det-singular-with-graph": lambda: slope(
        paddle.linalg.det, tensor([[1.0, 2.0], [2.0, 4.0]], stop_gradient=False)
    ),
    "inverse-singular-value": lambda: paddle.linalg.inv(tensor([[1.0, 2.0], [2.0, 4.0]])),
    "eigh-unsymmetric": lambda: grad(
        lambda A: paddle.linalg.eigvalsh(A)[-1], [[1.0, 2.0], [0.0, 3.0]]
    ),
    "eigenvectors-without-choice": lambda: grad(
        lambda A: tensor([[1.0, 2.0], [3.0, 4.0]]) * paddle.linalg.eigh(A)[1] ** 2,
        [[1.0, 0.0], [0.0, 1.0]],
    ),
    "svd-null-vector": lambda: grad(
        lambda X: paddle.linalg.svd(X, full_matrices=True)[2][2, 0] ** 2,
        [[1.0, 2.0, 0.0], [0.0, 1.0, 1.0]],
    ),
    "median-of-even-tie": lambda: grad(paddle.median, [1.0, 2.0, 2.0, 4.0]),
    "gather-out-of-range-value": lambda: paddle.gather(tensor([1.0, 20.0]), tensor([0, 5])).sum(),
    "minus-zero-after-zero": lambda: [tensor(0.0), 1 / tensor(-0.0)][1],
    "variance-by-default": lambda: paddle.var(tensor([1.0, 2.0, 3.0])),
    "cross-entropy-masked-value": lambda: F.cross_entropy(tensor([[-inf, 0.0]]), tensor([0])),
    "bce-certain-mistake-value": lambda: F.binary_cross_entropy(tensor([0.0]), tensor([1.0])),
    "loop-of-given-length": lambda: grad(power_in_steps, 1.5),
    "logsigmoid-far-left-value": lambda: F.log_sigmoid(tensor(-1000.0)),
    "sign-at-zero-value": lambda: paddle.sign(tensor(0.0)),
    "squared-norm-by-sum": lambda: grad(lambda x: paddle.sum(x * x), [0.0, 0.0]),
    "svd-product-of-three": lambda: grad(
        svd_product_of_three, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    ),
    "eigh-value-beside-gradient": lambda: paddle.linalg.eigvalsh(
        tensor([[1.0, 2.0], [0.0, 3.0]], stop_gradient=False)
    )[-1],
    "cholesky-indefinite-value": lambda: paddle.linalg.cholesky(tensor([[1.0, 2.0], [2.0, 1.0]])),
    "correlation-of-constant": lambda: [
        paddle.linalg.corrcoef(tensor([[1.0, 2.0, 3.0], [2.0, 2.0, 2.0]]))[i, 1 - i] for i in (0, 1)
    ],
    "hinge-loss-at-one": lambda: grad(lambda x: F.hinge_embedding_loss(x, tensor(-1.0)), 1.0),
    "quotient-by-stopped-value": lambda: tensor(0.0) / tensor(0.0).detach(),
}

NOT_OFFERED = {
    "cube-root-at-zero": "The library has no cube root.",
    "logdet-negative": "The library has slogdet, and no logdet that could be undefined.",
    "qr-square": "Differentiating its QR factorisation ends the process.",
    "qr-wide": "Differentiating its QR factorisation ends the process.",
    "qr-singular": "Differentiating its QR factorisation ends the process.",
    "entropy-at-zero": "The library has no entropy of an entry.",
    "xlogy-base-two": "The library has no xlogy.",
    "xlogy-at-zero": "The library has no xlogy.",
    "zeta-at-two": "The library has no zeta function.",
    "bessel-j0-at-zero": "The library has no Bessel function J0.",
    "log-ndtr-far-left": "The library has no logarithm of the normal distribution function.",
    "interpolation-at-knot": "The library has no interpolation in a table.",
    "remainder-of-divmod": "The library has no divmod.",
}
