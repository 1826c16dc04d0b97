"""A feed has one item for each line of the changelog. Tests of ``feed``."""

from xml.etree import ElementTree as ET

from _extensions.build.feed import LINE, feed
from pages import ROOT

CHANGELOG = """\
# Changelog

Not an item.

## 1.0

- `a < b` holds & is shown.
- A second.
"""


def items(text: str) -> list[dict[str, str]]:
    """Return the items of a feed, each as its parts."""
    root = ET.fromstring(text)
    assert root.tag == "rss"
    return [{part.tag: part.text or "" for part in item} for item in root.iter("item")]


def test_each_line_is_an_item() -> None:
    """An item has the line for a title, without marks of code, and leads to the page."""
    one, two = items(feed(CHANGELOG, "notes", "https://example.org/n"))
    assert (one["title"], two["title"]) == ("a < b holds & is shown.", "A second.")
    assert one["link"] == two["link"] == "https://example.org/n/changes.html"
    assert one["guid"] != two["guid"]


def test_a_new_line_is_one_new_item() -> None:
    """Who has read the others sees the new item alone: theirs keep what identifies them."""
    before = {item["guid"] for item in items(feed(CHANGELOG, "notes", "https://example.org"))}
    longer = CHANGELOG.replace("- A second", "- A new one.\n- A second")
    after = {item["guid"] for item in items(feed(longer, "notes", "https://example.org"))}
    assert before < after
    assert len(after) == 3


def test_the_changelog_has_whole_lines() -> None:
    """Each entry of this project's changelog stands on one line, as the feed takes it."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert LINE.findall(text)
    assert not [line for line in text.splitlines() if line.startswith((" ", "\t", "* "))]
