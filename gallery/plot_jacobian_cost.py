r"""
Forward mode pays for each input, reverse mode for each output
==============================================================

A Jacobian of :math:`m` outputs by :math:`n` inputs has :math:`n` columns and :math:`m` rows. Forward mode
finds a column at a time, reverse mode a row. Which is cheaper is counted here, in floating-point operations.
"""

import matplotlib.pyplot as plt
import torch
from torch.func import grad, jacfwd, jacrev
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import FlopCounterMode

from autodiff_notes import domains

plt.style.use("autodiff_notes.figures")

# %%
# A function of n inputs and m outputs
# ------------------------------------
# Two layers with eight units between them. The vectors are columns, matrices with one column, for a reason
# that follows:


def network(n, m):
    generator = torch.Generator().manual_seed(0)
    A = domains.normal(8, n, generator=generator)
    B = domains.normal(m, 8, generator=generator)
    x = domains.normal(n, generator=generator)
    return lambda x: (B @ torch.tanh(A @ x[:, None]))[:, 0], x


# %%
# What is counted
# ---------------
# The counter knows matrix products, two operations for each multiplication and addition. It does not know
# the product of a matrix and a vector, and says nothing:


def operations(run, *arguments):
    with FlopCounterMode(display=False) as counter:
        run(*arguments)
    return counter.get_total_flops()


f, x = network(64, 2)
print("columns:", operations(f, x), "= 2 * 8 * (64 + 2)")
print("vector: ", operations(torch.mv, torch.ones(8, 64), torch.ones(64)))
assert operations(f, x) == 2 * 8 * (64 + 2), "seen with torch 2.13"

# %%
# Many inputs, few outputs
# ------------------------
# In units of one evaluation of :math:`f`, with 64 inputs and 2 outputs:


def cost(mode, n, m):
    f, x = network(n, m)
    return operations(mode(f), x) / operations(f, x)


wide = (cost(jacrev, 64, 2), cost(jacfwd, 64, 2))
print("reverse {:.0f}, forward {:.0f}".format(*wide))
assert wide[0] < wide[1]

# %%
# Few inputs, many outputs
# ------------------------
# With 2 inputs and 64 outputs the two change places:

tall = (cost(jacrev, 2, 64), cost(jacfwd, 2, 64))
print("reverse {:.0f}, forward {:.0f}".format(*tall))
assert tall[1] < tall[0]

# %%
# The rule
# --------
# Reverse mode takes :math:`m + 1` evaluations, one for the value and one for each row. Forward mode takes
# :math:`n + 2`:

shapes = [(64, 2), (2, 64), (16, 16), (5, 3), (100, 1)]
paid = [(cost(jacrev, n, m), cost(jacfwd, n, m)) for n, m in shapes]
for (n, m), (back, ahead) in zip(shapes, paid):
    print(f"n = {n:3}, m = {m:2}: reverse {back:2.0f}, forward {ahead:3.0f}")
assert paid == [(m + 1, n + 2) for n, m in shapes], "seen with torch 2.13"

# %%
# One product too many, with zeros
# --------------------------------
# One is the value, :math:`n` are the columns. For the last, list the matrix products of ``jacfwd``, and look at the
# factors:


class Products(TorchDispatchMode):
    def __init__(self):
        super().__init__()
        self.found = []

    def __torch_dispatch__(self, function, types, arguments=(), options=None):
        if "mm" in str(function):
            zero = any(not factor.any() for factor in arguments)
            self.found.append((str(function), arguments[0].shape, zero))
        return function(*arguments, **(options or {}))


f, x = network(4, 2)
with Products() as products:
    jacfwd(f)(x)
for name, shape, zero in products.found:
    print(f"{name:17} {(*shape,)!s:10} {'a factor of zeros' if zero else ''}")
zeros = [zero for *_, zero in products.found]
assert zeros == [False, False, True] * 2, "seen with torch 2.13"

# %%
# The product rule has two terms, :math:`A \dot x` and :math:`\dot A x`. The weights are constants, and torch makes a tangent of
# zeros for them and multiplies by it.

# %%
# A gradient is the case m = 1
# ----------------------------
# For 10, 100 and 1000 inputs the gradient costs two evaluations. This is what makes training possible:


def gradient_cost(n):
    f, x = network(n, 1)
    return operations(grad(lambda x: f(x)[0]), x) / operations(f, x)


gradient_costs = {n: gradient_cost(n) for n in (10, 100, 1000)}
for n, evaluations in gradient_costs.items():
    print(f"{n:4} inputs: {evaluations:.0f} evaluations")
assert set(gradient_costs.values()) == {2}, "seen with torch 2.13"

# %%
# Where the lines cross
# ---------------------
# Sixteen outputs, and more and more inputs. Below sixteen inputs forward mode is cheaper, above it reverse mode:

sizes = [2, 4, 8, 16, 32, 64, 128]
fig, ax = plt.subplots()
fig.set_label(
    "Cost of a Jacobian with sixteen outputs over the number of inputs, from 2 to 128, both axes "
    "logarithmic. Reverse mode is level at 17 evaluations of f; forward mode rises in proportion to the "
    "number of inputs, and crosses it near 16."
)
ax.loglog(sizes, [cost(jacrev, n, 16) for n in sizes], "o-", label="reverse")
ax.loglog(sizes, [cost(jacfwd, n, 16) for n in sizes], "s-", label="forward")
ax.axvline(16, color="#d5dbe1", zorder=0)
ax.set(xlabel="inputs $n$, with 16 outputs", ylabel="evaluations of $f$")
ax.set_xticks(sizes, sizes, minor=False)
ax.set_yticks([4, 16, 64], [4, 16, 64])
ax.minorticks_off()
ax.legend()
plt.show()
