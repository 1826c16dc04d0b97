"""The MathML of the converter, mended for the engines that draw it.

:data:`RULES` has one row for each fault: its reason, the engine, and the version in which it was
measured. ``tests/browser/test_browsers.py`` measures each fault without its rule, and says when an
engine no longer has it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from _extensions.mathematics.conversion import row, text

__all__ = ["RULES", "Rule", "lean", "mend"]

PRIMES = set("\u2032\u2033\u2034\u2057")
LOW_LINE, OVERLINE = "\u0332", "\u203e"
FENCES = set("()[]{}|‖⟨⟩")
CIRCLED, SUMS, SIGNS = set("⊗⊙⊘⊕"), set("∑∏"), {"+", "*", "\N{MINUS SIGN}", "\N{ASTERISK OPERATOR}"}
LIMITS, SCRIPTS = {"munder", "mover", "munderover"}, {"msub", "msup", "msubsup"}
NO_SPACE = {"lspace": "0", "rspace": "0"}

# The space that TeX sets behind a sum.
THIN = "0.1667em"


@dataclass(frozen=True)
class Rule:
    """One row of the table.

    Attributes
    ----------
    name : str
        The parts of a formula that it mends.
    reason : str
        The fault.
    engine : str
        The engine with the fault, and its version.
    mend : callable
        Changes one element that has children.
    """

    name: str
    reason: str
    engine: str
    mend: Callable[[ET.Element], None]


def operators(element: ET.Element, characters: set[str]) -> Iterator[ET.Element]:
    """Yield the operators among the children of an element that are one of these characters."""
    return (child for child in element if child.tag == "mo" and text(child) in characters)


def _prime(element: ET.Element) -> None:
    if element.tag == "msup" and text(element[1]) in PRIMES:
        element.tag = "mrow"
        element[1].attrib |= NO_SPACE


def _overline(element: ET.Element) -> None:
    for line in operators(element, {LOW_LINE}):
        line.text = OVERLINE
        line.set("class", "bar")


def _circled(element: ET.Element) -> None:
    for sign in operators(element, CIRCLED):
        sign.set("largeop", "false")


def _fences(element: ET.Element) -> None:
    if element.tag == "mrow" and len(element) > 3:
        first, *inner, last = element
        if {text(first), text(last)} <= FENCES and "false" not in {
            fence.get("stretchy") for fence in (first, last)
        }:
            element[1:-1] = [row(inner)]


def _accent(element: ET.Element) -> None:
    if element.tag == "mover" and element.get("accent") and element[1].tag == "mo":
        element[1].set("stretchy", "true")


def _sum(element: ET.Element) -> None:
    for place in range(len(element) - 1, -1, -1):
        limits = element[place]
        if limits.tag in LIMITS and text(limits[0]) in SUMS:
            limits[0].set("rspace", "0")
            element.insert(place + 1, ET.Element("mspace", width=THIN))


def _sign(element: ET.Element) -> None:
    if element.tag in SCRIPTS:
        for sign in operators(element, SIGNS):
            sign.attrib |= NO_SPACE


RULES = (
    Rule(
        "primes",
        "a prime of the font is raised by itself, and a superscript twice",
        "Chromium 150",
        _prime,
    ),
    Rule("overlines", "a combining low line is drawn beside its place", "Chromium 150", _overline),
    Rule("circles", "⊗ and ⊙ are half as large again in display", "Firefox 153", _circled),
    Rule("fences", "fences do not grow with a sum directly between them", "Firefox 153", _fences),
    Rule("accents", "dots and macrons stand half an em too high", "WebKit 2.50", _accent),
    Rule("sums", "a sum touches the term or the sum behind it", "WebKit 2.50", _sum),
    Rule("signs", "a sign as an index or exponent has the space of a sum", "WebKit 2.50", _sign),
)
"""Every rule."""


def mend(root: ET.Element, rules: Sequence[Rule] = RULES) -> None:
    """Apply rules to a formula."""
    for rule in rules:
        for element in [*root.iter()]:
            rule.mend(element)


def lean(root: ET.Element) -> None:
    """Leave out spaces without a width, and rows of one part, which nobody sees or hears."""
    for element in [*root.iter()]:
        element[:] = [part for part in element if part.tag != "mspace" or part.attrib]
    for element in [*root.iter()]:
        element[:] = map(_only, element)


def _only(part: ET.Element) -> ET.Element:
    alone = part.tag == "mrow" and len(part) == 1 and not part.attrib
    return _only(part[0]) if alone else part
