r"""
The gradient of a squared length is twice the vector
====================================================

The function is :math:`f(x, y) = (x + y)^\top (x + y)` with
:math:`x, y \in \mathbb{R}^5`, and both its gradients are :math:`2(x + y)`.
"""

import matplotlib.pyplot as plt
import torch

plt.style.use("autodiff_notes.figures")

# %%
# Two vectors from one seed
# -------------------------
# ``randn`` draws from the normal distribution, ``rand`` from the interval from 0 to 1:

torch.manual_seed(123)

x = torch.randn(5)
y = torch.rand(5)
x.requires_grad = True
y.requires_grad = True

# %%
# Both gradients are the same vector
# ----------------------------------
# The function sees the sum of ``x`` and ``y``, so a change in either counts alike:

f = (x + y).dot(x + y)
f.backward()

print(x.grad)
print(y.grad)
assert torch.equal(x.grad, y.grad)

# %%
# Twice the sum, and a grad_fn
# ----------------------------
# The check agrees to the last digit, and its print ends with a ``grad_fn``. It was computed from leaves that
# require a gradient, outside ``no_grad``, so autograd recorded the multiplication by 2, too:

check = 2.0 * (x + y)
print(check)
assert torch.equal(check.detach(), x.grad)
assert check.grad_fn is not None

# %%
# The same check, not recorded
# ----------------------------
# Under ``no_grad`` the result has no ``grad_fn``:

with torch.no_grad():
    unrecorded = 2.0 * (x + y)
print(unrecorded)
assert unrecorded.grad_fn is None

# %%
# Entry by entry
# --------------
# In float64, with vectors of fifty entries: autograd across, :math:`2(x + y)` up. On the diagonal they agree.

generator = torch.Generator().manual_seed(0)
x = torch.randn(50, generator=generator, dtype=torch.float64).requires_grad_()
y = torch.randn(50, generator=generator, dtype=torch.float64).requires_grad_()
by_autograd = torch.autograd.grad((x + y).dot(x + y), (x, y))
with torch.no_grad():
    by_hand = 2 * (x + y), 2 * (x + y)
torch.testing.assert_close(by_autograd, by_hand)

fig, ax = plt.subplots(figsize=(6.8, 4.2))
fig.set_label(
    "Fifty points for the gradient by x and fifty for the gradient by y: autograd's entry across, "
    "2(x + y) up. All points lie on the diagonal, and each point by x coincides with one by y."
)
ax.axline((0, 0), slope=1, color="#d5dbe1", linewidth=1.2)
ax.plot(
    by_autograd[0],
    by_hand[0],
    "o",
    markersize=9,
    fillstyle="none",
    label="by $x$",
)
ax.plot(by_autograd[1], by_hand[1], "x", label="by $y$")
ax.set(xlabel="entry of autograd's gradient", ylabel="entry of $2(x + y)$")
ax.legend()
plt.show()
