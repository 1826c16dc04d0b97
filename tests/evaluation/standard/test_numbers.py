"""Functions of a number have the values and the slopes of torch's or of SymPy's, on their whole domain."""

import math

import pytest
import sympy
import torch

from autodiff_notes.evaluation.standard import numbers
from autodiff_notes.evaluation.standard.duals import Dual, UndefinedError

AT = [1e-3, 0.1, 0.9, 1.0, 1.7, 3.0, 12.0, 40.0]


def test_the_numbers_of_bernoulli() -> None:
    """The coefficients of the series are those that SymPy computes."""
    exact = [float(sympy.bernoulli(2 * k)) for k in range(1, len(numbers.BERNOULLI) + 1)]
    assert list(numbers.BERNOULLI) == exact


@pytest.mark.parametrize("x", AT)
@pytest.mark.parametrize("k", range(5))
def test_polygamma(k: int, x: float) -> None:
    """The series and the steps up to it give SymPy's digits; torch has nine of order 1."""
    found = numbers.polygamma(k, Dual(x, 1.0, 1))
    exact = [float(sympy.polygamma(order, sympy.Float(x, 30)).evalf(20)) for order in (k, k + 1)]
    assert [found.value, found.slope] == pytest.approx(exact, rel=1e-13)


def test_digamma_steps_over_its_poles() -> None:
    """It is found for negative numbers, and refused at its poles."""
    at = torch.tensor(-2.3, dtype=torch.float64)
    assert numbers.digamma(-2.3) == pytest.approx(torch.digamma(at).item(), rel=1e-12)
    with pytest.raises(UndefinedError, match="a pole"):
        numbers.digamma(-2.0)


@pytest.mark.parametrize("x", [-800.0, -5.0, 0.0, 5.0, 800.0])
def test_sigmoid_and_softplus_do_not_overflow(x: float) -> None:
    """Both are finite far from zero, and the one is the slope of the other."""
    at = torch.tensor(x, dtype=torch.float64)
    found = numbers.softplus(Dual(x, 1.0, 1))
    assert found.value == pytest.approx(torch.nn.functional.softplus(at).item(), abs=1e-300)
    assert found.slope == numbers.sigmoid(x) == pytest.approx(torch.sigmoid(at).item(), rel=1e-14)


def test_what_a_function_does_not_have_is_undefined() -> None:
    """Roots and logarithms refuse negative numbers, and the root has no slope at zero."""
    for f in (numbers.log, numbers.sqrt):
        with pytest.raises(UndefinedError):
            f(-1.0)
    with pytest.raises(UndefinedError):
        numbers.log(0.0)
    assert numbers.sqrt(0.0) == 0
    with pytest.raises(ArithmeticError):
        numbers.sqrt(Dual(0.0, 1.0, 1))


def test_parts_of_complex_numbers() -> None:
    """Conjugate, parts and modulus are those of Python, and move with their argument."""
    z = Dual(3 + 4j, 1 - 2j, 1)
    assert (numbers.conj(z).value, numbers.conj(z).slope) == (3 - 4j, 1 + 2j)
    assert (numbers.re(z).slope, numbers.im(z).slope) == (1, -2)
    assert (numbers.modulus(z).value, numbers.modulus(z).slope) == (5, (3 - 8) / 5)
    assert numbers.exp(1j * math.pi) == pytest.approx(-1)
