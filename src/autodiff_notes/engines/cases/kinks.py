"""Kinks and ties: where a function has several slopes, and an engine picks one."""

from functools import partial

from autodiff_notes.engines.case import Case
from autodiff_notes.engines.truths import Subgradients

case = partial(Case, family="kinks", pages=("parting/kinks",))

CASES = (
    case(
        key="abs-at-zero",
        question="The slope of the absolute value at zero",
        function=r"|x|",
        reference="abs(x)",
        point={"x": 0.0},
        truth=Subgradients({"the slope on the left": "-1", "the slope on the right": "1"}),
        why="Every number from -1 to 1 is a subgradient; 0 is the one of least norm, and the value"
        " of sign(0). Code that writes the slope as `where(x >= 0, 1, -1)` has 1.",
    ),
    case(
        key="maximum-tie",
        question="The gradient of the larger of two equal numbers",
        function=r"\max(x, y)",
        reference="max(x, y)",
        point={"x": 2.0, "y": 2.0},
        truth=Subgradients({"the first": "[1, 0]", "the second": "[0, 1]"}),
        why="At a tie each $(g, 1 - g)$ with $0 \\le g \\le 1$ is a subgradient; halves are the"
        " shortest, and treat both alike.",
    ),
)
