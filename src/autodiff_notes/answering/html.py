r"""Parts of an answer as HTML: formulas, chips for the variables, a derivation, code.

Formulas are typeset by a function that is given, from LaTeX to MathML; in the browser that is a
script beside Python.
"""

import re
from collections.abc import Callable, Sequence
from html import escape

from autodiff_notes.notation.derivations import Derivation, Line
from autodiff_notes.notation.printing import letter
from autodiff_notes.notation.sets import DOMAINS, Declaration

__all__ = ["Typeset", "chips", "derivation", "formula", "given", "words"]

Typeset = Callable[[str, bool], str]
"""From LaTeX, and whether it stands by itself, to MathML."""

FORMULA = re.compile(r"\$([^$]+)\$")
LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")

# Characters of the notation; a chain of wider lines needs more room for reasons at its side.
SHORT, MEDIUM = 24, 46


def formula(latex: str, typeset: Typeset) -> str:
    """Return a formula in a frame of its own, which scrolls if it is wide."""
    return f'<div class="math" tabindex="0">{typeset(latex, True)}</div>'


def words(text: str, typeset: Typeset) -> str:
    """Return a line of Markdown: formulas are typeset, links are words."""
    parts = FORMULA.split(LINK.sub(r"\1", text))
    return "".join(
        typeset(part, False) if place % 2 else escape(part) for place, part in enumerate(parts)
    )


def given(found: Derivation, typeset: Typeset) -> str:
    """Return where the variables are, and what the names stand for."""
    parts = [
        typeset(d.latex, False) + (" fixed" if d.constant and d.domain.moves else "")
        for d in found.declarations
    ]
    text = f"For {'; '.join(parts)}" if parts else ""
    names = [typeset(d.latex, False) for d in found.definitions]
    if names:
        text += f"{', where ' if text else 'Where '}{', '.join(names)}"
    return f'<p class="derivation-given">{text}:</p>'


def derivation(found: Derivation, typeset: Typeset) -> str:
    """Return a derivation with an empty mark at each line that is to be executed."""
    chains = "".join(_chain(lines, typeset) for lines in found.chains)
    return f'<div class="derivation container">{given(found, typeset)}{chains}</div>'


def _chain(lines: Sequence[Line], typeset: Typeset) -> str:
    widest = max(len(line.expression.source) for line in lines)
    size = "short" if widest <= SHORT else "medium" if widest <= MEDIUM else "long"
    rows = "".join(_row(line, typeset) for line in lines)
    return (
        f'<div class="derivation-chain derivation-{size} derivation-apart container">{rows}</div>'
    )


def _row(line: Line, typeset: Typeset) -> str:
    side = "right" if line.relation else "left"
    mark = f'<span class="own-mark" data-line="{line.number}"></span>' if line.relation else ""
    shown = formula(("{}" if line.relation else "") + line.latex, typeset)
    reason = f"<p>{words(line.reason, typeset)}</p>" if line.reason else ""
    return (
        f'<div class="derivation-{side} container">{mark}{shown}</div>'
        f'<div class="derivation-reason container">{reason}</div>'
    )


def chips(variables: Sequence[Declaration], guessed: Sequence[str], typeset: Typeset) -> str:
    """Return a chip for each variable: its letter, its set to choose from, and whether it moves."""
    return "".join(
        _chip(name, declared, guessed, typeset) for declared in variables for name in declared.names
    )


def _chip(name: str, declared: Declaration, guessed: Sequence[str], typeset: Typeset) -> str:
    domain = declared.domain
    options = "".join(
        f'<option value="{row.name}"{" selected" if row is domain else ""}>{row.name.replace("_", " ")}</option>'
        for row in DOMAINS.values()
    )
    sizes = ", ".join(escape(size.source) for size in declared.arguments)
    moves = ""
    if domain.moves:
        checked = "" if declared.constant else " checked"
        moves = f'<label><input type="checkbox" name="moves"{checked}> moves</label>'
    state = " guessed" if name in guessed else ""
    return (
        f'<span class="own-chip{state}" data-name="{escape(name)}" data-sizes="{sizes}">'
        f"{typeset(letter(name), False)} in "
        f'<select name="set" aria-label="The set of {escape(name)}">{options}</select>'
        f"<span>{f'({sizes})' if sizes else ''}</span>{moves}</span>"
    )
