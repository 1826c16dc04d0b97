r"""Pieces of a formula in LaTeX, and how they join.

A piece knows how tightly it holds together, so that parentheses appear where they are needed
and nowhere else.

>>> x, y = Piece("x"), Piece("y")
>>> product(add(x, y), raised("2")(x)).text
'(x + y) x^{2}'
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum

__all__ = [
    "Form",
    "Level",
    "Piece",
    "add",
    "called",
    "circled",
    "differential",
    "exponential",
    "fenced",
    "fraction",
    "hermitian",
    "indexed",
    "infix",
    "inverse",
    "named",
    "negate",
    "power",
    "product",
    "raised",
    "scalar_product",
    "series",
    "subtract",
    "transpose",
    "wrapped",
]

TALL = re.compile(r"\\(frac|sum|prod|begin|sqrt)(?![A-Za-z])")


class Level(IntEnum):
    """How tightly a piece holds together; parentheses go around what is too loose."""

    SUM = 0  # a + b, -a
    CIRCLED = 1  # A ⊙ B
    PRODUCT = 2  # A B
    APPLIED = 3  # log x, dX, a sum over an index
    RAISED = 4  # X², a fraction
    ATOM = 5  # x, |x|, (a + b)


@dataclass(frozen=True)
class Piece:
    """A formula or a part of one.

    Attributes
    ----------
    text : str
        The LaTeX.
    level : ~autodiff_notes.notation.typesetting.Level
        How tightly it holds together.
    closed : str
        How to write it where a factor follows that would seem to belong to it:
        log x becomes log(x). Empty where ``text`` will do.
    factors : tuple of Piece
        The factors of a product, so that a longer product needs no parentheses.
    prefix : str
        ``"name"``, ``"d"`` or ``"sum"`` for a piece that opens with one.
    symbol : str
        The operator between the parts of a circled product.
    negated : Piece, optional
        The piece behind a leading minus.
    inverted : Piece, optional
        The matrix of which this is the inverse.
    turned : tuple of Piece and str, optional
        The matrix of which this is the transpose, and its mark.
    """

    text: str
    level: Level = Level.ATOM
    closed: str = ""
    factors: tuple["Piece", ...] = ()
    prefix: str = ""
    symbol: str = ""
    negated: "Piece | None" = None
    inverted: "Piece | None" = None
    turned: "tuple[Piece, str] | None" = None

    def at_least(self, level: Level) -> str:
        """Return the text, in parentheses if it holds together less than that."""
        return self.text if self.level >= level else fenced(self.text)


Form = Callable[..., Piece]
"""How a word is set: from its printed arguments to a piece."""


def fenced(text: str) -> str:
    """Put a text between parentheses, which grow with what is tall."""
    return rf"\left({text}\right)" if TALL.search(text) else f"({text})"


# Sums, products, fractions, powers


def add(left: Piece, right: Piece) -> Piece:
    """Return left + right."""
    return Piece(f"{left.text} + {right.at_least(Level.CIRCLED)}", Level.SUM)


def subtract(left: Piece, right: Piece) -> Piece:
    """Return left - right."""
    return Piece(f"{left.text} - {right.at_least(Level.CIRCLED)}", Level.SUM)


def negate(piece: Piece) -> Piece:
    """Return the piece with a minus before it."""
    return Piece(f"-{piece.at_least(Level.CIRCLED)}", Level.SUM, negated=piece)


def product(*factors: Piece) -> Piece:
    """Return factors side by side; a minus before the first comes before all."""
    first, *rest = factors
    if first.negated:
        return negate(product(first.negated, *rest))
    flat: list[Piece] = []
    for place, factor in enumerate(factors):
        last = place == len(factors) - 1
        flat += factor.factors if factor.factors and (last or not factor.closed) else (factor,)
    if len(flat) == 1:
        return flat[0]
    closed = ""
    if factors[-1].closed:
        before = flat[: len(flat) - max(1, len(factors[-1].factors))]
        closed = _beside([*before, replace(factors[-1], factors=())], close_last=True)
    return Piece(_beside(flat), Level.PRODUCT, closed=closed, factors=tuple(flat))


def _beside(factors: list[Piece], close_last: bool = False) -> str:
    """Write factors next to each other."""
    text = ""
    for place, factor in enumerate(factors):
        last = place == len(factors) - 1
        written = factor.at_least(Level.APPLIED)
        if factor.closed and (close_last or not last):
            written = factor.closed
        text += _space(factors[place - 1], factor, written) + written if place else written
    return text


def _space(before: Piece, after: Piece, written: str) -> str:
    """Return the space or the dot between two factors."""
    if written[0].isdigit():
        return r" \cdot "
    if after.prefix == "d" or (before.level == Level.APPLIED and not after.prefix):
        return r"\,"
    return " "


def scalar_product(left: Piece, right: Piece) -> Piece:
    """Return a product that is a number, to be closed where a factor follows."""
    whole = product(left, right)
    if whole.negated:
        return negate(replace(whole.negated, closed=fenced(whole.negated.text)))
    return replace(whole, closed=fenced(whole.text))


def circled(symbol: str, left: Piece, right: Piece) -> Piece:
    """Return left and right around a circled operator, which binds less than a product."""
    if left.negated:
        return negate(circled(symbol, left.negated, right))
    mixed = left.level == Level.CIRCLED and left.symbol != symbol
    first = left.closed or (fenced(left.text) if mixed else left.at_least(Level.CIRCLED))
    text = f"{first} {symbol} {right.at_least(Level.PRODUCT)}"
    return Piece(text, Level.CIRCLED, symbol=symbol)


def fraction(over: Piece, under: Piece) -> Piece:
    """Return a fraction."""
    if over.negated:
        return negate(fraction(over.negated, under))
    return Piece(rf"\frac{{{over.text}}}{{{under.text}}}", Level.RAISED)


def power(base: Piece, exponent: str) -> Piece:
    """Return the base with an exponent."""
    return Piece(f"{base.at_least(Level.ATOM)}^{{{exponent}}}", Level.RAISED)


# Inverse, transpose, entries


def inverse(piece: Piece) -> Piece:
    """Return the inverse."""
    return replace(power(piece, "-1"), inverted=piece)


def transpose(piece: Piece) -> Piece:
    """Return the transpose, of an inverse with one exponent."""
    return _turned(piece, r"\top")


def hermitian(piece: Piece) -> Piece:
    """Return the conjugate transpose, of an inverse with one exponent."""
    return _turned(piece, r"\mathsf{H}")


def _turned(piece: Piece, mark: str) -> Piece:
    """Return the piece with the mark of a transpose."""
    if piece.inverted:
        return power(piece.inverted, f"-{mark}")
    if piece.negated:
        return negate(_turned(piece.negated, mark))
    base = fenced(piece.text) if piece.turned else _script_base(piece)
    level = Level.APPLIED if piece.prefix == "d" else Level.RAISED
    return Piece(f"{base}^{{{mark}}}", level, prefix=piece.prefix, turned=(piece, mark))


def indexed(piece: Piece, index: str) -> Piece:
    """Return an entry or a part."""
    level = Level.APPLIED if piece.prefix == "d" else Level.ATOM
    base = _script_base(piece)
    if re.search(r"_\{[^{}]*\}$", base):  # it has an index of its own
        base = fenced(base)
    return Piece(f"{base}_{{{index}}}", level, prefix=piece.prefix if level < Level.ATOM else "")


def _script_base(piece: Piece) -> str:
    if piece.prefix == "d" and not piece.closed and not piece.text.endswith(")"):
        return piece.text
    return piece.at_least(Level.ATOM)


# Forms: from arguments to a piece


def named(command: str) -> Form:
    """Set a function: without parentheses before a single letter or another function."""

    def form(x: Piece) -> Piece:
        inside = f"{command}{fenced(x.text)}"
        if x.level == Level.ATOM:
            return Piece(f"{command} {x.text}", Level.APPLIED, closed=inside, prefix="name")
        if x.prefix == "name":
            closed = f"{command} {x.closed}" if x.closed else ""
            return Piece(f"{command} {x.text}", Level.APPLIED, closed=closed, prefix="name")
        return Piece(inside, Level.APPLIED, prefix="name")

    return form


def called(command: str) -> Form:
    """Set a function with its arguments in parentheses, always."""

    def form(*arguments: Piece) -> Piece:
        return Piece(command + fenced(", ".join(x.text for x in arguments)))

    return form


def wrapped(left: str, right: str) -> Form:
    """Set arguments between two fences."""

    def form(*arguments: Piece) -> Piece:
        text = ", ".join(x.text for x in arguments)
        if TALL.search(text):
            return Piece(rf"\left{left} {text} \right{right}")
        return Piece(f"{left} {text} {right}")

    return form


def raised(exponent: str) -> Form:
    """Set the argument with a fixed exponent."""
    return lambda x: power(x, exponent)


def infix(symbol: str) -> Form:
    """Set two arguments around a circled operator."""
    return lambda left, right: circled(symbol, left, right)


def exponential(x: Piece) -> Piece:
    """Set e with the argument as its exponent, or exp before one that is tall."""
    if TALL.search(x.text):
        return named(r"\exp")(x)
    return Piece(f"e^{{{x.text}}}", Level.RAISED)


def differential(x: Piece) -> Piece:
    """Set d before the argument."""
    symbol = r"\mathrm{d}"
    if x.level == Level.ATOM:
        return Piece(symbol + x.text, Level.APPLIED, prefix="d")
    if x.prefix == "name":
        closed = fenced(f"{symbol}{x.text}")
        return Piece(f"{symbol} {x.text}", Level.APPLIED, closed=closed, prefix="d")
    return Piece(symbol + fenced(x.text), Level.APPLIED, prefix="d")


def series(symbol: str, below: str, above: str, body: Piece) -> Piece:
    """Set a sum or a product over an index."""
    limits = f"_{{{below}}}" + (f"^{{{above}}}" if above else "")
    text = f"{symbol}{limits} {body.at_least(Level.PRODUCT)}"
    return Piece(text, Level.APPLIED, closed=fenced(text), prefix="sum")
