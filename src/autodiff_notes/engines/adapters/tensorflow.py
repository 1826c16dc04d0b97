"""TensorFlow, as its users write it: variables, a tape, and the tape's gradient."""

import tensorflow as tf
import tensorflow.experimental.numpy as tnp

TITLE = "TensorFlow"
DISTRIBUTION = "tensorflow-cpu"
REQUIRES = ("tensorflow-cpu==2.21.0", "numpy==2.4.6")
HOMEPAGE = "https://www.tensorflow.org/api_docs/python/tf"
LIMIT = 120.0

inf, nan = float("inf"), float("nan")


def grad(f, *point):
    """Return the gradients of f; the tape takes the sum of its entries."""
    xs = [tf.Variable(x, dtype=tf.float64) for x in point]
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


def constant(x):
    return tf.constant(x, tf.float64)


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
    "squared-norm-at-zero": lambda: grad(lambda x: tf.reduce_sum(x * x), [0.0, 0.0]),
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
}

NOT_OFFERED = {
    "fraction-of-a-number": "The library has no fractional part.",
}
