"""MLX, as its users write it: functions of arrays, and mx.grad; double precision on the CPU."""

import mlx.core as mx
import mlx.nn as nn

TITLE = "MLX"
DISTRIBUTION = "mlx"
REQUIRES = ("mlx[cpu]==0.32.4",)
HOMEPAGE = "https://ml-explore.github.io/mlx/"
FORK = False  # its threads do not follow a fork

mx.set_default_device(mx.cpu)
inf, nan = mx.inf, mx.nan


def array(x):
    return mx.array(x, mx.float64)


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
    "squared-norm-at-zero": lambda: grad(lambda x: mx.sum(x * x), [0.0, 0.0]),
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
    "where-sinc-at-zero": lambda: grad(lambda x: mx.where(x == 0(x), 1.0, mx.sin(x) / x), 0.0),
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
}

NOT_OFFERED = {
    "fraction-of-a-number": "The library has no fractional part.",
    "cube-root-at-zero": "The library has no cube root.",
    "hypot-at-zero": "The library has no hypot.",
    "normalize-at-zero": "The library has no function that normalises a vector.",
    "boolean-mask": "The library has no selection by a mask of booleans.",
    "nansum": "The library has no nansum.",
}
