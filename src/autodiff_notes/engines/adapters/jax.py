"""JAX, as its users write it: functions of arrays, and transformations of functions."""

import jax
from jax import grad as gradient
from jax import lax, nn
from jax import numpy as jnp
from jax.numpy import array, exp, linalg, log, maximum, where
from jax.scipy import linalg as slinalg
from jax.scipy import special
from jax.scipy.special import logsumexp

TITLE = "JAX"
DISTRIBUTION = "jax"
REQUIRES = ("jax[cpu]==0.12.0.1", "numpy==2.5.5")
PYTHON = ">=3.12"
HOMEPAGE = "https://docs.jax.dev/en/latest/"
DOCUMENTED = {
    "eigh-reads": "https://docs.jax.dev/en/latest/_autosummary/jax.numpy.linalg.eigh.html",
    "eigh-unsymmetric": "https://docs.jax.dev/en/latest/_autosummary/jax.numpy.linalg.eigh.html",
    "cholesky-reads": "https://docs.jax.dev/en/latest/_autosummary/jax.numpy.linalg.cholesky.html",
    "cholesky-indefinite": "https://docs.jax.dev/en/latest/_autosummary/jax.numpy.linalg.cholesky.html",
    "gather-out-of-range": "https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html",
    "gather-out-of-range-value": "https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html",
    "complex-square": "https://docs.jax.dev/en/latest/notebooks/autodiff_cookbook.html",
    "variance-by-default": "https://docs.jax.dev/en/latest/_autosummary/jax.numpy.var.html",
    "gelu-default": "https://docs.jax.dev/en/latest/_autosummary/jax.nn.gelu.html",
    "while-loop": "https://docs.jax.dev/en/latest/_autosummary/jax.lax.while_loop.html",
    "integer-square": "https://docs.jax.dev/en/latest/_autosummary/jax.grad.html",
    "complex-output": "https://docs.jax.dev/en/latest/_autosummary/jax.grad.html",
    "where-log-at-zero": "https://docs.jax.dev/en/latest/_autosummary/jax.numpy.where.html",
    "nan-maximum-value": "https://docs.jax.dev/en/latest/_autosummary/jax.numpy.maximum.html",
}

jax.config.update("jax_enable_x64", True)

INF, NAN = float("inf"), float("nan")
SINGULAR = [[1.0, 2.0], [2.0, 4.0]]
IDENTITY = [[1.0, 0.0], [0.0, 1.0]]
ZEROS = [[0.0, 0.0], [0.0, 0.0]]
REGULAR = [[1.0, 2.0], [3.0, 4.0]]
CORNER = [[1.0, 0.0], [0.0, 0.0]]


def grad(f, *point):
    """Return the gradients of the sum of f."""
    xs = [jnp.asarray(x) for x in point]
    found = gradient(lambda *xs: f(*xs).sum(), argnums=tuple(range(len(xs))))(*xs)
    return found[0] if len(xs) == 1 else list(found)


def hessian(f, x):
    """Return all second derivatives of f, a row an entry."""
    x = jnp.asarray(x)
    return jax.hessian(f)(x).reshape(x.size, x.size).squeeze()


def swept_twice(f, x):
    """Return the gradient of the second of two sweeps over one record."""
    _, sweep = jax.vjp(f, x)
    sweep(1.0)
    return sweep(1.0)[0]


def recorded_twice(f, x):
    """Return the gradient of the second of two records."""
    gradient(f)(x)
    return gradient(f)(x)


def svd_product(X):
    """Return the product of the factors of a singular value decomposition, weighted."""
    U, S, Vh = linalg.svd(X)
    return (array(REGULAR) * (U @ jnp.diag(S) @ Vh)).sum()


def cross_entropy(x, target):
    """Return the cross-entropy of logits, as JAX has log_softmax and users take an entry."""
    return -nn.log_softmax(x)[target]


def svd_product_of_three(X):
    """Return the weighted entries of U S V^T, of three rows."""
    U, S, Vh = linalg.svd(X)
    return jnp.arange(1.0, 10.0).reshape(3, 3) * (U @ jnp.diag(S) @ Vh)


