"""What the browser loads: packed once, the same for the same sources, and told to the page."""

import gzip
from pathlib import Path
from types import SimpleNamespace

import pytest

from _extensions.build import browser
from _extensions.build.browser import FORMS, ONLY, OTHERS, copy


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


@pytest.mark.parametrize("done", [True, False])
def test_a_build_fetches_first(tmp_path: Path, done: bool) -> None:
    """Where the script is that fetches, it is asked; what it could not renew is not used."""
    live = tmp_path / "live"
    (live / "node_modules").mkdir(parents=True)
    fetched = live / "node_modules" / "fetched.txt"
    fetched.write_text("old")
    (live / "fetch.py").write_text(
        f"from pathlib import Path\n\ndef fetch():\n    Path({str(fetched)!r}).write_text('new')\n    return {done}\n"
    )
    app, config = SimpleNamespace(confdir=tmp_path / "docs"), SimpleNamespace()
    browser.look_for_files(app, config)  # type: ignore[arg-type]
    assert config.live_files == ("new" if done else "")


def test_each_form_says_what_it_loads() -> None:
    """A form has a script of the site, and a sentence with the weight."""
    static = Path(browser.__file__).parents[2] / "_static"
    for form, (script, about) in FORMS.items():
        assert (static / script).is_file()
        assert "1.5 MB" in about.format(1.5)
        assert ONLY[form] in OTHERS
