"""What the browser loads: packed once, the same for the same sources, and told to the page."""

import gzip
import io
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from _extensions.build import browser
from _extensions.build.browser import ALONE, FORMS, ONLY, PACKAGE, copy, modules, write_archive


def test_files_are_packed_once(tmp_path: Path) -> None:
    """A copied file unpacks to its source, has the same bytes every time, and is left alone."""
    source = tmp_path / "source"
    source.write_bytes(b"abc" * 1000)
    for name in ("a.gz", "b.gz", "c"):
        copy(source, tmp_path / name)
    first, second = (tmp_path / name for name in ("a.gz", "b.gz"))
    assert (
        gzip.decompress(first.read_bytes()) == (tmp_path / "c").read_bytes() == source.read_bytes()
    )
    assert first.read_bytes() == second.read_bytes()
    inode = first.stat().st_ctime_ns
    copy(source, first)
    assert first.stat().st_ctime_ns == inode
    source.write_bytes(b"new")
    copy(source, first)
    assert gzip.decompress(first.read_bytes()) == b"new"


def test_a_build_without_python_for_the_browser_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log says that pages keep what was built, and nothing once the files are there."""
    said: list[str] = []
    logger = SimpleNamespace(info=said.append)
    monkeypatch.setattr("_extensions.build.browser.logging.getLogger", lambda _: logger)
    app, config = SimpleNamespace(confdir=tmp_path / "docs"), SimpleNamespace()
    browser.look_for_files(app, config)  # type: ignore[arg-type]
    assert config.live_files == ""
    assert "keep what the build made" in said.pop()
    fetched = tmp_path / "live" / "node_modules" / "fetched.txt"
    fetched.parent.mkdir(parents=True)
    fetched.write_text("{}")
    browser.look_for_files(app, config)  # type: ignore[arg-type]
    assert config.live_files == "{}"
    assert said == []


def test_the_archive_has_the_package_itself(tmp_path: Path) -> None:
    """What runs in the browser are modules of the package, byte for byte, and each once."""
    target = tmp_path / "package.zip"
    write_archive(target)
    with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as archive:
        names = archive.namelist()
        assert len(set(names)) == len(names)
        for name in names:
            assert archive.read(name) == (PACKAGE.parent / name).read_bytes()
    assert {"autodiff_notes/answering/messages.py", "autodiff_notes/deriving/terms/sums.py"} <= set(
        names
    )


def test_every_module_that_is_named_exists() -> None:
    """The list of single modules names no file that is gone, nor one of a whole room."""
    assert all((PACKAGE / name).is_file() for name in ALONE)
    assert len(list(modules())) == len(set(modules()))


def test_each_form_says_what_it_loads() -> None:
    """A form has a script of the site, and a sentence with the weight."""
    static = Path(browser.__file__).parents[2] / "_static"
    for form, (script, about) in FORMS.items():
        assert (static / script).is_file()
        assert "1.5 MB" in about.format(1.5)
        assert ONLY[form]
