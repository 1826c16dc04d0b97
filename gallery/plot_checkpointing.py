r"""
Bytes kept for backward, with checkpoints and without
=====================================================

Backward needs values that forward computed, and autograd keeps them until then. A checkpoint keeps the
input of a segment alone, and computes the segment again on the way back. Both sides are counted here.
"""

import warnings
import weakref
from itertools import count
from textwrap import fill

import matplotlib.pyplot as plt
import torch
from torch.autograd.graph import saved_tensors_hooks
from torch.utils.checkpoint import checkpoint
from torch.utils.flop_counter import FlopCounterMode

from autodiff_notes import check_gradient, domains

plt.style.use("autodiff_notes.figures")

# %%
# Autograd hands each tensor that it saves to the hook ``pack``, and keeps what ``pack`` returns. A wrapper that
# lives as long as autograd holds it shows what is still kept:


class Kept:
    def __init__(self, x):
        self.x = x.detach()


alive = weakref.WeakSet()


def pack(x):
    kept = Kept(x)
    alive.add(kept)
    return kept


def watched():
    return saved_tensors_hooks(pack, lambda kept: kept.x)


# %%
# Bytes are counted once for each piece of memory, and not at all for the inputs, which are there in any case:


def kept_bytes(*inputs):
    def memory(tensors):
        storages = [x.untyped_storage() for x in tensors]
        return {s.data_ptr(): s.nbytes() for s in storages}

    kept = memory(kept.x for kept in alive)
    return sum(kept[place] for place in kept.keys() - memory(inputs).keys())


# %%
# What an operation keeps
# -----------------------
# A thousand numbers in double precision are 8000 bytes. A sum keeps nothing, a sine its input, an exponential its
# output:

x = torch.linspace(-3, 3, 1000, dtype=torch.float64, requires_grad=True)
programs = {
    "x + 1": lambda x: x + 1,
    "x.sin()": lambda x: x.sin(),
    "x.exp()": lambda x: x.exp(),
    "x.exp().sin()": lambda x: x.exp().sin(),
    "x * x.sigmoid()": lambda x: x * x.sigmoid(),
    "x.exp().exp()": lambda x: x.exp().exp(),
}
counts = []
for name, program in programs.items():
    with watched():
        y = program(x)
    counts.append(kept_bytes(x))
    print(f"{name:16} {counts[-1]:6} bytes")
assert counts == [0, 0, 8000, 8000, 8000, 16000], "seen with torch 2.13"

# %%
# A chain of layers
# -----------------
# Sixteen layers :math:`x \mapsto \tanh(Wx)`, on four columns of 32 entries. Each layer keeps its output:

generator = torch.Generator().manual_seed(0)
weights = [domains.normal(32, 32, generator=generator) / 6 for _ in range(16)]
weights = [W.requires_grad_() for W in weights]
columns = domains.normal(32, 4, generator=generator)


def chain(x, weights):
    for W in weights:
        x = torch.tanh(W @ x)
    return x


with watched():
    y = chain(columns, weights)
plain = kept_bytes(columns, *weights)
print(f"{plain} bytes, {plain // 16} for each layer")
assert plain == 16 * 32 * 4 * 8, "seen with torch 2.13"

# %%
# Backward lets go of it
# ----------------------
# The pass back needs each value once:

y.sum().backward()
print(kept_bytes(columns, *weights), "bytes")
assert kept_bytes(columns, *weights) == 0, "seen with torch 2.13"

# %%
# The mistake: a total that keeps every graph
# -------------------------------------------
# Ten losses are added up for a report, and nobody calls ``backward``. The total is a tensor with a history:


def total_loss(read):
    total = 0
    with watched():
        for _ in range(10):
            total = total + read(chain(columns, weights).sum())
    return total


total = total_loss(lambda loss: loss)
print("total of tensors:", kept_bytes(columns, *weights), "bytes")
assert kept_bytes(columns, *weights) == 10 * plain, "seen with torch 2.13"

