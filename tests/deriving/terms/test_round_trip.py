"""Reading a text as a term, and writing it again, change no value."""

import pytest

from autodiff_notes import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.deriving import terms
from autodiff_notes.deriving.problem import pose
from autodiff_notes.deriving.writing import write
from autodiff_notes.evaluation.execution import execute
from autodiff_notes.notation.derivations import parse
from deriving.practice import PRACTICE, Practice


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
