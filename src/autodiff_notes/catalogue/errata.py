r"""Published formulas that do not hold, each as printed and as corrected.

Both are derivations of one step, in the notation of :mod:`autodiff_notes.notation.derivations`: on the left
stands what is true by definition, such as ``D(f, X)``, the derivative by reverse mode. The first
must fail, the second must hold.

>>> from autodiff_notes.evaluation.execution import execute, gaps
>>> wrong = next(e for e in ERRATA if e.name == "cookbook-95")
>>> print(wrong.printed.chains[0][1].expression.source)  # doctest: +ELLIPSIS
2 * A.mT @ A @ x / (x @ B @ B @ x) - ...
>>> min(gaps(wrong.printed)) > 0.01, execute(wrong.corrected).gap < 1e-12
(True, True)

Nothing here imports torch.
"""

from dataclasses import dataclass
from functools import cached_property

from autodiff_notes.notation.derivations import Derivation, parse

__all__ = ["ERRATA", "Erratum"]


@dataclass(frozen=True, eq=False)
class Erratum:
    r"""A published formula that does not hold.

    Attributes
    ----------
    name : str
        Lower-case words joined by hyphens; a permanent address.
    title : str
        What is wrong, in plain words.
    place : str
        Where it is printed, with edition and number.
    quoted : str
        What is printed there: LaTeX, or a line of code.
    fails : str
        The printed formula as a derivation of one step, with the declarations of its variables.
    holds : str
        The corrected formula likewise.
    words : str
        What else a reader should know, in Markdown.
    language : str
        Of a quoted line of code; empty for LaTeX.
    convention : bool
        Whether it holds by another convention of its source, and fails as a gradient.
    """

    name: str
    title: str
    place: str
    quoted: str
    fails: str
    holds: str
    words: str
    language: str = ""
    convention: bool = False

    @cached_property
    def printed(self) -> Derivation:
        """The formula as printed."""
        return parse(self.fails.strip())

    @cached_property
    def corrected(self) -> Derivation:
        """The formula as it should read."""
        return parse(self.holds.strip())


COOKBOOK = "The Matrix Cookbook, version of 15 November 2012"
D2L = "Dive into Deep Learning, appendix “Multivariable Calculus”, d2l-en at commit 04de7c8"
FREE = (
    "By the book's own rule, equation 133, a symmetric matrix is a function of its free entries, and "
    "this lists the partial derivatives by them; as such [it is in the catalogue]({}). As a gradient, "
    "in the inner product of all entries, it does not hold. See arXiv:1911.06491."
)

