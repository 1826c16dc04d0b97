"""The search knows the index entries of pages that a build does not write."""

from docutils.utils import new_document
from sphinx import addnodes

from _extensions.build.search import entries


def test_entries_are_those_of_the_search() -> None:
    """Single and paired entries are told apart as Sphinx's search does it."""
    document = new_document("page")
    found = [("single", "a; b", "id-1", "", None), ("pair", "c; d", "", "main", None)]
    document += addnodes.index(entries=found)
    assert set(entries(document)) == {
        ("a", "id-1", ""),
        ("b", "id-1", ""),
        ("c", "", "main"),
        ("d", "", "main"),
    }
