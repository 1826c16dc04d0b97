"""A feed of what changed for readers: ``changes.xml``, one item for each line of ``CHANGELOG.md``.

It is RSS: Atom demands a date of each entry, which a line of the changelog does not have, and a date
of the build would make two builds of the same sources differ.
"""

import re
from pathlib import Path
from xml.sax.saxutils import escape

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.sources import digest

NAME = "changes.xml"
PAGE = "changes"
LINE = re.compile(r"^- (.+)$", re.MULTILINE)


def feed(changelog: str, title: str, base: str) -> str:
    """Return the feed of a changelog, for a site at an address."""
    items = [
        f"<item><title>{escape(line.replace('`', ''))}</title><link>{base}/{PAGE}.html</link>"
        f'<guid isPermaLink="false">{digest(line)}</guid></item>'
        for line in LINE.findall(changelog)
    ]
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<rss version="2.0"><channel>',
        f"<title>{escape(title)}: changes</title>",
        f"<link>{base}/</link>",
        f"<description>What changed on the site and in the package {escape(title)}</description>",
    ]
    return "\n".join([*head, *items, "</channel></rss>"]) + "\n"


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the feed after a good build."""
    changelog = Path(app.confdir).parent / "CHANGELOG.md"
    if exception is None and app.builder.name == "html" and changelog.exists():
        base = app.config.html_baseurl.rstrip("/")
        text = feed(changelog.read_text("utf-8"), app.config.project, base)
        (app.outdir / NAME).write_text(text, "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write at the end."""
    app.connect("build-finished", write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
