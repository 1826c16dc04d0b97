"""What f is like where the witnesses disagree: a kink, a jump, a singular point, a part cut off.

At a kink f has two slopes, one on each side, and they stay apart however small the step.
At a jump the difference quotient grows as the step shrinks.
Near a singular point it changes from step to step.
Where f is smooth, autograd itself has lost a part of it.

>>> import torch
>>> zero = torch.zeros(2, dtype=torch.float64)
>>> around = Neighbourhood(lambda x: x[0].abs() + x[1].cos(), zero, torch.float64)
>>> first_kink("x", around).sentence
'f has a kink at this point: its slope along x[0] is -1 on one side and 1 on the other.'
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor

from autodiff_notes.checking.report import Diagnosis
from autodiff_notes.checking.witnesses import (
    TOLERANCES,
    Neighbourhood,
    Witness,
    difference_witness,
    entries_of,
)

__all__ = ["DISAGREEMENTS", "Disagreement", "Reason", "explain_disagreement", "first_kink"]

# The steps at which a bend is measured, in units of the step of the central difference.
STEPS = (1.0, 2.0, 1 / 4, 1 / 16)
# A step so small that what lies a step away is out of its sight.
TINY = 1 / 1024
# A bend changes by less than this from step to step if it is a kink or a jump.
STEADY = 0.1
# A bend of this many times its own error is no rounding.
CLEAR = 100.0


def first_kink(name: str, around: Neighbourhood) -> Diagnosis | None:
    """Return the first entry along which f has a kink at the very point, or None.

    Both witnesses can agree there: for ``abs`` at 0 each gives the mean of the two slopes.

    Parameters
    ----------
    name : str
        The name of the input.
    around : autodiff_notes.checking.witnesses.Neighbourhood
        f around the point.

    Examples
    --------
    >>> import torch
    >>> one = torch.ones((), dtype=torch.float64)
    >>> first_kink("x", Neighbourhood(lambda x: (x - 1).relu(), one, torch.float64)).name
    'kink'
    >>> first_kink("x", Neighbourhood(torch.log, one, torch.float64)) is None
    True
    """
    left, right = around.slopes(-1, 0), around.slopes(0, 1)
    bends = (right - left).abs()
    # The slope changes with the step, where f is smooth, by truncation and rounding alone.
    errors = (around.slopes(-2, 2) - around.slopes(-1, 1)).abs() + around.rounding / around.steps
    size = torch.maximum(left.abs(), right.abs())
    for k in range(len(bends)):
        clear = bends[k] > CLEAR * errors[k] and bends[k] > 1e-4 * size[k]
        if clear and _grows(around, k, 0):
            sentence = (
                f"f has a kink at this point: its slope along {_place(name, around.x, k)} "
                f"is {left[k]:.4g} on one side and {right[k]:.4g} on the other."
            )
            return Diagnosis("kink", name, sentence)
    return None


def _grows(around: Neighbourhood, k: int, power: int) -> bool:
    """Whether the bend along entry k grows as this power of the step, at all steps."""
    bends = [(around.slope(k, 0, h) - around.slope(k, -h, 0)).item() / h**power for h in STEPS]
    return all(abs(bend - bends[0]) <= STEADY * abs(bends[0]) for bend in bends)


@dataclass(frozen=True)
class Disagreement:
    """An input about which autograd and central differences disagree.

    Attributes
    ----------
    input : str
        Its name.
    around : autodiff_notes.checking.witnesses.Neighbourhood
        f around it.
    autograd : autodiff_notes.checking.witnesses.Witness
        What autograd says.
    differences : autodiff_notes.checking.witnesses.Witness
        What central differences say.
    """

    input: str
    around: Neighbourhood
    autograd: Witness
    differences: Witness

    @property
    def worst(self) -> int:
        """The entry about which they differ most."""
        return int(self.gaps.argmax())

    @property
    def gaps(self) -> Tensor:
        """How far they differ, entry by entry."""
        return (entries_of(self.autograd.gradient) - self.around.slopes(-1, 1)).abs()

    @property
    def place(self) -> str:
        """The entry about which they differ most, in words."""
        return _place(self.input, self.around.x, self.worst)

    @property
    def agrees_closer(self) -> bool:
        """Whether they agree at a much smaller step."""
        k, around = self.worst, self.around
        gap = (around.slope(k, -TINY, TINY) - entries_of(self.autograd.gradient)[k]).abs()
        rounding = around.rounding / (TINY * around.steps[k])
        return bool(gap <= 1e-2 * self.gaps[k] + rounding) and bool(rounding < 0.1 * self.gaps[k])

    @property
    def bends(self) -> Tensor:
        """How much the slope changes at each of the three inner ends of four steps."""
        ends = (-2, -1, 0, 1, 2)
        slopes = [self.around.slope(self.worst, a, b) for a, b in pairwise(ends)]
        return torch.stack(slopes).diff()


@dataclass(frozen=True)
class Reason:
    """Why the witnesses may disagree.

    Attributes
    ----------
    name : str
        A short name.
    test : callable
        Takes a :class:`Disagreement`, and returns whether this is the reason.
    sentence : str
        What to say, with places for the input, the entry and the step.
    """

    name: str
    test: Callable[[Disagreement], bool]
    sentence: str


def explain_disagreement(case: Disagreement) -> Diagnosis | None:
    """Return why the witnesses disagree, or None.

    Parameters
    ----------
    case : Disagreement
        Where they do, though every number is finite.
    """
    words = {
        "input": case.input,
        "place": case.place,
        "position": f"{case.around.entries[case.worst].item():.4g}",
        "step": f"{case.around.steps[case.worst].item():.0e}",
    }
    for reason in DISAGREEMENTS:
        if reason.test(case):
            return Diagnosis(reason.name, case.input, reason.sentence.format(**words))
    return None


def _computes_in_float32(case: Disagreement) -> bool:
    """Whether autograd's numbers are those of float32, and the steps of float32 confirm them."""
    gradient, around = entries_of(case.autograd.gradient), case.around
    if around.dtype != torch.float64 or not (gradient.float().double() == gradient).all():
        return False
    if (gradient.bfloat16().double() == gradient).all():  # simple numbers are no evidence
        return False
    coarse = Neighbourhood(around.f, around.x, torch.float32)
    differences = difference_witness(coarse, TOLERANCES[torch.float32].differences)
    return differences.resolves and differences.compare(case.input, case.autograd.gradient).holds


