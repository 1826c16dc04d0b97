"""Mathematics as MathML, converted while the site is built.

Every formula becomes MathML when its page is read, and its characters are noted for the font.
"""

import re
from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from docutils import nodes
from math_core import LatexError
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.math import get_node_equation_number
from sphinx.util.typing import ExtensionMetadata

from _extensions.domain import notes_of
from _extensions.mathematics.conversion import tree
from _extensions.mathematics.font import LETTERS, letters
from _extensions.mathematics.mending import lean, mend
from _extensions.mathematics.voice import applied, grouped, speak
from _extensions.places import place_of

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator

# A browser may begin a line between a formula and such a mark.
MARK = re.compile(r"[.,:;!?)]+")


def convert(node: nodes.math | nodes.math_block) -> str:
    """Return the MathML of one formula.

    Raises
    ------
    ExtensionError
        If the formula cannot be converted; the message names its file and line.
    """
    try:
        return written(node.astext(), isinstance(node, nodes.math_block))
    except LatexError as error:
        raise ExtensionError(
            f"{place_of(node)}: this formula cannot be converted: {error}\n  {node.astext()}"
        ) from error


@cache  # nearly every second formula of the site has been there before
def written(latex: str, display: bool) -> str:
    """Return the MathML of a formula, with its voice, mended and lean."""
    root = grouped(tree(applied(latex), display=display))
    speak(root)
    mend(root)
    lean(root)
    return ET.tostring(root, encoding="unicode")


def convert_formulas(app: Sphinx, doctree: nodes.document) -> None:
    """Convert every formula of a page that has just been read, and note its characters."""
    formulas: list[nodes.math | nodes.math_block] = []
    formulas += doctree.findall(nodes.math)
    formulas += doctree.findall(nodes.math_block)
    for node in formulas:
        node["mathml"] = convert(node)
        notes_of(app.env).note(LETTERS, app.env.docname, letters(node["mathml"]))
    for node in list(doctree.findall(nodes.math)):
        keep_mark(node)


def keep_mark(node: nodes.math) -> None:
    """Keep the punctuation behind a formula on the line of the formula."""
    parent, place = node.parent, node.parent.index(node)
    for after in parent[place + 1 : place + 2]:
        if isinstance(after, nodes.Text) and (mark := MARK.match(after)):
            kept = nodes.inline("", "", classes=["kept"])
            parent[place : place + 2] = [kept, nodes.Text(after[mark.end() :])]
            kept += [node, nodes.Text(mark[0])]


def visit_math(self: "HTML5Translator", node: nodes.math) -> None:
    """Write an inline formula."""
    self.body.append(node["mathml"])
    raise nodes.SkipNode


def visit_math_block(self: "HTML5Translator", node: nodes.math_block) -> None:
    """Write a displayed formula, with its number if it has one."""
    self.body.append(self.starttag(node, "div", CLASS="math", tabindex="0"))
    self.body.append(node["mathml"])
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append("</div>")
    raise nodes.SkipNode


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the renderer."""
    app.setup_extension("_extensions.mathematics.font")
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_math_block, None))
    app.connect("doctree-read", convert_formulas)
    return {
        "version": "1",
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
