r"""
Five ways to a derivative agree at every step
=============================================

The function is :math:`f(x, y) = x \log x + \sin(xy)`. It is differentiated by hand, by dual numbers, by a reverse
sweep, by autograd and by finite differences. All five are compared at every intermediate value.
"""

import cmath
import math

import matplotlib.pyplot as plt
import torch
from torch.func import jvp

plt.style.use("autodiff_notes.figures")

# %%
# A program is a list of operations
# ---------------------------------
# Each line has a name, an operation, and the names that it reads:

PROGRAM = [
    ("v1", "log", ["x"]),
    ("v2", "mul", ["x", "v1"]),
    ("v3", "mul", ["x", "y"]),
    ("v4", "sin", ["v3"]),
    ("f", "add", ["v2", "v4"]),
]
PLAIN = {
    "log": math.log,
    "sin": math.sin,
    "mul": lambda a, b: a * b,
    "add": lambda a, b: a + b,
}

# %%
# The evaluation trace
# --------------------
# Run it at :math:`(2, 3)`, and keep every value:


def trace(inputs, program=PROGRAM, operations=PLAIN):
    value = dict(inputs)
    for name, operation, reads in program:
        value[name] = operations[operation](*(value[r] for r in reads))
    return value


value = trace({"x": 2.0, "y": 3.0})
for name, operation, reads in PROGRAM:
    line = f"{name:2} = {operation}({', '.join(reads)})"
    print(f"{line:16} = {value[name]:7.4f}")
x, y = torch.tensor([2.0, 3.0], dtype=torch.float64)
assert math.isclose(value["f"], x * torch.log(x) + torch.sin(x * y))

# %%
# Local derivatives
# -----------------
# Each operation's derivative by each of its arguments. The rest is sums and products:

SLOPES = {
    "log": lambda a: [1 / a],
    "sin": lambda a: [math.cos(a)],
    "mul": lambda a, b: [b, a],
    "add": lambda a, b: [1.0, 1.0],
}

# %%
# First way: by hand
# ------------------
# Every value by :math:`x`, written :math:`\dot v`, and :math:`f` by every value, written :math:`\bar v`:

log, cos = math.log(2), math.cos(2 * 3)
dot_by_hand = {"x": 1, "y": 0, "v1": 1 / 2, "v2": log + 1, "v3": 3}
dot_by_hand |= {"v4": 3 * cos, "f": log + 1 + 3 * cos}
bar_by_hand = {"f": 1, "v4": 1, "v3": cos, "v2": 1, "v1": 2}
bar_by_hand |= {"y": 2 * cos, "x": log + 1 + 3 * cos}
print(f"by x {bar_by_hand['x']:.4f}, by y {bar_by_hand['y']:.4f}")

# %%
# Second way: dual numbers
# ------------------------
# Each name holds a pair, value and tangent, and the program runs from top to bottom. Start with
# :math:`\dot x = 1` and :math:`\dot y = 0`:


def dual_numbers(inputs):
    pair = dict(inputs)
    for name, operation, reads in PROGRAM:
        values = [pair[r][0] for r in reads]
        slopes = SLOPES[operation](*values)
        tangent = sum(s * pair[r][1] for s, r in zip(slopes, reads))
        pair[name] = (PLAIN[operation](*values), tangent)
    return pair


pairs = dual_numbers({"x": (2.0, 1.0), "y": (3.0, 0.0)})
dot_by_duals = {name: tangent for name, (_, tangent) in pairs.items()}
print(f"by x {dot_by_duals['f']:.4f}")

# %%
# One run gives the derivative by one input. For the other, start with :math:`\dot x = 0` and :math:`\dot y = 1`:

by_y = dual_numbers({"x": (2.0, 0.0), "y": (3.0, 1.0)})["f"][1]
print(f"by y {by_y:.4f}")

# %%
# Third way: the reverse sweep
# ----------------------------
# Start with :math:`\bar f = 1`, and go through the trace from the bottom to the top. Each line hands a share to
# the names that it reads:


