"""What stands around a differential moves to the other side of the inner product."""

import pytest

from autodiff_notes.deriving import NotSupported, derive, terms
from autodiff_notes.deriving.adjoints import WORDS, Cotangents, transposed
from autodiff_notes.deriving.differentials import LINEAR, differential
from autodiff_notes.deriving.reading import read_term
from autodiff_notes.deriving.writing import write
from deriving.algebra import given


@pytest.mark.parametrize(
    ("text", "cotangent", "expected"),
    [
        ("C @ A @ B", "A", {"A": "C.mT @ A @ B.mT"}),
        ("A.mT", "B", {"A": "B.mT"}),
        ("C @ x", "a", {"x": "C.mT @ a"}),
        ("outer(x, a)", "C", {"x": "C @ a"}),
        ("a @ x", "s", {"x": "s * a"}),
        ("x * a", "y", {"x": "y * a"}),
        ("tr(A @ C)", "s", {"A": "s * C.mT"}),
        ("diag(A)", "a", {"A": "Diag(a)"}),
        ("x[0]", "s", {"x": "s * basis(0, n)"}),
        ("A[:, 0]", "a", {"A": "outer(a, basis(0, n))"}),
        ("vec(A)", "vec(C)", {"A": "C"}),
        ("vec(A)", "2 * tanh(vec(C))", {"A": "2 * tanh(C)"}),
        ("sum(C @ A for i in range(3))", "B", {"A": "3 * C.mT @ B"}),
        ("re(u)", "x", {"u": "x"}),
        ("C @ x + a * x", "y", {"x": "C.mT @ y + y * a"}),
    ],
)
def test_a_cotangent_moves_to_what_is_differentiated(
    text: str, cotangent: str, expected: dict[str, str]
) -> None:
    """The inner product of a cotangent and a linear term is that of the variable with another one."""
    with given() as names:
        out: Cotangents = {}
        still = terms.substituted(read_term(cotangent, names), {})
        transposed(differential(read_term(text, names)), still, out)
        found = {name: write(out[names[name]]) for name in expected}
    assert found == expected


@pytest.mark.parametrize(
    "place", ["0, 1", ":, 0", "1, :", "0:2, :", ":, 0:2", "0:2, 0", "1, 0:2", "0:2, 1:2", ":, :"]
)
def test_parts_of_a_matrix_have_their_gradient(place: str) -> None:
    """An entry, a row, a column and a block are scattered to where they were taken from."""
    value = f"A[{place}]"
    squared = f"{value} ** 2" if ":" not in place else f"norm({value}) ** 2"
    found = derive(squared, ("A in matrix(m, n)",)).verify(sizes=1, seeds=1)
    assert found.holds, found.problem


@pytest.mark.parametrize(
    ("function", "variables"),
    [
        ("array([s, t * s]) @ a", ("s, t in scalar()", "constant a in vector(2)")),
        ("norm(array([[s, t], [t, s * t]]) @ A) ** 2", ("s, t in scalar()", "A in square(2)")),
        ("norm(block([[A, B], [2 * B, A @ A]])) ** 2", ("A, B in square(n)",)),
        ("inner(C, kron(A, B) ** 2)", ("A in matrix(2, n)", "B in square(m)", "constant C in matrix(2 * m, n * m)")),
        ("x @ A @ diag(A) * (x @ x)", ("x in vector(n)", "A in square(n)")),
        ("norm(toeplitz(x)) ** 2 * sum(x)", ("x in vector(2 * n - 1)",)),
        ("sum(diagonal_sums(A @ A) ** 2)", ("A in square(n)",)),
        ("sum(diagonal_means(A @ A) ** 2)", ("A in square(n)",)),
        ("norm(A[1:, :2] @ B[:2, 0]) ** 2", ("A, B in square(3)",)),
    ],
)  # fmt: skip
def test_what_is_put_together_has_its_gradient(function: str, variables: tuple[str, ...]) -> None:
    """A cotangent goes back to each number, block and factor from which an array was made."""
    found = derive(function, variables).verify(sizes=2, seeds=1)
    assert found.holds, found.problem


def test_every_linear_word_has_an_adjoint() -> None:
    """What the differential passes, the adjoint passes back."""
    assert WORDS.keys() >= LINEAR


def test_a_vector_that_no_word_makes_a_matrix_of_is_refused() -> None:
    """The message shows the cotangent."""
    with given() as names, pytest.raises(NotSupported, match="no word makes a matrix"):
        transposed(
            differential(read_term("vec(A)", names)),
            terms.call("softmax", terms.call("vec", names["C"])),
            {},
        )
