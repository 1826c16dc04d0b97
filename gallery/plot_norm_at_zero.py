r"""
The norm of zero has gradient 0 by rule and NaN by formula
==========================================================

:math:`\|x\|` and :math:`\sqrt{x^\top x}` are one function. At :math:`x = 0` it has no gradient. Autograd
answers 0 for the first way of writing it, and NaN for the second.
"""

from functools import partial

import matplotlib.pyplot as plt
import torch
from torch.autograd.functional import hessian
from torch.linalg import matrix_norm, vector_norm
from torch.nn import functional

from autodiff_notes import check_gradient

plt.style.use("autodiff_notes.figures")

# %%
# Two programs, one function
# --------------------------
# Away from zero their gradients agree: both are :math:`x / \|x\|`.


def root(x):
    return torch.sqrt(x @ x)


def gradient(f, x):
    x = torch.as_tensor(x, dtype=torch.float64).clone().requires_grad_()
    return torch.autograd.grad(f(x), x)[0]


for f in (vector_norm, root):
    print(f"{f.__name__:18} {gradient(f, [3.0, 4.0])}")
torch.testing.assert_close(
    gradient(vector_norm, [3.0, 4.0]), gradient(root, [3.0, 4.0])
)

# %%
# At zero they part
# -----------------
# Two equal points, a residual that vanishes, a perfect fit: zero is where an optimiser is heading.

for f in (vector_norm, root):
    print(f"{f.__name__:18} {gradient(f, [0.0, 0.0])}")
assert not gradient(vector_norm, [0.0, 0.0]).any(), "seen with torch 2.13"
assert gradient(root, [0.0, 0.0]).isnan().all(), "seen with torch 2.13"

# %%
# Infinity times zero
# -------------------
# The root has an infinite slope at zero, the square below it has slope zero:

x = torch.zeros(2, dtype=torch.float64, requires_grad=True)
square = x @ x
(outer,) = torch.autograd.grad(torch.sqrt(square), square, retain_graph=True)
(inner,) = torch.autograd.grad(square, x)
print(outer.item(), "*", inner.tolist(), "=", (outer * inner).tolist())

# %%
# There is no gradient to find
# ----------------------------
# A gradient would give opposite slopes in opposite directions. The norm grows in every direction:

v = torch.tensor([0.6, 0.8], dtype=torch.float64)
t = 1e-6
for direction in (v, -v):
    slope = (vector_norm(t * direction) / t).item()
    print(f"slope along {direction.tolist()}: {slope:.1f}")
    assert abs(slope - 1) < 1e-12

# %%
# Zero is the shortest subgradient
# --------------------------------
# :math:`\|y\| \ge g^\top y` holds for all :math:`y` exactly if :math:`\|g\| \le 1`, by the inequality of
# Cauchy and Schwarz. Of this disc, torch takes the centre:

generator = torch.Generator().manual_seed(0)
ys = torch.randn(1000, 2, generator=generator, dtype=torch.float64)
verdicts = []
for g in ([0.0, 0.0], [0.6, 0.8], [0.7, 0.8]):
    supports = (ys.norm(dim=1) >= ys @ ys.new_tensor(g) - 1e-12).all()
    verdicts.append(bool(supports))
    print(f"g = {g}: {bool(supports)}")
assert verdicts == [True, True, False]

# %%
# Norms of matrices do not all take the shortest. At the zero matrix the Frobenius norm returns zero, the nuclear norm
# the identity, and the 2-norm half of it:

zero = torch.zeros(2, 2, dtype=torch.float64)
at_the_origin = {
    kind: gradient(partial(matrix_norm, ord=kind), zero)
    for kind in ("fro", "nuc", 2)
}
for kind, g in at_the_origin.items():
    print(f"{kind!s:4} {g.tolist()}")
eye = torch.eye(2, dtype=torch.float64)
assert not at_the_origin["fro"].any(), "seen with torch 2.13"
assert torch.equal(at_the_origin["nuc"], eye), "seen with torch 2.13"
assert torch.equal(at_the_origin[2], eye / 2), "seen with torch 2.13"

# %%
# Who takes care of zero
# ----------------------
# Functions that torch offers as one operation mostly do. What is put together from a root does not:

y = torch.zeros(2, dtype=torch.float64)
functions = {
    "linalg.vector_norm(x)": vector_norm,
    "x.std()": torch.std,
    "cdist(x, y)": lambda x: torch.cdist(x[None], y[None]).sum(),
    "(x @ x).sqrt()": root,
    "(x**2).sum() ** 0.5": lambda x: (x**2).sum() ** 0.5,
    "hypot(x[0], x[1])": lambda x: torch.hypot(x[0], x[1]),
    "mse_loss(x, y).sqrt()": lambda x: functional.mse_loss(x, y).sqrt(),
    "normalize(x, dim=0)[0]": lambda x: functional.normalize(x, dim=0)[0],
}

# %%
# At zero they return:

