"""LaTeX as a tree of MathML."""

import html
import re
from xml.etree import ElementTree as ET

from math_core import LatexToMathML

__all__ = ["row", "text", "tree"]

CONVERTER = LatexToMathML(
    fancy_error=False, macros={"d": r"\mathrm{d}", "tr": r"\operatorname{tr}"}
)

# Entities of HTML, which XML does not know; its own stay.
ENTITY = re.compile(r"&(?!lt;|gt;|amp;)\w+;")

# It follows script letters, asks for a form that the font has anyway, and would be spoken.
VARIANT = "\ufe00"


def tree(latex: str, *, display: bool = False) -> ET.Element:
    """Return a formula as the converter writes it."""
    mathml = CONVERTER.convert_with_local_state(latex, displaystyle=display)
    mathml = mathml.replace(VARIANT, "")
    return ET.fromstring(ENTITY.sub(lambda entity: html.unescape(entity[0]), mathml))


def text(element: ET.Element) -> str:
    """Return the text of a leaf, and nothing of an element with children."""
    return "" if len(element) else (element.text or "").strip()


def row(parts: list[ET.Element]) -> ET.Element:
    """Return parts in a row."""
    made = ET.Element("mrow")
    made.extend(parts)
    return made
