r"""The words of an expression: one table from name to LaTeX, voice, torch, NumPy and JAX.

A word has one row for each kind of argument that it takes. A signature says which:
``s`` is a number, ``v`` a vector, ``M`` a matrix; ``k`` and ``r`` are an integer and a real
number of Python, such as a size or an exponent. The torch code is a template; where one line
would not do, it calls a function of :mod:`autodiff_notes.evaluation.functions` by its name.
NumPy's template takes SciPy where NumPy has no word, and JAX's is the same under ``jnp`` unless it
is written.

A new word is one row.

>>> [row.signature for row in WORDS["norm"]]
['v -> s', 'M -> s', 'v r -> s']
>>> WORDS["inv"][0].torch
'torch.linalg.inv({0})'
"""

import re
from dataclasses import dataclass
from functools import cached_property

from autodiff_notes.notation.kinds import Kind
from autodiff_notes.notation.typesetting import (
    Form,
    Piece,
    called,
    exponential,
    hermitian,
    infix,
    inverse,
    named,
    power,
    product,
    raised,
    transpose,
    wrapped,
)

__all__ = ["ATTRIBUTES", "CONSTANTS", "GREEK", "PHRASES", "SPECIAL", "WORDS", "Word"]


@dataclass(frozen=True)
class Word:
    """One row of the vocabulary.

    Attributes
    ----------
    name : str
        What an author writes.
    signature : str
        The kinds of the arguments and of the result, for instance ``"M v -> v"``.
    latex : callable
        How it is set, from its printed arguments.
    torch : str
        Its meaning: torch code with a place ``{0}``, ``{1}``, ... for each argument.
    numpy, jax : str
        The same for NumPy with SciPy, and for JAX.
    elementwise : bool
        Whether entry i of the result depends on entry i of the arguments alone.
    voice : str
        How it is said, with a place for each argument that is said.
    """

    name: str
    signature: str
    latex: Form
    torch: str
    numpy: str
    jax: str = ""
    elementwise: bool = False
    voice: str = ""

    def __post_init__(self) -> None:
        """Take NumPy's template for JAX if there is no other."""
        object.__setattr__(self, "jax", self.jax or re.sub(r"\bnp\.", "jnp.", self.numpy))

    @cached_property
    def parameters(self) -> tuple[Kind, ...]:
        """The kinds of the arguments."""
        return tuple(map(Kind, self.signature.partition("->")[0].split()))

    @cached_property
    def result(self) -> Kind:
        """The kind of the result."""
        return Kind(self.signature.partition("->")[2].strip())


def _each(  # noqa: PLR0913, PLR0917 - the columns
    name: str,
    latex: Form,
    torch: str,
    matrix: Form,
    numpy: str = "",
    jax: str = "",
    voice: str = "",
    entrywise: str = "",
) -> list[Word]:
    """Return the rows of a function of every entry; of a matrix it is set with a circled dot."""
    numpy = numpy or f"np.{name}({{0}})"
    forms = {"s": latex, "v": latex if name != "exp" else named(r"\exp"), "M": matrix}
    said = {
        "s": f"{voice} of {{0}}" if name != "exp" else "e to the {0}",
        "v": f"{voice} of {{0}}",
        "M": entrywise or f"entrywise {voice} of {{0}}",
    }
    return [
        Word(name, f"{k} -> {k}", form, torch, numpy, jax, elementwise=True, voice=said[k])
        for k, form in forms.items()
    ]


def _elementwise(  # noqa: PLR0913, PLR0917 - the columns
    name: str, command: str, torch: str, numpy: str = "", jax: str = "", voice: str = ""
) -> list[Word]:
    form, matrix = named(command), called(rf"{command}_{{\odot}}")
    return _each(name, form, torch, matrix, numpy, jax, voice)


def _operator(name: str) -> Form:
    # Set a function by its name in upright letters, without parentheses where none are needed.
    return named(rf"\operatorname{{{name}}}")


def _function(name: str) -> Form:
    return called(rf"\operatorname{{{name}}}")


def _toeplitz_inverse(mark: str) -> Form:
    return named(rf"\operatorname{{T}}^{{{mark}}}")


def _braced(command: str) -> Form:
    return lambda x: Piece(f"{command}{{{x.text}}}")


def _norm(index: str = "") -> Form:
    close = rf"\rVert_{{{index}}}" if index else r"\rVert"
    return wrapped(r"\lVert", close)


