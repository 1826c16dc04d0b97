"""Mathematics as MathML, converted while the site is built.

Every formula becomes MathML when its page is read. The characters that occur are collected,
and STIX Two Math (SIL Open Font License, from the ``ziamath`` wheel) is cut down to them and put
into ``_static/math.css``: no script, no second file, the same from a server and from a disk.
"""

import base64
import html
import io
import logging
import re
import unicodedata
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.math import get_node_equation_number
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.results import write_whole
from _extensions.domain import notes_of
from _extensions.places import place_of

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator

CONVERTER = LatexToMathML(
    fancy_error=False, macros={"d": r"\mathrm{d}", "tr": r"\operatorname{tr}"}
)

# A browser sets a single letter in <mi> in italics, with a character of its own. One step of
# decomposition keeps the two forms of epsilon apart, and those of theta, kappa, phi, rho and pi.
ITALIC = {
    chr(int(unicodedata.decomposition(chr(code)).split()[1], 16)): chr(code)
    for code in (
        0x210E,
        *range(0x1D434, 0x1D455),
        *range(0x1D456, 0x1D468),
        *range(0x1D6E2, 0x1D71C),
    )
}
LETTER = re.compile(r"<mi>(.)</mi>")

# The converter sets \overline with a combining low line, which browsers draw beside its place.
LOW_LINE, OVERLINE = (
    '<mo stretchy="true">\u0332</mo>',
    '<mo stretchy="true" class="bar">\u203e</mo>',
)

# The primes of the font are raised by themselves; as superscripts they would be raised twice.
PRIME = re.compile(
    "<msup>(<mi>[^<]*</mi>|<mrow>(?:(?!<mrow>).)*?</mrow>)<mo>([\u2032-\u2034\u2057])</mo></msup>"
)

# A browser may begin a line between a formula and such a mark.
MARK = re.compile(r"[.,:;!?)]+")

CHARACTERS = "characters"

# Drawn by the renderer, never present in the text: roots, and the fences that stretch.
ALWAYS = "√()[]{}|‖⟨⟩"


def convert(node: nodes.math | nodes.math_block) -> str:
    """Return the MathML of one formula.

    Raises
    ------
    ExtensionError
        If the formula cannot be converted; the message names its file and line.
    """
    display = isinstance(node, nodes.math_block)
    try:
        mathml = CONVERTER.convert_with_local_state(node.astext(), displaystyle=display)
    except LatexError as error:
        raise ExtensionError(
            f"{place_of(node)}: this formula cannot be converted: {error}\n  {node.astext()}"
        ) from error
    mathml = PRIME.sub(r'<mrow>\1<mo lspace="0" rspace="0">\2</mo></mrow>', mathml)
    return mathml.replace(LOW_LINE, OVERLINE)


def convert_formulas(app: Sphinx, doctree: nodes.document) -> None:
    """Convert every formula of a page that has just been read, and note its characters."""
    text = ""
    formulas: list[nodes.math | nodes.math_block] = []
    formulas += doctree.findall(nodes.math)
    formulas += doctree.findall(nodes.math_block)
    for node in formulas:
        node["mathml"] = convert(node)
        text += html.unescape(re.sub(r"<[^>]*>", "", node["mathml"]))
        text += "".join(ITALIC.get(letter, "") for letter in LETTER.findall(node["mathml"]))
    notes_of(app.env).note(CHARACTERS, app.env.docname, set(text) - set(" \n"))
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


def write_font(app: Sphinx, env: BuildEnvironment) -> None:
    """Write the style sheet that carries the font, if the characters in use have changed."""
    if app.builder.format != "html":
        return
    characters = "".join(sorted(notes_of(env).noted(CHARACTERS).union(ALWAYS)))
    heading = "/* STIX Two Math, SIL Open Font License 1.1: " + " ".join(
        f"{ord(c):X}" for c in characters
    )
    sheet = app.outdir / "_static" / "math.css"
    if sheet.exists() and sheet.read_text("utf-8").startswith(heading + " */"):
        return
    face = (
        f"{heading} */\n"
        '@font-face { font-family: "STIX Two Math"; '
        f'src: url("data:font/woff2;base64,{font_subset(characters)}") format("woff2"); }}\n'
    )
    write_whole(sheet, face.encode())


def font_subset(characters: str) -> str:
    """Return the font with these characters alone, as woff2 in base64."""
    from fontTools import subset  # noqa: PLC0415 - slow to import, needed once

    # The theme's colour styles turn every library's log on.
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    options = subset.Options(flavor="woff2", layout_features=["*"], recalc_timestamp=False)
    source = distribution("ziamath").locate_file("ziamath/fonts/STIXTwoMath-Regular.ttf")
    with Path(str(source)).open("rb") as file:
        font = subset.load_font(file, options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=characters)
        subsetter.subset(font)
        buffer = io.BytesIO()
        subset.save_font(font, buffer, options)
    return base64.b64encode(buffer.getvalue()).decode()


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
    app.setup_extension("_extensions.domain")
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_math_block, None))
    app.connect("doctree-read", convert_formulas)
    app.connect("env-updated", write_font)
    app.add_css_file("math.css")
    return {
        "version": "1",
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
