"""Powers and functions of a matrix as a whole."""

from autodiff_notes.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
