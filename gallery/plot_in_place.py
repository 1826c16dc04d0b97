r"""
Which writes in place backward refuses
======================================

Backward uses values from the forward pass. If a value was overwritten in between, the gradient would be
wrong, so each tensor counts the writes to it, and backward refuses a tensor whose count has moved.
"""

from textwrap import fill

import matplotlib.pyplot as plt
import torch

from autodiff_notes import check_gradient, domains

plt.style.use("autodiff_notes.figures")

# %%
# The counter
# -----------
# Each of these writes adds one. Reading and computing leave the count where it is:

w = domains.positive(3, generator=torch.Generator().manual_seed(0))
w.requires_grad_()
y = torch.exp(w)
history = [("exp", y._version)]
y += 1
history.append(("+= 1", y._version))
y[0] = 0
history.append(("[0] = 0", y._version))
y.sum()
history.append(("sum", y._version))
y.clamp_(max=5)
history.append(("clamp_", y._version))
print(history)
flagged = torch.ones(2).requires_grad_()
cut = torch.exp(w).detach_()
print("requires_grad_", flagged._version, "detach_", cut._version)
with torch.inference_mode():
    unversioned = torch.exp(w)
try:
    print(unversioned._version)
except RuntimeError as error:
    no_version = str(error)
print(no_version)
assert "do not track version" in no_version, "seen with torch 2.13"
assert (flagged._version, cut._version) == (0, 0), "seen with torch 2.13"
assert [count for _, count in history] == [0, 1, 2, 2, 3], (
    "seen with torch 2.13"
)

# %%
# The mistake
# -----------
# The derivative of the exponential is the exponential, so its rule saves the output. Then the output is
# overwritten:

y = torch.exp(w)
y += 1
try:
    y.sum().backward()
except RuntimeError as error:
    overwritten = f"RuntimeError: {error}"
print(fill(overwritten, 76))
assert "is at version 1; expected version 0" in overwritten, (
    "seen with torch 2.13"
)

# %%
# What to write
# -------------
# A new tensor for a new value. The old one stays as it was for the backward pass:

y = torch.exp(w)
y = y + 1
y.sum().backward()
print(w.grad)
torch.testing.assert_close(w.grad, torch.exp(w.detach()))

# %%
# Which write matters
# -------------------
# It depends on what the rule saves: its input, its output, both or nothing. Write to one of them after the
# operation, and see whether backward refuses:

operations = {
    "exp": torch.exp,
    "sqrt": torch.sqrt,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "sin": torch.sin,
    "log": torch.log,
    "u ** 2": lambda u: u**2,
    "3 * u": lambda u: 3 * u,
    "u.cumsum(0)": lambda u: u.cumsum(0),
    "u.logsumexp(0)": lambda u: u.logsumexp(0),
}


def outcome(operation, written):
    u = 1 * w
    y = operation(u)
    (right,) = torch.autograd.grad(y.sum(), w, retain_graph=True)
    (u if written == "input" else y).add_(1)
    try:
        (gradient,) = torch.autograd.grad(y.sum(), w)
    except RuntimeError:
        return "refused"
    torch.testing.assert_close(gradient, right)
    return "right"


# %%
# Where it does not refuse, the gradient is compared with the right one. In this table it is right in each case:

table = {
    name: (outcome(operation, "input"), outcome(operation, "output"))
    for name, operation in operations.items()
}
print(f"{'':15} input written  output written")
for name, (by_input, by_output) in table.items():
    print(f"{name:15} {by_input:13}  {by_output}")
saves_output = ("right", "refused")
saves_input = ("refused", "right")
assert list(table.values()) == [
    *4 * [saves_output], *3 * [saves_input],
    *2 * [("right", "right")], ("refused", "refused"),
], "seen with torch 2.13"  # fmt: skip

# %%
# Caution on the safe side
# ------------------------
# The counter knows that a tensor was written, not which entry. Here the entry that is written is not the entry
# that is needed:

y = torch.exp(w)
kept = y[:2].sum()
y[2] = 0
try:
    kept.backward()
except RuntimeError as error:
    elsewhere = f"RuntimeError: {error}"
print(fill(elsewhere.partition(" Hint")[0], 76))
assert "is at version 1" in elsewhere, "seen with torch 2.13"

# %%
# The counter over a program
# --------------------------
# The program of the first section, step by step. Backward of ``exp`` wants version 0, and gets version 3:

