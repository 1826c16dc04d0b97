"""Every word of the vocabulary means the same in the standard library and in torch."""

from collections.abc import Iterator

import pytest

from autodiff_notes.evaluation.standard.words import ATTRIBUTES as DOTS
from autodiff_notes.evaluation.standard.words import WORDS as MEANINGS
from autodiff_notes.evaluation.verdicts import gap
from autodiff_notes.notation import SPECIAL, WORDS, Word
from autodiff_notes.notation.vocabulary import ATTRIBUTES
from engines import both

# Where a word is defined and smooth, if not everywhere; a matrix is square only where it has to be.
SQUARE, SPD = ("X in square(n)",), ("X in spd(n)",)
POSITIVE = {"log", "sqrt", "lgamma", "digamma", "polygamma"}
KINKED = {"abs", "sign", "relu"}
COMPLEX = {"conj", "re", "im", "abs2"}
SETS = {
    "inv": ("X in invertible(n)",),
    "pinv": ("X in full_rank(m, n)",),
    "logabsdet": ("X in invertible(n)",),
    "logdet": ("X in positive_determinant(n)",),
    "sylvester": (
        "X in positive_definite(m)",
        "Y in positive_definite(n)",
        "Z in matrix(m, n)",
    ),
    "perron_value": ("X in positive_matrix(n, n)",),
    "perron_vector": ("X in positive_matrix(n, n)",),
    "eigenvalues": ("X in distinct_eigenvalues(n)",),
    "eigenvectors": ("X in distinct_eigenvalues(n)",),
    **dict.fromkeys(["cholesky", "sqrtm", "logm"], SPD),
    **dict.fromkeys(
        ["singular_values", "left_singular", "right_singular", "nuclear", "spectral"],
        ("X in distinct_singular_values(m, n)",),
    ),
    **dict.fromkeys(
        ["tr", "det", "expanded_det", "cof", "adj", "sym", "skew", "Phi", "expm", "sinm", "cosm"],
        SQUARE,
    ),
    **dict.fromkeys(["diagonal_sums", "diagonal_means"], SQUARE),
    "frechet_expm": ("X in square(n)", "Y in square(n)"),
    "toeplitz": ("x in vector(2 * n - 1)",),
    "matrix_power": ("X in invertible(n)", "k in natural()"),
    "inner": (),
    "solve": (),
    "basis": (),
}
# Signs of the vectors are free, so that a function is compared that does not depend on them.
UNSIGNED = {
    "eigenvectors(X)": "eigenvectors(X) @ Diag(eigenvalues(X) ** 2) @ eigenvectors(X).mT",
    "left_singular(X)": "left_singular(X) @ Diag(exp(singular_values(X))) @ left_singular(X).mT",
    "right_singular(X)": "right_singular(X) @ Diag(exp(singular_values(X))) @ right_singular(X).mT",
}
WRITTEN = {
    ("solve", "M M -> M"): ("solve(X, Y)", ("X in invertible(m)", "Y in matrix(m, n)")),
    ("solve", "M v -> v"): ("solve(X, y)", ("X in invertible(m)", "y in vector(m)")),
    ("inner", "v v -> s"): ("inner(x, y)", ("x, y in vector(n)",)),
    ("inner", "M M -> s"): ("inner(X, Y)", ("X, Y in matrix(m, n)",)),
    ("basis", "k k -> v"): ("basis(i, n) * norm(x)", ("i in index(n)", "x in vector(n)")),
    ("I", "k -> M"): ("I(n) * norm(x)", ("x in vector(n)",)),
    ("ones", "k -> v"): ("ones(n) * norm(x)", ("x in vector(n)",)),
    ("ones", "k k -> M"): ("ones(n, n + 1) * norm(x)", ("x in vector(n)",)),
    ("zeros", "k -> v"): ("zeros(n) * norm(x)", ("x in vector(n)",)),
    ("zeros", "k k -> M"): ("zeros(n, n + 1) * norm(x)", ("x in vector(n)",)),
    ("clamp", "s r r -> s"): ("clamp(3 * t, -1, 2)", ("t in scalar()",)),
    ("clamp", "v r r -> v"): ("clamp(3 * x, -1, 2)", ("x in vector(n)",)),
    ("norm", "v r -> s"): ("norm(x, p)", ("x in nonzero(n)", "p in order()")),
    ("abs2", "s -> s"): ("abs2(t)", ("t in complex_scalar()",)),
}
PLAIN = {
    "s": ("t", "scalar()", "positive_scalar()", "nonzero_scalar()", "complex_scalar()"),
    "v": ("x", "vector(n)", "positive(n)", "nonzero(n)", "complex_vector(n)"),
    "M": ("X", "matrix(m, n)", "positive_matrix(m, n)", "matrix(m, n)", "complex_matrix(m, n)"),
    "k": ("k", *["natural()"] * 4),
    "r": ("p", *["order()"] * 4),
}
MORE = {
    "sum(x) + sum(X)": ("x in vector(n)", "X in matrix(m, n)"),
    "prod(x)": ("x in vector(n)",),
    "sum(x[i] * X[i, j] for i in range(1, n) for j in range(n) if j != i)": (
        "x in vector(n)",
        "X in square(n)",
    ),
    "prod(1 + x[i] ** 2 for i in range(n))": ("x in vector(n)",),
    "block([[X, Y], [Y.mT, X]])": ("X, Y in square(n)",),
    "array([t, 2, t * t])": ("t in scalar()",),
    "array([[t, 2], [1, t]])": ("t in scalar()",),
    "D(sin(t) * x, t)": ("t in scalar()", "x in vector(n)"),
    "D(x @ A @ x * t, x)": ("t in scalar()", "x in vector(n)", "A in square(n)"),
    "D(logsumexp(x), x, x)": ("x in vector(n)",),
    "D(vec(X @ X), vec(X))": ("X in square(n)",),
    "D(sin(x) * norm(x), x)": ("x in vector(n)",),
    "D(det(X), X)": ("X in invertible(n)",),
    "D(norm(X) ** 3, X[0, 1])": ("X in matrix(m, n)",),
    "D(abs2(t) ** 2, t)": ("t in complex_scalar()",),
    "(X.mT @ X)[1:, :1] + X[1:, :1] * 0.5 / pi": ("X in square(n)",),
    "X.mH @ X": ("X in complex_matrix(m, n)",),
    "inv(X) @ expm(X) / det(X)": ("X in complex_invertible(n)",),
    "exp(z) * sin(z) + cosh(z) / z ** 2 - tan(z) * log(z) ** t": (
        "z in complex_scalar()",
        "constant t in positive_scalar()",  # torch loses a part of the slope along t
    ),
    "norm(z) + abs(z[0]) + re(sum(sqrt(z)))": ("z in complex_vector(n)",),
    "huber(x, 0.5) @ x": ("x in vector(n)",),
    "tr(cof(X))": ("X in singular(n)",),
    "x ** 3 + x * t ** t * 2 ** t": ("x in vector(n)", "t in positive_scalar()"),
}


