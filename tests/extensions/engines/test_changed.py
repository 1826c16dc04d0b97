"""The report of newer releases is shown as it stands."""

from docutils import nodes

from _extensions.engines import changed

REPORT = """\
## JAX 0.13, beside 0.12 as recorded: 200 answers, 1 that differ

- JAX 0.13: The slope of the absolute value at zero (`abs-at-zero`) was 1, is 0

Nothing else.
"""


def test_a_report_has_headings_and_items() -> None:
    """An engine is a heading, a change an item, with its code as code."""
    heading, listing, rest = changed.shown(REPORT)
    assert isinstance(heading, nodes.rubric)
    assert heading.astext().startswith("JAX 0.13, beside 0.12")
    (code,) = listing.findall(nodes.literal)
    assert code.astext() == "abs-at-zero"
    assert rest.astext() == "Nothing else."


def test_a_build_without_a_report_says_so() -> None:
    """The text names the command that makes one."""
    assert "nox -s engines -- --newest" in changed.words(changed.NONE).astext()