# %%
# With a ``backward`` in the loop each graph is emptied at once. The total then keeps ten empty graphs, which is
# little, and of no use to a report:


def trained(loss):
    loss.backward()
    return loss


total = total_loss(trained)
print("with backward:   ", kept_bytes(columns, *weights), "bytes")
assert kept_bytes(columns, *weights) == 0, "seen with torch 2.13"

# %%
# ``item()`` reads the number and leaves the history. Under ``no_grad`` there would be none from the beginning:

total = total_loss(lambda loss: loss.item())
print("total of numbers:", kept_bytes(columns, *weights), "bytes")
assert kept_bytes(columns, *weights) == 0, "seen with torch 2.13"

# %%
# A checkpoint keeps the input of a segment
# -----------------------------------------
# The chain in four segments of four layers. What is kept are the three tensors between them:


def in_segments(x, number):
    size = len(weights) // number
    for start in range(0, len(weights), size):
        part = weights[start : start + size]
        x = checkpoint(chain, x, part, use_reentrant=False)
    return x


with watched():
    y = in_segments(columns, 4)
print(f"{kept_bytes(columns, *weights)} bytes instead of {plain}")
assert kept_bytes(columns, *weights) == 3 * plain / 16, "seen with torch 2.13"

# %%
# The same gradients
# ------------------
# The segments are computed a second time from the same inputs, and the gradients agree to the last bit:

expected = torch.autograd.grad(chain(columns, weights).sum(), weights)
found = torch.autograd.grad(y.sum(), weights)
equal = [torch.equal(g, h) for g, h in zip(expected, found)]
print(all(equal))
assert all(equal), "seen with torch 2.13"

# %%
# The mistake: something changes before backward
# ----------------------------------------------
# The second run reads what is there *then*. Here a weight is stepped in place between the two. Without a checkpoint
# autograd refuses; with one, the gradient is that of another function, and no message comes:

x = torch.tensor(2.0, dtype=torch.float64)


def layer(x):
    return w * torch.sin(w * x)


for name in ("plain", "checkpoint"):
    w = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
    y = (
        layer(x)
        if name == "plain"
        else checkpoint(layer, x, use_reentrant=False)
    )
    (right,) = torch.autograd.grad(layer(x), w)
    with torch.no_grad():
        w += 2
    try:
        (stepped,) = torch.autograd.grad(y, w)
        print(f"{name}: {stepped:.4f} for {right:.4f}")
    except RuntimeError as error:
        refused = str(error)
        print(f"{name}: RuntimeError: {refused[:62]} ...")
assert "modified by an inplace operation" in refused, "seen with torch 2.13"
assert (stepped - right).abs() > 0.5, "seen with torch 2.13"

# %%
# A function with a state is another function in the second run. This one counts its calls:

calls = count(1)


def counting(x):
    return torch.sin(next(calls) * w * x)


y = checkpoint(counting, x, use_reentrant=False)
(found,) = torch.autograd.grad(y, w)
calls = count(1)
(right,) = torch.autograd.grad(counting(x), w)
print(f"{found:.4f} for {right:.4f}")
assert (found - right).abs() > 0.5, "seen with torch 2.13"

# %%
# The price is one more forward pass
# ----------------------------------
# Backward alone takes almost two forward passes; with checkpoints, it takes one more:


def operations(run):
    with FlopCounterMode(display=False) as counter:
        result = run()
    return counter.get_total_flops(), result


def passes(number):
    forward, y = operations(
        lambda: (
            in_segments(columns, number) if number else chain(columns, weights)
        )
    )
    backward, _ = operations(y.sum().backward)
    return forward, backward


once, back = passes(0)
print(f"no checkpoints: forward {once}, backward {back}")
counted = {number: passes(number) for number in (1, 4, 16)}
for number, (forward, backward) in counted.items():
    print(f"{number:2} segments:    forward {forward}, backward {backward}")
