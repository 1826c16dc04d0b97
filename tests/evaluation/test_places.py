"""Sizes are different and fit, and places are as many as asked for."""

import pytest

from autodiff_notes.evaluation.places import bindings, label, places
from autodiff_notes.notation.sets import declare


def test_sizes_are_different_and_fit() -> None:
    """No matrix is square by chance, tall matrices are tall, and both orders of sizes occur."""
    tall = [declare("X in tall(m, n)")]
    assert all(b["m"] > b["n"] for b in bindings(tall, 3))
    free = bindings([declare("X in matrix(m, n)")], 3)
    assert len(free) == 3
    assert {b["m"] > b["n"] for b in free} == {True, False}
    three = bindings([declare("X in matrix(m, n)"), declare("Y in matrix(n, p)")], 3)
    assert all(len(set(b.values())) == 3 for b in three)
    assert [b["n"] for b in bindings([declare("X in square(n)")], 3)] == [2, 3, 4]


def test_places_are_as_many_as_asked_for() -> None:
    """Without symbols of sizes, the seeds make up for them; no places at all are refused."""
    declared = [declare("x in vector(n)")]
    assert [label(*p) for p in places(declared, 2, 2, 5)] == [
        "n = 2, seed 5",
        "n = 2, seed 6",
        "n = 4, seed 5",
        "n = 4, seed 6",
    ]
    assert list(places([declare("x in scalar()")], 3, 2)) == [({}, i) for i in range(6)]
    for sizes, seeds in ((0, 3), (3, 0)):
        with pytest.raises(ValueError, match="must be at least 1"):
            list(places(declared, sizes, seeds))
