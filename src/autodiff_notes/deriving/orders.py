"""Second derivatives, and derivatives of what is no number: each is a first derivative again.

The product of the Hessian and a direction is the gradient of the gradient's inner product with
it; the Hessian of a function of a vector is the Jacobian of its gradient; and the product of a
cotangent and a Jacobian is the gradient of the function's inner product with a constant.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from autodiff_notes.deriving.derive import derive
from autodiff_notes.deriving.derived import Derived
from autodiff_notes.deriving.outcome import NotSupported
from autodiff_notes.notation import read
from autodiff_notes.notation.sets import Declaration

__all__ = ["hessian", "hvp", "vjp"]

_NONE: Mapping[str, str] = MappingProxyType({})
LETTERS = {"s": "tau", "v": "v", "M": "V"}
SPACES = {"s": "scalar", "v": "vector", "M": "matrix"}


def hvp(
    function: str,
    variables: Sequence[str],
    *,
    where: Mapping[str, str] = _NONE,
    direction: str = "",
) -> Derived:
    """Derive the product of the Hessian and a direction, for a function of real variables.

    Parameters
    ----------
    function, variables, where
        As in :func:`~autodiff_notes.deriving.derive.derive`.
    direction : str
        The name of the direction, ``V``, ``v`` or ``tau`` if it is not given; with several
        variables it gets each one's name as an index.

    Returns
    -------
    ~autodiff_notes.deriving.derived.Derived
        Its function is the inner product of the gradient and the direction, and its gradients
        are the Hessian applied to the direction.

    Examples
    --------
    >>> hvp("logdet(X)", ("X in spd(n)",)).gradients
    {'X': '-sym(inv(X) @ V @ inv(X))'}
    """
    return second(derive(function, variables, where=where), direction)


def second(found: Derived, direction: str = "") -> Derived:
    """Return the product of the Hessian and a direction, from a gradient."""
    pairs, constants = [], []
    moving = [(n, d) for d in found.declarations if not d.constant for n in d.names]
    for name, declared in moving:
        if declared.domain.complex:
            raise NotSupported(f"second derivatives by the complex {name}")
        kind = declared.domain.kind
        letter = direction or LETTERS[kind]
        if len(moving) > 1:
            letter = f"{letter}_{name.replace('_', '')}"
        letter = _unused(letter, found)
        sizes = ", ".join(_sizes(declared))
        constants.append(f"constant {letter} in {SPACES[kind]}({sizes})")
        G = found.gradients[name]
        form = {"s": "({}) * {}", "v": "({}) @ {}", "M": "inner({}, {})"}[kind]
        pairs.append(form.format(G, letter))
    return derive(" + ".join(pairs), (*found.variables, *constants), where=found.where)


def hessian(
    function: str, variables: Sequence[str], *, where: Mapping[str, str] = _NONE
) -> Derived:
    """Derive the Hessian of a function of one vector.

    Parameters
    ----------
    function, variables, where
        As in :func:`~autodiff_notes.deriving.derive.derive`.

    Returns
    -------
    ~autodiff_notes.deriving.derived.Derived
        Its function is the gradient, and its gradient the Hessian, a matrix.

    Examples
    --------
    >>> hessian("x @ A @ x", ("x in vector(n)", "constant A in square(n)")).gradients
    {'x': 'A + A.mT'}
    """
    return hessian_of(derive(function, variables, where=where))


def hessian_of(found: Derived) -> Derived:
    """Return the Hessian, from a gradient."""
    moving = [(n, d) for d in found.declarations if not d.constant for n in d.names]
    if len(moving) != 1 or moving[0][1].domain.kind != "v":
        names = ", ".join(name for name, _ in moving)
        raise NotSupported(
            f"the Hessian as a matrix, of a function of {names}: it is a matrix for a function of "
            "one vector; .hvp() is its product with a direction, for any variables"
        )
    ((name, _),) = moving
    return derive(found.gradients[name], found.variables, where=found.where)


def vjp(
    function: str,
    variables: Sequence[str],
    *,
    where: Mapping[str, str] = _NONE,
    cotangent: str = "",
) -> Derived:
    """Derive the product of a cotangent and the Jacobian of a vector or a matrix.

    Parameters
    ----------
    function, variables, where
        As in :func:`~autodiff_notes.deriving.derive.derive`.
    cotangent : str
        The name of a variable that is declared constant, of the shape of the function's value.

    Examples
    --------
    >>> vjp("inv(X)", ("X in invertible(n)", "constant W in square(n)"), cotangent="W").gradients
    {'X': '-inv(X).mT @ W @ inv(X).mT'}
    """
    from autodiff_notes.notation.sets import declare  # noqa: PLC0415

    declared: list[Declaration] = []
    for text in variables:
        declared.append(declare(text, [n for d in declared for n in d.names]))
    kinds = {size: "k" for d in declared for size in d.sizes}
    kinds |= {n: d.domain.kind for d in declared for n in d.names}
    definitions: dict[str, object] = {}
    for name, text in where.items():
        definitions[name] = read(text, kinds, dict(definitions))  # type: ignore[arg-type]
    kind = read(function, kinds, definitions).kind  # type: ignore[arg-type]
    constants = [n for d in declared if d.constant for n in d.names]
    if cotangent not in constants:
        raise NotSupported(
            f"{cotangent!r} is no constant; declare the cotangent, as in constant W in square(n)"
        )
    form = {"v": "{1} @ ({0})", "M": "inner({1}, {0})"}.get(kind)
    if form is None:
        raise NotSupported("the function is a number; derive it as it is")
    return derive(form.format(function, cotangent), variables, where=where)


def _unused(letter: str, found: Derived) -> str:
    """Return a name that nothing has yet."""
    taken = {*found.kinds, *found.definitions}
    ways = (
        letter,
        *(f"{letter}_{k}" if "_" not in letter else f"{letter}{k}" for k in range(1, 99)),
    )
    return next(way for way in ways if way not in taken)


def _sizes(declared: Declaration) -> list[str]:
    sizes = [size.source for size in declared.arguments]
    return sizes * 2 if declared.domain.kind == "M" and len(sizes) == 1 else sizes
