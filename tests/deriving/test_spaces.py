"""The gradient by a structured variable lies where the variable moves."""

import pytest

from autodiff_notes.deriving import derive
from autodiff_notes.deriving.spaces import REASONS, reason_of
from autodiff_notes.evaluation.execution import execute
from autodiff_notes.notation.derivations import parse
from autodiff_notes.notation.sets import DOMAINS, STRUCTURES, Domain, declare

FUNCTIONS = {"v": "a @ x + x @ x", "M": "tr(A @ x) + norm(x) ** 2"}
STRUCTURED = [row for row in DOMAINS.values() if row.structure != "any" and row.moves]


def test_every_structure_has_a_reason() -> None:
    """What is known of the differential is said for each structure."""
    assert REASONS.keys() == STRUCTURES.keys() - {"any", "fixed"}


@pytest.mark.parametrize(
    ("domain", "said", "left", "right"),
    [
        ("X in symmetric(n)", r"$\d X$ is symmetric", "d(X)", "d(X).mT"),
        ("X in skew_symmetric(n)", r"$\d X$ is skew-symmetric", "d(X)", "-d(X).mT"),
        (
            "X in orthogonal(n)",
            r"$X^\top \d X$ is skew-symmetric",
            "X.mT @ d(X)",
            "-(X.mT @ d(X)).mT",
        ),
        ("X in lower_triangular(n)", r"$\d X$ is lower triangular", "d(X)", "tril(d(X))"),
        ("X in diagonal(n)", r"$\d X$ is diagonal", "d(X)", "Diag(diag(d(X)))"),
        (
            "X in toeplitz(n)",
            r"$\d X$ is constant along its diagonals",
            "d(X)",
            "toeplitz(diagonal_means(d(X)))",
        ),
        ("x in probability(n)", r"the entries of $\d x$ add up to 0", "sum(d(x))", "0"),
        ("x in unit_vector(n)", r"$x^\top \d x = 0$", "x @ d(x)", "0"),
        ("X in hermitian(n)", r"$\d X$ is Hermitian", "d(X)", "d(X).mH"),
    ],
)
def test_what_is_said_of_a_differential_holds(
    domain: str, said: str, left: str, right: str
) -> None:
    """The reason for a projection is told of the variable, and is an equation that holds."""
    declared = declare(domain)
    assert reason_of(declared, *declared.names) == said
    assert execute(parse(f"{domain}\n{left}\n= {right}"), sizes=2, seeds=1).equalities == 1


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
