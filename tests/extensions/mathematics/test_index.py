"""The numbers of the whole catalogue, and an entry as data."""

import math

import pytest

from _extensions.mathematics import index
from autodiff_notes import catalogue
from autodiff_notes.catalogue.outcome import Verification
from autodiff_notes.evaluation.outcome import Execution

FOUND = [
    Verification("one", points=9, autograd=2e-16, differences=3e-11),
    Verification("two", points=12, autograd=4e-15, derivation=Execution(3, 1, 0, 9, 1e-16)),
]


@pytest.mark.parametrize(
    ("what", "number"),
    [
        ("entries", "2"),
        ("derived", "1"),
        ("executed", "4"),
        ("points", "21"),
        ("autograd", "4e-15"),
        ("differences", "3e-11"),
    ],
)
def test_counts(what: str, number: str) -> None:
    """Entries, derivations, lines and points are added up, and of the errors the worst is told."""
    assert index.COUNTS[what](FOUND) == number


@pytest.mark.parametrize(("error", "written"), [(1.23456e-9, 1.2e-9), (0.0, 0.0), (math.inf, None)])
def test_an_error_has_two_digits(error: float, written: float | None) -> None:
    """What is not finite is no number in JSON."""
    assert index.short(error) == written


def test_an_entry_is_described_whole() -> None:
    """Its text, formulas and ways out of the domain are there, each way with its error."""
    entry = next(entry for entry in catalogue.values() if entry.outside)
    errors = tuple(0.5 for _ in entry.outside)
    found = index.described(entry, Verification(entry.name, outside=errors), "page.html#here")
    assert found["text"]["function"] == entry.function
    assert found["latex"]["gradients"].keys() == entry.gradients.keys()
    assert [way["error"] for way in found["outside"]] == [0.5] * len(entry.outside)
