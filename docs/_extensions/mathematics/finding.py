"""What a reader can find an entry by: its words, code, source and formulas, for the scripts.

``catalogue-texts.js`` in the root of the site has them. The table of the catalogue and the search
page load it when somebody looks for something; ``finding.js`` does the finding.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.notation.printing import latex

TEXTS = "catalogue-texts.js"
SEARCH = "search"
FORMULA = re.compile(r"[;^{}\\$|]")  # such a word is for the finder; an index is read


def texts(entry: Entry, address: str) -> dict[str, object]:
    """Return the texts by which an entry is found."""
    return {
        "name": entry.name,
        "address": address,
        "title": entry.title,
        "also": entry.also,
        "source": entry.source.replace("eqs", "eq."),
        "group": entry.group,
        "formulas": [entry.latex.partition(" = ")[2], *spelled(entry, entry.function)],
        "gradients": [
            *(entry.gradient_latex(name).partition(" = ")[2] for name in entry.moving),
            *(form for name in entry.moving for form in spelled(entry, entry.gradients[name])),
        ],
        "code": entry.code.replace("import torch\n", ""),
        "words": " ".join([entry.conditions, entry.notes, *entry.outside.values()]),
    }


def spelled(entry: Entry, text: str) -> tuple[str, str]:
    """Return an expression as code and as LaTeX, without names for its parts."""
    whole = expanded(entry, text)
    return whole, latex(entry.read(whole))


def expanded(entry: Entry, text: str) -> str:
    """Return an expression with its names replaced by what they stand for."""
    for name, meaning in reversed(list(entry.where.items())):
        text = re.sub(rf"\b{name}\b", lambda _: f"({meaning})", text)  # noqa: B023 - called at once
    return text


def write(folder: Path, entries: Iterable[tuple[Entry, str]]) -> None:
    """Write the texts of entries, each with its address."""
    found = [texts(entry, address) for entry, address in entries]
    listing = json.dumps(found, ensure_ascii=False, indent=0)
    (folder / TEXTS).write_text(f"window.catalogueTexts({listing});\n", "utf-8")


def index(entry: Entry) -> addnodes.index:
    """Return the words by which the site's own search and its index lead to an entry."""
    words = [entry.title, *(word for word in entry.also if not FORMULA.search(word))]
    return addnodes.index(entries=[("single", word, entry.name, "", None) for word in words])


def add_scripts(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, object], doctree: nodes.Node
) -> None:
    """Let the search page look among the entries as well."""
    if pagename == SEARCH:
        app.add_js_file("finding.js", loading_method="defer")
        app.add_js_file("search-entries.js", loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen for the search page."""
    app.connect("html-page-context", add_scripts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
