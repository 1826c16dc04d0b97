"""Whatever is typed or pasted is read into the notation, with a set for each letter."""

import ast
import re
import time
from itertools import pairwise
from pathlib import Path

import pytest

from autodiff_notes.catalogue import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.dialects import understand, understand_lines
from autodiff_notes.notation import NotationError, latex
from autodiff_notes.notation.sets import DOMAINS, declare
from meaning import assert_same
from refusals import refusal

PASTED = [
    tuple(line.split("  =>  "))
    for line in Path(__file__).with_name("pasted.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
ENTRIES = list(catalogue.values())

# A matrix from blocks, a range as an index in LaTeX, and a sum over the smaller of two sizes.
NOT_READ = {"determinant-of-block", "eigenvector", "function-of-singular-values"}


def whole(entry: Entry) -> str:
    """Return the function of an entry without names for its parts."""
    text = entry.function
    for name, meaning in reversed(list(entry.where.items())):
        text = "".join(f"({meaning})" if part == name else part for part in _words(text))
    return text


def _words(text: str) -> list[str]:
    return re.split(r"(\w+)", text)


@pytest.mark.parametrize(("text", "meant"), PASTED, ids=[text for text, _ in PASTED])
def test_what_is_pasted_has_its_meaning(text: str, meant: str) -> None:
    """A formula of another language has the values of the same formula in the notation."""
    found = understand(text)
    assert_same(found.function, meant, found.variables)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_the_notation_is_read_as_itself(entry: Entry) -> None:
    """A function of the catalogue comes back as it is."""
    text = whole(entry)
    found = understand(text, "\n".join(entry.variables)).function
    assert ast.dump(ast.parse(found)) == ast.dump(ast.parse(text))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_printed_latex_is_read_or_refused(entry: Entry) -> None:
    """The LaTeX of a function of the catalogue has its values; what is not read is refused."""
    text = whole(entry)
    printed = latex(entry.read(text))
    if entry.name in NOT_READ:
        with pytest.raises(NotationError):
            understand(printed, "\n".join(entry.variables))
        return
    found = understand(printed, "\n".join(entry.variables)).function
    assert_same(found, text, entry.variables, tame=False)


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("x'*A*x", ("x in vector(n)", "constant A in square(n)")),
        ("x*log(x) + sin(x*y)", ("x in scalar()", "y in scalar()")),
        ("x @ A @ y", ("x in vector(n)", "constant A in matrix(n, m)", "constant y in vector(m)")),
        (r"\|Xw - y\|^2", ("constant X in matrix(m, n)", "w in vector(n)", "constant y in vector(m)")),
        (r"\operatorname{tr}(\Sigma^{-1} S)", ("Sigma in spd(n)", "constant S in square(n)")),
        ("a'*x", ("constant a in vector(n)", "x in vector(n)")),
        ("a*b'*x", ("constant a in scalar()", "constant b in vector(n)", "x in vector(n)")),
        (r"a^\top x", ("constant a in vector(n)", "x in vector(n)")),
        (r"X_{ij} x", ("X_ij in scalar()", "x in scalar()")),
        (r"\vec{x} \cdot \vec{y}", ("x in vector(n)", "constant y in vector(n)")),
        (r"x^2 \cdot y", ("x in scalar()", "y in scalar()")),
        ("(X + c) @ y", ("X in matrix(m, n)", "constant c in scalar()", "constant y in vector(n)")),
        ("(c + mu) @ A", ("c in vector(n)", "constant mu in vector(n)", "constant A in matrix(n, m)")),
        ("(A*b)**2 + c", ("A in matrix(m, n)", "constant b in vector(n)", "constant c in vector(m)")),
        (r"A y a", ("constant A in matrix(m, n)", "y in vector(n)", "constant a in scalar()")),
        (r"W X y", ("W in matrix(m, n)", "constant X in matrix(n, p)", "constant y in vector(p)")),
        ("x A A", ("x in scalar()", "constant A in square(n)")),
        (r"\lambda \|x\|", ("constant lambda_ in positive_scalar()", "x in vector(n)")),
    ],
)  # fmt: skip
def test_kinds_come_from_letters_and_use(text: str, variables: tuple[str, ...]) -> None:
    """A letter is what it usually is, unless that would make no formula."""
    assert set(understand(text).variables) == set(variables)


