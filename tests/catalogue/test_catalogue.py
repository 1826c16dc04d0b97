"""The catalogue finds its entries by name and by subject, and each is told in sentences."""

import re
import subprocess
import sys

import pytest

from autodiff_notes import catalogue
from autodiff_notes.catalogue.entry import Entry
from entries import every_entry


def test_catalogue_is_asked_by_name() -> None:
    """A name gives the entry, and an unknown one says which was meant."""
    assert catalogue["log-det"].name == "log-det"
    with pytest.raises(KeyError, match="did you mean 'log-det'"):
        catalogue["logdet"]


def test_catalogue_needs_no_torch() -> None:
    """Formulas, LaTeX and code are there without importing torch."""
    program = (
        "import sys; from autodiff_notes import catalogue; "
        "[(e.latex, e.code, e.derived) for e in catalogue.values()]; "
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_names_are_unique_addresses() -> None:
    """A name is a permanent address of one entry."""
    assert len({entry.name for entry in catalogue.values()}) == len(catalogue)
    for entry in catalogue.values():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.name)


def test_groups_make_up_the_catalogue() -> None:
    """Every entry knows its group, and no group is without entries."""
    assert tuple(e for entries in catalogue.groups.values() for e in entries) == tuple(
        catalogue.values()
    )
    assert all(
        entry.group == name for name, entries in catalogue.groups.items() for entry in entries
    )


@every_entry
def test_words_are_sentences(entry: Entry) -> None:
    """Titles begin with a capital and end without a stop; conditions and notes are sentences."""
    assert re.fullmatch(r"[A-Z].*[^.]", entry.title)
    for text in (entry.conditions, entry.notes, *entry.outside.values()):
        assert not text or re.fullmatch(r"[A-Z$].*\.", text, re.DOTALL)
    assert not entry.source.endswith(".")


@every_entry
def test_constants_stand_still(entry: Entry) -> None:
    """What varies has a gradient and occurs in the function; a definition is used."""
    assert set(entry.moving) == set(entry.gradients)
    assert set(entry.moving) <= entry.value.names
    used = " ".join([entry.function, *entry.gradients.values(), *entry.where.values()])
    for name in entry.where:
        assert re.search(rf"\b{name}\b", used)


@every_entry
def test_every_entry_is_derived(entry: Entry) -> None:
    """An entry carries a derivation that compares something."""
    assert entry.derived
    assert len(entry.derived.lines) >= 2


@every_entry
def test_derivation_leads_from_function_to_gradient(entry: Entry) -> None:
    """One chain is framed: it gets the function's differential in front, the gradient behind."""
    if entry.by_machine:
        first, *_, last = entry.derived.lines if entry.derived else ()
        assert first.expression.source == f"d({entry.function})"
        assert all(gradient in last.expression.source for gradient in entry.gradients.values())
        return
    paragraphs = re.split(r"\n\s*\n", entry.derivation.strip())
    assert sum(paragraph.startswith("=") for paragraph in paragraphs) == 1
