r"""
A rule that is off by a quarter is found by its run
===================================================

A machine derives gradients by a table of rules, and whoever wrote the table
may have been wrong. So each rule is run: first as it stands, then spoilt.
The method is told in :doc:`../derive/index`.
"""

from dataclasses import replace

import matplotlib.pyplot as plt

from autodiff_notes.deriving import derive
from autodiff_notes.deriving.rules import ENTRYWISE, RULES
from autodiff_notes.evaluation.execution import gaps
from autodiff_notes.notation.derivations import parse

plt.style.use("autodiff_notes.figures")

# %%
# A rule is a derivation of one line
# ----------------------------------
# A row of the table says what the differential of a word is, and for which
# variables. Written out it can be executed:

(softmax,) = RULES["softmax"]
print(softmax.text)
print(f"relative gap: {max(gaps(parse(softmax.text))):.0e}")

# %%
# Every rule, right and spoilt
# ----------------------------
# Each rule is run at random points, and run again with a differential that is
# a quarter too long. A rule that says zero stays zero, and is left out:

rows = [*ENTRYWISE.values(), *(row for rows in RULES.values() for row in rows)]
rows = [row for row in rows if not row.differential.startswith("0 *")]
spoilt = [
    replace(row, differential=f"1.25 * ({row.differential})") for row in rows
]
right = sorted(max(gaps(parse(row.text))) for row in rows)
wrong = sorted(max(gaps(parse(row.text))) for row in spoilt)
print(
    f"{len(rows)} rules: {right[-1]:.0e} at most, spoilt {wrong[0]:.2f} at least"
)
assert right[-1] < 1e-10, "as it stands"
assert wrong[0] > 0.1, "a quarter too long"

fig, ax = plt.subplots()
fig.set_label(
    "Two rows of points over a logarithmic axis of relative gaps, one point for "
    "each rule. As they stand, all lie below ten to the minus thirteen, most of "
    "them near ten to the minus fifteen. A quarter too long, all lie at about 0.2."
)
places = range(len(rows))
ax.scatter(places, [max(g, 1e-17) for g in right], label="as it stands", s=12)
ax.scatter(places, wrong, marker="x", label="a quarter too long", s=12)
ax.set(yscale="log", xlabel="rule, by its gap", ylabel="relative gap")
fig.legend(loc="outside upper center", ncols=2)
plt.show()

# %%
# What the machine writes is run the same way
# -------------------------------------------
# A derivation by machine is a text like that of any other author. The run that
# guards the authors guards the machine, and shares nothing with its rules:

found = derive(
    "norm(A @ x - b) ** 2",
    (
        "x in vector(n)",
        "constant A in matrix(m, n)",
        "constant b in vector(m)",
    ),
)
print(found)
print(found.execute().summary)
assert found.gradients == {"x": "2 * A.mT @ (A @ x - b)"}
