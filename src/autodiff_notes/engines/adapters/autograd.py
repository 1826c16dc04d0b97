"""HIPS autograd, as its users write it: NumPy under another name, and functions of functions."""

import autograd.numpy as np
from autograd import elementwise_grad, make_vjp
from autograd import grad as gradient
from autograd import hessian as second
from autograd.numpy import array, exp, linalg, log, maximum, where
from autograd.scipy import linalg as slinalg
from autograd.scipy import special
from autograd.scipy.special import logsumexp

TITLE = "HIPS autograd"
DISTRIBUTION = "autograd"
REQUIRES = ("autograd==1.9.1", "numpy==2.4.6", "scipy==1.17.1")
HOMEPAGE = "https://github.com/HIPS/autograd"
DOCUMENTED = {
    "complex-square": "https://github.com/HIPS/autograd/blob/master/docs/tutorial.md#complex-numbers",
}

INF, NAN = float("inf"), float("nan")
SINGULAR = [[1.0, 2.0], [2.0, 4.0]]
IDENTITY = [[1.0, 0.0], [0.0, 1.0]]
ZEROS = [[0.0, 0.0], [0.0, 0.0]]
REGULAR = [[1.0, 2.0], [3.0, 4.0]]
CORNER = [[1.0, 0.0], [0.0, 0.0]]


def grad(f, *point):
    """Return the gradients of the sum of f."""
    xs = [array(x) for x in point]
    argument = 0 if len(xs) == 1 else tuple(range(len(xs)))
    return gradient(lambda *xs: np.sum(f(*xs)), argument)(*xs)


def hessian(f, x):
    """Return all second derivatives of f, a row an entry."""
    x = array(x)
    return second(f)(x).reshape(x.size, x.size).squeeze()


def swept_twice(f, x):
    """Return the gradient of the second of two sweeps over one record."""
    sweep, _ = make_vjp(f)(x)
    sweep(1.0)
    return sweep(1.0)


def recorded_twice(f, x):
    """Return the gradient of the second of two records."""
    gradient(f)(x)
    return gradient(f)(x)


def until_ten(x):
    """Return the first power of x that is ten at least."""
    y = x
    while y < 10:
        y = y * x
    return y


def power_by_loop(x):
    """Return x to the power of four by a loop."""
    y = 1.0
    for _ in range(4):
        y = y * x
    return y


def assigned(x, index, y):
    """Return x after an assignment of y at an index."""
    x[index] = y
    return x


def exponential_squared(x):
    """Return exp(x), multiplied in place by itself."""
    y = exp(x)
    y *= y
    return y


def svdvals(X):
    """Return the singular values, for which autograd has a rule in the thin decomposition."""
    return linalg.svd(X, full_matrices=False)[1]


def svd_product(X):
    """Return the product of the factors of a singular value decomposition, weighted."""
    U, S, Vt = linalg.svd(X, full_matrices=False)
    return array(REGULAR) * (U @ np.diag(S) @ Vt)


def power_in_steps(x, n=4):
    """Return x to the power of n, by a loop of n steps."""
    y = 1.0
    for _ in range(n):
        y = y * x
    return y


def svd_product_of_three(X):
    """Return the weighted entries of U S V^T, of three rows."""
    U, S, Vt = linalg.svd(X, full_matrices=False)
    return np.arange(1.0, 10.0).reshape(3, 3) * (U @ np.diag(S) @ Vt)


