r"""Eigenvalues, singular values and factors."""

from autodiff_notes.catalogue.entry import Entry

COOKBOOK = "The Matrix Cookbook (2012)"
INNER = r"# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$"
EQUAL = "Where eigenvalues coincide, each of them has a corner."

ENTRIES: tuple[Entry, ...] = (
    Entry(
        name="sum-of-eigenvalues",
        title="The sum of the eigenvalues",
        variables=("X in symmetric(n)",),
        function="sum(eigenvalues(X))",
        gradients={"X": "I(n)"},
        source=f"{COOKBOOK}, eq. 65",
        conditions="It holds for any square $X$, whose eigenvalues may be complex: their sum is the trace.",
        notes="The sum is smooth even where single eigenvalues are not.",
        derivation=f"""
= d(tr(X))            # the trace is the sum of the eigenvalues
= tr(I(n) @ d(X))     # [the trace](#trace)
{INNER}
""",
    ),
    Entry(
        name="product-of-eigenvalues",
        title="The product of the eigenvalues",
        variables=("X in spd(n)",),
        function="prod(eigenvalues(X))",
        gradients={"X": "det(X) * inv(X)"},
        conditions="It is enough that $X$ is symmetric and invertible.",
        source=f"{COOKBOOK}, eq. 66",
        derivation="derive",
        outside={
            "X in positive_definite(n)": "Torch takes the eigenvalues from the lower triangle alone.",
        },
    ),
    Entry(
        name="eigenvalue",
        title="An eigenvalue of a symmetric matrix",
        also=(
            "eigh",
            "eigvalsh",
            "symmetric eigenvalue problem",
        ),
        variables=("X in distinct_eigenvalues(n)", "i in index(n)"),
        where={"v": "eigenvectors(X)[:, i]"},
        function="eigenvalues(X)[i]",
        gradients={"X": "outer(v, v)"},
        conditions="It is enough that this one eigenvalue is simple.",
        source=f"{COOKBOOK}, eq. 67",
        derivation=r"""
= d(v @ X @ v)                                           # $Xv = \lambda v$, and $v$ has length 1
= d(v) @ X @ v + v @ d(X) @ v + v @ X @ d(v)             # product rule
= v @ d(X) @ v + 2 * eigenvalues(X)[i] * (v @ d(v))      # $Xv = \lambda v$, and $X$ is symmetric
= v @ d(X) @ v                                           # a unit vector turns: $v^\top\,\d v = 0$
# $v^\top\,\d X\,v = \langle v v^\top, \d X\rangle$
""",
        outside={"X in scalar_matrix(n)": EQUAL},
    ),
    Entry(
        name="simple-eigenvalue",
        title="A simple eigenvalue of a matrix that is not symmetric",
        also=(
            "eig",
            "Perron",
            "non-symmetric eigenvalue",
        ),
        variables=("X in positive_matrix(n, n)",),
        where={"v": "perron_vector(X)", "w": "perron_vector(X.mT)"},
        function="perron_value(X)",
        gradients={"X": "outer(w, v) / (w @ v)"},
        conditions=r"Here $\rho$ is the largest eigenvalue of a matrix of positive entries, which is "
        "real and simple, and $v$ and $w$ are its right and left eigenvectors. The formula holds for "
        "every eigenvalue that is real and simple.",
        derivation=r"""
= w @ (d(X) @ v + X @ d(v) - perron_value(X) * d(v)) / (w @ v)   # the differential of $Xv = \rho v$, times $w^\top$
= w @ d(X) @ v / (w @ v)                                         # $w^\top X = \rho w^\top$
# $w^\top\,\d X\,v = \langle w v^\top, \d X\rangle$
""",
        outside={"X in scalar_matrix(n)": EQUAL},
    ),
    Entry(
        name="eigenvector",
        title="A quadratic form of an eigenvector",
        also=(
            "eigh",
            "perturbation theory",
            "principal component",
            "PCA",
        ),
        variables=(
            "X in distinct_eigenvalues(n)",
            "constant W in square(n)",
            "i in index(n)",
        ),
        where={
            "v": "eigenvectors(X)[:, i]",
            "P": "inv(eigenvalues(X)[i] * I(n) - X + outer(v, v)) - outer(v, v)",
        },
        function="v @ W @ v",
        gradients={"X": "sym(outer(P @ (W + W.mT) @ v, v))"},
        conditions=r"It is enough that $\lambda_i$ is simple; the others may coincide.",
        source=f"{COOKBOOK}, eq. 68, for the differential of the eigenvector",
        notes=r"$P$ is the pseudoinverse of $\lambda_i I - X$, written without a threshold for what "
        "counts as zero. The sign of an eigenvector is free, and a function of it must not depend on "
        "that sign; this one does not.",
        derivation=r"""
P @ (eigenvalues(X)[i] * I(n) - X)
= I(n) - outer(v, v)     # $\lambda I - X$ and $vv^\top$ act on different directions

d(v)
= P @ (eigenvalues(X)[i] * I(n) - X) @ d(v)         # the line above, and $v^\top\,\d v = 0$
= P @ (d(X) @ v - d(eigenvalues(X)[i]) * v)         # the differential of $Xv = \lambda v$
= P @ d(X) @ v                                      # $Pv = 0$

= v @ (W + W.mT) @ d(v)                  # [a quadratic form](#quadratic-form)
= v @ (W + W.mT) @ P @ d(X) @ v          # the differential of $v$
# $P$ and $\d X$ are symmetric
""",
        outside={"X in scalar_matrix(n)": "Eigenvectors to equal eigenvalues are not determined."},
    ),
    Entry(
        name="singular-value",
        title="A singular value",
        also=(
            "svd",
            "svdvals",
        ),
        variables=("X in tall_distinct_singular_values(m, n)", "i in index(n)"),
        where={"u": "left_singular(X)[:, i]", "v": "right_singular(X)[:, i]"},
        function="singular_values(X)[i]",
        gradients={"X": "outer(u, v)"},
        conditions="It is enough that this one singular value is simple and not zero; "
        "the matrix may also be wide.",
        derivation=r"""
= d(u @ X @ v)                                     # $Xv = \sigma u$
= d(u) @ X @ v + u @ d(X) @ v + u @ X @ d(v)       # product rule
= singular_values(X)[i] * (d(u) @ u + v @ d(v)) + u @ d(X) @ v   # $Xv = \sigma u$ and $X^\top u = \sigma v$
= u @ d(X) @ v                                     # unit vectors turn: $u^\top\,\d u = v^\top\,\d v = 0$
# $u^\top\,\d X\,v = \langle u v^\top, \d X\rangle$
""",
        outside={
            "X in scalar_matrix(n)": "Where singular values coincide, each of them has a corner.",
            "X in zero_matrix(n, n)": "A singular value is not negative, and has a corner at 0.",
        },
    ),
    Entry(
        name="spectral-norm",
        title="The spectral norm",
        also=(
            "largest singular value",
            "operator norm",
            "2-norm of a matrix",
            "svd",
        ),
        variables=("X in distinct_singular_values(m, n)",),
        where={"u": "left_singular(X)[:, 0]", "v": "right_singular(X)[:, 0]"},
        function="spectral(X)",
        gradients={"X": "outer(u, v)"},
        conditions="It is enough that the largest singular value is simple and not 0.",
        derivation=r"""
= d(u @ X @ v)                                     # the norm is the largest singular value
= u @ d(X) @ v + spectral(X) * (d(u) @ u + v @ d(v))   # product rule, $Xv = \sigma u$ and $X^\top u = \sigma v$
= u @ d(X) @ v                                     # unit vectors turn
# $u^\top\,\d X\,v = \langle u v^\top, \d X\rangle$
""",
        outside={
            "X in scalar_matrix(n)": "Where the two largest singular values coincide, the norm has "
            "a corner."
        },
    ),
    Entry(
        name="nuclear-norm",
        title="The nuclear norm",
        also=(
            "trace norm",
            "sum of singular values",
            "svd",
        ),
        variables=("X in full_rank(m, n)",),
        where={"U": "left_singular(X)", "V": "right_singular(X)"},
        function="nuclear(X)",
        gradients={"X": "U @ V.mT"},
        notes="The derivation moves $U$ and $V$, for which the singular values must differ. The "
        "gradient is continuous wherever the rank is full, so it holds where they coincide too.",
        derivation=r"""
where S = Diag(singular_values(X))

= d(tr(U.mT @ X @ V))                    # the norm is the sum of the singular values
= tr(d(U).mT @ U @ S) + tr(U.mT @ d(X) @ V) + tr(S @ V.mT @ d(V))    # product rule, $XV = US$ and $X^\top U = VS$
= tr(U.mT @ d(X) @ V)                    # $U^\top\,\d U$ and $V^\top\,\d V$ are skew
= tr(V @ U.mT @ d(X))                    # a trace may be turned
# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$
""",
        outside={
            "X in singular(n)": "A singular value is not negative, and has a corner at 0.",
        },
    ),
    Entry(
        name="function-of-singular-values",
        title="A sum over the singular values",
        also=(
            "svd",
            "Schatten norm",
            "unitarily invariant",
        ),
        variables=("X in full_rank(m, n)",),
        where={
            "U": "left_singular(X)",
            "V": "right_singular(X)",
            "s": "singular_values(X)",
        },
        function="sum(sin(s))",
        gradients={"X": "U @ Diag(cos(s)) @ V.mT"},
        notes=r"The sine stands for any differentiable function $h$: the gradient is "
        r"$U \operatorname{Diag}(h'(s)) V^\top$.",
        derivation=r"""
= cos(s) @ d(s)                                  # chain rule
= cos(s) @ diag(U.mT @ d(X) @ V)                 # [a singular value](#singular-value), each of them
= tr(Diag(cos(s)) @ U.mT @ d(X) @ V)             # only the diagonal meets the diagonal
= tr(V @ Diag(cos(s)) @ U.mT @ d(X))             # a trace may be turned
# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$
""",
        outside={
            "X in singular(n)": "A singular value is not negative, and has a corner at 0, unless $h'(0) = 0$.",
        },
    ),
    Entry(
        name="cholesky",
        title="A linear function of the Cholesky factor",
        also=(
            "torch.linalg.cholesky",
            "LL^T",
            "cholesky decomposition",
        ),
        variables=("X in spd(n)", "constant W in square(n)"),
        where={"L": "cholesky(X)"},
        function="inner(W, L)",
        gradients={"X": "sym(inv(L).mT @ Phi(L.mT @ W) @ inv(L))"},
        conditions=r"$\Phi$ keeps the lower triangle and halves the diagonal.",
        source="I. Murray, arXiv:1602.07527; that $X$ stays symmetric is discussed in pytorch#137284",
        derivation=r"""
inv(L) @ d(X) @ inv(L).mT
= inv(L) @ d(L) + (inv(L) @ d(L)).mT                 # the differential of $X = LL^\top$, from both sides

d(L)
= L @ Phi(inv(L) @ d(X) @ inv(L).mT)                 # $L^{-1}\,\d L$ is lower triangular; $\Phi$ takes it from the sum

= inner(W, L @ Phi(inv(L) @ d(X) @ inv(L).mT))       # the differential of $L$
= inner(Phi(L.mT @ W), inv(L) @ d(X) @ inv(L).mT)    # $\Phi$ multiplies entry by entry, on either side
= inner(inv(L).mT @ Phi(L.mT @ W) @ inv(L), d(X))    # a trace may be turned
# $\d X$ is symmetric
""",
        outside={
            "X in positive_definite(n)": "Torch reads the lower triangle alone, and with its mirror image "
            "that need not be positive definite."
        },
    ),
    Entry(
        name="log-det-by-cholesky",
        title="The logarithm of a determinant, by the Cholesky factor",
        also=("log determinant by cholesky",),
        variables=("X in spd(n)",),
        where={"L": "cholesky(X)"},
        function="2 * sum(log(diag(L)))",
        gradients={"X": "inv(X)"},
        notes="The same gradient as by [the determinant](#log-det) and by "
        "[the eigenvalues](#log-det-by-eigenvalues).",
        derivation=r"""
= 2 * sum(diag(d(L)) / diag(L))                                   # chain rule
= 2 * tr(inv(L) @ d(L))                                           # a product of lower triangular matrices
= tr(inv(L) @ (d(L) @ L.mT + L @ d(L).mT) @ inv(L).mT)            # a trace may be turned, and transposed
= tr(inv(X) @ d(X))                                               # $X = LL^\top$
# $X^{-1}$ is symmetric
""",
        outside={
            "X in positive_definite(n)": "Torch reads the lower triangle alone, and with its mirror image "
            "that need not be positive definite.",
        },
    ),
    Entry(
        name="log-det-by-eigenvalues",
        title="The logarithm of a determinant, by the eigenvalues",
        also=("sum of log eigenvalues",),
        variables=("X in spd(n)",),
        function="sum(log(eigenvalues(X)))",
        gradients={"X": "inv(X)"},
        notes="The same gradient as by [the determinant](#log-det) and by "
        "[the Cholesky factor](#log-det-by-cholesky).",
        derivation=r"""
where V = eigenvectors(X)

= sum(d(eigenvalues(X)) / eigenvalues(X))                      # chain rule
= sum(diag(V.mT @ d(X) @ V) / eigenvalues(X))                  # [an eigenvalue](#eigenvalue), each of them
= tr(V @ Diag(1 / eigenvalues(X)) @ V.mT @ d(X))               # a trace may be turned
= tr(inv(X) @ d(X))                                            # $X = V \operatorname{Diag}(\lambda) V^\top$
# $X^{-1}$ is symmetric
""",
        outside={
            "X in distinct_eigenvalues(n)": "A negative eigenvalue has no real logarithm.",
        },
    ),
)