def _p_norm(x: Piece, p: Piece) -> Piece:
    return _norm(p.text)(x)


def _solve(A: Piece, B: Piece) -> Piece:
    """Set the solution of AX = B as the inverse of A, times B; a transpose shares the exponent."""
    if A.turned:
        base, mark = A.turned
        return product(power(base, f"-{mark}"), B)
    return product(inverse(A), B)


def _outer(x: Piece, y: Piece) -> Piece:
    return product(x, transpose(y))


def _ones(*sizes: Piece) -> Piece:
    one = Piece(r"\mathbf{1}")
    return one if len(sizes) == 1 else product(one, transpose(one))


def _always(text: str) -> Form:
    return lambda *_: Piece(text)


def _absolute(x: Piece) -> Piece:
    return wrapped(r"\lvert", r"\rvert")(x)


def _logabsdet(X: Piece) -> Piece:
    return named(r"\log")(_absolute(named(r"\det")(X)))


def _power(X: Piece, k: Piece) -> Piece:
    if X.inverted and k.text.isdigit():
        return power(X.inverted, f"-{k.text}")
    return power(X, k.text)


def _absolute_square(x: Piece) -> Piece:
    return power(_absolute(x), "2")


def _unit(i: Piece, _: Piece) -> Piece:
    return Piece(f"e_{{{i.text}}}")


def _polygamma(k: Piece, x: Piece) -> Piece:
    return called(rf"\psi^{{({k.text})}}")(x)


def _huber(x: Piece, delta: Piece) -> Piece:
    return called(rf"\operatorname{{huber}}_{{{delta.text}}}")(x)


# Without the columns that belong to no singular value.
_SVD = "torch.linalg.svd({0}, full_matrices=False)"
_NUMPY_SVD = "np.linalg.svd({0}, full_matrices=False)"
_EIGH = "np.linalg.eigh({0})"
_COF = (
    "(lambda U, s, Vh: np.linalg.det(U) * np.linalg.det(Vh) "
    "* (U * np.array([np.prod(np.delete(s, i)) for i in range(len(s))])) @ Vh)"
)
_MIDDLE = "(len({0}) - 1) // 2"  # the place of the diagonal among the diagonals

