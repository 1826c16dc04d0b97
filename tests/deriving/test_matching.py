"""Patterns find terms, neighbours in products, and nothing that only looks alike."""

import pytest

from autodiff_notes.deriving.matching import Pattern, knows
from autodiff_notes.deriving.reading import read_term
from deriving.algebra import given

INVERTIBLE = ("M in invertible(n)",)


@pytest.mark.parametrize(
    ("pattern", "variables", "text", "found"),
    [
        ("inv(M)", INVERTIBLE, "inv(A @ B)", {"M": "A @ B"}),
        ("inv(M)", INVERTIBLE, "det(A)", None),
        (
            "tr(matrix_power(M, j))",
            ("M in square(n)", "j in natural()"),
            "tr(matrix_power(A, k))",
            {"M": "A", "j": "k"},
        ),
        ("c * M", ("c in scalar()", "M in square(n)"), "2 * s * A", {"c": "2 * s", "M": "A"}),
        ("outer(v, v)", ("v in vector(n)",), "outer(x, y)", None),
        (
            "M.mT @ N",
            ("M in square(n)", "N in square(n)"),
            "A.mT @ B @ C",
            {"M": "A", "N": "B @ C"},
        ),
    ],
)
def test_a_pattern_is_a_term_with_places(
    pattern: str, variables: tuple[str, ...], text: str, found: dict[str, str] | None
) -> None:
    """A variable of a pattern stands for one term wherever it occurs."""
    with given() as names:
        bound = Pattern(pattern, variables).match(read_term(text, names))
        if found is None:
            assert bound is None
        else:
            assert bound
            assert {n: bound[n] for n in found} == {
                n: read_term(t, names) for n, t in found.items()
            }


def test_neighbours_are_found_within_a_product() -> None:
    """A variable may stand for several factors; the place says where they are."""
    pattern = Pattern("inv(M) @ M", INVERTIBLE)
    with given() as names:
        factors = read_term("C @ inv(A @ B) @ x", names).args
        whole = [*factors[:2], *read_term("A @ B @ C", names).args]
        found = pattern.find(whole, 1)
        assert found
        assert found[:2] == (1, 4)
        assert pattern.find(whole[:3], 1) is None


@pytest.mark.parametrize(
    ("text", "what", "known"),
    [
        ("S", "symmetric", True),
        ("A", "symmetric", False),
        ("A @ A.mT", "symmetric", True),
        ("X", "invertible", True),
        ("X @ S", "invertible", True),
        ("A", "invertible", False),
        ("A @ X", "invertible", False),
        ("X.mT", "invertible", True),
        ("inv(A)", "invertible", True),
        ("expm(A)", "invertible", True),
        ("matrix_power(X, k)", "invertible", True),
        ("kron(X, S)", "invertible", True),
        ("kron(X, A)", "invertible", False),
        ("W.mT @ W", "invertible", True),
        ("W.mT @ P @ W", "invertible", True),
        ("W.mT @ (W @ A @ W.mT) @ W", "invertible", False),
        ("Y.mT @ Y", "invertible", False),
        ("Y", "square", False),
        ("W", "tall", True),
        ("W", "wide", False),
        ("W.mT", "wide", True),
        ("W.mT", "tall", False),
        ("Y.mT", "tall", False),
        ("A @ B", "square", True),
        ("x", "symmetric", False),
        ("k", "positive_scalar", True),
        ("p", "nonzero_scalar", True),
        ("K.mT", "invertible", False),
        ("conj(X)", "invertible", True),
        ("inv(A).mT", "invertible", True),
        ("x @ x + 1", "positive_scalar", False),
        ("exp(s)", "positive_scalar", True),
    ],
)
def test_what_is_known_of_a_term(text: str, what: str, known: bool) -> None:
    """A set is known from a declaration or from the form, and never guessed."""
    with given() as names:
        assert knows(read_term(text, names), what) is known
