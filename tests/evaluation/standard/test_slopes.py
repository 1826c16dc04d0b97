"""Claimed gradients are told right from wrong by dual numbers and differences."""

import pytest

from autodiff_notes import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.evaluation.standard import claims
from autodiff_notes.evaluation.standard.slopes import QUOTIENT
from autodiff_notes.notation import NotationError
from mutations import mistakes

ENTRIES = [entry for entry in catalogue.values() if not entry.free]


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


@pytest.mark.parametrize("fast", [60, 100, 150, 500])
def test_a_step_is_sought_at_which_quotients_are_good(fast: int) -> None:
    """Where the first step is too wide, differences are as near as elsewhere in the end."""
    wave = f"sum(sin({fast} * x))"
    (claim,) = claims(
        wave, ("x in vector(n)",), {"x": f"{fast} * cos({fast} * x)"}, sizes=1, seeds=1
    )
    assert claim.holds, claim.problem
    assert claim.differences < QUOTIENT / 10


@pytest.mark.parametrize(
    ("function", "gradient", "problem"),
    [
        ("log(-1 - x @ x)", "x", "the function cannot be evaluated"),
        ("x @ x", "2 * x + 0 * log(-1 - x @ x) * x", "the gradient by x cannot be evaluated"),
    ],
)  # fmt: skip
def test_what_has_no_value_is_told_with_its_point(
    function: str, gradient: str, problem: str
) -> None:
    """A function or a claim without a value is named, with the point, where the variables are kept."""
    (claim,) = claims(function, ("x in vector(n)",), {"x": gradient}, sizes=1, seeds=1)
    assert claim.problem.startswith(f"{problem} (n = 2, seed 0): the logarithm of -")
    assert claim.point == "n = 2, seed 0"
    assert len(claim.values["x"]) == 2


def test_a_wrong_claim_is_kept_with_its_point() -> None:
    """What is refused keeps the variables, what was claimed there, and what is right."""
    (claim,) = claims("x @ x", ("x in vector(n)",), {"x": "3 * x"}, sizes=1, seeds=1)
    assert claim.problem == "the gradient by x is off by 0.33 from dual numbers (n = 2, seed 0)"
    assert claim.duals == pytest.approx(1 / 3)
    assert claim.differences == pytest.approx(1 / 3)
    assert claim.claimed == pytest.approx([3 * a for a in claim.values["x"]])
    assert claim.found == pytest.approx([2 * a for a in claim.values["x"]])
