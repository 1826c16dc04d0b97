"""Formulas that were published wrongly fail as printed, and hold as corrected."""

import re

import pytest

from autodiff_notes.catalogue.errata import ERRATA, Erratum
from autodiff_notes.evaluation.execution import execute, gaps
from autodiff_notes.notation.derivations import DerivationError

every_erratum = pytest.mark.parametrize("erratum", ERRATA, ids=lambda erratum: erratum.name)


@every_erratum
def test_printed_formula_fails(erratum: Erratum) -> None:
    """As printed it is refused, from whichever seed the points begin."""
    for seed in (0, 100, 200):
        with pytest.raises(DerivationError, match=r"does not (equal|hold)"):
            execute(erratum.printed, first_seed=seed)


@every_erratum
def test_corrected_formula_holds(erratum: Erratum) -> None:
    """As corrected it holds, at other points than those of the build."""
    assert execute(erratum.corrected, first_seed=100).executed == 1


@every_erratum
def test_correction_is_nearer_at_every_point(erratum: Erratum) -> None:
    """The printed formula is nowhere as close as the corrected one, at the same points or others."""
    printed, corrected = gaps(erratum.printed), gaps(erratum.corrected)
    assert len(printed) == len(corrected) == 9
    assert all(a > 4 * b for a, b in zip(printed, corrected, strict=True))


@every_erratum
def test_errata_are_quoted_with_their_place(erratum: Erratum) -> None:
    """The place says which edition, and an equation or a section of the book has its number."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", erratum.name)
    assert re.search(r"\d{4}|commit", erratum.place)
    if erratum.name.startswith("cookbook"):
        kind, *numbers = erratum.name.removeprefix("cookbook-").split("-")
        place = f"section {'.'.join(numbers)}" if kind == "section" else f"eq. {kind}"
        assert place in erratum.place
    assert re.fullmatch(r"[A-Z$].*\.", erratum.words, re.DOTALL)
