r"""Real functions of complex variables."""

from autodiff_notes.catalogue.entry import Entry

COOKBOOK = "The Matrix Cookbook (2012)"
INNER = r"# the inner product is $\operatorname{Re} \operatorname{tr}(A^{\mathsf{H}} B)$"

ENTRIES: tuple[Entry, ...] = (
    Entry(
        name="squared-modulus",
        title="The squared modulus",
        also=(
            "Wirtinger",
            "|z|^2",
            "zz*",
        ),
        variables=("z in complex_scalar()",),
        function="abs2(z)",
        gradients={"z": "2 * z"},
        derivation=r"""
= re(conj(d(z)) * z + conj(z) * d(z))     # product rule for $\overline{z} z$
= 2 * re(conj(z) * d(z))                  # a number and its conjugate have one real part
# the inner product is $\operatorname{Re}(\overline{a} b)$
""",
    ),
    Entry(
        name="modulus",
        title="The modulus",
        variables=("z in complex_scalar()",),
        function="abs(z)",
        gradients={"z": "z / abs(z)"},
        conditions="$z$ is not 0.",
        derivation=r"""
= d(abs2(z)) / (2 * abs(z))            # $\d (u^{1/2}) = u^{-1/2}\,\d u / 2$
= re(conj(z) * d(z)) / abs(z)          # [the square](#squared-modulus)
# the inner product is $\operatorname{Re}(\overline{a} b)$
""",
    ),
    Entry(
        name="holomorphic-function",
        title="The real part of a holomorphic function",
        also=(
            "analytic function",
            "Cauchy-Riemann",
        ),
        variables=("z in complex_scalar()",),
        function="re(exp(z))",
        gradients={"z": "conj(exp(z))"},
        notes=r"The exponential stands for any holomorphic function $h$: the gradient of "
        r"$\operatorname{Re} h$ is $\overline{h'(z)}$.",
        derivation=r"""
= re(exp(z) * d(z))     # $\d h = h'(z)\,\d z$
# the inner product is $\operatorname{Re}(\overline{a} b)$
""",
    ),
    Entry(
        name="complex-residual",
        title="A squared complex residual",
        also=("Wirtinger",),
        variables=(
            "x in complex_vector(n)",
            "constant a in complex_scalar()",
            "constant b in complex_vector(n)",
        ),
        where={"r": "a - conj(x) @ b"},
        function="abs2(r)",
        gradients={"x": "-2 * conj(r) * b"},
        source=f"{COOKBOOK}, eq. 89, [with the modulus restored](errata.md)",
        derivation=r"""
= 2 * re(conj(r) * d(r))                     # [the squared modulus](#squared-modulus)
= -2 * re(conj(r) * (conj(d(x)) @ b))        # $a$ and $b$ stand still
= -2 * re(r * (conj(b) @ d(x)))              # a number and its conjugate have one real part
# the inner product is $\operatorname{Re}(u^{\mathsf{H}} v)$
""",
    ),
    Entry(
        name="complex-quadratic-form",
        title="The real part of a complex quadratic form",
        also=(
            "Hermitian form",
            "x^H A x",
        ),
        variables=("x in complex_vector(n)", "constant A in complex_matrix(n, n)"),
        function="re(conj(x) @ A @ x)",
        gradients={"x": "(A + A.mH) @ x"},
        notes=r"For a Hermitian matrix the form is real, and the gradient is $2Ax$.",
        derivation=r"""
= re(conj(d(x)) @ A @ x) + re(conj(x) @ A @ d(x))               # product rule
= re(conj(A @ x) @ d(x)) + re(conj(A.mH @ x) @ d(x))            # a number and its conjugate have one real part
# the inner product is $\operatorname{Re}(u^{\mathsf{H}} v)$
""",
    ),
    Entry(
        name="complex-least-squares",
        title="Complex least squares",
        also=(
            "Wirtinger",
            "beamforming",
        ),
        variables=(
            "x in complex_vector(n)",
            "constant A in complex_matrix(m, n)",
            "constant b in complex_vector(m)",
        ),
        where={"r": "A @ x - b"},
        function="norm(r) ** 2",
        gradients={"x": "2 * A.mH @ r"},
        derivation="derive",
    ),
    Entry(
        name="complex-frobenius-norm",
        title="The squared Frobenius norm of a complex matrix",
        variables=("X in complex_matrix(m, n)",),
        function="norm(X) ** 2",
        gradients={"X": "2 * X"},
        source=f"{COOKBOOK}, eq. 132",
        derivation=f"""
= 2 * re(tr(X.mH @ d(X)))     # [the squared modulus](#squared-modulus), of every entry
{INNER}
""",
    ),
    Entry(
        name="complex-log-abs-det",
        title="The logarithm of the modulus of a complex determinant",
        variables=("X in complex_invertible(n)",),
        function="logabsdet(X)",
        gradients={"X": "inv(X).mH"},
        derivation=f"""
= re(d(det(X)) / det(X))      # the real part of the logarithm
= re(tr(inv(X) @ d(X)))       # Jacobi's formula
{INNER}
""",
    ),
)
