"""What a page may load: its own site, and nothing else.

Each page carries the policy itself, so that it holds wherever the site is put; ``_headers`` in the
root says to a host that reads it what only a header can say. What stands inline is allowed by its
digest and not otherwise: the theme's script and the one that reads the font of formulas, the theme's
style sheet of colours, and each style attribute.
"""

import base64
import hashlib
import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import furo
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.browser import FORMS
from _extensions.build.results import once

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder

THEME = Path(furo.__file__).parent / "theme" / "furo"
PAGE = Path(__file__).parents[2] / "_templates" / "page.html"
COLOURS = "partials/_head_css_variables.html"
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
SHEET = re.compile(r"<style>(.*?)</style>", re.DOTALL)
STYLE = re.compile(r'<[^>]*\sstyle="([^"]*)"')
RULES = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the theme's icons
    "font-src": "'self' data:",  # the font of the formulas stands in its style sheet
    "base-uri": "'none'",
    "object-src": "'none'",
    "form-action": "'self'",
}
WASM = "'wasm-unsafe-eval'"  # Python in the browser
HEADERS = f"""\
/*
  Content-Security-Policy: frame-ancestors 'self'
  Referrer-Policy: strict-origin-when-cross-origin
  X-Content-Type-Options: nosniff
/_static/*
  Access-Control-Allow-Origin: *
/_static/own-worker.mjs
  Content-Security-Policy: default-src 'self' blob:; script-src 'self' blob: {WASM}
/_static/sweep-worker.mjs
  Content-Security-Policy: default-src 'self' blob:; script-src 'self' blob: {WASM}
"""


def digest(text: str) -> str:
    """Return an inline script, style sheet or style attribute as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def theme(pages: str = "**/*.html") -> str:
    """Return the theme's templates, one behind the other."""
    return "".join(path.read_text("utf-8") for path in sorted(THEME.glob(pages)))


def policy(body: str, colours: str) -> str:
    """Return the policy of a page; a page with such a form may run Python."""
    templates = theme("base.html") + PAGE.read_text("utf-8")
    more = {"script-src": [digest(script) for script in SCRIPT.findall(templates)]}
    if any(f'class="{form}"' in body for form in FORMS):
        more["script-src"].append(WASM)
    attributes = sorted({unescape(style) for style in STYLE.findall(theme() + body)})
    more["style-src"] = [*map(digest, SHEET.findall(colours)), "'unsafe-hashes'"]
    more["style-src"] += map(digest, attributes)
    rules = {name: " ".join([rule, *more.get(name, [])]) for name, rule in RULES.items()}
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def add_policy(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Give the page's template its policy."""
    builder = cast("StandaloneHTMLBuilder", app.builder)
    if builder.theme.name != "furo":  # a book, which has no address
        return
    colours = once(app, "colours", lambda: builder.templates.render(COLOURS, context))
    context["policy"] = policy(context.get("body", ""), colours)


def write_headers(app: Sphinx, exception: Exception | None) -> None:
    """Write what a host may send with the files."""
    if exception is None and app.builder.format == "html":
        (app.outdir / "_headers").write_text(HEADERS, "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen for every page, and for the end."""
    app.connect("html-page-context", add_policy, priority=950)
    app.connect("build-finished", write_headers)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
