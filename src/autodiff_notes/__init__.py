"""Gradients, each held against autograd and finite differences.

>>> import torch
>>> from autodiff_notes import check_gradient, domains, identities
>>> X = domains.positive_determinant(3, generator=torch.Generator().manual_seed(0))
>>> bool(check_gradient(identities.log_det, identities.log_det_gradient, X.requires_grad_()))
True
>>> bool(check_gradient(identities.log_det, torch.linalg.inv, X))  # not transposed
False
"""

from autodiff_notes import (
    cases,
    checks,
    diagnosis,
    domains,
    factors,
    forms,
    identities,
    kinks,
    points,
    reports,
    witnesses,
)
from autodiff_notes.checks import check_gradient
from autodiff_notes.identities import IDENTITIES, Identity
from autodiff_notes.reports import GradientReport

__all__ = [
    "IDENTITIES",
    "GradientReport",
    "Identity",
    "cases",
    "check_gradient",
    "checks",
    "diagnosis",
    "domains",
    "factors",
    "forms",
    "identities",
    "kinks",
    "points",
    "reports",
    "witnesses",
]