ANSWERS = {
    # kinks
    "abs-at-zero": lambda: grad(np.abs, 0.0),
    "abs-at-minus-zero": lambda: grad(np.abs, -0.0),
    "sqrt-of-square": lambda: grad(lambda x: np.sqrt(x * x), 0.0),
    "abs-times-x": lambda: grad(lambda x: x * np.abs(x), 0.0),
    "maximum-with-zero": lambda: grad(lambda x: maximum(x, 0.0), 0.0),
    "where-positive": lambda: grad(lambda x: where(x > 0, x, 0.0), 0.0),
    "relu-difference": lambda: grad(lambda x: maximum(x, 0.0) - maximum(-x, 0.0), 0.0),
    "relu-difference-by-abs": lambda: grad(
        lambda x: (x + np.abs(x)) / 2 - (np.abs(x) - x) / 2, 0.0
    ),
    "maximum-tie": lambda: grad(maximum, 2.0, 2.0),
    "minimum-tie": lambda: grad(np.minimum, 2.0, 2.0),
    "maximum-of-itself": lambda: grad(lambda x: maximum(x, x), 2.0),
    "max-of-vector-tie": lambda: grad(np.max, [1.0, 3.0, 3.0]),
    "max-of-three-tie": lambda: grad(np.max, [3.0, 3.0, 3.0]),
    "max-along-axis-tie": lambda: grad(lambda X: np.max(X, axis=1), [[1.0, 3.0, 3.0]]),
    "clip-at-lower-bound": lambda: grad(lambda x: np.clip(x, 0.0, 1.0), 0.0),
    "clip-at-upper-bound": lambda: grad(lambda x: np.clip(x, 0.0, 1.0), 1.0),
    "hinge-at-one": lambda: grad(lambda x: maximum(0.0, 1 - x), 1.0),
    "one-norm-with-zero": lambda: grad(lambda x: linalg.norm(x, 1), [0.0, 1.0]),
    "inf-norm-tie": lambda: grad(lambda x: linalg.norm(x, np.inf), [2.0, 2.0]),
    "sign-at-zero": lambda: grad(np.sign, 0.0),
    "floor-between": lambda: grad(np.floor, 2.5),
    "round-between": lambda: grad(np.round, 1.25),
    "mod-by-both": lambda: grad(np.mod, 7.0, 2.0),
    "mod-written-out": lambda: grad(lambda x, y: x - y * np.floor(x / y), 7.0, 2.0),
    "abs-second-derivative": lambda: hessian(np.abs, 0.0),
    # roots
    "sqrt-at-zero": lambda: grad(np.sqrt, 0.0),
    "power-half-at-zero": lambda: grad(lambda x: x**0.5, 0.0),
    "cube-root-at-zero": lambda: grad(lambda x: x ** (1 / 3), 0.0),
    "x-times-sqrt": lambda: grad(lambda x: x * np.sqrt(x), 0.0),
    "power-three-halves": lambda: grad(lambda x: x**1.5, 0.0),
    "reciprocal-sqrt-at-zero": lambda: grad(lambda x: 1 / np.sqrt(x), 0.0),
    "reciprocal-at-zero": lambda: grad(np.reciprocal, 0.0),
    "log-at-zero": lambda: grad(log, 0.0),
    "power-zero-at-zero": lambda: grad(lambda x: x**0.0, 0.0),
    "power-one-at-zero": lambda: grad(lambda x: x**1.0, 0.0),
    "power-two-at-zero": lambda: grad(lambda x: x**2.0, 0.0),
    "power-both-at-zero": lambda: grad(np.power, 0.0, 0.0),
    "power-base-zero": lambda: grad(np.power, 0.0, 2.0),
    "power-negative-base": lambda: grad(np.power, -2.0, 2.0),
    "cube-of-negative": lambda: grad(lambda x: x**3, -2.0),
    "norm-at-zero": lambda: grad(linalg.norm, [0.0, 0.0]),
    "norm-written-out": lambda: grad(lambda x: np.sqrt(np.sum(x * x)), [0.0, 0.0]),
    "norm-smoothed": lambda: grad(lambda x: np.sqrt(np.sum(x * x) + 1e-12), [0.0, 0.0]),
    "squared-norm-at-zero": lambda: grad(lambda x: linalg.norm(x) ** 2, [0.0, 0.0]),
    "distance-of-equal-points": lambda: grad(
        lambda x: linalg.norm(x - array([1.0, 2.0])), [1.0, 2.0]
    ),
    "hypot-at-zero": lambda: grad(np.hypot, 0.0, 0.0),
    "nuclear-norm-at-zero": lambda: grad(lambda X: linalg.norm(X, "nuc"), ZEROS),
    "std-of-constant": lambda: grad(np.std, [2.0, 2.0]),
    "std-smoothed": lambda: grad(lambda x: np.sqrt(np.var(x) + 1e-12), [2.0, 2.0]),
    "var-of-constant": lambda: grad(np.var, [2.0, 2.0]),
    "rsqrt-variance-normalisation": lambda: grad(
        lambda x: ((x - np.mean(x)) / np.sqrt(np.var(x) + 1e-5))[0], [2.0, 2.0]
    ),
    # masks
    "where-log-at-zero": lambda: grad(lambda x: where(x > 0, log(x), 0.0), 0.0),
    "where-log-safe": lambda: grad(lambda x: where(x > 0, log(where(x > 0, x, 1.0)), 0.0), 0.0),
    "where-sqrt-negative": lambda: grad(lambda x: where(x > 0, np.sqrt(x), 0.0), -1.0),
    "where-sinc-at-zero": lambda: grad(lambda x: where(x == 0, 1.0, np.sin(x) / x), 0.0),
    "mask-by-product": lambda: grad(lambda x: 0.0 * log(x), 0.0),
    "boolean-mask": lambda: grad(lambda x: np.sum(x[x > 0]), [1.0, -2.0, 3.0]),
    "where-isnan": lambda: grad(lambda x: where(np.isnan(x), 0.0, x), [1.0, NAN, 2.0]),
    "nansum": lambda: grad(np.nansum, [1.0, NAN, 2.0]),
    "nan-in-max": lambda: grad(np.max, [1.0, NAN]),
    "nan-maximum-value": lambda: [maximum(NAN, 1.0), maximum(1.0, NAN)],
    "clip-of-nan": lambda: grad(lambda x: np.clip(x, 0.0, 1.0), NAN),
    "softplus-naive-large": lambda: grad(lambda x: log(1 + exp(x)), 1000.0),
    "softplus-large": lambda: grad(lambda x: np.logaddexp(x, 0.0), 1000.0),
    "softplus-safe": lambda: grad(lambda x: maximum(x, 0.0) + np.log1p(exp(-np.abs(x))), 1000.0),
    "sigmoid-naive-large": lambda: grad(lambda x: 1 / (1 + exp(-x)), -1000.0),
    "sigmoid-large": lambda: grad(special.expit, -1000.0),
    "logsumexp-naive-large": lambda: grad(lambda x: log(np.sum(exp(x))), [1000.0, 1000.0]),
    "logsumexp-large": lambda: grad(logsumexp, [1000.0, 1000.0]),
    "logsumexp-one-infinite": lambda: grad(logsumexp, [-INF, 0.0]),
    "logsumexp-all-infinite": lambda: grad(logsumexp, [-INF, -INF]),
    "logsumexp-all-infinite-value": lambda: logsumexp(array([-INF, -INF])),
    "logaddexp-one-infinite": lambda: grad(np.logaddexp, -INF, 0.0),
    "log-softmax-large-value": lambda: array([10000.0, 0.0]) - logsumexp(array([10000.0, 0.0])),
    "log-softmax-gradient": lambda: grad(lambda x: x[0] - logsumexp(x), [0.0, 1000.0]),
    # products
    "prod-one-zero": lambda: grad(np.prod, [0.0, 2.0, 3.0]),
    "prod-two-zeros": lambda: grad(np.prod, [0.0, 0.0, 3.0]),
    "prod-written-out": lambda: grad(lambda x: x[0] * x[1] * x[2], [0.0, 2.0, 3.0]),
    "prod-negative": lambda: grad(np.prod, [-1.0, 2.0, 3.0]),
    "prod-along-axis": lambda: grad(lambda X: np.prod(X, axis=1), [[0.0, 2.0], [3.0, 4.0]]),
    "prod-hessian": lambda: hessian(np.prod, [0.0, 2.0, 3.0]),
    "prod-by-logarithms": lambda: grad(lambda x: exp(np.sum(log(x))), [0.0, 2.0, 3.0]),
    "cumprod-one-zero": lambda: grad(np.cumprod, [0.0, 2.0, 3.0]),
    "cumprod-two-zeros": lambda: grad(np.cumprod, [0.0, 0.0, 3.0]),
    "cumprod-written-out": lambda: grad(
        lambda x: x[0] + x[0] * x[1] + x[0] * x[1] * x[2], [0.0, 2.0, 3.0]
    ),
    "square-by-itself": lambda: grad(lambda x: x * x / x, 0.0),
    "sine-by-itself": lambda: grad(lambda x: np.sin(x) / x, 0.0),
    "zero-times-infinity": lambda: grad(np.multiply, 0.0, INF),
    # matrices
    "det-singular": lambda: grad(linalg.det, SINGULAR),
    "det-written-out": lambda: grad(lambda X: X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0], SINGULAR),
    "det-zero-column": lambda: grad(linalg.det, [[0.0, 1.0], [0.0, 3.0]]),
    "det-corner": lambda: grad(linalg.det, CORNER),
    "det-of-three": lambda: grad(linalg.det, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]),
    "det-zero-matrix": lambda: grad(linalg.det, ZEROS),
    "det-regular": lambda: grad(linalg.det, REGULAR),
    "det-hessian-singular": lambda: hessian(linalg.det, SINGULAR),
    "det-hessian-of-ones": lambda: grad(
        lambda X: gradient(linalg.det)(X)[0, 0], [[1.0, 1.0, 1.0]] * 3
    ),
    "log-abs-det-negative": lambda: grad(lambda X: linalg.slogdet(X)[1], REGULAR),
    "logdet-negative": lambda: grad(lambda X: log(linalg.det(X)), REGULAR),
    "log-abs-det-singular": lambda: grad(lambda X: linalg.slogdet(X)[1], SINGULAR),
    "inverse-singular": lambda: grad(linalg.inv, SINGULAR),
    "solve-singular": lambda: grad(lambda b: linalg.solve(array(SINGULAR), b), [1.0, 1.0]),
    "inverse-regular": lambda: grad(lambda X: np.trace(linalg.inv(X)), [[2.0, 1.0], [0.0, 1.0]]),
    "pinv-of-rank-one": lambda: grad(linalg.pinv, CORNER),
    "expm-at-zero": lambda: grad(slinalg.expm, ZEROS),
    "cholesky-triangle": lambda: grad(linalg.cholesky, [[4.0, 2.0], [2.0, 5.0]]),
    "cholesky-reads": lambda: linalg.cholesky(array([[4.0, 2.0], [0.0, 5.0]]))[1, 0],
    "cholesky-indefinite": lambda: grad(linalg.cholesky, [[1.0, 2.0], [2.0, 1.0]]),
    "eigh-triangle": lambda: grad(lambda A: linalg.eigh(A)[0][-1], [[2.0, 1.0], [1.0, 2.0]]),
    "eigh-reads": lambda: linalg.eigh(array([[1.0, 2.0], [0.0, 3.0]]))[0][-1],
    "eigenvalue-sum-at-identity": lambda: grad(lambda A: linalg.eigh(A)[0], IDENTITY),
    "eigenvectors-at-identity": lambda: grad(
        lambda A: array([[1.0, 2.0], [3.0, 5.0]]) * linalg.eigh(A)[1] ** 2, IDENTITY
    ),
    "eigenvalues-defective": lambda: grad(
        lambda X: np.real(linalg.eig(X)[0]), [[1.0, 1.0], [0.0, 1.0]]
    ),
    "eigenvalue-sum-by-trace": lambda: grad(np.trace, [[1.0, 1.0], [0.0, 1.0]]),
    "svd-product-at-identity": lambda: grad(svd_product, IDENTITY),
    "singular-value-sum-at-identity": lambda: grad(svdvals, IDENTITY),
    "singular-value-sum-of-rank-one": lambda: grad(svdvals, CORNER),
    "singular-values-of-zero": lambda: grad(svdvals, ZEROS),
    "squared-singular-values": lambda: grad(lambda X: svdvals(X) ** 2, IDENTITY),
    "squared-entries": lambda: grad(lambda X: X**2, IDENTITY),
    "spectral-norm": lambda: grad(lambda X: svdvals(X)[0], [[2.0, 0.0], [0.0, 1.0]]),
    # complex numbers
    "complex-square": lambda: grad(lambda z: np.real(z * z), 1 + 2j),
    "complex-square-by-parts": lambda: grad(lambda x, y: x * x - y * y, 1.0, 2.0),
    "complex-power": lambda: grad(lambda z: np.real(z**2), 1 + 2j),
    "complex-cube": lambda: grad(lambda z: np.real(z**3), 1 + 2j),
    "complex-exponential": lambda: grad(lambda z: np.real(exp(z)), 1j),
    "complex-logarithm": lambda: grad(lambda z: np.real(log(z)), 1 + 2j),
    "complex-reciprocal": lambda: grad(lambda z: np.real(1 / z), 1 + 1j),
    "complex-imaginary-part": lambda: grad(np.imag, 1 + 2j),
    "complex-conjugate": lambda: grad(lambda z: np.real(np.conj(z) * np.conj(z)), 1 + 2j),
    "complex-abs-squared": lambda: grad(lambda z: np.abs(z) ** 2, 1 + 2j),
    "complex-times-conjugate": lambda: grad(lambda z: np.real(z * np.conj(z)), 1 + 2j),
    "complex-abs-at-zero": lambda: grad(np.abs, 0j),
    "complex-angle": lambda: grad(np.angle, 1 + 2j),
    "complex-angle-at-zero": lambda: grad(np.angle, 0j),
    "complex-sqrt-negative": lambda: grad(lambda z: np.imag(np.sqrt(z)), -4 + 0j),
    "complex-output": lambda: gradient(lambda z: z * z)(1 + 2j),
    "complex-phase-of-real": lambda: grad(lambda x: np.abs(exp(1j * x)), 0.5),
    "complex-fft": lambda: grad(lambda x: np.abs(np.fft.fft(x)) ** 2, [1.0, 2.0, 3.0]),
    # special functions
    "asin-at-zero": lambda: grad(np.arcsin, 0.0),
    "acos-at-zero": lambda: grad(np.arccos, 0.0),
    "atan-at-zero": lambda: grad(np.arctan, 0.0),
    "erf-at-zero": lambda: grad(special.erf, 0.0),
    "tanh-at-zero": lambda: grad(np.tanh, 0.0),
    "expm1-at-zero": lambda: grad(np.expm1, 0.0),
    "log1p-at-zero": lambda: grad(np.log1p, 0.0),
    "asin-at-one": lambda: grad(np.arcsin, 1.0),
    "acos-at-one": lambda: grad(np.arccos, 1.0),
    "acosh-at-one": lambda: grad(np.arccosh, 1.0),
    "atanh-at-one": lambda: grad(np.arctanh, 1.0),
    "log1p-at-minus-one": lambda: grad(np.log1p, -1.0),
    "logit-at-zero": lambda: grad(special.logit, 0.0),
    "erfinv-at-zero": lambda: grad(special.erfinv, 0.0),
    "erfinv-at-one": lambda: grad(special.erfinv, 1.0),
    "entropy-at-zero": lambda: grad(lambda x: -x * log(x), 0.0),
    "xlogy-base-two": lambda: grad(lambda x, y: x * log(y), 0.0, 2.0),
    "xlogy-at-zero": lambda: grad(lambda x, y: x * log(y), 0.0, 0.0),
    "xlogy-safe": lambda: grad(lambda x, y: x * log(where(y > 0, y, 1.0)), 0.0, 2.0),
    "lgamma-at-zero": lambda: grad(special.gammaln, 0.0),
    "lgamma-negative": lambda: grad(special.gammaln, -0.5),
    "digamma-at-zero": lambda: grad(special.psi, 0.0),
    "polygamma-at-zero": lambda: grad(lambda x: special.polygamma(1, x), 0.0),
    "bessel-i0-at-zero": lambda: grad(special.i0, 0.0),
    "bessel-i1-at-zero": lambda: grad(special.i1, 0.0),
    "bessel-i1e-at-zero": lambda: grad(lambda x: special.ive(1, x), 0.0),
    "bessel-j0-at-zero": lambda: grad(special.j0, 0.0),
    "sinc-at-zero": lambda: grad(np.sinc, 0.0),
    "sinc-second-derivative": lambda: hessian(np.sinc, 0.0),
    "gammainc-at-zero": lambda: grad(lambda x: special.gammainc(1.0, x), 0.0),
    "atan2-at-origin": lambda: grad(np.arctan2, 0.0, 0.0),
    "atan2-at-the-cut": lambda: grad(np.arctan2, 0.0, -1.0),
    "logsigmoid-far-left": lambda: grad(lambda x: -np.logaddexp(0.0, -x), -1000.0),
    # reductions
    "sort-tie": lambda: grad(lambda x: np.sort(x) * array([1.0, 2.0, 3.0]), [2.0, 2.0, 1.0]),
    "top-one-tie": lambda: grad(lambda x: np.sort(x)[-1], [3.0, 3.0]),
    "gather-duplicates": lambda: grad(
        lambda x: x[array([0, 0, 1])] * array([1.0, 2.0, 4.0]), [5.0, 7.0]
    ),
    "gather-negative-index": lambda: grad(lambda x: x[-1], [1.0, 2.0, 3.0]),
    "gather-out-of-range": lambda: grad(lambda x: x[array([0, 5])], [1.0, 20.0]),
    "gather-float16": lambda: gradient(lambda x: np.sum(x[np.zeros(4096, int)]))(
        np.ones(1, dtype=np.float16)
    )[0],
    "scatter-by-mask": lambda: grad(lambda y: where(array([True]), y[1:], y[:1]), [1.0, 2.0]),
    "scatter-overwritten": lambda: grad(
        lambda y: assigned(np.zeros(1), array([0, 0]), y), [1.0, 2.0]
    ),
    "scatter-distinct": lambda: grad(
        lambda y: assigned(np.zeros(2), array([1, 0]), y) * array([10.0, 1.0]), [1.0, 2.0]
    ),
    "assigned-input": lambda: grad(lambda x: assigned(x, 0, 0.0), [1.0, 2.0]),
    "mean-of-nothing": lambda: grad(lambda x: np.mean(x[x > 9]), [1.0, 2.0]),
    "var-of-one": lambda: grad(lambda x: np.var(x, ddof=1), [2.0]),
    "cumsum-weighted": lambda: grad(np.cumsum, [1.0, 2.0, 3.0]),
    "broadcast-sum": lambda: grad(lambda x: x + array([1.0, 2.0, 3.0]), 2.0),
    "argmax-slope": lambda: grad(np.argmax, [1.0, 2.0]),
    "float-cancellation": lambda: (np.float32(0.5) + np.float32(1e8)) - np.float32(1e8),
    "minus-zero": lambda: 1 / array(-0.0),
    # losses
    "bce-written-out": lambda: grad(lambda p: -(1.0 * log(p) + 0.0 * log(1 - p)), 1.0),
    "bce-of-logit": lambda: grad(lambda x: np.logaddexp(0.0, -x), -1000.0),
    "bce-of-logit-written-out": lambda: grad(
        lambda x: maximum(-x, 0.0) + np.log1p(exp(-np.abs(x))), -1000.0
    ),
    "cross-entropy-masked-target": lambda: grad(lambda x: logsumexp(x) - x[0], [-INF, 0.0]),
    "cross-entropy-masked-other": lambda: grad(lambda x: logsumexp(x) - x[1], [-INF, 0.0]),
    "cross-entropy-equal": lambda: grad(lambda x: logsumexp(x) - x[0], [0.0, 0.0]),
    "entropy-of-certain": lambda: grad(lambda p: -np.sum(p * log(p)), [1.0, 0.0]),
    "l1-loss-at-zero": lambda: grad(lambda x: np.abs(x - 1.0), 1.0),
    "huber-at-delta": lambda: grad(lambda x: where(np.abs(x) <= 1, x**2 / 2, np.abs(x) - 0.5), 1.0),
    "rmse-at-zero": lambda: grad(
        lambda x: np.sqrt(np.mean((x - array([1.0, 2.0])) ** 2)), [1.0, 2.0]
    ),
    "mse-at-zero": lambda: grad(lambda x: np.mean((x - array([1.0, 2.0])) ** 2), [1.0, 2.0]),
    "poisson-zero-rate": lambda: grad(lambda x: x - 0.0 * log(x), 0.0),
    "log-cosh-large": lambda: grad(lambda x: log(np.cosh(x)), 1000.0),
    # programs
    "while-loop": lambda: grad(until_ten, 2.0),
    "counted-loop": lambda: grad(power_by_loop, 1.5),
    "branch-log-at-zero": lambda: grad(lambda x: log(x) if x > 0 else 0.0 * x, 0.0),
    "in-place-square": lambda: grad(lambda x: assigned(x, 0, x[0] * x[0]), [3.0])[0],
    "in-place-after-use": lambda: grad(exponential_squared, 0.0),
    "unused-input": lambda: grad(lambda x, y: x * x, 3.0, 5.0),
    "constant-output": lambda: grad(lambda x: array(3.0), 2.0),
    "backward-twice": lambda: swept_twice(lambda x: x * x, 3.0),
    "gradients-accumulate": lambda: recorded_twice(lambda x: x * x, 3.0),
    "integer-square": lambda: gradient(lambda x: x * x)(3),
    "integer-scaled": lambda: gradient(lambda x: 1.5 * x)(3),
    "integer-converted": lambda: grad(lambda x: 1.5 * x, 3.0),
    "conversion-to-integer": lambda: grad(lambda x: x.astype(int).astype(float), 2.5),
    "comparison": lambda: grad(lambda x: where(x > 0, 1.0, 0.0), 2.0),
    "second-derivative-of-cube": lambda: hessian(lambda x: x**3, 2.0),
    "second-derivative-of-linear": lambda: hessian(lambda x: 2 * x, 3.0),
    "hessian-mixed": lambda: hessian(lambda x: x[0] * x[1] ** 2, [1.0, 2.0]),
    "third-derivative": lambda: gradient(gradient(gradient(np.sin)))(0.0),
    "gradient-penalty": lambda: grad(lambda x: gradient(lambda x: x**3)(x) ** 2, 1.0),
    "vector-output": lambda: elementwise_grad(lambda x: x * x)(array([1.0, 2.0])),
    "equal-scalars": lambda: grad(lambda x, y: x * y, 2.0, 2.0),
    "one-variable-twice": lambda: grad(lambda x: np.multiply(x, x), 3.0),
    "array-of-variables": lambda: grad(lambda x, y: np.prod(array([x, y])), 2.0, 3.0),
    "clip-from-below": lambda: grad(lambda x: np.clip(x, 0.0, INF), 0.0),
    "ceil-between": lambda: grad(np.ceil, 2.5),
    "floor-division": lambda: grad(lambda x, y: x // y, 7.0, 2.0),
    "nan-first-in-max": lambda: grad(np.max, [NAN, 1.0]),
    "nan-in-max-value": lambda: [np.max(array([1.0, NAN])), np.max(array([NAN, 1.0]))],
    "nan-maximum-gradient": lambda: grad(maximum, NAN, 1.0),
    "det-of-ones": lambda: grad(linalg.det, [[1.0, 1.0], [1.0, 1.0]]),
    "inverse-singular-value": lambda: linalg.inv(array(SINGULAR)),
    "eigh-unsymmetric": lambda: grad(lambda A: linalg.eigh(A)[0][-1], [[1.0, 2.0], [0.0, 3.0]]),
    "eigenvectors-without-choice": lambda: grad(
        lambda A: array(REGULAR) * linalg.eigh(A)[1] ** 2, IDENTITY
    ),
    "svd-null-vector": lambda: grad(
        lambda X: linalg.svd(X)[2][2, 0] ** 2, [[1.0, 2.0, 0.0], [0.0, 1.0, 1.0]]
    ),
    "gather-out-of-range-value": lambda: np.sum(array([1.0, 20.0])[array([0, 5])]),
    "minus-zero-after-zero": lambda: [array(0.0), 1 / array(-0.0)][1],
    "variance-by-default": lambda: np.var(array([1.0, 2.0, 3.0])),
    "loop-of-given-length": lambda: grad(power_in_steps, 1.5),
    "logsigmoid-far-left-value": lambda: -np.logaddexp(0.0, 1000.0),
    "sign-at-zero-value": lambda: np.sign(0.0),
    "squared-norm-by-sum": lambda: grad(lambda x: np.sum(x * x), [0.0, 0.0]),
    "sqrt-of-a-plain-zero": lambda: gradient(np.sqrt)(0.0),
    "svd-product-of-three": lambda: grad(
        svd_product_of_three, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    ),
    "cholesky-indefinite-value": lambda: linalg.cholesky(array([[1.0, 2.0], [2.0, 1.0]])),
}


