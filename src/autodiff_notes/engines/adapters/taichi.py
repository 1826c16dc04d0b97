"""Taichi, as its users write it: fields, a kernel that is compiled, and a tape.

The source of a kernel has to lie in a file, and so it stands here; the function that it calls is
put in when it is compiled.
"""

import numpy as np
import taichi as ti
import taichi.math as tm

TITLE = "Taichi"
DISTRIBUTION = "taichi"
REQUIRES = ("taichi==1.7.4", "numpy==2.4.6")
PYTHON = ">=3.11,<3.14"
HOMEPAGE = "https://docs.taichi-lang.org/"

inf, nan = tm.inf, tm.nan


def start():
    """Start Taichi anew: an error leaves it in a state, and a forked process has no threads."""
    ti.init(arch=ti.cpu, default_fp=ti.f64, offline_cache=False, log_level=ti.CRITICAL)


def field(x, kind=ti.f64):
    """Return a field of one number, vector or matrix."""
    shape = np.shape(x)
    if not shape:
        made = ti.field(kind, shape=(), needs_grad=True)
    elif len(shape) == 1:
        made = ti.Vector.field(*shape, kind, shape=(), needs_grad=True)
    else:
        made = ti.Matrix.field(*shape, kind, shape=(), needs_grad=True)
    made[None] = x
    return made


def recorded(f, xs):
    """Return the value of f at the fields xs, as a field, and the kernel that evaluates it."""
    y = ti.field(ti.f64, shape=(), needs_grad=True)

    @ti.kernel
    def evaluate():
        y[None] = f(*[x[None] for x in ti.static(xs)])

    return y, evaluate


def read(x):
    """Return the gradient of a field as NumPy has it."""
    return x.grad.to_numpy()


def grad(f, *point):
    """Return the gradients of f, a function of numbers, vectors or matrices."""
    start()
    xs = [field(x) for x in point]
    y, evaluate = recorded(f, xs)
    with ti.ad.Tape(y):
        evaluate()
    return read(xs[0]) if len(xs) == 1 else [read(x) for x in xs]


def value(f, *point):
    """Return the value of f."""
    start()
    y, evaluate = recorded(f, [field(x) for x in point])
    evaluate()
    return y[None]


def complex_grad(f, z):
    """Return the gradient of f of a complex number, which is a vector of two."""
    return complex(*grad(f, [z.real, z.imag]))


@ti.func
def largest(x):
    """Return the largest entry."""
    return x.max()


@ti.func
def largest_modulus(x):
    """Return the largest absolute value of an entry."""
    return ti.abs(x).max()


@ti.func
def sum_of_moduli(x):
    """Return the sum of the absolute values of the entries."""
    return ti.abs(x).sum()


@ti.func
def norm(x):
    """Return the norm of a vector."""
    return x.norm()


@ti.func
def norm_written_out(x):
    """Return the norm of a vector as a root."""
    return ti.sqrt(x.dot(x))


@ti.func
def norm_smoothed(x):
    """Return the norm of a vector, with a small number below the root."""
    return ti.sqrt(x.dot(x) + 1e-12)


@ti.func
def squared_norm(x):
    """Return the squared norm of a vector."""
    return x.norm_sqr()


@ti.func
def distance(x):
    """Return the distance from (1, 2)."""
    return tm.distance(x, ti.Vector([1.0, 2.0]))


@ti.func
def mean_square(x):
    """Return the mean square of the differences from (1, 2)."""
    return (x - ti.Vector([1.0, 2.0])).norm_sqr() / 2.0


@ti.func
def root_mean_square(x):
    """Return the root of the mean square of the differences from (1, 2)."""
    return ti.sqrt(mean_square(x))


@ti.func
def first_of_normalized(x):
    """Return the first entry of a vector of length one."""
    return x.normalized()[0]


@ti.func
def sum_of_numbers(x):
    """Return the sum of the entries that are numbers."""
    return ti.select(tm.isnan(x), 0.0, x).sum()


@ti.func
def log_sum_exp(x):
    """Return the logarithm of the sum of the exponentials."""
    return ti.log(ti.exp(x).sum())


@ti.func
def product(x):
    """Return the product of three numbers."""
    return x[0] * x[1] * x[2]


@ti.func
def product_by_logarithms(x):
    """Return the product of the entries by their logarithms."""
    return ti.exp(ti.log(x).sum())


@ti.func
def sum_of_products(x):
    """Return the sum of the products of the first one, two and three entries."""
    return x[0] + x[0] * x[1] + x[0] * x[1] * x[2]


