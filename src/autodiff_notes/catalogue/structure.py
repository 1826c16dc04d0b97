"""Matrices with a structure, by their free entries."""

from autodiff_notes.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
