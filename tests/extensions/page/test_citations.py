"""A citation says whom it names; the bibliography is complete and links to what it names."""

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from types import SimpleNamespace
from typing import Any

import pytest
from pybtex.database import Entry, parse_file, parse_string
from sphinx.environment import CONFIG_CHANGED, CONFIG_OK

from _extensions.page import citations
from projects import edit

ROOT = Path(__file__).parents[3]
WORKS, THREADS = (
    parse_file(str(ROOT / "docs" / name)).entries for name in ("references.bib", "threads.bib")
)
CITED = re.compile(r"\{cite:\w+\}`([^`]+)`")


def label(source: str) -> str:
    """Return the label of the one entry of a bibliography."""
    (entry,) = parse_string(source, "bibtex").entries.values()
    return citations.label(entry)


def test_labels_name_authors_and_year() -> None:
    """One or two authors are named, of more than two the first."""
    entry = "@book{{k, author = {{{}}}, year = {{2008}}}}"
    assert label(entry.format("Giles, Michael B.")) == "Giles 2008"
    assert label(entry.format("Griewank, A. and Walther, A.")) == "Griewank and Walther 2008"
    assert label(entry.format("de Moor, B. and Hill, C. and Dale, D.")) == "de Moor et al. 2008"


def test_labels_name_a_thread() -> None:
    """A thread is named as GitHub names it."""
    entry = (
        "@thread{k, repository = {pytorch/pytorch}, number = {6990}, title = {T}, year = {2018}}"
    )
    assert label(entry) == "pytorch/pytorch#6990"


def test_every_entry_has_its_own_label() -> None:
    """No two entries look the same where they are cited."""
    labels = [citations.label(entry) for entry in (*WORKS.values(), *THREADS.values())]
    assert len(set(labels)) == len(labels) > 0


def test_threads_stand_by_repository_and_number() -> None:
    """The bibliography lists a repository's threads together, and 9 before 10."""
    entry = (
        "@thread{{k{1}, repository = {{{0}}}, number = {{{1}}}, title = {{T}}, year = {{2018}}}}"
    )
    threads = [("b/a", 10), ("B/a", 9), ("a/z", 11)]
    parsed = parse_string("".join(entry.format(*thread) for thread in threads), "bibtex")
    ordered = citations.Order().sort(parsed.entries.values())
    assert [citations.label(each) for each in ordered] == ["a/z#11", "B/a#9", "b/a#10"]


def cited() -> set[str]:
    """Return the keys that the pages cite."""
    pages = "".join(path.read_text("utf-8") for path in (ROOT / "docs").glob("*/*.md"))
    return {key.strip() for keys in CITED.findall(pages) for key in keys.split(",")}


def test_every_thread_is_cited() -> None:
    """A thread that no page cites would be invisible in the bibliography."""
    assert THREADS
    assert set(THREADS) <= cited()


def test_every_work_is_cited() -> None:
    """The bibliography lists what the pages lean on, and nothing besides."""
    assert WORKS
    assert set(WORKS) <= cited()


def test_threads_are_cited_not_linked() -> None:
    """A page names a thread by its key, so that the bibliography has them all."""
    linked = re.compile(r"github\.com/[\w.-]+/[\w.-]+/(?:issues|pull|discussions)/\d")
    pages = [*(ROOT / "docs").glob("*.md"), *(ROOT / "docs").glob("*/*.md")]
    assert [path.name for path in pages if linked.search(path.read_text("utf-8"))] == []


def test_a_citation_leads_to_its_thread(
    built: Path, build: Callable[[Path], CompletedProcess[str]]
) -> None:
    """The page cites by name, and the bibliography links the title to the thread."""
    (built / "docs" / "threads.bib").write_text(
        "@thread{t-7, repository = {a/b}, number = {7}, title = {It is 100% wrong}, year = {2020}}\n"
    )
    (built / "docs" / "cite.md").write_text("# Cite\n\nSeen {cite:p}`t-7`.\n")
    (built / "docs" / "works.md").write_text("# Works\n\n```{bibliography}\n```\n")
    done = build(built)
    assert done.returncode == 0, done.stdout
    cite = (built / "out" / "cite.html").read_text("utf-8")
    works = (built / "out" / "works.html").read_text("utf-8")
    assert re.search(r'href="works.html#t-7"[^>]*>a/b#7</a>', cite)
    assert 'href="https://github.com/a/b/issues/7">It is 100% wrong</a>, 2020.' in works

    edit(built / "docs" / "threads.bib", "100% wrong", "90% right")
    done = build(built)
    assert done.returncode == 0, done.stdout
    works = (built / "out" / "works.html").read_text("utf-8")
    assert 'href="https://github.com/a/b/issues/7">It is 90% right</a>, 2020.' in works


THREAD = "@thread{{{}, repository = {{a/b}}, number = {{7}}, title = {{{}}}, year = {{2020}}}}"


@pytest.mark.parametrize(
    ("key", "title", "status", "known"),
    [
        ("k", "T", CONFIG_OK, True),
        ("k", "U", CONFIG_OK, False),
        ("l", "T", CONFIG_OK, False),
        ("k", "T", CONFIG_CHANGED, False),
    ],
    ids=["as it was", "another title", "another key", "other code"],
)
def test_an_entry_is_formatted_once(
    monkeypatch: pytest.MonkeyPatch, key: str, title: str, status: int, known: bool
) -> None:
    """The last build's stands for an entry that is as it was, and for no other."""

    def entry(key: str, title: str) -> Entry:
        (one,) = parse_string(THREAD.format(key, title), "bibtex").entries.values()
        return one

    first = citations.Notes().format_entry("a/b#7", entry("k", "T"))
    citation = SimpleNamespace(entry=entry("k", "T"), formatted_entry=first)
    domain = SimpleNamespace(citations=[citation])
    env: Any = SimpleNamespace(config_status=status, domains={"cite": domain})
    monkeypatch.setattr(citations.Notes, "known", {})
    citations.know_entries(env, env, [])
    again = citations.Notes().format_entry("a/b#7", entry(key, title))
    assert (again is first) == known
    assert (again.key, again.label) == (key, "a/b#7")
    assert title in str(again.text)
