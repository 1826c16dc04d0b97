"""The page of an engine says what differs from torch, counted."""

import pytest
from docutils import nodes

from _extensions.engines import library
from _extensions.engines.answered import Answer, Answers
from _extensions.engines.words import Html
from autodiff_notes.engines import cases, engines
from autodiff_notes.engines.verdicts import NOT_OFFERED, Verdict

RUN = {"version": "2.0", "python": "3.12", "platform": "here", "date": "2026-01-01"}
ONE, TWO = list(cases)[:2]


@pytest.fixture
def answers() -> Answers:
    """Return the answers of torch twice, the second time with one that differs."""
    nothing = {"torch": Answer(NOT_OFFERED), "other": Answer(NOT_OFFERED)}
    right = Answer(Verdict("right"), "f(0)", "f(0)", "0", 0)
    wrong = Answer(Verdict("wrong"), "g(0)", "g(0)", "1.5", 1)
    by = dict.fromkeys(cases, nothing) | {
        ONE: {"torch": right, "other": right},
        TWO: {"torch": right, "other": wrong},
    }
    return Answers(by, {"torch": [RUN]})


def html(found: nodes.Node) -> str:
    """Return the HTML in nodes."""
    return " ".join(node["text"] for node in found.findall(Html))


def test_a_difference_has_both_answers(answers: Answers) -> None:
    """A row has the case, the two answers and the two verdicts, under its family."""
    engine = engines["torch"]
    found = library.differences(engine, [TWO], answers)["text"]
    assert f'<tr id="{TWO}">' in found
    assert f"cases/{TWO}.html#torch" in found
    assert 'scope="rowgroup"' in found


def test_torch_stands_beside_all(answers: Answers) -> None:
    """The page of torch itself counts instead of comparing with torch."""
    page = library.page(engines["torch"], answers)
    assert page.next_node(nodes.title).astext() == "PyTorch beside the others"  # type: ignore[union-attr]
    assert "2.0 with Python 3.12" in page.astext()
    assert "right</span>: 2" in html(page)
