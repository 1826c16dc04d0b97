r"""
One backward pass gives both partial derivatives
================================================

The function is :math:`f(x, y) = x \log x + \sin(xy)`, the point is :math:`(1, 2)`.
One forward pass computes the value; one backward pass computes :math:`\partial f/\partial x`
and :math:`\partial f/\partial y` together.
"""

import matplotlib.pyplot as plt
import torch

plt.style.use("autodiff_notes.figures")

# %%
# Two tensors
# -----------
# A tensor is made from numbers; so far it asks for no record:

x = torch.tensor([1.0])
y = torch.tensor([2.0])
print(x)

# %%
# requires_grad, set afterwards
# -----------------------------
# To differentiate with respect to ``x`` and ``y``, say so:

x.requires_grad = True
y.requires_grad = True
print(x)

# %%
# requires_grad, set at creation
# ------------------------------
# The same in one step. These are new tensors, with an empty ``.grad``:

x = torch.tensor([1.0], requires_grad=True)
y = torch.tensor([2.0], requires_grad=True)
print(x)

# %%
# The forward value knows how it was made
# ---------------------------------------
# The value is :math:`\sin 2`, because :math:`1 \cdot \log 1 = 0`.
# The last operation was an addition, and its ``grad_fn`` is the way back:

f = x * torch.log(x) + torch.sin(x * y)
print(f)
print(f.grad_fn.name())

# %%
# Backward fills .grad
# --------------------
# Before the backward pass there is no gradient. Afterwards each leaf has its own:

print(x.grad)
f.backward()
print(x.grad)
print(y.grad)

# %%
# The partials by hand
# --------------------
# The chain rule gives :math:`\log x + 1 + y\cos(xy)` and :math:`x\cos(xy)`.
# Nobody will differentiate this check, so it need not be recorded:

with torch.no_grad():
    print(torch.log(x) + 1.0 + y * torch.cos(x * y))
    print(x * torch.cos(x * y))

# %%
# What no_grad really does
# ------------------------
# It is a switch for the recording, not a new scope. ``x`` is still a leaf that requires a gradient;
# results computed inside the block have no way back:

with torch.no_grad():
    inside = x * y
    print(torch.is_grad_enabled(), inside.requires_grad, x.requires_grad)
outside = x * y
print(torch.is_grad_enabled(), outside.requires_grad, x.requires_grad)

# %%
# The variable outlives the block, as variables of Python do, and stays cut off:

print(inside)
print(outside)

# %%
# By hand and by autograd, at a thousand points
# ---------------------------------------------
# One point can hide an error. Over a thousand, the largest difference is rounding:


def function(x, y):
    return x * torch.log(x) + torch.sin(x * y)


def gradient(x, y):
    return torch.log(x) + 1 + y * torch.cos(x * y), x * torch.cos(x * y)


generator = torch.Generator().manual_seed(0)
xs = 3 * torch.rand(1000, generator=generator, dtype=torch.float64) + 0.01
ys = 6 * torch.rand(1000, generator=generator, dtype=torch.float64) - 3
xs.requires_grad, ys.requires_grad = True, True

function(xs, ys).sum().backward()
with torch.no_grad():
    by_hand = gradient(xs, ys)
by_autograd = (xs.grad, ys.grad)
torch.testing.assert_close(by_autograd, by_hand, rtol=1e-12, atol=1e-12)
gaps = [(a - b).abs().max().item() for a, b in zip(by_autograd, by_hand)]
print(f"{len(xs)} points, largest difference {max(gaps):.0e}")

# %%
# The gradient field, and where each partial vanishes
# ---------------------------------------------------
# Arrows point uphill, across the contours. On the blue curve :math:`\partial f/\partial x = 0`, and the
# arrows are vertical; on the orange one :math:`\partial f/\partial y = 0`, and they are horizontal.
# Where the curves cross, the gradient is zero.

x_axis = torch.linspace(0.05, 3, 240, dtype=torch.float64)
y_axis = torch.linspace(-3, 3, 240, dtype=torch.float64)
X, Y = torch.meshgrid(x_axis, y_axis, indexing="xy")
along_x, along_y = gradient(X, Y)

fig, ax = plt.subplots(figsize=(6.8, 4.6))
fig.set_label(
    "Contours of f over x from 0 to 3 and y from -3 to 3, with arrows of the gradient across them; "
    "the curve where the partial by x is zero and the curves where the partial by y is zero cross "
    "at the stationary points; the point (1, 2) of the text is marked."
)
ax.contour(X, Y, function(X, Y), levels=14, colors="#d5dbe1")
coarse = (slice(8, None, 20), slice(8, None, 20))
length = torch.hypot(along_x, along_y)
ax.quiver(
    X[coarse], Y[coarse], (along_x / length)[coarse], (along_y / length)[coarse],
    color="#56616d", width=0.0028, scale=32, pivot="mid",
)  # fmt: skip
ax.contour(X, Y, along_x, levels=[0], colors="C0", linewidths=2)
ax.contour(X, Y, along_y, levels=[0], colors="C1", linewidths=2)
ax.plot([], [], color="C0", label=r"$\partial f/\partial x = 0$")
ax.plot([], [], color="C1", label=r"$\partial f/\partial y = 0$")
ax.plot(1, 2, "o", color="#1d2530", label=r"$(1, 2)$, the point of the text")
ax.set(xlabel="$x$", ylabel="$y$", title=r"$f(x, y) = x\,\log x + \sin(xy)$")
fig.legend(loc="outside lower center", ncols=3)
plt.show()
