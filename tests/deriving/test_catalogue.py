"""The catalogue is derived: every entry, equal to autograd, and as short as by hand."""

import ast

import pytest

from autodiff_notes import catalogue
from autodiff_notes.deriving import derive

LONGER = {
    "least-squares-solution",  # that A z is pinv(A).mT w takes the normal equations backwards
    "triple-product",  # X.mT @ A.mT is written for (A @ X).mT
    "toeplitz-trace",  # by hand it is a name, for a longer expression
}
"""The entries of which a gradient by machine is more than a tenth longer than by hand."""


def nodes(text: str) -> int:
    """Return how many names, numbers, words and operations there are in a text."""
    ignored = (ast.expr_context, ast.operator, ast.unaryop)
    return sum(not isinstance(node, ignored) for node in ast.walk(ast.parse(text, mode="eval")))


@pytest.mark.parametrize("name", list(catalogue))
def test_an_entry_is_derived(name: str) -> None:
    """The gradient holds against both witnesses, and every equals sign of the text holds."""
    entry = catalogue[name]
    found = derive(entry.function, entry.variables, where=entry.where, free=entry.free)
    verified = found.verify(sizes=2, seeds=1)
    assert verified.holds, f"{verified.problem}\n{found}"
    lengths = [(nodes(found.gradients[x]), nodes(entry.gradients[x])) for x in entry.moving]
    assert all(by_machine <= 1.1 * by_hand for by_machine, by_hand in lengths) != (name in LONGER)