# By which letter of two a formula is usually differentiated: the first.
ORDER = ["w", "W", "theta", "beta", "x", "X", "z", "Z", "u", "U", "v", "V", "y", "Y", "a"]


@pytest.mark.parametrize(("moves", "stands"), list(pairwise(ORDER)))
def test_the_letter_that_moves(moves: str, stands: str) -> None:
    """Of two letters the one moves by which people differentiate; the other is constant."""
    found = understand(f"norm({stands}) * norm({moves})")
    assert sorted(found.variables, key=lambda text: text.startswith("constant"))[1].startswith(
        f"constant {stands} "
    )
    assert sum(text.startswith("constant") for text in found.variables) == 1


@pytest.mark.parametrize("left_out", ["k", "0", "i + 1"])
def test_an_index_may_be_left_out(left_out: str) -> None:
    """A sum over all indices but one is read as it stands."""
    text = f"sum(x[j] for i in range(n) for j in range(n) if j != {left_out})"
    assert understand(text, "x in vector(n)\nk in index(n)").function == text


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("tr(A outer(x, y))", "A in matrix(m, n); x in vector(n); y in vector(m)"),
        ("tr(A pinv(B))", "A in matrix(m, n); B in matrix(m, n)"),
        ("sum(A @ solve(B, C))", "A in matrix(m, n); B in square(n); C in matrix(n, p)"),
        ("sum(A @ Diag(x) @ y)", "A in matrix(m, n); x in vector(n); y in vector(n)"),
        ("sum(A @ eigenvalues(B))", "A in matrix(m, n); B in square(n)"),
        ("sum(A @ kron(B, C))", "A in matrix(m, n); B in matrix(p, q); C in matrix(r, l)"),
        ("inner(A, B @ C)", "A in matrix(m, n); B in matrix(m, p); C in matrix(p, n)"),
        ("sum(A @ perron_vector(B) + b)", "A in matrix(m, n); B in square(n); b in vector(m)"),
        ("sum(inv(A) @ x)", "A in square(n); x in vector(n)"),
        ("sum(softmax(A @ x) * y)", "A in matrix(m, n); x in vector(n); y in vector(m)"),
        ("sum(A.H @ x)", "A in matrix(m, n); x in vector(m)"),
        ("sum(A.mH @ x)", "A in matrix(m, n); x in vector(m)"),
        ("sum(A.T @ x)", "A in matrix(m, n); x in vector(m)"),
        ("sum(pinv(A) @ x)", "A in matrix(m, n); x in vector(m)"),
        ("sum(i * x for i in range(k)) @ y", "x in vector(n); y in vector(n); k in natural()"),
        *(
            (f"{word}(A) @ y", "A in matrix(m, n); y in vector(p)")
            for word in ("vec", "singular_values", "diagonal_sums", "diagonal_means")
        ),
        *(
            (f"sum({word}(A) @ x)", "A in matrix(m, n); x in vector(p)")
            for word in ("left_singular", "right_singular")
        ),
        ("sum(toeplitz(x) @ y)", "x in vector(n); y in vector(m)"),
        ("softmax(x) @ y", "x in vector(n); y in vector(n)"),
        ("D(x @ A @ x, x) @ y", "x in vector(n); A in square(n); y in vector(n)"),
        ("polygamma(2, x) @ y", "x in vector(n); y in vector(n)"),
        ("x[:] @ y", "x in vector(n); y in vector(n)"),
        ("x[1:] @ y", "x in vector(n); y in vector(m)"),
        ("A[:, 0] @ y + A[0, :2] @ x", "A in matrix(m, n); y in vector(m); x in vector(p)"),
        ("sum(block([[A, A], [A, A]]) @ x)", "A in matrix(m, n); x in vector(p)"),
        ("array([1, 2, 3]) @ x", "x in vector(3)"),
        ("sum(A @ array([[1, 2, 3], [4, 5, 6]]) @ x)", "A in matrix(n, 2); x in vector(3)"),
        ("sum(sylvester(A, B, C))", "A in square(n); B in square(m); C in matrix(n, m)"),
    ],
)
def test_sizes_come_from_use(text: str, variables: str) -> None:
    """Sizes that a word or a product equates have one name."""
    found = [variable.removeprefix("constant ") for variable in understand(text).variables]
    assert "; ".join(found) == variables


