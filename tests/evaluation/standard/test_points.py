"""Points are random, and the same for the same seed."""

import random

from autodiff_notes.evaluation.standard.points import points
from autodiff_notes.notation import read
from autodiff_notes.notation.sets import declare


def test_points_differ_and_can_be_drawn_again() -> None:
    """Points differ by size and seed; the same seed gives the same point, and no other is moved."""
    declarations = [declare("X in square(n)"), declare("constant z in complex_vector(n)")]
    before = random.getstate()
    first, again = (list(points(declarations, 3, 3)) for _ in range(2))
    assert random.getstate() == before
    assert len({point.label for point in first}) == 9
    assert [p.shown() for p in first] == [p.shown() for p in again]
    assert next(points(declarations, 3, 3, first_seed=3)).shown() != first[0].shown()
    assert all(set(point.scope.tangents) == {"X"} for point in first)


def test_a_value_that_does_not_exist_is_no_number() -> None:
    """A logarithm of a negative number, and a division by zero, are not finite."""
    (point,) = points([declare("x in positive_scalar()")], 1, 1)
    for text in ("log(-x)", "1 / (x - x)", "(-x) ** 0.5", "exp(x * 1000 * 1000)"):
        (entry,) = point.evaluate(read(text, {"x": "s"})).entries
        assert entry != entry  # noqa: PLR0124 - not a number
