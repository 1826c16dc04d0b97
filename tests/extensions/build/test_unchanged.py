"""A build that has nothing to do ends at once, and one that has something to do never does."""

import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from types import SimpleNamespace
from typing import cast

import pytest
from sphinx.application import Sphinx
from sphinx.builders import Builder

import forks
from _extensions.build import unchanged
from projects import DOCTREES, ROOT, append, stands, variables

SAID = "Nothing has changed since the last build."
FILES = (
    "pyproject.toml",
    "docs/conf.py",
    "docs/page.md",
    "docs/_static/site.css",
    "docs/_templates/page.html",
    "docs/_extensions/build/unchanged.py",
    "gallery/plot_number.py",
    "src/autodiff_notes/number.py",
    "src/autodiff_notes/palette.toml",
    "live/node_modules/fetched.txt",
    "docs/_build/engines.md",
)
MADE = (
    "docs/gallery/plot_number.rst",
    "docs/_inventories/torch.inv",
    "docs/_build/doctrees/environment.pickle",
    "notes/todo.md",
)


def put(path: Path, text: str) -> None:
    """Write a file and its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sphinx:
    """Return a build that has ended well, as far as the module looks at it."""
    for name in (*FILES, *MADE, "out/page.html"):
        put(tmp_path / name, "something")
    monkeypatch.setattr(sys, "argv", ["sphinx-build", "-q", "docs", "out"])
    fake = SimpleNamespace(
        confdir=tmp_path / "docs",
        srcdir=tmp_path / "docs",
        outdir=tmp_path / "out",
        doctreedir=tmp_path / "out" / ".doctrees",
        config=SimpleNamespace(overrides={}),
        tags=["html"],
        builder=SimpleNamespace(name="html"),
        warned=SimpleNamespace(places=set()),
    )
    fake.doctreedir.mkdir()
    found = cast("Sphinx", fake)
    unchanged.end_if_unchanged(found)
    unchanged.remember(found, None)
    return found


def ends(app: Sphinx) -> bool:
    """Return whether the next build ends at once."""
    try:
        unchanged.end_if_unchanged(app)
    except SystemExit as end:
        return not end.code
    return False


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", ["somethinf", None], ids=["changed", "removed"])
def test_what_a_build_reads_counts(app: Sphinx, name: str, content: str | None) -> None:
    """A change of any file that is read, or one that is gone, is something to do."""
    path = Path(app.confdir).parent / name
    if content is None:
        path.unlink()
    else:
        path.write_text(content, "utf-8")
    assert not ends(app)


@pytest.mark.parametrize("folder", ["docs", "docs/notes", "gallery", "src/autodiff_notes", "live"])
def test_a_new_file_counts(app: Sphinx, folder: str) -> None:
    """A file that joins those that are read is something to do."""
    put(Path(app.confdir).parent / folder / "another.md", "new")
    assert not ends(app)


def test_the_generated_folder_is_the_one_that_is_written() -> None:
    """It is the gallery's: what a build writes beside sources."""
    (gallery,) = re.findall('"gallery_dirs": "(.*)"', (ROOT / "docs/conf.py").read_text("utf-8"))
    assert (f"docs/{gallery}",) == unchanged.GENERATED


@pytest.mark.parametrize("name", MADE)
def test_what_a_build_makes_or_ignores_does_not(app: Sphinx, name: str) -> None:
    """A generated file, or one that no build reads, changes nothing."""
    (Path(app.confdir).parent / name).write_text("another", "utf-8")
    assert ends(app)


@pytest.mark.parametrize(
    "harm",
    [
        lambda page: page.unlink(),
        lambda page: page.write_text("cut", "utf-8"),
        lambda page: os.utime(page, ns=(0, 0)),
        lambda page: put(page.with_name("more.html"), "more"),
    ],
    ids=["removed", "cut", "touched", "joined"],
)
def test_a_site_that_is_not_as_it_was_left_is_built(
    app: Sphinx, harm: Callable[[Path], object]
) -> None:
    """Every file of the site is as the last build left it, or there is something to do."""
    harm(Path(app.outdir, "page.html"))
    assert not ends(app)


