"""A claimed gradient holds or does not, and what a wrong one lacks is named."""

import pytest

from questions import ask

RIGHT = [
    ("x'*A*x", "(A + A')*x"),
    (r"\log\det X", r"X^{-\top}"),
    (r"\|Ax - b\|^2", r"\nabla_x f = 2 A^\top (A x - b)"),
    (r"\operatorname{tr}(A X)", r"\frac{\partial f}{\partial X} = A^\top"),
    ("np.sum(np.log(x))", "1/x"),
    ("x*log(x)", "log(x) + 1"),
    ("tr(A X)", "A: X'"),
]
WRONG = [
    ("x'*A*x", "2*A*x", "the symmetric part of A"),
    (r"\log\det X", r"X^{-1}", "a transpose of inv(X)"),
    (r"\|Ax - b\|^2", r"A^\top (A x - b)", "a factor of 2"),
    (r"\operatorname{tr}(X^{-1})", r"X^{-\top} X^{-\top}", "the other sign"),
    ("sum(cos(x))", "sin(x)", "the other sign"),
]


@pytest.mark.parametrize(("function", "claim"), RIGHT)
def test_right_claims(function: str, claim: str) -> None:
    """A right gradient holds, whichever language it was written in."""
    parts = ask("claim", function=function, claim=claim)
    assert parts[1]["holds"], parts
    assert parts[1]["summary"].startswith("It holds: in random directions at 9 random points")
    assert not any("own-why" in part.get("more", "") for part in parts)


@pytest.mark.parametrize(("function", "claim", "words"), WRONG)
def test_wrong_claims(function: str, claim: str, words: str) -> None:
    """A wrong gradient is refused with numbers, with the change that repairs it, and the right one."""
    parts = ask("claim", function=function, claim=claim)
    assert not parts[1]["holds"]
    assert "the slope is" in parts[1]["summary"]
    assert f"It would hold with {words}" in parts[2]["more"]
    assert "The gradient by machine" in parts[3]["more"]


def test_what_cannot_be_a_gradient() -> None:
    """A claim of another shape, of no variable or of no number is refused at its field."""
    (part,) = ask("claim", function="x @ x", claim="x @ x", variables="x in vector(n)")
    assert (part["error"], part["line"]) == ("the claim is a number, and no variable is one", 2)
    (part,) = ask("claim", function="x @ x", claim=r"\nabla_z f = 2 * x")
    assert part["error"] == "there is no variable 'z' in the function"
    (part,) = ask("claim", function="2 * x", claim="x", variables="x in vector(n)")
    assert part["error"] == "the value is a vector: a gradient is claimed of a number"
