r"""The words of an expression: one table from name to LaTeX and to torch.

A word has one row for each kind of argument that it takes. A signature says which:
``s`` is a number, ``v`` a vector, ``M`` a matrix; ``k`` and ``r`` are an integer and a real
number of Python, such as a size or an exponent. The torch code is a template; where one line
would not do, it calls the definition that stands beside it.

A new word is one row.

>>> [row.signature for row in WORDS["norm"]]
['v -> s', 'M -> s', 'v r -> s']
>>> WORDS["inv"][0].torch
'torch.linalg.inv({0})'
"""

from dataclasses import dataclass

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

__all__ = ["ATTRIBUTES", "CONSTANTS", "GREEK", "SPECIAL", "WORDS", "Word"]


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
    definition : str
        The source of the function that the code calls, where torch has none of its own.
    elementwise : bool
        Whether entry i of the result depends on entry i of the arguments alone.
    """

    name: str
    signature: str
    latex: Form
    torch: str
    definition: str = ""
    elementwise: bool = False

    @property
    def parameters(self) -> tuple[str, ...]:
        """The kinds of the arguments."""
        return tuple(self.signature.partition("->")[0].split())

    @property
    def result(self) -> str:
        """The kind of the result."""
        return self.signature.partition("->")[2].strip()


def _each(name: str, latex: Form, torch: str, matrix: Form) -> list[Word]:
    """Return the rows of a function of every entry; of a matrix it is set with a circled dot."""
    forms = {"s": latex, "v": latex if name != "exp" else named(r"\exp"), "M": matrix}
    return [Word(name, f"{k} -> {k}", form, torch, elementwise=True) for k, form in forms.items()]


def _elementwise(name: str, command: str, torch: str) -> list[Word]:
    """Return the rows of a function with a name of its own."""
    return _each(name, named(command), torch, called(rf"{command}_{{\odot}}"))


def _operator(name: str) -> Form:
    """Set a function by its name in upright letters, without parentheses where none are needed."""
    return named(rf"\operatorname{{{name}}}")


def _function(name: str) -> Form:
    """Set a function by its name in upright letters, with parentheses."""
    return called(rf"\operatorname{{{name}}}")


def _braced(command: str) -> Form:
    """Set a command of LaTeX around its argument."""
    return lambda x: Piece(f"{command}{{{x.text}}}")


def _norm(index: str = "") -> Form:
    """Set a norm."""
    close = rf"\rVert_{{{index}}}" if index else r"\rVert"
    return wrapped(r"\lVert", close)


def _p_norm(x: Piece, p: Piece) -> Piece:
    """Set the norm with an index that is an argument."""
    return _norm(p.text)(x)


def _solve(A: Piece, B: Piece) -> Piece:
    """Set the solution of AX = B as the inverse of A, times B; a transpose shares the exponent."""
    if A.turned:
        base, mark = A.turned
        return product(power(base, f"-{mark}"), B)
    return product(inverse(A), B)


def _outer(x: Piece, y: Piece) -> Piece:
    """Set the outer product as a column times a row."""
    return product(x, transpose(y))


def _ones(*sizes: Piece) -> Piece:
    """Set ones: a vector, or a matrix as the outer product of two."""
    one = Piece(r"\mathbf{1}")
    return one if len(sizes) == 1 else product(one, transpose(one))


def _always(text: str) -> Form:
    """Set a text that does not show its arguments."""
    return lambda *_: Piece(text)


def _absolute(x: Piece) -> Piece:
    """Set the absolute value."""
    return wrapped(r"\lvert", r"\rvert")(x)


def _logabsdet(X: Piece) -> Piece:
    """Set the logarithm of the absolute value of the determinant."""
    return named(r"\log")(_absolute(named(r"\det")(X)))


def _power(X: Piece, k: Piece) -> Piece:
    """Set a power of a matrix, of an inverse with one exponent."""
    if X.inverted and k.text.isdigit():
        return power(X.inverted, f"-{k.text}")
    return power(X, k.text)


def _absolute_square(x: Piece) -> Piece:
    """Set the square of the absolute value."""
    return power(_absolute(x), "2")


def _unit(i: Piece, _: Piece) -> Piece:
    """Set a vector of the standard basis."""
    return Piece(f"e_{{{i.text}}}")


def _huber(x: Piece, delta: Piece) -> Piece:
    """Set Huber's function with its threshold as an index."""
    return called(rf"\operatorname{{huber}}_{{{delta.text}}}")(x)


