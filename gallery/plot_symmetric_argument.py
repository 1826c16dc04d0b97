r"""
For a symmetric matrix, say which gradient you mean
===================================================

If :math:`X` is symmetric, :math:`X^{-\top} = X^{-1}`. Yet books also print
:math:`2X^{-1} - X^{-1} \odot I` for the derivative of :math:`\log\det X`. Both are right,
about different questions.
"""

import matplotlib.pyplot as plt
import torch

from autodiff_notes import domains

plt.style.use("autodiff_notes.figures")

# %%
# A symmetric matrix, differentiated entry by entry
# -------------------------------------------------
# Autograd does not know that :math:`X` is symmetric. It moves each of the nine entries alone:

generator = torch.Generator().manual_seed(3)
X = domains.symmetric_positive_definite(
    3, generator=generator
).requires_grad_()
torch.logdet(X).backward()
print(X.grad)
with torch.no_grad():
    inverse = torch.linalg.inv(X)
torch.testing.assert_close(X.grad, inverse)

# %%
# A symmetric matrix, differentiated by its free entries
# ------------------------------------------------------
# A symmetric :math:`3 \times 3` matrix has six free entries. Below the diagonal each stands in two places,
# so moving it counts twice:

rows, columns = torch.tril_indices(3, 3)
free = X.detach()[rows, columns].clone().requires_grad_()
entries = torch.zeros(3, 3, dtype=torch.float64).index_put(
    (rows, columns), free
)
symmetric = entries + entries.mT - torch.diag(torch.diag(entries))
torch.logdet(symmetric).backward()

form = 2 * inverse - inverse * torch.eye(3, dtype=torch.float64)
print(free.grad)
print(form[rows, columns])
torch.testing.assert_close(free.grad, form[rows, columns])

# %%
# Which of them is the gradient?
# ------------------------------
# The gradient is the matrix :math:`G` with :math:`\mathrm{D}f(X)[V] = \langle G, V\rangle`, the inner product over
# all entries. Take a symmetric direction and ask both:

V = torch.randn(3, 3, generator=generator, dtype=torch.float64)
V = V + V.mT
with torch.no_grad():
    step = 1e-6
    slope = (torch.logdet(X + step * V) - torch.logdet(X - step * V)) / (
        2 * step
    )
print(f"measured slope        {slope:.6f}")
print(f"<inverse, V>          {(inverse * V).sum():.6f}")
print(f"<free-entry form, V>  {(form * V).sum():.6f}")
torch.testing.assert_close((inverse * V).sum(), slope, rtol=1e-6, atol=0.0)

# %%
# Over many directions
# --------------------
# :math:`\langle X^{-1}, V\rangle` gives the slope along these sixty symmetric :math:`V`. The other form,
# taken for a gradient, does not: it counts what lies off the diagonal twice.

directions = torch.randn(60, 3, 3, generator=generator, dtype=torch.float64)
directions = directions + directions.mT
with torch.no_grad():
    slopes = torch.logdet(X + step * directions) - torch.logdet(
        X - step * directions
    )
    slopes = slopes / (2 * step)

fig, ax = plt.subplots(figsize=(6.8, 4.2))
fig.set_label(
    "Sixty symmetric directions: the measured slope across, the inner product with a matrix up. "
    "With the inverse all points lie on the diagonal; with the free-entries form they scatter."
)
ax.axline((0, 0), slope=1, color="#d5dbe1", linewidth=1.2)
ax.plot(
    slopes,
    (inverse * directions).sum((1, 2)),
    "o",
    label=r"$\langle X^{-1}, V\rangle$",
)
ax.plot(
    slopes,
    (form * directions).sum((1, 2)),
    "x",
    label=r"$\langle 2X^{-1} - X^{-1}\odot I, V\rangle$",
)
ax.set(
    xlabel="slope of $\\log\\det$ along $V$, measured",
    ylabel="inner product with $V$",
)
ax.legend()
plt.show()
