"""How a build ends: a page that warned warns again, and the process leaves at once."""

import gc

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.util.typing import ExtensionMetadata


def forget_a_build_that_warned(app: Sphinx, exception: Exception | None) -> None:
    """Let the next build warn again: Sphinx does not look twice at a page that has not changed."""
    if app._warncount:
        (app.doctreedir / ENV_PICKLE_FILENAME).unlink(missing_ok=True)


def leave_quickly(app: Sphinx, exception: Exception | None) -> None:
    """Freeze the heap, so that exit skips a full collection: a fifth of a build without changes."""
    gc.freeze()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Come last."""
    app.connect("build-finished", forget_a_build_that_warned, priority=900)
    app.connect("build-finished", leave_quickly, priority=999)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
