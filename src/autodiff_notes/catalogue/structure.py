r"""Partial derivatives by the free entries of a matrix with a structure."""

from autodiff_notes.catalogue.entry import Entry

COOKBOOK = "The Matrix Cookbook (2012)"
NO_GRADIENT = (
    "This lists partial derivatives by the entries on and below the diagonal. It is not the gradient "
    r"in the inner product $\langle A, B\rangle$ of all entries, where an entry off the diagonal "
    "counts twice: "
)

ENTRIES: tuple[Entry, ...] = (
    Entry(
        name="symmetric-trace",
        title="The trace of a product, by the free entries of a symmetric matrix",
        variables=("X in symmetric(n)", "constant A in square(n)"),
        function="tr(A @ X)",
        gradients={"X": "A + A.mT - A * I(n)"},
        free="symmetric",
        notes=NO_GRADIENT + r"that is $\operatorname{sym} A$ (arXiv:1911.06491).",
        source=f"{COOKBOOK}, eq. 139",
        derivation=r"""
= sum(A[j, i] * d(X)[i, j] for i in range(n) for j in range(n))                     # entry by entry
= sum((A[i, j] + A[j, i]) * d(X)[i, j] for i in range(n) for j in range(i)) + diag(A) @ diag(d(X))    # $\d X_{ij} = \d X_{ji}$
# each free entry once
""",
    ),
    Entry(
        name="symmetric-determinant",
        title="The determinant, by the free entries of a symmetric matrix",
        variables=("X in spd(n)",),
        function="det(X)",
        gradients={"X": "det(X) * (2 * inv(X) - inv(X) * I(n))"},
        conditions="It is enough that $X$ is symmetric and invertible.",
        free="symmetric",
        notes=NO_GRADIENT + r"that is $\det(X) X^{-1}$ (arXiv:1911.06491).",
        source=f"{COOKBOOK}, eq. 140",
        derivation=r"""
= det(X) * tr(inv(X) @ d(X))    # Jacobi's formula
# [the trace](#symmetric-trace)
""",
        outside={"X in positive_determinant(n)": "Without symmetry the factor is not $2X^{-1}$."},
    ),
    Entry(
        name="symmetric-log-det",
        title="The logarithm of a determinant, by the free entries of a symmetric matrix",
        also=("symmetric matrix derivative",),
        variables=("X in spd(n)",),
        function="logdet(X)",
        gradients={"X": "2 * inv(X) - inv(X) * I(n)"},
        conditions="It is enough that $X$ is symmetric and its determinant positive.",
        free="symmetric",
        notes=NO_GRADIENT + r"that is $X^{-1}$ (arXiv:1911.06491), and what PyTorch returns.",
        source=f"{COOKBOOK}, eq. 141",
        derivation=r"""
= tr(inv(X) @ d(X))    # [the logarithm of a determinant](#log-det)
# [the trace](#symmetric-trace)
""",
        outside={"X in positive_determinant(n)": "Without symmetry it is not $2X^{-1}$."},
    ),
    Entry(
        name="diagonal-trace",
        title="The trace of a product, by the diagonal of a diagonal matrix",
        variables=("X in diagonal(n)", "constant A in square(n)"),
        function="tr(A @ X)",
        gradients={"X": "A * I(n)"},
        free="diagonal",
        notes="Each free entry stands in one place, so this is also the gradient in the space of the "
        "diagonal matrices.",
        source=f"{COOKBOOK}, eq. 142",
        derivation=r"""
= diag(A) @ diag(d(X))     # $\d X$ is diagonal
# only the diagonal meets the diagonal
""",
    ),
    Entry(
        name="toeplitz-trace",
        title="The trace of a product, by the diagonals of a Toeplitz matrix",
        also=("toeplitz matrix",),
        variables=("X in toeplitz(n)", "constant A in square(n)"),
        where={
            "P": "sum(A[j, i] * toeplitz(basis(n - 1 + j - i, 2 * n - 1)) "
            "for i in range(n) for j in range(n))"
        },
        function="tr(A @ X)",
        gradients={"X": "P"},
        conditions=r"$\operatorname{T} t$ has the entry $t_{n - 1 + j - i}$ in row $i$ and column $j$, "
        r"so that $P_{ij}$ is the sum of the diagonal of $A^\top$ through $(i, j)$.",
        free="toeplitz",
        source=f"{COOKBOOK}, eq. 143, [corrected](errata.md)",
        derivation=r"""
= sum(A[j, i] * d(X)[i, j] for i in range(n) for j in range(n))    # entry by entry
# each diagonal once, where it begins
""",
    ),
)
