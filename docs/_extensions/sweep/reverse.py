"""``{sweep}``: the reverse sweep of a formula, step by step.

The directive takes a formula and a point, and writes the graph, the trace with its adjoints and
every step as a sentence, all into the page::

    ```{sweep} x*log(x) + sin(x*y)
    :at: x = 1, y = 2
    ```

A small script adds buttons that lead through it.
"""

from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from autodiff_notes import layout
from autodiff_notes.tape import formulas, html, sweep


class Sweep(SphinxDirective):
    """Shows the sweep of a formula at a point."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec = {"at": directives.unchanged_required}  # noqa: RUF012 - docutils has it so

    def run(self) -> list[nodes.Node]:
        """Return the complete sweep as HTML."""
        if "at" not in self.options:
            raise self.error("{sweep} needs a point, such as :at: x = 1, y = 2")
        return [nodes.raw("", self.html(self.arguments[0], self.options["at"]), format="html")]

    def html(self, formula: str, point: str) -> str:
        """Return the sweep of a formula, or say why there is none."""
        try:
            found = sweep.Sweep(formula, point)
        except formulas.FormulaError as error:
            raise self.error(f"{{sweep}} {formula}: {error}") from None
        return html.widget(found, layout.plain)


def add_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Load script and style on the pages that show a sweep, and on no other."""
    if 'class="sweep"' in context.get("body", ""):
        app.add_css_file("sweep.css")
        app.add_js_file("sweep.js", loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and its script."""
    app.add_directive("sweep", Sweep)
    app.connect("html-page-context", add_script)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
