"""A page is not heavier than a reader on a slow line waits for."""

from typing import Any

from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

HEAVIEST = 600_000  # bytes before compression; the largest page of the catalogue has 450,000


def look(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Warn of a page whose text is too heavy."""
    weight = len(context.get("body", "").encode())
    if doctree and weight > HEAVIEST:
        logging.getLogger(__name__).warning(
            "the page weighs %s bytes, and may have %s; divide it",
            weight,
            HEAVIEST,
            location=f"{app.env.doc2path(pagename)}:1",
        )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at each page that is written."""
    app.connect("html-page-context", look)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
