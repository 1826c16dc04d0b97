"""SymForce, as its users write it: symbols, the derivative of an expression, and its value."""

import symforce.symbolic as sf

TITLE = "SymForce"
DISTRIBUTION = "symforce"
REQUIRES = ("symforce==0.12.0", "numpy==2.4.6")
HOMEPAGE = "https://symforce.org/"


def symbols(point):
    """Return a symbol, a vector or a matrix of symbols for each variable, and where they are."""
    xs, at = [], {}
    for k, x in enumerate(point):
        if not isinstance(x, list):
            xs.append(sf.Symbol(f"x{k}"))
            at[xs[-1]] = x
            continue
        rows = x if isinstance(x[0], list) else [[entry] for entry in x]
        names = [[sf.Symbol(f"x{k}_{i}_{j}") for j in range(len(r))] for i, r in enumerate(rows)]
        xs.append(sf.Matrix(names))
        at |= {
            s: e for ss, es in zip(names, rows, strict=True) for s, e in zip(ss, es, strict=True)
        }
    return xs, at


def plain(expression, at):
    """Return the value of an expression; its complex infinity is no number."""
    found = sf.S(expression).subs(at)
    if found == sf.zoo:
        return float("nan")
    return float("inf") if found == sf.oo else float("-inf") if found == -sf.oo else float(found)


def derivative(y, x):
    """Return the derivatives of an expression, in the shape of a variable."""
    if isinstance(x, sf.Matrix):
        return [[derivative(y, x[i, j]) for j in range(x.cols)] for i in range(x.rows)]
    return sf.S(y).diff(x)


def values(found, at):
    """Return the values of expressions in nested lists."""
    return [values(entry, at) for entry in found] if isinstance(found, list) else plain(found, at)


def grad(f, *point):
    """Return the gradients of f."""
    xs, at = symbols(point)
    y = f(*xs)
    found = [values(derivative(y, x), at) for x in xs]
    return found[0] if len(xs) == 1 else found


def hessian(f, point):
    """Return the second derivatives of f."""
    (x,), at = symbols([point])
    if not isinstance(x, sf.Matrix):
        return plain(sf.S(f(x)).diff(x).diff(x), at)
    entries = x.to_flat_list()
    return [[plain(sf.S(f(x)).diff(a).diff(b), at) for b in entries] for a in entries]


def matrix_hessian(f, point):
    """Return the second derivatives of f of a matrix; the two orders of its entries agree here."""
    return hessian(f, point)


def slope(f, x):
    """Return the derivative of f as an expression, of which one more can be taken."""
    y = sf.S(f(x))
    return x.applyfunc(y.diff) if isinstance(x, sf.Matrix) else y.diff(x)


def power_by_loop(x):
    """Return the fourth power of x, by a loop."""
    y = 1.0
    for _ in range(4):
        y = y * x
    return y


def total(X):
    """Return the sum of all entries."""
    return sum(X.to_flat_list())


def power_in_steps(x, n=4):
    """Return x to the power of n, by a loop of n steps."""
    y = 1.0
    for _ in range(n):
        y = y * x
    return y


def complex_grad(f, z):
    """Return the gradient of f of a complex number, which is made of two real ones."""
    return complex(*grad(lambda x, y: f(sf.Complex(x, y)), z.real, z.imag))


