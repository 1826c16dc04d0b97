"""One wrong gradient, and what counts as evidence for an explanation.

An explanation says what the claim would be if one particular mistake had been made.
It is believed only if it leaves less than a millionth of the error, in several entries:
a random error in one entry could be explained by anything.

>>> import torch
>>> G = torch.tensor([[1.0, 2.0], [3.5, 4.0]], dtype=torch.float64)
>>> evidence = Evidence("X", claim=G.mT, gradient=G)
>>> evidence.is_explained_by(G.mT), evidence.is_explained_by(2 * G)
(True, False)

A wrong gradient is often a multiple of the right one, and a factor says more by a name that a
reader recognises than by its digits: 2, -1/2, the number of entries, the value of f.

>>> [recognise(k).words for k in (2.0, -0.5, 0.75, 6.283185307179586)]
['2', '-1/2', '3/4', '2 pi']
>>> recognise(1.2345) is None
True
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import chain
from math import exp, gcd, isclose, log, pi, sqrt

import torch
from torch import Tensor

__all__ = ["AGREEMENT", "NUMBERS", "Evidence", "Factor", "recognise", "recognised", "sizes"]


# Factors


@dataclass(frozen=True)
class Factor:
    """A number with a name.

    Attributes
    ----------
    words : str
        How it is written.
    value : float
        The number.
    remark : str
        What else it is, to follow in the sentence.
    """

    words: str
    value: float
    remark: str = ""


# p/q with a 1 above or below up to 10, then those of small numbers, the simplest first.
FRACTIONS = (
    (1, 1),
    *(pair for n in range(2, 11) for pair in ((n, 1), (1, n))),
    *((p, q) for p in range(2, 6) for q in range(2, 6) if gcd(p, q) == 1),
)

NUMBERS: tuple[Factor, ...] = (
    *(Factor(str(Fraction(p, q)), p / q) for p, q in FRACTIONS),
    Factor("pi", pi),
    Factor("2 pi", 2 * pi),
    Factor("1/pi", 1 / pi),
    Factor("1/(2 pi)", 1 / (2 * pi)),
    Factor("sqrt(2)", sqrt(2)),
    Factor("1/sqrt(2)", 1 / sqrt(2)),
    Factor("log(2)", log(2)),
    Factor("1/log(2)", 1 / log(2)),
    Factor("log(10)", log(10)),
    Factor("1/log(10)", 1 / log(10)),
    Factor("pi/180", pi / 180, ", from degrees to radians"),
    Factor("180/pi", 180 / pi, ", from radians to degrees"),
)
"""The positive numbers that are recognised, the simplest first.

