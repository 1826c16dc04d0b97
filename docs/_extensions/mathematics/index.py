"""The catalogue as a whole: one table, the numbers of all, and the same as data.

``{catalogue-index}`` is a table of every entry; a small script lets a reader filter it by typing,
and without it the table is whole. ``{catalogue-count}`` is a role for what the build counted::

    {catalogue-count}`entries` gradients, {catalogue-count}`executed` equals signs executed

``catalogue.json`` in the root of the site has everything that the pages have.
"""

import json
import shutil
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.outdated import current, shows
from _extensions.build.results import write_whole
from _extensions.domain import notes_of
from _extensions.mathematics.finding import write
from _extensions.mathematics.verification import PAGES, verification
from autodiff_notes import catalogue as entries
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.catalogue.outcome import Verification

NUMBERS = "numbers"
DATA, SCHEMA, SCRIPT = "catalogue.json", "catalogue.schema.json", "catalogue.js"
FINDING = "finding.js"

COUNTS: dict[str, Callable[[Sequence[Verification]], str]] = {
    "entries": lambda found: str(len(found)),
    "derived": lambda found: str(sum(v.derivation is not None for v in found)),
    "executed": lambda found: str(sum(v.executed for v in found)),
    "points": lambda found: str(sum(v.points for v in found)),
    "autograd": lambda found: f"{max(v.autograd for v in found):.0e}",
    "differences": lambda found: f"{max(v.differences for v in found):.0e}",
}
"""The numbers of the whole."""


class Number(nodes.inline):
    """A number that is known when every page has been read."""


def number(env: BuildEnvironment, what: str) -> Number:
    """Return the place of a number on the page being read."""
    notes_of(env).note(NUMBERS, env.docname, [what])
    return Number(what=what)


class CountRole(SphinxRole):
    """A number of the whole catalogue, within a sentence."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a place for the number."""
        if self.text not in COUNTS:
            message = f"there is no count {self.text!r}; there are {', '.join(COUNTS)}"
            raise ExtensionError(f"{self.get_location()}: {message}")
        return [number(self.env, self.text)], []


class IndexDirective(SphinxDirective):
    """Shows one table of all entries."""

    def run(self) -> list[nodes.Node]:
        """Return the table; its numbers come when every page has been read."""
        shows(self.env, "claims", "all")
        head = ["Function", "Gradient", "Where", "Error"]
        group = nodes.tgroup(cols=len(head))
        group += [nodes.colspec(colwidth=1) for _ in head]
        group += nodes.thead("", row([[nodes.Text(text)]] for text in head))
        group += nodes.tbody("", *(entry_row(self.env, entry) for entry in entries.values()))
        return [nodes.table("", group, classes=["catalogue"])]


def entry_row(env: BuildEnvironment, entry: Entry) -> nodes.row:
    """Return the row of an entry."""
    where = [[nodes.Text("where "), *formula(text)] for text in entry.where_latex]
    return row(
        [
            [[link(entry)], formula(entry.latex), *where],
            [formula(entry.gradient_latex(name)) for name in entry.moving],
            [formula(text) for text in entry.domain_latex],
            [[number(env, f"error {entry.name}")]],
        ]
    )


def row(cells: Any) -> nodes.row:
    """Return a row of a table; a cell is a list of lines."""
    return nodes.row(
        "",
        *(nodes.entry("", *(nodes.paragraph("", "", *line) for line in cell)) for cell in cells),
    )


def formula(text: str) -> list[nodes.Node]:
    """Return a formula within a line."""
    return [nodes.math(text, text)]


