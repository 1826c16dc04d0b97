r"""
One wrong sample shows in its own gradient, not in the mean
===========================================================

A loss over a batch is a mean of losses, so its gradient is a mean of gradients. ``backward`` returns the
mean alone. Clipping, noise estimates and the search for odd samples need the terms.
"""

from textwrap import fill

import matplotlib.pyplot as plt
import torch
from torch.func import functional_call, grad, vmap

from autodiff_notes import domains

plt.style.use("autodiff_notes.figures")

# %%
# Eight samples, one of them odd
# ------------------------------
# A line is fitted, :math:`y \approx w^\top x`. The target of sample 5 was entered ten too high:

generator = torch.Generator().manual_seed(0)
X = domains.normal(8, 3, generator=generator)
w = domains.normal(3, generator=generator)
y = X @ w + 0.5 * domains.normal(8, generator=generator)
y[5] += 10


def loss(w, x, y):
    return (w @ x - y) ** 2 / 2


leaf = w.clone().requires_grad_()
losses = vmap(loss, in_dims=(None, 0, 0))(leaf, X, y)
print(*(f"{one_loss:.3f}" for one_loss in losses))

# %%
# What backward gives
# -------------------
# One vector for the whole batch, the mean of eight:

losses.mean().backward()
print(leaf.grad)

# %%
# The mistake: backward on all losses at once
# -------------------------------------------
# Eight losses are a vector, and ``backward`` needs weights for them:

leaf.grad = None
losses = (X @ leaf - y) ** 2 / 2
try:
    losses.backward()
except RuntimeError as error:
    vector = f"RuntimeError: {error}"
print(fill(vector, 76))
assert "only for scalar outputs" in vector, "seen with torch 2.13"

# %%
# The mistake: a loop that collects .grad
# ---------------------------------------
# ``.grad`` is one tensor, and every pass adds to it. The list holds it eight times, and each row is the sum of all:

collected = []
for one_loss in losses:
    one_loss.backward(retain_graph=True)
    collected.append(leaf.grad)
rows = torch.stack(collected)
print(rows[:3])
assert (rows == rows[0]).all()
torch.testing.assert_close(rows[0], X.mT @ (X @ w - y))

# %%
# A loop that is right
# --------------------
# ``autograd.grad`` returns a new tensor. Eight samples take eight backward passes:

loop = torch.stack(
    [
        torch.autograd.grad(one_loss, leaf, retain_graph=True)[0]
        for one_loss in losses
    ]
)
print(loop[:3])
torch.testing.assert_close(loop.mean(0), leaf.grad / 8)

# %%
# What to write: the gradient of one, mapped over the batch
# ---------------------------------------------------------
# ``loss`` is written for one sample, and so is its gradient. ``None`` says that all samples share :math:`w`:

per_sample = vmap(grad(loss), in_dims=(None, 0, 0))(w, X, y)
print(per_sample[:3])
torch.testing.assert_close(per_sample, loop)

# %%
# By hand
# -------
# :math:`\nabla_w \tfrac12 (w^\top x - y)^2 = (w^\top x - y)\, x`, the residual times the sample:

by_hand = (X @ w - y)[:, None] * X
print(by_hand[:3])
torch.testing.assert_close(per_sample, by_hand)
torch.testing.assert_close(per_sample.mean(0), leaf.grad / 8)

# %%
# The odd sample shows
# --------------------
# The length of each gradient, and that of their mean:

lengths = per_sample.norm(dim=1)
fig, ax = plt.subplots()
fig.set_label(
    "Bars for the length of the gradient of each of eight samples. The bar of sample 5 is several times "
    "as high as the others. A dashed line marks the length of the mean gradient, in which it cannot be seen."
)
bars = ax.bar(range(8), lengths, width=0.6)
bars[5].set_color("C1")
mean_length = per_sample.mean(0).norm()
ax.axhline(mean_length, color="C2", linestyle="--", label="mean gradient")
ax.set(xlabel="sample", ylabel="length of its gradient", xticks=range(8))
ax.legend(loc="upper left")
plt.show()
print("longest:", lengths.argmax().item())
assert lengths[5] > lengths.sum() - lengths[5]

