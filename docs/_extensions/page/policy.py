"""What a page may load: its own site, and nothing else.

Each page carries the policy itself, so that it holds wherever the site is put; ``_headers`` in the
root says to a host that reads it what only a header can say. The theme has one inline script, which
is allowed by its digest; style attributes are its own, too.
"""

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import furo
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.browser import FORMS

THEME = Path(furo.__file__).parent / "theme" / "furo" / "base.html"
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
RULES = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
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


def digest(script: str) -> str:
    """Return an inline script as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def policy(body: str) -> str:
    """Return the policy of a page; a page with such a form may run Python."""
    scripts = [digest(script) for script in SCRIPT.findall(THEME.read_text("utf-8"))]
    more = [WASM] if any(f'class="{form}"' in body for form in FORMS) else []
    rules = RULES | {"script-src": " ".join([RULES["script-src"], *scripts, *more])}
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def add_policy(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Give the page's template its policy."""
    context["policy"] = policy(context.get("body", ""))


def write_headers(app: Sphinx, exception: Exception | None) -> None:
    """Write what a host may send with the files."""
    if exception is None and app.builder.format == "html":
        (app.outdir / "_headers").write_text(HEADERS, "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen for every page, and for the end."""
    app.connect("html-page-context", add_policy)
    app.connect("build-finished", write_headers)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
