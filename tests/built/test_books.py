"""The notes are a book, too: ``nox -s books``."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import forks
from projects import OPTIONS, variables


def test_a_book_is_made(project: Path) -> None:
    """The small project becomes an EPUB without a warning, and each of its pages is well-formed."""
    done = forks.sphinx([*OPTIONS, "-b", "epub", "docs", "book"], project, variables(project))
    assert (done.returncode, done.stdout.strip()) == (0, "")
    (book,) = (project / "book").glob("*.epub")
    with zipfile.ZipFile(book) as found:
        pages = [name for name in found.namelist() if name.endswith(".xhtml")]
        texts = {name: "".join(ET.fromstring(found.read(name)).itertext()) for name in pages}
    assert "The script says 1729" in texts["page.xhtml"]
    assert "The script says 1729" in texts["gallery/plot_number.xhtml"]
