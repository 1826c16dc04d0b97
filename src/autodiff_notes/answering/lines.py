r"""A derivation that was typed: a verdict for each line, and what a wrong one would need.

>>> parts = checked({"lines": "d(x @ x)\n= 2 * x @ d(x)"}, lambda latex, _: latex)
>>> next(parts)["function"]
'x in vector(n)'
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import pairwise
from typing import Any

from autodiff_notes.answering.html import Typeset, chips, derivation, formula
from autodiff_notes.answering.repairs import repairs
from autodiff_notes.answering.settling import settled
from autodiff_notes.answering.statements import DECLARATION, statements
from autodiff_notes.answering.verdicts import verdicts
from autodiff_notes.deriving import DomainNeeded, NotSupported, derive
from autodiff_notes.dialects import Understood, understand_lines
from autodiff_notes.evaluation.standard import verdicts as executed
from autodiff_notes.notation import NotationError, latex
from autodiff_notes.notation.derivations import Derivation, DerivationError, Line, parse
from autodiff_notes.notation.reading import called_name

__all__ = ["checked", "read_lines"]

TRIED = 60
"""Changes of a wrong line that are executed: more than a line has that somebody can still read."""


def checked(question: Mapping[str, str], typeset: Typeset) -> Iterator[dict[str, Any]]:
    """Yield the derivation as it was understood, then verdicts, then what is wrong and what is next."""
    found, places, guessed, notes = read_lines(question["lines"], question.get("variables", ""))
    yield {
        "function": "; ".join(_declared(d) for d in found.declarations),
        "variables": [_declared(d) for d in found.declarations],
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


def _declared(declaration: Any) -> str:
    mark = "constant " if declaration.constant and declaration.domain.moves else ""
    sizes = ", ".join(size.source for size in declaration.arguments)
    return f"{mark}{', '.join(declaration.names)} in {declaration.domain.name}({sizes})"


def read_lines(
    text: str, said: str = ""
) -> tuple[Derivation, dict[int, int], tuple[str, ...], tuple[str, ...]]:
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
    try:
        found = parse(f"{said}\n{text}" if said.strip() else text)
    except DerivationError:
        return _pasted(text, said)
    before = len(said.split("\n")) if said.strip() else 0
    return found, {line.number: line.number - before for line in found.lines}, (), ()


def _pasted(
    text: str, said: str
) -> tuple[Derivation, dict[int, int], tuple[str, ...], tuple[str, ...]]:
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
    """Return the change that repairs the first wrong line, if there is one."""
    before, line = _pair(found, wrong)
    given = [
        *map(_declared, found.declarations),
        *(f"where {d.name} = {d.expression.source}" for d in found.definitions),
    ]
    for words, text in list(repairs(line.expression))[:TRIED]:
        trial = "\n".join([*given, before.expression.source.replace("\n", " "), f"= {text}"])
        try:
            candidate = parse(trial)
            held = [
                verdict.holds
                for verdict in executed(candidate, sizes=2, seeds=1)
                if verdict.relation
            ]
        except DerivationError:
            continue
        if held == [True]:
            shown = formula(f"= {latex(candidate.lines[-1].expression)}", typeset)
            return f'<div class="own-why"><p>It would hold with {escape(words)}:</p>{shown}</div>'
    return ""


def _pair(found: Derivation, number: int) -> tuple[Line, Line]:
    """Return a line with the one before it."""
    for chain in found.chains:
        for before, line in pairwise(chain):
            if line.number == number:
                return before, line
    raise AssertionError(number)


def next_line(found: Derivation, wrong: int | None, typeset: Typeset) -> str:
    """Return the next right line of the first chain that begins with a differential, folded."""
    for chain in found.chains:
        tree = chain[0].expression.tree
        if called_name(tree) != "d" or not isinstance(tree, ast.Call):
            continue
        right = {_plain(line) for line in chain if wrong is None or line.number < wrong}
        where = {d.name: d.expression.source for d in found.definitions}
        try:
            machine = derive(
                ast.unparse(tree.args[0]), tuple(map(_declared, found.declarations)), where=where
            )
        except (NotSupported, DomainNeeded, NotationError):
            return ""
        for line in machine.derivation.chains[0][1:]:
            if _plain(line) not in right:
                shown = formula(line.latex, typeset)
                return f"<details><summary>The next right line</summary>{shown}</details>"
    return ""


def _plain(line: Line) -> str:
    return ast.dump(line.expression.tree)
