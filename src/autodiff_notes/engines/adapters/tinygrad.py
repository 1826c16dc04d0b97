"""tinygrad, as its users write it: tensors, their methods, and the gradient of a tensor."""

from tinygrad import Tensor, dtypes

TITLE = "tinygrad"
DISTRIBUTION = "tinygrad"
REQUIRES = ("tinygrad==0.14.0",)
HOMEPAGE = "https://docs.tinygrad.org/"
PROGRAMS = {"clang": "clang"}  # it compiles each kernel
LIMIT = 120.0

inf, nan = float("inf"), float("nan")


def tensor(x):
    """Return x in double precision, unless it is an integer or complex."""
    return Tensor(x, dtype=dtypes.int32 if isinstance(x, int) else dtypes.float64)


def grad(f, *point):
    """Return the gradients of the sum of f.

    A number is given as a tensor of one entry: one without axes is a constant of the graph, and
    counts as the same node as each equal constant inside of a function.
    """
    xs = [tensor([x]) if isinstance(x, float) else tensor(x) for x in point]
    found = f(*xs).sum().gradient(*xs)
    return found[0] if len(xs) == 1 else found


def tensor_product(x, y):
    """Return the gradients of x y, of two tensors without axes."""
    x, y = tensor(x), tensor(y)
    return (x * y).gradient(x, y)


def hessian(f, point):
    """Return the second derivatives of f: the gradient of each entry of its gradient."""
    x = tensor([point] if isinstance(point, float) else point)
    (gradient,) = f(x).sum().gradient(x)
    return [gradient[i].gradient(x)[0] for i in range(x.shape[0])]


def slope(f, x):
    """Return the gradient of f, of which one more can be taken."""
    return f(x).sum().gradient(x)[0]


def output_grad(f, point):
    """Return the gradient of an output that is no number, as it is given."""
    x = tensor(point)
    return f(x).gradient(x)[0]


def svd_product(X):
    """Return the weighted entries of U S V^T."""
    u, s, vt = X.svd()
    return tensor([[1.0, 2.0], [3.0, 4.0]]) * (u @ s.diag() @ vt)


def assigned(q, where, y):
    """Return q with y written at some of its entries."""
    q[where] = y
    return q


def squared_in_place(x):
    """Return x, squared in place."""
    x[0] = x[0] * x[0]
    return x


def exponential_squared(x):
    """Return the exponential of x, squared in place."""
    y = x.exp()
    y *= y
    return y


def swept_twice(f, point, again):
    """Sweep twice, with the function evaluated again or not, and return what .grad holds."""
    x = tensor([point]).is_param_()
    y = f(x).sum()
    y.backward()
    (f(x).sum() if again else y).backward()
    return x.grad


def until_ten(x):
    """Return x to the power that first is ten or more."""
    y = x
    while (y < 10).item():
        y = y * x
    return y


def power_by_loop(x):
    """Return the fourth power of x, by a loop."""
    y = 1.0
    for _ in range(4):
        y = y * x
    return y


def power_in_steps(x, n=4):
    """Return x to the power of n, by a loop of n steps."""
    y = 1.0
    for _ in range(n):
        y = y * x
    return y


def svd_product_of_three(X):
    """Return the weighted entries of U S V^T, of three rows."""
    u, s, vt = X.svd()
    return tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]) * (u @ s.diag() @ vt)


def stopped_quotient(x):
    """Return x by a stopped x."""
    x = tensor([x])
    return x / x.detach()


