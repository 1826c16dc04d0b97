"""Pages are written again when what all of them show has changed: small builds equal a clean one."""

import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

Build = Callable[[Path], CompletedProcess[str]]


def edit(path: Path, old: str, new: str) -> None:
    """Replace what must occur in a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def published(project: Path) -> dict[str, bytes]:
    """Return every file of the built site, by its path; Sphinx's own memory is no part of it."""
    out = project / "out"
    files = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    return {n: p.read_bytes() for n, p in sorted(files.items()) if not n.startswith(".doctrees/")}


def test_small_builds_equal_a_clean_one(built: Path, tmp_path: Path, build: Build) -> None:
    """After each of several changes the site is, byte for byte, that of a clean build elsewhere.

    Elsewhere is a folder with a space in its name, so that no path of it is in the site, either.
    """

    def rebuild(project: Path) -> dict[str, bytes]:
        done = build(project)
        assert done.returncode == 0, done.stdout
        return published(project)

    assert rebuild(built) == rebuild(built)
    edit(built / "docs" / "page.md", "# The page", "# Another title")
    edit(built / "docs" / "cells.md", "## A place", "## Another place")
    site = rebuild(built)
    assert b"Another place" in site["referring.html"]
    assert all(
        b"Another title" in site[f"{name}.html"] for name in ("cells", "gallery/plot_number")
    )

    edit(built / "docs" / "_static" / "site.css", "{", "{ ")
    (built / "docs" / "_static" / "passing.txt").unlink()
    edit(built / "docs" / "page.md", "$n$", "$\\heartsuit$")  # a new character for the font
    assert "_static/passing.txt" not in rebuild(built)

    address = "autodiff-notes.github.io/autodiff-notes/"
    edit(built / "pyproject.toml", address, "example.org/there/")
    site = rebuild(built)
    assert [n for n in site if address.encode() in site[n]] == []

    other = tmp_path / "some where" / "else"
    shutil.copytree(built, other, ignore=shutil.ignore_patterns("out", "runs.txt", "*.inv"))
    shutil.rmtree(other / "docs" / "gallery")
    clean = rebuild(other)
    assert site.keys() == clean.keys()
    assert [name for name in site if site[name] != clean[name]] == []
