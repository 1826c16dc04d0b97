"""What every reader can use: a block of code that scrolls can be reached with the keyboard."""

from typing import Any

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata


def make_code_focusable(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Let the keyboard scroll what is wider than the page."""
    if "body" in context:
        context["body"] = context["body"].replace("<pre>", '<pre tabindex="0">')


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the last touch on each page."""
    app.connect("html-page-context", make_code_focusable)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
