r"""
For log det, autograd computes the inverse, transposed
======================================================

The original notes end with a question: for a matrix :math:`X` with positive determinant, what is
:math:`\partial \log\det X / \partial X`? Autograd computes the answer,
and the answer is :math:`X^{-\top}`.
"""

import matplotlib.pyplot as plt
import torch

from autodiff_notes import check_gradient

plt.style.use("autodiff_notes.figures")

# %%
# The matrix of the notes
# -----------------------
# A random matrix, with its sign changed if its determinant is negative (here it is not):

torch.manual_seed(123)

x = torch.randn(5, 5)
if x.det().item() < 0:
    x = -x

print(x.det().log())

# %%
# Its gradient, by autograd
# -------------------------
# ``logdet`` is the logarithm and the determinant in one, and does not overflow:

x.requires_grad = True
f = torch.logdet(x)
f.backward()

print(x)
print(x.grad)

# %%
# Cofactors of a 2-by-2 matrix
# ----------------------------
# Strike out the row and the column of an entry. What is left is its cofactor, with a sign that alternates:

M = torch.tensor([[5.0, 3.0], [2.0, 4.0]], dtype=torch.float64)
(a, b), (c, d) = M.tolist()
C = torch.tensor([[d, -c], [-b, a]], dtype=torch.float64)
print(C)
print("along the first row: ", a * d + b * -c)
print("along the second row:", c * -b + d * a)
M.requires_grad_()
torch.det(M).backward()
print(M.grad)
torch.testing.assert_close(M.grad, C)

# %%
# The change of a determinant along a direction
# ---------------------------------------------
# Jacobi's formula says :math:`\mathrm{d}\det X = \det X \, \operatorname{tr}(X^{-1}\,\mathrm{d}X)`.
# Move :math:`X` by a small step along a random :math:`V`, in double precision, and compare:

X = x.detach().double().requires_grad_()
V = torch.randn(
    5, 5, generator=torch.Generator().manual_seed(1), dtype=torch.float64
)
with torch.no_grad():
    step = 1e-6
    moved = (torch.det(X + step * V) - torch.det(X - step * V)) / (2 * step)
    jacobi = torch.det(X) * torch.trace(torch.linalg.inv(X) @ V)
print(f"{moved:.6f} {jacobi:.6f}")
torch.testing.assert_close(moved, jacobi, rtol=1e-7, atol=0.0)

# %%
# The trace is an inner product
# -----------------------------
# :math:`\operatorname{tr}(X^{-1}V) = \langle X^{-\top}, V\rangle`: multiply entry by entry and add up.
# The matrix beside :math:`V` is the gradient:

with torch.no_grad():
    trace = torch.trace(torch.linalg.inv(X) @ V)
    inner = (torch.linalg.inv(X).mT * V).sum()
print(f"{trace:.6f} {inner:.6f}")
torch.testing.assert_close(trace, inner)

# %%
# The gradient is the inverse, transposed
# ---------------------------------------
# The same 25 numbers, from :math:`X` alone:

with torch.no_grad():
    closed_form = torch.linalg.inv(x).mT
print(closed_form)

# %%
# In single precision they differ in the last digit or two; in double precision,
# by rounding:

print(f"single precision: {(x.grad - closed_form).abs().max():.0e}")
report = check_gradient(torch.logdet, lambda X: torch.linalg.inv(X).mT, X)
print(report)
assert report

# %%
# Transposed, not just inverted
# -----------------------------
# Without the transpose the formula is wrong, and far from it:

untransposed = check_gradient(torch.logdet, torch.linalg.inv, X)
print(untransposed)
assert not untransposed

# %%
# The two matrices, and their difference
# --------------------------------------
# Autograd's gradient, :math:`X^{-\top}`, and what is left between them in single precision:

fig, axes = plt.subplots(1, 3, figsize=(6.8, 2.9))
fig.set_label(
    "Three five by five heat maps with their numbers: autograd's gradient, the inverse transposed, "
    "which look the same, and their difference, at most a few units in the seventh decimal."
)
difference = (x.grad - closed_form) * 1e7
panels = [x.grad, closed_form, difference]
titles = ["autograd", r"$X^{-\top}$", r"difference $\times 10^7$"]
for ax, matrix, title in zip(axes, panels, titles):
    limit = matrix.abs().max()
    ax.pcolormesh(
        matrix,
        cmap="PuOr",
        vmin=-1.6 * limit,
        vmax=1.6 * limit,
        edgecolors="w",
    )
    for (row, column), value in zip(
        torch.cartesian_prod(*2 * [torch.arange(5)]), matrix.flatten()
    ):
        ax.text(
            column + 0.5,
            row + 0.5,
            f"{value:.1f}",
            ha="center",
            va="center",
            size=8,
            color="k",
        )
    ax.set(title=title, xlabel="column", xticks=[], yticks=[], aspect="equal")
    ax.invert_yaxis()
axes[0].set_ylabel("row")
plt.show()

# %%
# The tangent
# -----------
# Along :math:`X + tV` the function is a curve, and :math:`\langle X^{-\top}, V\rangle` is its slope at
# :math:`t = 0`:

t = torch.linspace(-0.28, 0.28, 201, dtype=torch.float64)
with torch.no_grad():
    curve = torch.logdet(X + t[:, None, None] * V)
    tangent = torch.logdet(X) + t * inner

fig, ax = plt.subplots()
fig.set_label(
    "log det of X + tV as a curve over t, with the straight line whose slope is the inner product "
    "of the gradient and V; the line touches the curve at t = 0."
)
ax.plot(t, curve, label=r"$\log\det(X + tV)$")
ax.plot(
    t, tangent, "--", label=r"$\log\det X + t\,\langle X^{-\top}, V\rangle$"
)
ax.plot(0, torch.logdet(X).item(), "o", color="#1d2530")
ax.set(xlabel="$t$", ylabel=r"$\log\det$")
ax.legend()
plt.show()
