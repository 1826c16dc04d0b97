"""A mistake that stops the build is told in one line, last in the log: where it is, and what it is.

Sphinx would show its own state, ask for an issue of its own, and save a traceback.
With ``-T`` or ``-v`` it still does, before that line.
"""

import errno
import logging
import re
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import sphinx._cli.util.errors as sphinx_errors
from sphinx.application import Sphinx
from sphinx.errors import SphinxParallelError
from sphinx.util.logging import NAMESPACE
from sphinx.util.typing import ExtensionMetadata

from _extensions.places import place_of_last, short

PLACED = re.compile(r"[^\s:]+\.\w+:\d+: ")
FRAME = re.compile(r'File "([^"]+)", line (\d+)(?:, in (\S+))?')
TWICE = re.compile(r"more than one \w+ has the name '([^']+)'")
WRITTEN = ("src/autodiff_notes/catalogue", "src/autodiff_notes/exercises")

FULL = {errno.ENOSPC, errno.EDQUOT}

theirs = sphinx_errors.handle_exception


def chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and those that it came from."""
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__


def told(error: BaseException, root: Path) -> str:
    """Return where somebody's mistake is, and what it is; nothing for an error of another kind."""
    for one in chain(error):
        if isinstance(one, OSError) and one.errno in FULL:
            return f"{one.filename or 'the site'}: {one.strerror}; make room, and build again"
        if twice := TWICE.search(str(one)):
            places = (place_of_last(root / room, f'name="{twice[1]}"') for room in WRITTEN)
            return f"{next(place for place in places if place != '?')}: {twice[0]}"
        if placed := PLACED.search(str(one)):
            return " ".join(str(one)[placed.start() :].split())
    if isinstance(error, SphinxParallelError):
        trace, what = error.traceback, str(error)
    else:
        *_, first = chain(error)
        trace, what = "".join(traceback.format_exception(error)), f"{type(first).__name__}: {first}"
    place = place_in(trace, root)
    return f"{place}: {' '.join(what.split())}" if place else ""


def place_in(trace: str, root: Path) -> str:
    """Return the last line of a traceback that a script has, or else a list of entries."""
    frames = [(Path(path), line, within) for path, line, within in FRAME.findall(trace)]
    scripts = [(path, line) for path, line, _ in frames if path.parent == root / "gallery"]
    entries = [
        (path, line)
        for path, line, within in frames
        if path.parent in {root / folder for folder in WRITTEN} and within in {"<module>", ""}
    ]
    listed = [(path, line) for path, line in entries if path.name != "__init__.py"]
    found = scripts or listed
    return f"{short(found[-1][0])}:{found[-1][1]}" if found else ""


def not_of_a_script(record: logging.LogRecord) -> bool:
    """Return whether a message is another than sphinx-gallery's traceback of a script."""
    return "unexpectedly failed" not in str(record.msg)


def tell_last(app: Sphinx) -> None:
    """Have the line of a mistake be the last, in place of what Sphinx says of a crash."""
    root = Path(app.confdir).parent

    def handle(exception: BaseException, /, **options: object) -> None:
        line = told(exception, root)
        if not line or options.get("print_traceback") or options.get("use_pdb"):
            theirs(exception, **options)  # type: ignore[arg-type]
        if line:
            print(line, file=options.get("stderr", sys.stderr))  # type: ignore[call-overload]

    sphinx_errors.handle_exception = handle
    if not app.verbosity:
        logging.getLogger(f"{NAMESPACE}.sphinx-gallery").addFilter(not_of_a_script)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen before anything can fail."""
    tell_last(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
