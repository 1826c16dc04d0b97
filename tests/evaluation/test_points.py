"""Points are random, and the same for the same seed."""

import pytest
import torch

from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.evaluation.points import by_free_entries, points, tangent
from autodiff_notes.notation import compiled, read
from autodiff_notes.notation.sets import declare


def test_points_differ_and_can_be_drawn_again() -> None:
    """Points differ by size and seed, and the same seed gives the same point."""
    declarations = [declare("X in square(n)")]
    first = list(points(declarations, 3, 3))
    again = list(points(declarations, 3, 3))
    assert len({point.label for point in first}) == 9
    assert all(torch.equal(a.values["X"], b.values["X"]) for a, b in zip(first, again, strict=True))
    other = next(points(declarations, 3, 3, first_seed=3))
    assert not torch.equal(other.values["X"], first[0].values["X"])
    assert len(list(points([declare("x in scalar()")], 3, 3))) == 9


def test_expression_is_a_function_that_can_be_differentiated() -> None:
    """At a point, an expression is a function of the variables that one names."""
    declarations = [declare("X in positive_determinant(n)"), declare("a in scalar()")]
    kinds = {"X": "M", "a": "s", "n": "k"}
    f, gradient = (compiled(read(s, kinds)) for s in ("a * logdet(X) + n", "a * inv(X).mT"))
    for point in points(declarations, 2, 2):
        X = point.values["X"].requires_grad_()
        here, claimed = point.function(f, "X"), point.function(gradient, "X")
        assert check_gradient(here, claimed, X)
        assert not check_gradient(here, lambda X, claimed=claimed: claimed(X).mT, X)


def test_points_in_single_precision() -> None:
    """Points come in the type that is asked for."""
    (point,) = points(
        [declare("X in spd(n)"), declare("z in complex_scalar()")], 1, 1, 0, torch.float32
    )
    assert (point.values["X"].dtype, point.values["z"].dtype) == (torch.float32, torch.complex64)


@pytest.mark.parametrize(
    ("structure", "moved"),
    [
        ("symmetric", [[1.0, 4.0], [4.0, 8.0]]),
        ("diagonal", [[1.0, 0.0], [0.0, 8.0]]),
    ],
)
def test_free_entries_move_the_others(structure: str, moved: list[list[float]]) -> None:
    """What is tied to a free entry moves with it, and nothing else counts."""
    V = torch.tensor([[1.0, 0.0], [4.0, 8.0]], dtype=torch.float64)
    assert by_free_entries(structure, V).tolist() == moved


@pytest.mark.parametrize(
    ("said", "moved"),
    [
        ("X in square(n)", [[1.0, 2.0], [4.0, 8.0]]),
        ("X in symmetric(n)", [[1.0, 3.0], [3.0, 8.0]]),
        ("X in skew_symmetric(n)", [[0.0, -1.0], [1.0, 0.0]]),
        ("X in diagonal(n)", [[1.0, 0.0], [0.0, 8.0]]),
        ("X in lower_triangular(n)", [[1.0, 0.0], [4.0, 8.0]]),
    ],
)
def test_a_direction_is_the_nearest_within_a_set(said: str, moved: list[list[float]]) -> None:
    """A direction loses what would lead out of its set, and keeps the rest."""
    V = torch.tensor([[1.0, 2.0], [4.0, 8.0]], dtype=torch.float64)
    assert tangent(declare(said).domain, torch.eye(2, dtype=torch.float64), V).tolist() == moved