@pytest.mark.parametrize(
    "word",
    [
        "tr", "det", "logdet", "logabsdet", "inv", "cof", "adj", "sym", "skew", "cholesky", "expm", "sinm", "cosm", "sqrtm", "logm", "diag",
        "eigenvalues", "eigenvectors", "perron_value", "perron_vector", "expanded_det", "Phi",
    ],
)  # fmt: skip
def test_words_of_square_matrices(word: str) -> None:
    """A matrix of which one of these is taken has one size."""
    assert understand(f"{word}(A)").variables == ("A in square(n)",)


@pytest.mark.parametrize(
    "letter", ["x", "y", "z", "u", "v", "w", "p", "q", "h", "r", "mu", "theta", "beta", "a", "b"]
)
def test_letters_of_vectors(letter: str) -> None:
    """A letter that is usually a vector is one, where a number would do as well."""
    assert understand(f"norm({letter})").variables == (f"{letter} in vector(n)",)


@pytest.mark.parametrize("letter", ["c", "k", "alpha", "gamma", "s", "t"])
def test_letters_of_numbers(letter: str) -> None:
    """Any other small letter is a number."""
    assert understand(f"abs({letter})").variables == (f"{letter} in scalar()",)


@pytest.mark.parametrize("letter", ["lambda_", "sigma", "tau", "eps", "epsilon"])
def test_letters_of_positive_numbers(letter: str) -> None:
    """A width, a weight or a small number is positive."""
    assert f"constant {letter} in positive_scalar()" in understand(f"{letter} * x @ x").variables


@pytest.mark.parametrize("name", [*"fghFGHJLEC", r"\phi", r"\psi", r"\ell"])
def test_a_letter_may_be_named_a_function(name: str) -> None:
    """A function may be a letter alone, where another name would make an equation."""
    assert understand(f"{name} = a").function == "a"
    assert understand(r"k = \frac{k_1}{k_2}").function == "k_1 / k_2"
    with pytest.raises(NotationError, match="an equation between letters"):
        understand("k = a")


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("a + x @ y", 7),
        ("2 * x + y", 7),
        ("tr(A @ A)", 6),
        ("1 + inv(A)", 5),
        ("x @ ones(m)", 3),
        ("solve(B, y)", 1),
        ("sum(y[i] for i in range(n))", 7),
        ("sum(y[i + 1] for i in range(n))", 9),
        (r"\sum_{i=1}^n y_i", 16),
        (r"\sum_i x_i y_{i+1}", 16),
        (r"\langle x, y \rangle", 1),
        ("x .* y", 3),
        ("inner(B, A)", 1),
        ("2 + sylvester(B, B, A)", 5),
        ("x / y", 3),
        ("x^T A", 5),
    ],
)
def test_sizes_that_do_not_fit_have_their_column(text: str, column: int) -> None:
    """Sizes that were said and differ are told where they meet."""
    said = "x in vector(n)\ny in vector(m)\nA in matrix(m, n)\nB in square(n)"
    with pytest.raises(NotationError, match=r"sizes . and . do not fit") as error:
        understand(text, said)
    assert (error.value.line, error.value.column) == (1, column)


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("x @ ones(k)", "x in vector(k)"),
        ("x @ zeros(k)", "x in vector(k)"),
        ("tr(X @ I(k))", "X in square(k)"),
        ("tr(matrix_power(X, k))", "X in square(n); k in natural()"),
        ("x[k]", "x in vector(n); k in index(n)"),
        ("x[k + 1]", "x in vector(n); k in natural()"),
        (r"\frac{e^{x_i}}{\sum_j e^{x_j}}", "x in vector(n); i in index(n)"),
        ("sum(x[i] for i in range(k, l))", "x in vector(n); k in natural(); l in natural()"),
        (r"\sum_{i=1}^k x_i", "x in vector(k)"),
    ],
)
def test_what_counts_is_an_integer(text: str, variables: str) -> None:
    """A letter in the place of a size, a power or an index is no number that varies."""
    assert "; ".join(understand(text).variables) == variables


