r"""
Zero times infinity puts NaN into a masked gradient
===================================================

``torch.where`` computes both branches and then selects. The branch that was not selected still takes part
in the backward pass, with weight zero; and zero times infinity is NaN.
"""

from warnings import catch_warnings

import matplotlib.pyplot as plt
import torch
from torch.autograd import detect_anomaly

from autodiff_notes import check_gradient

plt.style.use("autodiff_notes.figures")

# %%
# The value is right
# ------------------
# The root of :math:`x` where :math:`x` is positive, and zero elsewhere:


def guarded(x):
    return torch.where(x > 0, torch.sqrt(x), 0.0)


x = torch.tensor([-4.0, 0.0, 4.0], dtype=torch.float64, requires_grad=True)
print(guarded(x).detach())

# %%
# The gradient is not
# -------------------
# At -4 the function is flat, and at 4 its slope is :math:`\tfrac14`. At 0 there is no gradient to find, but that is
# not what the first NaN says:


def gradient(f, x):
    return torch.autograd.grad(f(x).sum(), x)[0]


print(gradient(guarded, x))
missing = gradient(guarded, x).isnan()
assert missing.tolist() == [True, True, False], "seen with torch 2.13"

# %%
# At zero there is none to find
# -----------------------------
# From the left the slope at zero is 0. From the right the difference quotient is :math:`1/\sqrt h`, which has no bound:

h = torch.tensor([1e-2, 1e-4, 1e-6], dtype=torch.float64)
print("from the left ", guarded(-h) / -h + 0)
print("from the right", guarded(h) / h)
assert torch.equal(guarded(-h), torch.zeros_like(h))
torch.testing.assert_close(guarded(h) / h, h**-0.5)

# %%
# Zero times infinity
# -------------------
# Stop between the two operations. ``where`` hands the root what it should; the derivative of the root
# is not a number at -4, and infinite at 0:

root = torch.sqrt(x)
(weight,) = torch.autograd.grad(torch.where(x > 0, root, 0.0).sum(), root)
print("weight from where   ", weight.tolist())
derivative = 1 / (2 * root.detach())
assert (weight * derivative).isnan().tolist() == [True, True, False]
print("slope of the root   ", derivative.tolist())
print("their product       ", (weight * derivative).tolist())

# %%
# Five spellings of the mask
# --------------------------
# Multiplying by the mask, filling, replacing NaN, picking out: each comes after the root, and sends a
# zero back to it. The root of zero is no NaN, so ``nan_to_num`` leaves it, and the infinite slope from the right
# comes out. ``clamp`` comes before the root. It returns that slope, too, until torch 2.13; from 2.14 on, zero:

spellings = {
    "x.sqrt() * (x > 0)": lambda x: x.sqrt() * (x > 0),
    "x.sqrt().masked_fill(x <= 0, 0)": lambda x: x.sqrt().masked_fill(
        x <= 0, 0.0
    ),
    "x.sqrt().nan_to_num()": lambda x: x.sqrt().nan_to_num(),
    "x.sqrt()[x > 0]": lambda x: x.sqrt()[x > 0],
    "x.clamp(min=0).sqrt()": lambda x: x.clamp(min=0).sqrt(),
}
gradients = {
    name: str(gradient(f, x).tolist()) for name, f in spellings.items()
}
for name, found in gradients.items():
    print(f"{name:32} {found}")
assert list(gradients.values()) == [
    "[nan, nan, 0.25]",
    "[nan, nan, 0.25]",
    "[nan, inf, 0.25]",
    "[nan, nan, 0.25]",
    f"[0.0, {'0.0' if torch.__version__ >= (2, 14) else 'inf'}, 0.25]",
], "seen with torch 2.13 and 2.14"

# %%
# Anomaly mode names the operation
# --------------------------------
# NaN spreads to whatever comes after, so look for its origin. This mode stops at the first one; it is slow,
# and for searching only:

try:
    with catch_warnings(action="ignore"), detect_anomaly():
        guarded(x).sum().backward()
except RuntimeError as error:
    message = f"{type(error).__name__}: {error}"
print(message)
assert "SqrtBackward0" in message, "seen with torch 2.13"

