r"""
A trace has three tables of partials at a symmetric matrix
==========================================================

:math:`f(X) = \operatorname{tr}(AX)` is as simple as a function of a matrix gets. If :math:`X` is symmetric, three
different tables of numbers are called its gradient. Each is right for one question.
"""

import matplotlib.pyplot as plt
import torch
from torch.autograd import gradcheck

from autodiff_notes import check_gradient, domains

plt.style.use("autodiff_notes.figures")

# %%
# Seven is five and two
# ---------------------
# :math:`\operatorname{tr}(AX) = x_{11} + 5x_{12} + 2x_{21} + 3x_{22}` with this :math:`A`. If
# :math:`x_{12}` and :math:`x_{21}` are one number, its coefficient is 7:

A = torch.tensor([[1.0, 2.0], [5.0, 3.0]], dtype=torch.float64)


def trace(X):
    return torch.trace(A @ X)


x = torch.tensor([10.0, 1.0, 20.0], dtype=torch.float64)  # x11, x21, x22
X = torch.tensor([[x[0], x[1]], [x[1], x[2]]], dtype=torch.float64)
print(trace(X).item(), "=", (x @ x.new_tensor([1.0, 7.0, 3.0])).item())

# %%
# Three tables
# ------------
# Move every entry alone; move symmetric matrices; move the free entries. Autograd executes all three:


def gradient(f, X):
    X = X.detach().clone().requires_grad_()
    return torch.autograd.grad(f(X), X)[0]


def symmetric_part(X):
    return (X + X.mT) / 2


def from_free(X):
    lower = X.tril()
    return lower + lower.mT - torch.diag(torch.diag(X))


def three_tables(f, X):
    entries = gradient(f, X)
    symmetric = gradient(lambda X: f(symmetric_part(X)), X)
    free = gradient(lambda X: f(from_free(X)), X)
    return entries, symmetric, free + free.tril(-1).mT


for table in three_tables(trace, X):
    print(table)
assert [table[0, 1].item() for table in three_tables(trace, X)] == [5, 3.5, 7]

# %%
# How they hang together
# ----------------------
# If :math:`G` is the first, the second is its symmetric part and the third is :math:`G + G^\top - G \odot I`.
# Three functions, at a random symmetric matrix:

generator = torch.Generator().manual_seed(0)
S = domains.symmetric_positive_definite(4, generator=generator)
B = domains.normal(4, 4, generator=generator)
functions = {
    "tr(BX)": lambda X: torch.trace(B @ X),
    "det X": torch.det,
    "log det X": torch.logdet,
}
for f in functions.values():
    G, symmetric, free = three_tables(f, S)
    torch.testing.assert_close(symmetric, (G + G.mT) / 2)
    torch.testing.assert_close(free, G + G.mT - G * torch.eye(4))
G, symmetric, free = three_tables(torch.logdet, S)
torch.testing.assert_close(G, torch.linalg.inv(S))
print("all three functions agree")

# %%
# Which of them predicts the slope?
# ---------------------------------
# A gradient is the matrix whose inner product with a direction is the slope. One direction is symmetric,
# one is not. Measured slopes, and what each table says:

V = domains.normal(4, 4, generator=generator)
print(f"{'':28}measured  entries  symmetric   free")
for name, f in functions.items():
    tables = three_tables(f, S)
    for kind, W in (("symmetric V", V + V.mT), ("any V", V)):
        h = 1e-6
        slope = (f(S + h * W) - f(S - h * W)) / (2 * h)
        says = [(table * W).sum() for table in tables]
        right = [torch.isclose(s, slope, rtol=1e-6).item() for s in says]
        second = kind == "symmetric V" or name != "tr(BX)"
        assert right == [True, second, False]
        row = "".join(f"{s:9.3f}" for s in [slope, *says])
        print(f"{name:12}{kind:13}{row}")

# %%
# The third counts free entries
# -----------------------------
# Pair it with the lower triangle alone, diagonal included, and it gives the slope:

for name, f in functions.items():
    W = V + V.mT
    *_, free = three_tables(f, S)
    slope = (f(S + h * W) - f(S - h * W)) / (2 * h)
    print(f"{name:10} {slope:8.3f} {(free * W).tril().sum():8.3f}")
    torch.testing.assert_close(
        (free * W).tril().sum(), slope, rtol=1e-6, atol=0
    )

# %%
# Inverse, or inverse transposed?
# -------------------------------
# For log det the first table is :math:`X^{-\top}`. At a symmetric matrix that is :math:`X^{-1}`, and with one entry
# moved it is not:

near = S.clone()
near[0, 1] += 0.1
for name, at in {"symmetric": S, "one entry moved": near}.items():
    X = at.clone().requires_grad_()
    plain = check_gradient(torch.logdet, torch.linalg.inv, X)
    transposed = check_gradient(
        torch.logdet, lambda X: torch.linalg.inv(X).mT, X
    )
    print(f"{name:16} inverse {plain.holds}, transposed {transposed.holds}")
    assert transposed
    assert plain.holds == (name == "symmetric")

# %%
# Two ways to measure a step
# --------------------------
# A gradient points uphill most steeply *for a given length of the step*. Take steps of length 0.01, measured
# over all entries, and then over the free entries. What log det gains:

G, symmetric, free = three_tables(torch.logdet, S)


def gain(direction, length):
    step = 0.01 * direction / length(direction)
    return (torch.logdet(S + step) - torch.logdet(S)).item()


