r"""Exercises on structured, Kronecker and complex matrices."""

from autodiff_notes.exercises.exercise import Exercise

INNER = r"# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$"
COMPLEX = r"# the inner product is $\operatorname{Re} \operatorname{tr}(A^{\mathsf{H}} B)$"
SCALAR = r"# the inner product is $\operatorname{Re}(\overline{a} b)$"
LOWER = "for i in range(n) for j in range(i + 1)"
PAIRS = r"each free entry once: $\d X_{ij} = \d X_{ji}$"

PAGES: dict[str, tuple[Exercise, ...]] = {
    "catalogue/structure": (
        Exercise(
            name="diagonal-log-det",
            title="The logarithm of the determinant of a diagonal matrix",
            variables=("X in diagonal(n)",),
            function="logabsdet(X)",
            gradients={"X": "inv(X)"},
            free="diagonal",
            derivation="""
= sum(diag(d(X)) / diag(X))          # the logarithm of a product is a sum
# only the diagonal moves
""",
        ),
        Exercise(
            name="symmetric-squared-norm",
            title="The squared norm, by the free entries of a symmetric matrix",
            variables=("X in symmetric(n)",),
            function="norm(X) ** 2",
            gradients={"X": "4 * X - 2 * X * I(n)"},
            free="symmetric",
            hint=r"$A \odot I$ keeps the diagonal of $A$ alone. How often does $X_{ij}$ occur in the sum?",
            derivation=f"""
d(norm(X) ** 2)
= sum(2 * X * d(X))                                                # entry by entry
= sum((4 * X - 2 * X * I(n))[i, j] * d(X)[i, j] {LOWER})           # {PAIRS}
""",
        ),
        Exercise(
            name="symmetric-quadratic-form-by-matrix",
            title="A quadratic form, by the free entries of its matrix",
            variables=("X in symmetric(n)", "constant a in vector(n)"),
            where={"G": "outer(a, a)"},
            function="a @ X @ a",
            gradients={"X": "2 * G - G * I(n)"},
            free="symmetric",
            derivation=f"""
d(a @ X @ a)
= sum(G * d(X))                                             # entry by entry
= sum((2 * G - G * I(n))[i, j] * d(X)[i, j] {LOWER})        # {PAIRS}
""",
        ),
        Exercise(
            name="symmetric-trace-of-inverse",
            title="The trace of the inverse, by the free entries of a symmetric matrix",
            variables=("X in spd(n)",),
            where={"G": "-inv(X) @ inv(X)"},
            function="tr(inv(X))",
            gradients={"X": "2 * G - G * I(n)"},
            free="symmetric",
            derivation=f"""
d(tr(inv(X)))
= -tr(inv(X) @ d(X) @ inv(X))                               # [the inverse](#derivation-inverse)
= sum(G * d(X))                                             # a trace may be turned
= sum((2 * G - G * I(n))[i, j] * d(X)[i, j] {LOWER})        # {PAIRS}
""",
        ),
    ),
    "catalogue/kronecker": (
        Exercise(
            name="squared-norm-of-kronecker-product",
            title="The squared norm of a Kronecker product",
            variables=("X in matrix(m, n)", "constant A in matrix(p, q)"),
            function="norm(kron(A, X)) ** 2",
            gradients={"X": "2 * norm(A) ** 2 * X"},
            hint="The entries of the product are the products of an entry of $A$ and one of $X$.",
            derivation=r"""
= norm(A) ** 2 * d(norm(X) ** 2)          # every entry of $A$ meets every entry of $X$
= 2 * norm(A) ** 2 * inner(X, d(X))       # [the squared norm](#squared-frobenius-norm)
# numbers may change places with matrices
""",
        ),
        Exercise(
            name="determinant-of-kronecker-product",
            title="The determinant of a Kronecker product",
            variables=("X in invertible(n)", "constant A in invertible(m)"),
            function="det(kron(A, X))",
            gradients={"X": "m * det(kron(A, X)) * inv(X).mT"},
            hint=r"$\det(A \otimes X) = (\det A)^n (\det X)^m$ for $A$ of size $m$ and $X$ of size $n$.",
            derivation=f"""
= d(det(A) ** n * det(X) ** m)                              # the determinant of a Kronecker product
= m * det(A) ** n * det(X) ** (m - 1) * d(det(X))           # chain rule
= m * det(kron(A, X)) * tr(inv(X) @ d(X))                   # [Jacobi](#derivation-jacobi)
{INNER}
""",
        ),
        Exercise(
            name="trace-of-kronecker-products",
            title="The trace of a product of Kronecker products",
            variables=("X in square(n)", "constant A, B in square(m)"),
            function="tr(kron(A, X) @ kron(B, X))",
            gradients={"X": "2 * tr(A @ B) * X.mT"},
            hint=r"$(A \otimes X)(B \otimes X) = AB \otimes XX$.",
            derivation=f"""
= tr(A @ B) * d(tr(X @ X))              # of Kronecker products, multiply the factors
= 2 * tr(A @ B) * tr(X @ d(X))          # [the trace of a square](#trace-of-square)
{INNER}
""",
        ),
        Exercise(
            name="quadratic-form-of-vec",
            title="A quadratic form of a matrix laid out as a vector",
            variables=("X in matrix(m, n)", "constant A in square(m)", "constant B in square(n)"),
            function="vec(X) @ kron(A, B) @ vec(X)",
            gradients={"X": "A @ X @ B.mT + A.mT @ X @ B"},
            hint=r"Row by row, $\operatorname{vec}(AXB^\top) = (A \otimes B) \operatorname{vec}(X)$.",
            derivation=r"""
= d(inner(X, A @ X @ B.mT))                                        # $\operatorname{vec}(AXB^\top) = (A \otimes B) \operatorname{vec}(X)$
= inner(d(X), A @ X @ B.mT) + inner(X, A @ d(X) @ B.mT)            # product rule
# $\langle X, AVB^\top\rangle = \langle A^\top X B, V\rangle$
""",
        ),
    ),
    "catalogue/complex": (
        Exercise(
            name="complex-linear-function",
            title="The real part of a linear function",
            variables=("z in complex_scalar()", "constant a in complex_scalar()"),
            function="re(a * z)",
            gradients={"z": "conj(a)"},
            derivation=f"""
= re(a * d(z))        # $a$ stands still
{SCALAR}
""",
        ),
        Exercise(
            name="fourth-power-of-modulus",
            title="The fourth power of the modulus",
            variables=("z in complex_scalar()",),
            function="abs2(z) ** 2",
            gradients={"z": "4 * abs2(z) * z"},
            derivation=f"""
= 2 * abs2(z) * d(abs2(z))                  # chain rule
= 4 * abs2(z) * re(conj(z) * d(z))          # [the squared modulus](#squared-modulus)
{SCALAR}
""",
        ),
        Exercise(
            name="real-part-of-cube",
            title="The real part of a cube",
            variables=("z in complex_scalar()",),
            function="re(z ** 3)",
            gradients={"z": "3 * conj(z ** 2)"},
            derivation=f"""
= re(3 * z ** 2 * d(z))        # chain rule
{SCALAR}
""",
        ),
        Exercise(
            name="complex-trace-of-product",
            title="The real part of the trace of a product",
            variables=("X in complex_matrix(m, n)", "constant A in complex_matrix(n, m)"),
            function="re(tr(A @ X))",
            gradients={"X": "A.mH"},
            derivation=f"""
= re(tr(A @ d(X)))        # $A$ stands still
{COMPLEX}
""",
        ),
        Exercise(
            name="complex-gram-norm",
            title="The squared norm of a complex Gram matrix",
            variables=("X in complex_matrix(m, n)",),
            function="norm(X.mH @ X) ** 2",
            gradients={"X": "4 * X @ X.mH @ X"},
            hint=r"The Gram matrix is its own conjugate transpose.",
            derivation=f"""
= 2 * re(tr(X.mH @ X @ (d(X).mH @ X + X.mH @ d(X))))       # the squared norm, product rule
= 4 * re(tr(X.mH @ X @ X.mH @ d(X)))                       # a trace and its conjugate have one real part
{COMPLEX}
""",
        ),
    ),
}
