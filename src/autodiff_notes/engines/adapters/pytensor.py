"""PyTensor, as its users write it: symbolic variables, pytensor.grad, and a compiled function."""

import numpy as np
import pytensor
import pytensor.tensor as pt
from pytensor.ifelse import ifelse
from pytensor.scan.utils import until

TITLE = "PyTensor"
DISTRIBUTION = "pytensor"
REQUIRES = ("pytensor==3.3.8", "numpy==2.5.5")
PYTHON = ">=3.12"
HOMEPAGE = "https://pytensor.readthedocs.io/en/latest/"
DOCUMENTED = {
    "unused-input": "https://pytensor.readthedocs.io/en/latest/library/gradient.html",
    "constant-output": "https://pytensor.readthedocs.io/en/latest/library/gradient.html",
    "clip-at-lower-bound": "https://pytensor.readthedocs.io/en/latest/library/tensor/basic.html",
    "clip-at-upper-bound": "https://pytensor.readthedocs.io/en/latest/library/tensor/basic.html",
}
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


def power_in_steps(x, n=4):
    """Return x to the power of n, by a scan whose length is a symbol's."""
    steps = pt.as_tensor(n)
    powers = pytensor.scan(
        lambda y, x: y * x,
        outputs_info=pt.ones_like(x),
        non_sequences=x,
        n_steps=steps,
        return_updates=False,
    )
    return powers[-1]


