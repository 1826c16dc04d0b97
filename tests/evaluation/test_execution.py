"""A derivation that holds is confirmed line by line, and any other is refused."""

import re

import pytest
import torch

from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.evaluation.execution import execute
from autodiff_notes.evaluation.points import bindings, points
from autodiff_notes.notation import NotationError, compiled, read
from autodiff_notes.notation.derivations import DerivationError, parse
from autodiff_notes.notation.sets import DOMAINS, declare

LOG_DET = """\
X in positive_determinant(n)
d(logdet(X))
= tr(inv(X) @ d(X))       # Jacobi's formula
= inner(inv(X).mT, d(X))  # the trace is an inner product"""

HOLDS = {
    "log det": LOG_DET,
    "inverse": """\
X in invertible(n)
d(inv(X))
= -inv(X) @ d(X) @ inv(X)""",
    "quadratic form": """\
x in vector(n)
constant A in square(n)
d(x @ A @ x)
= d(x) @ A @ x + x @ A @ d(x)
= inner((A + A.mT) @ x, d(x))""",
    "quadratic form, A moves too": """\
x in vector(n)
A in square(n)
d(x @ A @ x)
= inner((A + A.mT) @ x, d(x)) + inner(outer(x, x), d(A))""",
    "definition": """\
X in tall(m, n)
constant C in spd(m)
where M = inv(X.mT @ C @ X)   # used below
d(tr(M))
= -tr(M @ d(X.mT @ C @ X) @ M)
= -2 * tr(M @ M @ X.mT @ C @ d(X))
D(tr(M), X)
= -2 * C @ X @ M @ M""",
    "definition of a definition": """\
x, y in vector(n)
where s = x + y
where q = s @ s
D(q, x)
= 2 * s
= D(q, y)""",
    "a function, and how far its quotient is off": """\
f in analytic()
x in scalar()
h in small()
(f(x + h) - f(x)) / h
≈ D(f(x), x) + h / 2 * D(f(x), x, x) up to O(h**2)
im(f(x + 1j * h)) / h
≈ D(f(x), x) up to O(h**2)
d(f(x))
= D(f(x), x) * d(x)""",
    "one index left out": """\
x in positive(n)
i in index(n)
prod(x)
= x[i] * prod(x[j] for j in range(n) if j != i)""",
    "Jacobian": """\
A in matrix(m, n)
X in matrix(n, p)
B in matrix(p, q)
D(vec(A @ X @ B), vec(X))
= kron(A, B.mT)""",
    "Hessian": """\
x in vector(n)
D(logsumexp(x), x, x)
= Diag(softmax(x)) - outer(softmax(x), softmax(x))
= D(softmax(x), x)
= D(D(logsumexp(x), x), x)""",
    "differential of a gradient": """\
X in invertible(n)
d(D(logabsdet(X), X))
= -inv(X).mT @ d(X).mT @ inv(X).mT""",
    "entry": """\
X in square(n)
i, j in index(n)
D(det(X), X[i, j])
= cof(X)[i, j]""",
    "sum over an index": """\
X, A in square(n)
k in natural()
D(tr(A @ matrix_power(X, k)), X)
= sum((matrix_power(X, r) @ A @ matrix_power(X, k - 1 - r)).mT for r in range(k))""",
    "symmetric tangent": """\
X in spd(n)
d(X)
= d(X).mT""",
    "orthogonal tangent": """\
Q in orthogonal(n)
Q.mT @ d(Q)
= -d(Q).mT @ Q""",
    "unit vector tangent": """\
x in unit_vector(n)
x @ d(x)
= 0""",
    "probability tangent": """\
x in probability(n)
sum(d(x))
= 0""",
    "constant": """\
constant A in square(n)
d(A)
= zeros(n, n)""",
    "inequality": """\
A, B in matrix(m, n)
inner(A, B)
<= norm(A) * norm(B)               # Cauchy-Schwarz
<= (norm(A) ** 2 + norm(B) ** 2) / 2
norm(A)
>= spectral(A)""",
    "approximation": """\
X in square(n)
eps in small()
det(I(n) + eps * X)
≈ 1 + eps * tr(X) up to O(eps**2)  # the first two terms
det(I(n) + eps * X)
~= 1 + eps * tr(X) + eps ** 2 / 2 * (tr(X) ** 2 - tr(X @ X)) up to O(eps**3)
inv(I(n) - eps * X)
≈ I(n) + eps * X  up to O(eps ** 2)
= eps * X + I(n)""",
    "approximation that is exact": """\
x in vector(n)
eps in small()
norm(eps * x) ** 2
≈ eps ** 2 * (x @ x) up to O(eps**3)""",
    "several lines for one": """\
X in square(n)
tr(X @ X.mT)
= sum(X[i, j] ** 2      # entry
    for i in range(n)   # by
    for j in range(n))  # entry
= norm(X) ** 2""",
    "numbers alone": """\
x in positive_scalar()
y in scalar()
where f = x * log(x) + sin(x * y)
D(f, x)
= log(x) + x * (1 / x) + y * cos(x * y)
= log(x) + 1 + y * cos(x * y)""",
    "complex": """\
b in complex_vector(n)
z in complex_scalar()
abs2(z)
= re(conj(z) * z)
D(abs2(z), z)
= 2 * z""",
    "eigenvalues": """\
X in distinct_eigenvalues(n)
where V = eigenvectors(X)
d(eigenvalues(X))
= diag(V.mT @ d(X) @ V)""",
    "singular values": """\
X in distinct_singular_values(m, n)
D(nuclear(X), X)
= left_singular(X) @ right_singular(X).mT""",
    "Sylvester": """\
A in positive_stable(m)
B in positive_stable(n)
C in matrix(m, n)
where X = sylvester(A, B, C)
A @ X + X @ B
= C""",
    "Perron": """\
A in positive_matrix(n, n)
where r = perron_value(A)
where v = perron_vector(A)
where w = perron_vector(A.mT)
D(r, A)
= outer(w, v) / (w @ v)""",
    "exponential of a matrix": """\
X, W in square(n)
D(inner(W, expm(X)), X)
= frechet_expm(X.mT, W)
= expm(block([[X.mT, W], [zeros(n, n), X.mT]]))[:n, n:]""",
    "Cholesky": """\
X in spd(n)
constant W in square(n)
where L = cholesky(X)
d(inner(W, L))
= inner(sym(inv(L).mT @ Phi(L.mT @ W) @ inv(L)), d(X))""",
}


