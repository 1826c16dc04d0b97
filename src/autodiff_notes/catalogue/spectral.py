"""Eigenvalues, singular values and factors."""

from autodiff_notes.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