def test_what_is_said_holds() -> None:
    """A set that is declared is kept, with sizes from use where it has none; the rest is guessed."""
    found = understand("sum(X A)", "constant X in spd\nA in matrix(p, q)")
    assert found.variables == ("constant X in spd(p)", "A in matrix(p, q)")
    assert found.guessed == ()
    found = understand("x @ A @ x", "A in symmetric")
    assert found.variables == ("A in symmetric(n)", "constant x in vector(n)")
    assert found.guessed == ("x",)


@pytest.mark.parametrize(("text", "column"), [(r"2^{x_1} + \sqrt{a}", 5), ("a + 2^x_1", 7)])
def test_what_was_said_may_not_fit(text: str, column: int) -> None:
    """A letter that cannot stand where it stands is told with its column."""
    with pytest.raises(NotationError, match="a vector as an exponent") as error:
        understand(text, "x_1 in vector")
    assert error.value.column == column


def test_what_was_said_of_other_letters_says_nothing() -> None:
    """A letter that is not in the formula does not move instead of one that is."""
    assert understand("x @ x", "A in symmetric").variables == ("x in vector(n)",)


def test_every_declaration_can_be_declared() -> None:
    """Each set that is guessed is one of the notation."""
    for text, _ in PASTED:
        for variable in understand(text).variables:
            assert declare(variable).domain.name in DOMAINS


def test_a_module_without_a_function_is_a_letter() -> None:
    """Where a name that could be of a module ends the formula, its letters are a product."""
    assert understand("a + np").function == "a + n * p"


