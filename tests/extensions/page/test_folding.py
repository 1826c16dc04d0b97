"""What is folded is whole between the two ends of its fold."""

from docutils import nodes

from _extensions.page.folding import folded


def test_a_fold_has_a_line_and_its_content() -> None:
    """The line stands in the summary, the content behind it, and the fold is closed."""
    content = nodes.paragraph("", "Inside")
    opening, inside, closing = folded("A line", content, "solution")
    assert opening.astext() == '<details class="solution"><summary>A line</summary>'
    assert inside is content
    assert closing.astext() == "</details>"
