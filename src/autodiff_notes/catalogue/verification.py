"""Entries of the catalogue, held against autograd, finite differences and their derivations.

>>> from autodiff_notes import catalogue
>>> found = verify(catalogue["log-det"])
>>> found.holds, found.points, found.directions
(True, 9, 'every entry')
>>> found.autograd < 1e-12, found.differences < 1e-8
(True, True)
>>> found.derivation.equalities
2

A witness says how fast the function grows along directions in which the variable may move, and
the claim is held against it. Reverse mode gives every direction at once. Differences are central,
of fourth order, all directions in one batch; where torch cannot batch a function and the variable
has many entries, they are taken along a few random directions, which see every entry at once.
"""

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import cache
from math import inf, isfinite
from types import CodeType

import torch
from torch import Tensor

from autodiff_notes.catalogue.entry import FREE, Entry
from autodiff_notes.catalogue.outcome import Verification
from autodiff_notes.checking.witnesses import TOLERANCES
from autodiff_notes.evaluation.execution import execute
from autodiff_notes.evaluation.outcome import Execution
from autodiff_notes.evaluation.points import (
    CANNOT_BE_EVALUATED,
    Point,
    engine,
    points,
    precision,
    tangent,
)
from autodiff_notes.notation import compiled
from autodiff_notes.notation.derivations import DerivationError

__all__ = ["Slopes", "by_free_entries", "claim_errors", "slopes_of", "verify"]

# Where a function cannot be batched, this many entries are moved one by one, and otherwise this
# many random directions are taken.
FEW, RANDOM = 12, 8

# A formula that must fail has at least this relative error.
CLEARLY = 1e-4

# What is smaller counts as zero, so that two sides that both vanish agree.
FLOOR = 1e-3

# Outside a domain a function may be nothing but rounding; there nothing counts as zero.
TINY = 1e-300


@dataclass(frozen=True)
class Slopes:
    """What autograd and differences say about one variable at one point.

    Attributes
    ----------
    name : str
        The variable.
    point : Point
        Where.
    shape : tuple of int
        The shape that a claim must have.
    autograd : Tensor
        The slopes along the unit directions: last index, for complex entries two each.
    differences : Tensor
        The slopes along the rows of ``directions``.
    directions : Tensor
        Directions, one a row.
    """

    name: str
    point: Point
    shape: tuple[int, ...]
    autograd: Tensor
    differences: Tensor
    directions: Tensor


def verify(  # noqa: PLR0913 - keywords, each with a default
    entry: Entry,
    *,
    sizes: int = 3,
    seeds: int = 3,
    first_seed: int = 0,
    dtype: torch.dtype = torch.float64,
    device: str | torch.device = "cpu",
) -> Verification:
    """Hold an entry against autograd and differences, and execute its derivation.

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
        Where everything is computed.

    Returns
    -------
    ~autodiff_notes.catalogue.outcome.Verification
        Its ``problem`` says what does not hold.
    """
    with _on(device), precision(dtype):
        found = _gradients(entry, sizes, seeds, first_seed, dtype)
        if found.problem or dtype != torch.float64:
            return found
        try:
            report = _executed(entry, sizes, seeds, first_seed)
        except DerivationError as error:
            line = entry.derivation_text.splitlines()[error.line - 1].partition("#")[0].strip()
            return replace(found, problem=f"its derivation: {error}: {line}")
        try:
            outside = tuple(_outside(entry.moved(way), first_seed) for way in entry.outside)
        except CANNOT_BE_EVALUATED as error:
            return replace(found, problem=f"outside its domain: {_first_line(error)}")
    for way, gap in zip(entry.outside, outside, strict=True):
        if gap < CLEARLY:
            return replace(found, problem=f"it must fail for {way}, and is off by {gap:.1e} alone")
    return replace(found, derivation=report, outside=outside)


def _on(device: str | torch.device) -> AbstractContextManager[object]:
    """Let new tensors be on a device; where they are anyway, nothing has to be done for it."""
    there = torch.device(device)
    return nullcontext() if there == torch.get_default_device() else there


def _executed(entry: Entry, sizes: int, seeds: int, first_seed: int) -> Execution | None:
    """Execute the derivation of an entry, if it has one."""
    if entry.derived is None:
        return None
    return execute(entry.derived, sizes=sizes, seeds=seeds, first_seed=first_seed)


