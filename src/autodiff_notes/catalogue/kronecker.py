"""Kronecker products, and matrices laid out as vectors."""

from autodiff_notes.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
