"""The functions of the notes."""

from autodiff_notes.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(
        name="scalar-example",
        title="A function of two numbers",
        variables=("x in positive_scalar()", "y in scalar()"),
        function="x * log(x) + sin(x * y)",
        gradients={"x": "log(x) + 1 + y * cos(x * y)", "y": "x * cos(x * y)"},
        derivation="""
= d(x) * log(x) + x * d(log(x)) + d(sin(x * y))                     # sum and product rule
= d(x) * log(x) + d(x) + cos(x * y) * d(x * y)                      # chain rule
= d(x) * log(x) + d(x) + cos(x * y) * (y * d(x) + x * d(y))         # product rule
# collect what stands beside $\\d x$ and $\\d y$
""",
    ),
    Entry(
        name="squared-norm-of-sum",
        title="The squared length of a sum",
        variables=("x, y in vector(n)",),
        function="(x + y) @ (x + y)",
        gradients={"x": "2 * (x + y)", "y": "2 * (x + y)"},
        source="The Matrix Cookbook (2012), eq. 81 with $B = I$",
        derivation="""
= 2 * (x + y) @ d(x + y)                    # product rule; a number is its own transpose
= 2 * (x + y) @ d(x) + 2 * (x + y) @ d(y)   # the differential is linear
""",
    ),
    Entry(
        name="log-det",
        title="The logarithm of a determinant",
        also=(
            "logdet",
            "log determinant",
            "torch.logdet",
        ),
        variables=("X in positive_determinant(n)",),
        function="logdet(X)",
        gradients={"X": "inv(X).mT"},
        source="The Matrix Cookbook (2012), eqs 43 and 57",
        derivation="""
= tr(inv(X) @ d(X))   # Jacobi's formula, and the chain rule
# $\\operatorname{tr}(A^\\top B) = \\langle A, B\\rangle$
""",
    ),
    Entry(
        name="log-abs-det",
        title="The logarithm of the absolute value of a determinant",
        also=(
            "slogdet",
            "logabsdet",
            "log |det X|",
        ),
        variables=("X in invertible(n)",),
        function="logabsdet(X)",
        gradients={"X": "inv(X).mT"},
        derivation="""
= d(det(X)) / det(X)  # $\\d \\log\\lvert u\\rvert = \\d u / u$ for either sign of $u$
= tr(inv(X) @ d(X))   # Jacobi's formula
# $\\operatorname{tr}(A^\\top B) = \\langle A, B\\rangle$
""",
    ),
)
