r"""
eigh and svd return NaN where eigenvalues are equal
===================================================

Where two eigenvalues of a symmetric matrix meet, each of them has a kink, and their eigenvectors are
not determined. Autograd picks one kink's slope for the first, and returns NaN for the second, even if the
function that you build from them is smooth.
"""

from textwrap import fill

import matplotlib.pyplot as plt
import torch
from torch.autograd import gradcheck, gradgradcheck
from torch.linalg import eigh, eigvalsh, matrix_exp, solve, svd

from autodiff_notes import domains

plt.style.use("autodiff_notes.figures")

# %%
# Distinct eigenvalues are smooth
# -------------------------------
# The gradient of an eigenvalue is :math:`vv^\top`, with its unit eigenvector :math:`v`:


def gradient(f, A):
    A = A.detach().clone().requires_grad_()
    return torch.autograd.grad(f(A), A)[0]


def largest(A):
    return eigvalsh(A)[..., -1]


A = torch.tensor([[2.0, 1.0], [1.0, 3.0]], dtype=torch.float64)
v = eigh(A).eigenvectors[:, -1]
print(gradient(largest, A))
torch.testing.assert_close(gradient(largest, A), torch.outer(v, v))

# %%
# At the identity
# ---------------
# Both eigenvalues are 1. Every unit vector is an eigenvector, and the answer is built from the one that the
# routine happened to return:

eye = torch.eye(2, dtype=torch.float64)
G = gradient(largest, eye)
print(G)
assert torch.trace(G) == 1, "seen with torch 2.13"
assert torch.linalg.matrix_rank(G) == 1, "seen with torch 2.13"

# %%
# It is not the slope
# -------------------
# Along :math:`V` the larger eigenvalue of :math:`I + tV` is :math:`1 + t\lambda_{\max}(V)` for :math:`t > 0`. The
# inner product with what autograd returned says something else:

directions = {
    "diag(0, 1)": torch.diag(eye.new_tensor([0.0, 1.0])),
    "diag(1, 0)": torch.diag(eye.new_tensor([1.0, 0.0])),
    "off-diagonal": eye.flip(0),
}
t = 1e-6
missing = []
for name, V in directions.items():
    measured = (largest(eye + t * V) - largest(eye)) / t
    missing.append(measured - (G * V).sum())
    print(f"{name:12} {measured:.2f}, by G {(G * V).sum():.2f}")
assert max(missing) > 0.9, "seen with torch 2.13"

# %%
# An eigenvector is NaN there
# ---------------------------
# Its derivative divides by the gap between the eigenvalues:


def of_a_vector(A):
    return eigh(A).eigenvectors[0, 0] ** 2


print(gradient(of_a_vector, eye))
assert gradient(of_a_vector, eye).isnan().all(), "seen with torch 2.13"

# %%
# One over the gap
# ----------------
# Rotate a diagonal matrix with eigenvalues 1 and 1 + gap. The gradient of an eigenvector grows as 1/gap:

R = torch.tensor([[0.6, 0.8], [-0.8, 0.6]], dtype=torch.float64)
gaps = torch.logspace(0, -12, 13, dtype=torch.float64)


def with_gap(gap):
    A = R @ torch.diag(torch.stack([gap * 0 + 1, 1 + gap])) @ R.mT
    return (A + A.mT) / 2


sizes = [gradient(of_a_vector, with_gap(gap)).abs().max() for gap in gaps]
sizes = torch.stack(sizes)
for k in (0, 4, 8, 12):
    print(f"gap {gaps[k]:.0e}: largest entry {sizes[k]:.1e}")
torch.testing.assert_close(
    sizes * gaps, sizes[:1].expand(13), rtol=1e-2, atol=0
)

# %%
# A smooth function, lost on the way
# ----------------------------------
# The root of a matrix is smooth at the identity: :math:`(I + tV)^{1/2} \approx I + \tfrac{t}{2} V`. So an entry
# off the diagonal has gradient one quarter in both places. Through eigenvectors it has NaN:


def root(A):
    values, vectors = eigh(A)
    return vectors * values.sqrt() @ vectors.mT


def entry(A):
    return root((A + A.mT) / 2)[0, 1]


V = eye.flip(0)
print(((root(eye + t * V) - eye) / t).round(decimals=4))
print(gradient(entry, eye))
assert gradient(entry, eye).isnan().all(), "seen with torch 2.13"

# %%
# Before NaN, digits go
# ---------------------
# The large terms should cancel. The smaller the gap, the less of them does; one quarter comes out as:

for gap in (1e-8, 1e-10, 1e-12, 1e-14):
    g = gradient(entry, with_gap(torch.tensor(gap, dtype=torch.float64)))
    print(f"gap {gap:.0e}: {g[0, 1]:.10f}, diagonal {g[0, 0]:8.1e}")
assert (g - 0.25 * V).abs().max() > 1e-4, "seen with torch 2.13"

# %%
# Singular values are no better
# -----------------------------
# :math:`U \operatorname{Diag}(\sigma) V^\top` is the matrix itself, with gradient 1. At equal singular values:


def rebuilt(A):
    U, S, Vh = svd(A)
    return (U * S @ Vh)[0, 1]


print(rebuilt(eye).item(), gradient(rebuilt, eye).tolist())
assert gradient(rebuilt, eye).isnan().all(), "seen with torch 2.13"

# %%
# An eigenvector has no sign
# --------------------------
# If :math:`v` is a unit eigenvector, so is :math:`-v`. A loss on :math:`v` changes with that choice, a loss on
# :math:`vv^\top` does not:

