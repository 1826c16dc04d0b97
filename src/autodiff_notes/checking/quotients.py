"""Difference quotients of a function around a point, each with an estimate of its own error.

The step follows the size of the entry. Where the first step does not tell, smaller and larger
ones are tried, and the quotient with the smallest estimated error stands.

>>> import torch
>>> x = torch.tensor([1.0, 2.0], dtype=torch.float64)
>>> found = Neighbourhood(lambda x: (1e6 * x).sin().sum(), x).quotients()
>>> slopes = found.slopes.flatten()
>>> torch.allclose(slopes, 1e6 * (1e6 * x).cos(), rtol=1e-6)
True
>>> bool((found.errors.flatten() < 1e-4 * slopes.abs()).all())
True

SciPy's ``differentiate.derivative`` and numdifftools estimate errors in this way too, but ask for
a function that takes many points in one array, or for float64 arrays of NumPy; f takes one tensor,
in float32 as well, on any device.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf, isfinite

import torch
from torch import Tensor

from autodiff_notes.evaluation.differences import coordinates, from_coordinates, step_for

__all__ = ["Neighbourhood", "Quotients", "rays", "scales", "size_of"]

# An entry much smaller than the others is moved by its own size, but not by less than this part
# of theirs: an entry that is small by chance has a good quotient at a step of this size.
SMALLEST = 1e-3
# Smaller and larger steps, as multiples of the first. Sixteen: a quotient of second order that
# was off by a tenth is then off by 4e-4.
DOWN = tuple(16.0**-j for j in range(1, 11))
UP = (8.0, 64.0, 512.0, 4096.0, 32768.0)
# No step is larger than this part of the entry.
LARGEST = 0.25
# A quotient is resolved if its estimated error is at most this part of it; a worse one is worth
# another step.
FINE = {torch.float64: 1e-5, torch.float32: 1e-2}
# At most this many entries are tried at other steps for the sake of resolution alone.
PATIENCE = 16
# A staircase is measured at this many places, as far apart as the golden ratio spreads them:
# at places with a common distance it may look like a line.
PLACES, IRREGULAR = 16, 0.6180339887498949


@dataclass(frozen=True)
class Quotients:
    """Slopes along the axes of a neighbourhood.

    Attributes
    ----------
    slopes : torch.Tensor
        The difference quotients in float64, an axis a row, an output of f a column.
    errors : torch.Tensor
        What rounding and truncation may have added to each.
    """

    slopes: Tensor
    errors: Tensor


class Neighbourhood:
    """A function around a point, along one axis at a time.

    The first step balances the rounding of f, divided by it, against truncation, which grows as
    its square. Each value of f is computed once.

    Parameters
    ----------
    f : callable
        Takes a tensor like x, which is not to be kept, and returns a real tensor.
    x : torch.Tensor
        The point.
    dtype : torch.dtype, optional
        The coarser of the real types of x and of f, which sets the step.
    centre : torch.Tensor, optional
        f at the point, if it is known.
    rounding : torch.Tensor or float, optional
        The rounding of f, as measured.
    step : float, optional
        The step, in place of one that follows the size of the entry; then no other is tried.
    axes : list of torch.Tensor, optional
        Directions, each the real numbers in x as a vector, in place of the entries.

    Examples
    --------
    >>> around = Neighbourhood(torch.abs, torch.zeros((), dtype=torch.float64))
    >>> [around.slope(0, start, stop).item() for start, stop in [(-1, 0), (0, 1), (-1, 1)]]
    [-1.0, 1.0, 0.0]
    """

    def __init__(  # noqa: PLR0913 - what a neighbourhood is made of
        self,
        f: Callable[[Tensor], Tensor],
        x: Tensor,
        dtype: torch.dtype = torch.float64,
        *,
        centre: Tensor | None = None,
        rounding: Tensor | float = 0.0,
        step: float | None = None,
        axes: list[Tensor] | None = None,
        progress: Callable[[Iterable[int]], Iterable[int]] = lambda steps: steps,
    ) -> None:
        self.f, self.x, self.dtype, self.axes, self.given = f, x, dtype, axes, step is not None
        self.entries = coordinates(x)
        self._work = self.entries.clone() if axes is None else None
        self._positions = self.entries.double().cpu()
        self._values: dict[tuple[int, float], tuple[Tensor, float]] = {}
        self._progress = progress
        self.error: ValueError | None = None
        eps = torch.finfo(dtype).eps
        first = step if step is not None else step_for(dtype, order=2)
        self.scale = torch.ones(len(axes)).double() if axes is not None else scales(x).cpu()
        self.steps = first * (torch.ones_like(self.scale) if self.given else self.scale)
        if centre is not None:
            self._values[0, 0] = _vector(centre), 0.0
        self.rounding = torch.as_tensor(rounding).double() + 2 * eps * self.value(0, 0).abs()

    def __len__(self) -> int:
        """Return the number of axes."""
        return len(self.steps)

    def value(self, k: int, steps: float) -> Tensor:
        """Return f where axis k has been followed for a number of steps, a vector of float64."""
        return self._at(k, steps)[0]

    def _at(self, k: int, steps: float) -> tuple[Tensor, float]:
        """Return f there, and how far there is."""
        key = (k if steps else 0, steps)
        if key not in self._values:
            self._values[key] = self._evaluate(k, steps * self.steps[k].item())
        return self._values[key]

    def _evaluate(self, k: int, distance: float) -> tuple[Tensor, float]:
        """Return f at a distance along an axis, and the distance as it was rounded."""
        start, work = self.entries, self._work
        if work is None:
            point = torch.add(start, (self.axes or [])[k], alpha=distance)
        else:
            point = work
            if distance:
                there = start[k] + distance
                work[k] = there
                distance = there.item() - self._positions[k].item()
        try:
            result = _vector(self.f(from_coordinates(point[None], self.x)[0]))
        except ValueError as error:
            if not distance:
                raise
            self.error = error
            result = torch.full_like(self._values[0, 0][0], torch.nan)
        if work is not None:
            work[k] = start[k]
        return result, distance

    def slope(self, k: int, start: float, stop: float) -> Tensor:
        """Return the difference quotient of f along axis k, between two numbers of steps."""
        (above, to), (below, since) = self._at(k, stop), self._at(k, start)
        return (above - below) / ((to - since) or torch.nan)

    def slopes(self, start: float, stop: float) -> Tensor:
        """Return the difference quotients along all axes, an axis a row."""
        return torch.stack([self.slope(k, start, stop) for k in range(len(self))])

    def quotient(self, k: int, factor: float = 1.0) -> tuple[Tensor, Tensor]:
        """Return the extrapolated quotient at a multiple of the first step, and its error.

        Of both comes the quotient of order 4. The one over twice the step shows how large the truncation is, and the second
        differences at both, which differ by a fourth order, how rough f is.
        """
        near, far = self.slope(k, -factor, factor), self.slope(k, -2 * factor, 2 * factor)
        values = [self.value(k, s * factor) for s in (-2, -1, 0, 1, 2)]
        inner, outer = values[1] - 2 * values[2] + values[3], values[0] - 2 * values[2] + values[4]
        rough = (outer / 4 - inner).abs()
        error = (far - near).abs() + (self.rounding + rough) / (factor * self.steps[k])
        return (4 * near - far) / 3, error

    def quotients(
        self, expected: Tensor | None = None, tolerance: float | None = None
    ) -> Quotients:
        """Return the quotients with the smallest estimated errors.

        Parameters
        ----------
        expected : torch.Tensor, optional
            What another witness says, an axis a row; where a quotient differs, more steps are tried.
        tolerance : float, optional
            The relative difference that asks for no more steps.
        """
        allowed = FINE[self.dtype] if tolerance is None else tolerance
        pairs = [self.quotient(k) for k in self._progress(range(len(self)))]
        slopes, errors = (torch.stack(column) for column in zip(*pairs, strict=True))
        if self.given:
            return Quotients(slopes, errors)
        gaps = torch.zeros_like(slopes) if expected is None else (slopes - expected).abs()
        # Written so that a comparison with NaN asks for more steps.
        conflicts = ~(gaps <= allowed * slopes.abs() + errors)
        coarse = ~(errors <= FINE[self.dtype] * slopes.abs())
        # What is zero at the first step, as far as the whole gradient can tell, is left at that.
        coarse &= ~(errors <= allowed * slopes.abs().amax(0).nan_to_num())
        patience = PATIENCE
        for k, m in (conflicts | coarse).nonzero().tolist():
            if not conflicts[k, m]:
                patience -= 1
            if conflicts[k, m] or patience >= 0:
                gap = gaps[k, m].item() if conflicts[k, m] else 0.0
                slopes[k, m], errors[k, m] = self._improved(k, m, gap)
        if self.error is not None and not bool(errors.isfinite().all()):
            raise self.error  # f fails at every step, however small
        return Quotients(slopes, errors)

    def _improved(self, k: int, m: int, gap: float) -> tuple[float, float]:
        """Return the best quotient of output m over smaller and larger steps.

        What explains a gap is sought at every step at which rounding leaves a tenth of it.
        """
        rungs = {1.0: self._rung(k, m, 1.0)}
        rounding, step = self.rounding[m].item(), self.steps[k].item()
        for factor in (*DOWN, *UP):
            best, slope = min((e, abs(s)) for s, e in rungs.values())
            distance = factor * step
            if factor < 1:
                worth = rounding / distance < max(best, 0.1 * gap)
                if not worth or distance <= 64 * self.spacing(k):
                    continue
            elif distance > LARGEST * self._reach(k) or best <= FINE[self.dtype] * slope:
                break
            rungs[factor] = self._rung(k, m, factor)
        return self._chosen(k, m, rungs)

    def _rung(self, k: int, m: int, factor: float) -> tuple[float, float]:
        # A quotient that is not finite has an infinite error.
        slope, error = (numbers[m].item() for numbers in self.quotient(k, factor))
        return (slope, error) if isfinite(slope) and isfinite(error) else (0.0, inf)

    def _chosen(
        self, k: int, m: int, rungs: dict[float, tuple[float, float]]
    ) -> tuple[float, float]:
        """Return the quotient with the smallest error that no smaller step refutes.

        The error of one that is about to be chosen takes in how rough f is over its step.
        """
        rungs = self._seen(k, m, rungs)
        measured: set[float] = set()
        while True:
            factor = min(rungs, key=lambda factor: rungs[factor][1])
            slope, error = rungs[factor]
            if factor not in measured and isfinite(error):
                measured.add(factor)
                rough = 4 * self._roughness(k, m, factor) / (factor * self.steps[k].item())
                rungs[factor] = (slope, max(error, rough if isfinite(rough) else inf))
                continue
            against = next(
                (
                    f
                    for f, (s, e) in sorted(rungs.items(), reverse=True)
                    if f < factor and abs(s - slope) > 2 * (e + error) + 1e-9 * abs(slope)
                ),
                None,
            )
            if against is None:
                return slope, error
            stairs = self._roughness(k, m, against) / (against * self.steps[k].item())
            # At a smaller step f is a staircase, which a difference can take for a slope.
            refuted = factor if stairs <= rungs[against][1] else against
            del rungs[refuted]

    def _seen(
        self, k: int, m: int, rungs: dict[float, tuple[float, float]]
    ) -> dict[float, tuple[float, float]]:
        """Return the quotients at steps that move f at all, or all of them where none does."""
        centre = self.value(0, 0)[m]
        moved = {
            factor: rung
            for factor, rung in rungs.items()
            if any(self.value(k, s * factor)[m] != centre for s in (-2, -1, 1, 2))
        }
        return moved or rungs

    def _roughness(self, k: int, m: int, factor: float) -> float:
        """Return how far f is from a polynomial of degree five within two steps, as a standard deviation."""
        places = [factor * 2 * (2 * (i * IRREGULAR % 1) - 1) for i in range(1, PLACES + 2)]
        found = [self._at(k, place) for place in places]
        values = torch.stack([value[m] for value, _ in found])
        if not bool(values.isfinite().all()):  # which a least squares solver need not survive
            return inf
        distances = torch.tensor([distance for _, distance in found], dtype=torch.float64)
        powers = (distances / distances.abs().max())[:, None] ** torch.arange(6)
        rest = values - powers @ torch.linalg.lstsq(powers, values[:, None]).solution[:, 0]
        return float(rest.square().sum().div(len(places) - 6).sqrt())

    def _reach(self, k: int) -> float:
        if self.axes is not None:
            return 1.0
        return max(self.scale[k].item(), size_of(self._positions))

    def spacing(self, k: int) -> float:
        """Return the distance to the next number."""
        at = 1.0 if self.axes is not None else abs(self._positions[k].item())
        return torch.finfo(self.x.dtype).eps * at


def _vector(value: Tensor) -> Tensor:
    return value.detach().reshape(-1).to("cpu", torch.float64, copy=True)


def scales(x: Tensor) -> Tensor:
    """Return the size of each real number in x, in float64, by which a step is measured.

    >>> scales(torch.tensor([1e-9, 4e-9])), scales(torch.zeros(1))
    (tensor([1.0000e-09, 4.0000e-09], dtype=torch.float64), tensor([1.], dtype=torch.float64))
    """
    entries = coordinates(x).double().abs()
    return entries.clamp(min=SMALLEST * size_of(entries)) if entries.any() else 1 + entries


def size_of(entries: Tensor) -> float:
    """Return the root mean square of real entries, or 1 where all are zero."""
    largest: float = torch.linalg.vector_norm(entries, inf).item()
    if not largest:
        return 1.0
    parts = entries.double() / largest  # so that no square overflows
    return float(largest * torch.linalg.vector_norm(parts) / entries.numel() ** 0.5)


def rays(x: Tensor, count: int, generator: torch.Generator) -> list[Tensor]:
    """Return random directions in the units of x: normal numbers times the size of each entry.

    They are kept in float32, in half the memory, where it has numbers of these sizes.
    """
    size = scales(x)
    few = torch.finfo(torch.float32)
    fits = bool(size.min() > few.tiny / few.eps) and bool(size.max() < few.max * few.eps)
    size = size.to(torch.float32 if fits else x.dtype.to_real())
    drawn = (torch.randn(size.shape, generator=generator) for _ in range(count))
    return [d.to(size) * size for d in drawn]
