"""Dual numbers: a value together with its slope along one direction.

Every operation takes both, so that an algorithm which is run on dual numbers returns the derivative
of what it computes, and needs no rule for it. A number of one level is constant for the others;
parts may be dual numbers of lower levels, which is how second derivatives come out.

>>> x = Dual(3.0, 1.0, level=1)
>>> (x * x + 1 / x).slope
5.888888888888889
"""

from collections.abc import Callable
from itertools import count
from typing import Any

__all__ = ["Dual", "UndefinedError", "lifted", "new_level", "power", "primal", "slope"]

new_level = count(1).__next__
"""Return a level above all that there are."""


class UndefinedError(ArithmeticError):
    """A value that a function does not have at a point, such as the logarithm of zero."""


class Dual:
    """A number with its slope; numbers of Python and of lower levels count as constants.

    Attributes
    ----------
    value, slope : float or complex or Dual
        Both parts.
    level : int
        Which direction it belongs to.
    """

    __slots__ = ("level", "slope", "value")

    def __init__(self, value: Any, slope: Any, level: int) -> None:
        """Keep the parts."""
        self.value, self.slope, self.level = value, slope, level

    def __add__(self, other: Any) -> "Dual":
        """Return the sum."""
        if type(other) is Dual:
            if other.level == self.level:
                return Dual(self.value + other.value, self.slope + other.slope, self.level)
            if other.level > self.level:
                return Dual(self + other.value, other.slope, other.level)
        return Dual(self.value + other, self.slope, self.level)

    __radd__ = __add__

    def __neg__(self) -> "Dual":
        """Return the number with the other sign."""
        return Dual(-self.value, -self.slope, self.level)

    def __sub__(self, other: Any) -> Any:
        """Return the difference."""
        return self + -other

    def __rsub__(self, other: Any) -> Any:
        """Return the difference from another number."""
        return -self + other

    def __mul__(self, other: Any) -> "Dual":
        """Return the product."""
        if type(other) is Dual:
            if other.level == self.level:
                slope = self.value * other.slope + self.slope * other.value
                return Dual(self.value * other.value, slope, self.level)
            if other.level > self.level:
                return Dual(self * other.value, self * other.slope, other.level)
        return Dual(self.value * other, self.slope * other, self.level)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        """Return the quotient."""
        if type(other) is Dual:
            return self * (1.0 / other)
        return Dual(self.value / other, self.slope / other, self.level)

    def __rtruediv__(self, other: Any) -> "Dual":
        """Return another number divided by this one."""
        value = other / self.value
        return Dual(value, -value * self.slope / self.value, self.level)


def primal(x: Any) -> Any:
    """Return the value alone, without any slope."""
    while type(x) is Dual:
        x = x.value
    return x


def slope(x: Any, level: int) -> Any:
    """Return the slope along the direction of a level, zero for what does not depend on it."""
    return x.slope if type(x) is Dual and x.level == level else 0.0


def lifted(f: Callable[[Any], Any], derivative: Callable[[Any, Any], Any]) -> Callable[[Any], Any]:
    """Return a function of numbers as one of dual numbers, too.

    Parameters
    ----------
    f : callable
        The function of a number of Python.
    derivative : callable
        Its derivative, of the argument and of the value of f there.
    """

    def of(x: Any) -> Any:
        if type(x) is Dual:
            y = of(x.value)
            return Dual(y, derivative(x.value, y) * x.slope, x.level)
        return f(x)

    return of


def power(a: Any, b: Any) -> Any:
    """Return a power; of a negative number only a whole one."""
    if type(b) is Dual:
        from autodiff_notes.evaluation.standard.numbers import exp, log  # noqa: PLC0415 - a circle

        return exp(b * log(a))
    if type(a) is Dual:
        rest = power(a.value, b - 1) if b else 0.0
        return Dual(power(a.value, b), b * rest * a.slope, a.level)
    if isinstance(a, int | float) and a < 0 and b != int(b):
        raise UndefinedError(f"a negative number to the power {b}")
    return a**b
