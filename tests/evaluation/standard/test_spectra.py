"""Rotations find eigenvalues and singular values, also where they coincide."""

from random import Random

import pytest

from autodiff_notes.evaluation.standard.arrays import entries, eye, matmul, transpose
from autodiff_notes.evaluation.standard.duals import Dual, UndefinedError
from autodiff_notes.evaluation.standard.samplers import SAMPLERS, gaussian
from autodiff_notes.evaluation.standard.spectra import perron, singular, symmetric
from autodiff_notes.evaluation.standard.words import WORDS


@pytest.mark.parametrize("n", [1, 2, 5, 8])
def test_symmetric(n: int) -> None:
    """Values ascend, vectors are orthonormal, and together they are the matrix."""
    A = SAMPLERS["symmetric"](Random(n), n)
    values, V = symmetric(A)
    assert values == sorted(values)
    again = matmul(matmul(V, WORDS["Diag"](values)), transpose(V))
    assert list(entries(again)) == pytest.approx(list(entries(A)), abs=1e-13)
    unit = list(entries(matmul(transpose(V), V)))
    assert unit == pytest.approx(list(entries(eye(n))), abs=1e-14)


@pytest.mark.parametrize("shape", [(1, 1), (2, 5), (5, 2), (4, 4)])
def test_singular(shape: tuple[int, int]) -> None:
    """Values descend, and are found with their vectors."""
    A = gaussian(Random(7), *shape)
    U, s, V = singular(A)
    assert s == sorted(s, reverse=True)
    again = matmul(matmul(U, WORDS["Diag"](s)), transpose(V))
    assert list(entries(again)) == pytest.approx(list(entries(A)), abs=1e-13)


def test_coinciding_values() -> None:
    """The identity has its eigenvalues, whose sum has a slope."""
    A = [[Dual(1.0, 3.0, 1), Dual(0.0, 1.0, 1)], [Dual(0.0, 1.0, 1), Dual(1.0, 4.0, 1)]]
    values, _ = symmetric(A)
    assert [value.value for value in values] == [1, 1]
    assert (values[0] + values[1]).slope == 7
    zero = [[Dual(0.0, 3.0, 1), Dual(0.0, 1.0, 1)], [Dual(0.0, 1.0, 1), Dual(0.0, 4.0, 1)]]
    values, _ = symmetric(zero)
    assert [value.value for value in values] == [0, 0]
    assert (values[0] + values[1]).slope == 7
    with pytest.raises(UndefinedError, match="the singular value zero"):
        singular([[0.0, 0.0], [0.0, 1.0]])


def test_perron() -> None:
    """The eigenvalue of largest real part, of a matrix that turns as well."""
    value, v = perron([[0.0, 2.0, 0.0], [0.0, 0.0, 2.0], [2.0, 0.0, 0.0]])
    assert value == pytest.approx(2)
    assert v == pytest.approx([3**-0.5] * 3)


@pytest.mark.parametrize("diagonal", [(1, 3), (1, 2, 3, 4), (4, 3, 2, 1), (5, 1, 1, 1, 4.9)])
def test_the_largest_of_several_values_is_found(diagonal: tuple[float, ...]) -> None:
    """From far away, powers of the matrix come near the largest eigenvalue, and steps make it exact."""
    A = [[0.01 + a * (i == j) for j in range(len(diagonal))] for i, a in enumerate(diagonal)]
    value, v = perron(A)
    assert value > max(diagonal)
    assert matmul(A, v) == pytest.approx([value * a for a in v], rel=1e-12)
    assert sum(a * a for a in v) == pytest.approx(1, rel=1e-12)