NOT_OFFERED = {
    "relu-at-zero": "autograd has no relu; users write maximum(x, 0)",
    "relu-second-derivative": "autograd has no relu; users write maximum(x, 0)",
    "leaky-relu-at-zero": "autograd has no activations",
    "relu6-at-six": "autograd has no activations",
    "hardtanh-at-one": "autograd has no activations",
    "hardswish-at-three": "autograd has no activations",
    "elu-at-zero": "autograd has no activations",
    "elu-large": "autograd has no activations",
    "celu-at-zero": "autograd has no activations",
    "selu-at-zero": "autograd has no activations",
    "softshrink-at-bound": "autograd has no activations",
    "gelu-default": "autograd has no activations",
    "fraction-of-a-number": "autograd wraps no modf",
    "normalize-at-zero": "autograd normalises no vector",
    "cosine-similarity-at-zero": "autograd has no cosine similarity",
    "logcumsumexp-infinite": "NumPy has no cumulative logsumexp",
    "log-of-softmax": "autograd has no softmax",
    "softmax-one-masked": "autograd has no softmax",
    "softmax-all-masked": "autograd has no softmax",
    "matrix-power-zero": "autograd wraps no matrix_power",
    "qr-square": "autograd has no rule for QR",
    "qr-wide": "autograd has no rule for QR",
    "qr-singular": "autograd has no rule for QR",
    "lstsq-by-right-side": "autograd wraps no lstsq",
    "lstsq-of-rank-one": "autograd wraps no lstsq",
    "zeta-at-two": "autograd wraps no zeta",
    "log-ndtr-far-left": "autograd wraps no log_ndtr",
    "median-of-even-count": "autograd wraps no median",
    "median-tie": "autograd wraps no median",
    "cummax-tie": "autograd wraps no maximum.accumulate",
    "max-pool-tie": "autograd has no pooling",
    "interpolation-at-knot": "autograd wraps no interp",
    "scatter-add-duplicates": "autograd wraps no add.at",
    "quantile-at-entry": "autograd wraps no quantile",
    "bce-certain-mistake": "autograd has no losses",
    "bce-certain-and-right": "autograd has no losses",
    "kl-zero-target": "autograd has no losses",
    "kl-by-target-zero": "autograd has no losses",
    "cross-entropy-reduction": "autograd has no losses",
    "stop-gradient": "autograd has no function that stops a gradient",
    "straight-through": "autograd has no function that stops a gradient",
    "quotient-by-stopped": "autograd has no function that stops a gradient",
    "one-path-stopped": "autograd has no function that stops a gradient",
    "remainder-of-divmod": "The library has no divmod.",
    "logcumsumexp-infinite-value": "The library has no cumulative logsumexp.",
    "selu-large": "The library has no selu.",
    "det-singular-with-graph": "A gradient to be differentiated again is asked for in no other way here.",
    "median-of-even-tie": "The library has no median.",
    "cross-entropy-masked-value": "The library has no cross-entropy.",
    "bce-certain-mistake-value": "The library has no binary cross-entropy of a probability.",
}
