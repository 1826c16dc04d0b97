"""Every entry of the catalogue holds, in all the forms in which it is told."""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import Tensor

import latex_reader
from autodiff_notes import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.catalogue.verification import verify
from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.evaluation.points import Point, points, precision
from autodiff_notes.notation import Expression, NotationError, compiled, latex
from autodiff_notes.notation.sets import STRUCTURES, Declaration, declare

every_entry = pytest.mark.parametrize(
    "entry", tuple(catalogue.values()), ids=lambda entry: entry.name
)


def here(entry: Entry, sizes: int = 1) -> Point:
    """Return a point of the domain of an entry."""
    return list(points(entry.declarations, sizes, 1, first_seed=40))[-1]


# They hold


@every_entry
def test_entry_holds(entry: Entry) -> None:
    """The gradient and the derivation hold at other points than those of the build."""
    found = verify(entry, first_seed=60)
    assert found.holds, found.problem
    assert found.points >= 9


@every_entry
def test_entry_holds_in_single_precision(entry: Entry) -> None:
    """A reader's machine may verify in float32."""
    found = verify(entry, first_seed=70, dtype=torch.float32)
    assert found.holds, found.problem


@pytest.mark.parametrize(
    ("entry", "way"),
    [(e, way) for e in catalogue.values() for way in e.outside],
    ids=lambda v: str(v)[:40],
)
def test_entry_fails_outside(entry: Entry, way: str) -> None:
    """Where the condition does not hold, neither does the gradient, at any of nine points."""
    moved = entry.moved(way)
    for seed in range(80, 89):
        assert not verify(replace(moved, derivation=""), sizes=1, seeds=1, first_seed=seed).holds


INVERTED = {"invertible", "complex_invertible", "positive_determinant", "tall", "wide"}
CONTINUED = {"determinant-of-rectangular-product", "gram-determinant"}
RANKS = {"projection-onto-columns", "residual-of-least-squares"}
SINGULAR = [
    (entry, declared)
    for entry in catalogue.values()
    for declared in entry.declarations
    if declared.domain.name in INVERTED and entry.name not in RANKS
]


@pytest.mark.parametrize(
    ("entry", "declared"),
    SINGULAR,
    ids=lambda v: getattr(v, "name", "-".join(getattr(v, "names", ()))),
)
def test_entry_needs_the_rank(entry: Entry, declared: Declaration) -> None:
    """At the zero matrix a formula fails that needs an inverse, and one holds that does not."""
    sizes = [size.source for size in declared.arguments]
    place = ", ".join(sizes if len(sizes) == 2 else sizes * 2)
    for name in declared.names:
        constant = "constant " * declared.constant
        moved = entry.moved(f"{constant}{name} in zero_matrix({place})")
        for seed in (80, 81):
            found = verify(replace(moved, derivation=""), sizes=1, seeds=1, first_seed=seed)
            assert found.holds == (entry.name in CONTINUED)


# What is written about them


def test_names_are_unique_addresses() -> None:
    """A name is a permanent address of one entry."""
    assert len({entry.name for entry in catalogue.values()}) == len(catalogue)
    for entry in catalogue.values():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.name)


def test_groups_make_up_the_catalogue() -> None:
    """Every entry knows its group, and no group is without entries."""
    assert tuple(e for entries in catalogue.groups.values() for e in entries) == tuple(
        catalogue.values()
    )
    assert all(
        entry.group == name for name, entries in catalogue.groups.items() for entry in entries
    )


@every_entry
def test_words_are_sentences(entry: Entry) -> None:
    """Titles begin with a capital and end without a stop; conditions and notes are sentences."""
    assert re.fullmatch(r"[A-Z].*[^.]", entry.title)
    for text in (entry.conditions, entry.notes, *entry.outside.values()):
        assert not text or re.fullmatch(r"[A-Z$].*\.", text, re.DOTALL)
    assert not entry.source.endswith(".")


@every_entry
def test_constants_stand_still(entry: Entry) -> None:
    """What varies has a gradient and occurs in the function; a definition is used."""
    assert set(entry.moving) == set(entry.gradients)
    assert set(entry.moving) <= entry.value.names
    used = " ".join([entry.function, *entry.gradients.values(), *entry.where.values()])
    for name in entry.where:
        assert re.search(rf"\b{name}\b", used)


@every_entry
def test_every_entry_is_derived(entry: Entry) -> None:
    """An entry carries a derivation that compares something."""
    assert entry.derived
    assert len(entry.derived.lines) >= 2


@every_entry
def test_derivation_leads_from_function_to_gradient(entry: Entry) -> None:
    """One chain is framed: it gets the function's differential in front, the gradient behind."""
    paragraphs = re.split(r"\n\s*\n", entry.derivation.strip())
    assert sum(paragraph.startswith("=") for paragraph in paragraphs) == 1


# As mathematics and as code


def parts(entry: Entry) -> dict[str, Expression]:
    """Return every expression of an entry."""
    return {
        "f": entry.value,
        **entry.claims,
        **{f"where {n}": e for n, e in entry.definitions.items()},
    }


