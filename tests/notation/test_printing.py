"""A formula is set as a mathematician would set it; read back by an independent reader, it has its value."""

from typing import Any

import pytest
import torch
from torch import Tensor

import latex_reader
from autodiff_notes import domains
from autodiff_notes.evaluation.points import Point, precision
from autodiff_notes.notation import (
    compiled,
    latex,
    letter,
    read,
)
from formulas import CONVERTER, FORMULAS, KINDS


@pytest.mark.parametrize(("source", "expected"), FORMULAS, ids=[s for s, _ in FORMULAS])
def test_formula(source: str, expected: str) -> None:
    """An expression gives exactly this LaTeX."""
    assert latex(read(source, KINDS)) == expected


@pytest.mark.parametrize("source", [s for s, _ in FORMULAS])
def test_formula_becomes_mathml(source: str) -> None:
    """The site's converter knows every command that is printed."""
    assert CONVERTER.convert_with_local_state(latex(read(source, KINDS)), displaystyle=True)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x", "x"),
        ("Sigma", r"\Sigma"),
        ("mu", r"\mu"),
        ("eps", r"\varepsilon"),
        ("phi", r"\varphi"),
        ("ell", r"\ell"),
        ("lambda_", r"\lambda"),
        ("lambda_1", r"\lambda_{1}"),
        ("x_i", "x_{i}"),
        ("x_12", "x_{12}"),
        ("x_max", r"x_{\mathrm{max}}"),
        ("x_mu", r"x_{\mu}"),
        ("x_bar", r"\bar{x}"),
        ("Sigma_hat", r"\hat{\Sigma}"),
        ("x_prime", "x'"),
        ("x_bar_1", r"\bar{x}_{1}"),
    ],
)
def test_letter(name: str, expected: str) -> None:
    """A name is a letter or a Greek one, with an accent and an index."""
    assert latex(read(name, {name: "s"})) == letter(name) == expected


def test_index_of_a_sum_is_no_letter_in_use() -> None:
    """The letter under a sum does not occur in the formula otherwise."""
    kinds = {"x": "v", "i": "k", "A": "M"}
    assert latex(read("sum(A[i, i] * x)", kinds)) == r"\sum_{j} A_{ii} x_{j}"


N, K, P = 3, 3, 2.5


def point() -> Point:
    """Return one value and one direction for each variable."""
    generator = torch.Generator().manual_seed(7)
    values: dict[str, Any] = {"n": N, "k": K, "p": P}
    for name, kind in KINDS.items():
        if name == "Sigma":
            values[name] = domains.symmetric_positive_definite(N, generator=generator)
        elif name in {"Z", "z", "z_1"}:
            shape = [N] * ["z_1", "z", "Z"].index(name)
            values[name] = domains.complex_normal(*shape, generator=generator)
        elif kind == "M":
            values[name] = domains.positive_determinant(N, generator=generator)
        elif kind in "vs":
            values[name] = domains.positive(*[N] * (kind == "v"), generator=generator)
    values["f"] = domains.analytic(generator=generator)
    values["a"] += 1  # so that log log a exists
    tangents = {
        name: torch.randn(x.shape, dtype=x.dtype, generator=generator)
        for name, x in values.items()
        if isinstance(x, Tensor)
    }
    return Point("", values, tangents)


@pytest.mark.parametrize("source", [s for s, _ in FORMULAS])
def test_round_trip(source: str) -> None:
    """What is printed means what was written."""
    expression = read(source, KINDS)
    here = point()
    with precision():
        expected = here.evaluate(compiled(expression))
        got = latex_reader.value(latex(expression), here.values, here.tangents)
    if isinstance(got, latex_reader.Identity):
        got = got.like(expected)
    differences = "d(" in source or "D(" in source or "frechet" in source
    torch.testing.assert_close(
        torch.as_tensor(got).reshape(expected.shape).to(expected.dtype),
        expected,
        rtol=1e-5 if differences else 1e-9,
        atol=1e-5 if differences else 1e-9,
    )


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"X^{-\top} Y", r"X^{-1} Y"),
        (r"(X + Y) A", r"X + Y A"),
        (r"\log(a)\,c", r"\log(a c)"),
        (r"x^{\top} A y", r"y^{\top} A x"),
        (r"X \odot Y A", r"(X \odot Y) A"),
        (r"\mathrm{d}(X Y)", r"\mathrm{d}X\,Y"),
    ],
)
def test_reader_tells_formulas_apart(right: str, wrong: str) -> None:
    """Formulas that differ by a transpose or by parentheses have different values."""
    here = point()
    with precision():
        one, other = (
            latex_reader.value(text, here.values, here.tangents) for text in (right, wrong)
        )
    assert not torch.allclose(one, other, rtol=1e-3)


def test_reader_refuses_a_missing_transpose() -> None:
    """Two columns cannot be multiplied."""
    here = point()
    with pytest.raises(RuntimeError):
        latex_reader.value("x A y", here.values)
