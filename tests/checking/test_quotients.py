"""Each difference quotient is as good as its own estimate says."""

import math
from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from autodiff_notes.checking.quotients import Neighbourhood, Quotients, rays, scales, size_of
from autodiff_notes.evaluation.differences import step_for

SLOPES: dict[str, tuple[Callable[[Tensor], Tensor], Callable[[Tensor], Tensor], list[float]]] = {
    "exp": (lambda x: x.exp().sum(), torch.exp, [0.3, -2.0]),
    "capacitor": (
        lambda C: torch.exp(-1e-9 / C).sum(),
        lambda C: 1e-9 / C**2 * torch.exp(-1e-9 / C),
        [1e-9],
    ),
    "fast wave": (lambda x: (1e6 * x).sin().sum(), lambda x: 1e6 * (1e6 * x).cos(), [1.0, 2.0]),
    "far away": (lambda x: x.sin().sum(), torch.cos, [1e6]),
    "pole nearby": (lambda x: (1 / x).sum(), lambda x: -1 / x**2, [1e-9]),
    "scales": (
        lambda x: 1e12 * x[0] + x[1] ** 2,
        lambda x: torch.stack([1e12 + 0 * x[0], 2 * x[1]]),
        [1.0, 3.0],
    ),
}


@pytest.mark.parametrize("name", SLOPES)
def test_error_is_estimated(name: str) -> None:
    """A slope is off by no more than its estimated error, which is small where digits allow it."""
    f, slope, point = SLOPES[name]
    x = torch.tensor(point, dtype=torch.float64)
    found = Neighbourhood(f, x).quotients()
    gap = (found.slopes[:, 0] - slope(x)).abs()
    assert bool((gap <= found.errors[:, 0] + 1e-9 * slope(x).abs()).all()), (gap, found)
    assert bool((found.errors[0, 0] <= 1e-3 * slope(x)[0].abs()).all()), found


def test_each_value_is_computed_once() -> None:
    """Four values an entry and the centre suffice for a smooth function, and none if it is known."""
    calls: list[int] = []

    def f(x: Tensor) -> Tensor:
        calls.append(1)
        return x.exp().sum()

    x = torch.tensor([0.1, 0.2, 0.3], dtype=torch.float64)
    around = Neighbourhood(f, x)
    around.quotients()
    around.quotients()
    assert len(calls) == 1 + 4 * len(x)
    known = Neighbourhood(f, x, centre=f(x))
    assert len(calls) == 2 + 4 * len(x)
    assert torch.equal(known.value(0, 0), around.value(0, 0))


def test_given_step_is_the_step() -> None:
    """With a step of the caller's, no other is tried, and the quotient is that of order four."""
    x = torch.tensor([1.0], dtype=torch.float64)
    seen: list[float] = []

    def f(x: Tensor) -> Tensor:
        seen.append(x.item() - 1)
        return x.exp().sum()

    found = Neighbourhood(f, x, step=0.25).quotients()
    assert sorted(round(s, 6) for s in seen) == [-0.5, -0.25, 0, 0.25, 0.5]
    assert 1e-4 < abs(found.slopes.item() - torch.e) < found.errors.item()


def test_directions_are_in_units_of_the_entries() -> None:
    """A direction moves each entry by about its own size; a slope along it is its inner product."""
    x = torch.tensor([1e-9, 1.0, 1e9], dtype=torch.float64)
    axes = rays(x, 200, torch.Generator().manual_seed(0))
    sizes = torch.stack(axes).double().square().mean(0).sqrt()
    assert bool((sizes / scales(x) - 1).abs().max() < 0.2)
    a = torch.tensor([3e9, 2.0, -1e-9], dtype=torch.float64)
    found = Neighbourhood(lambda x: a @ x, x, axes=axes[:2]).quotients()
    expected = torch.stack([ray.double() @ a for ray in axes[:2]])
    assert torch.allclose(found.slopes[:, 0], expected, rtol=1e-8)