# What torch has no function for

_SYM = "def sym(A):\n    return (A + A.mT) / 2"
_SKEW = "def skew(A):\n    return (A - A.mT) / 2"
_PHI = "def Phi(A):\n    return A.tril() - torch.diag(torch.diag(A)) / 2"
_COF = """\
def cof(X):
    U, s, Vh = torch.linalg.svd(X)
    others = torch.stack([s[torch.arange(len(s)) != i].prod() for i in range(len(s))])
    return torch.linalg.det(U) * torch.linalg.det(Vh) * (U * others) @ Vh"""
_EXPANDED_DET = """\
def expanded_det(X):
    if len(X) == 1:
        return X[0, 0]
    minors = [torch.cat([X[1:, :j], X[1:, j + 1 :]], dim=1) for j in range(len(X))]
    return sum((-1) ** j * X[0, j] * expanded_det(minors[j]) for j in range(len(X)))"""
_SQRTM = """\
def sqrtm(A):
    eigenvalues, V = torch.linalg.eigh(A)
    return V * eigenvalues.sqrt() @ V.mT"""
_LOGM = """\
def logm(A):
    eigenvalues, V = torch.linalg.eigh(A)
    return V * eigenvalues.log() @ V.mT"""
_FRECHET = """\
def frechet_expm(A, E):
    n = len(A)
    top, bottom = torch.cat([A, E], dim=1), torch.cat([torch.zeros_like(A), A], dim=1)
    return torch.linalg.matrix_exp(torch.cat([top, bottom]))[:n, n:]"""
_SYLVESTER = """\
def sylvester(A, B, C):
    m, n = C.shape
    In, Im = torch.eye(n).to(C), torch.eye(m).to(C)
    K = torch.kron(A.contiguous(), In) + torch.kron(Im, B.mT.contiguous())
    return torch.linalg.solve(K, C.flatten()).reshape(m, n)"""
_PERRON = """\
def perron(A):
    eigenvalues, vectors = torch.linalg.eig(A)
    i = eigenvalues.real.argmax()
    v = vectors[:, i].real
    return eigenvalues[i].real, v / torch.linalg.vector_norm(v) * torch.sign(v[0])"""
_TOEPLITZ = """\
def toeplitz(t):
    n = (len(t) + 1) // 2
    return torch.stack([t[n - 1 - i : 2 * n - 1 - i] for i in range(n)])"""
_HUBER = """\
def huber(x, delta):
    return torch.where(x.abs() <= delta, x**2 / 2, delta * (x.abs() - delta / 2))"""

_SVD = "torch.linalg.svd({0}, full_matrices=False)"