expected = [(once, back + once)] * 3
assert list(counted.values()) == expected, "seen with torch 2.13"

# %%
# How many segments
# -----------------
# On the way back one segment at a time is whole again. So memory is needed for the tensors between :math:`k` segments
# and for the inside of one. With 16 layers the sum is least at 4, the square root:

numbers = [1, 2, 4, 8, 16]
between, inside = [], []
for number in numbers:
    with watched():
        y = in_segments(columns, number)
    between.append(kept_bytes(columns, *weights))
    with watched():
        y = chain(columns, weights[: 16 // number])
    inside.append(kept_bytes(columns, *weights))
del y
totals = [k + i for k, i in zip(between, inside)]
for number, k, i, total in zip(numbers, between, inside, totals):
    print(f"{number:2} segments: {k:5} + {i:5} = {total:5} bytes")
assert numbers[totals.index(min(totals))] == 4

# %%
# The same numbers as bars, with the chain without checkpoints as a line:

fig, ax = plt.subplots()
fig.set_label(
    "Stacked bars for 1, 2, 4, 8 and 16 segments: bytes between the segments, which grow with their number, "
    "and bytes inside one segment, which shrink. The sum is least at 4 segments, less than half of the "
    "dashed line of the chain without checkpoints, and as high as that line at 1 and 16."
)
places = range(len(numbers))
ax.bar(places, between, width=0.6, label="between the segments")
ax.bar(places, inside, width=0.6, bottom=between, label="inside one segment")
ax.axhline(plain, color="C2", linestyle="--", label="no checkpoints")
ax.set(xlabel="segments", ylabel="bytes", ylim=(0, 1.25 * plain))
ax.set_xticks(places, numbers)
ax.legend(ncols=3, loc="upper center")
plt.show()

# %%
# The mistake: the variant is left open
# -------------------------------------
# There are two implementations. Without ``use_reentrant`` torch 2.13 warns:

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    checkpoint(chain, columns, weights)
for warning in caught:
    print(fill(f"{warning.category.__name__}: {warning.message}", 76), "\n")
assert "should be passed explicitly" in str(caught[0].message), (
    "seen with torch 2.13"
)

# %%
# What the old variant does
# -------------------------
# It looks for ``requires_grad`` at the arguments. The weights are in a list, where it does not look, and the columns
# are data. The gradient is lost:

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    y = checkpoint(chain, columns, weights, use_reentrant=True)
print("use_reentrant=True: ", y.requires_grad)
new = checkpoint(chain, columns, weights, use_reentrant=False)
print("use_reentrant=False:", new.requires_grad)
assert not y.requires_grad, "seen with torch 2.13"
assert new.requires_grad, "seen with torch 2.13"

# %%
# Exercise: keep nothing but the input
# ------------------------------------
# ``f`` keeps four tensors for one input. Write it so that it keeps none, and the gradient is still right. The
# first try switches the recording off:


def f(x):
    return x * x.sigmoid() * x.exp().tanh()


def mark(lean):
    point = torch.linspace(-2, 2, 5, dtype=torch.float64, requires_grad=True)
    (right,) = torch.autograd.grad(f(point).sum(), point)
    with watched():
        y = lean(point)
    kept = kept_bytes(point)
    report = check_gradient(lambda x: lean(x).sum(), right, point)
    gradient = "holds" if report else "refused"
    return f"{y.numel()} values, {kept} bytes kept, gradient {gradient}"


def first_try(x):
    with torch.no_grad():
        return f(x)


print("f:        ", mark(f))
print("first try:", mark(first_try))
assert "refused" in mark(first_try)

# %%
# A solution
# ----------
# The whole of ``f`` is one segment:


def lean(x):
    return checkpoint(f, x, use_reentrant=False)


print(mark(lean))
assert " 0 bytes kept, gradient holds" in mark(lean)
