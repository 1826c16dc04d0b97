"""The navigation is made of pages; the sections inside them are put aside before it is built.

Sphinx copies every section of every page for the navigation of every page, and drops them again.
That is the part of a build that grows with the square of the number of pages.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

Contents = dict[str, nodes.bullet_list]
Context = dict[str, Any]


def pages_only(contents: nodes.bullet_list) -> nodes.bullet_list:
    """Return a page's contents without its sections: its title, and the pages below it."""
    shorter = contents.deepcopy()
    for item in shorter:
        if isinstance(item, nodes.Element) and len(item) > 1:
            below = list(item.findall(addnodes.toctree))
            item[1:] = [nodes.bullet_list("", *below)] if below else []
    return shorter


def prepare(app: Sphinx, builder: Builder) -> None:
    """Shorten all contents once, before the first page is written."""
    shorter = {page: pages_only(contents) for page, contents in app.env.tocs.items()}

    def lighten(app: Sphinx, page: str, template: str, context: Context, doctree: object) -> None:
        context["toctree"] = partial(tree, app.env, shorter, context["toctree"])

    app.connect("html-page-context", lighten, priority=400)  # before furo's, which uses it


def tree(
    env: BuildEnvironment, shorter: Contents, build: Callable[..., str], **options: Any
) -> str:
    """Build the HTML of a tree; one of titles alone is built from the shortened contents."""
    if not options.get("titles_only"):
        return build(**options)
    whole, env.tocs = env.tocs, shorter
    try:
        return build(**options)
    finally:
        env.tocs = whole


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen for the writing of pages."""
    app.connect("write-started", prepare)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
