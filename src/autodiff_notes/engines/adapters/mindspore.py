"""MindSpore, as its users write it: functions of tensors, and mindspore.grad."""

import mindspore
from mindspore import Tensor, mint, ops

TITLE = "MindSpore"
DISTRIBUTION = "mindspore"
REQUIRES = ("mindspore==2.10.0", "numpy==1.26.4")
HOMEPAGE = "https://www.mindspore.cn/docs/en/master/index.html"
FORK = False  # its threads do not follow a fork
LIMIT = 120.0

inf, nan = float("inf"), float("nan")


def tensor(x):
    return Tensor(x, mindspore.float64)


def grad(f, *point):
    """Return the gradients of the sum of f."""
    every = 0 if len(point) == 1 else tuple(range(len(point)))
    return mindspore.grad(lambda *xs: f(*xs).sum(), every)(*map(tensor, point))


def hessian(f, point):
    """Return the second derivatives of f: the gradient of each entry of its gradient."""
    gradient = mindspore.grad(f)
    if isinstance(point, float):
        return mindspore.grad(gradient)(tensor(point))
    rows = range(len(point))
    return [mindspore.grad(lambda x, i=i: gradient(x)[i])(tensor(point)) for i in rows]


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
    "relu6-at-six": lambda: grad(ops.relu6, 6.0),
    "hardtanh-at-one": lambda: grad(ops.hardtanh, 1.0),
    "hardswish-at-three": lambda: grad(ops.hardswish, 3.0),
    "elu-at-zero": lambda: grad(ops.elu, 0.0),
    "celu-at-zero": lambda: grad(ops.celu, 0.0),
    "selu-at-zero": lambda: grad(ops.selu, 0.0),
    "hinge-at-one": lambda: grad(lambda x: ops.maximum(tensor(0.0), 1 - x), 1.0),
    "softshrink-at-bound": lambda: grad(ops.softshrink, 0.5),
    "one-norm-with-zero": lambda: grad(lambda x: ops.norm(x, ord=1), [0.0, 1.0]),
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
    "squared-norm-at-zero": lambda: grad(lambda x: ops.sum(x * x), [0.0, 0.0]),
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
        lambda x: ops.cosine_similarity(x, tensor([1.0, 1.0]), dim=0), [0.0, 0.0]
    ),
    "rsqrt-variance-normalisation": lambda: grad(
        lambda x: mint.nn.functional.layer_norm(x, (2,))[0], [2.0, 2.0]
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
    "softplus-large": lambda: grad(mint.nn.functional.softplus, 1000.0),
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
}

NOT_OFFERED = {
    "cube-root-at-zero": "The library has no cube root.",
}
