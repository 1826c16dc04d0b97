r"""
Follow grad_fn, and the whole graph comes up
============================================

While :math:`f(x, y) = x \log x + \sin(xy)` is computed, autograd notes every operation and where its
inputs came from. These notes are the graph, and here it is drawn from what torch holds.
"""

from textwrap import fill

import torch

from autodiff_notes.graphs import draw, trace

# %%
# A value knows its last operation
# --------------------------------
# The result holds a ``grad_fn``. It names the last operation, and points to those before it:

x = torch.tensor(1.5, dtype=torch.float64, requires_grad=True)
y = torch.tensor(2.0, dtype=torch.float64, requires_grad=True)
f = x * torch.log(x) + torch.sin(x * y)
print(f.grad_fn.name())
sources = [source.name() for source, _ in f.grad_fn.next_functions]
print(sources)
assert f.grad_fn.name() == "AddBackward0", "seen with torch 2.13"
assert sources == ["MulBackward0", "SinBackward0"], "seen with torch 2.13"

# %%
# Not every result has one. A boolean, the index of an entry and a detached tensor were computed from ``x``, and have
# none. The entry itself has one:

cut_off = {"x > 1": x > 1, "x.argmax()": x.argmax(), "x.detach()": x.detach()}
for name, result in cut_off.items():
    print(f"{name:10} {result.grad_fn}")
print("x.view(1)[0]:", x.view(1)[0].grad_fn.name())
none = [result.grad_fn is None for result in cut_off.values()]
assert all(none), "seen with torch 2.13"
assert x.view(1)[0].grad_fn is not None, "seen with torch 2.13"

# %%
# The whole graph
# ---------------
# Follow the pointers, and every operation comes up once. ``x`` was used three times, and is there once:

nodes, edges = trace(f, f=f, x=x, y=y)
print(*(node.name for node in nodes), sep="\n")
print(len(nodes), "nodes, and to x lead", end=" ")
print(sum(edge.target == "x" for edge in edges), "steps")
assert sum(edge.target == "x" for edge in edges) == 3, "seen with torch 2.13"

# %%
# The picture
# -----------
# Arrows go the way of the backward pass, from the output to the leaves:

draw(f, f=f, x=x, y=y)

# %%
# Each operation keeps what its rule needs
# ----------------------------------------
# The derivative of a product needs both factors, that of a sum needs nothing:

saved = {}
for node in nodes:
    if not node.is_leaf:
        saved[node.name] = tuple(map(str, node.saved))
        print(
            f"{node.name:15} saves {', '.join(saved[node.name]) or 'nothing'}"
        )
assert saved == {
    "AddBackward0": (),
    "MulBackward0": ("other ()", "x"),
    "LogBackward0": ("x",),
    "SinBackward0": ("self ()",),
    "MulBackward0 2": ("y", "x"),
}, "seen with torch 2.13"

# %%
# A backward pass in a dozen lines
# --------------------------------
# A node can be called with the gradient that arrives, and returns what goes on to each input. So walk:

arrived = {x: 0, y: 0}


def send(node, gradient):
    """Pass a gradient on, and add up what arrives at the leaves."""
    if hasattr(node, "variable"):
        arrived[node.variable] += gradient
        return
    parts = node(gradient)
    parts = parts if isinstance(parts, tuple) else (parts,)
    for (source, _), part in zip(node.next_functions, parts):
        send(source, part)


send(f.grad_fn, torch.ones_like(f))
print([f"{arrived[leaf]:.6f}" for leaf in (x, y)])

# %%
# Autograd agrees
# ---------------
# Autograd does the same, and waits at each node until everything has arrived, so that each is called once:

f.backward()
print([f"{leaf.grad:.6f}" for leaf in (x, y)])
torch.testing.assert_close([arrived[x], arrived[y]], [x.grad, y.grad])

# %%
# Only what ran is recorded
# -------------------------
# A branch of Python is no operation. The graph has the branch that was taken, and no trace of the other:


def g(x):
    """Return the square for positive x, and the exponential else."""
    return x * x if x > 0 else torch.exp(x)


taken = []
for value in (1.5, -1.5):
    leaf = torch.tensor(value, requires_grad=True)
    names = [node.name for node in trace(g(leaf), x=leaf)[0]]
    taken.append(names[0])
    print(f"x = {value:4}: {', '.join(names)}")
assert taken == ["MulBackward0", "ExpBackward0"], "seen with torch 2.13"

# %%
# Out of the graph and back
# -------------------------
# The mistake: a number is taken out of its tensor, and a new tensor is made of it. The value is the same:

loss = torch.tensor([f.item(), 1.0]).sum()
try:
    loss.backward()
except RuntimeError as error:
    message = str(error)
print(fill(f"RuntimeError: {message}", 72))
assert "element 0 of tensors does not require grad" in message, (
    "seen with torch 2.13"
)

# %%
# Stay in the graph
# -----------------
# ``torch.stack`` joins tensors, and is an operation like any other:

f = x * torch.log(x) + torch.sin(x * y)
loss = torch.stack([f, torch.ones_like(f)]).sum()
print(", ".join(node.name for node in trace(loss, x=x, y=y)[0][:3]))
assert loss.grad_fn is not None, "seen with torch 2.13"

# %%
# The exercise: the squared length, two ways
# ------------------------------------------
# Written out, the sum is computed twice. Given a name, it is computed once and used twice:

u, v = (torch.ones(5, dtype=torch.float64, requires_grad=True) for _ in "uv")
s = u + v
counts = []
for way in ((u + v).dot(u + v), s.dot(s)):
    nodes, edges = trace(way, u=u, v=v)
    print(f"{len(nodes)} nodes, {len(edges)} steps")
    counts.append((len(nodes), len(edges)))
assert counts == [(5, 6), (4, 4)], "seen with torch 2.13"

# %%
# With the sum named, two arrows run from the product to one sum:

draw(s.dot(s), u=u, v=v, s=s)
