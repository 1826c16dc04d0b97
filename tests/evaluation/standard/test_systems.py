"""Linear systems are solved, with their slopes, and singular ones are refused."""

from random import Random
from typing import Any

import pytest

from autodiff_notes.evaluation.standard.arrays import entries, eye, matmul, transpose
from autodiff_notes.evaluation.standard.duals import Dual, UndefinedError
from autodiff_notes.evaluation.standard.samplers import SAMPLERS, gaussian
from autodiff_notes.evaluation.standard.systems import (
    cholesky,
    cofactors,
    determinant,
    inverse,
    pseudoinverse,
    solve,
    sylvester,
)


def close(A: Any, B: Any) -> bool:
    """Whether all entries agree to rounding."""
    return all(abs(a - b) < 1e-11 for a, b in zip(entries(A), entries(B), strict=True))


@pytest.mark.parametrize("n", [1, 2, 5])
def test_a_zero_in_the_corner_is_no_obstacle(n: int) -> None:
    """Rows change places where a pivot vanishes."""
    A = gaussian(Random(n), n + 1, n + 1)
    A[0][0] = 0.0
    assert close(matmul(inverse(A), A), eye(n + 1))
    assert close(
        matmul(A, transpose(cofactors(A))), [[determinant(A) * e for e in r] for r in eye(n + 1)]
    )


def test_singular_matrices() -> None:
    """They have no inverse and no Cholesky factor, and their determinant has a slope all the same."""
    A = [[1.0, 2.0], [2.0, 4.0]]
    assert determinant(A) == 0
    assert determinant([[Dual(1.0, 1.0, 1), 2.0], [2.0, 4.0]]).slope == 4
    assert determinant([[Dual(0.0, 1.0, 1), 0.0], [0.0, 3.0]]).slope == 3
    assert determinant([[Dual(0.0, 1.0, 1), 0.0], [0.0, 0.0]]).slope == 0
    heads: list[list[list[Any]]] = [[], [[2.0, 0.0, 0.0]]]
    for k, left in enumerate(heads, 2):  # of second slopes nothing is lost
        s, t = Dual(0.0, 1.0, 1), Dual(0.0, 1.0, 2)
        rows: list[list[Any]] = [*left, [0.0] * (k - 2) + [0.0, s], [0.0] * (k - 2) + [t, 0.0]]
        assert determinant(rows).slope.slope == (-2 if left else -1)
        rows = [*left, [0.0] * (k - 2) + [s, 0.0], [0.0] * (k - 2) + [0.0, t]]
        assert determinant(rows).slope.slope == (2 if left else 1)
    for refuse in (inverse, cholesky, pseudoinverse):
        with pytest.raises(UndefinedError):
            refuse([[0.0, 0.0], [0.0, 0.0]])
    with pytest.raises(UndefinedError, match=r"^the inverse of a singular matrix$"):
        inverse(A)
    with pytest.raises(
        UndefinedError, match=r"^the Cholesky factor of a matrix that is not definite$"
    ):
        cholesky([[1.0, 0.0], [0.0, -1.0]])
    with pytest.raises(UndefinedError, match=r"^the pseudoinverse of a matrix without full rank$"):
        pseudoinverse(A)


def test_sizes_that_do_not_fit() -> None:
    """They are refused, not cut."""
    with pytest.raises(ValueError, match="the system is not square"):
        solve([[1.0, 2.0]], [1.0])
    with pytest.raises(ValueError, match="a matrix that is not square"):
        determinant([[1.0, 2.0]])


@pytest.mark.parametrize("shape", [(2, 4), (4, 2), (3, 3)])
def test_pseudoinverse(shape: tuple[int, int]) -> None:
    """Penrose's conditions hold, for complex matrices as well."""
    for draw in (gaussian, SAMPLERS["complex_normal"]):
        A = draw(Random(1), *shape)
        P = pseudoinverse(A)
        assert close(matmul(A, matmul(P, A)), A)
        assert close(matmul(P, matmul(A, P)), P)


def test_sylvester_equation_is_solved_for_slopes_as_well() -> None:
    """What comes out solves AX + XB = C, with dual numbers in all three."""
    random = Random(3)

    def moving(A: Any) -> Any:
        return [[Dual(a, random.gauss(0, 1), 1) for a in row] for row in A]

    A, B = (moving(SAMPLERS["positive_definite"](random, n)) for n in (3, 2))
    C = moving(gaussian(random, 3, 2))
    X = sylvester(A, B, C)
    for found, wanted in zip(
        entries(
            [
                [a + b for a, b in zip(*r, strict=True)]
                for r in zip(matmul(A, X), matmul(X, B), strict=True)
            ]
        ),
        entries(C),
        strict=True,
    ):
        assert found.value == pytest.approx(wanted.value)
        assert found.slope == pytest.approx(wanted.slope)
