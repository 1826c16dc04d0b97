"""Functions are called a known number of times, and what is no function is told."""

import gc
import weakref
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.checking.operators import check_jacobian
from support import double, draw, square


def test_function_that_is_not_deterministic() -> None:
    """A counter, or a generator of one's own, is told as such, in f and in the claim."""
    rng = np.random.default_rng(0)
    calls = [0]

    def counting(x: Tensor) -> Tensor:
        calls[0] += 1
        return square(x) + calls[0]

    for f in (lambda x: square(x) * (1 + 1e-3 * rng.normal()), counting):
        report = check_gradient(f, double, draw(3))
        assert report.outcome == "not checked"
        assert report.diagnoses[0].sentence.startswith("f is not deterministic")
    report = check_gradient(square, lambda x: 2 * x * rng.normal(), draw(3))
    assert report.diagnoses[0].sentence.startswith("claimed is not deterministic")


def counter() -> Callable[[], int]:
    """Return a function that counts its calls."""
    calls = iter(range(1000))
    return lambda: next(calls)


ADVICE = (
    "Fix its random numbers, or what it counts; the generators of torch "
    "are restored before each call, others are not."
)


def test_report_on_what_is_not_deterministic() -> None:
    """The verdict says that calls differ, and the diagnosis whose and by how much."""
    count = counter()
    report = check_gradient(lambda x: x.sum() + count(), torch.ones_like, draw(3))
    assert " ".join(str(report).split()) == (
        "The claimed gradient is not confirmed: two calls at the same point differ. "
        "Diagnosis: f is not deterministic: at the same point two calls differ by "
        f"1.0e+00. {ADVICE}"
    )
    report = check_jacobian(lambda x: 1 * x, lambda _: count() * torch.eye(3), draw(3))
    assert " ".join(str(report).split()) == (
        "The claimed Jacobian is not confirmed: two calls at the same point differ. "
        "Diagnosis: claimed is not deterministic: at the same point two calls differ. "
        f"{ADVICE}"
    )
    (part,) = report.findings
    assert (part.input, part.where) == ("x", "0 of 9 entries differ")
    assert part.unchecked.all()
    assert part.claim.shape == (3, 3)


@pytest.mark.parametrize(("digits", "outcome"), [(60, "holds"), (70, "not checked")])
def test_calls_may_differ_by_some_roundings(digits: int, outcome: str) -> None:
    """A sum on a GPU has no fixed order: some sixty last digits are no other function."""
    one = torch.ones(1, dtype=torch.float64, requires_grad=True)
    eps = torch.finfo(torch.float64).eps
    count = counter()
    f = lambda x: 1024 * x.sum() * (1 + count() % 2 * digits * eps)
    assert check_gradient(f, lambda x: 1024 * torch.ones_like(x), one).outcome == outcome
    # The claim is asked at the point, at three neighbours, and at the point again.
    calls = counter()
    claimed = lambda x: torch.ones_like(x) * (1 + (calls() == 4) * digits * eps)
    assert check_gradient(torch.sum, claimed, one).outcome == outcome


def test_function_that_looks_at_the_grad_mode() -> None:
    """A function that computes something else without a graph is called with one."""

    def f(x: Tensor) -> Tensor:
        return square(x) if torch.is_grad_enabled() else 0 * square(x)

    assert check_gradient(f, double, draw(3))


def test_few_copies() -> None:
    """A 4x4 input costs some hundred calls, and f never gets the tensor that it got before."""
    seen: list[int] = []

    def f(X: Tensor) -> Tensor:
        seen.append(X.data_ptr())
        return square(X)

    assert check_gradient(f, double, draw(4, 4))
    assert len(seen) < 160
    assert len(set(seen)) < 30


def test_memory_keeps_no_stale_values() -> None:
    """A function that remembers results by the tensor it got is given a new one each time."""
    remembered: dict[Tensor, Tensor] = {}

    def f(x: Tensor) -> Tensor:
        if x not in remembered:
            remembered[x] = square(x)
        return remembered[x]

    assert check_gradient(f, double, draw(3))


def counted(f: Callable[..., Any]) -> tuple[Callable[..., Any], list[bool]]:
    """Return a function, and a list that grows with each call: whether a graph is recorded."""
    calls: list[bool] = []

    def counting(*args: Any) -> Any:
        calls.append(torch.is_grad_enabled())
        return f(*args)

    return counting, calls


def test_calls_of_a_small_check() -> None:
    """Each entry costs four values of f, the directions off the axes as many, and little else does."""
    f, calls = counted(square)
    claimed, claims = counted(double)
    assert check_gradient(f, claimed, draw(4, 4))
    assert len(calls) <= 4 * 16 + 4 * 4 + 8
    assert len(claims) <= 6
    assert sum(calls) <= 5  # with a graph: at the point, at neighbours
    assert not any(claims)


def test_calls_of_a_large_check() -> None:
    """Beyond some thousand entries the number of calls no longer grows."""
    for n in (5_000, 100_000):
        f, calls = counted(square)
        claimed, claims = counted(double)
        report = check_gradient(f, claimed, draw(n))
        assert report.holds
        assert "they miss an error of 1 %" in report.notes[0]
        assert sum(calls) == 1
        assert len(calls) == (11 if n < 50_000 else 7)
        assert claims == [False]


