"""A formula with a mistake in it is refused, whichever formula and whichever mistake."""

import re
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
from autodiff_notes.evaluation.execution import execute
from autodiff_notes.evaluation.points import Point, precision
from autodiff_notes.notation import compiled, read
from autodiff_notes.notation.derivations import Derivation, DerivationError, Line
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


def test_verify_says_what_is_wrong() -> None:
    """A wrong gradient is told with both errors and the point, a wrong derivation with its line."""
    entry = next(entry for entry in catalogue.values() if entry.name == "log-det")
    wrong = verify(replace(entry, gradients={"X": "inv(X)"}))
    assert not wrong.holds
    assert "the gradient by X is off by" in wrong.problem
    assert "n = 2, seed 0" in wrong.problem
    astray = verify(replace(entry, derivation="= tr(X @ d(X))"))
    assert "its derivation: line 4 does not equal the line before it" in astray.problem
    broken = verify(replace(entry, function="logdet(X[0:1, 0:2])"))
    assert "cannot be evaluated" in broken.problem


def test_formula_that_does_not_fail_outside_is_told() -> None:
    """A way out of the domain where the formula holds all the same is a problem."""
    entry = next(entry for entry in catalogue.values() if entry.name == "log-abs-det")
    inside = replace(entry, outside={"X in positive_determinant(n)": "It does not fail."})
    assert "it must fail for X in positive_determinant(n)" in verify(inside).problem


@pytest.mark.parametrize(
    ("way", "problem"),
    [
        ("X in matrix(n, m)", "outside its domain: .*square"),
        ("X in tall(n, n)", "outside its domain: .*no sizes fit"),
    ],
)
def test_way_out_at_which_nothing_can_be_said_is_told(way: str, problem: str) -> None:
    """A wrong shape or an empty set is no failure of the formula, but a mistake in the entry."""
    entry = next(entry for entry in catalogue.values() if entry.name == "log-det")
    astray = replace(entry, outside={way: "It fails."})
    assert re.search(problem, verify(astray).problem)


@pytest.mark.parametrize(("sizes", "seeds"), [(0, 3), (3, 0)])
def test_what_is_checked_nowhere_does_not_hold(sizes: int, seeds: int) -> None:
    """Without points there is no verdict."""
    assert (
        "must be at least 1"
        in verify(catalogue["scalar-example"], sizes=sizes, seeds=seeds).problem
    )


# Derivations

DERIVED = [(entry, entry.derived) for entry in catalogue.values() if entry.derived]
LINES = [
    pytest.param(derivation, line, id=f"{entry.name}, line {line.number}")
    for entry, derivation in DERIVED
    for line in derivation.lines
]


def altered(derivation: Derivation, line: Line, text: str) -> Derivation:
    """Return a derivation with another expression in one of its lines."""
    e = line.expression
    other = replace(
        line, expression=read(text.format(e.source.strip()), e.variables, e.definitions)
    )
    chains = tuple(tuple(other if x is line else x for x in c) for c in derivation.chains)
    return replace(derivation, chains=chains)


@pytest.mark.parametrize(("derivation", "line"), LINES)
@pytest.mark.parametrize("text", ["1.001 * ({})", "-({})"])
def test_altered_line_of_a_derivation_is_refused(
    derivation: Derivation, line: Line, text: str
) -> None:
    """A line that is a thousandth off, or has the other sign, does not pass."""
    with pytest.raises(DerivationError, match=r"does not (equal|hold)"):
        execute(altered(derivation, line, text), sizes=1, seeds=1, first_seed=30)
