"""A derivation that holds is confirmed line by line, and any other is refused."""

import re

import pytest
import torch

from autodiff_notes.evaluation.execution import execute
from autodiff_notes.notation.derivations import DerivationError, parse
from derivations import HOLDS, LOG_DET


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


@pytest.mark.parametrize(("sizes", "seeds"), [(0, 3), (3, 0)])
def test_a_check_needs_points(sizes: int, seeds: int) -> None:
    """What is evaluated nowhere is not said to hold."""
    with pytest.raises(ValueError, match="sizes and seeds must be at least 1"):
        execute(parse("x in scalar()\nx\n= 2 * x"), sizes=sizes, seeds=seeds)


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
