r"""What a screen reader says: MathML's ``intent``, made from the column ``voice`` of the words.

The form of a word, set with the letters A, B and C for its arguments, is a pattern in MathML; where
a formula has it, its voice is written there as an intent. So a formula in prose is said as one that
the printer set, and the LaTeX that a reader copies has no marks.

>>> intent("the derivative of {0} by {1}")
'_the-derivative-of:prefix(_by:infix($a,$b))'
>>> intent("{0} transpose")
'_transpose:postfix($a)'
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from xml.etree import ElementTree as ET

from _extensions.mathematics.conversion import row, text, tree
from autodiff_notes.notation.typesetting import Piece
from autodiff_notes.notation.vocabulary import PHRASES, WORDS

__all__ = ["applied", "grouped", "intent", "speak"]

APPLY = "\u2061"
PARTS = "ABC"
SCRIPTS = {"msub", "msup", "msubsup"}
CLOSING = {"⟨": "⟩", "‖": "‖", "|": "|", "(": ")", "[": "]"}

# Said without a voice of its own: what stands there, and how its parts hang together.
SELF_EVIDENT = {"to", "the", "sub", "of", "over"}

# A function with parts in parentheses.
CALL = re.compile(r"(.+?)\([ABC](?:, [ABC])*\)")

Found = dict[str, list[ET.Element]]


def intent(voice: str) -> str:
    """Return a voice as an intent, with references to the parts of the formula."""
    before, *rest = re.split(r"\{(\d)\}", voice)
    said = ""
    for number, after in reversed([*zip(rest[::2], rest[1::2], strict=True)]):
        part, name = "$" + PARTS[int(number)].lower(), literal(after)
        if said:
            said = f"{name}:infix({part},{said})"
        else:
            said = f"{name}:postfix({part})" if name else part
    name = literal(before)
    return f"{name}:prefix({said})" if name and said else name or said


def literal(words: str) -> str:
    """Return words as a name that is said as it is written."""
    return "_" + "-".join(words.split()) if words.strip() else ""


# Patterns


@dataclass(frozen=True)
class Pattern:
    """A form of a formula, and how it is said."""

    parts: list[ET.Element]
    voice: str


@dataclass(frozen=True)
class Patterns:
    """The patterns by what they are recognised by."""

    heads: dict[str, str]  # a function before its argument, by its shape
    signs: dict[str, str]  # an operator between two parts, or a letter, by its text
    runs: dict[str, list[tuple[list[str], str]]]  # several parts that mean one, by the first
    whole: dict[str, list[Pattern]]  # an element with its parts, by its tag


def forms() -> Iterator[tuple[str, str]]:
    """Yield the LaTeX of each word and phrase, with A, B and C for its parts, and its voice."""
    for word in chain(*WORDS.values()):
        parts = map(Piece, PARTS[: len(word.parameters)])
        yield word.latex(*parts).text, word.voice
    yield from PHRASES.items()


@cache
def patterns() -> Patterns:
    """Return the patterns of all words and phrases."""
    found = Patterns({}, {}, {}, {})
    for latex, voice in dict(forms()).items():
        parts = [*grouped(tree(applied(latex)))]
        first, *rest = parts
        if len(parts) == 1 and first.tag == "mrow" and len(first) > 1 and text(first[1]) == APPLY:
            first, *rest = first
        own = leaves(parts) - {*PARTS}
        evident = {name.lower() for leaf in own for name in (leaf, name_of(leaf))} | SELF_EVIDENT
        if not own or {*re.sub(r"\{\d\}|,", " ", voice.lower()).split()} <= evident:
            continue
        if rest and text(rest[0]) == APPLY:
            if not leaves(rest[1:]) <= {*PARTS, *"(),"}:
                continue  # its argument speaks for itself
            name = voice.rpartition(" of {")[0]
            if leaves([first]) & {*PARTS}:
                found.whole.setdefault(first.tag, []).append(Pattern([*first], name))
            else:
                found.heads[shape(first)] = literal(name)
        elif len(parts) == 3 and text(first) == "A":
            found.signs[text(parts[1])] = literal(voice.replace("{0}", "").replace("{1}", ""))
        elif text(first) and not rest:
            found.signs[text(first)] = literal(voice)
        elif text(first) and text(first) not in {*PARTS, *found.signs}:
            shapes = [shape(part) for part in parts]
            found.runs.setdefault(shapes[0], []).append((shapes, literal(voice)))
        elif len(parts) == 1:
            found.whole.setdefault(first.tag, []).append(Pattern([*first], voice))
    for rows in found.whole.values():  # what has more of its own goes first
        rows.sort(key=lambda pattern: -len(leaves(pattern.parts) - {*PARTS}))
    return found


def leaves(parts: list[ET.Element]) -> set[str]:
    """Return the texts in parts of a formula."""
    return {text(leaf) for part in parts for leaf in part.iter() if text(leaf)}


def name_of(character: str) -> str:
    """Return the last word of a character's name: sigma."""
    name = unicodedata.name(character, "") if len(character) == 1 else ""
    return name.split(" ")[-1].lower().replace("lamda", "lambda")


def shape(element: ET.Element) -> str:
    """Return a short form of an element, by which it is recognised."""
    parts = [part for part in element if part.tag != "mspace"]
    if element.tag == "mrow" and len(parts) == 1:
        return shape(parts[0])
    return f"{element.tag}({' '.join(map(shape, parts))})" if parts else text(element)


# Functions of a letter: the converter knows those with a name


