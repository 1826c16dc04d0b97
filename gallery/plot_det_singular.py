r"""
backward returns zeros for det where cofactors are due
======================================================

The determinant is a polynomial in the entries. It has a gradient at every matrix, singular or not. In
torch 2.13 ``backward`` returns zeros for it where the determinant comes out as exactly zero.
"""

import matplotlib.pyplot as plt
import torch
from torch.autograd import gradcheck, gradgradcheck

from autodiff_notes import domains

plt.style.use("autodiff_notes.figures")

# %%
# A singular matrix
# -----------------
# The second row is twice the first:

X = torch.tensor([[1.0, 2.0], [2.0, 4.0]], dtype=torch.float64)
X.requires_grad_()
torch.det(X).backward()
print(torch.det(X).item() == 0)
print(X.grad.abs())
assert not X.grad.any(), "seen with torch 2.13"

# %%
# What it should be
# -----------------
# :math:`\det\begin{pmatrix}a & b\\ c & d\end{pmatrix} = ad - bc`, so the partials are
# :math:`\begin{pmatrix}d & -c\\ -b & a\end{pmatrix}`. Difference quotients know nothing of singular matrices:


def quotients(f, X, h=1e-6):
    steps = h * torch.eye(X.numel(), dtype=X.dtype).view(-1, *X.shape)
    return ((f(X + steps) - f(X - steps)) / (2 * h)).view(X.shape)


(a, b), (c, d) = X.tolist()
by_hand = torch.tensor([[d, -c], [-b, a]], dtype=torch.float64)
print(by_hand)
measured = quotients(torch.det, X.detach())
torch.testing.assert_close(measured, by_hand, rtol=1e-8, atol=1e-8)

# %%
# gradcheck refuses
# -----------------
# It holds torch against torch, and finds what we found:

try:
    gradcheck(torch.det, X)
except RuntimeError as error:
    message = str(error)
    print(type(error).__name__)
print(message.strip())
assert "Jacobian mismatch" in message, "seen with torch 2.13"

# %%
# Cofactors
# ---------
# For any size: strike out row :math:`i` and column :math:`j`, and take the determinant of what is left, with
# alternating sign. That is the cofactor :math:`C_{ij}`, and it is the partial derivative by :math:`X_{ij}`.


def cofactors(X):
    n = len(X)
    C = torch.empty_like(X)
    for i in range(n):
        for j in range(n):
            rows = [k for k in range(n) if k != i]
            columns = [k for k in range(n) if k != j]
            C[i, j] = (-1) ** (i + j) * torch.det(X[rows][:, columns])
    return C


one_to_nine = torch.arange(1.0, 10.0, dtype=torch.float64).view(3, 3)
print(cofactors(one_to_nine))
measured = quotients(torch.det, one_to_nine)
torch.testing.assert_close(
    measured, cofactors(one_to_nine), rtol=1e-7, atol=1e-7
)

# %%
# Only exactly zero
# -----------------
# For an invertible matrix the cofactors are :math:`\det X \cdot X^{-\top}`. Torch computes that, and it
# stays accurate up to the edge. It breaks where the computed determinant is zero to the last bit:


def torch_gradient(X, **options):
    X = X.detach().requires_grad_()
    return torch.autograd.grad(torch.det(X), X, **options)[0].detach()


def error(X):
    return (torch_gradient(X) - cofactors(X.detach())).abs().max().item()


for t in (1e-2, 1e-6, 1e-12, 1e-15, 1e-18):
    Y = X.detach() + t * torch.eye(2, dtype=torch.float64)
    print(f"det {torch.det(Y).abs():.0e}, error {error(Y):.0e}")
assert error(Y) == 4, "seen with torch 2.13"

# %%
# Which singular matrices have an exact zero
# ------------------------------------------
# Five hundred random matrices of each kind and size, all of them singular. In how many is the computed determinant
# zero to the last bit?

draws = torch.Generator().manual_seed(0)


def singular(kind, n, many=500):
    X = torch.randn(many, n, n, generator=draws, dtype=torch.float64)
    if kind == "a zero row":
        X[:, 0] = 0
    if kind == "equal rows":
        X[:, 1] = X[:, 0]
    if kind == "equal columns":
        X[:, :, 1] = X[:, :, 0]
    if kind == "small integers":
        left, right = torch.randint(-2, 3, (2, many, n, n), generator=draws)
        right[:, -1] = 0  # the product lacks a rank
        X = (left @ right).double()
    return X


kinds = ["a zero row", "equal columns", "equal rows", "small integers"]
print(f"{'':24}" + "".join(f"n = {n}   " for n in (2, 3, 5, 8)))
share = {}
for kind in kinds:
    zero = [torch.det(singular(kind, n)) == 0 for n in (2, 3, 5, 8)]
    share[kind] = [float(z.double().mean()) for z in zero]
    print(f"{kind:24}" + "  ".join(f"{part:6.1%}" for part in share[kind]))
assert set(share["a zero row"]) == {1}, "seen with torch 2.13"
columns, rows = share["equal columns"], share["equal rows"]
assert min(columns) > 0.5, "seen with torch 2.6, 2.13 and 2.14"
assert all(c > r for c, r in zip(columns, rows)), "with MKL and OpenBLAS"

# %%
# One row is the exception
# ------------------------
# A matrix with one entry is its own determinant, with gradient 1. Torch 2.6 says 0 there; 2.13 treats this size apart:

single = torch.zeros(1, 1, dtype=torch.float64)
print("gradient at zero:", torch_gradient(single).tolist())
old = torch.__version__ < (
    2,
    7,
)  # which of 2.7 to 2.12 changed it, nobody tried
assert torch_gradient(single) == (0 if old else 1), (
    "seen with torch 2.6 and 2.13"
)

