r"""
Most of a batch's Jacobian is zero
==================================

The function is one layer, :math:`f(x) = \tanh(Wx)` with :math:`W` of shape 3 by 4. Its Jacobian is a
matrix; that of a batch has four axes, and most of it is zero.
"""

import matplotlib.pyplot as plt
import torch
from torch.func import hessian, jacfwd, jacrev, vmap

from autodiff_notes import domains

plt.style.use("autodiff_notes.figures")

# %%
# Three outputs, four inputs
# --------------------------
# ``jacrev`` builds the matrix row by row, in reverse mode. ``jacfwd`` builds it column by column:

generator = torch.Generator().manual_seed(0)
W = domains.normal(3, 4, generator=generator)
x = domains.normal(4, generator=generator)


def f(x):
    return torch.tanh(W @ x)


J = jacrev(f)(x)
print(J)
torch.testing.assert_close(jacfwd(f)(x), J)

# %%
# By hand
# -------
# Output :math:`i` is :math:`\tanh(w_i^\top x)`, so row :math:`i` is :math:`(1 - f_i^2)\, w_i^\top`:

by_hand = (1 - f(x) ** 2)[:, None] * W
print(by_hand)
torch.testing.assert_close(J, by_hand)

# %%
# Matrix in, matrix out: four axes
# --------------------------------
# Entry ``[i, j, k, l]`` says how output :math:`(i, j)` moves with input :math:`(k, l)`:

X = domains.normal(4, 2, generator=generator)
four_axes = jacrev(f)(X)
print(f"output {(*f(X).shape,)}, input {(*X.shape,)}: {(*four_axes.shape,)}")
assert four_axes.shape == f(X).shape + X.shape, "seen with torch 2.13"
step = torch.zeros_like(X)
step[2, 1] = 1e-6
moved = (f(X + step) - f(X - step)) / 2e-6
torch.testing.assert_close(four_axes[:, :, 2, 1], moved, rtol=0, atol=1e-8)

# %%
# The mistake: the Jacobian of a batch
# ------------------------------------
# Five samples are five rows, and five matrices of shape 3 by 4 are wanted, 60 numbers. What comes out:


def layer(batch):
    return torch.tanh(batch @ W.mT)


batch = domains.normal(5, 4, generator=generator) / 2
everything = jacrev(layer)(batch)
print("shape", (*everything.shape,))
nonzero = everything.count_nonzero().item()
print(f"{everything.numel()} numbers, {nonzero} of them not zero")
assert nonzero == 60, "seen with torch 2.13"

# %%
# What to write: vmap over the samples
# ------------------------------------
# ``f`` is written for one sample. ``vmap`` applies its Jacobian to each:

per_sample = vmap(jacrev(f))(batch)
print("shape", (*per_sample.shape,))
blocks = everything.diagonal(dim1=0, dim2=2).movedim(-1, 0)
torch.testing.assert_close(per_sample, blocks)

# %%
# The short cut by a sum
# ----------------------
# Older code sums the batch first. Sample :math:`b` moves its own outputs only, so the sum over the output's
# batch axis has one term that is not zero:

by_sum = jacrev(lambda batch: layer(batch).sum(0))(batch).movedim(1, 0)
print("shape", (*by_sum.shape,))
torch.testing.assert_close(by_sum, per_sample)

# %%
# Where the short cut is wrong
# ----------------------------
# If the samples are centred first, each output depends on every sample. The sum adds blocks that belong
# apart:


def centred(batch):
    return layer(batch - batch.mean(0))


everything = jacrev(centred)(batch)
own = everything.diagonal(dim1=0, dim2=2).movedim(-1, 0)
by_sum = jacrev(lambda batch: centred(batch).sum(0))(batch).movedim(1, 0)
print("sample 0, its own block:", own[0, 0])
print("by the sum:             ", by_sum[0, 0])
assert not torch.allclose(own, by_sum)

# %%
# The picture of a batch
# ----------------------
# The same 300 numbers as a matrix, 15 outputs by 20 inputs. Without centring, each sample has its own block:

fig, axes = plt.subplots(1, 2, figsize=(6.8, 3.3))
fig.set_label(
    "Two heat maps of 15 rows and 20 columns. Left, the layer: five blocks of three by four stand on "
    "the diagonal, all else is empty. Right, the layer after centring: the same blocks stand out, "
    "and the rest is filled with weaker entries of the opposite sign."
)
titles = ["samples apart", "samples centred first"]
for ax, function, title in zip(axes, [layer, centred], titles):
    matrix = jacrev(function)(batch).reshape(15, 20)
    ax.pcolormesh(matrix, cmap="PuOr", vmin=-2.4, vmax=2.4, ec="face")
    ax.hlines(range(3, 15, 3), 0, 20, color="#d5dbe1", linewidth=0.8)
    ax.vlines(range(4, 20, 4), 0, 15, color="#d5dbe1", linewidth=0.8)
    ax.set(title=title, xlabel="input", xticks=range(0, 21, 4))
    ax.set(yticks=range(0, 16, 3), aspect="equal")
    ax.invert_yaxis()
axes[0].set_ylabel("output")
plt.show()

# %%
# The Hessian is the Jacobian of the gradient
# -------------------------------------------
# For one output the gradient has the shape of the input, and its Jacobian that shape twice:


def g(x):
    return f(x).square().sum()


H = hessian(g)(x)
print(H)
torch.testing.assert_close(H, jacfwd(jacrev(g))(x))
torch.testing.assert_close(H, H.mT)

# %%
# A batch of Hessians
# -------------------
# Several outputs give several Hessians, and several samples a batch of them. Output first, then input twice:

print("three outputs", (*hessian(f)(x).shape,))
print("five samples ", (*vmap(hessian(g))(batch).shape,))

# %%
# Exercise: the Jacobian of softmax
# ---------------------------------
# Give it as a function of :math:`x`. The first try treats softmax as if each output had its own input:


def mark(claimed):
    x = domains.normal(6, generator=torch.Generator().manual_seed(1))
    right = jacrev(lambda x: torch.softmax(x, 0))(x)
    error = (claimed(x) - right).abs().max().item()
    return "holds" if error < 1e-12 else f"refused: off by {error:.3f}"


def first_try(x):
    s = torch.softmax(x, 0)
    return torch.diag(s * (1 - s))


print(mark(first_try))
assert mark(first_try) != "holds"

# %%
# A solution
# ----------
# :math:`\partial s_i / \partial x_j = s_i (\delta_{ij} - s_j)`. The outputs share one sum, so no entry is zero:


def softmax_jacobian(x):
    s = torch.softmax(x, 0)
    return torch.diag(s) - torch.outer(s, s)


print(mark(softmax_jacobian))
assert mark(softmax_jacobian) == "holds"