at_zero = {name: gradient(f, y) for name, f in functions.items()}
for name, g in at_zero.items():
    print(f"{name:24} {[float(f'{entry:.0e}') for entry in g.tolist()]}")
zeros = [name for name, g in at_zero.items() if not g.any()]
assert zeros == list(functions)[:3], "seen with torch 2.13"
assert at_zero["normalize(x, dim=0)[0]"][0] == 1e12, "seen with torch 2.13"

# %%
# One pair of equal points is enough
# ----------------------------------
# All distances between three points, in one line. Each point has distance zero to itself, and NaN
# reaches every coordinate:

points = torch.randn(3, 2, generator=generator, dtype=torch.float64)


def by_root(points):
    return ((points[:, None] - points) ** 2).sum(-1).sqrt().sum()


def by_norm(points):
    return vector_norm(points[:, None] - points, dim=-1).sum()


print(gradient(by_root, points).tolist())
print(gradient(by_norm, points))
assert gradient(by_root, points).isnan().all(), "seen with torch 2.13"
assert gradient(by_norm, points).isfinite().all(), "seen with torch 2.13"

# %%
# The square does not bring it back
# ---------------------------------
# :math:`\|x\|^2` is smooth, with Hessian :math:`2I`. Through the norm, the second derivative at zero
# is lost:

print(hessian(lambda x: vector_norm(x) ** 2, y).tolist())
print(hessian(lambda x: x @ x, y).tolist())
lost = hessian(lambda x: vector_norm(x) ** 2, y).isnan().all()
assert lost, "seen with torch 2.13"

# %%
# A rounded tip
# -------------
# :math:`\sqrt{x^\top x + \varepsilon^2}` is smooth everywhere, off by at most :math:`\varepsilon`, and its gradient
# at zero is zero:


def rounded(x, eps):
    return torch.sqrt(x @ x + eps**2)


for eps in (1e-1, 1e-4, 1e-8):
    g = gradient(partial(rounded, eps=eps), y)
    print(f"value at zero {rounded(y, eps):.0e}, gradient {g.tolist()}")
    assert not g.any()

# %%
# The tip, and what happens to the slope
# --------------------------------------
# A section through zero. The slope of the norm jumps from -1 to 1; torch puts one point between. The
# rounded norms make the jump a climb, as wide as :math:`\varepsilon`.

line = torch.linspace(-1, 1, 201, dtype=torch.float64)
fig, axes = plt.subplots(1, 2, figsize=(6.8, 3.3))
fig.set_label(
    "Two panels over a line through zero. Left, the norm is a V with a sharp tip; two rounded norms, with "
    "epsilon 0.1 and 0.3, pass smoothly above it. Right, its slope jumps from -1 to 1, with the value "
    "that torch takes, 0, as a single point; the slopes of the rounded norms climb from -1 to 1."
)
axes[0].plot(line, line.abs(), color="#1d2530", linewidth=3, label="norm")
axes[1].plot(
    line[line < 0], -1 + 0 * line[line < 0], color="#1d2530", linewidth=3
)
axes[1].plot(
    line[line > 0], 1 + 0 * line[line > 0], color="#1d2530", linewidth=3
)
for eps, colour in ((0.1, "C0"), (0.3, "C1")):
    curve = torch.sqrt(line**2 + eps**2)
    axes[0].plot(
        line, curve, "--", color=colour, label=rf"$\varepsilon = {eps}$"
    )
    axes[1].plot(line, line / curve, "--", color=colour)
axes[1].plot(
    0, gradient(vector_norm, [0.0])[0], "o", color="C2", label="torch, at zero"
)
axes[0].set(title="value", xlabel="$t$", ylim=(-0.05, 1.1))
axes[1].set(title="slope", xlabel="$t$")
axes[0].legend(loc="upper center")
axes[1].legend(loc="lower right")
plt.show()

# %%
# Exercise: a loss that may vanish
# --------------------------------
# The root of the mean square error, the usual way, is NaN at a perfect fit. Write it so that ``mark`` is
# content: right value and gradient elsewhere, and gradient zero at a perfect fit.

target = torch.tensor([1.0, -2.0, 0.5], dtype=torch.float64)


def mark(loss):
    guess = (target + target.new_tensor([3.0, 0, 4])).requires_grad_()
    formula = (guess.detach() - target) / (5 * 3**0.5)
    right = check_gradient(lambda x: loss(x, target), formula, guess)
    at_fit = gradient(lambda x: loss(x, target), target)
    return right.holds and not at_fit.any()


def usual(x, y):
    return functional.mse_loss(x, y).sqrt()


print(mark(usual))
assert not mark(usual), "seen with torch 2.13"

# %%
# A solution
# ----------
# The root of a mean square is a norm, divided by :math:`\sqrt n`:


def by_the_norm(x, y):
    return vector_norm(x - y) / x.numel() ** 0.5


print(mark(by_the_norm))
assert mark(by_the_norm)
