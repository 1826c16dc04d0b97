"""Functions of a matrix undo each other, at every size of the matrix."""

from random import Random

import pytest
import torch

from autodiff_notes.evaluation.standard.arrays import entries, eye, matmul, scaled
from autodiff_notes.evaluation.standard.matrix_functions import (
    cosine,
    exponential,
    logarithm,
    root,
    sine,
    whole_power,
)
from autodiff_notes.evaluation.standard.samplers import SAMPLERS, gaussian


@pytest.mark.parametrize("size", [0.0, 1e-8, 1e-3, 0.04, 0.5, 3.0, 20.0])
def test_exponential(size: float) -> None:
    """It is torch's of two matrices at once, which is right for small ones as well."""
    A = scaled(size, gaussian(Random(2), 4, 4))
    pair = torch.tensor([A, A], dtype=torch.float64)
    theirs = torch.linalg.matrix_exp(pair)[0].flatten().tolist()
    largest = max(map(abs, theirs))
    assert list(entries(exponential(A))) == pytest.approx(theirs, abs=1e-12 * largest, rel=1e-10)


def test_sine_and_cosine() -> None:
    """Their squares add up to the identity."""
    A = gaussian(Random(5), 3, 3)
    S, C = sine(A), cosine(A)
    squares = zip(entries(matmul(S, S)), entries(matmul(C, C)), strict=True)
    total = [a + b for a, b in squares]
    assert total == pytest.approx(list(entries(eye(3))), abs=1e-11)


@pytest.mark.parametrize("size", [1e-3, 1.0, 50.0])
def test_root_and_logarithm(size: float) -> None:
    """The square of the root and the exponential of the logarithm are the matrix."""
    A = scaled(size, SAMPLERS["symmetric_positive_definite"](Random(1), 4))
    B = root(A)
    for again in (matmul(B, B), exponential(logarithm(A))):
        assert list(entries(again)) == pytest.approx(list(entries(A)), rel=1e-11, abs=1e-12 * size)


def test_whole_power() -> None:
    """A power is a product, of the inverse for a negative exponent, and the identity for none."""
    A = gaussian(Random(3), 3, 3)
    assert whole_power(A, 0) == eye(3)
    five = matmul(A, matmul(matmul(A, A), matmul(A, A)))
    assert list(entries(whole_power(A, 5))) == pytest.approx(list(entries(five)))
    unit = matmul(whole_power(A, -2), matmul(A, A))
    assert list(entries(unit)) == pytest.approx(list(entries(eye(3))), abs=1e-11)
