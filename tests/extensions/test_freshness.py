"""The fingerprint changes with what an output depends on, and with nothing else."""

from importlib.metadata import version
from pathlib import Path

import pytest

from freshness import COMPUTES, fingerprint


@pytest.fixture
def docs(project: Path) -> Path:
    """Return the pages' folder of a small project."""
    return project / "docs"


@pytest.mark.parametrize(
    "name",
    [
        "src/autodiff_notes/number.py",
        "src/autodiff_notes/figures.mplstyle",
        "src/autodiff_notes/palette.toml",
        "docs/_extensions/figures.py",
        "docs/conf.py",
    ],
)
def test_it_changes_with_what_computes_and_draws(docs: Path, name: str) -> None:
    """The package, the style, the extensions and the settings each count, to the last byte."""
    before = fingerprint(docs)
    path = docs.parent / name
    text = path.read_bytes()
    path.write_bytes(text + b"\n")
    assert fingerprint(docs) != before
    path.write_bytes(text)
    assert fingerprint(docs) == before


def test_it_changes_with_a_new_module(docs: Path) -> None:
    """A module that comes, and one that gets another name, count."""
    before = fingerprint(docs)
    new = docs.parent / "src" / "autodiff_notes" / "new.py"
    new.touch()
    added = fingerprint(docs)
    new.rename(new.with_name("newer.py"))
    assert len({before, added, fingerprint(docs)}) == 3


@pytest.mark.parametrize("changed", COMPUTES)
def test_it_changes_with_a_version(
    docs: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    """Another version of anything that computes or draws counts."""
    before = fingerprint(docs)
    monkeypatch.setattr("freshness.version", lambda name: version(name) + "+x" * (name == changed))
    assert fingerprint(docs) != before


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "docs/page.md",
        "docs/_static/site.css",
        "gallery/plot_number.py",
        "src/autodiff_notes/__pycache__/number.cpython-311.pyc",
    ],
)
def test_it_does_not_change_with_the_rest(docs: Path, name: str) -> None:
    """Pages, style sheets, compiled code and the scripts, which are watched one by one, do not."""
    before = fingerprint(docs)
    path = docs.parent / name
    path.parent.mkdir(exist_ok=True)
    with path.open("a") as file:
        file.write("\n")
    assert fingerprint(docs) == before


def test_it_does_not_depend_on_the_place(docs: Path, tmp_path: Path) -> None:
    """The same sources in another folder have the same fingerprint."""
    before = fingerprint(docs)
    moved = docs.parent.rename(tmp_path / "elsewhere")
    assert fingerprint(moved / "docs") == before
