"""What the site says of itself to programs is so."""

import json
import re
from importlib.metadata import version
from pathlib import Path

from _extensions.build.about import fingerprint
from pages import ROOT
from reading import address, only, parsed, read, value


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


def test_readers_are_told_the_same(site: Path) -> None:
    """The page on the build has the digest, Python's version and that of each package."""
    told = json.loads((site / "build.json").read_text("utf-8"))
    page = parsed(site / "versions.html")
    terms = [term.get_text().removesuffix(":") for term in page.select("article .field-list dt")]
    texts = [body.get_text(strip=True) for body in page.select("article .field-list dd")]
    shown = dict(zip(terms, texts, strict=True))
    assert shown == {"sources": told["sources"], "Python": told["python"]} | told["packages"]


def test_the_wheel_has_a_bill(site: Path) -> None:
    """Beside the one wheel lies the bill of its version, and nothing else."""
    (wheel,) = (site / "wheels").glob("*.whl")
    found = json.loads((site / "wheels" / "bill.cdx.json").read_text("utf-8"))
    assert wheel.name.split("-")[1] == found["metadata"]["component"]["version"]
    assert {part["name"] for part in found["components"]} >= {"torch", "matplotlib", "pyodide"}
    assert len(list((site / "wheels").iterdir())) == 2


def test_each_page_has_a_card_and_leads_to_the_feed(site: Path) -> None:
    """The picture that a page names is there, and so is the feed, whose items lead to a page."""
    for path in sorted(site.rglob("*.html")):
        if "_static" in path.parts:
            continue
        head = read(path.read_text("utf-8").partition("</head>")[0]).soup  # the rest takes long
        picture = value(only(head, 'meta[property="og:image"]'), "content")
        assert (site / picture.removeprefix(address(site))).read_bytes()[1:4] == b"PNG"
        (feed,) = head.select('link[type="application/rss+xml"]')
        assert str(feed["href"]).endswith("changes.xml")
    items = re.findall("<item>.*<link>(.*)</link>", (site / "changes.xml").read_text("utf-8"))
    assert items
    assert all((site / item.removeprefix(address(site))).exists() for item in items)
