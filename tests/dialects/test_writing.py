"""A tree becomes text of the notation; kinds decide what a product is."""

import pytest

from autodiff_notes.dialects import understand
from autodiff_notes.dialects.parsing import parse
from autodiff_notes.dialects.sizes import Sizes
from autodiff_notes.dialects.writing import Writer
from autodiff_notes.notation import SPECIAL, Kind, NotationError

M, V, S = Kind.MATRIX, Kind.VECTOR, Kind.SCALAR


def written(text: str, **kinds: Kind) -> tuple[str, Kind]:
    """Return a LaTeX formula in the notation, and its kind."""
    sizes = Sizes()
    shapes = {name: tuple(sizes.new() for _ in range(kind.rank)) for name, kind in kinds.items()}
    value = Writer(kinds, shapes, sizes, latex=True).column(parse(text))
    return value.text, value.kind


@pytest.mark.parametrize(
    ("text", "kinds", "expected"),
    [
        (r"x\,y", {"x": S, "y": S}, ("x * y", S)),
        (r"x \cdot y", {"x": V, "y": V}, ("x @ y", S)),
        (r"A \times x", {"A": M, "x": V}, ("A @ x", V)),
        (r"A\,x", {"A": M, "x": V}, ("A @ x", V)),
        (r"x^\top A", {"A": M, "x": V}, ("A.mT @ x", V)),
        (r"x y^\top", {"x": V, "y": V}, ("outer(x, y)", M)),
        (r"|X|", {"X": M}, ("det(X)", S)),
        (r"|x|", {"x": V}, ("abs(x)", V)),
        (r"X^{2}", {"X": M}, ("matrix_power(X, 2)", M)),
        (r"x^{2}", {"x": V}, ("x ** 2", V)),
        (r"X^{-3}", {"X": M}, ("matrix_power(inv(X), 3)", M)),
        (r"X^{0.5}", {"X": M}, ("sqrtm(X)", M)),
        ("X^H", {"X": M}, ("X.mH", M)),
        ("x^H y", {"x": V, "y": V}, ("conj(x) @ y", S)),
        (r"\|X\|_1", {"X": M}, ("sum(abs(X))", S)),
        (r"\|X\|_2", {"X": M}, ("spectral(X)", S)),
        (r"\|X\|_*", {"X": M}, ("nuclear(X)", S)),
        (r"\|x\|_2", {"x": V}, ("norm(x)", S)),
        (r"\|x\|_3", {"x": V}, ("norm(x, 3)", S)),
        (r"\|a\|", {"a": S}, ("abs(a)", S)),
        (r"\operatorname{Diag}(X)", {"X": M}, ("diag(X)", V)),
        (r"\operatorname{diag}(x)", {"x": V}, ("Diag(x)", M)),
        (r"\operatorname{D}(x^\top x, x)", {"x": V}, ("D(x @ x, x)", V)),
        (r"(x^\top + y^\top) A", {"x": V, "y": V, "A": M}, ("A.mT @ (x + y)", V)),
        (r"x^\top A \odot y^\top", {"x": V, "y": V, "A": M}, ("A.mT @ x * y", V)),
        (r"(x^\top A) a y", {"x": V, "A": M, "a": S, "y": V}, ("A.mT @ x * a @ y", S)),
        (r"a (x^\top A) + y^\top", {"x": V, "A": M, "a": S, "y": V}, ("a * (A.mT @ x) + y", V)),
        (r"(-x^\top A) B", {"x": V, "A": M, "B": M}, ("B.mT @ (-A.mT @ x)", V)),
        (r"\mathrm{d}(x^\top) y", {"x": V, "y": V}, ("d(x) @ y", S)),
        (r"\exp(x^\top) y", {"x": V, "y": V}, ("exp(x) @ y", S)),
        (r"x^\top A - y^\top", {"x": V, "y": V, "A": M}, ("A.mT @ x - y", V)),
        (r"X^{-1/2}", {"X": M}, ("inv(sqrtm(X))", M)),
        (r"e^{X}", {"X": M}, ("expm(X)", M)),
        (r"e^{x}", {"x": V}, ("exp(x)", V)),
        (r"\log(X)", {"X": M}, ("logm(X)", M)),
        (r"\log|X|", {"X": M}, ("logdet(X)", S)),
        (r"\log|\det X|", {"X": M}, ("logabsdet(X)", S)),
        (r"\log|\sin a|", {"a": S}, ("log(abs(sin(a)))", S)),
        (r"\log|x|", {"x": V}, ("log(abs(x))", V)),
        ("007 x", {"x": V}, ("7 * x", V)),
        (".50 x", {"x": V}, ("0.50 * x", V)),
        (r"\log_{\odot}(X)", {"X": M}, ("log(X)", M)),
        (r"(A^\top)^\top", {"A": M}, ("A", M)),
        (r"(A^\top)^\top x", {"A": M, "x": V}, ("A @ x", V)),
        (r"((A + A)^\top)^\top x", {"A": M, "x": V}, ("(A + A) @ x", V)),
        (r"\frac{x^\top}{2} A", {"x": V, "A": M}, ("A.mT @ (x / 2)", V)),
    ],
)
def test_kinds_decide(text: str, kinds: dict[str, Kind], expected: tuple[str, Kind]) -> None:
    """The same signs mean another word of the notation for another kind."""
    assert written(text, **kinds) == expected


