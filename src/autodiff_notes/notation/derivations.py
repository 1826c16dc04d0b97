r"""The text of a derivation: declarations, definitions and chains of lines.

A derivation is a text: declarations, definitions, and chains of lines with a reason behind each.

>>> derivation = parse('''
... X in positive_determinant(n)
... d(logdet(X))
... = tr(inv(X) @ d(X))       # Jacobi's formula
... = inner(inv(X).mT, d(X))  # the trace is an inner product
... ''')
>>> [line.reason for line in derivation.lines[1:]]
["Jacobi's formula", 'the trace is an inner product']

:func:`autodiff_notes.evaluation.execution.execute` executes what is read here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from autodiff_notes.notation import Expression, Kind, NotationError, latex, letter, read
from autodiff_notes.notation.reading import refuse_name
from autodiff_notes.notation.sets import Declaration, declare

__all__ = ["Definition", "Derivation", "DerivationError", "Line", "parse"]

RELATIONS = {"=": "=", "<=": r"\leq", ">=": r"\geq", "≈": "="}
_RELATION = re.compile(r"(<=|>=|≈|~=|=)(?!=)\s*")
_DECLARATION = re.compile(r"(constant\s+)?\w+(\s*,\s*\w+)*\s+in\b")
_DEFINITION = re.compile(r"where\s+(?P<name>\w+)\s*=(?!=)\s*")
_REMAINDER = re.compile(r"\s+up\s+to\s+O\(\s*(?P<name>\w+)\s*(\*\*\s*(?P<order>[1-9]))?\s*\)\s*$")


class DerivationError(ValueError):
    """A derivation that cannot be read, or one that does not hold.

    Attributes
    ----------
    problem : str
        What is wrong; it begins with the line.
    line : int
        Which line of the text, counted from 1.
    """

    def __init__(self, problem: str, line: int) -> None:
        """Keep the parts of the message."""
        super().__init__(problem)
        self.problem, self.line = problem, line


@dataclass(frozen=True, eq=False)
class Line:
    """One line of a chain.

    Attributes
    ----------
    number : int
        Where it stands in the text, counted from 1.
    relation : str
        ``=``, ``<=``, ``>=`` or ``≈`` to the line before, or nothing for the first of a chain.
    expression : ~autodiff_notes.notation.Expression
        What it says.
    reason : str
        Why, in words.
    small : str
        For ``≈``: the variable that tends to zero.
    order : int
        For ``≈``: the power of it that is left out.
    """

    number: int
    relation: str
    expression: Expression
    reason: str = ""
    small: str = ""
    order: int = 0

    @property
    def latex(self) -> str:
        """The line in LaTeX, its relation first."""
        text = latex(self.expression)
        if self.small:
            power = letter(self.small) + (f"^{{{self.order}}}" if self.order > 1 else "")
            text += f" + O({power})"
        return f"{RELATIONS[self.relation]} {text}" if self.relation else text


@dataclass(frozen=True, eq=False)
class Definition:
    """A name for an expression."""

    name: str
    expression: Expression
    reason: str = ""

    @property
    def latex(self) -> str:
        """The definition in LaTeX."""
        return f"{letter(self.name)} = {latex(self.expression)}"


@dataclass(frozen=True, eq=False)
class Derivation:
    """A derivation, read but not yet executed.

    Attributes
    ----------
    declarations : tuple of ~autodiff_notes.notation.sets.Declaration
        The variables.
    definitions : tuple of Definition
        Names for other expressions.
    chains : tuple of tuple of Line
        Each begins with a line without relation.
    """

    declarations: tuple[Declaration, ...]
    definitions: tuple[Definition, ...]
    chains: tuple[tuple[Line, ...], ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all chains."""
        return tuple(line for chain in self.chains for line in chain)


