r"""What others call the words of the notation: one table.

A row has a name, what it means in the words of the notation, and what is typed for it somewhere.
``{0}`` and ``{1}`` are its arguments; a number is spread over a vector where one is needed.

>>> MEANINGS["norm1"].means
'sum(abs({0}))'
>>> known("trace"), known("tr"), known("trce")
(True, True, False)
"""

from dataclasses import dataclass
from keyword import kwlist

from autodiff_notes.notation.vocabulary import CONSTANTS, GREEK, SPECIAL, WORDS

__all__ = [
    "COMMANDS",
    "ELSEWHERE",
    "MEANINGS",
    "METHODS",
    "MODULES",
    "REFUSED",
    "RESERVED",
    "Spelling",
    "known",
    "letter_of",
]


@dataclass(frozen=True)
class Spelling:
    """A row.

    Attributes
    ----------
    name : str
        What is typed.
    means : str
        What it means.
    example : str
        A formula with it, which the tests read and evaluate.
    same : str
        The same formula in the notation, whose value it must have.
    """

    name: str
    means: str
    example: str
    same: str


# fmt: off
_ROWS = (
    # Of numbers, or of each entry
    Spelling("ln", "log({0})", "ln(x)", "log(x)"),
    Spelling("log1p", "log(1 + {0})", "sum(np.log1p(x))", "sum(log(ones(n) + x))"),
    Spelling("expm1", "exp({0}) - 1", "sum(np.expm1(x))", "sum(exp(x) - ones(n))"),
    Spelling("square", "{0} ** 2", "np.square(x).sum()", "sum(x ** 2)"),
    Spelling("pow", "{0} ** {1}", "x.pow(3).sum()", "sum(x ** 3)"),
    Spelling("power", "{0} ** {1}", "sum(np.power(x, 3))", "sum(x ** 3)"),
    Spelling("reciprocal", "1 / {0}", "torch.reciprocal(x).sum()", "sum(1 / x)"),
    Spelling("negative", "-{0}", "sum(np.negative(x))", "-sum(x)"),
    Spelling("neg", "-{0}", "x.neg().sum()", "-sum(x)"),
    Spelling("logistic", "sigmoid({0})", "sum(logistic(x))", "sum(sigmoid(x))"),
    Spelling("expit", "sigmoid({0})", "scipy.special.expit(x).sum()", "sum(sigmoid(x))"),
    Spelling("atan", "arctan({0})", "torch.atan(x).sum()", "sum(arctan(x))"),
    Spelling("sgn", "sign({0})", "x @ sgn(x)", "x @ sign(x)"),
    Spelling("absolute", "abs({0})", "np.absolute(x).sum()", "sum(abs(x))"),
    Spelling("gammaln", "lgamma({0})", "sum(gammaln(x))", "sum(lgamma(x))"),
    Spelling("loggamma", "lgamma({0})", "sum(loggamma(x))", "sum(lgamma(x))"),
    Spelling("clip", "clamp({0}, {1}, {2})", "np.clip(x, -1, 1).sum()", "sum(clamp(x, -1, 1))"),
    Spelling("logsigmoid", "-softplus(-{0})", "F.logsigmoid(x).sum()", "-sum(softplus(-x))"),
    Spelling("log_softmax", "log(softmax({0}))", "F.log_softmax(x, dim=0).sum()", "sum(log(softmax(x)))"),
    Spelling("real", "re({0})", "real(x)", "re(x)"),
    Spelling("imag", "im({0})", "imag(x)", "im(x)"),
    # Products
    Spelling("matmul", "{0} @ {1}", "np.matmul(x, np.matmul(A, x))", "x @ A @ x"),
    Spelling("dot", "{0} @ {1}", "x.dot(A.dot(x))", "x @ A @ x"),
    Spelling("vdot", "inner({0}, {1})", "np.vdot(x, y)", "x @ y"),
    Spelling("mm", "{0} @ {1}", "torch.trace(A.mm(B))", "tr(A @ B)"),
    Spelling("mv", "{0} @ {1}", "A.mv(x).sum()", "sum(A @ x)"),
    Spelling("multiply", "{0} * {1}", "np.multiply(x, y).sum()", "sum(x * y)"),
    Spelling("mul", "{0} * {1}", "x.mul(y).sum()", "sum(x * y)"),
    Spelling("hadamard", "{0} * {1}", "sum(hadamard(A, B))", "sum(A * B)"),
    Spelling("divide", "{0} / {1}", "np.divide(x, y).sum()", "sum(x / y)"),
    Spelling("div", "{0} / {1}", "x.div(y).sum()", "sum(x / y)"),
    Spelling("add", "{0} + {1}", "np.add(x, y).sum()", "sum(x + y)"),
    Spelling("subtract", "{0} - {1}", "np.subtract(x, y).sum()", "sum(x - y)"),
    Spelling("sub", "{0} - {1}", "x.sub(y).sum()", "sum(x - y)"),
    # Norms
    Spelling("norm1", "sum(abs({0}))", "norm1(A*x-y)", "sum(abs(A @ x - y))"),
    Spelling("norm2", "norm({0})", "norm2(A*x-y)^2", "norm(A @ x - y) ** 2"),
    Spelling("vector_norm", "norm({0})", "torch.linalg.vector_norm(x)", "norm(x)"),
    Spelling("matrix_norm", "norm({0})", "torch.linalg.matrix_norm(A)", "norm(A)"),
    # Matrices
    Spelling("trace", "tr({0})", "np.trace(A @ B)", "tr(A @ B)"),
    Spelling("Tr", "tr({0})", r"\operatorname{Tr}(A B)", "tr(A @ B)"),
    Spelling("Trace", "tr({0})", "Trace(A @ B)", "tr(A @ B)"),
    Spelling("transpose", "{0}.mT", "torch.trace(np.transpose(A) @ B)", "tr(A.mT @ B)"),
    Spelling("adjoint", "{0}.mT", "torch.trace(torch.adjoint(A) @ B)", "tr(A.mT @ B)"),
    Spelling("t", "{0}.mT", "torch.trace(A.t() @ B)", "tr(A.mT @ B)"),
    Spelling("determinant", "det({0})", "determinant(X)", "det(X)"),
    Spelling("Det", "det({0})", "Det(X)", "det(X)"),
    Spelling("inverse", "inv({0})", "tr(inverse(X))", "tr(inv(X))"),
    Spelling("Inverse", "inv({0})", "Trace(Inverse(X))", "tr(inv(X))"),
    Spelling("pinverse", "pinv({0})", "sum(pinverse(A))", "sum(pinv(A))"),
    Spelling("matrix_exp", "expm({0})", "torch.trace(torch.linalg.matrix_exp(A))", "tr(expm(A))"),
    Spelling("chol", "cholesky({0})", "sum(chol(S))", "sum(cholesky(S))"),
    Spelling("svdvals", "singular_values({0})", "torch.linalg.svdvals(A).sum()", "sum(singular_values(A))"),
    Spelling("eigvalsh", "eigenvalues({0})", "np.linalg.eigvalsh(S).sum()", "sum(eigenvalues(S))"),
    Spelling("diagonal", "diag({0})", "np.diagonal(A).sum()", "sum(diag(A))"),
    Spelling("ravel", "vec({0})", "A.ravel() @ B.ravel()", "vec(A) @ vec(B)"),
    Spelling("flatten", "vec({0})", "A.flatten() @ B.flatten()", "vec(A) @ vec(B)"),
    Spelling("amax", "max({0})", "torch.amax(x)", "max(x)"),
    Spelling("amin", "min({0})", "torch.amin(x)", "min(x)"),
    # Of a size
    Spelling("eye", "I({0})", "sum(np.eye(n) @ x)", "sum(x)"),
    Spelling("identity", "I({0})", "sum(np.identity(n) @ x)", "sum(x)"),
)
# fmt: on

