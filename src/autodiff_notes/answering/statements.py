r"""The lines of a derivation as people type and paste them.

>>> for statement in statements(r"\mathrm{d} f &= a \\" "\n" "= b  # a reason"):
...     print(statement)
Statement(line=1, column=0, relation='', text='\\mathrm{d} f ', reason='')
Statement(line=1, column=15, relation='=', text=' a   ', reason='')
Statement(line=2, column=1, relation='=', text=' b  ', reason='a reason')
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["DECLARATION", "Statement", "statements"]


@dataclass(frozen=True)
class Statement:
    """A side of a relation.

    Attributes
    ----------
    line, column : int
        Where it stands in what was typed: the line from 1, and how many characters are before it.
    relation : str
        ``=``, ``<=`` or ``>=`` to what is before it, or nothing.
    text : str
        The formula.
    reason : str
        What stands behind ``#``.
    """

    line: int
    column: int
    relation: str
    text: str
    reason: str


DECLARATION = re.compile(r"\s*(constant\s+)?\w+(\s*,\s*\w+)*\s+in\s+\w+\s*(\([^()]*\))?\s*")
_RELATIONS = {
    "=": "=",
    "\\leq": "<=",
    "\\le": "<=",
    "\\geq": ">=",
    "\\ge": ">=",
    "<=": "<=",
    ">=": ">=",
    "\N{LESS-THAN OR EQUAL TO}": "<=",
    "\N{GREATER-THAN OR EQUAL TO}": ">=",
}
_SIGN = re.compile(r"<=|>=|[≤≥]|\\leq?\b|\\geq?\b|=")
_NOISE = re.compile(r"&|\\\\(?:\[[^\]]*\])?|\\(?:begin|end)\{\w+\*?\}|\$\$?|\\\[|\\\]")


def statements(text: str) -> Iterator[Statement]:
    """Yield the sides of relations, in order; a relation within brackets belongs to a formula."""
    for number, line in enumerate(text.split("\n"), start=1):
        code, _, reason = line.partition("#")
        code = _NOISE.sub(lambda found: " " * len(found[0]), code)
        if not code.strip():
            continue
        depth, start, relation, parts = 0, 0, "", []
        for sign in re.finditer(rf"[(\[{{]|[)\]}}]|{_SIGN.pattern}", code):
            if sign[0] in "([{":
                depth += 1
            elif sign[0] in ")]}":
                depth -= 1
            elif depth <= 0:
                parts.append((start, relation, code[start : sign.start()]))
                start, relation = sign.end(), _RELATIONS[sign[0]]
        parts.append((start, relation, code[start:]))
        parts = [part for part in parts if part[2].strip()]
        for place, (column, sign_, part) in enumerate(parts):
            last = place == len(parts) - 1
            yield Statement(number, column, sign_, part, reason.strip() if last else "")
