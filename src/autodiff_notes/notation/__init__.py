r"""One source for a formula: LaTeX, torch code and value from the same expression.

An expression is written in Python's syntax, in the words of one table. It is checked against
that table before anything else happens, and what the table does not know is an error.

>>> from autodiff_notes import notation
>>> gradient = notation.read("inv(X).mT", {"X": "M"})
>>> notation.latex(gradient)
'X^{-\\top}'
>>> notation.code(gradient)
'torch.linalg.inv(X).mT'

Nothing here imports torch.
"""

from autodiff_notes.notation.coding import code, compiled, helpers, namespace
from autodiff_notes.notation.kinds import Kind
from autodiff_notes.notation.printing import latex, letter
from autodiff_notes.notation.reading import Expression, NotationError, read
from autodiff_notes.notation.vocabulary import SPECIAL, WORDS, Word

__all__ = [
    "SPECIAL",
    "WORDS",
    "Expression",
    "Kind",
    "NotationError",
    "Word",
    "code",
    "compiled",
    "helpers",
    "latex",
    "letter",
    "namespace",
    "read",
]
