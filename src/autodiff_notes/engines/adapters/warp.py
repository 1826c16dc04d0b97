"""NVIDIA Warp, as its users write it: functions mapped over arrays, and a tape."""

from typing import Any

import numpy as np
import warp as wp

TITLE = "Warp"
DISTRIBUTION = "warp-lang"
REQUIRES = ("warp-lang==1.19.0", "numpy==2.4.6")
HOMEPAGE = "https://nvidia.github.io/warp/"
DOCUMENTED = {
    "nan-in-max": "https://nvidia.github.io/warp/language_reference/builtins.html",
    "nan-in-max-value": "https://nvidia.github.io/warp/language_reference/builtins.html",
    "nan-maximum-value": "https://nvidia.github.io/warp/language_reference/builtins.html",
}
LIMIT = 120.0

wp.config.quiet = True
inf, nan = wp.inf, wp.nan
KINDS = {
    (): wp.float64,
    (1,): wp.types.vector(1, wp.float64),
    (2,): wp.vec2d,
    (3,): wp.vec3d,
    (4,): wp.vec4d,
    (2, 2): wp.mat22d,
    (3, 3): wp.mat33d,
}


def array(x):
    """Return an array of one number, vector or matrix."""
    kind = wp.int32 if isinstance(x, int) else KINDS[np.shape(x)]
    return wp.array(np.array([x]), dtype=kind, requires_grad=True)


def grad(f, *point):
    """Return the gradients of f, a function of numbers, vectors or matrices."""
    xs = [array(x) for x in point]
    with wp.Tape() as tape:
        y = wp.map(f, *xs)
    tape.backward(grads={y: wp.ones_like(y)})
    found = [x.grad.numpy()[0] for x in xs]
    return found[0] if len(xs) == 1 else found


def value(f, *point):
    """Return the value of f."""
    return wp.map(f, *map(array, point)).numpy()[0]


@wp.func
def total(X: wp.mat22d):
    """Return the sum of all entries."""
    return X[0, 0] + X[0, 1] + X[1, 0] + X[1, 1]


@wp.func
def determinant(X: wp.mat22d):
    """Return the determinant, written out."""
    return X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0]


@wp.func
def largest(x: Any):
    """Return the largest entry."""
    return wp.max(x)


@wp.func
def svd_product(X: wp.mat22d):
    """Return the weighted sum of the entries of U S V^T."""
    U, s, V = wp.svd2(X)
    Y = U * wp.diag(s) * wp.transpose(V)
    return (
        Y[0, 0] + wp.float64(2.0) * Y[0, 1] + wp.float64(3.0) * Y[1, 0] + wp.float64(4.0) * Y[1, 1]
    )


@wp.func
def singular_value_sum(X: wp.mat22d):
    """Return the sum of the singular values."""
    _U, s, _V = wp.svd2(X)
    return s[0] + s[1]


@wp.func
def squared_singular_values(X: wp.mat22d):
    """Return the sum of the squared singular values."""
    _U, s, _V = wp.svd2(X)
    return s[0] * s[0] + s[1] * s[1]


@wp.func
def until_ten(x: wp.float64):
    """Return x to the power that first is ten or more."""
    y = x
    while y < wp.float64(10.0):
        y = y * x
    return y


@wp.func
def power_by_loop(x: wp.float64):
    """Return the fourth power of x, by a loop."""
    y = wp.float64(1.0)
    for _ in range(4):
        y = y * x
    return y


@wp.func
def branch_log(x: wp.float64):
    """Return log(x), or zero where there is none."""
    if x > wp.float64(0.0):
        return wp.log(x)
    return wp.float64(0.0)


@wp.kernel
def square_in_place(x: wp.array(dtype=wp.float64)):
    """Square a number in place."""
    x[0] = x[0] * x[0]


@wp.kernel
def gathered(
    x: wp.array(dtype=wp.float64), i: wp.array(dtype=wp.int32), y: wp.array(dtype=wp.float64)
):
    """Write the entries of x at some indices."""
    k = wp.tid()
    y[k] = x[i[k]]


@wp.kernel
def scattered(
    y: wp.array(dtype=wp.float64), i: wp.array(dtype=wp.int32), q: wp.array(dtype=wp.float64)
):
    """Write y at some indices of q."""
    k = wp.tid()
    q[i[k]] = y[k]


