"""The outcome of an execution is told in words."""

import re

import pytest

from autodiff_notes.evaluation.execution import execute
from autodiff_notes.notation.derivations import parse
from derivations import HOLDS, LOG_DET


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        (LOG_DET, r"2 equalities, each at 9 random points; largest relative gap \de-1\d"),
        ("X in spd(n)\ntr(X)\n= tr(X)", r"1 equality, at 9 random points; .* gap 0"),
        (HOLDS["inequality"], "3 inequalities, each at 9 random points"),
        (
            "x in small()\nexp(x)\n≈ 1 + x up to O(x**2)",
            "1 approximation, at 9 random points",
        ),
        (HOLDS["approximation"], "1 equality and 3 approximations, each at 9 random points; .*"),
    ],
)
def test_summary(text: str, summary: str) -> None:
    """The report says in words what was checked."""
    assert re.fullmatch(summary, execute(parse(text)).summary)


@pytest.mark.parametrize(
    ("text", "lines"), [(LOG_DET, 2), (HOLDS["inequality"], 3), (HOLDS["approximation"], 4)]
)
def test_every_line_that_was_compared_is_counted(text: str, lines: int) -> None:
    """Equalities, inequalities and approximations count alike."""
    assert execute(parse(text)).executed == lines
