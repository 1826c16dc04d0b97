"""Where something stands, in the words of an error message."""

import os
from pathlib import Path

from docutils import nodes
from sphinx.util.nodes import get_node_line, get_node_source


def short(path: str | os.PathLike[str]) -> str:
    """Return a path from the working directory, where it is shorter that way."""
    return min(os.path.relpath(path), str(Path(path)), key=len)


def place_of(node: nodes.Element) -> str:
    """Return ``file:line`` of a node of a page."""
    return f"{short(get_node_source(node) or '?')}:{get_node_line(node) or '?'}"
