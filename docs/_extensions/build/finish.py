"""How a build ends, so that the next one neither trusts too much nor too little.

- *Interrupted*: Sphinx stores what it has read before it writes the pages. A mark that only a good
  end removes tells the next build to write them all.
- *Warned*: Sphinx does not look twice at a page that has not changed. A page that warned is read
  again by the next build, so that it warns again; no other is.
"""

import gc
import json
import logging
import re
import time
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import NAMESPACE, WarningLogRecordTranslator, is_suppressed_warning
from sphinx.util.typing import ExtensionMetadata

PLACE = re.compile(r"^(.*?\.\w+)(?::.*)?$", re.DOTALL)


class Warned(logging.Handler):
    """Collects the places of all warnings of a build."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self.suppressed = app.config.suppress_warnings
        self.addFilter(WarningLogRecordTranslator(app))
        self.places: set[str] = set()
        self.begun = time.time()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the place of a warning; an empty one where it has none."""
        # Sphinx's own filter would count each warning twice.
        kind, subtype = (getattr(record, name, None) or "" for name in ("type", "subtype"))
        if is_suppressed_warning(kind, subtype, self.suppressed):
            return
        location = getattr(record, "location", None)
        found = PLACE.match(location) if isinstance(location, str) else None
        self.places.add(found[1] if found else "")


def marks(app: Sphinx) -> tuple[Path, Path]:
    """Return the mark of a build that has not ended, and the list of pages that warned."""
    return app.doctreedir / "unfinished", app.doctreedir / "warned.json"


def listen(app: Sphinx) -> None:
    """Listen for warnings, and forget what a full disk has left of a file."""
    app.warned = Warned(app)  # type: ignore[attr-defined]
    logging.getLogger(NAMESPACE).addHandler(app.warned)  # type: ignore[attr-defined]
    info = app.outdir / ".buildinfo"
    if info.exists() and len(info.read_text("utf-8", "replace").splitlines()) < 4:
        info.unlink()


def read_again(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Return the pages that warned in the last build."""
    _, warned = marks(app)
    pages = json.loads(warned.read_text("utf-8")) if warned.exists() else []
    return [page for page in pages if page in env.found_docs]


def begin_to_write(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Set the mark; return all pages if it is there from a build that was interrupted."""
    unfinished, _ = marks(app)
    if unfinished.exists():
        return sorted(env.found_docs)
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    unfinished.touch()
    return []


def end(app: Sphinx, exception: Exception | None) -> None:
    """Remove the mark after a good end, and list the pages that warned."""
    unfinished, warned = marks(app)
    listener: Warned = app.warned  # type: ignore[attr-defined]
    logging.getLogger(NAMESPACE).removeHandler(listener)
    if exception is None:
        unfinished.unlink(missing_ok=True)
    if not listener.places:
        if exception is None:
            warned.unlink(missing_ok=True)
        return
    pages = {place: pages_of(app.env, place) for place in listener.places}
    warned.write_text(json.dumps(sorted(set().union(*pages.values()))), "utf-8")
    if not all(pages.values()):  # nobody knows who warned: everything is looked at again
        (app.doctreedir / ENV_PICKLE_FILENAME).unlink(missing_ok=True)
        for key in Path(app.srcdir).glob("*/*.key"):
            if key.stat().st_mtime >= listener.begun:
                key.unlink()


def pages_of(env: BuildEnvironment, place: str) -> set[str]:
    """Return the pages that are made from a file."""
    if not place:
        return set()
    page = env.path2doc(place)
    if page in env.found_docs:
        return {page}
    path = Path(place).resolve()
    return {
        page
        for page, files in env.dependencies.items()
        if any(Path(env.srcdir, file).resolve() == path for file in files)
    }


def leave_quickly(app: Sphinx, exception: Exception | None) -> None:
    """Freeze the heap, so that exit skips a full collection: a fifth of a build without changes."""
    gc.freeze()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Come first and last."""
    app.connect("builder-inited", listen, priority=0)
    app.connect("env-get-outdated", read_again)
    app.connect("env-updated", begin_to_write, priority=999)
    app.connect("build-finished", end, priority=900)
    app.connect("build-finished", leave_quickly, priority=999)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
