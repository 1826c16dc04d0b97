"""What the site says of itself to programs is so."""

import json
from importlib.metadata import version
from pathlib import Path

from _extensions.build.about import fingerprint
from pages import ROOT
from reading import address


def test_the_build_is_told(site: Path) -> None:
    """``build.json`` has the versions that are installed, and the digest of these sources."""
    told = json.loads((site / "build.json").read_text("utf-8"))
    assert told["sources"] == fingerprint(ROOT)
    assert {"torch", "sphinx", "furo", "matplotlib"} <= told["packages"].keys()
    assert all(version(name) == number for name, number in told["packages"].items())


def test_every_page_is_listed(site: Path) -> None:
    """``llms.txt`` has the pages of the sitemap, and ``robots.txt`` says where that is."""
    base = address(site)
    listed = (site / "llms.txt").read_text("utf-8")
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    pages = [line.partition("</loc>")[0] for line in sitemap.split("<loc>")[1:]]
    assert len(pages) > 50
    assert all(f"]({page})" in listed for page in pages)
    assert listed.count(f"]({base}") == len(pages)
    assert f"Sitemap: {base}sitemap.xml\n" in (site / "robots.txt").read_text("utf-8")
