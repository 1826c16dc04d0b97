"""Gallery cards that every reader can use.

sphinx-gallery writes a card as raw HTML around an image and an invisible link. Here the parts of
a card are kept and put in order: picture, title as the link, first sentence.
"""

import html
import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.typing import ExtensionMetadata

OPENING = re.compile(r'<div class="sphx-glr-thumbcontainer"[^>]*tooltip="(?P<intro>[^"]*)"')


class Cards(SphinxTransform):
    """Rebuilds the cards of a gallery index or mini-gallery."""

    default_priority = 300

    def apply(self, **kwargs: object) -> None:
        """Replace each run of raw HTML, image, link, raw HTML by one container."""
        for raw in list(self.document.findall(nodes.raw)):
            opening = OPENING.search(raw.astext())
            if not opening or raw.parent is None:
                continue
            parent = raw.parent
            start = parent.index(raw)
            image, link, closing = self.parts(parent, start)
            intro = html.unescape(opening["intro"])
            card = nodes.container("", image, link, classes=["card"])
            card += nodes.paragraph(intro, intro, classes=["card-text"])
            end = parent.index(closing)
            parent[start : end + 1] = [card]

    @staticmethod
    def parts(
        parent: nodes.Element, start: int
    ) -> tuple[nodes.Node, nodes.Node, nodes.Node]:
        """Return a card's image, its link and the HTML that closes it."""
        following = parent[start + 1 :]
        image = next(n for node in following for n in node.findall(nodes.image))
        link = next(n for node in following for n in node.findall(nodes.paragraph))
        closing = next(node for node in following if isinstance(node, nodes.raw))
        return image, link, closing


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_transform(Cards)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
