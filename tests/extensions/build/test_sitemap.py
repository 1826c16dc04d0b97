"""The sitemap has every page that has a source, whatever a build wrote."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

from sphinx.application import Sphinx

from _extensions.build.sitemap import write_sitemap


def test_every_page_is_listed_once(tmp_path: Path) -> None:
    """Pages are listed in order, below the site's address; the page of lost addresses is not."""
    app = SimpleNamespace(
        builder=SimpleNamespace(format="html", get_target_uri=lambda page: f"{page}.html"),
        config=SimpleNamespace(html_baseurl="https://example.org/notes/"),
        env=SimpleNamespace(all_docs={"index": 0, "404": 0, "a/b": 0}),
        outdir=tmp_path,
    )
    write_sitemap(cast("Sphinx", app), None)
    lines = (tmp_path / "sitemap.xml").read_text("utf-8").splitlines()
    assert lines[2:-1] == [
        "<url><loc>https://example.org/notes/a/b.html</loc></url>",
        "<url><loc>https://example.org/notes/index.html</loc></url>",
    ]