ERRATA: tuple[Erratum, ...] = (
    Erratum(
        name="cookbook-27",
        title="A factor that has become a term",
        place=f"{COOKBOOK}, eq. 27, for four rows",
        quoted=r"\begin{aligned} \det(\mathbf{I} + \mathbf{A}) ={}& 1 + \det(\mathbf{A}) + "
        r"\operatorname{Tr}(\mathbf{A}) + \tfrac12 \\ &{}+ \operatorname{Tr}(\mathbf{A})^2 - "
        r"\tfrac12 \operatorname{Tr}(\mathbf{A}^2) \\ &{}+ \tfrac16 \operatorname{Tr}(\mathbf{A})^3 - "
        r"\tfrac12 \operatorname{Tr}(\mathbf{A}) \operatorname{Tr}(\mathbf{A}^2) + "
        r"\tfrac13 \operatorname{Tr}(\mathbf{A}^3) \end{aligned}",
        fails="""
A in square(4)
det(I(4) + A)
= 1 + det(A) + tr(A) + 1 / 2 + tr(A) ** 2 - tr(matrix_power(A, 2)) / 2 + tr(A) ** 3 / 6 - tr(A) * tr(matrix_power(A, 2)) / 2 + tr(matrix_power(A, 3)) / 3
""",
        holds="""
A in square(4)
det(I(4) + A)
= 1 + det(A) + tr(A) + tr(A) ** 2 / 2 - tr(matrix_power(A, 2)) / 2 + tr(A) ** 3 / 6 - tr(A) * tr(matrix_power(A, 2)) / 2 + tr(matrix_power(A, 3)) / 3
""",
        words=r"The line breaks between $\tfrac12$ and what it multiplies, and the next one begins "
        "with a plus sign. Equation 26, for three rows, has the product.",
    ),
    Erratum(
        name="cookbook-28",
        title="A determinant too many in the expansion of a determinant",
        place=f"{COOKBOOK}, eq. 28",
        quoted=r"\det(\mathbf{I} + \varepsilon\mathbf{A}) \cong 1 + \det(\mathbf{A}) + "
        r"\varepsilon \operatorname{Tr}(\mathbf{A}) + "
        r"\tfrac12 \varepsilon^2 \operatorname{Tr}(\mathbf{A})^2 - "
        r"\tfrac12 \varepsilon^2 \operatorname{Tr}(\mathbf{A}^2)",
        fails="""
A in square(n)
epsilon in small()
det(I(n) + epsilon * A)
≈ 1 + det(A) + epsilon * tr(A) + epsilon ** 2 * tr(A) ** 2 / 2 - epsilon ** 2 * tr(matrix_power(A, 2)) / 2 up to O(epsilon**3)
""",
        holds="""
A in square(n)
epsilon in small()
det(I(n) + epsilon * A)
≈ 1 + epsilon * tr(A) + epsilon ** 2 * tr(A) ** 2 / 2 - epsilon ** 2 * tr(matrix_power(A, 2)) / 2 up to O(epsilon**3)
""",
        words=r"At $\varepsilon = 0$ the left side is 1. This is the expansion from which one would "
        "derive [Jacobi's formula](#derivation-jacobi). The determinant belongs in equations 25 to "
        "27, the whole expansions for two, three and four rows, which have no $\\varepsilon$.",
    ),
    Erratum(
        name="cookbook-89",
        title="A modulus that is missing",
        place=f"{COOKBOOK}, eq. 89",
        quoted=r"\frac{\partial (a - \mathbf{x}^H \mathbf{b})^2}{\partial \mathbf{x}} = "
        r"-2 \mathbf{b} (a - \mathbf{x}^H \mathbf{b})^*",
        fails="""
x, b in complex_vector(n)
a in complex_scalar()
where r = a - conj(x) @ b
D(re(r ** 2), x)
= -2 * conj(r) * b
""",
        holds="""
x, b in complex_vector(n)
a in complex_scalar()
where r = a - conj(x) @ b
D(abs2(r), x)
= -2 * conj(r) * b
""",
        words="A square that is not real has no gradient; here its real part stands for it. With the "
        "modulus the formula is the complex gradient of the book's equations 232 and 233, which is "
        "PyTorch's as well, and is [derived in the catalogue](#complex-residual).",
    ),
    Erratum(
        name="cookbook-92",
        title="A transpose too few",
        place=f"{COOKBOOK}, eq. 92",
        quoted=r"\frac{\partial}{\partial \mathbf{X}} \mathbf{a}^T (\mathbf{X}^n)^T \mathbf{X}^n "
        r"\mathbf{b} = \sum_{r=0}^{n-1} \Bigl[ \mathbf{X}^{n-1-r} \mathbf{a} \mathbf{b}^T "
        r"(\mathbf{X}^n)^T \mathbf{X}^r + (\mathbf{X}^r)^T \mathbf{X}^n \mathbf{a} \mathbf{b}^T "
        r"(\mathbf{X}^{n-1-r})^T \Bigr]",
        fails="""
X in square(m)
n in natural()
a, b in vector(m)
D(a @ matrix_power(X, n).mT @ matrix_power(X, n) @ b, X)
= sum(matrix_power(X, n - 1 - r) @ outer(a, b) @ matrix_power(X, n).mT @ matrix_power(X, r)
   + matrix_power(X, r).mT @ matrix_power(X, n) @ outer(a, b) @ matrix_power(X, n - 1 - r).mT
   for r in range(n))
""",
        holds="""
X in square(m)
n in natural()
a, b in vector(m)
D(a @ matrix_power(X, n).mT @ matrix_power(X, n) @ b, X)
= sum((matrix_power(X, n - 1 - r) @ outer(a, b) @ matrix_power(X, n).mT @ matrix_power(X, r)).mT
   + matrix_power(X, r).mT @ matrix_power(X, n) @ outer(a, b) @ matrix_power(X, n - 1 - r).mT
   for r in range(n))
""",
        words="The whole first summand must be transposed; then the two share their outer factors.",
    ),
    Erratum(
        name="cookbook-95",
        title="A transpose too few in a denominator",
        place=f"{COOKBOOK}, eq. 95",
        quoted=r"\frac{\partial}{\partial \mathbf{x}} \frac{(\mathbf{A}\mathbf{x})^T(\mathbf{A}"
        r"\mathbf{x})}{(\mathbf{B}\mathbf{x})^T(\mathbf{B}\mathbf{x})} = 2 \frac{\mathbf{A}^T "
        r"\mathbf{A} \mathbf{x}}{\mathbf{x}^T \mathbf{B} \mathbf{B} \mathbf{x}} - 2 "
        r"\frac{\mathbf{x}^T \mathbf{A}^T \mathbf{A} \mathbf{x} \mathbf{B}^T \mathbf{B} \mathbf{x}}"
        r"{(\mathbf{x}^T \mathbf{B}^T \mathbf{B} \mathbf{x})^2}",
        fails="""
x in vector(n)
A in matrix(m, n)
B in invertible(n)
D((A @ x) @ (A @ x) / ((B @ x) @ (B @ x)), x)
= 2 * A.mT @ A @ x / (x @ B @ B @ x) - 2 * (x @ A.mT @ A @ x) * (B.mT @ B @ x) / (x @ B.mT @ B @ x) ** 2
""",
        holds="""
x in vector(n)
A in matrix(m, n)
B in invertible(n)
D((A @ x) @ (A @ x) / ((B @ x) @ (B @ x)), x)
= 2 * A.mT @ A @ x / (x @ B.mT @ B @ x) - 2 * (x @ A.mT @ A @ x) * (B.mT @ B @ x) / (x @ B.mT @ B @ x) ** 2
""",
        words="The second denominator has the transpose.",
    ),
    Erratum(
        name="cookbook-252",
        title="The same transpose, among complex numbers",
        place=f"{COOKBOOK}, eq. 252, whose left side stands in eq. 251",
        quoted=r"\frac{\partial}{\partial \mathbf{x}} \frac{(\mathbf{A}\mathbf{x})^H(\mathbf{A}"
        r"\mathbf{x})}{(\mathbf{B}\mathbf{x})^H(\mathbf{B}\mathbf{x})} = 2 \frac{\mathbf{A}^H "
        r"\mathbf{A} \mathbf{x}}{\mathbf{x}^H \mathbf{B} \mathbf{B} \mathbf{x}} - 2 "
        r"\frac{\mathbf{x}^H \mathbf{A}^H \mathbf{A} \mathbf{x} \mathbf{B}^H \mathbf{B} \mathbf{x}}"
        r"{(\mathbf{x}^H \mathbf{B}^H \mathbf{B} \mathbf{x})^2}",
        fails="""
x in complex_vector(n)
A in complex_matrix(m, n)
B in complex_invertible(n)
D(re(conj(A @ x) @ (A @ x)) / re(conj(B @ x) @ (B @ x)), x)
= 2 * A.mH @ A @ x / (conj(x) @ B @ B @ x) - 2 * re(conj(A @ x) @ (A @ x)) * (B.mH @ B @ x) / re(conj(B @ x) @ (B @ x)) ** 2
""",
        holds="""
x in complex_vector(n)
A in complex_matrix(m, n)
B in complex_invertible(n)
D(re(conj(A @ x) @ (A @ x)) / re(conj(B @ x) @ (B @ x)), x)
= 2 * A.mH @ A @ x / (conj(x) @ B.mH @ B @ x) - 2 * re(conj(A @ x) @ (A @ x)) * (B.mH @ B @ x) / re(conj(B @ x) @ (B @ x)) ** 2
""",
        words="The twin of equation 95. The first denominator is not even real as printed. The factor 2 "
        "is that of the book's complex gradient, equation 232, and of PyTorch's.",
    ),
    Erratum(
        name="cookbook-127",
        title="A condition too few",
        place=f"{COOKBOOK}, eq. 127, under “Assume B and C to be symmetric”",
        quoted=r"\frac{\partial}{\partial \mathbf{X}} \operatorname{Tr}\bigl[(\mathbf{A} + "
        r"\mathbf{X}^T \mathbf{C} \mathbf{X})^{-1} (\mathbf{X}^T \mathbf{B} \mathbf{X})\bigr] = "
        r"-2 \mathbf{C} \mathbf{X} (\mathbf{A} + \mathbf{X}^T \mathbf{C} \mathbf{X})^{-1} "
        r"\mathbf{X}^T \mathbf{B} \mathbf{X} (\mathbf{A} + \mathbf{X}^T \mathbf{C} \mathbf{X})^{-1} "
        r"+ 2 \mathbf{B} \mathbf{X} (\mathbf{A} + \mathbf{X}^T \mathbf{C} \mathbf{X})^{-1}",
        fails="""
X in matrix(m, n)
A in positive_definite(n)
B in symmetric(m)
C in spd(m)
where M = inv(A + X.mT @ C @ X)
D(tr(M @ X.mT @ B @ X), X)
= -2 * C @ X @ M @ X.mT @ B @ X @ M + 2 * B @ X @ M
""",
        holds="""
X in matrix(m, n)
A in spd(n)
B in symmetric(m)
C in spd(m)
where M = inv(A + X.mT @ C @ X)
D(tr(M @ X.mT @ B @ X), X)
= -2 * C @ X @ M @ X.mT @ B @ X @ M + 2 * B @ X @ M
""",
        words="$A$ must be symmetric, too; the formula itself is the same. As printed, it is run at "
        "a symmetric matrix plus a skew one.",
    ),
    Erratum(
        name="rule-of-section-2-5",
        title="A rule for functions of the entries that holds for functions of the matrix",
        place=f"{COOKBOOK}, the rule at the head of section 2.5, without a number; here for the sine",
        quoted=r"\frac{\partial \operatorname{Tr}(F(\mathbf{X}))}{\partial \mathbf{X}} = "
        r"f(\mathbf{X})^T",
        fails="""
X in square(n)
D(tr(sin(X)), X)
= cos(X).mT
""",
        holds="""
X in square(n)
D(tr(sinm(X)), X)
= cosm(X).mT
""",
        words=r"The rule speaks of a function of each element of the matrix, with $f$ its scalar "
        r"derivative. Read so, the trace sees the diagonal alone, and so does its gradient. It "
        r"holds for a function of the matrix, a power series, as in equation 128, whose sine and "
        r"cosine are the series of equations 503 and 504. $\sin_{\odot}$ is the sine of each entry, "
        "which is what `torch.sin` computes.",
    ),
    Erratum(
        name="cookbook-139",
        title="Partial derivatives in place of a gradient: the trace",
        place=f"{COOKBOOK}, eq. 139",
        quoted=r"\frac{\partial \operatorname{Tr}(\mathbf{A}\mathbf{X})}{\partial \mathbf{X}} = "
        r"\mathbf{A} + \mathbf{A}^T - (\mathbf{A} \circ \mathbf{I})",
        fails="""
X in symmetric(n)
A in square(n)
sym(D(tr(A @ X), X))
= A + A.mT - A * I(n)
""",
        holds="""
X in symmetric(n)
A in square(n)
sym(D(tr(A @ X), X))
= (A + A.mT) / 2
""",
        words=FREE.format("#symmetric-trace"),
        convention=True,
    ),
    Erratum(
        name="cookbook-140",
        title="Partial derivatives in place of a gradient: the determinant",
        place=f"{COOKBOOK}, eq. 140",
        quoted=r"\frac{\partial \det(\mathbf{X})}{\partial \mathbf{X}} = \det(\mathbf{X}) "
        r"(2 \mathbf{X}^{-1} - (\mathbf{X}^{-1} \circ \mathbf{I}))",
        fails="""
X in spd(n)
D(det(X), X)
= det(X) * (2 * inv(X) - inv(X) * I(n))
""",
        holds="""
X in spd(n)
D(det(X), X)
= det(X) * inv(X)
""",
        words=FREE.format("#symmetric-determinant"),
        convention=True,
    ),
    Erratum(
        name="cookbook-141",
        title="Partial derivatives in place of a gradient: the logarithm of a determinant",
        place=f"{COOKBOOK}, eq. 141",
        quoted=r"\frac{\partial \ln\det(\mathbf{X})}{\partial \mathbf{X}} = 2 \mathbf{X}^{-1} - "
        r"(\mathbf{X}^{-1} \circ \mathbf{I})",
        fails="""
X in spd(n)
D(logdet(X), X)
= 2 * inv(X) - inv(X) * I(n)
""",
        holds="""
X in spd(n)
D(logdet(X), X)
= inv(X)
""",
        words=FREE.format("#symmetric-log-det"),
        convention=True,
    ),
    Erratum(
        name="cookbook-143-above",
        title="The wrong submatrix, two above the diagonal of a Toeplitz matrix",
        place=f"{COOKBOOK}, eq. 143, first row, third place, for four rows",
        quoted=r"\operatorname{Tr}\bigl([[\mathbf{A}^T]_{1n}]_{n-1,2}\bigr)",
        fails="""
t in vector(7)
A in square(4)
D(tr(A @ toeplitz(t)), t)[5]
= A.mT[1, 0] + A.mT[2, 2]
""",
        holds="""
t in vector(7)
A in square(4)
D(tr(A @ toeplitz(t)), t)[5]
= A.mT[0, 2] + A.mT[1, 3]
""",
        words=r"$[M]_{ij}$ is $M$ without row $i$ and column $j$. It should read "
        r"$[[A^\top]_{n1}]_{n-1,1}$, the sum of the diagonal two above the main one. Indices run "
        "from 1 in the quotation and from 0 in what is executed. "
        "[All diagonals at once](#toeplitz-trace).",
    ),
    Erratum(
        name="cookbook-143-below",
        title="The wrong submatrix, two below the diagonal of a Toeplitz matrix",
        place=f"{COOKBOOK}, eq. 143, third row, first place, for four rows",
        quoted=r"\operatorname{Tr}\bigl([[\mathbf{A}^T]_{1n}]_{2,n-1}\bigr)",
        fails="""
t in vector(7)
A in square(4)
D(tr(A @ toeplitz(t)), t)[1]
= A.mT[1, 0] + A.mT[3, 1]
""",
        holds="""
t in vector(7)
A in square(4)
D(tr(A @ toeplitz(t)), t)[1]
= A.mT[2, 0] + A.mT[3, 1]
""",
        words=r"It should read $[[A^\top]_{1n}]_{1,n-1}$.",
    ),
    Erratum(
        name="d2l-taylor",
        title="Second derivatives in place of their halves",
        place=f"{D2L}, section “Hessians”, tab PyTorch",
        quoted="w = torch.exp(torch.tensor([-1.]))*(-1 - (x + 1) + 2 * (x + 1)**2 + 2 * y**2)",
        language="python",
        fails="""
u, v in scalar()
epsilon in small()
(epsilon * u - 1) * exp(-(epsilon * u - 1) ** 2 - (epsilon * v) ** 2)
≈ exp(-1) * (-1 - epsilon * u + 2 * (epsilon * u) ** 2 + 2 * (epsilon * v) ** 2) up to O(epsilon**3)
""",
        holds="""
u, v in scalar()
epsilon in small()
(epsilon * u - 1) * exp(-(epsilon * u - 1) ** 2 - (epsilon * v) ** 2)
≈ exp(-1) * (-1 - epsilon * u + (epsilon * u) ** 2 + (epsilon * v) ** 2) up to O(epsilon**3)
""",
        words=r"The best quadratic of $x e^{-x^2-y^2}$ at $(-1, 0)$, with $x = \varepsilon u - 1$ and "
        r"$y = \varepsilon v$. The picture that the code draws bends twice as much. The formula above the "
        r"code has the same coefficients; later versions have corrected it, and kept this line. Near the point the gap is small, but it shrinks like $\varepsilon^2$ "
        r"where it should like $\varepsilon^3$.",
    ),
    Erratum(
        name="d2l-factorisation",
        title="The sign of a chain rule",
        place=f"{D2L}, section “A Little Matrix Calculus”",
        quoted=r"\frac{d}{d\mathbf{V}} \lVert\mathbf{X} - \mathbf{U}\mathbf{V}\rVert_2^{2} = "
        r"2 \mathbf{U}^\top (\mathbf{X} - \mathbf{U}\mathbf{V})",
        fails="""
X in matrix(m, n)
U in matrix(m, p)
V in matrix(p, n)
D(norm(X - U @ V) ** 2, V)
= 2 * U.mT @ (X - U @ V)
""",
        holds="""
X in matrix(m, n)
U in matrix(m, p)
V in matrix(p, n)
D(norm(X - U @ V) ** 2, V)
= -2 * U.mT @ (X - U @ V)
""",
        words=r"The sign is lost at the start, in $\frac{d}{dv}(x - uv)^2 = 2(x - uv)u$, and once more "
        "in the longer computation that is to confirm it. A step along the printed gradient, which "
        "should reduce the loss, raises it. Later versions have the minus sign, "
        "[as in the catalogue](#matrix-factorization).",
    ),
    Erratum(
        name="pytorch-blog-inverse",
        title="A transpose that does nothing",
        place="The PyTorch blog, “The torch.linalg module”, 23 June 2021; reported as "
        "pytorch.github.io#2135",
        quoted="return -(result.transpose(-2, -1) @ (grad @ result.transpose(-2, -1)))",
        language="python",
        fails="""
X in invertible(n)
W in square(n)
D(inner(W, inv(X)), X)
= -(inv(X) @ W @ inv(X))
""",
        holds="""
X in invertible(n)
W in square(n)
D(inner(W, inv(X)), X)
= -(inv(X).mT @ W @ inv(X).mT)
""",
        words="The line is NumPy, where `transpose(-2, -1)` names the new order of the axes, and that "
        "is the old one: nothing is transposed. In PyTorch it would swap them. The example of the "
        "post comes out right since its gradient is symmetric.",
    ),
)
"""Every erratum, in the order of the page."""