_ROWS = [
    # Functions of every entry
    *_each("exp", exponential, "torch.exp({0})", called(r"\exp_{\odot}")),
    *_elementwise("log", r"\log", "torch.log({0})"),
    *_elementwise("sin", r"\sin", "torch.sin({0})"),
    *_elementwise("cos", r"\cos", "torch.cos({0})"),
    *_elementwise("tan", r"\tan", "torch.tan({0})"),
    *_elementwise("sinh", r"\sinh", "torch.sinh({0})"),
    *_elementwise("cosh", r"\cosh", "torch.cosh({0})"),
    *_elementwise("tanh", r"\tanh", "torch.tanh({0})"),
    *_elementwise("arctan", r"\arctan", "torch.arctan({0})"),
    *_elementwise("sign", r"\operatorname{sign}", "torch.sign({0})"),
    *_elementwise("erf", r"\operatorname{erf}", "torch.erf({0})"),
    *_each("sigmoid", called(r"\sigma"), "torch.sigmoid({0})", called(r"\sigma_{\odot}")),
    *_elementwise("softplus", r"\operatorname{softplus}", "torch.logaddexp({0}, torch.zeros(()))"),
    *_elementwise("relu", r"\operatorname{relu}", "torch.relu({0})"),
    *_each("lgamma", called(r"\log\Gamma"), "torch.lgamma({0})", called(r"\log\Gamma_{\odot}")),
    *_each("digamma", called(r"\psi"), "torch.digamma({0})", called(r"\psi_{\odot}")),
    *_each("sqrt", _braced(r"\sqrt"), "torch.sqrt({0})", raised(r"\odot 1/2")),
    *_each("abs", _absolute, "torch.abs({0})", wrapped(r"\lvert", r"\rvert_{\odot}")),
    *_each("conj", _braced(r"\overline"), "torch.conj({0})", _braced(r"\overline")),
    *_each("re", _operator("Re"), "torch.real({0})", _operator("Re")),
    *_each("im", _operator("Im"), "torch.imag({0})", _operator("Im")),
    Word("abs2", "s -> s", _absolute_square, "torch.abs({0}) ** 2"),
    Word("clamp", "s r r -> s", _function("clamp"), "torch.clamp({0}, {1}, {2})", elementwise=True),
    Word("clamp", "v r r -> v", _function("clamp"), "torch.clamp({0}, {1}, {2})", elementwise=True),
    Word("huber", "s r -> s", _huber, "huber({0}, {1})", _HUBER, elementwise=True),
    Word("huber", "v r -> v", _huber, "huber({0}, {1})", _HUBER, elementwise=True),
    Word("maximum", "s s -> s", called(r"\max"), "torch.maximum({0}, {1})"),
    Word("minimum", "s s -> s", called(r"\min"), "torch.minimum({0}, {1})"),
    # Vectors
    Word("softmax", "v -> v", _function("softmax"), "torch.softmax({0}, dim=0)"),
    Word("logsumexp", "v -> s", _function("logsumexp"), "torch.logsumexp({0}, dim=0)"),
    Word("mean", "v -> s", _function("mean"), "torch.mean({0})"),
    Word("max", "v -> s", called(r"\max"), "torch.max({0})"),
    Word("min", "v -> s", called(r"\min"), "torch.min({0})"),
    Word("outer", "v v -> M", _outer, "torch.outer({0}, {1})"),
    Word("Diag", "v -> M", _function("Diag"), "torch.diag({0})"),
    Word("toeplitz", "v -> M", _operator("T"), "toeplitz({0})", _TOEPLITZ),
    # Inner products and norms
    Word("inner", "v v -> s", wrapped(r"\langle", r"\rangle"), "torch.sum({0} * {1})"),
    Word("inner", "M M -> s", wrapped(r"\langle", r"\rangle"), "torch.sum({0} * {1})"),
    Word("norm", "v -> s", _norm(), "torch.linalg.vector_norm({0})"),
    Word("norm", "M -> s", _norm("F"), "torch.linalg.matrix_norm({0})"),
    Word("norm", "v r -> s", _p_norm, "torch.linalg.vector_norm({0}, {1})"),
    Word("nuclear", "M -> s", _norm("*"), "torch.linalg.svdvals({0}).sum()"),
    Word("spectral", "M -> s", _norm("2"), "torch.linalg.matrix_norm({0}, 2)"),
    # Matrices: numbers
    Word("tr", "M -> s", _operator("tr"), "torch.trace({0})"),
    Word("det", "M -> s", named(r"\det"), "torch.linalg.det({0})"),
    Word("expanded_det", "M -> s", named(r"\det"), "expanded_det({0})", _EXPANDED_DET),
    Word("logdet", "M -> s", named(r"\log\det"), "torch.logdet({0})"),
    Word("logabsdet", "M -> s", _logabsdet, "torch.linalg.slogdet({0}).logabsdet"),
    # Matrices: vectors
    Word("diag", "M -> v", _function("diag"), "torch.diag({0})"),
    Word("vec", "M -> v", _function("vec"), "{0}.flatten()"),
    # Matrices: matrices
    Word("inv", "M -> M", inverse, "torch.linalg.inv({0})"),
    Word("pinv", "M -> M", raised("+"), "torch.linalg.pinv({0})"),
    Word("solve", "M M -> M", _solve, "torch.linalg.solve({0}, {1})"),
    Word("solve", "M v -> v", _solve, "torch.linalg.solve({0}, {1})"),
    Word("sylvester", "M M M -> M", _function("syl"), "sylvester({0}, {1}, {2})", _SYLVESTER),
    Word("cof", "M -> M", _operator("cof"), "cof({0})", _COF),
    Word("adj", "M -> M", _operator("adj"), "cof({0}).mT", _COF),
    Word("sym", "M -> M", _function("sym"), "sym({0})", _SYM),
    Word("skew", "M -> M", _function("skew"), "skew({0})", _SKEW),
    Word("tril", "M -> M", _function("tril"), "torch.tril({0})"),
    Word("triu", "M -> M", _function("triu"), "torch.triu({0})"),
    Word("Phi", "M -> M", called(r"\Phi"), "Phi({0})", _PHI),
    Word("kron", "M M -> M", infix(r"\otimes"), "torch.kron({0}.contiguous(), {1}.contiguous())"),
    Word("cholesky", "M -> M", _function("chol"), "torch.linalg.cholesky({0})"),
    # Functions of a matrix as a whole
    Word("matrix_power", "M k -> M", _power, "torch.linalg.matrix_power({0}, {1})"),
    Word("expm", "M -> M", exponential, "torch.linalg.matrix_exp({0})"),
    Word("sinm", "M -> M", named(r"\sin"), "torch.linalg.matrix_exp(1j * {0}).imag"),
    Word("cosm", "M -> M", named(r"\cos"), "torch.linalg.matrix_exp(1j * {0}).real"),
    Word("sqrtm", "M -> M", raised("1/2"), "sqrtm({0})", _SQRTM),
    Word("logm", "M -> M", named(r"\log"), "logm({0})", _LOGM),
    Word("frechet_expm", "M M -> M", called(r"L_{\exp}"), "frechet_expm({0}, {1})", _FRECHET),
    # Eigenvalues of a symmetric matrix, ascending; singular values, descending
    Word("eigenvalues", "M -> v", called(r"\lambda"), "torch.linalg.eigvalsh({0})"),
    Word("eigenvectors", "M -> M", _function("eigvec"), "torch.linalg.eigh({0}).eigenvectors"),
    Word("singular_values", "M -> v", called(r"\sigma"), "torch.linalg.svdvals({0})"),
    Word("left_singular", "M -> M", called(r"\mathcal{U}"), f"{_SVD}.U"),
    Word("right_singular", "M -> M", called(r"\mathcal{V}"), f"{_SVD}.Vh.mT"),
    # The real eigenvalue of largest real part, of a matrix that need not be symmetric
    Word("perron_value", "M -> s", called(r"\rho"), "perron({0})[0]", _PERRON),
    Word("perron_vector", "M -> v", _function("perron"), "perron({0})[1]", _PERRON),
    # Of a size, not of a value
    Word("I", "k -> M", _always("I"), "torch.eye({0})"),
    Word("ones", "k -> v", _ones, "torch.ones({0})"),
    Word("ones", "k k -> M", _ones, "torch.ones({0}, {1})"),
    Word("zeros", "k -> v", _always("0"), "torch.zeros({0})"),
    Word("zeros", "k k -> M", _always("0"), "torch.zeros({0}, {1})"),
    Word("basis", "k k -> v", _unit, "torch.eye({1})[{0}]"),
]

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