@ti.func
def entropy(p):
    """Return the entropy of a distribution."""
    return -(p * ti.log(p)).sum()


@ti.func
def last(x):
    """Return the last of three entries, by an index that counts from the end."""
    return x[-1]


@ti.func
def product_of_array(x, y):
    """Return the product of the entries of a vector that is made of two numbers."""
    v = ti.Vector([x, y])
    return v[0] * v[1]


@ti.func
def determinant(X):
    """Return the determinant, written out."""
    return X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0]


@ti.func
def log_abs_determinant(X):
    """Return the logarithm of the absolute value of the determinant."""
    return ti.log(ti.abs(X.determinant()))


@ti.func
def log_determinant(X):
    """Return the logarithm of the determinant."""
    return ti.log(X.determinant())


@ti.func
def inverse_total(X):
    """Return the sum of the entries of the inverse."""
    return X.inverse().sum()


@ti.func
def inverse_trace(X):
    """Return the trace of the inverse."""
    return X.inverse().trace()


@ti.func
def trace(X):
    """Return the trace."""
    return X.trace()


@ti.func
def squared_entries(X):
    """Return the sum of the squared entries."""
    return X.norm_sqr()


@ti.func
def svd_product(X):
    """Return the weighted sum of the entries of U S V^T."""
    U, S, V = ti.svd(X)
    Y = U @ S @ V.transpose()
    return Y[0, 0] + 2.0 * Y[0, 1] + 3.0 * Y[1, 0] + 4.0 * Y[1, 1]


@ti.func
def singular_value_sum(X):
    """Return the sum of the singular values."""
    _U, S, _V = ti.svd(X)
    return S[0, 0] + S[1, 1]


@ti.func
def squared_singular_values(X):
    """Return the sum of the squared singular values."""
    _U, S, _V = ti.svd(X)
    return S[0, 0] ** 2 + S[1, 1] ** 2


@ti.func
def largest_singular_value(X):
    """Return the larger singular value."""
    _U, S, _V = ti.svd(X)
    return ti.max(S[0, 0], S[1, 1])


@ti.func
def largest_eigenvalue(A):
    """Return the larger eigenvalue of a symmetric matrix."""
    values, _vectors = ti.sym_eig(A)
    return ti.max(values[0], values[1])


@ti.func
def eigenvalue_sum(A):
    """Return the sum of the eigenvalues of a symmetric matrix."""
    values, _vectors = ti.sym_eig(A)
    return values.sum()


@ti.func
def eigenvector_loss(A):
    """Return a weighted sum of the squared entries of the eigenvectors."""
    _values, V = ti.sym_eig(A)
    return V[0, 0] ** 2 + 2.0 * V[0, 1] ** 2 + 3.0 * V[1, 0] ** 2 + 5.0 * V[1, 1] ** 2


@ti.func
def general_eigenvalue_sum(X):
    """Return the sum of the eigenvalues' real parts."""
    values, _vectors = ti.eig(X)
    return values[0, 0] + values[1, 0]


@ti.func
def solution(b):
    """Return the sum of a solution with a singular matrix."""
    return ti.solve(ti.Matrix([[1.0, 2.0], [2.0, 4.0]]), b).sum()


@ti.func
def complex_square(z):
    """Return the real part of z times z."""
    return tm.cmul(z, z)[0]


@ti.func
def complex_power(z):
    """Return the real part of z to the power of two."""
    return tm.cpow(z, 2)[0]


@ti.func
def complex_cube(z):
    """Return the real part of z to the power of three."""
    return tm.cpow(z, 3)[0]


@ti.func
def complex_exponential(z):
    """Return the real part of exp(z)."""
    return tm.cexp(z)[0]


@ti.func
def complex_logarithm(z):
    """Return the real part of log(z)."""
    return tm.clog(z)[0]


@ti.func
def complex_reciprocal(z):
    """Return the real part of 1/z."""
    return tm.cinv(z)[0]


@ti.func
def imaginary_part(z):
    """Return the imaginary part."""
    return z[1]


@ti.func
def complex_conjugate(z):
    """Return the real part of the square of the conjugate."""
    return tm.cmul(tm.cconj(z), tm.cconj(z))[0]


@ti.func
def times_conjugate(z):
    """Return the real part of z times its conjugate."""
    return tm.cmul(z, tm.cconj(z))[0]


@ti.func
def angle(z):
    """Return the angle, the imaginary part of the logarithm."""
    return tm.clog(z)[1]


