"""AlgoPy, as its users write it: a function traced once, and the gradient of its graph."""

import algopy as al
import numpy as np

TITLE = "AlgoPy"
DISTRIBUTION = "algopy"
REQUIRES = ("algopy==0.7.2", "numpy==2.4.6")
HOMEPAGE = "https://pythonhosted.org/algopy/"

inf, nan = np.inf, np.nan


def grad(f, *point):
    """Return the gradients of f, by the reverse mode of a traced graph."""
    graph = al.CGraph()
    xs = [al.Function(np.array(x)) for x in point]
    y = f(*xs)
    graph.trace_off()
    graph.independentFunctionList = xs
    graph.dependentFunctionList = [y]
    found = graph.gradient([np.array(x) for x in point])
    return found[0] if len(xs) == 1 else found


def hessian(f, point):
    """Return the second derivatives of f, by its Taylor polynomials."""
    x = al.UTPM.init_hessian(np.array([point] if isinstance(point, float) else point))
    if isinstance(point, float):
        return al.UTPM.extract_hessian(1, f(x)[0])
    return al.UTPM.extract_hessian(len(point), f(x))


def svd_product(X):
    """Return the weighted sum of the entries of U S V^T."""
    u, s, v = al.svd(X)
    return al.sum(np.array([[1.0, 2.0], [3.0, 4.0]]) * al.dot(u * s, v.T))


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


def power_in_steps(x, n=4):
    """Return x to the power of n, by a loop of n steps."""
    y = 1.0
    for _ in range(n):
        y = y * x
    return y


def svd_product_of_three(X):
    """Return the weighted entries of U S V^T, of three rows."""
    u, s, v = al.svd(X)
    return al.sum(np.arange(1.0, 10.0).reshape(3, 3) * al.dot(u * s, v.T))


