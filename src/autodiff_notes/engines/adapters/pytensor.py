"""PyTensor, as its users write it: symbolic variables, pytensor.grad, and a compiled function."""

import numpy as np
import pytensor
import pytensor.tensor as pt
from pytensor.scan.utils import until

TITLE = "PyTensor"
DISTRIBUTION = "pytensor"
REQUIRES = ("pytensor==3.3.8", "numpy==2.5.5")
PYTHON = ">=3.12"
HOMEPAGE = "https://pytensor.readthedocs.io/en/latest/"
LIMIT = 300.0

pytensor.config.floatX = "float64"
pytensor.config.linker = "py"  # the default, numba, compiles for seconds to a minute each time
inf, nan = np.inf, np.nan


def array(x):
    """Return x in double precision, unless it is an integer or complex."""
    return np.asarray(x, dtype=type(x) if isinstance(x, int | complex) else float)


def symbols(point):
    """Return a symbol for each variable."""
    return [pt.as_tensor(array(x)).type() for x in point]


def run(xs, y, point):
    """Return the value of y at a point."""
    return pytensor.function(xs, y, on_unused_input="ignore")(*map(array, point))


def grad(f, *point):
    """Return the gradients of the sum of f."""
    xs = symbols(point)
    found = pytensor.grad(pt.sum(f(*xs)), xs)
    return run(xs, found[0] if len(xs) == 1 else found, point)


def hessian(f, point):
    """Return the second derivatives of f."""
    (x,) = symbols([point])
    y = f(x)
    found = pytensor.gradient.hessian(y, x) if x.ndim else pytensor.grad(pytensor.grad(y, x), x)
    return run([x], found, [point])


def matrix_hessian(f, point):
    """Return the second derivatives of f of a matrix, a row for each entry of its gradient."""
    (x,) = symbols([point])
    gradient = pytensor.grad(f(x), x).flatten()
    return run([x], [pytensor.grad(gradient[i], x).flatten() for i in range(4)], [point])


def slope(f, x):
    """Return the gradient of f, of which one more can be taken."""
    return pytensor.grad(f(x), x)


def output_grad(f, point):
    """Return the gradient of an output that is no real number, as it is given."""
    (x,) = symbols([point])
    return run([x], pytensor.grad(f(x), x), [point])


def svd_product(X):
    """Return the weighted entries of U S V^T."""
    u, s, vt = pt.linalg.svd(X, full_matrices=False)
    return np.array([[1.0, 2.0], [3.0, 4.0]]) * (u @ pt.diag(s) @ vt)


def power_by_loop(x):
    """Return the fourth power of x, by a loop."""
    return pytensor.scan(lambda y, x: y * x, None, pt.ones_like(x), x, 4, return_updates=False)[-1]


def until_ten(x):
    """Return x to the power that first is ten or more, by a loop that ends."""

    def step(y, x):
        return y * x, until(y * x >= 10)

    return pytensor.scan(step, None, x, x, 20, return_updates=False)[-1]


def value(f, *point):
    """Return the value of f."""
    xs = symbols(point)
    return run(xs, f(*xs), point)


