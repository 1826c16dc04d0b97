"""Who says what within a page: an answer a row, and agreement is demanded where it is claimed."""

from types import SimpleNamespace
from typing import cast

import pytest
from docutils import nodes
from sphinx.errors import ExtensionError

from _extensions.engines import told
from _extensions.engines.answered import Answer, Answers
from autodiff_notes.engines import cases, engines
from autodiff_notes.engines.verdicts import NOT_OFFERED, Verdict

RUN = {"version": "2.0", "python": "3", "platform": "here", "date": "2026-01-01"}
KEY = "det-singular"
RIGHT = Answer(Verdict("right"), "f(0)", "f(0)", "1 < 2", 0)
THREE = [name for name in engines if name != "torch"][:2]


def answers(*found: Answer) -> Answers:
    """Return answers to one case: torch's first, then those of others."""
    by = dict(zip(["torch", *THREE], found, strict=False))
    return Answers({KEY: by}, {name: [RUN] for name in by})


def test_equal_answers_share_a_row() -> None:
    """The answer is shown once, with the engines that give it, and errors have a row."""
    refuses = Answer(Verdict("refuses"), "f(0)", "f(0)", "Error: no", -1)
    found = told.who_says_what(cases[KEY], answers(RIGHT, RIGHT, refuses))["text"]
    assert found.count("<td><code>1 &lt; 2</code>") == 1
    assert f"PyTorch, {engines[THREE[0]].title}" in found
    assert found.count("<tr>") == 3  # with the head


@pytest.mark.parametrize(
    ("answer", "fails"),
    [
        (RIGHT, False),
        (Answer(NOT_OFFERED), False),
        (Answer(Verdict("refuses"), group=-1), False),
        (Answer(Verdict("wrong"), group=1), True),
        (Answer(Verdict("NaN"), group=1), True),
        (Answer(Verdict("a convention"), group=1), True),
    ],
)
def test_agreement_is_demanded(answer: Answer, fails: bool) -> None:
    """Another number than the right one stops the build, by the name of the engine."""
    directive = cast(
        "told.AnswersDirective", SimpleNamespace(get_location=lambda: "docs/page.md:7")
    )
    demand = told.AnswersDirective.demand_agreement
    if not fails:
        demand(directive, answers(RIGHT, answer), KEY)
        return
    with pytest.raises(ExtensionError, match=f"page.md:7: {KEY} is not right in {THREE[0]}"):
        demand(directive, answers(RIGHT, answer), KEY)


def test_a_case_in_a_line() -> None:
    """The line links to the case, and has torch's verdict beside those of the others."""
    wrong = Answer(Verdict("wrong"), "f(0)", "f(0)", "0", 1)
    found = told.item(cases[KEY], answers(wrong, RIGHT, RIGHT))
    assert found.astext() == f"{cases[KEY].question}: wrong in torch; elsewhere right."
    assert next(found.findall(nodes.inline)).astext() == cases[KEY].question


def test_an_address_within_a_page_is_of_that_page() -> None:
    """The page that explains a case is told without its anchor."""
    case = SimpleNamespace(pages=("parting/kinks#here", "notes/log-det"))
    assert list(told.documents(case)) == ["parting/kinks", "notes/log-det"]  # type: ignore[arg-type]
