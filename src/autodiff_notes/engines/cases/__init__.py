"""The cases, a module a family and a row a case."""

from collections.abc import Iterator
from importlib import import_module

from autodiff_notes.engines.case import Case
from autodiff_notes.tables import Table

__all__ = ["FAMILIES", "cases"]

FAMILIES = {
    "kinks": "Kinks and ties",
    "roots": "Roots, norms and powers at zero",
    "masks": "Masks and NaN",
    "products": "Products with zeros",
    "matrices": "Determinants, inverses, factorisations and spectra",
    "complex_numbers": "Complex numbers",
    "special": "Special functions at their edges",
    "reductions": "Reductions, sorting, scatter and gather",
    "losses": "Losses at their edges",
    "programs": "Control flow, memory, and what is asked",
}
"""The title of each family, by its module."""


def _load() -> Iterator[Case]:
    for family in FAMILIES:
        yield from import_module(f"{__name__}.{family}").CASES


cases: Table[Case] = Table("case", _load)
"""All cases by key, in the order of the families."""
