r"""A derivation that was typed: a verdict for each line, and what a wrong one would need.

>>> parts = checked({"lines": "d(x @ x)\n= 2 * x @ d(x)"}, lambda latex, _: latex)
>>> next(parts)["function"]
'x in vector(n)'
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import islice, pairwise
from typing import Any

from autodiff_notes.answering.html import Typeset, chips, derivation, formula
from autodiff_notes.answering.repairs import repairs, summands
from autodiff_notes.answering.settling import settled
from autodiff_notes.answering.statements import DECLARATION, statements
from autodiff_notes.answering.verdicts import verdicts
from autodiff_notes.deriving import Derived, DomainNeeded, NotSupported, derive
from autodiff_notes.dialects import Understood, understand_lines
from autodiff_notes.evaluation.standard import verdicts as executed
from autodiff_notes.notation import NotationError, latex, read
from autodiff_notes.notation.derivations import Derivation, DerivationError, Line, parse
from autodiff_notes.notation.reading import called_name

__all__ = ["checked", "read_lines"]

TRIED = 60
"""Changes of a wrong line that are executed: more than a line has that somebody can still read."""

TERMS = 12
"""Terms that may be missing, each tried with both signs."""

_GOES_ON = re.compile(r"[\s&]*(?:\\q?quad)?\s*[+\-\N{MINUS SIGN}]")


def checked(question: Mapping[str, str], typeset: Typeset) -> Iterator[dict[str, Any]]:
    """Yield the derivation as it was understood, then verdicts, then what is wrong and what is next."""
    found, places, guessed, notes = read_lines(question["lines"], question.get("variables", ""))
    yield {
        "function": "; ".join(d.source for d in found.declarations),
        "variables": [d.source for d in found.declarations],
        "notes": list(notes),
        "chips": chips(found.declarations, guessed, typeset),
        "html": derivation(found, typeset),
        "places": places,
    }
    wrong: int | None = None
    for part in verdicts(found, places):
        verdict = part.get("verdict")
        if verdict and not verdict["holds"] and wrong is None:
            wrong = verdict["line"]
        yield part
    if wrong is not None and (words := explained(found, wrong, typeset)):
        yield {"more": words}
    if following := next_line(found, wrong, typeset):
        yield {"more": following}


_Read = tuple[Derivation, dict[int, int], tuple[str, ...], tuple[str, ...]]


def read_lines(text: str, said: str = "") -> _Read:
    """Read a derivation: in the notation if it is, or else as it was pasted.

    Returns
    -------
    tuple
        The derivation, the line of the text for each of its lines, the letters of which nothing was
        said, and notes.

    Raises
    ------
    NotationError
        If it cannot be read; the error has line and column.
    DerivationError
        If it compares nothing.
    """
    before = len(said.split("\n")) if said.strip() else 0
    try:
        found = parse(f"{said}\n{text}" if before else text)
        lines: _Read = found, {line.number: line.number - before for line in found.lines}, (), ()
    except DerivationError:
        lines = _pasted(text, said)
    _refuse_loose(*lines[:3], text.split("\n"))
    return lines


def _refuse_loose(
    found: Derivation, places: Mapping[int, int], guessed: Sequence[str], typed: Sequence[str]
) -> None:
    """Refuse a line that goes on where nothing is compared, and a new letter that is to equal a formula."""
    for first, *rest in found.chains:
        number, source = places[first.number], first.expression.source
        if not rest and _GOES_ON.match(typed[number - 1]):
            problem = "this line is compared with nothing: what goes on stands in the line of its ="
            raise DerivationError(problem, number)
        if rest and source in guessed:
            problem = f"{source} is a letter, and equals no formula: write what it stands for"
            raise DerivationError(problem, number)


def _pasted(text: str, said: str) -> _Read:
    lines = text.split("\n")
    declared = [line for line in lines if DECLARATION.fullmatch(line)]
    bare = "\n".join("" if line in declared else line for line in lines)
    sides = list(statements(bare))
    if not any(side.relation for side in sides):
        raise DerivationError("this compares nothing: begin a line with =", 1)
    if sides[0].relation:
        raise DerivationError("a line that begins with = has a line before it", sides[0].line)
    known = "\n".join([said, *declared])
    try:
        _, found = understand_lines([side.text for side in sides], known)
    except NotationError as error:
        side = sides[error.line - 1]
        raise NotationError(error.problem, side.line, side.column + error.column) from None
    variables = _settled(found)
    written = [*variables]
    places = {}
    for side, understood in zip(sides, found, strict=True):
        reason = f"  # {side.reason}" if side.reason else ""
        written.append(f"{side.relation} {understood.function}{reason}".strip())
        places[len(written)] = side.line
    return parse("\n".join(written)), places, found[0].guessed, found[0].notes


def _settled(found: Sequence[Understood]) -> tuple[str, ...]:
    """Return sets in which the functions under the differentials are defined."""
    first = found[0]
    for line in found:
        tree = ast.parse(line.function, mode="eval").body
        calls = [
            n for n in ast.walk(tree) if isinstance(n, ast.Call) and called_name(n) in {"d", "D"}
        ]
        functions = [ast.unparse(call.args[0]) for call in calls] or [line.function]
        for function in functions:
            try:
                first = settled(replace(first, function=function))
            except (DomainNeeded, NotSupported, NotationError):
                continue
    return first.variables


def explained(found: Derivation, wrong: int, typeset: Typeset) -> str:
    """Return the change that repairs the first wrong line, or what moves where it fails."""
    before, line = _pair(found, wrong)
    for words, text in _changes(found, before, line):
        if _holds(found, before, text):
            candidate = read(text, line.expression.variables, line.expression.definitions)
            shown = formula(f"= {latex(candidate)}", typeset)
            return f'<div class="own-why"><p>It would hold with {escape(words)}:</p>{shown}</div>'
    moving = [n for d in found.declarations if not d.constant for n in d.names]
    fails = [n for n in moving if not _holds(found, before, line.expression.source, alone=n)]
    if 0 < len(fails) < len(moving):
        rest = ", ".join(name for name in moving if name not in fails)
        words = (
            f"It holds where {rest} alone moves, and fails in the term with d({', '.join(fails)})"
        )
        return f'<div class="own-why"><p>{escape(words)}.</p></div>'
    return ""


def _holds(found: Derivation, before: Line, text: str, alone: str = "") -> bool:
    """Return whether a text equals a line, at two points; at most one variable may be let move."""
    given = [
        one.source
        for declared in found.declarations
        for one in declared.apart({alone} if alone else declared.names)
    ]
    given += [f"where {d.name} = {d.expression.source}" for d in found.definitions]
    trial = "\n".join([*given, before.expression.source.replace("\n", " "), f"= {text}"])
    try:
        judged = executed(parse(trial), sizes=2, seeds=1)
        return [verdict.holds for verdict in judged if verdict.relation] == [True]
    except DerivationError:
        return False


def _changes(found: Derivation, before: Line, line: Line) -> Iterator[tuple[str, str]]:
    yield from islice(repairs(line.expression), TRIED)
    yield from _missing(found, before, line)


def _missing(found: Derivation, before: Line, line: Line) -> Iterator[tuple[str, str]]:
    """Yield the line with a term more, of the line before or of the machine's derivation."""
    trees = [before.expression.tree]
    for chain in found.chains:
        if line in chain and (machine := _machine(found, chain)):
            trees += [derived.expression.tree for derived in machine.derivation.lines]
    terms = dict.fromkeys(ast.unparse(term) for tree in trees for term in summands(tree))
    for term in islice(terms, TERMS):
        for sign in "+-":
            yield f"the term {term}, which is missing", f"{line.expression.source} {sign} {term}"


