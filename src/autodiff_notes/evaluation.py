"""Derivations, executed with torch: points, tangents, differentials, and the comparison."""

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise, permutations
from math import inf, log2
from types import CodeType
from typing import Any

import torch
from torch import Tensor
from torch.autograd import forward_ad

from autodiff_notes import domains
from autodiff_notes.declarations import Declaration, Domain
from autodiff_notes.derivations import Derivation, DerivationError, Line, Report
from autodiff_notes.notation import compiled, namespace

__all__ = [
    "Point",
    "bindings",
    "check",
    "derivative",
    "draw",
    "engine",
    "gaps",
    "points",
    "tangent",
]

SIZES = (2, 3, 4, 5, 6, 7)

# Values at the sampled points are of order one; what is smaller than this counts as zero,
# so that two sides that both vanish agree.
FLOOR = 1e-3

# What torch and Python raise for a formula that has no value at a point.
CANNOT_BE_EVALUATED = (RuntimeError, ArithmeticError, IndexError, TypeError, ValueError)

# How far the measured order of a remainder may stay behind the stated one.
SLACK = 0.2


@dataclass(frozen=True)
class Point:
    """A value for every variable, and a direction in which those move that are not constant.

    Attributes
    ----------
    label : str
        Where it is, for messages.
    values : dict of str to Tensor or number
        The variables and the symbols of sizes.
    tangents : dict of str to Tensor
        The directions.
    """

    label: str
    values: dict[str, Any]
    tangents: dict[str, Tensor]

    def evaluate(self, code: CodeType, **changed: Tensor) -> Tensor:
        """Return the value of a compiled expression here."""
        value = self._value(code, changed)
        if isinstance(value, Tensor):
            return value.detach()
        return torch.tensor(value if isinstance(value, complex) else float(value))

    def function(self, code: CodeType, *names: str) -> Callable[..., Any]:
        """Return a compiled expression as a function of these variables, to be differentiated."""
        return lambda *inputs: self._value(code, dict(zip(names, inputs, strict=True)))

    def _value(self, code: CodeType, changed: Mapping[str, Tensor]) -> Any:
        """Return the value of a compiled expression, with some variables changed."""
        names = {**engine(), **self.values, **changed, "d": self.differential, "D": derivative}
        return eval(code, names)

    def differential(self, f: Callable[..., Any], **primals: Tensor) -> Tensor:
        """Return how f changes when its arguments move along the tangents, in forward mode."""
        _load_forward_mode()
        with forward_ad.dual_level():
            value = f(**{name: self._dual(name, x) for name, x in primals.items()})
            if not isinstance(value, Tensor):  # a number of Python
                return torch.zeros(())
            primal, tangent = forward_ad.unpack_dual(value)  # type: ignore[no-untyped-call]
            return torch.zeros_like(primal) if tangent is None else tangent

    def _dual(self, name: str, x: Tensor) -> Tensor:
        """Return a variable together with its tangent, if it has one."""
        if name not in self.tangents:
            return x
        dual: Tensor = forward_ad.make_dual(x, self.tangents[name])  # type: ignore[no-untyped-call]
        return dual


def derivative(f: Callable[[Tensor], Any], x: Tensor) -> Tensor:
    """Return the derivative of f at x in reverse mode: first the indices of f, then those of x.

    It can be differentiated again.
    """
    x = x.view_as(x)
    if not x.requires_grad:
        x.requires_grad_()
    value = torch.as_tensor(f(x))
    if not value.requires_grad:
        return torch.zeros((*value.shape, *x.shape), dtype=x.dtype)
    rows = [_gradient(entry, x) for entry in value.flatten()]
    return torch.stack(rows).reshape(value.shape + x.shape)


def _gradient(entry: Tensor, x: Tensor) -> Tensor:
    """Return the gradient of a number, zero if x does not occur in it."""
    (gradient,) = torch.autograd.grad(
        entry, x, create_graph=True, allow_unused=True, materialize_grads=True
    )
    return gradient