@pytest.mark.parametrize(
    ("text", "column", "problem"),
    [
        ("x'*A*x + trce(A)", 10, "there is no word 'trce'; did you mean 'trace'?"),
        ("tr(2') + x", 5, "the transpose of a number"),
        ("(x + y", 7, "')' is missing at the end"),
        ("x + * y", 5, "'*' does not belong here"),
        ("x @ (A @ x", 11, "')' is missing at the end"),
        (r"x^\top \foo x", 8, r"\foo is not known here"),
        ("x + §", 5, "'§' stands in no formula"),
        (r"\frac{A^{-1} x}{A x x^\top}", 1, "a division by a matrix: write X^{-1} on the side where it stands"),
        (r"X^{-\top} + 1", 11, "a matrix plus a number: a multiple of the identity is c I"),
        ("A @ x + tr(A) @ x", 15, "@ stands between vectors and matrices; by a number multiply with *"),
        ("", 1, "there is no formula"),
        ("np.linalg.norm(A, axis=1)", 19, "the argument axis is not known here"),
        ("x + log1p(A, 2)", 5, "log does not take a matrix and an integer"),
        ("sum(x[i] for i in range(n) if i == j)", 33, "'!=' is missing before '='"),
        ("x.foo()", 3, "there is no word 'foo'"),
        (r"\operatorname{tr}(A^{1.5})", 20, "matrix_power does not take a matrix and a number"),
        (r"\mathbf 1^\top", 1, "the size of a vector or matrix of constants cannot be told; give it, as in ones(n)"),
        # equations and relations
        ("x = y", 1, "an equation between letters: x = ... names a formula without x, of more than a letter"),
        ("x = x + 1", 1, "an equation between letters: x = ... names a formula without x, of more than a letter"),
        ("A x = b", 5, "this is an equation: one side of it can be read, or a name and what it means, as in f(x) = x^2"),
        ("x^2 + y = 0", 9, "this is an equation: one side of it can be read, or a name and what it means, as in f(x) = x^2"),
        (r"x \ge 0", 3, "a relation is no function"),
        ("f(y) = x^2", 3, "y is not in the formula, and f is to be a function of it"),
        (r"x ∈ \mathbb{R}^n", 3, "where a letter lives is said apart, as in x in vector(n)"),
        ("∂f", 1, "give the function alone: its derivative is derived"),
        (r"\|x\|_\infty", 7, "infinity is not known here; the largest absolute value is max(abs(x))"),
        # more than one formula
        (r"x^2 \\ y^2", 8, "the line ends before this: one formula is read at a time"),
        (r"x^2 \quad (1)", 11, "the line ends before this: one formula is read at a time"),
        ("x @ x\ny @ y", 7, "the line ends before this: one formula is read at a time"),
        ("r = A @ x; r @ r", 10, "one formula is read at a time"),
        ("(x, y)", 3, "a comma: one formula is read at a time, and an inner product is x^T y"),
        (r"\(x^2\) is convex", 1, r"words beside \(...\): give the formula alone"),
        # indices
        ("x_{n-1}^2", 2, "an index that is calculated: say what x is, as in x in vector(n)"),
        ("A_{k+1}^{-1}", 2, "an index that is calculated: say what A is, as in A in vector(n)"),
        ("x_(n-1)", 1, "an index of x is missing: write x_i or x[i]"),
        (r"\max_i x_i", 6, "the largest entry of a vector is max(x)"),
        ("max_i x_i", 5, "the largest entry of a vector is max(x)"),
        (r"\|x\|_p", 1, "a letter as the index of a norm is declared, as in p in order()"),
        (r"\|x\|_A^2", 1, "a letter as the index of a norm is declared, as in p in order()"),
        ("a {b}", 3, "'{' does not belong here"),
        # arguments that are too few or too many
        ("vector()'*x", 1, "vector takes a number, as in vector(1)"),
        ("tr(matrix(2, 3)*A)", 4, "matrix takes a number, as in matrix(1)"),
        ("sum(ones() @ x)", 5, "ones takes a size, or two"),
        ("sum(np.zeros(2, 3, 4))", 8, "zeros takes a size, or two"),
        ("tr(A + I())", 8, "an identity has one size: I(n)"),
        ("np.trace(np.eye(n, m) @ A)", 13, "an identity has one size: I(n)"),
        ("x @ d()", 5, "a differential is of one variable: d(X)"),
        ("x @ d(x, 2)", 5, "a differential is of one variable: d(X)"),
        (r"\log\Gamma", 11, "'(' is missing at the end"),
        ("sum(x[i] for i in range)", 24, "'(' is missing before ')'"),
        ("sum(x[i] for i in range())", 14, "an index runs over range(n) or range(a, b)"),
        ("sum(x[i] for i in range(0, n, 2))", 14, "an index runs over range(n) or range(a, b)"),
        (r"\sum_{i=1}^i x_i", 12, "i is the index of a sum, and stands in its ends"),
        ("np.linalg.norm(A, 2, 0)", 11, "norm takes a vector or a matrix, and one index"),
        ("np.linalg.norm(A, 'fro', ord=2)", 11, "norm takes a vector or a matrix, and one index"),
        ("np.linalg.norm(x, ord=True)", 23, "this does not stand here"),
        ("np.trace(A, 'fro')", 13, "'fro' is the index of a norm alone"),
        (r"\|X\|_{F^{2}", 13, "'}' is missing at the end"),
        ("a [b]", 3, "'[' does not belong here"),
    ],
)  # fmt: skip
def test_errors_have_their_column(text: str, column: int, problem: str) -> None:
    """What cannot be read is said in words, with the column where it stands."""
    assert refusal(understand, text) == (column, problem)


