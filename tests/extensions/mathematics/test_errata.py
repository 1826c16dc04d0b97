"""An erratum is shown with how far its sides are apart, and one that holds stops the build."""

from dataclasses import replace

import pytest
from docutils import nodes
from sphinx.errors import ExtensionError

from _extensions.mathematics import errata
from autodiff_notes.catalogue.errata import ERRATA, Erratum
from autodiff_notes.notation.derivations import parse


@pytest.fixture
def erratum() -> Erratum:
    """Return the first of the published errata."""
    return ERRATA[0]


def test_what_holds_as_printed_stops_the_build(erratum: Erratum) -> None:
    """A printed formula that is right is no erratum."""
    with pytest.raises(ExtensionError, match=f"{erratum.name} holds as printed"):
        errata.hold_to_account(replace(erratum, fails=erratum.holds))


def test_a_wrong_correction_stops_the_build(erratum: Erratum) -> None:
    """A correction that fails is named, with what is wrong."""
    with pytest.raises(ExtensionError, match=f"{erratum.name}, as corrected: "):
        errata.hold_to_account(replace(erratum, holds=erratum.fails))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x in vector(n)\nx @ x\n= x @ x", "the same to the last digit"),
        ("x in vector(n)\nx @ x\n= 2 * x @ x", "off by 50 %"),
        ("x in vector(n)\nx @ x\n= (1 + 1e-9) * x @ x", "off by 1e-09 at most"),
    ],
)
def test_the_gap_is_told_in_words(text: str, said: str) -> None:
    """Nothing, a power of ten or percentages, by how far the sides are apart."""
    assert errata.apart(parse(text)).replace("\N{NO-BREAK SPACE}", " ") == said


def test_a_formula_and_a_line_of_code_are_quoted_as_they_are_printed(erratum: Erratum) -> None:
    """LaTeX is set as a formula, and code as code in its language."""
    (formula,) = errata.quotation(erratum).findall(nodes.math_block)
    assert formula.astext() == erratum.quoted
    code = errata.quotation(replace(erratum, quoted="x + 1", language="python"))
    assert isinstance(code, nodes.literal_block)
    assert (code.astext(), code["language"]) == ("x + 1", "python")
