"""Gradients, each held against autograd and finite differences.

>>> import torch
>>> from autodiff_notes import check_gradient, domains, identities
>>> X = domains.positive_determinant(3, generator=torch.Generator().manual_seed(0))
>>> bool(check_gradient(identities.log_det, identities.log_det_gradient, X.requires_grad_()))
True
>>> bool(check_gradient(identities.log_det, torch.linalg.inv, X))  # not transposed
False

The notation prints formulas without torch, so what needs torch is imported when it is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autodiff_notes import (
        catalogue,
        checks,
        derivations,
        diagnosis,
        domains,
        exercises,
        graphs,
        identities,
        notation,
        reports,
    )
    from autodiff_notes.checks import check_gradient
    from autodiff_notes.reports import GradientReport

__all__ = [
    "GradientReport",
    "catalogue",
    "check_gradient",
    "checks",
    "derivations",
    "diagnosis",
    "domains",
    "exercises",
    "graphs",
    "identities",
    "notation",
    "reports",
]

_HOMES = {
    "GradientReport": "reports",
    "check_gradient": "checks",
}


def __getattr__(name: str) -> Any:
    """Import a name of this package when it is first used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{_HOMES.get(name, name)}")
    value = getattr(module, name) if name in _HOMES else module
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names, imported or not."""
    return sorted(__all__)
