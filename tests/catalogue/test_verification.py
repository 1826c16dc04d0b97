"""Every entry holds in its domain, fails outside, and what is wrong is told."""

import re
from dataclasses import replace

import pytest
import torch

from autodiff_notes import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.catalogue.verification import verify
from autodiff_notes.evaluation.execution import execute
from autodiff_notes.notation import read
from autodiff_notes.notation.derivations import Derivation, DerivationError, Line
from autodiff_notes.notation.sets import Declaration
from entries import every_entry


@every_entry
def test_entry_holds(entry: Entry) -> None:
    """The gradient and the derivation hold at other points than those of the build."""
    found = verify(entry, first_seed=60)
    assert found.holds, found.problem
    assert found.points >= 9


@every_entry
def test_entry_holds_in_single_precision(entry: Entry) -> None:
    """A reader's machine may verify in float32."""
    found = verify(entry, first_seed=70, dtype=torch.float32)
    assert found.holds, found.problem


@pytest.mark.parametrize(
    ("entry", "way"),
    [(e, way) for e in catalogue.values() for way in e.outside],
    ids=lambda v: str(v)[:40],
)
def test_entry_fails_outside(entry: Entry, way: str) -> None:
    """Where the condition does not hold, neither does the gradient, at any of nine points."""
    moved = entry.moved(way)
    for seed in range(80, 89):
        assert not verify(replace(moved, derivation=""), sizes=1, seeds=1, first_seed=seed).holds


INVERTED = {"invertible", "complex_invertible", "positive_determinant", "tall", "wide"}


CONTINUED = {"determinant-of-rectangular-product", "gram-determinant"}


RANKS = {"projection-onto-columns", "residual-of-least-squares"}


SINGULAR = [
    (entry, declared)
    for entry in catalogue.values()
    for declared in entry.declarations
    if declared.domain.name in INVERTED and entry.name not in RANKS
]


@pytest.mark.parametrize(
    ("entry", "declared"),
    SINGULAR,
    ids=lambda v: getattr(v, "name", "-".join(getattr(v, "names", ()))),
)
def test_entry_needs_the_rank(entry: Entry, declared: Declaration) -> None:
    """At the zero matrix a formula fails that needs an inverse, and one holds that does not."""
    sizes = [size.source for size in declared.arguments]
    place = ", ".join(sizes if len(sizes) == 2 else sizes * 2)
    for name in declared.names:
        constant = "constant " * declared.constant
        moved = entry.moved(f"{constant}{name} in zero_matrix({place})")
        for seed in (80, 81):
            found = verify(replace(moved, derivation=""), sizes=1, seeds=1, first_seed=seed)
            assert found.holds == (entry.name in CONTINUED)


def test_functions_that_cannot_be_batched_are_verified_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Differences move each entry of a small variable, and go along random directions else."""

    def refuse(_: object) -> None:
        """Say that there is no rule."""
        raise RuntimeError("vmap: there is no batching rule")

    monkeypatch.setattr(torch.func, "vmap", refuse)
    entry = Entry(
        name="perron",
        title="The largest eigenvalue",
        variables=("X in positive_matrix(n, n)",),
        function="perron_value(X)",
        gradients={"X": "outer(w, v) / (w @ v)"},
        where={"v": "perron_vector(X)", "w": "perron_vector(X.mT)"},
    )
    assert verify(entry).holds
    assert verify(entry).directions == "random directions"
    assert verify(entry, sizes=1).directions == "every entry"
    wrong = replace(entry, gradients={"X": "outer(v, w) / (w @ v)"})
    assert "is off by" in verify(wrong).problem


def test_verify_says_what_is_wrong() -> None:
    """A wrong gradient is told with both errors and the point, a wrong derivation with its line."""
    entry = next(entry for entry in catalogue.values() if entry.name == "log-det")
    wrong = verify(replace(entry, gradients={"X": "inv(X)"}))
    assert not wrong.holds
    assert re.search(
        r"^the gradient by X is off by [\d.e+-]+ from autograd and [\d.e+-]+ from", wrong.problem
    )
    assert "n = 2, seed 0" in wrong.problem
    astray = verify(replace(entry, derivation="= tr(X @ d(X))"))
    assert "its derivation: line 1 does not equal the line before it" in astray.problem
    late = "= tr(inv(X) @ d(X))   # Jacobi\n= tr(X @ d(X))   # astray\n"
    told = verify(replace(entry, derivation=late)).problem
    assert told.startswith("its derivation: line 2 does not equal the line before it")
    assert told.endswith(": = tr(X @ d(X))")
    transposed = replace(
        entry, variables=("X in matrix(m, n)",), function="tr(X.mT @ X)", gradients={"X": "X.mT"}
    )
    assert "has the shape (3, 2), and must have (2, 3)" in verify(transposed).problem
    broken = verify(replace(entry, function="logdet(X[0:1, 0:2])"))
    assert "cannot be evaluated" in broken.problem


def test_formula_that_does_not_fail_outside_is_told() -> None:
    """A way out of the domain where the formula holds all the same is a problem."""
    entry = next(entry for entry in catalogue.values() if entry.name == "log-abs-det")
    inside = replace(entry, outside={"X in positive_determinant(n)": "It does not fail."})
    told = r"it must fail for X in positive_determinant\(n\), and is off by \d\.\de-\d\d alone"
    assert re.fullmatch(told, verify(inside).problem)


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
