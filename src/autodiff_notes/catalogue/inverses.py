"""Inverse, linear systems and pseudoinverse."""

from autodiff_notes.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
