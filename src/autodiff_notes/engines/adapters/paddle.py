"""PaddlePaddle, as its users write it: tensors that do not stop gradients, and a backward sweep."""

import paddle
import paddle.nn.functional as F

TITLE = "PaddlePaddle"
DISTRIBUTION = "paddlepaddle"
REQUIRES = ("paddlepaddle==3.3.1", "numpy==2.4.6")
HOMEPAGE = "https://www.paddlepaddle.org.cn/documentation/docs/en/api/index_en.html"

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
    "squared-norm-at-zero": lambda: grad(lambda x: paddle.sum(x * x), [0.0, 0.0]),
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
}

NOT_OFFERED = {
    "cube-root-at-zero": "The library has no cube root.",
}