@pytest.mark.parametrize("scale", [1e-200, 1e-12, 1.0, 1e12, 1e200])
def test_size_of_any_scale(scale: float) -> None:
    """The typical size neither overflows nor vanishes, and that of zeros is one."""
    x = torch.tensor([3.0, -4.0], dtype=torch.float64)
    assert size_of(scale * x) == pytest.approx(scale * 12.5**0.5)
    assert size_of(0 * x) == 1
    (ray,) = rays(scale * x, 1, torch.Generator().manual_seed(0))
    assert bool(ray.isfinite().all())
    assert bool((ray != 0).all())


def test_function_that_fails_everywhere_raises() -> None:
    """Where f fails at every step, its own error is told."""

    def f(x: Tensor) -> Tensor:
        if x.item() != 1:
            raise ValueError("only at one")
        return x.sum()

    with pytest.raises(ValueError, match="only at one"):
        Neighbourhood(f, torch.ones(1, dtype=torch.float64)).quotients()


ONE = torch.ones(1, dtype=torch.float64)
STEP = step_for(torch.float64, order=2)


def test_quotient_of_a_fourth_power() -> None:
    """Of the quotients over one and two steps comes the exact slope, with an error for each cause."""
    around = Neighbourhood(lambda x: (x**4).sum(), ONE, step=0.25, rounding=0.5)
    slope, error = around.quotient(0)
    # Over h and 2h it is 4 + 4h^2 and 4 + 16h^2; a quarter of the outer second difference less the
    # inner is 6h^4; both roundings are divided by h.
    assert slope.item() == pytest.approx(4, abs=1e-12)
    assert error.item() == pytest.approx(12 * 0.25**2 + (0.5 + 6 * 0.25**4) / 0.25, rel=1e-12)
    assert around.quotient(0, 2.0)[1].item() == pytest.approx(
        12 * 0.5**2 + (0.5 + 6 * 0.5**4) / 0.5
    )


def moves(
    f: Callable[[Tensor], Tensor], x: Tensor, expected: float | None = None, **options: object
) -> tuple[Quotients, list[float]]:
    """Return the quotients of f, and the distances at which it was asked, in first steps."""
    seen: set[float] = set()

    def spy(there: Tensor) -> Tensor:
        seen.add(round((there - x).abs().max().item() / around.steps[0].item(), 12))
        return f(there)

    around = Neighbourhood(lambda _: f(x), x, **options)  # type: ignore[arg-type]
    around.f = spy
    said = None if expected is None else torch.full((len(x), 1), expected, dtype=torch.float64)
    return around.quotients(said, 1e-6), sorted(seen - {0.0})


@pytest.mark.parametrize("size", [1.0, 1e6])
def test_a_step_is_no_larger_than_a_quarter_of_the_entry(size: float) -> None:
    """Where rounding hides the slope, larger steps are tried until it shows or they are too large."""
    found, seen = moves(lambda x: size * 1e10 + x.sum(), size * ONE)
    assert found.slopes.item() == pytest.approx(1, rel=1e-3)
    assert found.errors.item() < 1e-3
    assert 0.125 < seen[-1] / 2 * STEP <= 0.25
    # A direction is as long as the point, and has no size of its own.
    found, seen = moves(lambda x: 1e16 + x.sum(), 1e6 * ONE, axes=[1e6 * ONE])
    assert found.slopes.item() == pytest.approx(1e6, rel=1e-3)
    assert 0.125 * 1e6 < seen[-1] / 2 * STEP <= 0.25 * 1e6


def test_few_entries_are_worth_other_steps() -> None:
    """Of many entries that are hard to see sixteen are looked at again, and all that are in conflict."""
    many = torch.ones(20, dtype=torch.float64)
    found, _ = moves(lambda x: 1e10 + x.sum(), many)
    assert (found.errors < 1e-3).sum() == 16
    found, _ = moves(lambda x: 1e10 + x.sum(), many, 2.0)
    assert (found.errors < 1e-3).all()


