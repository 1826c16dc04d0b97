"""An error becomes one line that begins with a place, if somebody's mistake is behind it."""

import errno
import logging
from pathlib import Path

import pytest
from sphinx.errors import ExtensionError, SphinxParallelError

from _extensions.build.told import not_of_a_script, place_in, told


def error(message: str, cause: Exception | None = None) -> ExtensionError:
    """Return an error as an extension raises it."""
    found = ExtensionError(message)
    found.__cause__ = cause
    return found


@pytest.mark.parametrize(
    "raised",
    [
        error("docs/a.md:3: no\n  such thing"),
        error("Handler threw an exception", error("docs/a.md:3: no\n  such thing")),
        SphinxParallelError("sphinx.errors.ExtensionError: docs/a.md:3: no\n  such thing", ""),
    ],
    ids=["at once", "behind another", "in another process"],
)
def test_a_place_begins_the_line(tmp_path: Path, raised: Exception) -> None:
    """Whatever Sphinx has put around it, the message is one line from the place on."""
    assert told(raised, tmp_path) == "docs/a.md:3: no such thing"


def test_a_script_is_named_by_its_own_last_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a traceback that ends elsewhere, the last line within the gallery is named."""
    monkeypatch.chdir(tmp_path)
    trace = "".join(
        f'  File "{path}", line {line}, in {within}\n'
        for path, line, within in (
            (tmp_path / "gallery/plot_a.py", 3, "<module>"),
            (tmp_path / "gallery/plot_a.py", 9, "f"),
            ("/lib/torch.py", 7, "det"),
        )
    )
    assert place_in(trace, tmp_path) == "gallery/plot_a.py:9"
    assert told(SphinxParallelError("ValueError: no", trace), tmp_path).endswith(
        ":9: ValueError: no"
    )


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """The line names the file that found no room, also behind another error, and what to do."""
    full = OSError(errno.ENOSPC, "No space left on device", "out/a.html")
    for raised in (full, error("Handler threw an exception", full)):
        said = told(raised, tmp_path)
        assert said == "out/a.html: No space left on device; make room, and build again"
    assert told(OSError(errno.EACCES, "Permission denied", "out/a.html"), tmp_path) == ""


def test_a_fault_of_an_extension_is_left_to_sphinx(tmp_path: Path) -> None:
    """Without a place there is no line, so that the traceback is shown."""
    assert told(ZeroDivisionError("division by zero"), tmp_path) == ""


def test_only_the_traceback_of_a_script_is_left_out() -> None:
    """Another warning of sphinx-gallery is shown."""
    for text, shown in (("x unexpectedly failed to run", False), ("another", True)):
        record = logging.makeLogRecord({"msg": text})
        assert not_of_a_script(record) is shown