ANSWERS = {
    # kinks
    "abs-at-zero": lambda: grad(jnp.abs, 0.0),
    "abs-at-minus-zero": lambda: grad(jnp.abs, -0.0),
    "sqrt-of-square": lambda: grad(lambda x: jnp.sqrt(x * x), 0.0),
    "abs-times-x": lambda: grad(lambda x: x * jnp.abs(x), 0.0),
    "relu-at-zero": lambda: grad(nn.relu, 0.0),
    "maximum-with-zero": lambda: grad(lambda x: maximum(x, 0.0), 0.0),
    "where-positive": lambda: grad(lambda x: where(x > 0, x, 0.0), 0.0),
    "relu-difference": lambda: grad(lambda x: nn.relu(x) - nn.relu(-x), 0.0),
    "relu-difference-by-abs": lambda: grad(
        lambda x: (x + jnp.abs(x)) / 2 - (jnp.abs(x) - x) / 2, 0.0
    ),
    "maximum-tie": lambda: grad(maximum, 2.0, 2.0),
    "minimum-tie": lambda: grad(jnp.minimum, 2.0, 2.0),
    "maximum-of-itself": lambda: grad(lambda x: maximum(x, x), 2.0),
    "max-of-vector-tie": lambda: grad(jnp.max, [1.0, 3.0, 3.0]),
    "max-of-three-tie": lambda: grad(jnp.max, [3.0, 3.0, 3.0]),
    "max-along-axis-tie": lambda: grad(lambda X: X.max(axis=1), [[1.0, 3.0, 3.0]]),
    "clip-at-lower-bound": lambda: grad(lambda x: jnp.clip(x, 0.0, 1.0), 0.0),
    "clip-at-upper-bound": lambda: grad(lambda x: jnp.clip(x, 0.0, 1.0), 1.0),
    "leaky-relu-at-zero": lambda: grad(lambda x: nn.leaky_relu(x, 0.2), 0.0),
    "relu6-at-six": lambda: grad(nn.relu6, 6.0),
    "hardtanh-at-one": lambda: grad(nn.hard_tanh, 1.0),
    "hardswish-at-three": lambda: grad(nn.hard_swish, 3.0),
    "elu-at-zero": lambda: grad(nn.elu, 0.0),
    "celu-at-zero": lambda: grad(nn.celu, 0.0),
    "selu-at-zero": lambda: grad(nn.selu, 0.0),
    "hinge-at-one": lambda: grad(lambda x: maximum(0.0, 1 - x), 1.0),
    "one-norm-with-zero": lambda: grad(lambda x: linalg.norm(x, 1), [0.0, 1.0]),
    "inf-norm-tie": lambda: grad(lambda x: linalg.norm(x, jnp.inf), [2.0, 2.0]),
    "sign-at-zero": lambda: grad(jnp.sign, 0.0),
    "floor-between": lambda: grad(jnp.floor, 2.5),
    "round-between": lambda: grad(jnp.round, 1.25),
    "mod-by-both": lambda: grad(jnp.mod, 7.0, 2.0),
    "mod-written-out": lambda: grad(lambda x, y: x - y * jnp.floor(x / y), 7.0, 2.0),
    "fraction-of-a-number": lambda: grad(lambda x: jnp.modf(x)[0], 2.5),
    "relu-second-derivative": lambda: hessian(nn.relu, 0.0),
    "abs-second-derivative": lambda: hessian(jnp.abs, 0.0),
    # roots
    "sqrt-at-zero": lambda: grad(jnp.sqrt, 0.0),
    "power-half-at-zero": lambda: grad(lambda x: x**0.5, 0.0),
    "cube-root-at-zero": lambda: grad(lambda x: x ** (1 / 3), 0.0),
    "x-times-sqrt": lambda: grad(lambda x: x * jnp.sqrt(x), 0.0),
    "power-three-halves": lambda: grad(lambda x: x**1.5, 0.0),
    "reciprocal-sqrt-at-zero": lambda: grad(lax.rsqrt, 0.0),
    "reciprocal-at-zero": lambda: grad(jnp.reciprocal, 0.0),
    "log-at-zero": lambda: grad(log, 0.0),
    "power-zero-at-zero": lambda: grad(lambda x: x**0.0, 0.0),
    "power-one-at-zero": lambda: grad(lambda x: x**1.0, 0.0),
    "power-two-at-zero": lambda: grad(lambda x: x**2.0, 0.0),
    "power-both-at-zero": lambda: grad(jnp.power, 0.0, 0.0),
    "power-base-zero": lambda: grad(jnp.power, 0.0, 2.0),
    "power-negative-base": lambda: grad(jnp.power, -2.0, 2.0),
    "cube-of-negative": lambda: grad(lambda x: x**3, -2.0),
    "norm-at-zero": lambda: grad(linalg.norm, [0.0, 0.0]),
    "norm-written-out": lambda: grad(lambda x: jnp.sqrt((x * x).sum()), [0.0, 0.0]),
    "norm-smoothed": lambda: grad(lambda x: jnp.sqrt((x * x).sum() + 1e-12), [0.0, 0.0]),
    "squared-norm-at-zero": lambda: grad(lambda x: linalg.norm(x) ** 2, [0.0, 0.0]),
    "distance-of-equal-points": lambda: grad(
        lambda x: linalg.norm(x - array([1.0, 2.0])), [1.0, 2.0]
    ),
    "hypot-at-zero": lambda: grad(jnp.hypot, 0.0, 0.0),
    "nuclear-norm-at-zero": lambda: grad(lambda X: linalg.norm(X, "nuc"), ZEROS),
    "std-of-constant": lambda: grad(jnp.std, [2.0, 2.0]),
    "std-smoothed": lambda: grad(lambda x: jnp.sqrt(jnp.var(x) + 1e-12), [2.0, 2.0]),
    "var-of-constant": lambda: grad(jnp.var, [2.0, 2.0]),
    "rsqrt-variance-normalisation": lambda: grad(
        lambda x: nn.standardize(x, epsilon=1e-5)[0], [2.0, 2.0]
    ),
    # masks
    "where-log-at-zero": lambda: grad(lambda x: where(x > 0, log(x), 0.0), 0.0),
    "where-log-safe": lambda: grad(lambda x: where(x > 0, log(where(x > 0, x, 1.0)), 0.0), 0.0),
    "where-sqrt-negative": lambda: grad(lambda x: where(x > 0, jnp.sqrt(x), 0.0), -1.0),
    "where-sinc-at-zero": lambda: grad(lambda x: where(x == 0, 1.0, jnp.sin(x) / x), 0.0),
    "mask-by-product": lambda: grad(lambda x: 0.0 * log(x), 0.0),
    "boolean-mask": lambda: grad(lambda x: x[x > 0].sum(), [1.0, -2.0, 3.0]),
    "where-isnan": lambda: grad(lambda x: where(jnp.isnan(x), 0.0, x), [1.0, NAN, 2.0]),
    "nansum": lambda: grad(jnp.nansum, [1.0, NAN, 2.0]),
    "nan-in-max": lambda: grad(jnp.max, [1.0, NAN]),
    "nan-maximum-value": lambda: [maximum(NAN, 1.0), maximum(1.0, NAN)],
    "clip-of-nan": lambda: grad(lambda x: jnp.clip(x, 0.0, 1.0), NAN),
    "softplus-naive-large": lambda: grad(lambda x: log(1 + exp(x)), 1000.0),
    "softplus-large": lambda: grad(nn.softplus, 1000.0),
    "softplus-safe": lambda: grad(lambda x: maximum(x, 0.0) + jnp.log1p(exp(-jnp.abs(x))), 1000.0),
    "sigmoid-naive-large": lambda: grad(lambda x: 1 / (1 + exp(-x)), -1000.0),
    "sigmoid-large": lambda: grad(nn.sigmoid, -1000.0),
    "elu-large": lambda: grad(nn.elu, 1000.0),
    "logsumexp-naive-large": lambda: grad(lambda x: log(exp(x).sum()), [1000.0, 1000.0]),
    "logsumexp-large": lambda: grad(logsumexp, [1000.0, 1000.0]),
    "logsumexp-one-infinite": lambda: grad(logsumexp, [-INF, 0.0]),
    "logsumexp-all-infinite": lambda: grad(logsumexp, [-INF, -INF]),
    "logsumexp-all-infinite-value": lambda: logsumexp(array([-INF, -INF])),
    "logaddexp-one-infinite": lambda: grad(jnp.logaddexp, -INF, 0.0),
    "logcumsumexp-infinite": lambda: grad(lambda x: lax.cumlogsumexp(x)[-1], [-INF, -INF, 0.0]),
    "log-softmax-large-value": lambda: nn.log_softmax(array([10000.0, 0.0])),
    "log-of-softmax": lambda: grad(lambda x: log(nn.softmax(x))[0], [0.0, 1000.0]),
    "log-softmax-gradient": lambda: grad(lambda x: nn.log_softmax(x)[0], [0.0, 1000.0]),
    "softmax-one-masked": lambda: grad(lambda x: nn.softmax(x)[1], [-INF, 0.0, 0.0]),
    "softmax-all-masked": lambda: grad(lambda x: nn.softmax(x)[0], [-INF, -INF]),
    # products
    "prod-one-zero": lambda: grad(jnp.prod, [0.0, 2.0, 3.0]),
    "prod-two-zeros": lambda: grad(jnp.prod, [0.0, 0.0, 3.0]),
    "prod-written-out": lambda: grad(lambda x: x[0] * x[1] * x[2], [0.0, 2.0, 3.0]),
    "prod-negative": lambda: grad(jnp.prod, [-1.0, 2.0, 3.0]),
    "prod-along-axis": lambda: grad(lambda X: jnp.prod(X, axis=1), [[0.0, 2.0], [3.0, 4.0]]),
    "prod-hessian": lambda: hessian(jnp.prod, [0.0, 2.0, 3.0]),
    "prod-by-logarithms": lambda: grad(lambda x: exp(log(x).sum()), [0.0, 2.0, 3.0]),
    "cumprod-one-zero": lambda: grad(jnp.cumprod, [0.0, 2.0, 3.0]),
    "cumprod-two-zeros": lambda: grad(jnp.cumprod, [0.0, 0.0, 3.0]),
    "cumprod-written-out": lambda: grad(
        lambda x: x[0] + x[0] * x[1] + x[0] * x[1] * x[2], [0.0, 2.0, 3.0]
    ),
    "square-by-itself": lambda: grad(lambda x: x * x / x, 0.0),
    "sine-by-itself": lambda: grad(lambda x: jnp.sin(x) / x, 0.0),
    "zero-times-infinity": lambda: grad(jnp.multiply, 0.0, INF),
    # matrices
    "det-singular": lambda: grad(linalg.det, SINGULAR),
    "det-written-out": lambda: grad(lambda X: X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0], SINGULAR),
    "det-zero-column": lambda: grad(linalg.det, [[0.0, 1.0], [0.0, 3.0]]),
    "det-corner": lambda: grad(linalg.det, CORNER),
    "det-of-three": lambda: grad(linalg.det, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]),
    "det-zero-matrix": lambda: grad(linalg.det, ZEROS),
    "det-regular": lambda: grad(linalg.det, REGULAR),
    "det-hessian-singular": lambda: hessian(linalg.det, SINGULAR),
    "det-hessian-of-ones": lambda: jax.hessian(linalg.det)(jnp.ones((3, 3)))[0, 0],
    "log-abs-det-negative": lambda: grad(lambda X: linalg.slogdet(X).logabsdet, REGULAR),
    "logdet-negative": lambda: grad(lambda X: log(linalg.det(X)), REGULAR),
    "log-abs-det-singular": lambda: grad(lambda X: linalg.slogdet(X).logabsdet, SINGULAR),
    "inverse-singular": lambda: grad(linalg.inv, SINGULAR),
    "solve-singular": lambda: grad(lambda b: linalg.solve(array(SINGULAR), b), [1.0, 1.0]),
    "inverse-regular": lambda: grad(lambda X: jnp.trace(linalg.inv(X)), [[2.0, 1.0], [0.0, 1.0]]),
    "pinv-of-rank-one": lambda: grad(linalg.pinv, CORNER),
    "matrix-power-zero": lambda: grad(lambda X: linalg.matrix_power(X, 0), SINGULAR),
    "expm-at-zero": lambda: grad(slinalg.expm, ZEROS),
    "cholesky-triangle": lambda: grad(linalg.cholesky, [[4.0, 2.0], [2.0, 5.0]]),
    "cholesky-reads": lambda: linalg.cholesky(array([[4.0, 2.0], [0.0, 5.0]]))[1, 0],
    "cholesky-indefinite": lambda: grad(linalg.cholesky, [[1.0, 2.0], [2.0, 1.0]]),
    "eigh-triangle": lambda: grad(lambda A: linalg.eigvalsh(A)[-1], [[2.0, 1.0], [1.0, 2.0]]),
    "eigh-reads": lambda: linalg.eigvalsh(array([[1.0, 2.0], [0.0, 3.0]]))[-1],
    "eigenvalue-sum-at-identity": lambda: grad(linalg.eigvalsh, IDENTITY),
    "eigenvectors-at-identity": lambda: grad(
        lambda A: array([[1.0, 2.0], [3.0, 5.0]]) * linalg.eigh(A).eigenvectors ** 2, IDENTITY
    ),
    "eigenvalues-defective": lambda: grad(
        lambda X: linalg.eigvals(X).real, [[1.0, 1.0], [0.0, 1.0]]
    ),
    "eigenvalue-sum-by-trace": lambda: grad(jnp.trace, [[1.0, 1.0], [0.0, 1.0]]),
    "svd-product-at-identity": lambda: grad(svd_product, IDENTITY),
    "singular-value-sum-at-identity": lambda: grad(linalg.svdvals, IDENTITY),
    "singular-value-sum-of-rank-one": lambda: grad(linalg.svdvals, CORNER),
    "singular-values-of-zero": lambda: grad(linalg.svdvals, ZEROS),
    "squared-singular-values": lambda: grad(lambda X: linalg.svdvals(X) ** 2, IDENTITY),
    "squared-entries": lambda: grad(lambda X: X**2, IDENTITY),
    "spectral-norm": lambda: grad(lambda X: linalg.norm(X, 2), [[2.0, 0.0], [0.0, 1.0]]),
    "qr-square": lambda: grad(lambda X: linalg.qr(X).R ** 2, REGULAR),
    "qr-wide": lambda: grad(lambda X: linalg.qr(X).R ** 2, [[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]),
    "qr-singular": lambda: grad(lambda X: linalg.qr(X).R ** 2, [[1.0, 0.0], [2.0, 0.0]]),
    "lstsq-by-right-side": lambda: grad(
        lambda b: linalg.lstsq(array([[1.0, 0.0], [0.0, 2.0], [0.0, 0.0]]), b)[0], [1.0, 2.0, 3.0]
    ),
    "lstsq-of-rank-one": lambda: grad(
        lambda b: linalg.lstsq(array([[1.0, 0.0], [0.0, 0.0], [0.0, 0.0]]), b)[0], [1.0, 2.0, 3.0]
    ),
    # complex numbers
    "complex-square": lambda: grad(lambda z: (z * z).real, 1 + 2j),
    "complex-square-by-parts": lambda: grad(lambda x, y: x * x - y * y, 1.0, 2.0),
    "complex-power": lambda: grad(lambda z: (z**2).real, 1 + 2j),
    "complex-cube": lambda: grad(lambda z: (z**3).real, 1 + 2j),
    "complex-exponential": lambda: grad(lambda z: exp(z).real, 1j),
    "complex-logarithm": lambda: grad(lambda z: log(z).real, 1 + 2j),
    "complex-reciprocal": lambda: grad(lambda z: (1 / z).real, 1 + 1j),
    "complex-imaginary-part": lambda: grad(jnp.imag, 1 + 2j),
    "complex-conjugate": lambda: grad(lambda z: (jnp.conj(z) * jnp.conj(z)).real, 1 + 2j),
    "complex-abs-squared": lambda: grad(lambda z: jnp.abs(z) ** 2, 1 + 2j),
    "complex-times-conjugate": lambda: grad(lambda z: (z * jnp.conj(z)).real, 1 + 2j),
    "complex-abs-at-zero": lambda: grad(jnp.abs, 0j),
    "complex-angle": lambda: grad(jnp.angle, 1 + 2j),
    "complex-angle-at-zero": lambda: grad(jnp.angle, 0j),
    "complex-sqrt-negative": lambda: grad(lambda z: jnp.sqrt(z).imag, -4 + 0j),
    "complex-output": lambda: gradient(lambda z: z * z)(1 + 2j),
    "complex-phase-of-real": lambda: grad(lambda x: jnp.abs(exp(1j * x)), 0.5),
    "complex-fft": lambda: grad(lambda x: jnp.abs(jnp.fft.fft(x)) ** 2, [1.0, 2.0, 3.0]),
    # special functions
    "asin-at-zero": lambda: grad(jnp.arcsin, 0.0),
    "acos-at-zero": lambda: grad(jnp.arccos, 0.0),
    "atan-at-zero": lambda: grad(jnp.arctan, 0.0),
    "erf-at-zero": lambda: grad(special.erf, 0.0),
    "tanh-at-zero": lambda: grad(jnp.tanh, 0.0),
    "expm1-at-zero": lambda: grad(jnp.expm1, 0.0),
    "log1p-at-zero": lambda: grad(jnp.log1p, 0.0),
    "asin-at-one": lambda: grad(jnp.arcsin, 1.0),
    "acos-at-one": lambda: grad(jnp.arccos, 1.0),
    "acosh-at-one": lambda: grad(jnp.arccosh, 1.0),
    "atanh-at-one": lambda: grad(jnp.arctanh, 1.0),
    "log1p-at-minus-one": lambda: grad(jnp.log1p, -1.0),
    "logit-at-zero": lambda: grad(special.logit, 0.0),
    "erfinv-at-zero": lambda: grad(special.erfinv, 0.0),
    "erfinv-at-one": lambda: grad(special.erfinv, 1.0),
    "entropy-at-zero": lambda: grad(special.entr, 0.0),
    "xlogy-base-two": lambda: grad(special.xlogy, 0.0, 2.0),
    "xlogy-at-zero": lambda: grad(special.xlogy, 0.0, 0.0),
    "xlogy-safe": lambda: grad(lambda x, y: x * log(where(y > 0, y, 1.0)), 0.0, 2.0),
    "lgamma-at-zero": lambda: grad(special.gammaln, 0.0),
    "lgamma-negative": lambda: grad(special.gammaln, -0.5),
    "digamma-at-zero": lambda: grad(special.digamma, 0.0),
    "polygamma-at-zero": lambda: grad(lambda x: special.polygamma(1, x), 0.0),
    "zeta-at-two": lambda: grad(lambda x: special.zeta(x, 1.0), 2.0),
    "bessel-i0-at-zero": lambda: grad(special.i0, 0.0),
    "bessel-i1-at-zero": lambda: grad(special.i1, 0.0),
    "bessel-i1e-at-zero": lambda: grad(special.i1e, 0.0),
    "bessel-j0-at-zero": lambda: grad(lambda x: special.bessel_jn(x, v=0)[0], 0.0),
    "sinc-at-zero": lambda: grad(jnp.sinc, 0.0),
    "sinc-second-derivative": lambda: hessian(jnp.sinc, 0.0),
    "gammainc-at-zero": lambda: grad(lambda x: special.gammainc(1.0, x), 0.0),
    "atan2-at-origin": lambda: grad(jnp.arctan2, 0.0, 0.0),
    "atan2-at-the-cut": lambda: grad(jnp.arctan2, 0.0, -1.0),
    "log-ndtr-far-left": lambda: grad(special.log_ndtr, -40.0),
    "logsigmoid-far-left": lambda: grad(nn.log_sigmoid, -1000.0),
    "gelu-default": lambda: grad(nn.gelu, 1.0),
    # reductions
    "median-of-even-count": lambda: grad(jnp.median, [1.0, 4.0, 2.0, 3.0]),
    "median-tie": lambda: grad(jnp.median, [2.0, 1.0, 2.0]),
    "sort-tie": lambda: grad(lambda x: jnp.sort(x) * array([1.0, 2.0, 3.0]), [2.0, 2.0, 1.0]),
    "top-one-tie": lambda: grad(lambda x: lax.top_k(x, 1)[0], [3.0, 3.0]),
    "cummax-tie": lambda: grad(lax.cummax, [1.0, 1.0]),
    "max-pool-tie": lambda: grad(
        lambda x: lax.reduce_window(x, -INF, lax.max, (4,), (1,), "VALID"), [1.0, 3.0, 3.0, 2.0]
    ),
    "interpolation-at-knot": lambda: grad(
        lambda x: jnp.interp(x, array([0.0, 1.0, 2.0]), array([0.0, 1.0, 0.0])), 1.0
    ),
    "gather-duplicates": lambda: grad(
        lambda x: x[array([0, 0, 1])] * array([1.0, 2.0, 4.0]), [5.0, 7.0]
    ),
    "gather-negative-index": lambda: grad(lambda x: x[-1], [1.0, 2.0, 3.0]),
    "gather-out-of-range": lambda: grad(lambda x: x[array([0, 5])], [1.0, 20.0]),
    "gather-float16": lambda: gradient(lambda x: x[jnp.zeros(4096, int)].sum())(
        jnp.ones(1, jnp.float16)
    )[0],
    "scatter-overwritten": lambda: grad(
        lambda y: jnp.zeros(1).at[array([0, 0])].set(y), [1.0, 2.0]
    ),
    "scatter-by-mask": lambda: grad(lambda y: where(array([True]), y[1:], y[:1]), [1.0, 2.0]),
    "scatter-add-duplicates": lambda: grad(
        lambda y: jnp.zeros(1).at[array([0, 0])].add(y), [1.0, 2.0]
    ),
    "scatter-distinct": lambda: grad(
        lambda y: jnp.zeros(2).at[array([1, 0])].set(y) * array([10.0, 1.0]), [1.0, 2.0]
    ),
    "assigned-input": lambda: grad(lambda x: x.at[0].set(0.0), [1.0, 2.0]),
    "quantile-at-entry": lambda: grad(lambda x: jnp.quantile(x, 0.25), [1.0, 5.0, 2.0, 4.0, 3.0]),
    "mean-of-nothing": lambda: grad(lambda x: jnp.mean(x, where=x > 9), [1.0, 2.0]),
    "var-of-one": lambda: grad(lambda x: jnp.var(x, ddof=1), [2.0]),
    "cumsum-weighted": lambda: grad(jnp.cumsum, [1.0, 2.0, 3.0]),
    "broadcast-sum": lambda: grad(lambda x: x + array([1.0, 2.0, 3.0]), 2.0),
    "argmax-slope": lambda: grad(jnp.argmax, [1.0, 2.0]),
    "float-cancellation": lambda: (jnp.float32(0.5) + jnp.float32(1e8)) - jnp.float32(1e8),
    "minus-zero": lambda: 1 / array(-0.0),
    # losses
    "bce-written-out": lambda: grad(lambda p: -(1.0 * log(p) + 0.0 * log(1 - p)), 1.0),
    "bce-of-logit": lambda: grad(lambda x: -nn.log_sigmoid(x), -1000.0),
    "bce-of-logit-written-out": lambda: grad(
        lambda x: maximum(-x, 0.0) + jnp.log1p(exp(-jnp.abs(x))), -1000.0
    ),
    "cross-entropy-masked-target": lambda: grad(lambda x: cross_entropy(x, 0), [-INF, 0.0]),
    "cross-entropy-masked-other": lambda: grad(lambda x: cross_entropy(x, 1), [-INF, 0.0]),
    "cross-entropy-equal": lambda: grad(lambda x: cross_entropy(x, 0), [0.0, 0.0]),
    "kl-zero-target": lambda: grad(
        lambda x: special.kl_div(array([0.0, 1.0]), exp(x)).sum() - exp(x).sum(), [-0.5, -1.0]
    ),
    "kl-by-target-zero": lambda: grad(
        lambda t: special.xlogy(t, t) - t * array([-0.5, -1.0]), [0.0, 1.0]
    ),
    "entropy-of-certain": lambda: grad(lambda p: -(p * log(p)).sum(), [1.0, 0.0]),
    "l1-loss-at-zero": lambda: grad(lambda x: jnp.abs(x - 1.0), 1.0),
    "rmse-at-zero": lambda: grad(
        lambda x: jnp.sqrt(jnp.mean((x - array([1.0, 2.0])) ** 2)), [1.0, 2.0]
    ),
    "mse-at-zero": lambda: grad(lambda x: jnp.mean((x - array([1.0, 2.0])) ** 2), [1.0, 2.0]),
    "poisson-zero-rate": lambda: grad(lambda x: x - 0.0 * log(x), 0.0),
    "log-cosh-large": lambda: grad(lambda x: log(jnp.cosh(x)), 1000.0),
    # programs
    "while-loop": lambda: grad(lambda x: lax.while_loop(lambda y: y < 10, lambda y: y * x, x), 2.0),
    "counted-loop": lambda: grad(lambda x: lax.fori_loop(0, 4, lambda _, y: y * x, 1.0), 1.5),
    "branch-log-at-zero": lambda: grad(lambda x: lax.cond(x > 0, log, lambda x: 0.0 * x, x), 0.0),
    "in-place-square": lambda: grad(lambda x: x.at[0].set(x[0] * x[0]), [3.0])[0],
    "unused-input": lambda: grad(lambda x, y: x * x, 3.0, 5.0),
    "constant-output": lambda: grad(lambda x: array(3.0), 2.0),
    "backward-twice": lambda: swept_twice(lambda x: x * x, 3.0),
    "gradients-accumulate": lambda: recorded_twice(lambda x: x * x, 3.0),
    "integer-square": lambda: grad(lambda x: x * x, 3),
    "integer-scaled": lambda: grad(lambda x: 1.5 * x, 3),
    "integer-converted": lambda: grad(lambda x: 1.5 * x, 3.0),
    "conversion-to-integer": lambda: grad(lambda x: x.astype(int).astype(float), 2.5),
    "comparison": lambda: grad(lambda x: (x > 0).astype(float), 2.0),
    "stop-gradient": lambda: grad(lambda x: x * lax.stop_gradient(x), 3.0),
    "straight-through": lambda: grad(lambda x: x + lax.stop_gradient(jnp.round(x) - x), 1.25),
    "quotient-by-stopped": lambda: grad(lambda x: x / lax.stop_gradient(x), 0.0),
    "second-derivative-of-cube": lambda: hessian(lambda x: x**3, 2.0),
    "second-derivative-of-linear": lambda: hessian(lambda x: 2 * x, 3.0),
    "hessian-mixed": lambda: hessian(lambda x: x[0] * x[1] ** 2, [1.0, 2.0]),
    "third-derivative": lambda: gradient(gradient(gradient(jnp.sin)))(0.0),
    "gradient-penalty": lambda: grad(lambda x: gradient(lambda x: x**3)(x) ** 2, 1.0),
    "vector-output": lambda: gradient(lambda x: x * x)(array([1.0, 2.0])),
    "equal-scalars": lambda: grad(lambda x, y: x * y, 2.0, 2.0),
    "one-variable-twice": lambda: grad(lambda x: jnp.multiply(x, x), 3.0),
    "array-of-variables": lambda: grad(lambda x, y: jnp.prod(array([x, y])), 2.0, 3.0),
    "one-path-stopped": lambda: grad(lambda x: x**2 + lax.stop_gradient(x) ** 2, 3.0),
    "clip-from-below": lambda: grad(lambda x: jnp.clip(x, min=0.0), 0.0),
    "ceil-between": lambda: grad(jnp.ceil, 2.5),
    "floor-division": lambda: grad(jnp.floor_divide, 7.0, 2.0),
    "remainder-of-divmod": lambda: grad(lambda x, y: jnp.divmod(x, y)[1], 7.0, 2.0),
    "nan-first-in-max": lambda: grad(jnp.max, [NAN, 1.0]),
    "nan-in-max-value": lambda: [jnp.max(array([1.0, NAN])), jnp.max(array([NAN, 1.0]))],
    "nan-maximum-gradient": lambda: grad(maximum, NAN, 1.0),
    "logcumsumexp-infinite-value": lambda: lax.cumlogsumexp(array([-INF, -INF, 0.0])),
    "selu-large": lambda: grad(nn.selu, 1000.0),
    "det-of-ones": lambda: grad(linalg.det, [[1.0, 1.0], [1.0, 1.0]]),
    "inverse-singular-value": lambda: linalg.inv(array(SINGULAR)),
    "eigh-unsymmetric": lambda: grad(lambda A: linalg.eigvalsh(A)[-1], [[1.0, 2.0], [0.0, 3.0]]),
    "eigenvectors-without-choice": lambda: grad(
        lambda A: array([[1.0, 2.0], [3.0, 4.0]]) * linalg.eigh(A).eigenvectors ** 2, IDENTITY
    ),
    "svd-null-vector": lambda: grad(
        lambda X: linalg.svd(X).Vh[2, 0] ** 2, [[1.0, 2.0, 0.0], [0.0, 1.0, 1.0]]
    ),
    "median-of-even-tie": lambda: grad(jnp.median, [1.0, 2.0, 2.0, 4.0]),
    "gather-out-of-range-value": lambda: array([1.0, 20.0])[array([0, 5])].sum(),
    "minus-zero-after-zero": lambda: [array(0.0), 1 / array(-0.0)][1],
    "variance-by-default": lambda: jnp.var(array([1.0, 2.0, 3.0])),
    "loop-of-given-length": lambda: grad(
        lambda x: lax.fori_loop(0, 4, lambda _, y: y * x, 1.0), 1.5
    ),
    "logsigmoid-far-left-value": lambda: nn.log_sigmoid(-1000.0),
    "sign-at-zero-value": lambda: jnp.sign(0.0),
    "squared-norm-by-sum": lambda: grad(lambda x: x @ x, [0.0, 0.0]),
    "sqrt-of-a-plain-zero": lambda: gradient(jnp.sqrt)(0.0),
    "svd-product-of-three": lambda: grad(
        svd_product_of_three, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    ),
    "eigh-value-beside-gradient": lambda: jax.value_and_grad(
        lambda A: lax.linalg.eigh(A, symmetrize_input=False)[1][-1]
    )(array([[1.0, 2.0], [0.0, 3.0]]))[0],
    "cholesky-indefinite-value": lambda: linalg.cholesky(array([[1.0, 2.0], [2.0, 1.0]])),
    "correlation-of-constant": lambda: [
        jnp.corrcoef(array([[1.0, 2.0, 3.0], [2.0, 2.0, 2.0]]))[i, 1 - i] for i in (0, 1)
    ],
    "quotient-by-stopped-value": lambda: array(0.0) / lax.stop_gradient(array(0.0)),
}

NOT_OFFERED = {
    "softshrink-at-bound": "JAX has no softshrink",
    "normalize-at-zero": "JAX normalises no vector; users divide by the norm",
    "cosine-similarity-at-zero": "JAX has no cosine similarity",
    "in-place-after-use": "arrays of JAX are never changed in place",
    "bce-certain-mistake": "JAX has no binary cross-entropy; Optax has",
    "bce-certain-and-right": "JAX has no binary cross-entropy; Optax has",
    "huber-at-delta": "JAX has no Huber loss; Optax has",
    "cross-entropy-reduction": "JAX has no cross-entropy of a batch; Optax has",
    "det-singular-with-graph": "A gradient to be differentiated again is asked for in no other way here.",
    "cross-entropy-masked-value": "The library has no cross-entropy.",
    "bce-certain-mistake-value": "The library has no binary cross-entropy of a probability.",
}
