"""Formulas, derivations, entries and exercises: executed, and shown as they were executed."""
