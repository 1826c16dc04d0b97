"""``{own}``: a form in which a reader derives and checks what he types.

Each line is an example to pick from, its title, and what it fills in; lines are set apart by ``;;``::

    ```{own}
    Least squares: way := derive && function := norm2(A*x-y)^2
    ```

The form works where the site carries Python for the browser; without, the page says so.
"""

from html import escape
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

FORM = """\
<form class="own-form" hidden>
<fieldset><legend>What shall it do?</legend>{ways}</fieldset>
<label data-ways="derive claim">Function<textarea name="function" rows="2" {plain}>{function}</textarea></label>
<label data-ways="lines">Derivation, a line for each equals sign<textarea name="lines" rows="6" {plain}></textarea></label>
<label data-ways="claim">The gradient that you claim<textarea name="claim" rows="2" {plain}></textarea></label>
<ul class="own-words" id="own-words" role="listbox" aria-label="Words" hidden></ul>
<label>Or an example<select name="example"><option value="">Choose one</option>{options}</select></label>
<div class="own-buttons"><button>Answer</button><button type="button" name="cancel" hidden>Cancel</button>
<span class="own-state" role="status"></span></div>
<progress class="own-progress" aria-label="Loading" hidden></progress>
<div class="own-error" role="alert"></div>
<div class="own-chips" role="group" aria-label="What the letters are"></div>
<div class="own-log" role="log"></div>
<details class="own-earlier" hidden><summary>Earlier on this page</summary><ol></ol></details>
</form>
<p>An answer needs JavaScript, and a site that carries Python for the browser. What it would show stands below, made while the site was built.</p>
<div class="own-result" hidden></div>
"""
PLAIN = 'autocomplete="off" autocapitalize="off" spellcheck="false" aria-autocomplete="list" aria-controls="own-words"'
WAYS = {"derive": "Derive", "lines": "Check a derivation", "claim": "Check a gradient"}


class Own(SphinxDirective):
    """The form."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the form, with its examples."""
        examples = [self.example(line) for line in self.content if line.strip()]
        if not examples:
            raise self.error("{own} needs an example: Title: way := derive && function := x'*A*x")
        ways = "".join(
            f'<label><input type="radio" name="way" value="{way}"{" checked" if way == "derive" else ""}> {title}</label>'
            for way, title in WAYS.items()
        )
        options = "".join(
            f'<option value="{escape(self.encoded(texts))}">{escape(title)}</option>'
            for title, texts in examples
        )
        form = FORM.format(
            ways=ways,
            plain=PLAIN,
            function=escape(examples[0][1].get("function", "")),
            options=options,
        )
        return [nodes.raw("", form, format="html")]

    def example(self, line: str) -> tuple[str, dict[str, str]]:
        """Return the title of an example, and what it fills in."""
        title, _, rest = line.partition(": ")
        texts = dict(part.partition(" := ")[::2] for part in rest.split(" && "))
        if texts.get("way") not in WAYS:
            raise self.error(f"{{own}} an example names a way of {', '.join(WAYS)}: {line}")
        return title, {name: text.replace(" ;; ", "\n") for name, text in texts.items()}

    @staticmethod
    def encoded(texts: dict[str, str]) -> str:
        """Return texts as an address has them."""
        return "&".join(f"{name}={quote(text)}" for name, text in texts.items())


def add_style(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, object], doctree: object
) -> None:
    """Load the style sheet of the form where there is one."""
    if 'class="own-form"' in str(context.get("body", "")):
        app.add_css_file("own.css")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.setup_extension("_extensions.build.browser")
    app.add_directive("own", Own)
    app.connect("html-page-context", add_style)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
