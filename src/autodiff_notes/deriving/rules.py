"""Differentials of words that are not linear, a row each, as in a book of calculus.

A row says what ``d`` of a pattern is, in the notation. It is a derivation of one line, and is
executed as one. The first row that matches is taken; what the variables in ``needs`` are declared
to be must be known. The functions of every entry are written for a number, and hold entry by entry.

>>> print(RULES["inv"][0].text)
X in invertible(n)
<BLANKLINE>
d(inv(X))
= -inv(X) @ d(X) @ inv(X)  # [the inverse](#inverse)
<BLANKLINE>
"""

from dataclasses import dataclass, field
from functools import cached_property

from autodiff_notes.deriving.matching import Pattern

__all__ = ["ENTRYWISE", "RULES", "Rule"]


@dataclass(frozen=True)
class Rule:
    """The differential of a pattern.

    Attributes
    ----------
    pattern : str
        A word, or several, of variables.
    differential : str
        What ``d`` of it is.
    variables : tuple of str
        Declarations.
    reason : str
        The name of the rule.
    entry : str
        The catalogue's entry that proves it, if there is one.
    needs : tuple of str
        Variables of which it must be known that they are in their set.
    """

    pattern: str
    differential: str
    variables: tuple[str, ...]
    reason: str
    entry: str = ""
    needs: tuple[str, ...] = field(default=())

    @property
    def because(self) -> str:
        """The reason, with a link to the entry that proves it."""
        return f"[{self.reason}](#{self.entry})" if self.entry else self.reason

    @property
    def text(self) -> str:
        """The rule as a derivation of one line."""
        given = "\n".join(self.variables)
        return f"{given}\n\nd({self.pattern})\n= {self.differential}  # {self.because}\n"

    @cached_property
    def compiled(self) -> Pattern:
        """The pattern, read."""
        return Pattern(self.pattern, self.variables, self.needs)


_X, _S, _P = ("X in square(n)",), ("X in spd(n)",), ("X in invertible(n)",)
_E, _v = ("X in distinct_eigenvalues(n)",), ("x in vector(n)",)
_EI = (*_E, "i in index(n)")
_W = ("X in tall_distinct_singular_values(m, n)",)
_COMPLEX = ("z in complex_scalar()",)
_GAPS = "(1 / (outer(ones(n), eigenvalues(X)) - outer(eigenvalues(X), ones(n)) + I(n)) - I(n))"
_QUOTIENTS = (
    "((outer(log(eigenvalues(X)), ones(n)) - outer(ones(n), log(eigenvalues(X)))) "
    "/ (outer(eigenvalues(X), ones(n)) - outer(ones(n), eigenvalues(X)) + I(n)) "
    "+ Diag(1 / eigenvalues(X)))"
)
_ONE = "(left_singular(X).mT @ left_singular(X))"  # the identity, of a size that has no name
_SQUARES = (
    f"(1 / (outer(diag({_ONE}), singular_values(X) ** 2) - outer(singular_values(X) ** 2, "
    f"diag({_ONE})) + {_ONE}) - {_ONE})"
)
_TILTED = "left_singular(X).mT @ d(X) @ right_singular(X)"
_BACK = "right_singular(X).mT @ d(X).mT @ left_singular(X)"
_MIXED_LEFT = f"{_TILTED} @ Diag(singular_values(X)) + Diag(singular_values(X)) @ {_BACK}"
_MIXED_RIGHT = f"Diag(singular_values(X)) @ {_TILTED} + {_BACK} @ Diag(singular_values(X))"
_D = ("X in distinct_singular_values(m, n)",)
_TURNED = "block([[zeros(n, n), -X], [X, zeros(n, n)]])"
_MOVED = "block([[zeros(n, n), -d(X)], [d(X), zeros(n, n)]])"
_GAP = "inv(eigenvalues(X)[i] * I(n) - X + outer({v}, {v}))".format(v="eigenvectors(X)[:, i]")

