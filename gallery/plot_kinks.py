r"""
max(x, 0) has three slopes at zero
==================================

:math:`\max(x, 0)` has slope 0 on the left of zero and 1 on the right. At zero it has none, and autograd
returns a number all the same. Which one depends on how the function was written.
"""

from textwrap import fill

import matplotlib.pyplot as plt
import torch
from torch.autograd import gradcheck

from autodiff_notes import check_gradient

plt.style.use("autodiff_notes.figures")

# %%
# One function, six programs
# --------------------------
# Each of them computes :math:`\max(x, 0)`:

programs = {
    "relu(x)": torch.relu,
    "clamp(x, min=0)": lambda x: x.clamp(min=0),
    "maximum(x, 0)": lambda x: torch.maximum(x, torch.zeros_like(x)),
    "where(x > 0, x, 0)": lambda x: torch.where(x > 0, x, 0.0),
    "where(x >= 0, x, 0)": lambda x: torch.where(x >= 0, x, 0.0),
    "(x + abs(x)) / 2": lambda x: (x + x.abs()) / 2,
}

# %%
# Three answers at zero
# ---------------------
# Ask for the value and the gradient at -1, 0 and 1. Outside the kink there is nothing to choose. At the kink ``clamp``
# changed its answer, from 1 until torch 2.13 to 0 from 2.14 on:


def gradient(f, x):
    x = torch.as_tensor(x, dtype=torch.float64).requires_grad_()
    return torch.autograd.grad(f(x).sum(), x)[0]


points = torch.tensor([-1.0, 0.0, 1.0], dtype=torch.float64)
print(f"{'':20}  slope at -1    0    1")
for name, f in programs.items():
    torch.testing.assert_close(f(points), points.new_tensor([0.0, 0, 1]))
    left, kink, right = gradient(f, points).tolist()
    print(f"{name:20} {left:10.0f} {kink:6.1f} {right:4.0f}")

slopes = [gradient(f, 0.0).item() for f in programs.values()]
clamp = 0 if torch.__version__ >= (2, 14) else 1
assert slopes == [0, clamp, 0.5, 0, 1, 0.5], "seen with torch 2.13 and 2.14"

# %%
# Where the six values differ
# ---------------------------
# At nan, at minus infinity and near the largest number of the type:

edge = torch.tensor([float("nan"), -float("inf"), 1e308], dtype=torch.float64)
at_the_edge = {name: f(edge).tolist() for name, f in programs.items()}
for name, values in at_the_edge.items():
    print(f"{name:20} {values}")
assert len(set(map(str, at_the_edge.values()))) == 3, "seen with torch 2.13"

# %%
# And :math:`|x|` as a root of a square gives zero times infinity at the kink:


def by_root(x):
    return (x + (x * x).sqrt()) / 2


print(by_root(points).tolist(), gradient(by_root, 0.0).item())
assert torch.equal(by_root(points), points.relu())
assert gradient(by_root, 0.0).isnan(), "seen with torch 2.13"

# %%
# Each answer is a subgradient
# ----------------------------
# A slope :math:`g` is a subgradient of a convex function if the line through the kink stays below it:
# :math:`f(y) \ge f(0) + g\,y` for all :math:`y`. Here that means :math:`0 \le g \le 1`:

y = torch.linspace(-2, 2, 401, dtype=torch.float64)
below = {
    g: bool((y.relu() >= g * y).all()) for g in (-0.1, 0.0, 0.5, 1.0, 1.1)
}
for g, stays in below.items():
    print(f"g = {g:4.1f}: {stays}")
assert list(below.values()) == [False, True, True, True, False]

# %%
# A difference of subgradients can be wrong
# -----------------------------------------
# :math:`\max(x, 0) - \max(-x, 0)` is :math:`x`, and :math:`x` has slope 1 everywhere. Autograd adds what
# it picked for each part:


def difference(part):
    return lambda x: part(x) - part(-x)


print(f"{'':20}  slope at -1    0    1")
at_zero = []
for name in ("relu(x)", "where(x >= 0, x, 0)", "maximum(x, 0)"):
    identity = difference(programs[name])
    torch.testing.assert_close(identity(y), y)
    left, kink, right = gradient(identity, points).tolist()
    print(f"{name:20} {left:10.0f} {kink:6.0f} {right:4.0f}")
    at_zero.append(kink)
    assert left == right == 1
assert at_zero == [0, 2, 1], "seen with torch 2.13"

# %%
# A tie is a kink, too
# --------------------
# The largest of :math:`(1, 3, 3, 2)` is the second entry or the third. The whole gradient of 1 goes to
# one of them, or is shared:

reductions = {
    "x.max()": lambda x: x.max(),
    "x.amax(dim=0)": lambda x: x.amax(dim=0),
    "x.max(dim=0).values": lambda x: x.max(dim=0).values,
    "x.sort().values[-1]": lambda x: x.sort().values[-1],
    "x.topk(1).values": lambda x: x.topk(1).values,
}
tied = [1.0, 3.0, 3.0, 2.0]
for name, f in reductions.items():
    print(f"{name:20} {gradient(f, tied).tolist()}")

# %%
# All of them add up to 1, over the two that lead:

