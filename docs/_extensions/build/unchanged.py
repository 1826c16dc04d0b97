"""A build for which nothing has changed since the last good one ends before it loads anything.

Sphinx without a page to read still loads every extension, and writes indices and the search anew.
Here what a build is made from and what it made are remembered after a good end: the content of
every file of the project that it may read, the versions of everything that is installed, the
settings; and size and time of each file of the site. If all of it is still so, there is nothing to
do. Options to write everything (``-a``) or to forget everything (``-E``) are obeyed. The tests read
the mark as well: a site that stands as ``nox -s docs`` left it need not be built for them again.
"""

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

READ = ("docs", "gallery", "src")  # with all below them
READ_TOO = ("*", "live/*", "live/node_modules/fetched.txt", "docs/_build/engines.md")
MADE = {"__pycache__", "_build", "jupyter_execute"}
GENERATED = ("docs/gallery",)
INVENTORY = ".inv"  # written from a list beside it
VARIABLES = ("SITE_ADDRESS", "SOURCE_DATE_EPOCH")
MARK = "unchanged.json"
ANEW = re.compile(r"-\w*[aE]\w*|--write-all|--fresh-env")


def sources(root: Path) -> str:
    """Return a digest of all that a build depends on, but for its settings."""
    found = hashlib.sha256(repr([sys.version, *installed()]).encode())
    for name in sorted(read(root)):
        content = Path(name).read_bytes()
        found.update(f"\n{name} {len(content)}\n".encode() + content)
    return found.hexdigest()


def read(root: Path) -> Iterator[str]:
    """Yield the files of the project that a build may read."""
    made = {os.path.join(root, folder) for folder in GENERATED}  # noqa: PTH118 - thousands
    for folder in READ:
        for at, below, names in os.walk(root / folder):
            below[:] = [n for n in below if n not in MADE and os.path.join(at, n) not in made]  # noqa: PTH118
            kept = (name for name in names if not name.endswith(INVENTORY))
            yield from (os.path.join(at, name) for name in kept)  # noqa: PTH118
    yield from (str(p) for pattern in READ_TOO for p in root.glob(pattern) if p.is_file())


def installed() -> list[str]:
    """Return the names and versions of all that is installed."""
    folders = [Path(folder) for folder in sys.path]
    return sorted({p.name for f in folders if f.is_dir() for p in f.glob("*-info")})


def settings(app: Sphinx) -> dict[str, object]:
    """Return the settings of the command line and of the environment."""
    return {
        **{name: repr(value) for name, value in sorted(app.config.overrides.items())},
        "tags": sorted(app.tags),
        "folder": str(app.srcdir),
        **{name: os.environ.get(name) for name in VARIABLES},
    }


def site(out: Path, kept: Path) -> str:
    """Return a digest of a site as it is, less what is kept: the size and the time of each file."""
    files = sorted(p for p in out.rglob("*") if p.is_file() and kept not in p.parents)
    about = [(str(path), (s := path.stat()).st_size, s.st_mtime_ns) for path in files]
    return hashlib.sha256(repr(about).encode()).hexdigest()


def mark_of(kept: Path) -> dict[str, object]:
    """Return the mark of a good end: the sources, the settings, and the site that it left."""
    try:
        mark: dict[str, object] = json.loads((kept / MARK).read_text("utf-8"))
    except (OSError, ValueError):  # none, or one that was cut short
        return {}
    return mark


def end_if_unchanged(app: Sphinx) -> None:
    """End here and now if all is as the last good build left it."""
    before = {"sources": sources(Path(app.confdir).parent), "settings": settings(app)}
    kept = Path(app.doctreedir)
    wanted = any(map(ANEW.fullmatch, sys.argv[1:]))
    if not wanted and mark_of(kept) == before | {"site": site(Path(app.outdir), kept)}:
        logging.getLogger(__name__).info("Nothing has changed since the last build.")
        raise SystemExit(0)
    (kept / MARK).unlink(missing_ok=True)
    app.before = before  # type: ignore[attr-defined]


def remember(app: Sphinx, exception: Exception | None) -> None:
    """Remember a build that ended well and had nothing to say."""
    warned = app.warned.places  # type: ignore[attr-defined]
    if exception is None and app.builder.name == "html" and not warned:
        left = {"site": site(Path(app.outdir), Path(app.doctreedir))}
        mark = json.dumps(app.before | left)  # type: ignore[attr-defined]
        Path(app.doctreedir, MARK).write_text(mark, "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look before anything else is loaded, and once more when everything is written."""
    app.setup_extension("_extensions.build.finish")
    end_if_unchanged(app)
    app.connect("build-finished", remember, priority=1000)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
