"""Functions that people differentiate for a living are derived, and their gradients verified."""

import pytest

from autodiff_notes.deriving import derive
from deriving.practice import PRACTICE, Practice


@pytest.mark.parametrize("row", PRACTICE, ids=lambda row: row.name)
def test_a_function_from_practice_is_derived(row: Practice) -> None:
    """The gradient holds against both witnesses, and every equals sign of the text holds."""
    found = derive(row.function, row.variables, where=row.where)
    verified = found.verify(sizes=2, seeds=1)
    assert verified.holds, f"{verified.problem}\n{found}"