def formula(row: Word) -> tuple[str, tuple[str, ...]]:
    """Return a word with arguments from sets where it is smooth."""
    if (row.name, row.signature) in WRITTEN:
        return WRITTEN[row.name, row.signature]
    place = next(
        (i for i, words in enumerate((POSITIVE, KINKED, COMPLEX), start=2) if row.name in words), 1
    )
    declared = SETS.get(row.name) or tuple(
        f"{PLAIN[kind][0]}_{number} in {PLAIN[kind][place]}"
        for number, kind in enumerate(row.parameters)
    )
    names = ", ".join(variable.partition(" in ")[0] for variable in declared)
    text = f"{row.name}({names})"
    return UNSIGNED.get(text, text), declared


def formulas() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield formulas in which each row of the vocabulary and each syntax occurs."""
    yield from (formula(row) for rows in WORDS.values() for row in rows)
    yield from MORE.items()


FORMULAS = list(formulas())


def test_every_word_has_a_meaning() -> None:
    """The table has the vocabulary's words, and what is not a function is syntax."""
    assert set(MEANINGS) == {*WORDS, *SPECIAL} - {"d", "D", "range"}
    assert DOTS.keys() == ATTRIBUTES.keys()


@pytest.mark.parametrize(("text", "variables"), FORMULAS)
def test_both_engines_agree(text: str, variables: tuple[str, ...]) -> None:
    """Values are equal at random points of several sizes and seeds."""
    for ours, theirs in both(text, variables):
        assert ours.shape == theirs.shape
        assert gap(ours, theirs) < 1e-10


@pytest.mark.parametrize(("text", "variables"), [f for f in FORMULAS if not f[0].startswith("D(")])
def test_both_engines_agree_on_slopes(text: str, variables: tuple[str, ...]) -> None:
    """So are directional derivatives: dual numbers through algorithms, and torch's own rules."""
    for ours, theirs in both(f"d({text})", variables):
        assert ours.shape == theirs.shape
        assert gap(ours, theirs) < 1e-9
