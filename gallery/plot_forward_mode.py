r"""
A velocity goes through a function in one pass
==============================================

The point :math:`(r, t)` moves along a surface, :math:`f(r, t) = (r \cos t, r \sin t, t)`. If it sets out
with velocity :math:`v`, its image has velocity :math:`Jv`. Forward mode computes :math:`Jv` in the same pass
as :math:`f`, and keeps no graph for a way back.
"""

import math
from dataclasses import dataclass
from textwrap import fill

import matplotlib.pyplot as plt
import torch
from torch.autograd import forward_ad
from torch.func import jvp, vmap

from autodiff_notes import domains

plt.style.use("autodiff_notes.figures")

# %%
# A dual number is a value and its tangent
# ----------------------------------------
# Compute with :math:`a + \dot a\varepsilon` as with other sums, and let :math:`\varepsilon^2 = 0`.
# Each rule computes the value, and beside it the tangent:


@dataclass
class Dual:
    value: float
    tangent: float

    def __mul__(self, b):
        tangent = self.value * b.tangent + self.tangent * b.value
        return Dual(self.value * b.value, tangent)


def cos(a):
    return Dual(math.cos(a.value), -math.sin(a.value) * a.tangent)


def sin(a):
    return Dual(math.sin(a.value), math.cos(a.value) * a.tangent)


# %%
# One pass gives the value and the derivative
# -------------------------------------------
# At :math:`(r, t) = (2, 0.5)`, with velocity :math:`v = (1, 3)`:

r, t = Dual(2.0, 1.0), Dual(0.5, 3.0)
image = (r * cos(t), r * sin(t), t)
for part in image:
    print(f"value {part.value:8.5f}   tangent {part.tangent:8.5f}")

# %%
# By hand
# -------
# The Jacobian has a row for each output and a column for each input. Times :math:`v` it gives the tangents:

J = torch.tensor(
    [
        [math.cos(0.5), -2 * math.sin(0.5)],
        [math.sin(0.5), 2 * math.cos(0.5)],
        [0.0, 1.0],
    ],
    dtype=torch.float64,
)
v = torch.tensor([1.0, 3.0], dtype=torch.float64)
print(J @ v)
by_duals = J.new_tensor([part.tangent for part in image])
torch.testing.assert_close(by_duals, J @ v)

# %%
# torch.func.jvp does the same
# ----------------------------
# It takes the function, the point and the velocity, the last two as tuples:


def f(x):
    r, t = x
    return torch.stack([r * torch.cos(t), r * torch.sin(t), t])


x = torch.tensor([2.0, 0.5], dtype=torch.float64)
value, tangent = jvp(f, (x,), (v,))
print(value)
print(tangent)
torch.testing.assert_close(tangent, J @ v)

# %%
# A difference quotient along v agrees
# ------------------------------------
# It knows no rule of differentiation:

h = 1e-6
quotient = (f(x + h * v) - f(x - h * v)) / (2 * h)
print(quotient)
torch.testing.assert_close(tangent, quotient, rtol=1e-8, atol=1e-8)

# %%
# The mistake: v in the shape of the output
# -----------------------------------------
# Whoever comes from ``backward(v)`` brings one number for each output. There are three, and the point has two:

try:
    jvp(f, (x,), (torch.ones(3, dtype=torch.float64),))
except RuntimeError as error:
    wrong_size = f"RuntimeError: {error}"
print(fill(wrong_size, 76))
assert "different size" in wrong_size, "seen with torch 2.13"

# %%
# The mistake: tensors without their tuples
# -----------------------------------------
# A function may take several arguments, so point and velocity are tuples, even of one:

try:
    jvp(f, x, v)
except RuntimeError as error:
    no_tuple = f"RuntimeError: {error}"
print(fill(no_tuple, 76))
assert "Expected primals to be a tuple" in no_tuple, "seen with torch 2.13"

# %%
# Forward mode saves no tensor
# ----------------------------
# Reverse mode keeps tensors for the way back. Forward mode has no way back. The hook sees each tensor that
# is saved:

saved = []
with torch.autograd.graph.saved_tensors_hooks(saved.append, saved.index):
    jvp(f, (x,), (v,))
    in_forward_mode = len(saved)
    f(x.clone().requires_grad_())
print("saved in forward mode:", in_forward_mode)
print("saved for reverse mode:", len(saved))
assert in_forward_mode == 0, "seen with torch 2.13"

# %%
# A pass gives one column
# -----------------------
# The velocities :math:`(1, 0)` and :math:`(0, 1)` give the two columns of :math:`J`. ``vmap`` sends both
# through at once; the columns arrive as rows:

basis = torch.eye(2, dtype=torch.float64)
columns = vmap(lambda v: jvp(f, (x,), (v,))[1])(basis)
print(columns.mT)
torch.testing.assert_close(columns.mT, J)