@pytest.mark.parametrize(
    ("text", "moving"),
    [
        ("f(A) = x^T A x", {"A"}),
        (r"L(W, b) = \|W x + b\|^2", {"W", "b"}),
        (r"\ell(\mathbf{b}; x) := b^\top x", {"b"}),
        ("J(θ) = ‖Xθ‖²", {"theta"}),
        (r"\min_A \|A x - b\|^2", {"A"}),
        ("y = A x", {"x"}),
        (r"\hat{y} = A x", {"x"}),
        (r"\hat{y} = A x - y", {"x"}),
        (r"f(x_1, x_2) = x_1^2 + a \sin(x_2)", {"x_1", "x_2"}),
        (r"f(\hat{x}) = \hat{x}^\top A x", {"x"}),
        ("g(b, ...) = a'*b", {"b"}),
        ("w'*d(x)", {"x"}),
    ],
)
def test_a_function_moves_the_letters_that_it_is_of(text: str, moving: set[str]) -> None:
    """What stands in parentheses before an equals sign, or under a minimum, is differentiated by."""
    variables = understand(text).variables
    assert {v.split()[0] for v in variables if not v.startswith("constant")} == moving


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("3xy", "xy was read as the product x y"),
        ("1/2x", "1/2 was read as a factor"),
        (r"A^* x", "A^* was read as the conjugate transpose"),
        (r"A^\dagger x", r"A^\dagger was read as the pseudoinverse"),
        (r"\|X\|", "a norm of a matrix was read as the norm of Frobenius"),
        (r"\|X\|_1", "a norm of a matrix was read as the sum of all absolute entries"),
        (r"\operatorname{vec}(X)", "vec was read row by row, as flatten does"),
        (r"\sigma(W X)", "sigma of a matrix was read as its singular values; of each entry it is sigmoid"),
        ("A / B", "a division by a matrix was read entry by entry, as Python means it"),
        ("A + 1", "a number was added to every entry of a matrix"),
        ("norm(X)^2", "the norm of a matrix was read as that of Frobenius"),
        ("sum(X.^2)", "the sum of a matrix was read as that of all its entries"),
        ("x[1]^2", "an index in brackets was counted from zero, as Python does"),
        ("np.sum(A, axis=0)", "A was taken for a vector, which has one axis"),
        (r"\max_x a^\top x", "the function alone is differentiated, of which a minimum or maximum is sought"),
    ],
)  # fmt: skip
def test_what_others_mean_otherwise_is_said(text: str, note: str) -> None:
    """A reading that is one of several is a note of the formula."""
    said = "X in matrix(m, n)" if text.startswith("sum") else ""
    assert understand(text, said).notes == (note,)


@pytest.mark.parametrize(
    "text", [r"\sigma(w^\top x)", r"\operatorname{sum}(\lambda(X))", "x.T @ A @ x"]
)
def test_what_is_meant_in_one_way_has_no_note(text: str) -> None:
    """A formula that everybody reads alike says nothing about it."""
    assert understand(text).notes == ()


def test_a_letter_that_was_declared_and_is_not_the_one_in_the_formula() -> None:
    """The name of the value is no variable, and a letter with an index no entry of a declared vector."""
    assert understand("y = x^2", "y in scalar").notes == ("y was read as the name of the value",)
    (note, _) = understand("x_1^2 + x_2", "x in vector(n)").notes
    assert note == "x_1 was read as a letter of its own, and as no entry of x"
    assert understand("|x|", "x in vector(n)").notes[0].startswith("|x| of a vector")


@pytest.mark.parametrize(
    ("text", "function"),
    [
        (r"f(x)^2 + \phi(a)", "f(x) ** 2 + phi(a)"),
        (r"\sum_{i=1}^n f(x_i)", "sum(f(x[i]) for i in range(n))"),
        ("D(f(x), x)", "D(f(x), x)"),
    ],
)
def test_a_function_that_was_declared_is_called(text: str, function: str) -> None:
    """A letter in analytic() is a function of a number, and its letter is declared."""
    found = understand(text, "f in analytic()\nphi in analytic")
    assert found.function == function
    assert "f in analytic()" in found.variables
    with pytest.raises(NotationError, match="f is a function of a number"):
        understand("f(x)", "f in analytic()\nx in vector(n)")


def test_names_of_several_letters_are_those_of_programs() -> None:
    """Letters that stand together are a name in a program, and elsewhere a product."""
    assert understand("xs @ ys").function == "x @ y"
    assert understand("ax^2 + bx + c").function == "a * x ** 2 + b * x + c"


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "(" * 1_900 + "x",
        "-" * 1_900 + "x",
        "x^" * 900 + "x",
        "{" * 1_900,
        "__import__('os').system('echo')",
        "().__class__.__bases__[0]",
        "9**9**9**9",
        "x[" * 600,
        r"\frac" * 390,
        "|" * 1_900,
        "+".join(f"a_{i} @ b_{i}" for i in range(150)),
        "+".join(f"{a}{b}'" for a in "abcdefgh" for b in "abcdefgh"),
        "<img src=x onerror=alert(1)>",
        "\0" * 100,
        "sum(" * 400,
        "x for x in y for z in",
        r"\sum_{i=1}" * 150,
        "".join(f"torch.norm({a} * " for a in "abcmnpqruvwyzk")
        + "x"
        + ", 2)" * 14
        + " + tr(x @ x)",
    ],
    ids=lambda text: text[:20],
)
def test_hostile_texts_are_refused(text: str) -> None:
    """Whatever comes from an address is refused in words, within two seconds."""
    start = time.perf_counter()
    with pytest.raises(NotationError):
        understand(text)
    assert time.perf_counter() - start < 2


