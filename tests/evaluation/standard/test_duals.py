"""Dual numbers carry slopes through arithmetic, also slopes of slopes."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from autodiff_notes.evaluation.standard.duals import (
    Dual,
    UndefinedError,
    new_level,
    power,
    primal,
    slope,
)

# A function, its derivative and its second derivative.
FUNCTIONS: list[tuple[Callable[[Any], Any], Callable[[float], float], Callable[[float], float]]] = [
    (lambda x: 3 - x * x * 2 + x, lambda x: 1 - 4 * x, lambda _: -4),
    (lambda x: 1 / x - x / 4, lambda x: -1 / x**2 - 0.25, lambda x: 2 / x**3),
    (lambda x: (x + 1) / (x - 3), lambda x: -4 / (x - 3) ** 2, lambda x: 8 / (x - 3) ** 3),
    (lambda x: power(x, 3), lambda x: 3 * x**2, lambda x: 6 * x),
    (lambda x: power(x, 0), lambda _: 0, lambda _: 0),
    (lambda x: power(x, -0.5), lambda x: -0.5 * x**-1.5, lambda x: 0.75 * x**-2.5),
    (
        lambda x: power(2.0, x),
        lambda x: math.log(2) * 2**x,
        lambda x: math.log(2) ** 2 * 2**x,
    ),
]


@pytest.mark.parametrize(("f", "first", "second"), FUNCTIONS)
@pytest.mark.parametrize("at", [0.7, 1.9])
def test_slopes(
    f: Callable[[Any], Any],
    first: Callable[[float], float],
    second: Callable[[float], float],
    at: float,
) -> None:
    """The slope of a function is its derivative, and the slope of the slope its second."""
    inner, outer = new_level(), new_level()
    value = f(Dual(at, 1.0, inner))
    assert primal(value) == f(at)
    assert slope(value, inner) == pytest.approx(first(at))
    twice = f(Dual(Dual(at, 1.0, inner), 1.0, outer))
    assert slope(slope(twice, outer), inner) == pytest.approx(second(at))


def test_levels_do_not_mix() -> None:
    """Along one direction, a number that moves along another is a constant, whichever is first."""
    one, two = new_level(), new_level()
    x, y = Dual(2.0, 1.0, one), Dual(5.0, 1.0, two)
    for product in (x * y, y * x):
        assert primal(slope(product, two)) == 2
        assert slope(slope(product, two), one) == 1
    for total in (x + y, y + x):
        assert slope(total, two) == 1
    assert slope(x / y, two).value == pytest.approx(-2 / 25)
    assert slope(y - x, one) == 0


@pytest.mark.parametrize("exponent", [0.5, -1.5])
def test_a_negative_number_has_whole_powers_alone(exponent: float) -> None:
    """Python would return a complex number."""
    assert power(-2.0, 3.0) == -8
    with pytest.raises(UndefinedError, match="a negative number to the power"):
        power(-2.0, exponent)
