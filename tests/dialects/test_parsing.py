"""Tokens become a tree; what binds tighter stands deeper."""

import pytest

from autodiff_notes.dialects.parsing import parse
from autodiff_notes.dialects.trees import Node
from autodiff_notes.notation import NotationError
from autodiff_notes.notation.reading import DEEPEST
from refusals import refusal

TREES = [
    ("x + y * z", "(add x (star y z))"),
    ("x' * A", "(juxt (T x) A)"),
    ("a b^2 c", "(juxt (juxt a (pow b 2)) c)"),
    ("-x^2", "(neg (pow x 2))"),
    ("x ** T", "(elpow x T)"),
    ("a ** -b", "(elpow a (neg b))"),
    (r"A B \odot C", "(had (juxt A B) C)"),
    (r"\log\det X", "(call log (call det X))"),
    (r"\operatorname{tr} A B", "(call tr (juxt A B))"),
    (r"\operatorname{tr}(A) B", "(juxt (call tr A) B)"),
    (r"\log(x)^2", "(pow (call log x) 2)"),
    (r"\log^2 x", "(pow (call log x) 2)"),
    (r"\sin x \cos y", "(juxt (call sin x) (call cos y))"),
    (r"X^{-\top}", "(T (call inv X))"),
    (r"X^{+}", "(call pinv X)"),
    (r"X^H", "(H X)"),
    (r"\mathbf{A}(x + y)", "(juxt A (add x y))"),
    (
        r"\mathcal{U}(X) \mathcal{V}(X)^\top",
        "(juxt (call left_singular X) (T (call right_singular X)))",
    ),
    (r"\mathbf{1}_n \bar{x}", "(juxt (call ones n) x_bar)"),
    (r"\overline{X Y}", "(call conj (juxt X Y))"),
    (r"|x|_{\odot} + y", "(add (call abs x) y)"),
    (r"\operatorname{tr} I A", "(call tr (juxt (eye ) A))"),
    (r"I (A + B)", "(juxt (eye ) (add A B))"),
    (r"\mathrm I(x - y)", "(juxt (eye ) (sub x y))"),
    (r"\mathrm I(n) x", "(juxt (call I n) x)"),
    ("A.slogdet()[1]", "(call logabsdet A)"),
    ("perron(A)[0]", "(call perron_value A)"),
    ("perron(A)[1]", "(call perron_vector A)"),
    (r"\operatorname{perron}(A)", "(call perron_vector A)"),
    (r"\sqrt[3]{x + y}", "(pow (add x y) (div 1 3))"),
    (r"\langle x, y \rangle", "(inner x y)"),
    (r"\langle 2 |x|, y \rangle", "(inner (juxt 2 (bars x None)) y)"),
    ("⟨x|y⟩ + ⟨x, y⟩", "(add (inner x y) (inner x y))"),
    ("A.transpose(-2, -1)", "(T A)"),
    (r"\widehat \beta a_i^2", "(juxt beta_hat (pow (index a [i] latex) 2))"),
    ("A.mT @ x[1:, k]", "(at (T A) (index x [(slice 1 None) k] ))"),
    ("sum(x[i] for i in range(1, n) if i != k)", "(call sum (terms (index x [i] ) [[i 1 n k]]))"),
    ("block([[A, 1 - B], [2, 3]])", "(call block (list (list A (sub 1 B)) (list 2 3)))"),
    (
        "np.linalg.slogdet(A)[1] + np.linalg.slogdet(A).logabsdet",
        "(add (call logabsdet A) (call logabsdet A))",
    ),
    (r"\sqrt a dx \, y", "(juxt (juxt (call sqrt a) (call d x)) y)"),
    (r"\log[x]^2", "(pow (call log x) 2)"),
    ("I(2*n)", "(call I (star 2 n))"),
    ("x / 2 y", "(juxt (div x 2) y)"),
    (r"\|X\|_*", "(norm X *)"),
    (r"\|X\|_{*} + y", "(add (norm X *) y)"),
    (r"\log\Gamma(x)", "(call lgamma x)"),
    (r"\psi(x) \sigma(x)", "(juxt (call digamma x) (call sigma x))"),
    (r"x^\top dx", "(juxt (T x) (call d x))"),
    (r"\sum x", "(call sum x)"),
    (r"\sum_{ij} x", "(series sum [i j] None None x)"),
    (r"\prod_{i=1}^n i x", "(series prod [i] 1 n (juxt i x))"),
    (r"\frac12 x", "(juxt (div 1 2) x)"),
    (r"|x| + |y|", "(add (bars x None) (bars y None))"),
    (r"\|x\|_1", "(norm x 1)"),
    (r"x.T @ y", "(at (T x) y)"),
    ("np.sum(x, keepdims=True)", "(call sum x (keyword keepdims (flag True)))"),
    ("norm(A, ord='fro')", "(call norm A (keyword ord fro))"),
    ("np.sum(x)", "(call sum x)"),
    ("e^{-T}", "(call exp (neg T) whole)"),
    ("cos x dx", "(juxt (call cos x) (call d x))"),
    (r"\cos x\,dx", "(juxt (call cos x) (call d x))"),
    (r"\operatorname{tr} A\,dX", "(call tr (juxt A (call d X)))"),
    ("e^2 + e**x", "(add (call exp 2 whole) (call exp x whole))"),
    ("e**2", "(elpow e 2)"),
    ("A.'*x", "(juxt (T A) x)"),
    ("1/2x", "(noted (juxt (div 1 2) x) 1/2 was read as a factor)"),
    ("x**2 pi", "(juxt (elpow x 2) pi)"),
    (r"\log_{\odot}(X)", "(call log.each X)"),
    ("e^T e", "(juxt (T e) e)"),
    ("A^-T b", "(juxt (T (call inv A)) b)"),
    (r"\|X\|_{\mathcal F}", "(norm X F)"),
    ("t x^t", "(juxt t (pow x t))"),
    ("x^{(1/2)}", "(pow x (div 1 2))"),
    (r"x \times y \cdot z", "(dot (cross x y) z)"),
]


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_trees(text: str, tree: str) -> None:
    """A formula has the tree that its reader sees."""
    assert str(parse(text)) == tree


