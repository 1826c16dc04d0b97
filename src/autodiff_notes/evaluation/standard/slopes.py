"""Claimed gradients, held against dual numbers and central differences.

>>> (claim,) = claims("logdet(X)", ("X in spd(n)",), {"X": "inv(X)"})
>>> claim.holds, claim.duals < 1e-12, claim.differences < 1e-8
(True, True, True)
>>> (claim,) = claims("x @ A @ x", ("x in vector(n)", "constant A in square(n)"), {"x": "2 * A @ x"})
>>> claim.problem
'the gradient by x is off by 0.13 from dual numbers (n = 2, seed 0)'
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from autodiff_notes.evaluation.places import CANNOT_BE_EVALUATED
from autodiff_notes.evaluation.standard.arrays import combined, each, entries, rank, shape
from autodiff_notes.evaluation.standard.duals import Dual, new_level, slope
from autodiff_notes.evaluation.standard.evaluating import evaluate
from autodiff_notes.evaluation.standard.numbers import is_complex
from autodiff_notes.evaluation.standard.points import Point, points, tangent
from autodiff_notes.evaluation.verdicts import FLOOR
from autodiff_notes.notation import Expression, NotationError, read
from autodiff_notes.notation.derivations import Derivation, parse

__all__ = ["Claim", "claims"]

# What rounding and conditioning leave of an exact slope, and of a quotient.
EXACT, QUOTIENT = 1e-9, 1e-6
# Where rounding and truncation of a quotient of fourth order are about equal, for functions of order
# one; where a function bends faster or has a kink, the step is divided, and again.
STEP, FINER, FINEST = 7e-4, 8, 4


@dataclass(frozen=True)
class Claim:
    """What became of a claimed gradient, at all points.

    Attributes
    ----------
    name : str
        The variable.
    problem : str
        Why it does not hold, empty if it does.
    duals : float
        The largest relative error against dual numbers.
    differences : float
        The largest relative error against central differences.
    point : str
        Where it fails: the sizes and the seed.
    values : dict of str to object
        The variables there: numbers, lists, and lists of rows.
    claimed : object
        The claimed gradient there.
    found : object
        The gradient there by dual numbers.
    """

    name: str
    problem: str = ""
    duals: float = 0.0
    differences: float = 0.0
    point: str = ""
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    claimed: Any = None
    found: Any = None

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against the claim."""
        return not self.problem


def claims(  # noqa: PLR0913 - keywords, each with a default
    function: str,
    variables: tuple[str, ...],
    gradients: Mapping[str, str],
    where: Mapping[str, str] = MappingProxyType({}),
    *,
    sizes: int = 3,
    seeds: int = 3,
    first_seed: int = 0,
) -> Iterator[Claim]:
    """Yield what dual numbers and differences say of each claimed gradient.

    Parameters
    ----------
    function : str
        A number, or a vector for a Jacobian, in the notation.
    variables : tuple of str
        The declarations.
    gradients : dict of str to str
        The claims, by variable. Row i of a Jacobian is the gradient of entry i, a matrix variable
        taken row by row.
    where : dict of str to str
        Names for other expressions.
    sizes, seeds, first_seed : int
        Where they are checked, as in :func:`autodiff_notes.evaluation.standard.execute`.

    Raises
    ------
    DerivationError
        If the function or a declaration cannot be read, or no sizes fit.
    NotationError
        If a claim cannot be read, or is for what does not move.
    """
    names = [f"where {name} = {text}" for name, text in where.items()]
    posed = parse("\n".join([*variables, *names, function, f"= {function}"]))
    f = posed.lines[0].expression
    for name, text in gradients.items():
        claim = read(text, f.variables, f.definitions)
        found = Claim(name)
        for point in points(posed.declarations, sizes, seeds, first_seed):
            if name not in point.scope.tangents:
                raise NotationError(f"{name} does not move, so that it has no gradient")
            found = _judged(found, claim, _Slopes(f, name, posed, point))
            if found.problem:
                break
        yield found


