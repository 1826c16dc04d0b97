r"""Exercises at the end of the notes."""

from autodiff_notes.exercises.exercise import Exercise

U_DX_V = r"# $u^\top\,\d X\,v = \langle u v^\top, \d X\rangle$"

PAGES: dict[str, tuple[Exercise, ...]] = {
    "notes/scalar-partials": (
        Exercise(
            name="exponential-of-product",
            title="A number times an exponential",
            variables=("x, y in scalar()",),
            function="x * exp(x * y)",
            gradients={"x": "(1 + x * y) * exp(x * y)", "y": "x ** 2 * exp(x * y)"},
            hint="Product rule first, chain rule inside.",
            derivation="""
= d(x) * exp(x * y) + x * exp(x * y) * d(x * y)                       # product rule, chain rule
= d(x) * exp(x * y) + x * exp(x * y) * (y * d(x) + x * d(y))          # product rule
# collect what stands beside each differential
""",
        ),
        Exercise(
            name="number-to-a-power",
            title="A positive number to a power that moves too",
            variables=("x in positive_scalar()", "y in scalar()"),
            function="exp(y * log(x))",
            gradients={"x": "y / x * exp(y * log(x))", "y": "log(x) * exp(y * log(x))"},
            hint="This is $x^y$. Both rules for powers follow from one chain rule.",
            derivation="""
= exp(y * log(x)) * d(y * log(x))                    # chain rule
= exp(y * log(x)) * (log(x) * d(y) + y * d(x) / x)   # product rule
# collect what stands beside each differential
""",
        ),
        Exercise(
            name="angle-of-point",
            title="The angle of a point in the plane",
            variables=("x in nonzero_scalar()", "y in scalar()"),
            function="arctan(y / x)",
            gradients={"x": "-y / (x ** 2 + y ** 2)", "y": "x / (x ** 2 + y ** 2)"},
            hint=r"The derivative of $\arctan u$ is $1 / (1 + u^2)$.",
            derivation="""
= d(y / x) / (1 + (y / x) ** 2)                            # chain rule
= (d(y) / x - y * d(x) / x ** 2) / (1 + (y / x) ** 2)      # quotient rule
= (x * d(y) - y * d(x)) / (x ** 2 + y ** 2)                # times $x^2$ above and below
# collect what stands beside each differential
""",
        ),
    ),
    "notes/vector-gradients": (
        Exercise(
            name="squared-length-of-difference",
            title="The squared length of a difference",
            variables=("x, y in vector(n)",),
            where={"s": "x - 2 * y"},
            function="s @ s",
            gradients={"x": "2 * s", "y": "-4 * s"},
            hint="Use the differential of $s$ as the note does.",
            derivation="""
= 2 * s @ d(s)                      # product rule, and a number is its own transpose
= 2 * s @ (d(x) - 2 * d(y))         # $s = x - 2y$
# collect what stands beside each differential
""",
        ),
        Exercise(
            name="product-of-two-linear-functions",
            title="A product of two linear functions",
            variables=("x in vector(n)", "constant a, b in vector(n)"),
            function="(a @ x) * (b @ x)",
            gradients={"x": "(b @ x) * a + (a @ x) * b"},
            derivation="""
= (a @ d(x)) * (b @ x) + (a @ x) * (b @ d(x))     # product rule
# numbers may change places with vectors
""",
        ),
        Exercise(
            name="inverse-square",
            title="One over the squared length",
            variables=("x in nonzero(n)",),
            function="1 / (x @ x)",
            gradients={"x": "-2 * x / (x @ x) ** 2"},
            hint=r"$\d (1/u) = -\d u / u^2$.",
            derivation="""
= -d(x @ x) / (x @ x) ** 2          # chain rule
= -2 * x @ d(x) / (x @ x) ** 2      # the squared length
# numbers may change places with vectors
""",
        ),
        Exercise(
            name="cube-of-length",
            title="The cube of the length",
            variables=("x in nonzero(n)",),
            function="norm(x) ** 3",
            gradients={"x": "3 * norm(x) * x"},
            hint=r"Write it as a power of $x^\top x$.",
            derivation=r"""
= 3 / 2 * sqrt(x @ x) * d(x @ x)     # $f = (x^\top x)^{3/2}$
= 3 * norm(x) * (x @ d(x))           # the squared length
# numbers may change places with vectors
""",
        ),
    ),
    "notes/log-det": (
        Exercise(
            name="question-of-the-notes",
            title="The question of the original notes",
            variables=("X in positive_determinant(n)",),
            function="logdet(X)",
            gradients={"X": "inv(X).mT"},
            hint="The page above has the answer; this marks yours.",
            derivation=r"""
= tr(inv(X) @ d(X))     # Jacobi's formula, as in [the note](#derivation-log-det)
# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$
""",
        ),
        Exercise(
            name="log-abs-det-of-product",
            title="The logarithm of the determinant of a product",
            variables=("X in invertible(n)", "constant A, B in invertible(n)"),
            function="logabsdet(A @ X @ B)",
            gradients={"X": "inv(X).mT"},
            hint=r"What is $\det(AXB)$, and which of its factors move?",
            derivation=r"""
= d(logabsdet(A) + logabsdet(X) + logabsdet(B))     # determinants multiply
= tr(inv(X) @ d(X))                                 # $A$ and $B$ stand still
# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$
""",
        ),
        Exercise(
            name="log-det-minus-trace",
            title="The logarithm of a determinant less a trace",
            variables=("X in positive_determinant(n)",),
            function="logdet(X) - tr(X)",
            gradients={"X": "inv(X).mT - I(n)"},
            conditions="At which $X$ does the gradient vanish?",
            derivation=r"""
= tr(inv(X) @ d(X)) - tr(d(X))      # [the note](#derivation-log-det)
= tr((inv(X) - I(n)) @ d(X))        # the trace is linear
# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$; it vanishes at $X = I$ alone
""",
        ),
        Exercise(
            name="square-of-log-det",
            title="The square of the logarithm of a determinant",
            variables=("X in positive_determinant(n)",),
            function="logdet(X) ** 2",
            gradients={"X": "2 * logdet(X) * inv(X).mT"},
            derivation=r"""
= 2 * logdet(X) * d(logdet(X))             # chain rule
= 2 * logdet(X) * tr(inv(X) @ d(X))        # [the note](#derivation-log-det)
# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$
""",
        ),
        Exercise(
            name="log-det-along-line",
            title="The logarithm of a determinant along a line",
            variables=("t in positive_scalar()", "constant A, B in spd(n)"),
            function="logdet(A + t * B)",
            gradients={"t": "tr(inv(A + t * B) @ B)"},
            hint="The variable is a number, so the gradient is one too.",
            derivation=r"""
= tr(inv(A + t * B) @ d(A + t * B))      # [the note](#derivation-log-det)
# $A$ and $B$ stand still
""",
        ),
    ),
}
