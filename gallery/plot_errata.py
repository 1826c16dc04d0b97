r"""
Residuals of published formulas, as printed and as corrected
============================================================

The package keeps published derivatives that do not hold: each as printed and as corrected. Here both
are evaluated, and a computer algebra system joins the list.
"""

import matplotlib.pyplot as plt
import sympy

from autodiff_notes.catalogue.errata import ERRATA
from autodiff_notes.evaluation.execution import gaps

plt.style.use("autodiff_notes.figures")

# %%
# How far off they are
# --------------------
# The largest relative gap over nine random points. A corrected formula is off by rounding, or, where
# it is an expansion, by the power that is left out:

names = [erratum.name for erratum in ERRATA]
printed = [max(gaps(erratum.printed)) for erratum in ERRATA]
corrected = [max(gaps(erratum.corrected)) for erratum in ERRATA]
assert all(a > 10 * b for a, b in zip(printed, corrected, strict=True))

fig, ax = plt.subplots(figsize=(6.4, 4.6))
fig.set_label(
    "For each published formula two points on a logarithmic axis of relative gaps. As printed, "
    "nearly all lie between a tenth and two. As corrected, nearly all lie below ten to the minus "
    "fourteen; two expansions lie near ten to the minus four."
)
rows = range(len(names))
ax.scatter(printed, rows, marker="x", color="C1", label="as printed")
ax.scatter(
    [max(gap, 1e-17) for gap in corrected],
    rows,
    color="C0",
    label="as corrected",
)
ax.set(xscale="log", xlabel="relative gap (the same to the last digit: 1e-17)")
ax.set_yticks(rows, names)
ax.invert_yaxis()
fig.legend(loc="outside upper center", ncols=2)
plt.show()

# %%
# SymPy says zero
# ---------------
# Of a matrix that is one symbol, the logarithm of the determinant has the derivative

X = sympy.MatrixSymbol("X", 2, 2)
answer = sympy.log(sympy.Determinant(X)).diff(X)
print(answer)
assert answer == sympy.ZeroMatrix(2, 2), "seen with SymPy 1.14"

# %%
# Entry by entry it is right
# --------------------------
# With four symbols in place of one, every partial derivative is the entry of the inverse, transposed:

Y = sympy.Matrix(X)
log_det = sympy.log(Y.det())
partials = Y.applyfunc(log_det.diff)
print(sympy.simplify(partials - Y.inv().T))
assert sympy.simplify(partials - Y.inv().T) == sympy.zeros(2, 2)
