"""SymPy, as its users write it: an expression of symbols, differentiated, at a point."""

from sympy import (
    Abs,
    Derivative,
    DiracDelta,
    I,
    Matrix,
    Max,
    Min,
    Mod,
    Piecewise,
    S,
    Symbol,
    acos,
    acosh,
    asin,
    atan,
    atan2,
    atanh,
    besseli,
    besselj,
    ceiling,
    conjugate,
    cosh,
    diff,
    digamma,
    erf,
    erfc,
    erfinv,
    exp,
    floor,
    frac,
    im,
    log,
    loggamma,
    lowergamma,
    nan,
    oo,
    pi,
    polygamma,
    prod,
    re,
    sign,
    sin,
    sinc,
    sqrt,
    tanh,
    zeta,
    zoo,
)

TITLE = "SymPy"
DISTRIBUTION = "sympy"
REQUIRES = ("sympy==1.14.0",)
HOMEPAGE = "https://docs.sympy.org/latest/"

INF = float("inf")
SINGULAR = [[1, 2], [2, 4]]
IDENTITY = [[1, 0], [0, 1]]
ZEROS = [[0, 0], [0, 0]]
REGULAR = [[1, 2], [3, 4]]
CORNER = [[1, 0], [0, 0]]


def named(value, name):
    """Return real symbols in the shape of a value: a symbol, a list or a matrix."""
    if not isinstance(value, list):
        return Symbol(name, real=True)
    rows = [named(entry, f"{name}_{i}") for i, entry in enumerate(value)]
    return Matrix(rows) if isinstance(value[0], list) else rows


def entries(value):
    """Return the entries of a number, a list or a matrix."""
    if isinstance(value, list):
        return [entry for row in value for entry in entries(row)]
    return list(value) if hasattr(value, "shape") else [value]


class UnevaluatedError(Exception):
    """An answer that SymPy leaves as an expression."""


def number(expression, at):
    """Return the value at a point; complex infinity has no sign."""
    if S(expression).has(Derivative):
        raise UnevaluatedError(expression)
    found = S(expression).subs(at).doit().evalf()
    if found in {nan, zoo}:
        return float("nan") if found is nan else complex(INF, float("nan"))
    if not found.is_number or found.has(DiracDelta):
        raise UnevaluatedError(found)
    return complex(found) if found.is_real is False and found.is_finite else float(found)


def place(symbols, value):
    """Return pairs of a symbol and its number, an integer where it is one."""
    numbers = [oo if x == INF else -oo if x == -INF else x for x in entries(value)]
    exact = [int(x) if isinstance(x, float) and x.is_integer() else x for x in numbers]
    return list(zip(entries(symbols), exact, strict=True))


def shaped(flat, value):
    """Return a flat list in the shape of a value."""
    if not isinstance(value, list):
        return flat.pop(0)
    return [shaped(flat, entry) for entry in value]


def grad(f, *point):
    """Return the derivatives of f by each entry, at a point."""
    xs = [named(value, f"x{i}") for i, value in enumerate(point)]
    at = [pair for x, value in zip(xs, point, strict=True) for pair in place(x, value)]
    y = sum(entries(f(*xs)))
    found = [
        shaped([number(diff(y, entry), at) for entry in entries(x)], value)
        for x, value in zip(xs, point, strict=True)
    ]
    return found[0] if len(found) == 1 else found


def hessian(f, value):
    """Return all second derivatives of f, at a point."""
    x = named(value, "x")
    at = place(x, value)
    rows = [[number(diff(f(x), a, b), at) for b in entries(x)] for a in entries(x)]
    return rows if len(rows) > 1 else rows[0][0]


def jacobian(f, value):
    """Return the Jacobian of f, at a point."""
    x = named(value, "x")
    return f(x).jacobian(x).subs(place(x, value)).evalf().tolist()


def slope_at(f, z):
    """Return the derivative of f by a complex symbol, at a number."""
    symbol = Symbol("z")
    return number(diff(f(symbol), symbol), {symbol: z})


def slope(f, x):
    """Return the slope of f as an expression."""
    return diff(f(x), x)