def test_lines_share_their_letters() -> None:
    """Several formulas are read with one kind for each letter, and an error says in which line."""
    variables, found = understand_lines([r"\log\det X", r"\operatorname{tr}(X)"])
    assert variables == ("X in square(n)",)
    assert [line.function for line in found] == ["logdet(X)", "tr(X)"]
    with pytest.raises(NotationError) as error:
        understand_lines(["x + y", "x + ("])
    assert error.value.line == 2


@pytest.mark.parametrize("texts", [["x'*A*x", "b*x"], ["b*x", "x'*A*x"]])
def test_one_line_of_matlab_makes_all_of_it(texts: list[str]) -> None:
    """There b is a number beside a vector, in whichever line; in NumPy it is a vector."""
    assert "constant b in scalar()" in understand_lines(texts)[0]
    assert "constant b in vector(n)" in understand_lines(["x @ A @ x", "b * x"])[0]


def test_a_new_name_is_one_of_no_line() -> None:
    """A name of several letters is given a letter that no line has, though the next begins with one."""
    _, found = understand_lines(["weights @ x", "w @ x"])
    assert [line.function for line in found] == ["e @ x", "w @ x"]


@pytest.mark.parametrize("text", ["dX", r"\mathrm{d}X", r"\mathrm{d} X", "d(X)"])
def test_differentials(text: str) -> None:
    """The differential of a variable has several spellings."""
    assert understand(f"tr({text})", "X in square(n)").function == "tr(d(X))"


def test_a_note_where_it_could_mean_something_else() -> None:
    """A product that Python and mathematics read differently is told, and so is a new name."""
    assert "entry by entry" in understand("sum(A * B)").notes[0]
    assert understand("weights @ x").notes == ("weights was read as w",)
    assert understand("Id1 @ Weights @ x").notes == ("Id1 was read as A", "Weights was read as W")
    assert understand("sum(x * y)").notes == ()
    (note,) = understand("A ** 2 @ x").notes
    assert note == "a power of a matrix with ** was read entry by entry, as Python means it"


def test_a_name_for_which_no_letter_is_free() -> None:
    """A name of a program has a letter here; where all are taken, it is told with its column."""
    text = f"({' + '.join('abcefghpqrstuvwxyz')}) @ xs"
    with pytest.raises(NotationError) as error:
        understand(text)
    assert error.value.problem == "'xs' is no name for a variable"
    assert error.value.column == text.index("xs") + 1


@pytest.mark.parametrize(
    ("declaration", "variables"),
    [
        ("A in spd", "A in spd(n)"),
        ("constant A in spd", "constant A in spd(n)"),
        ("fixed A in spd moves", "constant A in spd(n)"),
        ("A in spd fixed", "constant A in spd(n)"),
        (" A  is a symmetric ( k ) moves; ", "A in symmetric(k)"),
        ("A is an orthogonal(n).", "A in orthogonal(n)"),
        ("λ, A in square", "A in square(n)"),
    ],
)
def test_a_declaration_may_be_a_sentence(declaration: str, variables: str) -> None:
    """A set is said in words or in the notation; what is fixed is constant."""
    assert understand("sum(A)", declaration).variables == (variables,)


@pytest.mark.parametrize("name", ["λ", "lambda", r"\lambda", "lam", "lambda_"])
def test_a_greek_letter_is_declared_as_it_is_typed(name: str) -> None:
    """The set of a Greek letter holds in the formula, whatever it is called."""
    found = understand(r"\lambda^\top x", f"{name} in unit_vector(k)")
    assert found.variables == ("lambda_ in unit_vector(k)", "constant x in vector(k)")


