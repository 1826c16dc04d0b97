"""CasADi, as its users write it: symbols, ca.jacobian, and a function of them."""

import casadi as ca

TITLE = "CasADi"
DISTRIBUTION = "casadi"
REQUIRES = ("casadi==3.8.2", "numpy==2.4.6")
HOMEPAGE = "https://web.casadi.org/docs/"

inf, nan = ca.inf, float("nan")


def run(xs, y, point):
    """Return the value of y at a point."""
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


def matrix_hessian(f, point):
    """Return the second derivatives of f of a matrix; the two orders of its entries agree here."""
    return hessian(f, point)


def slope(f, x):
    """Return the gradient of f, of which one more can be taken."""
    return ca.reshape(ca.jacobian(f(x), x), *x.shape)


def power_by_loop(x):
    """Return the fourth power of x, by a loop."""
    y = 1.0
    for _ in range(4):
        y = y * x
    return y


def assigned(q, where, y):
    """Return q with y written at some of its entries."""
    q[where] = y
    return q


def value(f, *point):
    """Return the value of f."""
    xs = [ca.MX.sym("x", *ca.DM(x).shape) for x in point]
    return run(xs, f(*xs), point)


def power_in_steps(x, n=4):
    """Return x to the power of n, by a loop of n steps."""
    y = 1.0
    for _ in range(n):
        y = y * x
    return y


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
    "clip-at-lower-bound": lambda: grad(lambda x: ca.fmin(ca.fmax(x, 0.0), 1.0), 0.0),
    "clip-at-upper-bound": lambda: grad(lambda x: ca.fmin(ca.fmax(x, 0.0), 1.0), 1.0),
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
    "squared-norm-at-zero": lambda: grad(lambda x: ca.norm_2(x) ** 2, [0.0, 0.0]),
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
    "clip-of-nan": lambda: grad(lambda x: ca.fmin(ca.fmax(x, 0.0), 1.0), nan),
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
    "det-singular": lambda: grad(ca.det, [[1.0, 2.0], [2.0, 4.0]]),
    "det-written-out": lambda: grad(
        lambda X: X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0], [[1.0, 2.0], [2.0, 4.0]]
    ),
    "det-zero-column": lambda: grad(ca.det, [[0.0, 1.0], [0.0, 3.0]]),
    "det-corner": lambda: grad(ca.det, [[1.0, 0.0], [0.0, 0.0]]),
    "det-of-three": lambda: grad(ca.det, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]),
    "det-zero-matrix": lambda: grad(ca.det, [[0.0, 0.0], [0.0, 0.0]]),
    "det-regular": lambda: grad(ca.det, [[1.0, 2.0], [3.0, 4.0]]),
    "det-hessian-singular": lambda: matrix_hessian(ca.det, [[1.0, 2.0], [2.0, 4.0]]),
    "det-hessian-of-ones": lambda: grad(
        lambda X: slope(ca.det, X)[0, 0], [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]
    ),
    "log-abs-det-negative": lambda: grad(
        lambda X: ca.log(ca.fabs(ca.det(X))), [[1.0, 2.0], [3.0, 4.0]]
    ),
    "logdet-negative": lambda: grad(lambda X: ca.log(ca.det(X)), [[1.0, 2.0], [3.0, 4.0]]),
    "log-abs-det-singular": lambda: grad(
        lambda X: ca.log(ca.fabs(ca.det(X))), [[1.0, 2.0], [2.0, 4.0]]
    ),
    "inverse-singular": lambda: grad(ca.inv, [[1.0, 2.0], [2.0, 4.0]]),
    "solve-singular": lambda: grad(
        lambda b: ca.solve(ca.DM([[1.0, 2.0], [2.0, 4.0]]), b), [1.0, 1.0]
    ),
    "inverse-regular": lambda: grad(lambda X: ca.trace(ca.inv(X)), [[2.0, 1.0], [0.0, 1.0]]),
    "pinv-of-rank-one": lambda: grad(ca.pinv, [[1.0, 0.0], [0.0, 0.0]]),
    "matrix-power-zero": lambda: grad(lambda X: ca.mpower(X, 0), [[1.0, 2.0], [2.0, 4.0]]),
    "cholesky-triangle": lambda: grad(ca.chol, [[4.0, 2.0], [2.0, 5.0]]),
    "cholesky-reads": lambda: float(ca.chol(ca.DM([[4.0, 2.0], [0.0, 5.0]]))[0, 1]),
    "cholesky-indefinite": lambda: grad(ca.chol, [[1.0, 2.0], [2.0, 1.0]]),
    "eigenvalue-sum-by-trace": lambda: grad(ca.trace, [[1.0, 1.0], [0.0, 1.0]]),
    "squared-entries": lambda: grad(lambda X: X**2, [[1.0, 0.0], [0.0, 1.0]]),
    "qr-square": lambda: grad(lambda X: ca.qr(X)[1] ** 2, [[1.0, 2.0], [3.0, 4.0]]),
    "qr-wide": lambda: grad(lambda X: ca.qr(X)[1] ** 2, [[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]),
    "qr-singular": lambda: grad(lambda X: ca.qr(X)[1] ** 2, [[1.0, 0.0], [2.0, 0.0]]),
    "complex-square-by-parts": lambda: grad(lambda x, y: x * x - y * y, 1.0, 2.0),
    "asin-at-zero": lambda: grad(ca.asin, 0.0),
    "acos-at-zero": lambda: grad(ca.acos, 0.0),
    "atan-at-zero": lambda: grad(ca.atan, 0.0),
    "erf-at-zero": lambda: grad(ca.erf, 0.0),
    "tanh-at-zero": lambda: grad(ca.tanh, 0.0),
    "expm1-at-zero": lambda: grad(ca.expm1, 0.0),
    "log1p-at-zero": lambda: grad(ca.log1p, 0.0),
    "asin-at-one": lambda: grad(ca.asin, 1.0),
    "acos-at-one": lambda: grad(ca.acos, 1.0),
    "acosh-at-one": lambda: grad(ca.acosh, 1.0),
    "atanh-at-one": lambda: grad(ca.atanh, 1.0),
    "log1p-at-minus-one": lambda: grad(ca.log1p, -1.0),
    "erfinv-at-zero": lambda: grad(ca.erfinv, 0.0),
    "erfinv-at-one": lambda: grad(ca.erfinv, 1.0),
    "xlogy-safe": lambda: grad(lambda x, y: x * ca.log(ca.if_else(y > 0, y, 1.0)), 0.0, 2.0),
    "atan2-at-origin": lambda: grad(ca.atan2, 0.0, 0.0),
    "atan2-at-the-cut": lambda: grad(ca.atan2, 0.0, -1.0),
    "interpolation-at-knot": lambda: grad(
        ca.interpolant("f", "linear", [[0.0, 1.0, 2.0]], [0.0, 1.0, 0.0]), 1.0, kind=ca.MX
    ),
    "gather-duplicates": lambda: grad(lambda x: x[[0, 0, 1]] * ca.DM([1.0, 2.0, 4.0]), [5.0, 7.0]),
    "gather-negative-index": lambda: grad(lambda x: x[-1], [1.0, 2.0, 3.0]),
    "gather-out-of-range": lambda: grad(lambda x: x[[0, 5]], [1.0, 20.0]),
    "scatter-overwritten": lambda: grad(lambda y: assigned(ca.SX.zeros(1), [0, 0], y), [1.0, 2.0]),
    "scatter-by-mask": lambda: grad(lambda y: ca.if_else(True, y[1], y[0]), [1.0, 2.0]),
    "scatter-distinct": lambda: grad(
        lambda y: assigned(ca.SX.zeros(2), [1, 0], y) * ca.DM([10.0, 1.0]), [1.0, 2.0]
    ),
    "assigned-input": lambda: grad(lambda x: assigned(ca.SX(x), 0, 0.0), [1.0, 2.0]),
    "cumsum-weighted": lambda: grad(ca.cumsum, [1.0, 2.0, 3.0]),
    "broadcast-sum": lambda: grad(lambda x: x + ca.DM([1.0, 2.0, 3.0]), 2.0),
    "minus-zero": lambda: value(lambda x: 1 / x, -0.0),
    "bce-written-out": lambda: grad(lambda p: -(1.0 * ca.log(p) + 0.0 * ca.log(1 - p)), 1.0),
    "bce-of-logit-written-out": lambda: grad(
        lambda x: ca.fmax(-x, 0.0) + ca.log1p(ca.exp(-ca.fabs(x))), -1000.0
    ),
    "entropy-of-certain": lambda: grad(lambda p: -ca.sum(p * ca.log(p)), [1.0, 0.0]),
    "log-cosh-large": lambda: grad(lambda x: ca.log(ca.cosh(x)), 1000.0),
    "counted-loop": lambda: grad(power_by_loop, 1.5),
    "branch-log-at-zero": lambda: grad(lambda x: ca.conditional(x > 0, [0.0 * x], ca.log(x)), 0.0),
    "in-place-square": lambda: grad(lambda x: assigned(ca.SX(x), 0, x[0] * x[0]), [3.0]),
    "unused-input": lambda: grad(lambda x, y: x * x, 3.0, 5.0),
    "constant-output": lambda: grad(lambda x: ca.SX(3.0), 2.0),
    "integer-converted": lambda: grad(lambda x: 1.5 * x, 3.0),
    "comparison": lambda: grad(lambda x: x > 0, 2.0),
    "stop-gradient": lambda: grad(lambda x: x * ca.stop_diff(x, 1), 3.0, kind=ca.MX),
    "straight-through": lambda: grad(
        lambda x: x + ca.stop_diff(ca.floor(x + 0.5) - x, 1), 1.25, kind=ca.MX
    ),
    "quotient-by-stopped": lambda: grad(lambda x: x / ca.stop_diff(x, 1), 0.0, kind=ca.MX),
    "second-derivative-of-cube": lambda: hessian(lambda x: x**3, 2.0),
    "second-derivative-of-linear": lambda: hessian(lambda x: 2 * x, 3.0),
    "hessian-mixed": lambda: hessian(lambda x: x[0] * x[1] ** 2, [1.0, 2.0]),
    "third-derivative": lambda: grad(lambda x: slope(lambda x: slope(ca.sin, x), x), 0.0),
    "gradient-penalty": lambda: grad(lambda x: slope(lambda x: x**3, x) ** 2, 1.0),
    "equal-scalars": lambda: grad(lambda x, y: x * y, 2.0, 2.0),
    "one-variable-twice": lambda: grad(lambda x: ca.times(x, x), 3.0),
    "array-of-variables": lambda: grad(
        lambda x, y: ca.vertcat(x, y)[0] * ca.vertcat(x, y)[1], 2.0, 3.0
    ),
    "one-path-stopped": lambda: grad(lambda x: x**2 + ca.stop_diff(x, 1) ** 2, 3.0, kind=ca.MX),
    "ceil-between": lambda: grad(ca.ceil, 2.5),
    "nan-first-in-max": lambda: grad(ca.mmax, [nan, 1.0]),
    "nan-in-max-value": lambda: [value(ca.mmax, [1.0, nan]), value(ca.mmax, [nan, 1.0])],
    "nan-maximum-gradient": lambda: grad(ca.fmax, nan, 1.0),
    "det-of-ones": lambda: grad(ca.det, [[1.0, 1.0], [1.0, 1.0]]),
    "inverse-singular-value": lambda: value(ca.inv, [[1.0, 2.0], [2.0, 4.0]]),
    "gather-out-of-range-value": lambda: value(lambda x: ca.sum(x[[0, 5]]), [1.0, 20.0]),
    "minus-zero-after-zero": lambda: value(lambda x: ca.vertcat(0.0, 1 / ca.MX(-0.0)), 0.0)[1],
    "loop-of-given-length": lambda: grad(power_in_steps, 1.5),
    "relu-difference": lambda: grad(lambda x: ca.ramp(x) - ca.ramp(-x), 0.0),
    "relu-second-derivative": lambda: hessian(ca.ramp, 0.0),
    "eigenvalue-sum-at-identity": lambda: grad(ca.eig_symbolic, [[1.0, 0.0], [0.0, 1.0]]),
    "eigenvalues-defective": lambda: grad(ca.eig_symbolic, [[1.0, 1.0], [0.0, 1.0]]),
    "sign-at-zero-value": lambda: value(ca.sign, 0.0),
    "squared-norm-by-sum": lambda: grad(lambda x: ca.sum(x * x), [0.0, 0.0]),
    "cholesky-indefinite-value": lambda: ca.chol(ca.DM([[1.0, 2.0], [2.0, 1.0]])).full(),
    "quotient-by-stopped-value": lambda: value(lambda x: x / ca.stop_diff(x, 1), 0.0),
}

