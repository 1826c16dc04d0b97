"""``{live-sweep}``: a sweep for a formula that the reader types, drawn in the browser.

The directive writes a sweep into the page, complete like any other, and above it a form with
examples to pick from, or else a note on what the form needs::

    ```{live-sweep} x*log(x) + sin(x*y)
    :at: x = 1, y = 2

    The product rule: x*sin(x) at x = 2
    ```

The form works where the site carries Python and Graphviz for the browser. ``live/fetch.py`` fetches
them before the build; without them the page keeps the sweep that was made here.
"""

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from _extensions.sweep.reverse import Sweep

FORM = """\
<form class="sweep-form" hidden>
<label>Formula<input name="formula" value="{formula}" autocomplete="off" autocapitalize="off" spellcheck="false"></label>
<label>Point<input name="point" value="{point}" autocomplete="off" autocapitalize="off" spellcheck="false"></label>
<label>Or an example<select><option value="">Choose one</option>{options}</select></label>
<div class="sweep-buttons"><button>Draw</button><button type="button" name="cancel" hidden>Cancel</button>
<span class="sweep-state" role="status"></span></div>
<progress aria-label="Loading" hidden></progress>
<p class="sweep-error" role="alert"></p>
<div class="sweep-inputs"></div>
</form>
<p>Typing a formula needs JavaScript, and a site that carries Python and Graphviz for the browser. The sweep below is complete without them.</p>
"""
OPTION = '<option data-formula="{formula}" data-point="{point}">{title}</option>'


class LiveSweep(Sweep):
    """A sweep, and a form for another."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the form, and the sweep that the page begins with."""
        (shown,) = super().run()
        examples = "".join(self.example(line) for line in self.content if line.strip())
        form = FORM.format(
            formula=escape(self.arguments[0]), point=escape(self.options["at"]), options=examples
        )
        stage = f'<div class="sweep-stage">{shown.astext()}</div>'
        return [nodes.raw("", form + stage, format="html")]

    def example(self, line: str) -> str:
        """Return a choice of the menu, after a look at whether it has a sweep."""
        title, _, rest = line.partition(": ")
        formula, _, point = rest.partition(" at ")
        if not point:
            raise self.error(
                f"{{live-sweep}} an example is written Title: formula at point: {line}"
            )
        self.html(formula, point)
        texts = {"formula": formula, "point": point, "title": title}
        return OPTION.format(**{name: escape(text) for name, text in texts.items()})


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, and what it needs in the browser."""
    app.setup_extension("_extensions.build.browser")
    app.add_directive("live-sweep", LiveSweep)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
