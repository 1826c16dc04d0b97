r"""
Five ways to a Hessian-vector product, and their cost
=====================================================

Newton's method with conjugate gradients, power iteration and many tests of curvature use the Hessian :math:`H` in
products :math:`Hv`. The product is the derivative of the gradient along :math:`v`, and needs no matrix.
"""

from textwrap import fill

import matplotlib.pyplot as plt
import torch
from torch.func import grad, hessian, jvp
from torch.utils.flop_counter import FlopCounterMode

from autodiff_notes import domains

plt.style.use("autodiff_notes.figures")

# %%
# The whole Hessian first
# -----------------------
# The function is :math:`f(x) = \sum_i \log\cosh(a_i^\top x)`, with :math:`a_i^\top` the rows of :math:`A`.
# The way it is written first: all of :math:`H`, and then one product:

generator = torch.Generator().manual_seed(0)
A = domains.normal(6, 4, generator=generator)
x = domains.normal(4, generator=generator)
v = domains.normal(4, generator=generator)


def f(x):
    return (A @ x).cosh().log().sum()


whole = hessian(f)(x) @ v
print(whole)

# %%
# By hand
# -------
# The gradient is :math:`A^\top \tanh(Ax)`. Move :math:`x` along :math:`v`: only :math:`\tanh` changes, entry by
# entry:

by_hand = A.mT @ ((1 - torch.tanh(A @ x) ** 2) * (A @ v))
print(by_hand)
torch.testing.assert_close(by_hand, whole)

# %%
# Reverse over reverse
# --------------------
# The gradient is recorded, too. The product :math:`\langle \nabla f, v\rangle` is one number, and its gradient is
# :math:`Hv`:

leaf = x.clone().requires_grad_()
(g,) = torch.autograd.grad(f(leaf), leaf, create_graph=True)
(twice,) = torch.autograd.grad(g @ v, leaf)
print(twice)
torch.testing.assert_close(twice, whole)

# %%
# Forward over reverse
# --------------------
# :math:`Hv` is the Jacobian of the gradient times :math:`v`, so forward mode does it:

_, product = jvp(grad(f), (x,), (v,))
print(product)
torch.testing.assert_close(product, whole)

# %%
# A difference of two gradients agrees
# ------------------------------------
# Two gradients, a small step apart:

h = 1e-6
quotient = (grad(f)(x + h * v) - grad(f)(x - h * v)) / (2 * h)
print(quotient)
torch.testing.assert_close(product, quotient, rtol=1e-8, atol=1e-8)

# %%
# The mistake: a gradient that was not recorded
# ---------------------------------------------
# Without ``create_graph`` the gradient is a plain tensor, and the second derivative has no way back:

(g,) = torch.autograd.grad(f(leaf), leaf)
try:
    torch.autograd.grad(g @ v, leaf)
except RuntimeError as error:
    not_recorded = f"RuntimeError: {error}"
print(fill(not_recorded, 76))
assert "does not require grad" in not_recorded, "seen with torch 2.13"

# %%
# The same message where nothing is wrong
# ---------------------------------------
# The gradient of a linear function is constant, and its Hessian is zero. Autograd has no graph for a constant;
# forward mode gives the zeros:


def linear(x):
    return (A @ x).sum()


(g,) = torch.autograd.grad(linear(leaf), leaf, create_graph=True)
try:
    torch.autograd.grad(g @ v, leaf)
except RuntimeError as error:
    constant = f"RuntimeError: {error}"
print(fill(constant, 76))
assert "does not require grad" in constant, "seen with torch 2.13"
print(jvp(grad(linear), (x,), (v,))[1])
assert not jvp(grad(linear), (x,), (v,))[1].any()

# %%
# Another message, where one input enters linearly
# ------------------------------------------------
# :math:`a^2 + b` is linear in :math:`b`. Its two gradients are recorded, and no way leads from them to :math:`b`:

a, b = (x[:1].clone().requires_grad_() for _ in "ab")
inputs = (a, b)
gradients = torch.autograd.grad((a**2 + b).sum(), inputs, create_graph=True)
along = sum(g.sum() for g in gradients)
try:
    torch.autograd.grad(along, inputs, retain_graph=True)
except RuntimeError as error:
    unused = f"RuntimeError: {error}"
