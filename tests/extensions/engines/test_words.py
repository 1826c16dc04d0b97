"""The texts of cases become nodes and HTML, and nothing in them is taken for markup."""

import pytest
from docutils import nodes
from sphinx.errors import ExtensionError

from _extensions.engines import words
from autodiff_notes.engines import cases
from autodiff_notes.engines.case import Case
from autodiff_notes.engines.verdicts import KINDS, Verdict


def test_code_formulas_and_links_are_told_apart() -> None:
    """A line of Markdown becomes text, code, a formula and a link, in their order."""
    found = list(words.inline("Of `f(x)` the slope $f'$ is [told](https://example.org/a)."))
    kinds = [type(node) for node in found]
    assert kinds == [
        nodes.Text,
        nodes.literal,
        nodes.Text,
        nodes.math,
        nodes.Text,
        nodes.reference,
        nodes.Text,
    ]
    assert found[5]["refuri"] == "https://example.org/a"  # type: ignore[index]


@pytest.mark.parametrize("text", ["a ` alone", "a $ alone", "[a](b)"])
def test_a_mark_that_stands_alone_stops_the_build(text: str) -> None:
    """What would be shown as it is written is named instead."""
    with pytest.raises(ExtensionError, match="stands alone"):
        list(words.inline(text))


@pytest.mark.parametrize("case", cases.values(), ids=lambda case: case.key)
def test_every_case_can_be_written(case: Case) -> None:
    """Function, reason and point of each case have no mark that stands alone."""
    assert words.function_of(case)
    assert list(words.inline(case.why))
    assert all(name in words.point_of(case) for name in case.point)


def test_numbers_are_short() -> None:
    """A whole number has no point, and lists stay lists."""
    assert words.short([[1.0, 2.5], [float("nan"), 0.0]]) == "[[1, 2.5], [nan, 0]]"


@pytest.mark.parametrize("kind", KINDS)
def test_a_verdict_is_told_by_words_too(kind: str) -> None:
    """The name stands beside the sign, which a screen reader leaves out."""
    found = words.mark(Verdict(kind, "a < b"), named=True)
    assert kind in found
    assert "a &lt; b" in found
    sign = words.MARKS[kind]
    assert sign == kind or f'aria-hidden="true">{sign}<' in found


def test_the_signs_differ() -> None:
    """No two verdicts have one sign, so that colour is not needed."""
    assert len(set(words.MARKS.values())) == len(KINDS)


def test_html_of_a_table_names_its_columns() -> None:
    """The caption and the heads are escaped, and each head has its scope."""
    found = words.table("a < b", ("One", "Two"), ["<tr></tr>"], "kind")["text"]
    assert "<caption>a &lt; b</caption>" in found
    assert found.count('<th scope="col">') == 2