def reverse_sweep(value, program=PROGRAM, slopes=SLOPES):
    bar = dict.fromkeys(value, 0.0)
    bar["f"] = 1.0
    for name, operation, reads in reversed(program):
        local = slopes[operation](*(value[r] for r in reads))
        for slope, r in zip(local, reads):
            bar[r] += slope * bar[name]
    return bar


bar_by_sweep = reverse_sweep(value)
print(f"by x {bar_by_sweep['x']:.4f}, by y {bar_by_sweep['y']:.4f}")

# %%
# The mistake: = where += belongs
# -------------------------------
# Three lines read ``x``. If each overwrites what the others have brought, only the one that comes last is left:


def forgetful_sweep(value):
    bar = {"f": 1.0}
    for name, operation, reads in reversed(PROGRAM):
        local = SLOPES[operation](*(value[r] for r in reads))
        for slope, r in zip(local, reads):
            bar[r] = slope * bar[name]
    return bar


print(f"by x {forgetful_sweep(value)['x']:.4f}")
assert not math.isclose(forgetful_sweep(value)["x"], bar_by_hand["x"])

# %%
# Fourth way: autograd
# --------------------
# The same program with torch's operations. ``jvp`` gives every tangent, ``autograd.grad`` every
# :math:`\bar v`:

TORCH = {name: getattr(torch, name) for name in PLAIN}


def torch_trace(x, y):
    return trace({"x": x, "y": y}, operations=TORCH)


one, zero = torch.ones_like(x), torch.zeros_like(x)
_, dot_by_torch = jvp(torch_trace, (x, y), (one, zero))
recorded = torch_trace(x.requires_grad_(), y.requires_grad_())
grads = torch.autograd.grad(recorded["f"], recorded.values())
bar_by_torch = dict(zip(recorded, grads))
print(f"by x {bar_by_torch['x']:.4f}, by y {bar_by_torch['y']:.4f}")

# %%
# .grad is written once
# ---------------------
# A hook that runs after each write to ``.grad``. The cube reads ``u`` three times:

u = torch.tensor(2.0, dtype=torch.float64, requires_grad=True)
writes = []
u.register_post_accumulate_grad_hook(lambda u: writes.append(u.grad.item()))
(u * u * u).backward()
print(writes)
assert writes == [12], "seen with torch 2.13"

# %%
# Fifth way: finite differences
# -----------------------------
# Nudge one value, run the lines after it, and watch a later one:


def difference(nudged, watched, h=1e-6):
    names = list(value)
    rest = PROGRAM[max(0, names.index(nudged) - 1) :]
    up = trace(value | {nudged: value[nudged] + h}, rest)
    down = trace(value | {nudged: value[nudged] - h}, rest)
    return (up[watched] - down[watched]) / (2 * h)


dot_by_differences = {name: difference("x", name) for name in value}
bar_by_differences = {name: difference(name, "f") for name in value}
print(f"by x {difference('x', 'f'):.4f}, by y {difference('y', 'f'):.4f}")

# %%
# With a step in the imaginary direction nothing is subtracted, and the step may be tiny:

COMPLEX = PLAIN | {"log": cmath.log, "sin": cmath.sin}
aside = trace({"x": 2 + 1e-20j, "y": 3.0}, operations=COMPLEX)["f"]
print(f"by x {aside.imag / 1e-20:.4f}")
assert math.isclose(aside.imag / 1e-20, bar_by_hand["x"], rel_tol=1e-14)

# %%
# One table
# ---------
# Every value, its derivative by :math:`x`, and the derivative of :math:`f` by it, each found four times:

dots = [dot_by_hand, dot_by_duals, dot_by_torch, dot_by_differences]
bars = [bar_by_hand, bar_by_sweep, bar_by_torch, bar_by_differences]


def columns(cells):
    return "".join(f"{cell:>8}" for cell in cells)


def digits(ways, name):
    return columns(f"{way[name]:.4f}" for way in ways)


