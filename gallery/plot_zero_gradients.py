r"""
round has slope zero, argmax has no slope at all
================================================

``round`` has slope zero at almost every point, and ``argmax`` returns an integer. Autograd returns that zero, or finds
no way back. The answer is true, and descent stays where it is.
"""

from textwrap import fill

import matplotlib.pyplot as plt
import torch
from torch.autograd import gradcheck

from autodiff_notes import check_gradient

plt.style.use("autodiff_notes.figures")

# %%
# A weight that does not move
# ---------------------------
# Find :math:`w` so that :math:`(\operatorname{round}(w) - 3)^2` is small. Fifty steps of descent from 0.4:


def train(rounding, w=0.4, steps=50, rate=0.1):
    w = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    path = [w.item()]
    for _ in range(steps):
        loss = (rounding(w) - 3) ** 2
        (g,) = torch.autograd.grad(loss, w)
        w = (w - rate * g).detach().requires_grad_()
        path.append(w.item())
    return path


print(f"{train(torch.round)[0]} -> {train(torch.round)[-1]}")
assert train(torch.round)[-1] == 0.4, "seen with torch 2.13"

# %%
# No check complains
# ------------------
# The derivative of ``round`` is zero, except at halves. Formula, autograd and differences agree:

x = torch.tensor([0.2, 0.7, -1.4], dtype=torch.float64, requires_grad=True)
report = check_gradient(lambda x: x.round().sum(), lambda x: 0 * x, x)
print(report)
assert report

# %%
# The slope does not add up to the rise
# -------------------------------------
# From 0 to 3 ``round`` rises by 3, and the integral of its derivative is 0. All of the rise is in the jumps,
# where there is no derivative:

t = torch.linspace(0, 3, 1000, dtype=torch.float64, requires_grad=True)
(slope,) = torch.autograd.grad(t.round().sum(), t)
rise = (t[-1].round() - t[0].round()).item()
print(
    "rise", rise, "- integral of the slope", torch.trapezoid(slope, t).item()
)
assert rise == 3
assert not slope.any(), "seen with torch 2.13"

# %%
# Zero, one, none, or an error
# ----------------------------
# What torch does with functions that jump:

functions = {
    "round": torch.round,
    "floor": torch.floor,
    "sign": torch.sign,
    "frac": torch.frac,
    "x % 1": lambda x: x % 1,
    "x > 0": lambda x: x > 0,
    "argmax": torch.argmax,
    "x.long()": lambda x: x.long(),
    "x // 1": lambda x: x // 1,
}

# %%
# Ask each for its gradient at 0.2, 0.7 and -1.4:


def answer(f):
    y = f(x)
    if not y.requires_grad:
        return "no way back"
    try:
        return torch.autograd.grad(y.sum(), x)[0].tolist()
    except RuntimeError as error:
        return f"{type(error).__name__}: {error}"


answers = {name: answer(f) for name, f in functions.items()}
for name, text in answers.items():
    print(f"{name:9} {text}")
expected = [3 * [0.0]] * 3 + [3 * [1.0]] * 2 + 3 * ["no way back"]
assert list(answers.values())[:8] == expected, "seen with torch 2.13"
assert "not implemented" in answers["x // 1"], "seen with torch 2.13"

# %%
# A loss that counts
# ------------------
# The share of right answers is what one wants to raise. It has no way back, and here there is a message:

logits = torch.tensor(
    [[2.0, 1.0], [0.5, 1.0], [0.0, 3.0]], dtype=torch.float64
)
logits.requires_grad_()
labels = torch.tensor([0, 0, 1])
share = (logits.argmax(dim=1) == labels).double().mean()
try:
    (-share).backward()
except RuntimeError as error:
    message = f"RuntimeError: {error}"
print(f"{share.item():.4f}")
print(message.replace(" and", "\nand"))
assert "does not require grad" in message, "seen with torch 2.13"

# %%
# Added to another loss, it is silent
# -----------------------------------
# Then there is a way back, and it leads past the part that counts:


def entropy():
    return torch.nn.functional.cross_entropy(logits, labels)


