"""Functions of a number, each with the derivative that dual numbers need.

>>> round(digamma(1.0), 12), round(polygamma(1, 0.5), 12)  # minus Euler's constant; half of pi squared
(-0.577215664902, 4.934802200545)
"""

import cmath
import math
from collections.abc import Callable
from functools import partial
from typing import Any

from autodiff_notes.evaluation.standard.duals import Dual, UndefinedError, lifted, primal

__all__ = [
    "arctan",
    "conj",
    "cos",
    "cosh",
    "digamma",
    "erf",
    "exp",
    "im",
    "is_complex",
    "lgamma",
    "log",
    "modulus",
    "polygamma",
    "re",
    "relu",
    "sigmoid",
    "sign",
    "sin",
    "sinh",
    "softplus",
    "sqrt",
    "tan",
    "tanh",
]


Number = Callable[[Any], Any]


def is_complex(x: Any) -> bool:
    """Whether a number, dual or not, is complex."""
    return isinstance(primal(x), complex)


def _of_both(real: Callable[[Any], Any], other: Callable[[Any], Any]) -> Callable[[Any], Any]:
    # A function of real numbers together with that of complex ones.
    return lambda x: (other if isinstance(x, complex) else real)(x)


def _positive(f: Callable[[float], float], name: str, *, zero: bool = False) -> Any:
    # A function of positive numbers alone.
    def of(x: float) -> float:
        if x < 0 or (x == 0 and not zero):
            raise UndefinedError(f"{name} of {x:.3g}")
        return f(x)

    return of


# Bernoulli numbers with even index, from the second on.
BERNOULLI = (
    1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798,
)  # fmt: skip
# From here on the series for large numbers is exact to rounding, for the orders that occur.
FAR = 16


def _polygamma(k: int, x: float) -> float:
    """Return the derivative of order k of digamma: step up to a large number, then its series."""
    if x <= 0 and x == int(x):
        raise UndefinedError(f"a pole of polygamma at {x:.3g}")
    sign, steps = (-1.0) ** (k + 1), 0.0
    while x < FAR + k:
        steps += math.factorial(k) / x ** (k + 1)
        x += 1
    total = math.factorial(k) / (2 * x ** (k + 1))
    total += math.factorial(k - 1) / x**k if k else -math.log(x)
    for j, number in enumerate(BERNOULLI, start=1):
        rising = math.factorial(2 * j + k - 1) / math.factorial(2 * j)
        total += number * rising / x ** (2 * j + k)
    return sign * (steps + total)


def polygamma(k: int, x: Any) -> Any:
    """Return the derivative of order k of digamma, digamma itself for 0."""
    if type(x) is Dual:
        return Dual(polygamma(k, x.value), polygamma(k + 1, x.value) * x.slope, x.level)
    return _polygamma(k, x)


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


exp: Number = lifted(_of_both(math.exp, cmath.exp), lambda _, y: y)
log: Number = lifted(_of_both(_positive(math.log, "the logarithm"), cmath.log), lambda x, _: 1 / x)
sqrt: Number = lifted(
    _of_both(_positive(math.sqrt, "the root", zero=True), cmath.sqrt), lambda _, y: 0.5 / y
)
sin: Number = lifted(_of_both(math.sin, cmath.sin), lambda x, _: cos(x))
cos: Number = lifted(_of_both(math.cos, cmath.cos), lambda x, _: -sin(x))
tan: Number = lifted(_of_both(math.tan, cmath.tan), lambda _, y: 1 + y * y)
sinh: Number = lifted(_of_both(math.sinh, cmath.sinh), lambda x, _: cosh(x))
cosh: Number = lifted(_of_both(math.cosh, cmath.cosh), lambda x, _: sinh(x))
tanh: Number = lifted(_of_both(math.tanh, cmath.tanh), lambda _, y: 1 - y * y)
arctan: Number = lifted(_of_both(math.atan, cmath.atan), lambda x, _: 1 / (1 + x * x))
erf: Number = lifted(math.erf, lambda x, _: 2 / math.sqrt(math.pi) * exp(-x * x))
sigmoid: Number = lifted(_sigmoid, lambda _, y: y * (1 - y))
softplus: Number = lifted(
    lambda x: max(x, 0.0) + math.log1p(math.exp(-abs(x))), lambda x, _: sigmoid(x)
)
sign: Number = lifted(lambda x: float((x > 0) - (x < 0)), lambda *_: 0.0)
relu: Number = lifted(lambda x: max(x, 0.0), lambda x, _: 1.0 if primal(x) > 0 else 0.0)
digamma = partial(polygamma, 0)
lgamma: Number = lifted(math.lgamma, lambda x, _: digamma(x))


def _part(of: Callable[[Any], Any]) -> Callable[[Any], Any]:
    # A part of a complex number, which is linear over the real ones.
    def part(x: Any) -> Any:
        return Dual(part(x.value), part(x.slope), x.level) if type(x) is Dual else of(x)

    return part


conj: Number = _part(lambda x: x.conjugate())
re: Number = _part(lambda x: x.real)
im: Number = _part(lambda x: x.imag)


def modulus(x: Any) -> Any:
    """Return the absolute value."""
    if is_complex(x):
        a, b = re(x), im(x)
        return sqrt(a * a + b * b)
    return x * sign(x) if type(x) is Dual else abs(x)
