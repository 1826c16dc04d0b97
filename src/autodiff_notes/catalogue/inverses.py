r"""Inverse, linear systems and pseudoinverse."""

from autodiff_notes.catalogue.entry import Entry

COOKBOOK = "The Matrix Cookbook (2012)"
CHAIN_RULES = "ChainRules documentation, “Deriving Array Rules”"
INNER = r"# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$"
MOVED = r"# $\langle W, A\,\d X\,B\rangle = \langle A^\top W B^\top, \d X\rangle$"

ENTRIES: tuple[Entry, ...] = (
    # Products
    Entry(
        name="matrix-product",
        title="A product, by both factors",
        also=(
            "matmul",
            "AB",
            "chain of products",
        ),
        variables=("A in matrix(m, p)", "B in matrix(p, n)", "constant W in matrix(m, n)"),
        function="inner(W, A @ B)",
        gradients={"A": "W @ B.mT", "B": "A.mT @ W"},
        source=CHAIN_RULES,
        derivation="derive",
    ),
    Entry(
        name="triple-product",
        title="A product of three, by every factor",
        variables=(
            "A in matrix(m, p)",
            "X in matrix(p, q)",
            "B in matrix(q, n)",
            "constant W in matrix(m, n)",
        ),
        function="inner(W, A @ X @ B)",
        gradients={
            "A": "W @ (X @ B).mT",
            "X": "A.mT @ W @ B.mT",
            "B": "(A @ X).mT @ W",
        },
        derivation=f"""
= inner(W, d(A) @ X @ B) + inner(W, A @ d(X) @ B) + inner(W, A @ X @ d(B))   # product rule; the order matters
{MOVED}
""",
    ),
    # The inverse
    Entry(
        name="inverse",
        title="The inverse",
        also=(
            "inv",
            "torch.linalg.inv",
            "X^{-1}",
            "derivative of the inverse matrix",
        ),
        variables=("X in invertible(n)", "constant W in square(n)"),
        where={"P": "inv(X)"},
        function="inner(W, P)",
        gradients={"X": "-P.mT @ W @ P.mT"},
        source=f"{COOKBOOK}, eqs 40, 59 and 60; {CHAIN_RULES}",
        derivation=f"""
X @ d(P)
= d(X @ P) - d(X) @ P   # product rule
= -d(X) @ P             # $X X^{{-1}} = I$ stands still

d(P)
= -P @ d(X) @ P         # the line above, times $P$

i, j, q, r in index(n)
D(inv(X)[i, j], X[q, r])
= -P[i, q] * P[r, j]    # the same for one entry

= -inner(W, P @ d(X) @ P)   # the differential of the inverse
{MOVED}
""",
    ),
    Entry(
        name="bilinear-in-inverse",
        title="A bilinear form of the inverse",
        also=("a^T X^{-1} b",),
        variables=("X in invertible(n)", "constant a, b in vector(n)"),
        function="a @ inv(X) @ b",
        gradients={"X": "-inv(X).mT @ outer(a, b) @ inv(X).mT"},
        source=f"{COOKBOOK}, eq. 61",
        derivation=r"""
= -a @ inv(X) @ d(X) @ inv(X) @ b     # [the inverse](#inverse)
# $u^\top\,\d X\,v = \langle u v^\top, \d X\rangle$
""",
    ),
    Entry(
        name="quadratic-form-of-inverse",
        title="A quadratic form of the inverse, by vector and matrix",
        also=(
            "Mahalanobis distance",
            "x^T A^{-1} x",
        ),
        variables=("x in vector(n)", "X in invertible(n)"),
        where={"P": "inv(X)"},
        function="x @ P @ x",
        gradients={"x": "(P + P.mT) @ x", "X": "-P.mT @ outer(x, x) @ P.mT"},
        derivation=r"""
= x @ (P + P.mT) @ d(x) + x @ d(P) @ x                # [a quadratic form](#quadratic-form), and the product rule
= x @ (P + P.mT) @ d(x) - x @ P @ d(X) @ P @ x        # [the inverse](#inverse)
# $u^\top\,\d X\,v = \langle u v^\top, \d X\rangle$
""",
    ),
    Entry(
        name="inverse-along-line",
        title="The inverse along a line",
        variables=("t in proportion()", "constant A, B in spd(n)", "constant W in square(n)"),
        where={"P": "inv(A + t * B)"},
        function="inner(W, P)",
        gradients={"t": "-inner(W, P @ B @ P)"},
        conditions="It is enough that $A + tB$ is invertible.",
        source=f"{COOKBOOK}, eq. 59",
        derivation=r"""
= -inner(W, P @ d(A + t * B) @ P)      # [the inverse](#inverse)
# only $t$ moves
""",
    ),
    Entry(
        name="inverse-of-low-rank-update",
        title="The inverse of a matrix updated at low rank, by every part",
        also=(
            "Woodbury",
            "Sherman-Morrison",
            "matrix inversion lemma",
        ),
        variables=(
            "A in positive_definite(m)",
            "U in matrix(m, n)",
            "B in positive_definite(n)",
            "constant W in square(m)",
        ),
        where={"P": "inv(A + U @ B @ U.mT)", "K": "P.mT @ W @ P.mT"},
        function="inner(W, P)",
        gradients={
            "A": "-K",
            "U": "-K @ U @ B.mT - K.mT @ U @ B",
            "B": "-U.mT @ K @ U",
        },
        conditions="It is enough that $A + U B U^\\top$ is invertible.",
        derivation=r"""
inv(A + U @ B @ U.mT)
= inv(A) - inv(A) @ U @ inv(inv(B) + U.mT @ inv(A) @ U) @ U.mT @ inv(A)   # Woodbury's identity, for a smaller inverse

= -inner(W, P @ d(A + U @ B @ U.mT) @ P)                                      # [the inverse](#inverse)
= -inner(K, d(A) + d(U) @ B @ U.mT + U @ B @ d(U).mT + U @ d(B) @ U.mT)       # $K$ is defined so, and the product rule
= -inner(K, d(A)) - inner(K @ U @ B.mT, d(U)) - inner(K.mT @ U @ B, d(U)) - inner(U.mT @ K @ U, d(B))   # moved to the other side
# collect
""",
    ),
    Entry(
        name="inverse-power",
        title="A power of the inverse",
        variables=("X in invertible(n)", "constant W in square(n)", "k in natural()"),
        where={"P": "inv(X)"},
        function="inner(W, matrix_power(P, k))",
        gradients={
            "X": "-sum(matrix_power(P, r + 1).mT @ W @ matrix_power(P, k - r).mT for r in range(k))"
        },
        derivation=f"""
= sum(inner(W, matrix_power(P, r) @ d(P) @ matrix_power(P, k - 1 - r)) for r in range(k))        # [the power](#power)
= -sum(inner(W, matrix_power(P, r + 1) @ d(X) @ matrix_power(P, k - r)) for r in range(k))       # [the inverse](#inverse)
{MOVED}
""",
    ),
    Entry(
        name="cayley-transform",
        title="The Cayley transform of a skew-symmetric matrix",
        also=("orthogonal parametrisation",),
        variables=("X in skew_symmetric(n)", "constant W in square(n)"),
        where={"P": "inv(I(n) + X)", "Q": "P @ (I(n) - X)"},
        function="inner(W, Q)",
        gradients={"X": "-skew(P.mT @ W @ (I(n) + Q).mT)"},
        conditions="$Q$ is orthogonal.",
        derivation=r"""
Q.mT @ Q
= I(n)                                              # $(I - X)^\top = I + X$

= inner(W, d(P) @ (I(n) - X)) - inner(W, P @ d(X))  # product rule
= -inner(W, P @ d(X) @ (Q + I(n)))                  # [the inverse](#inverse)
= -inner(P.mT @ W @ (I(n) + Q).mT, d(X))            # moved to the other side
# $\d X$ is skew-symmetric, and sees that part alone
""",
        outside={
            "X in positive_definite(n)": "The gradient is no longer skew-symmetric.",
        },
    ),
    # Traces and norms
    Entry(
        name="trace-of-inverse",
        title="The trace of the inverse",
        also=(
            "A-optimal design",
            "tr(X^{-1})",
        ),
        variables=("X in invertible(n)",),
        function="tr(inv(X))",
        gradients={"X": "-matrix_power(inv(X), 2).mT"},
        source=f"{COOKBOOK}, eq. 64 with $A = 0$",
        derivation=f"""
= -tr(inv(X) @ d(X) @ inv(X))            # [the inverse](#inverse)
= -tr(matrix_power(inv(X), 2) @ d(X))    # a trace may be turned
{INNER}
""",
    ),
    Entry(
        name="trace-of-inverse-product",
        title="The trace of a product with the inverse",
        also=("tr(A X^{-1} B)",),
        variables=(
            "X in invertible(n)",
            "constant A in matrix(m, n)",
            "constant B in matrix(n, m)",
        ),
        function="tr(A @ inv(X) @ B)",
        gradients={"X": "-(inv(X) @ B @ A @ inv(X)).mT"},
        source=f"{COOKBOOK}, eqs 63 and 124",
        derivation="derive",
    ),
    Entry(
        name="trace-of-quotient",
        title="The trace of an inverse times a matrix, by both",
        variables=("X in invertible(n)", "Y in square(n)"),
        where={"P": "inv(X)"},
        function="tr(P @ Y)",
        gradients={"X": "-(P @ Y @ P).mT", "Y": "P.mT"},
        derivation=f"""
= -tr(P @ d(X) @ P @ Y) + tr(P @ d(Y))     # [the inverse](#inverse), and the product rule
= -tr(P @ Y @ P @ d(X)) + tr(P @ d(Y))     # a trace may be turned
{INNER}
""",
    ),
    Entry(
        name="trace-of-inverse-of-sum",
        title="The trace of the inverse of a sum",
        also=("resolvent",),
        variables=("X in positive_definite(n)", "constant A in positive_definite(n)"),
        function="tr(inv(X + A))",
        gradients={"X": "-matrix_power(inv(X + A), 2).mT"},
        conditions="It is enough that $X + A$ is invertible.",
        source=f"{COOKBOOK}, eq. 64",
        derivation="derive",
    ),
    Entry(
        name="trace-of-inverse-quadratic",
        title="The trace of a product with the inverse twice",
        variables=("X in invertible(n)", "constant A, B in square(n)"),
        where={"P": "inv(X)"},
        function="tr(P @ A @ P @ B)",
        gradients={"X": "-(P @ (A @ P @ B + B @ P @ A) @ P).mT"},
        derivation=f"""
= tr(d(P) @ A @ P @ B) + tr(P @ A @ d(P) @ B)              # product rule
= tr((A @ P @ B + B @ P @ A) @ d(P))                       # a trace may be turned
= -tr((A @ P @ B + B @ P @ A) @ P @ d(X) @ P)              # [the inverse](#inverse)
= -tr(P @ (A @ P @ B + B @ P @ A) @ P @ d(X))              # turned again
{INNER}
""",
    ),
    Entry(
        name="squared-norm-of-inverse",
        title="The squared norm of the inverse",
        variables=("X in invertible(n)",),
        where={"P": "inv(X)"},
        function="norm(P) ** 2",
        gradients={"X": "-2 * P.mT @ P @ P.mT"},
        derivation="derive",
    ),
    Entry(
        name="condition-number",
        title="The condition number in the Frobenius norm",
        also=("cond",),
        variables=("X in invertible(n)",),
        where={"P": "inv(X)"},
        function="norm(X) * norm(P)",
        gradients={"X": "norm(P) / norm(X) * X - norm(X) / norm(P) * P.mT @ P @ P.mT"},
        derivation=f"""
= norm(P) * d(norm(X)) + norm(X) * d(norm(P))                                        # product rule
= norm(P) / norm(X) * inner(X, d(X)) + norm(X) / norm(P) * inner(P, d(P))            # [the norm](#frobenius-norm)
= norm(P) / norm(X) * inner(X, d(X)) - norm(X) / norm(P) * inner(P, P @ d(X) @ P)    # [the inverse](#inverse)
{MOVED}
""",
    ),
    # Inverses of Gram matrices and congruences
    Entry(
        name="trace-of-inverse-congruence",
        title="The trace of an inverse congruence times a matrix",
        variables=("X in tall(m, n)", "constant C in spd(m)", "constant A in square(n)"),
        where={"P": "inv(X.mT @ C @ X)"},
        function="tr(P @ A)",
        gradients={"X": "-C @ X @ P @ (A + A.mT) @ P"},
        conditions="It is enough that $C$ is symmetric and $X^\\top C X$ invertible.",
        source=f"{COOKBOOK}, eq. 125",
        derivation=f"""
= -tr(P @ d(X.mT @ C @ X) @ P @ A)                                     # [the inverse](#inverse)
= -tr(P @ A @ P @ (d(X).mT @ C @ X + X.mT @ C @ d(X)))                 # turned, and the product rule
= -tr(P @ A.mT @ P @ X.mT @ C @ d(X)) - tr(P @ A @ P @ X.mT @ C @ d(X))   # a trace may be transposed; $C$ and $P$ are symmetric
{INNER}
""",
        outside={
            "constant C in positive_definite(m)": "See "
            "[the general form](#trace-of-inverse-general-congruence)."
        },
    ),
    Entry(
        name="trace-of-inverse-general-congruence",
        title="The trace of an inverse congruence times a matrix, nothing symmetric",
        variables=(
            "X in tall(m, n)",
            "constant C in positive_definite(m)",
            "constant A in square(n)",
        ),
        where={"P": "inv(X.mT @ C @ X)", "K": "P @ A @ P"},
        function="tr(P @ A)",
        gradients={"X": "-C @ X @ K - C.mT @ X @ K.mT"},
        conditions="It is enough that $X^\\top C X$ is invertible.",
        derivation=f"""
= -tr(P @ d(X.mT @ C @ X) @ P @ A)                             # [the inverse](#inverse)
= -tr(K @ (d(X).mT @ C @ X + X.mT @ C @ d(X)))                 # turned, and the product rule
= -tr((C @ X @ K).mT @ d(X)) - tr(K @ X.mT @ C @ d(X))         # a trace may be transposed
{INNER}
""",
    ),
    Entry(
        name="trace-of-ratio-of-congruences",
        title="The trace of the ratio of two congruences",
        also=(
            "linear discriminant analysis",
            "Fisher discriminant",
            "LDA",
        ),
        variables=("X in tall(m, n)", "constant B in symmetric(m)", "constant C in spd(m)"),
        where={"P": "inv(X.mT @ C @ X)"},
        function="tr(P @ X.mT @ B @ X)",
        gradients={"X": "2 * B @ X @ P - 2 * C @ X @ P @ X.mT @ B @ X @ P"},
        conditions="It is enough that $B$ and $C$ are symmetric and $X^\\top C X$ invertible.",
        source=f"{COOKBOOK}, eq. 126",
        derivation=f"""
= tr(P @ d(X.mT @ B @ X)) + tr(d(P) @ X.mT @ B @ X)                                            # product rule
= tr(P @ d(X.mT @ B @ X)) - tr(P @ X.mT @ B @ X @ P @ d(X.mT @ C @ X))                         # [the inverse](#inverse), turned
= 2 * tr(P @ X.mT @ B @ d(X)) - 2 * tr(P @ X.mT @ B @ X @ P @ X.mT @ C @ d(X))                 # product rule; everything is symmetric
{INNER}
""",
        outside={
            "constant B in square(m)": "$B + B^\\top$ takes the place of $2B$, and more.",
            "constant C in positive_definite(m)": "$P$ is not symmetric either.",
        },
    ),
    Entry(
        name="trace-of-regularized-ratio",
        title="The trace of the ratio of two congruences, regularised",
        also=("regularised discriminant",),
        variables=(
            "X in matrix(m, n)",
            "constant A in spd(n)",
            "constant B in symmetric(m)",
            "constant C in spd(m)",
        ),
        where={"P": "inv(A + X.mT @ C @ X)"},
        function="tr(P @ X.mT @ B @ X)",
        gradients={"X": "2 * B @ X @ P - 2 * C @ X @ P @ X.mT @ B @ X @ P"},
        conditions="It is enough that $A$, $B$ and $C$ are symmetric and $A + X^\\top C X$ "
        "invertible.",
        source=f"{COOKBOOK}, eq. 127, with its condition corrected",
        notes="As printed, only $B$ and $C$ are to be symmetric; without a symmetric $A$ it does "
        "not hold.",
        derivation=f"""
= tr(P @ d(X.mT @ B @ X)) - tr(P @ d(A + X.mT @ C @ X) @ P @ X.mT @ B @ X)                # product rule, and [the inverse](#inverse)
= tr(P @ d(X.mT @ B @ X)) - tr(P @ X.mT @ B @ X @ P @ d(X.mT @ C @ X))                    # turned; $A$ stands still
= 2 * tr(P @ X.mT @ B @ d(X)) - 2 * tr(P @ X.mT @ B @ X @ P @ X.mT @ C @ d(X))            # product rule; everything is symmetric
{INNER}
""",
        outside={
            "constant A in positive_definite(n)": "$P$ is not symmetric: the condition that is "
            "missing in print.",
            "constant B in square(m)": "$B + B^\\top$ takes the place of $2B$, and more.",
            "constant C in positive_definite(m)": "$P$ is not symmetric either.",
        },
    ),
    # Linear systems
    Entry(
        name="linear-system",
        title="A linear system with several right-hand sides, by both",
        also=(
            "torch.linalg.solve",
            "solve",
            "A^{-1} B",
        ),
        variables=("A in invertible(m)", "B in matrix(m, n)", "constant W in matrix(m, n)"),
        where={"X": "solve(A, B)", "Z": "solve(A.mT, W)"},
        function="inner(W, X)",
        gradients={"A": "-Z @ X.mT", "B": "Z"},
        source="M. Giles, Collected Matrix Derivative Results for Forward and Reverse Mode "
        "Algorithmic Differentiation (2008)",
        notes="One more system, with the transposed matrix, gives every gradient: no inverse is "
        "needed.",
        derivation=f"""
A @ d(X)
= d(A @ X) - d(A) @ X             # product rule
= d(B) - d(A) @ X                 # $A X = B$

= inner(A.mT @ Z, d(X))           # $Z$ solves $A^\\top Z = W$
= inner(Z, A @ d(X))              # $A$ moves to the other side
= inner(Z, d(B) - d(A) @ X)       # the line above
{MOVED}
""",
    ),
    Entry(
        name="linear-system-of-vectors",
        title="A linear system, by matrix and right-hand side",
        also=(
            "torch.linalg.solve",
            "solve",
            "Ax = b",
            "A^{-1} b",
            "implicit differentiation",
            "adjoint method",
        ),
        variables=("A in invertible(n)", "b in vector(n)", "constant w in vector(n)"),
        where={"x": "solve(A, b)", "z": "solve(A.mT, w)"},
        function="w @ x",
        gradients={"A": "-outer(z, x)", "b": "z"},
        derivation=r"""
A @ d(x)
= d(b) - d(A) @ x                  # product rule, and $A x = b$

= z @ A @ d(x)                     # $z$ solves $A^\top z = w$
= z @ d(b) - z @ d(A) @ x          # the line above
# $u^\top\,\d X\,v = \langle u v^\top, \d X\rangle$
""",
    ),
    Entry(
        name="linear-system-from-the-right",
        title="A linear system whose matrix stands on the right",
        also=(
            "solve(left=False)",
            "A B^{-1}",
        ),
        variables=("A in invertible(n)", "B in matrix(m, n)", "constant W in matrix(m, n)"),
        where={"X": "B @ inv(A)", "Z": "W @ inv(A).mT"},
        function="inner(W, X)",
        gradients={"A": "-X.mT @ Z", "B": "Z"},
        derivation=f"""
d(X) @ A
= d(B) - X @ d(A)                  # product rule, and $X A = B$

= inner(Z @ A.mT, d(X))            # $Z$ solves $Z A^\\top = W$
= inner(Z, d(X) @ A)               # $A$ moves to the other side
= inner(Z, d(B) - X @ d(A))        # the line above
{MOVED}
""",
    ),
    Entry(
        name="energy-of-linear-system",
        title="The energy of a symmetric linear system",
        also=(
            "b^T A^{-1} b",
            "compliance",
        ),
        variables=("A in spd(n)", "b in vector(n)"),
        where={"x": "solve(A, b)"},
        function="b @ x",
        gradients={"A": "-outer(x, x)", "b": "2 * x"},
        notes="The system serves as its own adjoint: nothing more is solved.",
        derivation=r"""
= d(b) @ x + b @ d(x)                              # product rule
= d(b) @ x + x @ A @ d(x)                          # $A x = b$, and $A$ is symmetric
= 2 * x @ d(b) - x @ d(A) @ x                      # $A\,\d x = \d b - \d A\,x$
# $u^\top\,\d X\,v = \langle u v^\top, \d X\rangle$
""",
        outside={"A in positive_definite(n)": "The adjoint system has another solution."},
    ),
    Entry(
        name="triangular-system",
        title="A triangular system, by matrix and right-hand side",
        also=(
            "solve_triangular",
            "back substitution",
            "forward substitution",
        ),
        variables=("L in invertible_triangular(n)", "b in vector(n)", "constant w in vector(n)"),
        where={"x": "solve(L, b)", "z": "solve(L.mT, w)"},
        function="w @ x",
        gradients={"L": "-tril(outer(z, x))", "b": "z"},
        derivation="derive",
        outside={"L in invertible(n)": "The upper triangle counts too."},
    ),
    Entry(
        name="regularized-least-squares",
        title="Regularised least squares: the solution, by weight and data",
        also=(
            "ridge regression",
            "Tikhonov",
            "weight decay",
        ),
        variables=(
            "t in positive_scalar()",
            "A in matrix(m, n)",
            "b in vector(m)",
            "constant w in vector(n)",
        ),
        where={
            "x": "solve(A.mT @ A + t * I(n), A.mT @ b)",
            "z": "solve(A.mT @ A + t * I(n), w)",
            "r": "b - A @ x",
        },
        function="w @ x",
        gradients={"t": "-z @ x", "A": "outer(r, z) - outer(A @ z, x)", "b": "A @ z"},
        conditions="$A$ may have any rank.",
        derivation=r"""
(A.mT @ A + t * I(n)) @ d(x)
= d(A.mT @ b) - d(A.mT @ A + t * I(n)) @ x                          # product rule, in the normal equations
= A.mT @ d(b) + d(A).mT @ r - A.mT @ d(A) @ x - d(t) * x            # collect

= z @ (A.mT @ A + t * I(n)) @ d(x)                                  # $z$ solves the same system, which is symmetric
= (A @ z) @ d(b) + r @ d(A) @ z - (A @ z) @ d(A) @ x - z @ x * d(t) # the line above
# $u^\top\,\d A\,v = \langle u v^\top, \d A\rangle$
""",
    ),
    # Sylvester and Lyapunov
    Entry(
        name="sylvester-equation",
        title="The Sylvester equation, by every part",
        also=("AX + XB = C",),
        variables=(
            "A in positive_definite(m)",
            "B in positive_definite(n)",
            "C in matrix(m, n)",
            "constant W in matrix(m, n)",
        ),
        where={"X": "sylvester(A, B, C)", "Z": "sylvester(A.mT, B.mT, W)"},
        function="inner(W, X)",
        gradients={"A": "-Z @ X.mT", "B": "-X.mT @ Z", "C": "Z"},
        conditions="It is enough that $A$ and $-B$ have no eigenvalue in common.",
        source=f"{CHAIN_RULES}, with $-C$ for $C$",
        notes=r"$\operatorname{syl}(A, B, C)$ solves $AX + XB = C$.",
        derivation=f"""
A @ d(X) + d(X) @ B
= d(A @ X + X @ B) - d(A) @ X - X @ d(B)     # product rule
= d(C) - d(A) @ X - X @ d(B)                 # $A X + X B = C$

= inner(A.mT @ Z + Z @ B.mT, d(X))           # $Z$ is defined so
= inner(Z, A @ d(X) + d(X) @ B)              # $A$ and $B$ move to the other side
= inner(Z, d(C) - d(A) @ X - X @ d(B))       # the line above
{MOVED}
""",
    ),
    Entry(
        name="lyapunov-equation",
        title="The Lyapunov equation, by both parts",
        also=(
            "AX + XA^T = C",
            "Gramian",
        ),
        variables=(
            "A in positive_definite(n)",
            "C in square(n)",
            "constant W in square(n)",
        ),
        where={"X": "sylvester(A, A.mT, C)", "Z": "sylvester(A.mT, A, W)"},
        function="inner(W, X)",
        gradients={"A": "-Z @ X.mT - Z.mT @ X", "C": "Z"},
        conditions="It is enough that no two eigenvalues of $A$ add up to 0.",
        notes=r"$\operatorname{syl}(A, A^\top, C)$ solves $AX + XA^\top = C$.",
        derivation=r"""
A @ d(X) + d(X) @ A.mT
= d(C) - d(A) @ X - X @ d(A).mT                     # product rule, and $A X + X A^\top = C$

= inner(A.mT @ Z + Z @ A, d(X))                     # $Z$ is defined so
= inner(Z, A @ d(X) + d(X) @ A.mT)                  # $A$ moves to the other side
= inner(Z, d(C)) - inner(Z, d(A) @ X) - inner(Z.mT, d(A) @ X.mT)   # the line above, its last term transposed
# $\langle W, A\,\d X\,B\rangle = \langle A^\top W B^\top, \d X\rangle$
""",
    ),
    # The pseudoinverse
    Entry(
        name="pseudoinverse-of-tall",
        title="The pseudoinverse at full column rank",
        also=(
            "pinv",
            "Moore-Penrose",
            "torch.linalg.pinv",
        ),
        variables=("X in tall(m, n)", "constant W in matrix(n, m)"),
        where={"P": "pinv(X)"},
        function="inner(W, P)",
        gradients={"X": "-P.mT @ W @ P.mT + (I(m) - X @ P) @ W.mT @ P @ P.mT"},
        source="G. H. Golub and V. Pereyra, The Differentiation of Pseudo-Inverses and Nonlinear "
        "Least Squares Problems Whose Variables Separate, SIAM J. Numer. Anal. 10 (1973), 413-432",
        derivation=r"""
P @ P.mT
= inv(X.mT @ X)                                                          # $P = (X^\top X)^{-1} X^\top$ at full column rank

d(P)
= d(inv(X.mT @ X)) @ X.mT + P @ P.mT @ d(X).mT                           # product rule
= -P @ P.mT @ (d(X).mT @ X + X.mT @ d(X)) @ P + P @ P.mT @ d(X).mT       # [the inverse](#inverse)
= -P @ d(X) @ P + P @ P.mT @ d(X).mT @ (I(m) - X @ P)                    # $P P^\top X^\top = P$; collect

= -inner(W, P @ d(X) @ P) + inner(W, P @ P.mT @ d(X).mT @ (I(m) - X @ P))   # the differential of $P$
= -inner(P.mT @ W @ P.mT, d(X)) + inner(P @ P.mT @ W @ (I(m) - X @ P), d(X).mT)   # moved to the other side; $I - XP$ is symmetric
# transposed
""",
        outside={"X in wide(m, n)": "See [full row rank](#pseudoinverse-of-wide)."},
    ),
    Entry(
        name="pseudoinverse-of-wide",
        title="The pseudoinverse at full row rank",
        also=(
            "pinv",
            "Moore-Penrose",
            "minimum norm solution",
        ),
        variables=("X in wide(m, n)", "constant W in matrix(n, m)"),
        where={"P": "pinv(X)"},
        function="inner(W, P)",
        gradients={"X": "-P.mT @ W @ P.mT + P.mT @ P @ W.mT @ (I(n) - P @ X)"},
        derivation=r"""
d(P)
= d(X.mT @ inv(X @ X.mT))                                                # $P = X^\top (X X^\top)^{-1}$ at full row rank
= d(X).mT @ P.mT @ P - P @ (d(X) @ X.mT + X @ d(X).mT) @ P.mT @ P        # product rule, [the inverse](#inverse), and $(X X^\top)^{-1} = P^\top P$
= -P @ d(X) @ P + (I(n) - P @ X) @ d(X).mT @ P.mT @ P                    # $X^\top P^\top P = P$; collect

= -inner(W, P @ d(X) @ P) + inner(W, (I(n) - P @ X) @ d(X).mT @ P.mT @ P)   # the differential of $P$
= -inner(P.mT @ W @ P.mT, d(X)) + inner((I(n) - P @ X) @ W @ P.mT @ P, d(X).mT)   # moved to the other side; $I - PX$ is symmetric
# transposed
""",
        outside={"X in tall(m, n)": "See [full column rank](#pseudoinverse-of-tall)."},
    ),
    Entry(
        name="least-squares-solution",
        title="The solution of least squares, by matrix and data",
        also=(
            "lstsq",
            "ordinary least squares",
            "normal equations",
            "linear regression coefficients",
        ),
        variables=("A in tall(m, n)", "b in vector(m)", "constant w in vector(n)"),
        where={
            "x": "pinv(A) @ b",
            "z": "solve(A.mT @ A, w)",
            "r": "b - A @ x",
        },
        function="w @ x",
        gradients={"A": "outer(r, z) - outer(A @ z, x)", "b": "A @ z"},
        derivation=r"""
A.mT @ A @ d(x)
= d(A.mT @ b) - d(A.mT @ A) @ x                            # product rule, in the normal equations
= A.mT @ d(b) + d(A).mT @ r - A.mT @ d(A) @ x              # collect

= z @ A.mT @ A @ d(x)                                      # $z$ solves $A^\top A z = w$
= (A @ z) @ d(b) + r @ d(A) @ z - (A @ z) @ d(A) @ x       # the line above
# $u^\top\,\d A\,v = \langle u v^\top, \d A\rangle$
""",
        outside={"A in wide(m, n)": "$A^\\top A$ has no inverse."},
    ),
    Entry(
        name="projection-onto-columns",
        title="The projection onto the columns of a matrix",
        also=(
            "hat matrix",
            "orthogonal projection",
            "projector",
        ),
        variables=("X in tall(m, n)", "constant W in square(m)"),
        where={"P": "pinv(X)", "H": "X @ P"},
        function="inner(W, H)",
        gradients={"X": "(I(m) - H) @ (W + W.mT) @ P.mT"},
        derivation=r"""
d(H)
= d(X) @ P + X @ d(P)                                          # product rule
= (I(m) - H) @ d(X) @ P + P.mT @ d(X).mT @ (I(m) - H)          # [the pseudoinverse](#pseudoinverse-of-tall), and $X P P^\top = P^\top$

= inner(W, (I(m) - H) @ d(X) @ P) + inner(W.mT, (I(m) - H) @ d(X) @ P)   # the line above, its last term transposed
# $\langle W, A\,\d X\,B\rangle = \langle A^\top W B^\top, \d X\rangle$
""",
    ),
    Entry(
        name="residual-of-least-squares",
        title="The squared residual of least squares, by matrix and data",
        also=("variable projection",),
        variables=("A in tall(m, n)", "b in vector(m)"),
        where={"x": "pinv(A) @ b", "r": "b - A @ x"},
        function="r @ r",
        gradients={"A": "-2 * outer(r, x)", "b": "2 * r"},
        notes="The solution may be held still: at the best $x$ the residual does not change with it.",
        derivation=r"""
A.mT @ b
= A.mT @ A @ x                                # the normal equations

= 2 * r @ (d(b) - d(A) @ x - A @ d(x))        # product rule
= 2 * r @ d(b) - 2 * r @ d(A) @ x             # $A^\top r = 0$
# $u^\top\,\d A\,v = \langle u v^\top, \d A\rangle$
""",
    ),
)
