"""TensorFlow, as its users write it: variables, a tape, and the tape's gradient."""

import tensorflow as tf
import tensorflow.experimental.numpy as tnp

TITLE = "TensorFlow"
DISTRIBUTION = "tensorflow-cpu"
REQUIRES = ("tensorflow-cpu==2.21.0", "keras==3.15.1", "numpy==2.4.6")
HOMEPAGE = "https://www.tensorflow.org/api_docs/python/tf"
DOCUMENTED = {
    "where-log-at-zero": "https://www.tensorflow.org/api_docs/python/tf/where",
    "variance-by-default": "https://www.tensorflow.org/api_docs/python/tf/math/reduce_variance",
    "gelu-default": "https://www.tensorflow.org/api_docs/python/tf/nn/gelu",
    "normalize-at-zero": "https://www.tensorflow.org/api_docs/python/tf/math/l2_normalize",
    "cholesky-reads": "https://www.tensorflow.org/api_docs/python/tf/linalg/cholesky",
    "gather-out-of-range": "https://www.tensorflow.org/api_docs/python/tf/gather",
    "gather-out-of-range-value": "https://www.tensorflow.org/api_docs/python/tf/gather",
    "backward-twice": "https://www.tensorflow.org/api_docs/python/tf/GradientTape",
    "unused-input": "https://www.tensorflow.org/api_docs/python/tf/UnconnectedGradients",
    "in-place-square": "https://www.tensorflow.org/guide/autodiff#4_took_gradients_through_a_stateful_object",
    "assigned-input": "https://www.tensorflow.org/guide/autodiff#4_took_gradients_through_a_stateful_object",
    "integer-square": "https://www.tensorflow.org/guide/autodiff#3_took_gradients_through_an_integer_or_string",
}
LIMIT = 120.0

inf, nan = float("inf"), float("nan")
KINDS = {int: tf.int32, complex: tf.complex128}


def grad(f, *point):
    """Return the gradients of f; the tape takes the sum of its entries."""
    xs = [tf.Variable(x, dtype=KINDS.get(type(x), tf.float64)) for x in point]
    with tf.GradientTape() as tape:
        y = f(*xs)
    found = tape.gradient(y, xs)
    return found[0] if len(xs) == 1 else found


def hessian(f, point):
    """Return the second derivatives of f, as the tape's Jacobian of its gradient."""
    x = tf.Variable(point, dtype=tf.float64)
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            y = f(x)
        gradient = inner.gradient(y, x)
    return outer.jacobian(gradient, x)


def matrix_hessian(f, point):
    """Return the second derivatives of f of a matrix, a row for each entry of its gradient."""
    return tf.reshape(hessian(f, point), [4, 4])


def slope(f, x):
    """Return the gradient of f, as a function of which a gradient can be taken."""
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    return tape.gradient(y, x)


def constant(x):
    """Return x in double precision."""
    return tf.constant(x, tf.float64)


def svd_product(X):
    """Return the weighted entries of U S V^T."""
    s, u, v = tf.linalg.svd(X)
    return constant([[1.0, 2.0], [3.0, 4.0]]) * (u @ tf.linalg.diag(s) @ tf.transpose(v))


def output_grad(f, point):
    """Return the gradient, as the tape takes it, of an output that is no real number."""
    return grad(f, point)


def assigned_first(x):
    """Return the sum of a variable whose first entry was set to zero."""
    x[0].assign(0.0)
    return tf.reduce_sum(x)


def squared_in_place(x):
    """Return x, squared in place."""
    x.assign(x * x)
    return x


def swept_twice(f, point):
    """Ask one tape twice for the gradient."""
    x = tf.Variable(point, dtype=tf.float64)
    with tf.GradientTape() as tape:
        y = f(x)
    tape.gradient(y, x)
    return tape.gradient(y, x)


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


@tf.function
def power_in_steps(x, n=4):
    """Return x to the power of n, by a loop of a graph whose length is a tensor."""
    y = tf.ones_like(x)
    for _ in tf.range(n):
        y = y * x
    return y


def svd_product_of_three(X):
    """Return the weighted entries of U S V^T, of three rows."""
    s, u, v = tf.linalg.svd(X)
    return tf.reshape(tf.range(1, 10, dtype=tf.float64), [3, 3]) * (
        u @ tf.linalg.diag(s) @ tf.transpose(v)
    )