@pytest.mark.parametrize(
    ("expected", "smallest"), [(10.0, 1.0), (100.0, 1 / 16), (1000.0, 1 / 256)]
)
def test_a_gap_is_explained_at_small_steps(expected: float, smallest: float) -> None:
    """Smaller steps are tried as long as rounding leaves a tenth of what is to be explained."""
    found, seen = moves(lambda x: (x * x).sum(), ONE, expected, rounding=1e-6)
    assert seen[0] == pytest.approx(smallest, rel=1e-6)
    assert 1e-6 / (smallest * STEP) < 0.1 * (expected - 2)
    assert found.slopes.item() == pytest.approx(2, rel=1e-5)


@pytest.mark.parametrize("size", [2.0**-10, 1.0, 2.0**10])
def test_steps_end_where_digits_do(size: float) -> None:
    """The smallest step is some sixty last digits of the entry, whatever the entry is."""
    found, seen = moves(lambda x: 0 * x.sum(), size * ONE, 1.0)
    spacing = torch.finfo(torch.float64).eps
    assert 64 * spacing < seen[0] * STEP < 16 * 64 * spacing
    assert found.slopes.item() == 0
    # Along a direction, which is as long as the point, they are digits of the number of steps.
    _, seen = moves(lambda x: 0 * x.sum(), size * ONE, 1.0, axes=[size * ONE])
    assert 64 * spacing < seen[0] / size * STEP < 16 * 64 * spacing


@pytest.mark.parametrize(
    ("said", "steps"),
    [(None, 2), (1.0, 2), (1 + 1e-7, 2), (1 + 1e-5, 3), (-1.0, 3), (torch.nan, 3)],
)
def test_a_witness_that_agrees_asks_for_no_more(said: float | None, steps: int) -> None:
    """One step each way, and twice that, are enough unless another witness says something else."""
    found, seen = moves(lambda x: x.exp().sum(), 0 * ONE, said)
    assert (len({round(step, 3) for step in seen}) > 2) is (steps > 2)
    assert found.slopes.item() == pytest.approx(1, rel=1e-9)


def test_outputs_are_columns() -> None:
    """Of a matrix of outputs the quotients are a row an axis, and each has its own error."""
    x = torch.tensor([1.0, 2.0], dtype=torch.float64)
    f = lambda x: torch.stack([x, x**3, 1e8 + x])
    found = Neighbourhood(f, x).quotients()
    expected = torch.stack([torch.eye(2), torch.diag(3 * x**2), torch.eye(2)]).flatten(0, 1).T
    assert torch.allclose(found.slopes, expected.double(), atol=1e-3)
    assert bool((found.errors[:, 4:].diagonal() > 1e2 * found.errors[:, :2].diagonal()).all())


def test_a_wave_as_long_as_the_step_is_seen() -> None:
    """Where equal steps show a line, other steps are tried if another witness says so."""
    slope = 1 + 2e-7 * math.pi / STEP

    def wave(x: Tensor) -> Tensor:
        return (x + 1e-7 * (2 * math.pi * (x - 1) / STEP).sin()).sum()

    assert Neighbourhood(wave, ONE).quotients().slopes.item() == pytest.approx(1)
    found, _ = moves(wave, ONE, slope)
    assert found.slopes.item() == pytest.approx(slope, rel=1e-5)


@pytest.mark.parametrize("noise", [0.01, 0.03])
def test_a_staircase_is_no_slope(noise: float) -> None:
    """A small step that meets stairs evenly is refuted by larger ones, whose error is that of a stair."""
    small = STEP / 16
    stair = 1.3 * small  # within one and two small steps there are two and four stairs

    def climb(x: Tensor) -> Tensor:
        return (stair * ((x - 1) / stair - 0.5).floor()).sum()

    found, seen = moves(climb, ONE, rounding=noise * small)
    assert Neighbourhood(climb, ONE, step=small).quotients().slopes.item() == pytest.approx(1.3)
    assert found.slopes.item() == pytest.approx(1, abs=1e-5)
    assert 1 < found.errors.item() / (2 * stair / (seen[-1] * STEP)) < 1.6