# fmt: off
ENTRYWISE: dict[str, Rule] = {rule.pattern.partition("(")[0]: rule for rule in (
    Rule("exp(x)", "exp(x) * d(x)", ("x in scalar()",), "the exponential"),
    Rule("log(x)", "d(x) / x", ("x in positive_scalar()",), "the logarithm"),
    Rule("sin(x)", "cos(x) * d(x)", ("x in scalar()",), "the sine"),
    Rule("cos(x)", "-sin(x) * d(x)", ("x in scalar()",), "the cosine"),
    Rule("tan(x)", "(1 + tan(x) ** 2) * d(x)", ("x in proportion()",), "the tangent"),
    Rule("sinh(x)", "cosh(x) * d(x)", ("x in scalar()",), "the hyperbolic sine"),
    Rule("cosh(x)", "sinh(x) * d(x)", ("x in scalar()",), "the hyperbolic cosine"),
    Rule("tanh(x)", "(1 - tanh(x) ** 2) * d(x)", ("x in scalar()",), "the hyperbolic tangent"),
    Rule("arctan(x)", "d(x) / (1 + x ** 2)", ("x in scalar()",), "the arctangent"),
    Rule("erf(x)", "2 / sqrt(pi) * exp(-x ** 2) * d(x)", ("x in scalar()",), "the error function"),
    Rule("sigmoid(x)", "sigmoid(x) * (1 - sigmoid(x)) * d(x)", ("x in scalar()",), "the sigmoid"),
    Rule("softplus(x)", "sigmoid(x) * d(x)", ("x in scalar()",), "softplus"),
    Rule("relu(x)", "relu(sign(x)) * d(x)", ("x in nonzero_scalar()",), "the rectifier"),
    Rule("abs(x)", "sign(x) * d(x)", ("x in nonzero_scalar()",), "the absolute value"),
    Rule("sign(x)", "0 * d(x)", ("x in nonzero_scalar()",), "the sign is constant on either side"),
    Rule("lgamma(x)", "digamma(x) * d(x)", ("x in positive_scalar()",), "the log-gamma function"),
    Rule("digamma(x)", "polygamma(1, x) * d(x)", ("x in positive_scalar()",), "the digamma function"),
    Rule("polygamma(k, x)", "polygamma(k + 1, x) * d(x)", ("x in positive_scalar()", "k in natural()"), "the polygamma functions"),
    Rule("huber(x, b)", "clamp(x, -b, b) * d(x)", ("x in scalar()", "b in order()"), "Huber's function", "huber-loss"),
    Rule("clamp(x, -a, b)", "(sign(x + a) - sign(x - b)) / 2 * d(x)", ("x in scalar()", "a, b in order()"), "a bounded value"),
)}