@cache
def _load_forward_mode() -> None:
    """Let torch load what forward mode needs; it calls a deprecated function of its own."""
    with warnings.catch_warnings(), forward_ad.dual_level():
        warnings.simplefilter("ignore", DeprecationWarning)
        forward_ad.make_dual(torch.zeros(()), torch.zeros(()))  # type: ignore[no-untyped-call]


@cache
def engine() -> dict[str, Any]:
    """Return what compiled code may use."""
    return namespace({"torch": torch})


# Points


def bindings(declarations: Sequence[Declaration], count: int) -> list[dict[str, int]]:
    """Return sizes for the symbols: all different, so that no matrix is square by chance.

    Raises
    ------
    DerivationError
        If there are none for which every set has points.
    """
    symbols = list(dict.fromkeys(chain.from_iterable(d.sizes for d in declarations)))
    tried = (
        dict(zip(symbols, values, strict=True))
        for values in permutations(SIZES[: max(3, len(symbols))], len(symbols))
    )
    good = [b for b in tried if all(d.allows(b) for d in declarations)]
    if not good:
        raise DerivationError("line 1: no sizes fit the declarations", 1)
    step = max(1, (len(good) - 1) / max(1, count - 1)) if len(good) > count else 1
    return [good[round(i * step)] for i in range(min(count, len(good)))]


