"""The table of cases: each has a truth that is executed, a reason and a place."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from autodiff_notes.engines import cases
from autodiff_notes.engines.case import Case
from autodiff_notes.engines.cases import FAMILIES
from autodiff_notes.engines.evidence import problem
from autodiff_notes.engines.truths import Ball, Convention, Exact, Subgradients, evaluated
from autodiff_notes.engines.verdicts import conventions, verdict
from pages import ROOT

each_case = pytest.mark.parametrize("case", cases.values(), ids=lambda case: case.key)

EXECUTED = [
    case for case in cases.values() if not isinstance(case.truth, Convention) or case.truth.motion
]


@each_case
def test_a_case_is_complete(case: Case) -> None:
    """A case has a key for an address, a family, a question, a function and a reason."""
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", case.key)
    assert case.family in FAMILIES
    assert case.question[0].isupper()
    assert not case.question.endswith((".", "?"))
    assert case.function
    assert case.why.endswith(".")


def test_questions_differ() -> None:
    """No two cases ask with the same words."""
    counts = Counter(case.question for case in cases.values())
    assert [question for question, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("case", EXECUTED, ids=lambda case: case.key)
def test_a_truth_is_executed(case: Case) -> None:
    """Quotients of the function give the truth: a derivative, every limit, or that there is none."""
    assert case.reference, "there is nothing to execute"
    assert not problem(case)


@pytest.mark.parametrize("case", EXECUTED, ids=lambda case: case.key)
def test_a_wrong_truth_is_refused(case: Case) -> None:
    """A truth that is off by 1/1000, or of another limit, does not pass."""
    truth, wrong = case.truth, case.truth
    if isinstance(truth, Exact):
        wrong = replace(truth, text=re.sub(r"(-?\d[\d.]*)(?!.*\d)", r"(\1 + 1/1000)", truth.text))
        if wrong == truth:  # without a number
            wrong = replace(truth, text=re.sub(r"nan|-?inf", "1.001", truth.text))
    elif isinstance(truth, Subgradients):
        name, limit = next(iter(truth.limits.items()))
        off = re.sub(r"(\d[\d.]*)(?!.*\d)", r"(\1 + 1/1000)", limit)
        wrong = replace(truth, limits={**truth.limits, name: off})
    elif isinstance(truth, Ball):
        wrong = replace(truth, radius=f"({truth.radius}) + 1/1000")
    else:
        name, choice = next(iter(truth.named.items()))
        off = re.sub(r"(\d[\d.]*j?)(?!.*\d)", r"(\1 + 1/1000)", choice)
        wrong = replace(truth, named={**truth.named, name: off})
    assert wrong != truth
    assert problem(replace(case, truth=wrong))


@pytest.mark.parametrize(("off", "right"), [(0, True), (1e-7, True), (1e-3, False)])
def test_a_large_truth_may_be_rounded(off: float, right: bool) -> None:
    """A truth has the digits of a double; what it may be off grows with its size."""
    slope = f"{22026.465794806718 + off!r}"  # the exponential of 10
    case = replace(
        cases["abs-at-zero"],
        reference="exp(10) * abs(x)",
        truth=Subgradients({"from the left": f"-{slope}", "from the right": slope}),
    )
    assert (problem(case) == "") is right


@pytest.mark.parametrize(
    "case",
    [case for case in cases.values() if isinstance(case.truth, Subgradients | Ball)],
    ids=lambda case: case.key,
)
def test_conventions_of_a_kink_are_subgradients(case: Case) -> None:
    """Each named convention of a kink lies in its subdifferential: without the name it would do."""
    assert isinstance(case.truth, Subgradients | Ball)
    nameless = replace(case, truth=replace(case.truth, also={}))
    for name, answer in conventions(case).items():
        assert verdict(nameless, {"answer": answer}).kind != "wrong", name


@each_case
def test_conventions_differ(case: Case) -> None:
    """Two names of a case stand for two answers, so that a verdict names the right one."""
    texts = list(case.truth.named.values())
    values = [repr(evaluated(text)) for text in texts]
    assert len(set(values)) == len(values)


@each_case
def test_pages_exist(case: Case) -> None:
    """The documents that explain a case are documents of the site."""
    pages = [page.partition("#")[0] for page in case.pages]
    assert [page for page in pages if not (ROOT / "docs" / f"{page}.md").exists()] == []


def test_a_spelling_is_that_of_a_case() -> None:
    """What a case is written instead of is a case, and not itself a spelling."""
    spelled = [case for case in cases.values() if case.instead_of]
    assert len(spelled) >= 10
    assert [c.key for c in spelled if cases[c.instead_of].instead_of] == []


def test_there_are_enough() -> None:
    """There are at least 150 cases, ten of a family or more."""
    assert len(cases) >= 150
    assert min(Counter(case.family for case in cases.values()).values()) >= 10
