"""``{catalogue-group}``: entries of the catalogue, verified while the site is built.

A group is a page's list of entries: each with its formula, its gradient, its torch code, what was
found when it was held against the witnesses, and its derivation::

    ```{catalogue-group} determinants
    ```

An entry is linked to by its name: ``[](#log-det)``. What was found is kept with the environment,
so that only new code is verified. An entry that does not hold stops the build.
"""

import inspect
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata

from autodiff_notes import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.catalogue.outcome import Verification
from autodiff_notes.notation import NotationError
from autodiff_notes.notation.derivations import Derivation
from autodiff_notes.notation.sets import STRUCTURES, declare
from derivation import DerivationDirective, given, listing
from explained import explained
from finding import index
from folding import folded
from page_table import PageTable
from places import place_of_entry

RESULTS = "catalogue_results"

# What was found


def results(
    env: BuildEnvironment, collection: str = RESULTS
) -> dict[str, tuple[str, Verification]]:
    """Return what was found for each entry, with what it depends on; kept from build to build."""
    if not hasattr(env, collection):
        setattr(env, collection, {})
    return cast("dict[str, tuple[str, Verification]]", getattr(env, collection))


def verified(env: BuildEnvironment, entry: Entry, collection: str = RESULTS) -> Verification:
    """Return what verification found, or stop the build."""
    key = f"{env.config.sources_fingerprint} {entry.name}"
    known = results(env, collection).get(entry.name, ("", None))
    if known[0] == key and known[1] is not None:
        return known[1]
    from autodiff_notes.catalogue.verification import verify  # noqa: PLC0415 - imports torch

    try:
        problem = (found := verify(entry)).problem
    except NotationError as error:
        problem = str(error)
    if problem:
        place = place_of_entry(Path(inspect.getfile(type(entry))).parent, entry.name)
        raise ExtensionError(f"{place}: {entry.name!r} does not hold: {problem}")
    results(env, collection)[entry.name] = key, found
    return found


def merge(
    app: Sphinx, env: BuildEnvironment, docnames: AbstractSet[str], other: BuildEnvironment
) -> None:
    """Take over what another reading process found."""
    results(env).update(results(other))


BATCH = (
    "The code is for one point. For a batch write `torch.func.vmap(gradient)`, with `None` in "
    "`in_dims` for what all points share and for numbers of Python."
)


# A group of entries


class GroupDirective(DerivationDirective):
    """Shows the entries of one subject."""

    required_arguments, optional_arguments, has_content = 1, 0, False

    def run(self) -> list[nodes.Node]:
        """Return a section for each entry."""
        if self.arguments[0] not in catalogue.groups:
            groups = ", ".join(catalogue.groups)
            raise self.error(f"there is no group {self.arguments[0]!r}; there are {groups}")
        return [self.section(entry) for entry in catalogue.groups[self.arguments[0]]]

    def section(self, entry: Entry) -> nodes.section:
        """Return one entry."""
        found = verified(self.env, entry)
        section = nodes.section(ids=[entry.name], names=[entry.name], catalogue=entry.name)
        section["classes"].append("entry")
        section += nodes.title(entry.title, entry.title)
        section += index(entry)
        standard = self.env.domains.standard_domain
        standard.note_hyperlink_target(entry.name, self.env.docname, entry.name, entry.title)
        section += formulas(entry)
        where = self.where(entry)
        if words := explained(entry):
            where += [nodes.Text(" "), *self.inline(words)]
        section += where
        section += nodes.paragraph("", held(found), classes=["derivation-check"])
        section += self.remarks(entry, found)
        code = nodes.container("", code_block(entry))
        code += nodes.paragraph("", "", *self.inline(BATCH), classes=["entry-source"])
        section += folded("The same in torch", code)
        if entry.derived and found.derivation:
            signs = "equals sign" if found.executed == 1 else "equals signs"
            whole = nodes.container(classes=["derivation"])
            whole += further(entry, entry.derived)
            whole += self.shown(entry.derived, found.derivation)[1:]
            section += folded(f"The derivation: {found.executed} {signs} executed", whole)
        return section

    def where(self, entry: Entry) -> nodes.paragraph:
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
        paragraph += self.inline(entry.conditions)
        return paragraph

    def remarks(self, entry: Entry, found: Verification) -> Iterator[nodes.paragraph]:
        """Yield notes, what happens outside the domain, and the source."""
        if entry.notes:
            yield nodes.paragraph("", "", *self.inline(entry.notes))
        for (declaration, reason), error in zip(entry.outside.items(), found.outside, strict=True):
            there = declare(declaration).latex
            size = "it has no finite value" if error == inf else f"off by {percent(error)} at least"
            yield nodes.paragraph(
                "",
                "",
                nodes.Text("At random points with "),
                nodes.math(there, there),
                nodes.Text(f" it fails: {size}. "),
                *self.inline(reason),
            )
        if entry.source:
            yield nodes.paragraph(
                "",
                "",
                nodes.Text("Source: "),
                *self.inline(entry.source),
                nodes.Text("."),
                classes=["entry-source"],
            )

    def inline(self, text: str) -> list[nodes.Node]:
        """Return a line of Markdown as nodes."""
        inline, messages = self.state.inline_text(text, self.lineno)
        return [*inline, *messages]


def further(entry: Entry, derivation: Derivation) -> list[nodes.paragraph]:
    """Return what the derivation has besides the variables and names of its entry, if anything."""
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
    rows = r" \\ ".join(line.replace(" = ", " &= ", 1) for line in lines)
    text = rf"\begin{{aligned}} {rows} \end{{aligned}}"
    return nodes.math_block(text, text, number=None, label=None, nowrap=True)


def held(found: Verification) -> str:
    """Return what was checked, as a sentence."""
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


class Shown(PageTable):
    """Remembers which page shows which entries."""

    attribute = "catalogue_entries"

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Note the entries of a page that has just been read."""
        found = {n["catalogue"] for n in doctree.findall(nodes.section) if "catalogue" in n}
        if found:
            self.of(app.env)[app.env.docname] = found


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, and what it remembers."""
    app.add_directive("catalogue-group", GroupDirective)
    app.add_env_collector(Shown)
    app.connect("env-merge-info", merge)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