_ROWS: tuple[Rule, ...] = (
    # Numbers
    Rule("maximum(x, y)", "((1 + sign(x - y)) * d(x) + (1 - sign(x - y)) * d(y)) / 2", ("x, y in scalar()",), "the larger of two"),
    Rule("minimum(x, y)", "((1 - sign(x - y)) * d(x) + (1 + sign(x - y)) * d(y)) / 2", ("x, y in scalar()",), "the smaller of two"),
    Rule("log(cosh(x))", "tanh(x) * d(x)", ("x in scalar()",), "the logarithm of the hyperbolic cosine"),
    # Vectors
    Rule("log(cosh(x))", "tanh(x) * d(x)", _v, "the logarithm of the hyperbolic cosine"),
    Rule("logsumexp(x)", "softmax(x) @ d(x)", _v, "logsumexp", "logsumexp"),
    Rule("softmax(x)", "softmax(x) * d(x) - (softmax(x) @ d(x)) * softmax(x)", _v, "softmax", "softmax-jacobian"),
    Rule("prod(x)", "prod(x) * sum(d(x) / x)", ("x in nonzero(n)",), "the product of entries", "product-of-entries"),
    Rule("norm(x, p)", "norm(x, p) ** (1 - p) * ((x * abs(x) ** (p - 2)) @ d(x))", ("x in nonzero(n)", "p in order()"), "the norm", "p-norm"),
    Rule("max(x)", "(ones(n) + sign(x - max(x) * ones(n))) @ d(x)", _v, "the largest entry moves alone"),
    Rule("min(x)", "(ones(n) - sign(x - min(x) * ones(n))) @ d(x)", _v, "the smallest entry moves alone"),
    # Determinants
    Rule("det(X)", "det(X) * tr(inv(X) @ d(X))", _P, "Jacobi's formula", "determinant", ("X",)),
    Rule("det(X)", "inner(cof(X), d(X))", _X, "the cofactors", "determinant-by-cofactors"),
    Rule("expanded_det(X)", "inner(cof(X), d(X))", _X, "the cofactors", "determinant-by-cofactors"),
    Rule("logdet(X)", "tr(inv(X) @ d(X))", ("X in positive_determinant(n)",), "the log-determinant", "log-det"),
    Rule("logabsdet(X)", "tr(inv(X) @ d(X))", _P, "the log-determinant", "log-abs-det"),
    Rule("cof(X)", "tr(inv(X) @ d(X)) * cof(X) - cof(X) @ d(X).mT @ inv(X).mT", _P, "the cofactors, where the matrix is invertible"),
    # Inverses
    Rule("inv(X)", "-inv(X) @ d(X) @ inv(X)", _P, "the inverse", "inverse"),
    Rule("solve(A, B)", "solve(A, d(B) - d(A) @ solve(A, B))", ("A in invertible(m)", "B in matrix(m, n)"), "the linear system", "linear-system"),
    Rule("pinv(X)", "-pinv(X) @ d(X) @ pinv(X) + pinv(X) @ pinv(X).mT @ d(X).mT @ (I(m) - X @ pinv(X))", ("X in tall(m, n)",), "the pseudoinverse", "pseudoinverse-of-tall", ("X",)),
    Rule("pinv(X)", "-pinv(X) @ d(X) @ pinv(X) + (I(n) - pinv(X) @ X) @ d(X).mT @ pinv(X).mT @ pinv(X)", ("X in wide(m, n)",), "the pseudoinverse", "pseudoinverse-of-wide", ("X",)),
    Rule("pinv(X)", "-pinv(X) @ d(X) @ pinv(X) + pinv(X) @ pinv(X).mT @ d(X).mT @ (I(m) - X @ pinv(X)) + (I(n) - pinv(X) @ X) @ d(X).mT @ pinv(X).mT @ pinv(X)", ("X in full_rank(m, n)",), "the pseudoinverse of constant rank"),
    Rule("sylvester(A, B, C)", "sylvester(A, B, d(C) - d(A) @ sylvester(A, B, C) - sylvester(A, B, C) @ d(B))", ("A in positive_definite(m)", "B in positive_definite(n)", "C in matrix(m, n)"), "Sylvester's equation", "sylvester-equation"),
    # Powers and functions of a matrix
    Rule("tr(matrix_power(X, k))", "k * tr(matrix_power(X, k - 1) @ d(X))", (*_X, "k in natural()"), "the trace of a power", "trace-of-power"),
    Rule("matrix_power(X, k)", "sum(matrix_power(X, r) @ d(X) @ matrix_power(X, k - 1 - r) for r in range(k))", (*_X, "k in natural()"), "the power", "power"),
    Rule("tr(expm(X))", "tr(expm(X) @ d(X))", _X, "the trace of an exponential", "trace-of-exponential"),
    Rule("tr(sinm(X))", "tr(cosm(X) @ d(X))", _X, "the trace of a sine", "trace-of-matrix-sine"),
    Rule("tr(cosm(X))", "-tr(sinm(X) @ d(X))", _X, "the trace of a cosine", "trace-of-matrix-cosine"),
    Rule("tr(sqrtm(X))", "tr(inv(sqrtm(X)) @ d(X)) / 2", _S, "the trace of a root", "trace-of-square-root"),
    Rule("tr(X @ logm(X))", "tr((logm(X) + I(n)) @ d(X))", _S, "the trace of X log X", "von-neumann-entropy"),
    Rule("expm(X)", "frechet_expm(X, d(X))", _X, "the exponential", "exponential"),
    Rule("sinm(X)", f"frechet_expm({_TURNED}, {_MOVED})[n:, :n]", _X, "the sine is a block of an exponential"),
    Rule("cosm(X)", f"frechet_expm({_TURNED}, {_MOVED})[:n, :n]", _X, "the cosine is a block of an exponential"),
    Rule("frechet_expm(A, B)", "frechet_expm(block([[A, B], [zeros(n, n), A]]), block([[d(A), d(B)], [zeros(n, n), d(A)]]))[:n, n:]", ("A, B in square(n)",), "a block of an exponential", "exponential"),
    Rule("sqrtm(X)", "sylvester(sqrtm(X), sqrtm(X), d(X))", _S, "the square root", "square-root"),
    Rule("logm(X)", f"eigenvectors(X) @ ({_QUOTIENTS} * (eigenvectors(X).mT @ d(X) @ eigenvectors(X))) @ eigenvectors(X).mT", _S, "a function of a symmetric matrix", "function-of-symmetric"),
    Rule("cholesky(X)", "cholesky(X) @ Phi(inv(cholesky(X)) @ d(X) @ inv(cholesky(X)).mT)", _S, "the Cholesky factor", "cholesky"),
    # Eigenvalues and singular values
    Rule("eigenvalues(X)[i]", "eigenvectors(X)[:, i] @ d(X) @ eigenvectors(X)[:, i]", _EI, "the eigenvalue", "eigenvalue"),
    Rule("eigenvalues(X)", "diag(eigenvectors(X).mT @ d(X) @ eigenvectors(X))", _E, "the eigenvalues", "eigenvalue"),
    Rule("eigenvectors(X)[:, i]", f"({_GAP} - outer(eigenvectors(X)[:, i], eigenvectors(X)[:, i])) @ d(X) @ eigenvectors(X)[:, i]", _EI, "the eigenvector", "eigenvector"),
    Rule("eigenvectors(X)", f"eigenvectors(X) @ ({_GAPS} * (eigenvectors(X).mT @ d(X) @ eigenvectors(X)))", _E, "the eigenvectors", "eigenvector"),
    Rule("perron_value(X)", "perron_vector(X.mT) @ d(X) @ perron_vector(X) / (perron_vector(X.mT) @ perron_vector(X))", ("X in positive_matrix(n, n)",), "the simple eigenvalue", "simple-eigenvalue"),
    Rule("perron_vector(X)", "inv(perron_value(X) * I(n) - X + outer(perron_vector(X), perron_vector(X))) @ (d(X) @ perron_vector(X) - perron_vector(X.mT) @ d(X) @ perron_vector(X) / (perron_vector(X.mT) @ perron_vector(X)) * perron_vector(X))", ("X in positive_matrix(n, n)",), "the eigenvector of unit length"),
    Rule("singular_values(X)[i]", "left_singular(X)[:, i] @ d(X) @ right_singular(X)[:, i]", (*_W, "i in index(n)"), "the singular value", "singular-value"),
    Rule("singular_values(X)", "diag(left_singular(X).mT @ d(X) @ right_singular(X))", _D, "the singular values", "singular-value"),
    Rule("spectral(X)", "left_singular(X)[:, 0] @ d(X) @ right_singular(X)[:, 0]", _D, "the spectral norm", "spectral-norm"),
    Rule("nuclear(X)", "inner(left_singular(X) @ right_singular(X).mT, d(X))", ("X in full_rank(m, n)",), "the nuclear norm", "nuclear-norm"),
    Rule("sum(sin(singular_values(X)))", "inner(left_singular(X) @ Diag(cos(singular_values(X))) @ right_singular(X).mT, d(X))", ("X in full_rank(m, n)",), "a function of singular values", "function-of-singular-values"),
    Rule("right_singular(X)", f"right_singular(X) @ ({_SQUARES} * ({_MIXED_RIGHT})) + (I(n) - right_singular(X) @ right_singular(X).mT) @ d(X).mT @ left_singular(X) @ Diag(1 / singular_values(X))", _D, "the right singular vectors"),
    Rule("left_singular(X)", f"left_singular(X) @ ({_SQUARES} * ({_MIXED_LEFT})) + (I(m) - left_singular(X) @ left_singular(X).mT) @ d(X) @ right_singular(X) @ Diag(1 / singular_values(X))", _D, "the left singular vectors"),
    # Complex numbers
    Rule("abs2(z)", "2 * re(conj(z) * d(z))", _COMPLEX, "the squared modulus", "squared-modulus"),
    Rule("abs(z)", "re(conj(z) * d(z)) / abs(z)", _COMPLEX, "the modulus", "modulus"),
    Rule("norm(z)", "re(conj(z) @ d(z)) / norm(z)", ("z in complex_vector(n)",), "the norm"),
    Rule("norm(Z)", "re(sum(conj(Z) * d(Z))) / norm(Z)", ("Z in complex_matrix(m, n)",), "the norm"),
)
# fmt: on

RULES: dict[str, list[Rule]] = {}
for _rule in _ROWS:
    RULES.setdefault(_rule.compiled.head, []).append(_rule)
