"""What waits behind a line: a page shows the line, and a reader opens it."""

from docutils import nodes


def folded(summary: str, content: nodes.Element, kind: str = "step-code") -> list[nodes.Node]:
    """Return the content behind its line, without a script."""
    opening = f'<details class="{kind}"><summary>{summary}</summary>'
    return [
        nodes.raw("", opening, format="html"),
        content,
        nodes.raw("", "</details>", format="html"),
    ]
