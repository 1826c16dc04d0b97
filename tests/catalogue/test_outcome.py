"""The outcome of a verification says whether it holds, and how many lines were executed."""

import pytest

from autodiff_notes.catalogue.outcome import Verification
from autodiff_notes.evaluation.outcome import Execution


@pytest.mark.parametrize(("problem", "holds"), [("", True), ("off by 0.5 for X", False)])
def test_what_has_a_problem_does_not_hold(problem: str, holds: bool) -> None:
    """A problem of any kind is enough."""
    assert Verification("log-det", problem=problem).holds is holds


@pytest.mark.parametrize(("derivation", "lines"), [(None, 0), (Execution(3, 2, 1, 9, 0.0), 6)])
def test_executed_lines_are_those_of_the_derivation(
    derivation: Execution | None, lines: int
) -> None:
    """Equalities, inequalities and approximations count alike; without a derivation there are none."""
    assert Verification("log-det", derivation=derivation).executed == lines