def link(entry: Entry) -> nodes.Node:
    """Return the title of an entry, linked to its place."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", entry.title),
        refdomain="std",
        reftype="ref",
        reftarget=entry.name,
        refexplicit=True,
        refwarn=True,
    )


# When every page has been read


def finish(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the data, and return the pages whose numbers are new."""
    pages = notes_of(env).notes("entries")
    places = {name: page for page in sorted(pages) for name in sorted(pages[page])}
    if not places:
        return []
    if lost := entries.keys() - places.keys():
        raise ExtensionError(f"no page shows these entries: {', '.join(sorted(lost))}")
    whole = current(env, "claims", "all"), app.config.release, *sorted(places.items())
    changed = notes_of(env).differs("catalogue", whole)
    if app.builder.format == "html" and (changed or not (app.outdir / DATA).exists()):
        text = json.dumps(data(app, places), ensure_ascii=False, indent=1) + "\n"
        write_whole(Path(app.outdir, DATA), text.encode())
        shutil.copyfile(Path(app.srcdir, PAGES, SCHEMA), app.outdir / SCHEMA)
        listed = [(entry, f"{places[entry.name]}.html#{entry.name}") for entry in entries.values()]
        write(Path(app.outdir), listed)
    return sorted(notes_of(env).notes(NUMBERS)) if changed else []


def all_found(env: BuildEnvironment) -> dict[str, Verification]:
    """Return the verification of each entry."""
    return {name: verification(env, entry) for name, entry in entries.items()}


def fill_in(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the numbers of the whole in their places."""
    places = list(doctree.findall(Number))
    found = all_found(app.env) if places else {}
    for node in places:
        word, _, name = node["what"].partition(" ")
        text = f"{found[name].differences:.0e}" if name else COUNTS[word](list(found.values()))
        node.replace_self(nodes.Text(text))


def data(app: Sphinx, places: dict[str, str]) -> dict[str, Any]:
    """Return everything that the pages have."""
    found = all_found(app.env)
    return {
        "version": app.config.release,
        "torch": version("torch").partition("+")[0],
        "counts": {name: json.loads(count([*found.values()])) for name, count in COUNTS.items()},
        "entries": [
            described(entry, found[entry.name], f"{places[entry.name]}.html#{entry.name}")
            for entry in entries.values()
        ],
    }


def described(entry: Entry, found: Verification, address: str) -> dict[str, Any]:
    """Return one entry as data."""
    text = {
        "variables": list(entry.variables),
        "where": dict(entry.where),
        "function": entry.function,
        "gradients": {name: entry.gradients[name] for name in entry.moving},
        "derivation": entry.derivation_text,
    }
    latex = {
        "variables": list(entry.domain_latex),
        "where": list(entry.where_latex),
        "function": entry.latex,
        "gradients": {name: entry.gradient_latex(name) for name in entry.moving},
    }
    return {
        "name": entry.name,
        "title": entry.title,
        "group": entry.group,
        "address": address,
        "conditions": entry.conditions,
        "source": entry.source,
        "notes": entry.notes,
        "free": entry.free,
        "text": text,
        "latex": latex,
        "code": entry.code,
        "points": found.points,
        "directions": found.directions,
        "errors": {"autograd": short(found.autograd), "differences": short(found.differences)},
        "executed": found.executed,
        "outside": [
            {"declaration": declaration, "reason": reason, "error": short(error)}
            for (declaration, reason), error in zip(
                entry.outside.items(), found.outside, strict=True
            )
        ],
    }


def short(error: float) -> float | None:
    """Return an error with two digits, and none for one that is not finite."""
    return None if error == float("inf") else float(f"{error:.1e}")


def add_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Let the page with the table load its script."""
    numbers = notes_of(app.env).notes(NUMBERS).get(pagename, ())
    if any(what.startswith("error ") for what in numbers):
        app.add_js_file(FINDING, loading_method="defer")
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and the role, and what happens to their numbers."""
    app.setup_extension("_extensions.mathematics.entries")
    app.add_node(Number)
    app.add_directive("catalogue-index", IndexDirective)
    app.add_role("catalogue-count", CountRole())
    app.connect("env-updated", finish)
    app.connect("doctree-resolved", fill_in)
    app.connect("html-page-context", add_script)
    return {
        "version": "1",
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
