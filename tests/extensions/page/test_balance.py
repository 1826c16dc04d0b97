"""A step is stacked where one side would leave a hole beside the other."""

import pytest
from docutils import nodes
from docutils.utils import new_document

from _extensions.page.balance import STACKED, BalanceSteps
from _extensions.page.folding import folded


def step(words: int, lines: int, *, fold: bool = False) -> nodes.container:
    """Return a step with an argument of some words, and a run of some lines, folded or not."""
    text, code = "word " * words, "x = 1\n" * lines
    block = nodes.literal_block(code, code)
    return nodes.container(
        "",
        nodes.rubric("", "Title"),
        nodes.container("", nodes.paragraph("", text), classes=["step-argument"]),
        nodes.container("", *(folded("Code", block) if fold else [block]), classes=["step-run"]),
        classes=["step"],
    )


@pytest.mark.parametrize(
    ("given", "stacked"),
    [
        pytest.param(step(60, 10), False, id="alike"),
        pytest.param(step(10, 30), True, id="little text, much code"),
        pytest.param(step(250, 3), True, id="much text, little code"),
        pytest.param(step(10, 30, fold=True), False, id="code behind a line"),
    ],
)
def test_a_step_with_a_hole_is_stacked(given: nodes.container, stacked: bool) -> None:
    """Sides of about one height stand beside each other, others do not."""
    document = new_document("page")
    document += given
    BalanceSteps(document).run()
    assert (STACKED in given["classes"]) == stacked


def test_a_step_without_argument_stays() -> None:
    """A run alone has nothing beside it."""
    document = new_document("page")
    alone = nodes.container("", nodes.container("", classes=["step-run"]), classes=["step"])
    document += alone
    BalanceSteps(document).run()
    assert alone["classes"] == ["step"]
