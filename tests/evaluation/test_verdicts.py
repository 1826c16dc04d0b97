"""Lines are judged by numbers of Python, whichever engine gives them."""

from collections.abc import Mapping
from math import inf, nan
from typing import Any

import pytest

from autodiff_notes.evaluation.outcome import Execution
from autodiff_notes.evaluation.verdicts import Value, Verdict, gap, settled, verdicts
from autodiff_notes.notation import Expression
from autodiff_notes.notation.derivations import DerivationError, parse

TEXT = "x in vector(n)\nx\n= 2 * x\n= sum(x)\n\nsum(x)\n<= 3 * sum(x)"


class Listed:
    """A point at which the value of each line is given."""

    label = "here"

    def __init__(self, **values: Value) -> None:
        """Keep the values, by what the lines say."""
        self.values = values

    def evaluate(self, expression: Expression, **_: float) -> Value:
        """Return what was given."""
        return self.values[NAMES[expression.source.strip()]]

    def shown(self) -> Mapping[str, Any]:
        """Return no variables."""
        return {"n": 2}


NAMES = {"x": "first", "2 * x": "second", "sum(x)": "third", "3 * sum(x)": "fourth"}
RIGHT = {
    "first": Value((2,), [1.0, 2.0]),
    "second": Value((2,), [1.0, 2.0 + 2e-10]),
    "third": Value((), [1.0]),
    "fourth": Value((), [3.0]),
}


def test_gap_is_relative_to_the_largest_entry() -> None:
    """Complex entries count by their modulus, and what is small beside 1 counts as zero."""
    assert gap(Value((2,), [3.0, 4j]), Value((2,), [3.0, 3j])) == 0.25
    assert gap(Value((), [1e-9]), Value((), [-1e-9])) == pytest.approx(2e-6)
    assert gap(Value((0,), []), Value((0,), [])) == 0


def test_values_are_shown_as_lists() -> None:
    """A number, a list, and a list of rows."""
    assert Value((), [2.0]).nested == 2
    assert Value((2,), [1.0, 2.0]).nested == [1, 2]
    assert Value((2, 3), [1, 2, 3, 4, 5, 6]).nested == [[1, 2, 3], [4, 5, 6]]


def test_the_first_failing_point_is_kept() -> None:
    """A line that fails at the second point says so, and later points do not change it."""
    off = {**RIGHT, "second": Value((2,), [1.0, 2.1])}
    worse = {**RIGHT, "second": Value((2,), [9.0, 2.1])}
    found = list(verdicts(parse(TEXT), [Listed(**RIGHT), Listed(**off), Listed(**worse)], 1e-9))
    assert found[0] == Verdict(2, "")
    assert found[1].problem.startswith("line 3 does not equal the line before it")
    assert found[1].gap == pytest.approx(0.1 / 2.1)
    assert (found[1].point, found[1].values) == ("here", {"n": 2})
    assert found[1].sides == ([1.0, 2.0], [1.0, 2.1])
    assert found[2].problem == "line 4 has shape (), the line before it (2,) (here)"
    assert [v.holds for v in found[3:]] == [True, True]


@pytest.mark.parametrize("number", [nan, inf])
def test_what_is_not_finite_is_no_line(number: float) -> None:
    """It is named, and the next line is compared with the last that had a value."""
    off = Listed(**{**RIGHT, "second": Value((2,), [number, 1.0])})
    found = list(verdicts(parse("x in vector(n)\nx\n= 2 * x\n= x"), [off], 1e-9))
    assert found[1].problem == "line 3 is not finite (here)"
    assert found[2].holds


def test_all_that_holds_is_an_execution() -> None:
    """Relations and points are counted, and the largest gap is kept; the first problem is raised."""
    text = "x in vector(n)\nx\n= 2 * x\n\nsum(x)\n<= 3 * sum(x)"
    found = settled(parse(text), [Listed(**RIGHT)] * 2, 1e-9)
    assert found.gap == pytest.approx(1e-10, rel=1e-3)
    assert found == Execution(1, 1, 0, 2, found.gap)
    with pytest.raises(DerivationError, match="line 4 has shape") as caught:
        settled(parse(TEXT), [Listed(**RIGHT)], 1e-9)
    assert caught.value.line == 4
