r"""
Switches stop a block, cuts stop a tensor
=========================================

``no_grad``, ``inference_mode``, ``detach``, ``.data`` and ``eval()`` are taken for one another. They differ in
what they stop, and in what they let through. Here each of them is asked the same four questions.
"""

from textwrap import fill

import torch

from autodiff_notes.graphs import draw

x = torch.tensor([0.5, 1.0], dtype=torch.float64, requires_grad=True)

# %%
# Four questions, asked of each. First: is what one computes with it recorded?

dropout = torch.nn.Dropout(0.5)
weight = torch.ones(2, dtype=torch.float64, requires_grad=True)


def recorded(way):
    """Whether the result of an operation requires a gradient."""
    return run(way, lambda t: 2 * t, x).requires_grad


def usable(way):
    """Whether a recorded operation may keep the result afterwards."""
    try:
        (run(way, lambda t: 2 * t, x) * weight).sum().backward()
    except RuntimeError:
        return False
    return True


# %%
# The other two: does the backward pass notice a write to what it needs, and does dropout still drop?


def noticed(way):
    """Whether writing to a saved result makes the backward pass refuse."""
    result = torch.exp(x)
    run(way, lambda t: t.mul_(0), result)
    try:
        result.sum().backward()
    except RuntimeError:
        return True
    return False


def drops(way):
    """Whether dropout sets entries to zero."""
    ones = torch.ones(100, dtype=torch.float64)
    return bool((run(way, dropout, ones) == 0).any())


# %%
# A way is applied to a function and its argument, as it would be in a program:


def run(way, function, t):
    """Return function(t) in one of the six ways."""
    x.grad = None
    dropout.train(way != "eval()")
    if way == "no_grad":
        with torch.no_grad():
            return function(t)
    if way == "inference_mode":
        with torch.inference_mode():
            return function(t)
    return function({"detach()": t.detach(), ".data": t.data}.get(way, t))


# %%
# One table
# ---------
# Each entry is the answer of a run:

ways = ["nothing", "no_grad", "inference_mode", "detach()", ".data", "eval()"]
probes = [recorded, usable, noticed, drops]
table = {way: [probe(way) for probe in probes] for way in ways}
print(f"{'':16}" + "".join(f"{probe.__name__:10}" for probe in probes))
for way, answers in table.items():
    print(f"{way:16}" + "".join(f"{'yes' if a else 'no':10}" for a in answers))
assert table == {
    "nothing": [True, True, True, True],
    "no_grad": [False, True, True, True],
    "inference_mode": [False, False, True, True],
    "detach()": [False, True, True, True],
    ".data": [False, True, False, True],
    "eval()": [True, True, True, False],
}, "seen with torch 2.13"

# %%
# A switch, or a cut
# ------------------
# ``no_grad`` turns the recording off for what runs inside. ``detach`` cuts one tensor off, and the product is recorded:

with torch.no_grad():
    inside = torch.sin(x) * x
cut = torch.sin(x).detach() * x
print("inside no_grad:", inside.requires_grad)
print("one factor cut:", cut.requires_grad)
recording = (inside.requires_grad, cut.requires_grad)
assert recording == (False, True), "seen with torch 2.13"

# %%
# A switch can be turned on again inside, by the program or by a transform that differentiates:

with torch.no_grad():
    with torch.enable_grad():
        again = torch.sin(x) * x
    slopes = torch.func.grad(lambda t: (t * t).sum())(x.detach())
print("enable_grad inside no_grad:", again.requires_grad)
print("torch.func.grad inside no_grad:", slopes)
assert again.requires_grad, "seen with torch 2.13"
assert torch.equal(slopes, 2 * x.detach()), "seen with torch 2.13"

# %%
# What the cut leaves
# -------------------
# Of the two ways from the product to ``x`` one remains. The sine is a number in it, and its derivative is lost:

draw(cut, cut=cut, x=x)

# %%
# The gradient after a cut
# ------------------------
# The whole product has the derivative :math:`x \cos x + \sin x`. With the sine cut off, :math:`\sin x` is left:

