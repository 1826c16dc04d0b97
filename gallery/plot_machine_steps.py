r"""
What is left to differentiate, one layer at a time
==================================================

The machine keeps a list: what is still to be differentiated, and what stands
before each differential, as :doc:`../derive/index` tells. Here it works
through a network of two layers.
"""

import matplotlib.pyplot as plt

from autodiff_notes.deriving import derive, terms
from autodiff_notes.deriving.adjoints import transposed
from autodiff_notes.deriving.differentials import differential
from autodiff_notes.deriving.problem import pose
from autodiff_notes.deriving.steps import is_variable
from autodiff_notes.deriving.writing import write
from autodiff_notes.notation import latex, read

plt.style.use("autodiff_notes.figures")

# %%
# The list, until variables alone are left
# ----------------------------------------
# It begins as the function itself, with 1 before it. What is no variable is
# opened by one level, and what stands around the new differentials moves to
# the other side of the inner product:

variables = (
    "w in vector(n)",
    "B in matrix(n, m)",
    "A in matrix(m, k)",
    "constant x in vector(k)",
)
where = {
    "h": "tanh(A @ x)",
    "z": "B @ h",
    "g": "w * (ones(n) - tanh(z) ** 2)",
}
problem = pose("w @ tanh(z)", variables, where)
layers, arrows = [], []
with terms.algebra() as algebra:
    f, names = problem.as_terms(algebra)
    left = {f: terms.num(1)}
    while left:
        layers.append({write(node): write(G) for node, G in left.items()})
        opened = {}
        for node, G in left.items():
            if not is_variable(node):
                found = {}
                transposed(differential(node), G, found)
                arrows += [(len(layers), write(node), write(n)) for n in found]
                opened |= found
        left = opened
for layer in layers:
    print(layer)

# %%
# What stands before the variables is the gradient
# ------------------------------------------------
# The variables that the list reached are those of the gradient, and what
# stands before each is the same as in the derivation by the machine:

reached = {name: G for layer in layers for name, G in layer.items()}
gradients = derive("w @ tanh(z)", variables, where=where).gradients
print(gradients)
assert gradients == {name: reached[name] for name in gradients}

kinds = {"w": "v", "B": "M", "A": "M", "x": "v", "n": "k", "m": "k"}
kinds |= {"h": "v", "z": "v", "g": "v"}
fig, ax = plt.subplots(figsize=(6.4, 4))
fig.set_label(
    "The list in five rows. The first holds the function, with 1 before it. "
    "Arrows lead to w, with tanh of z before it, and to z, with g; from z to B, "
    "with g h transposed, and to h, with B transposed g; from h to A x, and from "
    "there to A."
)
places = {}
for row, layer in enumerate(layers):
    for column, (node, G) in enumerate(layer.items()):
        places[row, node] = (1 if len(layer) == 1 else column, -row)
        before, of = (latex(read(part, kinds)) for part in (G, node))
        text = rf"$\langle {before},\ \mathrm{{d}}({of})\rangle$"
        ax.text(*places[row, node], text, ha="center", va="center")
for row, above, below in arrows:
    start, end = places[row - 1, above], places[row, below]
    gap = 12 if start[0] == end[0] else 40
    style = {"arrowstyle": "->", "color": "C0", "shrinkA": gap, "shrinkB": gap}
    ax.annotate("", end, start, arrowprops=style)
ax.set(xlim=(-0.6, 1.7), ylim=(0.5 - len(layers), 0.5))
ax.axis("off")
plt.show()
