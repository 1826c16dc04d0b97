"""What a page shows is here, and said in words."""

import pytest
from docutils import nodes

from _extensions.page.closed import problem


@pytest.mark.parametrize(
    ("node", "said"),
    [
        (nodes.image(uri="a.svg", alt="A line."), ""),
        (nodes.image(uri="a.svg"), "no alternative text"),
        (nodes.image(uri="a.svg", alt=" "), "no alternative text"),
        (nodes.image(uri="/gallery/images/thumb/a.svg", alt=""), ""),
        (nodes.image(uri="https://example.org/a.svg", alt="A line."), "from elsewhere"),
        (nodes.image(uri="//example.org/a.svg", alt="A line."), "from elsewhere"),
        (nodes.raw("", "<b>bold</b>"), ""),
        (nodes.raw("", '<a href="https://example.org">there</a>'), ""),
        (nodes.raw("", "<SCRIPT>x</SCRIPT>"), "inline script"),
        (nodes.raw("", '<b onclick="x">bold</b>'), "inline script"),
        (nodes.raw("", '<a href="javascript:x">x</a>'), "inline script"),
        (nodes.raw("", '<img src="https://example.org/a.png">'), "from elsewhere"),
        (nodes.raw("", "<iframe src=//example.org></iframe>"), "from elsewhere"),
    ],
)
def test_what_is_wrong_is_said(node: nodes.Element, said: str) -> None:
    """A mistake has its reason, and what is right has none."""
    found = problem(node)
    assert said in found
    assert bool(said) == bool(found)
