"""Determinants, inverses, factorisations and spectra, where a matrix is singular or ties."""

from functools import partial

from autodiff_notes.engines.case import Case
from autodiff_notes.engines.truths import Ball, Convention, Exact, Subgradients

case = partial(Case, family="matrices")

DET = ("parting/det-singular", "catalogue/determinants#determinant-at-singular")
EQUAL = ("parting/repeated-eigenvalues", "catalogue/spectral#function-of-singular-values")
TABLE = ("parting/symmetric-arguments",)

SINGULAR = [[1.0, 2.0], [2.0, 4.0]]
IDENTITY = [[1.0, 0.0], [0.0, 1.0]]
COFACTORS = "The gradient of a determinant is the matrix of cofactors, singular or not."
INVERSE = "Programs that write it as $\\det(X) X^{-\\top}$ need an inverse, which there is not."
TRIANGLES = (
    "Only symmetric changes are measured, so that three tables pass for the gradient: a symmetric"
    " one, or all of it in the triangle that the program reads."
)

CASES = (
    case(
        key="det-singular",
        question="The gradient of det at a singular matrix",
        function=r"\det X",
        reference="det(X)",
        point={"X": SINGULAR},
        truth=Exact("[[4, -2], [-2, 1]]"),
        why=f"{COFACTORS} {INVERSE}",
        pages=DET,
    ),
    case(
        key="det-written-out",
        question="The gradient of a determinant that is written out",
        function=r"X_{11} X_{22} - X_{12} X_{21}",
        reference="X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0]",
        point={"X": SINGULAR},
        truth=Exact("[[4, -2], [-2, 1]]"),
        why="As a sum of products it needs no inverse.",
        pages=DET,
        instead_of="det-singular",
    ),
    case(
        key="det-zero-column",
        question="The gradient of det at a matrix with a column of zeros",
        function=r"\det X",
        reference="det(X)",
        point={"X": [[0.0, 1.0], [0.0, 3.0]]},
        truth=Exact("[[3, 0], [-1, 0]]"),
        why=f"{COFACTORS} {INVERSE}",
        pages=DET,
    ),
    case(
        key="det-corner",
        question="The gradient of det at a matrix with a single one",
        function=r"\det X",
        reference="det(X)",
        point={"X": [[1.0, 0.0], [0.0, 0.0]]},
        truth=Exact("[[0, 0], [0, 1]]"),
        why=f"{COFACTORS} {INVERSE}",
        pages=DET,
    ),
    case(
        key="det-of-three",
        question="The gradient of det at the matrix from 1 to 9",
        function=r"\det X",
        reference="det(X)",
        point={"X": [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]},
        truth=Exact("[[-3, 6, -3], [6, -12, 6], [-3, 6, -3]]"),
        why=f"{COFACTORS} Rounding may leave a determinant of 1e-16, and a huge inverse times it.",
        pages=DET,
    ),
    case(
        key="det-zero-matrix",
        question="The gradient of det at the zero matrix",
        function=r"\det X",
        reference="det(X)",
        point={"X": [[0.0, 0.0], [0.0, 0.0]]},
        truth=Exact("[[0, 0], [0, 0]]"),
        why=f"{COFACTORS} Those of the zero matrix are zero.",
        pages=DET,
    ),
    case(
        key="det-regular",
        question="The gradient of det at a regular matrix",
        function=r"\det X",
        reference="det(X)",
        point={"X": [[1.0, 2.0], [3.0, 4.0]]},
        truth=Exact("[[4, -3], [-2, 1]]"),
        why=f"{COFACTORS} Here all formulas agree.",
        pages=DET,
    ),
    case(
        key="det-hessian-singular",
        question="The second derivatives of det at a singular matrix",
        function=r"\nabla^2 \det X",
        reference="det(X)",
        point={"X": SINGULAR},
        of="hessian",
        truth=Exact("[[0, 0, 0, 1], [0, 0, -1, 0], [0, -1, 0, 0], [1, 0, 0, 0]]"),
        why="For two rows det is $X_{11} X_{22} - X_{12} X_{21}$, whose second derivatives are 1"
        " and -1, by the entries row after row.",
        pages=DET,
    ),
    case(
        key="det-hessian-of-ones",
        question="The sum of all second derivatives of det by the first entry, at ones",
        function=r"\sum_{kl} \frac{\partial^2 \det X}{\partial X_{11} \partial X_{kl}} k l",
        reference="(X[1, 1] * X[2, 2] - X[1, 2] * X[2, 1])",
        point={"X": [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]},
        truth=Exact("[[0, 0, 0], [0, 1, -1], [0, -1, 1]]"),
        why="The derivative by the first entry is its cofactor $X_{22} X_{33} - X_{23} X_{32}$,"
        " and here is the gradient of that. The matrix of ones has rank one.",
        pages=DET,
    ),
    case(
        key="log-abs-det-negative",
        question="The gradient of log |det| where the determinant is negative",
        function=r"\log |\det X|",
        reference="log(abs(det(X)))",
        point={"X": [[1.0, 2.0], [3.0, 4.0]]},
        truth=Exact("[[-2, 3/2], [1, -1/2]]"),
        why="The gradient is $X^{-\\top}$ on both signs.",
        pages=DET,
    ),
    case(
        key="logdet-negative",
        question="The gradient of log det where the determinant is negative",
        function=r"\log \det X",
        reference="log(det(X))",
        point={"X": [[1.0, 2.0], [3.0, 4.0]]},
        truth=Exact(
            "[[nan, nan], [nan, nan]]", also={"that of log |det|": "[[-2, 3/2], [1, -1/2]]"}
        ),
        why="The logarithm of -2 is no real number, so that there is no slope.",
        pages=DET,
    ),
    case(
        key="log-abs-det-singular",
        question="The gradient of log |det| at a singular matrix",
        function=r"\log |\det X|",
        reference="log(abs(det(X)))",
        point={"X": SINGULAR},
        truth=Exact(
            "[[nan, nan], [nan, nan]]",
            also={
                "the limit from positive determinants": "[[inf, -inf], [-inf, inf]]",
                "the limit from negative determinants": "[[-inf, inf], [inf, -inf]]",
            },
            side={"X": [[1, 0], [0, 2]]},
        ),
        why="The value is minus infinity. Its slopes are infinite, with signs that depend on the"
        " side from which the matrix comes.",
        pages=DET,
    ),
    case(
        key="inverse-singular",
        pages=("catalogue/inverses#inverse",),
        question="The gradient of the inverse at a singular matrix",
        function=r"\sum_{ij} (X^{-1})_{ij}",
        reference="total(inverse(X))",
        point={"X": SINGULAR},
        truth=Exact("[[nan, nan], [nan, nan]]", side={"X": [[1, 0], [0, 2]]}),
        why="There is no inverse: a numeric answer is a mistake, and an error is the best answer.",
    ),
    case(
        key="solve-singular",
        pages=("catalogue/inverses#linear-system",),
        question="The gradient of a solution by the right side, with a singular matrix",
        function=r"\sum_i (A^{-1} b)_i, \quad A = \begin{pmatrix} 1 & 2 \\ 2 & 4 \end{pmatrix}",
        reference="sum(solve([[1, 2], [2, 4]], b))",
        point={"b": [1.0, 1.0]},
        truth=Exact("[nan, nan]"),
        why="There is no solution, and no slope of one.",
    ),
    case(
        key="inverse-regular",
        question="The gradient of the inverse's trace",
        function=r"\operatorname{tr} X^{-1}",
        reference="trace(inverse(X))",
        point={"X": [[2.0, 1.0], [0.0, 1.0]]},
        truth=Exact("[[-1/4, 0], [3/4, -1]]"),
        why="The gradient is $-(X^{-2})^\\top$; a transpose that is missing shows.",
    ),
    case(
        key="pinv-of-rank-one",
        question="The gradient of the pseudoinverse at a matrix of rank one",
        function=r"\sum_{ij} (X^+)_{ij}",
        reference="total(inverse(X))",
        point={"X": [[1.0, 0.0], [0.0, 0.0]]},
        truth=Exact(
            "[[nan, nan], [nan, nan]]",
            also={"among matrices of the same rank": "[[-1, 1], [1, 0]]"},
            side={"X": [[0, 1], [2, 3]]},
        ),
        why="The pseudoinverse jumps where the rank does. Among matrices of the same rank it is"
        " smooth, and that formula is used.",
    ),
    case(
        key="matrix-power-zero",
        question="The gradient of a matrix to the power of zero",
        function=r"\sum_{ij} (X^0)_{ij}",
        reference="2 + 0 * X[0, 0]",
        point={"X": SINGULAR},
        truth=Exact("[[0, 0], [0, 0]]"),
        why="The power is the identity, whatever the matrix is.",
    ),
    case(
        key="expm-at-zero",
        question="The gradient of the matrix exponential at zero",
        function=r"\sum_{ij} (e^X)_{ij}",
        reference="total(expm(X))",
        point={"X": [[0.0, 0.0], [0.0, 0.0]]},
        truth=Exact("[[1, 1], [1, 1]]"),
        why="At zero the derivative is the identity map; eigenvalues there are equal.",
    ),
    case(
        key="cholesky-triangle",
        question="The gradient of a Cholesky factor: which triangle",
        function=r"\sum_{ij} L_{ij}, \quad L L^\top = A",
        reference="total(cholesky(A))",
        point={"A": [[4.0, 2.0], [2.0, 5.0]]},
        truth=Convention(
            {
                "symmetric": "[[3/16, 1/8], [1/8, 1/4]]",
                "in the lower triangle": "[[3/16, 0], [1/4, 1/4]]",
                "in the upper triangle": "[[3/16, 1/4], [0, 1/4]]",
            },
            motion="symmetric",
        ),
        why=TRIANGLES,
        pages=TABLE,
    ),
    case(
        key="cholesky-reads",
        question="The Cholesky factor of a matrix that is not symmetric: what is read",
        function=r"L_{21}, \quad L L^\top = A",
        point={"A": [[4.0, 2.0], [0.0, 5.0]]},
        of="value",
        truth=Convention(
            {"the lower triangle": "0", "the mean of both": "1/2", "the upper triangle": "1"}
        ),
        why="The entry is what is read below the diagonal, 0, 1 or 2, divided by two.",
        pages=TABLE,
    ),
    case(
        key="cholesky-indefinite",
        question="The gradient of a Cholesky factor of an indefinite matrix",
        function=r"\sum_{ij} L_{ij}, \quad L L^\top = A",
        reference="total(cholesky(A))",
        point={"A": [[1.0, 2.0], [2.0, 1.0]]},
        truth=Exact("[[nan, nan], [nan, nan]]"),
        why="There is no real factor: an error or NaN says so, finite numbers do not.",
    ),
    case(
        key="eigh-triangle",
        question="The gradient of the largest eigenvalue: which triangle",
        function=r"\lambda_{\max}(A)",
        reference="max(eigenvalues(A))",
        point={"A": [[2.0, 1.0], [1.0, 2.0]]},
        truth=Convention(
            {
                "symmetric": "[[1/2, 1/2], [1/2, 1/2]]",
                "in the lower triangle": "[[1/2, 0], [1, 1/2]]",
                "in the upper triangle": "[[1/2, 1], [0, 1/2]]",
            },
            motion="symmetric",
        ),
        why=TRIANGLES,
        pages=TABLE,
    ),
    case(
        key="eigh-reads",
        question="The largest eigenvalue of a matrix that is not symmetric: what is read",
        function=r"\lambda_{\max}(A)",
        point={"A": [[1.0, 2.0], [0.0, 3.0]]},
        of="value",
        truth=Convention(
            {
                "the lower triangle": "3",
                "the mean of both": "2 + sqrt(2)",
                "the upper triangle": "2 + sqrt(5)",
            }
        ),
        why="A symmetric solver reads one triangle, or averages both.",
        pages=TABLE,
    ),
    case(
        key="eigenvalue-sum-at-identity",
        question="The gradient of the sum of eigenvalues at the identity",
        function=r"\sum_i \lambda_i(A)",
        reference="trace(A)",
        point={"A": IDENTITY},
        truth=Exact("[[1, 0], [0, 1]]"),
        why="The sum is the trace, smooth also where eigenvalues are equal.",
        pages=EQUAL,
    ),
    case(
        key="eigenvectors-at-identity",
        question="The gradient of a loss of eigenvectors at the identity",
        function=r"\sum_{ij} W_{ij} V_{ij}^2, \quad W = \begin{pmatrix} 1 & 2 \\ 3 & 5"
        r" \end{pmatrix}",
        reference="sum(w * v**2 for w, v in zip((1, 2, 3, 5), eigenvectors(A)))",
        point={"A": IDENTITY},
        truth=Exact(
            "[[nan, nan], [nan, nan]]",
            also={"zero": "[[0, 0], [0, 0]]"},
            side={"A": [[1, 2], [2, 3]]},
        ),
        why="Every basis is one of eigenvectors, so that none has a derivative.",
        pages=EQUAL,
    ),
    case(
        key="eigenvalues-defective",
        question="The gradient of the sum of eigenvalues at a defective matrix",
        function=r"\sum_i \lambda_i(X)",
        reference="trace(X)",
        point={"X": [[1.0, 1.0], [0.0, 1.0]]},
        truth=Exact("[[1, 0], [0, 1]]"),
        why="The sum is the trace; each eigenvalue alone has an infinite slope here.",
        pages=EQUAL,
    ),
    case(
        key="eigenvalue-sum-by-trace",
        question="The gradient of the trace at a defective matrix",
        function=r"\operatorname{tr} X",
        reference="trace(X)",
        point={"X": [[1.0, 1.0], [0.0, 1.0]]},
        truth=Exact("[[1, 0], [0, 1]]"),
        why="A symmetric function of eigenvalues is one of the entries, and needs no factorisation.",
        pages=EQUAL,
        instead_of="eigenvalues-defective",
    ),
    case(
        key="svd-product-at-identity",
        question="The gradient of a singular value decomposition, put together, at the identity",
        function=r"\sum_{ij} W_{ij} (U S V^\top)_{ij}, \quad W = \begin{pmatrix} 1 & 2 \\ 3 & 4"
        r" \end{pmatrix}",
        reference="X[0, 0] + 2 * X[0, 1] + 3 * X[1, 0] + 4 * X[1, 1]",
        point={"X": IDENTITY},
        truth=Exact("[[1, 2], [3, 4]]"),
        why="The product of the factors is $X$ itself. A quotient by $s_i^2 - s_j^2$ is 1/0 where"
        " singular values are equal.",
        pages=EQUAL,
    ),
    case(
        key="singular-value-sum-at-identity",
        question="The gradient of the sum of singular values at the identity",
        function=r"\sum_i s_i(X)",
        reference="sum(singular_values(X))",
        point={"X": IDENTITY},
        truth=Exact("[[1, 0], [0, 1]]"),
        why="The gradient is $U V^\\top$, the same for every choice of singular vectors.",
        pages=EQUAL,
    ),
    case(
        key="singular-value-sum-of-rank-one",
        question="The gradient of the sum of singular values at a matrix of rank one",
        function=r"\sum_i s_i(X)",
        reference="sum(singular_values(X))",
        point={"X": [[1.0, 0.0], [0.0, 0.0]]},
        truth=Subgradients(
            {
                "towards positive determinants": "[[1, 0], [0, 1]]",
                "towards negative determinants": "[[1, 0], [0, -1]]",
            }
        ),
        why="A singular value of zero has a kink, as the absolute value has.",
        pages=EQUAL,
    ),
    case(
        key="singular-values-of-zero",
        question="The gradient of the sum of singular values at the zero matrix",
        function=r"\sum_i s_i(X)",
        reference="sum(singular_values(X))",
        point={"X": [[0.0, 0.0], [0.0, 0.0]]},
        truth=Ball("spectral", also={"the identity": "[[1, 0], [0, 1]]"}),
        why="Every matrix of spectral norm one at most is a subgradient; factors that are"
        " identities give the identity.",
        pages=EQUAL,
    ),
    case(
        key="squared-singular-values",
        question="The gradient of the sum of squared singular values at the identity",
        function=r"\sum_i s_i(X)^2",
        reference="sum(s**2 for s in singular_values(X))",
        point={"X": IDENTITY},
        truth=Exact("[[2, 0], [0, 2]]"),
        why="The sum is that of the squared entries, smooth everywhere.",
        pages=EQUAL,
    ),
    case(
        key="squared-entries",
        question="The gradient of the sum of squared entries at the identity",
        function=r"\sum_{ij} X_{ij}^2",
        reference="total([a**2 for a in X])",
        point={"X": IDENTITY},
        truth=Exact("[[2, 0], [0, 2]]"),
        why="The squared Frobenius norm needs no factorisation.",
        pages=EQUAL,
        instead_of="squared-singular-values",
    ),
    case(
        key="spectral-norm",
        question="The gradient of the spectral norm",
        function=r"\|X\|_2",
        reference="max(singular_values(X))",
        point={"X": [[2.0, 0.0], [0.0, 1.0]]},
        truth=Exact("[[1, 0], [0, 0]]"),
        why="The gradient is $u v^\\top$ of the largest singular value.",
        pages=EQUAL,
    ),
    case(
        key="qr-square",
        question="The gradient of the squared factor R of a regular matrix",
        function=r"\sum_{ij} R_{ij}^2, \quad Q R = X",
        reference="total([a**2 for a in X])",
        point={"X": [[1.0, 2.0], [3.0, 4.0]]},
        truth=Exact("[[2, 4], [6, 8]]"),
        why="The sum is that of the squared entries of $X$, since $Q$ keeps lengths.",
    ),
    case(
        key="qr-wide",
        question="The gradient of the squared factor R of a wide matrix",
        function=r"\sum_{ij} R_{ij}^2, \quad Q R = X",
        reference="total([a**2 for a in X])",
        point={"X": [[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]},
        truth=Exact("[[2, 4, 6], [8, 10, 14]]"),
        why="As for a square matrix; some engines have no rule for more columns than rows.",
    ),
    case(
        key="qr-singular",
        question="The gradient of the squared factor R of a singular matrix",
        function=r"\sum_{ij} R_{ij}^2, \quad Q R = X",
        reference="total([a**2 for a in X])",
        point={"X": [[1.0, 0.0], [2.0, 0.0]]},
        truth=Exact("[[2, 0], [4, 0]]"),
        why="The sum is smooth, but rules for QR solve with $R$, which is singular.",
    ),
    case(
        key="lstsq-by-right-side",
        question="The gradient of least squares by the right side",
        function=r"\sum_i (A^+ b)_i, \quad A = \begin{pmatrix} 1 & 0 \\ 0 & 2 \\ 0 & 0"
        r" \end{pmatrix}",
        reference="b[0] + b[1] / 2 + 0 * b[2]",
        point={"b": [1.0, 2.0, 3.0]},
        truth=Exact("[1, 1/2, 0]"),
        why="The solution is linear in the right side.",
    ),
    case(
        key="lstsq-of-rank-one",
        question="The gradient of least squares by the right side, with a matrix of rank one",
        function=r"\sum_i (A^+ b)_i, \quad A = \begin{pmatrix} 1 & 0 \\ 0 & 0 \\ 0 & 0"
        r" \end{pmatrix}",
        reference="b[0] + 0 * b[1] + 0 * b[2]",
        point={"b": [1.0, 2.0, 3.0]},
        truth=Exact("[1, 0, 0]"),
        why="The shortest solution is linear in the right side, also where others exist.",
    ),
    case(
        key="det-of-ones",
        question="The gradient of det at the matrix of ones",
        function=r"\det X",
        reference="det(X)",
        point={"X": [[1.0, 1.0], [1.0, 1.0]]},
        truth=Exact("[[1, -1], [-1, 1]]"),
        why=f"{COFACTORS} {INVERSE}",
        pages=DET,
    ),
    case(
        key="det-singular-with-graph",
        question="The gradient of det at a singular matrix, to be differentiated again",
        function=r"\det X",
        reference="det(X)",
        point={"X": SINGULAR},
        truth=Exact("[[4, -2], [-2, 1]]"),
        why=f"{COFACTORS} A gradient that is recorded for a second one may be computed by another"
        " formula than one that is not.",
        pages=DET,
    ),
    case(
        key="inverse-singular-value",
        pages=("catalogue/inverses#inverse",),
        question="The inverse of a singular matrix",
        function=r"X^{-1}",
        reference="[a for a in inverse(X)]",
        point={"X": SINGULAR},
        of="value",
        truth=Exact(
            "[[nan, nan], [nan, nan]]",
            also={
                "the limit from positive determinants": "[[inf, -inf], [-inf, inf]]",
                "the limit from negative determinants": "[[-inf, inf], [inf, -inf]]",
            },
            side={"X": [[1, 0], [0, 2]]},
        ),
        why="There is none: what is computed should say so, by an error, NaN or infinity.",
    ),
    case(
        key="eigh-unsymmetric",
        question="The gradient of the largest eigenvalue of a matrix that is not symmetric",
        function=r"\lambda_{\max}(A)",
        point={"A": [[1.0, 2.0], [0.0, 3.0]]},
        truth=Convention(
            {
                "of the lower triangle": "[[0, 0], [0, 1]]",
                "of the mean of both": "[[(2 - sqrt(2)) / 4, sqrt(2) / 4],"
                " [sqrt(2) / 4, (2 + sqrt(2)) / 4]]",
                "of the upper triangle": "[[(5 - sqrt(5)) / 10, 2 / sqrt(5)],"
                " [0, (5 + sqrt(5)) / 10]]",
                "of the upper triangle, symmetric": "[[(5 - sqrt(5)) / 10, 1 / sqrt(5)],"
                " [1 / sqrt(5), (5 + sqrt(5)) / 10]]",
            }
        ),
        why="A symmetric solver reads one triangle, or averages both, and the gradient belongs to the"
        " matrix that it has read.",
        pages=TABLE,
    ),
    case(
        key="eigenvectors-without-choice",
        question="The gradient of a loss of eigenvectors that is constant, at the identity",
        function=r"\sum_{ij} W_{ij} V_{ij}^2, \quad W = \begin{pmatrix} 1 & 2 \\ 3 & 4"
        r" \end{pmatrix}",
        reference="sum(w * v**2 for w, v in zip((1, 2, 3, 4), eigenvectors(A)))",
        point={"A": IDENTITY},
        truth=Exact("[[0, 0], [0, 0]]"),
        why="Rows and columns of squared eigenvectors add up to one, and these weights are sums of one"
        " for the row and one for the column, so that the loss is 5 whatever the basis is.",
        pages=EQUAL,
    ),
    case(
        key="svd-null-vector",
        question="The gradient of the last right singular vector of a wide matrix",
        function=r"V_{13}^2, \quad X = U S V^\top",
        reference="(X[0, 1] * X[1, 2] - X[0, 2] * X[1, 1]) ** 2"
        " / ((X[0, 1] * X[1, 2] - X[0, 2] * X[1, 1]) ** 2"
        " + (X[0, 2] * X[1, 0] - X[0, 0] * X[1, 2]) ** 2"
        " + (X[0, 0] * X[1, 1] - X[0, 1] * X[1, 0]) ** 2)",
        point={"X": [[1.0, 2.0, 0.0], [0.0, 1.0, 1.0]]},
        truth=Exact("[[-4/9, 2/9, -2/9], [4/9, -2/9, 2/9]]"),
        why="The last vector of the full decomposition spans the null space, which moves with the"
        " matrix; its square has no sign to choose. Here it is the cross product of the rows.",
        pages=EQUAL,
    ),
    case(
        key="svd-product-of-three",
        question="The gradient of a singular value decomposition of three rows, put together",
        function=r"\sum_{ij} W_{ij} (U S V^\top)_{ij}, \quad W = \begin{pmatrix} 1 & 2 & 3 \\ 4 & 5 &"
        r" 6 \\ 7 & 8 & 9 \end{pmatrix}",
        reference="total([w * x for w, x in zip((1, 2, 3, 4, 5, 6, 7, 8, 9), X)])",
        point={"X": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]},
        truth=Exact("[[1, 2, 3], [4, 5, 6], [7, 8, 9]]"),
        why="The product of the factors is $X$ itself, at the identity as elsewhere.",
        pages=EQUAL,
    ),
    case(
        key="eigh-value-beside-gradient",
        question="The largest eigenvalue of a matrix that is not symmetric, as it is beside its gradient",
        function=r"\lambda_{\max}(A)",
        point={"A": [[1.0, 2.0], [0.0, 3.0]]},
        of="value",
        truth=Convention(
            {
                "the lower triangle": "3",
                "the mean of both": "2 + sqrt(2)",
                "the upper triangle": "2 + sqrt(5)",
            }
        ),
        why="A value should be one and the same, whether a gradient is recorded or not. JAX is asked"
        " here not to average, by `symmetrize_input=False`.",
        pages=TABLE,
    ),
    case(
        key="cholesky-indefinite-value",
        question="The Cholesky factor of an indefinite matrix",
        function=r"L, \quad L L^\top = A",
        point={"A": [[1.0, 2.0], [2.0, 1.0]]},
        of="value",
        truth=Convention(
            {
                "NaN everywhere": "[[nan, nan], [nan, nan]]",
                "NaN in the lower triangle": "[[nan, 0], [nan, nan]]",
                "NaN in the last entry": "[[1, 0], [2, nan]]",
                "NaN in the last entry of an upper factor": "[[1, 2], [0, nan]]",
            }
        ),
        why="There is no real factor: the last pivot is -3, whose root is no real number. An error or"
        " a NaN says so.",
    ),
)
