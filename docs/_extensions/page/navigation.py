"""The navigation, made once a build instead of once a page.

Sphinx and furo make the tree of all pages anew for each of them: the part of a build that grows
with the square of the number of pages. But the trees differ in their relative addresses, and in
the branch that is marked as current, and in nothing else.
"""

import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.results import once, write_whole

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder

Context = dict[str, Any]

TAG = re.compile(r"(<(?:ul|li|a|input)\b[^>]*>|</(?:ul|li)>)")
ADDRESS = re.compile(r'(?<=href=")(?!\w+:|#)([^"#]*)')

# What furo asks Sphinx for.
WHOLE: dict[str, Any] = {
    "collapse": False,
    "titles_only": True,
    "maxdepth": -1,
    "includehidden": True,
}


class Tree:
    """The navigation as a page in the root that is not in it would show it."""

    def __init__(self, html: str) -> None:
        self.pieces = TAG.split(html)
        self.boxes: dict[int, int] = {}
        """The checkbox of each item that has one."""
        self.branches: dict[str, list[int]] = {}
        """The lists and items around each address, from the outside, and its link."""
        around: list[int] = []
        for place, piece in enumerate(self.pieces):
            if piece.startswith(("<ul", "<li")):
                around.append(place)
            elif piece.startswith(("</ul", "</li")):
                around.pop()
            elif piece.startswith("<input"):
                self.boxes[around[-1]] = place
            elif address := ADDRESS.search(piece):
                self.branches.setdefault(address[0], [*around, place])

    def seen_from(self, address: str) -> str:
        """Return the navigation of the page with an address."""
        pieces = [
            ADDRESS.sub(lambda to: relative_uri(address, to[0]) or "#", p) for p in self.pieces
        ]
        *around, link = self.branches.get(address, [0])
        if around:
            pieces[link] = pieces[link].replace('class="', 'class="current ', 1)
            item = around[-1]
            pieces[item] = pieces[item].replace('">', ' current-page">')
        for place in around:
            if pieces[place] == "<ul>":
                pieces[place] = '<ul class="current">'
            pieces[place] = re.sub(r"(toctree-l\d+)", r"\1 current", pieces[place])
            if place in self.boxes:
                box = self.boxes[place]
                pieces[box] = pieces[box].replace(' class="', ' checked="" class="', 1)
        return "".join(pieces)


def kept(app: Sphinx) -> Path:
    """Return where the navigation is that the pages of the last build show."""
    return app.doctreedir / "navigation"


def tree_of(app: Sphinx) -> Tree | None:
    """Return the navigation of this build, made once; none for another theme or builder."""
    if app.config.html_theme != "furo" or app.builder.name != "html":
        return None
    return once(app, "navigation", partial(_tree, cast("StandaloneHTMLBuilder", app.builder)))


def _tree(builder: "StandaloneHTMLBuilder") -> Tree:
    from furo.navigation import get_navigation_tree  # noqa: PLC0415 - the theme may be another

    return Tree(get_navigation_tree(builder._get_local_toctree("navigation", **WHOLE) or ""))


def replace(app: Sphinx, pages: Iterable[str]) -> list[str]:
    """Put this build's navigation into pages that are as they were; return those that are not.

    To write a page anew takes ten times as long, and a deleted script is in the navigation of all.
    """
    tree = tree_of(app)
    if tree is None or not kept(app).exists():
        return list(pages)
    before = Tree(kept(app).read_text("utf-8"))
    if before.pieces == tree.pieces:
        return []
    others = []
    for page in pages:
        path = Path(cast("StandaloneHTMLBuilder", app.builder).get_output_path(page))
        address = app.builder.get_target_uri(page)
        old = before.seen_from(address)
        html = path.read_text("utf-8") if path.exists() else ""
        if html.count(old) == 1:
            write_whole(path, html.replace(old, tree.seen_from(address)).encode())
        else:
            others.append(page)
    return others


def keep(app: Sphinx, exception: Exception | None) -> None:
    """Keep the navigation that all pages show now."""
    if exception is None and (tree := tree_of(app)):
        write_whole(kept(app), "".join(tree.pieces).encode())


def prepare(app: Sphinx, builder: Builder) -> None:
    """Show the tree on each page that is written."""
    tree = tree_of(app)
    if tree is None:
        return
    toctrees: list[Callable[..., str]] = []

    def hide(app: Sphinx, page: str, template: str, context: Context, doctree: object) -> None:
        """Keep furo from making the tree."""
        toctrees.append(context.get("toctree", str))
        if page != app.config.notfound_pagename:  # its addresses are absolute
            context["toctree"] = lambda **_: ""

    def show(app: Sphinx, page: str, template: str, context: Context, doctree: object) -> None:
        """Put the tree where furo has it."""
        context["toctree"] = toctrees.pop()
        if page != app.config.notfound_pagename:
            context["furo_navigation_tree"] = tree.seen_from(builder.get_target_uri(page))

    app.connect("html-page-context", hide, priority=499)
    app.connect("html-page-context", show, priority=501)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen for the writing of pages."""
    app.connect("write-started", prepare)
    app.connect("build-finished", keep)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
