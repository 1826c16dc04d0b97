"""What is to be derived is read, and refused where there is nothing to derive."""

import pytest

from autodiff_notes.deriving import NotSupported, terms
from autodiff_notes.deriving.problem import pose
from autodiff_notes.deriving.writing import write
from autodiff_notes.notation import NotationError


def test_a_matrix_is_laid_out_row_by_row() -> None:
    """A matrix-valued function becomes a vector."""
    problem = pose("X @ X", ("X in square(n)",), {})
    assert (problem.function, problem.value.kind) == ("vec(X @ X)", "v")


def test_names_are_terms_with_values() -> None:
    """A name stays a name, unless it names a variable or a number."""
    where = {"P": "X @ X", "Q": "X", "c": "2"}
    problem = pose("tr(P @ Q) * c", ("X in square(n)",), where)
    with terms.algebra() as now:
        f, names = problem.as_terms(now)
        assert write(f) == "2 * tr(X @ P)"
        assert names["Q"] is names["X"]
        assert names["X"] in now.moving


def test_one_more_name_is_another_problem() -> None:
    """The function is read again with the name."""
    problem = pose("x @ x", ("x in vector(n)",), {})
    assert problem.with_name("t", "x @ x").where["t"].source == "x @ x"
    assert not problem.where


@pytest.mark.parametrize(
    ("function", "variables", "error", "said"),
    [
        ("a @ a", ("constant a in vector(n)",), NotSupported, "every variable is constant"),
        ("d(x @ x)", ("x in vector(n)",), NotSupported, r"d\(...\) in a function"),
        ("x @ x", ("x in vector(n)", "x in vector(n)"), NotationError, "declared twice"),
        ("x @", ("x in vector(n)",), NotationError, "not an expression"),
    ],
)
def test_what_cannot_be_posed_is_refused(
    function: str, variables: tuple[str, ...], error: type[Exception], said: str
) -> None:
    """The message says what is missing, or where the text is wrong."""
    with pytest.raises(error, match=said):
        pose(function, variables, {})
