"""Claimed gradients are told right from wrong by dual numbers and differences."""

import pytest

from autodiff_notes import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.evaluation.standard import claims
from autodiff_notes.notation import NotationError
from mutations import mistakes

ENTRIES = [entry for entry in catalogue.values() if not entry.free]
QUICK = {"sizes": 2, "seeds": 1}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_a_right_gradient_holds(entry: Entry) -> None:
    """The catalogue's gradients hold against both."""
    found = list(
        claims(entry.function, entry.variables, entry.gradients, entry.where, sizes=2, seeds=1)
    )
    assert [claim.name for claim in found] == list(entry.gradients)
    assert not [claim.problem for claim in found if not claim.holds]


@pytest.mark.parametrize("entry", ENTRIES[::8], ids=lambda entry: entry.name)
def test_a_thousandth_too_long_does_not(entry: Entry) -> None:
    """A gradient times 1.001 is refused, with point, claim and what is right."""
    for name, text in entry.gradients.items():
        (claim,) = claims(
            entry.function, entry.variables, {name: f"1.001 * ({text})"}, entry.where, sizes=1
        )
        assert "from dual numbers" in claim.problem
        assert claim.point in claim.problem
        assert claim.duals == pytest.approx(1e-3, rel=1e-2)
        assert claim.found is not None


def test_every_mistake_is_refused() -> None:
    """Each of the mistakes that are made in the catalogue's gradients is found here, too."""
    entry = catalogue["rayleigh-quotient"]
    for name, right in entry.claims.items():
        wrong = list(mistakes(right.source, entry.kinds, entry.definitions))
        assert len(wrong) > 2
        for mistake in wrong:
            (claim,) = claims(entry.function, entry.variables, {name: mistake.text}, entry.where)
            assert not claim.holds, mistake.text


def test_a_transposed_shape_is_named() -> None:
    """The message says which shape a gradient must have."""
    (claim,) = claims("tr(A @ X)", ("X in matrix(m, n)", "constant A in matrix(n, m)"), {"X": "A"})
    assert claim.problem.startswith("the gradient by X has the shape (3, 2), and must have (2, 3)")


def test_a_constant_has_no_gradient() -> None:
    """A claim for what does not move is refused."""
    with pytest.raises(NotationError, match="A does not move"):
        list(claims("tr(A)", ("constant A in square(n)", "x in vector(n)"), {"A": "I(n)"}))


@pytest.mark.parametrize("function", ["sum(abs(x - a))", "sin(400 * x @ x)"])
def test_steps_are_small_enough(function: str) -> None:
    """Kinks beside a point, and functions that bend fast, are no reason to refuse."""
    variables = ("x in vector(n)", "constant a in vector(n)")
    gradient = {"sum(abs(x - a))": "sign(x - a)", "sin(400 * x @ x)": "800 * cos(400 * x @ x) * x"}
    (claim,) = claims(function, variables, {"x": gradient[function]}, seeds=9)
    assert claim.holds, claim.problem
