r"""
A second backward needs what the first one freed
================================================

``backward()`` walks the graph and frees what the operations saved. A second walk is refused, unless nothing that it
needs had been saved. This is what the error says, what it does not say, and what to write.
"""

from textwrap import fill

import matplotlib.pyplot as plt
import torch

from autodiff_notes.graphs import draw, trace

plt.style.use("autodiff_notes.figures")


def leaf(value):
    """Return a number that requires a gradient."""
    return torch.tensor(value, dtype=torch.float64, requires_grad=True)


# %%
# Twice through one graph
# -----------------------
# The mistake as it is met: one forward pass, two calls.

x, y = leaf(1.5), leaf(2.0)
f = x * torch.log(x) + torch.sin(x * y)
f.backward()
try:
    f.backward()
except RuntimeError as error:
    message = str(error)
print(fill(f"RuntimeError: {message}", 72))
assert "a second time" in message, "seen with torch 2.13"

# %%
# What is left of the graph
# -------------------------
# The operations are still there. What they had saved is gone:

draw(f, f=f, x=x, y=y)

# %%
# No error where nothing was saved
# --------------------------------
# A sum saves nothing, so a second pass has all it needs. It runs, and adds the gradient once more:

u = leaf(3.0)
s = u + u
s.backward()
s.backward()
print(u.grad)
assert u.grad == 4, "seen with torch 2.13"

# %%
# Two losses that share a part
# ----------------------------
# Neither loss is walked twice. The part that they share is, and the error comes from there:

x = leaf(1.5)
h = torch.exp(x)
first, second = h**2, torch.sin(h)
first.backward()
try:
    second.backward()
except RuntimeError as error:
    shared = str(error)
print("the same message:", shared == message)
assert shared == message, "seen with torch 2.13"

# %%
# Add them, and walk once
# -----------------------
# The gradient of a sum is the sum of the gradients. One pass, nothing kept:

x = leaf(1.5)
h = torch.exp(x)
(h**2 + torch.sin(h)).backward()
print(f"{x.grad:.6f}")
by_hand = 2 * torch.exp(2 * x) + torch.cos(h) * h
torch.testing.assert_close(x.grad, by_hand.detach())

# %%
# Or keep the graph for the second
# --------------------------------
# ``retain_graph=True`` frees nothing. It belongs to every pass but the last:

x = leaf(1.5)
h = torch.exp(x)
(h**2).backward(retain_graph=True)
torch.sin(h).backward()
print(f"{x.grad:.6f}")
torch.testing.assert_close(x.grad, by_hand.detach())

# %%
# Twice is twice, not three times
# -------------------------------
# For :math:`z = 2x^2` at 3 each pass adds 12 at the leaf. What was on the way is thrown away after each:

x = leaf(3.0)
h = x * x
z = 2 * h
for _ in range(2):
    z.backward(retain_graph=True)
    print(x.grad.item())
assert x.grad == 24, "seen with torch 2.13"

# %%
# A result that was told to keep its gradient adds, too
# -----------------------------------------------------
# ``retain_grad`` keeps the gradient of a result, and it adds up there as it does at a leaf:

x = leaf(3.0)
square = x * x
square.retain_grad()
z = 2 * square
kept = []
for _ in range(2):
    z.backward(retain_graph=True)
    kept.append((square.grad.item(), x.grad.item()))
    print(f"square.grad {square.grad:.0f}, x.grad {x.grad:.0f}")
assert kept == [(2, 12), (4, 24)], "seen with torch 2.13"

# %%
# An engine that keeps the inner gradients
# ----------------------------------------
# If the gradient of :math:`h` is never emptied, the second pass sends it on together with what the first left:

h_grad = x_grad = 0.0
for _ in range(2):
    h_grad += 2  # the derivative of 2h
    x_grad += 6 * h_grad  # the derivative of x * x at 3
    print(x_grad)
assert x_grad == 36

# %%
# A state carried from step to step
# ---------------------------------
# The other way to meet the error: what one step computed enters the next. Its graph enters with it:

w = leaf(0.9)
state = torch.ones((), dtype=torch.float64)
try:
    for step in range(1, 4):
        state = torch.tanh(w * state)
        state.backward()
        print(f"step {step}: {len(trace(state)[0])} nodes")
except RuntimeError as error:
    print(f"step {step}: RuntimeError: {str(error)[:50]} ...")
assert step == 2, "seen with torch 2.13"

# %%
# Cut it, or pay for all of it
# ----------------------------
# ``detach`` begins a new graph at each step. With ``retain_graph`` the error is gone, and the graph grows:

sizes = {}
for way in ("retain_graph=True", "state.detach()"):
    state = torch.ones((), dtype=torch.float64)
    sizes[way] = []
    for _ in range(20):
        state = state.detach() if way == "state.detach()" else state
        state = torch.tanh(w * state)
        state.backward(retain_graph=way == "retain_graph=True")
        sizes[way].append(len(trace(state)[0]))
    print(f"{way:18} {sizes[way][:3]} ... {sizes[way][-1]}")
assert [sizes[way][-1] for way in sizes] == [41, 3], "seen with torch 2.13"

# %%
# Every step walks all the steps before it, so the whole loop costs the square of its length.

fig, ax = plt.subplots(figsize=(6.8, 3.4))
fig.set_label(
    "Nodes that each backward pass walks, over twenty steps: with retain_graph they grow by two "
    "a step, from 3 to 41; with the state detached they stay at 3."
)
for (way, counts), marker in zip(sizes.items(), "os"):
    ax.plot(range(1, 21), counts, marker, linestyle="-", label=way)
ax.set(xlabel="step", ylabel="nodes walked", xticks=range(2, 21, 2))
ax.legend()
plt.show()

# %%
# The exercise, solved
# --------------------
# ``torch.autograd.grad`` leaves ``.grad`` alone. The first call keeps the graph, the last one frees it:

x = leaf(1.5)
h = torch.exp(x)
(of_first,) = torch.autograd.grad(h**2, x, retain_graph=True)
(of_second,) = torch.autograd.grad(torch.sin(h), x)
print(f"{of_first:.6f} {of_second:.6f} {of_first + of_second:.6f}")
assert x.grad is None, "seen with torch 2.13"
torch.testing.assert_close(of_first + of_second, by_hand.detach())
