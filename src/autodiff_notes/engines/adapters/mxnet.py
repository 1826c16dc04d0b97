"""MXNet, as its users write it: NumPy-like arrays with a gradient attached, and a recording."""

import numpy as host  # noqa: ICN001 - np is the arrays of MXNet

for old in ("bool", "int", "float", "object"):  # aliases that NumPy dropped and MXNet asks for
    if old not in vars(host):
        setattr(host, old, getattr(host, old + "_"))

from mxnet import autograd, np, npx

TITLE = "MXNet"
DISTRIBUTION = "mxnet"
REQUIRES = ("mxnet==1.9.1", "numpy==1.23.5")
PYTHON = ">=3.11,<3.12"
HOMEPAGE = "https://mxnet.apache.org/versions/1.9.1/"
DOCUMENTED = {
    "gradients-accumulate": "https://mxnet.apache.org/versions/1.9.1/api/python/docs/api/legacy/ndarray/ndarray.html",
    "variance-by-default": "https://mxnet.apache.org/versions/1.9.1/api/python/docs/api/np/generated/mxnet.np.var.html",
    "gather-out-of-range": "https://mxnet.apache.org/versions/1.9.1/api/python/docs/api/np/generated/mxnet.np.take.html",
    "gather-out-of-range-value": "https://mxnet.apache.org/versions/1.9.1/api/python/docs/api/np/generated/mxnet.np.take.html",
    "eigh-reads": "https://mxnet.apache.org/versions/1.9.1/api/python/docs/api/np/generated/mxnet.np.linalg.eigvalsh.html",
}
LIMIT = 60.0

npx.set_np()
inf, nan = np.inf, np.nan


def array(x):
    """Return x in double precision, unless it is an integer or complex."""
    return np.array(x, dtype="int32" if isinstance(x, int) else "float64")


def grad(f, *point):
    """Return the gradients of f; a backward sweep takes the sum of its entries."""
    xs = [array(x) for x in point]
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward()
    return xs[0].grad if len(xs) == 1 else [x.grad for x in xs]


def hessian(f, point):
    """Return the second derivatives of f: the gradient of each entry of its gradient."""
    x = array(point)
    x.attach_grad()
    found = []
    for i in range(x.size):
        with autograd.record():
            gradient = autograd.grad(f(x), [x], create_graph=True, retain_graph=True)[0]
            entry = gradient.reshape(-1)[i]
        entry.backward()
        found.append(x.grad.copy())
    return found


def slope(f, x):
    """Return the gradient of f, of which one more can be taken."""
    return autograd.grad(f(x), [x], create_graph=True, retain_graph=True)[0]


def output_grad(f, point):
    """Return the gradient of an output that is no number, as it is given."""
    return grad(f, point)


def swept_twice(f, point, again):
    """Sweep twice, with the function evaluated again or not, and return what .grad holds."""
    x = array(point)
    x.attach_grad()
    with autograd.record():
        y = f(x)
    y.backward()
    if again:
        with autograd.record():
            y = f(x)
    y.backward()
    return x.grad


def svd_product(X):
    """Return the weighted entries of U S V^T."""
    u, s, vt = np.linalg.svd(X)
    return array([[1.0, 2.0], [3.0, 4.0]]) * np.matmul(u * s, vt)


def until_ten(x):
    """Return x to the power that first is ten or more."""
    y = x
    while y < 10:
        y = y * x
    return y


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


def squared_in_place(x):
    """Return x, squared in place."""
    x[0] = x[0] * x[0]
    return x


def power_in_steps(x, n=4):
    """Return x to the power of n, by a loop of n steps."""
    y = 1.0
    for _ in range(n):
        y = y * x
    return y


def svd_product_of_three(X):
    """Return the weighted entries of U S V^T, of three rows."""
    u, s, vt = np.linalg.svd(X)
    return array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]) * np.matmul(u * s, vt)


