"""What the site no longer stands for goes: Sphinx itself removes nothing.

After a good build, every page, picture, download and static file in the site is one that this
build knows; the rest is what deleted sources left behind.
"""

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

_beside: set[str] = set()


def note_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Note the pages that have no source, such as the search; each build writes them."""
    _beside.add(pagename)


def remove_leftovers(app: Sphinx, exception: Exception | None) -> None:
    """Remove what no source accounts for."""
    if exception or app.builder.name != "html":
        return
    pages = app.env.found_docs | _beside
    known = {app.builder.get_output_path(page) for page in pages}
    known |= {app.outdir / "_images" / name for _, name in app.env.images.values()}
    known |= {app.outdir / "_downloads" / name for _, name in app.env.dlfiles.values()}
    found = [*app.outdir.rglob("*.html"), *app.outdir.glob("_images/*")]
    found += [path for path in app.outdir.glob("_downloads/**/*") if path.is_file()]
    for path in found:
        if Path(path) not in known and "_static" not in path.parts:
            path.unlink()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Tidy up at the end."""
    app.connect("html-page-context", note_page)
    app.connect("build-finished", remove_leftovers)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
