"""The differential of a term, opened by one level."""

import pytest

from autodiff_notes.deriving import NotSupported
from autodiff_notes.deriving.differentials import differential
from autodiff_notes.deriving.reading import read_term
from autodiff_notes.deriving.rules import ENTRYWISE
from autodiff_notes.deriving.writing import write
from deriving.algebra import given


@pytest.mark.parametrize(
    ("text", "expected", "reasons"),
    [
        ("x @ y", "y @ d(x) + x @ d(y)", ["product rule"]),
        ("x @ x", "2 * (x @ d(x))", ["the squared norm"]),
        ("norm(x)", "x @ d(x) / norm(x)", ["the norm"]),
        ("s / t", "d(s) / t - s * d(t) / t ** 2", ["quotient rule"]),
        ("p ** s", "s * p ** (s - 1) * d(p) + p ** s * log(p) * d(s)", ["product rule"]),
        ("tanh(A @ x)", "(ones(n) - tanh(A @ x) ** 2) * d(A @ x)", ["the hyperbolic tangent"]),
        ("tr(inv(X))", "-tr(matrix_power(inv(X), 2) @ d(X))", ["[the inverse](#inverse)"]),
        ("C @ a", "zeros(n)", []),
        ("tril(A) + C", "tril(d(A))", []),
        ("kron(A, B)", "kron(d(A), B) + kron(A, d(B))", ["product rule"]),
        (
            "sum(x[i] ** 2 for i in range(n))",
            "2 * sum(x[i] * d(x)[i] for i in range(n))",
            ["power rule"],
        ),
        ("block([[A, C]])", "block([[d(A), zeros(n, n)]])", []),
        (
            "s * norm(x)",
            "norm(x) * d(s) + s * (x @ d(x)) / norm(x)",
            ["the squared norm", "product rule"],
        ),
        (
            "norm(x) / norm(y)",
            "x @ d(x) / (norm(x) * norm(y)) - norm(x) * (y @ d(y)) / norm(y) ** 3",
            ["the norm", "quotient rule"],
        ),
        ("norm(x) ** 3", "3 * norm(x) * (x @ d(x))", ["the norm"]),
        ("1 / norm(x)", "-x @ d(x) / norm(x) ** 3", ["the norm", "quotient rule"]),
        ("norm(x) * A", "(x @ d(x)) * A / norm(x) + norm(x) * d(A)", ["the norm", "product rule"]),
        ("inner(A, A)", "2 * inner(A, d(A))", ["the squared norm"]),
        ("outer(x, x)", "outer(d(x), x) + outer(x, d(x))", ["product rule"]),
        ("x / y", "d(x) / y - x * d(y) / y ** 2", ["quotient rule"]),
        ("x ** 2", "2 * x * d(x)", ["power rule"]),
        ("s * x", "d(s) * x + s * d(x)", ["product rule"]),
        ("1 / s", "-d(s) / s ** 2", ["quotient rule"]),
        ("x[0] + A[0, 1]", "d(x)[0] + d(A)[0, 1]", []),
        (
            "inv(X) @ x",
            "inv(X) @ d(x) - inv(X) @ d(X) @ inv(X) @ x",
            ["product rule", "[the inverse](#inverse)"],
        ),
        (
            "solve(X, x)",
            "solve(X, d(x) - d(X) @ solve(X, x))",
            ["[the linear system](#linear-system)"],
        ),
        (
            "C @ solve(X, x)",
            "C @ solve(X, d(x) - d(X) @ solve(X, x))",
            ["[the linear system](#linear-system)"],
        ),
        (
            "solve(X, A @ x)",
            "solve(X, d(A) @ x + A @ d(x) - d(X) @ solve(X, A @ x))",
            ["[the linear system](#linear-system)", "product rule"],
        ),
        (
            "y @ solve(X, x)",
            "d(y) @ solve(X, x) + y @ solve(X, d(x) - d(X) @ solve(X, x))",
            ["[the linear system](#linear-system)"],
        ),
    ],
)
def test_one_level_is_opened(text: str, expected: str, reasons: list[str]) -> None:
    """Products and linear words are passed; below another word stands its argument's differential."""
    used: dict[str, None] = {}
    with given() as names:
        assert write(differential(read_term(text, names), used)) == expected
    assert list(used) == reasons


def test_a_word_without_a_row_names_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the word and what there is."""
    monkeypatch.delitem(ENTRYWISE, "digamma")
    with given() as names, pytest.raises(NotSupported, match=r"digamma: .* nearest .* lgamma"):
        differential(read_term("digamma(p)", names))