def _outside(entry: Entry, first_seed: int) -> float:
    """Return the smallest error over a few points outside the domain of an entry."""
    codes = {name: compiled(e) for name, e in entry.claims.items()}
    errors: dict[str, float] = {}
    try:
        for witness in slopes_of(entry, 2, 2, first_seed):
            here = max(claim_errors(codes[witness.name], witness, floor=TINY))
            errors[witness.point.label] = max(here, errors.get(witness.point.label, 0.0))
    except torch.linalg.LinAlgError:  # type: ignore[attr-defined] # no factor, or no inverse
        return inf
    return min(errors.values())


def _gradients(
    entry: Entry, sizes: int, seeds: int, first_seed: int, dtype: torch.dtype
) -> Verification:
    """Hold the gradients of an entry against the witnesses."""
    codes = {name: compiled(e) for name, e in entry.claims.items()}
    autograd = differences = 0.0
    found: list[Slopes] = []
    try:
        for witness in slopes_of(entry, sizes, seeds, first_seed, dtype):
            errors = claim_errors(codes[witness.name], witness)
            tolerance = TOLERANCES[dtype]
            if not (errors[0] <= tolerance.autograd and errors[1] <= tolerance.differences):
                problem = (
                    f"the gradient by {witness.name} is off by {errors[0]:.1e} from autograd "
                    f"and {errors[1]:.1e} from differences ({witness.point.label})"
                )
                return Verification(entry.name, problem=problem)
            autograd, differences = max(autograd, errors[0]), max(differences, errors[1])
            found.append(witness)
    except CANNOT_BE_EVALUATED as error:
        return Verification(entry.name, problem=f"cannot be evaluated: {_first_line(error)}")
    whole = all(len(w.directions) == w.autograd.shape[-1] for w in found)
    return Verification(
        name=entry.name,
        points=len({w.point.label for w in found}),
        autograd=autograd,
        differences=differences,
        directions="every entry" if whole else "random directions",
    )


def _first_line(error: Exception) -> str:
    """Return what an error says first."""
    return str(error).partition("\n")[0]


def claim_errors(code: CodeType, witness: Slopes, floor: float = FLOOR) -> tuple[float, float]:
    """Return the relative errors of a claim against autograd and against differences.

    They are infinite for a claim of another shape, or one that is not finite.

    Parameters
    ----------
    code : code
        The claimed gradient, compiled.
    witness : Slopes
        What it is held against.
    floor : float
        What is smaller counts as zero.
    """
    claim = witness.point.evaluate(code)
    if claim.shape != witness.shape:
        return inf, inf
    slopes = _rows(claim, witness.autograd.ndim - 1)
    return (
        _gap(slopes, witness.autograd, floor),
        _gap(slopes @ witness.directions.mT, witness.differences, floor),
    )


def slopes_of(
    entry: Entry,
    sizes: int = 3,
    seeds: int = 3,
    first_seed: int = 0,
    dtype: torch.dtype = torch.float64,
) -> Iterator[Slopes]:
    """Yield what autograd and differences say, for each point and each variable."""
    code = compiled(entry.value)
    batched: dict[str, bool] = {}
    for point in points(entry.declarations, sizes, seeds, first_seed, dtype):
        gradients = _autograd(code, point, entry.moving)
        for name, gradient in gradients.items():
            x, f = point.values[name], point.function(code, name)
            move = _mover(entry, name, x)
            units = torch.eye(_rows(x, 0).numel())
            if name not in batched:
                batched[name] = _can_be_batched(f, x)
            directions = units
            if not batched[name] and len(units) > FEW:
                generator = torch.Generator(x.device).manual_seed(first_seed)
                directions = torch.randn(RANDOM, len(units), generator=generator)
            yield Slopes(
                name=name,
                point=point,
                shape=_claimed_shape(gradient, x),
                autograd=_along(gradient, x, _moved(move, x, units)),
                differences=_differences(f, x, _moved(move, x, directions), batched=batched[name]),
                directions=directions,
            )


def _along(gradient: Tensor, x: Tensor, directions: Tensor) -> Tensor:
    """Return the slopes along directions from the derivative, the indices of f first."""
    return _rows(gradient, gradient.ndim - x.ndim) @ _rows(directions, 1).mT


def _can_be_batched(f: Callable[[Tensor], Tensor], x: Tensor) -> bool:
    """Return whether torch can evaluate a function at many points at once."""
    try:
        _batch(f)(x[None])
    except RuntimeError:
        return False
    return True