@wp.kernel
def scattered_added(
    y: wp.array(dtype=wp.float64), i: wp.array(dtype=wp.int32), q: wp.array(dtype=wp.float64)
):
    """Add y at some indices of q."""
    k = wp.tid()
    wp.atomic_add(q, i[k], y[k])


def launched(kernel, x, indices, size, weights):
    """Return the gradient by x of the weighted entries that a kernel writes."""
    x = wp.array(x, dtype=wp.float64, requires_grad=True)
    y = wp.zeros(size, dtype=wp.float64, requires_grad=True)
    i = wp.array(indices, dtype=wp.int32)
    with wp.Tape() as tape:
        wp.launch(kernel, dim=len(indices), inputs=[x, i], outputs=[y])
    tape.backward(grads={y: wp.array(weights, dtype=wp.float64)})
    return x.grad


def squared_in_place(point):
    """Return the gradient of a kernel that squares its input in place."""
    x = wp.array([point], dtype=wp.float64, requires_grad=True)
    with wp.Tape() as tape:
        wp.launch(square_in_place, dim=1, inputs=[x])
    tape.backward(grads={x: wp.ones_like(x)})
    return x.grad


def swept_twice(f, point, again):
    """Sweep twice, with the function evaluated again or not, and return what .grad holds."""
    x = array(point)
    with wp.Tape() as tape:
        y = wp.map(f, x)
    tape.backward(grads={y: wp.ones_like(y)})
    if again:
        with wp.Tape() as tape:
            y = wp.map(f, x)
    tape.backward(grads={y: wp.ones_like(y)})
    return x.grad


@wp.kernel
def power_in_steps(
    x: wp.array(dtype=wp.float64), n: wp.array(dtype=wp.int32), y: wp.array(dtype=wp.float64)
):
    """Write x to the power of n, by a loop whose length is read from an array."""
    z = wp.float64(1.0)
    for _ in range(n[0]):
        z = z * x[0]
    y[0] = z


def power_in_given_steps(point, n):
    """Return the gradient of a power by a loop."""
    return launched(power_in_steps, [point], [n], 1, [1.0])


@wp.func
def svd_product_of_three(X: wp.mat33d):
    """Return the weighted sum of the entries of U S V^T, of three rows."""
    U, s, V = wp.svd3(X)
    Y = U * wp.diag(s) * wp.transpose(V)
    y = wp.float64(0.0)
    for i in range(3):
        for j in range(3):
            y = y + wp.float64(3 * i + j + 1) * Y[i, j]
    return y


@wp.kernel
def written_in_turn(
    y: wp.array(dtype=wp.float64), i: wp.array(dtype=wp.int32), q: wp.array(dtype=wp.float64)
):
    """Write two numbers at some indices of q, one after the other."""
    for k in range(2):
        q[i[k]] = y[k]


def launched_once(kernel, x, indices):
    """Return the gradient by x of what one thread of a kernel writes first."""
    x = wp.array(x, dtype=wp.float64, requires_grad=True)
    y = wp.zeros(1, dtype=wp.float64, requires_grad=True)
    i = wp.array(indices, dtype=wp.int32)
    with wp.Tape() as tape:
        wp.launch(kernel, dim=1, inputs=[x, i], outputs=[y])
    tape.backward(grads={y: wp.ones_like(y)})
    return x.grad