@cache
def letters() -> re.Pattern[str]:
    """Return the pattern of the words that are set as a letter before parentheses."""
    calls = (CALL.fullmatch(latex) for latex, _ in forms())
    heads = {call[1] for call in calls if call}
    known = [head for head in heads if any(text(part) == "(" for part in tree(f"{head}(A)"))]
    longest = sorted(known, key=len, reverse=True)
    own = [re.sub(r"\b[ABC]\b", "[^{}]+", re.escape(head)) for head in longest]
    return re.compile(rf"(?:{'|'.join(own)})(?=\\left\(|\()")


def applied(latex: str) -> str:
    """Write the application of a function behind each letter that stands for one."""
    return letters().sub(rf"\g<0>{APPLY}", latex)


# Grouping: the converter leaves fences and what is between them in the row


def grouped(element: ET.Element) -> ET.Element:
    """Put what stands between fences into a row of its own, below their indices."""
    for child in element:
        grouped(child)
        if text(child) == APPLY:
            child.tag = "mo"
    made: list[ET.Element] = []
    opened: list[tuple[int, str]] = []
    for part in element:
        base = part[0] if part.tag in SCRIPTS else part
        sign = text(base) if base.tag == "mo" else ""
        if opened and CLOSING[opened[-1][1]] == sign and base.get("form") != "prefix":
            place, opener = opened.pop()
            if base is part and opener in "([":
                made.append(part)
                continue
            inside = row([*made[place:], base])
            del made[place:]
            if base is part:
                made.append(inside)
            else:
                part[0] = inside
                made.append(part)
            continue
        if base is part and sign in CLOSING and base.get("form") != "postfix":
            opened.append((len(made), sign))
        made.append(part)
    if [part.tag for part in made] == ["mrow"] and element.tag == "mrow":
        made = [*made[0]]
    element[:] = made
    return element


# Matching


def matched(pattern: list[ET.Element], parts: list[ET.Element], found: Found) -> Found | None:
    """Return the parts of a row that a pattern has letters for, if the row has its form."""
    pattern = [part for part in pattern if part.tag != "mspace"]
    while parts and parts[0].tag == "mspace":
        parts = parts[1:]
    if not pattern or not parts:
        return None if pattern or parts else found
    first, *rest = pattern
    if text(first) not in {*PARTS}:
        inner = same(first, parts[0], found)
        return None if inner is None else matched(rest, parts[1:], inner)
    for length in range(1, len(parts) + 1) if rest else [len(parts)]:
        run = parts[:length]
        if balanced(run):
            whole = matched(rest, parts[length:], {**found, text(first): run})
            if whole is not None:
                return whole
    return None


def balanced(parts: list[ET.Element]) -> bool:
    """Return whether every parenthesis among some parts is closed."""
    signs = [text(part[0] if part.tag in SCRIPTS else part) for part in parts]
    return signs.count("(") == signs.count(")")


def same(pattern: ET.Element, element: ET.Element, found: Found) -> Found | None:
    """Return the parts of an element that a pattern has letters for, if it has its form."""
    if text(pattern) in {*PARTS}:
        return {**found, text(pattern): [element]}
    if pattern.tag != element.tag or text(pattern) != text(element):
        return None
    if pattern.tag == "mrow":
        return matched([*pattern], [*element], found)
    if len(pattern) != len(element):
        return None
    for one, other in zip(pattern, element, strict=True):
        inner = same(one, other, found)
        if inner is None:
            return None
        found = inner
    return found


# Speaking


def speak(element: ET.Element) -> None:
    """Write the intents of a formula whose fences are grouped."""
    known = patterns()
    if name := known.signs.get(text(element)):
        element.set("intent", name)
    elif element.tag == "mo" and (name := known.heads.get(text(element))):
        element.set("intent", f"{name}-of")  # within a table the converter applies no function
    for pattern in known.whole.get(element.tag, ()):
        found = matched_whole(element, pattern)
        if found is not None:
            element.set("intent", intent(pattern.voice))
            for part in named(element, found):
                speak(part)
            return
    join(element)
    for child, after in pairwise([*element, ET.Element("none")]):
        head = text(after) == APPLY and known.heads.get(shape(child))
        if head:
            leaf(child).set("intent", head)
        elif "intent" not in child.attrib:
            speak(child)


def join(element: ET.Element) -> None:
    """Put the parts of a row that mean one thing together, as one element with its name."""
    for place in reversed(range(len(element))):
        for shapes, name in patterns().runs.get(shape(element[place]), ()):
            parts = element[place : place + len(shapes)]
            if [*map(shape, parts)] == shapes:
                whole = row(parts)
                whole.set("intent", name)
                parts[0].set("form", "infix")
                element[place : place + len(shapes)] = [whole]


def matched_whole(element: ET.Element, pattern: Pattern) -> Found | None:
    """Return the parts of an element that a pattern has letters for, if it has its form."""
    if element.tag == "mrow":
        return matched(pattern.parts, [*element], {})
    whole = ET.Element(element.tag)
    whole.extend(pattern.parts)
    return same(whole, element, {})


def named(element: ET.Element, found: Found) -> Iterator[ET.Element]:
    """Yield the parts of an element, once each is one element with its name."""
    parents = {child: parent for parent in element.iter() for child in parent}
    for letter, run in found.items():
        part = run[0]
        if len(run) > 1:
            parent = parents[part]
            place = [*parent].index(part)
            part = row(run)
            parent[place : place + len(run)] = [part]
        part.set("arg", letter.lower())
        yield part


def leaf(element: ET.Element) -> ET.Element:
    """Return the one leaf of an element that has no other, or the element."""
    parts = [part for part in element if part.tag != "mspace"]
    return leaf(parts[0]) if element.tag == "mrow" and len(parts) == 1 else element
