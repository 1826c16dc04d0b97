"""The printed LaTeX, read back by an independent reader, has the value of the expression."""

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

import latex_reader
from autodiff_notes import domains
from autodiff_notes.evaluation.points import Point, precision
from autodiff_notes.notation import compiled, latex, read

N, K, P = 3, 3, 2.5
KINDS = {
    **dict.fromkeys(["X", "Y", "A", "A_1", "B", "C", "W", "W_bar", "Z", "Sigma"], "M"),
    **dict.fromkeys(["x", "y", "y_prime", "x_bar", "b", "w", "mu", "z"], "v"),
    **dict.fromkeys(["a", "c", "lambda_", "x_max", "z_1"], "s"),
    "n": "k",
    "k": "k",
    "p": "r",
    "f": "f",
}


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


def sources() -> list[str]:
    """Return the expressions of the table of formulas."""
    lines = Path(__file__).with_name("formulas.txt").read_text("utf-8").splitlines()
    return [line.partition("  =>  ")[0] for line in lines if "  =>  " in line]


@pytest.mark.parametrize("source", sources())
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