@pytest.mark.parametrize("text", HOLDS.values(), ids=HOLDS)
def test_right_derivation_holds(text: str) -> None:
    """What is true is confirmed, with rounding errors alone between the lines."""
    report = execute(parse(text))
    assert report.points == 9
    assert report.gap < 1e-10
    relations = report.equalities + report.inequalities + report.approximations
    assert relations == len(re.findall(r"^(=|<=|>=|≈|~=) ", text, re.MULTILINE))


WRONG = {
    "a transpose": (
        LOG_DET.replace("inv(X).mT, d", "inv(X), d"),
        4,
        r"line 4 does not equal the line before it \(relative gap [\d.]+\)",
    ),
    "a thousandth": (LOG_DET.replace("= tr(", "= 1.001 * tr("), 3, "line 3 does not equal"),
    "a sign": (LOG_DET.replace("= inner(", "= -inner("), 4, "line 4 does not equal"),
    "a term": (
        "x in vector(n)\nA in square(n)\nD(x @ A @ x, x)\n= 2 * A @ x",
        4,
        "line 4 does not equal",
    ),
    "a variable that moves": (
        "x in vector(n)\nA in square(n)\nd(x @ A @ x)\n= inner((A + A.mT) @ x, d(x))",
        4,
        "line 4 does not equal",
    ),
    "a symmetry that is not there": (
        "A in square(n)\ntr(A @ A)\n= inner(A, A)",
        3,
        "line 3 does not equal",
    ),
    "a dimension": (
        "x in vector(n)\nD(x @ x, x)\n= outer(x, x)",
        3,
        r"line 3 has shape \(2, 2\), the line before it \(2,\) \(n = 2, seed 0\)",
    ),
    "a transposed shape": (
        "X in matrix(m, n)\nX.mT\n= X",
        3,
        r"line 3 has shape \(2, 3\), the line before it \(3, 2\)",
    ),
    "sizes that do not fit": (
        "A in matrix(m, n)\ntr(A @ A.mT)\n= tr(A @ A)",
        3,
        r"line 3 cannot be evaluated \(m = 2, n = 3, seed 0\)",
    ),
    "a logarithm of a negative number": (
        "x in vector(n)\nsum(log(x))\n= sum(log(x))",
        2,
        r"line 2 is not finite \(n = 2",
    ),
    "a division by zero": (
        "x in scalar()\n1 / (x - x)\n= x",
        2,
        "line 2 is not finite",
    ),
    "an index beyond the end": (
        "x in vector(2)\nx[2]\n= x[0]",
        2,
        "line 2 cannot be evaluated",
    ),
    "an inequality": (
        "A, B in matrix(m, n)\ninner(A, B)\n>= norm(A) * norm(B)",
        3,
        "line 3 does not hold: the line before it is below by",
    ),
    "the other inequality": (
        "A in matrix(m, n)\nnorm(A)\n<= spectral(A)",
        3,
        "line 3 does not hold: the line before it is above by",
    ),
    "an order": (
        "X in square(n)\neps in small()\ndet(I(n) + eps * X)\n≈ 1 + eps * tr(X) up to O(eps**3)",
        4,
        r"up to O\(eps\*\*3\): the remainder shrinks only like eps\*\*2",
    ),
    "a first-order term": (
        "X in square(n)\neps in small()\ndet(I(n) + eps * X)\n≈ 1 + 2 * eps * tr(X) up to O(eps**2)",
        4,
        r"the remainder shrinks only like eps\*\*1",
    ),
    "a constant term": (
        "x in scalar()\neps in small()\nexp(eps * x)\n≈ 2 + eps * x up to O(eps)",
        4,
        r"the remainder shrinks only like eps\*\*0",
    ),
    "a term that The Matrix Cookbook has too many": (
        "A in square(n)\neps in small()\ndet(I(n) + eps * A)\n≈ 1 + det(A) + eps * tr(A) up to O(eps)",
        4,
        "line 4 does not hold",
    ),
    "the gap of the second chain": (
        "X in square(n)\ntr(X)\n= tr(X.mT)\n\ndet(X)\n= -det(X)",
        6,
        "line 6 does not equal",
    ),
    "a vanishing factor": (
        "Q in orthogonal(n)\nd(Q.mT @ Q)\n= I(n)",
        3,
        "line 3 does not equal",
    ),
}