# %%
# What stops a tangent
# --------------------
# ``detach`` stops it, ``no_grad`` does not, though both stop the recording for reverse mode. A product with
# one factor stopped keeps half of its derivative:


def under_no_grad(x):
    with torch.no_grad():
        return x * x


squares = {
    "x * x": lambda x: x * x,
    "x * x under no_grad": under_no_grad,
    "x.detach() * x": lambda x: x.detach() * x,
    "x.item() * x": lambda x: x.item() * x,
}
three, one = torch.tensor(3.0), torch.tensor(1.0)
tangents = []
for name, function in squares.items():
    with forward_ad.dual_level():
        dual = function(forward_ad.make_dual(three, one))
        tangents.append(forward_ad.unpack_dual(dual).tangent.item())
    print(f"{name:20} at 3: tangent {tangents[-1]:.0f}")
assert tangents == [6, 6, 3, 3], "seen with torch 2.13"

# %%
# Under ``inference_mode`` no tangent is carried. ``jvp`` takes the missing one for zero:


def under_inference_mode(x):
    with torch.inference_mode():
        return x * x


with forward_ad.dual_level():
    dual = under_inference_mode(forward_ad.make_dual(three, one))
    lost = forward_ad.unpack_dual(dual).tangent
print("tangent:", lost)
_, silent = jvp(under_inference_mode, (three,), (one,))
print("by jvp:", silent.item())
assert lost is None, "seen with torch 2.13"
assert silent == 0, "seen with torch 2.13"

# %%
# Arrows, pushed forward
# ----------------------
# Left, the plane of :math:`(r, t)` with the two unit velocities at twelve points. Right, their images,
# seen from above: :math:`J` turns them, and stretches the second one by :math:`r`.

grid = torch.cartesian_prod(
    torch.tensor([1.0, 2.0, 3.0]), torch.linspace(0.2, 1.4, 4)
).double()
fig, axes = plt.subplots(1, 2, figsize=(6.8, 3.6))
fig.set_label(
    "Two panels. Left, twelve points in the plane of r and t, each with one arrow along r and one along t, "
    "all of one length. Right, their images seen from above, on three arcs: the arrows along r point "
    "outwards and keep their length, the arrows along t follow the arcs and are longer on the outer ones."
)
for direction, colour, name in zip(basis, ["C0", "C1"], ["$r$", "$t$"]):
    velocities = direction.expand(12, 2)
    images, pushed = vmap(lambda x, v: jvp(f, (x,), (v,)))(grid, velocities)
    for ax, at, arrows in zip(axes, [grid, images], [velocities, pushed]):
        ax.quiver(
            *at[:, :2].T, *(0.3 * arrows[:, :2]).T, color=colour,
            angles="xy", scale_units="xy", scale=1, width=0.008,
            label=f"velocity along {name}",
        )  # fmt: skip
axes[0].set(xlabel="$r$", ylabel="$t$", xlim=(0.7, 3.6), ylim=(0, 1.9))
axes[1].set(xlabel=r"$r\,\cos t$", ylabel=r"$r\,\sin t$", aspect="equal")
axes[1].set(xlim=(-0.4, 3.6), ylim=(0, 3.6))
fig.legend(
    *axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2
)
plt.show()

# %%
# Exercise: divide two dual numbers
# ---------------------------------
# Find :math:`(a + \dot a\varepsilon) / (b + \dot b\varepsilon)`. The marker compares with ``jvp`` at random points.
# The first try divides the tangents:


def mark(divide):
    generator = torch.Generator().manual_seed(0)
    for _ in range(5):
        a, b, c, d = domains.normal(4, generator=generator)
        right = jvp(torch.div, (a, c), (b, d))
        got = divide(Dual(a.item(), b.item()), Dual(c.item(), d.item()))
        got = (got.value, got.tangent)
        if not all(math.isclose(y, z) for y, z in zip(got, right)):
            return f"refused: {got[1]:.4f}, and jvp gives {right[1]:.4f}"
    return "holds"


def first_try(x, y):
    return Dual(x.value / y.value, x.tangent / y.tangent)


print(mark(first_try))
assert mark(first_try) != "holds"

# %%
# A solution
# ----------
# Let :math:`p = a/b` have the tangent :math:`q`. In :math:`(b + \dot b\varepsilon)(p + q\varepsilon)` the factor of
# :math:`\varepsilon` is :math:`bq + \dot b p`, and must be :math:`\dot a`. Solve for :math:`q`:


def divide(x, y):
    value = x.value / y.value
    return Dual(value, (x.tangent - y.tangent * value) / y.value)


print(mark(divide))
assert mark(divide) == "holds"
