"""The domain keeps what each page shows, and forgets it with the page."""

from types import SimpleNamespace
from typing import cast

from sphinx.environment import BuildEnvironment

from _extensions.domain import NotesDomain


def domain() -> NotesDomain:
    """Return an empty domain."""
    env = SimpleNamespace(domaindata={}, settings=None, _app=None)
    return NotesDomain(cast("BuildEnvironment", env))


def test_notes_are_kept_by_page() -> None:
    """Notes add up; a page without any leaves no trace."""
    notes = domain()
    notes.note("letters", "one", "ab")
    notes.note("letters", "one", "bc")
    notes.note("letters", "two", "")
    assert notes.notes("letters") == {"one": {"a", "b", "c"}}
    assert notes.noted("letters") == {"a", "b", "c"}
    assert notes.noted("numbers") == set()


def test_a_page_that_is_read_again_is_forgotten() -> None:
    """All that was noted of a page goes, and nothing of another."""
    notes = domain()
    for page in ("one", "two"):
        notes.note("letters", page, page)
        notes.subjects[page] = {("group", "x"): "digest"}
    notes.clear_doc("one")
    assert list(notes.notes("letters")) == list(notes.subjects) == ["two"]


def test_processes_are_merged_by_page() -> None:
    """Of another process, the pages that it read are taken over, whatever kinds it knows."""
    notes, other = domain(), domain()
    notes.note("letters", "one", "a")
    other.note("letters", "one", "old")
    other.note("numbers", "two", "2")
    other.subjects["two"] = {("group", "x"): "digest"}
    notes.merge_domaindata({"two"}, other.data)
    assert notes.notes("letters") == {"one": {"a"}}
    assert notes.notes("numbers") == {"two": {"2"}}
    assert notes.subjects == {"two": {("group", "x"): "digest"}}


def test_a_difference_is_told_once() -> None:
    """What is as it was at the last build is no difference."""
    notes = domain()
    assert [notes.differs("whole", value) for value in (1, 1, 2)] == [True, False, True]