def svd_product_of_three(X):
    """Return the weighted entries of U S V^T, of three rows."""
    u, s, vt = pt.linalg.svd(X, full_matrices=False)
    return np.arange(1.0, 10.0).reshape(3, 3) * (u @ pt.diag(s) @ vt)


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
    "squared-norm-at-zero": lambda: grad(lambda x: pt.linalg.norm(x) ** 2, [0.0, 0.0]),
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
    "prod-negative": lambda: grad(pt.prod, [-1.0, 2.0, 3.0]),
    "prod-along-axis": lambda: grad(lambda X: pt.prod(X, axis=1), [[0.0, 2.0], [3.0, 4.0]]),
    "prod-hessian": lambda: hessian(pt.prod, [0.0, 2.0, 3.0]),
    "prod-by-logarithms": lambda: grad(lambda x: pt.exp(pt.sum(pt.log(x))), [0.0, 2.0, 3.0]),
    "cumprod-one-zero": lambda: grad(pt.cumprod, [0.0, 2.0, 3.0]),
    "cumprod-two-zeros": lambda: grad(pt.cumprod, [0.0, 0.0, 3.0]),
    "cumprod-written-out": lambda: grad(
        lambda x: x[0] + x[0] * x[1] + x[0] * x[1] * x[2], [0.0, 2.0, 3.0]
    ),
    "square-by-itself": lambda: grad(lambda x: x * x / x, 0.0),
    "sine-by-itself": lambda: grad(lambda x: pt.sin(x) / x, 0.0),
    "zero-times-infinity": lambda: grad(lambda x, y: x * y, 0.0, inf),
    "det-singular": lambda: grad(pt.linalg.det, [[1.0, 2.0], [2.0, 4.0]]),
    "det-written-out": lambda: grad(
        lambda X: X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0], [[1.0, 2.0], [2.0, 4.0]]
    ),
    "det-zero-column": lambda: grad(pt.linalg.det, [[0.0, 1.0], [0.0, 3.0]]),
    "det-corner": lambda: grad(pt.linalg.det, [[1.0, 0.0], [0.0, 0.0]]),
    "det-of-three": lambda: grad(
        pt.linalg.det, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]
    ),
    "det-zero-matrix": lambda: grad(pt.linalg.det, [[0.0, 0.0], [0.0, 0.0]]),
    "det-regular": lambda: grad(pt.linalg.det, [[1.0, 2.0], [3.0, 4.0]]),
    "det-hessian-singular": lambda: matrix_hessian(pt.linalg.det, [[1.0, 2.0], [2.0, 4.0]]),
    "det-hessian-of-ones": lambda: grad(
        lambda X: slope(pt.linalg.det, X)[0, 0], [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]
    ),
    "log-abs-det-negative": lambda: grad(
        lambda X: pt.linalg.slogdet(X)[1], [[1.0, 2.0], [3.0, 4.0]]
    ),
    "log-abs-det-singular": lambda: grad(
        lambda X: pt.linalg.slogdet(X)[1], [[1.0, 2.0], [2.0, 4.0]]
    ),
    "inverse-singular": lambda: grad(pt.linalg.inv, [[1.0, 2.0], [2.0, 4.0]]),
    "solve-singular": lambda: grad(
        lambda b: pt.linalg.solve(np.array([[1.0, 2.0], [2.0, 4.0]]), b), [1.0, 1.0]
    ),
    "inverse-regular": lambda: grad(lambda X: pt.trace(pt.linalg.inv(X)), [[2.0, 1.0], [0.0, 1.0]]),
    "pinv-of-rank-one": lambda: grad(pt.linalg.pinv, [[1.0, 0.0], [0.0, 0.0]]),
    "matrix-power-zero": lambda: grad(
        lambda X: pt.linalg.matrix_power(X, 0), [[1.0, 2.0], [2.0, 4.0]]
    ),
    "expm-at-zero": lambda: grad(pt.linalg.expm, [[0.0, 0.0], [0.0, 0.0]]),
    "cholesky-triangle": lambda: grad(pt.linalg.cholesky, [[4.0, 2.0], [2.0, 5.0]]),
    "cholesky-reads": lambda: value(
        lambda A: pt.linalg.cholesky(A)[1, 0], [[4.0, 2.0], [0.0, 5.0]]
    ),
    "cholesky-indefinite": lambda: grad(pt.linalg.cholesky, [[1.0, 2.0], [2.0, 1.0]]),
    "eigh-triangle": lambda: grad(
        lambda A: pt.linalg.eigvalsh(A, None)[-1], [[2.0, 1.0], [1.0, 2.0]]
    ),
    "eigh-reads": lambda: value(
        lambda A: pt.linalg.eigvalsh(A, None)[-1], [[1.0, 2.0], [0.0, 3.0]]
    ),
    "eigenvalue-sum-at-identity": lambda: grad(
        lambda A: pt.linalg.eigvalsh(A, None), [[1.0, 0.0], [0.0, 1.0]]
    ),
    "eigenvectors-at-identity": lambda: grad(
        lambda A: np.array([[1.0, 2.0], [3.0, 5.0]]) * pt.linalg.eigh(A)[1] ** 2,
        [[1.0, 0.0], [0.0, 1.0]],
    ),
    "eigenvalues-defective": lambda: grad(
        lambda X: pt.real(pt.linalg.eig(X)[0]), [[1.0, 1.0], [0.0, 1.0]]
    ),
    "eigenvalue-sum-by-trace": lambda: grad(pt.trace, [[1.0, 1.0], [0.0, 1.0]]),
    "svd-product-at-identity": lambda: grad(svd_product, [[1.0, 0.0], [0.0, 1.0]]),
    "singular-value-sum-at-identity": lambda: grad(
        lambda X: pt.linalg.svd(X, compute_uv=False), [[1.0, 0.0], [0.0, 1.0]]
    ),
    "singular-value-sum-of-rank-one": lambda: grad(
        lambda X: pt.linalg.svd(X, compute_uv=False), [[1.0, 0.0], [0.0, 0.0]]
    ),
    "singular-values-of-zero": lambda: grad(
        lambda X: pt.linalg.svd(X, compute_uv=False), [[0.0, 0.0], [0.0, 0.0]]
    ),
    "squared-singular-values": lambda: grad(
        lambda X: pt.linalg.svd(X, compute_uv=False) ** 2, [[1.0, 0.0], [0.0, 1.0]]
    ),
    "squared-entries": lambda: grad(pt.square, [[1.0, 0.0], [0.0, 1.0]]),
    "spectral-norm": lambda: grad(lambda X: pt.linalg.norm(X, ord=2), [[2.0, 0.0], [0.0, 1.0]]),
    "qr-square": lambda: grad(lambda X: pt.linalg.qr(X)[1] ** 2, [[1.0, 2.0], [3.0, 4.0]]),
    "qr-wide": lambda: grad(lambda X: pt.linalg.qr(X)[1] ** 2, [[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]),
    "qr-singular": lambda: grad(lambda X: pt.linalg.qr(X)[1] ** 2, [[1.0, 0.0], [2.0, 0.0]]),
    "lstsq-by-right-side": lambda: grad(
        lambda b: pt.linalg.lstsq(np.array([[1.0, 0.0], [0.0, 2.0], [0.0, 0.0]]), b, -1)[0],
        [1.0, 2.0, 3.0],
    ),
    "lstsq-of-rank-one": lambda: grad(
        lambda b: pt.linalg.lstsq(np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 0.0]]), b, -1)[0],
        [1.0, 2.0, 3.0],
    ),
    "complex-square": lambda: grad(lambda z: pt.real(z * z), 1 + 2j),
    "complex-square-by-parts": lambda: grad(lambda x, y: x * x - y * y, 1.0, 2.0),
    "complex-power": lambda: grad(lambda z: pt.real(z**2), 1 + 2j),
    "complex-cube": lambda: grad(lambda z: pt.real(z**3), 1 + 2j),
    "complex-exponential": lambda: grad(lambda z: pt.real(pt.exp(z)), 1j),
    "complex-logarithm": lambda: grad(lambda z: pt.real(pt.log(z)), 1 + 2j),
    "complex-reciprocal": lambda: grad(lambda z: pt.real(1 / z), 1 + 1j),
    "complex-imaginary-part": lambda: grad(pt.imag, 1 + 2j),
    "complex-conjugate": lambda: grad(lambda z: pt.real(pt.conj(z) * pt.conj(z)), 1 + 2j),
    "complex-abs-squared": lambda: grad(lambda z: pt.abs(z) ** 2, 1 + 2j),
    "complex-times-conjugate": lambda: grad(lambda z: pt.real(z * pt.conj(z)), 1 + 2j),
    "complex-abs-at-zero": lambda: grad(pt.abs, 0j),
    "complex-angle": lambda: grad(pt.angle, 1 + 2j),
    "complex-angle-at-zero": lambda: grad(pt.angle, 0j),
    "complex-sqrt-negative": lambda: grad(lambda z: pt.imag(pt.sqrt(z)), -4 + 0j),
    "complex-output": lambda: output_grad(lambda z: z * z, 1 + 2j),
    "complex-phase-of-real": lambda: grad(lambda x: pt.abs(pt.exp(1j * x)), 0.5),
    "asin-at-zero": lambda: grad(pt.arcsin, 0.0),
    "acos-at-zero": lambda: grad(pt.arccos, 0.0),
    "atan-at-zero": lambda: grad(pt.arctan, 0.0),
    "erf-at-zero": lambda: grad(pt.erf, 0.0),
    "tanh-at-zero": lambda: grad(pt.tanh, 0.0),
    "expm1-at-zero": lambda: grad(pt.expm1, 0.0),
    "log1p-at-zero": lambda: grad(pt.log1p, 0.0),
    "asin-at-one": lambda: grad(pt.arcsin, 1.0),
    "acos-at-one": lambda: grad(pt.arccos, 1.0),
    "acosh-at-one": lambda: grad(pt.arccosh, 1.0),
    "atanh-at-one": lambda: grad(pt.arctanh, 1.0),
    "log1p-at-minus-one": lambda: grad(pt.log1p, -1.0),
    "logit-at-zero": lambda: grad(pt.special.logit, 0.0),
    "erfinv-at-zero": lambda: grad(pt.erfinv, 0.0),
    "erfinv-at-one": lambda: grad(pt.erfinv, 1.0),
    "xlogy-base-two": lambda: grad(pt.special.xlogy, 0.0, 2.0),
    "xlogy-at-zero": lambda: grad(pt.special.xlogy, 0.0, 0.0),
    "xlogy-safe": lambda: grad(lambda x, y: x * pt.log(pt.where(y > 0, y, 1.0)), 0.0, 2.0),
    "lgamma-at-zero": lambda: grad(pt.gammaln, 0.0),
    "lgamma-negative": lambda: grad(pt.gammaln, -0.5),
    "digamma-at-zero": lambda: grad(pt.digamma, 0.0),
    "polygamma-at-zero": lambda: grad(lambda x: pt.polygamma(1, x), 0.0),
    "bessel-i0-at-zero": lambda: grad(pt.i0, 0.0),
    "bessel-i1-at-zero": lambda: grad(pt.i1, 0.0),
    "bessel-i1e-at-zero": lambda: grad(lambda x: pt.ive(1, x), 0.0),
    "bessel-j0-at-zero": lambda: grad(pt.j0, 0.0),
    "gammainc-at-zero": lambda: grad(lambda x: pt.gammainc(1.0, x), 0.0),
    "atan2-at-origin": lambda: grad(pt.arctan2, 0.0, 0.0),
    "atan2-at-the-cut": lambda: grad(pt.arctan2, 0.0, -1.0),
    "median-of-even-count": lambda: grad(pt.median, [1.0, 4.0, 2.0, 3.0]),
    "median-tie": lambda: grad(pt.median, [2.0, 1.0, 2.0]),
    "sort-tie": lambda: grad(lambda x: pt.sort(x) * np.array([1.0, 2.0, 3.0]), [2.0, 2.0, 1.0]),
    "interpolation-at-knot": lambda: grad(
        lambda x: pt.interp(x, [0.0, 1.0, 2.0], [0.0, 1.0, 0.0]), 1.0
    ),
    "gather-duplicates": lambda: grad(
        lambda x: x[np.array([0, 0, 1])] * np.array([1.0, 2.0, 4.0]), [5.0, 7.0]
    ),
    "gather-negative-index": lambda: grad(lambda x: x[-1], [1.0, 2.0, 3.0]),
    "gather-out-of-range": lambda: grad(lambda x: x[np.array([0, 5])], [1.0, 20.0]),
    "gather-float16": lambda: grad(lambda x: pt.cast(x, "float16")[None][np.zeros(4096, int)], 1.0),
    "scatter-overwritten": lambda: grad(
        lambda y: pt.set_subtensor(pt.zeros(1)[np.array([0, 0])], y), [1.0, 2.0]
    ),
    "scatter-by-mask": lambda: grad(lambda y: pt.where(np.array([True]), y[1:], y[:1]), [1.0, 2.0]),
    "scatter-add-duplicates": lambda: grad(
        lambda y: pt.inc_subtensor(pt.zeros(1)[np.array([0, 0])], y), [1.0, 2.0]
    ),
    "scatter-distinct": lambda: grad(
        lambda y: pt.set_subtensor(pt.zeros(2)[np.array([1, 0])], y) * np.array([10.0, 1.0]),
        [1.0, 2.0],
    ),
    "assigned-input": lambda: grad(lambda x: pt.set_subtensor(x[0], 0.0), [1.0, 2.0]),
    "mean-of-nothing": lambda: grad(lambda x: pt.mean(x[x > 9]), [1.0, 2.0]),
    "var-of-one": lambda: grad(lambda x: pt.var(x, ddof=1), [2.0]),
    "cumsum-weighted": lambda: grad(pt.cumsum, [1.0, 2.0, 3.0]),
    "broadcast-sum": lambda: grad(lambda x: x + np.array([1.0, 2.0, 3.0]), 2.0),
    "argmax-slope": lambda: grad(pt.argmax, [1.0, 2.0]),
    "float-cancellation": lambda: value(
        lambda x: (pt.cast(x, "float32") + np.float32(1e8)) - np.float32(1e8), 0.5
    ),
    "minus-zero": lambda: value(lambda x: 1 / x, -0.0),
    "bce-written-out": lambda: grad(lambda p: -(1.0 * pt.log(p) + 0.0 * pt.log(1 - p)), 1.0),
    "bce-of-logit-written-out": lambda: grad(
        lambda x: pt.maximum(-x, 0.0) + pt.log1p(pt.exp(-pt.abs(x))), -1000.0
    ),
    "entropy-of-certain": lambda: grad(lambda p: -pt.sum(p * pt.log(p)), [1.0, 0.0]),
    "log-cosh-large": lambda: grad(lambda x: pt.log(pt.cosh(x)), 1000.0),
    "while-loop": lambda: grad(until_ten, 2.0),
    "counted-loop": lambda: grad(power_by_loop, 1.5),
    "branch-log-at-zero": lambda: grad(lambda x: ifelse(x > 0, pt.log(x), pt.zeros_like(x)), 0.0),
    "unused-input": lambda: grad(lambda x, y: x * x, 3.0, 5.0),
    "constant-output": lambda: grad(lambda x: pt.constant(3.0), 2.0),
    "integer-square": lambda: grad(lambda x: x * x, 3),
    "integer-scaled": lambda: grad(lambda x: 1.5 * x, 3),
    "integer-converted": lambda: grad(lambda x: 1.5 * x, 3.0),
    "conversion-to-integer": lambda: grad(lambda x: pt.cast(pt.cast(x, "int64"), "float64"), 2.5),
    "comparison": lambda: grad(lambda x: pt.cast(x > 0, "float64"), 2.0),
    "stop-gradient": lambda: grad(lambda x: x * pytensor.gradient.disconnected_grad(x), 3.0),
    "straight-through": lambda: grad(
        lambda x: x + pytensor.gradient.disconnected_grad(pt.round(x) - x), 1.25
    ),
    "quotient-by-stopped": lambda: grad(lambda x: x / pytensor.gradient.disconnected_grad(x), 0.0),
    "second-derivative-of-cube": lambda: hessian(lambda x: x**3, 2.0),
    "second-derivative-of-linear": lambda: hessian(lambda x: 2 * x, 3.0),
    "hessian-mixed": lambda: hessian(lambda x: x[0] * x[1] ** 2, [1.0, 2.0]),
    "third-derivative": lambda: grad(lambda x: slope(lambda x: slope(pt.sin, x), x), 0.0),
    "gradient-penalty": lambda: grad(lambda x: slope(lambda x: x**3, x) ** 2, 1.0),
    "vector-output": lambda: output_grad(lambda x: x * x, [1.0, 2.0]),
    "equal-scalars": lambda: grad(lambda x, y: x * y, 2.0, 2.0),
    "one-variable-twice": lambda: grad(lambda x: pt.mul(x, x), 3.0),
    "array-of-variables": lambda: grad(lambda x, y: pt.prod(pt.stack([x, y])), 2.0, 3.0),
    "one-path-stopped": lambda: grad(
        lambda x: x**2 + pytensor.gradient.disconnected_grad(x) ** 2, 3.0
    ),
    "ceil-between": lambda: grad(pt.ceil, 2.5),
    "floor-division": lambda: grad(lambda x, y: x // y, 7.0, 2.0),
    "remainder-of-divmod": lambda: grad(lambda x, y: pt.divmod(x, y)[1], 7.0, 2.0),
    "nan-first-in-max": lambda: grad(pt.max, [nan, 1.0]),
    "nan-in-max-value": lambda: [value(pt.max, [1.0, nan]), value(pt.max, [nan, 1.0])],
    "nan-maximum-gradient": lambda: grad(pt.maximum, nan, 1.0),
    "det-of-ones": lambda: grad(pt.linalg.det, [[1.0, 1.0], [1.0, 1.0]]),
    "inverse-singular-value": lambda: value(pt.linalg.inv, [[1.0, 2.0], [2.0, 4.0]]),
    "eigh-unsymmetric": lambda: grad(
        lambda A: pt.linalg.eigvalsh(A, None)[-1], [[1.0, 2.0], [0.0, 3.0]]
    ),
    "eigenvectors-without-choice": lambda: grad(
        lambda A: np.array([[1.0, 2.0], [3.0, 4.0]]) * pt.linalg.eigh(A)[1] ** 2,
        [[1.0, 0.0], [0.0, 1.0]],
    ),
    "svd-null-vector": lambda: grad(
        lambda X: pt.linalg.svd(X)[2][2, 0] ** 2, [[1.0, 2.0, 0.0], [0.0, 1.0, 1.0]]
    ),
    "median-of-even-tie": lambda: grad(pt.median, [1.0, 2.0, 2.0, 4.0]),
    "gather-out-of-range-value": lambda: value(lambda x: x[np.array([0, 5])].sum(), [1.0, 20.0]),
    "minus-zero-after-zero": lambda: value(
        lambda x: [pt.constant(0.0), 1 / pt.constant(-0.0)], 0.0
    )[1],
    "variance-by-default": lambda: value(pt.var, [1.0, 2.0, 3.0]),
    "loop-of-given-length": lambda: grad(power_in_steps, 1.5),
    "sign-at-zero-value": lambda: value(pt.sign, 0.0),
    "squared-norm-by-sum": lambda: grad(lambda x: pt.sum(x * x), [0.0, 0.0]),
    "svd-product-of-three": lambda: grad(
        svd_product_of_three, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    ),
    "cholesky-indefinite-value": lambda: value(pt.linalg.cholesky, [[1.0, 2.0], [2.0, 1.0]]),
    "quotient-by-stopped-value": lambda: value(
        lambda x: x / pytensor.gradient.disconnected_grad(x), 0.0
    ),
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
    "clip-from-below": "Its clip has two bounds.",
    "logcumsumexp-infinite-value": "The library has no cumulative logsumexp.",
    "selu-large": "The library has no selu.",
    "det-singular-with-graph": "A gradient to be differentiated again is asked for in no other way here.",
    "logsigmoid-far-left-value": "The library has no logsigmoid.",
    "cross-entropy-masked-value": "The library has no cross-entropy.",
    "bce-certain-mistake-value": "The library has no binary cross-entropy of a probability.",
}
