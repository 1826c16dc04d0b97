"""Dr.Jit, as its users write it: differentiable arrays, and dr.backward; LLVM in double precision."""

import drjit as dr
from drjit.llvm.ad import (
    Array3f64,
    Complex2f64,
    Float64,
    Int32,
    Matrix2f64,
    Matrix3f64,
    TensorXf64,
    UInt32,
)

TITLE = "Dr.Jit"
DISTRIBUTION = "drjit"
REQUIRES = ("drjit==1.5.0",)
HOMEPAGE = "https://drjit.readthedocs.io/en/stable/"
DOCUMENTED = {
    "median-of-even-count": "https://drjit.readthedocs.io/en/stable/reference.html",
    "median-of-even-tie": "https://drjit.readthedocs.io/en/stable/reference.html",
}
PROGRAMS = {"llvm-config": "llvm"}  # it compiles with the library that comes with it
FORK = False  # it waits for its threads in a forked process

inf, nan = dr.inf, dr.nan

# A slope of zero drops the path to a variable, and without this flag a backward sweep to no
# variable is an error.
FLAGS = dr.ADFlag.Default | dr.ADFlag.AllowNoGrad


def array(x):
    """Return an array, matrix or complex number."""
    if isinstance(x, complex):
        return Complex2f64(x.real, x.imag)
    if isinstance(x, list) and isinstance(x[0], list):
        return {2: Matrix2f64, 3: Matrix3f64}[len(x)](x)
    return Float64(x)


def plain(x):
    """Return an array as nested lists."""
    if dr.is_complex_v(x):
        return complex(dr.real(x)[0], dr.imag(x)[0])
    if dr.is_matrix_v(x):
        size = range(len(x))
        return [[x[i, j][0] for j in size] for i in size]
    return list(x) if dr.is_array_v(x) else x


def grad(f, *point, flags=FLAGS):
    """Return the gradients of the sum of f."""
    xs = [array(x) for x in point]
    dr.enable_grad(xs)
    dr.backward(f(*xs), flags=flags)
    found = [plain(dr.grad(x)) for x in xs]
    return found[0] if len(xs) == 1 else found


def vector_grad(f, point):
    """Return the gradient of f, a function of a small vector of arrays."""
    x = Array3f64(point)
    dr.enable_grad(x)
    dr.backward(f(x), flags=FLAGS)
    return [entry[0] for entry in dr.grad(x)]


def output_grad(f, point):
    """Return the gradient of an output that is no real number, as it is given."""
    return grad(f, point)


@dr.syntax
def until_ten(x):
    """Return x to the power that first is ten or more."""
    y = Float64(x)
    while dr.hint(y < 10, max_iterations=8):
        y *= x
    return y


@dr.syntax
def power_by_loop(x):
    """Return the fourth power of x, by a loop."""
    y, i = Float64(1), UInt32(0)
    while dr.hint(i < 4, max_iterations=4):
        y *= x
        i += 1
    return y


@dr.syntax
def branch_log(x):
    """Return log(x), or zero where there is none."""
    y = Float64(0)
    if x > 0:
        y = dr.log(x)
    return y


def assigned(size, where, y):
    """Return q with y written at some of its entries."""
    q = dr.zeros(Float64, size)
    dr.scatter(q, y, UInt32(where))
    return q


def added(size, where, y):
    """Return zeros with y added at some of their entries."""
    q = dr.zeros(Float64, size)
    dr.scatter_add(q, y, UInt32(where))
    return q


def squared_in_place(x):
    """Return x, squared in place."""
    x *= x
    return x


def exponential_squared(x):
    """Return the exponential of x, squared in place."""
    y = dr.exp(x)
    y *= y
    return y


def swept_twice(f, point, again):
    """Sweep twice, with the function evaluated again or not, and return what dr.grad holds."""
    x = Float64(point)
    dr.enable_grad(x)
    y = f(x)
    dr.backward(y)
    dr.backward(f(x) if again else y)
    return list(dr.grad(x))


@dr.syntax
def power_in_steps(x, n):
    """Return x to the power of n, by a loop that is recorded."""
    y, i = Float64(1.0), Int32(0)
    while dr.hint(i < n, max_iterations=4):
        y *= x
        i += 1
    return y


def integer_grad(f, point):
    """Return the gradient of f by an array of integers."""
    x = Int32(point)
    dr.enable_grad(x)
    dr.backward(f(x), flags=FLAGS)
    return plain(dr.grad(x))


