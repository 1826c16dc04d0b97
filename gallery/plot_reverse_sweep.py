"""
A reverse sweep visits every operation once
===========================================

What ``backward()`` does, built from nothing but ``math``: a trace of values, a table of rules, and a
sweep. The order of the sweep decides how many visits it takes: one for each operation, or a number that can
double with each.
"""

import math

import matplotlib.pyplot as plt
import torch

from autodiff_notes.tape import engine as tape
from autodiff_notes.tape.matrices import Matrix

plt.style.use("autodiff_notes.figures")

# %%
# The trace, by hand
# ------------------
# One operation a line, each with a name for its result:

x, y = 1.0, 2.0
v1 = math.log(x)
v2 = x * v1
v3 = x * y
v4 = math.sin(v3)
v5 = v2 + v4
print(f"{v5:.4f}")

# %%
# The sweep, by hand
# ------------------
# The same lines, last one first. What arrives at a name is its adjoint; what arrives twice is added:

g5 = 1.0
g4, g2 = g5, g5
g3 = g4 * math.cos(v3)
gx, gy = g3 * y, g3 * x
gx, g1 = gx + g2 * v1, g2 * x
gx = gx + g1 / x
print(f"by x {gx:.4f}, by y {gy:.4f}")

# %%
# One line for each operation
# ---------------------------
# The lines above came from four rules. Each operation stands beside the shares of its arguments,
# where ``g`` is the adjoint of the result:

RULES = {
    "a + b": ("g", "g"),
    "a * b": ("g * b", "g * a"),
    "log(a)": ("g / a",),
    "sin(a)": ("g * cos(a)",),
}


def evaluate(expression, **letters):
    return eval(expression, vars(math), letters)


print(evaluate("a * b", a=3.0, b=4.0))
print([evaluate(rule, g=1.0, a=3.0, b=4.0) for rule in RULES["a * b"]])

# %%
# A result that remembers
# -----------------------
# The trace writes itself if each result keeps its operation and its arguments:


class Variable:
    def __init__(self, value, form="", arguments=()):
        self.value, self.form, self.arguments = value, form, arguments
        self.adjoint = 0.0

    def letters(self):
        values = [argument.value for argument in self.arguments]
        return dict(zip("ab", values))


def apply(form, *arguments):
    result = Variable(None, form, arguments)
    result.value = evaluate(form, **result.letters())
    return result


x, y = Variable(1.0), Variable(2.0)
first = apply("a * b", x, apply("log(a)", x))
second = apply("sin(a)", apply("a * b", x, y))
f = apply("a + b", first, second)
print(f"{f.value:.4f} = {f.form}")

# %%
# The obvious way back
# --------------------
# Send every share on at once, as far as it goes. The derivatives are right:


def send(node, g):
    node.adjoint += g
    visits = 1
    for argument, rule in zip(node.arguments, RULES.get(node.form, ())):
        visits += send(argument, evaluate(rule, g=g, **node.letters()))
    return visits


visits = send(f, 1.0)
print(f"by x {x.adjoint:.4f}, by y {y.adjoint:.4f}, {visits} visits")
assert math.isclose(x.adjoint, gx)
assert math.isclose(y.adjoint, gy)

# %%
# The obvious way takes every path
# --------------------------------
# A result that is used twice is visited twice, and so is all before it. Double a number twenty
# times, and the way back has a million paths:


def doubled(times):
    leaf = result = Variable(1.0)
    for _ in range(times):
        result = apply("a + b", result, result)
    return leaf, result


def arrivals(node, leaf):
    if node is leaf:
        return 1
    return sum(arrivals(argument, leaf) for argument in node.arguments)


leaf, result = doubled(12)
print("paths to the leaf:", arrivals(result, leaf))
assert arrivals(result, leaf) == 2**12
paths = [send(doubled(times)[1], 1.0) for times in range(1, 13)]
print(paths)
assert paths == [2 ** (times + 1) - 1 for times in range(1, 13)]

# %%
# Last result first
# -----------------
# If a result is visited after everything that uses it, its adjoint is complete, and one visit is
# enough. The order of evaluation, reversed, is such an order:


def trace(node, found=None):
    found = [] if found is None else found
    if node not in found:
        for argument in node.arguments:
            trace(argument, found)
        found.append(node)
    return found


def sweep(result):
    result.adjoint = 1.0
    for node in reversed(trace(result)):
        for argument, rule in zip(node.arguments, RULES.get(node.form, ())):
            share = evaluate(rule, g=node.adjoint, **node.letters())
            argument.adjoint += share
    return len(trace(result))


leaf, result = doubled(12)
print(sweep(result), "visits, derivative", leaf.adjoint)
assert leaf.adjoint == 2**12

# %%
# One visit an operation, or every path
# -------------------------------------
# Both ways give the same derivative. The lower line grows by one with each doubling, the upper one
# doubles:

in_order = [sweep(doubled(times)[1]) for times in range(1, 13)]
assert in_order == list(range(2, 14))
fig, ax = plt.subplots(figsize=(6.8, 3.6))
fig.set_label(
    "Visits on the way back, on a logarithmic axis, over the number of doublings from 1 to 12. "
    "Following every path the visits double each time and pass eight thousand; in reverse "
    "order of evaluation they grow by one each time, to thirteen."
)
ax.semilogy(range(1, 13), paths, "o-", color="C1", label="every path")
ax.semilogy(range(1, 13), in_order, "o-", label="last result first")
ax.set(xlabel="doublings, one after the other", ylabel="visits")
ax.legend(loc="upper left")
plt.show()

# %%
# A second sweep over old adjoints is wrong
# -----------------------------------------
# PyTorch adds a second gradient to the first, so twice the gradient is right. Here the adjoints
# of the first sweep still lie in the results, and are sent again:

x, y = Variable(1.0), Variable(2.0)
f = apply("sin(a)", apply("a * b", x, y))
sweep(f)
once = x.adjoint
sweep(f)
print(f"{x.adjoint / once:.1f} times the gradient")
assert math.isclose(x.adjoint, 3 * once)

# %%
# The file does it as PyTorch does
# --------------------------------
# So the adjoints have to live in the sweep alone, and only leaves keep what arrives. That is how
# ``autodiff_notes.tape.engine`` does it, and it gives what PyTorch gives:

x, y = tape.Variable(1.0), tape.Variable(2.0)
f = x * tape.log(x) + tape.sin(x * y)
f.backward()
f.backward()
print(f"by x {x.grad / gx:.1f} times, by y {y.grad / gy:.1f} times")

u, w = (
    torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (1, 2)
)
h = u * torch.log(u) + torch.sin(u * w)
h.backward(retain_graph=True)
h.backward()
ours = torch.tensor([x.grad, y.grad], dtype=torch.float64)
torch.testing.assert_close(ours, torch.stack([u.grad, w.grad]))

# %%
# Matrices need more rules, and no other sweep
# --------------------------------------------
# The gradient of the log-determinant, by the same engine and by autograd:

generator = torch.Generator().manual_seed(0)
X = torch.randn(3, 3, generator=generator, dtype=torch.float64)
X = (X @ X + 4 * torch.eye(3)).requires_grad_()
A = tape.Variable(Matrix(X.tolist()))
tape.logdet(A).backward()
X.logdet().backward()
print(torch.tensor(A.grad))
torch.testing.assert_close(torch.tensor(A.grad, dtype=torch.float64), X.grad)