def _batch(f: Callable[[Tensor], Tensor]) -> Callable[[Tensor], Tensor]:
    """Return a function of many points, one a row."""

    def batched(x: Tensor) -> Tensor:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # torch: slow, without a batching rule
            values: Tensor = torch.func.vmap(f)(x)
            return values

    return batched


def _claimed_shape(gradient: Tensor, x: Tensor) -> tuple[int, ...]:
    """Return the shape of a gradient, or of a Jacobian as a matrix."""
    return tuple(x.shape) if gradient.ndim == x.ndim else (len(gradient), x.numel())


def _autograd(code: CodeType, point: Point, names: Sequence[str]) -> Mapping[str, Tensor]:
    """Return the derivative by each variable in reverse mode, the indices of f first."""
    inputs = {name: point.values[name].clone().requires_grad_() for name in names}
    value: Tensor = point.function(code, *names)(*inputs.values())
    if not value.ndim:
        return dict(zip(names, _reverse(value, list(inputs.values())), strict=True))
    rows = [_reverse(entry, list(inputs.values())) for entry in value]
    return {name: torch.stack(parts) for name, *parts in zip(names, *rows, strict=True)}


def _reverse(value: Tensor, inputs: Sequence[Tensor]) -> tuple[Tensor, ...]:
    """Return the gradient of a number, which is zero if it depends on none of them."""
    if not value.requires_grad:
        return tuple(map(torch.zeros_like, inputs))
    return torch.autograd.grad(
        value, inputs, retain_graph=True, allow_unused=True, materialize_grads=True
    )


def _differences(
    f: Callable[[Tensor], Tensor], x: Tensor, directions: Tensor, *, batched: bool
) -> Tensor:
    """Return the slopes of f along directions by central differences of fourth order."""
    scale = x.abs().mean().item() or 1.0
    step = torch.finfo(x.dtype).eps ** (1 / 5) * min(1.0, scale)
    offsets = [s * step * directions for s in (1, -1, 2, -2)]
    stacked = torch.cat([x + offset for offset in offsets])
    values = _batch(f)(stacked) if batched else torch.stack([f(row) for row in stacked])
    a, b, c, d = values.detach().reshape(4, len(directions), *values.shape[1:])
    slopes: Tensor = (8 * (a - b) - (c - d)) / (12 * step)
    return slopes.movedim(0, -1)


# Directions


def _mover(entry: Entry, name: str, x: Tensor) -> Callable[[Tensor], Tensor]:
    """Return how a variable moves: along any direction, within its set, or by its free entries."""
    if entry.free and x.ndim == 2:
        return lambda V: by_free_entries(entry.free, V)
    domain = entry.domain(name).domain
    return _freely if domain.tangent == "V" else lambda V: tangent(domain, x, V)


def by_free_entries(structure: str, V: Tensor) -> Tensor:
    """Return how all entries of a structured matrix move when the free ones do, as those of V."""
    moved: Tensor = eval(_free_code(structure), {**engine(), "V": V})
    return moved


@cache
def _free_code(structure: str) -> CodeType:
    """Return the compiled code of a row of the table of structures."""
    return compile(FREE[structure], "<free entries>", "eval")


def _freely(V: Tensor) -> Tensor:
    """Return a direction as it is."""
    return V


def _moved(move: Callable[[Tensor], Tensor], x: Tensor, rows: Tensor) -> Tensor:
    """Return what becomes of directions, given by their real coordinates."""
    like = rows.to(_real(x).dtype)
    if x.is_complex():
        like = torch.view_as_complex(like.reshape(len(rows), -1, 2))
    like = like.reshape(len(rows), *x.shape)
    return like if move is _freely else torch.stack([move(V) for V in like])


def _rows(x: Tensor, leading: int) -> Tensor:
    """Return a tensor with its last indices as one, over its real coordinates."""
    return _real(x).reshape(*x.shape[:leading], -1)


def _real(x: Tensor) -> Tensor:
    """Return real coordinates: two for each complex entry."""
    return torch.view_as_real(x.resolve_conj()) if x.is_complex() else x


def _gap(claim: Tensor, witness: Tensor, floor: float) -> float:
    """Return the largest difference, relative to the largest entry."""
    scale = max(claim.abs().max().item(), witness.abs().max().item(), floor)
    gap = (claim - witness).abs().max().item() / scale
    return gap if isfinite(gap) else inf
