"""What the site no longer stands for goes: Sphinx itself removes nothing.

After a good build, every page, picture, download and static file in the site is one that this
build knows; the rest is what deleted sources left behind.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder

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
    pages = app.env.all_docs.keys() | _beside
    builder = cast("StandaloneHTMLBuilder", app.builder)
    known = {Path(builder.get_output_path(page)) for page in pages}
    known |= {app.outdir / "_images" / name for _, name in app.env.images.values()}
    known |= {app.outdir / "_downloads" / name for _, name in app.env.dlfiles.values()}
    found = [*app.outdir.rglob("*.html"), *app.outdir.glob("_images/*")]
    found += [path for path in app.outdir.glob("_downloads/**/*") if path.is_file()]
    found += app.outdir.glob(".buildinfo.bak")  # Sphinx's, of a build with other settings
    for path in found:
        if path not in known and "_static" not in path.parts:
            path.unlink()


def remove_static(app: Sphinx, exception: Exception | None) -> None:
    """Remove the static files of the project that were there at the last build and are gone."""
    if exception or app.builder.name != "html":
        return
    listed = app.doctreedir / "static.json"
    # Of a template, Sphinx makes a file without its last suffix.
    folders = [Path(app.confdir, name) for name in app.config.html_static_path]
    now = {
        path.relative_to(folder).as_posix().removesuffix(".jinja")
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }
    before = set(json.loads(listed.read_text("utf-8"))) if listed.exists() else set()
    for name in before - now:
        (app.outdir / "_static" / name).unlink(missing_ok=True)
    if before != now:
        listed.write_text(json.dumps(sorted(now)), "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Tidy up at the end."""
    app.connect("html-page-context", note_page)
    app.connect("build-finished", remove_leftovers)
    app.connect("build-finished", remove_static)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
