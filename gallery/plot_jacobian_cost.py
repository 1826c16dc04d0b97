r"""
Forward mode pays for each input, reverse mode for each output
==============================================================

A Jacobian of :math:`m` outputs by :math:`n` inputs has :math:`n` columns and :math:`m` rows. Forward mode
finds a column at a time, reverse mode a row. Which is cheaper is counted here, in floating-point operations.
"""

import matplotlib.pyplot as plt
import torch
from torch.func import grad, jacfwd, jacrev
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


print(f"reverse {cost(jacrev, 64, 2):.0f}, forward {cost(jacfwd, 64, 2):.0f}")

# %%
# Few inputs, many outputs
# ------------------------
# With 2 inputs and 64 outputs the two change places:

print(f"reverse {cost(jacrev, 2, 64):.0f}, forward {cost(jacfwd, 2, 64):.0f}")

# %%
# The rule
# --------
# Reverse mode takes :math:`m + 1` evaluations, one for the value and one for each row. Forward mode takes
# :math:`n + 2`, since ``jacfwd`` computes the value twice:

for n, m in [(64, 2), (2, 64), (16, 16), (5, 3), (100, 1)]:
    assert cost(jacrev, n, m) == m + 1, "seen with torch 2.13"
    assert cost(jacfwd, n, m) == n + 2, "seen with torch 2.13"
    print(f"n = {n:3}, m = {m:2}: reverse {m + 1:2}, forward {n + 2:3}")

# %%
# A gradient is the case m = 1
# ----------------------------
# Whatever the number of inputs, the gradient costs two evaluations here. This is what makes training possible:


def gradient_cost(n):
    f, x = network(n, 1)
    return operations(grad(lambda x: f(x)[0]), x) / operations(f, x)


for n in (10, 100, 1000):
    print(f"{n:4} inputs: {gradient_cost(n):.0f} evaluations")
    assert gradient_cost(n) == 2, "seen with torch 2.13"

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
