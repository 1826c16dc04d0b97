"""``{engine-changes}``: what the newest releases answer otherwise than the record.

``nox -s engines -- --newest`` asks them and writes a report below ``docs/_build``; the page shows it
as it stands, and says so where there is none.
"""

from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.outdated import shows, subject
from _extensions.build.sources import digest

REPORT = "_build/engines.md"
NONE = (
    "This page was built without a run of newer releases: the engines are as they are recorded. "
    "`nox -s engines -- --newest` asks the newest release of each, and the next build shows here "
    "what differs."
)


class ChangesDirective(SphinxDirective):
    """Shows the report of the newest run."""

    def run(self) -> list[nodes.Node]:
        """Return a heading for each engine, and its changes as a list."""
        shows(self.env, "engine report", REPORT)
        path = Path(self.env.srcdir, REPORT)
        return list(shown(path.read_text("utf-8"))) if path.exists() else [words(NONE)]


def shown(report: str) -> Iterator[nodes.Node]:
    """Yield a report as nodes; what is no heading and no item is a paragraph."""
    for line in filter(None, report.splitlines()):
        if line.startswith("## "):
            title = line.removeprefix("## ")
            yield nodes.rubric(title, title, **{"heading-level": 2})
        elif line.startswith("- "):
            yield nodes.bullet_list("", nodes.list_item("", words(line.removeprefix("- "))))
        else:
            yield words(line)


def words(text: str) -> nodes.paragraph:
    """Return a text as a paragraph; what stands between backticks is code."""
    parts = text.split("`")
    return nodes.paragraph(
        "",
        "",
        *(nodes.literal("", p) if n % 2 else nodes.Text(p) for n, p in enumerate(parts) if p),
    )


@subject("engine report")
def digest_of_report(env: BuildEnvironment, name: str) -> str:
    """Return the digest of the report; of nothing if there is none."""
    path = Path(env.srcdir, name)
    return digest(path.read_text("utf-8") if path.exists() else "")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.setup_extension("_extensions.build.outdated")
    app.add_directive("engine-changes", ChangesDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
