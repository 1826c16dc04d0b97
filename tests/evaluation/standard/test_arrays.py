"""Lists and lists of rows are vectors and matrices, and sizes that do not fit are refused."""

from operator import add

import pytest

from autodiff_notes.evaluation.standard.arrays import combined, dot, entries, matmul, rank, shape


def test_ranks_and_shapes() -> None:
    """A number, a list, and a list of rows."""
    assert [rank(a) for a in (1.0, [1.0], [[1.0]], [])] == [0, 1, 2, 1]
    assert [shape(a) for a in (1.0, [1.0], [[1.0, 2.0]], [])] == [(), (1,), (1, 2), (0,)]
    assert list(entries([[1, 2], [3, 4]])) == [1, 2, 3, 4]


def test_products() -> None:
    """A vector to the left is a row; the sum over no index vanishes in a product."""
    A = [[1, 2], [3, 4]]
    assert (matmul(A, [1, 1]), matmul([1, 1], A), matmul([1, 2], [3, 4])) == ([3, 7], [4, 6], 11)
    assert matmul(A, A) == [[7, 10], [15, 22]]
    assert matmul(0, A) == 0


def test_sizes_that_do_not_fit() -> None:
    """Nothing is cut or repeated, other than a number."""
    assert combined(add, [[1], [2]], 3) == [[4], [5]]
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        combined(add, [1, 2], [1])
    with pytest.raises(ValueError, match="sizes 2 and 1 do not fit"):
        dot([1, 2], [1])
    with pytest.raises(ValueError, match="sizes 2 and 3 do not fit"):
        matmul([[1, 0], [0, 1]], [[1], [2], [3]])
    with pytest.raises(ValueError, match="a number in a matrix product"):
        matmul(2, [1])
