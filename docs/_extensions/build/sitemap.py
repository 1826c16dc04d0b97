"""The sitemap: every page of the site, whichever of them the last build wrote.

``sphinx-sitemap`` lists only the pages that this build wrote, few after a small change.
"""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

NOT_LISTED = {"404"}


def write_sitemap(app: Sphinx, exception: Exception | None) -> None:
    """List the address of every page that has a source."""
    if exception or app.builder.format != "html":
        return
    base = app.config.html_baseurl.rstrip("/")
    pages = sorted(set(app.env.all_docs) - NOT_LISTED)
    rows = [f"<url><loc>{base}/{app.builder.get_target_uri(page)}</loc></url>" for page in pages]
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *rows,
        "</urlset>",
    ]
    (app.outdir / "sitemap.xml").write_text("\n".join(lines) + "\n", "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the sitemap at the end."""
    app.connect("build-finished", write_sitemap)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
