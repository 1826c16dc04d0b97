"""A gradient that was claimed: whether it holds, what it would need, and the right one.

>>> parts = claimed({"function": "x @ A @ x", "claim": "2 * A @ x"}, lambda latex, _: latex)
>>> next(parts)["claim"]
'2 * A @ x'
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from html import escape
from itertools import islice, pairwise
from typing import Any

from autodiff_notes.answering.html import Typeset, chips, formula
from autodiff_notes.answering.repairs import repairs
from autodiff_notes.answering.settling import settled
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.deriving import DomainNeeded, NotSupported, derive
from autodiff_notes.dialects import Understood, understand_lines
from autodiff_notes.evaluation.standard import Claim, claims, verdicts
from autodiff_notes.evaluation.verdicts import Verdict
from autodiff_notes.notation import Expression, Kind, NotationError, latex, letter, read
from autodiff_notes.notation.derivations import DerivationError, parse
from autodiff_notes.notation.sets import Declaration, declare

__all__ = ["ClaimError", "claimed"]

TRIED = 60
"""Changes of a wrong claim that are executed."""

FIRST = 2
"""The first claim, counted with the function; and how many named ones make each line a claim."""

_LEFT = re.compile(
    r"\s*(?:(?:\\nabla|∇)\s*\\?[A-Za-z]\w*\s*\([^()=]*\)|[A-Za-z]'\s*\(\s*(?P<e>[A-Za-z]\w*)\s*\)"
    r"|(?:\\nabla|∇)_?\s*\{?\s*\\?(?P<a>[A-Za-z]+)\s*\}?[^=]*|\\frac\s*\{\s*\\partial[^{}]*\}\s*\{\s*\\partial\s*\\?(?P<b>[A-Za-z]+)\s*\}"
    r"|[d∂]\s*f?\s*/\s*[d∂]\s*(?P<c>[A-Za-z]+)|(?P<d>[A-Za-z]\w*)\s*(?=:))\s*[=:](?!=)"
)


def claimed(question: Mapping[str, str], typeset: Typeset) -> Iterator[dict[str, Any]]:
    """Yield what was understood, the verdict, the diagnosis, and the right gradients."""
    places = list(_claims(question["claim"]))
    try:
        _, (function, *found) = understand_lines(
            [question["function"], *(claim for _, _, claim in places)],
            question.get("variables", ""),
        )
    except NotationError as error:
        if not error.line or error.line < FIRST:
            raise
        line, _, _ = places[error.line - FIRST]
        raise ClaimError(error.problem, line, error.column) from None
    if function.kind.rank > 1:
        raise NotationError(
            "the value is a matrix: a gradient is claimed of a number, a Jacobian of a vector"
        )
    function = settled(function)
    declarations: list[Declaration] = []
    for said in function.variables:
        declarations.append(declare(said, [n for d in declarations for n in d.names]))
    gradients: dict[str, str] = {}
    for (line, named, _), claim in zip(places, found, strict=True):
        if re.search(r"\bd\(", claim.function):
            raise ClaimError("this is a differential: a gradient is claimed without dx", line)
        by = _by(named, claim, function.kind, declarations, gradients, line)
        gradients[by] = claim.function
    variables = tuple(
        replace(d, constant=not set(d.names) & set(gradients)).source for d in declarations
    )
    kinds: dict[str, str] = {size: "k" for d in declarations for size in d.sizes}
    kinds |= {name: d.domain.kind for d in declarations for name in d.names}
    value = read(function.function, kinds)
    asked = partial(_asked, function.function, variables, question.get("free", ""))
    moved = [declare(said) for said in variables]
    rows = [rf"f({', '.join(map(letter, gradients))}) = {latex(value)}"]
    for by, text in gradients.items():
        rows.append(rf"{_slope(by, value)} \overset{{?}}{{=}} {latex(read(text, kinds))}")
    yield {
        "function": function.function,
        "claim": "; ".join(gradients.values()),
        "variables": list(variables),
        "latex": latex(value),
        "notes": list(dict.fromkeys(note for part in (function, *found) for note in part.notes)),
        "chips": chips(moved, function.guessed, typeset),
        "html": f'<div class="own-gradients">{"".join(formula(row, typeset) for row in rows)}</div>',
    }
    judged = {by: asked({by: text}) for by, text in gradients.items()}
    yield _part(judged, [n for d in declarations if not d.constant for n in d.names])
    for by, (verdict, _) in judged.items():
        if not verdict.holds and (repaired := _repaired(read(gradients[by], kinds), by, asked)):
            words, candidate = repaired
            shown = formula(rf"{_slope(by, value)} = {latex(read(candidate, kinds))}", typeset)
            yield {
                "more": f'<div class="own-why"><p>It would hold with {escape(words)}:</p>{shown}</div>'
            }
    if right := _right(function.function, variables, question.get("free", ""), typeset):
        yield {"more": right}


class ClaimError(NotationError):
    """A claim that cannot be read; its line is that of the claims."""


def _claims(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield each claim with its line and the variable that it names; where two are named, lines are claims."""
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if _LEFT.match(line)]
    if len(starts) < FIRST:
        starts = [0]
    for start, end in pairwise([*starts, len(lines)]):
        claim = "\n".join(lines[start:end])
        left = _LEFT.match(claim)
        named = next((name for name in left.groupdict().values() if name), "") if left else ""
        yield start + 1, named, " " * left.end() + claim[left.end() :] if left else claim