ANSWERS = {
    "abs-at-zero": lambda: grad(wp.abs, 0.0),
    "abs-at-minus-zero": lambda: grad(wp.abs, -0.0),
    "sqrt-of-square": lambda: grad(lambda x: wp.sqrt(x * x), 0.0),
    "abs-times-x": lambda: grad(lambda x: x * wp.abs(x), 0.0),
    "maximum-with-zero": lambda: grad(lambda x: wp.max(x, wp.float64(0.0)), 0.0),
    "where-positive": lambda: grad(
        lambda x: wp.where(x > wp.float64(0.0), x, wp.float64(0.0)), 0.0
    ),
    "relu-difference-by-abs": lambda: grad(
        lambda x: (x + wp.abs(x)) / wp.float64(2.0) - (wp.abs(x) - x) / wp.float64(2.0), 0.0
    ),
    "maximum-tie": lambda: grad(wp.max, 2.0, 2.0),
    "minimum-tie": lambda: grad(wp.min, 2.0, 2.0),
    "maximum-of-itself": lambda: grad(lambda x: wp.max(x, x), 2.0),
    "max-of-vector-tie": lambda: grad(largest, [1.0, 3.0, 3.0]),
    "max-of-three-tie": lambda: grad(largest, [3.0, 3.0, 3.0]),
    "clip-at-lower-bound": lambda: grad(
        lambda x: wp.clamp(x, wp.float64(0.0), wp.float64(1.0)), 0.0
    ),
    "clip-at-upper-bound": lambda: grad(
        lambda x: wp.clamp(x, wp.float64(0.0), wp.float64(1.0)), 1.0
    ),
    "hinge-at-one": lambda: grad(lambda x: wp.max(wp.float64(0.0), wp.float64(1.0) - x), 1.0),
    "inf-norm-tie": lambda: grad(lambda x: wp.max(wp.abs(x)), [2.0, 2.0]),
    "sign-at-zero": lambda: grad(wp.sign, 0.0),
    "floor-between": lambda: grad(wp.floor, 2.5),
    "round-between": lambda: grad(wp.round, 1.25),
    "mod-by-both": lambda: grad(wp.mod, 7.0, 2.0),
    "mod-written-out": lambda: grad(lambda x, y: x - y * wp.floor(x / y), 7.0, 2.0),
    "fraction-of-a-number": lambda: grad(wp.frac, 2.5),
    "sqrt-at-zero": lambda: grad(wp.sqrt, 0.0),
    "power-half-at-zero": lambda: grad(lambda x: wp.pow(x, wp.float64(0.5)), 0.0),
    "cube-root-at-zero": lambda: grad(wp.cbrt, 0.0),
    "x-times-sqrt": lambda: grad(lambda x: x * wp.sqrt(x), 0.0),
    "power-three-halves": lambda: grad(lambda x: wp.pow(x, wp.float64(1.5)), 0.0),
    "reciprocal-at-zero": lambda: grad(lambda x: wp.float64(1.0) / x, 0.0),
    "log-at-zero": lambda: grad(wp.log, 0.0),
    "power-zero-at-zero": lambda: grad(lambda x: wp.pow(x, wp.float64(0.0)), 0.0),
    "power-one-at-zero": lambda: grad(lambda x: wp.pow(x, wp.float64(1.0)), 0.0),
    "power-two-at-zero": lambda: grad(lambda x: wp.pow(x, wp.float64(2.0)), 0.0),
    "power-both-at-zero": lambda: grad(wp.pow, 0.0, 0.0),
    "power-base-zero": lambda: grad(wp.pow, 0.0, 2.0),
    "power-negative-base": lambda: grad(wp.pow, -2.0, 2.0),
    "cube-of-negative": lambda: grad(lambda x: wp.pow(x, wp.float64(3.0)), -2.0),
    "norm-at-zero": lambda: grad(wp.length, [0.0, 0.0]),
    "norm-written-out": lambda: grad(lambda x: wp.sqrt(wp.dot(x, x)), [0.0, 0.0]),
    "norm-smoothed": lambda: grad(lambda x: wp.sqrt(wp.dot(x, x) + wp.float64(1e-12)), [0.0, 0.0]),
    "squared-norm-at-zero": lambda: grad(lambda x: wp.length(x) * wp.length(x), [0.0, 0.0]),
    "distance-of-equal-points": lambda: grad(
        lambda x: wp.length(x - wp.vec2d(wp.float64(1.0), wp.float64(2.0))), [1.0, 2.0]
    ),
    "normalize-at-zero": lambda: grad(lambda x: wp.normalize(x)[0], [0.0, 0.0]),
    "where-log-at-zero": lambda: grad(
        lambda x: wp.where(x > wp.float64(0.0), wp.log(x), wp.float64(0.0)), 0.0
    ),
    "where-log-safe": lambda: grad(
        lambda x: wp.where(
            x > wp.float64(0.0),
            wp.log(wp.where(x > wp.float64(0.0), x, wp.float64(1.0))),
            wp.float64(0.0),
        ),
        0.0,
    ),
    "where-sqrt-negative": lambda: grad(
        lambda x: wp.where(x > wp.float64(0.0), wp.sqrt(x), wp.float64(0.0)), -1.0
    ),
    "where-sinc-at-zero": lambda: grad(
        lambda x: wp.where(x == wp.float64(0.0), wp.float64(1.0), wp.sin(x) / x), 0.0
    ),
    "mask-by-product": lambda: grad(lambda x: wp.float64(0.0) * wp.log(x), 0.0),
    "nan-in-max": lambda: grad(largest, [1.0, nan]),
    "nan-maximum-value": lambda: [value(wp.max, nan, 1.0), value(wp.max, 1.0, nan)],
    "clip-of-nan": lambda: grad(lambda x: wp.clamp(x, wp.float64(0.0), wp.float64(1.0)), nan),
    "softplus-naive-large": lambda: grad(lambda x: wp.log(wp.float64(1.0) + wp.exp(x)), 1000.0),
    "softplus-safe": lambda: grad(
        lambda x: wp.max(x, wp.float64(0.0)) + wp.log(wp.float64(1.0) + wp.exp(-wp.abs(x))), 1000.0
    ),
    "sigmoid-naive-large": lambda: grad(
        lambda x: wp.float64(1.0) / (wp.float64(1.0) + wp.exp(-x)), -1000.0
    ),
    "logsumexp-naive-large": lambda: grad(
        lambda x: wp.log(wp.exp(x[0]) + wp.exp(x[1])), [1000.0, 1000.0]
    ),
    "prod-written-out": lambda: grad(lambda x: x[0] * x[1] * x[2], [0.0, 2.0, 3.0]),
    "prod-by-logarithms": lambda: grad(
        lambda x: wp.exp(wp.log(x[0]) + wp.log(x[1]) + wp.log(x[2])), [0.0, 2.0, 3.0]
    ),
    "cumprod-written-out": lambda: grad(
        lambda x: x[0] + x[0] * x[1] + x[0] * x[1] * x[2], [0.0, 2.0, 3.0]
    ),
    "square-by-itself": lambda: grad(lambda x: x * x / x, 0.0),
    "sine-by-itself": lambda: grad(lambda x: wp.sin(x) / x, 0.0),
    "zero-times-infinity": lambda: grad(lambda x, y: x * y, 0.0, inf),
    "det-singular": lambda: grad(wp.determinant, [[1.0, 2.0], [2.0, 4.0]]),
    "det-written-out": lambda: grad(determinant, [[1.0, 2.0], [2.0, 4.0]]),
    "det-zero-column": lambda: grad(wp.determinant, [[0.0, 1.0], [0.0, 3.0]]),
    "det-corner": lambda: grad(wp.determinant, [[1.0, 0.0], [0.0, 0.0]]),
    "det-of-three": lambda: grad(
        wp.determinant, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]
    ),
    "det-zero-matrix": lambda: grad(wp.determinant, [[0.0, 0.0], [0.0, 0.0]]),
    "det-regular": lambda: grad(wp.determinant, [[1.0, 2.0], [3.0, 4.0]]),
    "log-abs-det-negative": lambda: grad(
        lambda X: wp.log(wp.abs(wp.determinant(X))), [[1.0, 2.0], [3.0, 4.0]]
    ),
    "log-abs-det-singular": lambda: grad(
        lambda X: wp.log(wp.abs(wp.determinant(X))), [[1.0, 2.0], [2.0, 4.0]]
    ),
    "inverse-singular": lambda: grad(lambda X: total(wp.inverse(X)), [[1.0, 2.0], [2.0, 4.0]]),
    "inverse-regular": lambda: grad(lambda X: wp.trace(wp.inverse(X)), [[2.0, 1.0], [0.0, 1.0]]),
    "eigenvalue-sum-by-trace": lambda: grad(wp.trace, [[1.0, 1.0], [0.0, 1.0]]),
    "svd-product-at-identity": lambda: grad(svd_product, [[1.0, 0.0], [0.0, 1.0]]),
    "singular-value-sum-at-identity": lambda: grad(singular_value_sum, [[1.0, 0.0], [0.0, 1.0]]),
    "singular-value-sum-of-rank-one": lambda: grad(singular_value_sum, [[1.0, 0.0], [0.0, 0.0]]),
    "singular-values-of-zero": lambda: grad(singular_value_sum, [[0.0, 0.0], [0.0, 0.0]]),
    "squared-singular-values": lambda: grad(squared_singular_values, [[1.0, 0.0], [0.0, 1.0]]),
    "squared-entries": lambda: grad(lambda X: wp.ddot(X, X), [[1.0, 0.0], [0.0, 1.0]]),
    "complex-square-by-parts": lambda: grad(lambda x, y: x * x - y * y, 1.0, 2.0),
    "asin-at-zero": lambda: grad(wp.asin, 0.0),
    "acos-at-zero": lambda: grad(wp.acos, 0.0),
    "atan-at-zero": lambda: grad(wp.atan, 0.0),
    "erf-at-zero": lambda: grad(wp.erf, 0.0),
    "tanh-at-zero": lambda: grad(wp.tanh, 0.0),
    "asin-at-one": lambda: grad(wp.asin, 1.0),
    "acos-at-one": lambda: grad(wp.acos, 1.0),
    "erfinv-at-zero": lambda: grad(wp.erfinv, 0.0),
    "erfinv-at-one": lambda: grad(wp.erfinv, 1.0),
    "xlogy-safe": lambda: grad(
        lambda x, y: x * wp.log(wp.where(y > wp.float64(0.0), y, wp.float64(1.0))), 0.0, 2.0
    ),
    "atan2-at-origin": lambda: grad(wp.atan2, 0.0, 0.0),
    "atan2-at-the-cut": lambda: grad(wp.atan2, 0.0, -1.0),
    "gather-duplicates": lambda: launched(gathered, [5.0, 7.0], [0, 0, 1], 3, [1.0, 2.0, 4.0]),
    "gather-negative-index": lambda: grad(lambda x: x[-1], [1.0, 2.0, 3.0]),
    "scatter-overwritten": lambda: launched_once(written_in_turn, [1.0, 2.0], [0, 0]),
    "scatter-add-duplicates": lambda: launched(scattered_added, [1.0, 2.0], [0, 0], 1, [1.0]),
    "scatter-distinct": lambda: launched(scattered, [1.0, 2.0], [1, 0], 2, [10.0, 1.0]),
    "argmax-slope": lambda: grad(lambda x: wp.float64(wp.argmax(x)), [1.0, 2.0]),
    "minus-zero": lambda: value(lambda x: wp.float64(1.0) / x, -0.0),
    "bce-written-out": lambda: grad(
        lambda p: -(wp.float64(1.0) * wp.log(p) + wp.float64(0.0) * wp.log(wp.float64(1.0) - p)),
        1.0,
    ),
    "bce-of-logit-written-out": lambda: grad(
        lambda x: wp.max(-x, wp.float64(0.0)) + wp.log(wp.float64(1.0) + wp.exp(-wp.abs(x))),
        -1000.0,
    ),
    "entropy-of-certain": lambda: grad(
        lambda p: -(p[0] * wp.log(p[0]) + p[1] * wp.log(p[1])), [1.0, 0.0]
    ),
    "l1-loss-at-zero": lambda: grad(lambda x: wp.abs(x - wp.float64(1.0)), 1.0),
    "rmse-at-zero": lambda: grad(
        lambda x: wp.sqrt(
            wp.length_sq(x - wp.vec2d(wp.float64(1.0), wp.float64(2.0))) / wp.float64(2.0)
        ),
        [1.0, 2.0],
    ),
    "mse-at-zero": lambda: grad(
        lambda x: wp.length_sq(x - wp.vec2d(wp.float64(1.0), wp.float64(2.0))) / wp.float64(2.0),
        [1.0, 2.0],
    ),
    "log-cosh-large": lambda: grad(lambda x: wp.log(wp.cosh(x)), 1000.0),
    "while-loop": lambda: grad(until_ten, 2.0),
    "counted-loop": lambda: grad(power_by_loop, 1.5),
    "branch-log-at-zero": lambda: grad(branch_log, 0.0),
    "in-place-square": lambda: squared_in_place(3.0),
    "unused-input": lambda: grad(lambda x, y: x * x, 3.0, 5.0),
    "constant-output": lambda: grad(lambda x: wp.float64(3.0), 2.0),
    "backward-twice": lambda: swept_twice(lambda x: x * x, 3.0, again=False),
    "gradients-accumulate": lambda: swept_twice(lambda x: x * x, 3.0, again=True),
    "integer-square": lambda: grad(lambda x: x * x, 3),
    "integer-scaled": lambda: grad(lambda x: wp.float64(1.5) * wp.float64(x), 3),
    "integer-converted": lambda: grad(lambda x: wp.float64(1.5) * x, 3.0),
    "conversion-to-integer": lambda: grad(lambda x: wp.float64(wp.int64(x)), 2.5),
    "comparison": lambda: grad(lambda x: wp.float64(x > wp.float64(0.0)), 2.0),
    "equal-scalars": lambda: grad(lambda x, y: x * y, 2.0, 2.0),
    "one-variable-twice": lambda: grad(lambda x: wp.mul(x, x), 3.0),
    "array-of-variables": lambda: grad(
        lambda x, y: wp.vec2d(x, y)[0] * wp.vec2d(x, y)[1], 2.0, 3.0
    ),
    "ceil-between": lambda: grad(wp.ceil, 2.5),
    "floor-division": lambda: grad(wp.floordiv, 7.0, 2.0),
    "nan-first-in-max": lambda: grad(largest, [nan, 1.0]),
    "nan-in-max-value": lambda: [value(largest, [1.0, nan]), value(largest, [nan, 1.0])],
    "nan-maximum-gradient": lambda: grad(wp.max, nan, 1.0),
    "det-of-ones": lambda: grad(wp.determinant, [[1.0, 1.0], [1.0, 1.0]]),
    "inverse-singular-value": lambda: value(wp.inverse, [[1.0, 2.0], [2.0, 4.0]]),
    "loop-of-given-length": lambda: power_in_given_steps(1.5, 4),
    "sign-at-zero-value": lambda: value(wp.sign, 0.0),
    "squared-norm-by-sum": lambda: grad(wp.length_sq, [0.0, 0.0]),
    "svd-product-of-three": lambda: grad(
        svd_product_of_three, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    ),
}

