"""Derivations by machine: type a function, read its derivation, every ``=`` executed.

>>> from autodiff_notes.deriving import derive
>>> derive("tr(inv(X) @ A)", ("X in invertible(n)", "constant A in square(n)")).gradients
{'X': '-(inv(X) @ A @ inv(X)).mT'}

Nothing here imports torch, nor anything outside the standard library; execution does.
"""

from autodiff_notes.deriving.derive import derive
from autodiff_notes.deriving.derived import Derived
from autodiff_notes.deriving.orders import hessian, hvp, vjp
from autodiff_notes.deriving.outcome import DomainNeeded, NotSupported

__all__ = ["Derived", "DomainNeeded", "NotSupported", "derive", "hessian", "hvp", "vjp"]
