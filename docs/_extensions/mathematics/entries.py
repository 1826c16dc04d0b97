"""``{catalogue-group}``: entries of the catalogue, verified while the site is built.

A group is a page's list of entries: each with its formula, its gradient, its torch code, what was
found when it was held against the witnesses, and its derivation::

    ```{catalogue-group} determinants
    ```

An entry is linked to by its name: ``[](#log-det)``. What was found is kept,
so that only a new text, or new code, is verified. An entry that does not hold stops the build.
"""

from collections.abc import Iterator
from dataclasses import replace
from math import inf

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.outdated import shows
from _extensions.domain import notes_of
from _extensions.mathematics.derivation import (
    CONTINUED,
    anchor,
    given,
    inline,
    listing,
    proof,
    rows_of,
)
from _extensions.mathematics.derived import by_machine, derivation_of, machine_of
from _extensions.mathematics.explained import explained
from _extensions.mathematics.finding import index
from _extensions.mathematics.trying import try_function
from _extensions.mathematics.verification import verified
from _extensions.page.folding import folded
from autodiff_notes import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.catalogue.outcome import Verification
from autodiff_notes.notation.derivations import Derivation
from autodiff_notes.notation.sets import STRUCTURES, declare

BATCH = (
    "The code is for one point. For a batch write `torch.func.vmap(gradient)`, with `None` in "
    "`in_dims` for what all points share and for numbers of Python."
)

# A right side wider than this is broken before a sign; it has a line of the page for itself.
WIDE = 36


class GroupDirective(SphinxDirective):
    """Shows the entries of one subject."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a section for each entry."""
        group = self.arguments[0]
        if group not in catalogue.groups:
            groups = ", ".join(catalogue.groups)
            raise self.error(f"there is no group {group!r}; there are {groups}")
        shows(self.env, "claims", f"group {group}")
        found = notes_of(self.env)
        found.note("entries", self.env.docname, (entry.name for entry in catalogue.groups[group]))
        return [section(self, entry) for entry in catalogue.groups[group]]


def section(directive: SphinxDirective, entry: Entry) -> nodes.section:
    """Return one entry."""
    found = verified(directive.env, entry)
    whole = named_section(directive, entry.name, entry.title, "entry")
    whole += index(entry)
    whole += formulas(entry)
    given_here = where(directive, entry)
    if words := explained(entry):
        given_here += [nodes.Text(" "), *inline(directive, words)]
    whole += given_here
    checked = [nodes.Text(held(found)), *try_function(directive, entry)]
    whole += nodes.paragraph("", "", *checked, classes=["derivation-check"])
    whole += remarks(directive, entry, found)
    code = nodes.container("", code_block(entry))
    code += nodes.paragraph("", "", *inline(directive, BATCH), classes=["entry-source"])
    whole += folded("The same in torch", code)
    if entry.derived and found.derivation:
        signs = "equals sign" if found.executed == 1 else "equals signs"
        derivation = nodes.container(classes=["derivation"])
        derivation += further(entry, entry.derived)
        shown = proof(directive, entry.derived, found.derivation)
        derivation += by_machine(shown) if entry.by_machine else shown
        whole += folded(f"The derivation: {found.executed} {signs} executed", derivation)
    if machine := machine_of(entry):
        whole += folded("What the machine derives", derivation_of(directive, machine))
    return whole


def named_section(
    directive: SphinxDirective, name: str, title: str, kind: str, heading: str = ""
) -> nodes.section:
    """Return a section with a heading and nothing else, to which pages link by its name."""
    whole = nodes.section(ids=[name], names=[name], classes=[kind])
    whole += nodes.title(heading or title, heading or title)
    anchor(directive, name, title)
    return whole


def where(directive: SphinxDirective, entry: Entry) -> nodes.paragraph:
    """Return where the variables live, what the names mean, and what must hold."""
    paragraph = nodes.paragraph(classes=["derivation-given"])
    for number, declared in enumerate(entry.declarations):
        paragraph += nodes.Text("; " if number else "For ")
        paragraph += nodes.math(declared.latex, declared.latex)
    paragraph += listing(list(entry.where_latex), ", where ")
    paragraph += nodes.Text(". ")
    if entry.free:
        paragraph += nodes.Text(
            f"Partial derivatives by the free entries: {STRUCTURES[entry.free].words}. "
        )
    paragraph += inline(directive, entry.conditions)
    return paragraph


def remarks(
    directive: SphinxDirective, entry: Entry, found: Verification
) -> Iterator[nodes.paragraph]:
    """Yield notes, what happens outside the domain, and the source."""
    if entry.notes:
        yield nodes.paragraph("", "", *inline(directive, entry.notes))
    for (declaration, reason), error in zip(entry.outside.items(), found.outside, strict=True):
        there = declare(declaration).latex
        size = "it has no finite value" if error == inf else f"off by {percent(error)} at least"
        yield nodes.paragraph(
            "",
            "",
            nodes.Text("At random points with "),
            nodes.math(there, there),
            nodes.Text(f" it fails: {size}. "),
            *inline(directive, reason),
        )
    if entry.source:
        words = [nodes.Text("Source: "), *inline(directive, entry.source), nodes.Text(".")]
        yield nodes.paragraph("", "", *words, classes=["entry-source"])


def further(entry: Entry, derivation: Derivation) -> list[nodes.paragraph]:
    """Return the variables and names that the derivation alone has, if any."""
    known = {*entry.parameters, *entry.where}
    more = replace(
        derivation,
        declarations=tuple(d for d in derivation.declarations if not known.issuperset(d.names)),
        definitions=tuple(d for d in derivation.definitions if d.name not in known),
    )
    return [given(more)] if more.declarations or more.definitions else []


def formulas(entry: Entry) -> nodes.math_block:
    """Return the function above its gradients."""
    lines = [entry.latex, *map(entry.gradient_latex, entry.moving), *entry.hessian_latex]
    sides = (line.partition(" = ") for line in lines)
    rows = r" \\ ".join(
        f"{left} &= {CONTINUED.join(rows_of(right, WIDE))}" for left, _, right in sides
    )
    text = rf"\begin{{aligned}} {rows} \end{{aligned}}"
    return nodes.math_block(text, text, number=None, label=None, nowrap=True)


def held(found: Verification) -> str:
    """Return the outcome of the verification as a sentence."""
    along = ", entry by entry" if found.directions == "every entry" else " along random directions"
    return (
        f"Holds at {found.points} random points: largest error {small(found.autograd)} against "
        f"autograd, {small(found.differences)} against central differences{along}."
    )


def small(error: float) -> str:
    """Return a small number with one digit."""
    return f"{error:.0e}" if error else "0"


def percent(error: float) -> str:
    """Return a relative error as a percentage of one or two digits, or more than a hundred."""
    digits = f"{100 * error:.0f}" if error >= 0.1 else f"{100 * error:.2g}"
    return f"{digits}\N{NO-BREAK SPACE}%"


def code_block(entry: Entry) -> nodes.literal_block:
    """Return the torch code of an entry."""
    return nodes.literal_block(entry.code, entry.code, language="python")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.setup_extension("_extensions.mathematics.derivation")
    app.add_directive("catalogue-group", GroupDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
