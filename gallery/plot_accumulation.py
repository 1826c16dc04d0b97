"""
A gradient adds up until something zeroes it
============================================

``backward()`` does not store a gradient, it adds one. After a second call on the same leaves the
gradient there is doubled, and a notebook whose cells were run more than once shows sums over runs that it no longer
shows.
"""

import matplotlib.pyplot as plt
import torch

plt.style.use("autodiff_notes.figures")

# %%
# A fresh run
# -----------
# New leaves, one forward pass, one backward pass:

x = torch.tensor([1.0], requires_grad=True)
y = torch.tensor([2.0], requires_grad=True)
f = x * torch.log(x) + torch.sin(x * y)
f.backward()
print(x.grad)
print(y.grad)

# %%
# Every backward adds
# -------------------
# The same two lines again, three more times. The value of ``f`` stays; the gradients grow:

history = [(x.grad.item(), y.grad.item())]
for run in range(2, 5):
    f = x * torch.log(x) + torch.sin(x * y)
    f.backward()
    history.append((x.grad.item(), y.grad.item()))
    print(f"{run} calls: f = {f.item():.4f}, gradients {x.grad}, {y.grad}")

times_x = [by_x / history[0][0] for by_x, _ in history]
times_y = [by_y / history[0][1] for _, by_y in history]
print("x.grad, times:", *(f"{times:.4f}" for times in times_x))
print("y.grad, times:", *(f"{times:.4f}" for times in times_y))
torch.testing.assert_close(
    torch.tensor([times_x, times_y]), torch.tensor(2 * [[1.0, 2, 3, 4]])
)

# %%
# The recorded values are 3.10 times the right ones
# -------------------------------------------------
# The original notes print these gradients under one call of ``backward()``. Against a fresh run:

recorded = (0.5198, -1.2900)
factors = [old / new for old, new in zip(recorded, history[0])]
print(*(f"{factor:.4f}" for factor in factors))
assert all(3 < factor < 4 for factor in factors)

# %%
# Nearly one factor for both, and not a whole number: between the third call and the fourth.

fig, axes = plt.subplots(1, 2, figsize=(6.8, 3.4))
fig.set_label(
    "Two panels. The accumulated x.grad grows in equal steps of 0.1677 from the first to the fourth "
    "call of backward, and y.grad in steps of -0.4161. In both panels a dashed line marks the value "
    "that the original notes recorded; it lies a tenth of a step beyond the third call."
)
for ax, values, value, name in zip(
    axes, zip(*history), recorded, ["x.grad", "y.grad"]
):
    ax.bar([1, 2, 3, 4], values, width=0.6)
    ax.axhline(
        value, color="C1", linestyle="--", label=f"recorded: {value:.4f}"
    )
    ax.axhline(0, color="#56616d", linewidth=0.8)
    ax.set(xlabel="calls of backward()", ylabel=name, xticks=[1, 2, 3, 4])
    ax.legend(loc="upper left" if value > 0 else "lower left")
plt.show()

# %%
# What zeroes a gradient
# ----------------------
# Three ways, and they differ in what stays behind. ``None`` forgets the tensor:

x.grad = None
print(x.grad)

# %%
# ``zero_()`` keeps the tensor and fills it with zeros, for everyone who holds it:

y.grad.zero_()
print(y.grad)

# %%
# An optimiser does it for all its parameters, by default with ``None``:

optimiser = torch.optim.SGD([x, y], lr=0.1)
optimiser.zero_grad()
print(x.grad, y.grad)
assert y.grad is None, "seen with torch 2.13"

# %%
# What does not accumulate
# ------------------------
# ``torch.autograd.grad`` returns the gradients and leaves ``.grad`` alone. After two calls:

for _ in range(2):
    f = x * torch.log(x) + torch.sin(x * y)
    print(torch.autograd.grad(f, (x, y)), x.grad)
assert x.grad is None, "seen with torch 2.13"
