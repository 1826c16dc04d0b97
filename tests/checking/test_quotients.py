"""Each difference quotient is as good as its own estimate says."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from autodiff_notes.checking.quotients import Neighbourhood, rays, scales, size_of

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
