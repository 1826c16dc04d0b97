"""tinygrad, as its users write it: tensors, their methods, and the gradient of a tensor."""

from tinygrad import Tensor, dtypes

TITLE = "tinygrad"
DISTRIBUTION = "tinygrad"
REQUIRES = ("tinygrad==0.14.0",)
HOMEPAGE = "https://docs.tinygrad.org/"
APT = ("clang",)  # it compiles each kernel
LIMIT = 120.0

inf, nan = float("inf"), float("nan")


def tensor(x):
    return Tensor(x, dtype=dtypes.float64)


def grad(f, *point):
    """Return the gradients of the sum of f.

    A number is given as a tensor of one entry: one without axes is a constant of the graph, and
    counts as the same node as each equal constant inside of a function.
    """
    xs = [tensor([x] if isinstance(x, float) else x) for x in point]
    found = f(*xs).sum().gradient(*xs)
    return found[0] if len(xs) == 1 else found


def hessian(f, point):
    """Return the second derivatives of f: the gradient of each entry of its gradient."""
    x = tensor([point] if isinstance(point, float) else point)
    (gradient,) = f(x).sum().gradient(x)
    return [gradient[i].gradient(x)[0] for i in range(x.shape[0])]


ANSWERS = {
    "abs-at-zero": lambda: grad(Tensor.abs, 0.0),
    "abs-at-minus-zero": lambda: grad(Tensor.abs, -0.0),
    "sqrt-of-square": lambda: grad(lambda x: (x * x).sqrt(), 0.0),
    "abs-times-x": lambda: grad(lambda x: x * x.abs(), 0.0),
    "relu-at-zero": lambda: grad(Tensor.relu, 0.0),
    "maximum-with-zero": lambda: grad(lambda x: x.maximum(0.0), 0.0),
    "where-positive": lambda: grad(lambda x: (x > 0).where(x, 0.0), 0.0),
    "relu-difference": lambda: grad(lambda x: x.relu() - (-x).relu(), 0.0),
    "relu-difference-by-abs": lambda: grad(lambda x: (x + x.abs()) / 2 - (x.abs() - x) / 2, 0.0),
    "maximum-tie": lambda: grad(Tensor.maximum, 2.0, 2.0),
    "minimum-tie": lambda: grad(Tensor.minimum, 2.0, 2.0),
    "maximum-of-itself": lambda: grad(lambda x: x.maximum(x), 2.0),
    "max-of-vector-tie": lambda: grad(Tensor.max, [1.0, 3.0, 3.0]),
    "max-of-three-tie": lambda: grad(Tensor.max, [3.0, 3.0, 3.0]),
    "max-along-axis-tie": lambda: grad(lambda X: X.max(axis=1), [[1.0, 3.0, 3.0]]),
    "clip-at-lower-bound": lambda: grad(lambda x: x.clip(0.0, 1.0), 0.0),
    "clip-at-upper-bound": lambda: grad(lambda x: x.clip(0.0, 1.0), 1.0),
    "leaky-relu-at-zero": lambda: grad(lambda x: x.leaky_relu(0.2), 0.0),
    "relu6-at-six": lambda: grad(Tensor.relu6, 6.0),
    "hardtanh-at-one": lambda: grad(Tensor.hardtanh, 1.0),
    "hardswish-at-three": lambda: grad(Tensor.hardswish, 3.0),
    "elu-at-zero": lambda: grad(Tensor.elu, 0.0),
    "celu-at-zero": lambda: grad(Tensor.celu, 0.0),
    "selu-at-zero": lambda: grad(Tensor.selu, 0.0),
    "hinge-at-one": lambda: grad(lambda x: (1 - x).maximum(0.0), 1.0),
    "sign-at-zero": lambda: grad(Tensor.sign, 0.0),
    "floor-between": lambda: grad(Tensor.floor, 2.5),
    "round-between": lambda: grad(Tensor.round, 1.25),
    "mod-by-both": lambda: grad(Tensor.mod, 7.0, 2.0),
    "mod-written-out": lambda: grad(lambda x, y: x - y * (x / y).floor(), 7.0, 2.0),
    "relu-second-derivative": lambda: hessian(Tensor.relu, 0.0),
    "abs-second-derivative": lambda: hessian(Tensor.abs, 0.0),
    "sqrt-at-zero": lambda: grad(Tensor.sqrt, 0.0),
    "power-half-at-zero": lambda: grad(lambda x: x**0.5, 0.0),
    "x-times-sqrt": lambda: grad(lambda x: x * x.sqrt(), 0.0),
    "power-three-halves": lambda: grad(lambda x: x**1.5, 0.0),
    "reciprocal-sqrt-at-zero": lambda: grad(Tensor.rsqrt, 0.0),
    "reciprocal-at-zero": lambda: grad(lambda x: 1 / x, 0.0),
    "log-at-zero": lambda: grad(Tensor.log, 0.0),
    "power-zero-at-zero": lambda: grad(lambda x: x**0.0, 0.0),
    "power-one-at-zero": lambda: grad(lambda x: x**1.0, 0.0),
    "power-two-at-zero": lambda: grad(lambda x: x**2.0, 0.0),
    "power-both-at-zero": lambda: grad(lambda x, y: x**y, 0.0, 0.0),
    "power-base-zero": lambda: grad(lambda x, y: x**y, 0.0, 2.0),
    "power-negative-base": lambda: grad(lambda x, y: x**y, -2.0, 2.0),
    "cube-of-negative": lambda: grad(lambda x: x**3, -2.0),
    "norm-written-out": lambda: grad(lambda x: (x * x).sum().sqrt(), [0.0, 0.0]),
    "norm-smoothed": lambda: grad(lambda x: ((x * x).sum() + 1e-12).sqrt(), [0.0, 0.0]),
    "squared-norm-at-zero": lambda: grad(lambda x: (x * x).sum(), [0.0, 0.0]),
    "nuclear-norm-at-zero": lambda: grad(lambda X: X.svd()[1].sum(), [[0.0, 0.0], [0.0, 0.0]]),
    "std-of-constant": lambda: grad(lambda x: x.std(correction=0), [2.0, 2.0]),
    "std-smoothed": lambda: grad(lambda x: (x.var(correction=0) + 1e-12).sqrt(), [2.0, 2.0]),
    "var-of-constant": lambda: grad(lambda x: x.var(correction=0), [2.0, 2.0]),
    "normalize-at-zero": lambda: grad(lambda x: x.normalize(dim=0)[0], [0.0, 0.0]),
    "rsqrt-variance-normalisation": lambda: grad(lambda x: x.layernorm()[0], [2.0, 2.0]),
    "where-log-at-zero": lambda: grad(lambda x: (x > 0).where(x.log(), 0.0), 0.0),
    "where-log-safe": lambda: grad(lambda x: (x > 0).where((x > 0).where(x, 1.0).log(), 0.0), 0.0),
    "where-sqrt-negative": lambda: grad(lambda x: (x > 0).where(x.sqrt(), 0.0), -1.0),
    "where-sinc-at-zero": lambda: grad(lambda x: (x == 0).where(1.0, x.sin() / x), 0.0),
    "mask-by-product": lambda: grad(lambda x: 0.0 * x.log(), 0.0),
    "boolean-mask": lambda: grad(lambda x: x.masked_select(x > 0), [1.0, -2.0, 3.0]),
    "where-isnan": lambda: grad(lambda x: x.isnan().where(0.0, x), [1.0, nan, 2.0]),
    "nan-in-max": lambda: grad(Tensor.max, [1.0, nan]),
    "nan-maximum-value": lambda: [tensor(nan).maximum(1.0), tensor(1.0).maximum(nan)],
    "clip-of-nan": lambda: grad(lambda x: x.clip(0.0, 1.0), nan),
    "softplus-naive-large": lambda: grad(lambda x: (1 + x.exp()).log(), 1000.0),
    "softplus-large": lambda: grad(Tensor.softplus, 1000.0),
    "softplus-safe": lambda: grad(lambda x: x.maximum(0.0) + (1 + (-x.abs()).exp()).log(), 1000.0),
    "sigmoid-naive-large": lambda: grad(lambda x: 1 / (1 + (-x).exp()), -1000.0),
    "sigmoid-large": lambda: grad(Tensor.sigmoid, -1000.0),
    "elu-large": lambda: grad(Tensor.elu, 1000.0),
    "logsumexp-naive-large": lambda: grad(lambda x: x.exp().sum().log(), [1000.0, 1000.0]),
    "logsumexp-large": lambda: grad(Tensor.logsumexp, [1000.0, 1000.0]),
    "logsumexp-one-infinite": lambda: grad(Tensor.logsumexp, [-inf, 0.0]),
    "logsumexp-all-infinite": lambda: grad(Tensor.logsumexp, [-inf, -inf]),
    "logsumexp-all-infinite-value": lambda: tensor([-inf, -inf]).logsumexp(),
    "logaddexp-one-infinite": lambda: grad(Tensor.logaddexp, -inf, 0.0),
    "logcumsumexp-infinite": lambda: grad(lambda x: x.logcumsumexp()[2], [-inf, -inf, 0.0]),
    "log-softmax-large-value": lambda: tensor([10000.0, 0.0]).log_softmax(),
    "log-of-softmax": lambda: grad(lambda x: x.softmax().log()[0], [0.0, 1000.0]),
    "log-softmax-gradient": lambda: grad(lambda x: x.log_softmax()[0], [0.0, 1000.0]),
    "softmax-one-masked": lambda: grad(lambda x: x.softmax()[1], [-inf, 0.0, 0.0]),
    "softmax-all-masked": lambda: grad(lambda x: x.softmax()[0], [-inf, -inf]),
    "prod-one-zero": lambda: grad(Tensor.prod, [0.0, 2.0, 3.0]),
    "prod-two-zeros": lambda: grad(Tensor.prod, [0.0, 0.0, 3.0]),
    "prod-written-out": lambda: grad(lambda x: x[0] * x[1] * x[2], [0.0, 2.0, 3.0]),
    "prod-negative": lambda: grad(Tensor.prod, [-1.0, 2.0, 3.0]),
    "prod-along-axis": lambda: grad(lambda X: X.prod(axis=1), [[0.0, 2.0], [3.0, 4.0]]),
    "prod-hessian": lambda: hessian(Tensor.prod, [0.0, 2.0, 3.0]),
    "prod-by-logarithms": lambda: grad(lambda x: x.log().sum().exp(), [0.0, 2.0, 3.0]),
    "cumprod-one-zero": lambda: grad(lambda x: x.cumprod(0), [0.0, 2.0, 3.0]),
    "cumprod-two-zeros": lambda: grad(lambda x: x.cumprod(0), [0.0, 0.0, 3.0]),
    "cumprod-written-out": lambda: grad(
        lambda x: x[0] + x[0] * x[1] + x[0] * x[1] * x[2], [0.0, 2.0, 3.0]
    ),
    "square-by-itself": lambda: grad(lambda x: x * x / x, 0.0),
    "sine-by-itself": lambda: grad(lambda x: x.sin() / x, 0.0),
    "zero-times-infinity": lambda: grad(lambda x, y: x * y, 0.0, inf),
}

NOT_OFFERED = {
    "softshrink-at-bound": "The library has no softshrink.",
    "one-norm-with-zero": "The library has no 1-norm.",
    "inf-norm-tie": "The library has no largest-entry norm.",
    "fraction-of-a-number": "The library has no fractional part.",
    "cube-root-at-zero": "The library has no cube root.",
    "norm-at-zero": "The library has no Euclidean norm.",
    "distance-of-equal-points": "The library has no Euclidean norm.",
    "hypot-at-zero": "The library has no hypot.",
    "cosine-similarity-at-zero": "The library has no cosine similarity.",
    "nansum": "The library has no nansum.",
}