def test_settings_count(app: Sphinx, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another address, a setting on the command line, a tag, another version installed."""
    monkeypatch.setenv("SITE_ADDRESS", "https://example.org/notes/")
    assert not ends(app)
    monkeypatch.delenv("SITE_ADDRESS")
    unchanged.remember(app, None)
    app.config.overrides["nitpicky"] = True
    assert not ends(app)
    unchanged.remember(app, None)
    cast("list[str]", app.tags).append("draft")
    assert not ends(app)
    unchanged.remember(app, None)
    put(Path(app.outdir).parent / "site" / "torch-2.99.0.dist-info" / "METADATA", "")
    monkeypatch.syspath_prepend(Path(app.outdir).parent / "site")
    assert not ends(app)


@pytest.mark.parametrize("option", ["-a", "-E", "-qE", "-aE", "--fresh-env", "--write-all"])
def test_an_option_that_asks_for_everything_is_obeyed(
    app: Sphinx, option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With -a or -E there is something to do."""
    monkeypatch.setattr(sys, "argv", ["sphinx-build", option, "docs", "out"])
    assert not ends(app)


def test_only_a_good_end_counts(app: Sphinx) -> None:
    """A build that failed, that warned, or that made something else leaves no mark."""
    Path(app.doctreedir, unchanged.MARK).unlink()
    unchanged.remember(app, ValueError("no"))
    assert not ends(app)
    app.warned.places.add("docs/page.md:1")  # type: ignore[attr-defined]
    unchanged.remember(app, None)
    assert not ends(app)
    app.warned.places.clear()  # type: ignore[attr-defined]
    app.builder = cast("Builder", SimpleNamespace(name="epub"))
    unchanged.remember(app, None)
    assert not ends(app)


def test_what_changes_during_a_build_counts(app: Sphinx) -> None:
    """A file that is saved while the site is built is seen by the next build."""
    page = Path(app.confdir, "page.md")
    page.write_text("first", "utf-8")
    assert not ends(app)
    page.write_text("second", "utf-8")
    unchanged.remember(app, None)
    assert not ends(app)
    unchanged.remember(app, None)
    assert ends(app)


def test_a_real_build_ends_at_once(
    pristine: Path, tmp_path: Path, build: Callable[[Path], CompletedProcess[str]]
) -> None:
    """The second of two builds says so, and leaves every file alone."""
    project = tmp_path / "project"
    shutil.copytree(pristine / "copy", project)
    assert build(project).returncode == 0
    times = {path: path.stat().st_mtime_ns for path in project.rglob("*") if path.is_file()}
    done = forks.sphinx(
        ["-W", "--nitpicky", "--keep-going", "docs", "out"], project, variables(project)
    )
    assert done.returncode == 0, done.stdout
    assert SAID in done.stdout
    assert times == {path: path.stat().st_mtime_ns for path in project.rglob("*") if path.is_file()}
    assert stands(project, "out", DOCTREES)
    append(project / "docs" / "page.md", "\nA word.\n")
    assert not stands(project, "out", DOCTREES)


@pytest.mark.parametrize(
    "other", [{"SITE_ADDRESS": "https://example.org/"}, {"tags": ["draft"]}, {"nitpicky": "False"}]
)
def test_a_site_of_other_settings_is_none_of_docs(
    built: Path, build: Callable[[Path], CompletedProcess[str]], other: dict[str, object]
) -> None:
    """What the tests take over was made as ``nox -s docs`` makes it."""
    mark = built / DOCTREES / unchanged.MARK
    assert build(built).returncode == 0
    assert stands(built, "out", DOCTREES)
    made = json.loads(mark.read_text("utf-8"))
    mark.write_text(json.dumps(made | {"settings": made["settings"] | other}), "utf-8")
    assert not stands(built, "out", DOCTREES)