NOT_OFFERED = {
    "max-along-axis-tie": "The library has no maximum along an axis.",
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
    "expm-at-zero": "Its expm needs a solver that the distribution has not.",
    "eigh-triangle": "Its eigenvalues are those of a general matrix.",
    "eigh-reads": "Its eigenvalues are those of a general matrix.",
    "eigenvectors-at-identity": "The library has no eigenvectors of a symmetric matrix.",
    "svd-product-at-identity": "The library has no singular value decomposition.",
    "singular-value-sum-at-identity": "The library has no singular values.",
    "singular-value-sum-of-rank-one": "The library has no singular values.",
    "singular-values-of-zero": "The library has no singular values.",
    "squared-singular-values": "The library has no singular values.",
    "spectral-norm": "The library has no spectral norm.",
    "lstsq-by-right-side": "The library has no least squares that can be differentiated.",
    "lstsq-of-rank-one": "The library has no least squares that can be differentiated.",
    "complex-square": "The library has no complex numbers.",
    "complex-power": "The library has no complex numbers.",
    "complex-cube": "The library has no complex numbers.",
    "complex-exponential": "The library has no complex numbers.",
    "complex-logarithm": "The library has no complex numbers.",
    "complex-reciprocal": "The library has no complex numbers.",
    "complex-imaginary-part": "The library has no complex numbers.",
    "complex-conjugate": "The library has no complex numbers.",
    "complex-abs-squared": "The library has no complex numbers.",
    "complex-times-conjugate": "The library has no complex numbers.",
    "complex-abs-at-zero": "The library has no complex numbers.",
    "complex-angle": "The library has no complex numbers.",
    "complex-angle-at-zero": "The library has no complex numbers.",
    "complex-sqrt-negative": "The library has no complex numbers.",
    "complex-output": "The library has no complex numbers.",
    "complex-phase-of-real": "The library has no complex numbers.",
    "complex-fft": "The library has no Fourier transform.",
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
    "logsigmoid-far-left": "The library has no logsigmoid.",
    "gelu-default": "The library has no gelu.",
    "median-of-even-count": "The library has no median.",
    "median-tie": "The library has no median.",
    "sort-tie": "The library has no sort.",
    "top-one-tie": "The library has no top-k.",
    "cummax-tie": "The library has no cumulative maximum.",
    "max-pool-tie": "The library has no max pooling.",
    "gather-float16": "The library has no half precision.",
    "scatter-add-duplicates": "The library has no scatter-add.",
    "quantile-at-entry": "The library has no quantile.",
    "mean-of-nothing": "The library has no selection by a mask of booleans.",
    "var-of-one": "The library has no unbiased variance.",
    "argmax-slope": "The library has no argmax.",
    "float-cancellation": "Not asked: its variables are double precision.",
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
    "while-loop": "A graph of symbols has no loop whose end depends on its values.",
    "in-place-after-use": "Its arrays cannot be changed in place.",
    "backward-twice": "A gradient is a function of it here; there is no sweep to repeat.",
    "gradients-accumulate": "Gradients are returned here; there is nowhere for them to add up.",
    "integer-square": "Its variables are real numbers.",
    "integer-scaled": "Its variables are real numbers.",
    "conversion-to-integer": "Its variables are real numbers.",
    "vector-output": "Its jacobian is asked for; there is no gradient of a vector.",
    "eigh-unsymmetric": "Its eigenvalues are those of a general matrix.",
    "clip-from-below": "The library has no clip with one bound.",
    "floor-division": "The library has no division that is rounded down.",
    "remainder-of-divmod": "The library has no divmod.",
    "logcumsumexp-infinite-value": "The library has no cumulative logsumexp.",
    "selu-large": "The library has no selu.",
    "det-singular-with-graph": "A gradient to be differentiated again is asked for in no other way here.",
    "eigenvectors-without-choice": "The library has no eigenvectors of a symmetric matrix.",
    "svd-null-vector": "The library has no full singular value decomposition.",
    "logsigmoid-far-left-value": "The library has no logsigmoid.",
    "median-of-even-tie": "The library has no median.",
    "variance-by-default": "The library has no variance.",
    "cross-entropy-masked-value": "The library has no cross-entropy.",
    "bce-certain-mistake-value": "The library has no binary cross-entropy of a probability.",
}
