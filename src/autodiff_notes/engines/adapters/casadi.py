"""CasADi, as its users write it: symbols, ca.jacobian, and a function of them."""

import casadi as ca

TITLE = "CasADi"
DISTRIBUTION = "casadi"
REQUIRES = ("casadi==3.8.2", "numpy==2.4.6")
HOMEPAGE = "https://web.casadi.org/docs/"

inf, nan = ca.inf, float("nan")


def run(xs, y, point):
    found = ca.Function("f", xs, [ca.densify(y)])(*map(ca.DM, point))
    return float(found) if found.is_scalar() else found.full()


def grad(f, *point, kind=ca.SX):
    """Return the gradients of the sum of f, each in the shape of its variable."""
    xs = [kind.sym("x", *ca.DM(x).shape) for x in point]
    y = ca.sum(ca.vec(f(*xs)))
    found = [run(xs, ca.reshape(ca.jacobian(y, x), *x.shape), point) for x in xs]
    return found[0] if len(xs) == 1 else found


def hessian(f, point):
    """Return the second derivatives of f."""
    x = ca.SX.sym("x", *ca.DM(point).shape)
    return run([x], ca.hessian(f(x), x)[0], [point])


def value(f, *point):
    """Return the value of f."""
    xs = [ca.MX.sym("x", *ca.DM(x).shape) for x in point]
    return run(xs, f(*xs), point)


ANSWERS = {
    "abs-at-zero": lambda: grad(ca.fabs, 0.0),
    "abs-at-minus-zero": lambda: grad(ca.fabs, -0.0),
    "sqrt-of-square": lambda: grad(lambda x: ca.sqrt(x * x), 0.0),
    "abs-times-x": lambda: grad(lambda x: x * ca.fabs(x), 0.0),
    "relu-at-zero": lambda: grad(ca.ramp, 0.0),
    "maximum-with-zero": lambda: grad(lambda x: ca.fmax(x, 0.0), 0.0),
    "where-positive": lambda: grad(lambda x: ca.if_else(x > 0, x, 0.0), 0.0),
    "relu-difference-by-abs": lambda: grad(
        lambda x: (x + ca.fabs(x)) / 2 - (ca.fabs(x) - x) / 2, 0.0
    ),
    "maximum-tie": lambda: grad(ca.fmax, 2.0, 2.0),
    "minimum-tie": lambda: grad(ca.fmin, 2.0, 2.0),
    "maximum-of-itself": lambda: grad(lambda x: ca.fmax(x, x), 2.0),
    "max-of-vector-tie": lambda: grad(ca.mmax, [1.0, 3.0, 3.0]),
    "max-of-three-tie": lambda: grad(ca.mmax, [3.0, 3.0, 3.0]),
    "hinge-at-one": lambda: grad(lambda x: ca.fmax(0.0, 1 - x), 1.0),
    "one-norm-with-zero": lambda: grad(ca.norm_1, [0.0, 1.0]),
    "inf-norm-tie": lambda: grad(ca.norm_inf, [2.0, 2.0]),
    "sign-at-zero": lambda: grad(ca.sign, 0.0),
    "floor-between": lambda: grad(ca.floor, 2.5),
    "mod-by-both": lambda: grad(ca.fmod, 7.0, 2.0),
    "mod-written-out": lambda: grad(lambda x, y: x - y * ca.floor(x / y), 7.0, 2.0),
    "abs-second-derivative": lambda: hessian(ca.fabs, 0.0),
    "sqrt-at-zero": lambda: grad(ca.sqrt, 0.0),
    "power-half-at-zero": lambda: grad(lambda x: x**0.5, 0.0),
    "x-times-sqrt": lambda: grad(lambda x: x * ca.sqrt(x), 0.0),
    "power-three-halves": lambda: grad(lambda x: x**1.5, 0.0),
    "reciprocal-at-zero": lambda: grad(lambda x: 1 / x, 0.0),
    "log-at-zero": lambda: grad(ca.log, 0.0),
    "power-zero-at-zero": lambda: grad(lambda x: x**0.0, 0.0),
    "power-one-at-zero": lambda: grad(lambda x: x**1.0, 0.0),
    "power-two-at-zero": lambda: grad(lambda x: x**2.0, 0.0),
    "power-both-at-zero": lambda: grad(lambda x, y: x**y, 0.0, 0.0),
    "power-base-zero": lambda: grad(lambda x, y: x**y, 0.0, 2.0),
    "power-negative-base": lambda: grad(lambda x, y: x**y, -2.0, 2.0),
    "cube-of-negative": lambda: grad(lambda x: x**3, -2.0),
    "norm-at-zero": lambda: grad(ca.norm_2, [0.0, 0.0]),
    "norm-written-out": lambda: grad(lambda x: ca.sqrt(ca.sum(x * x)), [0.0, 0.0]),
    "norm-smoothed": lambda: grad(lambda x: ca.sqrt(ca.sum(x * x) + 1e-12), [0.0, 0.0]),
    "squared-norm-at-zero": lambda: grad(lambda x: ca.sum(x * x), [0.0, 0.0]),
    "distance-of-equal-points": lambda: grad(
        lambda x: ca.norm_2(x - ca.DM([1.0, 2.0])), [1.0, 2.0]
    ),
    "hypot-at-zero": lambda: grad(ca.hypot, 0.0, 0.0),
    "where-log-at-zero": lambda: grad(lambda x: ca.if_else(x > 0, ca.log(x), 0.0), 0.0),
    "where-log-safe": lambda: grad(
        lambda x: ca.if_else(x > 0, ca.log(ca.if_else(x > 0, x, 1.0)), 0.0), 0.0
    ),
    "where-sqrt-negative": lambda: grad(lambda x: ca.if_else(x > 0, ca.sqrt(x), 0.0), -1.0),
    "where-sinc-at-zero": lambda: grad(lambda x: ca.if_else(x == 0, 1.0, ca.sin(x) / x), 0.0),
    "mask-by-product": lambda: grad(lambda x: 0.0 * ca.log(x), 0.0),
    "nan-in-max": lambda: grad(ca.mmax, [1.0, nan]),
    "nan-maximum-value": lambda: value(
        lambda x, y: ca.vertcat(ca.fmax(x, y), ca.fmax(y, x)), nan, 1.0
    ),
    "softplus-naive-large": lambda: grad(lambda x: ca.log(1 + ca.exp(x)), 1000.0),
    "softplus-safe": lambda: grad(
        lambda x: ca.fmax(x, 0.0) + ca.log1p(ca.exp(-ca.fabs(x))), 1000.0
    ),
    "sigmoid-naive-large": lambda: grad(lambda x: 1 / (1 + ca.exp(-x)), -1000.0),
    "logsumexp-naive-large": lambda: grad(lambda x: ca.log(ca.sum(ca.exp(x))), [1000.0, 1000.0]),
    "logsumexp-large": lambda: grad(ca.logsumexp, [1000.0, 1000.0]),
    "logsumexp-one-infinite": lambda: grad(ca.logsumexp, [-inf, 0.0]),
    "logsumexp-all-infinite": lambda: grad(ca.logsumexp, [-inf, -inf]),
    "logsumexp-all-infinite-value": lambda: value(ca.logsumexp, [-inf, -inf]),
    "prod-written-out": lambda: grad(lambda x: x[0] * x[1] * x[2], [0.0, 2.0, 3.0]),
    "prod-by-logarithms": lambda: grad(lambda x: ca.exp(ca.sum(ca.log(x))), [0.0, 2.0, 3.0]),
    "cumprod-written-out": lambda: grad(
        lambda x: x[0] + x[0] * x[1] + x[0] * x[1] * x[2], [0.0, 2.0, 3.0]
    ),
    "square-by-itself": lambda: grad(lambda x: x * x / x, 0.0),
    "sine-by-itself": lambda: grad(lambda x: ca.sin(x) / x, 0.0),
    "zero-times-infinity": lambda: grad(lambda x, y: x * y, 0.0, inf),
}