@pytest.mark.parametrize(("text", "line", "problem"), WRONG.values(), ids=WRONG)
def test_wrong_line_is_refused(text: str, line: int, problem: str) -> None:
    """A line that is wrong is named, with what is wrong about it."""
    with pytest.raises(DerivationError, match=problem) as caught:
        execute(parse(text))
    assert caught.value.line == line
    assert str(caught.value).startswith(f"line {line} ")


UNREADABLE = {
    "unknown word": ("X in square(n)\ntrace(X)\n= tr(X)", "line 2, column 1: there is no word"),
    "column behind the relation": (
        "X in square(n)\ntr(X)\n= trace(X)",
        "line 3, column 3: there is no word 'trace'",
    ),
    "line within a statement": (
        "X in square(n)\ntr(X)\n= tr(X)\n  + trace(X)",
        "line 4, column 5: there is no word 'trace'",
    ),
    "unknown domain": ("X in squared(n)\ntr(X)\n= tr(X)", "line 1, column 1: there is no domain"),
    "undeclared": (
        "tr(X)\n= tr(X)",
        "line 1, column 4: there is no variable 'X'; none is declared",
    ),
    "sizes": ("X in matrix(n)\ntr(X)\n= tr(X)", r"matrix takes 2 sizes: matrix\(m, n\)"),
    "declared twice": ("X in square(n)\nX in square(n)\ntr(X)\n= tr(X)", "line 2.*declared twice"),
    "declared twice at once": ("X, X in square(n)\ntr(X)\n= tr(X)", "'X' is declared twice"),
    "defined twice": ("x in scalar()\nwhere x = 2\nx\n= 2", "line 2.*'x' is declared twice"),
    "shadowing": ("tr in square(n)\nX\n= X", "'tr' is a word of the notation"),
    "definition that shadows": ("x in scalar()\nwhere I = x\nx\n= x", "'I' is a word"),
    "a size as a variable": (
        "X in square(n)\nn in scalar()\nn\n= n",
        "already the symbol of a size",
    ),
    "a size that is a variable": ("a in scalar()\nX in square(a)\na\n= a", "no variable 'a'"),
    "a size that is none": ("X in square(n / 2)\ntr(X)\n= tr(X)", "'n / 2' is no size"),
    "no declaration": ("X in\ntr(X)\n= tr(X)", "a declaration reads"),
    "nothing before": ("x in scalar()\n= x", "line 2.*has a line before it"),
    "continues a blank line": (
        "x in scalar()\nx\n= x\n\n  = 2 * x",
        "line 5 is indented, and continues no line",
    ),
    "continues nothing": ("  x in scalar()\nx\n= x", "line 1 is indented"),
    "nothing compared": ("x in scalar()\nx", "line 1: this derivation compares nothing"),
    "empty": ("", "line 1: this derivation compares nothing"),
    "vectors in order": ("x in vector(n)\nx\n<= x", "line 3.*<= compares numbers"),
    "no order": ("x in small()\nx\n≈ x", "line 3.*an approximation says how good it is"),
    "not small": ("x in scalar()\nx\n≈ x up to O(x**2)", "'x' does not tend to zero; declare it"),
    "two equals signs": ("x in scalar()\nx\n== x", "this is not an expression"),
    "second differential": ("x in vector(n)\nd(d(x @ x))\n= 0", r"d\(\.\.\.\) within d"),
    "division by zero": ("n in natural()\nn / 0\n= n", "line 2 cannot be evaluated.*division"),
    "no sizes fit": ("X in tall(n, n)\ntr(X)\n= tr(X)", "no sizes fit the declarations"),
}