def _judged(before: Claim, claim: Expression, at: "_Slopes") -> Claim:
    """Return the findings on a claim, with one more point."""
    place, values = at.point.label, at.point.shown()
    try:
        exact, quotients = at.exact(), at.quotients()
        size = max([1.0, *(abs(a) for a in entries(at.value()))])
    except CANNOT_BE_EVALUATED as error:
        problem = f"the function cannot be evaluated ({place}): {error}"
        return Claim(before.name, problem, point=place, values=values)
    found = at.shaped(exact)
    try:
        claimed = evaluate(claim, at.point.scope)
    except CANNOT_BE_EVALUATED as error:
        problem = f"the gradient by {at.name} cannot be evaluated ({place}): {error}"
        return Claim(before.name, problem, point=place, values=values, found=found)
    problem, off, apart = "", 0.0, 0.0
    if shape(claimed) != shape(found):
        problem = f"has the shape {shape(claimed)}, and must have {shape(found)}"
    else:
        said = list(entries(claimed))
        off, apart = (_gap(said, list(entries(at.shaped(w))), size) for w in (exact, quotients))
        if not off <= EXACT:
            problem = f"is off by {off:.2g} from dual numbers"
        elif not apart <= QUOTIENT:
            problem = f"is that of dual numbers, and differences are off by {apart:.2g}"
    if not problem:
        off, apart = max(off, before.duals), max(apart, before.differences)
        return Claim(before.name, duals=off, differences=apart)
    problem = f"the gradient by {at.name} {problem} ({place})"
    return Claim(before.name, problem, off, apart, place, values, claimed, found)


def _gap(a: list[Any], b: list[Any], size: float) -> float:
    # The largest difference, relative to the largest entry; a slope beside a large f may be zero.
    scale = max([*map(abs, a), *map(abs, b), FLOOR * size])
    return float(max((abs(x - y) for x, y in zip(a, b, strict=True)), default=0.0) / scale)


class _Slopes:
    """The slopes of a function as one variable moves from a point, along each of its entries."""

    def __init__(self, f: Expression, name: str, posed: Derivation, point: Point) -> None:
        self.f, self.name, self.point = f, name, point
        self.x = point.scope.values[name]
        self.domain = next(d.domain for d in posed.declarations if name in d.names)
        self.directions = [tangent(self.domain, self.x, unit) for unit in _units(self.x)]

    def value(self, **changed: Any) -> Any:
        """Return the function, with some variables changed."""
        return evaluate(self.f, self.point.scope.moved(**changed))

    def along(self, direction: Any, step: Any) -> Any:
        """Return the variable, moved."""
        return combined(lambda a, v: a + step * v, self.x, direction)

    def exact(self) -> list[Any]:
        """Return the slopes by dual numbers, one a direction."""
        found = []
        for direction in self.directions:
            level = new_level()
            moved = combined(lambda a, v, level=level: Dual(a, v, level), self.x, direction)  # type: ignore[misc]
            found.append(each(slope, self.value(**{self.name: moved}), level))
        return found

    def quotients(self) -> list[Any]:
        """Return the slopes by central quotients, with steps that are small enough."""
        return [_settled(lambda h, v=v: self._quotient(v, h)) for v in self.directions]  # type: ignore[misc]

    def _quotient(self, direction: Any, h: float) -> list[Any]:
        """Return the quotients of orders 2 and 4."""
        near, far = (
            combined(
                lambda a, b: a - b,
                *(
                    self.value(**{self.name: self.along(direction, sign * k * h)})
                    for sign in (1, -1)
                ),
            )
            for k in (1, 2)
        )
        second = each(lambda a: a / (2 * h), near)
        return [second, combined(lambda a, b: (8 * a - b) / (12 * h), near, far)]

    def shaped(self, slopes: list[Any]) -> Any:
        """Return slopes as a gradient or, for a vector, as a Jacobian."""
        if is_complex(next(entries(self.x))):
            pairs = zip(slopes[::2], slopes[1::2], strict=True)
            slopes = [combined(lambda a, b: a + 1j * b, *pair) for pair in pairs]
        if slopes and rank(slopes[0]):
            return list(map(list, zip(*slopes, strict=True)))
        numbers = iter(slopes)
        return each(lambda _: next(numbers), self.x)


def _units(x: Any) -> Iterator[Any]:
    """Yield the unit directions of a variable, for a complex entry two."""
    count = len(list(entries(x)))
    for place in range(count):
        for unit in (1.0, 1j) if is_complex(next(entries(x))) else (1.0,):
            numbers = iter([unit if i == place else 0.0 * unit for i in range(count)])
            yield each(lambda _, numbers=numbers: next(numbers), x)


def _settled(quotient: Callable[[float], list[Any]]) -> Any:
    """Return a quotient with a step at which it does not change any more."""
    second, coarse = quotient(STEP)
    found: dict[float, Any] = {}
    off, step = _apart(second, coarse), STEP
    if off <= QUOTIENT:
        return coarse
    for _ in range(FINEST):
        step /= FINER
        fine = quotient(step)[1]
        off = _apart(fine, coarse)
        found.setdefault(off, coarse)
        if off <= QUOTIENT / 10:
            break
        coarse = fine
    return found[min(found)]


def _apart(a: Any, b: Any) -> float:
    return _gap(list(entries(a)), list(entries(b)), 1.0)