ANSWERS = {
    "abs-at-zero": lambda: grad(pt.abs, 0.0),
    "abs-at-minus-zero": lambda: grad(pt.abs, -0.0),
    "sqrt-of-square": lambda: grad(lambda x: pt.sqrt(x * x), 0.0),
    "abs-times-x": lambda: grad(lambda x: x * pt.abs(x), 0.0),
    "maximum-with-zero": lambda: grad(lambda x: pt.maximum(x, 0.0), 0.0),
    "where-positive": lambda: grad(lambda x: pt.where(x > 0, x, 0.0), 0.0),
    "relu-difference-by-abs": lambda: grad(
        lambda x: (x + pt.abs(x)) / 2 - (pt.abs(x) - x) / 2, 0.0
    ),
    "maximum-tie": lambda: grad(pt.maximum, 2.0, 2.0),
    "minimum-tie": lambda: grad(pt.minimum, 2.0, 2.0),
    "maximum-of-itself": lambda: grad(lambda x: pt.maximum(x, x), 2.0),
    "max-of-vector-tie": lambda: grad(pt.max, [1.0, 3.0, 3.0]),
    "max-of-three-tie": lambda: grad(pt.max, [3.0, 3.0, 3.0]),
    "max-along-axis-tie": lambda: grad(lambda X: pt.max(X, axis=1), [[1.0, 3.0, 3.0]]),
    "clip-at-lower-bound": lambda: grad(lambda x: pt.clip(x, 0.0, 1.0), 0.0),
    "clip-at-upper-bound": lambda: grad(lambda x: pt.clip(x, 0.0, 1.0), 1.0),
    "hinge-at-one": lambda: grad(lambda x: pt.maximum(0.0, 1 - x), 1.0),
    "one-norm-with-zero": lambda: grad(lambda x: pt.linalg.norm(x, ord=1), [0.0, 1.0]),
    "inf-norm-tie": lambda: grad(lambda x: pt.linalg.norm(x, ord=inf), [2.0, 2.0]),
    "sign-at-zero": lambda: grad(pt.sign, 0.0),
    "floor-between": lambda: grad(pt.floor, 2.5),
    "round-between": lambda: grad(pt.round, 1.25),
    "mod-by-both": lambda: grad(pt.mod, 7.0, 2.0),
    "mod-written-out": lambda: grad(lambda x, y: x - y * pt.floor(x / y), 7.0, 2.0),
    "abs-second-derivative": lambda: hessian(pt.abs, 0.0),
    "sqrt-at-zero": lambda: grad(pt.sqrt, 0.0),
    "power-half-at-zero": lambda: grad(lambda x: x**0.5, 0.0),
    "x-times-sqrt": lambda: grad(lambda x: x * pt.sqrt(x), 0.0),
    "power-three-halves": lambda: grad(lambda x: x**1.5, 0.0),
    "reciprocal-at-zero": lambda: grad(lambda x: 1 / x, 0.0),
    "log-at-zero": lambda: grad(pt.log, 0.0),
    "power-zero-at-zero": lambda: grad(lambda x: x**0.0, 0.0),
    "power-one-at-zero": lambda: grad(lambda x: x**1.0, 0.0),
    "power-two-at-zero": lambda: grad(lambda x: x**2.0, 0.0),
    "power-both-at-zero": lambda: grad(lambda x, y: x**y, 0.0, 0.0),
    "power-base-zero": lambda: grad(lambda x, y: x**y, 0.0, 2.0),
    "power-negative-base": lambda: grad(lambda x, y: x**y, -2.0, 2.0),
    "cube-of-negative": lambda: grad(lambda x: x**3, -2.0),
    "norm-at-zero": lambda: grad(pt.linalg.norm, [0.0, 0.0]),
    "norm-written-out": lambda: grad(lambda x: pt.sqrt(pt.sum(x * x)), [0.0, 0.0]),
    "norm-smoothed": lambda: grad(lambda x: pt.sqrt(pt.sum(x * x) + 1e-12), [0.0, 0.0]),
    "squared-norm-at-zero": lambda: grad(lambda x: pt.sum(x * x), [0.0, 0.0]),
    "distance-of-equal-points": lambda: grad(
        lambda x: pt.linalg.norm(x - np.array([1.0, 2.0])), [1.0, 2.0]
    ),
    "nuclear-norm-at-zero": lambda: grad(
        lambda X: pt.linalg.norm(X, ord="nuc"), [[0.0, 0.0], [0.0, 0.0]]
    ),
    "std-of-constant": lambda: grad(pt.std, [2.0, 2.0]),
    "std-smoothed": lambda: grad(lambda x: pt.sqrt(pt.var(x) + 1e-12), [2.0, 2.0]),
    "var-of-constant": lambda: grad(pt.var, [2.0, 2.0]),
    "where-log-at-zero": lambda: grad(lambda x: pt.where(x > 0, pt.log(x), 0.0), 0.0),
    "where-log-safe": lambda: grad(
        lambda x: pt.where(x > 0, pt.log(pt.where(x > 0, x, 1.0)), 0.0), 0.0
    ),
    "where-sqrt-negative": lambda: grad(lambda x: pt.where(x > 0, pt.sqrt(x), 0.0), -1.0),
    "where-sinc-at-zero": lambda: grad(lambda x: pt.where(pt.eq(x, 0), 1.0, pt.sin(x) / x), 0.0),
    "mask-by-product": lambda: grad(lambda x: 0.0 * pt.log(x), 0.0),
    "boolean-mask": lambda: grad(lambda x: x[x > 0], [1.0, -2.0, 3.0]),
    "where-isnan": lambda: grad(lambda x: pt.where(pt.isnan(x), 0.0, x), [1.0, nan, 2.0]),
    "nan-in-max": lambda: grad(pt.max, [1.0, nan]),
    "nan-maximum-value": lambda: value(lambda x, y: [pt.maximum(x, y), pt.maximum(y, x)], nan, 1.0),
    "clip-of-nan": lambda: grad(lambda x: pt.clip(x, 0.0, 1.0), nan),
    "softplus-naive-large": lambda: grad(lambda x: pt.log(1 + pt.exp(x)), 1000.0),
    "softplus-large": lambda: grad(pt.softplus, 1000.0),
    "softplus-safe": lambda: grad(
        lambda x: pt.maximum(x, 0.0) + pt.log1p(pt.exp(-pt.abs(x))), 1000.0
    ),
    "sigmoid-naive-large": lambda: grad(lambda x: 1 / (1 + pt.exp(-x)), -1000.0),
    "sigmoid-large": lambda: grad(pt.sigmoid, -1000.0),
    "logsumexp-naive-large": lambda: grad(lambda x: pt.log(pt.sum(pt.exp(x))), [1000.0, 1000.0]),
    "logsumexp-large": lambda: grad(pt.logsumexp, [1000.0, 1000.0]),
    "logsumexp-one-infinite": lambda: grad(pt.logsumexp, [-inf, 0.0]),
    "logsumexp-all-infinite": lambda: grad(pt.logsumexp, [-inf, -inf]),
    "logsumexp-all-infinite-value": lambda: value(pt.logsumexp, [-inf, -inf]),
    "logaddexp-one-infinite": lambda: grad(pt.logaddexp, -inf, 0.0),
    "log-softmax-large-value": lambda: value(pt.special.log_softmax, [1e4, 0.0]),
    "log-of-softmax": lambda: grad(lambda x: pt.log(pt.special.softmax(x))[0], [0.0, 1000.0]),
    "log-softmax-gradient": lambda: grad(lambda x: pt.special.log_softmax(x)[0], [0.0, 1000.0]),
    "softmax-one-masked": lambda: grad(lambda x: pt.special.softmax(x)[1], [-inf, 0.0, 0.0]),
    "softmax-all-masked": lambda: grad(lambda x: pt.special.softmax(x)[0], [-inf, -inf]),
    "prod-one-zero": lambda: grad(pt.prod, [0.0, 2.0, 3.0]),
    "prod-two-zeros": lambda: grad(pt.prod, [0.0, 0.0, 3.0]),
    "prod-written-out": lambda: grad(lambda x: x[0] * x[1] * x[2], [0.0, 2.0, 3.0]),
}

