r"""Exercises on eigenvalues, singular values and factors."""

from autodiff_notes.exercises.exercise import Exercise

INNER = r"# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$"
SYMMETRIC = "The gradient is to be symmetric."

PAGES: dict[str, tuple[Exercise, ...]] = {
    "catalogue/spectral": (
        Exercise(
            name="sum-of-squared-eigenvalues",
            title="The sum of the squared eigenvalues",
            variables=("X in symmetric(n)",),
            function="sum(eigenvalues(X) ** 2)",
            gradients={"X": "2 * X"},
            conditions=SYMMETRIC,
            hint="What are the eigenvalues of $X^2$?",
            derivation=r"""
= d(tr(X @ X))             # the squares are the eigenvalues of $X^2$
= 2 * tr(X @ d(X))         # product rule; a trace may be turned
# $X$ is symmetric
""",
        ),
        Exercise(
            name="product-of-cholesky-diagonal",
            title="The product of the diagonal of the Cholesky factor",
            variables=("X in spd(n)",),
            function="prod(diag(cholesky(X)))",
            gradients={"X": "sqrt(det(X)) / 2 * inv(X)"},
            conditions=SYMMETRIC,
            hint="The determinant of a triangular matrix is the product of its diagonal.",
            derivation=r"""
= d(sqrt(det(X)))                                # $\det X = (\det L)^2$
= d(det(X)) / (2 * sqrt(det(X)))                 # $\d \sqrt{u} = \d u / (2 \sqrt u)$
= sqrt(det(X)) / 2 * tr(inv(X) @ d(X))           # [Jacobi](#derivation-jacobi)
# $X^{-1}$ is symmetric
""",
        ),
        Exercise(
            name="sum-of-log-singular-values",
            title="The sum of the logarithms of the singular values",
            variables=("X in invertible(n)",),
            function="sum(log(singular_values(X)))",
            gradients={"X": "inv(X).mT"},
            hint=r"What is the product of the singular values?",
            derivation=f"""
= d(logabsdet(X))            # the product is the absolute value of the determinant
= tr(inv(X) @ d(X))          # [the derivative of log det](#log-abs-det)
{INNER}
""",
        ),
        Exercise(
            name="squared-eigenvalue",
            title="The square of an eigenvalue",
            variables=("X in distinct_eigenvalues(n)", "i in index(n)"),
            where={"lambda_": "eigenvalues(X)[i]", "v": "eigenvectors(X)[:, i]"},
            function="lambda_ ** 2",
            gradients={"X": "2 * lambda_ * outer(v, v)"},
            conditions=SYMMETRIC,
            hint="Unit eigenvectors are the columns of `torch.linalg.eigh(X).eigenvectors`.",
            derivation=r"""
= 2 * lambda_ * d(lambda_)                 # chain rule
= 2 * lambda_ * (v @ d(X) @ v)             # [an eigenvalue](#eigenvalue)
# $v^\top\,\d X\,v = \langle v v^\top, \d X\rangle$
""",
        ),
        Exercise(
            name="spread-of-eigenvalues",
            title="The distance of the largest eigenvalue from the smallest",
            variables=("X in distinct_eigenvalues(n)",),
            where={"v": "eigenvectors(X)[:, n - 1]", "w": "eigenvectors(X)[:, 0]"},
            function="eigenvalues(X)[n - 1] - eigenvalues(X)[0]",
            gradients={"X": "outer(v, v) - outer(w, w)"},
            conditions="The eigenvalues ascend. " + SYMMETRIC,
            derivation=r"""
= v @ d(X) @ v - w @ d(X) @ w        # [an eigenvalue](#eigenvalue), twice
# $v^\top\,\d X\,v = \langle v v^\top, \d X\rangle$
""",
        ),
    ),
}
