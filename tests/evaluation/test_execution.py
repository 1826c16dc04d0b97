"""A derivation that holds is confirmed line by line, and any other is refused."""

import re

import pytest
import torch

from autodiff_notes.evaluation.execution import execute, gaps
from autodiff_notes.notation.derivations import DerivationError, parse
from derivations import HOLDS, LOG_DET, WRONG


@pytest.mark.parametrize("text", HOLDS.values(), ids=HOLDS)
def test_right_derivation_holds(text: str) -> None:
    """What is true is confirmed, with rounding errors alone between the lines."""
    report = execute(parse(text))
    assert report.points == 9
    assert report.gap < 1e-10
    relations = report.equalities + report.inequalities + report.approximations
    assert relations == len(re.findall(r"^(=|<=|>=|≈|~=) ", text, re.MULTILINE))


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


def test_gaps_are_those_of_nine_points() -> None:
    """Three sizes have three points each, and the gap at each is relative to the larger side."""
    found = gaps(parse("x in vector(n)\nx @ x\n= 2 * x @ x"))
    assert found == pytest.approx([0.5] * 9)