@pytest.mark.parametrize(("text", "problem"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_refused(text: str, problem: str) -> None:
    """A text that is no derivation is an error that names the place."""
    with pytest.raises(DerivationError, match=problem):
        execute(parse(text))


@pytest.mark.parametrize(("sizes", "seeds"), [(0, 3), (3, 0)])
def test_a_check_needs_points(sizes: int, seeds: int) -> None:
    """What is evaluated nowhere is not said to hold."""
    with pytest.raises(ValueError, match="sizes and seeds must be at least 1"):
        execute(parse("x in scalar()\nx\n= 2 * x"), sizes=sizes, seeds=seeds)


def test_line_in_latex() -> None:
    """A line is printed with its relation, an approximation with what it leaves out."""
    lines = parse(HOLDS["approximation"]).lines
    assert lines[0].latex == r"\det(I + \varepsilon X)"
    assert lines[1].latex == r"= 1 + \varepsilon \operatorname{tr} X + O(\varepsilon^{2})"
    assert parse(HOLDS["inequality"]).lines[1].latex.startswith(r"\leq \lVert A \rVert_{F}")


def test_reasons_and_definitions() -> None:
    """Reasons are kept beside their lines, definitions in LaTeX."""
    assert [line.reason for line in parse(LOG_DET).lines] == [
        "",
        "Jacobi's formula",
        "the trace is an inner product",
    ]
    (definition,) = parse(HOLDS["definition"]).definitions
    assert definition.latex == r"M = (X^{\top} C X)^{-1}"
    assert definition.reason == "used below"
    assert parse(HOLDS["several lines for one"]).lines[1].reason == "entry by entry"


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        (LOG_DET, r"2 equalities, each at 9 random points; largest relative gap \de-1\d"),
        ("X in spd(n)\ntr(X)\n= tr(X)", r"1 equality, at 9 random points; .* gap 0"),
        (HOLDS["inequality"], "3 inequalities, each at 9 random points"),
        (HOLDS["approximation"], "1 equality and 3 approximations, each at 9 random points; .*"),
    ],
)
def test_summary(text: str, summary: str) -> None:
    """The report says in words what was checked."""
    assert re.fullmatch(summary, execute(parse(text)).summary)


# Points


def test_sizes_are_different_and_fit() -> None:
    """No matrix is square by chance, tall matrices are tall, and both orders of sizes occur."""
    tall = [declare("X in tall(m, n)")]
    assert all(b["m"] > b["n"] for b in bindings(tall, 3))
    free = bindings([declare("X in matrix(m, n)")], 3)
    assert len(free) == 3
    assert {b["m"] > b["n"] for b in free} == {True, False}
    three = bindings([declare("X in matrix(m, n)"), declare("Y in matrix(n, p)")], 3)
    assert all(len(set(b.values())) == 3 for b in three)
    assert [b["n"] for b in bindings([declare("X in square(n)")], 3)] == [2, 3, 4]


def test_points_differ_and_can_be_drawn_again() -> None:
    """Points differ by size and seed, and the same seed gives the same point."""
    declarations = [declare("X in square(n)")]
    first = list(points(declarations, 3, 3))
    again = list(points(declarations, 3, 3))
    assert len({point.label for point in first}) == 9
    assert all(torch.equal(a.values["X"], b.values["X"]) for a, b in zip(first, again, strict=True))
    other = next(points(declarations, 3, 3, first_seed=3))
    assert not torch.equal(other.values["X"], first[0].values["X"])
    assert len(list(points([declare("x in scalar()")], 3, 3))) == 9