def points(
    declarations: Sequence[Declaration],
    sizes: int,
    seeds: int,
    first_seed: int = 0,
    dtype: torch.dtype = torch.float64,
) -> Iterator[Point]:
    """Draw points: so many sizes, and so many seeds for each.

    Without symbols of sizes there is one size, and all points differ by their seeds.

    Raises
    ------
    ValueError
        If the one or the other is less than 1: what is checked nowhere holds.
    DerivationError
        If no sizes fit the declarations.
    """
    if sizes < 1 or seeds < 1:
        raise ValueError(f"sizes and seeds must be at least 1; got {sizes} and {seeds}")
    bound = bindings(declarations, sizes)
    if len(bound) < sizes:
        seeds = -(-sizes * seeds // len(bound))
    for binding in bound:
        for seed in range(first_seed, first_seed + seeds):
            yield draw(declarations, binding, seed, dtype)


def draw(
    declarations: Sequence[Declaration], binding: dict[str, int], seed: int, dtype: torch.dtype
) -> Point:
    """Draw one point, of sizes that are given by their symbols."""
    generator = torch.Generator(torch.get_default_device()).manual_seed(seed)
    label = ", ".join([*(f"{name} = {size}" for name, size in binding.items()), f"seed {seed}"])
    point = Point(label, dict(binding), {})
    for declared in declarations:
        shape, domain = declared.shape(binding), declared.domain
        for name in declared.names:
            x = getattr(domains, domain.sampler)(*shape, generator=generator, dtype=dtype)
            point.values[name] = x
            if not declared.constant:
                V = torch.randn(x.shape, dtype=x.dtype, generator=generator, device=x.device)
                point.tangents[name] = tangent(domain, x, V)
    return point


def tangent(domain: Domain, x: Tensor, V: Tensor) -> Tensor:
    """Return the direction in which a point of a set may move, from any direction V."""
    moved: Tensor = eval(_tangent_code(domain.tangent), {"torch": torch, "X": x, "V": V})
    return moved


@cache
def _tangent_code(source: str) -> CodeType:
    """Return the compiled code of a row of the table of sets."""
    return compile(source, "<tangent>", "eval")


# The comparison


@contextmanager
def precision(dtype: torch.dtype = torch.float64) -> Iterator[None]:
    """Let new tensors be float64, or of another type, and leave the setting as it was."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


def check(
    derivation: Derivation, sizes: int, seeds: int, first_seed: int, tolerance: float
) -> Report:
    """Execute a derivation; see :func:`autodiff_notes.derivations.check`."""
    codes = {line: compiled(line.expression) for line in derivation.lines}
    gap, count = 0.0, 0
    with precision():
        for point in points(derivation.declarations, sizes, seeds, first_seed):
            count += 1
            for lines in derivation.chains:
                gap = max(gap, _check_chain(lines, codes, point, tolerance))
    relations = [line.relation for line in derivation.lines]
    return Report(
        equalities=relations.count("="),
        inequalities=relations.count("<=") + relations.count(">="),
        approximations=relations.count("≈"),
        points=count,
        gap=gap,
    )


def gaps(derivation: Derivation) -> list[float]:
    """Return the relative gap between the first two lines of a derivation, at each of nine points.

    An approximation is evaluated where its small variable is between 0.01 and 0.02.
    """
    first, second = (compiled(line.expression) for line in derivation.chains[0][:2])
    with precision():
        drawn = points(derivation.declarations, 3, 3)
        return [_gap(point.evaluate(first), point.evaluate(second)) for point in drawn]


def _check_chain(
    lines: Sequence[Line], codes: Mapping[Line, CodeType], point: Point, tolerance: float
) -> float:
    """Check one chain at one point and return the largest gap."""
    largest = 0.0
    before = _value(lines[0], codes, point)
    for previous, line in pairwise(lines):
        value = _value(line, codes, point)
        if value.shape != before.shape:
            shapes = f"shape {tuple(value.shape)}, the line before it {tuple(before.shape)}"
            raise DerivationError(f"line {line.number} has {shapes} ({point.label})", line.number)
        if line.relation == "=":
            largest = max(largest, _equal(line, before, value, tolerance))
        elif line.relation == "≈":
            _approximates(previous, line, codes, point)
        else:
            _ordered(line, before, value, point, tolerance)
        before = value
    return largest


def _value(line: Line, codes: Mapping[Line, CodeType], point: Point, **changed: Tensor) -> Tensor:
    """Return the value of a line, once it is finite."""
    try:
        value = point.evaluate(codes[line], **changed)
    except CANNOT_BE_EVALUATED as error:
        problem = f"line {line.number} cannot be evaluated ({point.label}): {error}"
        raise DerivationError(problem, line.number) from error
    if not value.isfinite().all():
        raise DerivationError(f"line {line.number} is not finite ({point.label})", line.number)
    return value


def _gap(a: Tensor, b: Tensor) -> float:
    """Return the largest difference of two tensors, relative to their largest entry."""
    if not a.numel():
        return 0.0
    scale = max(a.abs().max().item(), b.abs().max().item(), FLOOR)
    return (a - b).abs().max().item() / scale


def _equal(line: Line, before: Tensor, value: Tensor, tolerance: float) -> float:
    """Return the gap between two lines, or raise if they are not equal."""
    gap = _gap(before, value)
    if not gap <= tolerance:
        problem = f"line {line.number} does not equal the line before it (relative gap {gap:.2g})"
        raise DerivationError(problem, line.number)
    return gap


def _ordered(line: Line, before: Tensor, value: Tensor, point: Point, tolerance: float) -> None:
    """Raise unless the line before is at most, or at least, this one."""
    excess = (before - value).item() * (1 if line.relation == "<=" else -1)
    if excess > tolerance * max(abs(value.item()), FLOOR):
        words = "above" if line.relation == "<=" else "below"
        problem = f"the line before it is {words} by {excess:.2g} ({point.label})"
        raise DerivationError(f"line {line.number} does not hold: {problem}", line.number)


def _approximates(previous: Line, line: Line, codes: Mapping[Line, CodeType], point: Point) -> None:
    """Raise unless the remainder shrinks at the stated order when the small variable is halved."""
    start = 2.0 ** round(-24 / line.order)
    remainders = []
    for halvings in range(3):
        small = {line.small: torch.tensor(start / 2**halvings)}
        sides = [_value(side, codes, point, **small) for side in (previous, line)]
        remainders.append(_gap(*sides))
    if remainders[0] < 1e-13:
        return
    rate = min(log2(a / b) if b else inf for a, b in pairwise(remainders))
    if rate < line.order - SLACK:
        problem = (
            f"line {line.number} does not hold up to O({line.small}**{line.order}): "
            f"the remainder shrinks only like {line.small}**{max(rate, 0):.2g}"
        )
        raise DerivationError(problem, line.number)