ANSWERS = {
    "abs-at-zero": lambda: grad(tf.abs, 0.0),
    "abs-at-minus-zero": lambda: grad(tf.abs, -0.0),
    "sqrt-of-square": lambda: grad(lambda x: tf.sqrt(x * x), 0.0),
    "abs-times-x": lambda: grad(lambda x: x * tf.abs(x), 0.0),
    "relu-at-zero": lambda: grad(tf.nn.relu, 0.0),
    "maximum-with-zero": lambda: grad(lambda x: tf.maximum(x, 0.0), 0.0),
    "where-positive": lambda: grad(lambda x: tf.where(x > 0, x, 0.0), 0.0),
    "relu-difference": lambda: grad(lambda x: tf.nn.relu(x) - tf.nn.relu(-x), 0.0),
    "relu-difference-by-abs": lambda: grad(
        lambda x: (x + tf.abs(x)) / 2 - (tf.abs(x) - x) / 2, 0.0
    ),
    "maximum-tie": lambda: grad(tf.maximum, 2.0, 2.0),
    "minimum-tie": lambda: grad(tf.minimum, 2.0, 2.0),
    "maximum-of-itself": lambda: grad(lambda x: tf.maximum(x, x), 2.0),
    "max-of-vector-tie": lambda: grad(tf.reduce_max, [1.0, 3.0, 3.0]),
    "max-of-three-tie": lambda: grad(tf.reduce_max, [3.0, 3.0, 3.0]),
    "max-along-axis-tie": lambda: grad(lambda X: tf.reduce_max(X, axis=1), [[1.0, 3.0, 3.0]]),
    "clip-at-lower-bound": lambda: grad(lambda x: tf.clip_by_value(x, 0.0, 1.0), 0.0),
    "clip-at-upper-bound": lambda: grad(lambda x: tf.clip_by_value(x, 0.0, 1.0), 1.0),
    "leaky-relu-at-zero": lambda: grad(lambda x: tf.nn.leaky_relu(x, alpha=0.2), 0.0),
    "relu6-at-six": lambda: grad(tf.nn.relu6, 6.0),
    "hardtanh-at-one": lambda: grad(tf.keras.activations.hard_tanh, 1.0),
    "hardswish-at-three": lambda: grad(tf.keras.activations.hard_swish, 3.0),
    "elu-at-zero": lambda: grad(tf.nn.elu, 0.0),
    "celu-at-zero": lambda: grad(tf.keras.activations.celu, 0.0),
    "selu-at-zero": lambda: grad(tf.nn.selu, 0.0),
    "hinge-at-one": lambda: grad(lambda x: tf.keras.losses.hinge([1.0], [x]), 1.0),
    "softshrink-at-bound": lambda: grad(tf.keras.activations.soft_shrink, 0.5),
    "one-norm-with-zero": lambda: grad(lambda x: tf.norm(x, ord=1), [0.0, 1.0]),
    "inf-norm-tie": lambda: grad(lambda x: tf.norm(x, ord=inf), [2.0, 2.0]),
    "sign-at-zero": lambda: grad(tf.sign, 0.0),
    "floor-between": lambda: grad(tf.floor, 2.5),
    "round-between": lambda: grad(tf.round, 1.25),
    "mod-by-both": lambda: grad(tf.math.floormod, 7.0, 2.0),
    "mod-written-out": lambda: grad(lambda x, y: x - y * tf.floor(x / y), 7.0, 2.0),
    "relu-second-derivative": lambda: hessian(tf.nn.relu, 0.0),
    "abs-second-derivative": lambda: hessian(tf.abs, 0.0),
    "sqrt-at-zero": lambda: grad(tf.sqrt, 0.0),
    "power-half-at-zero": lambda: grad(lambda x: x**0.5, 0.0),
    "cube-root-at-zero": lambda: grad(tnp.cbrt, 0.0),
    "x-times-sqrt": lambda: grad(lambda x: x * tf.sqrt(x), 0.0),
    "power-three-halves": lambda: grad(lambda x: x**1.5, 0.0),
    "reciprocal-sqrt-at-zero": lambda: grad(tf.math.rsqrt, 0.0),
    "reciprocal-at-zero": lambda: grad(lambda x: 1 / x, 0.0),
    "log-at-zero": lambda: grad(tf.math.log, 0.0),
    "power-zero-at-zero": lambda: grad(lambda x: x**0.0, 0.0),
    "power-one-at-zero": lambda: grad(lambda x: x**1.0, 0.0),
    "power-two-at-zero": lambda: grad(lambda x: x**2.0, 0.0),
    "power-both-at-zero": lambda: grad(lambda x, y: x**y, 0.0, 0.0),
    "power-base-zero": lambda: grad(lambda x, y: x**y, 0.0, 2.0),
    "power-negative-base": lambda: grad(lambda x, y: x**y, -2.0, 2.0),
    "cube-of-negative": lambda: grad(lambda x: x**3, -2.0),
    "norm-at-zero": lambda: grad(tf.norm, [0.0, 0.0]),
    "norm-written-out": lambda: grad(lambda x: tf.sqrt(tf.reduce_sum(x * x)), [0.0, 0.0]),
    "norm-smoothed": lambda: grad(lambda x: tf.sqrt(tf.reduce_sum(x * x) + 1e-12), [0.0, 0.0]),
    "squared-norm-at-zero": lambda: grad(lambda x: tf.norm(x) ** 2, [0.0, 0.0]),
    "distance-of-equal-points": lambda: grad(
        lambda x: tf.norm(x - constant([1.0, 2.0])), [1.0, 2.0]
    ),
    "hypot-at-zero": lambda: grad(tnp.hypot, 0.0, 0.0),
    "nuclear-norm-at-zero": lambda: grad(
        lambda X: tf.reduce_sum(tf.linalg.svd(X, compute_uv=False)), [[0.0, 0.0], [0.0, 0.0]]
    ),
    "std-of-constant": lambda: grad(tf.math.reduce_std, [2.0, 2.0]),
    "std-smoothed": lambda: grad(lambda x: tf.sqrt(tf.math.reduce_variance(x) + 1e-12), [2.0, 2.0]),
    "var-of-constant": lambda: grad(tf.math.reduce_variance, [2.0, 2.0]),
    "normalize-at-zero": lambda: grad(lambda x: tf.math.l2_normalize(x)[0], [0.0, 0.0]),
    "cosine-similarity-at-zero": lambda: grad(
        lambda x: -tf.keras.losses.cosine_similarity(x, constant([1.0, 1.0])), [0.0, 0.0]
    ),
    "rsqrt-variance-normalisation": lambda: grad(
        lambda x: tf.nn.batch_normalization(x, *tf.nn.moments(x, [0]), None, None, 1e-5)[0],
        [2.0, 2.0],
    ),
    "where-log-at-zero": lambda: grad(lambda x: tf.where(x > 0, tf.math.log(x), 0.0), 0.0),
    "where-log-safe": lambda: grad(
        lambda x: tf.where(x > 0, tf.math.log(tf.where(x > 0, x, 1.0)), 0.0), 0.0
    ),
    "where-sqrt-negative": lambda: grad(lambda x: tf.where(x > 0, tf.sqrt(x), 0.0), -1.0),
    "where-sinc-at-zero": lambda: grad(
        lambda x: tf.where(tf.equal(x, 0.0), 1.0, tf.sin(x) / x), 0.0
    ),
    "mask-by-product": lambda: grad(lambda x: 0.0 * tf.math.log(x), 0.0),
    "boolean-mask": lambda: grad(lambda x: tf.boolean_mask(x, x > 0), [1.0, -2.0, 3.0]),
    "where-isnan": lambda: grad(lambda x: tf.where(tf.math.is_nan(x), 0.0, x), [1.0, nan, 2.0]),
    "nansum": lambda: grad(tnp.nansum, [1.0, nan, 2.0]),
    "nan-in-max": lambda: grad(tf.reduce_max, [1.0, nan]),
    "nan-maximum-value": lambda: [tf.maximum(nan, 1.0), tf.maximum(1.0, nan)],
    "clip-of-nan": lambda: grad(lambda x: tf.clip_by_value(x, 0.0, 1.0), nan),
    "softplus-naive-large": lambda: grad(lambda x: tf.math.log(1 + tf.exp(x)), 1000.0),
    "softplus-large": lambda: grad(tf.nn.softplus, 1000.0),
    "softplus-safe": lambda: grad(
        lambda x: tf.maximum(x, 0.0) + tf.math.log1p(tf.exp(-tf.abs(x))), 1000.0
    ),
    "sigmoid-naive-large": lambda: grad(lambda x: 1 / (1 + tf.exp(-x)), -1000.0),
    "sigmoid-large": lambda: grad(tf.sigmoid, -1000.0),
    "elu-large": lambda: grad(tf.nn.elu, 1000.0),
    "logsumexp-naive-large": lambda: grad(
        lambda x: tf.math.log(tf.reduce_sum(tf.exp(x))), [1000.0, 1000.0]
    ),
    "logsumexp-large": lambda: grad(tf.reduce_logsumexp, [1000.0, 1000.0]),
    "logsumexp-one-infinite": lambda: grad(tf.reduce_logsumexp, [-inf, 0.0]),
    "logsumexp-all-infinite": lambda: grad(tf.reduce_logsumexp, [-inf, -inf]),
    "logsumexp-all-infinite-value": lambda: tf.reduce_logsumexp(constant([-inf, -inf])),
    "logaddexp-one-infinite": lambda: grad(tnp.logaddexp, -inf, 0.0),
    "logcumsumexp-infinite": lambda: grad(
        lambda x: tf.math.cumulative_logsumexp(x)[2], [-inf, -inf, 0.0]
    ),
    "log-softmax-large-value": lambda: tf.nn.log_softmax(constant([10000.0, 0.0])),
    "log-of-softmax": lambda: grad(lambda x: tf.math.log(tf.nn.softmax(x))[0], [0.0, 1000.0]),
    "log-softmax-gradient": lambda: grad(lambda x: tf.nn.log_softmax(x)[0], [0.0, 1000.0]),
    "softmax-one-masked": lambda: grad(lambda x: tf.nn.softmax(x)[1], [-inf, 0.0, 0.0]),
    "softmax-all-masked": lambda: grad(lambda x: tf.nn.softmax(x)[0], [-inf, -inf]),
    "prod-one-zero": lambda: grad(tf.reduce_prod, [0.0, 2.0, 3.0]),
    "prod-two-zeros": lambda: grad(tf.reduce_prod, [0.0, 0.0, 3.0]),
    "prod-written-out": lambda: grad(lambda x: x[0] * x[1] * x[2], [0.0, 2.0, 3.0]),
    "prod-negative": lambda: grad(tf.reduce_prod, [-1.0, 2.0, 3.0]),
    "prod-along-axis": lambda: grad(lambda X: tf.reduce_prod(X, axis=1), [[0.0, 2.0], [3.0, 4.0]]),
    "prod-hessian": lambda: hessian(tf.reduce_prod, [0.0, 2.0, 3.0]),
    "prod-by-logarithms": lambda: grad(
        lambda x: tf.exp(tf.reduce_sum(tf.math.log(x))), [0.0, 2.0, 3.0]
    ),
    "cumprod-one-zero": lambda: grad(tf.math.cumprod, [0.0, 2.0, 3.0]),
    "cumprod-two-zeros": lambda: grad(tf.math.cumprod, [0.0, 0.0, 3.0]),
    "cumprod-written-out": lambda: grad(
        lambda x: x[0] + x[0] * x[1] + x[0] * x[1] * x[2], [0.0, 2.0, 3.0]
    ),
    "square-by-itself": lambda: grad(lambda x: x * x / x, 0.0),
    "sine-by-itself": lambda: grad(lambda x: tf.sin(x) / x, 0.0),
    "zero-times-infinity": lambda: grad(lambda x, y: x * y, 0.0, inf),
    "det-singular": lambda: grad(tf.linalg.det, [[1.0, 2.0], [2.0, 4.0]]),
    "det-written-out": lambda: grad(
        lambda X: X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0], [[1.0, 2.0], [2.0, 4.0]]
    ),
    "det-zero-column": lambda: grad(tf.linalg.det, [[0.0, 1.0], [0.0, 3.0]]),
    "det-corner": lambda: grad(tf.linalg.det, [[1.0, 0.0], [0.0, 0.0]]),
    "det-of-three": lambda: grad(
        tf.linalg.det, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]
    ),
    "det-zero-matrix": lambda: grad(tf.linalg.det, [[0.0, 0.0], [0.0, 0.0]]),
    "det-regular": lambda: grad(tf.linalg.det, [[1.0, 2.0], [3.0, 4.0]]),
    "det-hessian-singular": lambda: matrix_hessian(tf.linalg.det, [[1.0, 2.0], [2.0, 4.0]]),
    "det-hessian-of-ones": lambda: grad(
        lambda X: slope(tf.linalg.det, X)[0, 0], [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]
    ),
    "log-abs-det-negative": lambda: grad(
        lambda X: tf.linalg.slogdet(X)[1], [[1.0, 2.0], [3.0, 4.0]]
    ),
    "logdet-negative": lambda: grad(tf.linalg.logdet, [[1.0, 2.0], [3.0, 4.0]]),
    "log-abs-det-singular": lambda: grad(
        lambda X: tf.linalg.slogdet(X)[1], [[1.0, 2.0], [2.0, 4.0]]
    ),
    "inverse-singular": lambda: grad(tf.linalg.inv, [[1.0, 2.0], [2.0, 4.0]]),
    "solve-singular": lambda: grad(
        lambda b: tf.linalg.solve(constant([[1.0, 2.0], [2.0, 4.0]]), b[:, None]), [1.0, 1.0]
    ),
    "inverse-regular": lambda: grad(
        lambda X: tf.linalg.trace(tf.linalg.inv(X)), [[2.0, 1.0], [0.0, 1.0]]
    ),
    "pinv-of-rank-one": lambda: grad(tf.linalg.pinv, [[1.0, 0.0], [0.0, 0.0]]),
    "expm-at-zero": lambda: grad(tf.linalg.expm, [[0.0, 0.0], [0.0, 0.0]]),
    "cholesky-triangle": lambda: grad(tf.linalg.cholesky, [[4.0, 2.0], [2.0, 5.0]]),
    "cholesky-reads": lambda: tf.linalg.cholesky(constant([[4.0, 2.0], [0.0, 5.0]]))[1, 0],
    "cholesky-indefinite": lambda: grad(tf.linalg.cholesky, [[1.0, 2.0], [2.0, 1.0]]),
    "eigh-triangle": lambda: grad(lambda A: tf.linalg.eigvalsh(A)[-1], [[2.0, 1.0], [1.0, 2.0]]),
    "eigh-reads": lambda: tf.linalg.eigvalsh(constant([[1.0, 2.0], [0.0, 3.0]]))[-1],
    "eigenvalue-sum-at-identity": lambda: grad(tf.linalg.eigvalsh, [[1.0, 0.0], [0.0, 1.0]]),
    "eigenvectors-at-identity": lambda: grad(
        lambda A: constant([[1.0, 2.0], [3.0, 5.0]]) * tf.linalg.eigh(A)[1] ** 2,
        [[1.0, 0.0], [0.0, 1.0]],
    ),
    "eigenvalues-defective": lambda: grad(
        lambda X: tf.math.real(tf.linalg.eigvals(X)), [[1.0, 1.0], [0.0, 1.0]]
    ),
    "eigenvalue-sum-by-trace": lambda: grad(tf.linalg.trace, [[1.0, 1.0], [0.0, 1.0]]),
    "svd-product-at-identity": lambda: grad(svd_product, [[1.0, 0.0], [0.0, 1.0]]),
    "singular-value-sum-at-identity": lambda: grad(
        lambda X: tf.linalg.svd(X, compute_uv=False), [[1.0, 0.0], [0.0, 1.0]]
    ),
    "singular-value-sum-of-rank-one": lambda: grad(
        lambda X: tf.linalg.svd(X, compute_uv=False), [[1.0, 0.0], [0.0, 0.0]]
    ),
    "singular-values-of-zero": lambda: grad(
        lambda X: tf.linalg.svd(X, compute_uv=False), [[0.0, 0.0], [0.0, 0.0]]
    ),
    "squared-singular-values": lambda: grad(
        lambda X: tf.linalg.svd(X, compute_uv=False) ** 2, [[1.0, 0.0], [0.0, 1.0]]
    ),
    "squared-entries": lambda: grad(tf.square, [[1.0, 0.0], [0.0, 1.0]]),
    "spectral-norm": lambda: grad(
        lambda X: tf.norm(X, ord=2, axis=(0, 1)), [[2.0, 0.0], [0.0, 1.0]]
    ),
    "qr-square": lambda: grad(lambda X: tf.linalg.qr(X)[1] ** 2, [[1.0, 2.0], [3.0, 4.0]]),
    "qr-wide": lambda: grad(lambda X: tf.linalg.qr(X)[1] ** 2, [[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]),
    "qr-singular": lambda: grad(lambda X: tf.linalg.qr(X)[1] ** 2, [[1.0, 0.0], [2.0, 0.0]]),
    "lstsq-by-right-side": lambda: grad(
        lambda b: tf.linalg.lstsq(constant([[1.0, 0.0], [0.0, 2.0], [0.0, 0.0]]), b[:, None]),
        [1.0, 2.0, 3.0],
    ),
    "lstsq-of-rank-one": lambda: grad(
        lambda b: tf.linalg.lstsq(constant([[1.0, 0.0], [0.0, 0.0], [0.0, 0.0]]), b[:, None]),
        [1.0, 2.0, 3.0],
    ),
    "complex-square": lambda: grad(lambda z: tf.math.real(z * z), 1 + 2j),
    "complex-square-by-parts": lambda: grad(lambda x, y: x * x - y * y, 1.0, 2.0),
    "complex-power": lambda: grad(lambda z: tf.math.real(z**2), 1 + 2j),
    "complex-cube": lambda: grad(lambda z: tf.math.real(z**3), 1 + 2j),
    "complex-exponential": lambda: grad(lambda z: tf.math.real(tf.exp(z)), 1j),
    "complex-logarithm": lambda: grad(lambda z: tf.math.real(tf.math.log(z)), 1 + 2j),
    "complex-reciprocal": lambda: grad(lambda z: tf.math.real(1 / z), 1 + 1j),
    "complex-imaginary-part": lambda: grad(tf.math.imag, 1 + 2j),
    "complex-conjugate": lambda: grad(
        lambda z: tf.math.real(tf.math.conj(z) * tf.math.conj(z)), 1 + 2j
    ),
    "complex-abs-squared": lambda: grad(lambda z: tf.abs(z) ** 2, 1 + 2j),
    "complex-times-conjugate": lambda: grad(lambda z: tf.math.real(z * tf.math.conj(z)), 1 + 2j),
    "complex-abs-at-zero": lambda: grad(tf.abs, 0j),
    "complex-angle": lambda: grad(tf.math.angle, 1 + 2j),
    "complex-angle-at-zero": lambda: grad(tf.math.angle, 0j),
    "complex-sqrt-negative": lambda: grad(lambda z: tf.math.imag(tf.sqrt(z)), -4 + 0j),
    "complex-output": lambda: output_grad(lambda z: z * z, 1 + 2j),
    "complex-phase-of-real": lambda: grad(
        lambda x: tf.abs(tf.exp(tf.complex(constant(0.0), x))), 0.5
    ),
    "complex-fft": lambda: grad(
        lambda x: tf.abs(tf.signal.fft(tf.cast(x, tf.complex128))) ** 2, [1.0, 2.0, 3.0]
    ),
    "asin-at-zero": lambda: grad(tf.asin, 0.0),
    "acos-at-zero": lambda: grad(tf.acos, 0.0),
    "atan-at-zero": lambda: grad(tf.atan, 0.0),
    "erf-at-zero": lambda: grad(tf.math.erf, 0.0),
    "tanh-at-zero": lambda: grad(tf.tanh, 0.0),
    "expm1-at-zero": lambda: grad(tf.math.expm1, 0.0),
    "log1p-at-zero": lambda: grad(tf.math.log1p, 0.0),
    "asin-at-one": lambda: grad(tf.asin, 1.0),
    "acos-at-one": lambda: grad(tf.acos, 1.0),
    "acosh-at-one": lambda: grad(tf.acosh, 1.0),
    "atanh-at-one": lambda: grad(tf.atanh, 1.0),
    "log1p-at-minus-one": lambda: grad(tf.math.log1p, -1.0),
    "erfinv-at-zero": lambda: grad(tf.math.erfinv, 0.0),
    "erfinv-at-one": lambda: grad(tf.math.erfinv, 1.0),
    "xlogy-base-two": lambda: grad(tf.math.xlogy, 0.0, 2.0),
    "xlogy-at-zero": lambda: grad(tf.math.xlogy, 0.0, 0.0),
    "xlogy-safe": lambda: grad(lambda x, y: x * tf.math.log(tf.where(y > 0, y, 1.0)), 0.0, 2.0),
    "lgamma-at-zero": lambda: grad(tf.math.lgamma, 0.0),
    "lgamma-negative": lambda: grad(tf.math.lgamma, -0.5),
    "digamma-at-zero": lambda: grad(tf.math.digamma, 0.0),
    "polygamma-at-zero": lambda: grad(lambda x: tf.math.polygamma(constant(1.0), x), 0.0),
    "zeta-at-two": lambda: grad(lambda x: tf.math.zeta(x, 1.0), 2.0),
    "bessel-i0-at-zero": lambda: grad(tf.math.bessel_i0, 0.0),
    "bessel-i1-at-zero": lambda: grad(tf.math.bessel_i1, 0.0),
    "bessel-i1e-at-zero": lambda: grad(tf.math.bessel_i1e, 0.0),
    "bessel-j0-at-zero": lambda: grad(tf.math.special.bessel_j0, 0.0),
    "sinc-at-zero": lambda: grad(tnp.sinc, 0.0),
    "sinc-second-derivative": lambda: hessian(tnp.sinc, 0.0),
    "gammainc-at-zero": lambda: grad(lambda x: tf.math.igamma(1.0, x), 0.0),
    "atan2-at-origin": lambda: grad(tf.atan2, 0.0, 0.0),
    "atan2-at-the-cut": lambda: grad(tf.atan2, 0.0, -1.0),
    "logsigmoid-far-left": lambda: grad(tf.math.log_sigmoid, -1000.0),
    "gelu-default": lambda: grad(tf.nn.gelu, 1.0),
    "sort-tie": lambda: grad(lambda x: tf.sort(x) * constant([1.0, 2.0, 3.0]), [2.0, 2.0, 1.0]),
    "top-one-tie": lambda: grad(lambda x: tf.math.top_k(x, 1)[0], [3.0, 3.0]),
    "max-pool-tie": lambda: grad(
        lambda x: tf.nn.max_pool1d(x[None, :, None], 4, 4, "VALID"), [1.0, 3.0, 3.0, 2.0]
    ),
    "gather-duplicates": lambda: tf.convert_to_tensor(
        grad(lambda x: tf.gather(x, [0, 0, 1]) * [1.0, 2.0, 4.0], [5.0, 7.0])
    ),
    "gather-negative-index": lambda: grad(lambda x: x[-1], [1.0, 2.0, 3.0]),
    "gather-out-of-range": lambda: grad(lambda x: tf.gather(x, [0, 5]), [1.0, 20.0]),
    "gather-float16": lambda: grad(
        lambda x: tf.gather(tf.cast(x, tf.float16)[None], tf.zeros(4096, tf.int32)), 1.0
    ),
    "scatter-overwritten": lambda: grad(
        lambda y: tf.tensor_scatter_nd_update(constant([0.0]), [[0], [0]], y), [1.0, 2.0]
    ),
    "scatter-by-mask": lambda: grad(lambda y: tf.where([True], y[1:], y[:1]), [1.0, 2.0]),
    "scatter-add-duplicates": lambda: grad(
        lambda y: tf.tensor_scatter_nd_add(constant([0.0]), [[0], [0]], y), [1.0, 2.0]
    ),
    "scatter-distinct": lambda: grad(
        lambda y: tf.tensor_scatter_nd_update(constant([0.0, 0.0]), [[1], [0]], y) * [10.0, 1.0],
        [1.0, 2.0],
    ),
    "assigned-input": lambda: grad(assigned_first, [1.0, 2.0]),
    "mean-of-nothing": lambda: grad(
        lambda x: tf.reduce_mean(tf.boolean_mask(x, x > 9)), [1.0, 2.0]
    ),
    "cumsum-weighted": lambda: grad(tf.cumsum, [1.0, 2.0, 3.0]),
    "broadcast-sum": lambda: grad(lambda x: x + constant([1.0, 2.0, 3.0]), 2.0),
    "argmax-slope": lambda: grad(tf.argmax, [1.0, 2.0]),
    "float-cancellation": lambda: (tf.constant(0.5) + 1e8) - 1e8,
    "minus-zero": lambda: 1 / constant(-0.0),
    "bce-certain-mistake": lambda: grad(
        lambda p: tf.keras.losses.binary_crossentropy(constant([1.0]), p), [0.0]
    ),
    "bce-certain-and-right": lambda: grad(
        lambda p: tf.keras.losses.binary_crossentropy(constant([1.0]), p), [1.0]
    ),
    "bce-written-out": lambda: grad(
        lambda p: -(1.0 * tf.math.log(p) + 0.0 * tf.math.log(1 - p)), 1.0
    ),
    "bce-of-logit": lambda: grad(
        lambda x: tf.nn.sigmoid_cross_entropy_with_logits(constant([1.0]), x), [-1000.0]
    ),
    "bce-of-logit-written-out": lambda: grad(
        lambda x: tf.maximum(-x, 0.0) + tf.math.log1p(tf.exp(-tf.abs(x))), -1000.0
    ),
    "cross-entropy-masked-target": lambda: grad(
        lambda x: tf.nn.sparse_softmax_cross_entropy_with_logits([0], x), [[-inf, 0.0]]
    ),
    "cross-entropy-masked-other": lambda: grad(
        lambda x: tf.nn.sparse_softmax_cross_entropy_with_logits([1], x), [[-inf, 0.0]]
    ),
    "cross-entropy-equal": lambda: grad(
        lambda x: tf.nn.sparse_softmax_cross_entropy_with_logits([0], x), [[0.0, 0.0]]
    ),
    "kl-zero-target": lambda: grad(
        lambda x: tf.keras.losses.KLD(constant([0.0, 1.0]), tf.exp(x)), [-0.5, -1.0]
    ),
    "kl-by-target-zero": lambda: grad(
        lambda t: tf.keras.losses.KLD(t, tf.exp(constant([-0.5, -1.0]))), [0.0, 1.0]
    ),
    "entropy-of-certain": lambda: grad(lambda p: -tf.reduce_sum(p * tf.math.log(p)), [1.0, 0.0]),
    "l1-loss-at-zero": lambda: grad(lambda x: tf.keras.losses.MAE(constant([1.0]), x), [1.0]),
    "huber-at-delta": lambda: grad(lambda x: tf.keras.losses.huber(constant([0.0]), x), [1.0]),
    "rmse-at-zero": lambda: grad(
        lambda x: tf.sqrt(tf.keras.losses.MSE(constant([1.0, 2.0]), x)), [1.0, 2.0]
    ),
    "mse-at-zero": lambda: grad(lambda x: tf.keras.losses.MSE(constant([1.0, 2.0]), x), [1.0, 2.0]),
    "poisson-zero-rate": lambda: grad(lambda x: tf.keras.losses.poisson(constant([0.0]), x), [0.0]),
    "log-cosh-large": lambda: grad(lambda x: tf.math.log(tf.cosh(x)), 1000.0),
    "cross-entropy-reduction": lambda: grad(
        lambda X: tf.nn.sparse_softmax_cross_entropy_with_logits([0, 0], X),
        [[0.0, 0.0], [0.0, 0.0]],
    ),
    "while-loop": lambda: grad(until_ten, 2.0),
    "counted-loop": lambda: grad(power_by_loop, 1.5),
    "branch-log-at-zero": lambda: grad(lambda x: tf.math.log(x) if x > 0 else 0.0 * x, 0.0),
    "in-place-square": lambda: grad(squared_in_place, 3.0),
    "unused-input": lambda: grad(lambda x, y: x * x, 3.0, 5.0),
    "constant-output": lambda: grad(lambda x: constant(3.0), 2.0),
    "backward-twice": lambda: swept_twice(lambda x: x * x, 3.0),
    "integer-square": lambda: grad(lambda x: x * x, 3),
    "integer-scaled": lambda: grad(lambda x: 1.5 * x, 3),
    "integer-converted": lambda: grad(lambda x: 1.5 * x, 3.0),
    "conversion-to-integer": lambda: grad(lambda x: tf.cast(tf.cast(x, tf.int64), tf.float64), 2.5),
    "comparison": lambda: grad(lambda x: tf.cast(x > 0, tf.float64), 2.0),
    "stop-gradient": lambda: grad(lambda x: x * tf.stop_gradient(x), 3.0),
    "straight-through": lambda: grad(lambda x: x + tf.stop_gradient(tf.round(x) - x), 1.25),
    "quotient-by-stopped": lambda: grad(lambda x: x / tf.stop_gradient(x), 0.0),
    "second-derivative-of-cube": lambda: hessian(lambda x: x**3, 2.0),
    "second-derivative-of-linear": lambda: hessian(lambda x: 2 * x, 3.0),
    "hessian-mixed": lambda: hessian(lambda x: x[0] * x[1] ** 2, [1.0, 2.0]),
    "third-derivative": lambda: grad(lambda x: slope(lambda x: slope(tf.sin, x), x), 0.0),
    "gradient-penalty": lambda: grad(lambda x: slope(lambda x: x**3, x) ** 2, 1.0),
    "vector-output": lambda: output_grad(lambda x: x * x, [1.0, 2.0]),
    "equal-scalars": lambda: grad(lambda x, y: x * y, 2.0, 2.0),
    "one-variable-twice": lambda: grad(lambda x: tf.multiply(x, x), 3.0),
    "array-of-variables": lambda: grad(lambda x, y: tf.reduce_prod(tf.stack([x, y])), 2.0, 3.0),
    "one-path-stopped": lambda: grad(lambda x: x**2 + tf.stop_gradient(x) ** 2, 3.0),
    "ceil-between": lambda: grad(tf.math.ceil, 2.5),
    "floor-division": lambda: grad(tf.math.floordiv, 7.0, 2.0),
    "nan-first-in-max": lambda: grad(tf.reduce_max, [nan, 1.0]),
    "remainder-of-divmod": lambda: grad(lambda x, y: tnp.divmod(x, y)[1], 7.0, 2.0),
    "nan-in-max-value": lambda: [tf.reduce_max([1.0, nan]), tf.reduce_max([nan, 1.0])],
    "nan-maximum-gradient": lambda: grad(tf.maximum, nan, 1.0),
    "logcumsumexp-infinite-value": lambda: tf.math.cumulative_logsumexp(
        constant([-inf, -inf, 0.0])
    ),
    "selu-large": lambda: grad(tf.nn.selu, 1000.0),
    "det-of-ones": lambda: grad(tf.linalg.det, [[1.0, 1.0], [1.0, 1.0]]),
    "inverse-singular-value": lambda: tf.linalg.inv(constant([[1.0, 2.0], [2.0, 4.0]])),
    "eigh-unsymmetric": lambda: grad(lambda A: tf.linalg.eigvalsh(A)[-1], [[1.0, 2.0], [0.0, 3.0]]),
    "eigenvectors-without-choice": lambda: grad(
        lambda A: constant([[1.0, 2.0], [3.0, 4.0]]) * tf.linalg.eigh(A)[1] ** 2,
        [[1.0, 0.0], [0.0, 1.0]],
    ),
    "svd-null-vector": lambda: grad(
        lambda X: tf.linalg.svd(X, full_matrices=True)[2][0, 2] ** 2,
        [[1.0, 2.0, 0.0], [0.0, 1.0, 1.0]],
    ),
    "gather-out-of-range-value": lambda: tf.reduce_sum(tf.gather(constant([1.0, 20.0]), [0, 5])),
    "minus-zero-after-zero": lambda: [constant(0.0), 1 / constant(-0.0)][1],
    "variance-by-default": lambda: tf.math.reduce_variance(constant([1.0, 2.0, 3.0])),
    "cross-entropy-masked-value": lambda: tf.nn.sparse_softmax_cross_entropy_with_logits(
        [0], constant([[-inf, 0.0]])
    )[0],
    "bce-certain-mistake-value": lambda: tf.keras.losses.binary_crossentropy(
        constant([1.0]), constant([0.0])
    ),
    "loop-of-given-length": lambda: grad(power_in_steps, 1.5),
    "logsigmoid-far-left-value": lambda: tf.math.log_sigmoid(constant(-1000.0)),
    "sign-at-zero-value": lambda: tf.sign(0.0),
    "squared-norm-by-sum": lambda: grad(lambda x: tf.reduce_sum(x * x), [0.0, 0.0]),
    "svd-product-of-three": lambda: grad(
        svd_product_of_three, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    ),
    "eigh-value-beside-gradient": lambda: tf.linalg.eigvalsh(
        tf.Variable([[1.0, 2.0], [0.0, 3.0]], dtype=tf.float64)
    )[-1],
    "cholesky-indefinite-value": lambda: tf.linalg.cholesky(constant([[1.0, 2.0], [2.0, 1.0]])),
    "hinge-loss-at-one": lambda: grad(lambda x: tf.keras.losses.hinge([1.0], [x]), 1.0),
    "quotient-by-stopped-value": lambda: constant(0.0) / tf.stop_gradient(constant(0.0)),
}

NOT_OFFERED = {
    "fraction-of-a-number": "The library has no fractional part.",
    "matrix-power-zero": "The library has no power of a matrix.",
    "logit-at-zero": "The library has no logit.",
    "entropy-at-zero": "The library has no entropy of an entry.",
    "log-ndtr-far-left": "The library has no logarithm of the normal distribution function.",
    "median-of-even-count": "The library has no median.",
    "median-tie": "The library has no median.",
    "cummax-tie": "The library has no cumulative maximum.",
    "interpolation-at-knot": "The library has no interpolation in a table.",
    "quantile-at-entry": "The library has no quantile.",
    "var-of-one": "The library has no unbiased variance.",
    "in-place-after-use": "Its tensors cannot be changed in place.",
    "gradients-accumulate": "Its tape returns a gradient; there is nowhere for gradients to add up.",
    "clip-from-below": "Its clip_by_value has two bounds.",
    "det-singular-with-graph": "A tape inside of another is asked by the second derivatives.",
    "median-of-even-tie": "The library has no median.",
}