NOT_OFFERED = {
    "relu-at-zero": "The library has no relu.",
    "relu-difference": "The library has no relu.",
    "leaky-relu-at-zero": "The library has no leaky relu.",
    "relu6-at-six": "The library has no relu6.",
    "hardtanh-at-one": "The library has no hardtanh.",
    "hardswish-at-three": "The library has no hardswish.",
    "elu-at-zero": "The library has no elu.",
    "celu-at-zero": "The library has no celu.",
    "selu-at-zero": "The library has no selu.",
    "softshrink-at-bound": "The library has no softshrink.",
    "fraction-of-a-number": "The library has no fractional part.",
    "relu-second-derivative": "The library has no relu.",
    "cube-root-at-zero": "The library has no cube root.",
    "reciprocal-sqrt-at-zero": "The library has no reciprocal square root.",
    "hypot-at-zero": "The library has no hypot.",
    "normalize-at-zero": "The library has no function that normalises a vector.",
    "cosine-similarity-at-zero": "The library has no cosine similarity.",
    "rsqrt-variance-normalisation": "The library has no layer normalisation.",
    "nansum": "The library has no nansum.",
    "elu-large": "The library has no elu.",
    "logcumsumexp-infinite": "The library has no cumulative logsumexp.",
    "logdet-negative": "The library has slogdet, and no logdet that could be undefined.",
    "complex-fft": "Its rfft gives pairs of real numbers instead of complex ones.",
    "entropy-at-zero": "The library has no entropy of an entry.",
    "zeta-at-two": "The library has no zeta function.",
    "sinc-at-zero": "The library has no sinc.",
    "sinc-second-derivative": "The library has no sinc.",
    "log-ndtr-far-left": "The library has no logarithm of the normal distribution function.",
    "logsigmoid-far-left": "The library has no logsigmoid.",
    "gelu-default": "The library has no gelu.",
    "top-one-tie": "The library has no top-k.",
    "cummax-tie": "The library has no cumulative maximum.",
    "max-pool-tie": "The library has no max pooling.",
    "quantile-at-entry": "The library has no quantile.",
    "bce-certain-mistake": "The library has no binary cross-entropy of a probability.",
    "bce-certain-and-right": "The library has no binary cross-entropy of a probability.",
    "bce-of-logit": "The library has no binary cross-entropy of a logit.",
    "cross-entropy-masked-target": "The library has no cross-entropy.",
    "cross-entropy-masked-other": "The library has no cross-entropy.",
    "cross-entropy-equal": "The library has no cross-entropy.",
    "kl-zero-target": "The library has no KL divergence.",
    "kl-by-target-zero": "The library has no KL divergence.",
    "l1-loss-at-zero": "The library has no L1 loss.",
    "huber-at-delta": "The library has no Huber loss.",
    "rmse-at-zero": "The library has no mean squared error.",
    "mse-at-zero": "The library has no mean squared error.",
    "poisson-zero-rate": "The library has no Poisson loss.",
    "cross-entropy-reduction": "The library has no cross-entropy.",
    "in-place-square": "Its arrays cannot be changed in place.",
    "in-place-after-use": "Its arrays cannot be changed in place.",
    "backward-twice": "A gradient is a function of it here; there is no sweep to repeat.",
    "gradients-accumulate": "Gradients are returned here; there is nowhere for them to add up.",
}
