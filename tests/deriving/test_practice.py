"""Functions that people differentiate for a living are derived, and their gradients verified."""

import re
from pathlib import Path

import pytest

from autodiff_notes import catalogue
from autodiff_notes.deriving import derive
from deriving.practice import PRACTICE, Practice


@pytest.mark.parametrize("row", PRACTICE, ids=lambda row: row.name)
def test_a_function_from_practice_is_derived(row: Practice) -> None:
    """The gradient holds against both witnesses, and every equals sign of the text holds."""
    found = derive(row.function, row.variables, where=row.where)
    verified = found.verify(sizes=2, seeds=1)
    assert verified.holds, f"{verified.problem}\n{found}"


RECORD = Path(__file__).parents[2] / "docs" / "derive" / "comparison.txt"


def test_the_recorded_comparison_is_of_these_functions() -> None:
    """The page on deriving shows a run over the catalogue and the practice that there are."""
    counts = dict(
        re.findall(r"^(catalogue|practice): (\d+) functions, ", RECORD.read_text(), re.MULTILINE)
    )
    assert counts == {"catalogue": str(len(catalogue)), "practice": str(len(PRACTICE))}