ANSWERS = {
    "abs-at-zero": lambda: grad(np.abs, 0.0),
    "abs-at-minus-zero": lambda: grad(np.abs, -0.0),
    "sqrt-of-square": lambda: grad(lambda x: np.sqrt(x * x), 0.0),
    "abs-times-x": lambda: grad(lambda x: x * np.abs(x), 0.0),
    "relu-at-zero": lambda: grad(npx.relu, 0.0),
    "maximum-with-zero": lambda: grad(lambda x: np.maximum(x, 0.0), 0.0),
    "where-positive": lambda: grad(lambda x: np.where(x > 0, x, np.zeros_like(x)), 0.0),
    "relu-difference": lambda: grad(lambda x: npx.relu(x) - npx.relu(-x), 0.0),
    "relu-difference-by-abs": lambda: grad(
        lambda x: (x + np.abs(x)) / 2 - (np.abs(x) - x) / 2, 0.0
    ),
    "maximum-tie": lambda: grad(np.maximum, 2.0, 2.0),
    "minimum-tie": lambda: grad(np.minimum, 2.0, 2.0),
    "maximum-of-itself": lambda: grad(lambda x: np.maximum(x, x), 2.0),
    "max-of-vector-tie": lambda: grad(np.max, [1.0, 3.0, 3.0]),
    "max-of-three-tie": lambda: grad(np.max, [3.0, 3.0, 3.0]),
    "max-along-axis-tie": lambda: grad(lambda X: np.max(X, axis=1), [[1.0, 3.0, 3.0]]),
    "clip-at-lower-bound": lambda: grad(lambda x: np.clip(x, 0.0, 1.0), 0.0),
    "clip-at-upper-bound": lambda: grad(lambda x: np.clip(x, 0.0, 1.0), 1.0),
    "leaky-relu-at-zero": lambda: grad(
        lambda x: npx.leaky_relu(x, act_type="leaky", slope=0.2), [0.0]
    ),
    "elu-at-zero": lambda: grad(lambda x: npx.leaky_relu(x, act_type="elu", slope=1.0), [0.0]),
    "selu-at-zero": lambda: grad(lambda x: npx.leaky_relu(x, act_type="selu"), [0.0]),
    "hinge-at-one": lambda: grad(lambda x: np.maximum(0.0, 1 - x), 1.0),
    "one-norm-with-zero": lambda: grad(lambda x: np.linalg.norm(x, ord=1), [0.0, 1.0]),
    "inf-norm-tie": lambda: grad(lambda x: np.linalg.norm(x, ord=inf), [2.0, 2.0]),
    "sign-at-zero": lambda: grad(np.sign, 0.0),
    "floor-between": lambda: grad(np.floor, 2.5),
    "round-between": lambda: grad(np.rint, 1.25),
    "mod-by-both": lambda: grad(np.mod, 7.0, 2.0),
    "mod-written-out": lambda: grad(lambda x, y: x - y * np.floor(x / y), 7.0, 2.0),
    "relu-second-derivative": lambda: hessian(npx.relu, 0.0),
    "abs-second-derivative": lambda: hessian(np.abs, 0.0),
    "sqrt-at-zero": lambda: grad(np.sqrt, 0.0),
    "power-half-at-zero": lambda: grad(lambda x: x**0.5, 0.0),
    "cube-root-at-zero": lambda: grad(np.cbrt, 0.0),
    "x-times-sqrt": lambda: grad(lambda x: x * np.sqrt(x), 0.0),
    "power-three-halves": lambda: grad(lambda x: x**1.5, 0.0),
    "reciprocal-at-zero": lambda: grad(lambda x: 1 / x, 0.0),
    "log-at-zero": lambda: grad(np.log, 0.0),
    "power-zero-at-zero": lambda: grad(lambda x: x**0.0, 0.0),
    "power-one-at-zero": lambda: grad(lambda x: x**1.0, 0.0),
    "power-two-at-zero": lambda: grad(lambda x: x**2.0, 0.0),
    "power-both-at-zero": lambda: grad(lambda x, y: x**y, 0.0, 0.0),
    "power-base-zero": lambda: grad(lambda x, y: x**y, 0.0, 2.0),
    "power-negative-base": lambda: grad(lambda x, y: x**y, -2.0, 2.0),
    "cube-of-negative": lambda: grad(lambda x: x**3, -2.0),
    "norm-at-zero": lambda: grad(np.linalg.norm, [0.0, 0.0]),
    "norm-written-out": lambda: grad(lambda x: np.sqrt(np.sum(x * x)), [0.0, 0.0]),
    "norm-smoothed": lambda: grad(lambda x: np.sqrt(np.sum(x * x) + 1e-12), [0.0, 0.0]),
    "squared-norm-at-zero": lambda: grad(lambda x: np.linalg.norm(x) ** 2, [0.0, 0.0]),
    "distance-of-equal-points": lambda: grad(
        lambda x: np.linalg.norm(x - array([1.0, 2.0])), [1.0, 2.0]
    ),
    "hypot-at-zero": lambda: grad(np.hypot, 0.0, 0.0),
    "std-of-constant": lambda: grad(np.std, [2.0, 2.0]),
    "std-smoothed": lambda: grad(lambda x: np.sqrt(np.var(x) + 1e-12), [2.0, 2.0]),
    "var-of-constant": lambda: grad(np.var, [2.0, 2.0]),
    "where-log-at-zero": lambda: grad(lambda x: np.where(x > 0, np.log(x), 0.0), 0.0),
    "where-log-safe": lambda: grad(
        lambda x: np.where(x > 0, np.log(np.where(x > 0, x, np.ones_like(x))), np.zeros_like(x)),
        0.0,
    ),
    "where-sqrt-negative": lambda: grad(lambda x: np.where(x > 0, np.sqrt(x), 0.0), -1.0),
    "where-sinc-at-zero": lambda: grad(lambda x: np.where(x == 0, 1.0, np.sin(x) / x), 0.0),
    "mask-by-product": lambda: grad(lambda x: 0.0 * np.log(x), 0.0),
    "where-isnan": lambda: grad(lambda x: np.where(np.isnan(x), 0.0, x), [1.0, nan, 2.0]),
    "nan-in-max": lambda: grad(np.max, [1.0, nan]),
    "nan-maximum-value": lambda: [
        np.maximum(array(nan), array(1.0)),
        np.maximum(array(1.0), array(nan)),
    ],
    "clip-of-nan": lambda: grad(lambda x: np.clip(x, 0.0, 1.0), nan),
    "softplus-naive-large": lambda: grad(lambda x: np.log(1 + np.exp(x)), 1000.0),
    "softplus-large": lambda: grad(lambda x: npx.activation(x, act_type="softrelu"), 1000.0),
    "softplus-safe": lambda: grad(
        lambda x: np.maximum(x, 0.0) + np.log1p(np.exp(-np.abs(x))), 1000.0
    ),
    "sigmoid-naive-large": lambda: grad(lambda x: 1 / (1 + np.exp(-x)), -1000.0),
    "sigmoid-large": lambda: grad(npx.sigmoid, -1000.0),
    "elu-large": lambda: grad(lambda x: npx.leaky_relu(x, act_type="elu", slope=1.0), [1000.0]),
    "logsumexp-naive-large": lambda: grad(lambda x: np.log(np.sum(np.exp(x))), [1000.0, 1000.0]),
    "log-softmax-large-value": lambda: npx.log_softmax(array([10000.0, 0.0])),
    "log-of-softmax": lambda: grad(lambda x: np.log(npx.softmax(x))[0], [0.0, 1000.0]),
    "log-softmax-gradient": lambda: grad(lambda x: npx.log_softmax(x)[0], [0.0, 1000.0]),
    "softmax-one-masked": lambda: grad(lambda x: npx.softmax(x)[1], [-inf, 0.0, 0.0]),
    "softmax-all-masked": lambda: grad(lambda x: npx.softmax(x)[0], [-inf, -inf]),
    "prod-one-zero": lambda: grad(np.prod, [0.0, 2.0, 3.0]),
    "prod-two-zeros": lambda: grad(np.prod, [0.0, 0.0, 3.0]),
    "prod-written-out": lambda: grad(lambda x: x[0] * x[1] * x[2], [0.0, 2.0, 3.0]),
    "prod-negative": lambda: grad(np.prod, [-1.0, 2.0, 3.0]),
    "prod-along-axis": lambda: grad(lambda X: np.prod(X, axis=1), [[0.0, 2.0], [3.0, 4.0]]),
    "prod-hessian": lambda: hessian(np.prod, [0.0, 2.0, 3.0]),
    "prod-by-logarithms": lambda: grad(lambda x: np.exp(np.sum(np.log(x))), [0.0, 2.0, 3.0]),
    "cumprod-written-out": lambda: grad(
        lambda x: x[0] + x[0] * x[1] + x[0] * x[1] * x[2], [0.0, 2.0, 3.0]
    ),
    "square-by-itself": lambda: grad(lambda x: x * x / x, 0.0),
    "sine-by-itself": lambda: grad(lambda x: np.sin(x) / x, 0.0),
    "zero-times-infinity": lambda: grad(lambda x, y: x * y, 0.0, inf),
    "det-singular": lambda: grad(np.linalg.det, [[1.0, 2.0], [2.0, 4.0]]),
    "det-written-out": lambda: grad(
        lambda X: X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0], [[1.0, 2.0], [2.0, 4.0]]
    ),
    "det-zero-column": lambda: grad(np.linalg.det, [[0.0, 1.0], [0.0, 3.0]]),
    "det-corner": lambda: grad(np.linalg.det, [[1.0, 0.0], [0.0, 0.0]]),
    "det-of-three": lambda: grad(
        np.linalg.det, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]
    ),
    "det-zero-matrix": lambda: grad(np.linalg.det, [[0.0, 0.0], [0.0, 0.0]]),
    "det-regular": lambda: grad(np.linalg.det, [[1.0, 2.0], [3.0, 4.0]]),
    "det-hessian-of-ones": lambda: grad(
        lambda X: slope(np.linalg.det, X)[0, 0], [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]
    ),
    "log-abs-det-negative": lambda: grad(
        lambda X: np.linalg.slogdet(X)[1], [[1.0, 2.0], [3.0, 4.0]]
    ),
    "log-abs-det-singular": lambda: grad(
        lambda X: np.linalg.slogdet(X)[1], [[1.0, 2.0], [2.0, 4.0]]
    ),
    "inverse-singular": lambda: grad(np.linalg.inv, [[1.0, 2.0], [2.0, 4.0]]),
    "solve-singular": lambda: grad(
        lambda b: np.linalg.solve(array([[1.0, 2.0], [2.0, 4.0]]), b), [1.0, 1.0]
    ),
    "inverse-regular": lambda: grad(lambda X: np.trace(np.linalg.inv(X)), [[2.0, 1.0], [0.0, 1.0]]),
    "pinv-of-rank-one": lambda: grad(np.linalg.pinv, [[1.0, 0.0], [0.0, 0.0]]),
    "matrix-power-zero": lambda: grad(
        lambda X: np.linalg.matrix_power(X, 0), [[1.0, 2.0], [2.0, 4.0]]
    ),
    "cholesky-triangle": lambda: grad(np.linalg.cholesky, [[4.0, 2.0], [2.0, 5.0]]),
    "cholesky-reads": lambda: np.linalg.cholesky(array([[4.0, 2.0], [0.0, 5.0]]))[1, 0],
    "cholesky-indefinite": lambda: grad(np.linalg.cholesky, [[1.0, 2.0], [2.0, 1.0]]),
    "eigh-triangle": lambda: grad(lambda A: np.linalg.eigvalsh(A)[-1], [[2.0, 1.0], [1.0, 2.0]]),
    "eigh-reads": lambda: np.linalg.eigvalsh(array([[1.0, 2.0], [0.0, 3.0]]))[-1],
    "eigenvalue-sum-at-identity": lambda: grad(np.linalg.eigvalsh, [[1.0, 0.0], [0.0, 1.0]]),
    "eigenvectors-at-identity": lambda: grad(
        lambda A: array([[1.0, 2.0], [3.0, 5.0]]) * np.linalg.eigh(A)[1] ** 2,
        [[1.0, 0.0], [0.0, 1.0]],
    ),
    "eigenvalue-sum-by-trace": lambda: grad(np.trace, [[1.0, 1.0], [0.0, 1.0]]),
    "svd-product-at-identity": lambda: grad(svd_product, [[1.0, 0.0], [0.0, 1.0]]),
    "singular-value-sum-at-identity": lambda: grad(
        lambda X: np.linalg.svd(X)[1], [[1.0, 0.0], [0.0, 1.0]]
    ),
    "singular-value-sum-of-rank-one": lambda: grad(
        lambda X: np.linalg.svd(X)[1], [[1.0, 0.0], [0.0, 0.0]]
    ),
    "singular-values-of-zero": lambda: grad(
        lambda X: np.linalg.svd(X)[1], [[0.0, 0.0], [0.0, 0.0]]
    ),
    "squared-singular-values": lambda: grad(
        lambda X: np.linalg.svd(X)[1] ** 2, [[1.0, 0.0], [0.0, 1.0]]
    ),
    "squared-entries": lambda: grad(np.square, [[1.0, 0.0], [0.0, 1.0]]),
    "qr-square": lambda: grad(lambda X: np.linalg.qr(X)[1] ** 2, [[1.0, 2.0], [3.0, 4.0]]),
    "qr-wide": lambda: grad(lambda X: np.linalg.qr(X)[1] ** 2, [[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]),
    "qr-singular": lambda: grad(lambda X: np.linalg.qr(X)[1] ** 2, [[1.0, 0.0], [2.0, 0.0]]),
    "complex-square-by-parts": lambda: grad(lambda x, y: x * x - y * y, 1.0, 2.0),
    "asin-at-zero": lambda: grad(np.arcsin, 0.0),
    "acos-at-zero": lambda: grad(np.arccos, 0.0),
    "atan-at-zero": lambda: grad(np.arctan, 0.0),
    "erf-at-zero": lambda: grad(npx.erf, 0.0),
    "tanh-at-zero": lambda: grad(np.tanh, 0.0),
    "expm1-at-zero": lambda: grad(np.expm1, 0.0),
    "log1p-at-zero": lambda: grad(np.log1p, 0.0),
    "asin-at-one": lambda: grad(np.arcsin, 1.0),
    "acos-at-one": lambda: grad(np.arccos, 1.0),
    "acosh-at-one": lambda: grad(np.arccosh, 1.0),
    "atanh-at-one": lambda: grad(np.arctanh, 1.0),
    "log1p-at-minus-one": lambda: grad(np.log1p, -1.0),
    "erfinv-at-zero": lambda: grad(npx.erfinv, 0.0),
    "erfinv-at-one": lambda: grad(npx.erfinv, 1.0),
    "xlogy-safe": lambda: grad(
        lambda x, y: x * np.log(np.where(y > 0, y, np.ones_like(y))), 0.0, 2.0
    ),
    "lgamma-at-zero": lambda: grad(npx.gammaln, 0.0),
    "lgamma-negative": lambda: grad(npx.gammaln, -0.5),
    "atan2-at-origin": lambda: grad(np.arctan2, 0.0, 0.0),
    "atan2-at-the-cut": lambda: grad(np.arctan2, 0.0, -1.0),
    "gelu-default": lambda: grad(lambda x: npx.leaky_relu(x, act_type="gelu"), [1.0]),
    "sort-tie": lambda: grad(lambda x: np.sort(x) * array([1.0, 2.0, 3.0]), [2.0, 2.0, 1.0]),
    "top-one-tie": lambda: grad(lambda x: npx.topk(x, k=1, ret_typ="value"), [3.0, 3.0]),
    "interpolation-at-knot": lambda: grad(
        lambda x: np.interp(x, array([0.0, 1.0, 2.0]), array([0.0, 1.0, 0.0])), 1.0
    ),
    "gather-duplicates": lambda: grad(
        lambda x: (
            np.take(x, np.array([0, 0, 1], dtype="int32"), mode="clip") * array([1.0, 2.0, 4.0])
        ),
        [5.0, 7.0],
    ),
    "gather-negative-index": lambda: grad(lambda x: x[-1], [1.0, 2.0, 3.0]),
    "gather-out-of-range": lambda: grad(
        lambda x: np.take(x, np.array([0, 5], dtype="int32"), mode="clip"), [1.0, 20.0]
    ),
    "gather-float16": lambda: grad(
        lambda x: np.take(x.astype("float16").reshape(1), np.zeros(4096, dtype="int32")), 1.0
    ),
    "scatter-overwritten": lambda: grad(
        lambda y: assigned(np.zeros(1, dtype="float64"), np.array([0, 0], dtype="int32"), y),
        [1.0, 2.0],
    ),
    "scatter-by-mask": lambda: grad(lambda y: np.where(np.array([True]), y[1:], y[:1]), [1.0, 2.0]),
    "scatter-distinct": lambda: grad(
        lambda y: (
            assigned(np.zeros(2, dtype="float64"), np.array([1, 0], dtype="int32"), y)
            * array([10.0, 1.0])
        ),
        [1.0, 2.0],
    ),
    "assigned-input": lambda: grad(lambda x: assigned(x, 0, 0.0), [1.0, 2.0]),
    "quantile-at-entry": lambda: grad(lambda x: np.quantile(x, 0.25), [1.0, 5.0, 2.0, 4.0, 3.0]),
    "var-of-one": lambda: grad(lambda x: np.var(x, ddof=1), [2.0]),
    "cumsum-weighted": lambda: grad(np.cumsum, [1.0, 2.0, 3.0]),
    "broadcast-sum": lambda: grad(lambda x: x + array([1.0, 2.0, 3.0]), 2.0),
    "argmax-slope": lambda: grad(np.argmax, [1.0, 2.0]),
    "float-cancellation": lambda: (np.array(0.5, dtype="float32") + 1e8) - 1e8,
    "minus-zero": lambda: 1 / array(-0.0),
    "bce-written-out": lambda: grad(lambda p: -(1.0 * np.log(p) + 0.0 * np.log(1 - p)), 1.0),
    "bce-of-logit-written-out": lambda: grad(
        lambda x: np.maximum(-x, 0.0) + np.log1p(np.exp(-np.abs(x))), -1000.0
    ),
    "entropy-of-certain": lambda: grad(lambda p: -np.sum(p * np.log(p)), [1.0, 0.0]),
    "log-cosh-large": lambda: grad(lambda x: np.log(np.cosh(x)), 1000.0),
    "while-loop": lambda: grad(until_ten, 2.0),
    "counted-loop": lambda: grad(power_by_loop, 1.5),
    "branch-log-at-zero": lambda: grad(lambda x: np.log(x) if x > 0 else 0.0 * x, 0.0),
    "in-place-square": lambda: grad(squared_in_place, [3.0]),
    "unused-input": lambda: grad(lambda x, y: x * x, 3.0, 5.0),
    "constant-output": lambda: grad(lambda x: array(3.0), 2.0),
    "backward-twice": lambda: swept_twice(lambda x: x * x, 3.0, again=False),
    "gradients-accumulate": lambda: swept_twice(lambda x: x * x, 3.0, again=True),
    "integer-square": lambda: grad(lambda x: x * x, 3),
    "integer-scaled": lambda: grad(lambda x: 1.5 * x, 3),
    "integer-converted": lambda: grad(lambda x: 1.5 * x, 3.0),
    "conversion-to-integer": lambda: grad(lambda x: x.astype("int32").astype("float64"), 2.5),
    "comparison": lambda: grad(lambda x: (x > 0).astype("float64"), 2.0),
    "stop-gradient": lambda: grad(lambda x: x * x.detach(), 3.0),
    "straight-through": lambda: grad(lambda x: x + (np.rint(x) - x).detach(), 1.25),
    "quotient-by-stopped": lambda: grad(lambda x: x / x.detach(), 0.0),
    "second-derivative-of-cube": lambda: hessian(lambda x: x**3, 2.0),
    "second-derivative-of-linear": lambda: hessian(lambda x: 2 * x, 3.0),
    "hessian-mixed": lambda: hessian(lambda x: x[0] * x[1] ** 2, [1.0, 2.0]),
    "third-derivative": lambda: grad(lambda x: slope(lambda x: slope(np.sin, x), x), 0.0),
    "gradient-penalty": lambda: grad(lambda x: slope(lambda x: x**3, x) ** 2, 1.0),
    "vector-output": lambda: output_grad(lambda x: x * x, [1.0, 2.0]),
    "equal-scalars": lambda: grad(lambda x, y: x * y, 2.0, 2.0),
    "one-variable-twice": lambda: grad(lambda x: np.multiply(x, x), 3.0),
    "array-of-variables": lambda: grad(lambda x, y: np.prod(np.stack([x, y])), 2.0, 3.0),
    "one-path-stopped": lambda: grad(lambda x: x**2 + x.detach() ** 2, 3.0),
    "clip-from-below": lambda: grad(lambda x: np.clip(x, 0.0, None), 0.0),
    "ceil-between": lambda: grad(np.ceil, 2.5),
    "nan-first-in-max": lambda: grad(np.max, [nan, 1.0]),
    "nan-in-max-value": lambda: [np.max(array([1.0, nan])), np.max(array([nan, 1.0]))],
    "nan-maximum-gradient": lambda: grad(np.maximum, nan, 1.0),
    "selu-large": lambda: grad(lambda x: npx.leaky_relu(x, act_type="selu"), [1000.0]),
    "det-of-ones": lambda: grad(np.linalg.det, [[1.0, 1.0], [1.0, 1.0]]),
    "inverse-singular-value": lambda: np.linalg.inv(array([[1.0, 2.0], [2.0, 4.0]])),
    "eigh-unsymmetric": lambda: grad(lambda A: np.linalg.eigvalsh(A)[-1], [[1.0, 2.0], [0.0, 3.0]]),
    "eigenvectors-without-choice": lambda: grad(
        lambda A: array([[1.0, 2.0], [3.0, 4.0]]) * np.linalg.eigh(A)[1] ** 2,
        [[1.0, 0.0], [0.0, 1.0]],
    ),
    "gather-out-of-range-value": lambda: np.take(
        array([1.0, 20.0]), np.array([0, 5], dtype="int32"), mode="clip"
    ).sum(),
    "minus-zero-after-zero": lambda: [array(0.0), 1 / array(-0.0)][1],
    "variance-by-default": lambda: np.var(array([1.0, 2.0, 3.0])),
    "loop-of-given-length": lambda: grad(power_in_steps, 1.5),
    "sign-at-zero-value": lambda: np.sign(array(0.0)),
    "squared-norm-by-sum": lambda: grad(lambda x: np.sum(x * x), [0.0, 0.0]),
    "svd-product-of-three": lambda: grad(
        svd_product_of_three, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    ),
    "cholesky-indefinite-value": lambda: np.linalg.cholesky(array([[1.0, 2.0], [2.0, 1.0]])),
    "quotient-by-stopped-value": lambda: array(0.0) / array(0.0).detach(),
}