@ti.func
def root(z):
    """Return the imaginary part of the root."""
    return tm.csqrt(z)[1]


@ti.func
def modulus_of_phase(x):
    """Return |exp(ix)|."""
    return tm.cexp(ti.Vector([0.0, x])).norm()


@ti.func
def until_ten(x):
    """Return x to the power that first is ten or more."""
    y = x
    while y < 10.0:
        y = y * x
    return y


@ti.func
def power_by_loop(x):
    """Return the fourth power of x, by a loop that is unrolled."""
    y = 1.0
    for _ in ti.static(range(4)):
        y = y * x
    return y


@ti.func
def branch_log(x):
    """Return log(x), or zero where there is none."""
    y = 0.0
    if x > 0.0:
        y = ti.log(x)
    return y


def numbers(entries):
    """Return a field of numbers, one a place."""
    made = ti.field(ti.f64, shape=len(entries), needs_grad=True)
    made.from_numpy(np.array(entries))
    return made


def gathered(x, indices, weights):
    """Return the gradient of the weighted entries of x at some indices."""
    start()
    x, y = numbers(x), field(0.0)

    @ti.kernel
    def evaluate():
        for i, w in ti.static(list(zip(indices, weights, strict=True))):
            y[None] += w * x[i]

    with ti.ad.Tape(y):
        evaluate()
    return read(x)


def scattered(y, indices, weights):
    """Return the gradient of a weighted field to which y is written at some indices."""
    start()
    y, q, loss = numbers(y), numbers([0.0] * len(weights)), field(0.0)

    @ti.kernel
    def write():
        for k, i in ti.static(list(enumerate(indices))):
            q[i] = y[k]

    @ti.kernel
    def weigh():
        for i, w in ti.static(list(enumerate(weights))):
            loss[None] += w * q[i]

    with ti.ad.Tape(loss):
        write()
        weigh()
    return read(y)


def scattered_added(y, indices):
    """Return the gradient of the sum of a field to which y is added at some indices."""
    start()
    y, q, loss = numbers(y), numbers([0.0, 0.0]), field(0.0)

    @ti.kernel
    def add():
        for k, i in ti.static(list(enumerate(indices))):
            q[i] += y[k]

    @ti.kernel
    def sum_up():
        for i in q:
            loss[None] += q[i]

    with ti.ad.Tape(loss):
        add()
        sum_up()
    return read(y)


def squared_in_place(point):
    """Return the gradient of a number that a kernel squares in place."""
    start()
    x, y = field(point), field(0.0)

    @ti.kernel
    def square():
        x[None] = x[None] * x[None]

    @ti.kernel
    def copy():
        y[None] = x[None]

    with ti.ad.Tape(y):
        square()
        copy()
    return read(x)


def assigned(point):
    """Return the gradient of the sum of x, after its first entry was set to zero."""
    start()
    x, y = numbers(point), field(0.0)

    @ti.kernel
    def assign():
        x[0] = 0.0

    @ti.kernel
    def sum_up():
        for i in x:
            y[None] += x[i]

    with ti.ad.Tape(y):
        assign()
        sum_up()
    return read(x)


def through_stopped(f, point):
    """Return the gradient of f(x, s) where s is a copy of x at which the gradient stops."""
    start()
    x, s, y = field(point), field(0.0), field(0.0)

    @ti.kernel
    def copy():
        s[None] = x[None]

    @ti.kernel
    def evaluate():
        ti.stop_grad(s)
        y[None] = f(x[None], s[None])

    with ti.ad.Tape(y):
        copy()
        evaluate()
    return read(x)


def swept_twice(f, point):
    """Sweep twice over one evaluation, and return what .grad holds."""
    start()
    x = field(point)
    y, evaluate = recorded(f, [x])
    with ti.ad.Tape(y):
        evaluate()
    y.grad[None] = 1.0
    evaluate.grad()
    return read(x)


def recorded_twice(f, point):
    """Record and sweep twice, and return what .grad holds."""
    start()
    x = field(point)
    y, evaluate = recorded(f, [x])
    for _ in range(2):
        with ti.ad.Tape(y):
            evaluate()
    return read(x)


@ti.func
def constant_eigenvector_loss(A):
    """Return a weighted sum of the squared entries of the eigenvectors, whose weights cancel."""
    _values, V = ti.sym_eig(A)
    return V[0, 0] ** 2 + 2.0 * V[0, 1] ** 2 + 3.0 * V[1, 0] ** 2 + 4.0 * V[1, 1] ** 2


