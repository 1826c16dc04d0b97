r"""Exercises on traces, powers, determinants and inverses."""

from autodiff_notes.exercises.exercise import Exercise

INNER = r"# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$"
U_DX_V = r"# $u^\top\,\d X\,v = \langle u v^\top, \d X\rangle$"

PAGES: dict[str, tuple[Exercise, ...]] = {
    "catalogue/linear": (
        Exercise(
            name="square-of-trace",
            title="The square of a trace",
            variables=("X in square(n)",),
            function="tr(X) ** 2",
            gradients={"X": "2 * tr(X) * I(n)"},
            derivation=f"""
= 2 * tr(X) * tr(d(X))           # chain rule; the trace is linear
{INNER}
""",
        ),
        Exercise(
            name="regression-by-matrix",
            title="A squared residual, by the matrix",
            variables=(
                "X in matrix(m, n)",
                "constant a in vector(n)",
                "constant b in vector(m)",
            ),
            where={"r": "X @ a - b"},
            function="norm(r) ** 2",
            gradients={"X": "2 * outer(r, a)"},
            hint="The gradient has the shape of $X$.",
            derivation=f"""
= 2 * r @ d(r)                   # the squared length
= 2 * r @ d(X) @ a               # $a$ and $b$ stand still
{U_DX_V}
""",
        ),
        Exercise(
            name="distance-from-symmetry",
            title="The squared distance of a matrix from its transpose",
            variables=("X in square(n)",),
            function="norm(X - X.mT) ** 2",
            gradients={"X": "4 * (X - X.mT)"},
            hint=r"For skew-symmetric $S$, $\langle S, V^\top \rangle = -\langle S, V\rangle$.",
            derivation=r"""
= 2 * inner(X - X.mT, d(X) - d(X).mT)      # [the squared norm](#squared-frobenius-norm)
# $X - X^\top$ is skew-symmetric
""",
        ),
        Exercise(
            name="gram-matrix-near-target",
            title="A Gram matrix and its target",
            variables=("X in matrix(m, n)", "constant A in symmetric(n)"),
            where={"R": "X.mT @ X - A"},
            function="norm(R) ** 2",
            gradients={"X": "4 * X @ R"},
            derivation=r"""
= 2 * inner(R, d(X).mT @ X + X.mT @ d(X))     # [the squared norm](#squared-frobenius-norm), product rule
= 4 * inner(R, X.mT @ d(X))                   # $R$ is symmetric
= 4 * tr(R @ X.mT @ d(X))                     # as a trace
# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$
""",
        ),
    ),
    "catalogue/powers": (
        Exercise(
            name="square-times-transpose",
            title="The trace of a square times a transpose",
            variables=("X in square(n)",),
            function="tr(X @ X @ X.mT)",
            gradients={"X": "X @ X.mT + X.mT @ X + X @ X"},
            hint="Three factors move, each in its own place.",
            derivation=f"""
= tr(d(X) @ X @ X.mT + X @ d(X) @ X.mT + X @ X @ d(X).mT)       # product rule
= tr(X @ X.mT @ d(X) + X.mT @ X @ d(X) + (X @ X).mT @ d(X))     # turned, and the last one transposed
{INNER}
""",
        ),
        Exercise(
            name="squared-norm-of-square",
            title="The squared norm of a square",
            variables=("X in square(n)",),
            where={"Y": "X @ X"},
            function="norm(Y) ** 2",
            gradients={"X": "2 * (Y @ X.mT + X.mT @ Y)"},
            derivation=f"""
= 2 * tr(Y.mT @ (d(X) @ X + X @ d(X)))          # [the squared norm](#squared-frobenius-norm), product rule
= 2 * tr((X @ Y.mT + Y.mT @ X) @ d(X))          # a trace may be turned
{INNER}
""",
        ),
        Exercise(
            name="trace-of-exponential-of-multiple",
            title="The trace of the exponential of a multiple, by both factors",
            variables=("t in scalar()", "X in square(n)"),
            where={"Y": "expm(t * X)"},
            function="tr(Y)",
            gradients={"t": "tr(X @ Y)", "X": "t * Y.mT"},
            hint=r"Of $\operatorname{tr} e^Z$ the differential is $\operatorname{tr}(e^Z \d Z)$.",
            derivation=f"""
= tr(Y @ d(t * X))                            # [the trace of an exponential](#trace-of-exponential)
= tr(X @ Y) * d(t) + t * tr(Y @ d(X))         # product rule; a trace may be turned
{INNER}
""",
        ),
        Exercise(
            name="log-partition-function",
            title="The logarithm of the trace of an exponential",
            variables=("X in symmetric(n)",),
            function="log(tr(expm(X)))",
            gradients={"X": "expm(X) / tr(expm(X))"},
            conditions="The gradient is to be symmetric.",
            derivation=r"""
= d(tr(expm(X))) / tr(expm(X))             # chain rule
= tr(expm(X) @ d(X)) / tr(expm(X))         # [the trace of an exponential](#trace-of-exponential)
# $e^X$ is symmetric
""",
        ),
    ),
    "catalogue/determinants": (
        Exercise(
            name="square-of-determinant",
            title="The square of a determinant",
            variables=("X in invertible(n)",),
            function="det(X) ** 2",
            gradients={"X": "2 * det(X) ** 2 * inv(X).mT"},
            derivation=f"""
= 2 * det(X) * d(det(X))                   # chain rule
= 2 * det(X) ** 2 * tr(inv(X) @ d(X))      # [Jacobi](#derivation-jacobi)
{INNER}
""",
        ),
        Exercise(
            name="determinant-of-sum",
            title="The determinant of a sum",
            variables=("X in positive_definite(n)", "constant A in positive_definite(n)"),
            where={"Y": "X + A"},
            function="det(Y)",
            gradients={"X": "det(Y) * inv(Y).mT"},
            derivation=f"""
= det(Y) * tr(inv(Y) @ d(Y))         # [Jacobi](#derivation-jacobi)
= det(Y) * tr(inv(Y) @ d(X))         # $A$ stands still
{INNER}
""",
        ),
        Exercise(
            name="determinant-over-trace",
            title="The logarithms of a determinant and of a trace",
            variables=("X in spd(n)",),
            function="logdet(X) - n * log(tr(X))",
            gradients={"X": "inv(X) - n / tr(X) * I(n)"},
            conditions="The gradient is to be symmetric.",
            hint="It vanishes at the identity. `len(X)` is $n$.",
            derivation=r"""
= tr(inv(X) @ d(X)) - n * tr(d(X)) / tr(X)      # [log det](#log-det), and the chain rule
# $X^{-1}$ is symmetric
""",
        ),
        Exercise(
            name="trace-of-adjugate",
            title="The trace of the adjugate",
            variables=("X in invertible(n)",),
            where={"P": "inv(X)"},
            function="det(X) * tr(P)",
            gradients={"X": "det(X) * (tr(P) * P - P @ P).mT"},
            hint=r"The product rule, and both differentials of this subject: $\d P = -P \, \d X \, P$.",
            derivation=f"""
= det(X) * tr(P @ d(X)) * tr(P) + det(X) * tr(d(P))                       # product rule, [Jacobi](#derivation-jacobi)
= det(X) * tr(P @ d(X)) * tr(P) - det(X) * tr(P @ d(X) @ P)               # [the inverse](#derivation-inverse)
= det(X) * tr((tr(P) * P - P @ P) @ d(X))                                 # a trace may be turned
{INNER}
""",
        ),
    ),
    "catalogue/inverses": (
        Exercise(
            name="squared-length-of-solution",
            title="The squared length of a solution, by the right-hand side",
            variables=("b in vector(n)", "constant A in invertible(n)"),
            where={"x": "solve(A, b)"},
            function="x @ x",
            gradients={"b": "2 * solve(A.mT, x)"},
            derivation=r"""
= 2 * x @ d(x)                          # the squared length
= 2 * x @ inv(A) @ d(b)                 # $A$ stands still
# $(A^{-1})^\top x = (A^\top)^{-1} x$
""",
        ),
        Exercise(
            name="squared-length-of-inverse-image",
            title="The squared length of a solution, by the matrix",
            variables=("X in invertible(n)", "constant b in vector(n)"),
            where={"y": "inv(X) @ b"},
            function="y @ y",
            gradients={"X": "-2 * outer(inv(X).mT @ y, y)"},
            derivation=f"""
= 2 * y @ d(inv(X)) @ b                    # the squared length
= -2 * y @ inv(X) @ d(X) @ y               # [the inverse](#derivation-inverse)
{U_DX_V}
""",
        ),
        Exercise(
            name="trace-and-log-det-of-inverse",
            title="A trace of the inverse and the logarithm of a determinant",
            variables=("X in invertible(n)", "constant A in square(n)"),
            where={"P": "inv(X)"},
            function="tr(A @ P) + logabsdet(X)",
            gradients={"X": "(P - P @ A @ P).mT"},
            derivation=f"""
= -tr(A @ P @ d(X) @ P) + tr(P @ d(X))        # [the inverse](#derivation-inverse), [the determinant](#log-abs-det)
= tr((P - P @ A @ P) @ d(X))                  # a trace may be turned
{INNER}
""",
        ),
        Exercise(
            name="effective-parameters",
            title="The trace of a ridge regression's hat matrix, by the penalty",
            variables=("t in positive_scalar()", "constant X in matrix(m, n)"),
            where={"P": "inv(X.mT @ X + t * I(n))"},
            function="tr(X @ P @ X.mT)",
            gradients={"t": "-tr(X @ P @ P @ X.mT)"},
            hint="The number of parameters that the penalty leaves must fall as it grows.",
            derivation=r"""
= tr(X @ d(P) @ X.mT)                                  # $X$ stands still
= -tr(X @ P @ d(t * I(n)) @ P @ X.mT)                  # [the inverse](#derivation-inverse)
# the trace is linear
""",
        ),
    ),
}
