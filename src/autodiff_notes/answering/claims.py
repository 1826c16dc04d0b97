"""A gradient that was claimed: whether it holds, what it would need, and the right one.

>>> parts = claimed({"function": "x @ A @ x", "claim": "2 * A @ x"}, lambda latex, _: latex)
>>> next(parts)["claim"]
'2 * A @ x'
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from autodiff_notes.answering.html import Typeset, chips, formula
from autodiff_notes.answering.repairs import repairs
from autodiff_notes.answering.settling import settled
from autodiff_notes.deriving import DomainNeeded, NotSupported, derive
from autodiff_notes.dialects import Understood, understand_lines
from autodiff_notes.evaluation.standard import verdicts
from autodiff_notes.evaluation.verdicts import Verdict
from autodiff_notes.notation import Kind, NotationError, latex, letter, read
from autodiff_notes.notation.derivations import DerivationError, parse
from autodiff_notes.notation.sets import Declaration, declare

__all__ = ["claimed"]

TRIED = 60
"""Changes of a wrong claim that are executed."""

_LEFT = re.compile(
    r"\s*(?:\\nabla_?\s*\{?\s*\\?(?P<a>[A-Za-z]+)\s*\}?[^=]*|\\frac\s*\{\s*\\partial[^{}]*\}\s*\{\s*\\partial\s*\\?(?P<b>[A-Za-z]+)\s*\}"
    r"|d\s*f?\s*/\s*d\s*(?P<c>[A-Za-z]+)|(?P<d>[A-Za-z]\w*)\s*(?=:))\s*[=:](?!=)"
)


def claimed(question: Mapping[str, str], typeset: Typeset) -> Iterator[dict[str, Any]]:
    """Yield what was understood, the verdict, the diagnosis, and the right gradient."""
    text = question["claim"]
    left = _LEFT.match(text)
    named = next((name for name in left.groupdict().values() if name), "") if left else ""
    bare = " " * left.end() + text[left.end() :] if left else text
    _, (function, claim) = understand_lines(
        [question["function"], bare], question.get("variables", "")
    )
    if function.kind.rank:
        raise NotationError(
            f"the value is {function.kind.words}: a gradient is claimed of a number"
        )
    function = settled(function)
    declarations: list[Declaration] = []
    for said in function.variables:
        declarations.append(declare(said, [n for d in declarations for n in d.names]))
    by = _by(named, claim, declarations)
    variables = tuple(_moving(declaration, by) for declaration in declarations)
    kinds: dict[str, str] = {size: "k" for d in declarations for size in d.sizes}
    kinds |= {name: d.domain.kind for d in declarations for name in d.names}
    value, gradient = read(function.function, kinds), read(claim.function, kinds)
    moved = [declare(said) for said in variables]
    rows = [
        rf"f({letter(by)}) = {latex(value)}",
        rf"\nabla_{{{letter(by)}}} f \overset{{?}}{{=}} {latex(gradient)}",
    ]
    yield {
        "function": function.function,
        "claim": claim.function,
        "variables": list(variables),
        "latex": latex(value),
        "notes": list(dict.fromkeys([*function.notes, *claim.notes])),
        "chips": chips(moved, function.guessed, typeset),
        "html": f'<div class="own-gradients">{"".join(formula(row, typeset) for row in rows)}</div>',
    }
    verdict = _executed(function.function, variables, by, claim.function)
    yield _part(verdict)
    if not verdict.holds:
        for words, candidate in list(repairs(gradient))[:TRIED]:
            try:
                held = _executed(
                    function.function, variables, by, candidate, sizes=2, seeds=1
                ).holds
            except DerivationError:
                continue
            if held:
                shown = formula(
                    rf"\nabla_{{{letter(by)}}} f = {latex(read(candidate, kinds))}", typeset
                )
                yield {
                    "more": f'<div class="own-why"><p>It would hold with {escape(words)}:</p>{shown}</div>'
                }
                break
    if right := _right(function.function, variables, by, typeset):
        yield {"more": right}


def _by(named: str, claim: Understood, declarations: list[Declaration]) -> str:
    """Return the variable whose gradient is claimed: the one that is named, or one of its kind."""
    kinds = {name: d.domain.kind for d in declarations for name in d.names if d.domain.moves}
    moving = [name for d in declarations if not d.constant for name in d.names]
    if named:
        if named not in kinds:
            raise NotationError(f"there is no variable {named!r} in the function", 2)
        return named
    fits = [n for n in [*moving, *kinds] if n in kinds and _fits(kinds[n], claim.kind)]
    if not fits:
        raise NotationError(f"the claim is {claim.kind.words}, and no variable is one", 2)
    return fits[0]


def _fits(kind: Kind, claim: Kind) -> bool:
    return kind.rank == claim.rank


def _moving(declaration: Declaration, by: str) -> str:
    sizes = ", ".join(size.source for size in declaration.arguments)
    text = f"{', '.join(declaration.names)} in {declaration.domain.name}({sizes})"
    return text if by in declaration.names or not declaration.domain.moves else f"constant {text}"


def _executed(
    function: str, variables: tuple[str, ...], by: str, claim: str, **points: int
) -> Verdict:
    """Return the verdict on a claim: the differential in every direction is its inner product."""
    (declared,) = (d for d in map(declare, variables) if by in d.names)
    if declared.domain.complex:
        raise NotationError("a gradient by a complex variable is not checked here", 2)
    pair = (
        f"({claim}) * d({by})"
        if declared.domain.kind is Kind.SCALAR
        else f"inner({claim}, d({by}))"
    )
    text = "\n".join([*variables, f"d({function})", f"= {pair}"])
    return list(verdicts(parse(text), **points))[-1]


def _part(verdict: Verdict) -> dict[str, Any]:
    if verdict.holds:
        words = (
            "It holds: in random directions at 9 random points, the differential by dual numbers is the inner "
            f"product with the claim; largest relative gap {verdict.gap:.0e}."
        )
        return {"holds": True, "summary": words}
    words = "It does not hold"
    if len(verdict.sides) == 2:
        slope, product = verdict.sides
        words += (
            f": at {verdict.point}, along a random direction, the slope is {slope:.4g}, "
            f"and the inner product with the claim {product:.4g}"
        )
    return {"holds": False, "summary": f"{words}."}


def _right(function: str, variables: tuple[str, ...], by: str, typeset: Typeset) -> str:
    """Return the gradient by machine, folded."""
    try:
        found = derive(function, variables)
    except (NotSupported, DomainNeeded):
        return ""
    gradient = latex(found.read(found.gradients[by]))
    names = "".join(formula(d.latex, typeset) for d in found.derivation.definitions)
    shown = formula(rf"\nabla_{{{letter(by)}}} f = {gradient}", typeset)
    return f"<details><summary>The gradient by machine</summary>{shown}{names}</details>"