NOT_OFFERED = {
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
    "one-norm-with-zero": "Its norm_l1 takes single precision only.",
    "relu-second-derivative": "Its tape records first derivatives only.",
    "abs-second-derivative": "Its tape records first derivatives only.",
    "reciprocal-sqrt-at-zero": "The library has no reciprocal square root.",
    "hypot-at-zero": "The library has no hypot.",
    "nuclear-norm-at-zero": "The library has no nuclear norm.",
    "std-of-constant": "The library has no standard deviation.",
    "std-smoothed": "The library has no variance.",
    "var-of-constant": "The library has no variance.",
    "cosine-similarity-at-zero": "The library has no cosine similarity.",
    "rsqrt-variance-normalisation": "The library has no layer normalisation.",
    "boolean-mask": "The library has no selection by a mask of booleans.",
    "where-isnan": "A function here is of one number, and a sum over a mask is a kernel of one's own.",
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
    "prod-one-zero": "The library has no product of entries.",
    "prod-two-zeros": "The library has no product of entries.",
    "prod-negative": "The library has no product of entries.",
    "prod-along-axis": "The library has no product along an axis.",
    "prod-hessian": "Its tape records first derivatives only.",
    "cumprod-one-zero": "The library has no cumulative product.",
    "cumprod-two-zeros": "The library has no cumulative product.",
    "det-hessian-singular": "Its tape records first derivatives only.",
    "det-hessian-of-ones": "Its tape records first derivatives only.",
    "logdet-negative": "The library has no logdet.",
    "solve-singular": "Its dense_solve is for arrays of single precision, and a Cholesky factor.",
    "pinv-of-rank-one": "The library has no pseudo-inverse.",
    "matrix-power-zero": "The library has no power of a matrix.",
    "expm-at-zero": "The library has no exponential of a matrix.",
    "cholesky-triangle": "Its dense_chol is for arrays of single precision.",
    "cholesky-reads": "Its dense_chol is for arrays of single precision.",
    "cholesky-indefinite": "Its dense_chol is for arrays of single precision.",
    "eigh-triangle": "Its eig3 is for three rows, and the case has two.",
    "eigh-reads": "Its eig3 is for three rows, and the case has two.",
    "eigenvalue-sum-at-identity": "Its eig3 is for three rows, and the case has two.",
    "eigenvectors-at-identity": "Its eig3 is for three rows, and the case has two.",
    "eigenvalues-defective": "The library has no eigenvalues of a general matrix.",
    "spectral-norm": "The library has no spectral norm.",
    "qr-square": "Its qr3 is for three rows, and the case has two.",
    "qr-wide": "Its qr3 is for three rows, and the case has two.",
    "qr-singular": "Its qr3 is for three rows, and the case has two.",
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
    "complex-output": "The function asked for here takes one number.",
    "complex-phase-of-real": "The library has no complex numbers.",
    "complex-fft": "The library has no Fourier transform.",
    "expm1-at-zero": "The library has no expm1.",
    "log1p-at-zero": "The library has no log1p.",
    "acosh-at-one": "The library has no acosh.",
    "atanh-at-one": "The library has no atanh.",
    "log1p-at-minus-one": "The library has no log1p.",
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
    "sinc-second-derivative": "Its tape records first derivatives only.",
    "gammainc-at-zero": "The library has no incomplete gamma function.",
    "log-ndtr-far-left": "The library has no logarithm of the normal distribution function.",
    "logsigmoid-far-left": "The library has no logsigmoid.",
    "gelu-default": "The library has no gelu.",
    "median-of-even-count": "The library has no median.",
    "median-tie": "The library has no median.",
    "sort-tie": "The library has no sort that can be differentiated.",
    "top-one-tie": "The library has no top-k.",
    "cummax-tie": "The library has no cumulative maximum.",
    "max-pool-tie": "The library has no max pooling.",
    "interpolation-at-knot": "The library has no interpolation in a table.",
    "gather-out-of-range": "A lambda of the library reads no entries out of the range of a vector.",
    "gather-float16": "The library has no half precision.",
    "scatter-by-mask": "A function here is of numbers and small vectors; a mask is a kernel of one's own.",
    "assigned-input": "Its arrays cannot be changed in place.",
    "quantile-at-entry": "The library has no quantile.",
    "mean-of-nothing": "The library has no selection by a mask of booleans.",
    "var-of-one": "The library has no unbiased variance.",
    "cumsum-weighted": "Its array_scan records no gradient.",
    "broadcast-sum": "A function of a number returns a number; its arrays are not broadcast.",
    "float-cancellation": "Not asked: its variables are double precision.",
    "bce-certain-mistake": "The library has no binary cross-entropy of a probability.",
    "bce-certain-and-right": "The library has no binary cross-entropy of a probability.",
    "bce-of-logit": "The library has no binary cross-entropy of a logit.",
    "cross-entropy-masked-target": "The library has no cross-entropy.",
    "cross-entropy-masked-other": "The library has no cross-entropy.",
    "cross-entropy-equal": "The library has no cross-entropy.",
    "kl-zero-target": "The library has no KL divergence.",
    "kl-by-target-zero": "The library has no KL divergence.",
    "huber-at-delta": "Its norm_huber takes single precision only.",
    "poisson-zero-rate": "The library has no Poisson loss.",
    "cross-entropy-reduction": "The library has no cross-entropy.",
    "in-place-after-use": "The same question as a square in place, for a kernel.",
    "stop-gradient": "The library has no stop-gradient.",
    "straight-through": "The library has no stop-gradient inside of a function.",
    "quotient-by-stopped": "The library has no stop-gradient.",
    "second-derivative-of-cube": "Its tape records first derivatives only.",
    "second-derivative-of-linear": "Its tape records first derivatives only.",
    "hessian-mixed": "Its tape records first derivatives only.",
    "third-derivative": "Its tape records first derivatives only.",
    "gradient-penalty": "Its tape records first derivatives only.",
    "vector-output": "The function asked for here takes one number.",
    "one-path-stopped": "The library has no stop-gradient.",
    "eigh-unsymmetric": "Its eig3 is for three rows, and the case has two.",
    "eigenvectors-without-choice": "Its eig3 is for three rows, and the case has two.",
    "clip-from-below": "The library has no clip with one bound.",
    "remainder-of-divmod": "The library has no divmod.",
    "logcumsumexp-infinite-value": "The library has no cumulative logsumexp.",
    "selu-large": "The library has no selu.",
    "det-singular-with-graph": "A gradient to be differentiated again is asked for in no other way here.",
    "svd-null-vector": "Its svd2 and svd3 are for square matrices.",
    "logsigmoid-far-left-value": "The library has no logsigmoid.",
    "median-of-even-tie": "The library has no median.",
    "gather-out-of-range-value": "A lambda of the library reads no entries out of the range of a vector.",
    "minus-zero-after-zero": "Its functions are of variables, and have no constants of their own.",
    "variance-by-default": "The library has no variance.",
    "cross-entropy-masked-value": "The library has no cross-entropy.",
    "bce-certain-mistake-value": "The library has no binary cross-entropy of a probability.",
}
