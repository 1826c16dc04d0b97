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

import gzip
import json
import shutil
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.ahead import ahead
from _extensions.build.outdated import shows, subject
from _extensions.build.sources import digest
from _extensions.sweep.reverse import Sweep
from autodiff_notes.tape import html

# From live/node_modules; what ends in .gz is packed on the way, whatever the server does.
FETCHED = {
    "pyodide.mjs": "pyodide/pyodide.mjs",
    "pyodide-lock.json": "pyodide/pyodide-lock.json",
    "pyodide.asm.mjs.gz": "pyodide/pyodide.asm.mjs",
    "pyodide.asm.wasm.gz": "pyodide/pyodide.asm.wasm",
    "python_stdlib.zip.gz": "python_stdlib.zip",
    "viz.js.gz": "@viz-js/viz/dist/viz.js",
}

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
        shows(self.env, "live files", "")
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


@subject("live files")
def digest_of_modules(env: BuildEnvironment, _: str) -> str:
    """Return a digest of the package's modules as the browser loads them: the page has their sizes."""
    modules = sorted(Path(html.__file__).parent.glob("*.py"))
    return digest(*(path.read_text("utf-8") for path in modules))


def look_for_files(app: Sphinx, config: Config) -> None:
    """Note which files for the browser are there, so that pages are written anew if that changes."""
    fetched = Path(app.confdir).parent / "live" / "node_modules" / "fetched.txt"
    config.live_files = fetched.read_text("utf-8") if fetched.exists() else ""
    if not config.live_files:
        logging.getLogger(__name__).info(
            "the live page keeps its built sweep: live/fetch.py has fetched no Python for the browser"
        )


@ahead(torch=False)
def packing(app: Sphinx) -> list[Callable[[], None]]:
    """Return the one task of packing all files."""
    return [partial(copy_files, app)]


def copy_files(app: Sphinx) -> None:
    """Put Python, Graphviz and the package's own modules where the page can load them."""
    target = app.outdir / "_static" / "live"
    if app.builder.format != "html":
        return
    if not app.config.live_files:
        shutil.rmtree(target, ignore_errors=True)
        return
    target.mkdir(parents=True, exist_ok=True)
    for module in Path(html.__file__).parent.glob("*.py"):
        copy(module, target / module.name)
    for name, path in FETCHED.items():
        copy(Path(app.confdir).parent / "live" / "node_modules" / path, target / name)


def copy(source: Path, target: Path) -> None:
    """Copy a file if it is newer, packed if its name says so."""
    if target.exists() and target.stat().st_mtime_ns == source.stat().st_mtime_ns:
        return
    content = source.read_bytes()
    if target.name == "pyodide-lock.json":  # the packages beyond the standard library
        content = json.dumps(json.loads(content) | {"packages": {}}).encode()
    target.write_bytes(gzip.compress(content, mtime=0) if target.suffix == ".gz" else content)
    shutil.copystat(source, target)


def add_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Load the script of the form where there is one, and tell it what it will load."""
    if app.config.live_files and 'class="sweep-form"' in context.get("body", ""):
        folder = app.outdir / "_static" / "live"
        sizes = {path.name: path.stat().st_size for path in sorted(folder.iterdir())}
        about = f"Draw loads Python, {sum(sizes.values()) / 1e6:.1f} MB, from this site, once."
        options = {"data-files": json.dumps(sizes), "data-about": about}
        app.add_js_file("sweep-live.js", loading_method="defer", priority=600, **options)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, and what it needs in the browser."""
    app.setup_extension("_extensions.build.outdated")
    app.add_config_value("live_files", "", "html", str)
    app.add_directive("live-sweep", LiveSweep)
    app.connect("config-inited", look_for_files)
    app.connect("builder-inited", copy_files)
    app.connect("html-page-context", add_script)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
