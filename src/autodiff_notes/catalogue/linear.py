r"""Linear and quadratic functions of a matrix."""

from autodiff_notes.catalogue.entry import Entry

COOKBOOK = "The Matrix Cookbook (2012)"
INNER = r"# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$"

ENTRIES: tuple[Entry, ...] = (
    Entry(
        name="bilinear-in-matrix",
        title="A bilinear form, by its matrix",
        variables=("X in matrix(m, n)", "constant a in vector(m)", "constant b in vector(n)"),
        function="a @ X @ b",
        gradients={"X": "outer(a, b)"},
        source=f"{COOKBOOK}, eq. 70",
        derivation=r"""
= a @ d(X) @ b               # $a$ and $b$ stand still
= tr(outer(b, a) @ d(X))     # a number is its own trace, and a trace may be turned
# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$
""",
    ),
    Entry(
        name="bilinear-in-transpose",
        title="A bilinear form, by the transpose of its matrix",
        variables=("X in matrix(m, n)", "constant a in vector(n)", "constant b in vector(m)"),
        function="a @ X.mT @ b",
        gradients={"X": "outer(b, a)"},
        source=f"{COOKBOOK}, eq. 71",
        derivation=r"""
= a @ d(X).mT @ b    # $a$ and $b$ stand still
= b @ d(X) @ a       # a number is its own transpose
# as [before](#bilinear-in-matrix)
""",
    ),
    Entry(
        name="inner-product-of-images",
        title="The inner product of two images",
        also=("b^T X^T X c",),
        variables=("X in matrix(m, n)", "constant b, c in vector(n)"),
        function="(X @ b) @ (X @ c)",
        gradients={"X": "X @ (outer(b, c) + outer(c, b))"},
        source=f"{COOKBOOK}, eq. 77",
        derivation=r"""
= (d(X) @ b) @ (X @ c) + (X @ b) @ (d(X) @ c)    # product rule
= (X @ c) @ d(X) @ b + (X @ b) @ d(X) @ c        # a number is its own transpose
# $u^\top\,\d X\,v = \langle u v^\top, \d X\rangle$
""",
    ),
    Entry(
        name="bilinear-form-of-images",
        title="A bilinear form of two images",
        variables=(
            "X in matrix(m, n)",
            "constant B in square(m)",
            "constant b, c in vector(n)",
        ),
        function="b @ X.mT @ B @ X @ c",
        gradients={"X": "B.mT @ X @ outer(b, c) + B @ X @ outer(c, b)"},
        source=f"{COOKBOOK}, eq. 82",
        derivation=r"""
= b @ d(X).mT @ B @ X @ c + b @ X.mT @ B @ d(X) @ c             # product rule
= (B @ X @ c) @ d(X) @ b + (B.mT @ X @ b) @ d(X) @ c            # a number is its own transpose
# $u^\top\,\d X\,v = \langle u v^\top, \d X\rangle$
""",
    ),
    Entry(
        name="quadratic-form-of-affine-image",
        title="A quadratic form of an affine image",
        variables=(
            "X in matrix(m, n)",
            "constant B in square(m)",
            "constant b in vector(n)",
            "constant c in vector(m)",
        ),
        function="(X @ b + c) @ B @ (X @ b + c)",
        gradients={"X": "(B + B.mT) @ outer(X @ b + c, b)"},
        source=f"{COOKBOOK}, eq. 83",
        derivation=r"""
= (X @ b + c) @ (B + B.mT) @ d(X @ b + c)    # [a quadratic form](#quadratic-form)
= (X @ b + c) @ (B + B.mT) @ d(X) @ b        # $b$ and $c$ stand still
# $u^\top\,\d X\,v = \langle u v^\top, \d X\rangle$
""",
    ),
    Entry(
        name="inner-product",
        title="The inner product of two matrices",
        also=(
            "Frobenius inner product",
            "sum of the elementwise product",
        ),
        variables=("X in matrix(m, n)", "constant A in matrix(m, n)"),
        function="inner(A, X)",
        gradients={"X": "A"},
        derivation=r"""
= tr(A.mT @ d(X))     # $A$ stands still
# by definition
""",
    ),
    Entry(
        name="trace",
        title="The trace",
        variables=("X in square(n)",),
        function="tr(X)",
        gradients={"X": "I(n)"},
        source=f"{COOKBOOK}, eq. 99",
        derivation=r"""
= tr(I(n) @ d(X))   # the trace is linear
# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$
""",
    ),
    Entry(
        name="trace-of-product",
        title="The trace of a product",
        also=(
            "tr(AX)",
            "tr(XA)",
        ),
        variables=("X in matrix(m, n)", "constant A in matrix(n, m)"),
        function="tr(X @ A)",
        gradients={"X": "A.mT"},
        source=f"{COOKBOOK}, eq. 100",
        derivation=f"""
= tr(A @ d(X))   # a trace may be turned
{INNER}
""",
    ),
    Entry(
        name="trace-of-triple-product",
        title="The trace of a product of three",
        variables=(
            "X in matrix(m, n)",
            "constant A in matrix(p, m)",
            "constant B in matrix(n, p)",
        ),
        function="tr(A @ X @ B)",
        gradients={"X": "A.mT @ B.mT"},
        source=f"{COOKBOOK}, eq. 101",
        derivation=f"""
= tr(A @ d(X) @ B)   # $A$ and $B$ stand still
= tr(B @ A @ d(X))   # a trace may be turned
{INNER}
""",
    ),
    Entry(
        name="trace-with-transpose",
        title="The trace of a product with a transpose",
        variables=(
            "X in matrix(m, n)",
            "constant A in matrix(p, n)",
            "constant B in matrix(m, p)",
        ),
        function="tr(A @ X.mT @ B)",
        gradients={"X": "B @ A"},
        source=f"{COOKBOOK}, eq. 102",
        derivation=f"""
= tr(B @ A @ d(X).mT)       # a trace may be turned
= tr((B @ A).mT @ d(X))     # and transposed
{INNER}
""",
    ),
    Entry(
        name="trace-of-square",
        title="The trace of a square",
        variables=("X in square(n)",),
        function="tr(matrix_power(X, 2))",
        gradients={"X": "2 * X.mT"},
        source=f"{COOKBOOK}, eq. 106",
        derivation=f"""
= tr(d(X) @ X + X @ d(X))   # product rule; the order matters
= 2 * tr(X @ d(X))          # a trace may be turned
{INNER}
""",
    ),
    Entry(
        name="trace-of-square-times",
        title="The trace of a square times a matrix",
        variables=("X in square(n)", "constant B in square(n)"),
        function="tr(matrix_power(X, 2) @ B)",
        gradients={"X": "(X @ B + B @ X).mT"},
        source=f"{COOKBOOK}, eq. 107",
        derivation=f"""
= tr(d(X) @ X @ B) + tr(X @ d(X) @ B)   # product rule
= tr((X @ B + B @ X) @ d(X))            # a trace may be turned
{INNER}
""",
    ),
    Entry(
        name="trace-quadratic",
        title="The trace of a product with the matrix twice",
        variables=(
            "X in matrix(m, n)",
            "constant A in matrix(n, m)",
            "constant B in matrix(n, m)",
        ),
        function="tr(A @ X @ B @ X)",
        gradients={"X": "A.mT @ X.mT @ B.mT + B.mT @ X.mT @ A.mT"},
        source=f"{COOKBOOK}, eq. 114",
        derivation=f"""
= tr(A @ d(X) @ B @ X) + tr(A @ X @ B @ d(X))   # product rule
= tr((B @ X @ A + A @ X @ B) @ d(X))            # a trace may be turned
{INNER}
""",
    ),
    Entry(
        name="trace-of-congruence",
        title="The trace of a congruence",
        also=("tr(X^T B X)",),
        variables=("X in matrix(m, n)", "constant B in square(m)"),
        function="tr(X.mT @ B @ X)",
        gradients={"X": "(B + B.mT) @ X"},
        source=f"{COOKBOOK}, eq. 108",
        derivation=f"""
= tr(d(X).mT @ B @ X) + tr(X.mT @ B @ d(X))       # product rule
= tr(X.mT @ B.mT @ d(X)) + tr(X.mT @ B @ d(X))    # a trace may be transposed
{INNER}
""",
    ),
    Entry(
        name="trace-of-outer-congruence",
        title="The trace of a congruence from the right",
        variables=("X in matrix(m, n)", "constant B in square(n)"),
        function="tr(X @ B @ X.mT)",
        gradients={"X": "X @ (B + B.mT)"},
        source=f"{COOKBOOK}, eq. 111",
        derivation=f"""
= tr(d(X) @ B @ X.mT) + tr(X @ B @ d(X).mT)           # product rule
= tr(B @ X.mT @ d(X)) + tr(B.mT @ X.mT @ d(X))        # turned, and transposed
{INNER}
""",
    ),
    Entry(
        name="trace-of-congruence-times",
        title="The trace of a congruence times a matrix",
        variables=("X in matrix(m, n)", "constant B in square(m)", "constant C in square(n)"),
        function="tr(X.mT @ B @ X @ C)",
        gradients={"X": "B @ X @ C + B.mT @ X @ C.mT"},
        source=f"{COOKBOOK}, eq. 117",
        derivation=f"""
= tr(d(X).mT @ B @ X @ C) + tr(X.mT @ B @ d(X) @ C)        # product rule
= tr((B @ X @ C).mT @ d(X)) + tr(C @ X.mT @ B @ d(X))      # transposed, and turned
{INNER}
""",
    ),
    Entry(
        name="trace-of-five",
        title="The trace of a product of five, the matrix and its transpose among them",
        variables=(
            "X in matrix(m, n)",
            "constant A in matrix(p, m)",
            "constant B in square(n)",
            "constant C in matrix(m, p)",
        ),
        function="tr(A @ X @ B @ X.mT @ C)",
        gradients={"X": "A.mT @ C.mT @ X @ B.mT + C @ A @ X @ B"},
        source=f"{COOKBOOK}, eq. 118",
        derivation=f"""
= tr(A @ d(X) @ B @ X.mT @ C) + tr(A @ X @ B @ d(X).mT @ C)             # product rule
= tr(B @ X.mT @ C @ A @ d(X)) + tr((C @ A @ X @ B).mT @ d(X))           # turned, and transposed
{INNER}
""",
    ),
    Entry(
        name="squared-frobenius-norm",
        title="The squared Frobenius norm",
        also=(
            "weight decay",
            "tr(X^T X)",
            "||X||_F^2",
        ),
        variables=("X in matrix(m, n)",),
        function="norm(X) ** 2",
        gradients={"X": "2 * X"},
        source=f"{COOKBOOK}, eqs 115 and 132",
        derivation=f"""
= d(tr(X.mT @ X))        # by definition
= 2 * tr(X.mT @ d(X))    # product rule, and a trace may be transposed
{INNER}
""",
    ),
    Entry(
        name="frobenius-norm",
        title="The Frobenius norm",
        also=("||X||_F",),
        variables=("X in full_rank(m, n)",),
        function="norm(X)",
        gradients={"X": "X / norm(X)"},
        conditions="It is enough that $X$ is not 0.",
        derivation=f"""
= d(tr(X.mT @ X)) / (2 * norm(X))   # $\\d (u^{{1/2}}) = u^{{-1/2}}\\,\\d u / 2$
= tr(X.mT @ d(X)) / norm(X)         # [the square](#squared-frobenius-norm)
{INNER}
""",
        outside={"X in zero_matrix(m, n)": "At 0 the norm has a corner, and the formula is 0/0."},
    ),
    Entry(
        name="squared-norm-of-affine",
        title="The squared norm of an affine function of a matrix",
        also=("||AXB + C||^2",),
        variables=(
            "X in matrix(m, n)",
            "constant A in matrix(p, m)",
            "constant B in matrix(n, q)",
            "constant C in matrix(p, q)",
        ),
        where={"R": "A @ X @ B + C"},
        function="norm(R) ** 2",
        gradients={"X": "2 * A.mT @ R @ B.mT"},
        source=f"{COOKBOOK}, eq. 119",
        derivation="derive",
    ),
    Entry(
        name="matrix-factorization",
        title="Matrix factorisation, by both factors",
        also=(
            "low-rank approximation",
            "recommender",
            "||X - UV||^2",
            "matrix completion",
        ),
        variables=("constant X in matrix(m, n)", "U in matrix(m, p)", "V in matrix(p, n)"),
        where={"R": "X - U @ V"},
        function="norm(R) ** 2",
        gradients={"U": "-2 * R @ V.mT", "V": "-2 * U.mT @ R"},
        source="Dive into Deep Learning, appendix “Multivariable Calculus”, by V; older versions have "
        "[the wrong sign](#d2l-factorisation)",
        derivation="derive",
    ),
    Entry(
        name="trace-of-kronecker-product",
        title="The trace of a Kronecker product",
        variables=("X in square(n)", "constant A in square(m)"),
        function="tr(kron(A, X))",
        gradients={"X": "tr(A) * I(n)"},
        source=f"{COOKBOOK}, eq. 105",
        derivation=f"""
= d(tr(A) * tr(X))              # the blocks on the diagonal are $A_{{ii}} X$
= tr(A) * tr(I(n) @ d(X))       # [the trace](#trace)
{INNER}
""",
    ),
    Entry(
        name="trace-of-kronecker-square",
        title="The trace of a Kronecker product of a matrix with itself",
        variables=("X in square(n)",),
        function="tr(kron(X, X))",
        gradients={"X": "2 * tr(X) * I(n)"},
        source=f"{COOKBOOK}, eq. 120",
        derivation=f"""
= d(tr(X) ** 2)                     # the blocks on the diagonal are $X_{{ii}} X$
= 2 * tr(X) * tr(I(n) @ d(X))       # chain rule, and [the trace](#trace)
{INNER}
""",
    ),
    Entry(
        name="elementwise-product",
        title="An elementwise product",
        also=("Hadamard product",),
        variables=("X in matrix(m, n)", "constant A, W in matrix(m, n)"),
        function="inner(W, A * X)",
        gradients={"X": "W * A"},
        derivation=r"""
= sum(W * (A * d(X)))   # entry by entry
# the factors of an entry may be reordered
""",
    ),
    Entry(
        name="elementwise-function",
        title="A function applied to every entry",
        also=(
            "activation function",
            "Hadamard",
        ),
        variables=("X in matrix(m, n)", "constant W in matrix(m, n)"),
        function="inner(W, sin(X))",
        gradients={"X": "W * cos(X)"},
        notes=r"The sine stands for any function $\varphi$: the gradient is "
        r"$W \odot \varphi'_{\odot}(X)$.",
        derivation="derive",
    ),
    Entry(
        name="sum-of-entries",
        title="The sum of all entries",
        variables=("X in matrix(m, n)",),
        function="sum(X)",
        gradients={"X": "ones(m, n)"},
        derivation=r"""
= sum(d(X))   # the sum is linear
# every entry has the coefficient 1
""",
    ),
    Entry(
        name="weighted-diagonal",
        title="A weighted sum of the diagonal",
        variables=("X in square(n)", "constant w in vector(n)"),
        function="w @ diag(X)",
        gradients={"X": "Diag(w)"},
        derivation=r"""
= w @ diag(d(X))            # the diagonal is linear
= tr(Diag(w) @ d(X))        # only the diagonal meets the diagonal
# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$
""",
    ),
    Entry(
        name="vector-on-the-diagonal",
        title="A vector put on the diagonal",
        also=("diag embed",),
        variables=("x in vector(n)", "constant W in square(n)"),
        function="inner(W, Diag(x))",
        gradients={"x": "diag(W)"},
        derivation=r"""
= inner(W, Diag(d(x)))   # the matrix is linear in $x$
# off the diagonal there is nothing
""",
    ),
    Entry(
        name="matrix-times-vector",
        title="A matrix times a vector, by both",
        also=(
            "matvec",
            "matrix-vector product",
        ),
        variables=("A in matrix(m, n)", "x in vector(n)", "constant w in vector(m)"),
        function="w @ A @ x",
        gradients={"A": "outer(w, x)", "x": "A.mT @ w"},
        derivation="derive",
    ),
)
