r"""Powers and functions of a matrix as a whole."""

from autodiff_notes.catalogue.entry import Entry

COOKBOOK = "The Matrix Cookbook (2012)"
INNER = r"# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$"
FROM_BELOW = (
    "Torch takes the eigenvalues from the lower triangle, so that the function no longer "
    "belongs to the whole of $X$."
)

ENTRIES: tuple[Entry, ...] = (
    # Powers
    Entry(
        name="trace-of-power",
        title="The trace of a power",
        variables=("X in square(n)", "k in natural()"),
        function="tr(matrix_power(X, k))",
        gradients={"X": "k * matrix_power(X, k - 1).mT"},
        conditions="For an invertible $X$ it holds for a negative $k$ as well.",
        source=f"{COOKBOOK}, eq. 121",
        derivation=f"""
= sum(tr(matrix_power(X, r) @ d(X) @ matrix_power(X, k - 1 - r)) for r in range(k))   # product rule; the order matters
= sum(tr(matrix_power(X, k - 1) @ d(X)) for r in range(k))                            # a trace may be turned
= k * tr(matrix_power(X, k - 1) @ d(X))                                               # $k$ equal terms
{INNER}
""",
    ),
    Entry(
        name="trace-of-power-times",
        title="The trace of a power times a matrix",
        variables=("X in square(n)", "constant A in square(n)", "k in natural()"),
        function="tr(A @ matrix_power(X, k))",
        gradients={
            "X": "sum((matrix_power(X, r) @ A @ matrix_power(X, k - 1 - r)).mT for r in range(k))"
        },
        source=f"{COOKBOOK}, eq. 122",
        derivation=f"""
= sum(tr(A @ matrix_power(X, k - 1 - r) @ d(X) @ matrix_power(X, r)) for r in range(k))   # product rule
= sum(tr(matrix_power(X, r) @ A @ matrix_power(X, k - 1 - r) @ d(X)) for r in range(k))   # a trace may be turned
{INNER}
""",
    ),
    Entry(
        name="power",
        title="A power",
        variables=("X in square(n)", "constant W in square(n)", "k in natural()"),
        function="inner(W, matrix_power(X, k))",
        gradients={
            "X": "sum(matrix_power(X, r).mT @ W @ matrix_power(X, k - 1 - r).mT for r in range(k))"
        },
        derivation=r"""
= sum(inner(W, matrix_power(X, r) @ d(X) @ matrix_power(X, k - 1 - r)) for r in range(k))   # product rule; the order matters
# $\langle W, A\,\d X\,B\rangle = \langle A^\top W B^\top, \d X\rangle$
""",
    ),
    Entry(
        name="bilinear-in-power",
        title="A bilinear form of a power",
        variables=("X in square(n)", "constant a, b in vector(n)", "k in natural()"),
        function="a @ matrix_power(X, k) @ b",
        gradients={
            "X": "sum(matrix_power(X, r).mT @ outer(a, b) @ matrix_power(X, k - 1 - r).mT "
            "for r in range(k))"
        },
        source=f"{COOKBOOK}, eq. 91",
        derivation=r"""
= sum(a @ matrix_power(X, r) @ d(X) @ matrix_power(X, k - 1 - r) @ b for r in range(k))   # product rule; the order matters
# $u^\top\,\d X\,v = \langle u v^\top, \d X\rangle$
""",
    ),
    Entry(
        name="inner-product-of-power-images",
        title="The inner product of two images under a power",
        variables=("X in square(n)", "constant a, b in vector(n)", "k in natural()"),
        where={"Y": "matrix_power(X, k)"},
        function="(Y @ a) @ (Y @ b)",
        gradients={
            "X": "sum(matrix_power(X, r).mT @ Y @ (outer(a, b) + outer(b, a)) "
            "@ matrix_power(X, k - 1 - r).mT for r in range(k))"
        },
        source=f"{COOKBOOK}, eq. 92, corrected",
        notes="As printed, the first of the two summands lacks a transpose.",
        derivation=r"""
= (d(Y) @ a) @ (Y @ b) + (Y @ a) @ (d(Y) @ b)   # product rule
= inner(Y @ (outer(b, a) + outer(a, b)), d(Y))  # $u^\top\,\d Y\,v = \langle u v^\top, \d Y\rangle$
= sum(inner(Y @ (outer(a, b) + outer(b, a)), matrix_power(X, r) @ d(X) @ matrix_power(X, k - 1 - r)) for r in range(k))   # [the power](#power)
# $\langle W, A\,\d X\,B\rangle = \langle A^\top W B^\top, \d X\rangle$
""",
    ),
    Entry(
        name="trace-of-polynomial",
        title="The trace of a polynomial",
        variables=("X in square(n)", "constant c in vector(m)"),
        function="sum(c[i] * tr(matrix_power(X, i)) for i in range(m))",
        gradients={"X": "sum(i * c[i] * matrix_power(X, i - 1).mT for i in range(1, m))"},
        notes="The gradient is the derivative of the polynomial at $X$, transposed: what holds for "
        "a polynomial holds for a power series.",
        derivation=f"""
= sum(c[i] * d(tr(matrix_power(X, i))) for i in range(1, m))          # the first term is constant
= sum(i * c[i] * tr(matrix_power(X, i - 1) @ d(X)) for i in range(1, m))   # [the trace of a power](#trace-of-power)
{INNER}
""",
    ),
    Entry(
        name="trace-of-gram-power",
        title="The trace of a power of the Gram matrix",
        variables=("X in matrix(m, n)", "k in natural()"),
        where={"G": "X.mT @ X"},
        function="tr(matrix_power(G, k))",
        gradients={"X": "2 * k * X @ matrix_power(G, k - 1)"},
        notes=r"It is $\sum_i \sigma_i(X)^{2k}$, a power of a Schatten norm.",
        derivation=f"""
= k * tr(matrix_power(G, k - 1) @ d(G))                            # [the trace of a power](#trace-of-power)
= k * tr(matrix_power(G, k - 1) @ (d(X).mT @ X + X.mT @ d(X)))     # product rule
= 2 * k * tr(matrix_power(G, k - 1) @ X.mT @ d(X))                 # transposed and turned; $G$ is symmetric
{INNER}
""",
    ),
    # The exponential
    Entry(
        name="exponential",
        title="The matrix exponential",
        also=(
            "expm",
            "matrix_exp",
            "e^X",
            "Fréchet derivative",
        ),
        variables=("X in square(n)", "constant W in square(n)"),
        function="inner(W, expm(X))",
        gradients={"X": "frechet_expm(X.mT, W)"},
        source="R. Mathias, A Chain Rule for Matrix Functions and Applications, "
        "SIAM J. Matrix Anal. Appl. 17 (1996), 610-620, for the block matrix",
        notes=r"$L_{\exp}(X, V)$ is the derivative of $e^X$ in the direction $V$. It stands in the "
        "upper right corner of the exponential of a block matrix, so that nothing but an "
        "exponential is needed to compute it.",
        derivation=r"""
constant V in square(n)
k in natural()
matrix_power(block([[X, V], [zeros(n, n), X]]), k)[:n, n:]
= sum(matrix_power(X, r) @ V @ matrix_power(X, k - 1 - r) for r in range(k))   # a power of the block matrix carries the product rule

expm(block([[X, V], [zeros(n, n), X]]))
= block([[expm(X), frechet_expm(X, V)], [zeros(n, n), expm(X)]])   # and so does a power series

= inner(W, frechet_expm(X, d(X)))    # the derivative of $e^X$ in the direction $\d X$
# $\langle W, X^r\,\d X\,X^s\rangle = \langle (X^\top)^r W (X^\top)^s, \d X\rangle$, term by term
""",
    ),
    Entry(
        name="trace-of-exponential",
        title="The trace of the matrix exponential",
        also=(
            "expm",
            "matrix_exp",
            "tr e^X",
        ),
        variables=("X in square(n)",),
        function="tr(expm(X))",
        gradients={"X": "expm(X).mT"},
        derivation=f"""
= tr(frechet_expm(X, d(X)))   # [the exponential](#exponential)
= tr(expm(X) @ d(X))          # a trace may be turned, in every term of the series
{INNER}
""",
    ),
    Entry(
        name="trace-of-exponential-of-symmetric",
        title="The trace of the exponential of a symmetric matrix",
        variables=("X in symmetric(n)",),
        function="tr(expm(X))",
        gradients={"X": "expm(X)"},
        notes=r"So it is for every function: for symmetric $X$ the gradient of "
        r"$\operatorname{tr} h(X)$ is $h'(X)$, with no transpose.",
        derivation="derive",
        outside={"X in square(n)": "The gradient is the transpose of $e^X$."},
    ),
    Entry(
        name="trace-of-exponential-times",
        title="The trace of a matrix exponential times a matrix",
        variables=("X in square(n)", "constant A in square(n)"),
        function="tr(A @ expm(X))",
        gradients={"X": "frechet_expm(X, A).mT"},
        derivation=f"""
= tr(A @ frechet_expm(X, d(X)))   # [the exponential](#exponential)
= tr(frechet_expm(X, A) @ d(X))   # a trace may be turned, in every term of the series
{INNER}
""",
    ),
    Entry(
        name="exponential-flow",
        title="The exponential of time times a matrix, by both",
        also=(
            "expm",
            "ordinary differential equation",
            "e^{tX}",
        ),
        variables=("t in scalar()", "X in square(n)", "constant W in square(n)"),
        function="inner(W, expm(t * X))",
        gradients={
            "t": "inner(W, X @ expm(t * X))",
            "X": "t * frechet_expm(t * X.mT, W)",
        },
        notes=r"$e^{tX}$ solves $Y' = XY$, $Y(0) = I$.",
        derivation=r"""
= inner(W, frechet_expm(t * X, d(t) * X + t * d(X)))                     # [the exponential](#exponential), and the product rule
= inner(W, X @ expm(t * X)) * d(t) + t * inner(W, frechet_expm(t * X, d(X)))   # $X$ commutes with $e^{tX}$
# $L_{\exp}(A, \cdot)$ has the adjoint $L_{\exp}(A^\top, \cdot)$
""",
    ),
    Entry(
        name="determinant-of-exponential",
        title="The determinant of the matrix exponential",
        variables=("X in square(n)",),
        function="det(expm(X))",
        gradients={"X": "exp(tr(X)) * I(n)"},
        derivation=f"""
= d(exp(tr(X)))                  # the eigenvalues of $e^X$ are $e^{{\\lambda_i}}$
= exp(tr(X)) * tr(I(n) @ d(X))   # chain rule, and [the trace](#trace)
{INNER}
""",
    ),
    # Sine and cosine
    Entry(
        name="trace-of-matrix-sine",
        title="The trace of the matrix sine",
        variables=("X in square(n)",),
        function="tr(sinm(X))",
        gradients={"X": "cosm(X).mT"},
        source=f"{COOKBOOK}, eq. 128",
        notes="The sine is that of the matrix as a whole, the power series. For the sine of every "
        "entry see [the next entry](#trace-of-elementwise-sine).",
        derivation=f"""
where J = block([[zeros(n, n), -I(n)], [I(n), zeros(n, n)]])
where K = block([[zeros(n, n), -X], [X, zeros(n, n)]])
expm(K)
= block([[cosm(X), -sinm(X)], [sinm(X), cosm(X)]])   # $J^2 = -I$: it plays the part of the imaginary unit

= d(tr(J.mT @ expm(K))) / 2            # the blocks of $e^K$
= tr(J.mT @ expm(K) @ d(K)) / 2        # as for [the trace of the exponential](#trace-of-exponential), since $J$ commutes with $K$
= tr(cosm(X) @ d(X))                   # the blocks of $e^K$
{INNER}
""",
    ),
    Entry(
        name="trace-of-elementwise-sine",
        title="The trace of the elementwise sine",
        variables=("X in square(n)",),
        function="tr(sin(X))",
        gradients={"X": "Diag(cos(diag(X)))"},
        notes="Torch's `sin` acts on every entry. Only the diagonal matters.",
        derivation=f"""
= cos(diag(X)) @ diag(d(X))             # the trace is the sum of the diagonal
= tr(Diag(cos(diag(X))) @ d(X))         # only the diagonal meets the diagonal
{INNER}
""",
    ),
    Entry(
        name="trace-of-matrix-cosine",
        title="The trace of the matrix cosine",
        variables=("X in square(n)",),
        function="tr(cosm(X))",
        gradients={"X": "-sinm(X).mT"},
        derivation=f"""
where K = block([[zeros(n, n), -X], [X, zeros(n, n)]])
expm(K)
= block([[cosm(X), -sinm(X)], [sinm(X), cosm(X)]])   # as for [the sine](#trace-of-matrix-sine)

= d(tr(expm(K))) / 2          # the blocks of $e^K$
= tr(expm(K) @ d(K)) / 2      # [the trace of the exponential](#trace-of-exponential)
= -tr(sinm(X) @ d(X))         # the blocks of $e^K$
{INNER}
""",
    ),
    # Functions of a symmetric matrix
    Entry(
        name="trace-of-function-of-symmetric",
        title="The trace of a function of a symmetric matrix",
        also=(
            "log cosh",
            "spectral function",
        ),
        variables=("X in distinct_eigenvalues(n)",),
        where={"lambda_": "eigenvalues(X)", "V": "eigenvectors(X)"},
        function="sum(log(cosh(lambda_)))",
        gradients={"X": "V @ Diag(tanh(lambda_)) @ V.mT"},
        conditions="The gradient holds for repeated eigenvalues too; the derivation needs them "
        "distinct.",
        notes=r"The logarithm of the hyperbolic cosine stands for any function $h$, with the "
        r"hyperbolic tangent for $h'$: the gradient of $\operatorname{tr} h(X)$ is $h'(X)$.",
        derivation=f"""
= tanh(lambda_) @ d(lambda_)                    # chain rule
= tanh(lambda_) @ diag(V.mT @ d(X) @ V)         # $\\d\\lambda_i = v_i^\\top\\,\\d X\\,v_i$
= tr(Diag(tanh(lambda_)) @ V.mT @ d(X) @ V)     # only the diagonal meets the diagonal
= tr(V @ Diag(tanh(lambda_)) @ V.mT @ d(X))     # a trace may be turned
{INNER}
""",
        outside={"X in square(n)": FROM_BELOW},
    ),
    Entry(
        name="function-of-symmetric",
        title="A function of a symmetric matrix: the theorem of Daleckii and Krein",
        also=(
            "matrix function",
            "divided differences",
            "Loewner",
        ),
        variables=("X in distinct_eigenvalues(n)", "constant W in square(n)"),
        where={
            "lambda_": "eigenvalues(X)",
            "V": "eigenvectors(X)",
            "h": "exp(lambda_)",
            "F": "(outer(h, ones(n)) - outer(ones(n), h)) "
            "/ (outer(lambda_, ones(n)) - outer(ones(n), lambda_) + I(n)) + Diag(h)",
        },
        function="inner(W, expm(X))",
        gradients={"X": "V @ (F * (V.mT @ sym(W) @ V)) @ V.mT"},
        source="N. J. Higham, What Is a Fréchet Derivative? (nhigham.com, 23 June 2020), where the "
        "$F_{ij}$ are the eigenvalues of the derivative; the theorem has its name from arXiv:2505.07987",
        notes=r"$F_{ij} = (h(\lambda_i) - h(\lambda_j)) / (\lambda_i - \lambda_j)$, and on the "
        r"diagonal $h'(\lambda_i)$. The exponential stands for any function $h$.",
        derivation=r"""
= inner(W, V @ (F * (V.mT @ d(X) @ V)) @ V.mT)       # in the basis of the eigenvectors, $\lambda_i^r\,\d X_{ij}\,\lambda_j^s$ adds up to quotients
= inner(V @ (F * (V.mT @ W @ V)) @ V.mT, d(X))       # $V$ is orthogonal, and the factors of an entry may be reordered
# $\d X$ is symmetric, and so is $F$
""",
        outside={
            "X in square(n)": "There need be no orthogonal eigenvectors, and those of the lower "
            "triangle are of no use."
        },
    ),
    Entry(
        name="square-root",
        title="The square root of a positive definite matrix",
        also=(
            "sqrtm",
            "matrix square root",
            "X^{1/2}",
        ),
        variables=("X in spd(n)", "constant W in square(n)"),
        where={"S": "sqrtm(X)", "Z": "sylvester(S, S, sym(W))"},
        function="inner(W, S)",
        gradients={"X": "Z"},
        notes=r"$\operatorname{syl}(A, B, C)$ solves $AX + XB = C$.",
        derivation=r"""
S @ d(S) + d(S) @ S
= d(matrix_power(S, 2))                  # product rule
= d(X)                                   # $S^2 = X$

= inner(sym(W), d(S))                    # $\d S$ is symmetric
= inner(S @ Z + Z @ S, d(S))             # $Z$ is defined so
= inner(Z, S @ d(S) + d(S) @ S)          # $S$ is symmetric
""",
        outside={"X in distinct_eigenvalues(n)": "A negative eigenvalue has no real root."},
    ),
    Entry(
        name="trace-of-square-root",
        title="The trace of a square root",
        also=("sqrtm",),
        variables=("X in spd(n)",),
        where={"S": "sqrtm(X)"},
        function="tr(S)",
        gradients={"X": "inv(S) / 2"},
        derivation=r"""
= tr(inv(S) @ (S @ d(S) + d(S) @ S)) / 2     # a trace may be turned
= tr(inv(S) @ d(X)) / 2                      # the differential of $S^2 = X$
# $S$ is symmetric, and $\operatorname{tr}(A^\top B) = \langle A, B\rangle$
""",
        outside={"X in distinct_eigenvalues(n)": "A negative eigenvalue has no real root."},
    ),
    Entry(
        name="trace-of-logarithm",
        title="The trace of the matrix logarithm",
        also=(
            "logm",
            "matrix log",
        ),
        variables=("X in spd(n)",),
        function="tr(logm(X))",
        gradients={"X": "inv(X)"},
        derivation=r"""
= d(logdet(X))         # the eigenvalues of $\log X$ are $\log\lambda_i$
= tr(inv(X) @ d(X))    # [the logarithm of a determinant](#log-det)
# $X^{-1}$ is symmetric
""",
        outside={"X in positive_definite(n)": FROM_BELOW},
    ),
    Entry(
        name="von-neumann-entropy",
        title="The von Neumann entropy",
        also=(
            "quantum entropy",
            "density matrix",
            "tr(X log X)",
        ),
        variables=("X in spd(n)",),
        where={"L": "logm(X)"},
        function="-tr(X @ L)",
        gradients={"X": "-L - I(n)"},
        derivation=r"""
= -tr(d(X) @ L) - tr(X @ d(L))         # product rule
= -tr(L @ d(X)) - d(tr(expm(L)))       # $X = e^L$, and [the trace of the exponential](#trace-of-exponential)
= -tr((L + I(n)) @ d(X))               # $e^L = X$
# $L$ is symmetric
""",
        outside={"X in distinct_eigenvalues(n)": "A negative eigenvalue has no real logarithm."},
    ),
)