ANSWERS = {
    "abs-at-zero": lambda: grad(al.absolute, 0.0),
    "abs-at-minus-zero": lambda: grad(al.absolute, -0.0),
    "sqrt-of-square": lambda: grad(lambda x: al.sqrt(x * x), 0.0),
    "abs-times-x": lambda: grad(lambda x: x * al.absolute(x), 0.0),
    "maximum-with-zero": lambda: grad(lambda x: al.maximum(x, 0.0), 0.0),
    "relu-difference-by-abs": lambda: grad(
        lambda x: (x + al.absolute(x)) / 2 - (al.absolute(x) - x) / 2, 0.0
    ),
    "maximum-tie": lambda: grad(al.maximum, 2.0, 2.0),
    "minimum-tie": lambda: grad(al.minimum, 2.0, 2.0),
    "maximum-of-itself": lambda: grad(lambda x: al.maximum(x, x), 2.0),
    "hinge-at-one": lambda: grad(lambda x: al.maximum(0.0 * x, 1 - x), 1.0),
    "one-norm-with-zero": lambda: grad(lambda x: al.sum(al.absolute(x)), [0.0, 1.0]),
    "sign-at-zero": lambda: grad(al.sign, 0.0),
    "abs-second-derivative": lambda: hessian(al.absolute, 0.0),
    "sqrt-at-zero": lambda: grad(al.sqrt, 0.0),
    "power-half-at-zero": lambda: grad(lambda x: x**0.5, 0.0),
    "x-times-sqrt": lambda: grad(lambda x: x * al.sqrt(x), 0.0),
    "power-three-halves": lambda: grad(lambda x: x**1.5, 0.0),
    "reciprocal-at-zero": lambda: grad(lambda x: 1 / x, 0.0),
    "log-at-zero": lambda: grad(al.log, 0.0),
    "power-zero-at-zero": lambda: grad(lambda x: x**0.0, 0.0),
    "power-one-at-zero": lambda: grad(lambda x: x**1.0, 0.0),
    "power-two-at-zero": lambda: grad(lambda x: x**2.0, 0.0),
    "power-both-at-zero": lambda: grad(lambda x, y: x**y, 0.0, 0.0),
    "power-base-zero": lambda: grad(lambda x, y: x**y, 0.0, 2.0),
    "power-negative-base": lambda: grad(lambda x, y: x**y, -2.0, 2.0),
    "cube-of-negative": lambda: grad(lambda x: x**3, -2.0),
    "norm-written-out": lambda: grad(lambda x: al.sqrt(al.sum(x * x)), [0.0, 0.0]),
    "norm-smoothed": lambda: grad(lambda x: al.sqrt(al.sum(x * x) + 1e-12), [0.0, 0.0]),
    "mask-by-product": lambda: grad(lambda x: 0.0 * al.log(x), 0.0),
    "nan-maximum-value": lambda: [al.maximum(nan, 1.0), al.maximum(1.0, nan)],
    "softplus-naive-large": lambda: grad(lambda x: al.log(1 + al.exp(x)), 1000.0),
    "softplus-safe": lambda: grad(
        lambda x: al.maximum(x, 0.0) + al.log1p(al.exp(-al.absolute(x))), 1000.0
    ),
    "sigmoid-naive-large": lambda: grad(lambda x: 1 / (1 + al.exp(-x)), -1000.0),
    "logsumexp-naive-large": lambda: grad(lambda x: al.log(al.sum(al.exp(x))), [1000.0, 1000.0]),
    "prod-one-zero": lambda: grad(al.prod, [0.0, 2.0, 3.0]),
    "prod-two-zeros": lambda: grad(al.prod, [0.0, 0.0, 3.0]),
    "prod-written-out": lambda: grad(lambda x: x[0] * x[1] * x[2], [0.0, 2.0, 3.0]),
    "prod-negative": lambda: grad(al.prod, [-1.0, 2.0, 3.0]),
    "prod-hessian": lambda: hessian(al.prod, [0.0, 2.0, 3.0]),
    "prod-by-logarithms": lambda: grad(lambda x: al.exp(al.sum(al.log(x))), [0.0, 2.0, 3.0]),
    "cumprod-written-out": lambda: grad(
        lambda x: x[0] + x[0] * x[1] + x[0] * x[1] * x[2], [0.0, 2.0, 3.0]
    ),
    "square-by-itself": lambda: grad(lambda x: x * x / x, 0.0),
    "sine-by-itself": lambda: grad(lambda x: al.sin(x) / x, 0.0),
    "zero-times-infinity": lambda: grad(lambda x, y: x * y, 0.0, inf),
    "det-singular": lambda: grad(al.det, [[1.0, 2.0], [2.0, 4.0]]),
    "det-written-out": lambda: grad(
        lambda X: X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0], [[1.0, 2.0], [2.0, 4.0]]
    ),
    "det-zero-column": lambda: grad(al.det, [[0.0, 1.0], [0.0, 3.0]]),
    "det-corner": lambda: grad(al.det, [[1.0, 0.0], [0.0, 0.0]]),
    "det-of-three": lambda: grad(al.det, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]),
    "det-zero-matrix": lambda: grad(al.det, [[0.0, 0.0], [0.0, 0.0]]),
    "det-regular": lambda: grad(al.det, [[1.0, 2.0], [3.0, 4.0]]),
    "log-abs-det-negative": lambda: grad(al.logdet, [[1.0, 2.0], [3.0, 4.0]]),
    "logdet-negative": lambda: grad(al.logdet, [[1.0, 2.0], [3.0, 4.0]]),
    "log-abs-det-singular": lambda: grad(al.logdet, [[1.0, 2.0], [2.0, 4.0]]),
    "inverse-singular": lambda: grad(lambda X: al.sum(al.inv(X)), [[1.0, 2.0], [2.0, 4.0]]),
    "solve-singular": lambda: grad(
        lambda b: al.sum(al.solve(np.array([[1.0, 2.0], [2.0, 4.0]]), b)), [1.0, 1.0]
    ),
    "inverse-regular": lambda: grad(lambda X: al.trace(al.inv(X)), [[2.0, 1.0], [0.0, 1.0]]),
    "expm-at-zero": lambda: grad(lambda X: al.sum(al.expm(X)), [[0.0, 0.0], [0.0, 0.0]]),
    "cholesky-triangle": lambda: grad(lambda A: al.sum(al.cholesky(A)), [[4.0, 2.0], [2.0, 5.0]]),
    "cholesky-reads": lambda: al.cholesky(np.array([[4.0, 2.0], [0.0, 5.0]]))[1, 0],
    "cholesky-indefinite": lambda: grad(lambda A: al.sum(al.cholesky(A)), [[1.0, 2.0], [2.0, 1.0]]),
    "eigh-triangle": lambda: grad(lambda A: al.eigh(A)[0][-1], [[2.0, 1.0], [1.0, 2.0]]),
    "eigh-reads": lambda: al.eigh(np.array([[1.0, 2.0], [0.0, 3.0]]))[0][-1],
    "eigenvalue-sum-at-identity": lambda: grad(
        lambda A: al.sum(al.eigh(A)[0]), [[1.0, 0.0], [0.0, 1.0]]
    ),
    "eigenvectors-at-identity": lambda: grad(
        lambda A: al.sum(np.array([[1.0, 2.0], [3.0, 5.0]]) * al.eigh(A)[1] ** 2),
        [[1.0, 0.0], [0.0, 1.0]],
    ),
    "eigenvalue-sum-by-trace": lambda: grad(al.trace, [[1.0, 1.0], [0.0, 1.0]]),
    "svd-product-at-identity": lambda: grad(svd_product, [[1.0, 0.0], [0.0, 1.0]]),
    "singular-value-sum-at-identity": lambda: grad(
        lambda X: al.sum(al.svd(X)[1]), [[1.0, 0.0], [0.0, 1.0]]
    ),
    "singular-value-sum-of-rank-one": lambda: grad(
        lambda X: al.sum(al.svd(X)[1]), [[1.0, 0.0], [0.0, 0.0]]
    ),
    "singular-values-of-zero": lambda: grad(
        lambda X: al.sum(al.svd(X)[1]), [[0.0, 0.0], [0.0, 0.0]]
    ),
    "squared-singular-values": lambda: grad(
        lambda X: al.sum(al.svd(X)[1] ** 2), [[1.0, 0.0], [0.0, 1.0]]
    ),
    "squared-entries": lambda: grad(lambda X: al.sum(X * X), [[1.0, 0.0], [0.0, 1.0]]),
    "qr-square": lambda: grad(lambda X: al.sum(al.qr(X)[1] ** 2), [[1.0, 2.0], [3.0, 4.0]]),
    "qr-wide": lambda: grad(lambda X: al.sum(al.qr(X)[1] ** 2), [[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]),
    "qr-singular": lambda: grad(lambda X: al.sum(al.qr(X)[1] ** 2), [[1.0, 0.0], [2.0, 0.0]]),
    "complex-square-by-parts": lambda: grad(lambda x, y: x * x - y * y, 1.0, 2.0),
    "asin-at-zero": lambda: grad(al.arcsin, 0.0),
    "acos-at-zero": lambda: grad(al.arccos, 0.0),
    "atan-at-zero": lambda: grad(al.arctan, 0.0),
    "erf-at-zero": lambda: grad(al.special.erf, 0.0),
    "tanh-at-zero": lambda: grad(al.tanh, 0.0),
    "expm1-at-zero": lambda: grad(al.expm1, 0.0),
    "log1p-at-zero": lambda: grad(al.log1p, 0.0),
    "asin-at-one": lambda: grad(al.arcsin, 1.0),
    "acos-at-one": lambda: grad(al.arccos, 1.0),
    "log1p-at-minus-one": lambda: grad(al.log1p, -1.0),
    "logit-at-zero": lambda: grad(al.special.logit, 0.0),
    "lgamma-at-zero": lambda: grad(al.special.gammaln, 0.0),
    "lgamma-negative": lambda: grad(al.special.gammaln, -0.5),
    "digamma-at-zero": lambda: grad(al.special.psi, 0.0),
    "polygamma-at-zero": lambda: grad(lambda x: al.special.polygamma(1, x), 0.0),
    "gather-negative-index": lambda: grad(lambda x: x[-1], [1.0, 2.0, 3.0]),
    "broadcast-sum": lambda: grad(lambda x: al.sum(x + np.array([1.0, 2.0, 3.0])), 2.0),
    "bce-written-out": lambda: grad(lambda p: -(1.0 * al.log(p) + 0.0 * al.log(1 - p)), 1.0),
    "bce-of-logit-written-out": lambda: grad(
        lambda x: al.maximum(-x, 0.0) + al.log1p(al.exp(-al.absolute(x))), -1000.0
    ),
    "entropy-of-certain": lambda: grad(lambda p: -al.sum(p * al.log(p)), [1.0, 0.0]),
    "rmse-at-zero": lambda: grad(
        lambda x: al.sqrt(al.sum((x - np.array([1.0, 2.0])) ** 2) / 2), [1.0, 2.0]
    ),
    "mse-at-zero": lambda: grad(lambda x: al.sum((x - np.array([1.0, 2.0])) ** 2) / 2, [1.0, 2.0]),
    "log-cosh-large": lambda: grad(lambda x: al.log(al.cosh(x)), 1000.0),
    "counted-loop": lambda: grad(power_by_loop, 1.5),
    "unused-input": lambda: grad(lambda x, y: x * x, 3.0, 5.0),
    "constant-output": lambda: grad(lambda x: al.Function(np.array(3.0)), 2.0),
    "integer-square": lambda: grad(lambda x: x * x, 3),
    "integer-scaled": lambda: grad(lambda x: 1.5 * x, 3),
    "integer-converted": lambda: grad(lambda x: 1.5 * x, 3.0),
    "second-derivative-of-cube": lambda: hessian(lambda x: x**3, 2.0),
    "second-derivative-of-linear": lambda: hessian(lambda x: 2 * x, 3.0),
    "hessian-mixed": lambda: hessian(lambda x: x[0] * x[1] ** 2, [1.0, 2.0]),
    "equal-scalars": lambda: grad(lambda x, y: x * y, 2.0, 2.0),
    "one-variable-twice": lambda: grad(lambda x: x * x, 3.0),
    "det-of-ones": lambda: grad(al.det, [[1.0, 1.0], [1.0, 1.0]]),
    "inverse-singular-value": lambda: al.inv(np.array([[1.0, 2.0], [2.0, 4.0]])),
    "eigh-unsymmetric": lambda: grad(lambda A: al.eigh(A)[0][-1], [[1.0, 2.0], [0.0, 3.0]]),
    "eigenvectors-without-choice": lambda: grad(
        lambda A: al.sum(np.array([[1.0, 2.0], [3.0, 4.0]]) * al.eigh(A)[1] ** 2),
        [[1.0, 0.0], [0.0, 1.0]],
    ),
    "nan-maximum-gradient": lambda: grad(al.maximum, nan, 1.0),
    "loop-of-given-length": lambda: grad(power_in_steps, 1.5),
    "complex-square": lambda: grad(lambda z: al.real(z * z), 1 + 2j),
    "complex-power": lambda: grad(lambda z: al.real(z**2), 1 + 2j),
    "complex-cube": lambda: grad(lambda z: al.real(z**3), 1 + 2j),
    "complex-exponential": lambda: grad(lambda z: al.real(al.exp(z)), 1j),
    "complex-logarithm": lambda: grad(lambda z: al.real(al.log(z)), 1 + 2j),
    "complex-reciprocal": lambda: grad(lambda z: al.real(1 / z), 1 + 1j),
    "complex-imaginary-part": lambda: grad(al.imag, 1 + 2j),
    "complex-conjugate": lambda: grad(lambda z: al.real(al.conjugate(z) * al.conjugate(z)), 1 + 2j),
    "complex-abs-squared": lambda: grad(lambda z: al.absolute(z) ** 2, 1 + 2j),
    "complex-times-conjugate": lambda: grad(lambda z: al.real(z * al.conjugate(z)), 1 + 2j),
    "complex-abs-at-zero": lambda: grad(al.absolute, 0j),
    "complex-sqrt-negative": lambda: grad(lambda z: al.imag(al.sqrt(z)), -4 + 0j),
    "complex-output": lambda: grad(lambda z: z * z, 1 + 2j),
    "complex-phase-of-real": lambda: grad(lambda x: al.absolute(al.exp(1j * x)), 0.5),
    "complex-fft": lambda: grad(lambda x: al.sum(al.absolute(al.fft.fft(x)) ** 2), [1.0, 2.0, 3.0]),
    "eigenvalues-defective": lambda: grad(
        lambda X: al.sum(al.real(al.eig(X)[0])), [[1.0, 1.0], [0.0, 1.0]]
    ),
    "in-place-square": lambda: grad(lambda x: assigned(x, 0, x[0] * x[0])[0], [3.0]),
    "assigned-input": lambda: grad(lambda x: al.sum(assigned(x, 0, 0.0 * x[0])), [1.0, 2.0]),
    "sign-at-zero-value": lambda: al.sign(np.array(0.0)),
    "squared-norm-by-sum": lambda: grad(lambda x: al.sum(x * x), [0.0, 0.0]),
    "svd-product-of-three": lambda: grad(
        svd_product_of_three, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    ),
    "cholesky-indefinite-value": lambda: al.cholesky(np.array([[1.0, 2.0], [2.0, 1.0]])),
}