def _bends_once(case: Disagreement) -> bool:
    """Whether the slope is steady on one side at least."""
    clear = case.bends.abs() > 1e-2 * case.bends.abs().max()
    return not (clear[0] and clear[2])


def _jumps_once(case: Disagreement) -> bool:
    """Whether the slope is large in one place, and the same before and after."""
    return _bends_once(case) and bool(case.bends.sum().abs() <= 1e-2 * case.bends.abs().max())


def _jump(case: Disagreement) -> bool:
    """Whether the slope across one place grows as the step shrinks."""
    return _jumps_once(case) and _grows(case.around, case.worst, -1)


def _kink_within_a_step(case: Disagreement) -> bool:
    """Whether the slope changes in one place, in one direction."""
    clear = case.bends[case.bends.abs() > 1e-2 * case.bends.abs().max()]
    return _bends_once(case) and case.agrees_closer and not clear.sign().diff().any()


def _jump_within_a_step(case: Disagreement) -> bool:
    """Whether there is a jump that a smaller step does not see."""
    return _jumps_once(case) and case.agrees_closer


def _nearly_singular(case: Disagreement) -> bool:
    """Whether a square matrix has a singular value of the size of a step."""
    x = case.around.x
    if x.ndim != 2 or x.shape[0] != x.shape[1] or not case.agrees_closer:
        return False
    return bool(torch.linalg.svdvals(x)[-1] < 100 * case.around.steps.max())


def _singular_point(case: Disagreement) -> bool:
    """Whether the slope changes at every step, and settles closer to the point."""
    return case.agrees_closer


def _cut_off(case: Disagreement) -> bool:
    """Whether the slope of f is the same at every step, on both sides."""
    k, around = case.worst, case.around
    slopes = torch.stack(
        [around.slope(k, a, b) for a, b in [(-1, 1), (-2, 2), (-1 / 4, 1 / 4), (-1, 0), (0, 1)]]
    )
    return bool((slopes - slopes[0]).abs().max() <= 1e-3 * case.gaps[k])


DISAGREEMENTS: tuple[Reason, ...] = (
    Reason(
        "float32 inside f",
        _computes_in_float32,
        "f computes in float32 along {input}: autograd agrees with differences taken at the steps "
        "of float32. Let f compute in float64.",
    ),
    Reason(
        "cut off",
        _cut_off,
        "f is smooth at this point, so it is autograd that misses a part of its slope along "
        "{place}: a part of f is cut off from its inputs (.item(), .detach(), torch.no_grad(), "
        "a conversion to NumPy), or a backward rule is wrong.",
    ),
    Reason("jump", _jump, "f jumps at this point, as {place} passes {position}."),
    Reason(
        "kink nearby",
        _kink_within_a_step,
        "f has a kink within {step} of this point along {place}. Check further away from it.",
    ),
    Reason(
        "jump nearby",
        _jump_within_a_step,
        "f jumps within {step} of this point along {place}. Check further away from it.",
    ),
    Reason(
        "nearly singular",
        _nearly_singular,
        "{input} is nearly singular: f changes its slope too much within a step of {step}. "
        "Check at a better conditioned matrix.",
    ),
    Reason(
        "singular point",
        _singular_point,
        "f changes its slope too much within a step of {step} along {place}: a singular point "
        "is near, a pole or the edge of the domain. Check further away from it.",
    ),
)
"""Why witnesses disagree where f has no kink at the point itself, in the order of trial.

:meta hide-value:
"""


def _place(name: str, x: Tensor, k: int) -> str:
    """Return the name of a real entry of an input."""
    parts = ("the real part of ", "the imaginary part of ") if x.is_complex() else ("",)
    k, part = divmod(k, len(parts))
    index = [int(i) for i in torch.unravel_index(torch.tensor(k), x.shape)] if x.ndim else []
    return f"{parts[part]}{name}{index or ''}"