fig, ax = plt.subplots()
fig.set_label(
    "The version of y over the five steps of the first section: 0 after exp, 1 after += 1, 2 after the "
    "assignment to an entry, still 2 after sum, 3 after clamp_. A dashed line marks version 0, which exp saved."
)
names, counts = zip(*history)
ax.step(range(5), counts, where="post", marker="o")
ax.axhline(0, color="C1", linestyle="--", label="saved by exp")
ax.set(xticks=range(5), xticklabels=names, yticks=range(4))
ax.set(ylabel="version of y", ylim=(-0.3, 3.3))
ax.legend()
plt.show()

# %%
# Views share the counter
# -----------------------
# A view looks at the same memory, so a write through either counts for both. A detached tensor is such a view:

y = torch.exp(w)
detached = y.detach()
detached.zero_()
print("versions", y._version, detached._version)
try:
    y.sum().backward()
except RuntimeError as error:
    print(fill(f"RuntimeError: {error}".partition(" Hint")[0], 76))
    through_a_view = str(error)
assert "is at version 1" in through_a_view, "seen with torch 2.13"

# %%
# What the counter does not see
# -----------------------------
# A write through ``.data`` is not counted. The gradient should be :math:`e^w`, and it comes out as zero, without a
# message. The same goes for other ways to the memory, such as NumPy's:

y = torch.exp(w)
y.data.zero_()
(silent,) = torch.autograd.grad(y.sum(), w)
print("version", y._version, "gradient", silent)
y = torch.exp(w)
y.detach().numpy()[:] = 0
(by_numpy,) = torch.autograd.grad(y.sum(), w)
print("version", y._version, "gradient", by_numpy)
assert not silent.any(), "seen with torch 2.13"
assert not by_numpy.any(), "seen with torch 2.13"

# %%
# Leaves refuse at once
# ---------------------
# A leaf that requires a gradient cannot be written while the tape runs. A step of gradient descent is a write,
# and belongs under ``no_grad``:

try:
    w -= 0.1 * w.grad
except RuntimeError as error:
    leaf = f"RuntimeError: {error}"
print(fill(leaf, 76))
assert "a leaf Variable" in leaf, "seen with torch 2.13"
with torch.no_grad():
    w -= 0.1 * w.grad
print("version", w._version)

# %%
# The mistake in a recurrence
# ---------------------------
# :math:`h_t = \tanh(a h_{t-1} + x_t)`, written into a buffer. Each step overwrites one entry of a tensor that the
# steps before have saved:


def in_a_buffer(a, x):
    h = x.new_zeros(len(x) + 1)
    for t in range(len(x)):
        h[t + 1] = torch.tanh(a * h[t] + x[t])
    return h[-1]


x = domains.normal(4, generator=torch.Generator().manual_seed(1))
a = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
try:
    in_a_buffer(a, x).backward()
except RuntimeError as error:
    buffer = f"RuntimeError: {error}"
print(fill(buffer.partition(" Hint")[0], 76))
assert "is at version 4; expected version 3" in buffer, "seen with torch 2.13"

# %%
# Exercise: the recurrence, repaired
# ----------------------------------
# Write it without a write. By hand, :math:`\mathrm{d}h_t/\mathrm{d}a = (1 - h_t^2)(h_{t-1} + a\, \mathrm{d}h_{t-1}/\mathrm{d}a)`, and
# ``check_gradient`` compares. A buffer written through ``.data`` stops the error, and not the mistake:


def by_hand(a, x):
    h, slope = torch.zeros_like(a), torch.zeros_like(a)
    for x_t in x:
        before, h = h, torch.tanh(a * h + x_t)
        slope = (1 - h**2) * (before + a * slope)
    return slope


def through_data(a, x):
    h = x.new_zeros(len(x) + 1)
    for t in range(len(x) - 1):
        h.data[t + 1] = torch.tanh(a * h[t] + x[t])
    return torch.tanh(a * h[-2] + x[-1])


report = check_gradient(through_data, by_hand, a, x)
print(report)
assert not report

# %%
# A solution
# ----------
# Each step makes a new tensor, and a name moves on:


def repaired(a, x):
    h = torch.zeros_like(a)
    for x_t in x:
        h = torch.tanh(a * h + x_t)
    return h


report = check_gradient(repaired, by_hand, a, x)
print(report)
assert report