def _by(  # noqa: PLR0913, PLR0917 - all that a claim may be for
    named: str,
    claim: Understood,
    value: Kind,
    declarations: list[Declaration],
    gradients: Mapping[str, str],
    line: int,
) -> str:
    """Return the variable whose gradient is claimed: the one that is named, or one of its kind."""
    kinds = {name: d.domain.kind for d in declarations for name in d.names if d.domain.moves}
    moving = [name for d in declarations if not d.constant for name in d.names]
    if named and named not in kinds:
        raise ClaimError(f"there is no variable {named!r} in the function", line)
    if named in gradients:
        raise ClaimError(f"the gradient by {named} is claimed above", line)
    if named and value.rank and not kinds[named].rank:
        problem = f"the Jacobian by the number {named}: declare it as a vector of one entry"
        raise ClaimError(problem, line)
    for by in [named] if named else [*moving, *kinds]:
        if by in kinds and claim.kind.rank == _rank(value, kinds[by]):
            return by
    what = f"{named} is {kinds[named].words}" if named else "no variable is one"
    if value.rank:
        what = "the Jacobian of a vector is a matrix"
    raise ClaimError(f"the claim is {claim.kind.words}, and {what}", line)


def _rank(value: Kind, variable: Kind) -> int | None:
    # A vector has a Jacobian, but by a number none.
    if value.rank:
        return Kind.MATRIX.rank if variable.rank else None
    return variable.rank


def _slope(by: str, value: Expression) -> str:
    """Return the name of a gradient in LaTeX, or that of a Jacobian."""
    return (
        rf"\frac{{\partial f}}{{\partial {letter(by)}}}"
        if value.kind.rank
        else rf"\nabla_{{{letter(by)}}} f"
    )


def _asked(  # noqa: PLR0913 - keywords, each with a default
    function: str,
    variables: tuple[str, ...],
    free: str,
    gradients: Mapping[str, str],
    *,
    sizes: int = 3,
    seeds: int = 3,
) -> tuple[Verdict, Claim | None]:
    """Return the verdict of dual numbers in random directions, and of differences where they can.

    Directions within a set of structured matrices are no entries, and a gradient by free entries is of
    such a set; there the dual numbers are the one witness.
    """
    ((by, _),) = gradients.items()
    entry = Entry(
        name="claim",
        title="claim",
        variables=tuple(one.source for said in variables for one in declare(said).apart({by})),
        function=function,
        gradients=dict(gradients),
        free=free,
    )
    pair = "\n".join([*entry.variables, f"d({function})", f"= {entry.differential}"])
    verdict = list(verdicts(parse(pair), sizes=sizes, seeds=seeds))[-1]
    (declared,) = (d for d in entry.declarations if by in d.names)
    if not verdict.holds or declared.domain.structure != "any":
        return verdict, None
    (claim,) = claims(function, entry.variables, gradients, sizes=sizes, seeds=seeds)
    return verdict, claim


def _repaired(
    claim: Expression, by: str, asked: Callable[..., tuple[Verdict, object]]
) -> tuple[str, str] | None:
    """Return the change by which a claim holds, in words and as text."""
    for words, candidate in islice(repairs(claim), TRIED):
        try:
            verdict, _ = asked({by: candidate}, sizes=2, seeds=1)
        except (DerivationError, NotationError):
            continue
        if verdict.holds:
            return words, candidate
    return None


def _part(judged: Mapping[str, tuple[Verdict, Claim | None]], moving: list[str]) -> dict[str, Any]:
    """Return the verdict on all claims in words."""
    said = []
    for by, (verdict, claim) in judged.items():
        words = _words(verdict, claim)
        said.append(words if len(judged) == 1 else f"By {by}: {words[0].lower()}{words[1:]}")
    missing = [name for name in moving if name not in judged]
    if missing and len(judged) > 1:
        said.append(f"Nothing is claimed for {', '.join(missing)}.")
    return {"holds": all(v.holds for v, _ in judged.values()), "summary": " ".join(said)}


def _words(verdict: Verdict, claim: Claim | None) -> str:
    if verdict.holds:
        words = (
            "It holds: in random directions at 9 random points, the differential by dual numbers is the inner "
            f"product with the claim; largest relative gap {verdict.gap:.0e}"
        )
        if claim and claim.holds:
            words += f"; central differences agree, within {claim.differences:.0e}"
        elif claim:
            words += f", but {claim.problem}"
        return f"{words}."
    words = "It does not hold"
    if len(verdict.sides) == 2:
        slope, product = map(_shown, verdict.sides)
        words += (
            f": at {verdict.point}, along a random direction, the slope is {slope}, "
            f"and the inner product with the claim {product}"
        )
    elif verdict.problem:
        words += f": {verdict.problem}"
    return f"{words}."


def _shown(side: Any) -> str:
    return f"[{', '.join(map(_shown, side))}]" if isinstance(side, list) else f"{side:.4g}"


def _right(function: str, variables: tuple[str, ...], free: str, typeset: Typeset) -> str:
    """Return the gradients by machine, folded."""
    try:
        found = derive(function, variables, free=free)
    except (NotSupported, DomainNeeded):
        return ""
    value = found.read(found.function)
    rows = [rf"{_slope(by, value)} = {latex(found.read(g))}" for by, g in found.gradients.items()]
    names = [d.latex for d in found.derivation.definitions]
    shown = "".join(formula(row, typeset) for row in [*rows, *names])
    return f"<details><summary>The gradient by machine</summary>{shown}</details>"