# %%
# One keyword changes the answer
# ------------------------------
# Ask for a gradient that can be differentiated again, and torch takes another way. This time the result
# is right:

twice = torch_gradient(X, create_graph=True)
print(twice)
torch.testing.assert_close(twice, by_hand, msg="seen with torch 2.13")
assert not torch_gradient(X).any(), "seen with torch 2.13"

# %%
# Cofactors without minors
# ------------------------
# From the singular values: each is replaced by the product of the others. Nothing is divided:


def cofactors_by_svd(X):
    U, S, Vh = torch.linalg.svd(X)
    others = S.expand(len(S), len(S)).clone()
    others.fill_diagonal_(1)
    products = others.prod(dim=1)
    return torch.det(U) * torch.det(Vh) * (U * products @ Vh)


print(cofactors_by_svd(one_to_nine))
print(cofactors_by_svd(X.detach()))
torch.testing.assert_close(cofactors_by_svd(X.detach()), by_hand)

# %%
# At every rank
# -------------
# Random 5-by-5 matrices of rank 5, 4, 3 and 0. One rank is missing at rank 4, and the cofactors have rank 1.
# Two are missing at rank 3, and every minor vanishes: there the gradient really is zero.

generator = torch.Generator().manual_seed(0)
for rank in (5, 4, 3, 0):
    M = torch.zeros(5, 5, dtype=torch.float64)
    if rank:
        left = domains.normal(5, rank, generator=generator)
        M = left @ domains.normal(rank, 5, generator=generator)
    C = cofactors(M)
    torch.testing.assert_close(cofactors_by_svd(M), C, rtol=1e-9, atol=1e-9)
    rank_of_c = torch.linalg.matrix_rank(C, atol=1e-9).item()
    print(f"rank {rank}: cofactors of rank {rank_of_c}, {C.abs().max():.2f}")

# %%
# The tangent that is not one
# ---------------------------
# The determinant along a line through the singular matrix. Its slope at zero is the inner product of the
# cofactors with the direction; ``backward`` gives a horizontal line.

V = torch.tensor([[1.0, -0.5], [0.3, 1.0]], dtype=torch.float64)
t = torch.linspace(-1, 1, 201, dtype=torch.float64)
slope = (by_hand * V).sum()
fig, ax = plt.subplots()
fig.set_label(
    "The determinant of X + tV over t, a parabola through zero at t = 0. A straight line with the slope of "
    "the cofactors touches it there. The horizontal line that backward reports cuts through it."
)
curve = torch.det(X.detach() + t[:, None, None] * V)
ax.plot(t, curve, color="#1d2530", linewidth=3, label=r"$\det(X + tV)$")
ax.plot(t, slope * t, "--", label=f"cofactors: slope {slope:.1f}")
ax.plot(t, 0 * t, "--", label="backward: slope 0")
ax.set(xlabel="$t$")
ax.legend()
plt.show()

# %%
# Exercise: a determinant with the right gradient
# -----------------------------------------------
# Write ``det`` so that ``gradcheck`` accepts it at singular matrices. ``mark`` tries two of them, one
# matrix of rank 1 in three dimensions, and one that is invertible:

rank_one = torch.outer(one_to_nine[0], one_to_nine[1])
invertible = domains.positive_determinant(3, generator=generator)


def mark(det):
    points = X.detach(), one_to_nine, rank_one, invertible
    points = [point.clone().requires_grad_() for point in points]
    return [gradcheck(det, p, raise_exception=False) for p in points]


print(mark(torch.det))
assert mark(torch.det) == [False, False, True, True], "seen with torch 2.13"

# %%
# A solution
# ----------
# A rule of one's own: the value as before, the cofactors for the way back.


class Det(torch.autograd.Function):
    @staticmethod
    def forward(ctx, X):
        ctx.save_for_backward(X)
        return torch.det(X)

    @staticmethod
    def backward(ctx, g):
        (X,) = ctx.saved_tensors
        return g * cofactors_by_svd(X)


print(mark(Det.apply))
assert all(mark(Det.apply))

# %%
# The second derivative wants more
# --------------------------------
# ``gradgradcheck`` differentiates the backward pass, and the derivative of a singular value decomposition divides by gaps
# between singular values. At the identity there is none. Torch's own rule passes ``gradgradcheck`` there, and fails in
# ``torch.func.hessian``:

identity = torch.eye(3, dtype=torch.float64)


def twice_right(det):
    point = identity.clone().requires_grad_()
    return gradgradcheck(det, point, raise_exception=False)


print("torch.det:", twice_right(torch.det), " by svd:", twice_right(Det.apply))
curvature = torch.func.hessian(torch.det)(identity)
print("torch.func.hessian, finite entries:", int(curvature.isfinite().sum()))
assert twice_right(torch.det), "seen with torch 2.13"
assert not twice_right(Det.apply)

# %%
# Cofactors by sums and products alone can be differentiated as often as one likes. This is the method of Faddeev and
# LeVerrier:


def cofactors_by_traces(X):
    one = torch.eye(len(X), dtype=X.dtype)
    M = one
    for k in range(1, len(X)):
        M = X @ M
        M = M - torch.trace(M) / k * one
    return (-1) ** (len(X) - 1) * M.mT


class SmoothDet(Det):
    @staticmethod
    def backward(ctx, g):
        (X,) = ctx.saved_tensors
        return g * cofactors_by_traces(X)


print(mark(SmoothDet.apply), twice_right(SmoothDet.apply))
assert all(mark(SmoothDet.apply))
assert twice_right(SmoothDet.apply)
