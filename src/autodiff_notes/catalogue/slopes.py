"""The slopes of an entry's function along directions in which its variables may move.

Autograd in reverse mode gives every direction at once. Differences are central, of fourth order, with
a step that is small enough for the function, all directions in one batch; where torch cannot batch a
function and the variable has many entries, they are taken along a few random directions, which see
every entry at once. A claimed gradient is compared with both.

>>> from autodiff_notes import catalogue
>>> entry = catalogue["log-det"]
>>> at = next(slopes_of(entry))
>>> at.name, at.point.label, at.autograd.shape
('X', 'n = 2, seed 0', torch.Size([4]))
>>> max(claim_errors(compiled(entry.claims["X"]), at)) < 1e-8
True
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite
from types import CodeType

import torch
from torch import Tensor

from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.checking.witnesses import TOLERANCES
from autodiff_notes.evaluation import differences
from autodiff_notes.evaluation.differences import coordinates, from_coordinates
from autodiff_notes.evaluation.points import Point, by_free_entries, points, tangent
from autodiff_notes.notation import compiled

__all__ = ["FLOOR", "Slopes", "claim_errors", "slopes_of"]

# Where a function cannot be batched, a direction costs four evaluations, one by one: up to FEW
# entries each is moved. A gradient that is wrong in a single entry shows along almost every normal
# direction; with RANDOM of them none is left whose error happens to be small along all.
FEW, RANDOM = 12, 8

# Where the quotients of orders 2 and 4 differ by more than the tolerance, the function bends or has a
# kink within a step. Then the step is divided by FINER, at most FINEST times, until that of order 4
# stays where it is; at 2e-7, rounding is still far below the tolerance. The claim has no say in it.
FINER, FINEST = 8, 4

# Points are of order one. A slope smaller than this part of the function, or of 1, counts as zero, so
# that two sides that both vanish agree: what is left of a slope of zero is the function's rounding.
FLOOR = 1e-3


@dataclass(frozen=True)
class Slopes:
    """The slopes of a function as one variable moves from one point.

    Attributes
    ----------
    name : str
        The variable.
    point : ~autodiff_notes.evaluation.points.Point
        The point.
    shape : tuple of int
        The shape that a claimed gradient must have.
    autograd : torch.Tensor
        By autograd, along the unit directions: last index, for complex entries two each.
    differences : torch.Tensor
        By central differences, along the rows of ``directions``.
    directions : torch.Tensor
        Directions, one a row.
    size : float
        The largest entry of the function, at least 1.
    """

    name: str
    point: Point
    shape: tuple[int, ...]
    autograd: Tensor
    differences: Tensor
    directions: Tensor
    size: float = 1.0


def slopes_of(
    entry: Entry,
    sizes: int = 3,
    seeds: int = 3,
    first_seed: int = 0,
    dtype: torch.dtype = torch.float64,
) -> Iterator[Slopes]:
    """Yield the slopes at each point and for each variable that moves.

    Parameters are those of :func:`~autodiff_notes.catalogue.verification.verify`.
    """
    code = compiled(entry.value)
    batched: dict[str, bool] = {}
    for point in points(entry.declarations, sizes, seeds, first_seed, dtype):
        gradients = _autograd(code, point, entry.moving)
        size = max(1.0, point.evaluate(code).abs().max().item())
        for name, gradient in gradients.items():
            x, f = point.values[name], point.function(code, name)
            move = _mover(entry, name, x)
            units = torch.eye(coordinates(x).numel(), dtype=x.dtype.to_real())
            if name not in batched:
                batched[name] = differences.can_be_batched(f, x)
            directions = units
            if not batched[name] and len(units) > FEW:
                generator = torch.Generator(x.device).manual_seed(first_seed)
                directions = torch.randn(RANDOM, len(units), generator=generator, dtype=units.dtype)
            yield Slopes(
                name=name,
                point=point,
                shape=_claimed_shape(gradient, x),
                autograd=_along(gradient, x, _moved(move, x, units)),
                differences=_differences(
                    f, x, _moved(move, x, directions), batched[name], FLOOR * size
                ),
                directions=directions,
                size=size,
            )


def claim_errors(claim: CodeType, at: Slopes, floor: float = FLOOR) -> tuple[float, float]:
    """Return the relative errors of a claimed gradient against autograd and against differences.

    They are infinite for a claim of another shape, or one that is not finite.

    Parameters
    ----------
    claim : types.CodeType
        The claimed gradient, compiled.
    at : Slopes
        The slopes with which it is compared.
    floor : float
        A smaller slope counts as zero, times the size of the function.
    """
    gradient = at.point.evaluate(claim)
    if gradient.shape != at.shape:
        return inf, inf
    x = at.point.values[at.name]
    if x.is_complex():  # so is a gradient without imaginary part
        gradient = gradient.to(x.dtype)
    claimed = coordinates(gradient, at.autograd.ndim - 1)
    return (
        _gap(claimed, at.autograd, floor * at.size),
        _gap(claimed @ at.directions.mT, at.differences, floor * at.size),
    )


def _gap(claimed: Tensor, found: Tensor, floor: float) -> float:
    scale = max(claimed.abs().max().item(), found.abs().max().item(), floor)
    gap = (claimed - found).abs().max().item() / scale
    return gap if isfinite(gap) else inf


def _step(x: Tensor) -> float:
    # A step that is small beside the entries of x, so that none changes its sign.
    scale = x.abs().mean().item() or 1.0
    return differences.step_for(x.dtype) * min(1.0, scale)


# Differences


def _differences(
    f: Callable[[Tensor], Tensor], x: Tensor, directions: Tensor, batched: bool, floor: float
) -> Tensor:
    """Return the slopes by central quotients, with a step that is small enough."""
    step, tolerance = _step(x), TOLERANCES[x.dtype.to_real()].differences
    values = differences.values_around(f, x, directions, step=step, reach=2, batched=batched)
    coarse = differences.quotient(values, step, 4)
    if _gap(differences.quotient(values[:1], step, 2), coarse, floor) <= tolerance:
        return coarse
    found: dict[float, Tensor] = {}
    for _ in range(FINEST):
        step /= FINER
        fine = differences.slopes(f, x, directions, step=step, batched=batched)
        moved = _gap(fine, coarse, floor)
        found.setdefault(moved, coarse)
        if moved <= tolerance / 10:
            break
        coarse = fine
    return found[min(found)]


# Autograd


def _autograd(code: CodeType, point: Point, names: Sequence[str]) -> Mapping[str, Tensor]:
    """Return the derivative by each variable in reverse mode, the indices of f first."""
    inputs = {name: point.values[name].clone().requires_grad_() for name in names}
    value: Tensor = point.function(code, *names)(*inputs.values())
    if not value.ndim:
        return dict(zip(names, _reverse(value, list(inputs.values())), strict=True))
    rows = [_reverse(entry, list(inputs.values())) for entry in value]
    return {name: torch.stack(parts) for name, *parts in zip(names, *rows, strict=True)}


def _reverse(value: Tensor, inputs: Sequence[Tensor]) -> tuple[Tensor, ...]:
    if not value.requires_grad:  # it depends on none of them, as a second derivative may
        return tuple(map(torch.zeros_like, inputs))
    return torch.autograd.grad(
        value, inputs, retain_graph=True, allow_unused=True, materialize_grads=True
    )


def _claimed_shape(gradient: Tensor, x: Tensor) -> tuple[int, ...]:
    return tuple(x.shape) if gradient.ndim == x.ndim else (len(gradient), x.numel())


def _along(gradient: Tensor, x: Tensor, directions: Tensor) -> Tensor:
    return coordinates(gradient, gradient.ndim - x.ndim) @ coordinates(directions, 1).mT


# Directions


def _mover(entry: Entry, name: str, x: Tensor) -> Callable[[Tensor], Tensor] | None:
    """Return the motion of a variable in its set, or by its free entries; None if it is free."""
    if entry.free and x.ndim == 2:
        return lambda V: by_free_entries(entry.free, V)
    domain = entry.declaration(name).domain
    return None if domain.structure == "any" else lambda V: tangent(domain, x, V)


def _moved(move: Callable[[Tensor], Tensor] | None, x: Tensor, rows: Tensor) -> Tensor:
    directions = from_coordinates(rows, x)
    return torch.stack([move(V) for V in directions]) if move else directions