def power_by_loop(x):
    """Return x to the power of four by a loop."""
    y = 1
    for _ in range(4):
        y = y * x
    return y


def squares(X):
    """Return the sum of squared entries."""
    return sum(entry**2 for entry in X)


def eigenvalue_sum(A):
    """Return the sum of eigenvalues, each as often as it occurs."""
    return sum(value * count for value, count in A.eigenvals().items())


def power_in_steps(x, n=4):
    """Return x to the power of n, by a loop of n steps."""
    y = 1.0
    for _ in range(n):
        y = y * x
    return y


ANSWERS = {
    # kinks
    "abs-at-zero": lambda: grad(Abs, 0.0),
    "sqrt-of-square": lambda: grad(lambda x: sqrt(x * x), 0.0),
    "abs-times-x": lambda: grad(lambda x: x * Abs(x), 0.0),
    "maximum-with-zero": lambda: grad(lambda x: Max(x, 0), 0.0),
    "where-positive": lambda: grad(lambda x: Piecewise((x, x > 0), (0, True)), 0.0),
    "relu-difference": lambda: grad(lambda x: Max(x, 0) - Max(-x, 0), 0.0),
    "relu-difference-by-abs": lambda: grad(lambda x: (x + Abs(x)) / 2 - (Abs(x) - x) / 2, 0.0),
    "maximum-tie": lambda: grad(Max, 2.0, 2.0),
    "minimum-tie": lambda: grad(Min, 2.0, 2.0),
    "maximum-of-itself": lambda: grad(lambda x: Max(x, x), 2.0),
    "max-of-vector-tie": lambda: grad(lambda x: Max(*x), [1.0, 3.0, 3.0]),
    "max-of-three-tie": lambda: grad(lambda x: Max(*x), [3.0, 3.0, 3.0]),
    "max-along-axis-tie": lambda: grad(lambda X: Max(*X.row(0)), [[1.0, 3.0, 3.0]]),
    "clip-at-lower-bound": lambda: grad(lambda x: Min(Max(x, 0), 1), 0.0),
    "clip-at-upper-bound": lambda: grad(lambda x: Min(Max(x, 0), 1), 1.0),
    "hinge-at-one": lambda: grad(lambda x: Max(0, 1 - x), 1.0),
    "one-norm-with-zero": lambda: grad(lambda x: Matrix(x).norm(1), [0.0, 1.0]),
    "inf-norm-tie": lambda: grad(lambda x: Matrix(x).norm(oo), [2.0, 2.0]),
    "sign-at-zero": lambda: grad(sign, 0.0),
    "floor-between": lambda: grad(floor, 2.5),
    "mod-by-both": lambda: grad(Mod, 7.0, 2.0),
    "mod-written-out": lambda: grad(lambda x, y: x - y * floor(x / y), 7.0, 2.0),
    "fraction-of-a-number": lambda: grad(frac, 2.5),
    "abs-second-derivative": lambda: hessian(Abs, 0.0),
    # roots
    "sqrt-at-zero": lambda: grad(sqrt, 0.0),
    "power-half-at-zero": lambda: grad(lambda x: x**S.Half, 0.0),
    "cube-root-at-zero": lambda: grad(lambda x: x ** (S.One / 3), 0.0),
    "x-times-sqrt": lambda: grad(lambda x: x * sqrt(x), 0.0),
    "power-three-halves": lambda: grad(lambda x: x ** (S(3) / 2), 0.0),
    "reciprocal-sqrt-at-zero": lambda: grad(lambda x: 1 / sqrt(x), 0.0),
    "reciprocal-at-zero": lambda: grad(lambda x: 1 / x, 0.0),
    "log-at-zero": lambda: grad(log, 0.0),
    "power-zero-at-zero": lambda: grad(lambda x: x**0.0, 0.0),
    "power-one-at-zero": lambda: grad(lambda x: x**1.0, 0.0),
    "power-two-at-zero": lambda: grad(lambda x: x**2.0, 0.0),
    "power-both-at-zero": lambda: grad(lambda x, y: x**y, 0.0, 0.0),
    "power-base-zero": lambda: grad(lambda x, y: x**y, 0.0, 2.0),
    "power-negative-base": lambda: grad(lambda x, y: x**y, -2.0, 2.0),
    "cube-of-negative": lambda: grad(lambda x: x**3, -2.0),
    "norm-at-zero": lambda: grad(lambda x: Matrix(x).norm(), [0.0, 0.0]),
    "norm-written-out": lambda: grad(lambda x: sqrt(x[0] ** 2 + x[1] ** 2), [0.0, 0.0]),
    "norm-smoothed": lambda: grad(lambda x: sqrt(x[0] ** 2 + x[1] ** 2 + 1e-12), [0.0, 0.0]),
    "squared-norm-at-zero": lambda: grad(lambda x: Matrix(x).norm() ** 2, [0.0, 0.0]),
    "distance-of-equal-points": lambda: grad(
        lambda x: (Matrix(x) - Matrix([1, 2])).norm(), [1.0, 2.0]
    ),
    "std-of-constant": lambda: grad(lambda x: sqrt(((x[0] - x[1]) / 2) ** 2), [2.0, 2.0]),
    "var-of-constant": lambda: grad(lambda x: ((x[0] - x[1]) / 2) ** 2, [2.0, 2.0]),
    "hypot-at-zero": lambda: grad(lambda x, y: sqrt(x**2 + y**2), 0.0, 0.0),
    "normalize-at-zero": lambda: grad(lambda x: Matrix(x).normalized()[0], [0.0, 0.0]),
    "std-smoothed": lambda: grad(lambda x: sqrt(((x[0] - x[1]) / 2) ** 2 + 1e-12), [2.0, 2.0]),
    "rsqrt-variance-normalisation": lambda: grad(
        lambda x: (x[0] - x[1]) / 2 / sqrt(((x[0] - x[1]) / 2) ** 2 + 1e-5), [2.0, 2.0]
    ),
    # masks
    "where-log-at-zero": lambda: grad(lambda x: Piecewise((log(x), x > 0), (0, True)), 0.0),
    "where-log-safe": lambda: grad(
        lambda x: Piecewise((log(Piecewise((x, x > 0), (1, True))), x > 0), (0, True)), 0.0
    ),
    "where-sqrt-negative": lambda: grad(lambda x: Piecewise((sqrt(x), x > 0), (0, True)), -1.0),
    "where-sinc-at-zero": lambda: grad(
        lambda x: Piecewise((sin(x) / x, x > 0), (sin(x) / x, x < 0), (1, True)), 0.0
    ),
    "mask-by-product": lambda: grad(lambda x: 0 * log(x), 0.0),
    "softplus-naive-large": lambda: grad(lambda x: log(1 + exp(x)), 1000.0),
    "softplus-safe": lambda: grad(lambda x: Max(x, 0) + log(1 + exp(-Abs(x))), 1000.0),
    "sigmoid-naive-large": lambda: grad(lambda x: 1 / (1 + exp(-x)), -1000.0),
    "logsumexp-naive-large": lambda: grad(lambda x: log(exp(x[0]) + exp(x[1])), [1000.0, 1000.0]),
    "logsumexp-one-infinite": lambda: grad(lambda x: log(exp(x[0]) + exp(x[1])), [-INF, 0.0]),
    "logsumexp-all-infinite": lambda: grad(lambda x: log(exp(x[0]) + exp(x[1])), [-INF, -INF]),
    "log-of-softmax": lambda: grad(
        lambda x: log(exp(x[0]) / (exp(x[0]) + exp(x[1]))), [0.0, 1000.0]
    ),
    "softmax-one-masked": lambda: grad(
        lambda x: exp(x[1]) / (exp(x[0]) + exp(x[1]) + exp(x[2])), [-INF, 0.0, 0.0]
    ),
    "softmax-all-masked": lambda: grad(lambda x: exp(x[0]) / (exp(x[0]) + exp(x[1])), [-INF, -INF]),
    # products
    "prod-one-zero": lambda: grad(prod, [0.0, 2.0, 3.0]),
    "prod-two-zeros": lambda: grad(prod, [0.0, 0.0, 3.0]),
    "prod-written-out": lambda: grad(lambda x: x[0] * x[1] * x[2], [0.0, 2.0, 3.0]),
    "prod-negative": lambda: grad(prod, [-1.0, 2.0, 3.0]),
    "prod-along-axis": lambda: grad(
        lambda X: prod(X.row(0)) + prod(X.row(1)), [[0.0, 2.0], [3.0, 4.0]]
    ),
    "prod-hessian": lambda: hessian(prod, [0.0, 2.0, 3.0]),
    "prod-by-logarithms": lambda: grad(lambda x: exp(sum(map(log, x))), [0.0, 2.0, 3.0]),
    "cumprod-written-out": lambda: grad(
        lambda x: x[0] + x[0] * x[1] + x[0] * x[1] * x[2], [0.0, 2.0, 3.0]
    ),
    "square-by-itself": lambda: grad(lambda x: x * x / x, 0.0),
    "sine-by-itself": lambda: grad(lambda x: sin(x) / x, 0.0),
    "zero-times-infinity": lambda: grad(lambda x, y: x * y, 0.0, INF),
    # matrices
    "det-singular": lambda: grad(Matrix.det, SINGULAR),
    "det-written-out": lambda: grad(lambda X: X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0], SINGULAR),
    "det-zero-column": lambda: grad(Matrix.det, [[0, 1], [0, 3]]),
    "det-corner": lambda: grad(Matrix.det, CORNER),
    "det-of-three": lambda: grad(Matrix.det, [[1, 2, 3], [4, 5, 6], [7, 8, 9]]),
    "det-zero-matrix": lambda: grad(Matrix.det, ZEROS),
    "det-regular": lambda: grad(Matrix.det, REGULAR),
    "det-hessian-singular": lambda: hessian(Matrix.det, SINGULAR),
    "det-hessian-of-ones": lambda: grad(lambda X: diff(X.det(), X[0, 0]), [[1, 1, 1]] * 3),
    "log-abs-det-negative": lambda: grad(lambda X: log(Abs(X.det())), REGULAR),
    "logdet-negative": lambda: grad(lambda X: log(X.det()), REGULAR),
    "log-abs-det-singular": lambda: grad(lambda X: log(Abs(X.det())), SINGULAR),
    "inverse-singular": lambda: grad(Matrix.inv, SINGULAR),
    "solve-singular": lambda: grad(lambda b: Matrix(SINGULAR).solve(Matrix(b)), [1, 1]),
    "inverse-regular": lambda: grad(lambda X: X.inv().trace(), [[2, 1], [0, 1]]),
    "matrix-power-zero": lambda: grad(lambda X: X**0, SINGULAR),
    "eigenvalue-sum-at-identity": lambda: grad(eigenvalue_sum, IDENTITY),
    "eigenvalues-defective": lambda: grad(eigenvalue_sum, [[1, 1], [0, 1]]),
    "eigenvalue-sum-by-trace": lambda: grad(Matrix.trace, [[1, 1], [0, 1]]),
    "singular-value-sum-at-identity": lambda: grad(lambda X: X.singular_values(), IDENTITY),
    "singular-value-sum-of-rank-one": lambda: grad(lambda X: X.singular_values(), CORNER),
    "singular-values-of-zero": lambda: grad(lambda X: X.singular_values(), ZEROS),
    "squared-singular-values": lambda: grad(lambda X: squares(X.singular_values()), IDENTITY),
    "squared-entries": lambda: grad(squares, IDENTITY),
    "qr-square": lambda: grad(lambda X: squares(X.QRdecomposition()[1]), REGULAR),
    "qr-singular": lambda: grad(lambda X: squares(X.QRdecomposition()[1]), [[1, 0], [2, 0]]),
    "lstsq-by-right-side": lambda: grad(
        lambda b: Matrix([[1, 0], [0, 2], [0, 0]]).solve_least_squares(Matrix(b)), [1, 2, 3]
    ),
    "lstsq-of-rank-one": lambda: grad(
        lambda b: Matrix([[1, 0], [0, 0], [0, 0]]).pinv_solve(
            Matrix(b), arbitrary_matrix=Matrix([0, 0])
        ),
        [1, 2, 3],
    ),
    # complex numbers
    "complex-square-by-parts": lambda: grad(lambda x, y: x * x - y * y, 1.0, 2.0),
    "complex-output": lambda: slope_at(lambda z: z * z, 1 + 2 * I),
    "complex-conjugate": lambda: slope_at(lambda z: re(conjugate(z) ** 2), 1 + 2 * I),
    "complex-square": lambda: slope_at(lambda z: re(z * z), 1 + 2 * I),
    "complex-imaginary-part": lambda: slope_at(im, 1 + 2 * I),
    "complex-phase-of-real": lambda: grad(lambda x: Abs(exp(I * x)), 0.5),
    # special functions
    "asin-at-zero": lambda: grad(asin, 0.0),
    "acos-at-zero": lambda: grad(acos, 0.0),
    "atan-at-zero": lambda: grad(atan, 0.0),
    "erf-at-zero": lambda: grad(erf, 0.0),
    "tanh-at-zero": lambda: grad(tanh, 0.0),
    "asin-at-one": lambda: grad(asin, 1.0),
    "acos-at-one": lambda: grad(acos, 1.0),
    "acosh-at-one": lambda: grad(acosh, 1.0),
    "atanh-at-one": lambda: grad(atanh, 1.0),
    "log1p-at-zero": lambda: grad(lambda x: log(1 + x), 0.0),
    "log1p-at-minus-one": lambda: grad(lambda x: log(1 + x), -1.0),
    "logit-at-zero": lambda: grad(lambda x: log(x / (1 - x)), 0.0),
    "erfinv-at-zero": lambda: grad(erfinv, 0.0),
    "erfinv-at-one": lambda: grad(erfinv, 1.0),
    "entropy-at-zero": lambda: grad(lambda x: -x * log(x), 0.0),
    "xlogy-base-two": lambda: grad(lambda x, y: x * log(y), 0.0, 2.0),
    "xlogy-at-zero": lambda: grad(lambda x, y: x * log(y), 0.0, 0.0),
    "xlogy-safe": lambda: grad(lambda x, y: x * log(Piecewise((y, y > 0), (1, True))), 0.0, 2.0),
    "lgamma-at-zero": lambda: grad(loggamma, 0.0),
    "lgamma-negative": lambda: grad(loggamma, -0.5),
    "digamma-at-zero": lambda: grad(digamma, 0.0),
    "polygamma-at-zero": lambda: grad(lambda x: polygamma(1, x), 0.0),
    "zeta-at-two": lambda: grad(zeta, 2.0),
    "bessel-i0-at-zero": lambda: grad(lambda x: besseli(0, x), 0.0),
    "bessel-i1-at-zero": lambda: grad(lambda x: besseli(1, x), 0.0),
    "bessel-j0-at-zero": lambda: grad(lambda x: besselj(0, x), 0.0),
    "sinc-at-zero": lambda: grad(lambda x: sinc(pi * x), 0.0),
    "sinc-second-derivative": lambda: hessian(lambda x: sinc(pi * x), 0.0),
    "gammainc-at-zero": lambda: grad(lambda x: lowergamma(1, x), 0.0),
    "atan2-at-origin": lambda: grad(atan2, 0.0, 0.0),
    "atan2-at-the-cut": lambda: grad(atan2, 0.0, -1.0),
    "log-ndtr-far-left": lambda: grad(lambda x: log(erfc(-x / sqrt(2)) / 2), -40.0),
    "logsigmoid-far-left": lambda: grad(lambda x: -log(1 + exp(-x)), -1000.0),
    # reductions
    "interpolation-at-knot": lambda: grad(lambda x: Piecewise((x, x < 1), (2 - x, True)), 1.0),
    "gather-duplicates": lambda: grad(lambda x: x[0] + 2 * x[0] + 4 * x[1], [5.0, 7.0]),
    "gather-negative-index": lambda: grad(lambda x: x[-1], [1.0, 2.0, 3.0]),
    "float-cancellation": lambda: number((Symbol("x") + 1e8) - 1e8, {"x": 0.5}),
    "cumsum-weighted": lambda: grad(lambda x: [sum(x[:k]) for k in (1, 2, 3)], [1.0, 2.0, 3.0]),
    "broadcast-sum": lambda: grad(lambda x: [x + 1, x + 2, x + 3], 2.0),
    # losses
    "bce-written-out": lambda: grad(lambda p: -(1 * log(p) + 0 * log(1 - p)), 1.0),
    "bce-of-logit-written-out": lambda: grad(lambda x: Max(-x, 0) + log(1 + exp(-Abs(x))), -1000.0),
    "entropy-of-certain": lambda: grad(lambda p: -p[0] * log(p[0]) - p[1] * log(p[1]), [1.0, 0.0]),
    "l1-loss-at-zero": lambda: grad(lambda x: Abs(x - 1), 1.0),
    "huber-at-delta": lambda: grad(
        lambda x: Piecewise((x**2 / 2, Abs(x) <= 1), (Abs(x) - S.Half, True)), 1.0
    ),
    "rmse-at-zero": lambda: grad(
        lambda x: sqrt(((x[0] - 1) ** 2 + (x[1] - 2) ** 2) / 2), [1.0, 2.0]
    ),
    "mse-at-zero": lambda: grad(lambda x: ((x[0] - 1) ** 2 + (x[1] - 2) ** 2) / 2, [1.0, 2.0]),
    "log-cosh-large": lambda: grad(lambda x: log(cosh(x)), 1000.0),
    # programs
    "counted-loop": lambda: grad(power_by_loop, 1.5),
    "vector-output": lambda: jacobian(lambda x: Matrix([x[0] ** 2, x[1] ** 2]), [1.0, 2.0]),
    "branch-log-at-zero": lambda: grad(lambda x: log(x) if x > 0 else 0 * x, 0.0),
    "unused-input": lambda: grad(lambda x, y: x * x, 3.0, 5.0),
    "constant-output": lambda: grad(lambda x: S(3), 2.0),
    "comparison": lambda: grad(lambda x: Piecewise((1, x > 0), (0, True)), 2.0),
    "integer-square": lambda: grad(lambda x: x * x, 3),
    "integer-scaled": lambda: grad(lambda x: 1.5 * x, 3),
    "integer-converted": lambda: grad(lambda x: 1.5 * x, 3.0),
    "second-derivative-of-cube": lambda: hessian(lambda x: x**3, 2.0),
    "second-derivative-of-linear": lambda: hessian(lambda x: 2 * x, 3.0),
    "hessian-mixed": lambda: hessian(lambda x: x[0] * x[1] ** 2, [1.0, 2.0]),
    "third-derivative": lambda: grad(lambda x: diff(sin(x), x, x), 0.0),
    "gradient-penalty": lambda: grad(lambda x: slope(lambda x: x**3, x) ** 2, 1.0),
    "equal-scalars": lambda: grad(lambda x, y: x * y, 2.0, 2.0),
    "one-variable-twice": lambda: grad(lambda x: x * x, 3.0),
    "array-of-variables": lambda: grad(lambda x, y: prod([x, y]), 2.0, 3.0),
    "ceil-between": lambda: grad(ceiling, 2.5),
    "floor-division": lambda: grad(lambda x, y: x // y, 7.0, 2.0),
    "remainder-of-divmod": lambda: grad(lambda x, y: divmod(x, y)[1], 7.0, 2.0),
    "det-of-ones": lambda: grad(Matrix.det, [[1, 1], [1, 1]]),
    "inverse-singular-value": lambda: Matrix(SINGULAR).inv().tolist(),
    "loop-of-given-length": lambda: grad(power_in_steps, 1.5),
    "sign-at-zero-value": lambda: sign(S(0)),
    "squared-norm-by-sum": lambda: grad(lambda x: x[0] ** 2 + x[1] ** 2, [0.0, 0.0]),
}

