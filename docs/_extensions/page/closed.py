"""A page shows what is here, and says in words what it shows.

No picture without a text alternative, none from another host, and no script between the lines.
"""

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from _extensions.places import place_of

ELSEWHERE = re.compile(r"https?://|//")
SCRIPT = re.compile(r"<script|\son[a-z]+\s*=|javascript:", re.IGNORECASE)
LOADED = re.compile(r"<[^>]*\s(?:src|data)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE)


def problem(node: nodes.Element) -> str:
    """Return the fault of a picture or a piece of HTML, and the remedy; or nothing."""
    if isinstance(node, nodes.image):
        if ELSEWHERE.match(node["uri"]):
            return f"the picture {node['uri']} comes from elsewhere; put it beside the page"
        decorates = "/thumb/" in node["uri"]  # beside its example's title
        if not decorates and not str(node.get("alt", "")).strip():
            return f"the picture {node['uri']} has no alternative text; say what it shows"
        return ""
    if SCRIPT.search(node.astext()):
        return "an inline script does not run here; put it into docs/_static"
    if LOADED.search(node.astext()):
        return "this loads something from elsewhere; put it beside the page"
    return ""


def look(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of what a page that has just been read shows from elsewhere, or without words."""
    found: list[nodes.Element] = [*doctree.findall(nodes.image), *doctree.findall(nodes.raw)]
    for node in found:
        if said := problem(node):
            logging.getLogger(__name__).warning(said, location=place_of(node))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look before Sphinx fetches or copies a picture."""
    app.connect("doctree-read", look, priority=100)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