SAMPLES = r"samples x_i are rows of a matrix X here: the sum of (y_i - w^T x_i)^2 is \|y - X w\|^2"
KINDS = {"w": V, "A": M, "X": M, "x": V, "y": V, "a": S, "T": S, "n": Kind.INTEGER}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        # products
        (r"x\,y", "a vector times a vector: write x^T y, or x ⊙ y by entries"),
        (r"x\,A", "a vector before a matrix is written as a row, x^T A"),
        (r"A\,x^\top", "a matrix times a row: the vector has a transpose too many"),
        (r"x^\top y^\top", "a row times a row: the second one has a transpose too many"),
        (r"x^\top @ a", "@ stands between vectors and matrices; by a number multiply with *"),
        (r"x \odot A", "a vector and a matrix entry by entry"),
        (r"x^\top \odot y", "a row and a column entry by entry"),
        (r"x \otimes y", "a Kronecker product of matrices"),
        (r"\langle x, A \rangle", "an inner product of a vector and a matrix"),
        (r"\frac{x}{A}", "a division by a matrix: write X^{-1} on the side where it stands"),
        (r"\frac{a}{y}", "a division by a vector"),
        (r"x \times y", "a cross product is not known here; the inner product is x^T y"),
        # sums and numbers
        ("A + x", "a matrix plus or minus a vector"),
        ("A + a", "a matrix plus a number: a multiple of the identity is c I"),
        (r"x^\top + y", "a row plus a column: one of them has a transpose too many"),
        ("2000 a", "2000 is larger than 1000"),
        # what stands above and below
        ("x^{y}", "a vector as an exponent"),
        (r"a^\top", "the transpose of a number"),
        (r"\sum_{i=1}^n (y_i - w^\top x_i)^2", SAMPLES),
        (r"\sum_i (y_i - x_i^\top w)^2", SAMPLES),
        ("a^H", "the conjugate transpose of a number"),
        ("x_{ij}", "2 indices of a vector"),
        ("X_{n}", "1 indices of a matrix"),
        ("x_{a}", "a number as an index"),
        ("x_{-1}", "an index of LaTeX counts from one or zero, and not from the end"),
        (r"\|a\|_3", "a norm of a number with an index: say what is a vector"),
        (r"|A|_F", r"bars with an index: a norm is written \|x\|_2"),
        (r"x^{2 T}", "T in an exponent: a transpose is x^T, or x.T in a program"),
        (r"\|A\|_3", "a norm of a matrix that is not known: there are F, 2 and *"),
        (r"\sum_{i=1}^{a} x_i", "the end of a sum is an integer"),
        # words
        (r"\lambda(x)", "eigenvalues of a matrix"),
        (r"\operatorname{mean}(A)", "the mean of a matrix: it is known of a vector"),
        (r"\operatorname{tr}(x)", "tr does not take a vector"),
        (r"\operatorname{sum}(a)", f"sum takes a vector or a matrix: {SPECIAL['sum']}"),
        (r"\operatorname{block}(x)", f"block is written {SPECIAL['block']}"),
        (r"\operatorname{D}(A, x)", "a derivative with too many indices"),
        (r"\operatorname{D}(A, A)", "a derivative with too many indices"),
        (r"\|x\|_*", "a norm of a vector has a number as its index"),
        (r"\operatorname{D}(x)", f"D is written {SPECIAL['D']}"),
        (r"\operatorname{basis}(x)", "a basis vector is written in the notation alone"),
    ],
)
def test_what_makes_no_formula(text: str, problem: str) -> None:
    """What mathematics does not have is refused, with what could be meant."""
    with pytest.raises(NotationError) as error:
        written(text, **KINDS)
    assert error.value.problem == problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("np.linalg.norm(A, 1)", "the 1 norm of a matrix, its largest column sum: norm1(A) is that of its entries"),
        ("torch.norm(A, 2)", "this is a norm of all entries of a matrix: write norm(A), or sum(abs(A))"),
        ("A.norm(2)", "this is a norm of all entries of a matrix: write norm(A), or sum(abs(A))"),
        ("torch.linalg.vector_norm(A, 2)", "this is a norm of all entries of a matrix: write norm(A), or sum(abs(A))"),
        ("np.inner(A, A)", "of matrices this is A @ B.T"),
        ("np.linalg.norm(x, 'nuc')", "a norm of a vector has a number as its index"),
        ("np.max(x, 0)", "max does not take a vector and an integer"),
        ("x.max(0)", "max does not take a vector and an integer"),
        ("x.T @ x / x.T @ x", "a division by a row: x^T x under the slash stands in parentheses"),
    ],
)  # fmt: skip
def test_what_a_library_means_otherwise(text: str, problem: str) -> None:
    """A word that is another of a matrix, or along an axis, is refused; of a vector it is read."""
    with pytest.raises(NotationError) as error:
        understand(text, "A in square(n)\nx in vector(n)")
    assert error.value.problem == problem


