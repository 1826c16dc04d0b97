"""Where a derivation is executed: sizes for its symbols, and seeds for the points of each.

>>> from autodiff_notes.notation.sets import declare
>>> [label(*place) for place in places([declare("X in tall(m, n)")], sizes=2, seeds=1)]
['m = 3, n = 2, seed 0', 'm = 4, n = 3, seed 0']
"""

from collections.abc import Iterator, Sequence
from itertools import chain, permutations

from autodiff_notes.notation.derivations import DerivationError
from autodiff_notes.notation.sets import Declaration

__all__ = ["CANNOT_BE_EVALUATED", "bindings", "label", "places"]

# From 2, since matrices of size 1 commute and equal their transposes; small, since points are many;
# and one for each of six symbols, so that sizes differ.
SIZES = (2, 3, 4, 5, 6, 7)

# The errors of torch and of Python for a formula without a value at a point.
CANNOT_BE_EVALUATED = (RuntimeError, ArithmeticError, IndexError, TypeError, ValueError)


def bindings(declarations: Sequence[Declaration], count: int) -> list[dict[str, int]]:
    """Return sizes for the symbols: all different, so that no matrix is square by chance.

    Raises
    ------
    DerivationError
        If there are none for which every set has points.
    """
    symbols = list(dict.fromkeys(chain.from_iterable(d.sizes for d in declarations)))
    tried = (
        dict(zip(symbols, values, strict=True))
        for values in permutations(SIZES[: max(3, len(symbols))], len(symbols))
    )
    good = [b for b in tried if all(d.allows(b) for d in declarations)]
    if not good:
        raise DerivationError("line 1: no sizes fit the declarations", 1)
    step = max(1, (len(good) - 1) / max(1, count - 1)) if len(good) > count else 1
    return [good[round(i * step)] for i in range(min(count, len(good)))]


def places(
    declarations: Sequence[Declaration], sizes: int, seeds: int, first_seed: int = 0
) -> Iterator[tuple[dict[str, int], int]]:
    """Yield sizes with seeds: so many sizes, and so many seeds for each.

    Without symbols of sizes there is one size, and all places differ by their seeds.

    Raises
    ------
    ValueError
        If the one or the other is less than 1: a claim checked at no point would pass unseen.
    DerivationError
        If no sizes fit the declarations.
    """
    if sizes < 1 or seeds < 1:
        raise ValueError(f"sizes and seeds must be at least 1; got {sizes} and {seeds}")
    bound = bindings(declarations, sizes)
    if len(bound) < sizes:
        seeds = -(-sizes * seeds // len(bound))
    for binding in bound:
        for seed in range(first_seed, first_seed + seeds):
            yield binding, seed


def label(binding: dict[str, int], seed: int) -> str:
    """Return the name of a place, for messages."""
    return ", ".join([*(f"{name} = {size}" for name, size in binding.items()), f"seed {seed}"])