# fmt: off
_ROWS = [
    # Functions of every entry
    *_each("exp", exponential, "torch.exp({0})", called(r"\exp_{\odot}"), voice="exponential"),
    *_elementwise("log", r"\log", "torch.log({0})", voice="log"),
    *_elementwise("sin", r"\sin", "torch.sin({0})", voice="sine"),
    *_elementwise("cos", r"\cos", "torch.cos({0})", voice="cosine"),
    *_elementwise("tan", r"\tan", "torch.tan({0})", voice="tangent"),
    *_elementwise("sinh", r"\sinh", "torch.sinh({0})", voice="hyperbolic sine"),
    *_elementwise("cosh", r"\cosh", "torch.cosh({0})", voice="hyperbolic cosine"),
    *_elementwise("tanh", r"\tanh", "torch.tanh({0})", voice="hyperbolic tangent"),
    *_elementwise("arctan", r"\arctan", "torch.arctan({0})", voice="arc tangent"),
    *_elementwise("sign", r"\operatorname{sign}", "torch.sign({0})", voice="sign"),
    *_elementwise("erf", r"\operatorname{erf}", "torch.erf({0})", numpy="scipy.special.erf({0})", jax="jax.scipy.special.erf({0})", voice="error function"),
    *_each("sigmoid", called(r"\sigma"), "torch.sigmoid({0})", called(r"\sigma_{\odot}"), numpy="scipy.special.expit({0})", jax="jax.nn.sigmoid({0})", voice="sigma"),
    *_elementwise("softplus", r"\operatorname{softplus}", "torch.logaddexp({0}, torch.zeros(()))", numpy="np.logaddexp({0}, 0)", voice="softplus"),
    *_elementwise("relu", r"\operatorname{relu}", "torch.relu({0})", numpy="np.maximum({0}, 0)", voice="relu"),
    *_each("lgamma", called(r"\log\Gamma"), "torch.lgamma({0})", called(r"\log\Gamma_{\odot}"), numpy="scipy.special.gammaln({0})", jax="jax.scipy.special.gammaln({0})", voice="log of gamma"),
    *_each("digamma", called(r"\psi"), "torch.digamma({0})", called(r"\psi_{\odot}"), numpy="scipy.special.digamma({0})", jax="jax.scipy.special.digamma({0})", voice="psi"),
    Word("polygamma", "k s -> s", _polygamma, "torch.special.polygamma({0}, {1})", "scipy.special.polygamma({0}, {1})", "jax.scipy.special.polygamma({0}, {1})", elementwise=True, voice="polygamma of order {0} of {1}"),
    Word("polygamma", "k v -> v", _polygamma, "torch.special.polygamma({0}, {1})", "scipy.special.polygamma({0}, {1})", "jax.scipy.special.polygamma({0}, {1})", elementwise=True, voice="polygamma of order {0} of {1}"),
    Word("polygamma", "k M -> M", _polygamma, "torch.special.polygamma({0}, {1})", "scipy.special.polygamma({0}, {1})", "jax.scipy.special.polygamma({0}, {1})", elementwise=True, voice="polygamma of order {0} of {1}"),
    *_each("sqrt", _braced(r"\sqrt"), "torch.sqrt({0})", raised(r"\odot 1/2"), voice="square root", entrywise="{0} to the Hadamard power 1 over 2"),
    *_each("abs", _absolute, "torch.abs({0})", wrapped(r"\lvert", r"\rvert_{\odot}"), voice="absolute value"),
    *_each("conj", _braced(r"\overline"), "torch.conj({0})", _braced(r"\overline"), voice="conjugate", entrywise="conjugate of {0}"),
    *_each("re", _operator("Re"), "torch.real({0})", _operator("Re"), numpy="np.real({0})", voice="real part", entrywise="real part of {0}"),
    *_each("im", _operator("Im"), "torch.imag({0})", _operator("Im"), numpy="np.imag({0})", voice="imaginary part", entrywise="imaginary part of {0}"),
    Word("abs2", "s -> s", _absolute_square, "torch.abs({0}) ** 2", "np.abs({0}) ** 2", voice="absolute value of {0} squared"),
    Word("clamp", "s r r -> s", _function("clamp"), "torch.clamp({0}, {1}, {2})", "np.clip({0}, {1}, {2})", elementwise=True, voice="clamp of {0}, {1}, {2}"),
    Word("clamp", "v r r -> v", _function("clamp"), "torch.clamp({0}, {1}, {2})", "np.clip({0}, {1}, {2})", elementwise=True, voice="clamp of {0}, {1}, {2}"),
    Word("huber", "s r -> s", _huber, "huber({0}, {1})", "np.where(np.abs({0}) <= {1}, {0} ** 2 / 2, {1} * (np.abs({0}) - {1} / 2))", elementwise=True, voice="huber sub {1} of {0}"),
    Word("huber", "v r -> v", _huber, "huber({0}, {1})", "np.where(np.abs({0}) <= {1}, {0} ** 2 / 2, {1} * (np.abs({0}) - {1} / 2))", elementwise=True, voice="huber sub {1} of {0}"),
    Word("maximum", "s s -> s", called(r"\max"), "torch.maximum({0}, {1})", "np.maximum({0}, {1})", voice="maximum of {0}, {1}"),
    Word("minimum", "s s -> s", called(r"\min"), "torch.minimum({0}, {1})", "np.minimum({0}, {1})", voice="minimum of {0}, {1}"),
    # Vectors
    Word("softmax", "v -> v", _function("softmax"), "torch.softmax({0}, dim=0)", "scipy.special.softmax({0})", "jax.nn.softmax({0})", voice="softmax of {0}"),
    Word("logsumexp", "v -> s", _function("logsumexp"), "torch.logsumexp({0}, dim=0)", "scipy.special.logsumexp({0})", "jax.scipy.special.logsumexp({0})", voice="log sum exp of {0}"),
    Word("mean", "v -> s", _function("mean"), "torch.mean({0})", "np.mean({0})", voice="mean of {0}"),
    Word("max", "v -> s", called(r"\max"), "torch.max({0})", "np.max({0})", voice="maximum of {0}"),
    Word("min", "v -> s", called(r"\min"), "torch.min({0})", "np.min({0})", voice="minimum of {0}"),
    Word("outer", "v v -> M", _outer, "torch.outer({0}, {1})", "np.outer({0}, {1})", voice="{0} {1} transpose"),
    Word("Diag", "v -> M", _function("Diag"), "torch.diag({0})", "np.diag({0})", voice="diagonal matrix of {0}"),
    Word("toeplitz", "v -> M", _operator("T"), "toeplitz({0})", f"scipy.linalg.toeplitz({{0}}[{_MIDDLE}::-1], {{0}}[{_MIDDLE}:])", f"jax.scipy.linalg.toeplitz({{0}}[{_MIDDLE}::-1], {{0}}[{_MIDDLE}:])", voice="Toeplitz matrix of {0}"),
    # Inner products and norms
    Word("inner", "v v -> s", wrapped(r"\langle", r"\rangle"), "torch.sum({0} * {1})", "np.sum({0} * {1})", voice="the inner product of {0} and {1}"),
    Word("inner", "M M -> s", wrapped(r"\langle", r"\rangle"), "torch.sum({0} * {1})", "np.sum({0} * {1})", voice="the inner product of {0} and {1}"),
    Word("norm", "v -> s", _norm(), "torch.linalg.vector_norm({0})", "np.linalg.norm({0})", voice="norm of {0}"),
    Word("norm", "M -> s", _norm("F"), "torch.linalg.matrix_norm({0})", "np.linalg.norm({0})", voice="Frobenius norm of {0}"),
    Word("norm", "v r -> s", _p_norm, "torch.linalg.vector_norm({0}, {1})", "np.linalg.norm({0}, {1})", voice="{1} norm of {0}"),
    Word("nuclear", "M -> s", _norm("*"), "torch.linalg.svdvals({0}).sum()", "np.linalg.norm({0}, 'nuc')", voice="nuclear norm of {0}"),
    Word("spectral", "M -> s", _norm("2"), "torch.linalg.matrix_norm({0}, 2)", "np.linalg.norm({0}, 2)", voice="2 norm of {0}"),
    # Matrices: numbers
    Word("tr", "M -> s", _operator("tr"), "torch.trace({0})", "np.trace({0})", voice="trace of {0}"),
    Word("det", "M -> s", named(r"\det"), "torch.linalg.det({0})", "np.linalg.det({0})", voice="determinant of {0}"),
    Word("expanded_det", "M -> s", named(r"\det"), "expanded_det({0})", "np.linalg.det({0})", voice="determinant of {0}"),
    Word("logdet", "M -> s", named(r"\log\det"), "torch.logdet({0})", "np.linalg.slogdet({0})[1]", voice="log of determinant of {0}"),
    Word("logabsdet", "M -> s", _logabsdet, "torch.linalg.slogdet({0}).logabsdet", "np.linalg.slogdet({0})[1]", voice="log of absolute value of determinant of {0}"),
    # Matrices: vectors
    Word("diag", "M -> v", _function("diag"), "torch.diag({0})", "np.diag({0})", voice="diagonal of {0}"),
    Word("vec", "M -> v", _function("vec"), "{0}.flatten()", "{0}.flatten()", voice="vec of {0}"),
    Word("diagonal_sums", "M -> v", _toeplitz_inverse("*"), "diagonal_sums({0})", "np.array([np.trace({0}, k) for k in range(1 - len({0}), len({0}))])", voice="diagonal sums of {0}"),
    Word("diagonal_means", "M -> v", _toeplitz_inverse("+"), "diagonal_means({0})", "np.array([np.mean(np.diag({0}, k)) for k in range(1 - len({0}), len({0}))])", voice="diagonal means of {0}"),
    # Matrices: matrices
    Word("inv", "M -> M", inverse, "torch.linalg.inv({0})", "np.linalg.inv({0})", voice="{0} inverse"),
    Word("pinv", "M -> M", raised("+"), "torch.linalg.pinv({0})", "np.linalg.pinv({0})", voice="{0} pseudoinverse"),
    Word("solve", "M M -> M", _solve, "torch.linalg.solve({0}, {1})", "np.linalg.solve({0}, {1})", voice="{0} inverse {1}"),
    Word("solve", "M v -> v", _solve, "torch.linalg.solve({0}, {1})", "np.linalg.solve({0}, {1})", voice="{0} inverse {1}"),
    Word("sylvester", "M M M -> M", _function("syl"), "sylvester({0}, {1}, {2})", "scipy.linalg.solve_sylvester({0}, {1}, {2})", "jnp.linalg.solve(jnp.kron({0}, jnp.eye(len({1}))) + jnp.kron(jnp.eye(len({0})), {1}.mT), {2}.flatten()).reshape({2}.shape)", voice="Sylvester solution of {0}, {1}, {2}"),
    Word("cof", "M -> M", _operator("cof"), "cof({0})", f"{_COF}(*np.linalg.svd({{0}}))", voice="cofactor matrix of {0}"),
    Word("adj", "M -> M", _operator("adj"), "cof({0}).mT", f"{_COF}(*np.linalg.svd({{0}})).mT", voice="adjugate of {0}"),
    Word("sym", "M -> M", _function("sym"), "sym({0})", "(({0} + {0}.mT) / 2)", voice="symmetric part of {0}"),
    Word("skew", "M -> M", _function("skew"), "skew({0})", "(({0} - {0}.mT) / 2)", voice="skew part of {0}"),
    Word("tril", "M -> M", _function("tril"), "torch.tril({0})", "np.tril({0})", voice="lower triangle of {0}"),
    Word("triu", "M -> M", _function("triu"), "torch.triu({0})", "np.triu({0})", voice="upper triangle of {0}"),
    Word("Phi", "M -> M", called(r"\Phi"), "Phi({0})", "(np.tril({0}) - np.diag(np.diag({0})) / 2)", voice="phi of {0}"),
    Word("kron", "M M -> M", infix(r"\otimes"), "torch.kron({0}.contiguous(), {1}.contiguous())", "np.kron({0}, {1})", voice="{0} Kronecker product {1}"),
    Word("cholesky", "M -> M", _function("chol"), "torch.linalg.cholesky({0})", "np.linalg.cholesky({0})", voice="Cholesky factor of {0}"),
    # Functions of a matrix as a whole
    Word("matrix_power", "M k -> M", _power, "torch.linalg.matrix_power({0}, {1})", "np.linalg.matrix_power({0}, {1})", voice="{0} to the {1}"),
    Word("expm", "M -> M", exponential, "torch.linalg.matrix_exp({0})", "scipy.linalg.expm({0})", "jax.scipy.linalg.expm({0})", voice="e to the {0}"),
    Word("sinm", "M -> M", named(r"\sin"), "torch.linalg.matrix_exp(1j * {0}).imag", "scipy.linalg.sinm({0})", "jnp.imag(jax.scipy.linalg.expm(1j * {0}))", voice="sine of {0}"),
    Word("cosm", "M -> M", named(r"\cos"), "torch.linalg.matrix_exp(1j * {0}).real", "scipy.linalg.cosm({0})", "jnp.real(jax.scipy.linalg.expm(1j * {0}))", voice="cosine of {0}"),
    Word("sqrtm", "M -> M", raised("1/2"), "sqrtm({0})", f"(lambda w, V: V * np.sqrt(w) @ V.mT)(*{_EIGH})", voice="{0} to the 1 over 2"),
    Word("logm", "M -> M", named(r"\log"), "logm({0})", f"(lambda w, V: V * np.log(w) @ V.mT)(*{_EIGH})", voice="log of {0}"),
    Word("frechet_expm", "M M -> M", called(r"L_{\exp}"), "frechet_expm({0}, {1})", "scipy.linalg.expm_frechet({0}, {1}, compute_expm=False)", "jax.scipy.linalg.expm_frechet({0}, {1}, compute_expm=False)", voice="L sub exp of {0}, {1}"),
    # Eigenvalues of a symmetric matrix, ascending; singular values, descending
    Word("eigenvalues", "M -> v", called(r"\lambda"), "torch.linalg.eigvalsh({0})", "np.linalg.eigvalsh({0})", voice="lambda of {0}"),
    Word("eigenvectors", "M -> M", _function("eigvec"), "torch.linalg.eigh({0}).eigenvectors", f"{_EIGH}[1]", voice="eigenvectors of {0}"),
    Word("singular_values", "M -> v", called(r"\sigma"), "torch.linalg.svdvals({0})", "np.linalg.svd({0}, compute_uv=False)", voice="sigma of {0}"),
    Word("left_singular", "M -> M", called(r"\mathcal{U}"), f"{_SVD}.U", f"{_NUMPY_SVD}[0]", voice="left singular vectors of {0}"),
    Word("right_singular", "M -> M", called(r"\mathcal{V}"), f"{_SVD}.Vh.mT", f"{_NUMPY_SVD}[2].mT", voice="right singular vectors of {0}"),
    # The real eigenvalue of largest real part, of a matrix that need not be symmetric
    Word("perron_value", "M -> s", called(r"\rho"), "perron({0})[0]", "np.max(np.linalg.eigvals({0}).real)", voice="rho of {0}"),
    Word("perron_vector", "M -> v", _function("perron"), "perron({0})[1]", "(lambda w, V: np.abs(V[:, w.real.argmax()].real))(*np.linalg.eig({0}))", voice="Perron vector of {0}"),
    # Of a size, not of a value
    Word("I", "k -> M", _always("I"), "torch.eye({0})", "np.eye({0})", voice="I"),
    Word("ones", "k -> v", _ones, "torch.ones({0})", "np.ones({0})", voice="vector of ones"),
    Word("ones", "k k -> M", _ones, "torch.ones({0}, {1})", "np.ones(({0}, {1}))", voice="vector of ones vector of ones transpose"),
    Word("zeros", "k -> v", _always("0"), "torch.zeros({0})", "np.zeros({0})", voice="0"),
    Word("zeros", "k k -> M", _always("0"), "torch.zeros({0}, {1})", "np.zeros(({0}, {1}))", voice="0"),
    Word("basis", "k k -> v", _unit, "torch.eye({1})[{0}]", "np.eye({1})[{0}]", voice="e sub {0}"),
]
# fmt: on

