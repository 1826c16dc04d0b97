"""A cell that raises is named by file and line.

MyST-NB stops the build with the page's name alone.
"""

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from places import short

CELL = re.compile(r"following cell:\n-+\n(.*?)\n-{18}\n", re.DOTALL)
LINE = re.compile(r"Cell In\[\d+\], line (\d+)")
COLOUR = re.compile(r"\x1b\[[\d;]*m")


def line_of_failure(page: str, report: str) -> int | None:
    """Return the line of a page at which a cell raised, from the report of the run."""
    report = COLOUR.sub("", report)
    cell, line = CELL.search(report), LINE.search(report)
    if cell is None or cell[1] not in page:
        return None
    before, _, _ = page.partition(cell[1])
    return before.count("\n") + (int(line[1]) if line else 1)


def name_the_cell(app: Sphinx, exception: Exception | None) -> None:
    """Say which line of which page raised what."""
    if exception is None:
        return
    # A build that succeeds does without it.
    from nbclient.exceptions import CellExecutionError  # noqa: PLC0415

    cause = exception.__cause__
    if isinstance(cause, CellExecutionError):
        page = Path(str(exception))
        line = line_of_failure(page.read_text("utf-8"), cause.traceback)
        place = f"{short(page)}:{line or '?'}"
        logging.getLogger(__name__).error("%s: %s: %s", place, cause.ename, cause.evalue)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen for a build that fails."""
    app.connect("build-finished", name_the_cell)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