lengths = {
    "all entries": torch.linalg.norm,
    "free entries": lambda V: torch.linalg.norm(V.tril()),
}
for name, length in lengths.items():
    gains = [gain(table, length) for table in (symmetric, free)]
    print(f"{name:13} symmetric {gains[0]:.6f}, free {gains[1]:.6f}")
    assert (gains[0] > gains[1]) == (name == "all entries")

# %%
# Each is perpendicular on its own map
# ------------------------------------
# log det of :math:`\begin{pmatrix}1 & b\\ b & d\end{pmatrix}` as a map. Left, the coordinates are :math:`b` and
# :math:`d`: the free partials cross the contours at right angles. Right, :math:`b` is stretched by :math:`\sqrt2`, since
# it stands in two places: now the symmetric gradient does.

b, d = torch.meshgrid(
    torch.linspace(0.1, 1.1, 101, dtype=torch.float64),
    torch.linspace(0.7, 1.8, 111, dtype=torch.float64),
    indexing="ij",
)
height = torch.log((d - b**2).clamp(min=1e-3))
point = torch.tensor([[1.0, 0.6], [0.6, 1.2]], dtype=torch.float64)
_, symmetric, free = three_tables(torch.logdet, point)
here = torch.logdet(point).item()

fig, axes = plt.subplots(1, 2, figsize=(6.8, 3.9))
fig.set_label(
    "Two maps of the contours of log det over b and d, with two arrows from one point on a bold contour. On "
    "the left map, with equal units for b and d, the arrow of the free partials is perpendicular to the "
    "contour. On the right map, with b stretched by the root of two, that of the symmetric gradient is."
)
for ax, scale, label in zip(axes, (1.0, 2**0.5), ("$b$", r"$\sqrt{2}\,b$")):
    others = [here + 0.25 * k for k in (-2, -1, 1, 2)]
    ax.contour(
        scale * b, d, height, levels=others, colors="#56616d", linestyles="-"
    )
    ax.contour(
        scale * b,
        d,
        height,
        levels=[here],
        colors="#1d2530",
        linestyles="-",
        linewidths=2.5,
    )
    start = torch.tensor([scale * 0.6, 1.2])
    for table, colour, name in (
        (symmetric, "C0", "symmetric"),
        (free, "C1", "free entries"),
    ):
        along = torch.tensor([scale * table[1, 0], table[1, 1]])
        ax.annotate(
            "",
            start + 0.35 * along / along.norm(),
            start,
            arrowprops={"color": colour, "width": 2, "headwidth": 8},
        )
        ax.plot([], [], color=colour, linewidth=3, label=name)
    ax.set(xlabel=label, ylabel="$d$", aspect="equal", ylim=(0.85, 1.65))
    ax.set_xlim(start[0] - 0.45, start[0] + 0.35)
fig.legend(
    *axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2
)
plt.show()

# %%
# Cholesky reads one triangle
# ---------------------------
# ``torch.linalg.cholesky`` does not look above the diagonal. Autograd returns the second table all the same;
# differences, entry by entry, see the program:


def first_column(X):
    return torch.linalg.cholesky(X)[:, 0].sum()


C = torch.tensor([[4.0, 2.0], [2.0, 3.0]], dtype=torch.float64)
print(gradient(first_column, C))
steps = h * torch.eye(4, dtype=torch.float64).view(4, 2, 2)
ahead = torch.stack([first_column(C + step) for step in steps])
behind = torch.stack([first_column(C - step) for step in steps])
differences = ((ahead - behind) / (2 * h)).view(2, 2)
print(differences)
assert differences[0, 1] == 0, "seen with torch 2.13"
assert gradient(first_column, C)[0, 1] != 0, "seen with torch 2.13"

# %%
# So gradcheck refuses
# --------------------
# It moves one entry at a time, and a program that reads one triangle cannot answer with a symmetric matrix:

C.requires_grad_()
try:
    gradcheck(first_column, C)
except RuntimeError as error:
    message = str(error)
print(message.strip())
assert "Jacobian mismatch" in message, "seen with torch 2.13"

# %%
# Symmetrise, and both agree
# --------------------------
# Now the program is a function of all entries, and its gradient is the second table:


def of_symmetric(X):
    return first_column(symmetric_part(X))


print(gradcheck(of_symmetric, C))
torch.testing.assert_close(
    gradient(of_symmetric, C),
    gradient(first_column, C),
    msg="seen with torch 2.13",
)

# %%
# Exercise: a quadratic form of the inverse
# -----------------------------------------
# For :math:`f(X) = a^\top X^{-1} c` the first table is :math:`-X^{-\top} a c^\top X^{-\top}`. Find the second, for symmetric
# :math:`X`; ``mark`` asks ``check_gradient``. The first try takes the formula as it is:

a, c = domains.normal(2, 4, generator=generator)


def of_inverse(X):
    return a @ torch.linalg.solve(symmetric_part(X), c)


def mark(claimed):
    return check_gradient(
        of_inverse, claimed, S.clone().requires_grad_()
    ).holds


def first_try(X):
    inverse = torch.linalg.inv(X)
    return -inverse.mT @ torch.outer(a, c) @ inverse.mT


print(mark(first_try))
assert not mark(first_try)

# %%
# A solution
# ----------
# Take the symmetric part:

print(mark(lambda X: symmetric_part(first_try(X))))
assert mark(lambda X: symmetric_part(first_try(X)))