print(fill(unused, 76))
with_none = torch.autograd.grad(
    along, inputs, retain_graph=True, allow_unused=True
)
with_zeros = torch.autograd.grad(along, inputs, materialize_grads=True)
print(
    "allow_unused:     ", [g if g is None else g.tolist() for g in with_none]
)
print("materialize_grads:", [g.tolist() for g in with_zeros])
assert "not have been used" in unused, "seen with torch 2.13"
assert with_none[1] is None, "seen with torch 2.13"
assert [g.item() for g in with_zeros] == [2, 0], "seen with torch 2.13"

# %%
# The mistake: v is the gradient itself
# -------------------------------------
# Curvature along the gradient is :math:`Hg`. If :math:`g` is not cut off, both factors of :math:`g^\top g` are
# differentiated, and the result is :math:`2Hg`. No message comes:

(g,) = torch.autograd.grad(f(leaf), leaf, create_graph=True)
(doubled,) = torch.autograd.grad(g @ g, leaf, retain_graph=True)
(right,) = torch.autograd.grad(g @ g.detach(), leaf)
print("g @ g:         ", doubled)
print("g @ g.detach():", right)
torch.testing.assert_close(doubled, 2 * right)
torch.testing.assert_close(right, hessian(f)(x) @ g.detach())

# %%
# Operations
# ----------
# Counted in evaluations of :math:`f`, for more and more inputs. The vectors are matrices with one column, since
# only matrix products are counted:


def operations(run):
    with FlopCounterMode(display=False) as counter:
        run()
    return counter.get_total_flops()


def costs(n):
    A = domains.normal(2 * n, n, generator=generator)
    x = domains.normal(n, generator=generator)

    def f(x):
        return (A @ x[:, None]).cosh().log().sum()

    def reverse_over_reverse():
        leaf = x.clone().requires_grad_()
        (g,) = torch.autograd.grad(f(leaf), leaf, create_graph=True)
        torch.autograd.grad(g @ x, leaf)

    runs = [
        lambda: hessian(f)(x),
        lambda: jvp(grad(f), (x,), (x,)),
        reverse_over_reverse,
    ]
    return [operations(run) / operations(lambda: f(x)) for run in runs]


sizes = [4, 8, 16, 32, 64, 128]
table = torch.tensor([costs(n) for n in sizes])
for n, row in zip(sizes, table.tolist()):
    print(
        "n = {:3}: Hessian {:3.0f}, products {:.0f} and {:.0f}".format(n, *row)
    )
right = torch.tensor([[2.0 * n + 4, 6, 4] for n in sizes])
torch.testing.assert_close(table, right, msg="seen with torch 2.13")

# %%
# The picture of the cost
# -----------------------
# The Hessian's line rises with :math:`n`. Those of the products are level, at four and six evaluations:

fig, ax = plt.subplots()
fig.set_label(
    "Cost in evaluations of f over the number of inputs, from 4 to 128, both axes logarithmic. The whole "
    "Hessian rises in proportion to the number of inputs, up to 260; the two ways to a product are level "
    "lines at 6 and 4."
)
names = ["whole Hessian", "forward over reverse", "reverse over reverse"]
for column, name, mark in zip(table.T, names, "os^"):
    ax.loglog(sizes, column, f"{mark}-", label=name)
ax.set(xlabel="inputs $n$", ylabel="evaluations of $f$")
ax.set_xticks(sizes, sizes)
ax.set_yticks([4, 6, 16, 64, 256], [4, 6, 16, 64, 256])
ax.minorticks_off()
ax.legend()
plt.show()

# %%
# Exercise: the curvature along v
# -------------------------------
# Compute :math:`v^\top H v` for the function ``f`` above with forward mode alone, without ``grad``. The first try
# squares the slope:


def mark(curvature):
    right = v @ hessian(f)(x) @ v
    got = curvature(f, x, v)
    if torch.isclose(got, right):
        return "holds"
    return f"refused: {got:.4f}, and v'Hv is {right:.4f}"


def first_try(f, x, v):
    return jvp(f, (x,), (v,))[1] ** 2


print(mark(first_try))
assert mark(first_try) != "holds"

# %%
# A solution
# ----------
# The slope along :math:`v` is a function of :math:`x`. Its own slope along :math:`v` is the curvature:


def curvature(f, x, v):
    def slope(x):
        return jvp(f, (x,), (v,))[1]

    return jvp(slope, (x,), (v,))[1]


print(mark(curvature))
assert mark(curvature) == "holds"
