"""The catalogue on the built site: its pages, its table and its data say the same."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from bs4 import BeautifulSoup

from autodiff_notes import catalogue
from reading import parsed


@pytest.fixture(scope="module")
def data(site: Path) -> dict[str, Any]:
    """Return the catalogue as data."""
    found: dict[str, Any] = json.loads((site / "catalogue.json").read_text("utf-8"))
    return found


def page(site: Path, name: str) -> BeautifulSoup:
    """Return a page of the catalogue."""
    return parsed(site / "catalogue" / f"{name}.html")


def test_data_follow_their_schema(site: Path, data: dict[str, Any]) -> None:
    """The data have the form that is published beside them, and nothing else."""
    schema = json.loads((site / "catalogue.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(data)


def test_data_describe_every_member(site: Path) -> None:
    """The page about the data names every member of an entry."""
    schema = json.loads((site / "catalogue.schema.json").read_text("utf-8"))
    named = {code.get_text() for code in page(site, "data").select("code")}
    assert set(schema["$defs"]["entry"]["properties"]) <= named
    assert set(schema["properties"]) <= named


def test_data_have_every_entry(data: dict[str, Any]) -> None:
    """The entries are those of the package, in the same order, with their own code."""
    assert [e["name"] for e in data["entries"]] == [entry.name for entry in catalogue.values()]
    assert [e["code"] for e in data["entries"]] == [entry.code for entry in catalogue.values()]


def test_counts_are_sums(data: dict[str, Any]) -> None:
    """The numbers of the whole are those of the entries taken together."""
    entries, counts = data["entries"], data["counts"]
    assert counts["entries"] == len(entries)
    assert counts["derived"] == sum(bool(e["text"]["derivation"]) for e in entries)
    for name in ("executed", "points"):
        assert counts[name] == sum(e[name] for e in entries)
    for name in ("autograd", "differences"):
        worst = max(e["errors"][name] for e in entries)
        assert counts[name] == pytest.approx(worst, rel=0.5)


def test_index_shows_the_counts(site: Path, data: dict[str, Any]) -> None:
    """The top of the index, and the home page, say what was counted."""
    top = page(site, "index").select_one("article h1 + p")
    assert top
    counts = data["counts"]
    said = top.get_text()
    assert f"{counts['entries']} gradients, {counts['derived']} of them" in said
    assert f"{counts['executed']} equals signs executed, {counts['points']} random" in said
    home = parsed(site / "index.html").get_text()
    assert f"{counts['entries']} gradients were compared" in home


def test_index_is_a_whole_table_without_scripts(site: Path) -> None:
    """Every entry has a row with all its cells, and none of them is hidden."""
    rows = page(site, "index").select("table.catalogue tbody tr")
    assert len(rows) == len(catalogue)
    for row, entry in zip(rows, catalogue.values(), strict=True):
        assert entry.title in row.get_text()
        assert len(row.select("td")) == 4
        assert all(cell.get_text().strip() for cell in row.select("td"))
        assert len(row.select("td:nth-of-type(2) math")) == len(entry.moving)
        assert "hidden" not in row.attrs


@pytest.mark.parametrize("group", catalogue.groups)
def test_group_has_its_entries(site: Path, group: str) -> None:
    """A page has a section for each entry of its group, with code and derivation."""
    whole = page(site, group)
    sections = whole.select("section.entry")
    assert [section["id"] for section in sections] == [
        entry.name for entry in catalogue.groups[group]
    ]
    for section, entry in zip(sections, catalogue.groups[group], strict=True):
        assert section.select_one("h2")
        assert section.select_one("h2 a.headerlink")
        assert section.select("pre")[0].get_text().strip() == entry.code.strip()
        assert bool(section.select(".derivation")) == bool(entry.derived)


def test_addresses_lead_to_entries(site: Path, data: dict[str, Any]) -> None:
    """An address in the data is a section of a page."""
    for entry in data["entries"]:
        path, _, name = entry["address"].partition("#")
        assert parsed(site / path).select_one(f"section#{name}")
