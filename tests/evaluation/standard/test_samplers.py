"""Points that the standard library draws are in their sets, and stay there as they move."""

from itertools import pairwise

import pytest

from autodiff_notes import domains
from autodiff_notes.evaluation import standard
from autodiff_notes.evaluation.standard.points import points
from autodiff_notes.evaluation.standard.samplers import SAMPLERS
from autodiff_notes.evaluation.standard.words import WORDS
from autodiff_notes.notation.derivations import parse
from autodiff_notes.notation.sets import DOMAINS, declare

# What a set promises, as an equation; those that are open are told by the numbers below.
EQUATIONS = {
    "symmetric": ("X", "X.mT"),
    "distinct_eigenvalues": ("X", "X.mT"),
    "spd": ("cholesky(X) @ cholesky(X).mT", "X.mT"),
    "covariance": ("cholesky(X) @ cholesky(X).mT", "X"),
    "positive_definite": ("cholesky(sym(X)) @ cholesky(sym(X)).mT", "sym(X)"),
    "skew_symmetric": ("X", "-X.mT"),
    "lower_triangular": ("X", "tril(X)"),
    "invertible_triangular": ("X @ inv(X)", "tril(I(n))"),
    "diagonal": ("X", "Diag(diag(X))"),
    "scalar_matrix": ("X", "X[0, 0] * I(n)"),
    "toeplitz": ("X", "toeplitz(diagonal_means(X))"),
    "orthogonal": ("X.mT @ X", "I(n)"),
    "hermitian": ("X", "X.mH"),
    "singular": ("det(X)", "0"),
    "tall": ("pinv(X) @ X", "I(n)"),
    "wide": ("X @ pinv(X)", "I(m)"),
    "full_rank": ("X @ pinv(X) @ X", "X"),
    "invertible": ("X @ inv(X)", "I(n)"),
    "complex_invertible": ("X @ inv(X)", "I(n)"),
    "positive_determinant": ("logdet(X)", "logabsdet(X)"),
    "probability": ("sum(x)", "1"),
    "unit_vector": ("x @ x", "1"),
    "zero_vector": ("x", "zeros(n)"),
    "zero_matrix": ("X", "zeros(m, n)"),
}
# Where points move out of the set, so that what holds there can be seen to fail nearby.
STILL = {"singular", "covariance", "scalar_matrix", "zero_vector", "zero_matrix"}
MOVING = [n for n in EQUATIONS if n not in STILL and DOMAINS[n].moves]
POSITIVE = ["positive", "positive_scalar", "positive_matrix", "proportion", "proportions"]


def declared(name: str) -> str:
    """Return the declaration of a variable in a set."""
    row = DOMAINS[name]
    return f"{'X' if row.kind == 'M' else 'x'} in {name}({', '.join(row.parameters)})"


def test_every_sampler_has_a_twin() -> None:
    """Both engines draw from the same sets."""
    assert SAMPLERS.keys() == {*domains.__all__} - {"DOMAINS"}


@pytest.mark.parametrize("name", EQUATIONS)
def test_points_keep_what_a_set_promises(name: str) -> None:
    """The equation of a set holds at its points."""
    left, right = EQUATIONS[name]
    standard.execute(parse(f"{declared(name)}\n{left}\n= {right}"))


@pytest.mark.parametrize("name", [n for n in MOVING if not EQUATIONS[n][0].startswith("chol")])
def test_points_stay_in_the_set_as_they_move(name: str) -> None:
    """Both sides of the equation of a set have the same slope."""
    left, right = EQUATIONS[name]
    standard.execute(parse(f"{declared(name)}\nd({left})\n= d({right})"))


@pytest.mark.parametrize("name", [*POSITIVE, "probability", "nonzero", "away_from_one", "signs"])
def test_entries_stay_away_from_what_is_left_out(name: str) -> None:
    """Positive entries are positive, and none is near zero or one where a set says so."""
    for point in points([declare(declared(name))], 3, 20):
        value = point.shown()["X" if DOMAINS[name].kind == "M" else "x"]
        for entry in WORDS["vec"](value) if isinstance(value, list) else [value]:
            assert abs(entry) > 0.04
            assert entry > 0 or name in {"nonzero", "away_from_one", "signs"}
            assert abs(abs(entry) - 1) > 0.19 or name != "away_from_one"


def test_values_are_apart() -> None:
    """Eigenvalues and singular values that are distinct are 0.4 apart."""
    for text, word in (
        ("X in distinct_eigenvalues(n)", "eigenvalues"),
        ("X in distinct_singular_values(m, n)", "singular_values"),
    ):
        for point in points([declare(text)], 3, 5):
            values = sorted(WORDS[word](point.shown()["X"]))
            assert all(b - a > 0.399 for a, b in pairwise(values))


def test_numbers_of_python() -> None:
    """Sizes and indices are integers, and orders are at least 1."""
    texts = ["k in natural()", "i in index(n)", "p in order()", "eps in small()"]
    for point in points([declare(text) for text in texts], 2, 9):
        k, i, p, eps = (point.shown()[name] for name in ("k", "i", "p", "eps"))
        assert 2 <= k <= 4
        assert 0 <= i < point.shown()["n"]
        assert 1 <= p <= 4
        assert 0.01 <= eps <= 0.02
