"""The search index of a small change is the one of a clean build.

Sphinx forgets the index entries of the pages that a build does not write: sphinx-doc/sphinx#12599.
And it keeps the words that no page has any more, each with an empty list of pages.
"""

from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
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


def complete(app: Sphinx) -> list[tuple[str, dict[str, object], str]]:
    """Give the index the entries of all pages, and take from it the words that none has."""
    indexer = getattr(app.builder, "indexer", None)
    if indexer is not None:
        indexer.prune(app.env.all_docs)
        found = notes_of(app.env).notes(ENTRIES)
        indexer._index_entries.clear()
        indexer._index_entries.update((page, sorted(found[page])) for page in sorted(found))
        for words in (indexer._mapping, indexer._title_mapping):
            for word in [word for word, pages in words.items() if not pages]:
                del words[word]
    return []  # no page more


def setup(app: Sphinx) -> ExtensionMetadata:
    """Note while reading, complete when all is written and before the index is."""
    app.setup_extension("_extensions.domain")
    app.connect("doctree-read", note_entries)
    app.connect("html-collect-pages", complete)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
