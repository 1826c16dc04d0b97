"""A step whose argument and run differ much in height has them one below the other.

Side by side, the shorter of them would leave a hole. Heights are guessed from the text, in lines
of the argument's column on a wide screen.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

STACKED = "step-stacked"
COLUMN = 38  # characters in a line of the argument
CODE = 0.75  # a line of code is less high
PICTURE, FORMULA, FRAME = 14, 2.5, 2  # a figure; a formula; the border of a block, what was checked
# The sides may differ by this many lines, and the longer may be this many times the shorter.
LINES, TIMES = 10, 2


def height(side: nodes.Element) -> float:
    """Return about how many lines high one side of a step is."""
    lines = 0.0
    for node in side.findall():
        if isinstance(node, nodes.literal_block):
            lines += 0 if folded(node) else CODE * len(node.astext().splitlines()) + FRAME
        elif isinstance(node, nodes.image):
            lines += PICTURE
        elif isinstance(node, nodes.math_block):
            lines += FORMULA
        elif isinstance(node, nodes.paragraph):
            lines += len(node.astext()) / COLUMN + 1
    return lines


def folded(node: nodes.Element) -> bool:
    """Return whether a block waits behind a line."""
    before = node.previous_sibling()
    return isinstance(before, nodes.raw) and "<details" in before.astext()


class BalanceSteps(SphinxPostTransform):
    """Stacks the steps that would have a hole."""

    default_priority = 6  # after the steps have their links
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Mark these steps of the page."""
        for step in self.document.findall(nodes.container):
            parts = [part for part in step.children if isinstance(part, nodes.Element)]
            sides = [part for part in parts if {"step-argument", "step-run"} & {*part["classes"]}]
            if "step" in step["classes"] and len(sides) == 2:
                low, high = sorted(map(height, sides))
                if high > low + LINES and high > TIMES * low:
                    step["classes"].append(STACKED)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_post_transform(BalanceSteps)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
