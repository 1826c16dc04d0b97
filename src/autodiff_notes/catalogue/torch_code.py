"""The torch code of an entry, as a reader would copy it.

Unlike the code that is executed, it stands by itself: definitions are local names, sizes are read
from shapes, and what is new has the type and device of a variable.
"""

import re
from typing import TYPE_CHECKING

from autodiff_notes.notation import Expression, NotationError, code, helpers, read

if TYPE_CHECKING:
    from autodiff_notes.catalogue.entry import Entry

__all__ = ["torch_code"]

# With its indent, a return statement of this width fits into 79 columns.
WIDTH = 75


def torch_code(entry: "Entry") -> str:
    """Return the functions ``f`` and ``gradient`` of an entry, with what they call."""
    claims = list(entry.claims.values())
    called = {name: text for e in (entry.value, *claims) for name, text in helpers(e).items()}
    parts = ["import torch", *called.values(), _function(entry, "f", [entry.value])]
    parts.append(_function(entry, "gradient", claims))
    if entry.hessian:
        parts.append(_function(entry, "hessian", [entry.read(entry.hessian)]))
    return "\n\n\n".join(parts) + "\n"


def _function(entry: "Entry", name: str, values: list[Expression]) -> str:
    """Return a function that returns these values."""
    used = {n for e in values for n in _names(e)}
    lines = [f"{d} = {_code(entry, text)}" for d, text in entry.where.items() if d in used]
    parts = [_code(entry, e.source) for e in values]
    lines = [*_sizes(entry, " ".join([*lines, *parts])), *lines, *_returned(parts)]
    heading = f"def {name}({', '.join(entry.parameters)}):"
    return "\n".join([heading, *(f"    {line}" for line in lines)])


def _code(entry: "Entry", text: str) -> str:
    """Return code in which an identity or a constant has the type and device of a variable."""
    like = next(name for name in entry.parameters if entry.kinds[name].varies)
    # Definitions are names here, whose values the function has computed.
    kinds = entry.kinds | {name: e.kind for name, e in entry.definitions.items()}
    text = code(read(text, kinds))
    text = re.sub(r"(torch\.(?:eye|ones|zeros)\([^()]+\))", rf"\1.to({like})", text)
    return re.sub(r"(torch\.tensor\([^()]+)\)", rf"\1, dtype={like}.dtype)", text)


def _sizes(entry: "Entry", body: str) -> list[str]:
    symbols = dict.fromkeys(size for d in entry.declarations for size in d.sizes)
    needed = [size for size in symbols if re.search(rf"\b{size}\b", body)]
    return [f"{size} = {_size(entry, size)}" for size in needed]


def _size(entry: "Entry", size: str) -> str:
    """Return the shape from which a size can be read."""
    for d in entry.declarations:
        for place, argument in enumerate(d.arguments):
            if argument.source == size and d.domain.kind.rank:
                return f"{d.names[0]}.shape[{place}]"
    raise NotationError(f"{entry.name}: no variable has the size {size}")


def _returned(parts: list[str]) -> list[str]:
    """Return a return statement, on several lines if it is long and has several values."""
    line = f"return {', '.join(parts)}"
    if len(line) <= WIDTH or len(parts) == 1:
        return [line]
    return ["return (", *(f"    {part}," for part in parts), ")"]


def _names(expression: Expression) -> set[str]:
    """Return the names in an expression, and in what they stand for."""
    found: set[str] = set()
    for name, definition in expression.definitions.items():
        if re.search(rf"\b{name}\b", expression.source):
            found |= {name, *_names(definition)}
    return found