MEANINGS = {row.name: row for row in _ROWS}
"""Every row, by name."""

# fmt: off
MODULES = {
    "np", "numpy", "jnp", "jax", "torch", "linalg", "special", "scipy", "nn", "functional", "F", "math", "stats", "sp", "sympy",
}
# fmt: on
"""Names of modules, which say where a word comes from and not what it means."""

METHODS = {"T": "T", "mT": "T", "H": "H", "mH": "H"}
"""What stands behind a dot and takes no parentheses."""

# fmt: off
COMMANDS = {
    "\\log": "log", "\\ln": "log", "\\exp": "exp", "\\sin": "sin", "\\cos": "cos", "\\tan": "tan", "\\sinh": "sinh",
    "\\cosh": "cosh", "\\tanh": "tanh", "\\arctan": "arctan", "\\det": "det", "\\max": "max", "\\min": "min", "\\Re": "re", "\\Im": "im", "\\tr": "tr", "\\Tr": "tr", "\\trace": "tr",
    "\\diag": "diag", "\\Diag": "Diag", "\\sgn": "sign", "\\sign": "sign",
}
# fmt: on
"""Functions that have a command of LaTeX."""

CALLED = {
    "sigma": "sigma",
    "lambda": "eigenvalues",
    "rho": "perron_value",
    "psi": "digamma",
    "Phi": "Phi",
}
"""Greek letters that are functions where nothing else has that name."""

