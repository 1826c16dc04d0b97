"""Entries are verified while a site is built; one that does not hold stops it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from bs4 import BeautifulSoup

from autodiff_notes.catalogue import notes
from pages import DOCS
from projects import sphinx_here, sphinx_without_torch

CONF = f"""\
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, {str(DOCS)!r})

from autodiff_notes import catalogue

CHANGED = {{"huber-loss": dict(derivation="")}} | dict(CHANGES)
ENTRIES = tuple(
    replace(catalogue[name], group="notes", **CHANGED.get(name, dict()))
    for name in ("log-det", "symmetric-quadratic-form", "huber-loss")
)
catalogue.groups = dict(notes=ENTRIES)
del catalogue.things

project = "test"
extensions = [
    "myst_parser",
    "_extensions.mathematics.mathml",
    "_extensions.mathematics.index",
]
myst_enable_extensions = ["dollarmath"]
html_math_renderer = "mathml"
html_theme = "basic"


def note_torch(app, exception):
    Path(app.outdir, "torch").write_text(str("torch" in sys.modules))


def setup(app):
    app.connect("build-finished", note_torch)
"""
INDEX = """\
# All

{catalogue-count}`entries` entries, {catalogue-count}`derived` derived, {catalogue-count}`executed` equals signs, {catalogue-count}`points` points.

```{catalogue-index}
```

```{toctree}
catalogue/notes
```
"""
GROUP = """\
# Notes

```{catalogue-group} notes
```
"""


def build(
    folder: Path,
    changes: object = (),
    index: str = INDEX,
    group: str = GROUP,
    sphinx: Callable[..., CompletedProcess[str]] = sphinx_here,
) -> CompletedProcess[str]:
    """Build a small site with three entries, in a process that has imported torch or not."""
    pages = folder / "catalogue"
    pages.mkdir(parents=True, exist_ok=True)
    conf = CONF.replace("CHANGES", repr(changes))
    schema = "catalogue.schema.json"
    for path, text in (
        (folder / "conf.py", conf),
        (folder / "index.md", index),
        (pages / "notes.md", group),
        (pages / schema, (DOCS / "catalogue" / schema).read_text("utf-8")),
    ):
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
    return sphinx(["-q", "-W", "--nitpicky", ".", "out"], folder)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site without changes, once built, and of a copy of it."""
    folder = tmp_path_factory.mktemp("entries")
    done = build(folder / "project")
    assert not done.returncode, done.stdout
    shutil.copytree(folder / "project", folder / "copy")
    return folder


def page(folder: Path, name: str) -> BeautifulSoup:
    """Return a page of the built site."""
    return BeautifulSoup((folder / "out" / name).read_text("utf-8"), "html5lib")


def test_entries_have_all_their_parts(built: Path) -> None:
    """An entry has a place of its own, formulas, code, errors, a way out and a derivation."""
    whole = page(built, "catalogue/notes.html")
    entry = whole.select_one("section.entry#symmetric-quadratic-form")
    assert entry
    said = " ".join(entry.get_text(" ").split())
    assert "Holds at 9 random points: largest error" in said
    assert "against central differences, entry by entry." in said
    assert "it fails: off by" in said
    assert "Source: The Matrix Cookbook (2012), eq. 81 with a symmetric" in said
    assert [d.get_text() for d in entry.select("summary")] == [
        "The same in torch",
        "The derivation: 3 equals signs executed",
    ]
    assert "import torch" in entry.select("pre")[0].get_text()
    assert len(entry.select(".derivation-chain math")) >= 4
    huber = whole.select_one("section.entry#huber-loss")
    assert huber
    assert [d.get_text() for d in huber.select("summary")] == [
        "The same in torch",
        "What the machine derives",
    ]


def test_a_derivation_by_the_machine_says_so(tmp_path: Path) -> None:
    """An entry may leave its derivation to the machine: it is shown, executed, and marked."""
    assert not build(tmp_path, {"log-det": {"derivation": "derive"}}).returncode
    entry = page(tmp_path, "catalogue/notes.html").select_one("section.entry#log-det")
    assert entry
    assert [d.get_text() for d in entry.select("summary")] == [
        "The same in torch",
        "The derivation: 2 equals signs executed",
    ]
    assert entry.select(".derivation-check")[-1].get_text().startswith("Derived by the machine. ")


def test_numbers_are_counted(built: Path) -> None:
    """The index says what the pages say, in a table with a row for each entry."""
    index = page(built, "index.html")
    assert "3 entries, 2 derived, 5 equals signs, 27 points." in index.get_text()
    links = [a["href"] for a in index.select("table.catalogue tbody a")]
    assert links == [
        f"catalogue/notes.html#{name}"
        for name in ("log-det", "symmetric-quadratic-form", "huber-loss")
    ]
    assert all(cell.get_text().strip() for cell in index.select("table.catalogue td"))
    assert index.select('script[src*="catalogue.js"]')
    assert not page(built, "catalogue/notes.html").select('script[src*="catalogue.js"]')


