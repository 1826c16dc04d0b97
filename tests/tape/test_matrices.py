"""The small matrices compute what torch computes."""

from collections.abc import Callable

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor
from torch.testing import assert_close

from autodiff_notes.tape.matrices import (
    Matrix,
    determinant,
    identity,
    inner,
    inverse,
    log_determinant,
    trace,
)


def tensor(A: Matrix) -> Tensor:
    """Return a small matrix as torch has it."""
    return torch.tensor(A, dtype=torch.float64)


def matrices(rows: int, columns: int) -> st.SearchStrategy[Matrix]:
    """Draw matrices of one shape with entries of at most 4."""
    row = st.lists(st.floats(-4, 4), min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows).map(Matrix)


def column(entries: list[float]) -> Matrix:
    """Return a matrix with one column."""
    return Matrix([entry] for entry in entries)


sizes = st.integers(1, 4)


@given(data=st.data(), m=sizes, n=sizes, k=sizes)
def test_operators(data: st.DataObject, m: int, n: int, k: int) -> None:
    """Every operator gives torch's result, for all shapes that fit."""
    A, B, C = (data.draw(matrices(*shape)) for shape in [(m, n), (m, n), (n, k)])
    assert_close(tensor(A + B), tensor(A) + tensor(B))
    assert_close(tensor(A - B), tensor(A) - tensor(B))
    assert_close(tensor(-A), -tensor(A))
    assert_close(tensor(3 * A), 3 * tensor(A))
    assert_close(tensor(A / 3), tensor(A) / 3)
    assert_close(tensor(A @ C), tensor(A) @ tensor(C))
    assert_close(tensor(A.T), tensor(A).mT)
    assert inner(A, B) == pytest.approx((tensor(A) * tensor(B)).sum().item(), abs=1e-12)
    assert A.shape == (m, n)


@given(data=st.data(), n=sizes)
def test_square_matrices(data: st.DataObject, n: int) -> None:
    """Trace, determinant and inverse are torch's; a well-conditioned matrix keeps its digits."""
    A = data.draw(matrices(n, n)) + 20 * identity(n)
    assert trace(A) == pytest.approx(tensor(A).trace().item())
    assert determinant(A) == pytest.approx(tensor(A).det().item())
    assert log_determinant(A) == pytest.approx(tensor(A).logdet().item())
    assert_close(tensor(inverse(A)), tensor(A).inverse())


def test_a_matrix_is_written_as_the_call_that_makes_it() -> None:
    """What Python shows of a matrix makes an equal one."""
    A = Matrix([[1, -2.5], [0, 3]])
    assert eval(repr(A), {"Matrix": Matrix}) == A


def test_rows_change_places() -> None:
    """A zero in the corner is no obstacle: the largest pivot comes first, and the sign follows."""
    A = Matrix([[0, 2], [1, 0]])
    assert determinant(A) == -2
    assert inverse(A) == Matrix([[0, 1], [0.5, 0]])


def test_a_singular_matrix_has_no_inverse() -> None:
    """Its determinant is zero, and asking for the inverse says so."""
    A = Matrix([[1, 2], [2, 4]])
    assert determinant(A) == 0
    with pytest.raises(ZeroDivisionError, match=r"^a matrix of determinant 0 has no inverse$"):
        inverse(A)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: Matrix([]), "at least one entry$"),
        (lambda: Matrix([[1, 2], [3]]), "rows of one length"),
        (lambda: column([1, 2]) @ column([1, 2]), "2 by 1 @ 2 by 1: the inner sizes differ"),
        (lambda: column([1, 2]) + column([1, 2, 3]), "one matrix is 2 by 1, the other 3 by 1"),
        (lambda: trace(column([1, 2])), "2 by 1, not square"),
    ],
)
def test_shapes_that_do_not_fit(wrong: Callable[[], object], message: str) -> None:
    """A shape that does not fit is refused, in words."""
    with pytest.raises(TypeError, match=message):
        wrong()
