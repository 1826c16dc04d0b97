"""Gradients, each held against autograd and finite differences.

>>> import torch
>>> from autodiff_notes import check_gradient, domains
>>> X = domains.positive_determinant(3, generator=torch.Generator().manual_seed(0))
>>> bool(check_gradient(torch.logdet, lambda X: torch.linalg.inv(X).mT, X.requires_grad_()))
True
>>> bool(check_gradient(torch.logdet, torch.linalg.inv, X))  # not transposed
False

The rooms, from the ground up: :mod:`~autodiff_notes.notation` reads and typesets formulas,
:mod:`~autodiff_notes.evaluation` gives them a meaning in torch, :mod:`~autodiff_notes.checking`
holds a reader's gradient against witnesses, :mod:`~autodiff_notes.deriving` derives one,
:mod:`~autodiff_notes.catalogue` and
:mod:`~autodiff_notes.exercises` are what was written in that notation, and
:mod:`~autodiff_notes.tape` is a small engine that a browser loads too.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from autodiff_notes.catalogue import catalogue
from autodiff_notes.exercises import exercises

if TYPE_CHECKING:
    from autodiff_notes import graphs, notation
    from autodiff_notes.checking.gradient import check_gradient
    from autodiff_notes.checking.report import GradientReport
    from autodiff_notes.deriving import derive
    from autodiff_notes.evaluation import samplers as domains

__all__ = [
    "GradientReport",
    "catalogue",
    "check_gradient",
    "derive",
    "domains",
    "exercises",
    "graphs",
    "notation",
]

# What needs torch, or takes time to import, is imported when it is asked for.
_HOMES = {
    "GradientReport": ("checking.report", "GradientReport"),
    "check_gradient": ("checking.gradient", "check_gradient"),
    "derive": ("deriving", "derive"),
    "domains": ("evaluation.samplers", ""),
    "graphs": ("graphs", ""),
    "notation": ("notation", ""),
}


def __getattr__(name: str) -> Any:
    """Import a name of this package when it is first used."""
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415 - most programs never ask

        return version("autodiff-notes")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home, attribute = _HOMES[name]
    module = import_module(f"{__name__}.{home}")
    value = getattr(module, attribute) if attribute else module
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names, imported or not."""
    return sorted(__all__)
