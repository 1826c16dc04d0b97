"""The service worker of one page: its files, and a version that is the digest of their contents."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from _extensions.build import offline
from _extensions.build.offline import USED, WORKER, files, write_worker

HTML = """<link href="_static/site.css?v=1"><script src="_static/own.js"></script>
<a href="index.html">Home</a><img src="https://elsewhere/logo.svg"><link href="gone.css">"""


def site(folder: Path) -> Any:
    """Return an application with a page that was written into a folder."""
    static = folder / "_static"
    (static / "live").mkdir(parents=True)
    for name in ("site.css", "own.js", "own-worker.mjs", "live/pyodide.mjs", "live/temml.js.gz"):
        (static / name).write_text(name)
    (folder / "own.html").write_text(HTML)
    builder = SimpleNamespace(format="html")
    return SimpleNamespace(outdir=folder, builder=builder, config=SimpleNamespace(live_files="yes"))


def test_files(tmp_path: Path) -> None:
    """The page, its styles and scripts, its worker and Python; no other page, host or missing file."""
    assert files(site(tmp_path)) == [
        "_static/live/pyodide.mjs",
        "_static/live/temml.js.gz",
        "_static/own-worker.mjs",
        "_static/own.js",
        "_static/site.css",
        "own.html",
    ]


def test_another_content_is_another_version(tmp_path: Path) -> None:
    """The worker changes when a file does, and is the same for the same files."""
    app = site(tmp_path)
    write_worker(app, None)
    first = (tmp_path / WORKER).read_text()
    write_worker(app, None)
    assert (tmp_path / WORKER).read_text() == first
    (tmp_path / "_static" / "site.css").write_text("other")
    write_worker(app, None)
    assert (tmp_path / WORKER).read_text() != first


def test_no_worker_without_python(tmp_path: Path) -> None:
    """A site that carries no Python for the browser has no worker either, nor one that failed."""
    app = site(tmp_path)
    write_worker(app, ValueError())
    app.config.live_files = ""
    write_worker(app, None)
    assert not (tmp_path / WORKER).exists()


def test_what_the_page_uses_is_in_the_sources() -> None:
    """Each script that is loaded later is one of the site."""
    static = Path(offline.__file__).parents[2] / "_static"
    for name in USED:
        assert not name.startswith("_static/") or (static / Path(name).name).is_file()