ANSWERS = {
    "abs-at-zero": lambda: grad(Tensor.abs, 0.0),
    "abs-at-minus-zero": lambda: grad(Tensor.abs, -0.0),
    "sqrt-of-square": lambda: grad(lambda x: (x * x).sqrt(), 0.0),
    "abs-times-x": lambda: grad(lambda x: x * x.abs(), 0.0),
    "relu-at-zero": lambda: grad(Tensor.relu, 0.0),
    "maximum-with-zero": lambda: grad(lambda x: x.maximum(0.0), 0.0),
    "where-positive": lambda: grad(lambda x: (x > 0).where(x, 0.0), 0.0),
    "relu-difference": lambda: grad(lambda x: x.relu() - (-x).relu(), 0.0),
    "relu-difference-by-abs": lambda: grad(lambda x: (x + x.abs()) / 2 - (x.abs() - x) / 2, 0.0),
    "maximum-tie": lambda: grad(Tensor.maximum, 2.0, 2.0),
    "minimum-tie": lambda: grad(Tensor.minimum, 2.0, 2.0),
    "maximum-of-itself": lambda: grad(lambda x: x.maximum(x), 2.0),
    "max-of-vector-tie": lambda: grad(Tensor.max, [1.0, 3.0, 3.0]),
    "max-of-three-tie": lambda: grad(Tensor.max, [3.0, 3.0, 3.0]),
    "max-along-axis-tie": lambda: grad(lambda X: X.max(axis=1), [[1.0, 3.0, 3.0]]),
    "clip-at-lower-bound": lambda: grad(lambda x: x.clip(0.0, 1.0), 0.0),
    "clip-at-upper-bound": lambda: grad(lambda x: x.clip(0.0, 1.0), 1.0),
    "leaky-relu-at-zero": lambda: grad(lambda x: x.leaky_relu(0.2), 0.0),
    "relu6-at-six": lambda: grad(Tensor.relu6, 6.0),
    "hardtanh-at-one": lambda: grad(Tensor.hardtanh, 1.0),
    "hardswish-at-three": lambda: grad(Tensor.hardswish, 3.0),
    "elu-at-zero": lambda: grad(Tensor.elu, 0.0),
    "celu-at-zero": lambda: grad(Tensor.celu, 0.0),
    "selu-at-zero": lambda: grad(Tensor.selu, 0.0),
    "hinge-at-one": lambda: grad(lambda x: (1 - x).maximum(0.0), 1.0),
    "sign-at-zero": lambda: grad(Tensor.sign, 0.0),
    "floor-between": lambda: grad(Tensor.floor, 2.5),
    "round-between": lambda: grad(Tensor.round, 1.25),
    "mod-by-both": lambda: grad(Tensor.mod, 7.0, 2.0),
    "mod-written-out": lambda: grad(lambda x, y: x - y * (x / y).floor(), 7.0, 2.0),
    "relu-second-derivative": lambda: hessian(Tensor.relu, 0.0),
    "abs-second-derivative": lambda: hessian(Tensor.abs, 0.0),
    "sqrt-at-zero": lambda: grad(Tensor.sqrt, 0.0),
    "power-half-at-zero": lambda: grad(lambda x: x**0.5, 0.0),
    "x-times-sqrt": lambda: grad(lambda x: x * x.sqrt(), 0.0),
    "power-three-halves": lambda: grad(lambda x: x**1.5, 0.0),
    "reciprocal-sqrt-at-zero": lambda: grad(Tensor.rsqrt, 0.0),
    "reciprocal-at-zero": lambda: grad(lambda x: 1 / x, 0.0),
    "log-at-zero": lambda: grad(Tensor.log, 0.0),
    "power-zero-at-zero": lambda: grad(lambda x: x**0.0, 0.0),
    "power-one-at-zero": lambda: grad(lambda x: x**1.0, 0.0),
    "power-two-at-zero": lambda: grad(lambda x: x**2.0, 0.0),
    "power-both-at-zero": lambda: grad(lambda x, y: x**y, 0.0, 0.0),
    "power-base-zero": lambda: grad(lambda x, y: x**y, 0.0, 2.0),
    "power-negative-base": lambda: grad(lambda x, y: x**y, -2.0, 2.0),
    "cube-of-negative": lambda: grad(lambda x: x**3, -2.0),
    "norm-written-out": lambda: grad(lambda x: (x * x).sum().sqrt(), [0.0, 0.0]),
    "norm-smoothed": lambda: grad(lambda x: ((x * x).sum() + 1e-12).sqrt(), [0.0, 0.0]),
    "nuclear-norm-at-zero": lambda: grad(lambda X: X.svd()[1].sum(), [[0.0, 0.0], [0.0, 0.0]]),
    "std-of-constant": lambda: grad(lambda x: x.std(correction=0), [2.0, 2.0]),
    "std-smoothed": lambda: grad(lambda x: (x.var(correction=0) + 1e-12).sqrt(), [2.0, 2.0]),
    "var-of-constant": lambda: grad(lambda x: x.var(correction=0), [2.0, 2.0]),
    "normalize-at-zero": lambda: grad(lambda x: x.normalize(dim=0)[0], [0.0, 0.0]),
    "rsqrt-variance-normalisation": lambda: grad(lambda x: x.layernorm()[0], [2.0, 2.0]),
    "where-log-at-zero": lambda: grad(lambda x: (x > 0).where(x.log(), 0.0), 0.0),
    "where-log-safe": lambda: grad(lambda x: (x > 0).where((x > 0).where(x, 1.0).log(), 0.0), 0.0),
    "where-sqrt-negative": lambda: grad(lambda x: (x > 0).where(x.sqrt(), 0.0), -1.0),
    "where-sinc-at-zero": lambda: grad(lambda x: (x == 0).where(1.0, x.sin() / x), 0.0),
    "mask-by-product": lambda: grad(lambda x: 0.0 * x.log(), 0.0),
    "boolean-mask": lambda: grad(lambda x: x.masked_select(x > 0), [1.0, -2.0, 3.0]),
    "where-isnan": lambda: grad(lambda x: x.isnan().where(0.0, x), [1.0, nan, 2.0]),
    "nan-in-max": lambda: grad(Tensor.max, [1.0, nan]),
    "nan-maximum-value": lambda: [tensor(nan).maximum(1.0), tensor(1.0).maximum(nan)],
    "clip-of-nan": lambda: grad(lambda x: x.clip(0.0, 1.0), nan),
    "softplus-naive-large": lambda: grad(lambda x: (1 + x.exp()).log(), 1000.0),
    "softplus-large": lambda: grad(Tensor.softplus, 1000.0),
    "softplus-safe": lambda: grad(lambda x: x.maximum(0.0) + (1 + (-x.abs()).exp()).log(), 1000.0),
    "sigmoid-naive-large": lambda: grad(lambda x: 1 / (1 + (-x).exp()), -1000.0),
    "sigmoid-large": lambda: grad(Tensor.sigmoid, -1000.0),
    "elu-large": lambda: grad(Tensor.elu, 1000.0),
    "logsumexp-naive-large": lambda: grad(lambda x: x.exp().sum().log(), [1000.0, 1000.0]),
    "logsumexp-large": lambda: grad(Tensor.logsumexp, [1000.0, 1000.0]),
    "logsumexp-one-infinite": lambda: grad(Tensor.logsumexp, [-inf, 0.0]),
    "logsumexp-all-infinite": lambda: grad(Tensor.logsumexp, [-inf, -inf]),
    "logsumexp-all-infinite-value": lambda: tensor([-inf, -inf]).logsumexp(),
    "logaddexp-one-infinite": lambda: grad(Tensor.logaddexp, -inf, 0.0),
    "logcumsumexp-infinite": lambda: grad(lambda x: x.logcumsumexp()[2], [-inf, -inf, 0.0]),
    "log-softmax-large-value": lambda: tensor([10000.0, 0.0]).log_softmax(),
    "log-of-softmax": lambda: grad(lambda x: x.softmax().log()[0], [0.0, 1000.0]),
    "log-softmax-gradient": lambda: grad(lambda x: x.log_softmax()[0], [0.0, 1000.0]),
    "softmax-one-masked": lambda: grad(lambda x: x.softmax()[1], [-inf, 0.0, 0.0]),
    "softmax-all-masked": lambda: grad(lambda x: x.softmax()[0], [-inf, -inf]),
    "prod-one-zero": lambda: grad(Tensor.prod, [0.0, 2.0, 3.0]),
    "prod-two-zeros": lambda: grad(Tensor.prod, [0.0, 0.0, 3.0]),
    "prod-written-out": lambda: grad(lambda x: x[0] * x[1] * x[2], [0.0, 2.0, 3.0]),
    "prod-negative": lambda: grad(Tensor.prod, [-1.0, 2.0, 3.0]),
    "prod-along-axis": lambda: grad(lambda X: X.prod(axis=1), [[0.0, 2.0], [3.0, 4.0]]),
    "prod-hessian": lambda: hessian(Tensor.prod, [0.0, 2.0, 3.0]),
    "prod-by-logarithms": lambda: grad(lambda x: x.log().sum().exp(), [0.0, 2.0, 3.0]),
    "cumprod-one-zero": lambda: grad(lambda x: x.cumprod(0), [0.0, 2.0, 3.0]),
    "cumprod-two-zeros": lambda: grad(lambda x: x.cumprod(0), [0.0, 0.0, 3.0]),
    "cumprod-written-out": lambda: grad(
        lambda x: x[0] + x[0] * x[1] + x[0] * x[1] * x[2], [0.0, 2.0, 3.0]
    ),
    "square-by-itself": lambda: grad(lambda x: x * x / x, 0.0),
    "sine-by-itself": lambda: grad(lambda x: x.sin() / x, 0.0),
    "zero-times-infinity": lambda: grad(lambda x, y: x * y, 0.0, inf),
    "det-written-out": lambda: grad(
        lambda X: X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0], [[1.0, 2.0], [2.0, 4.0]]
    ),
    "svd-product-at-identity": lambda: grad(svd_product, [[1.0, 0.0], [0.0, 1.0]]),
    "singular-value-sum-at-identity": lambda: grad(lambda X: X.svd()[1], [[1.0, 0.0], [0.0, 1.0]]),
    "singular-value-sum-of-rank-one": lambda: grad(lambda X: X.svd()[1], [[1.0, 0.0], [0.0, 0.0]]),
    "singular-values-of-zero": lambda: grad(lambda X: X.svd()[1], [[0.0, 0.0], [0.0, 0.0]]),
    "squared-singular-values": lambda: grad(lambda X: X.svd()[1] ** 2, [[1.0, 0.0], [0.0, 1.0]]),
    "squared-entries": lambda: grad(Tensor.square, [[1.0, 0.0], [0.0, 1.0]]),
    "qr-square": lambda: grad(lambda X: X.qr()[1] ** 2, [[1.0, 2.0], [3.0, 4.0]]),
    "qr-wide": lambda: grad(lambda X: X.qr()[1] ** 2, [[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]),
    "qr-singular": lambda: grad(lambda X: X.qr()[1] ** 2, [[1.0, 0.0], [2.0, 0.0]]),
    "complex-square-by-parts": lambda: grad(lambda x, y: x * x - y * y, 1.0, 2.0),
    "complex-output": lambda: output_grad(lambda z: z * z, 1 + 2j),
    "asin-at-zero": lambda: grad(Tensor.asin, 0.0),
    "acos-at-zero": lambda: grad(Tensor.acos, 0.0),
    "atan-at-zero": lambda: grad(Tensor.atan, 0.0),
    "erf-at-zero": lambda: grad(Tensor.erf, 0.0),
    "tanh-at-zero": lambda: grad(Tensor.tanh, 0.0),
    "asin-at-one": lambda: grad(Tensor.asin, 1.0),
    "acos-at-one": lambda: grad(Tensor.acos, 1.0),
    "acosh-at-one": lambda: grad(Tensor.acosh, 1.0),
    "atanh-at-one": lambda: grad(Tensor.atanh, 1.0),
    "xlogy-safe": lambda: grad(lambda x, y: x * (y > 0).where(y, 1.0).log(), 0.0, 2.0),
    "logsigmoid-far-left": lambda: grad(Tensor.logsigmoid, -1000.0),
    "gelu-default": lambda: grad(Tensor.gelu, 1.0),
    "sort-tie": lambda: grad(lambda x: x.sort()[0] * tensor([1.0, 2.0, 3.0]), [2.0, 2.0, 1.0]),
    "top-one-tie": lambda: grad(lambda x: x.topk(1)[0], [3.0, 3.0]),
    "cummax-tie": lambda: grad(lambda x: x.cummax()[0], [1.0, 1.0]),
    "max-pool-tie": lambda: grad(
        lambda x: x.reshape(1, 1, 1, 4).max_pool2d((1, 4)), [1.0, 3.0, 3.0, 2.0]
    ),
    "gather-duplicates": lambda: grad(
        lambda x: x[Tensor([0, 0, 1])] * tensor([1.0, 2.0, 4.0]), [5.0, 7.0]
    ),
    "gather-negative-index": lambda: grad(lambda x: x[-1], [1.0, 2.0, 3.0]),
    "gather-out-of-range": lambda: grad(lambda x: x[Tensor([0, 5])], [1.0, 20.0]),
    "gather-float16": lambda: grad(lambda x: x.half()[Tensor.zeros(4096, dtype=dtypes.int32)], 1.0),
    "scatter-overwritten": lambda: grad(
        lambda y: assigned(Tensor.zeros(1, dtype=dtypes.float64).contiguous(), Tensor([0, 0]), y),
        [1.0, 2.0],
    ),
    "scatter-by-mask": lambda: grad(lambda y: Tensor([True]).where(y[1:], y[:1]), [1.0, 2.0]),
    "scatter-add-duplicates": lambda: grad(
        lambda y: Tensor.zeros(1, dtype=dtypes.float64).scatter_reduce(0, Tensor([0, 0]), y, "sum"),
        [1.0, 2.0],
    ),
    "scatter-distinct": lambda: grad(
        lambda y: (
            assigned(Tensor.zeros(2, dtype=dtypes.float64).contiguous(), Tensor([1, 0]), y)
            * tensor([10.0, 1.0])
        ),
        [1.0, 2.0],
    ),
    "assigned-input": lambda: grad(lambda x: assigned(x, 0, 0.0), [1.0, 2.0]),
    "mean-of-nothing": lambda: grad(lambda x: x.masked_select(x > 9).mean(), [1.0, 2.0]),
    "var-of-one": lambda: grad(Tensor.var, [2.0]),
    "cumsum-weighted": lambda: grad(Tensor.cumsum, [1.0, 2.0, 3.0]),
    "broadcast-sum": lambda: grad(lambda x: x + tensor([1.0, 2.0, 3.0]), 2.0),
    "argmax-slope": lambda: grad(Tensor.argmax, [1.0, 2.0]),
    "float-cancellation": lambda: (Tensor([0.5]) + 1e8) - 1e8,
    "minus-zero": lambda: 1 / tensor([-0.0]),
    "bce-certain-mistake": lambda: grad(lambda p: p.binary_crossentropy(tensor([1.0])), [0.0]),
    "bce-certain-and-right": lambda: grad(lambda p: p.binary_crossentropy(tensor([1.0])), [1.0]),
    "bce-written-out": lambda: grad(lambda p: -(1.0 * p.log() + 0.0 * (1 - p).log()), 1.0),
    "bce-of-logit": lambda: grad(lambda x: x.binary_crossentropy_logits(tensor([1.0])), [-1000.0]),
    "bce-of-logit-written-out": lambda: grad(
        lambda x: (-x).maximum(0.0) + (1 + (-x.abs()).exp()).log(), -1000.0
    ),
    "cross-entropy-masked-target": lambda: grad(
        lambda x: x.cross_entropy(Tensor([0])), [[-inf, 0.0]]
    ),
    "cross-entropy-masked-other": lambda: grad(
        lambda x: x.cross_entropy(Tensor([1])), [[-inf, 0.0]]
    ),
    "cross-entropy-equal": lambda: grad(lambda x: x.cross_entropy(Tensor([0])), [[0.0, 0.0]]),
    "entropy-of-certain": lambda: grad(lambda p: -(p * p.log()).sum(), [1.0, 0.0]),
    "log-cosh-large": lambda: grad(lambda x: x.cosh().log(), 1000.0),
    "cross-entropy-reduction": lambda: grad(
        lambda X: X.cross_entropy(Tensor([0, 0])), [[0.0, 0.0], [0.0, 0.0]]
    ),
    "while-loop": lambda: grad(until_ten, 2.0),
    "counted-loop": lambda: grad(power_by_loop, 1.5),
    "branch-log-at-zero": lambda: grad(lambda x: x.log() if (x > 0).item() else 0.0 * x, 0.0),
    "in-place-square": lambda: grad(squared_in_place, [3.0]),
    "in-place-after-use": lambda: grad(exponential_squared, 0.0),
    "unused-input": lambda: grad(lambda x, y: x * x, 3.0, 5.0),
    "constant-output": lambda: grad(lambda x: tensor(3.0), 2.0),
    "backward-twice": lambda: swept_twice(lambda x: x * x, 3.0, again=False),
    "gradients-accumulate": lambda: swept_twice(lambda x: x * x, 3.0, again=True),
    "integer-square": lambda: grad(lambda x: x * x, 3),
    "integer-scaled": lambda: grad(lambda x: 1.5 * x, 3),
    "integer-converted": lambda: grad(lambda x: 1.5 * x, 3.0),
    "conversion-to-integer": lambda: grad(lambda x: x.cast(dtypes.int32).cast(dtypes.float64), 2.5),
    "comparison": lambda: grad(lambda x: (x > 0).cast(dtypes.float64), 2.0),
    "stop-gradient": lambda: grad(lambda x: x * x.detach(), 3.0),
    "straight-through": lambda: grad(lambda x: x + (x.round() - x).detach(), 1.25),
    "quotient-by-stopped": lambda: grad(lambda x: x / x.detach(), 0.0),
    "second-derivative-of-cube": lambda: hessian(lambda x: x**3, 2.0),
    "second-derivative-of-linear": lambda: hessian(lambda x: 2 * x, 3.0),
    "hessian-mixed": lambda: hessian(lambda x: x[0] * x[1] ** 2, [1.0, 2.0]),
    "third-derivative": lambda: grad(lambda x: slope(lambda x: slope(Tensor.sin, x), x), 0.0),
    "gradient-penalty": lambda: grad(lambda x: slope(lambda x: x**3, x) ** 2, 1.0),
    "vector-output": lambda: output_grad(lambda x: x * x, [1.0, 2.0]),
    "equal-scalars": lambda: tensor_product(2.0, 2.0),
    "one-variable-twice": lambda: grad(lambda x: x.mul(x), 3.0),
    "array-of-variables": lambda: grad(lambda x, y: x.stack(y).prod(), 2.0, 3.0),
    "one-path-stopped": lambda: grad(lambda x: x**2 + x.detach() ** 2, 3.0),
    "clip-from-below": lambda: grad(lambda x: x.clip(0.0), 0.0),
    "ceil-between": lambda: grad(Tensor.ceil, 2.5),
    "floor-division": lambda: grad(lambda x, y: x // y, 7.0, 2.0),
    "nan-first-in-max": lambda: grad(Tensor.max, [nan, 1.0]),
    "nan-in-max-value": lambda: [tensor([1.0, nan]).max(), tensor([nan, 1.0]).max()],
    "nan-maximum-gradient": lambda: grad(Tensor.maximum, nan, 1.0),
    "logcumsumexp-infinite-value": lambda: tensor([-inf, -inf, 0.0]).logcumsumexp(),
    "selu-large": lambda: grad(Tensor.selu, 1000.0),
    "gather-out-of-range-value": lambda: tensor([1.0, 20.0])[Tensor([0, 5])].sum(),
    "minus-zero-after-zero": lambda: [tensor([0.0]), 1 / tensor([-0.0])][1],
    "variance-by-default": lambda: tensor([1.0, 2.0, 3.0]).var(),
    "svd-null-vector": lambda: grad(
        lambda X: X.svd()[2][2, 0] ** 2, [[1.0, 2.0, 0.0], [0.0, 1.0, 1.0]]
    ),
    "cross-entropy-masked-value": lambda: tensor([-inf, 0.0]).cross_entropy(Tensor(0)),
    "bce-certain-mistake-value": lambda: tensor([0.0]).binary_crossentropy(tensor([1.0])),
    "loop-of-given-length": lambda: grad(power_in_steps, 1.5),
    "logsigmoid-far-left-value": lambda: tensor([-1000.0]).logsigmoid(),
    "sign-at-zero-value": lambda: tensor([0.0]).sign(),
    "squared-norm-by-sum": lambda: grad(lambda x: (x * x).sum(), [0.0, 0.0]),
    "svd-product-of-three": lambda: grad(
        svd_product_of_three, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    ),
    "quotient-by-stopped-value": lambda: stopped_quotient(0.0),
}

NOT_OFFERED = {
    "softshrink-at-bound": "The library has no softshrink.",
    "one-norm-with-zero": "The library has no 1-norm.",
    "inf-norm-tie": "The library has no largest-entry norm.",
    "fraction-of-a-number": "The library has no fractional part.",
    "cube-root-at-zero": "The library has no cube root.",
    "norm-at-zero": "The library has no Euclidean norm.",
    "distance-of-equal-points": "The library has no Euclidean norm.",
    "hypot-at-zero": "The library has no hypot.",
    "cosine-similarity-at-zero": "The library has no cosine similarity.",
    "nansum": "The library has no nansum.",
    "det-singular": "The library has no determinant.",
    "det-zero-column": "The library has no determinant.",
    "det-corner": "The library has no determinant.",
    "det-of-three": "The library has no determinant.",
    "det-zero-matrix": "The library has no determinant.",
    "det-regular": "The library has no determinant.",
    "det-hessian-singular": "The library has no determinant.",
    "det-hessian-of-ones": "The library has no determinant.",
    "log-abs-det-negative": "The library has no logarithm of a determinant.",
    "logdet-negative": "The library has no logdet.",
    "log-abs-det-singular": "The library has no logarithm of a determinant.",
    "inverse-singular": "The library has no inverse of a matrix.",
    "solve-singular": "The library has no solve.",
    "inverse-regular": "The library has no inverse of a matrix.",
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
    "eigenvalue-sum-by-trace": "The library has no trace.",
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
    "complex-phase-of-real": "The library has no complex numbers.",
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
    "sinc-second-derivative": "The library has no sinc.",
    "gammainc-at-zero": "The library has no incomplete gamma function.",
    "atan2-at-origin": "The library has no atan2.",
    "atan2-at-the-cut": "The library has no atan2.",
    "log-ndtr-far-left": "The library has no logarithm of the normal distribution function.",
    "median-of-even-count": "The library has no median.",
    "median-tie": "The library has no median.",
    "interpolation-at-knot": "The library has no interpolation in a table.",
    "quantile-at-entry": "The library has no quantile.",
    "kl-zero-target": "The library has no KL divergence.",
    "kl-by-target-zero": "The library has no KL divergence.",
    "l1-loss-at-zero": "The library has no L1 loss.",
    "huber-at-delta": "The library has no Huber loss.",
    "rmse-at-zero": "The library has no mean squared error.",
    "mse-at-zero": "The library has no mean squared error.",
    "poisson-zero-rate": "The library has no Poisson loss.",
    "remainder-of-divmod": "The library has no divmod.",
    "det-of-ones": "The library has no determinant.",
    "det-singular-with-graph": "A gradient to be differentiated again is asked for in no other way here.",
    "inverse-singular-value": "The library has no inverse of a matrix.",
    "eigh-unsymmetric": "The library has no eigenvalues of a symmetric matrix.",
    "eigenvectors-without-choice": "The library has no eigenvectors of a symmetric matrix.",
    "median-of-even-tie": "The library has no median.",
    "squared-norm-at-zero": "The library has no norm.",
}
