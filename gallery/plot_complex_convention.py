r"""
At 1 + 2i the gradient of the squared modulus is 2 + 4i
=======================================================

For a real function of :math:`z = x + iy`, torch returns
:math:`\partial f/\partial x + i\,\partial f/\partial y`. That is twice the derivative by the conjugate of
:math:`z`, and the conjugate of what JAX returns.
"""

import matplotlib.pyplot as plt
import torch
from torch.func import jvp

from autodiff_notes import check_gradient

plt.style.use("autodiff_notes.figures")

# %%
# The squared modulus
# -------------------
# :math:`|z|^2 = x^2 + y^2` has the partials :math:`2x` and :math:`2y`. At :math:`z = 1 + 2i`:


def gradient(f, z):
    z = torch.as_tensor(z, dtype=torch.complex128).clone().requires_grad_()
    return torch.autograd.grad(f(z), z)[0]


def squared_modulus(z):
    return z.abs() ** 2


z = torch.tensor(1 + 2j, dtype=torch.complex128)
print(gradient(squared_modulus, z).item())
assert gradient(squared_modulus, z) == 2 + 4j, "seen with torch 2.13"

# %%
# It is a pair of real partials
# -----------------------------
# Give torch two real numbers, and the same two come out:

x = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
y = torch.tensor(2.0, dtype=torch.float64, requires_grad=True)
partials = torch.autograd.grad(squared_modulus(torch.complex(x, y)), (x, y))
print([partial.item() for partial in partials])
assert [partial.item() for partial in partials] == [2, 4]

# %%
# Four numbers for one derivative
# -------------------------------
# From the partials :math:`p` and :math:`q` by :math:`x` and :math:`y`, each of these is in use:

p, q = (partial.item() for partial in partials)
conventions = {
    "torch:  p + iq": complex(p, q),
    "JAX:    p - iq": complex(p, -q),
    "by z:   (p - iq) / 2": complex(p, -q) / 2,
    "by conj z: (p + iq) / 2": complex(p, q) / 2,
}
for name, value in conventions.items():
    print(f"{name:24} {value}")
assert gradient(squared_modulus, z).item() == conventions["torch:  p + iq"]

# %%
# Which one gives the slope?
# --------------------------
# Go from :math:`z` along :math:`u`. The slope is the real inner product of the partials with :math:`u`, which is
# :math:`\operatorname{Re}(\bar g u)` for torch's :math:`g`:

g = gradient(squared_modulus, z)
h = 1e-6
for u in (1, 1j, 0.6 + 0.8j, 0.8 - 0.6j):
    ahead, behind = squared_modulus(z + h * u), squared_modulus(z - h * u)
    slope = (ahead - behind).item() / (2 * h)
    print(f"u = {u}: measured {slope:.4f}, {(g.conj() * u).real.item():.4f}")
    assert abs(slope - (g.conj() * u).real.item()) < 1e-8

# %%
# The wrong conjugate ends at a saddle
# ------------------------------------
# Descend on :math:`|z^2 + 1|^2`, which is zero at :math:`z = \pm i`. Along the conjugate of the gradient, the
# imaginary part goes uphill while the real part goes down:


def f(z):
    return (z**2 + 1).abs() ** 2


def descend(direction, steps=40, rate=0.05):
    path = [torch.tensor(0.7 + 0.4j, dtype=torch.complex128)]
    for _ in range(steps):
        path.append(path[-1] - rate * direction(gradient(f, path[-1])))
    return torch.stack(path)


paths = {
    "torch's gradient": descend(lambda g: g),
    "its conjugate": descend(torch.conj),
}
for name, path in paths.items():
    print(f"{name:17} {f(path[0]):.4f} -> {f(path[-1]):.4f}")
assert f(paths["torch's gradient"][-1]) < 1e-6
assert f(paths["its conjugate"][-1]) > 0.9

# %%
# Uphill, and the mirror image
# ----------------------------
# The contours of :math:`|z^2 + 1|^2` with torch's gradient and its conjugate. The gradient crosses them at right angles.

