"""Real functions of complex variables."""

from autodiff_notes.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
