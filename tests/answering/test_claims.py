"""A claimed gradient holds or does not, and what a wrong one lacks is named."""

import re

import pytest

from autodiff_notes import exercises
from autodiff_notes.exercises.exercise import Exercise
from questions import ask

RIGHT = [
    ("x'*A*x", "(A + A')*x"),
    (r"\log\det X", r"X^{-\top}"),
    (r"\|Ax - b\|^2", r"\nabla_x f = 2 A^\top (A x - b)"),
    (r"\operatorname{tr}(A X)", r"\frac{\partial f}{\partial X} = A^\top"),
    ("np.sum(np.log(x))", "1/x"),
    ("x*log(x)", "log(x) + 1"),
    ("tr(A X)", "A: X'"),
    ("A x - b", r"\frac{\partial f}{\partial x} = A"),
    ("A x - b", "A"),
    ("tanh(W x)", "x: Diag(1 - tanh(W x).^2) W"),
    ("x' y", "x: y\n\\nabla_y f = x"),
    ("x'*A*x", r"\nabla f(x) = (A + A^\top) x"),
    ("x'*A*x", "∇f(x) = (A + A')*x"),
    ("x^3", "f'(x) = 3x^2"),
    ("x'*A*x", "∇_x f = (A + A')*x"),
    ("x'*A*x", "∂f/∂x = (A + A')*x"),
    ("f(A) = x'*A*y", "x*y'"),
    ("x' A y + x'x", "x: A y\n  + 2x\nA: x y'"),
    ("x'*A*x", "x'*(A + A')"),
]
WRONG = [
    ("x'*A*x", "2*A*x", "the symmetric part of A"),
    (r"\log\det X", r"X^{-1}", "a transpose of inv(X)"),
    (r"\|Ax - b\|^2", r"A^\top (A x - b)", "a factor of 2"),
    (r"\operatorname{tr}(X^{-1})", r"X^{-\top} X^{-\top}", "the other sign"),
    ("sum(cos(x))", "sin(x)", "the other sign"),
    ("A x - b", "2 A", "a factor of 1/2"),
]
VARIABLES = "X in complex_matrix(m, n)\nconstant A in complex_matrix(n, m)"


def expanded(exercise: Exercise, text: str) -> str:
    """Return an expression with its names replaced by what they stand for."""
    for name, meaning in reversed(list(exercise.where.items())):
        text = re.sub(rf"\b{name}\b", lambda _, meaning=meaning: f"({meaning})", text)  # type: ignore[misc]
    return text


@pytest.mark.parametrize(("function", "claim"), RIGHT)
def test_right_claims(function: str, claim: str) -> None:
    """A right gradient holds, whichever language it was written in."""
    parts = ask("claim", function=function, claim=claim)
    assert parts[1]["holds"], parts
    assert "t holds: in random directions at 9 random points" in parts[1]["summary"]
    assert "central differences agree, within" in parts[1]["summary"]
    assert not any("own-why" in part.get("more", "") for part in parts)


@pytest.mark.parametrize(("function", "claim", "words"), WRONG)
def test_wrong_claims(function: str, claim: str, words: str) -> None:
    """A wrong gradient is refused with numbers, with the change that repairs it, and the right one."""
    parts = ask("claim", function=function, claim=claim)
    assert not parts[1]["holds"]
    assert "the slope is" in parts[1]["summary"]
    assert f"It would hold with {words}" in parts[2]["more"]
    assert "The gradient by machine" in parts[3]["more"]


def test_a_complex_variable() -> None:
    """A gradient by a complex variable pairs with its conjugate, and the plain one is refused."""
    asked = {"function": "re(tr(A @ X))", "variables": VARIABLES}
    assert ask("claim", claim="A.mH", **asked)[1]["holds"]
    parts = ask("claim", claim="A.mT", **asked)
    assert not parts[1]["holds"]


def test_differences_that_disagree_are_said() -> None:
    """Where a function oscillates faster than any step, the verdict is that of dual numbers, and says so."""
    fast = "1000 * 1000 * 1000 * x"
    parts = ask("claim", function=f"sum(sin({fast}))", claim=f"1000 * 1000 * 1000 * cos({fast})")
    assert parts[1]["holds"]
    assert (
        "but the gradient by x is that of dual numbers, and differences are off by"
        in parts[1]["summary"]
    )


def test_what_is_not_claimed_is_said() -> None:
    """Of several gradients a wrong one is named, and one that lacks as well."""
    parts = ask("claim", function="x' A y", claim="x: A y\nA: 2 x y'")
    assert parts[1]["summary"].startswith("By x: it holds")
    assert "By A: it does not hold" in parts[1]["summary"]
    assert not parts[1]["holds"]
    sets = "x in vector(n)\nA in matrix(n, m)\ny in vector(m)"
    parts = ask("claim", function="x' A y", claim="x: A y\nA: x y'", variables=sets)
    assert "; central differences agree, within" in parts[1]["summary"]
    assert ". By A: it holds: in random directions at 9 random points" in parts[1]["summary"]
    assert parts[1]["summary"].endswith(". Nothing is claimed for y.")
    parts = ask(
        "claim", function="a b c e", claim="a: b c e\nb: a c e", variables="a, b, c, e in scalar"
    )
    assert parts[1]["summary"].endswith(" Nothing is claimed for c, e.")
    parts = ask("claim", function="a b c", claim="a: b c", variables="a, b, c in scalar")
    assert "Nothing" not in parts[1]["summary"]  # of one claim alone


