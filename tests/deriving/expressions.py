"""Random functions in the words of the vocabulary, for which gradients exist where points are drawn."""

import re

from hypothesis import strategies as st

VARIABLES = (
    "x in vector(n)",
    "y in vector(m)",
    "t in scalar()",
    "X in square(n)",
    "Y in matrix(m, n)",
    "S in spd(n)",
    "constant a in vector(n)",
    "constant A in square(n)",
    "constant B in matrix(m, n)",
)
LEAVES = {
    "s": ["t", "2", "t / 3"],
    "n": ["x", "a", "ones(n)"],
    "m": ["y"],
    "nn": ["X", "A", "S", "I(n)"],
    "mn": ["Y", "B"],
    "nm": ["Y.mT", "B.mT"],
    "mm": ["B @ B.mT"],
}
# What is written in braces is a part of that kind. Arguments are kept where words are smooth.
FORMS = {
    "s": [
        "{n} @ {n}",
        "{m} @ {m}",
        "{n} @ {nn} @ {n}",
        "{m} @ {mn} @ {n}",
        "tr({nn})",
        "tr({mm})",
        "sum({n})",
        "sum({mn})",
        "mean({n})",
        "{s} + {s}",
        "{s} * {s}",
        "{s} / (1 + {s} ** 2)",
        "-{s}",
        "({s}) ** 2",
        "sin({s})",
        "tanh({s})",
        "exp(-({s}) ** 2)",
        "log(1 + ({s}) ** 2)",
        "sigmoid({s})",
        "softplus({s})",
        "arctan({s})",
        "erf({s})",
        "sqrt(1 + ({s}) ** 2)",
        "norm({n})",
        "norm({m}) ** 2",
        "norm({mn})",
        "norm({nn}) ** 2",
        "norm({n}, 3)",
        "inner({nn}, {nn})",
        "inner({mn}, {mn})",
        "logsumexp({n})",
        "logsumexp({m})",
        "logdet(I(n) + {mn}.mT @ {mn})",
        "logdet(S + {mn}.mT @ {mn})",
        "det(I(n) + {nm} @ {mn} / 9)",
        "logabsdet({nn} + 5 * I(n))",
        "({n})[0]",
        "({mn})[0, 1]",
        "{n} @ softmax({n})",
        "sum(log(ones(n) + ({n}) ** 2))",
        "prod(ones(n) + ({n}) ** 2)",
        "sum(tanh({n}))",
        "tr(matrix_power({nn}, 2))",
        "tr(matrix_power({nn}, 3))",
        "sum(eigenvalues(S))",
        "nuclear({mn})",
        "tr(expm({nn} / 9))",
        "sum(({n})[i] * ({n})[i] for i in range(n))",
    ],
    "n": [
        "{nn} @ {n}",
        "{nm} @ {m}",
        "({n}) + ({n})",
        "({n}) - ({n})",
        "({n}) * ({n})",
        "({s}) * ({n})",
        "sin({n})",
        "tanh({n})",
        "sigmoid({n})",
        "softmax({n})",
        "diag({nn})",
        "({n}) / (1 + ({s}) ** 2)",
        "exp(-({n}) ** 2)",
        "sqrt(ones(n) + ({n}) ** 2)",
        "solve(S, {n})",
        "({nn})[0, :]",
        "({nm})[:, 1]",
        "softplus({n})",
        "cos({n})",
        "({n}) ** 3",
    ],
    "m": [
        "{mn} @ {n}",
        "{mm} @ {m}",
        "({m}) + ({m})",
        "({m}) * ({m})",
        "tanh({m})",
        "relu({m})",
        "softmax({m})",
        "diag({mm})",
        "huber({m}, 1)",
    ],
    "nn": [
        "({nn}) @ ({nn})",
        "({nm}) @ ({mn})",
        "({nn}).mT",
        "({nn}) + ({nn})",
        "({nn}) - ({nn})",
        "({s}) * ({nn})",
        "({nn}) * ({nn})",
        "outer({n}, {n})",
        "Diag({n})",
        "sym({nn})",
        "skew({nn})",
        "tril({nn})",
        "sin({nn})",
        "inv(S)",
        "inv(S + {mn}.mT @ {mn})",
        "inv(({nn}) / 9 + 5 * I(n))",
        "expm(({nn}) / 9)",
        "cholesky(S)",
        "sqrtm(S)",
        "logm(S)",
        "matrix_power({nn}, 2)",
        "solve(S, {nn})",
        "sylvester(S, S, {nn})",
        "cof({nn})",
        "triu({nn})",
        "tanh({nn})",
    ],
    "mn": [
        "({mm}) @ ({mn})",
        "({mn}) @ ({nn})",
        "({mn}) + ({mn})",
        "({mn}) * ({mn})",
        "outer({m}, {n})",
        "({nm}).mT",
        "({s}) * ({mn})",
        "tanh({mn})",
        "relu({mn})",
        "({mn}) - ({mn})",
    ],
    "nm": ["({mn}).mT", "({nn}) @ ({nm})", "outer({n}, {m})", "pinv(Y)"],
    "mm": [
        "({mn}) @ ({nm})",
        "outer({m}, {m})",
        "({mm}).mT",
        "Diag({m})",
        "inv(I(m) + {mn} @ {mn}.mT)",
    ],
}


@st.composite
def expressions(draw: st.DrawFn, kind: str = "s", depth: int = 5) -> str:
    """Draw an expression of a kind, no deeper than so many forms."""
    if depth == 0 or (kind != "s" and draw(st.integers(0, 3)) == 0):
        return draw(st.sampled_from(LEAVES[kind]))
    form = draw(st.sampled_from(FORMS[kind]))

    def part(match: re.Match[str]) -> str:
        text = draw(expressions(match[1], depth - 1))
        return text if re.fullmatch(r"[\w]+(\([^()]*\))?", text) else f"({text})"

    # the two sides of a Gram matrix are the same
    if form.count("{mn}") == 2 and "{mn}.mT" in form:
        inner = draw(expressions("mn", depth - 1))
        return form.replace("{mn}", f"({inner})").replace("{s}", "t")
    return re.sub(r"\{(\w+)\}", part, form)