def test_data_are_the_same_in_two_builds(built: Path, tmp_path: Path) -> None:
    """The data have every entry, and two clean builds write the same bytes."""
    assert not build(tmp_path).returncode
    texts = []
    for site in (built, tmp_path):
        texts.append((site / "out" / "catalogue.json").read_bytes())
        assert (site / "out" / "catalogue.schema.json").exists()
    assert texts[0] == texts[1]
    found = json.loads(texts[0])
    assert found["counts"]["entries"] == len(found["entries"]) == 3
    outside = found["entries"][1]["outside"]
    assert [way["declaration"] for way in outside] == ["constant B in square(n)"]
    assert outside[0]["error"] > 1e-4


def test_build_without_changes_does_nothing(built: Path) -> None:
    """Without a change torch is not imported, and the data stay as they are."""
    data = built / "out" / "catalogue.json"
    before = data.stat().st_mtime_ns
    assert (built / "out" / "torch").read_text() == "True"
    assert not build(built, sphinx=sphinx_without_torch).returncode
    assert (built / "out" / "torch").read_text() == "False"
    assert data.stat().st_mtime_ns == before


def test_lost_data_are_written_again(built: Path) -> None:
    """Data that somebody removed come back, without verifying anything anew."""
    data = built / "out" / "catalogue.json"
    text = data.read_text("utf-8")
    data.unlink()
    assert not build(built, sphinx=sphinx_without_torch).returncode
    assert data.read_text("utf-8") == text
    assert (built / "out" / "torch").read_text() == "False"


def test_new_code_is_verified(built: Path) -> None:
    """After a change in the package every entry is verified again, and the index follows."""
    change = {"huber-loss": {"derivation": "= clamp(x, -1, 1) @ d(x)"}}
    done = build(built, tuple(change.items()))
    assert not done.returncode, done.stdout
    assert "3 derived, 7 equals signs" in page(built, "index.html").get_text()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"gradients": {"X": "inv(X)"}}, "the gradient by X is off by"),
        (
            {"derivation": "= tr(X @ d(X))"},
            r"its derivation: line 1 does not equal the line before it (relative gap",
        ),
        ({"gradients": {"X": "trace(X)"}}, "there is no word 'trace'; did you mean 'tr'?"),
    ],
    ids=["gradient", "derivation", "notation"],
)
def test_wrong_entry_stops_the_build(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    """A gradient or a derivation that does not hold is no page, and the entry is named."""
    done = build(tmp_path, (("log-det", change),))
    assert done.returncode
    source = Path(notes.__file__).read_text("utf-8").splitlines()
    line = next(n for n, text in enumerate(source, start=1) if 'name="log-det"' in text)
    assert f"notes.py:{line}: 'log-det' does not hold" in done.stdout
    assert message in done.stdout


@pytest.mark.parametrize(
    ("pages", "message"),
    [
        (
            {"group": GROUP.replace("} notes", "} nodes")},
            "there is no group 'nodes'; there are notes",
        ),
        (
            {"index": INDEX.replace("`points`", "`dots`")},
            "there is no count 'dots'; there are entries,",
        ),
    ],
    ids=["group", "count"],
)
def test_unknown_names_stop_the_build(tmp_path: Path, pages: dict[str, str], message: str) -> None:
    """A group or a number that does not exist is told, with those that do."""
    done = build(tmp_path, **pages)  # type: ignore[arg-type]
    assert done.returncode
    assert message in done.stdout


def test_entry_without_a_page_is_told(built: Path) -> None:
    """An entry that no page shows would be lost, and the build says so."""
    conf = 'len(catalogue)\ncatalogue.groups = dict(notes=ENTRIES[:2])\nproject = "test"'
    text = (built / "conf.py").read_text("utf-8").replace('project = "test"', conf)
    (built / "conf.py").write_text(text, "utf-8")
    (built / "catalogue" / "notes.md").write_text(GROUP + "\nChanged.\n", "utf-8")
    done = sphinx_here(["-q", "-E", "-W", ".", "out"], built)
    assert done.returncode
    assert "no page shows these entries: huber-loss" in done.stdout


def test_derivation_says_what_else_it_is_about(tmp_path: Path) -> None:
    """Names and variables that only the derivation has stand above it; the entry's own do not."""
    derivation = "where M = inv(X)\nk in natural()\n\n= tr(M @ d(X))\n# read off"
    done = build(tmp_path, {"log-det": {"derivation": derivation}})
    assert not done.returncode, done.stdout
    whole = page(tmp_path, "catalogue/notes.html")
    given = whole.select("section#log-det .derivation:not(.derived) .derivation-given")
    assert len(given) == 1
    assert "M" in given[0].get_text()
    assert "X∈" not in given[0].get_text().replace(" ", "")
    own = "section#symmetric-quadratic-form .derivation:not(.derived) .derivation-given"
    assert not whole.select(own)
