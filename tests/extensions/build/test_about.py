"""The digest of the sources follows them, and nothing else."""

from pathlib import Path

from _extensions.build.about import fingerprint, packages
from projects import ROOT


def test_the_digest_follows_what_is_written(tmp_path: Path) -> None:
    """A page changes it; what a build leaves does not."""
    page = tmp_path / "docs" / "a.md"
    left = tmp_path / "docs" / "_build" / "a.md"
    left.parent.mkdir(parents=True)
    page.write_text("one", "utf-8")
    before = fingerprint(tmp_path)
    left.write_text("left", "utf-8")
    assert fingerprint(tmp_path) == before
    page.write_text("two", "utf-8")
    assert fingerprint(tmp_path) != before


def test_the_packages_are_those_of_the_project() -> None:
    """Names come without their ranges and extras."""
    found = packages((ROOT / "pyproject.toml").read_text("utf-8"))
    assert {"numpy", "torch", "fonttools", "myst-nb"} <= found.keys()
    assert found["torch"].startswith("2.")
