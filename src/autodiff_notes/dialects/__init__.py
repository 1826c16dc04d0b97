r"""Formulas as people type and paste them, read into the notation.

LaTeX, the syntax of matrixcalculus.org, NumPy's and torch's names, and the notation itself come
through one reader. What was understood is returned as text of the notation, together with the sets
that it guessed for the variables, so that a reader can correct it.

>>> from autodiff_notes.dialects import understand
>>> found = understand(r"\tfrac12 \|Ax - b\|_2^2 + \lambda\, x^\top x")
>>> found.function
'1 / 2 * norm(A @ x - b) ** 2 + lambda_ * x @ x'
>>> found.variables
('constant A in matrix(m, n)', 'x in vector(n)', 'constant b in vector(m)', 'constant lambda_ in positive_scalar()')

Nothing here is executed: a text is cut into tokens, and the tokens become a tree.
"""

from autodiff_notes.dialects.understanding import Understood, understand, understand_lines

__all__ = ["Understood", "understand", "understand_lines"]
