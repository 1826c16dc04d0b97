"""What f is like where a claim cannot be confirmed: a kink, a jump, coarse numbers, a part cut off.

At a kink f has two slopes, one on each side, and they stay apart however small the step.
At a jump the difference quotient grows as the step shrinks.
Where f is smooth, autograd itself has lost a part of it.
Nothing is said here that a smaller step contradicts.

>>> import torch
>>> zero = torch.zeros(2, dtype=torch.float64)
>>> around = Neighbourhood(lambda x: x[0].abs() + x[1].cos(), zero)
>>> first_kink("x", around).sentence
'f has a kink at this point: its slope along x[0] is -1 on one side and 1 on the other.'
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from autodiff_notes.checking.places import place
from autodiff_notes.checking.quotients import Neighbourhood
from autodiff_notes.checking.report import Diagnosis
from autodiff_notes.checking.witnesses import Witness, matrix_of
from autodiff_notes.evaluation.differences import coordinates

__all__ = ["DISAGREEMENTS", "Disagreement", "Reason", "explain_disagreement", "first_kink"]

# The steps at which a bend is measured, in units of the first step of the central difference; the
# smaller ones as long as rounding leaves a hundredth of the bend.
STEPS = (1.0, 2.0, *(4.0**-j for j in range(1, 16)))
# A bend changes by less than this from step to step if it is a kink or a jump.
STEADY = 0.1
# A bend of this many times its own error is no rounding.
CLEAR = 100.0
# Fewer steps than these are no evidence.
STEPS_NEEDED = 4


def first_kink(name: str, around: Neighbourhood, outputs: tuple[int, ...] = ()) -> Diagnosis | None:
    """Return the first axis along which f has a kink or a jump at the very point, or None.

    Both witnesses can agree there: for ``abs`` at 0 each gives the mean of the two slopes.

    Parameters
    ----------
    name : str
        The name of the input.
    around : autodiff_notes.checking.quotients.Neighbourhood
        f around the point.
    outputs : tuple of int
        The shape of what f returns.

    Examples
    --------
    >>> import torch
    >>> one = torch.ones((), dtype=torch.float64)
    >>> first_kink("x", Neighbourhood(lambda x: (x - 1).relu(), one)).name
    'kink'
    >>> first_kink("x", Neighbourhood(torch.log, one)) is None
    True
    """
    left, right = around.slopes(-1, 0), around.slopes(0, 1)
    bends = (right - left).abs()
    # The slope changes with the step, where f is smooth, by truncation and rounding alone.
    slopes = around.slopes(-1, 1)
    change = (around.slopes(-2, 2) - slopes).abs()
    errors = change + around.rounding / around.steps[:, None]
    size = torch.maximum(left.abs(), right.abs())
    for k, m in ((bends > CLEAR * errors) & (bends > 1e-4 * size)).nonzero().tolist():
        if _grows(around, k, m, 0):
            output = "" if not outputs else f" of {place('output ', outputs, m)}"
            sentence = (
                f"f has a kink at this point: its slope{output} along {axis(name, around, k)} "
                f"is {left[k, m]:.4g} on one side and {right[k, m]:.4g} on the other."
            )
            return Diagnosis("kink", name, sentence)
    for k, m in (change > STEADY * slopes.abs()).nonzero().tolist():
        if _jumps(around, k, m):
            where = (
                f", as {axis(name, around, k)} passes {around.entries[k].item():.4g}"
                if around.axes is None
                else f" along {axis(name, around, k)}"
            )
            return Diagnosis("jump", name, f"f jumps at this point{where}.")
    return None


def _jumps(around: Neighbourhood, k: int, m: int) -> bool:
    """Whether f differs by the same from one side to the other, however small the step."""
    step, rounding = around.steps[k].item(), around.rounding[m].item()
    first = (around.value(k, 1.0) - around.value(k, -1.0))[m].item()
    told = 0
    for h in STEPS:
        # A step that is lost in the digits of the point shows no two sides.
        if told and h * step <= 8 * around.spacing(k):
            break
        height = (around.value(k, h) - around.value(k, -h))[m].item()
        if not (abs(height) > CLEAR * rounding and abs(height - first) <= STEADY * abs(first)):
            return False
        told += 1
    return told >= STEPS_NEEDED


def axis(name: str, around: Neighbourhood, k: int) -> str:
    """Return the name of an axis: a real entry of an input, or a direction."""
    if around.axes is not None:
        ray = around.axes[k]
        if ray.numel() > 4:
            return f"a random direction in {name}"
        return f"the direction ({', '.join(f'{d:.2g}' for d in ray.tolist())}) in {name}"
    x = around.x
    parts = ("the real part of ", "the imaginary part of ") if x.is_complex() else ("",)
    entry, part = divmod(k, len(parts))
    return f"{parts[part]}{place(name, tuple(x.shape), entry)}"


def _grows(around: Neighbourhood, k: int, m: int, power: int) -> bool:
    """Whether the bend along an axis grows as this power of the step, at all steps that can tell."""
    bends: list[float] = []
    step, rounding = around.steps[k].item(), around.rounding[m].item()
    for h in STEPS:
        bend = (around.slope(k, 0, h) - around.slope(k, -h, 0))[m].item()
        if bends and rounding / (h * step) > abs(bend) / CLEAR:
            break
        bends.append(bend / h**power)
        if not abs(bends[-1] - bends[0]) <= STEADY * abs(bends[0]):
            return False
    return len(bends) >= STEPS_NEEDED


@dataclass(frozen=True)
class Disagreement:
    """An input about which autograd and central differences disagree, or a claim and both.

    Attributes
    ----------
    input : str
        Its name.
    around : autodiff_notes.checking.quotients.Neighbourhood
        f around it.
    autograd : autodiff_notes.checking.witnesses.Witness
        What autograd says.
    differences : autodiff_notes.checking.witnesses.Witness
        What central differences say.
    claim : torch.Tensor
        What is claimed.
    """

    input: str
    around: Neighbourhood
    autograd: Witness
    differences: Witness
    claim: Tensor

    @cached_property
    def expected(self) -> Tensor:
        """What autograd says along each axis, an axis a row."""
        found = matrix_of(self.autograd.gradient, len(self.around.rounding))
        if self.around.axes is None:
            return found
        return torch.stack([ray.double().cpu() for ray in self.around.axes]) @ found

    @cached_property
    def slopes(self) -> Tensor:
        """The quotients along each axis, an axis a row."""
        if self.around.axes is None:
            return matrix_of(self.differences.gradient, len(self.around.rounding))
        return self.differences.gradient.reshape(len(self.around), -1).double().cpu()

    @cached_property
    def worst(self) -> tuple[int, int]:
        """The axis and the output about which they differ most, beside what noise explains."""
        noise = self.differences.noise
        allowed = noise.reshape(len(self.around), -1) if self.around.axes is not None else None
        gaps = self.gaps
        if allowed is not None:
            gaps = gaps / (allowed.cpu() + 1e-300)
        k, m = divmod(int(gaps.argmax()), gaps.shape[1])
        return k, m

    @cached_property
    def gaps(self) -> Tensor:
        """How far they differ, an axis a row."""
        return (self.expected - self.slopes).abs().nan_to_num()

    @property
    def gap(self) -> float:
        """How far they differ at the worst."""
        return self.gaps[self.worst].item()


@dataclass(frozen=True)
class Reason:
    """Why the witnesses may disagree.

    Attributes
    ----------
    name : str
        A short name.
    test : callable
        Takes a :class:`Disagreement`, and returns the words that complete the sentence, or None if
        this is not the reason.
    sentence : str
        What to say, with places for the input, the axis and these words.
    """

    name: str
    test: Callable[[Disagreement], dict[str, str] | None]
    sentence: str


def explain_disagreement(case: Disagreement, *, agree: bool = False) -> Diagnosis | None:
    """Return why the witnesses disagree, or None.

    Parameters
    ----------
    case : Disagreement
        Where they do, though every number is finite.
    agree : bool
        Whether the witnesses agree, and only the claim differs: then it is asked whether f computes
        in coarse numbers, which excuses the claim.
    """
    for reason in DISAGREEMENTS[: 1 if agree else None]:
        words = reason.test(case)
        if words is not None:
            k, m = case.worst
            entry = axis(case.input, case.around, k)
            outputs = len(case.around.rounding)
            words = {
                "input": case.input,
                "place": entry if outputs == 1 else f"{entry} (output {m})",
                **words,
            }
            return Diagnosis(reason.name, case.input, reason.sentence.format(**words))
    return None


# The types in which a part of f may compute, the coarsest first, each with the type of the input
# that would show it.
COARSE = ((torch.bfloat16, "bfloat16"), (torch.float16, "float16"), (torch.float32, "float32"))


def _coarse(case: Disagreement) -> dict[str, str] | None:
    """Tell the type in which f computes, from the digits of f and of autograd's gradient.

    Either f takes only numbers of that type around the point, or all of its gradient are such
    numbers and f moves in steps that are far larger than its last digit.
    """
    around = case.around
    gradient = coordinates(case.autograd.gradient)
    if not gradient.any():
        return None
    for dtype, name in COARSE:
        eps = torch.finfo(dtype).eps
        if eps <= 2 * torch.finfo(around.dtype).eps:
            return None
        sample = torch.unique(gradient)
        numbers = (len(sample) > 1 or around.x.numel() == 1) and bool(
            (gradient.to(dtype).to(gradient.dtype) == gradient).all()
        )
        # Numbers with few digits are numbers of every type, and no evidence.
        simple = bool((gradient.to(torch.float8_e5m2).to(gradient.dtype) == gradient).all())
        if numbers and not simple and _moves_in_steps(case, eps) and _excused(case, eps):
            return {"type": name}
    return None


def _moves_in_steps(case: Disagreement, eps: float) -> bool:
    """Whether the values of f a step or so away are as far apart as numbers of a coarse type."""
    around = case.around
    size = around.value(0, 0)[0].abs().item()
    axes = range(min(len(around), 64))
    found = [around.value(k, s)[0] for k in axes for s in (-2, -1, 0, 1, 2)]
    gaps = torch.stack(found).sort().values.diff()
    gaps = gaps[gaps > 0]
    if len(gaps):
        return bool(gaps.min() > 1e-3 * eps * size)
    # It does not move at all, though autograd says that it should.
    moved = max(abs(case.expected[k, 0].item()) * around.steps[k].item() for k in axes)
    return moved > 16 * torch.finfo(around.dtype).eps * size


def _excused(case: Disagreement, eps: float) -> bool:
    """Whether the coarse type explains the error of the claim, or that of the differences."""
    largest = case.autograd.gradient.abs().max().item()
    if case.claim.shape == case.autograd.gradient.shape:
        error = (case.claim - case.autograd.gradient).abs().max().item()
        return bool(error <= 64 * eps * largest * case.around.x.numel() ** 0.5)
    return False


def _one_triangle(case: Disagreement) -> dict[str, str] | None:
    """Tell that f reads one triangle of a matrix, and whether the claim holds for its symmetric part."""
    x, around = case.around.x, case.around
    square = x.ndim >= 2 and x.shape[-1] == x.shape[-2] > 1
    if around.axes is not None or not square or len(around.rounding) > 1:
        return None
    D, G = case.differences.gradient, case.autograd.gradient
    noise = case.differences.noise + 1e-6 * G.abs().max()
    for name, triangle in (("lower", torch.tril), ("upper", torch.triu)):
        if not bool(((D - triangle(D)).abs() <= noise).all()):
            continue
        # What autograd gives for one that is symmetric is the symmetric part of the triangle.
        part = (D + D.mH) / 2
        if bool(((part - (G + G.mH) / 2).abs() <= noise + noise.mT).all()):
            claim = case.claim
            holds = claim.shape == G.shape and bool(
                (((claim + claim.mH) / 2 - part).abs() <= noise + noise.mT).all()
            )
            word = "holds" if holds else "does not hold"
            transpose = ".mH" if x.is_complex() else ".mT"
            return {"triangle": name, "verdict": word, "transpose": transpose}
    return None


def _cut_off(case: Disagreement) -> dict[str, str] | None:
    """Tell that the slope of f is the same at every step that can tell, on both sides."""
    k, m = case.worst
    around, gap = case.around, case.gap
    slope = case.slopes[k, m].item()
    step, rounding = around.steps[k].item(), around.rounding[m].item()
    told = 0
    for h in STEPS:
        # Halves of a wide step may differ by curvature; what counts is that they close in.
        if rounding / (h * step) > 1e-2 * gap:
            break
        ends = [(-h, h), (-h, 0.0), (0.0, h)]
        off = max(abs(around.slope(k, a, b)[m].item() - slope) for a, b in ends)
        told = told + 1 if off <= 0.05 * gap else 0
    return {} if told >= 2 else None


DISAGREEMENTS: tuple[Reason, ...] = (
    Reason(
        "coarse numbers",
        _coarse,
        "f computes in {type} along {input}: its values, or autograd's, are numbers of that type. "
        "Let f compute in float64.",
    ),
    Reason(
        "one triangle",
        _one_triangle,
        "f reads the {triangle} triangle of {input} only, and autograd gives the gradient of the "
        "symmetric part. Check f(({input} + {input}{transpose}) / 2), for which the claim {verdict}.",
    ),
    Reason(
        "cut off",
        _cut_off,
        "f is smooth at this point, so it is autograd that misses a part of its slope along "
        "{place}: a part of f is cut off from its inputs (.item(), .detach(), torch.no_grad(), "
        "a conversion to NumPy), or a backward rule is wrong.",
    ),
)
"""Why witnesses disagree where f has no kink at the point itself, in the order of trial.

:meta hide-value:
"""