print(f"{'':10}{'derivative by x':>24}{'derivative of f':>32}")
print(f"{'value':>10}", end="")
print(columns(["by hand", "duals", "torch", "differ."]), end="")
print(columns(["by hand", "sweep", "torch", "differ."]))
for name, v in value.items():
    print(f"{name:2}{v:8.4f}{digits(dots, name)}{digits(bars, name)}")

# %%
# How well they agree
# -------------------
# Against the columns by hand, the largest difference in each column:

limits = [1e-12, 1e-12, 1e-8]
for ways, names in (
    (dots, ["dual numbers", "jvp of torch", "differences by x"]),
    (bars, ["reverse sweep", "autograd", "differences of f"]),
):
    by_hand, *others = ways
    for other, name, limit in zip(others, names, limits):
        gap = max(abs(other[v] - by_hand[v]) for v in value)
        print(f"{name:17} {gap:.0e}")
        assert gap < limit

# %%
# The picture of the table
# ------------------------
# Left, how :math:`x` moves every value, filled in from the top. Right, how every value moves :math:`f`, filled in from
# the bottom:

fig, axes = plt.subplots(1, 2, figsize=(6.8, 3.8), sharey=True)
fig.set_label(
    "Two panels with a row for each of x, y, v1 to v4 and f. Left, the derivative of the row by x; right, the "
    "derivative of f by the row. In each row the four marks, by hand, by the site's own sweep, by autograd and "
    "by differences, lie on each other. The last row on the left equals the first row on the right, 4.57."
)
marks = [("o", 13), ("s", 8), ("x", 8), ("+", 13)]
names = ["by hand", "duals, or sweep", "autograd", "differences"]
for ax, ways in zip(axes, [dots, bars]):
    for way, (mark, size), label in zip(ways, marks, names):
        across = [float(way[name]) for name in value]
        ax.plot(
            across, range(7), mark, markersize=size, fillstyle="none",
            markeredgewidth=1.6, label=label,
        )  # fmt: skip
    ax.axvline(0, color="#d5dbe1", zorder=0)
axes[0].set(xlabel=r"$\dot v$, derivative by $x$", yticks=range(7))
axes[0].set_yticklabels(value)
axes[0].invert_yaxis()
axes[1].set(xlabel=r"$\bar v$, derivative of $f$")
handles, labels = axes[0].get_legend_handles_labels()
fig.legend(handles, labels, loc="outside lower center", ncols=4)
plt.show()

# %%
# Exercise: a machine that can divide
# -----------------------------------
# Teach the sweep division: give its two slopes. The marker differentiates :math:`\sin(x) / (xy)` at random points, and
# compares with autograd. The first try forgets a sign:

QUOTIENT = [
    ("v1", "sin", ["x"]),
    ("v2", "mul", ["x", "y"]),
    ("f", "div", ["v1", "v2"]),
]


def mark(slopes_of_div):
    operations = PLAIN | {"div": lambda a, b: a / b}
    slopes = SLOPES | {"div": slopes_of_div}
    for seed in range(5):
        torch.manual_seed(seed)
        x, y = torch.randn(2, dtype=torch.float64).requires_grad_()
        right = torch.autograd.grad(torch.sin(x) / (x * y), (x, y))
        inputs = {"x": x.item(), "y": y.item()}
        bar = reverse_sweep(
            trace(inputs, QUOTIENT, operations), QUOTIENT, slopes
        )
        if not math.isclose(bar["y"], right[1], rel_tol=1e-9):
            return f"refused: by y {bar['y']:.4f}, autograd {right[1]:.4f}"
        if not math.isclose(bar["x"], right[0], rel_tol=1e-9):
            return f"refused: by x {bar['x']:.4f}, autograd {right[0]:.4f}"
    return "holds"


print(mark(lambda a, b: [1 / b, a / b**2]))
assert mark(lambda a, b: [1 / b, a / b**2]) != "holds"

# %%
# A solution
# ----------
# :math:`\partial (a/b)/\partial a = 1/b` and :math:`\partial (a/b)/\partial b = -a/b^2`:

print(mark(lambda a, b: [1 / b, -a / b**2]))
assert mark(lambda a, b: [1 / b, -a / b**2]) == "holds"