def test_what_a_library_means_of_vectors() -> None:
    """The same words of a vector are read, and of a matrix the norms that have a name."""
    text = "torch.norm(A, 'fro') + A.norm('nuc') + np.sum(A, axis=None)"
    assert understand(text, "A in matrix").function == "norm(A) + nuclear(A) + sum(A)"
    text = "np.linalg.norm(x, ord=None, keepdims=True) + torch.norm(x, p=1, dim=-1)"
    assert understand(text, "x in vector").function == "norm(x) + norm(x, 1)"
    said = "x in vector(n)\ny in vector(n)"
    text = "np.inner(x, y) + torch.norm(x, 2) + x.norm(1)"
    assert understand(text, said).function == "inner(x, y) + norm(x) + norm(x, 1)"


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("(x @ X + c).norm(1) + c * y", "np.linalg.norm(x @ X + c, 1) + c * y"),
        ("np.log(np.linalg.det(x @ A + y))", "np.linalg.det(x @ A + y)"),
    ],
)
def test_a_doubt_counts_once(text: str, same: str) -> None:
    """A word that looks at its argument twice leaves the letters in it what they are elsewhere."""
    assert understand(text).variables == understand(same).variables


def test_numbers_are_spread_over_vectors() -> None:
    """A number that is added to a vector is meant in each entry; to a matrix it needs an identity."""
    assert understand("sum(1 + x)", "x in vector(n)").function == "sum(ones(n) + x)"
    assert understand("sum(x - 2 * c)", "x in vector(n)").function == "sum(x - 2 * c * ones(n))"
    assert understand(r"\operatorname{tr}(A + \lambda I)").function == "tr(A + lambda_ * I(n))"
