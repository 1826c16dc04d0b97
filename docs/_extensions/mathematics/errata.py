"""``{errata}``: published formulas that do not hold, executed as printed and as corrected.

What is shown comes from :mod:`autodiff_notes.catalogue.errata`. A printed formula that holds, or a
corrected one that does not, stops the build. An erratum is linked to by its name::

    [](#cookbook-95)
"""

from dataclasses import replace

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from _extensions.mathematics.derivation import chain, formula, given, inline
from _extensions.mathematics.entries import named_section, percent
from _extensions.mathematics.verification import execute, executed
from autodiff_notes.catalogue.errata import ERRATA, Erratum
from autodiff_notes.notation import letter
from autodiff_notes.notation.derivations import Derivation, DerivationError

# Smaller gaps are shown as powers of ten, not as percentages.
SMALL = 1e-3
CONVENTIONS = "conventions"


class ErrataDirective(SphinxDirective):
    """Shows every erratum; with ``conventions``, what holds by another convention instead."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a section for each."""
        if self.arguments not in ([], [CONVENTIONS]):
            raise self.error(f"{{errata}} takes nothing, or {CONVENTIONS!r}")
        wanted = bool(self.arguments)
        return [section(self, erratum) for erratum in ERRATA if erratum.convention == wanted]


def section(directive: SphinxDirective, erratum: Erratum) -> nodes.section:
    """Return one erratum."""
    printed, corrected = executed(directive.env, repr(erratum), lambda: found(erratum))
    whole = named_section(directive, erratum.name, erratum.title, "entry")
    whole["classes"].append("erratum")
    whole += nodes.paragraph("", f"{erratum.place}:")
    whole += quotation(erratum)
    whole += given(erratum.printed)
    whole += compared(directive, erratum.printed, f"As printed: {printed}")
    if sets(erratum.printed) != sets(erratum.corrected):
        whole += given(erratum.corrected)
    whole += compared(directive, erratum.corrected, f"As corrected: {corrected}")
    whole += nodes.paragraph("", "", *inline(directive, erratum.words))
    return whole


def compared(directive: SphinxDirective, derivation: Derivation, reason: str) -> nodes.container:
    """Return a formula, with how far its sides are apart."""
    first, second = derivation.chains[0]
    rows = chain(directive, (first, replace(second, reason=reason)))
    return nodes.container("", rows, classes=["derivation"])


def found(erratum: Erratum) -> tuple[str, str]:
    """Return how far the sides are apart, as printed and as corrected, or stop the build."""
    hold_to_account(erratum)
    return apart(erratum.printed), apart(erratum.corrected)


def hold_to_account(erratum: Erratum) -> None:
    """Stop the build unless the printed formula fails and the corrected one holds."""
    try:
        execute(erratum.corrected)
    except DerivationError as error:
        raise ExtensionError(f"{erratum.name}, as corrected: {error.problem}") from error
    try:
        execute(erratum.printed)
    except DerivationError:
        return
    raise ExtensionError(f"{erratum.name} holds as printed")


def apart(derivation: Derivation) -> str:
    """Return how far the two sides are apart, over nine points, in words."""
    from autodiff_notes.evaluation.execution import gaps  # noqa: PLC0415 - imports torch

    found = gaps(derivation)
    least, most = min(found), max(found)
    small = derivation.chains[0][1].small
    where = f" where ${letter(small)}$ is 0.01 to 0.02" if small else ""
    if not most:
        return "the same to the last digit"
    if most < SMALL:
        return f"off by {most:.0e} at most{where}"
    size = " to ".join(dict.fromkeys([percent(least), percent(most)]))
    return f"off by {size}{where}"


def sets(derivation: Derivation) -> list[str]:
    """Return where the variables live."""
    return [declared.latex for declared in derivation.declarations]


def quotation(erratum: Erratum) -> nodes.Element:
    """Return the formula as it is printed."""
    if erratum.language:
        return nodes.literal_block(erratum.quoted, erratum.quoted, language=erratum.language)
    return formula(erratum.quoted, "quotation")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.setup_extension("_extensions.mathematics.derivation")
    app.add_directive("errata", ErrataDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