@pytest.mark.parametrize(
    ("entries", "given", "directions"),
    [
        (2049, None, 2),
        (2049, 3, 3),
        (50_000, None, 2),
        (50_001, None, 1),
        (10, 3, 3),
        (10, 10, None),
        (10, 11, None),
    ],
)
def test_number_of_directions(entries: int, given: int | None, directions: int | None) -> None:
    """Differences go along every entry up to 2048, then along two directions, then along one."""
    x = draw(entries)
    report = check_gradient(square, double, x, directions=given)
    told = [note.partition(" along ")[2].partition(" in x")[0] for note in report.notes]
    assert told == [f"{k} random direction{'s' * (k > 1)}" for k in [directions] if k]
    # The limit is for all inputs together.
    if given is None:
        halves = check_gradient(
            lambda x, y: square(x) + square(y), lambda x, y: (2 * x, 2 * y), x[:-1], x[-1:]
        )
        assert len(halves.notes) == 1


def test_large_claim_is_refused_where_it_is_wrong() -> None:
    """One wrong sign among 10^5 entries is found, and its place is told."""

    def claimed(x: Tensor) -> Tensor:
        found = 2 * x
        found[777] = -found[777]
        return found

    f, calls = counted(square)
    report = check_gradient(f, claimed, draw(100_000))
    assert report.outcome == "does not hold"
    # Beside a right claim it takes a neighbour and a second point, and no new quotient.
    assert len(calls) == 7 + 2
    assert report.findings[0].worst == (777,)
    assert report.findings[0].where == "1 of 100000 entries differ"


def test_large_claim_that_is_off_by_rounding_holds() -> None:
    """A claim that loses digits is excused by what it does at the next numbers, at any size."""
    x = draw(5_000)
    report = check_gradient(square, lambda x: (3e7 * x + 2 * x) - 3e7 * x, x)
    assert report.outcome == "holds"
    assert report.comparisons[0].absolute > 1e-9
    assert not check_gradient(square, lambda x: (3e7 * x + 2.001 * x) - 3e7 * x, x)


def test_nothing_is_kept() -> None:
    """After a check nothing refers to what was computed: no array waits for the collector."""
    made: list[weakref.ref[Tensor]] = []

    def f(x: Tensor) -> Tensor:
        made.append(weakref.ref(x))
        return square(x)

    gc.collect()
    gc.disable()
    try:
        assert check_gradient(f, double, draw(5_000)).holds
        assert [ref() for ref in made if ref() is not None] == []
    finally:
        gc.enable()


def test_step_of_the_caller() -> None:
    """A given step is the one that is taken, and what it cannot tell is told with that advice."""
    x = draw(3)
    assert check_gradient(lambda x: x.sin().sum(), torch.cos, x, step=1e-4).holds
    report = check_gradient(
        lambda x: (1e3 * x).sin().sum(), lambda x: 1e3 * (1e3 * x).cos(), x, step=0.1
    )
    assert report.outcome == "not checked"
    assert "try a smaller one" in report.notes[0]
    assert check_gradient(lambda x: (1e3 * x).sin().sum(), lambda x: 1e3 * (1e3 * x).cos(), x)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"step": 0.0}, "step is 0.0; expected a positive number"),
        ({"step": float("nan")}, "step is nan; expected a positive number"),
        ({"directions": 0}, "directions is 0; expected 1 or more"),
        ({"order": 3}, "order is 3; expected 1 or 2"),
    ],
)
def test_setting_without_sense(options: dict[str, Any], message: str) -> None:
    """A step that is no step, no direction at all and another order are refused."""
    with pytest.raises(ValueError, match=message):
        check_gradient(square, double, draw(3), **options)


ONES = torch.ones(2, dtype=torch.float64, requires_grad=True)


@pytest.mark.parametrize("function", [True, False])
@pytest.mark.parametrize(
    ("f", "claimed", "outcome"),
    [
        # Beside a value of a million, 16 roundings of it are 3.6e-9: what is zero may be so large,
        (lambda x: 1e6 + x[0] + 0 * x[1], [1, 3e-9], "not checked"),
        (lambda x: 1e6 + x[0] + 0 * x[1], [1, 4e-9], "does not hold"),
        # and any other entry may be off by as much,
        (lambda x: 1e6 + x[0] + x[1], [1, 1 + 3e-9], "not checked"),
        (lambda x: 1e6 + x[0] + x[1], [1, 1 + 4e-9], "does not hold"),
        # but by no more than a millionth of itself.
        (lambda x: 1e9 + x[0] + x[1], [1, 1 + 9e-7], "not checked"),
        (lambda x: 1e9 + x[0] + x[1], [1, 1 + 1.2e-6], "does not hold"),
        # Zero may stand for 16 roundings of the largest entry, where the value is small.
        (lambda x: 1e3 * (x[0] - 1) + 3e-12 * x[1], [1e3, 0], "not checked"),
        (lambda x: 1e3 * (x[0] - 1) + 4e-12 * x[1], [1e3, 0], "does not hold"),
    ],
)
def test_what_may_be_rounding(
    f: Callable[[Tensor], Tensor], claimed: list[float], outcome: str, function: bool
) -> None:
    """A claim that is off by what f rounds away is neither confirmed nor refused."""
    claim = torch.tensor(claimed, dtype=torch.float64)
    assert check_gradient(f, (lambda _: claim) if function else claim, ONES).outcome == outcome


def test_rounding_of_numbers_is_not_known() -> None:
    """A function is asked at the next numbers, where a wrong entry stays wrong; numbers cannot be asked."""
    claim = torch.tensor([1e3, 6e-12], dtype=torch.float64)
    f = lambda x: 1e3 * (x[0] - 1) + 3e-12 * x[1]
    assert check_gradient(f, lambda _: claim, ONES).outcome == "does not hold"
    assert check_gradient(f, claim, ONES).outcome == "not checked"
