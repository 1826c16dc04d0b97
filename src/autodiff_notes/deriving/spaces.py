"""The space in which the gradient by a structured variable lies, a row for each set.

A symmetric matrix moves within the symmetric ones, so that many matrices ``G`` have the same inner
product with ``d(X)``. The gradient is the one of them that lies in the space in which ``X`` moves.

>>> SPACES["spd"].projection
'sym(G)'
"""

from dataclasses import dataclass

__all__ = ["FREE", "SPACES", "Space"]


@dataclass(frozen=True)
class Space:
    """Where the differential of a variable ``X`` lies.

    Attributes
    ----------
    projection : str
        The gradient, from any ``G`` with the right inner products; of the sizes of the set.
    reason : str
        What is known of ``d(X)``.
    """

    projection: str
    reason: str


_SYMMETRIC = Space("sym(G)", "${d}$ is symmetric")

SPACES = {
    "symmetric": _SYMMETRIC,
    "distinct_eigenvalues": _SYMMETRIC,
    "spd": _SYMMETRIC,
    "scalar_matrix": _SYMMETRIC,
    "skew_symmetric": Space("skew(G)", "${d}$ is skew-symmetric"),
    "orthogonal": Space("X @ skew(X.mT @ G)", "${X}^\\top {d}$ is skew-symmetric"),
    "lower_triangular": Space("tril(G)", "${d}$ is lower triangular"),
    "diagonal": Space("Diag(diag(G))", "${d}$ is diagonal"),
    "toeplitz": Space(
        "toeplitz(sum(G[i, j] / (n - abs(i - j)) * basis(n - 1 + j - i, 2 * n - 1) "
        "for i in range(n) for j in range(n)))",
        "${d}$ is the same along its diagonals",
    ),
    "probability": Space("G - mean(G) * ones(n)", "the entries of ${d}$ add up to 0"),
    "unit_vector": Space("G - (X @ G) * X", "${X}^\\top {d} = 0$"),
    "hermitian": Space("(G + G.mH) / 2", "${d}$ is Hermitian"),
}
"""The sets that are no open set of vectors or matrices."""

FREE = {
    "symmetric": "G + G.mT - G * I(n)",
    "diagonal": "G * I(n)",
    "toeplitz": "toeplitz(sum(G[i, j] * basis(n - 1 + j - i, 2 * n - 1) "
    "for i in range(n) for j in range(n)))",
}
"""The partial derivatives by the free entries of a structured matrix, from any such ``G``."""
