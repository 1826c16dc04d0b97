"""TensorFlow, as its users write it: variables, a tape, and the tape's gradient."""

import tensorflow as tf
import tensorflow.experimental.numpy as tnp

TITLE = "TensorFlow"
DISTRIBUTION = "tensorflow-cpu"
REQUIRES = ("tensorflow-cpu==2.21.0", "keras==3.15.1", "numpy==2.4.6")
HOMEPAGE = "https://www.tensorflow.org/api_docs/python/tf"
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
    """Return what the tape takes for the gradient of an output that is no real number."""
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
}
