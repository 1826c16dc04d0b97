"""A verdict is computed from the truth and the answer, and knows every kind."""

from dataclasses import replace

import pytest

from autodiff_notes.engines import cases
from autodiff_notes.engines.case import Case
from autodiff_notes.engines.running import Entry
from autodiff_notes.engines.truths import Exact
from autodiff_notes.engines.verdicts import KINDS, NOT_OFFERED, conventions, verdict


@pytest.mark.parametrize(
    ("key", "entry", "kind", "name"),
    [
        ("det-singular", {"answer": [[4.0, -2.0], [-2.0, 1.0]]}, "right", ""),
        ("det-singular", {"answer": [[0.0, 0.0], [0.0, 0.0]]}, "wrong", ""),
        ("det-singular", {"answer": [["nan", 0.0], [0.0, 0.0]]}, "NaN", ""),
        ("det-singular", {"error": {"type": "E", "message": ""}}, "refuses", ""),
        ("det-singular", {"answer": None}, "refuses", "None"),
        ("det-singular", {"ended": "SIGSEGV"}, "refuses", "no answer"),
        ("det-singular", {"late": 60.0}, "refuses", "no answer"),
        ("sqrt-at-zero", {"answer": "inf"}, "right", ""),
        ("sqrt-at-zero", {"answer": "-inf"}, "wrong", ""),
        ("sqrt-at-zero", {"answer": 0.0}, "wrong", ""),
        ("sqrt-at-zero", {"answer": "nan"}, "NaN", ""),
        ("sqrt-at-zero", {"answer": {"re": "inf", "im": "nan"}}, "a convention", "without a sign"),
        ("inverse-singular", {"answer": [["nan", "nan"], ["nan", "nan"]]}, "right", ""),
        ("inverse-singular", {"answer": [[0.0, 0.0], [0.0, 0.0]]}, "wrong", ""),
        ("solve-singular", {"answer": ["-inf", "inf"]}, "a convention", "infinity"),
        ("solve-singular", {"answer": ["inf", 1.0]}, "wrong", ""),
        ("floor-between", {"answer": None}, "a convention", "None for zero"),
        ("maximum-tie", {"answer": [0.5, 0.5]}, "a convention", "the mean of the limits"),
        ("maximum-tie", {"answer": [1.0, 0.0]}, "a convention", "the first"),
        ("maximum-tie", {"answer": [0.25, 0.75]}, "another convention", ""),
        ("maximum-tie", {"answer": [1.0, 1.0]}, "wrong", ""),
        ("max-of-three-tie", {"answer": [0.25, 0.25, 0.5]}, "another convention", ""),
        ("max-of-three-tie", {"answer": [0.5, 0.5, 0.5]}, "wrong", ""),
        ("norm-at-zero", {"answer": [0.6, -0.8]}, "another convention", ""),
        ("norm-at-zero", {"answer": [0.8, -0.8]}, "wrong", ""),
        ("nuclear-norm-at-zero", {"answer": [[0.0, 1.0], [1.0, 0.0]]}, "another convention", ""),
        ("nuclear-norm-at-zero", {"answer": [[1.0, 1.0], [1.0, 1.0]]}, "wrong", ""),
        ("complex-abs-at-zero", {"answer": {"re": 0.8, "im": 0.8}}, "wrong", ""),
        ("complex-abs-at-zero", {"answer": {"re": 0.6, "im": 0.8}}, "another convention", ""),
        ("complex-square", {"answer": {"re": 2.0, "im": -4.0}}, "a convention", "p + iq"),
        ("complex-square", {"answer": {"re": 4.0, "im": -8.0}}, "wrong", "no known convention"),
        ("unused-input", {"answer": [6.0, None]}, "a convention", "None for what is not used"),
    ],
)
def test_an_answer_gets_its_verdict(key: str, entry: Entry, kind: str, name: str) -> None:
    """Right, a convention, another one, wrong, NaN and a refusal are told apart."""
    found = verdict(cases[key], entry)
    assert found.kind == kind
    assert name in found.name
    assert found.kind in KINDS


def test_what_varies_is_as_bad_as_its_worse_answer() -> None:
    """Of two answers that differ the worse decides, and the verdict says that they vary."""
    right, wrong = {"answer": [1.0, 10.0]}, {"answer": [0.0, 3.0]}
    found = verdict(cases["scatter-distinct"], {"varies": [right, wrong]})
    assert (found.kind, found.name) == ("wrong", "varies from run to run")
    machines = {"varies": [right, wrong], "between": "machine to machine"}
    assert verdict(cases["scatter-distinct"], machines).name == "varies from machine to machine"


def test_a_float32_answer_may_be_rounded() -> None:
    """An answer in single precision is right up to its rounding, and one in double is not."""
    answer = 1.1283792
    assert verdict(cases["erf-at-zero"], {"answer": answer, "precision": "float32"}).kind == "right"
    off = {"answer": 1.12839}
    assert verdict(cases["erf-at-zero"], off).kind == "wrong"


def test_single_precision_inside_is_told() -> None:
    """An answer in double that is off by a rounding of single precision is right, and says so."""
    found = verdict(cases["erf-at-zero"], {"answer": 1.1283796})
    assert (found.kind, found.name) == ("right", "in single precision")


def test_a_documented_choice_is_a_convention() -> None:
    """What documentation announces is not wrong; NaN stays NaN."""
    case = cases["det-singular"]
    found = verdict(case, {"answer": [[0.0, 0.0], [0.0, 0.0]]}, documented=True)
    assert (found.kind, found.name) == ("a convention", "as documented")
    assert verdict(case, {"answer": ["nan"] * 4}, documented=True).kind == "NaN"


def test_zero_is_a_convention_inside_the_hull_alone() -> None:
    """Zero and the mean are named without a row; zero only where it is a subgradient."""
    assert conventions(cases["abs-at-zero"])["zero, the subgradient of least norm"] == [0.0]
    assert "zero, the subgradient of least norm" not in conventions(cases["maximum-tie"])


def test_the_truth_decides_and_not_a_table() -> None:
    """The same answer is wrong once the truth is another."""
    case: Case = cases["det-singular"]
    other = replace(case, truth=Exact("[[4, -2], [-2, 2]]"))
    entry: Entry = {"answer": [[4.0, -2.0], [-2.0, 1.0]]}
    assert (verdict(case, entry).kind, verdict(other, entry).kind) == ("right", "wrong")


def test_the_kinds_are_in_order() -> None:
    """From what is right to what is not offered at all."""
    assert KINDS.index("right") == 0 < KINDS.index("wrong") < KINDS.index("refuses")
    assert KINDS[-1] == NOT_OFFERED.kind