UPRIGHT = {
    "syl": "sylvester",
    "eigvec": "eigenvectors",
    "perron": "perron_vector",
    "Re": "re",
    "Im": "im",
}
"""Words that the notation prints by another name."""

RESERVED = {*kwlist, "inf", "nan", "true", "false", "end", "mod", "of", "the"} - {"lambda"}
"""Words of a program or a sentence that are no letters."""

# fmt: off
ELSEWHERE = {
    "cot", "sec", "csc", "lg", "lb", "lim", "int", "sup", "arg", "var", "cov", "std", "mse", "rank", "let",
}
"""Words of others that the notation does not have, and that are no product of letters."""

REFUSED = {
    "=": "this is an equation: one side of it can be read, or a name and what it means, as in f(x) = x^2",
    ",": "a comma: one formula is read at a time, and an inner product is x^T y",
    ";": "one formula is read at a time",
    ":": "a colon; of a program the formula alone is read, and an inner product of matrices is tr(A^T B)",
    "#": "a comment is not read: leave it out",
    "%": "a comment or a remainder is not read: leave it out",
    "!": "a factorial is not known here",
    "\\infty": "infinity is not known here; the largest absolute value is max(abs(x))",
    "\\in": "where a letter lives is said apart, as in x in vector(n)",
    **dict.fromkeys(("\\nabla", "\\partial"), "give the function alone: its derivative is derived"),
    **dict.fromkeys(("<", ">", "<=", ">=", "!=", "~=", "\\le", "\\leq", "\\ge", "\\geq"), "a relation is no function"),
}
# fmt: on
"""Signs that stand in no function, and why."""

_LETTERS = {
    "lam": "lambda_",
    "lambd": "lambda_",
    "lmbda": "lambda_",
    "lamda": "lambda_",
    "lambda": "lambda_",
}
_LETTERS |= {"varepsilon": "epsilon", "varphi": "phi", "vartheta": "theta", "varsigma": "sigma"}


def letter_of(name: str) -> str:
    """Return a Greek letter as the notation names it, or nothing."""
    return _LETTERS.get(name, name if name in GREEK else "")


def known(name: str) -> bool:
    """Return whether a name is a word, here or in the notation."""
    return name in MEANINGS or name in WORDS or name in SPECIAL or name in CONSTANTS
