"""Generated parts that every reader can use.

sphinx-gallery writes a card as raw HTML around an image and an invisible link. Here the parts of
a card are kept and put in order: the picture, and the title as a link.
A block of code that scrolls can be reached with the keyboard.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.typing import ExtensionMetadata

OPENING = '<div class="sphx-glr-thumbcontainer"'


class Cards(SphinxTransform):
    """Rebuilds the cards of a gallery index or mini-gallery."""

    default_priority = 300

    def apply(self, **kwargs: object) -> None:
        """Replace each run of raw HTML, image, link, raw HTML by one container."""
        for raw in list(self.document.findall(nodes.raw)):
            if OPENING not in raw.astext() or raw.parent is None:
                continue
            parent = raw.parent
            start = parent.index(raw)
            image, link, closing = self.parts(parent, start)
            card = nodes.container("", image, link, classes=["card"])
            parent[start : parent.index(closing) + 1] = [card]

    @staticmethod
    def parts(parent: nodes.Element, start: int) -> tuple[nodes.Node, nodes.Node, nodes.Node]:
        """Return a card's image, its link and the HTML that closes it."""
        following = parent[start + 1 :]
        image = next(n for node in following for n in node.findall(nodes.image))
        link = next(n for node in following for n in node.findall(nodes.paragraph))
        closing = next(node for node in following if isinstance(node, nodes.raw))
        return image, link, closing


def make_code_focusable(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Let the keyboard scroll what is wider than the page."""
    if "body" in context:
        context["body"] = context["body"].replace("<pre>", '<pre tabindex="0">')


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the cards, and the last touch on each page."""
    app.add_transform(Cards)
    app.connect("html-page-context", make_code_focusable)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