WORDS: dict[str, tuple[Word, ...]] = {
    name: tuple(row for row in _ROWS if row.name == name)
    for name in dict.fromkeys(row.name for row in _ROWS)
}
"""Every word with its rows."""

SPECIAL = {
    "sum": "sum(v), sum(M) or sum(term for i in range(n))",
    "prod": "prod(v) or prod(term for i in range(n))",
    "block": "block([[A, B], [C, D]])",
    "array": "array([a, b]) or array([[a, b], [c, d]]), of numbers",
    "d": "d(expression)",
    "D": "D(expression, x), where x is a variable, an entry of one, or vec(X)",
    "range": "range(n) or range(start, n), inside sum and prod",
}
"""Words whose arguments are more than values, with how each is written."""

ATTRIBUTES = {"mT": transpose, "mH": hermitian}
"""What may follow a dot, for a matrix."""

PHRASES = {
    r"A^{\top}": "{0} transpose",
    r"A^{-\top}": "{0} inverse transpose",
    r"A^{T}": "{0} transpose",
    r"A^{*}": "{0} star",
    r"A^{\mathsf{H}}": "{0} conjugate transpose",
    r"A^{H}": "{0} conjugate transpose",
    r"A^{-\mathsf{H}}": "{0} inverse conjugate transpose",
    r"A_{B}^{\top}": "{0} sub {1} transpose",
    r"A_{B}^{-1}": "{0} sub {1} inverse",
    r"A_{B}^{-\top}": "{0} sub {1} inverse transpose",
    r"A_{B}^{\mathsf{H}}": "{0} sub {1} conjugate transpose",
    r"A \odot B": "{0} Hadamard product {1}",
    r"A \oslash B": "{0} Hadamard quotient {1}",
    r"A^{\odot B}": "{0} to the Hadamard power {1}",
    r"\lVert A \rVert_{F}^{2}": "Frobenius norm of {0} squared",
    r"\lVert A \rVert_{B}^{2}": "{1} norm of {0} squared",
    r"\operatorname{Tr} A": "trace of {0}",
    r"\frac{\partial A}{\partial B}": "the derivative of {0} by {1}",
    r"\frac{\partial}{\partial A}": "the derivative by {0} of",
    r"\frac{\partial^{2} A}{\partial B^{2}}": "the second derivative of {0} by {1}",
    r"\frac{\partial^{2} A}{\partial B \partial C}": "the second derivative of {0} by {1} and {2}",
    r"\frac{\partial^{2}}{\partial A \partial B}": "the second derivative by {0} and {1} of",
    r"\succ 0": "positive definite",
    r"\succeq 0": "positive semidefinite",
    r"\mathbb{R}^{A \times B}": "real {0} by {1} matrices",
    r"\mathbb{C}^{A \times B}": "complex {0} by {1} matrices",
}
"""Voices of forms that no word has: LaTeX, with A, B and C for the parts."""

CONSTANTS = {"pi": (r"\pi", "torch.pi")}
"""Numbers with a name: LaTeX and torch."""

_LETTERS = """\
alpha beta gamma delta zeta eta theta iota kappa lambda mu nu xi rho sigma tau upsilon chi psi omega
Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Psi Omega"""
GREEK = {name: f"\\{name}" for name in _LETTERS.split()} | {
    "eps": r"\varepsilon",
    "epsilon": r"\varepsilon",
    "phi": r"\varphi",
    "ell": r"\ell",
}
"""Greek letters by name, and ell; lambda is written ``lambda_``, since Python keeps the word."""
