"""Entries of the catalogue, verified: against autograd, finite differences and their derivations.

>>> from autodiff_notes import catalogue
>>> found = verify(catalogue["log-det"])
>>> found.holds, found.points, found.directions
(True, 9, 'every entry')
>>> found.autograd < 1e-12, found.differences < 1e-8
(True, True)
>>> found.derivation.equalities
2
"""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from math import inf

import torch

from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.catalogue.outcome import Verification
from autodiff_notes.catalogue.slopes import Slopes, claim_errors, slopes_of
from autodiff_notes.checking.witnesses import TOLERANCES
from autodiff_notes.evaluation.execution import execute
from autodiff_notes.evaluation.outcome import Execution
from autodiff_notes.evaluation.places import CANNOT_BE_EVALUATED
from autodiff_notes.evaluation.points import precision
from autodiff_notes.notation import compiled
from autodiff_notes.notation.derivations import DerivationError

__all__ = ["verify"]

# A hundred times the tolerance of differences: a formula that must fail outside its domain does not
# do so by rounding.
CLEARLY = 1e-4

# Outside a domain a function may be rounding and no more, so that nothing counts as zero there;
# this keeps 0 / 0 from being no number.
TINY = 1e-300


def verify(  # noqa: PLR0913 - keywords, each with a default
    entry: Entry,
    *,
    sizes: int = 3,
    seeds: int = 3,
    first_seed: int = 0,
    dtype: torch.dtype = torch.float64,
    device: str | torch.device = "cpu",
) -> Verification:
    """Compare the gradients of an entry with autograd and differences, and execute its derivation.

    Parameters
    ----------
    entry : ~autodiff_notes.catalogue.entry.Entry
        The entry.
    sizes, seeds : int
        How many sizes of its variables, and how many random points of each.
    first_seed : int
        Where the seeds begin.
    dtype : torch.dtype
        The type of the points; derivations are executed in float64 alone.
    device : str or torch.device
        The device on which everything is computed.

    Returns
    -------
    ~autodiff_notes.catalogue.outcome.Verification
        The outcome, whose ``problem`` is empty if everything holds.
    """
    with _on(device), precision(dtype):
        found = _gradients(entry, sizes, seeds, first_seed, dtype)
        if found.problem or dtype != torch.float64:
            return found
        try:
            report = _executed(entry, sizes, seeds, first_seed)
        except DerivationError as error:
            line = _code(entry.derivation_text.splitlines()[error.line - 1])
            own = list(map(_code, entry.derivation.strip("\n").splitlines()))
            # As its author counts; the first line and the last may have been put there.
            problem = error.problem.replace(
                f"line {error.line}", f"line {own.index(line) + 1}" if line in own else "a line", 1
            )
            return replace(found, problem=f"its derivation: {problem}: {line}")
        try:
            outside = tuple(_outside(entry.moved(way), first_seed) for way in entry.outside)
        except CANNOT_BE_EVALUATED as error:
            return replace(found, problem=f"outside its domain: {_first_line(error)}")
    for way, gap in zip(entry.outside, outside, strict=True):
        if gap < CLEARLY:
            return replace(found, problem=f"it must fail for {way}, and is off by {gap:.1e} alone")
    return replace(found, derivation=report, outside=outside)


def _code(line: str) -> str:
    return line.partition("#")[0].strip()


def _on(device: str | torch.device) -> AbstractContextManager[object]:
    # Let new tensors be on a device; where they are anyway, nothing has to be done for it.
    there = torch.device(device)
    return nullcontext() if there == torch.get_default_device() else there


def _executed(entry: Entry, sizes: int, seeds: int, first_seed: int) -> Execution | None:
    # Execute the derivation of an entry, if it has one.
    if entry.derived is None:
        return None
    return execute(entry.derived, sizes=sizes, seeds=seeds, first_seed=first_seed)


def _outside(entry: Entry, first_seed: int) -> float:
    """Return the smallest error over a few points outside the domain of an entry."""
    codes = {name: compiled(e) for name, e in entry.claims.items()}
    worst: dict[str, float] = {}
    try:
        for at in slopes_of(entry, 2, 2, first_seed):
            here = max(claim_errors(codes[at.name], at, floor=TINY))
            worst[at.point.label] = max(here, worst.get(at.point.label, 0.0))
    except torch.linalg.LinAlgError:  # type: ignore[attr-defined] # no factor, or no inverse
        return inf
    return min(worst.values())


def _gradients(
    entry: Entry, sizes: int, seeds: int, first_seed: int, dtype: torch.dtype
) -> Verification:
    """Compare the gradients of an entry with autograd and with differences."""
    codes = {name: compiled(e) for name, e in entry.claims.items()}
    autograd = differences = 0.0
    found: list[Slopes] = []
    try:
        for at in slopes_of(entry, sizes, seeds, first_seed, dtype):
            off = claim_errors(codes[at.name], at)
            tolerance = TOLERANCES[dtype]
            if not (off[0] <= tolerance.autograd and off[1] <= tolerance.differences):
                shape = tuple(at.point.evaluate(codes[at.name]).shape)
                problem = (
                    f"the gradient by {at.name} has the shape {shape}, and must have {at.shape}"
                    if shape != at.shape
                    else f"the gradient by {at.name} is off by {off[0]:.1e} from autograd "
                    f"and {off[1]:.1e} from differences ({at.point.label})"
                )
                return Verification(entry.name, problem=problem)
            autograd, differences = max(autograd, off[0]), max(differences, off[1])
            found.append(at)
    except CANNOT_BE_EVALUATED as error:
        return Verification(entry.name, problem=f"cannot be evaluated: {_first_line(error)}")
    whole = all(len(at.directions) == at.autograd.shape[-1] for at in found)
    return Verification(
        name=entry.name,
        points=len({at.point.label for at in found}),
        autograd=autograd,
        differences=differences,
        directions="every entry" if whole else "random directions",
    )


def _first_line(error: Exception) -> str:
    return str(getattr(error, "problem", error)).partition("\n")[0]
