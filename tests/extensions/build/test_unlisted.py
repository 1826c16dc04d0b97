"""A list of pages that ends in a star is no warning while nothing new has come."""

import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[3] / "docs"
CONF = f"""\
import sys
sys.path.insert(0, {str(DOCS)!r})
extensions = ["_extensions.build.unlisted"]
suppress_warnings = SUPPRESSED
"""
HOME = "Home\n====\n\n.. toctree::\n   :glob:\n\n   listed\n   *\n"


def build(folder: Path, suppressed: list[str]) -> subprocess.CompletedProcess[str]:
    """Build a page that lists another and a star."""
    (folder / "conf.py").write_text(CONF.replace("SUPPRESSED", repr(suppressed)), "utf-8")
    (folder / "index.rst").write_text(HOME, "utf-8")
    (folder / "listed.rst").write_text("Listed\n======\n", "utf-8")
    return subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", str(folder), str(folder / "out")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(("suppressed", "status"), [(["toc.empty_glob"], 0), ([], 1)])
def test_the_star_may_wait(tmp_path: Path, suppressed: list[str], status: int) -> None:
    """The setting silences the warning, and without it there is one."""
    done = build(tmp_path, suppressed)
    assert done.returncode == status, done.stderr
    assert ("didn't match any documents" in done.stderr) == bool(status)


def test_a_new_page_is_found(tmp_path: Path) -> None:
    """A page that nobody lists stands behind the listed ones."""
    (tmp_path / "another.rst").write_text("Another\n=======\n", "utf-8")
    assert build(tmp_path, []).returncode == 0
    html = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert html.index("listed.html") < html.index("another.html")
