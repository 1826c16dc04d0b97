"""The built site says nothing of the machine that built it."""

import functools
import io
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from pages import ROOT

TEXT = {
    ".html",
    ".js",
    ".css",
    ".svg",
    ".xml",
    ".txt",
    ".py",
    ".ipynb",
    ".map",
    ".json",
    ".rst",
    ".md",
}


def texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the text of a file, or those of the files in an archive, by name."""
    if name.endswith((".zip", ".whl")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from texts(f"{name}!{member}", archive.read(member))
    elif name.endswith("objects.inv"):
        yield name, zlib.decompress(data.split(b"\n", 4)[4]).decode()
    elif Path(name).suffix in TEXT or Path(name).name in {"METADATA", "RECORD", "WHEEL"}:
        yield name, data.decode()


@functools.cache
def all_texts(site: Path) -> list[tuple[str, str]]:
    """Return every text that the site publishes."""
    found: list[tuple[str, str]] = []
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not name.startswith("."):
            found += texts(name, path.read_bytes())
    return found


def test_archives_and_indexes_are_looked_into(site: Path) -> None:
    """The two tests below see pages, the search index, the inventory, notebooks and zips."""
    names = {name for name, _ in all_texts(site)}
    assert {"index.html", "searchindex.js", "objects.inv", "sitemap.xml"} <= names
    assert {"plot_log_det.py", "plot_log_det.ipynb"} <= {
        name.rpartition("!")[2] for name in names if ".zip!" in name
    }
    assert any(".whl!" in name for name in names)


def test_no_memory_address_is_published(site: Path) -> None:
    """No object is shown by its address, which would be another at every build."""
    found = [
        f"{name}: {match[0]}"
        for name, text in all_texts(site)
        for match in re.finditer(r"\b0x[0-9a-f]{6,}\b", re.sub(r"base64,[^\"')]*", "", text))
    ]
    assert found == []


def test_no_path_of_the_building_machine_is_published(site: Path) -> None:
    """No file names a folder of the machine that built it."""
    places = {str(ROOT), str(Path.home()), sys.prefix, str(site), str(site.parent)}
    places = {place for place in places if len(Path(place).parts) > 1}
    pattern = re.compile(
        rf"(?<![\w.~/-])/(?:root|home|tmp|work|Users|builds?)/\w|site-packages|(?:{'|'.join(map(re.escape, places))})(?!\w)"
    )
    found = [
        f"{name}: …{text[max(match.start() - 30, 0) : match.end() + 30]}…"
        for name, text in all_texts(site)
        for match in pattern.finditer(text)
    ]
    assert found == []
