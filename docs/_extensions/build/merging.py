"""What sphinx-notfound-page breaks when several processes read pages.

Each of them has a description of the page for addresses that lead nowhere, and all but one an
empty one; the last one won.
"""

from collections.abc import Set as AbstractSet

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata


def keep_to_own_pages(
    app: Sphinx, env: BuildEnvironment, docnames: AbstractSet[str], other: BuildEnvironment
) -> None:
    """Let another process tell of the pages that it has read, and of no other."""
    for page in other.metadata.keys() - docnames:
        del other.metadata[page]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Come before everything that merges."""
    app.connect("env-merge-info", keep_to_own_pages, priority=100)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
