"""What a page loads: one script for all pages, and what only some need on these alone.

``_static/site.js`` is made of the scripts of Sphinx and the theme and of the site's own. The search
page keeps them apart, since Sphinx's search has to run before what marks its words.
"""

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.sources import digest

OWN = "_static/site.js"
MERGED = {
    f"_static/{name}"
    for name in (
        "documentation_options.js",
        "doctools.js",
        "sphinx_highlight.js",
        "scripts/furo.js",
    )
}
# sphinx-gallery's script is for tags, which no example has; furo's extensions are for others.
UNUSED = {"_static/sg-tags.js", "_static/styles/furo-extensions.css"}
# A style sheet, and what a page that needs it has.
NEEDED = {"_static/math.css": "<math", "_static/mystnb.": 'class="cell'}


def name_version(app: Sphinx) -> None:
    """Tell ``site.js`` the version of the script that it loads when something is selected."""
    script = Path(app.confdir, "_static", "formulas.js")
    version = digest(script.read_text("utf-8"))[:8] if script.exists() else ""
    app.config.html_context["formulas_version"] = version


def choose(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Leave out of a page what it does not use."""
    left_out = UNUSED | ({OWN} if pagename == "search" else MERGED)
    body = context.get("body", "")
    context["script_files"] = [
        file for file in context["script_files"] if str(file.filename) not in left_out
    ]
    context["css_files"] = [
        file
        for file in context["css_files"]
        if str(file.filename) not in left_out
        and all(
            mark in body for sheet, mark in NEEDED.items() if str(file.filename).startswith(sheet)
        )
    ]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Name the version for the templates, and choose when everybody has said what a page loads."""
    app.connect("builder-inited", name_version)
    app.connect("html-page-context", choose, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
