"""An entry is read, printed and moved to another domain."""

import re
from dataclasses import replace
from typing import Any

import pytest
import torch

import latex_reader
from autodiff_notes import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.evaluation.execution import execute
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
    with pytest.raises(NotationError, match="x, y vary, and x have a gradient; declare the others"):
        _ = entry.moving


@pytest.mark.parametrize(
    ("variables", "function", "gradients", "differential"),
    [
        ("s in scalar()", "s ** 2", {"s": "2 * s"}, "(2 * s) * d(s)"),
        ("x, y in vector(n)", "x @ y", {"x": "y", "y": "x"}, "inner(y, d(x)) + inner(x, d(y))"),
        ("x in vector(n)", "2 * x", {"x": "2 * I(n)"}, "(2 * I(n)) @ d(x)"),
        ("X in matrix(m, n)", "2 * vec(X)", {"X": "2 * I(m * n)"}, "(2 * I(m * n)) @ vec(d(X))"),
        ("z in complex_scalar()", "abs2(z)", {"z": "2 * z"}, "re(conj(2 * z) * d(z))"),
        ("z in complex_vector(n)", "norm(z) ** 2", {"z": "2 * z"}, "re(conj(2 * z) @ d(z))"),
        (
            "Z in complex_matrix(m, n)",
            "norm(Z) ** 2",
            {"Z": "2 * Z"},
            "re(sum(conj(2 * Z) * d(Z)))",
        ),
    ],
)
def test_a_gradient_is_paired_as_its_kind_asks(
    variables: str, function: str, gradients: dict[str, str], differential: str
) -> None:
    """The differential is an inner product: a Jacobian's a product, a complex one's real part."""
    entry = Entry(
        "pair", "A pair", (variables,), function, gradients, derivation=f"= d({function})"
    )
    assert entry.differential == differential
    assert entry.derived
    assert execute(entry.derived, sizes=1, seeds=1).equalities == 2


def test_a_gradient_is_set_with_its_name() -> None:
    """Function, gradient, second derivative and names are equations."""
    entry = Entry(
        "half",
        "A half",
        ("x in vector(n)",),
        "y @ x / 2",
        {"x": "y"},
        where={"y": "I(n) @ x"},
        hessian="I(n)",
    )
    assert entry.latex == r"f(x) = \frac{y^{\top} x}{2}"
    assert entry.gradient_latex("x") == r"\frac{\partial f}{\partial x} = y"
    assert entry.hessian_latex == (r"\frac{\partial^2 f}{\partial x^2} = I",)
    assert entry.where_latex == ("y = I x",)
    assert entry.domain_latex == (r"x \in \mathbb{R}^{n}",)


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