@pytest.mark.parametrize(
    ("declaration", "problem"),
    [
        ("x in vectr(n)", "there is no domain 'vectr'; did you mean 'vector'?"),
        ("x in qqqq(n)", f"there is no domain 'qqqq'; there are {', '.join(DOMAINS)}"),
        ("x = 3", "a declaration reads: X in invertible(n)"),
        ("x in matrix(n)", "matrix is written matrix(m, n)"),
        ("x in square(m, n)", "square is written square(n)"),
        (
            "2x in vector",
            "'2x' is no name for a variable; take one letter or a Greek one, and if need be an accent (bar, hat, tilde, dot, prime) and an index: x, Sigma, lambda_, x_bar, A_1",
        ),
        ("sum in vector", "'sum' is a word of the notation; give the variable another name"),
    ],
)
def test_a_declaration_that_cannot_be_read(declaration: str, problem: str) -> None:
    """It is told with its line; empty lines count and say nothing."""
    with pytest.raises(NotationError) as error:
        understand("sum(x)", f"A in matrix\n \n{declaration}\ny in vector")
    assert (error.value.problem, error.value.line) == (problem, 3)


@pytest.mark.parametrize(
    ("text", "function"),
    [
        (r"\sum_{i=1}^{n-1} x_i x_{i+1}", "sum(x[i] * x[i + 1] for i in range(n - 1))"),
        (r"\sum_{i=1}^n x_i x_0", "sum(x[i] * x[0] for i in range(1, n + 1))"),
        (r"\sum_{i=0}^{n-1} x_i", "sum(x[i] for i in range(n))"),
        (
            r"\sum_{i=1}^3 x_{2 \cdot i} x_{2 \cdot 3}",
            "sum(x[2 * (i + 1) - 1] * x[2 * 3 - 1] for i in range(3))",
        ),
        (r"\sum_{i=1}^n x_{n-i+1} x_i", "sum(x[n - (i + 1) + 1 - 1] * x[i] for i in range(n))"),
        (r"\sum_i i x_i", "sum((i + 1) * x[i] for i in range(n))"),
        (r"\sum_{i=k}^n i x_i", "sum((i + 1) * x[i] for i in range(k - 1, n))"),
        (r"\sum_{i=0}^n a_i x^i", "sum(a[i] * x ** i for i in range(n + 1))"),
        (
            r"\sum_{i=1}^n \sum_{j=i}^{m-1} A_{ij}",
            "sum(sum(A[i, j] for j in range((i + 1) - 1, m - 1)) for i in range(n))",
        ),
        (r"\frac{e^{x_i}}{\sum_i e^{x_i}}", "exp(x[i]) / sum(exp(x[j]) for j in range(n))"),
        (
            r"\sum_i \left(x_i \sum_i y_{i+1}\right)",
            "sum(x[i] * sum(y[j + 1] for j in range(m)) for i in range(n))",
        ),
        (
            "sum(x[i] * sum(y[i] for i in range(n) if i != 1) for i in range(n))",
            "sum(x[i] * sum(y[j] for j in range(n) if j != 1) for i in range(n))",
        ),
        (r"\sum_{t=1}^n a^t", "sum(a ** (t + 1) for t in range(n))"),
        (r"a^t + \frac{t}{2}", "a ** t + t / 2"),
        (r"\sum_{i=1}^{n} x_i", "sum(x[i] for i in range(n))"),
        (
            r"\sum_{i,j} A_{i,j} A_{j, i}",
            "sum(A[i, j] * A[j, i] for i in range(n) for j in range(n))",
        ),
        (r"\sum_{i=1}^n x_i x_1", "sum(x[i] * x[0] for i in range(n))"),
        (r"\sum_{i=1}^n x_i x_n", "sum(x[i] * x[n - 1] for i in range(n))"),
        (r"\sum_{i=1}^n x_i x_{n-1}", "sum(x[i] * x[n - 2] for i in range(n))"),
        ("x[i + 1] * x[i]", "x[i + 1] * x[i]"),
        ("(x + 0) @ y", "(x + zeros(n)) @ y"),
    ],
)
def test_indices_count_as_the_language_does(text: str, function: str) -> None:
    """LaTeX counts from one, or from zero where a sum does; Python from zero."""
    assert understand(text).function == function