def power_in_given_steps(point, steps):
    """Return the gradient of a power by a loop whose length is read from a field."""
    start()
    x, y = numbers([point]), field(0.0)
    n = ti.field(ti.i32, shape=())
    n[None] = steps

    @ti.kernel
    def evaluate():
        for i in x:
            z = 1.0
            for _ in range(n[None]):
                z = z * x[i]
            y[None] += z

    with ti.ad.Tape(y):
        evaluate()
    return read(x)


@ti.func
def norm_squared(x):
    """Return the norm of a vector, squared."""
    return x.norm() ** 2


@ti.func
def svd_product_of_three(X):
    """Return the weighted sum of the entries of U S V^T, of three rows."""
    U, S, V = ti.svd(X)
    W = ti.Matrix([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])
    return (W * (U @ S @ V.transpose())).sum()


ANSWERS = {
    "abs-at-zero": lambda: grad(ti.abs, 0.0),
    "abs-at-minus-zero": lambda: grad(ti.abs, -0.0),
    "sqrt-of-square": lambda: grad(lambda x: ti.sqrt(x * x), 0.0),
    "abs-times-x": lambda: grad(lambda x: x * ti.abs(x), 0.0),
    "maximum-with-zero": lambda: grad(lambda x: ti.max(x, 0.0), 0.0),
    "where-positive": lambda: grad(lambda x: ti.select(x > 0, x, 0.0), 0.0),
    "relu-difference-by-abs": lambda: grad(
        lambda x: (x + ti.abs(x)) / 2 - (ti.abs(x) - x) / 2, 0.0
    ),
    "maximum-tie": lambda: grad(ti.max, 2.0, 2.0),
    "minimum-tie": lambda: grad(ti.min, 2.0, 2.0),
    "maximum-of-itself": lambda: grad(lambda x: ti.max(x, x), 2.0),
    "max-of-vector-tie": lambda: grad(largest, [1.0, 3.0, 3.0]),
    "max-of-three-tie": lambda: grad(largest, [3.0, 3.0, 3.0]),
    "clip-at-lower-bound": lambda: grad(lambda x: tm.clamp(x, 0.0, 1.0), 0.0),
    "clip-at-upper-bound": lambda: grad(lambda x: tm.clamp(x, 0.0, 1.0), 1.0),
    "hinge-at-one": lambda: grad(lambda x: ti.max(0.0, 1.0 - x), 1.0),
    "one-norm-with-zero": lambda: grad(sum_of_moduli, [0.0, 1.0]),
    "inf-norm-tie": lambda: grad(largest_modulus, [2.0, 2.0]),
    "sign-at-zero": lambda: grad(tm.sign, 0.0),
    "floor-between": lambda: grad(ti.floor, 2.5),
    "round-between": lambda: grad(ti.round, 1.25),
    "mod-by-both": lambda: grad(tm.mod, 7.0, 2.0),
    "mod-written-out": lambda: grad(lambda x, y: x - y * ti.floor(x / y), 7.0, 2.0),
    "fraction-of-a-number": lambda: grad(tm.fract, 2.5),
    "sqrt-at-zero": lambda: grad(ti.sqrt, 0.0),
    "power-half-at-zero": lambda: grad(lambda x: x**0.5, 0.0),
    "x-times-sqrt": lambda: grad(lambda x: x * ti.sqrt(x), 0.0),
    "power-three-halves": lambda: grad(lambda x: x**1.5, 0.0),
    "reciprocal-sqrt-at-zero": lambda: grad(ti.rsqrt, 0.0),
    "reciprocal-at-zero": lambda: grad(lambda x: 1.0 / x, 0.0),
    "log-at-zero": lambda: grad(ti.log, 0.0),
    "power-zero-at-zero": lambda: grad(lambda x: x**0.0, 0.0),
    "power-one-at-zero": lambda: grad(lambda x: x**1.0, 0.0),
    "power-two-at-zero": lambda: grad(lambda x: x**2.0, 0.0),
    "power-both-at-zero": lambda: grad(ti.pow, 0.0, 0.0),
    "power-base-zero": lambda: grad(ti.pow, 0.0, 2.0),
    "power-negative-base": lambda: grad(ti.pow, -2.0, 2.0),
    "cube-of-negative": lambda: grad(lambda x: x**3, -2.0),
    "norm-at-zero": lambda: grad(norm, [0.0, 0.0]),
    "norm-written-out": lambda: grad(norm_written_out, [0.0, 0.0]),
    "norm-smoothed": lambda: grad(norm_smoothed, [0.0, 0.0]),
    "squared-norm-at-zero": lambda: grad(norm_squared, [0.0, 0.0]),
    "distance-of-equal-points": lambda: grad(distance, [1.0, 2.0]),
    "normalize-at-zero": lambda: grad(first_of_normalized, [0.0, 0.0]),
    "where-log-at-zero": lambda: grad(lambda x: ti.select(x > 0, ti.log(x), 0.0), 0.0),
    "where-log-safe": lambda: grad(
        lambda x: ti.select(x > 0, ti.log(ti.select(x > 0, x, 1.0)), 0.0), 0.0
    ),
    "where-sqrt-negative": lambda: grad(lambda x: ti.select(x > 0, ti.sqrt(x), 0.0), -1.0),
    "where-sinc-at-zero": lambda: grad(lambda x: ti.select(x == 0, 1.0, ti.sin(x) / x), 0.0),
    "mask-by-product": lambda: grad(lambda x: 0.0 * ti.log(x), 0.0),
    "where-isnan": lambda: grad(sum_of_numbers, [1.0, nan, 2.0]),
    "nan-in-max": lambda: grad(largest, [1.0, nan]),
    "nan-maximum-value": lambda: [value(ti.max, nan, 1.0), value(ti.max, 1.0, nan)],
    "clip-of-nan": lambda: grad(lambda x: tm.clamp(x, 0.0, 1.0), nan),
    "softplus-naive-large": lambda: grad(lambda x: ti.log(1.0 + ti.exp(x)), 1000.0),
    "softplus-safe": lambda: grad(
        lambda x: ti.max(x, 0.0) + ti.log(1.0 + ti.exp(-ti.abs(x))), 1000.0
    ),
    "sigmoid-naive-large": lambda: grad(lambda x: 1.0 / (1.0 + ti.exp(-x)), -1000.0),
    "logsumexp-naive-large": lambda: grad(log_sum_exp, [1000.0, 1000.0]),
    "prod-written-out": lambda: grad(product, [0.0, 2.0, 3.0]),
    "prod-by-logarithms": lambda: grad(product_by_logarithms, [0.0, 2.0, 3.0]),
    "cumprod-written-out": lambda: grad(sum_of_products, [0.0, 2.0, 3.0]),
    "square-by-itself": lambda: grad(lambda x: x * x / x, 0.0),
    "sine-by-itself": lambda: grad(lambda x: ti.sin(x) / x, 0.0),
    "zero-times-infinity": lambda: grad(lambda x, y: x * y, 0.0, inf),
    "det-singular": lambda: grad(tm.determinant, [[1.0, 2.0], [2.0, 4.0]]),
    "det-written-out": lambda: grad(determinant, [[1.0, 2.0], [2.0, 4.0]]),
    "det-zero-column": lambda: grad(tm.determinant, [[0.0, 1.0], [0.0, 3.0]]),
    "det-corner": lambda: grad(tm.determinant, [[1.0, 0.0], [0.0, 0.0]]),
    "det-of-three": lambda: grad(
        tm.determinant, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]
    ),
    "det-zero-matrix": lambda: grad(tm.determinant, [[0.0, 0.0], [0.0, 0.0]]),
    "det-regular": lambda: grad(tm.determinant, [[1.0, 2.0], [3.0, 4.0]]),
    "log-abs-det-negative": lambda: grad(log_abs_determinant, [[1.0, 2.0], [3.0, 4.0]]),
    "logdet-negative": lambda: grad(log_determinant, [[1.0, 2.0], [3.0, 4.0]]),
    "log-abs-det-singular": lambda: grad(log_abs_determinant, [[1.0, 2.0], [2.0, 4.0]]),
    "inverse-singular": lambda: grad(inverse_total, [[1.0, 2.0], [2.0, 4.0]]),
    "solve-singular": lambda: grad(solution, [1.0, 1.0]),
    "inverse-regular": lambda: grad(inverse_trace, [[2.0, 1.0], [0.0, 1.0]]),
    "eigh-triangle": lambda: grad(largest_eigenvalue, [[2.0, 1.0], [1.0, 2.0]]),
    "eigh-reads": lambda: value(largest_eigenvalue, [[1.0, 2.0], [0.0, 3.0]]),
    "eigenvalue-sum-at-identity": lambda: grad(eigenvalue_sum, [[1.0, 0.0], [0.0, 1.0]]),
    "eigenvectors-at-identity": lambda: grad(eigenvector_loss, [[1.0, 0.0], [0.0, 1.0]]),
    "eigenvalues-defective": lambda: grad(general_eigenvalue_sum, [[1.0, 1.0], [0.0, 1.0]]),
    "eigenvalue-sum-by-trace": lambda: grad(trace, [[1.0, 1.0], [0.0, 1.0]]),
    "svd-product-at-identity": lambda: grad(svd_product, [[1.0, 0.0], [0.0, 1.0]]),
    "singular-value-sum-at-identity": lambda: grad(singular_value_sum, [[1.0, 0.0], [0.0, 1.0]]),
    "singular-value-sum-of-rank-one": lambda: grad(singular_value_sum, [[1.0, 0.0], [0.0, 0.0]]),
    "singular-values-of-zero": lambda: grad(singular_value_sum, [[0.0, 0.0], [0.0, 0.0]]),
    "squared-singular-values": lambda: grad(squared_singular_values, [[1.0, 0.0], [0.0, 1.0]]),
    "squared-entries": lambda: grad(squared_entries, [[1.0, 0.0], [0.0, 1.0]]),
    "spectral-norm": lambda: grad(largest_singular_value, [[2.0, 0.0], [0.0, 1.0]]),
    "complex-square": lambda: complex_grad(complex_square, 1 + 2j),
    "complex-square-by-parts": lambda: grad(lambda x, y: x * x - y * y, 1.0, 2.0),
    "complex-power": lambda: complex_grad(complex_power, 1 + 2j),
    "complex-cube": lambda: complex_grad(complex_cube, 1 + 2j),
    "complex-exponential": lambda: complex_grad(complex_exponential, 1j),
    "complex-logarithm": lambda: complex_grad(complex_logarithm, 1 + 2j),
    "complex-reciprocal": lambda: complex_grad(complex_reciprocal, 1 + 1j),
    "complex-imaginary-part": lambda: complex_grad(imaginary_part, 1 + 2j),
    "complex-conjugate": lambda: complex_grad(complex_conjugate, 1 + 2j),
    "complex-abs-squared": lambda: complex_grad(squared_norm, 1 + 2j),
    "complex-times-conjugate": lambda: complex_grad(times_conjugate, 1 + 2j),
    "complex-abs-at-zero": lambda: complex_grad(norm, 0j),
    "complex-angle": lambda: complex_grad(angle, 1 + 2j),
    "complex-angle-at-zero": lambda: complex_grad(angle, 0j),
    "complex-sqrt-negative": lambda: complex_grad(root, -4 + 0j),
    "complex-phase-of-real": lambda: grad(modulus_of_phase, 0.5),
    "asin-at-zero": lambda: grad(ti.asin, 0.0),
    "acos-at-zero": lambda: grad(ti.acos, 0.0),
    "tanh-at-zero": lambda: grad(ti.tanh, 0.0),
    "asin-at-one": lambda: grad(ti.asin, 1.0),
    "acos-at-one": lambda: grad(ti.acos, 1.0),
    "xlogy-safe": lambda: grad(lambda x, y: x * ti.log(ti.select(y > 0, y, 1.0)), 0.0, 2.0),
    "atan2-at-origin": lambda: grad(ti.atan2, 0.0, 0.0),
    "atan2-at-the-cut": lambda: grad(ti.atan2, 0.0, -1.0),
    "gather-duplicates": lambda: gathered([5.0, 7.0], [0, 0, 1], [1.0, 2.0, 4.0]),
    "gather-negative-index": lambda: grad(last, [1.0, 2.0, 3.0]),
    "scatter-overwritten": lambda: scattered([1.0, 2.0], [0, 0], [1.0]),
    "scatter-add-duplicates": lambda: scattered_added([1.0, 2.0], [0, 0]),
    "scatter-distinct": lambda: scattered([1.0, 2.0], [1, 0], [10.0, 1.0]),
    "assigned-input": lambda: assigned([1.0, 2.0]),
    "minus-zero": lambda: value(lambda x: 1.0 / x, -0.0),
    "bce-written-out": lambda: grad(lambda p: -(1.0 * ti.log(p) + 0.0 * ti.log(1.0 - p)), 1.0),
    "bce-of-logit-written-out": lambda: grad(
        lambda x: ti.max(-x, 0.0) + ti.log(1.0 + ti.exp(-ti.abs(x))), -1000.0
    ),
    "entropy-of-certain": lambda: grad(entropy, [1.0, 0.0]),
    "l1-loss-at-zero": lambda: grad(lambda x: ti.abs(x - 1.0), 1.0),
    "rmse-at-zero": lambda: grad(root_mean_square, [1.0, 2.0]),
    "mse-at-zero": lambda: grad(mean_square, [1.0, 2.0]),
    "log-cosh-large": lambda: grad(lambda x: ti.log((ti.exp(x) + ti.exp(-x)) / 2), 1000.0),
    "while-loop": lambda: grad(until_ten, 2.0),
    "counted-loop": lambda: grad(power_by_loop, 1.5),
    "branch-log-at-zero": lambda: grad(branch_log, 0.0),
    "in-place-square": lambda: squared_in_place(3.0),
    "unused-input": lambda: grad(lambda x, y: x * x, 3.0, 5.0),
    "constant-output": lambda: grad(lambda x: 3.0, 2.0),
    "backward-twice": lambda: swept_twice(lambda x: x * x, 3.0),
    "gradients-accumulate": lambda: recorded_twice(lambda x: x * x, 3.0),
    "integer-square": lambda: (start(), field(3, ti.i32)),
    "integer-converted": lambda: grad(lambda x: 1.5 * x, 3.0),
    "conversion-to-integer": lambda: grad(lambda x: ti.cast(ti.cast(x, ti.i32), ti.f64), 2.5),
    "comparison": lambda: grad(lambda x: ti.cast(x > 0, ti.f64), 2.0),
    "stop-gradient": lambda: through_stopped(lambda x, s: x * s, 3.0),
    "quotient-by-stopped": lambda: through_stopped(lambda x, s: x / s, 0.0),
    "straight-through": lambda: through_stopped(lambda x, s: x + ti.floor(s) - s, 1.25),
    "one-path-stopped": lambda: through_stopped(lambda x, s: x * x + s * s, 3.0),
    "equal-scalars": lambda: grad(lambda x, y: x * y, 2.0, 2.0),
    "one-variable-twice": lambda: grad(lambda x: x * x, 3.0),
    "array-of-variables": lambda: grad(product_of_array, 2.0, 3.0),
    "ceil-between": lambda: grad(ti.ceil, 2.5),
    "floor-division": lambda: grad(lambda x, y: x // y, 7.0, 2.0),
    "nan-first-in-max": lambda: grad(largest, [nan, 1.0]),
    "nan-in-max-value": lambda: [value(largest, [1.0, nan]), value(largest, [nan, 1.0])],
    "nan-maximum-gradient": lambda: grad(ti.max, nan, 1.0),
    "det-of-ones": lambda: grad(tm.determinant, [[1.0, 1.0], [1.0, 1.0]]),
    "eigh-unsymmetric": lambda: grad(largest_eigenvalue, [[1.0, 2.0], [0.0, 3.0]]),
    "eigenvectors-without-choice": lambda: grad(
        constant_eigenvector_loss, [[1.0, 0.0], [0.0, 1.0]]
    ),
    "loop-of-given-length": lambda: power_in_given_steps(1.5, 4),
    "atan-at-zero": lambda: grad(lambda x: ti.atan2(x, 1.0), 0.0),
    "sign-at-zero-value": lambda: value(tm.sign, 0.0),
    "squared-norm-by-sum": lambda: grad(squared_norm, [0.0, 0.0]),
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
    "relu-second-derivative": "Its tape records first derivatives only.",
    "abs-second-derivative": "Its tape records first derivatives only.",
    "clip-from-below": "The library has no clip with one bound.",
    "remainder-of-divmod": "The library has no divmod.",
    "cube-root-at-zero": "The library has no cube root.",
    "hypot-at-zero": "The library has no hypot.",
    "nuclear-norm-at-zero": "The library has no nuclear norm.",
    "std-of-constant": "The library has no standard deviation.",
    "std-smoothed": "The library has no variance.",
    "var-of-constant": "The library has no variance.",
    "cosine-similarity-at-zero": "The library has no cosine similarity.",
    "rsqrt-variance-normalisation": "The library has no layer normalisation.",
    "boolean-mask": "The library has no selection by a mask of booleans.",
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
    "logcumsumexp-infinite-value": "The library has no cumulative logsumexp.",
    "selu-large": "The library has no selu.",
    "prod-one-zero": "The library has no product of entries.",
    "prod-two-zeros": "The library has no product of entries.",
    "prod-negative": "The library has no product of entries.",
    "prod-along-axis": "The library has no product along an axis.",
    "prod-hessian": "Its tape records first derivatives only.",
    "cumprod-one-zero": "The library has no cumulative product.",
    "cumprod-two-zeros": "The library has no cumulative product.",
    "det-hessian-singular": "Its tape records first derivatives only.",
    "det-hessian-of-ones": "Its tape records first derivatives only.",
    "pinv-of-rank-one": "The library has no pseudo-inverse.",
    "matrix-power-zero": "The library has no power of a matrix.",
    "expm-at-zero": "The library has no exponential of a matrix.",
    "cholesky-triangle": "Its dense_chol is for arrays of single precision.",
    "cholesky-reads": "Its dense_chol is for arrays of single precision.",
    "cholesky-indefinite": "Its dense_chol is for arrays of single precision.",
    "qr-square": "Its qr3 is for three rows, and the case has two.",
    "qr-wide": "Its qr3 is for three rows, and the case has two.",
    "qr-singular": "Its qr3 is for three rows, and the case has two.",
    "lstsq-by-right-side": "The library has no least squares.",
    "lstsq-of-rank-one": "The library has no least squares.",
    "det-singular-with-graph": "A gradient to be differentiated again is asked for in no other way here.",
    "inverse-singular-value": "The function asked for here returns one number.",
    "svd-null-vector": "Its svd is for square matrices.",
    "complex-output": "The function asked for here takes one number.",
    "complex-fft": "The library has no Fourier transform.",
    "erf-at-zero": "The library has no erf.",
    "expm1-at-zero": "The library has no expm1.",
    "log1p-at-zero": "The library has no log1p.",
    "acosh-at-one": "The library has no acosh.",
    "atanh-at-one": "The library has no atanh.",
    "log1p-at-minus-one": "The library has no log1p.",
    "logit-at-zero": "The library has no logit.",
    "erfinv-at-zero": "The library has no erfinv.",
    "erfinv-at-one": "The library has no erfinv.",
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
    "logsigmoid-far-left-value": "The library has no logsigmoid.",
    "median-of-even-count": "The library has no median.",
    "median-tie": "The library has no median.",
    "sort-tie": "The library has no sort that can be differentiated.",
    "top-one-tie": "The library has no top-k.",
    "cummax-tie": "The library has no cumulative maximum.",
    "max-pool-tie": "The library has no max pooling.",
    "interpolation-at-knot": "The library has no interpolation in a table.",
    "gather-out-of-range": "An index out of range reads foreign memory here.",
    "gather-float16": "Not asked: its variables are double precision here.",
    "scatter-by-mask": "A mask is a branch of a kernel, as asked by a logarithm.",
    "quantile-at-entry": "The library has no quantile.",
    "mean-of-nothing": "The library has no mean.",
    "var-of-one": "The library has no unbiased variance.",
    "cumsum-weighted": "The library has no cumulative sum that can be differentiated.",
    "broadcast-sum": "A function asked for here returns one number.",
    "argmax-slope": "The library has no argmax.",
    "float-cancellation": "Not asked: its variables are double precision here.",
    "median-of-even-tie": "The library has no median.",
    "gather-out-of-range-value": "An index out of range reads foreign memory here.",
    "minus-zero-after-zero": "Its functions are of variables, and have no constants of their own.",
    "variance-by-default": "The library has no variance.",
    "bce-certain-mistake": "The library has no binary cross-entropy of a probability.",
    "bce-certain-and-right": "The library has no binary cross-entropy of a probability.",
    "bce-of-logit": "The library has no binary cross-entropy of a logit.",
    "cross-entropy-masked-target": "The library has no cross-entropy.",
    "cross-entropy-masked-other": "The library has no cross-entropy.",
    "cross-entropy-equal": "The library has no cross-entropy.",
    "kl-zero-target": "The library has no KL divergence.",
    "kl-by-target-zero": "The library has no KL divergence.",
    "huber-at-delta": "The library has no Huber loss.",
    "poisson-zero-rate": "The library has no Poisson loss.",
    "cross-entropy-reduction": "The library has no cross-entropy.",
    "cross-entropy-masked-value": "The library has no cross-entropy.",
    "bce-certain-mistake-value": "The library has no binary cross-entropy of a probability.",
    "in-place-after-use": "The same question as a square in place.",
    "integer-scaled": "A field of integers has no gradient, as asked by a square.",
    "second-derivative-of-cube": "Its tape records first derivatives only.",
    "second-derivative-of-linear": "Its tape records first derivatives only.",
    "hessian-mixed": "Its tape records first derivatives only.",
    "third-derivative": "Its tape records first derivatives only.",
    "gradient-penalty": "Its tape records first derivatives only.",
    "vector-output": "The function asked for here takes one number.",
}