:meta hide-value:
"""


def recognise(
    ratio: float,
    inputs: Mapping[str, Tensor] | None = None,
    value: float = 0.0,
    tolerance: float = 1e-6,
) -> Factor | None:
    """Return the simplest factor that equals a ratio, or None.

    Parameters
    ----------
    ratio : float
        The number to name; its sign is kept.
    inputs : dict, optional
        The inputs of f by name.
        Their sizes and the values of those with a single element are names for a factor.
    value : float, optional
        The value of f, another name; 0 for none.
    tolerance : float, optional
        The relative error to forgive.

    Examples
    --------
    >>> import torch
    >>> recognise(1 / 12, {"X": torch.zeros(3, 4)})
    Factor(words='1/12', value=0.08333333333333333, remark='; 12 is the number of entries of X')
    >>> recognise(-2 * 0.7, {"c": torch.tensor(0.7)}).words
    '-2 c'
    """
    return next(recognised(ratio, inputs or {}, value, tolerance), None)


def recognised(
    ratio: float, inputs: Mapping[str, Tensor], value: float, tolerance: float
) -> Iterator[Factor]:
    """Yield all factors that equal a ratio, the simplest first; see :func:`recognise`."""
    for factor in chain(NUMBERS, _of_sizes(inputs), _of_values(inputs, value)):
        if isclose(abs(ratio), abs(factor.value), rel_tol=tolerance):
            negative = (ratio < 0) != (factor.value < 0)
            words = f"-{factor.words}" if negative else factor.words
            remark = factor.remark or _size_remark(factor.value, inputs)
            yield Factor(words, -factor.value if negative else factor.value, remark)


# A factor of 2 or 3 is rarely the root of a size.
ROOTED = 16


def sizes(inputs: Mapping[str, Tensor]) -> dict[int, str]:
    """Return the sizes of the inputs from 3 on, each with what it is the size of.

    Examples
    --------
    >>> import torch
    >>> sizes({"X": torch.zeros(3, 4), "y": torch.zeros(4)})
    {12: 'the number of entries of X', 3: 'the number of rows of X', 4: 'the number of columns of X'}
    """
    named: dict[int, str] = {}
    for name, x in inputs.items():
        words = {1: ["length"], 2: ["number of rows", "number of columns"]}.get(x.ndim, [])
        if x.ndim != 1:
            named.setdefault(x.numel(), f"the number of entries of {name}")
        for size, word in zip(x.shape, words, strict=False):
            named.setdefault(size, f"the {word} of {name}")
    return {size: words for size, words in named.items() if size > 2}


def _of_sizes(inputs: Mapping[str, Tensor]) -> Iterator[Factor]:
    """Yield each size, its root, what a mean and a sample variance make of it, and the reciprocals."""
    for n in sizes(inputs):
        yield Factor(f"{n}", n)
        yield Factor(f"1/{n}", 1 / n)
    for n, words in sizes(inputs).items():
        remark = f"; {n} is {words}"
        yield Factor(f"sqrt({n})", sqrt(n), remark)
        yield Factor(f"1/sqrt({n})", 1 / sqrt(n), remark)
        yield Factor(f"2/{n}", 2 / n, remark)
        yield Factor(f"{n}/2", n / 2, remark)
        yield Factor(f"{n}/{n - 1}", n / (n - 1), remark)
        yield Factor(f"{n - 1}/{n}", (n - 1) / n, remark)
        yield Factor(f"1/{n - 1}", 1 / (n - 1), remark)
        yield Factor(f"{n - 1}", n - 1, remark)


def _size_remark(value: float, inputs: Mapping[str, Tensor]) -> str:
    """Return the quantity of this size, or else of its square, or of its reciprocal."""
    for n, words in sizes(inputs).items():
        if value in {n, 1 / n}:
            return f"; {n} is {words}"
    for n, words in sizes(inputs).items():
        if n >= ROOTED and value in {sqrt(n), 1 / sqrt(n)}:
            return f"; {sqrt(n):.0f} is the square root of {n}, {words}"
    return ""


def _of_values(inputs: Mapping[str, Tensor], value: float) -> Iterator[Factor]:
    """Yield simple multiples and quotients of f and of the inputs with a single element."""
    values = {name: x.item() for name, x in inputs.items() if x.numel() == 1 and x.isreal().all()}
    for name, v in {**values, "f": value}.items():
        if v == 0 or isinstance(v, complex):
            continue
        remark = f", and f = {v:.4g} here" if name == "f" else ""
        yield Factor(name, v, remark)
        yield Factor(f"1/{name}", 1 / v, remark)
        yield Factor(f"2 {name}", 2 * v, remark)
        yield Factor(f"2/{name}", 2 / v, remark)
        yield Factor(f"{name}/2", v / 2, remark)
        yield Factor(f"1/(2 {name})", 1 / (2 * v), remark)
        if v > 0:
            yield Factor(f"sqrt({name})", sqrt(v), remark)
            yield Factor(f"1/sqrt({name})", 1 / sqrt(v), remark)
        if name == "f" and abs(v) < 50:  # the function may be a logarithm
            yield Factor("exp(f)", exp(v), remark)
            yield Factor("exp(-f)", exp(-v), remark)
        yield Factor(f"{name}^2", v * v, remark)
        yield Factor(f"1/{name}^2", 1 / (v * v), remark)


# Evidence

# An error is explained if this much of it, or less, is left.
AGREEMENT = {torch.float64: 1e-6, torch.float32: 1e-4}
"""The part of the error that an explanation may leave, for each real type."""

# With a single entry there is only its last digits to go by.
SINGLE_ENTRY_AGREEMENT = {torch.float64: 1e-9, torch.float32: 0.0}
# An entry counts as evidence if its error is not much smaller than the largest.
EVIDENT = 1e-2


@dataclass(frozen=True)
class Evidence:
    """A claimed gradient for one input, and what is known about it.

    Attributes
    ----------
    input : str
        The name of the input.
    claim : torch.Tensor
        The claimed gradient, finite.
    gradient : torch.Tensor
        The right one, on which the witnesses agree.
    inputs : dict
        All inputs of f by name, constants too.
    gradients : dict
        The right gradients for all inputs that require one.
    value : float
        The value of f.
    dtype : torch.dtype
        The coarsest real type in the computation, which sets how many digits can be believed.
    rerun : callable, optional
        ``rerun(name, x)`` puts x in the place of an input, and returns the claimed and the right
        gradient there, or None where that cannot be done.
    rounding : torch.Tensor, optional
        The rounding of the claim beside the right one, as measured, with room to spare.
    function : bool
        Whether the claim is a function, so that a name for a value can be confirmed elsewhere.
    elsewhere : callable, optional
        Yields the same at other points, where an explanation has to hold as well.
    """

    input: str
    claim: Tensor
    gradient: Tensor
    inputs: Mapping[str, Tensor] = field(default_factory=dict)
    gradients: Mapping[str, Tensor] = field(default_factory=dict)
    value: float = 0.0
    dtype: torch.dtype = torch.float64
    rerun: Callable[[str, Tensor], tuple[Tensor, Tensor] | None] = lambda _name, _x: None
    rounding: Tensor | None = None
    function: bool = True
    elsewhere: Callable[[], Iterable["Evidence"]] = lambda: ()

    @property
    def same_shape(self) -> bool:
        """Whether the claim has the shape of the right answer."""
        return self.claim.shape == self.gradient.shape

    @cached_property
    def error(self) -> Tensor:
        """The error to be explained, or the claim itself if its shape is wrong."""
        return self.claim - self.gradient if self.same_shape else self.claim

    @cached_property
    def size(self) -> float:
        """The largest absolute entry of the error."""
        return self.error.abs().max().item()

    @cached_property
    def evident(self) -> int:
        """How many entries are evidence."""
        return int((self.error.abs() > EVIDENT * self.size).sum())

    def is_explained_by(self, guess: Tensor, fitted: int = 0) -> bool:
        """Whether the claim is this, as far as its entries can tell.

        A number that was fitted uses up the evidence of an entry.
        """
        if guess.shape != self.claim.shape:
            return False
        single = self.claim.numel() == 1
        if self.evident < (1 if single else 2) + fitted:
            return False
        agreement = (SINGLE_ENTRY_AGREEMENT if single else AGREEMENT)[self.dtype]
        return (self.claim - guess).abs().max().item() <= agreement * self.size

    def factors(
        self, part: Tensor, inputs: Mapping[str, Tensor], value: float = 0.0, *, of_error: bool
    ) -> Iterator[Factor]:
        """Yield k such that the claim, or else its error, is k times a part of it.

        The names of the inputs, and f for its value, may stand in the factor.
        Without such a name the factor is a fitted number, which takes more evidence.
        """
        whole, rest = (self.error, self.gradient) if of_error else (self.claim, 0.0)
        if whole.shape != part.shape or not part.any() or not whole.any():
            return
        ratio = torch.vdot(part.flatten(), whole.flatten()) / part.abs().square().sum()
        k = ratio.real.item()
        if not self.is_explained_by(rest + k * part):
            return
        if not self.function:  # numbers: nothing tells a value from a coincidence
            inputs, value = {n: x for n, x in inputs.items() if x.numel() > 1}, 0.0
        for known in recognised(k, inputs, value, tolerance=AGREEMENT[self.dtype]):
            if self.is_explained_by(rest + known.value * part):
                yield known
        if self.is_explained_by(rest + k * part, fitted=1):
            few = f"{k:.6g}"
            yield Factor(f"{k:.12g}" if few == "1" else few, k)