NOT_OFFERED = {
    "relu6-at-six": "The library has no relu6.",
    "hardtanh-at-one": "The library has no hardtanh.",
    "hardswish-at-three": "The library has no hardswish.",
    "celu-at-zero": "The library has no celu.",
    "softshrink-at-bound": "The library has no softshrink.",
    "fraction-of-a-number": "The library has no fractional part.",
    "reciprocal-sqrt-at-zero": "The library has no reciprocal square root.",
    "nuclear-norm-at-zero": "The library has no nuclear norm.",
    "normalize-at-zero": "The library has no function that normalises a vector.",
    "cosine-similarity-at-zero": "The library has no cosine similarity.",
    "rsqrt-variance-normalisation": "The library has no layer normalisation.",
    "boolean-mask": "The library has no selection by a mask of booleans.",
    "nansum": "The library has no nansum.",
    "logsumexp-large": "The library has no logsumexp.",
    "logsumexp-one-infinite": "The library has no logsumexp.",
    "logsumexp-all-infinite": "The library has no logsumexp.",
    "logsumexp-all-infinite-value": "The library has no logsumexp.",
    "logaddexp-one-infinite": "The library has no logaddexp.",
    "logcumsumexp-infinite": "The library has no cumulative logsumexp.",
    "cumprod-one-zero": "The library has no cumulative product.",
    "cumprod-two-zeros": "The library has no cumulative product.",
    "det-hessian-singular": "Its gradient of det has no gradient.",
    "logdet-negative": "The library has no logdet.",
    "expm-at-zero": "The library has no exponential of a matrix.",
    "eigenvalues-defective": "The library has no eigenvalues of a general matrix.",
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
    "median-of-even-count": "Its median is NumPy's, outside of a recording.",
    "median-tie": "Its median is NumPy's, outside of a recording.",
    "cummax-tie": "The library has no cumulative maximum.",
    "max-pool-tie": "Its pooling is a layer; the functions are asked.",
    "scatter-add-duplicates": "The library has no scatter-add.",
    "mean-of-nothing": "The library has no selection by a mask of booleans.",
    "bce-certain-mistake": "A loss is a block of Gluon here; the functions are asked.",
    "bce-certain-and-right": "A loss is a block of Gluon here; the functions are asked.",
    "bce-of-logit": "A loss is a block of Gluon here; the functions are asked.",
    "cross-entropy-masked-target": "A loss is a block of Gluon here; the functions are asked.",
    "cross-entropy-masked-other": "A loss is a block of Gluon here; the functions are asked.",
    "cross-entropy-equal": "A loss is a block of Gluon here; the functions are asked.",
    "kl-zero-target": "A loss is a block of Gluon here; the functions are asked.",
    "kl-by-target-zero": "A loss is a block of Gluon here; the functions are asked.",
    "l1-loss-at-zero": "A loss is a block of Gluon here; the functions are asked.",
    "huber-at-delta": "A loss is a block of Gluon here; the functions are asked.",
    "rmse-at-zero": "A loss is a block of Gluon here; the functions are asked.",
    "mse-at-zero": "A loss is a block of Gluon here; the functions are asked.",
    "poisson-zero-rate": "A loss is a block of Gluon here; the functions are asked.",
    "cross-entropy-reduction": "A loss is a block of Gluon here; the functions are asked.",
    "in-place-after-use": "Asked as a square in place, which it refuses while it records.",
    "floor-division": "The library has no division that is rounded down.",
    "remainder-of-divmod": "The library has no divmod.",
    "logcumsumexp-infinite-value": "The library has no cumulative logsumexp.",
    "det-singular-with-graph": "A gradient to be differentiated again is asked for in no other way here.",
    "svd-null-vector": "The library has no full singular value decomposition.",
    "logsigmoid-far-left-value": "The library has no logsigmoid.",
    "median-of-even-tie": "The library has no median.",
    "cross-entropy-masked-value": "The library has no cross-entropy.",
    "bce-certain-mistake-value": "The library has no binary cross-entropy of a probability.",
}