def test_a_stair_is_not_flat() -> None:
    """Steps that do not move f at all tell nothing: the next stairs do."""
    stair = 3 * STEP  # the first step reaches an edge, a smaller one does not

    def climb(x: Tensor) -> Tensor:
        return (5 + stair * ((x - 1) / stair + 0.9).floor()).sum()

    found = Neighbourhood(climb, ONE).quotients()
    assert found.slopes.item() == pytest.approx(1, abs=1e-4)


def test_stairs_in_a_narrow_domain() -> None:
    """If another witness says something else, the only step that shows anything has the error of its stairs."""
    stair = STEP / 3  # smaller steps meet none, and beyond two first steps f ends

    def climb(x: Tensor) -> Tensor:
        if abs(x.item() - 1) > 2.5 * STEP:
            raise ValueError("outside")
        return (5 + stair * ((x - 1) / stair + 0.5).floor()).sum()

    assert Neighbourhood(climb, ONE).quotients().errors.item() < 1e-6
    found, _ = moves(climb, ONE, 2.0)
    assert found.slopes.item() == pytest.approx(1)
    assert 0.2 < found.errors.item() < 0.8


@pytest.mark.parametrize("raises", [True, False])
def test_a_hole_between_steps_is_no_obstacle(raises: bool) -> None:
    """Where f is not finite beside the places that a step uses, a smaller step stands."""

    def holed(x: Tensor) -> Tensor:
        hole = 1.2 * STEP < abs(x.item() - 1) < 1.8 * STEP
        if hole and raises:
            raise ValueError("a hole")
        return torch.where(torch.tensor(hole), torch.nan, (x**3).sum())

    found, seen = moves(holed, ONE, 7.0)
    assert any(1.2 < step < 1.8 for step in seen)
    assert found.slopes.item() == pytest.approx(3, rel=1e-6)
    assert found.errors.item() < 1e-6


@pytest.mark.parametrize("height", [1.0, 0.1, 0.02])
def test_a_small_step_refutes_a_large_one(height: float) -> None:
    """A slope within a billionth of the point is seen, though larger steps have less rounding."""

    def bend(x: Tensor) -> Tensor:
        return (x + height * 1e-9 * (x / 1e-9).tanh()).sum()

    found, _ = moves(bend, 0 * ONE, 1 + height, rounding=1e-15)
    assert found.slopes.item() == pytest.approx(1 + height, abs=5e-3)
    assert 1e-5 < found.errors.item() < 5e-3


def test_a_function_that_ends_nearby_is_seen_from_inside() -> None:
    """Where f fails a step away, smaller steps are tried."""

    def root(x: Tensor) -> Tensor:
        if x.item() < 1 - 1e-6:
            raise ValueError("outside")
        return x.exp().sum()

    found = Neighbourhood(root, ONE).quotients()
    assert found.slopes.item() == pytest.approx(math.e, rel=1e-8)
    assert found.errors.item() < 1e-7


def test_sizes_and_directions() -> None:
    """A tiny entry moves by a thousandth of the others; small directions are kept in half the memory."""
    x = torch.tensor([3e-9, 3.0, -4.0], dtype=torch.float64)
    assert scales(x).tolist() == pytest.approx([1e-3 * (25 / 3) ** 0.5, 3.0, 4.0])
    generator = torch.Generator().manual_seed(0)
    assert [rays(k * x, 1, generator)[0].dtype for k in (1.0, 1e-40, 1e40)] == [
        torch.float32,
        torch.float64,
        torch.float64,
    ]
    z = torch.tensor([3 + 4j], dtype=torch.complex128)
    assert [len(ray) for ray in rays(z, 3, generator)] == [2, 2, 2]