ANSWERS = {
    "abs-at-zero": lambda: grad(sf.Abs, 0.0),
    "sqrt-of-square": lambda: grad(lambda x: sf.sqrt(x * x), 0.0),
    "abs-times-x": lambda: grad(lambda x: x * sf.Abs(x), 0.0),
    "maximum-with-zero": lambda: grad(lambda x: sf.Max(x, 0.0), 0.0),
    "where-positive": lambda: grad(lambda x: sf.Piecewise((x, x > 0), (0, True)), 0.0),
    "relu-difference-by-abs": lambda: grad(
        lambda x: (x + sf.Abs(x)) / 2 - (sf.Abs(x) - x) / 2, 0.0
    ),
    "maximum-tie": lambda: grad(sf.Max, 2.0, 2.0),
    "minimum-tie": lambda: grad(sf.Min, 2.0, 2.0),
    "maximum-of-itself": lambda: grad(lambda x: sf.Max(x, x), 2.0),
    "max-of-vector-tie": lambda: grad(lambda x: sf.Max(*x.to_flat_list()), [1.0, 3.0, 3.0]),
    "max-of-three-tie": lambda: grad(lambda x: sf.Max(*x.to_flat_list()), [3.0, 3.0, 3.0]),
    "clip-at-lower-bound": lambda: grad(lambda x: sf.clamp(x, 0.0, 1.0), 0.0),
    "clip-at-upper-bound": lambda: grad(lambda x: sf.clamp(x, 0.0, 1.0), 1.0),
    "hinge-at-one": lambda: grad(lambda x: sf.Max(0.0, 1 - x), 1.0),
    "one-norm-with-zero": lambda: grad(lambda x: sf.Abs(x[0]) + sf.Abs(x[1]), [0.0, 1.0]),
    "inf-norm-tie": lambda: grad(lambda x: sf.Max(sf.Abs(x[0]), sf.Abs(x[1])), [2.0, 2.0]),
    "sign-at-zero": lambda: grad(sf.sign, 0.0),
    "floor-between": lambda: grad(sf.floor, 2.5),
    "mod-by-both": lambda: grad(sf.Mod, 7.0, 2.0),
    "mod-written-out": lambda: grad(lambda x, y: x - y * sf.floor(x / y), 7.0, 2.0),
    "abs-second-derivative": lambda: hessian(sf.Abs, 0.0),
    "sqrt-at-zero": lambda: grad(sf.sqrt, 0.0),
    "power-half-at-zero": lambda: grad(lambda x: x**0.5, 0.0),
    "x-times-sqrt": lambda: grad(lambda x: x * sf.sqrt(x), 0.0),
    "power-three-halves": lambda: grad(lambda x: x**1.5, 0.0),
    "reciprocal-at-zero": lambda: grad(lambda x: 1 / x, 0.0),
    "log-at-zero": lambda: grad(sf.log, 0.0),
    "power-zero-at-zero": lambda: grad(lambda x: x**0.0, 0.0),
    "power-one-at-zero": lambda: grad(lambda x: x**1.0, 0.0),
    "power-two-at-zero": lambda: grad(lambda x: x**2.0, 0.0),
    "power-both-at-zero": lambda: grad(lambda x, y: x**y, 0.0, 0.0),
    "power-base-zero": lambda: grad(lambda x, y: x**y, 0.0, 2.0),
    "power-negative-base": lambda: grad(lambda x, y: x**y, -2.0, 2.0),
    "cube-of-negative": lambda: grad(lambda x: x**3, -2.0),
    "norm-at-zero": lambda: grad(lambda x: x.norm(), [0.0, 0.0]),
    "norm-written-out": lambda: grad(lambda x: sf.sqrt(x.dot(x)), [0.0, 0.0]),
    "norm-smoothed": lambda: grad(lambda x: sf.sqrt(x.dot(x) + 1e-12), [0.0, 0.0]),
    "squared-norm-at-zero": lambda: grad(lambda x: x.norm() ** 2, [0.0, 0.0]),
    "distance-of-equal-points": lambda: grad(lambda x: (x - sf.V2(1.0, 2.0)).norm(), [1.0, 2.0]),
    "normalize-at-zero": lambda: grad(lambda x: x.normalized()[0], [0.0, 0.0]),
    "where-log-at-zero": lambda: grad(lambda x: sf.Piecewise((sf.log(x), x > 0), (0, True)), 0.0),
    "where-log-safe": lambda: grad(
        lambda x: sf.Piecewise((sf.log(sf.Piecewise((x, x > 0), (1, True))), x > 0), (0, True)), 0.0
    ),
    "where-sqrt-negative": lambda: grad(
        lambda x: sf.Piecewise((sf.sqrt(x), x > 0), (0, True)), -1.0
    ),
    "mask-by-product": lambda: grad(lambda x: 0.0 * sf.log(x), 0.0),
    "softplus-naive-large": lambda: grad(lambda x: sf.log(1 + sf.exp(x)), 1000.0),
    "softplus-safe": lambda: grad(lambda x: sf.Max(x, 0) + sf.log(1 + sf.exp(-sf.Abs(x))), 1000.0),
    "sigmoid-naive-large": lambda: grad(lambda x: 1 / (1 + sf.exp(-x)), -1000.0),
    "logsumexp-naive-large": lambda: grad(
        lambda x: sf.log(sf.exp(x[0]) + sf.exp(x[1])), [1000.0, 1000.0]
    ),
    "prod-written-out": lambda: grad(lambda x: x[0] * x[1] * x[2], [0.0, 2.0, 3.0]),
    "prod-by-logarithms": lambda: grad(
        lambda x: sf.exp(sf.log(x[0]) + sf.log(x[1]) + sf.log(x[2])), [0.0, 2.0, 3.0]
    ),
    "cumprod-written-out": lambda: grad(
        lambda x: x[0] + x[0] * x[1] + x[0] * x[1] * x[2], [0.0, 2.0, 3.0]
    ),
    "square-by-itself": lambda: grad(lambda x: x * x / x, 0.0),
    "sine-by-itself": lambda: grad(lambda x: sf.sin(x) / x, 0.0),
    "det-singular": lambda: grad(lambda X: X.det(), [[1.0, 2.0], [2.0, 4.0]]),
    "det-written-out": lambda: grad(
        lambda X: X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0], [[1.0, 2.0], [2.0, 4.0]]
    ),
    "det-zero-column": lambda: grad(lambda X: X.det(), [[0.0, 1.0], [0.0, 3.0]]),
    "det-corner": lambda: grad(lambda X: X.det(), [[1.0, 0.0], [0.0, 0.0]]),
    "det-of-three": lambda: grad(
        lambda X: X.det(), [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]
    ),
    "det-zero-matrix": lambda: grad(lambda X: X.det(), [[0.0, 0.0], [0.0, 0.0]]),
    "det-regular": lambda: grad(lambda X: X.det(), [[1.0, 2.0], [3.0, 4.0]]),
    "det-hessian-singular": lambda: matrix_hessian(lambda X: X.det(), [[1.0, 2.0], [2.0, 4.0]]),
    "det-hessian-of-ones": lambda: grad(
        lambda X: slope(lambda X: X.det(), X)[0, 0],
        [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]],
    ),
    "log-abs-det-negative": lambda: grad(
        lambda X: sf.log(sf.Abs(X.det())), [[1.0, 2.0], [3.0, 4.0]]
    ),
    "logdet-negative": lambda: grad(lambda X: sf.log(X.det()), [[1.0, 2.0], [3.0, 4.0]]),
    "log-abs-det-singular": lambda: grad(
        lambda X: sf.log(sf.Abs(X.det())), [[1.0, 2.0], [2.0, 4.0]]
    ),
    "inverse-singular": lambda: grad(lambda X: total(X.inv()), [[1.0, 2.0], [2.0, 4.0]]),
    "inverse-regular": lambda: grad(
        lambda X: X.inv()[0, 0] + X.inv()[1, 1], [[2.0, 1.0], [0.0, 1.0]]
    ),
    "eigenvalue-sum-by-trace": lambda: grad(lambda X: X[0, 0] + X[1, 1], [[1.0, 1.0], [0.0, 1.0]]),
    "squared-entries": lambda: grad(
        lambda X: total(X.multiply_elementwise(X)), [[1.0, 0.0], [0.0, 1.0]]
    ),
    "complex-square-by-parts": lambda: grad(lambda x, y: x * x - y * y, 1.0, 2.0),
    "asin-at-zero": lambda: grad(sf.asin, 0.0),
    "acos-at-zero": lambda: grad(sf.acos, 0.0),
    "atan-at-zero": lambda: grad(sf.atan, 0.0),
    "erf-at-zero": lambda: grad(sf.erf, 0.0),
    "tanh-at-zero": lambda: grad(sf.tanh, 0.0),
    "asin-at-one": lambda: grad(sf.asin, 1.0),
    "acos-at-one": lambda: grad(sf.acos, 1.0),
    "acosh-at-one": lambda: grad(sf.acosh, 1.0),
    "atanh-at-one": lambda: grad(sf.atanh, 1.0),
    "xlogy-safe": lambda: grad(
        lambda x, y: x * sf.log(sf.Piecewise((y, y > 0), (1, True))), 0.0, 2.0
    ),
    "lgamma-at-zero": lambda: grad(sf.loggamma, 0.0),
    "lgamma-negative": lambda: grad(sf.loggamma, -0.5),
    "digamma-at-zero": lambda: grad(sf.digamma, 0.0),
    "polygamma-at-zero": lambda: grad(lambda x: sf.polygamma(1, x), 0.0),
    "zeta-at-two": lambda: grad(sf.zeta, 2.0),
    "atan2-at-origin": lambda: grad(sf.atan2, 0.0, 0.0),
    "atan2-at-the-cut": lambda: grad(sf.atan2, 0.0, -1.0),
    "gather-negative-index": lambda: grad(lambda x: x[-1], [1.0, 2.0, 3.0]),
    "bce-written-out": lambda: grad(lambda p: -(1.0 * sf.log(p) + 0.0 * sf.log(1 - p)), 1.0),
    "bce-of-logit-written-out": lambda: grad(
        lambda x: sf.Max(-x, 0) + sf.log(1 + sf.exp(-sf.Abs(x))), -1000.0
    ),
    "entropy-of-certain": lambda: grad(
        lambda p: -(p[0] * sf.log(p[0]) + p[1] * sf.log(p[1])), [1.0, 0.0]
    ),
    "rmse-at-zero": lambda: grad(
        lambda x: sf.sqrt((x - sf.V2(1.0, 2.0)).squared_norm() / 2), [1.0, 2.0]
    ),
    "mse-at-zero": lambda: grad(lambda x: (x - sf.V2(1.0, 2.0)).squared_norm() / 2, [1.0, 2.0]),
    "log-cosh-large": lambda: grad(lambda x: sf.log(sf.cosh(x)), 1000.0),
    "counted-loop": lambda: grad(power_by_loop, 1.5),
    "unused-input": lambda: grad(lambda x, y: x * x, 3.0, 5.0),
    "constant-output": lambda: grad(lambda x: sf.S(3.0), 2.0),
    "integer-converted": lambda: grad(lambda x: 1.5 * x, 3.0),
    "second-derivative-of-cube": lambda: hessian(lambda x: x**3, 2.0),
    "second-derivative-of-linear": lambda: hessian(lambda x: 2 * x, 3.0),
    "hessian-mixed": lambda: hessian(lambda x: x[0] * x[1] ** 2, [1.0, 2.0]),
    "third-derivative": lambda: grad(lambda x: slope(lambda x: slope(sf.sin, x), x), 0.0),
    "gradient-penalty": lambda: grad(lambda x: slope(lambda x: x**3, x) ** 2, 1.0),
    "equal-scalars": lambda: grad(lambda x, y: x * y, 2.0, 2.0),
    "one-variable-twice": lambda: grad(lambda x: sf.Mul(x, x), 3.0),
    "array-of-variables": lambda: grad(lambda x, y: sf.V2(x, y)[0] * sf.V2(x, y)[1], 2.0, 3.0),
    "ceil-between": lambda: grad(sf.ceiling, 2.5),
    "floor-division": lambda: grad(lambda x, y: x // y, 7.0, 2.0),
    "det-of-ones": lambda: grad(lambda X: X.det(), [[1.0, 1.0], [1.0, 1.0]]),
    "loop-of-given-length": lambda: grad(power_in_steps, 1.5),
    "argmax-slope": lambda: grad(lambda x: sf.argmax(x.to_flat_list()), [1.0, 2.0]),
    "gammainc-at-zero": lambda: grad(lambda x: sf.lowergamma(1.0, x), 0.0),
    "complex-square": lambda: complex_grad(lambda z: (z * z).real, 1 + 2j),
    "complex-reciprocal": lambda: complex_grad(lambda z: z.inverse().real, 1 + 1j),
    "complex-imaginary-part": lambda: complex_grad(lambda z: z.imag, 1 + 2j),
    "complex-conjugate": lambda: complex_grad(lambda z: (z.conj() * z.conj()).real, 1 + 2j),
    "complex-abs-squared": lambda: complex_grad(lambda z: z.squared_norm(), 1 + 2j),
    "complex-times-conjugate": lambda: complex_grad(lambda z: (z * z.conj()).real, 1 + 2j),
    "sign-at-zero-value": lambda: float(sf.sign(sf.S(0))),
    "squared-norm-by-sum": lambda: grad(lambda x: x.squared_norm(), [0.0, 0.0]),
}