def parse(text: str) -> Derivation:
    """Read a derivation.

    Parameters
    ----------
    text : str
        One statement a line; an indented line continues the one before.
        ``X, Y in matrix(m, n)`` declares variables, ``constant A in ...`` such as do not vary;
        ``where M = ...`` defines a name; a line without a relation begins a chain, and
        ``= ...``, ``<= ...``, ``>= ...`` or ``≈ ... up to O(eps**2)``, typed ``~=`` as well,
        continue it.
        What follows ``#`` is the reason.

    Raises
    ------
    DerivationError
        If the text cannot be read; the message names line and column.
    """
    parser = _Parser()
    for number, statement in _statements(text):
        code, _, reason = statement.partition("#")
        try:
            parser.take(number, code, reason.strip())
        except NotationError as error:
            line = number + error.line - 1
            problem = f"line {line}, column {error.column}: {error.problem}"
            raise DerivationError(problem, line) from error
    if not any(line.relation for line in parser.lines()):
        raise DerivationError("line 1: this derivation compares nothing", 1)
    return parser.derivation()


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield each statement with the number of its first line."""
    begun: list[tuple[int, str]] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        continues = bool(line.strip()) and line[0].isspace()
        if continues and not begun:
            raise DerivationError(f"line {number} is indented, and continues no line", number)
        if begun and not continues:
            yield begun[0][0], _joined([part for _, part in begun])
            begun = []
        if line.strip():
            begun.append((number, line))


def _joined(lines: list[str]) -> str:
    parts = [line.partition("#") for line in lines]
    reasons = " ".join(reason.strip() for _, _, reason in parts if reason.strip())
    return "\n".join(code for code, _, _ in parts) + "#" + reasons


class _Parser:
    """Takes statements one by one, and keeps the names declared so far."""

    def __init__(self) -> None:
        self.declarations: list[Declaration] = []
        self.definitions: dict[str, Definition] = {}
        self.chains: list[list[Line]] = []

    def lines(self) -> Iterator[Line]:
        """Yield all lines so far."""
        for chain in self.chains:
            yield from chain

    def derivation(self) -> Derivation:
        """Return the derivation of all statements so far."""
        chains = tuple(map(tuple, self.chains))
        return Derivation(tuple(self.declarations), tuple(self.definitions.values()), chains)

    def take(self, number: int, code: str, reason: str) -> None:
        """Take one statement."""
        if _DECLARATION.match(code):
            self.declare(code)
        elif definition := _DEFINITION.match(code):
            self.define(definition["name"], self.read(code, definition.end()), reason)
        elif relation := _RELATION.match(code):
            self.relate(number, relation[1].replace("~=", "≈"), code, relation.end(), reason)
        else:
            self.chains.append([Line(number, "", self.read(code, 0), reason)])

    @property
    def variables(self) -> dict[str, Kind]:
        """The kind of each variable, and of each symbol of a size."""
        sizes = {name: Kind.INTEGER for declared in self.declarations for name in declared.sizes}
        return sizes | {
            name: declared.domain.kind for declared in self.declarations for name in declared.names
        }

    def declare(self, code: str) -> None:
        """Take a declaration."""
        variables = [name for declared in self.declarations for name in declared.names]
        declaration = declare(code, [*variables, *self.definitions])
        for name in declaration.names:
            if name in self.variables:
                raise NotationError(f"{name!r} is already the symbol of a size")
        self.declarations.append(declaration)

    def define(self, name: str, expression: Expression, reason: str) -> None:
        """Take a definition."""
        refuse_name(name)
        if name in self.variables or name in self.definitions:
            raise NotationError(f"{name!r} is declared twice")
        self.definitions[name] = Definition(name, expression, reason)

    def relate(self, number: int, relation: str, code: str, start: int, reason: str) -> None:
        """Take a line that continues a chain."""
        if not self.chains:
            raise NotationError(f"a line that begins with {relation} has a line before it")
        small, order = "", 0
        if relation == "≈":
            code, small, order = self.remainder(code)
        expression = self.read(code, start)
        before = self.chains[-1][-1].expression
        if relation in {"<=", ">="} and before.kind.rank + expression.kind.rank:
            raise NotationError(f"{relation} compares numbers, no vectors or matrices")
        self.chains[-1].append(Line(number, relation, expression, reason, small, order))

    def remainder(self, code: str) -> tuple[str, str, int]:
        """Split off what an approximation leaves out."""
        found = _REMAINDER.search(code)
        if not found:
            raise NotationError("an approximation says how good it is: ≈ ... up to O(eps**2)")
        small = [n for d in self.declarations if d.domain.name == "small" for n in d.names]
        if found["name"] not in small:
            raise NotationError(f"{found['name']!r} does not tend to zero; declare it in small()")
        return code[: found.start()], found["name"], int(found["order"] or 1)

    def read(self, code: str, start: int) -> Expression:
        """Read the expression that begins somewhere in a statement."""
        definitions = {name: d.expression for name, d in self.definitions.items()}
        try:
            return read(code[start:], self.variables, MappingProxyType(definitions))
        except NotationError as error:
            column = error.column + (start if error.line == 1 else 0)
            raise NotationError(error.problem, error.line, column) from error
