"""The search index of a small change is the one of a clean build.

Sphinx forgets the index entries of the pages that a build does not write: sphinx-doc/sphinx#12599.
"""

from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.index_entries import split_index_msg
from sphinx.util.typing import ExtensionMetadata

from _extensions.domain import notes_of

ENTRIES = "index entries"
Entry = tuple[str, str, str]


def entries(doctree: nodes.document) -> Iterator[Entry]:
    """Yield the index entries of a page as Sphinx's search has them."""
    for node in doctree.findall(addnodes.index):
        for kind, value, target, main, _ in node["entries"]:
            found = split_index_msg(kind, value)
            yield from ((name, target or "", main) for name in found)


def note_entries(app: Sphinx, doctree: nodes.document) -> None:
    """Note the entries of a page that has just been read."""
    notes_of(app.env).note(ENTRIES, app.env.docname, entries(doctree))


def remind(app: Sphinx, builder: Builder) -> None:
    """Tell the search the entries of all pages; those that are written say theirs again."""
    indexer = getattr(builder, "indexer", None)
    if indexer is not None:
        found = notes_of(app.env).notes(ENTRIES)
        indexer._index_entries.update(
            {page: sorted(found.get(page, ())) for page in app.env.all_docs}
        )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Note while reading, remind before writing."""
    app.setup_extension("_extensions.domain")
    app.connect("doctree-read", note_entries)
    app.connect("write-started", remind)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