shared = torch.tensor([0, 0.5, 0.5, 0], dtype=torch.float64)
at_the_tie = {name: gradient(f, tied) for name, f in reductions.items()}
sharing = [name for name, g in at_the_tie.items() if torch.equal(g, shared)]
print("shared by", *sharing)
assert sharing == ["x.max()", "x.amax(dim=0)"], "seen with torch 2.13"
sums = [(g.sum(), g[1] + g[2]) for g in at_the_tie.values()]
assert sums == [(1, 1)] * 5, "seen with torch 2.13"

# %%
# Two arguments that tie are a case of this. ``maximum`` gives a half to each:

a, b = (torch.zeros((), dtype=torch.float64, requires_grad=True) for _ in "ab")
halves = torch.autograd.grad(torch.maximum(a, b), (a, b))
print([half.item() for half in halves])
assert halves == (0.5, 0.5), "seen with torch 2.13"

# %%
# Only the shared one goes down
# -----------------------------
# Step against the gradient and look at the maximum. To lower it, both leaders have to move:

x = torch.tensor(tied, dtype=torch.float64)
lowered = []
for name in ("x.max(dim=0).values", "x.amax(dim=0)"):
    step = x - 0.1 * gradient(reductions[name], x.clone())
    print(f"{name:20} {x.max():.2f} -> {step.max():.2f}")
    lowered.append(step.max() < x.max())
assert lowered == [False, True], "seen with torch 2.13"

# %%
# The slopes, and the line that is not a tangent
# ----------------------------------------------
# Left, the slopes that the six programs pick at the kink. Right, the function that is :math:`x`, and the
# tangent that autograd gives it at zero.

fig, axes = plt.subplots(1, 2, figsize=(6.8, 3.4))
fig.set_label(
    "Two panels. Left, the graph of max(x, 0) with three lines through its kink, of slope 0, one half and 1, "
    "all of them below the graph. Right, the straight line of slope 1 that relu(x) - relu(-x) draws, and "
    "through zero the horizontal line that autograd reports as its tangent."
)
t = torch.linspace(-1, 1, 201, dtype=torch.float64)
axes[0].plot(t, t.relu(), color="#1d2530", linewidth=3)
names = ["relu", "maximum", "where(x >= 0)"]
for slope, name, colour in zip((0.0, 0.5, 1.0), names, ["C0", "C1", "C2"]):
    axes[0].plot(t, slope * t, "--", color=colour, label=f"{name}: {slope:g}")
axes[0].set(title=r"$\max(x, 0)$", xlabel="$x$", ylim=(-1, 1.05))
axes[0].legend(loc="upper left")
axes[1].plot(t, difference(torch.relu)(t), color="#1d2530", linewidth=3)
axes[1].plot(t, 0 * t, "--", label="autograd's tangent at 0")
axes[1].set(title="relu(x) - relu(-x)", xlabel="$x$", ylim=(-1, 1.05))
axes[1].legend(loc="upper left")
plt.show()

# %%
# What a check can see
# --------------------
# ``gradcheck`` compares with the central difference. At the kink of relu that is one half, and the check
# refuses; at the kink of :math:`|x|` it is zero, which is what autograd says, and the check is content:

zero = torch.zeros(1, dtype=torch.float64, requires_grad=True)
h = torch.tensor(1e-6, dtype=torch.float64)
verdicts = []
for name, f in {"relu": torch.relu, "abs": torch.abs}.items():
    left, right = (f(-h) / -h).item() + 0.0, (f(h) / h).item()
    verdicts.append(gradcheck(f, zero, raise_exception=False))
    print(f"{name}: left {left:.0f}, right {right:.0f}, {verdicts[-1]}")
assert verdicts == [False, True], "seen with torch 2.13"

# %%
# ``check_gradient`` compares the two sides:

report = check_gradient(
    torch.abs, torch.sign, zero.detach()[0].requires_grad_()
)
print(fill(report.verdict, 76))
assert not report

# %%
# One kink, one function
# ----------------------
# Written without the kinks that cancel, the function has its own slope. Where the largest entries
# are to be equal on purpose, a smooth maximum says so:

smooth = {
    "x": (lambda x: x, 0.0),
    "logsumexp(20 x) / 20": (lambda x: (20 * x).logsumexp(0) / 20, tied),
}
for name, (f, x) in smooth.items():
    print(f"{name:20} {gradient(f, x).round(decimals=4).tolist()}")
assert gradient(*smooth["x"]) == 1

# %%
# Exercise: choose the slope
# --------------------------
# ``x.abs()`` has gradient 0 at zero. Write :math:`|x|` so that it has 1 there, the slope from the right.
# ``mark`` says whether it worked:


def mark(absolute):
    values, slopes = absolute(points), gradient(absolute, points)
    right_values = torch.equal(values, points.abs())
    return right_values and slopes.tolist() == [-1.0, 1.0, 1.0]


print(mark(torch.abs))
assert not mark(torch.abs), "seen with torch 2.13"

# %%
# A solution
# ----------
# Let the branch on the right own the point:

solution = mark(lambda x: torch.where(x >= 0, x, -x))
print(solution)
assert solution, "seen with torch 2.13"
