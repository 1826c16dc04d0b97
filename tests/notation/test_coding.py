"""The torch code of a formula is what a reader would type, and brings the functions that torch lacks."""

import pytest

from autodiff_notes.notation import (
    code,
    helpers,
    latex,
    read,
)
from formulas import KINDS


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("inv(X).mT", "torch.linalg.inv(X).mT"),
        ("(X + Y) @ A", "(X + Y) @ A"),
        ("x @ (a * y)", "x @ (a * y)"),
        ("log(2) * a", "torch.log(torch.tensor(2)) * a"),
        ("a ** -1", "a ** (-1)"),
        ("norm(x, p)", "torch.linalg.vector_norm(x, p)"),
        ("sym(A) @ x", "sym(A) @ x"),
        ("matrix_power(X, k - 1)", "torch.linalg.matrix_power(X, k - 1)"),
        ("pi * a", "torch.pi * a"),
        ("sum(x[i] for i in range(n))", "sum([x[i] for i in range(n)])"),
        (
            "prod(x[i] for i in range(n) if i != k)",
            "torch.prod(torch.stack([x[i] for i in range(n) if i != k]))",
        ),
        (
            "prod(i + 1 for i in range(n))",
            "torch.prod(torch.tensor([i + 1 for i in range(n)]))",
        ),
        ("f(1 + a) * 1j", "f(1 + a) * 1j"),
        ("d(tr(A @ X))", "d(lambda A, X: torch.trace(A @ X), A=A, X=X)"),
        ("D(det(X), X[0, 1])", "D(lambda X: torch.linalg.det(X), X)[..., 0, 1]"),
        ("block([[X, Y]])", "torch.cat([torch.cat([X, Y], dim=1)])"),
        ("log(softmax(x))", "torch.log_softmax(x, 0)"),  # two words that lose digits together
        ("log(cosh(a))", "torch.logaddexp(a, -a) - 0.6931471805599453"),
        ("array([a, 0])", "torch.stack([a, torch.tensor(0.0)])"),
        ("array([[a, n]])", "torch.stack([torch.stack([a, torch.tensor(n)])])"),
    ],
)
def test_code(source: str, expected: str) -> None:
    """The torch code is what a reader would type."""
    assert code(read(source, KINDS)) == expected


def test_a_definition_is_printed_by_its_name_and_coded_in_full() -> None:
    """A name for an expression stays a name on the page and becomes code underneath."""
    M = read("inv(X @ X.mT)", KINDS)
    expression = read("tr(M @ X)", KINDS, {"M": M})
    assert latex(expression) == r"\operatorname{tr}(M X)"
    assert code(expression) == "torch.trace(torch.linalg.inv(X @ X.mT) @ X)"
    assert expression.names == {"X"}


def test_a_helper_comes_with_its_definition() -> None:
    """Code that calls a function of the vocabulary's own brings its source, once."""
    expression = read("sym(A) + sym(B)", KINDS)
    assert code(expression) == "sym(A) + sym(B)"
    assert helpers(expression) == {"sym": "def sym(A):\n    return (A + A.mT) / 2"}
    assert not helpers(read("inv(X)", KINDS))
