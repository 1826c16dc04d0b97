r"""Determinants, and their logarithms."""

from autodiff_notes.catalogue.entry import Entry

COOKBOOK = "The Matrix Cookbook (2012)"
INNER = r"# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$"

ENTRIES: tuple[Entry, ...] = (
    # The determinant
    Entry(
        name="determinant",
        title="The determinant",
        also=(
            "Jacobi's formula",
            "det X",
        ),
        variables=("X in invertible(n)",),
        function="det(X)",
        gradients={"X": "det(X) * inv(X).mT"},
        conditions="At every $X$, invertible or not, it is "
        "[the cofactor matrix](#determinant-by-cofactors).",
        source=f"{COOKBOOK}, eqs 46 and 49",
        derivation=f"""
constant V in square(n)
constant eps in small()
det(I(n) + eps * V)
≈ 1 + eps * tr(V) up to O(eps**2)                                # only the diagonal has as many factors near 1

det(X + eps * V)
= det(X) * det(I(n) + eps * inv(X) @ V)                          # the determinant of a product
≈ det(X) * (1 + eps * tr(inv(X) @ V)) up to O(eps**2)            # the line above

= det(X) * tr(inv(X) @ d(X))   # Jacobi's formula: what is linear in $\\varepsilon V$
{INNER}
""",
    ),
    Entry(
        name="determinant-by-cofactors",
        title="The determinant, by its cofactors",
        also=(
            "adjugate",
            "adjoint",
            "cofactor matrix",
            "minors",
        ),
        variables=("X in square(n)",),
        function="det(X)",
        gradients={"X": "cof(X)"},
        notes=r"The cofactor matrix holds the signed minors. Its transpose is the adjugate, "
        r"$\operatorname{adj} X$.",
        derivation=f"""
adj(X) @ X
= det(X) * I(n)        # the expansion by each column; a column put in place of another gives 0

= tr(adj(X) @ d(X))    # every entry occurs once in each product, with its cofactor as coefficient
{INNER}
""",
    ),
    Entry(
        name="determinant-at-singular",
        title="The determinant of a singular matrix",
        variables=("X in singular(n)",),
        function="expanded_det(X)",
        gradients={"X": "cof(X)"},
        conditions="$X$ has no inverse. At a lower rank the gradient is 0.",
        notes="The function is the expansion along the first row, a polynomial. "
        "Torch's `det` comes from an LU decomposition: its autograd divides by the pivots, and "
        "where one is exactly 0 it returns 0 (seen with torch 2.13).",
        derivation=r"""
constant V in square(n)
constant eps in small()
1 + expanded_det(X + eps * V)
≈ 1 + eps * sum(cof(X)[i, j] * V[i, j] for i in range(n) for j in range(n)) up to O(eps**2)   # $\det X = 0$

= sum(cof(X)[i, j] * d(X)[i, j] for i in range(n) for j in range(n))   # every entry has its cofactor as coefficient
# the sum over all entries is the inner product
""",
    ),
    Entry(
        name="determinant-of-product",
        title="The determinant of a product",
        variables=("X in invertible(n)", "constant A, B in square(n)"),
        function="det(A @ X @ B)",
        gradients={"X": "det(A @ X @ B) * inv(X).mT"},
        source=f"{COOKBOOK}, eq. 51",
        derivation=f"""
= det(A) * d(det(X)) * det(B)                 # the determinant of a product
= det(A) * det(X) * tr(inv(X) @ d(X)) * det(B)   # Jacobi's formula
= det(A @ X @ B) * tr(inv(X) @ d(X))          # the determinant of a product
{INNER}
""",
    ),
    Entry(
        name="determinant-of-rectangular-product",
        title="The determinant of a product of rectangular matrices",
        variables=(
            "X in matrix(n + 1, n + 2)",
            "constant A in wide(n, n + 1)",
            "constant B in tall(n + 2, n)",
        ),
        where={"Y": "A @ X @ B"},
        function="det(Y)",
        gradients={"X": "A.mT @ cof(Y) @ B.mT"},
        notes="Here $X$ has no inverse, and the determinant is no product of determinants. "
        "The sizes may be any for which the product is square, and the ranks any.",
        derivation=f"""
= tr(adj(Y) @ d(Y))              # [the determinant](#determinant-by-cofactors)
= tr(B @ adj(Y) @ A @ d(X))      # $A$ and $B$ stand still, and a trace may be turned
{INNER}
""",
    ),
    Entry(
        name="determinant-of-power",
        title="The determinant of a power",
        variables=("X in invertible(n)", "k in natural()"),
        function="det(matrix_power(X, k))",
        gradients={"X": "k * det(matrix_power(X, k)) * inv(X).mT"},
        conditions="It holds for a negative $k$ as well.",
        source=f"{COOKBOOK}, eq. 58",
        derivation=f"""
= d(det(X) ** k)                                   # the determinant of a product
= k * det(X) ** (k - 1) * d(det(X))                # chain rule
= k * det(X) ** k * tr(inv(X) @ d(X))              # Jacobi's formula
= k * det(matrix_power(X, k)) * tr(inv(X) @ d(X))  # the determinant of a product
{INNER}
""",
    ),
    Entry(
        name="determinant-of-inverse",
        title="The determinant of the inverse",
        variables=("X in invertible(n)",),
        function="det(inv(X))",
        gradients={"X": "-det(inv(X)) * inv(X).mT"},
        source=f"{COOKBOOK}, eq. 62",
        derivation=f"""
= d(1 / det(X))                                # the determinant of a product
= -det(inv(X)) ** 2 * d(det(X))                # $\\d(1/u) = -\\d u / u^2$
= -det(inv(X)) * tr(inv(X) @ d(X))             # Jacobi's formula
{INNER}
""",
    ),
    Entry(
        name="determinant-of-multiple",
        title="The determinant of a multiple, by both factors",
        variables=("t in nonzero_scalar()", "X in invertible(n)"),
        function="det(t * X)",
        gradients={"t": "n * det(t * X) / t", "X": "det(t * X) * inv(X).mT"},
        derivation=r"""
= det(t * X) * tr(inv(t * X) @ (d(t) * X + t * d(X)))               # Jacobi's formula, and the product rule
= n * det(t * X) / t * d(t) + det(t * X) * tr(inv(X) @ d(X))        # $(tX)^{-1} = X^{-1} / t$, and $\operatorname{tr} I = n$
# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$
""",
    ),
    Entry(
        name="characteristic-polynomial",
        title="The characteristic polynomial, by its argument and by the matrix",
        also=("det(tI - X)",),
        variables=("t in scalar()", "X in square(n)"),
        where={"Y": "t * I(n) - X"},
        function="det(Y)",
        gradients={"t": "tr(adj(Y))", "X": "-cof(Y)"},
        derivation=r"""
= tr(adj(Y) @ d(Y))                            # [the determinant](#determinant-by-cofactors)
= tr(adj(Y)) * d(t) - tr(adj(Y) @ d(X))        # $\d Y = \d t\,I - \d X$
# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$
""",
    ),
    Entry(
        name="determinant-of-rank-one-update",
        title="The determinant of an update of rank one",
        also=(
            "matrix determinant lemma",
            "rank-one",
        ),
        variables=("A in invertible(n)", "u, v in vector(n)"),
        function="det(A + outer(u, v))",
        gradients={
            "A": "cof(A + outer(u, v))",
            "u": "det(A) * inv(A).mT @ v",
            "v": "det(A) * inv(A) @ u",
        },
        conditions="$A + u v^\\top$ need not be invertible.",
        derivation=r"""
where P = inv(A)
where Y = A + outer(u, v)
det(A + outer(u, v))
= det(A) * (1 + v @ P @ u)       # the matrix determinant lemma

adj(Y) @ u
= det(A) * P @ u                 # Cramer's rule: a column $u$ in place of another sees nothing of $uv^\top$

adj(Y).mT @ v
= det(A) * P.mT @ v              # the same for the rows

= tr(adj(Y) @ d(A)) + tr(adj(Y) @ outer(d(u), v)) + tr(adj(Y) @ outer(u, d(v)))   # [the determinant](#determinant-by-cofactors), and the product rule
= tr(adj(Y) @ d(A)) + (adj(Y).mT @ v) @ d(u) + (adj(Y) @ u) @ d(v)                # $\operatorname{tr}(A\,uv^\top) = v^\top A u$
# Cramer's rule, from above
""",
    ),
    Entry(
        name="determinant-of-block",
        title="The determinant of a block matrix, by every block",
        also=("Schur complement",),
        variables=(
            "A in invertible(m)",
            "B in matrix(m, n)",
            "C in matrix(n, m)",
            "D_1 in square(n)",
        ),
        where={"P": "inv(A)", "S": "D_1 - C @ P @ B"},
        function="det(block([[A, B], [C, D_1]]))",
        gradients={
            "A": "det(A) * (det(S) * P + P @ B @ adj(S) @ C @ P).mT",
            "B": "-det(A) * (adj(S) @ C @ P).mT",
            "C": "-det(A) * (P @ B @ adj(S)).mT",
            "D_1": "det(A) * cof(S)",
        },
        conditions="Only $A$ need be invertible; $S$ is its Schur complement.",
        derivation=r"""
d(S)
= d(D_1) - d(C) @ P @ B - C @ P @ d(B) + C @ P @ d(A) @ P @ B     # product rule, and [the inverse](#inverse)

= d(det(A) * det(S))                                              # elimination leaves $S$
= det(A) * (det(S) * tr(P @ d(A)) + tr(adj(S) @ d(S)))            # Jacobi's formula
# $\d S$ from above, turned
""",
    ),
    # Gram matrices and congruences
    Entry(
        name="determinant-of-congruence",
        title="The determinant of a congruence by a square matrix",
        variables=("X in invertible(n)", "constant A in square(n)"),
        function="det(X.mT @ A @ X)",
        gradients={"X": "2 * det(X.mT @ A @ X) * inv(X).mT"},
        source=f"{COOKBOOK}, eq. 52",
        derivation=f"""
= d(det(A) * det(X) ** 2)                         # the determinant of a product
= 2 * det(A) * det(X) ** 2 * tr(inv(X) @ d(X))    # chain rule, and Jacobi's formula
= 2 * det(X.mT @ A @ X) * tr(inv(X) @ d(X))       # the determinant of a product
{INNER}
""",
    ),
    Entry(
        name="determinant-of-tall-congruence",
        title="The determinant of a congruence by a tall matrix",
        variables=("X in tall(m, n)", "constant A in positive_definite(m)"),
        where={"G": "X.mT @ A @ X"},
        function="det(G)",
        gradients={"X": "det(G) * (A @ X @ inv(G) + A.mT @ X @ inv(G).mT)"},
        conditions="It is enough that $X^\\top A X$ is invertible.",
        source=f"{COOKBOOK}, eq. 54",
        derivation=f"""
= det(G) * tr(inv(G) @ d(G))                                                              # Jacobi's formula
= det(G) * (tr(inv(G) @ d(X).mT @ A @ X) + tr(inv(G) @ X.mT @ A @ d(X)))                  # product rule
= det(G) * (tr((A @ X @ inv(G)).mT @ d(X)) + tr((A.mT @ X @ inv(G).mT).mT @ d(X)))        # a trace may be transposed and turned
{INNER}
""",
    ),
    Entry(
        name="determinant-of-symmetric-congruence",
        title="The determinant of a congruence of a symmetric matrix",
        variables=("X in tall(m, n)", "constant A in spd(m)"),
        where={"G": "X.mT @ A @ X"},
        function="det(G)",
        gradients={"X": "2 * det(G) * A @ X @ inv(G)"},
        conditions="It is enough that $A$ is symmetric and $X^\\top A X$ invertible.",
        source=f"{COOKBOOK}, eq. 53",
        derivation=f"""
= det(G) * tr(inv(G) @ d(G))                                                # Jacobi's formula
= det(G) * tr(inv(G) @ (d(X).mT @ A @ X + X.mT @ A @ d(X)))                 # product rule
= 2 * det(G) * tr(inv(G) @ X.mT @ A @ d(X))                                 # a trace may be transposed; $A$ and $G$ are symmetric
{INNER}
""",
        outside={
            "constant A in positive_definite(m)": "The two terms of "
            "[the general form](#determinant-of-tall-congruence) differ."
        },
    ),
    Entry(
        name="gram-determinant",
        title="The determinant of a Gram matrix",
        also=("det(X^T X)",),
        variables=("X in tall(m, n)",),
        where={"G": "X.mT @ X"},
        function="det(G)",
        gradients={"X": "2 * det(G) * pinv(X).mT"},
        conditions="At a lower rank it holds too, for both sides are 0.",
        source=f"{COOKBOOK}, eq. 53 with $A = I$",
        derivation=f"""
= det(G) * tr(inv(G) @ d(G))                     # Jacobi's formula
= 2 * det(G) * tr(inv(G) @ X.mT @ d(X))          # product rule, and a trace may be transposed
= 2 * det(G) * tr(pinv(X) @ d(X))                # $X^+ = (X^\\top X)^{{-1}} X^\\top$ at full column rank
{INNER}
""",
    ),
    Entry(
        name="volume",
        title="The volume of a parallelepiped",
        variables=("X in tall(m, n)",),
        where={"v": "sqrt(det(X.mT @ X))"},
        function="sqrt(det(X.mT @ X))",
        gradients={"X": "v * pinv(X).mT"},
        conditions="The edges are the columns of $X$.",
        derivation=f"""
= d(det(X.mT @ X)) / (2 * v)     # $\\d (u^{{1/2}}) = u^{{-1/2}}\\,\\d u / 2$
= v * tr(pinv(X) @ d(X))         # [the determinant of a Gram matrix](#gram-determinant)
{INNER}
""",
    ),
    # Logarithms
    Entry(
        name="log-det-of-symmetric",
        title="The logarithm of the determinant of a positive definite matrix",
        also=(
            "spd",
            "positive definite log determinant",
            "covariance",
        ),
        variables=("X in spd(n)",),
        function="logdet(X)",
        gradients={"X": "inv(X)"},
        source=f"{COOKBOOK}, eq. 57 with a symmetric $X$",
        notes="This is the gradient in the space of symmetric matrices.",
        derivation="derive",
        outside={"X in positive_determinant(n)": "The gradient is the transposed inverse."},
    ),
    Entry(
        name="log-abs-det-of-power",
        title="The logarithm of the determinant of a power",
        variables=("X in invertible(n)", "k in natural()"),
        function="logabsdet(matrix_power(X, k))",
        gradients={"X": "k * inv(X).mT"},
        derivation="derive",
    ),
    Entry(
        name="log-abs-det-of-inverse",
        title="The logarithm of the determinant of the inverse",
        variables=("X in invertible(n)",),
        function="logabsdet(inv(X))",
        gradients={"X": "-inv(X).mT"},
        derivation="derive",
    ),
    Entry(
        name="log-det-of-gram",
        title="The logarithm of the determinant of a Gram matrix",
        also=("log det(X^T X)",),
        variables=("X in tall(m, n)",),
        function="logdet(X.mT @ X)",
        gradients={"X": "2 * pinv(X).mT"},
        source=f"{COOKBOOK}, eq. 55",
        derivation=f"""
= tr(inv(X.mT @ X) @ (d(X).mT @ X + X.mT @ d(X)))      # [the logarithm](#log-det), and the product rule
= 2 * tr(inv(X.mT @ X) @ X.mT @ d(X))                  # a trace may be transposed
= 2 * tr(pinv(X) @ d(X))                               # $X^+ = (X^\\top X)^{{-1}} X^\\top$ at full column rank
{INNER}
""",
        outside={"X in wide(m, n)": "$X^\\top X$ is singular, and its logarithm is infinite."},
    ),
    Entry(
        name="log-det-of-gram-by-pseudoinverse",
        title="The logarithm of the determinant of a Gram matrix, by the pseudoinverse",
        variables=("P in wide(n, m)",),
        where={"X": "pinv(P)"},
        function="logdet(X.mT @ X)",
        gradients={"P": "-2 * X.mT"},
        conditions="$P$ is the pseudoinverse of $X$ too.",
        source=f"{COOKBOOK}, eq. 56",
        derivation=f"""
X.mT @ X
= inv(P @ P.mT)                                             # $P^+ = P^\\top (P P^\\top)^{{-1}}$ at full row rank

= -d(logdet(P @ P.mT))                                      # the line above
= -tr(inv(P @ P.mT) @ (d(P) @ P.mT + P @ d(P).mT))          # [the logarithm](#log-det), and the product rule
= -2 * tr(P.mT @ inv(P @ P.mT) @ d(P))                      # a trace may be transposed and turned
= -2 * tr(X @ d(P))                                         # $P^+ = P^\\top (P P^\\top)^{{-1}}$
{INNER}
""",
        outside={
            "P in tall(n, m)": "$X$ has linearly dependent columns, and $X^\\top X$ is singular."
        },
    ),
    Entry(
        name="log-det-of-congruence",
        title="The logarithm of the determinant of a congruence",
        variables=("X in tall(m, n)", "A in positive_definite(m)"),
        where={"P": "inv(X.mT @ A @ X)"},
        function="logdet(X.mT @ A @ X)",
        gradients={"X": "A @ X @ P + A.mT @ X @ P.mT", "A": "X @ P.mT @ X.mT"},
        conditions="It is enough that $X^\\top A X$ has a positive determinant.",
        derivation=f"""
= tr(P @ d(X.mT @ A @ X))                                                              # [the logarithm](#log-det)
= tr(P @ d(X).mT @ A @ X) + tr(P @ X.mT @ A @ d(X)) + tr(P @ X.mT @ d(A) @ X)          # product rule
= tr((A @ X @ P).mT @ d(X)) + tr(P @ X.mT @ A @ d(X)) + tr(X @ P @ X.mT @ d(A))        # transposed, and turned
{INNER}
""",
    ),
    Entry(
        name="log-det-of-identity-plus-gram",
        title="The logarithm of the determinant of the identity plus a Gram matrix",
        also=(
            "MIMO capacity",
            "log det(I + X X^T)",
        ),
        variables=("X in matrix(m, n)",),
        function="logdet(I(m) + X @ X.mT)",
        gradients={"X": "2 * inv(I(m) + X @ X.mT) @ X"},
        derivation=f"""
logdet(I(m) + X @ X.mT)
= logdet(I(n) + X.mT @ X)                                # Sylvester's theorem

inv(I(m) + X @ X.mT) @ X
= X @ inv(I(n) + X.mT @ X)                               # so that the smaller system may be solved

= tr(inv(I(m) + X @ X.mT) @ (d(X) @ X.mT + X @ d(X).mT)) # [the logarithm](#log-det), and the product rule
= 2 * tr(X.mT @ inv(I(m) + X @ X.mT) @ d(X))             # a trace may be transposed and turned
{INNER}
""",
    ),
    Entry(
        name="log-det-of-update",
        title="The logarithm of the determinant of an update, by every part",
        also=(
            "matrix determinant lemma",
            "low-rank update",
        ),
        variables=("A in positive_definite(m)", "X in matrix(m, n)", "B in positive_definite(n)"),
        where={"P": "inv(A + X @ B @ X.mT)"},
        function="logdet(A + X @ B @ X.mT)",
        gradients={
            "A": "P.mT",
            "X": "P @ X @ B + P.mT @ X @ B.mT",
            "B": "X.mT @ P.mT @ X",
        },
        conditions="It is enough that $A + X B X^\\top$ has a positive determinant.",
        derivation=f"""
= tr(P @ d(A + X @ B @ X.mT))                                                                  # [the logarithm](#log-det)
= tr(P @ d(A)) + tr(P @ d(X) @ B @ X.mT) + tr(P @ X @ B @ d(X).mT) + tr(P @ X @ d(B) @ X.mT)   # product rule
= tr(P @ d(A)) + tr(B @ X.mT @ P @ d(X)) + tr((P @ X @ B).mT @ d(X)) + tr(X.mT @ P @ X @ d(B)) # turned, and transposed
{INNER}
""",
    ),
    Entry(
        name="log-det-by-cholesky-factor",
        title="The logarithm of a determinant, by its Cholesky factor",
        also=("log det(L L^T)",),
        variables=("L in invertible_triangular(n)",),
        function="logdet(L @ L.mT)",
        gradients={"L": "Diag(2 / diag(L))"},
        derivation=f"""
= 2 * d(sum(log(abs(diag(L)))))        # the determinant of a triangular matrix is the product of its diagonal
= 2 * (1 / diag(L)) @ diag(d(L))       # entry by entry
= 2 * tr(Diag(1 / diag(L)) @ d(L))     # only the diagonal meets the diagonal
{INNER}
""",
        outside={
            "L in positive_determinant(n)": "A full matrix has the gradient $2 L^{-\\top}$, which "
            "is not diagonal."
        },
    ),
)
