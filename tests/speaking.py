"""A voice for formulas: MathML read aloud in plain words, as screen readers do, with its intents.

An intent is read by the grammar of MathML 4, and one that does not follow it is an error. So is a
character that a listener could not make out: a screen reader would say its name in Unicode.
"""

import re
import unicodedata
from xml.etree import ElementTree as ET

# How screen readers say these characters of a formula; what is empty is not said.
SAID = {
    "=": "equals", "≠": "is not equal to", "≈": "is approximately", "≅": "is approximately",
    "<": "less than", ">": "greater than", "≤": "at most", "≥": "at least",
    "+": "plus", "\N{MINUS SIGN}": "minus", "±": "plus or minus",
    "\N{MULTIPLICATION SIGN}": "times", "⋅": "times", "·": "times",
    "/": "over", "\N{ASTERISK OPERATOR}": "star", "∘": "composed with",
    "∈": "in", "→": "to", "←": "becomes", "↦": "maps to",
    "(": "open paren", ")": "close paren", "[": "open bracket", "]": "close bracket",
    "⌊": "open floor", "⌋": "close floor", "⌈": "open ceiling", "⌉": "close ceiling",
    "{": "open brace", "}": "close brace", "|": "vertical bar", "‖": "double bar",
    ",": ",", ".": ".", ":": "colon", ";": "semicolon", "…": "and so on",
    "∂": "partial", "∇": "nabla", "∑": "sum", "∏": "product", "∫": "integral", "∞": "infinity",
    "\N{DOUBLE-STRUCK CAPITAL R}": "the reals", "\N{DOUBLE-STRUCK CAPITAL N}": "the naturals",
    "\N{DOUBLE-STRUCK CAPITAL C}": "the complex numbers", "\N{SCRIPT SMALL L}": "ell",
    "\N{PRIME}": "prime", "″": "double prime", "‴": "triple prime",
    "˙": "dot", "¯": "bar", "‾": "bar", "^": "hat", "\N{MODIFIER LETTER CIRCUMFLEX ACCENT}": "hat", "\u2061": "of", "\u00a0": "",
}  # fmt: skip
ROWS = dict.fromkeys(["math", "mrow", "mtable", "mtr", "mtd", "mpadded", "mspace"], "") | {
    "msqrt": "square root of"
}
FORMS = {
    "mfrac": "{} over {}",
    "mroot": "root {1} of {0}",
    "msub": "{} sub {}",
    "msup": "{} {}",
    "msubsup": "{} sub {} {}",
    "munder": "{} sub {}",
    "mover": "{} {}",
    "munderover": "{} sub {} {}",
}
RAISED = {"msup", "msubsup", "munderover"}
POWERS = {"2": "squared", "3": "cubed"}

TOKEN = re.compile(r"\s*(\$[A-Za-z_][\w.-]*|:?[A-Za-z_][\w.-]*|-?\d+(?:\.\d+)?|[(),])")
FIXITIES = {":prefix", ":infix", ":postfix", ":function"}


class SpeechError(Exception):
    """A formula that cannot be said."""


def spoken(element: ET.Element) -> str:
    """Return a formula in words."""
    return " ".join(_element(element).split()).replace(" ,", ",")


def _element(element: ET.Element) -> str:
    if "intent" in element.attrib:
        return _Intent(element).words()
    return _plain(element)


def _plain(element: ET.Element) -> str:
    parts = [part for part in element if part.tag != "mspace"]
    if element.tag in {"mi", "mn", "mo", "mtext"}:
        text = "".join(element.itertext()).strip()
        return text if element.tag == "mtext" else _leaf(text)
    said = [*map(_element, parts)]
    if element.tag in ROWS:
        return f"{ROWS[element.tag]} {' '.join(said)}"
    if element.tag not in FORMS:
        raise SpeechError(f"nothing says how to read {ET.tostring(element, encoding='unicode')}")
    if element.tag in RAISED and not said[-1].endswith("prime"):
        said[-1] = POWERS.get(said[-1], f"to the {said[-1]}")
    return FORMS[element.tag].format(*said)


def _leaf(text: str) -> str:
    return SAID[text] if text in SAID else "".join(map(_letter, text))


def _letter(letter: str) -> str:
    plain = unicodedata.normalize("NFKD", letter)
    name = unicodedata.name(plain[0])
    if letter in SAID or letter.isspace():
        return f" {SAID.get(letter, '')} "
    if name.startswith("GREEK"):
        return f" {name.split(' ')[-1].lower().replace('lamda', 'lambda')} "
    if not plain.isascii() or not plain.isalnum():
        raise SpeechError(f"a listener would hear {name!r}")
    return plain


class _Intent:
    """Reads one intent.

    intent := term | name properties "(" intent ("," intent)* ")"; a term is a name, a number or a
    reference to the part of the formula with that name.
    """

    def __init__(self, element: ET.Element) -> None:
        self.element = element
        self.text = element.attrib["intent"]
        self.tokens: list[str] = TOKEN.findall(self.text)
        if "".join(self.tokens) != self.text.replace(" ", ""):
            raise SpeechError(f"no intent: {self.text}")

    def words(self) -> str:
        """Return the whole intent in words."""
        said = self.expression()
        if self.tokens:
            raise SpeechError(f"more than an intent: {self.text}")
        return said

    def next(self) -> str:
        """Return the next token."""
        if not self.tokens:
            raise SpeechError(f"less than an intent: {self.text}")
        return self.tokens.pop(0)

    def expression(self) -> str:
        """Return the next expression in words."""
        token = self.next()
        if token.startswith("$"):
            return self.part(token[1:])
        if not re.match(r"[A-Za-z_\d-]", token):
            raise SpeechError(f"{token} begins no intent: {self.text}")
        name = token.replace("_", " ").replace("-", " ").strip()
        fixity = ":function"
        while self.tokens and self.tokens[0].startswith(":"):
            fixity = self.next()
            if fixity not in FIXITIES:
                raise SpeechError(f"no fixity {fixity}: {self.text}")
        if not self.tokens or self.tokens[0] != "(":
            return name
        arguments = []
        while self.next() != ")":
            arguments.append(self.expression())
            if not self.tokens or self.tokens[0] not in {",", ")"}:
                raise SpeechError(f"an argument does not end: {self.text}")
        if fixity == ":function":
            return f"{name} of {', '.join(arguments)}"
        between = f" {name} " if fixity == ":infix" else " "
        said = between.join(arguments)
        sides = {":prefix": [name, said], ":infix": [said], ":postfix": [said, name]}
        return " ".join(sides[fixity])

    def part(self, name: str) -> str:
        """Return a part of the formula in words: the first with this name, not inside another."""

        def look(inside: ET.Element) -> ET.Element | None:
            for child in inside:
                if child.get("arg") == name:
                    return child
                if "arg" not in child.attrib and "intent" not in child.attrib:
                    found = look(child)
                    if found is not None:
                        return found
            return None

        found = look(self.element)
        if found is None:
            raise SpeechError(f"no part has the name {name}: {self.text}")
        return _element(found)
