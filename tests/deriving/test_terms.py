"""The normal form: what it makes one term of, and that reading and writing change no value."""

import pytest

from autodiff_notes import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.deriving import terms
from autodiff_notes.deriving.problem import pose
from autodiff_notes.deriving.reading import read_term
from autodiff_notes.deriving.writing import write
from autodiff_notes.evaluation.execution import execute
from autodiff_notes.notation.derivations import parse
from deriving.practice import PRACTICE, Practice

GIVEN = (
    "x, y in vector(n)",
    "A, B in square(n)",
    "S in spd(n)",
    "s, t in scalar()",
    "Y in matrix(m, n)",
    "z in vector(m)",
    "k in natural()",
)


def both(left: str, right: str) -> tuple[terms.Term, terms.Term]:
    """Return two texts as terms of one algebra."""
    with terms.algebra() as now:
        _, names = pose("t", GIVEN, {}).as_terms(now)
        return read_term(left, names), read_term(right, names)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("x + y", "y + x"),
        ("x @ A @ y", "y @ A.mT @ x"),
        ("x @ S @ y", "y @ S @ x"),
        ("(A @ B).mT", "B.mT @ A.mT"),
        ("2 * x @ (3 * y)", "6 * (x @ y)"),
        ("A @ outer(x, y) @ B", "outer(A @ x, B.mT @ y)"),
        ("tr(A @ B)", "tr(B @ A)"),
        ("tr(A @ B)", "tr(B.mT @ A.mT)"),
        ("tr(outer(x, y))", "x @ y"),
        ("Diag(x) @ y", "x * y"),
        ("norm(x) ** 2", "x @ x"),
        ("x / norm(x) * norm(x)", "x"),
        ("sqrt(x) * sqrt(x)", "x"),
        ("sum(x * y)", "x @ y"),
        ("mean(x)", "sum(x) / n"),
        ("matrix_power(A, 2)", "A @ A"),
        ("I(n) @ A", "A"),
        ("inner(A, outer(x, y))", "x @ A @ y"),
        ("sum(s * A for i in range(n))", "n * s * A"),
        ("S.mT", "S"),
        ("inv(S).mT", "inv(S)"),
        ("A - A", "zeros(n, n)"),
        ("(s + t) - t - s", "0 * s"),
        ("basis(0, n) @ x", "x[0]"),
        ("matrix_power(A, k) @ A", "matrix_power(A, k + 1)"),
    ],
)
def test_what_is_equal_is_one_term(left: str, right: str) -> None:
    """Two ways to write a thing are read as one object."""
    first, second = both(left, right)
    assert first is second


@pytest.mark.parametrize(
    ("left", "right"),
    [("A @ B", "B @ A"), ("A", "A.mT"), ("x @ A @ y", "x @ A.mT @ y"), ("sqrt(s ** 2)", "s")],
)
def test_what_differs_is_not_one_term(left: str, right: str) -> None:
    """No law makes one of what is not equal."""
    first, second = both(left, right)
    assert first is not second


def round_trip(function: str, variables: tuple[str, ...], where: dict[str, str]) -> str:
    """Return a derivation that says that a function equals what is written for its term."""
    problem = pose(function, variables, where)
    with terms.algebra() as now:
        f, _ = problem.as_terms(now)
        text = write(f)
    names = [f"where {name} = {value}" for name, value in where.items()]
    return "\n".join([*variables, *names, "", problem.function, f"= {text}"])


@pytest.mark.parametrize("entry", catalogue.values(), ids=lambda entry: entry.name)
def test_a_function_of_the_catalogue_survives_reading_and_writing(entry: Entry) -> None:
    """A text, read as a term and written again, has the same value."""
    execute(parse(round_trip(entry.function, entry.variables, dict(entry.where))), sizes=1, seeds=2)


@pytest.mark.parametrize("row", PRACTICE, ids=lambda row: row.name)
def test_a_function_from_practice_survives_reading_and_writing(row: Practice) -> None:
    """A text, read as a term and written again, has the same value, and is then written alike."""
    text = round_trip(row.function, row.variables, row.where)
    execute(parse(text), sizes=1, seeds=2)
