"""The page of a case says what is right, who answers what, and where to correct it."""

from dataclasses import replace

import pytest
from docutils import nodes

from _extensions.engines import case as pages
from _extensions.engines.answered import Answer, Answers
from _extensions.engines.words import Html
from autodiff_notes.engines import cases, engines
from autodiff_notes.engines.case import Case
from autodiff_notes.engines.truths import Exact
from autodiff_notes.engines.verdicts import NOT_OFFERED, Verdict

RUN = {"version": "2.0", "python": "3", "platform": "here", "date": "2026-01-01"}


def answers(answer: Answer) -> Answers:
    """Return one answer of torch to each case."""
    return Answers({key: {"torch": answer} for key in cases}, {"torch": [RUN]})


def text_of(found: nodes.Node) -> str:
    """Return the text of nodes, with the HTML among them."""
    return found.astext() + " ".join(html["text"] for html in found.findall(Html))


@pytest.mark.parametrize("case", cases.values(), ids=lambda case: case.key)
def test_every_case_has_a_page(case: Case) -> None:
    """Question and answer of each case stand on its page."""
    answer = Answer(Verdict("right"), "grad(f < 1)", "f = 1\ngrad(f < 1)", "0.5", 0)
    page = text_of(pages.page(case, answers(answer)))
    assert page.startswith(case.question)
    assert "grad(f &lt; 1)" in page
    assert "0.5" in page


def test_a_page_ends_with_what_a_reader_can_do() -> None:
    """The ending names the row, and leads to its file, to the adapters and back to the table."""
    found = nodes.section("", *pages.hands("a-case", "cases/x.py", "https://example.org"))
    assert "called a-case." in found.astext()
    links = [link["refuri"] for link in found.findall(nodes.reference)]
    assert links == [
        "https://example.org/cases/x.py",
        "https://example.org/adapters",
        "../index.html#a-case",
    ]


def test_the_mathematics_names_the_answer_and_its_conventions() -> None:
    """An exact answer is shown as it was written, with what some return instead."""
    case = next(c for c in cases.values() if isinstance(c.truth, Exact) and c.truth.also)
    found = " ".join(node.astext() for node in pages.mathematics(case))
    assert f"It is {case.truth.text}" in found  # type: ignore[union-attr]
    assert all(f": {name}" in found for name in case.truth.named)


@pytest.mark.parametrize(
    ("side", "words"),
    [
        ({"x": 1}, "x comes from above"),
        ({"x": -1}, "x comes from below"),
        ({"x": [1, 3]}, "x comes from the direction [1, 3]"),
    ],
)
def test_a_limit_says_from_where(side: dict[str, object], words: str) -> None:
    """The side of a number, and the direction of a vector."""
    truth = Exact("0", side=side)
    case = replace(cases["sqrt-at-zero"], truth=truth)
    assert words in " ".join(node.astext() for node in pages.truth(case))


def test_kinks_balls_and_conventions_have_their_words() -> None:
    """What is no derivative is not told as one."""
    told = {
        type(case.truth).__name__: " ".join(node.astext() for node in pages.truth(case))
        for case in cases.values()
    }
    assert "subgradient" in told["Subgradients"]
    assert "norm of" in told["Ball"]
    assert "leaves this open" in told["Convention"]


def test_who_is_not_asked_has_a_reason() -> None:
    """The reason stands in place of code and output."""
    cells = pages.cells(Answer(NOT_OFFERED, reason="ends the process"))
    assert '<td colspan="2">ends the process</td>' in cells
    assert "<pre" not in cells


def test_helpers_are_folded() -> None:
    """The call is seen, and what it needs waits behind a line."""
    cells = pages.cells(Answer(Verdict("right"), "f(1)", "def f(x): ...\n\nf(1)", "1", 0))
    assert "<details>" in cells
    assert "<details>" not in pages.cells(Answer(Verdict("right"), "f(1)", "f(1)", "1", 0))


def test_single_precision_is_told() -> None:
    """The version stands beside the precision, where that is not double."""
    answer = Answer(Verdict("right"), "f", "f", "1", 0, precision="float32")
    case = cases["abs-at-zero"]
    assert "2.0, float32" in pages.version(case, answers(answer), "torch")
    assert "float" not in pages.version(case, answers(replace(answer, precision="")), "torch")


def test_a_documented_answer_is_linked() -> None:
    """The address of the documentation stands beside the verdict."""
    where = engines["torch"].homepage
    answer = Answer(Verdict("a convention"), "f", "f", "1", 0, documented=where)
    assert f'href="{where}"' in pages.cells(answer)
