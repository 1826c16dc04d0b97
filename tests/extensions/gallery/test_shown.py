"""A fact at the end of a page is held by a section that asserts, or the build stops."""

from pathlib import Path

import pytest

import forks
from pages import DOCS, ROOT
from projects import OWN, variables

CONF = f"""\
import sys
sys.path.insert(0, {str(DOCS)!r})
extensions = [
    "myst_parser",
    "_extensions.mathematics.mathml",
    "_extensions.mathematics.derivation",
    "_extensions.gallery.shown",
]
html_math_renderer = "mathml"
html_theme = "basic"
"""
PAGE = """\
# A page

```{{derivation}} twice
x in vector(n)
x + x
= 2 * x
```

```{{shown}}
- The fact. {{held}}`{place}`
```
"""


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("derivation twice", ""),
        ("derivation thrice", "index.md:10: "),
        ('plot_number "The number"', "index.md:10: "),
        ('plot_number "No such section"', "index.md:10: "),
        ("plot_nothing Title", "index.md:10: "),
    ],
)
def test_a_fact_is_tied_to_what_asserts(tmp_path: Path, place: str, said: str) -> None:
    """A derivation of the page holds; what is not there, or asserts nothing, is named by line."""
    pages, gallery = tmp_path / "docs", tmp_path / "gallery"
    pages.mkdir()
    gallery.mkdir()
    (gallery / "plot_number.py").write_text(OWN["gallery/plot_number.py"], "utf-8")
    (pages / "conf.py").write_text(CONF, "utf-8")
    (pages / "index.md").write_text(PAGE.format(place=place), "utf-8")
    done = forks.sphinx(["-q", "-W", "docs", "out"], tmp_path, variables(ROOT))
    assert (done.returncode == 0) == (said == ""), done.stdout
    assert said in done.stdout, done.stdout
