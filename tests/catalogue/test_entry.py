"""An entry is read, printed and moved to another domain."""

import re
from dataclasses import replace
from typing import Any

import pytest
import torch

import latex_reader
from autodiff_notes import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.evaluation.points import precision
from autodiff_notes.notation import Expression, NotationError, compiled, latex
from entries import here


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
        monkeypatch.setattr("autodiff_notes.evaluation.places.SIZES", (3,) * 6)
    point = here(entry)
    with precision():
        names = {n: point.evaluate(compiled(e)) for n, e in entry.definitions.items()}
        expected = point.evaluate(compiled(expression))
        got = latex_reader.value(latex(expression), {**point.values, **names}, point.tangents)
    if isinstance(got, latex_reader.Identity):
        got = got.like(expected)
    got = torch.as_tensor(got).reshape(expected.shape).to(expected.dtype)
    torch.testing.assert_close(got, expected, rtol=1e-8, atol=1e-8)


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


def test_unknown_structure_is_refused() -> None:
    """The free entries are those of a structure in the table, and the error suggests one."""
    with pytest.raises(NotationError, match=r"no structure 'symetric' .*did you mean 'symmetric'"):
        replace(catalogue["symmetric-trace"], free="symetric")
    with pytest.raises(NotationError, match="no structure 'skew' with free entries; there are"):
        replace(catalogue["symmetric-trace"], free="skew")


@pytest.mark.parametrize("part", ["variables", "also"])
def test_a_forgotten_comma_is_told(part: str) -> None:
    """A text in brackets is no tuple: the error names the entry, the part and the text."""
    with pytest.raises(TypeError, match=rf"^trace: {part} is a tuple; is a comma missing behind "):
        replace(catalogue["trace"], **dict[str, Any]({part: "X in square(n)"}))


@pytest.mark.parametrize(
    ("gradient", "ending"),
    [
        ("2 * A @ x", "= inner(2 * A @ x, d(x))  # read off\n"),
        ("A @ x + A.mT @ x", "= inner(A @ x + A.mT @ x, d(x))  # in another form\n"),
    ],
)
def test_a_derivation_may_be_the_machine_s(gradient: str, ending: str) -> None:
    """The machine writes it, and it ends with the gradient as the author wrote it."""
    entry = Entry(
        name="form",
        title="A form",
        variables=("x in vector(n)", "constant A in symmetric(n)"),
        function="x @ A @ x",
        gradients={"x": gradient},
        derivation="derive",
    )
    assert entry.by_machine
    assert entry.derivation_text.startswith("x in vector(n)\nconstant A in symmetric(n)\n\n")
    assert entry.derivation_text.endswith(ending)
    assert entry.derived


def test_no_entry_s_derivation_by_the_machine_leans_on_itself() -> None:
    """A rule that cites an entry is no reason in the derivation of that entry."""
    machine = [entry for entry in catalogue.values() if entry.by_machine]
    assert machine
    assert not [e.name for e in machine if f"(#{e.name})" in e.derivation_text]