vectors = eigh(A).eigenvectors
for sign in (1, -1):
    v = sign * vectors[:, -1]
    residual = (A @ v - largest(A) * v).abs().max()
    print(f"{v[0]:7.4f}  {v[0] * v[1]:.4f}  residual {residual:.0e}")

# %%
# In the complex case, torch notices
# ----------------------------------
# There the factor may be any :math:`e^{i\varphi}`, and the backward pass checks whether the loss depends on it:

H = torch.tensor([[2.0, 1 + 1j], [1 - 1j, 3.0]], dtype=torch.complex128)
try:
    gradient(lambda A: eigh(A).eigenvectors[0, 1].imag, H)
except RuntimeError as error:
    message = f"RuntimeError: {error}"
print(fill(message, 76))
assert "e^{i phi}" in message, "seen with torch 2.13"

# %%
# What stays smooth
# -----------------
# A symmetric function of all eigenvalues needs no eigenvector's derivative. A matrix function that is not
# computed from eigenvectors does not notice either:

smooth = {
    "eigvalsh(A).sqrt().sum()": lambda A: eigvalsh(A).sqrt().sum(),
    "eigvalsh(A).log().sum()": lambda A: eigvalsh(A).log().sum(),
    "logdet(A)": torch.logdet,
    "matrix_exp(A)[0, 1]": lambda A: matrix_exp(A)[0, 1],
}
for name, f in smooth.items():
    print(f"{name:25} {gradient(f, eye).round(decimals=4).tolist()}")
finite = [gradient(f, eye).isfinite().all().item() for f in smooth.values()]
assert all(finite), "seen with torch 2.13"

# %%
# A second derivative asks more. Through eigenvalues it is lost at the identity:

names = ["eigvalsh(A).log().sum()", "logdet(A)"]
hessians = [torch.func.hessian(smooth[name])(eye) for name in names]
for name, H in zip(names, hessians):
    print(f"{name:25} finite entries of the Hessian: {H.isfinite().sum()}")
assert hessians[0].isnan().all(), "seen with torch 2.13"
assert hessians[1].isfinite().all(), "seen with torch 2.13"

# %%
# Where eigenvalues meet
# ----------------------
# Left, the eigenvalues of :math:`I + tV`, and two functions of both. Right, the gradient of an eigenvector as
# the gap closes.

t = torch.linspace(-0.5, 0.5, 201, dtype=torch.float64)
tilted = torch.tensor([[0.9, 0.6], [0.6, -0.5]], dtype=torch.float64)
values = eigvalsh(eye + t[:, None, None] * tilted)
fig, axes = plt.subplots(1, 2, figsize=(6.8, 3.4))
fig.set_label(
    "Left, the two eigenvalues of I + tV over t meet at t = 0, each with a kink, while their mean and the root "
    "of their product pass smoothly. Right, on logarithmic axes, the largest entry of the gradient of an "
    "eigenvector over the gap: a straight line that climbs as one over the gap, to about 1e12."
)
axes[0].plot(t, values[:, 1], linewidth=3, label="larger")
axes[0].plot(t, values[:, 0], linewidth=3, label="smaller")
axes[0].plot(t, values.mean(1), "--", label="mean")
axes[0].plot(t, values.prod(1).sqrt(), ":", label="root of the product")
axes[0].set(title="eigenvalues", xlabel="$t$")
axes[0].set(ylim=(0.3, 1.9))
axes[0].legend(loc="upper center", ncols=2, fontsize="small")
axes[1].loglog(gaps, sizes, "o-")
axes[1].set(title="gradient of an eigenvector", xlabel="gap")
axes[1].invert_xaxis()
plt.show()

# %%
# The larger eigenvalue is symmetric in both, and has two slopes at the crossing. The mean has one:

at = values.max(1).values, values.mean(1)
for name, f in zip(("larger", "mean"), at):
    left, right = (f[100] - f[99]) / 0.005, (f[101] - f[100]) / 0.005
    print(f"{name:6} {left:5.2f} {right:5.2f}")
    assert torch.isclose(left, right) == (name == "mean")

# %%
# Exercise: the root of a matrix
# ------------------------------
# Write the root of a positive definite matrix so that ``gradcheck`` and ``gradgradcheck`` accept it where eigenvalues
# are equal. ``mark`` tries the identity, and a matrix without equal eigenvalues. The first try is ``root``:

generator = torch.Generator().manual_seed(0)
B = domains.symmetric_positive_definite(3, generator=generator)
quietly = {"raise_exception": False}


def mark(f):
    marks = []
    for X in (torch.eye(3, dtype=torch.float64), B.clone()):
        X.requires_grad_()
        marks.append(
            all(
                check(lambda X: f((X + X.mT) / 2), X, **quietly)
                for check in (gradcheck, gradgradcheck)
            )
        )
    return marks


print(mark(root))
assert mark(root) == [False, True], "seen with torch 2.13"

# %%
# A solution
# ----------
# From :math:`S^2 = A`: :math:`S\,\mathrm{d}S + \mathrm{d}S\,S = \mathrm{d}A`. The gradient solves the same equation, which is linear. Its
# matrix has the sums of two roots for eigenvalues, and no difference. The output :math:`S` is all that is saved:


class Root(torch.autograd.Function):
    @staticmethod
    def forward(ctx, A):
        S = root(A)
        ctx.save_for_backward(S)
        return S

    @staticmethod
    def backward(ctx, W):
        (S,) = ctx.saved_tensors
        one = torch.eye(len(S), dtype=S.dtype)
        both_sides = torch.kron(S, one) + torch.kron(one, S)
        return solve(both_sides, W.reshape(-1)).view_as(S)


print(mark(Root.apply))
assert all(mark(Root.apply))