# %%
# The cure: make the input safe, then select
# ------------------------------------------
# The first ``where`` replaces what the root must not see. The second one selects, as before. At zero it selects the
# flat branch, and the gradient is that branch's:


def safe(x):
    inside = torch.where(x > 0, x, 1.0)
    return torch.where(x > 0, torch.sqrt(inside), 0.0)


print(safe(x).detach())
print(gradient(safe, x))
assert torch.equal(guarded(x), safe(x))
assert gradient(safe, x).tolist() == [0, 0, 0.25], "seen with torch 2.13"

# %%
# Or pick first, and compute after
# --------------------------------
# Indexing before the root works, too: the root never sees the rest.

picked = gradient(lambda x: x[x > 0].sqrt(), x)
print(picked)
assert picked.tolist() == [0, 0, 0.25], "seen with torch 2.13"

# %%
# It can wait for an overflow
# ---------------------------
# :math:`e^x - 1` on the left of zero and :math:`x` on the right. The branch that is not taken is finite,
# until :math:`e^x` exceeds the largest number of the type:


def elu(x):
    return torch.where(x < 0, torch.exp(x) - 1, x)


def safe_elu(x):
    return torch.where(x < 0, torch.exp(torch.where(x < 0, x, 0.0)) - 1, x)


for value in (-1.0, 50.0, 88.0, 89.0):
    at = torch.tensor(value, requires_grad=True)
    slopes = [gradient(f, at).item() for f in (elu, safe_elu)]
    print(f"x = {value:4.0f}: {slopes[0]:.4f}, made safe {slopes[1]:.4f}")
assert slopes[0] != slopes[0], "NaN, seen with torch 2.13"
assert slopes[1] == 1, "seen with torch 2.13"

# %%
# Where the gradient is missing
# -----------------------------
# Both functions, with one ``where`` and with two:

fig, axes = plt.subplots(1, 2, figsize=(6.8, 3.2))
fig.set_label(
    "Two panels of gradients over x. For the guarded root, the version with one where has none to the left "
    "of zero, while the version with two is zero there. For the exponential linear unit in float32, the "
    "version with one where stops at x = 88.7 and the version with two goes on at 1."
)
panels = [
    (guarded, safe, torch.linspace(-2, 4, 601), "guarded root"),
    (elu, safe_elu, torch.linspace(-20, 150, 681), "linear unit, float32"),
]
for ax, (naive, cured, at, title) in zip(axes, panels):
    at.requires_grad_()
    ax.plot(at.detach(), gradient(cured, at), "C1", label="two where")
    ax.plot(
        at.detach(), gradient(naive, at), "C0", linewidth=4, label="one where"
    )
    missing = gradient(naive, at).isnan()
    ax.fill_between(
        at.detach(), -0.1, 1.6, where=missing, color="#f5f7f9", zorder=-1
    )
    ax.set(title=title, xlabel="$x$", ylabel="gradient", ylim=(-0.1, 1.6))
    ax.text(at.detach()[missing].mean(), 0.75, "NaN", ha="center")
    ax.legend(loc="upper right")
plt.show()

# %%
# Exercise: the quotient at zero
# ------------------------------
# :math:`\sin(x)/x`, with 1 at zero, is smooth, and its derivative at zero is 0. Write it so that
# ``check_gradient`` agrees. The first try has one ``where``:

point = torch.tensor([0.0, 0.5, -2.0], dtype=torch.float64, requires_grad=True)
formula = (point.cos() - point.sin() / point) / point
slope = formula.detach().nan_to_num()


def mark(quotient):
    return check_gradient(lambda x: quotient(x).sum(), slope, point).holds


def first_try(x):
    return torch.where(x == 0, 1.0, torch.sin(x) / x)


print(slope)
print(first_try(point).detach())
print(mark(first_try))
assert not mark(first_try), "seen with torch 2.13"

# %%
# A solution
# ----------
# No division by zero, in either direction:


def solution(x):
    inside = torch.where(x == 0, 1.0, x)
    return torch.where(x == 0, 1.0, torch.sin(inside) / inside)


print(mark(solution))
assert mark(solution)