def test_settings_of_torch_are_left_alone() -> None:
    """A check leaves the default type and the global generator as they were, also if it fails."""
    torch.manual_seed(0)
    expected = torch.rand(1)
    torch.manual_seed(0)
    execute(parse(LOG_DET))
    with pytest.raises(DerivationError):
        execute(parse(WRONG["a sign"][0]))
    assert torch.get_default_dtype() == torch.float32
    assert torch.equal(torch.rand(1), expected)


def test_expression_is_a_function_that_can_be_differentiated() -> None:
    """At a point, an expression is a function of the variables that one names."""
    declarations = [declare("X in positive_determinant(n)"), declare("a in scalar()")]
    kinds = {"X": "M", "a": "s", "n": "k"}
    f, gradient = (compiled(read(s, kinds)) for s in ("a * logdet(X) + n", "a * inv(X).mT"))
    for point in points(declarations, 2, 2):
        X = point.values["X"].requires_grad_()
        here, claimed = point.function(f, "X"), point.function(gradient, "X")
        assert check_gradient(here, claimed, X)
        assert not check_gradient(here, lambda X, claimed=claimed: claimed(X).mT, X)


def test_points_in_single_precision() -> None:
    """Points come in the type that is asked for."""
    (point,) = points(
        [declare("X in spd(n)"), declare("z in complex_scalar()")], 1, 1, 0, torch.float32
    )
    assert (point.values["X"].dtype, point.values["z"].dtype) == (torch.float32, torch.complex64)


# Domains


@pytest.mark.parametrize("name", DOMAINS)
def test_domain_has_a_sampler_and_prints(name: str) -> None:
    """Each row of the table gives points of its kind, and directions that stay in the set."""
    row = DOMAINS[name]
    variable = "X" if row.kind == "M" else "x"
    declaration = declare(f"{variable} in {name}({', '.join(row.parameters)})")
    relation = r"\colon\:" if row.kind == "f" else r"\in"
    assert declaration.latex.startswith(f"{variable} {relation} ")
    ranks = {"s": 0, "v": 1, "M": 2}
    for point in points([declaration], 3, 2):
        value = point.values[variable]
        if row.kind in ranks:
            assert value.ndim == ranks[row.kind]
            assert value.isfinite().all()
            assert row.moves == (variable in point.tangents)
        elif row.kind == "f":
            assert value(torch.tensor(0.5)).ndim == 0
        else:
            assert isinstance(value, int if row.kind == "k" else float)


@pytest.mark.parametrize(
    ("domain", "left", "right"),
    [
        ("symmetric(n)", "X", "X.mT"),
        ("distinct_eigenvalues(n)", "X", "X.mT"),
        ("spd(n)", "X", "X.mT"),
        ("skew_symmetric(n)", "X", "-X.mT"),
        ("lower_triangular(n)", "X", "tril(X)"),
        ("diagonal(n)", "X", "Diag(diag(X))"),
        ("hermitian(n)", "X", "X.mH"),
        ("orthogonal(n)", "X.mT @ X", "I(n)"),
        ("singular(n)", "det(X)", "0"),
        ("tall(m, n)", "pinv(X) @ X", "I(n)"),
    ],
)
def test_condition_of_a_domain(domain: str, left: str, right: str) -> None:
    """What a set promises of its points holds, and stays so in the directions they move."""
    execute(parse(f"X in {domain}\n{left}\n= {right}"))
    if domain != "singular(n)":
        execute(parse(f"X in {domain}\nd({left})\n= d({right})"))


def test_condition_of_a_name_with_an_index() -> None:
    """A name that has an index gets no second one."""
    assert r"(A_{1})_{ij} > 0" in declare("A_1 in positive_matrix(m, n)").latex
    assert r"A_{ij} > 0" in declare("A in positive_matrix(m, n)").latex


def test_sizes_may_be_expressions() -> None:
    """A set may have a size that is computed from a symbol."""
    declaration = declare("t in vector(2 * n - 1)")
    assert declaration.latex == r"t \in \mathbb{R}^{2 n - 1}"
    assert declare("X in matrix(n + 1, 2 * n)").latex == r"X \in \mathbb{R}^{(n + 1) \times 2 n}"
    assert declaration.shape({"n": 3}) == (5,)
    execute(parse("t in vector(2 * n - 1)\ntr(toeplitz(t))\n= n * t[n - 1]"))


def test_bad_declaration() -> None:
    """A declaration that cannot be read says what one looks like."""
    with pytest.raises(NotationError, match="a declaration reads: X, Y in matrix"):
        declare("X is square")