NOT_OFFERED = {
    "qr-wide": "the closed form for symbols is not returned in time",
    "cholesky-triangle": "SymPy asks for a matrix that is symmetric as an expression",
    "cholesky-reads": "SymPy asks for a matrix that is symmetric as an expression",
    "cholesky-indefinite": "SymPy asks for a matrix that is symmetric as an expression",
    "abs-at-minus-zero": "SymPy has one zero, without a sign",
    "minus-zero": "SymPy has one zero, without a sign",
    "relu-at-zero": "SymPy has no activations",
    "relu-second-derivative": "SymPy has no activations",
    "leaky-relu-at-zero": "SymPy has no activations",
    "relu6-at-six": "SymPy has no activations",
    "hardtanh-at-one": "SymPy has no activations",
    "hardswish-at-three": "SymPy has no activations",
    "elu-at-zero": "SymPy has no activations",
    "elu-large": "SymPy has no activations",
    "celu-at-zero": "SymPy has no activations",
    "selu-at-zero": "SymPy has no activations",
    "softshrink-at-bound": "SymPy has no activations",
    "gelu-default": "SymPy has no activations",
    "round-between": "SymPy has no function that rounds to the nearest",
    "nuclear-norm-at-zero": "SymPy has no such norm of a matrix of symbols",
    "spectral-norm": "SymPy has no such norm of a matrix of symbols",
    "cosine-similarity-at-zero": "SymPy has no cosine similarity",
    "boolean-mask": "expressions of SymPy have no masks",
    "where-isnan": "expressions of SymPy have no masks",
    "nansum": "expressions of SymPy have no masks",
    "scatter-by-mask": "expressions of SymPy have no masks",
    "mean-of-nothing": "expressions of SymPy have no masks",
    "nan-in-max": "a NaN of SymPy is no number to compare",
    "nan-maximum-value": "a NaN of SymPy is no number to compare",
    "clip-of-nan": "a NaN of SymPy is no number to compare",
    "softplus-large": "SymPy has no such function; users write the formula",
    "sigmoid-large": "SymPy has no such function; users write the formula",
    "logsumexp-large": "SymPy has no such function; users write the formula",
    "logsumexp-all-infinite-value": "SymPy has no such function; users write the formula",
    "logaddexp-one-infinite": "SymPy has no such function; users write the formula",
    "logcumsumexp-infinite": "SymPy has no such function; users write the formula",
    "log-softmax-large-value": "SymPy has no such function; users write the formula",
    "log-softmax-gradient": "SymPy has no such function; users write the formula",
    "expm1-at-zero": "SymPy has no such function; users write the formula",
    "bessel-i1e-at-zero": "SymPy has no such function; users write the formula",
    "complex-fft": "SymPy has no such function; users write the formula",
    "cumprod-one-zero": "SymPy has no cumulative products or maxima",
    "cumprod-two-zeros": "SymPy has no cumulative products or maxima",
    "cummax-tie": "SymPy has no cumulative products or maxima",
    "pinv-of-rank-one": "no closed form of it for a matrix of symbols is returned in time",
    "expm-at-zero": "no closed form of it for a matrix of symbols is returned in time",
    "eigh-triangle": "SymPy has no numeric factorisation of symmetric matrices",
    "eigh-reads": "SymPy has no numeric factorisation of symmetric matrices",
    "eigenvectors-at-identity": "SymPy has no numeric factorisation of symmetric matrices",
    "svd-product-at-identity": "SymPy has no numeric factorisation of symmetric matrices",
    "complex-power": "SymPy differentiates by complex symbols only what is analytic, and leaves the rest unevaluated",
    "complex-cube": "SymPy differentiates by complex symbols only what is analytic, and leaves the rest unevaluated",
    "complex-exponential": "SymPy differentiates by complex symbols only what is analytic, and leaves the rest unevaluated",
    "complex-logarithm": "SymPy differentiates by complex symbols only what is analytic, and leaves the rest unevaluated",
    "complex-reciprocal": "SymPy differentiates by complex symbols only what is analytic, and leaves the rest unevaluated",
    "complex-abs-squared": "SymPy differentiates by complex symbols only what is analytic, and leaves the rest unevaluated",
    "complex-times-conjugate": "SymPy differentiates by complex symbols only what is analytic, and leaves the rest unevaluated",
    "complex-abs-at-zero": "SymPy differentiates by complex symbols only what is analytic, and leaves the rest unevaluated",
    "complex-angle": "SymPy differentiates by complex symbols only what is analytic, and leaves the rest unevaluated",
    "complex-angle-at-zero": "SymPy differentiates by complex symbols only what is analytic, and leaves the rest unevaluated",
    "complex-sqrt-negative": "SymPy differentiates by complex symbols only what is analytic, and leaves the rest unevaluated",
    "median-of-even-count": "SymPy sorts no expressions by their values",
    "median-tie": "SymPy sorts no expressions by their values",
    "sort-tie": "SymPy sorts no expressions by their values",
    "top-one-tie": "SymPy sorts no expressions by their values",
    "max-pool-tie": "SymPy sorts no expressions by their values",
    "quantile-at-entry": "SymPy sorts no expressions by their values",
    "argmax-slope": "SymPy sorts no expressions by their values",
    "gather-out-of-range": "SymPy has no arrays to index or to assign to while it differentiates",
    "gather-float16": "SymPy has no arrays to index or to assign to while it differentiates",
    "scatter-overwritten": "SymPy has no arrays to index or to assign to while it differentiates",
    "scatter-add-duplicates": "SymPy has no arrays to index or to assign to while it differentiates",
    "scatter-distinct": "SymPy has no arrays to index or to assign to while it differentiates",
    "assigned-input": "SymPy has no arrays to index or to assign to while it differentiates",
    "in-place-square": "SymPy has no arrays to index or to assign to while it differentiates",
    "in-place-after-use": "SymPy has no arrays to index or to assign to while it differentiates",
    "var-of-one": "SymPy has no variance of numbers",
    "bce-certain-mistake": "SymPy has no losses",
    "bce-certain-and-right": "SymPy has no losses",
    "bce-of-logit": "SymPy has no losses",
    "cross-entropy-masked-target": "SymPy has no losses",
    "cross-entropy-masked-other": "SymPy has no losses",
    "cross-entropy-equal": "SymPy has no losses",
    "kl-zero-target": "SymPy has no losses",
    "kl-by-target-zero": "SymPy has no losses",
    "poisson-zero-rate": "SymPy has no losses",
    "cross-entropy-reduction": "SymPy has no losses",
    "while-loop": "a loop cannot ask a symbol for its value",
    "backward-twice": "SymPy records nothing",
    "gradients-accumulate": "SymPy records nothing",
    "stop-gradient": "SymPy records nothing",
    "straight-through": "SymPy records nothing",
    "quotient-by-stopped": "SymPy records nothing",
    "one-path-stopped": "SymPy records nothing",
    "conversion-to-integer": "SymPy has no types of numbers to convert to",
    "clip-from-below": "The library has no clip with one bound.",
    "nan-first-in-max": "a NaN of SymPy is no number to compare",
    "nan-in-max-value": "a NaN of SymPy is no number to compare",
    "nan-maximum-gradient": "a NaN of SymPy is no number to compare",
    "logcumsumexp-infinite-value": "The library has no cumulative logsumexp.",
    "selu-large": "The library has no selu.",
    "det-singular-with-graph": "A gradient to be differentiated again is asked for in no other way here.",
    "eigh-unsymmetric": "The library has no eigenvalues of a symmetric matrix.",
    "eigenvectors-without-choice": "The library has no eigenvectors of a symmetric matrix.",
    "svd-null-vector": "The library has no full singular value decomposition.",
    "logsigmoid-far-left-value": "The library has no logsigmoid.",
    "median-of-even-tie": "The library has no median.",
    "gather-out-of-range-value": "SymPy has no arrays to index or to assign to while it differentiates",
    "minus-zero-after-zero": "SymPy has one zero, without a sign",
    "variance-by-default": "The library has no variance.",
    "cross-entropy-masked-value": "The library has no cross-entropy.",
    "bce-certain-mistake-value": "The library has no binary cross-entropy of a probability.",
}
