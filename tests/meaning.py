"""Whether two texts of the notation have the same values."""

import re
from collections.abc import Sequence

import torch

from autodiff_notes.evaluation.points import points, precision
from autodiff_notes.notation import compiled, read
from autodiff_notes.notation.sets import Declaration, declare

TAME = {"square": "spd", "vector": "positive", "scalar": "positive_scalar", "invertible": "spd"}
"""Sets on which the words of a test are defined."""


def declared(variables: Sequence[str], *, tame: bool) -> list[Declaration]:
    """Return the declarations of variables, in tame sets if they shall be."""
    found: list[Declaration] = []
    for text in variables:
        inside = re.sub(r"(?<= in )\w+", lambda word: TAME.get(word[0], word[0]), text)
        names = [name for declaration in found for name in declaration.names]
        found.append(declare(inside if tame else text, names))
    return found


def assert_same(one: str, other: str, variables: Sequence[str], *, tame: bool = True) -> None:
    """Raise unless two texts have the same finite values at six random points."""
    declarations = declared(variables, tame=tame)
    kinds: dict[str, str] = {size: "k" for d in declarations for size in d.sizes}
    kinds |= {name: d.domain.kind for d in declarations for name in d.names}
    codes = [compiled(read(text, kinds)) for text in (one, other)]
    with precision():
        for point in points(declarations, 3, 2):
            first, second = (point.evaluate(code) for code in codes)
            assert first.isfinite().all()
            torch.testing.assert_close(first, second, rtol=1e-9, atol=1e-9)
