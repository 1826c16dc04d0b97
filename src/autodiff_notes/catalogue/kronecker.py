r"""Jacobians of maps between matrices, and Kronecker products."""

from autodiff_notes.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(
        name="jacobian-of-product",
        title="The Jacobian of a matrix product, row by row",
        also=(
            "vec(AXB)",
            "Kronecker row-major",
            "A ⊗ B^T",
        ),
        variables=(
            "X in matrix(m, n)",
            "constant A in matrix(p, m)",
            "constant B in matrix(n, q)",
        ),
        function="vec(A @ X @ B)",
        gradients={"X": "kron(A, B.mT)"},
        notes=r"$\operatorname{vec}$ lays a matrix out row by row, as PyTorch does. "
        "[Column by column](#jacobian-of-product-by-columns) the factors change places.",
        derivation=r"""
= vec(A @ d(X) @ B)     # linear
# $\operatorname{vec}(AYB) = (A \otimes B^\top) \operatorname{vec}(Y)$
""",
    ),
    Entry(
        name="jacobian-of-product-by-columns",
        title="The Jacobian of a matrix product, column by column",
        also=(
            "vec(AXB)",
            "Kronecker column-major",
            "B^T ⊗ A",
        ),
        variables=(
            "Y in matrix(n, m)",
            "constant A in matrix(p, m)",
            "constant B in matrix(n, q)",
        ),
        function="vec((A @ Y.mT @ B).mT)",
        gradients={"Y": "kron(B.mT, A)"},
        notes=r"With $Y = X^\top$, $\operatorname{vec}(Y)$ is $X$ laid out column by column, and so is "
        "the product: this is the form of most textbooks. "
        "[Row by row](#jacobian-of-product) the factors change places.",
        derivation=r"""
= vec(B.mT @ d(Y) @ A.mT)     # linear, and transposed
# $\operatorname{vec}(AYB) = (A \otimes B^\top) \operatorname{vec}(Y)$
""",
    ),
    Entry(
        name="jacobian-of-square",
        title="The Jacobian of a square",
        variables=("X in square(n)",),
        function="vec(matrix_power(X, 2))",
        gradients={"X": "kron(I(n), X.mT) + kron(X, I(n))"},
        derivation=r"""
= vec(d(X) @ X + X @ d(X))     # product rule; the order matters
# [the Jacobian of a product](#jacobian-of-product), twice
""",
    ),
    Entry(
        name="jacobian-of-inverse",
        title="The Jacobian of an inverse",
        variables=("X in invertible(n)",),
        function="vec(inv(X))",
        gradients={"X": "-kron(inv(X), inv(X).mT)"},
        derivation="derive",
    ),
    Entry(
        name="kronecker-product",
        title="A linear function of a Kronecker product, by both factors",
        also=(
            "kron",
            "torch.kron",
        ),
        variables=(
            "A in matrix(m, n)",
            "B in matrix(p, q)",
            "constant K in matrix(m * p, n * q)",
        ),
        function="inner(K, kron(A, B))",
        gradients={
            "A": "sum(inner(K[i * p : (i + 1) * p, j * q : (j + 1) * q], B) "
            "* outer(basis(i, m), basis(j, n)) for i in range(m) for j in range(n))",
            "B": "sum(A[i, j] * K[i * p : (i + 1) * p, j * q : (j + 1) * q] "
            "for i in range(m) for j in range(n))",
        },
        notes="What is cut out of $K$ is its block in place $(i, j)$, of the shape of $B$.",
        derivation=r"""
= inner(K, kron(d(A), B)) + inner(K, kron(A, d(B)))     # product rule
= sum(inner(K[i * p : (i + 1) * p, j * q : (j + 1) * q], d(A)[i, j] * B + A[i, j] * d(B))
   for i in range(m) for j in range(n))                 # block by block
# an inner product is linear in either factor
""",
    ),
    Entry(
        name="log-det-of-kronecker-product",
        title="The logarithm of the determinant of a Kronecker product",
        also=(
            "kron",
            "matrix normal distribution",
        ),
        variables=("A in invertible(m)", "B in invertible(n)"),
        function="logabsdet(kron(A, B))",
        gradients={"A": "n * inv(A).mT", "B": "m * inv(B).mT"},
        derivation=r"""
= tr(kron(inv(A), inv(B)) @ (kron(d(A), B) + kron(A, d(B))))        # [the determinant](#log-abs-det), and $(A \otimes B)^{-1} = A^{-1} \otimes B^{-1}$
= tr(kron(inv(A) @ d(A), I(n))) + tr(kron(I(m), inv(B) @ d(B)))     # $(A \otimes B)(C \otimes D) = AC \otimes BD$
= n * tr(inv(A) @ d(A)) + m * tr(inv(B) @ d(B))                     # [the trace](#trace-of-kronecker-product)
# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$
""",
    ),
)
