"""A formula with a mistake in it is refused, whichever formula and whichever mistake."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache

import pytest
import torch

from autodiff_notes import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.catalogue.slopes import Slopes, claim_errors, slopes_of
from autodiff_notes.catalogue.verification import verify
from autodiff_notes.checking.witnesses import TOLERANCES
from autodiff_notes.evaluation.points import Point, precision
from autodiff_notes.notation import compiled
from autodiff_notes.notation.sets import STRUCTURES, declare
from mutations import KINDS, Mistake, mistakes

TOLERANCE = TOLERANCES[torch.float64]


@dataclass(frozen=True)
class Outcome:
    """What became of the mistakes in one entry."""

    refused: tuple[Mistake, ...]
    harmless: tuple[Mistake, ...]
    accepted: tuple[Mistake, ...]


@cache
def outcome(entry: Entry) -> Outcome:
    """Make every mistake in every gradient of an entry."""
    sorted_out: dict[str, list[Mistake]] = {"refused": [], "harmless": [], "accepted": []}
    with precision():
        seen = list(slopes_of(entry, 3, 2, first_seed=20))
        for name, claim in entry.claims.items():
            at = [witness for witness in seen if witness.name == name]
            for mistake in mistakes(claim.source, entry.kinds, entry.definitions):
                sorted_out[_fate(entry, name, mistake, at)].append(mistake)
    return Outcome(**{fate: tuple(found) for fate, found in sorted_out.items()})


def _fate(entry: Entry, name: str, mistake: Mistake, at: list[Slopes]) -> str:
    """Return whether a mistake is refused; one that changes no value is harmless."""
    code = compiled(entry.read(mistake.text))
    right = compiled(entry.claims[name])
    if all(_same(witness.point, code, right) for witness in at):
        return "harmless"
    for witness in at:
        try:
            autograd, differences = claim_errors(code, witness)
        except (RuntimeError, IndexError):
            return "refused"
        if autograd > TOLERANCE.autograd and differences > TOLERANCE.differences:
            return "refused"
    return "accepted"


def _same(point: Point, code: object, right: object) -> bool:
    """Return whether two formulas have the same value at a point."""
    try:
        one, other = point.evaluate(code), point.evaluate(right)  # type: ignore[arg-type]
    except (RuntimeError, IndexError):
        return False
    if one.shape != other.shape:
        return False
    kind = torch.promote_types(one.dtype, other.dtype)
    return torch.allclose(one.to(kind), other.to(kind), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("entry", tuple(catalogue.values()), ids=lambda entry: entry.name)
def test_every_mistake_in_a_gradient_is_refused(entry: Entry) -> None:
    """Autograd and differences both refuse it, at some point of the domain."""
    found = outcome(entry)
    assert not found.accepted
    assert {mistake.kind for mistake in found.refused} >= {"a thousandth off"}


def test_mistakes_of_every_kind_are_made() -> None:
    """There are mistakes of each kind in plenty, and few of them leave a formula as it was."""
    made = Counter(m.kind for entry in catalogue.values() for m in outcome(entry).refused)
    harmless = [m for entry in catalogue.values() for m in outcome(entry).harmless]
    assert set(made) == set(KINDS)
    assert sum(made.values()) > 5 * len(catalogue)
    assert len(harmless) < sum(made.values()) / 5


def test_a_slope_of_zero_beside_a_large_function_holds() -> None:
    """What rounding of a large function leaves of a slope that is zero is no error of the claim."""
    entry = Entry(
        name="flat",
        title="A circle in each entry",
        variables=("x in vector(n)",),
        function="1000 * 1000 * (sin(x) @ sin(x) + cos(x) @ cos(x))",
        gradients={"x": "zeros(n)"},
    )
    assert verify(entry).holds
    assert not verify(
        replace(entry, gradients={"x": "0.01 * ones(n)"}, function="x[0] - x[0]")
    ).holds


@pytest.mark.parametrize("fast", [80, 100, 150, 500])
def test_a_function_that_bends_fast_gets_smaller_steps(fast: int) -> None:
    """Where the first step is too wide, a step is sought at which the quotients are as good as elsewhere."""
    entry = Entry(
        name="fast",
        title="A fast wave",
        variables=("x in vector(n)",),
        function=f"sum(sin({fast} * x))",
        gradients={"x": f"{fast} * cos({fast} * x)"},
    )
    found = verify(entry, sizes=1, seeds=1)
    assert found.holds, found.problem
    assert found.differences < TOLERANCE.differences / 10


@pytest.mark.parametrize("free", [name for name, row in STRUCTURES.items() if row.free])
def test_free_entries_move_with_what_they_are_tied_to(free: str) -> None:
    """Moving one free entry of a structured matrix moves it within its structure."""
    square = {"symmetric": "symmetric", "diagonal": "diagonal", "toeplitz": "square"}[free]
    entry = Entry(
        name="sum",
        title="A weighted sum",
        variables=(f"X in {square}(n)", "constant A in square(n)"),
        function="inner(A, X)",
        gradients={
            "X": {
                "symmetric": "A + A.mT - Diag(diag(A))",
                "diagonal": "Diag(diag(A))",
                "toeplitz": "A",
            }[free]
        },
        free=free,
    )
    assert verify(entry).holds == (free != "toeplitz")
    assert declare(entry.variables[0]).domain.name == square