NOT_OFFERED = {
    "abs-at-minus-zero": "Its symbols stand for finite real numbers.",
    "relu-at-zero": "The library has no relu.",
    "relu-difference": "The library has no relu.",
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
    "relu-second-derivative": "The library has no relu.",
    "cube-root-at-zero": "The library has no cube root.",
    "reciprocal-sqrt-at-zero": "The library has no reciprocal square root.",
    "hypot-at-zero": "The library has no hypot.",
    "nuclear-norm-at-zero": "The library has no nuclear norm.",
    "std-of-constant": "The library has no standard deviation.",
    "std-smoothed": "The library has no variance.",
    "var-of-constant": "The library has no variance.",
    "cosine-similarity-at-zero": "The library has no cosine similarity.",
    "rsqrt-variance-normalisation": "The library has no layer normalisation.",
    "where-sinc-at-zero": "The library has no comparison that can be differentiated through.",
    "boolean-mask": "The library has no selection by a mask of booleans.",
    "where-isnan": "The library has no isnan that can be differentiated through.",
    "nansum": "The library has no nansum.",
    "nan-in-max": "Its symbols stand for finite real numbers.",
    "nan-maximum-value": "Its symbols stand for finite real numbers.",
    "clip-of-nan": "Its symbols stand for finite real numbers.",
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
    "prod-one-zero": "The library has no product of entries.",
    "prod-two-zeros": "The library has no product of entries.",
    "prod-negative": "The library has no product of entries.",
    "prod-along-axis": "The library has no product along an axis.",
    "prod-hessian": "The library has no product of entries.",
    "cumprod-one-zero": "The library has no cumulative product.",
    "cumprod-two-zeros": "The library has no cumulative product.",
    "zero-times-infinity": "Its symbols stand for finite real numbers.",
    "solve-singular": "The inverse of a singular matrix of numbers ends the process.",
    "pinv-of-rank-one": "The library has no pseudo-inverse.",
    "matrix-power-zero": "The library has no power of a matrix.",
    "expm-at-zero": "The library has no exponential of a matrix.",
    "cholesky-triangle": "The library has no Cholesky factorisation.",
    "cholesky-reads": "The library has no Cholesky factorisation.",
    "cholesky-indefinite": "The library has no Cholesky factorisation.",
    "eigh-triangle": "The library has no eigenvalues of a symmetric matrix.",
    "eigh-reads": "The library has no eigenvalues of a symmetric matrix.",
    "eigenvalue-sum-at-identity": "The library has no eigenvalues of a symmetric matrix.",
    "eigenvectors-at-identity": "The library has no eigenvectors of a symmetric matrix.",
    "eigenvalues-defective": "The library has no eigenvalues of a general matrix.",
    "svd-product-at-identity": "The library has no singular value decomposition.",
    "singular-value-sum-at-identity": "The library has no singular values.",
    "singular-value-sum-of-rank-one": "The library has no singular values.",
    "singular-values-of-zero": "The library has no singular values.",
    "squared-singular-values": "The library has no singular values.",
    "spectral-norm": "The library has no spectral norm.",
    "qr-square": "The library has no QR factorisation.",
    "qr-wide": "The library has no QR factorisation.",
    "qr-singular": "The library has no QR factorisation.",
    "lstsq-by-right-side": "The library has no least squares that can be differentiated.",
    "lstsq-of-rank-one": "The library has no least squares that can be differentiated.",
    "complex-power": "Its complex numbers have no such function.",
    "complex-cube": "Its complex numbers have no such function.",
    "complex-exponential": "Its complex numbers have no such function.",
    "complex-logarithm": "Its complex numbers have no such function.",
    "complex-abs-at-zero": "Its complex numbers have no such function.",
    "complex-angle": "Its complex numbers have no such function.",
    "complex-angle-at-zero": "Its complex numbers have no such function.",
    "complex-sqrt-negative": "Its complex numbers have no such function.",
    "complex-output": "The function asked for here takes one number.",
    "complex-phase-of-real": "Its complex numbers have no such function.",
    "complex-fft": "The library has no Fourier transform.",
    "expm1-at-zero": "The library has no expm1.",
    "log1p-at-zero": "The library has no log1p.",
    "log1p-at-minus-one": "The library has no log1p.",
    "logit-at-zero": "The library has no logit.",
    "erfinv-at-zero": "The library has no inverse of erf.",
    "erfinv-at-one": "The library has no inverse of erf.",
    "entropy-at-zero": "The library has no entropy of an entry.",
    "xlogy-base-two": "The library has no xlogy.",
    "xlogy-at-zero": "The library has no xlogy.",
    "bessel-i0-at-zero": "The library has no Bessel function I0.",
    "bessel-i1-at-zero": "The library has no Bessel function I1.",
    "bessel-i1e-at-zero": "The library has no scaled Bessel function I1.",
    "bessel-j0-at-zero": "The library has no Bessel function J0.",
    "sinc-at-zero": "The library has no sinc.",
    "sinc-second-derivative": "The library has no sinc.",
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
    "assigned-input": "Its arrays cannot be changed in place.",
    "quantile-at-entry": "The library has no quantile.",
    "mean-of-nothing": "The library has no selection by a mask of booleans.",
    "var-of-one": "The library has no unbiased variance.",
    "cumsum-weighted": "The library has no cumulative sum.",
    "broadcast-sum": "A number and a vector are not added.",
    "float-cancellation": "Not asked: its variables are double precision.",
    "minus-zero": "Its symbols stand for finite real numbers.",
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
    "while-loop": "An expression of symbols has no loop whose end depends on their values.",
    "branch-log-at-zero": "An expression of symbols does not branch on their values.",
    "in-place-square": "Its arrays cannot be changed in place.",
    "in-place-after-use": "Its arrays cannot be changed in place.",
    "backward-twice": "A gradient is a function of it here; there is no sweep to repeat.",
    "gradients-accumulate": "Gradients are returned here; there is nowhere for them to add up.",
    "integer-square": "Its symbols stand for finite real numbers.",
    "integer-scaled": "Its symbols stand for finite real numbers.",
    "conversion-to-integer": "The library has no conversion to integers and back.",
    "comparison": "A comparison is no number in its expressions.",
    "stop-gradient": "The library has no stop-gradient.",
    "straight-through": "The library has no rounding.",
    "quotient-by-stopped": "The library has no stop-gradient.",
    "vector-output": "The function asked for here takes one number.",
    "one-path-stopped": "The library has no stop-gradient.",
    "inverse-singular-value": "The inverse of a singular matrix of numbers ends the process.",
    "clip-from-below": "The library has no clip with one bound.",
    "remainder-of-divmod": "The library has no divmod.",
    "nan-first-in-max": "The library has no largest entry.",
    "nan-in-max-value": "The library has no largest entry.",
    "nan-maximum-gradient": "Its symbols stand for real numbers, and NaN is none.",
    "logcumsumexp-infinite-value": "The library has no cumulative logsumexp.",
    "selu-large": "The library has no selu.",
    "det-singular-with-graph": "A gradient to be differentiated again is asked for in no other way here.",
    "eigh-unsymmetric": "The library has no eigenvalues of a symmetric matrix.",
    "eigenvectors-without-choice": "The library has no eigenvectors of a symmetric matrix.",
    "svd-null-vector": "The library has no full singular value decomposition.",
    "logsigmoid-far-left-value": "The library has no logsigmoid.",
    "median-of-even-tie": "The library has no median.",
    "gather-out-of-range-value": "Its symbolic matrices refuse an index out of range, as those of Python do.",
    "minus-zero-after-zero": "Its symbols stand for finite real numbers.",
    "variance-by-default": "The library has no variance.",
    "cross-entropy-masked-value": "The library has no cross-entropy.",
    "bce-certain-mistake-value": "The library has no binary cross-entropy of a probability.",
}
