"""A result is found once for each key, and kept as long as a page shows it."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _extensions.build.results import FOLDER, forget_unused, kept, result
from _extensions.domain import NotesDomain


@pytest.fixture
def env(tmp_path: Path) -> BuildEnvironment:
    """Return the environment of a page that is being read."""
    fake = SimpleNamespace(
        doctreedir=tmp_path, docname="page", domaindata={}, settings=None, _app=None
    )
    fake.domains = {"notes": NotesDomain(cast("BuildEnvironment", fake))}
    return cast("BuildEnvironment", fake)


def test_a_result_is_found_once(tmp_path: Path) -> None:
    """The second time a result is asked for, nothing is computed."""
    asked: list[int] = []

    def find() -> str:
        asked.append(1)
        return "found"

    assert [result(tmp_path, "key", find) for _ in range(2)] == ["found", "found"]
    assert result(tmp_path, "another", find) == "found"
    assert len(asked) == 2


def test_a_broken_file_is_no_result(tmp_path: Path) -> None:
    """A file that was cut short is replaced."""
    result(tmp_path, "key", lambda: "found")
    path = tmp_path / FOLDER / "key"
    path.write_bytes(path.read_bytes()[:-3])
    assert result(tmp_path, "key", lambda: "again") == "again"
    assert result(tmp_path, "key", lambda: "never") == "again"


def test_what_raises_leaves_nothing(tmp_path: Path) -> None:
    """No file is written for a result that was not found."""

    def fail() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        result(tmp_path, "key", fail)
    assert list(tmp_path.rglob("*")) == []


def test_what_no_page_shows_goes(env: BuildEnvironment, tmp_path: Path) -> None:
    """When every page has been read, a result that none of them used is dropped."""
    kept(env, "used", lambda: 1)
    result(tmp_path, "unused", lambda: 2)
    forget_unused(cast("Sphinx", SimpleNamespace(doctreedir=tmp_path)), env)
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == ["used"]
