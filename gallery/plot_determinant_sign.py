r"""
Changing the sign of a matrix changes its determinant only for odd n
====================================================================

To get a positive determinant, the original notes replace :math:`X` by :math:`-X`. That works for the
:math:`5 \times 5` matrix there and fails for every even size, because
:math:`\det(-X) = (-1)^n \det X`.
"""

import matplotlib.pyplot as plt
import torch

from autodiff_notes import domains

plt.style.use("autodiff_notes.figures")

# %%
# An even n keeps its sign
# ------------------------
# A :math:`4 \times 4` matrix with a negative determinant, and its negative:

torch.manual_seed(0)
X = torch.randn(4, 4)
print(X.det())
print((-X).det())
torch.testing.assert_close((-X).det(), X.det())

# %%
# One row is enough
# -----------------
# The determinant is linear in each row. Change the sign of one:

before = X.det()
X[0] = -X[0]
print(X.det())
torch.testing.assert_close(X.det(), -before)

# %%
# The package's sampler does this, for odd and even sizes:

generator = torch.Generator().manual_seed(0)
samples = [
    domains.positive_determinant(n, generator=generator) for n in range(1, 7)
]
print([torch.det(sample).item() > 0 for sample in samples])
assert all(torch.det(sample) > 0 for sample in samples)

# %%
# A negative determinant: nan, and a gradient of zeros
# ----------------------------------------------------
# The logarithm of a negative number is not a real number, and ``logdet`` says ``nan``.
# The gradient says nothing of the kind, and would let an optimiser stand still without a word:

N = torch.tensor([[1.0, 2.0], [2.0, 1.0]], requires_grad=True)
f = torch.logdet(N)
f.backward()
print(f.item(), N.grad)
assert torch.isnan(f), "seen with torch 2.13"
assert not N.grad.any(), "seen with torch 2.13"

# %%
# A zero determinant: minus infinity
# ----------------------------------
# At a singular matrix the function has a pole. Here the determinant comes out as exactly zero:

S = torch.tensor([[1.0, 2.0], [2.0, 4.0]], requires_grad=True)
f = torch.logdet(S)
f.backward()
print(f.item(), S.grad)
assert f == -torch.inf, "seen with torch 2.13"

# %%
# That takes a factorisation that meets an exact zero. This matrix is singular as well, since its last row is three times the first,
# and what comes out depends on the rounding, of the type and of the machine:

T = torch.tensor([[1.0, 2, 3], [2, 5, 6], [3, 6, 9]])
for matrix in (T, T.double()):
    print(f"{matrix.dtype}: {torch.logdet(matrix):.4f}")

# %%
# slogdet serves every invertible matrix
# --------------------------------------
# It returns the sign and :math:`\log|\det X|`. The second has the gradient :math:`X^{-\top}` on both sides:

N.grad = None
sign, log_abs_det = torch.linalg.slogdet(N)
log_abs_det.backward()
print(sign.item(), log_abs_det.item())
print(N.grad)
with torch.no_grad():
    print(torch.linalg.inv(N).mT)
    torch.testing.assert_close(N.grad, torch.linalg.inv(N).mT)

# %%
# Through the pole
# ----------------
# :math:`X(t)` is :math:`\begin{pmatrix}1 & 2\\ 2 & t\end{pmatrix}`, with determinant :math:`t - 4`.
# ``logdet`` exists to the right of 4, ``slogdet`` on both sides:

t = torch.linspace(1, 7, 601, dtype=torch.float64)
matrices = torch.ones(601, 2, 2, dtype=torch.float64)
matrices[:, 0, 1] = matrices[:, 1, 0] = 2.0
matrices[:, 1, 1] = t

fig, ax = plt.subplots()
fig.set_label(
    "Two curves over t from 1 to 7 with a pole at 4. The logarithm of the absolute determinant exists "
    "on both sides of the pole; logdet only to its right, where both coincide."
)
ax.plot(
    t,
    torch.linalg.slogdet(matrices).logabsdet,
    label=r"slogdet: $\log|\det X|$",
)
ax.plot(
    t,
    torch.logdet(matrices),
    "--",
    linewidth=3,
    label=r"logdet: $\log\det X$, nan for $t < 4$",
)
ax.axvline(4, color="#56616d", linewidth=0.8)
ax.set(xlabel="$t$", ylim=(-3, 2.2))
ax.legend(loc="lower left")
plt.show()