(whole,) = torch.autograd.grad((torch.sin(x) * x).sum(), x)
(partial,) = torch.autograd.grad(cut.sum(), x)
print(whole)
print(partial)
torch.testing.assert_close(partial, torch.sin(x).detach())

# %%
# The step that is not recorded
# -----------------------------
# The mistake: a loss computed with the recording off, by a ``with`` that reaches too far, or a decorator.

with torch.no_grad():
    loss = (torch.sin(x) ** 2).sum()
try:
    loss.backward()
except RuntimeError as error:
    message = str(error)
print(fill(f"RuntimeError: {message}", 72))
assert "does not require grad" in message, "seen with torch 2.13"

# %%
# Evaluation mode records
# -----------------------
# The mistake: ``eval()``, to save memory. It changes what some layers do, dropout above all, and records as before:

model = torch.nn.Sequential(
    torch.nn.Linear(2, 3, dtype=torch.float64), torch.nn.Dropout(0.5)
)
model.eval()
out = model(x)
print(out.requires_grad, torch.equal(out, model[0](x)))
assert out.requires_grad, "seen with torch 2.13"

# %%
# A tensor of inference mode stays one
# ------------------------------------
# The mistake: features computed under ``inference_mode``, then used in training. Under ``no_grad`` the same is allowed:

weight.grad = None
with torch.inference_mode():
    features = torch.cos(x)
try:
    (features * weight).sum().backward()
except RuntimeError as error:
    message = str(error)
print(fill(f"RuntimeError: {message}", 72))
assert "saved for backward" in message, "seen with torch 2.13"

# %%
# A clone, made outside, is a normal tensor
# -----------------------------------------
# The message says so itself. Or write ``no_grad`` where the result is to be used again:

(features.clone() * weight).sum().backward()
print(weight.grad)
torch.testing.assert_close(weight.grad, torch.cos(x).detach())

# %%
# Writing behind autograd's back
# ------------------------------
# ``.data`` and ``detach()`` both share the memory. The sigmoid keeps its own result, and here it is overwritten:

x.grad = None
wrong = torch.sigmoid(x)
wrong.data.zero_()
wrong.sum().backward()
print("x.grad:", x.grad)
s = torch.sigmoid(x).detach()
print("truth: ", s * (1 - s))
assert torch.equal(x.grad, torch.zeros_like(x)), "seen with torch 2.13"

# %%
# ``.data`` is one of several ways to the memory. What NumPy, DLPack or the storage write is not counted either:


def numpy(t):
    t.detach().numpy()[:] = 0


def dlpack(t):
    torch.from_dlpack(t.detach().__dlpack__()).zero_()


def storage(t):
    t.untyped_storage().fill_(0)


silent = []
for write in (numpy, dlpack, storage):
    s = torch.sigmoid(x)
    write(s)
    (gradient,) = torch.autograd.grad(s.sum(), x)
    print(f"{write.__name__:8} version {s._version}, gradient {gradient}")
    silent.append(s._version == 0 and not gradient.any())
assert all(silent), "seen with torch 2.13"

# %%
# The same through detach is noticed
# ----------------------------------
# ``detach()`` shares the count of changes as well, and the backward pass looks at it:

result = torch.sigmoid(x)
result.detach().zero_()
try:
    result.sum().backward()
except RuntimeError as error:
    message = str(error)
print(fill(f"RuntimeError: {message}", 72))
assert "modified by an inplace" in message, "seen with torch 2.13"

# %%
# The exercise, solved
# --------------------
# ``x + (round(x) - x).detach()`` has the value of the second term and the derivative of the first:

t = torch.tensor([0.2, 1.7, -2.4], dtype=torch.float64, requires_grad=True)
rounded = t + (torch.round(t) - t).detach()
(rounded * rounded).sum().backward()
print(rounded.detach())
print(t.grad)
torch.testing.assert_close(rounded.detach(), torch.round(t.detach()))
torch.testing.assert_close(t.grad, 2 * rounded.detach())
