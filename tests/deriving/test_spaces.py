"""The gradient by a structured variable lies where the variable moves."""

import pytest

from autodiff_notes.deriving import derive
from autodiff_notes.deriving.spaces import REASONS
from autodiff_notes.notation.sets import DOMAINS, STRUCTURES, Domain

FUNCTIONS = {"v": "a @ x + x @ x", "M": "tr(A @ x) + norm(x) ** 2"}
STRUCTURED = [row for row in DOMAINS.values() if row.structure != "any" and row.moves]


def test_every_structure_has_a_reason() -> None:
    """What is known of the differential is said for each structure."""
    assert REASONS.keys() == STRUCTURES.keys() - {"any", "fixed"}


@pytest.mark.parametrize("row", STRUCTURED, ids=lambda row: row.name)
def test_a_gradient_is_projected(row: Domain) -> None:
    """In every structured set a linear and a quadratic function have the gradient that holds."""
    n = row.parameters[-1]
    fixed = {"v": f"constant a in vector({n})", "M": f"constant A in square({n})"}
    function = FUNCTIONS[row.kind]
    if row.complex:
        function, fixed = "norm(x) ** 2", {"M": "constant t in scalar()"}
    sizes = ", ".join(row.parameters)
    found = derive(function, (f"x in {row.name}({sizes})", fixed[row.kind]))
    verified = found.verify(sizes=2, seeds=1)
    assert verified.holds, verified.problem


@pytest.mark.parametrize("free", [name for name, row in STRUCTURES.items() if row.free])
def test_free_entries_are_counted_once(free: str) -> None:
    """The partial derivatives by the free entries hold for each structure that has them."""
    domain = {"triangular": "lower_triangular", "skew": "skew_symmetric"}.get(free, free)
    found = derive("tr(A @ x)", (f"x in {domain}(n)", "constant A in square(n)"), free=free)
    verified = found.verify(sizes=2, seeds=1)
    assert verified.holds, verified.problem