NOT_OFFERED = {
    "relu-at-zero": "The library has no relu.",
    "where-positive": "The library has no where.",
    "relu-difference": "The library has no relu.",
    "max-of-vector-tie": "The library has no largest entry.",
    "max-of-three-tie": "The library has no largest entry.",
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
    "inf-norm-tie": "The library has no largest-entry norm.",
    "floor-between": "The library has no floor.",
    "round-between": "The library has no rounding.",
    "mod-by-both": "The library has no remainder of floats.",
    "mod-written-out": "The library has no floor.",
    "fraction-of-a-number": "The library has no fractional part.",
    "relu-second-derivative": "The library has no relu.",
    "cube-root-at-zero": "The library has no cube root.",
    "reciprocal-sqrt-at-zero": "The library has no reciprocal square root.",
    "norm-at-zero": "The library has no Euclidean norm.",
    "distance-of-equal-points": "The library has no Euclidean norm.",
    "hypot-at-zero": "The library has no hypot.",
    "nuclear-norm-at-zero": "The library has no nuclear norm.",
    "std-of-constant": "The library has no standard deviation.",
    "std-smoothed": "The library has no variance.",
    "var-of-constant": "The library has no variance.",
    "normalize-at-zero": "The library has no function that normalises a vector.",
    "cosine-similarity-at-zero": "The library has no cosine similarity.",
    "rsqrt-variance-normalisation": "The library has no layer normalisation.",
    "where-log-at-zero": "The library has no where.",
    "where-log-safe": "The library has no where.",
    "where-sqrt-negative": "The library has no where.",
    "where-sinc-at-zero": "The library has no comparison that can be differentiated through.",
    "boolean-mask": "The library has no selection by a mask of booleans.",
    "where-isnan": "The library has no isnan that can be differentiated through.",
    "nansum": "The library has no nansum.",
    "nan-in-max": "The library has no largest entry.",
    "clip-of-nan": "The library has no clip.",
    "softplus-large": "The library has no softplus.",
    "sigmoid-large": "The library has no sigmoid.",
    "elu-large": "The library has no elu.",
    "logsumexp-large": "The library has no logsumexp.",
    "logsumexp-one-infinite": "The library has no logsumexp.",
    "logsumexp-all-infinite": "The library has no logsumexp.",
    "logsumexp-all-infinite-value": "The library has no logsumexp.",
    "logaddexp-one-infinite": "The library has no logaddexp.",
    "logcumsumexp-infinite": "The library has no cumulative logsumexp.",
    "log-softmax-large-value": "The library has no log_softmax.",
    "log-of-softmax": "The library has no softmax.",
    "log-softmax-gradient": "The library has no log_softmax.",
    "softmax-one-masked": "The library has no softmax.",
    "softmax-all-masked": "The library has no softmax.",
    "prod-along-axis": "The library has no product along an axis.",
    "cumprod-one-zero": "The library has no cumulative product.",
    "cumprod-two-zeros": "The library has no cumulative product.",
    "det-hessian-singular": "Its Hessian is of a function of a vector.",
    "det-hessian-of-ones": "No gradient is taken of a gradient by its public functions here.",
    "pinv-of-rank-one": "The library has no pseudo-inverse.",
    "matrix-power-zero": "The library has no power of a matrix.",
    "spectral-norm": "The library has no spectral norm.",
    "lstsq-by-right-side": "The library has no least squares that can be differentiated.",
    "lstsq-of-rank-one": "The library has no least squares that can be differentiated.",
    "complex-angle": "The library has no angle.",
    "complex-angle-at-zero": "The library has no angle.",
    "acosh-at-one": "The library has no acosh.",
    "atanh-at-one": "The library has no atanh.",
    "erfinv-at-zero": "The library has no inverse of erf.",
    "erfinv-at-one": "The library has no inverse of erf.",
    "entropy-at-zero": "The library has no entropy of an entry.",
    "xlogy-base-two": "The library has no xlogy.",
    "xlogy-at-zero": "The library has no xlogy.",
    "xlogy-safe": "The library has no where.",
    "zeta-at-two": "The library has no zeta function.",
    "bessel-i0-at-zero": "The library has no Bessel function I0.",
    "bessel-i1-at-zero": "The library has no Bessel function I1.",
    "bessel-i1e-at-zero": "The library has no scaled Bessel function I1.",
    "bessel-j0-at-zero": "The library has no Bessel function J0.",
    "sinc-at-zero": "The library has no sinc.",
    "sinc-second-derivative": "The library has no sinc.",
    "gammainc-at-zero": "The library has no incomplete gamma function.",
    "atan2-at-origin": "The library has no atan2.",
    "atan2-at-the-cut": "The library has no atan2.",
    "log-ndtr-far-left": "The library has no logarithm of the normal distribution function.",
    "logsigmoid-far-left": "The library has no logsigmoid.",
    "gelu-default": "The library has no gelu.",
    "median-of-even-count": "The library has no median.",
    "median-tie": "The library has no median.",
    "sort-tie": "The library has no sort.",
    "top-one-tie": "The library has no top-k.",
    "cummax-tie": "The library has no cumulative maximum.",
    "max-pool-tie": "The library has no max pooling.",
    "interpolation-at-knot": "The library has no interpolation in a table.",
    "gather-duplicates": "The library has no gather.",
    "gather-out-of-range": "The library has no gather.",
    "gather-float16": "The library has no half precision.",
    "scatter-overwritten": "The library has no assignment at an array of indices.",
    "scatter-by-mask": "The library has no where.",
    "scatter-add-duplicates": "The library has no scatter-add.",
    "scatter-distinct": "The library has no assignment at an array of indices.",
    "quantile-at-entry": "The library has no quantile.",
    "mean-of-nothing": "The library has no selection by a mask of booleans.",
    "var-of-one": "The library has no unbiased variance.",
    "cumsum-weighted": "The library has no cumulative sum.",
    "argmax-slope": "The library has no argmax.",
    "float-cancellation": "Not asked: its variables are double precision.",
    "minus-zero": "A value without derivatives is NumPy's own.",
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
    "poisson-zero-rate": "The library has no Poisson loss.",
    "cross-entropy-reduction": "The library has no cross-entropy.",
    "while-loop": "A traced graph has no loop whose end depends on its values.",
    "branch-log-at-zero": "A traced graph has no branch that depends on its values.",
    "in-place-after-use": "Its arrays cannot be changed in place.",
    "backward-twice": "A gradient is a function of it here; there is no sweep to repeat.",
    "gradients-accumulate": "Gradients are returned here; there is nowhere for them to add up.",
    "conversion-to-integer": "The library has no conversion to integers and back.",
    "comparison": "The library has no conversion of a comparison.",
    "stop-gradient": "The library has no stop-gradient.",
    "straight-through": "The library has no rounding.",
    "quotient-by-stopped": "The library has no stop-gradient.",
    "third-derivative": "No gradient is taken of a gradient by its public functions here.",
    "gradient-penalty": "No gradient is taken of a gradient by its public functions here.",
    "vector-output": "The function asked for here takes one number.",
    "array-of-variables": "The library has no array made of variables.",
    "one-path-stopped": "The library has no stop-gradient.",
    "clip-from-below": "The library has no clip with one bound.",
    "ceil-between": "The library has no ceil.",
    "floor-division": "The library has no division that is rounded down.",
    "remainder-of-divmod": "The library has no divmod.",
    "nan-first-in-max": "The library has no largest entry.",
    "nan-in-max-value": "The library has no largest entry.",
    "logcumsumexp-infinite-value": "The library has no cumulative logsumexp.",
    "selu-large": "The library has no selu.",
    "det-singular-with-graph": "A gradient to be differentiated again is asked for in no other way here.",
    "svd-null-vector": "The library has no full singular value decomposition.",
    "logsigmoid-far-left-value": "The library has no logsigmoid.",
    "median-of-even-tie": "The library has no median.",
    "gather-out-of-range-value": "Its arrays are those of NumPy, which refuse such an index.",
    "minus-zero-after-zero": "Its constants are those of NumPy, which has no cache of zeros.",
    "variance-by-default": "The library has no variance.",
    "cross-entropy-masked-value": "The library has no cross-entropy.",
    "bce-certain-mistake-value": "The library has no binary cross-entropy of a probability.",
    "squared-norm-at-zero": "The library has no norm.",
}