@pytest.mark.parametrize(
    ("entry", "part"),
    [(e, part) for e in catalogue.values() for part in parts(e)],
    ids=lambda v: getattr(v, "name", v),
)
def test_round_trip(entry: Entry, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The printed LaTeX, read by an independent reader, has the value of what was written."""
    expression = parts(entry)[part]
    if re.search(r"\b(ones|basis)\(", expression.source):  # it does not say how many
        monkeypatch.setattr("autodiff_notes.evaluation.points.SIZES", (3,) * 6)
    point = here(entry)
    with precision():
        names = {n: point.evaluate(compiled(e)) for n, e in entry.definitions.items()}
        expected = point.evaluate(compiled(expression))
        got = latex_reader.value(latex(expression), {**point.values, **names}, point.tangents)
    if isinstance(got, latex_reader.Identity):
        got = got.like(expected)
    got = torch.as_tensor(got).reshape(expected.shape).to(expected.dtype)
    torch.testing.assert_close(got, expected, rtol=1e-8, atol=1e-8)


def functions(entry: Entry) -> tuple[Callable[..., Tensor], Callable[..., Any]]:
    """Return what the printed code defines."""
    names: dict[str, Any] = {}
    exec(entry.code, names)  # noqa: S102 - the code that a reader copies
    return names["f"], names["gradient"]


@every_entry
def test_code_is_what_was_verified(entry: Entry) -> None:
    """The code to be copied runs by itself and gives the function and its gradient."""
    point = here(entry, 3)
    arguments = [point.values[name] for name in entry.parameters]
    f, gradient = functions(entry)  # where new tensors are float32, as a reader's are
    value, got = torch.as_tensor(f(*arguments)), gradient(*arguments)
    got = got if isinstance(got, tuple) else (got,)
    with precision():
        torch.testing.assert_close(value, point.evaluate(compiled(entry.value)))
        for claim, found in zip(entry.claims.values(), got, strict=True):
            torch.testing.assert_close(found, point.evaluate(compiled(claim)))


FREELY = [
    entry
    for entry in catalogue.values()
    if entry.value.kind != "v"
    and not entry.free
    and all(entry.domain(name).domain.structure == "any" for name in entry.moving)
]


@pytest.mark.parametrize("entry", FREELY, ids=lambda entry: entry.name)
def test_check_gradient_agrees(entry: Entry) -> None:
    """A reader who copies the code into check_gradient gets the same verdict."""
    point = here(entry)
    arguments = [point.values[name] for name in entry.parameters]
    moving = [name in entry.moving for name in entry.parameters]
    with precision():
        f, gradient = functions(entry)
        if all(isinstance(x, Tensor) for x in arguments):
            inputs = [x.clone().requires_grad_(m) for x, m in zip(arguments, moving, strict=True)]
            assert check_gradient(f, gradient, *inputs)


# The frame


def test_catalogue_is_asked_by_name() -> None:
    """A name gives the entry, and an unknown one says which was meant."""
    assert catalogue["log-det"].name == "log-det"
    with pytest.raises(KeyError, match="did you mean 'log-det'"):
        catalogue["logdet"]


def test_catalogue_needs_no_torch() -> None:
    """Formulas, LaTeX and code are there without importing torch."""
    program = (
        "import sys; from autodiff_notes import catalogue; "
        "[(e.latex, e.code, e.derived) for e in catalogue.values()]; "
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_gradient_for_a_constant_is_refused() -> None:
    """A variable without a gradient has to be declared constant."""
    entry = replace(
        catalogue["scalar-example"], variables=("x, y in positive_scalar()",), gradients={"x": "y"}
    )
    with pytest.raises(NotationError, match="x, y vary, and x have a gradient"):
        _ = entry.moving


def test_entry_can_be_moved() -> None:
    """Another declaration takes the place of one variable, and the others stay."""
    entry = replace(
        catalogue["scalar-example"], variables=("constant A, B in matrix(m, n)", "x in vector(n)")
    )
    moved = entry.moved("B in square(n)")
    assert moved.variables == ("constant A in matrix(m, n)", "x in vector(n)", "B in square(n)")


@pytest.mark.parametrize("free", [name for name, row in STRUCTURES.items() if row.free])
def test_free_entries_move_with_what_they_are_tied_to(free: str) -> None:
    """Moving one free entry of a structured matrix moves it within its structure."""
    square = {"symmetric": "symmetric", "diagonal": "diagonal", "toeplitz": "square"}[free]
    entry = Entry(
        name="sum",
        title="A weighted sum",
        variables=(f"X in {square}(n)", "constant A in square(n)"),
        function="inner(A, X)",
        gradients={
            "X": {
                "symmetric": "A + A.mT - Diag(diag(A))",
                "diagonal": "Diag(diag(A))",
                "toeplitz": "A",
            }[free]
        },
        free=free,
    )
    assert verify(entry).holds == (free != "toeplitz")
    assert declare(entry.variables[0]).domain.name == square


def test_functions_that_cannot_be_batched_are_verified_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Differences move each entry of a small variable, and go along random directions else."""

    def refuse(_: object) -> None:
        """Say that there is no rule."""
        raise RuntimeError("vmap: there is no batching rule")

    monkeypatch.setattr(torch.func, "vmap", refuse)
    entry = Entry(
        name="perron",
        title="The largest eigenvalue",
        variables=("X in positive_matrix(n, n)",),
        function="perron_value(X)",
        gradients={"X": "outer(w, v) / (w @ v)"},
        where={"v": "perron_vector(X)", "w": "perron_vector(X.mT)"},
    )
    assert verify(entry).holds
    assert verify(entry).directions == "random directions"
    assert verify(entry, sizes=1).directions == "every entry"
    wrong = replace(entry, gradients={"X": "outer(v, w) / (w @ v)"})
    assert "is off by" in verify(wrong).problem