def _pair(found: Derivation, number: int) -> tuple[Line, Line]:
    pairs = (pair for chain in found.chains for pair in pairwise(chain))
    return next(pair for pair in pairs if pair[1].number == number)


def next_line(found: Derivation, wrong: int | None, typeset: Typeset) -> str:
    """Return the next right line of the first chain that begins with a differential, folded."""
    for chain in found.chains:
        right = {_plain(line) for line in chain if wrong is None or line.number < wrong}
        machine = _machine(found, chain)
        for line in machine.derivation.chains[0][1:] if machine else ():
            if _plain(line) not in right:
                shown = formula(line.latex, typeset)
                return f"<details><summary>The next right line</summary>{shown}</details>"
    return ""


def _machine(found: Derivation, chain: Sequence[Line]) -> Derived | None:
    """Return the machine's derivation of the differential with which a chain begins."""
    tree = chain[0].expression.tree
    if called_name(tree) != "d" or not isinstance(tree, ast.Call):
        return None
    where = {d.name: d.expression.source for d in found.definitions}
    variables = tuple(declared.source for declared in found.declarations)
    try:
        return derive(ast.unparse(tree.args[0]), variables, where=where)
    except (NotSupported, DomainNeeded, NotationError):
        return None


def _plain(line: Line) -> str:
    return ast.dump(line.expression.tree)