ANSWERS = {
    "abs-at-zero": lambda: grad(dr.abs, 0.0),
    "abs-at-minus-zero": lambda: grad(dr.abs, -0.0),
    "sqrt-of-square": lambda: grad(lambda x: dr.sqrt(x * x), 0.0),
    "abs-times-x": lambda: grad(lambda x: x * dr.abs(x), 0.0),
    "maximum-with-zero": lambda: grad(lambda x: dr.maximum(x, 0.0), 0.0),
    "where-positive": lambda: grad(lambda x: dr.select(x > 0, x, 0.0), 0.0),
    "relu-difference-by-abs": lambda: grad(
        lambda x: (x + dr.abs(x)) / 2 - (dr.abs(x) - x) / 2, 0.0
    ),
    "maximum-tie": lambda: grad(dr.maximum, 2.0, 2.0),
    "minimum-tie": lambda: grad(dr.minimum, 2.0, 2.0),
    "maximum-of-itself": lambda: grad(lambda x: dr.maximum(x, x), 2.0),
    "max-of-vector-tie": lambda: grad(dr.max, [1.0, 3.0, 3.0]),
    "max-of-three-tie": lambda: grad(dr.max, [3.0, 3.0, 3.0]),
    "clip-at-lower-bound": lambda: grad(lambda x: dr.clip(x, 0.0, 1.0), 0.0),
    "clip-at-upper-bound": lambda: grad(lambda x: dr.clip(x, 0.0, 1.0), 1.0),
    "hinge-at-one": lambda: grad(lambda x: dr.maximum(0.0, 1 - x), 1.0),
    "sign-at-zero": lambda: grad(dr.sign, 0.0),
    "floor-between": lambda: grad(dr.floor, 2.5),
    "round-between": lambda: grad(dr.round, 1.25),
    "mod-written-out": lambda: grad(lambda x, y: x - y * dr.floor(x / y), 7.0, 2.0),
    "sqrt-at-zero": lambda: grad(dr.sqrt, 0.0),
    "power-half-at-zero": lambda: grad(lambda x: x**0.5, 0.0),
    "cube-root-at-zero": lambda: grad(dr.cbrt, 0.0),
    "x-times-sqrt": lambda: grad(lambda x: x * dr.sqrt(x), 0.0),
    "power-three-halves": lambda: grad(lambda x: x**1.5, 0.0),
    "reciprocal-sqrt-at-zero": lambda: grad(dr.rsqrt, 0.0),
    "reciprocal-at-zero": lambda: grad(lambda x: 1 / x, 0.0),
    "log-at-zero": lambda: grad(dr.log, 0.0),
    "power-zero-at-zero": lambda: grad(lambda x: x**0.0, 0.0),
    "power-one-at-zero": lambda: grad(lambda x: x**1.0, 0.0),
    "power-two-at-zero": lambda: grad(lambda x: x**2.0, 0.0),
    "power-both-at-zero": lambda: grad(lambda x, y: x**y, 0.0, 0.0),
    "power-base-zero": lambda: grad(lambda x, y: x**y, 0.0, 2.0),
    "power-negative-base": lambda: grad(lambda x, y: x**y, -2.0, 2.0),
    "cube-of-negative": lambda: grad(lambda x: x**3, -2.0),
    "norm-at-zero": lambda: grad(dr.norm, [0.0, 0.0]),
    "norm-written-out": lambda: grad(lambda x: dr.sqrt(dr.sum(x * x)), [0.0, 0.0]),
    "norm-smoothed": lambda: grad(lambda x: dr.sqrt(dr.sum(x * x) + 1e-12), [0.0, 0.0]),
    "squared-norm-at-zero": lambda: grad(lambda x: dr.square(dr.norm(x)), [0.0, 0.0]),
    "distance-of-equal-points": lambda: grad(lambda x: dr.norm(x - array([1.0, 2.0])), [1.0, 2.0]),
    "hypot-at-zero": lambda: grad(dr.hypot, 0.0, 0.0),
    "std-of-constant": lambda: grad(dr.std, [2.0, 2.0]),
    "std-smoothed": lambda: grad(lambda x: dr.sqrt(dr.var(x) + 1e-12), [2.0, 2.0]),
    "var-of-constant": lambda: grad(dr.var, [2.0, 2.0]),
    "where-log-at-zero": lambda: grad(lambda x: dr.select(x > 0, dr.log(x), 0.0), 0.0),
    "where-log-safe": lambda: grad(
        lambda x: dr.select(x > 0, dr.log(dr.select(x > 0, x, 1.0)), 0.0), 0.0
    ),
    "where-sqrt-negative": lambda: grad(lambda x: dr.select(x > 0, dr.sqrt(x), 0.0), -1.0),
    "where-sinc-at-zero": lambda: grad(lambda x: dr.select(x == 0, 1.0, dr.sin(x) / x), 0.0),
    "mask-by-product": lambda: grad(lambda x: 0.0 * dr.log(x), 0.0),
    "where-isnan": lambda: grad(lambda x: dr.select(dr.isnan(x), 0.0, x), [1.0, nan, 2.0]),
    "nan-in-max": lambda: grad(dr.max, [1.0, nan]),
    "nan-maximum-value": lambda: [
        list(dr.maximum(Float64(nan), 1.0)),
        list(dr.maximum(Float64(1.0), nan)),
    ],
    "clip-of-nan": lambda: grad(lambda x: dr.clip(x, 0.0, 1.0), nan),
    "softplus-naive-large": lambda: grad(lambda x: dr.log(1 + dr.exp(x)), 1000.0),
    "softplus-safe": lambda: grad(
        lambda x: dr.maximum(x, 0.0) + dr.log(1 + dr.exp(-dr.abs(x))), 1000.0
    ),
    "sigmoid-naive-large": lambda: grad(lambda x: 1 / (1 + dr.exp(-x)), -1000.0),
    "logsumexp-naive-large": lambda: grad(lambda x: dr.log(dr.sum(dr.exp(x))), [1000.0, 1000.0]),
    "prod-one-zero": lambda: grad(dr.prod, [0.0, 2.0, 3.0]),
    "prod-two-zeros": lambda: grad(dr.prod, [0.0, 0.0, 3.0]),
    "prod-written-out": lambda: vector_grad(lambda x: x[0] * x[1] * x[2], [0.0, 2.0, 3.0]),
    "prod-negative": lambda: grad(dr.prod, [-1.0, 2.0, 3.0]),
    "prod-by-logarithms": lambda: grad(lambda x: dr.exp(dr.sum(dr.log(x))), [0.0, 2.0, 3.0]),
    "cumprod-written-out": lambda: vector_grad(
        lambda x: x[0] + x[0] * x[1] + x[0] * x[1] * x[2], [0.0, 2.0, 3.0]
    ),
    "square-by-itself": lambda: grad(lambda x: x * x / x, 0.0),
    "sine-by-itself": lambda: grad(lambda x: dr.sin(x) / x, 0.0),
    "zero-times-infinity": lambda: grad(lambda x, y: x * y, 0.0, inf),
    "det-singular": lambda: grad(dr.det, [[1.0, 2.0], [2.0, 4.0]]),
    "det-written-out": lambda: grad(
        lambda X: X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0], [[1.0, 2.0], [2.0, 4.0]]
    ),
    "det-zero-column": lambda: grad(dr.det, [[0.0, 1.0], [0.0, 3.0]]),
    "det-corner": lambda: grad(dr.det, [[1.0, 0.0], [0.0, 0.0]]),
    "det-of-three": lambda: grad(dr.det, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]),
    "det-zero-matrix": lambda: grad(dr.det, [[0.0, 0.0], [0.0, 0.0]]),
    "det-regular": lambda: grad(dr.det, [[1.0, 2.0], [3.0, 4.0]]),
    "log-abs-det-negative": lambda: grad(
        lambda X: dr.log(dr.abs(dr.det(X))), [[1.0, 2.0], [3.0, 4.0]]
    ),
    "log-abs-det-singular": lambda: grad(
        lambda X: dr.log(dr.abs(dr.det(X))), [[1.0, 2.0], [2.0, 4.0]]
    ),
    "inverse-singular": lambda: grad(dr.rcp, [[1.0, 2.0], [2.0, 4.0]]),
    "inverse-regular": lambda: grad(lambda X: dr.trace(dr.rcp(X)), [[2.0, 1.0], [0.0, 1.0]]),
    "eigenvalue-sum-by-trace": lambda: grad(dr.trace, [[1.0, 1.0], [0.0, 1.0]]),
    "squared-entries": lambda: grad(dr.frob, [[1.0, 0.0], [0.0, 1.0]]),
    "complex-square": lambda: grad(lambda z: dr.real(z * z), 1 + 2j),
    "complex-square-by-parts": lambda: grad(lambda x, y: x * x - y * y, 1.0, 2.0),
    "complex-power": lambda: grad(lambda z: dr.real(z**2), 1 + 2j),
    "complex-cube": lambda: grad(lambda z: dr.real(z**3), 1 + 2j),
    "complex-exponential": lambda: grad(lambda z: dr.real(dr.exp(z)), 1j),
    "complex-logarithm": lambda: grad(lambda z: dr.real(dr.log(z)), 1 + 2j),
    "complex-reciprocal": lambda: grad(lambda z: dr.real(1 / z), 1 + 1j),
    "complex-imaginary-part": lambda: grad(dr.imag, 1 + 2j),
    "complex-conjugate": lambda: grad(lambda z: dr.real(dr.conj(z) * dr.conj(z)), 1 + 2j),
    "complex-abs-squared": lambda: grad(lambda z: dr.abs(z) ** 2, 1 + 2j),
    "complex-times-conjugate": lambda: grad(lambda z: dr.real(z * dr.conj(z)), 1 + 2j),
    "complex-abs-at-zero": lambda: grad(dr.abs, 0j),
    "complex-angle": lambda: grad(dr.arg, 1 + 2j),
    "complex-angle-at-zero": lambda: grad(dr.arg, 0j),
    "complex-sqrt-negative": lambda: grad(lambda z: dr.imag(dr.sqrt(z)), -4 + 0j),
    "complex-output": lambda: output_grad(lambda z: z * z, 1 + 2j),
    "asin-at-zero": lambda: grad(dr.asin, 0.0),
    "acos-at-zero": lambda: grad(dr.acos, 0.0),
    "atan-at-zero": lambda: grad(dr.atan, 0.0),
    "erf-at-zero": lambda: grad(dr.erf, 0.0),
    "tanh-at-zero": lambda: grad(dr.tanh, 0.0),
    "asin-at-one": lambda: grad(dr.asin, 1.0),
    "acos-at-one": lambda: grad(dr.acos, 1.0),
    "acosh-at-one": lambda: grad(dr.acosh, 1.0),
    "atanh-at-one": lambda: grad(dr.atanh, 1.0),
    "erfinv-at-zero": lambda: grad(dr.erfinv, 0.0),
    "erfinv-at-one": lambda: grad(dr.erfinv, 1.0),
    "xlogy-safe": lambda: grad(lambda x, y: x * dr.log(dr.select(y > 0, y, 1.0)), 0.0, 2.0),
    "lgamma-at-zero": lambda: grad(dr.lgamma, 0.0),
    "lgamma-negative": lambda: grad(dr.lgamma, -0.5),
    "atan2-at-origin": lambda: grad(dr.atan2, 0.0, 0.0),
    "atan2-at-the-cut": lambda: grad(dr.atan2, 0.0, -1.0),
    "median-of-even-count": lambda: grad(dr.median, [1.0, 4.0, 2.0, 3.0]),
    "median-tie": lambda: grad(dr.median, [2.0, 1.0, 2.0]),
    "sort-tie": lambda: grad(lambda x: dr.sort(x) * array([1.0, 2.0, 3.0]), [2.0, 2.0, 1.0]),
    "gather-duplicates": lambda: grad(
        lambda x: dr.gather(Float64, x, UInt32([0, 0, 1])) * array([1.0, 2.0, 4.0]), [5.0, 7.0]
    ),
    "gather-negative-index": lambda: vector_grad(lambda x: x[-1], [1.0, 2.0, 3.0]),
    "scatter-overwritten": lambda: grad(lambda y: assigned(1, [0, 0], y), [1.0, 2.0]),
    "scatter-by-mask": lambda: grad(
        lambda y: dr.select(
            True, dr.gather(Float64, y, UInt32(1)), dr.gather(Float64, y, UInt32(0))
        ),
        [1.0, 2.0],
    ),
    "scatter-add-duplicates": lambda: grad(lambda y: added(1, [0, 0], y), [1.0, 2.0]),
    "scatter-distinct": lambda: grad(
        lambda y: assigned(2, [1, 0], y) * array([10.0, 1.0]), [1.0, 2.0]
    ),
    "cumsum-weighted": lambda: grad(dr.cumsum, [1.0, 2.0, 3.0]),
    "broadcast-sum": lambda: grad(lambda x: x + array([1.0, 2.0, 3.0]), 2.0),
    "minus-zero": lambda: list(1 / Float64(-0.0)),
    "bce-written-out": lambda: grad(lambda p: -(1.0 * dr.log(p) + 0.0 * dr.log(1 - p)), 1.0),
    "bce-of-logit-written-out": lambda: grad(
        lambda x: dr.maximum(-x, 0.0) + dr.log(1 + dr.exp(-dr.abs(x))), -1000.0
    ),
    "entropy-of-certain": lambda: grad(lambda p: -dr.sum(p * dr.log(p)), [1.0, 0.0]),
    "log-cosh-large": lambda: grad(lambda x: dr.log(dr.cosh(x)), 1000.0),
    "while-loop": lambda: grad(until_ten, 2.0),
    "counted-loop": lambda: grad(power_by_loop, 1.5),
    "branch-log-at-zero": lambda: grad(branch_log, 0.0),
    "in-place-square": lambda: grad(lambda x: squared_in_place(Float64(x)), 3.0),
    "in-place-after-use": lambda: grad(exponential_squared, 0.0),
    "unused-input": lambda: grad(lambda x, y: x * x, 3.0, 5.0),
    "constant-output": lambda: grad(lambda x: Float64(3.0), 2.0, flags=dr.ADFlag.Default),
    "backward-twice": lambda: swept_twice(lambda x: x * x, 3.0, again=False),
    "gradients-accumulate": lambda: swept_twice(lambda x: x * x, 3.0, again=True),
    "integer-square": lambda: integer_grad(lambda x: x * x, 3),
    "integer-scaled": lambda: integer_grad(lambda x: 1.5 * x, 3),
    "integer-converted": lambda: grad(lambda x: 1.5 * x, 3.0),
    "conversion-to-integer": lambda: grad(lambda x: Float64(Int32(x)), 2.5),
    "comparison": lambda: grad(lambda x: dr.select(x > 0, 1.0, 0.0), 2.0),
    "stop-gradient": lambda: grad(lambda x: x * dr.detach(x), 3.0),
    "straight-through": lambda: grad(lambda x: x + dr.detach(dr.round(x) - x), 1.25),
    "quotient-by-stopped": lambda: grad(lambda x: x / dr.detach(x), 0.0),
    "vector-output": lambda: output_grad(lambda x: x * x, [1.0, 2.0]),
    "equal-scalars": lambda: grad(lambda x, y: x * y, 2.0, 2.0),
    "one-path-stopped": lambda: grad(lambda x: x**2 + dr.detach(x) ** 2, 3.0),
    "ceil-between": lambda: grad(dr.ceil, 2.5),
    "nan-first-in-max": lambda: grad(dr.max, [nan, 1.0]),
    "nan-in-max-value": lambda: [
        list(dr.max(Float64([1.0, nan]))),
        list(dr.max(Float64([nan, 1.0]))),
    ],
    "nan-maximum-gradient": lambda: grad(dr.maximum, nan, 1.0),
    "det-of-ones": lambda: grad(dr.det, [[1.0, 1.0], [1.0, 1.0]]),
    "inverse-singular-value": lambda: plain(dr.rcp(array([[1.0, 2.0], [2.0, 4.0]]))),
    "median-of-even-tie": lambda: grad(dr.median, [1.0, 2.0, 2.0, 4.0]),
    "minus-zero-after-zero": lambda: [Float64(0.0), list(1 / Float64(-0.0))][1],
    "loop-of-given-length": lambda: grad(lambda x: power_in_steps(x, Int32(4)), 1.5),
    "interpolation-at-knot": lambda: grad(
        lambda x: dr.take_interp(TensorXf64([0.0, 1.0, 0.0]), x, 0), 1.0
    ),
    "boolean-mask": lambda: grad(
        lambda x: dr.gather(Float64, x, dr.compress(x > 0)), [1.0, -2.0, 3.0]
    ),
    "argmax-slope": lambda: grad(lambda x: Float64(dr.argmax(x)), [1.0, 2.0]),
    "complex-phase-of-real": lambda: grad(lambda x: dr.abs(dr.exp(Complex2f64(0.0, x))), 0.5),
    "max-along-axis-tie": lambda: grad(
        lambda x: dr.max(TensorXf64(x, (1, 3)), axis=1).array, [1.0, 3.0, 3.0]
    ),
    "prod-along-axis": lambda: grad(
        lambda x: dr.prod(TensorXf64(x, (2, 2)), axis=1).array, [0.0, 2.0, 3.0, 4.0]
    ),
    "sign-at-zero-value": lambda: list(dr.sign(Float64(0.0))),
    "squared-norm-by-sum": lambda: grad(lambda x: dr.sum(x * x), [0.0, 0.0]),
    "quotient-by-stopped-value": lambda: list(Float64(0.0) / dr.detach(Float64(0.0))),
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
    "one-norm-with-zero": "The library has no 1-norm.",
    "inf-norm-tie": "The library has no largest-entry norm.",
    "mod-by-both": "The library has no remainder of floats.",
    "fraction-of-a-number": "The library has no fractional part.",
    "relu-second-derivative": "Its graph is of first derivatives only.",
    "abs-second-derivative": "Its graph is of first derivatives only.",
    "nuclear-norm-at-zero": "The library has no nuclear norm.",
    "normalize-at-zero": "The library has no function that normalises a vector.",
    "cosine-similarity-at-zero": "The library has no cosine similarity.",
    "rsqrt-variance-normalisation": "The library has no layer normalisation.",
    "nansum": "The library has no nansum.",
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
    "prod-hessian": "Its graph is of first derivatives only.",
    "cumprod-one-zero": "The library has no cumulative product.",
    "cumprod-two-zeros": "The library has no cumulative product.",
    "det-hessian-singular": "Its graph is of first derivatives only.",
    "det-hessian-of-ones": "Its graph is of first derivatives only.",
    "logdet-negative": "The library has no logdet.",
    "solve-singular": "The library has no solve.",
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
    "complex-fft": "The library has no Fourier transform.",
    "expm1-at-zero": "The library has no expm1.",
    "log1p-at-zero": "The library has no log1p.",
    "log1p-at-minus-one": "The library has no log1p.",
    "logit-at-zero": "The library has no logit.",
    "entropy-at-zero": "The library has no entropy of an entry.",
    "xlogy-base-two": "The library has no xlogy.",
    "xlogy-at-zero": "The library has no xlogy.",
    "digamma-at-zero": "The library has no digamma.",
    "polygamma-at-zero": "The library has no polygamma.",
    "zeta-at-two": "The library has no zeta function.",
    "bessel-i0-at-zero": "The library has no Bessel function I0.",
    "bessel-i1-at-zero": "The library has no Bessel function I1.",
    "bessel-i1e-at-zero": "The library has no scaled Bessel function I1.",
    "bessel-j0-at-zero": "The library has no Bessel function J0.",
    "sinc-at-zero": "The library has no sinc.",
    "sinc-second-derivative": "Its graph is of first derivatives only.",
    "gammainc-at-zero": "The library has no incomplete gamma function.",
    "log-ndtr-far-left": "The library has no logarithm of the normal distribution function.",
    "logsigmoid-far-left": "The library has no logsigmoid.",
    "gelu-default": "The library has no gelu.",
    "top-one-tie": "The library has no top-k.",
    "cummax-tie": "The library has no cumulative maximum.",
    "max-pool-tie": "The library has no max pooling.",
    "gather-out-of-range": "An index out of range reads and writes foreign memory here.",
    "gather-float16": "Its LLVM backend adds up no numbers of half precision.",
    "assigned-input": "Its arrays are changed by scatter alone, which makes a new variable of the target.",
    "quantile-at-entry": "The library has no quantile.",
    "mean-of-nothing": "The library has no selection by a mask of booleans.",
    "var-of-one": "The library has no unbiased variance.",
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
    "second-derivative-of-cube": "Its graph is of first derivatives only.",
    "second-derivative-of-linear": "Its graph is of first derivatives only.",
    "hessian-mixed": "Its graph is of first derivatives only.",
    "third-derivative": "Its graph is of first derivatives only.",
    "gradient-penalty": "Its graph is of first derivatives only.",
    "one-variable-twice": "The library has no function that multiplies.",
    "array-of-variables": "The library has no array made of variables.",
    "clip-from-below": "The library has no clip with one bound.",
    "floor-division": "The library has no division that is rounded down.",
    "remainder-of-divmod": "The library has no divmod.",
    "logcumsumexp-infinite-value": "The library has no cumulative logsumexp.",
    "selu-large": "The library has no selu.",
    "det-singular-with-graph": "A gradient to be differentiated again is asked for in no other way here.",
    "eigh-unsymmetric": "The library has no eigenvalues of a symmetric matrix.",
    "eigenvectors-without-choice": "The library has no eigenvectors of a symmetric matrix.",
    "svd-null-vector": "The library has no full singular value decomposition.",
    "logsigmoid-far-left-value": "The library has no logsigmoid.",
    "gather-out-of-range-value": "An index out of range reads foreign memory here.",
    "variance-by-default": "The library has no variance.",
    "cross-entropy-masked-value": "The library has no cross-entropy.",
    "bce-certain-mistake-value": "The library has no binary cross-entropy of a probability.",
}
