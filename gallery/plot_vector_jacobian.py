r"""
v has the shape of the result, and J is transposed
==================================================

A function of :math:`n` numbers with :math:`m` results has a Jacobian :math:`J` with :math:`m` rows. Autograd
does not build it. It is given a vector :math:`v` with :math:`m` entries, and returns :math:`J^\top v`, with :math:`n`.
"""

from textwrap import fill

import matplotlib.pyplot as plt
import torch

from autodiff_notes import check_gradient

plt.style.use("autodiff_notes.figures")

# %%
# Two numbers in, three out
# -------------------------
# By hand, the rows of the Jacobian are the gradients of the three results:


def f(x):
    """Return the product, the sum and the square of the first."""
    return torch.stack([x[0] * x[1], x[0] + x[1], x[0] ** 2])


x = torch.tensor([3.0, 5.0], dtype=torch.float64, requires_grad=True)
J = torch.tensor([[5.0, 3.0], [1.0, 1.0], [6.0, 0.0]], dtype=torch.float64)
print(f(x).detach())
torch.testing.assert_close(torch.func.jacrev(f)(x), J)

# %%
# backward without v
# ------------------
# The mistake: ask for the gradient of three numbers at once. There is none, there are three:

try:
    f(x).backward()
except RuntimeError as error:
    message = str(error)
print(f"RuntimeError: {message}")
assert "only for scalar outputs" in message, "seen with torch 2.13"

# %%
# v in the shape of x
# -------------------
# The next mistake: ones in the shape of the input. With as many results as inputs it would run:

try:
    f(x).backward(torch.ones_like(x))
except RuntimeError as error:
    message = str(error)
print(fill(f"RuntimeError: {message}", 72))
assert "Mismatch in shape" in message, "seen with torch 2.13"

# %%
# v in the shape of the result
# ----------------------------
# One number for each result. What comes out has the shape of ``x``:

v = torch.tensor([1.0, 10.0, 100.0], dtype=torch.float64)
f(x).backward(v)
print(x.grad)
print(J.T @ v)
torch.testing.assert_close(x.grad, J.T @ v)

# %%
# The picture of the shapes
# -------------------------
# Each column of :math:`J` meets :math:`v`, and gives one entry of the result:

fig, axes = plt.subplots(1, 3, figsize=(6.8, 2.6), width_ratios=[3, 1, 1])
fig.set_label(
    "The transposed Jacobian, two rows of three numbers; the vector v, three numbers; and their "
    "product, two numbers: 615 and 13, which is what backward leaves in x.grad."
)
for ax, matrix, title in zip(
    axes, [J.T, v[:, None], x.grad[:, None]], ["$J^T$", "$v$", "x.grad"]
):
    rows, columns = matrix.shape
    ax.set(xlim=(-0.5, columns - 0.5), ylim=(2.5, -0.5), aspect="equal")
    ax.set_title(title, loc="center")
    ax.axis("off")
    for i in range(rows):
        for j in range(columns):
            ax.text(j, i, f"{matrix[i, j]:.0f}", ha="center", va="center")
            box = plt.Rectangle((j - 0.46, i - 0.46), 0.92, 0.92, fill=False)
            ax.add_patch(box).set_edgecolor(
                {"$v$": "C1", "x.grad": "C2"}.get(title, "C0")
            )
plt.show()

# %%
# v is the gradient of what follows
# ---------------------------------
# Let a loss follow, :math:`\ell = \langle w, f(x)\rangle`. Its gradient with respect to the results is :math:`w`, and that is :math:`v`:

w = torch.tensor([0.5, -1.0, 2.0], dtype=torch.float64)
(from_loss,) = torch.autograd.grad((w * f(x)).sum(), x)
(from_v,) = torch.autograd.grad(f(x), x, grad_outputs=w)
print(from_loss)
print(from_v)
torch.testing.assert_close(from_loss, from_v)

# %%
# No factor m
# -----------
# ``v`` full of ones gives the gradient of the sum. For the mean it is :math:`1/m` everywhere, and nothing else is to be multiplied:

ones = torch.ones(3, dtype=torch.float64)
for name, scalar, v in [
    ("sum ", f(x).sum(), ones),
    ("mean", f(x).mean(), ones / 3),
]:
    (expected,) = torch.autograd.grad(scalar, x)
    (product,) = torch.autograd.grad(f(x), x, grad_outputs=v)
    print(name, product)
    torch.testing.assert_close(product, expected)

# %%
# The gradients of the three results
# ----------------------------------
# With :math:`v = e_i` the result is row :math:`i` of :math:`J`. The whole Jacobian takes one pass for each row:

rows = [
    torch.autograd.grad(f(x), x, grad_outputs=e)[0]
    for e in torch.eye(3, dtype=torch.float64)
]
print(torch.stack(rows))
torch.testing.assert_close(torch.stack(rows), J)

# %%
# A column, by two reverse passes. The first is recorded, so that the second can differentiate it by :math:`v`:

v = torch.zeros(3, dtype=torch.float64, requires_grad=True)
(product,) = torch.autograd.grad(f(x), x, grad_outputs=v, create_graph=True)
first = torch.tensor([1.0, 0.0], dtype=torch.float64)
(column,) = torch.autograd.grad(product, v, grad_outputs=first)
print(column)
torch.testing.assert_close(column, J[:, 0])

# %%
# Where J and its transpose look alike
# ------------------------------------
# Applied entry by entry, a function has a diagonal :math:`J`, its own transpose. That of a rotation is square, too, and not symmetric:

R = torch.tensor([[0.6, -0.8], [0.8, 0.6]], dtype=torch.float64)
v = torch.tensor([1.0, 0.0], dtype=torch.float64)
(square,) = torch.autograd.grad(x**2, x, grad_outputs=v)
(rotated,) = torch.autograd.grad(R @ x, x, grad_outputs=v)
diagonal = torch.diag(2 * x.detach())
torch.testing.assert_close(square, diagonal @ v)
print("x**2 :", square.tolist(), "and J v:", (diagonal @ v).tolist())
print("R @ x:", rotated.tolist(), "and J v:", (R @ v).tolist())
torch.testing.assert_close(rotated, R.T @ v)
assert not torch.allclose(rotated, R @ v)

# %%
# A matrix comes out, and v is a matrix
# -------------------------------------
# For :math:`Y = AX` the same holds with :math:`V` in the shape of :math:`Y`: what arrives at :math:`X` is :math:`A^\top V`.

generator = torch.Generator().manual_seed(1)
A, X, B, V = (
    torch.randn(*shape, generator=generator, dtype=torch.float64)
    for shape in [(2, 3), (3, 4), (4, 5), (2, 4)]
)
X.requires_grad_()
(A @ X).backward(V)
print(X.grad.shape)
torch.testing.assert_close(X.grad, A.T @ V)

# %%
# The exercise, solved
# --------------------
# :math:`\langle V, A\,\mathrm{d}X\,B\rangle = \langle A^\top V B^\top, \mathrm{d}X\rangle`, and ``check_gradient`` agrees:

V = torch.randn(2, 5, generator=generator, dtype=torch.float64)


def product(X):
    """Return the inner product of V and AXB."""
    return (V * (A @ X @ B)).sum()


def gradient(_):
    """Return what backward(V) leaves in X.grad."""
    return A.T @ V @ B.T


report = check_gradient(product, gradient, X)
print(f"holds: {bool(report)}")
assert report