re, im = torch.meshgrid(
    torch.linspace(-1.5, 1.5, 121, dtype=torch.float64),
    torch.linspace(-1.5, 1.5, 121, dtype=torch.float64),
    indexing="ij",
)
height = f(torch.complex(re, im)).sqrt()
fig, axes = plt.subplots(1, 2, figsize=(6.8, 3.8), sharey=True)
fig.set_label(
    "Two maps of the modulus of z squared plus one over the complex plane, with its zeros at plus and minus i. "
    "Left, arrows against torch's gradient point downhill, across the contours, and a path runs to i. Right, "
    "arrows against the conjugate cross the contours at other angles, and the path ends at the saddle in the middle."
)
grid = torch.linspace(-1.2, 1.2, 7, dtype=torch.float64)
at = torch.complex(*torch.meshgrid(grid, grid, indexing="ij"))
arrows = torch.stack([-gradient(f, p) for p in at.flatten()])
arrows = arrows / arrows.abs().clamp(min=1e-9)
directions = [arrows, torch.conj_physical(arrows)]
for ax, (name, path), towards in zip(axes, paths.items(), directions):
    ax.contour(re, im, height, levels=12, colors="#56616d", linewidths=0.6)
    ax.quiver(
        at.real, at.imag, towards.real, towards.imag, color="C0", width=0.006
    )
    ax.plot(path.real, path.imag, "C1.-", markersize=4)
    ax.set(title=name, xlabel=r"$\mathrm{Re}\,z$", aspect="equal")
    ax.set(xlim=(-1.5, 1.5), ylim=(-1.5, 1.5))
    ax.set(xticks=(-1, 0, 1), yticks=(-1, 0, 1))
axes[0].set_ylabel(r"$\mathrm{Im}\,z$")
plt.show()

# %%
# A complex result has no gradient
# --------------------------------
# :math:`z^2` is not a real number, so there is no uphill:

z = z.requires_grad_()
try:
    (z**2).backward()
except RuntimeError as error:
    message = f"RuntimeError: {error}"
print(message.replace(" but", "\nbut"))
assert "real scalar outputs" in message, "seen with torch 2.13"

# %%
# A holomorphic function has a derivative
# ---------------------------------------
# :math:`z^2` has the derivative :math:`2z`. Reverse mode returns its conjugate, forward mode the derivative itself:

one = torch.ones((), dtype=torch.complex128)
(reverse,) = torch.autograd.grad(z**2, z, one)
_, forward = jvp(lambda z: z**2, (z.detach(),), (one,))
print("2z      ", (2 * z).item())
print("reverse ", reverse.item())
print("forward ", forward.item())
assert reverse == (2 * z).conj(), "seen with torch 2.13"
assert forward == 2 * z, "seen with torch 2.13"

# %%
# Why the conjugate belongs there
# -------------------------------
# Let :math:`L(w)` be real and :math:`w = z^2`. The gradient of the whole is :math:`\overline{2z}` times the gradient
# of :math:`L`, as :math:`J^\top` for a complex number written as a matrix:

w = (z**2).detach()
(whole,) = torch.autograd.grad(squared_modulus(z**2), z)
by_hand = (2 * z.detach()).conj() * gradient(squared_modulus, w)
print(whole.item(), by_hand.item())
torch.testing.assert_close(whole, by_hand)

# %%
# Exercise: a complex least square
# --------------------------------
# Find the gradient of :math:`f(x) = |a - x^{\mathsf H} b|^2` for complex vectors, in torch's convention. The first try
# reads it as in the real case, :math:`-2 b\,(a - x^\top b)`:

generator = torch.Generator().manual_seed(0)
point, b = torch.randn(2, 3, generator=generator, dtype=torch.complex128)
a = torch.randn((), generator=generator, dtype=torch.complex128)


def mark(claimed):
    def f(x):
        return (a - torch.vdot(x, b)).abs() ** 2

    return check_gradient(f, claimed, point.clone().requires_grad_()).holds


print(mark(lambda x: -2 * b * (a - torch.vdot(x, b))))
assert not mark(lambda x: -2 * b * (a - torch.vdot(x, b)))

# %%
# A solution
# ----------
# The residual comes conjugated:

print(mark(lambda x: -2 * b * (a - torch.vdot(x, b)).conj()))
assert mark(lambda x: -2 * b * (a - torch.vdot(x, b)).conj())