NOT_OFFERED = {
    "relu-difference": "The library has no relu.",
    "max-along-axis-tie": "The library has no maximum along an axis.",
    "clip-at-lower-bound": "The library has no clip.",
    "clip-at-upper-bound": "The library has no clip.",
    "leaky-relu-at-zero": "The library has no leaky relu.",
    "relu6-at-six": "The library has no relu6.",
    "hardtanh-at-one": "The library has no hardtanh.",
    "hardswish-at-three": "The library has no hardswish.",
    "elu-at-zero": "The library has no elu.",
    "celu-at-zero": "The library has no celu.",
    "selu-at-zero": "The library has no selu.",
    "softshrink-at-bound": "The library has no softshrink.",
    "round-between": "The library has no rounding.",
    "fraction-of-a-number": "The library has no fractional part.",
    "relu-second-derivative": "The library has no relu.",
    "cube-root-at-zero": "The library has no cube root.",
    "reciprocal-sqrt-at-zero": "The library has no reciprocal square root.",
    "nuclear-norm-at-zero": "The library has no nuclear norm.",
    "std-of-constant": "The library has no standard deviation.",
    "std-smoothed": "The library has no variance.",
    "var-of-constant": "The library has no variance.",
    "normalize-at-zero": "The library has no function that normalises a vector.",
    "cosine-similarity-at-zero": "The library has no cosine similarity.",
    "rsqrt-variance-normalisation": "The library has no layer normalisation.",
    "boolean-mask": "The library has no selection by a mask of booleans.",
    "where-isnan": "The library has no isnan that can be differentiated through.",
    "nansum": "The library has no nansum.",
    "clip-of-nan": "The library has no clip.",
    "softplus-large": "The library has no softplus.",
    "sigmoid-large": "The library has no sigmoid.",
    "elu-large": "The library has no elu.",
    "logaddexp-one-infinite": "The library has no logaddexp.",
    "logcumsumexp-infinite": "The library has no cumulative logsumexp.",
    "log-softmax-large-value": "The library has no log_softmax.",
    "log-of-softmax": "The library has no softmax.",
    "log-softmax-gradient": "The library has no log_softmax.",
    "softmax-one-masked": "The library has no softmax.",
    "softmax-all-masked": "The library has no softmax.",
    "prod-one-zero": "The library has no product of entries.",
    "prod-two-zeros": "The library has no product of entries.",
    "prod-negative": "The library has no product of entries.",
    "prod-along-axis": "The library has no product along an axis.",
    "prod-hessian": "The library has no product of entries.",
    "cumprod-one-zero": "The library has no cumulative product.",
    "cumprod-two-zeros": "The library has no cumulative product.",
}
