"""What every reader can use: what scrolls takes the focus, a list of works is a list."""

import re
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

TABLE = re.compile(r'<div class="(table-wrapper[^"]*)">')


def mend_markup(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Let the keyboard scroll what is wider than the page, and name a work by a role that exists.

    docutils still writes the role ``doc-biblioentry``, which DPUB-ARIA 1.1 deprecates: an item of
    a list is a ``listitem``.
    """
    if "body" in context:
        context["body"] = (
            TABLE.sub(r'<div class="\1" tabindex="0">', context["body"])
            .replace("<pre>", '<pre tabindex="0">')
            .replace(
                '<div class="output text_html">', '<div class="output text_html" tabindex="0">'
            )
            .replace('role="doc-biblioentry"', 'role="listitem"')
        )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the last touch on each page."""
    app.connect("html-page-context", mend_markup)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