def test_a_differential_is_no_gradient() -> None:
    """A claim with dx is refused in its line: the gradient stands before it."""
    (part,) = ask("claim", function="x^2 + y^2", claim="x: 2x\ny: 2y dy")
    problem = "this is a differential: a gradient is claimed without dx"
    assert part == {"error": problem, "field": "claim", "line": 2, "column": 1}


REFUSED = [
    ("x @ x", "x @ x", "x in vector(n)", 1, "the claim is a number, and no variable is one"),
    ("x @ x", "x: 2", "x in vector(n)", 1, "the claim is an integer, and x is a vector"),
    ("x @ y", "x: y\n\ny: x x'", "", 3, "the claim is a matrix, and y is a vector"),
    ("x @ x", r"\nabla_z f = 2 * x", "", 1, "there is no variable 'z' in the function"),
    ("2 * x", "x", "x in vector(n)", 1, "the claim is a vector, and the Jacobian of a vector is a matrix"),
    ("2 * x", "x: x", "x in vector(n)", 1, "the claim is a vector, and the Jacobian of a vector is a matrix"),
    ("t x", "t: x", "t in scalar\nx in vector(n)", 1, "the Jacobian by the number t: declare it as a vector of one entry"),
    ("t x", "x", "t in scalar\nx in vector(n)", 1, "the claim is a vector, and the Jacobian of a vector is a matrix"),
    ("x @ y", "x: y\nx: y", "", 2, "the gradient by x is claimed above"),
    ("x @ y", "x: y\ny: x +", "", 2, "the formula ends too early"),
]  # fmt: skip


@pytest.mark.parametrize(("function", "claim", "variables", "line", "problem"), REFUSED)
def test_what_cannot_be_a_gradient(
    function: str, claim: str, variables: str, line: int, problem: str
) -> None:
    """A claim of another shape, of no variable or of none twice is refused at its line of its field."""
    (part,) = ask("claim", function=function, claim=claim, variables=variables)
    assert (part["field"], part["line"], part["error"]) == ("claim", line, problem)


def test_a_matrix_has_no_gradient() -> None:
    """A function whose value is a matrix is refused, and not at the claim."""
    (part,) = ask("claim", function="2 * A", claim="A", variables="A in matrix(m, n)")
    assert part["error"].startswith("the value is a matrix: a gradient is claimed of a number")
    assert "field" not in part


def test_what_was_understood_is_shown() -> None:
    """The function and each claim are formulas, and what nothing is claimed for stands still."""
    sets = "x in vector(n)\nA in matrix(n, m)\ny in vector(m)"
    first = ask("claim", function="x' A y", claim="x: A y\nA: x y'", variables=sets)[0]
    assert (first["function"], first["claim"]) == ("x @ A @ y", "A @ y; outer(x, y)")
    assert first["variables"] == ["x in vector(n)", "A in matrix(n, m)", "constant y in vector(m)"]
    assert first["chips"].count('name="moves" checked') == 2
    assert re.findall("⟨(.*?)⟩", first["html"]) == [
        r"f(x, A) = x^{\top} A y",
        r"\nabla_{x} f \overset{?}{=} A y",
        r"\nabla_{A} f \overset{?}{=} x y^{\top}",
    ]


def test_a_wrong_jacobian_is_told_by_the_slope_of_each_entry() -> None:
    """The slope of a vector is a list, of a number for each of its entries, and the product as well."""
    parts = ask("claim", function="A x - b", claim="2 A")
    number = r"(-?[\d.]+)"
    pair = rf"\[{number}, {number}\]"
    found = re.search(
        f"the slope is {pair}, and the inner product with the claim {pair}", parts[1]["summary"]
    )
    assert found
    slopes = [float(text) for text in found.groups()]
    assert slopes[2:] == pytest.approx([2 * slope for slope in slopes[:2]], rel=1e-3)
    assert r"⟨\frac{\partial f}{\partial x} = A⟩" in parts[3]["more"]


def solved(exercise: Exercise) -> dict[str, str]:
    """Return the question of an exercise with its solution as the answer."""
    lines = [f"{name} : {expanded(exercise, text)}" for name, text in exercise.gradients.items()]
    return {
        "function": expanded(exercise, exercise.function),
        "claim": "\n".join(lines),
        "variables": "\n".join(exercise.variables),
        "free": exercise.free,
    }


@pytest.mark.parametrize("exercise", exercises.values(), ids=lambda exercise: exercise.name)
def test_every_exercise_marks_itself(exercise: Exercise) -> None:
    """Its solution holds; an answer of which a part is off by a thousandth, or lacks, does not."""
    asked = solved(exercise)
    (verdict,) = (part for part in ask("claim", **asked) if "holds" in part)
    assert verdict["holds"], verdict
    assert "but" not in verdict["summary"]
    assert "Nothing is claimed" not in verdict["summary"]
    off = [f"{line} * 1.001" for line in asked["claim"].replace(" : ", " : (").split("\n")]
    asked["claim"] = "\n".join(line.replace(" * 1.001", ") * 1.001") for line in off)
    wrong = next(part for part in ask("claim", **asked) if "holds" in part)
    assert not wrong["holds"]
