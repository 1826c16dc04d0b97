r"""
A leaf has a .grad, a result has none
=====================================

After ``backward()`` a gradient stands in ``.grad`` of some tensors, and others have ``None``. Which have it
is settled when a tensor is made: by what made it, and by ``requires_grad`` at that moment.
"""

import warnings
from textwrap import fill

import torch

from autodiff_notes.graphs import draw

generator = torch.Generator().manual_seed(0)

# %%
# Four tensors and what becomes of them
# -------------------------------------
# A tensor made by hand is a leaf. The result of an operation on a tensor that requires a gradient is not a leaf:

x = torch.tensor([1.0, 2.0, 4.0], dtype=torch.float64, requires_grad=True)
c = torch.tensor([3.0, 1.0, 2.0], dtype=torch.float64)
h = c * x
f = (h * h).sum()
f.backward()


def kept(tensor):
    """Return the gradient that a tensor holds, without the warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return None if tensor.grad is None else tensor.grad.tolist()


print("   is_leaf requires_grad  .grad")
for name, t in {"x": x, "c": c, "h": h, "f": f}.items():
    print(f"{name}  {t.is_leaf!s:7} {t.requires_grad!s:14} {kept(t)}")
assert [t.is_leaf for t in (x, c, h, f)] == [True, True, False, False], (
    "seen with torch 2.13"
)

# %%
# The leaf lost its name
# ----------------------
# The mistake: make the leaf, and go on computing on the same line. ``w`` names the quotient, and nothing names the leaf:

double = {"generator": generator, "dtype": torch.float64}
w = torch.randn(3, **double, requires_grad=True) / 3**0.5
(w * w).sum().backward()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print("w.grad is", w.grad)
message = str(caught[0].message).partition(" (Triggered")[0]
print(fill(f"{caught[0].category.__name__}: {message}", 72))
assert "not a leaf Tensor" in message, "seen with torch 2.13"

# %%
# Where the gradient went
# -----------------------
# It did arrive, at a leaf that has lost its name:

draw((w * w).sum(), w=w)

# %%
# What makes a new tensor, and requires a gradient, makes no leaf
# ---------------------------------------------------------------
# A view, a change of type, a copy: each returns a new tensor with something recorded before it. Where nothing is
# recorded, as after ``detach`` or for a comparison, the new tensor is a leaf, and requires no gradient:

made = torch.ones(4, requires_grad=True)
results = {
    "view(2, 2)": made.view(2, 2),
    "to(torch.float64)": made.to(torch.float64),
    "clone()": made.clone(),
    "to(torch.float32)": made.to(torch.float32),
    "detach()": made.detach(),
    "made > 0": made > 0,
}
print(f"{'':18} is_leaf requires_grad")
for name, result in results.items():
    print(f"{name:18} {result.is_leaf!s:7} {result.requires_grad}")
answers = {
    name: (result.is_leaf, result.requires_grad)
    for name, result in results.items()
}
assert list(answers.values()) == [
    *3 * [(False, True)], (True, True), *2 * [(True, False)]
], "seen with torch 2.13"  # fmt: skip
assert made.to(torch.float32) is made, "seen with torch 2.13"

# %%
# First the numbers, then requires_grad
# -------------------------------------
# What to write instead: compute, and switch the recording on at the end. Now the name is the leaf's:

w = (torch.randn(3, **double) / 3**0.5).requires_grad_()
(w * w).sum().backward()
print(w.is_leaf, w.grad)
torch.testing.assert_close(w.grad, 2 * w.detach())

# %%
# An optimiser asks for leaves
# ----------------------------
# It refuses what is no leaf, as soon as it is made:

try:
    torch.optim.SGD([2 * w], lr=0.1)
except ValueError as error:
    message = str(error)
print(f"ValueError: {message}")
assert "non-leaf" in message, "seen with torch 2.13"

# %%
# retain_grad keeps one on the way
# --------------------------------
# To see the gradient of something in the middle, ask for it before the backward pass:

h = c * x
h.retain_grad()
(h * h).sum().backward()
print(h.grad)
torch.testing.assert_close(h.grad, 2 * h.detach())

# %%
# retain_grad, in all three cases
# -------------------------------
# At a leaf it changes nothing. Where no gradient is required there is none to keep:

x.retain_grad()
print("x:", "retains_grad is", x.retains_grad)
print("h:", "retains_grad is", h.retains_grad)
try:
    c.retain_grad()
except RuntimeError as error:
    message = str(error)
print(f"c: RuntimeError: {message}")
retained = (x.retains_grad, h.retains_grad)
assert retained == (False, True), "seen with torch 2.13"
assert "requires_grad=False" in message, "seen with torch 2.13"

# %%
# Without requires_grad, a result is a leaf, too
# ----------------------------------------------
# Leaf means: nothing was recorded before it. The result of tensors that require no gradient is such a tensor:

d = torch.exp(c) + 1
print(d.is_leaf, d.requires_grad)
assert d.is_leaf, "seen with torch 2.13"

# %%
# The exercise, solved
# --------------------
# All that makes new tensors comes first, ``requires_grad_`` comes last:

W = torch.randn(2, 3, generator=generator)
W = (W.to(torch.float64) / 3**0.5).view(3, 2).requires_grad_()
torch.exp(W).sum().backward()
print(W.grad)
assert W.is_leaf
torch.testing.assert_close(W.grad, torch.exp(W.detach()))