(alone,) = torch.autograd.grad(entropy(), logits)
(together,) = torch.autograd.grad(entropy() - 10 * share, logits)
print(torch.equal(alone, together))
assert torch.equal(alone, together)

# %%
# Integers cannot ask for a gradient
# ----------------------------------
# Whoever writes ``3`` for ``3.0`` learns it here:

try:
    torch.tensor([1, 2, 3], requires_grad=True)
except RuntimeError as error:
    message = f"RuntimeError: {error}"
print(fill(message, 76))
assert "floating point" in message, "seen with torch 2.13"

# %%
# A straight way through
# ----------------------
# Round on the way forward, and on the way back take the slope of :math:`x`. ``detach`` does it: the value
# is ``round(x)``, the gradient that of ``x``:


def straight_through(x):
    return x + (x.round() - x).detach()


print(straight_through(x).detach().tolist())
print(torch.autograd.grad(straight_through(x).sum(), x)[0].tolist())
print(f"0.4 -> {train(straight_through)[-1]:.3f}")
torch.testing.assert_close(straight_through(x), x.round())
assert round(train(straight_through)[-1]) == 3

# %%
# It is not the gradient of this function
# ---------------------------------------
# The check says so:

report = check_gradient(
    lambda x: straight_through(x).sum(), torch.ones_like(x), x
)
print(fill(report.verdict, 76))
assert not report

# %%
# A soft staircase
# ----------------
# The other way is to change the function: a sum of steep sigmoids has a slope, and the slope is true. Far
# from the jumps it is small; how small is a choice:


def soft_round(x, steepness=6.0):
    jumps = torch.arange(-2, 6, dtype=torch.float64) + 0.5
    steps = torch.sigmoid(steepness * (x[..., None] - jumps))
    return steps.sum(-1) - 2


print(gradcheck(soft_round, x))
assert gradcheck(soft_round, x)
print(f"0.4 -> {train(soft_round)[-1]:.3f}")
assert round(train(soft_round)[-1]) == 3

# %%
# Three descents
# --------------
# Left, the functions; right, the weight on its way to 3.

line = torch.linspace(-0.5, 4, 451, dtype=torch.float64)
fig, axes = plt.subplots(1, 2, figsize=(6.8, 3.4))
fig.set_label(
    "Left, the staircase of round with a soft staircase through it and the straight line whose slope the "
    "straight-through rule borrows. Right, the weight over fifty steps of descent: with round it stays at "
    "0.4, with the straight-through rule it climbs to between 2.5 and 3.5, with the soft staircase to 3."
)
axes[0].plot(line, line.round(), label="round")
axes[0].plot(line, line, "--", label="straight through, on the way back")
axes[0].plot(line, soft_round(line), label="soft")
for f in (torch.round, straight_through, soft_round):
    axes[1].plot(train(f))
axes[0].set(xlabel="$x$", title="function", ylim=(-0.6, 6))
axes[1].axhline(3, color="#56616d", linewidth=0.8)
axes[1].set(xlabel="step", ylabel="$w$", title="descent")
axes[0].legend(loc="upper left")
plt.show()

# %%
# Exercise: a threshold that learns
# ---------------------------------
# Write a step function with the values of :math:`x > 0`, as 0 and 1, and the gradient of
# :math:`\operatorname{sigmoid}(4x)`. The first try has the values alone:


def mark(step):
    s = torch.sigmoid(4 * x.detach())
    if not torch.allclose(step(x), (x > 0).double()):
        return "refused: the values are not those of x > 0"
    if not step(x).requires_grad:
        return "refused: no way back"
    (slope,) = torch.autograd.grad(step(x).sum(), x)
    return torch.allclose(slope, 4 * s * (1 - s))


print(mark(lambda x: (x > 0).double()))
assert mark(lambda x: (x > 0).double()) is not True

# %%
# A solution
# ----------
# Add zero, made of the two values, and cut off:


def solution(x):
    s = torch.sigmoid(4 * x)
    return s + ((x > 0).double() - s).detach()


print(mark(solution))
assert mark(solution) is True
