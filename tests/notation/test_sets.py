"""A declaration names a set, and the points of a set keep what it promises."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor

import latex_reader
from autodiff_notes import domains
from autodiff_notes.evaluation.execution import execute
from autodiff_notes.evaluation.places import bindings
from autodiff_notes.evaluation.points import Point, by_free_entries, points, precision, tangent
from autodiff_notes.notation import NotationError, compiled, read
from autodiff_notes.notation.derivations import parse
from autodiff_notes.notation.sets import DOMAINS, STRUCTURES, Domain, declare
from pages import ROOT


@pytest.mark.parametrize("name", DOMAINS)
def test_domain_has_a_sampler_and_prints(name: str) -> None:
    """Each row of the table gives points of its kind, and directions that stay in the set."""
    row = DOMAINS[name]
    variable = "X" if row.kind == "M" else "x"
    declaration = declare(f"{variable} in {name}({', '.join(row.parameters)})")
    relation = r"\colon\:" if row.kind == "f" else r"\in"
    assert declaration.latex.startswith(f"{variable} {relation} ")
    ranks = {"s": 0, "v": 1, "M": 2}
    for point in points([declaration], 3, 2):
        value = point.values[variable]
        if row.kind in ranks:
            assert value.ndim == ranks[row.kind]
            assert value.isfinite().all()
            assert row.moves == (variable in point.tangents)
        elif row.kind == "f":
            assert value(torch.tensor(0.5)).ndim == 0
        else:
            assert isinstance(value, int if row.kind == "k" else float)


@pytest.mark.parametrize(
    ("domain", "left", "right"),
    [
        ("symmetric(n)", "X", "X.mT"),
        ("distinct_eigenvalues(n)", "X", "X.mT"),
        ("spd(n)", "X", "X.mT"),
        ("skew_symmetric(n)", "X", "-X.mT"),
        ("lower_triangular(n)", "X", "tril(X)"),
        ("diagonal(n)", "X", "Diag(diag(X))"),
        ("hermitian(n)", "X", "X.mH"),
        ("orthogonal(n)", "X.mT @ X", "I(n)"),
        ("singular(n)", "det(X)", "0"),
        ("tall(m, n)", "pinv(X) @ X", "I(n)"),
    ],
)
def test_condition_of_a_domain(domain: str, left: str, right: str) -> None:
    """What a set promises of its points holds, and stays so in the directions they move."""
    execute(parse(f"X in {domain}\n{left}\n= {right}"))
    if domain != "singular(n)":
        execute(parse(f"X in {domain}\nd({left})\n= d({right})"))


HOLDS: dict[str, Callable[[Any, Any], Any]] = {
    r"\succ": lambda X, zero: torch.linalg.eigvalsh(X + X.mH).min() > zero,
    r"\succeq": lambda X, zero: torch.linalg.eigvalsh(X + X.mH).min() > zero - 1e-9,
    r"\neq": lambda x, y: ((torch.as_tensor(x) - y).abs() > 1e-6).all(),
    r"\geq": lambda x, y: x >= y,
    ">": lambda x, y: (torch.as_tensor(x) > y).all(),
    "<": lambda x, y: (torch.as_tensor(y) > x).all(),
    "=": lambda x, y: (torch.as_tensor(x) - y).abs().max() < 1e-9,
}
RELATION = re.compile(r" (\\succeq|\\succ|\\neq|\\geq|[<>=]) ")


def relations(name: str) -> list[tuple[str, str, str]]:
    """Return what a set prints of its points as relations: left, sign and right; not for indices."""
    variable = "X" if DOMAINS[name].kind == "M" else "x"
    told = DOMAINS[name].condition.format("m", "n", X=variable)
    found = []
    for part in re.sub(r"_i\b|_\{ij\}", "", told).split(r",\ "):
        if not re.search(r"\\text|\\dots|\\to|rank|_|\bi\b", part):
            left, *rest = RELATION.split(part)
            for sign, right in zip(rest[::2], rest[1::2], strict=True):
                found.append((left, sign, right))
                left = right
    return found


@pytest.mark.parametrize("name", [name for name in DOMAINS if relations(name)])
def test_what_a_set_prints_of_its_points_holds(name: str) -> None:
    """The condition of a set, read as mathematics, is true of its points, entry by entry."""
    row = DOMAINS[name]
    variable = "X" if row.kind == "M" else "x"
    for point in points([declare(f"{variable} in {name}({', '.join(row.parameters)})")], 2, 2):
        for left, sign, right in relations(name):
            with precision():
                sides = [latex_reader.value(side, point.values) for side in (left, right)]
            X = next(side for side in sides if not isinstance(side, latex_reader.Identity))
            one, other = (s.like(X) if isinstance(s, latex_reader.Identity) else s for s in sides)
            assert HOLDS[sign](one, other), (left, sign, right)


def test_every_set_is_used() -> None:
    """Each set is one of an entry, an exercise or a page, but that of the hermitian matrices."""
    texts = [
        path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py") if path.stem != "sets"
    ]
    texts += [path.read_text("utf-8") for path in (ROOT / "docs").glob("*/*.md")]
    assert DOMAINS.keys() - {"hermitian"} <= set(re.findall(r"\bin (\w+)\(", "\n".join(texts)))


def test_each_variable_has_its_condition() -> None:
    """Two variables of one set are in it side by side, and each keeps what it promises."""
    told = declare("X, Y in invertible(n)").latex
    assert told == r"X, Y \in \mathbb{R}^{n \times n},\ \det X \neq 0,\ \det Y \neq 0"


@pytest.mark.parametrize("name", [name for name in DOMAINS if r"\mathbb" in DOMAINS[name].space])
def test_the_space_of_a_set_has_its_numbers_and_its_sizes(name: str) -> None:
    """Numbers are real, complex or natural; a vector has one size, a matrix two, a number none."""
    row = DOMAINS[name]
    told = declare(f"X in {name}({', '.join(row.parameters)})").latex
    if row.kind == "f":
        assert r"\mathbb{R} \to \mathbb{R}" in told
        return
    field = "C" if row.complex else "N" if row.kind == "k" else "R"
    first, last = (*row.parameters, "")[0], (*row.parameters, "")[max(len(row.parameters) - 1, 0)]
    sizes = {"v": f"^{{{first}}}", "M": rf"^{{{first} \times {last}}}"}.get(row.kind, "")
    assert re.fullmatch(rf"X \\in \\mathbb{{{field}}}{re.escape(sizes)}(,\\ .+)?", told)


def test_condition_of_a_name_with_an_index() -> None:
    """A name that has an index gets no second one."""
    assert r"(A_{1})_{ij} > 0" in declare("A_1 in positive_matrix(m, n)").latex
    assert r"A_{ij} > 0" in declare("A in positive_matrix(m, n)").latex


def test_sizes_may_be_expressions() -> None:
    """A set may have a size that is computed from a symbol."""
    declaration = declare("t in vector(2 * n - 1)")
    assert declaration.latex == r"t \in \mathbb{R}^{2 n - 1}"
    assert declare("X in matrix(n + 1, 2 * n)").latex == r"X \in \mathbb{R}^{(n + 1) \times 2 n}"
    assert declaration.shape({"n": 3}) == (5,)
    execute(parse("t in vector(2 * n - 1)\ntr(toeplitz(t))\n= n * t[n - 1]"))


def test_bad_declaration() -> None:
    """A declaration that cannot be read says what one looks like."""
    with pytest.raises(NotationError, match="a declaration reads: X, Y in matrix"):
        declare("X is square")
    with pytest.raises(NotationError, match="'tr' is a word of the notation"):
        declare("X, tr in square(n)")


def test_wide_matrices_have_more_columns_than_rows() -> None:
    """The set takes no other sizes, and its points have full row rank."""
    wide = declare("X in wide(m, n)")
    assert all(sizes["m"] < sizes["n"] for sizes in bindings([wide], 9))
    X = domains.full_rank(2, 4, generator=torch.Generator().manual_seed(0))
    assert torch.linalg.matrix_rank(X) == 2


def test_unknown_set_is_answered_with_the_nearest() -> None:
    """A name that is nearly right gets a suggestion, any other one the list of all."""
    with pytest.raises(NotationError, match="no domain 'invertable'; did you mean 'invertible'"):
        declare("X in invertable(n)")
    with pytest.raises(NotationError, match="no domain 'qqq'; there are scalar, positive_scalar"):
        declare("X in qqq(n)")


# Structures: directions in which points move

MOVING = [row for row in DOMAINS.values() if row.moves]
FREE = [name for name, row in STRUCTURES.items() if row.free]


def directions(shape: torch.Size, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    """Return two directions without any structure."""
    generator = torch.Generator().manual_seed(5)
    one, other = (torch.randn(shape, generator=generator, dtype=dtype) for _ in range(2))
    return one, other


@pytest.mark.parametrize("row", MOVING, ids=lambda row: row.name)
def test_tangent_is_an_orthogonal_projection(row: Domain) -> None:
    """It is linear, changes nothing a second time, and equals its adjoint: no direction is nearer."""
    variable = "X" if row.kind == "M" else "x"
    declaration = declare(f"{variable} in {row.name}({', '.join(row.parameters)})")
    for point in points([declaration], 3, 1):
        x = point.values[variable]
        V, W = directions(x.shape, x.dtype)
        moved, other = tangent(row, x, V), tangent(row, x, W)
        torch.testing.assert_close(tangent(row, x, 2 * V - 3 * W), 2 * moved - 3 * other)
        torch.testing.assert_close(tangent(row, x, moved), moved)
        inner = [(a.conj() * b).sum().real for a, b in ((moved, W), (V, other))]
        torch.testing.assert_close(*inner)


@pytest.mark.parametrize("name", FREE)
def test_free_entries_move_within_the_structure(name: str) -> None:
    """It is linear, and what comes out has the structure, so that its projection is the same."""
    domain = DOMAINS[name]
    V, W = directions(torch.Size([4, 4]), torch.float64)
    moved, other = by_free_entries(name, V), by_free_entries(name, W)
    torch.testing.assert_close(by_free_entries(name, 2 * V - 3 * W), 2 * moved - 3 * other)
    torch.testing.assert_close(tangent(domain, moved, moved), moved)


@pytest.mark.parametrize("name", FREE)
def test_pairing_adds_up_the_free_entries(name: str) -> None:
    """Each free entry counts once, with its partial derivative."""
    row = STRUCTURES[name]
    G, V = directions(torch.Size([3, 3]), torch.float64)
    X = tangent(DOMAINS[name], V, V)  # a movement within the structure
    text = row.pairing.format(G="G", X="X", n="n").replace("d(X)", "X")
    code = compiled(read(text, {"G": "M", "X": "M", "n": "k"}))
    found = Point("", {"G": G, "X": X, "n": 3}, {}).evaluate(code)
    once = {
        "symmetric": torch.ones(3, 3).tril(),
        "diagonal": torch.eye(3),
        "toeplitz": torch.tensor([[1, 1, 1], [1, 0, 0], [1, 0, 0]]),
    }[name]
    torch.testing.assert_close(found, (G * once * X).sum())
    assert row.words


def test_every_structure_is_in_use() -> None:
    """A row of the table belongs to a set, and every set names a row."""
    assert {row.structure for row in DOMAINS.values()} == set(STRUCTURES)
