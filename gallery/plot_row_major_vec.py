r"""
Two Kronecker products of one shape, and one is the Jacobian
============================================================

Books stack the columns of a matrix, and write the Jacobian of :math:`X \mapsto AXB` as :math:`B^\top \otimes A`.
Torch stacks the rows. Its Jacobian is :math:`A \otimes B^\top`, and the two have the same shape.
"""

from textwrap import fill

import matplotlib.pyplot as plt
import torch
from torch.func import jacrev

from autodiff_notes import domains

plt.style.use("autodiff_notes.figures")

# %%
# The Jacobian, and its matrix
# ----------------------------
# Four axes come out, two of the output and two of the input. Flattened in pairs they are a matrix:

generator = torch.Generator().manual_seed(0)
A = domains.normal(2, 3, generator=generator)
X = domains.normal(3, 4, generator=generator)
B = domains.normal(4, 5, generator=generator)


def f(X):
    return A @ X @ B


four_axes = jacrev(f)(X)
J = four_axes.reshape(10, 12)
print((*four_axes.shape,), "->", (*J.shape,))

# %%
# It does what a Jacobian does: it takes a change of :math:`X` to the change of the output, both read row by row.

V = domains.normal(3, 4, generator=generator)
torch.testing.assert_close(J @ V.flatten(), f(V).flatten())
print(J @ V.flatten())

# %%
# The mistake: the formula of the books
# -------------------------------------
# The shape is right, so no message comes. The entries are not:

book = torch.kron(B.mT.contiguous(), A)
print("shape", (*book.shape,))
print(f"largest difference {(book - J).abs().max():.4f}")
print(f"largest entry      {J.abs().max():.4f}")
assert book.shape == J.shape
assert not torch.allclose(book, J)

# %%
# What is right
# -------------
# The factors change places, and the transpose stays with :math:`B`:

right = torch.kron(A, B.mT.contiguous())
print(f"largest difference {(right - J).abs().max():.0e}")
torch.testing.assert_close(right, J)

# %%
# Why .contiguous()
# -----------------
# The formula as one would write it is refused: in torch 2.13, ``kron`` cannot read a transposed view:

try:
    torch.kron(A, B.mT)
except RuntimeError as error:
    transposed = f"RuntimeError: {error}"
print(fill(transposed, 76))
assert "view size is not compatible" in transposed, "seen with torch 2.13"

# %%
# Index by index
# --------------
# :math:`Y_{ij} = \sum_{kl} A_{ik} X_{kl} B_{lj}`, so entry :math:`(ij, kl)` is :math:`A_{ik} B_{lj}`. Without any order:

torch.testing.assert_close(four_axes, torch.einsum("ik,lj->ijkl", A, B))
i, j, k, l = 1, 4, 2, 0
print(f"{four_axes[i, j, k, l]:.4f} = {A[i, k]:.4f} * {B[l, j]:.4f}")
print(f"{J[5 * i + j, 4 * k + l]:.4f} in row {5 * i + j}, column {4 * k + l}")

# %%
# The books are right in their order
# ----------------------------------
# Stack columns on both sides, by transposing before flattening, and their formula holds:


def vec(X):
    return X.mT.flatten()


torch.testing.assert_close(book @ vec(V), vec(f(V)))
print("B' kron A  on columns:", (book @ vec(V))[:3])
print("A  kron B' on rows:   ", (right @ V.flatten())[:3])

# %%
# The same entries, in another order
# ----------------------------------
# Left, the Jacobian in torch's order; right, that of the books. A shuffle of rows and one of columns takes one to
# the other:


def shuffle(m, n):
    return torch.arange(m * n).reshape(m, n).mT.flatten()


assert torch.equal(right[shuffle(2, 5)][:, shuffle(3, 4)], book)

fig, axes = plt.subplots(1, 2, figsize=(6.8, 3.2))
fig.set_label(
    "Two heat maps of ten rows and twelve columns. Left, A kron B transposed: two by three blocks, each a copy "
    "of B transposed of five by four entries, scaled by an entry of A. Right, B transposed kron A: five by four "
    "small blocks, each a copy of A of two by three. Lines separate the blocks."
)
titles = [r"torch: $A \otimes B^\top$", r"books: $B^\top \otimes A$"]
blocks = [(5, 4), (2, 3)]
for ax, matrix, title, (m, n) in zip(axes, [J, book], titles, blocks):
    limit = 1.6 * J.abs().max()
    ax.pcolormesh(matrix, cmap="PuOr", vmin=-limit, vmax=limit, ec="face")
    ax.hlines(range(m, 10, m), 0, 12, color="#1d2530", linewidth=0.8)
    ax.vlines(range(n, 12, n), 0, 10, color="#1d2530", linewidth=0.8)
    ax.set(title=title, xlabel="input", xticks=[], yticks=[])
    ax.set_aspect("equal")
    ax.invert_yaxis()
axes[0].set_ylabel("output")
plt.show()

# %%
# A gradient needs no order
# -------------------------
# Backward multiplies by :math:`J^\top`, and the result is a matrix again: :math:`A^\top G B^\top`, the same in either order:

G = domains.normal(2, 5, generator=generator)
leaf = X.clone().requires_grad_()
f(leaf).backward(G)
torch.testing.assert_close(leaf.grad, A.mT @ G @ B.mT)
torch.testing.assert_close(leaf.grad.flatten(), J.mT @ G.flatten())
print(leaf.grad)

# %%
# Exercise: the Jacobian of AX + XB
# ---------------------------------
# For :math:`X \mapsto AX + XB`, with square :math:`A` and :math:`B` of different sizes, find the matrix in torch's order.
# The first try is the one of the books:


def mark(jacobian):
    A = domains.normal(3, 3, generator=torch.Generator().manual_seed(1))
    B = domains.normal(4, 4, generator=torch.Generator().manual_seed(2))
    zeros = torch.zeros(3, 4, dtype=torch.float64)
    right = jacrev(lambda X: A @ X + X @ B)(zeros).reshape(12, 12)
    error = (jacobian(A, B) - right).abs().max()
    return "holds" if error < 1e-12 else f"refused: off by {error:.3f}"


def eye(n):
    return torch.eye(n, dtype=torch.float64)


def first_try(A, B):
    right_term = torch.kron(B.mT.contiguous(), eye(len(A)))
    return torch.kron(eye(len(B)), A) + right_term


print(mark(first_try))
assert mark(first_try) != "holds"

# %%
# A solution
# ----------
# :math:`AX` is :math:`AXI` and :math:`XB` is :math:`IXB`, so :math:`J = A \otimes I + I \otimes B^\top`:


def jacobian(A, B):
    right_term = torch.kron(eye(len(A)), B.mT.contiguous())
    return torch.kron(A, eye(len(B))) + right_term


print(mark(jacobian))
assert mark(jacobian) == "holds"
