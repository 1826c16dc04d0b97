"""Engines of automatic differentiation, asked the same questions at the same points.

A case is a row of a module below :mod:`autodiff_notes.engines.cases`, an engine one file below
``adapters``, and its recorded answers one file below ``results``.

>>> from autodiff_notes.engines import cases, engines
>>> cases["abs-at-zero"].question
'The slope of the absolute value at zero'
>>> engines["torch"].answers["abs-at-zero"]
'grad(torch.abs, 0.0)'

Nothing here imports an engine; an adapter does, in the process that asks it.
"""

from autodiff_notes.engines.cases import cases
from autodiff_notes.engines.engine import engines

__all__ = ["cases", "engines"]