SPELLINGS = [
    ((r"\lVert x \rVert", r"\Vert x \Vert", r"\| x \|", "||x||", "‖x‖", "∥x∥"), "(norm x None)"),
    ((r"\lvert x \rvert", r"\vert x \vert", r"\left|x\right|"), "(bars x None)"),
    ((r"\{x + y\} z", "[x + y] z", r"\lbrace x + y \rbrace z", r"\lbrack x + y \rbrack z"), "(juxt (add x y) z)"),
    (("x^T y", r"x^\top y", r"x^\intercal y", r"x^\prime y", "x^t y", "x\N{DOWN TACK} y", "xᵀ y", "x\N{PRIME} y"), "(juxt (T x) y)"),
    ((r"\frac{x}{y}", r"\tfrac{x}{y}", r"\dfrac{x}{y}", "x / y"), "(div x y)"),
    ((r"x \odot y", r"x \circ y", "x ⊙ y", "x ∘ y"), "(had x y)"),
    ((r"x^{\odot 2}", r"x^{\circ 2}", "x.^2"), "(elpow x 2)"),
    ((r"x \oslash y", "x ./ y"), "(eldiv x y)"),
    ((r"x \div y", "x ÷ y"), "(div x y)"),
    ((r"A \ast B", "A B"), "(juxt A B)"),
    ((r"\|x\|^2_1", r"\|x\|_1^2", r"\|x\|^{2}_{1}"), "(pow (norm x 1) 2)"),
    ((r"\|x\|^{\frac{1}{2}}_1", r"\|x\|_1^{1/2}"), "(pow (norm x 1) (div 1 2))"),
    ((r"\sum^{n}_{i=1} i", r"\sum_{i=1}^n i", r"\sum^n_{i=1} i"), "(series sum [i] 1 n i)"),
    ((r"x^{\mathbf{T}} y", r"x^{\bm T} y", r"x^\mathsf{T} y"), "(juxt (T x) y)"),
    (("√x", r"\sqrt{x}"), "(call sqrt x)"),
    ((r"\hat{x}", r"\widehat{x}", r"\hat x"), "x_hat"),
    ((r"\tilde{x}", r"\widetilde{x}"), "x_tilde"),
    ((r"\bar{x}", r"\overline{x}"), "x_bar"),
    ((r"\dot{x}",), "x_dot"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("spellings", "tree"), SPELLINGS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_spellings_of_one_thing(spellings: tuple[str, ...], tree: str) -> None:
    """What is written in several ways is read as one tree."""
    assert [str(parse(text)) for text in spellings] == [tree] * len(spellings)


@pytest.mark.parametrize(
    "factor",
    [
        "b", "x_i", r"\beta", r"\pi", r"\sigma(b)", "2", "(b)", r"\{b\}", "[b]", r"\lbrace b \rbrace", r"\lbrack b \rbrack", r"\|b\|", "||b||",
        r"\lVert b \rVert", r"\Vert b \Vert", r"\lvert b \rvert", r"\vert b \vert", r"\frac12", r"\tfrac12", r"\dfrac12", r"\sqrt b",
        r"\bar b", r"\overline b", r"\hat b", r"\widehat b", r"\tilde b", r"\widetilde b", r"\dot b", r"\sum_i b_i", r"\prod_i b_i",
        r"\log b", r"\mathbf 1", r"\langle b, c \rangle", r"\mathrm d b", r"\mathcal U(B)",
    ],
)  # fmt: skip
def test_factors_without_a_sign(factor: str) -> None:
    """Whatever a factor begins with, it stands behind another without a sign."""
    alone = parse(rf"{factor} + \sqrt a").parts[0]
    assert str(parse(rf"\sqrt a {factor}")) == f"(juxt (call sqrt a) {alone})"


def columns(part: object) -> list[int]:
    """Return the columns of a tree and of all its parts."""
    inner = part.parts if isinstance(part, Node) else part if isinstance(part, tuple) else ()
    own = [part.column] if isinstance(part, Node) else []
    return own + [column for one in inner for column in columns(one)]


@pytest.mark.parametrize(
    "text", [*(text for text, _ in TREES), *(text for texts, _ in SPELLINGS for text in texts)]
)
def test_every_part_has_a_place(text: str) -> None:
    """Each part of a tree stands somewhere in the text, so that whatever is told of it has a column."""
    assert all(1 <= column <= len(text) for column in columns(parse(text)))


def test_the_digits_of_a_fraction_stand_where_they_are_typed() -> None:
    """A number behind the command of a fraction is two of one digit."""
    assert columns(parse(r"\frac12")) == [1, 6, 7]


INVERSE = "to the -1 or T can be meant in two ways: write 1/sin(...), sin(...)^T, or the name of the inverse function"


@pytest.mark.parametrize(
    ("text", "column", "problem"),
    [
        (r"\Gamma(x)", 1, "the gamma function by itself is not known; its logarithm is: log Gamma(x)"),
        (r"\hat{x y}", 1, r"\hat of more than a letter"),
        (r"\log \foo", 6, r"\foo is not known here"),
        (r"\log \partial x", 6, "give the function alone: its derivative is derived"),
        (r"a \mathrm{ab1}", 3, r"\mathrm is not known here"),
        (r"x + \det", 5, "det takes an argument: det(...)"),
        (r"\sin_2 x", 6, "an index of sin"),
        (r"\sum_2 x", 6, "an index is one letter"),
        ("x.sum", 6, "sum takes parentheses: .sum()"),
        ("np.foo(x)", 4, "there is no word 'foo'"),
        ("x''", 3, "two primes: a second derivative is no part of a function here"),
        (r"\nabla f(x)", 1, "give the function alone: its derivative is derived"),
        ("E[x]", 2, "E[...]: an expectation is not known here"),
        # what stands above
        (r"x^{(i)}", 4, "x^{(i)} is no power: write x_i, or x^i for the power"),
        (r"W^{(1)} x", 4, "W^{(i)} is no power: write W_i, or W^i for the power"),
        (r"\|w - w^*\|", 9, "w with a star or a dagger: the conjugate transpose is w^H, and another point has a letter of its own"),
        (r"\sin^{-1} x", 1, f"sin {INVERSE}"),
        ("tan^-1(x)", 1, "tan " + INVERSE.replace("sin", "tan")),
        ("A^+ b", 3, "a plus as an exponent: the pseudoinverse is A^{+} or pinv(A)"),
        (r"a^{[l]}", 4, "a^{(i)} is no power: write a_i, or a^i for the power"),
        ("perron(A)[0, 1]", 10, "of perron(A) the entries [0] and [1] are known, the value and the vector"),
        ("np.linalg.slogdet(A)[0]", 21, "of slogdet(A) the entry [1] is known, the logarithm"),
        (r"\log_2 x", 6, "a base of log: write log(x)/log(2)"),
        (r"\sum_{i \neq j} x_i", 9, "under a sum stands an index with its start alone, as in i=1"),
        ("}", 1, "'}' does not belong here"),
        (r"\|x\|^{2_1", 11, "'}' is missing at the end"),
        ("⟨x y⟩", 5, "',' is missing before '\\\\rangle'"),
        ("⟨x", 3, "',' is missing at the end"),
        (r"x + \l", 5, r"\l is not known here"),
        (r"\{x + y", 8, "'}' is missing at the end"),
        (r"\sum^", 6, "the formula ends too early"),
        ("n!", 2, "a factorial is not known here"),
        ("x**2  # a square", 7, "a comment is not read: leave it out"),
    ],
)  # fmt: skip
def test_what_has_no_tree(text: str, column: int, problem: str) -> None:
    """A word without its argument, or with an index that it does not have, is told with its place."""
    assert refusal(parse, text) == (column, problem)


def test_depth() -> None:
    """A formula is as deep as an expression of the notation at most, and as wide as it is long."""
    deepest = "-" * (DEEPEST - 2) + "x"
    assert str(parse(deepest)).count("neg") == DEEPEST - 2
    with pytest.raises(NotationError, match=f"a formula more than {DEEPEST} deep"):
        parse(f"-{deepest}")
    assert str(parse(" + ".join(["-(x y)"] * 3 * DEEPEST))).count("neg") == 3 * DEEPEST