# %%
# A module's parameters
# ---------------------
# ``functional_call`` runs a module with the parameters that it is handed, and they become an argument like
# :math:`w`. The result is a dictionary, with the batch as first axis:

torch.manual_seed(0)
net = torch.nn.Sequential(
    torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1)
).double()


def net_loss(parameters, x, y):
    return (functional_call(net, parameters, (x,))[0] - y) ** 2 / 2


parameters = dict(net.named_parameters())
per_sample = vmap(grad(net_loss), in_dims=(None, 0, 0))(parameters, X, y)
for name, gradient in per_sample.items():
    print(name, (*gradient.shape,))

# %%
# Their mean is what ``backward`` gives:

((net(X)[:, 0] - y) ** 2 / 2).mean().backward()
for name, parameter in parameters.items():
    torch.testing.assert_close(per_sample[name].mean(0), parameter.grad)
print("the means agree")

# %%
# Where a loss depends on the other samples
# -----------------------------------------
# Batch normalisation mixes the samples: the loss of one depends on the batch around it. Under ``vmap`` torch refuses,
# though for another reason, since the layer also writes to its running averages:

normalised = torch.nn.Sequential(
    torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.Linear(4, 1)
).double()


def normalised_loss(parameters, x, y):
    out = functional_call(normalised, parameters, (x[None],))
    return (out[0, 0] - y) ** 2 / 2


try:
    vmap(grad(normalised_loss), in_dims=(None, 0, 0))(
        dict(normalised.named_parameters()), X, y
    )
except RuntimeError as error:
    mixed = f"RuntimeError: {error}"
print(fill(mixed, 76))
assert "mutate a captured Tensor" in mixed, "seen with torch 2.13"

# %%
# Each loss of a batch does have a gradient, here of the first weight. For sample 0, among the others of this batch,
# and among other ones:

weight = normalised[0].weight


def gradient_of_first(batch):
    out = normalised(torch.cat([X[:1], batch]))[0, 0]
    return torch.autograd.grad((out - y[0]) ** 2 / 2, weight)[0]


among_these, among_others = (
    gradient_of_first(X[1:]),
    gradient_of_first(2 * X[1:]),
)
print("among these: ", among_these[0])
print("among others:", among_others[0])
assert not torch.allclose(among_these, among_others, rtol=0.1)

# %%
# Dropout wants to be told whose dice are thrown
# ----------------------------------------------
# A random operation under ``vmap``: one draw for all samples, or one for each?

dropout = torch.nn.Dropout(0.5)
entries = torch.ones(8, 16)
try:
    vmap(dropout)(entries)
except RuntimeError as error:
    undecided = f"RuntimeError: {error}"
print(fill(undecided, 76))
torch.manual_seed(0)
rows = {
    randomness: vmap(dropout, randomness=randomness)(entries)
    for randomness in ("same", "different")
}
alike = {name: bool((row == row[0]).all()) for name, row in rows.items()}
print("all rows alike:", alike)
assert "randomness" in undecided, "seen with torch 2.13"
assert alike == {"same": True, "different": False}, "seen with torch 2.13"

# %%
# Exercise: clip each gradient
# ----------------------------
# Private training shortens every sample's gradient to length 1 at most, and takes the mean then. Write it for
# ``loss``. The first try clips the mean:


def mark(clipped):
    right = torch.zeros(3, dtype=torch.float64)
    for x, target in zip(X, y):
        gradient = (w @ x - target) * x
        right += gradient / max(1.0, gradient.norm().item()) / 8
    gap = (clipped(w, X, y) - right).norm().item()
    return "holds" if gap < 1e-12 else f"refused: off by {gap:.3f}"


def first_try(w, X, y):
    mean = vmap(grad(loss), in_dims=(None, 0, 0))(w, X, y).mean(0)
    return mean / mean.norm().clamp(min=1)


print(mark(first_try))
assert mark(first_try) != "holds"

# %%
# A solution
# ----------
# Shorten first, then take the mean. The length of each row is a column, so that it divides its own row:


def clipped(w, X, y):
    gradients = vmap(grad(loss), in_dims=(None, 0, 0))(w, X, y)
    lengths = gradients.norm(dim=1, keepdim=True)
    return (gradients / lengths.clamp(min=1)).mean(0)


print(mark(clipped))
assert mark(clipped) == "holds"
