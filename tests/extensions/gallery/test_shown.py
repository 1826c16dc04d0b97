"""A fact at the end of a page is held by a section that asserts, or the build stops."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from projects import OWN, append, settings, sphinx_here

CONF = settings("mathematics.derivation", "gallery.shown")
PAGE = """\
# A page

```{{derivation}} twice
x in vector(n)
x + x
= 2 * x
```

```{{shown}}
- A fact.{held}
```
"""
ASSERTING = """
# %%
# A number that holds
# -------------------
# It is positive:

assert NUMBER > 0
"""


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (" {held}`derivation twice`", ""),
        (" {held}`derivation thrice`", "index.md:10: {held} names no derivation 'thrice'"),
        ("", "index.md:9: "),
        ("", "nothing holds this fact: A fact."),
        (" {held}`plot_number`", "index.md:10: {held} takes a script and a section"),
        (' {held}`plot_none "The number"`', "index.md:10: {held} names plot_none.py"),
        (' {held}`plot_number "No such"`', "index.md:10: {held} names 'No such'"),
        (' {held}`plot_number "The number"`', "which asserts nothing"),
    ],
)
def test_a_fact_is_tied_to_what_asserts(tmp_path: Path, held: str, said: str) -> None:
    """A derivation of the page holds; what is not there, or asserts nothing, is named by line."""
    pages, gallery = tmp_path / "docs", tmp_path / "gallery"
    pages.mkdir()
    gallery.mkdir()
    (gallery / "plot_number.py").write_text(OWN["gallery/plot_number.py"], "utf-8")
    (pages / "conf.py").write_text(CONF, "utf-8")
    (pages / "index.md").write_text(PAGE.format(held=held), "utf-8")
    done = sphinx_here(["-q", "-W", "docs", "out"], tmp_path)
    assert (done.returncode == 0) == (said == ""), done.stdout
    assert said in done.stdout, done.stdout


def test_a_fact_links_to_what_holds_it(
    built: Path, build: Callable[[Path], subprocess.CompletedProcess[str]]
) -> None:
    """The built page leads from a fact to the section that asserts it."""
    append(built / "gallery" / "plot_number.py", ASSERTING)
    held = '{held}`plot_number "A number that holds"`'
    append(built / "docs" / "page.md", f"\n```{{shown}}\n- A fact. {held}\n```\n")
    done = build(built)
    assert not done.returncode, done.stdout
    html = (built / "out" / "page.html").read_text("utf-8")
    assert 'class="held' in html
    assert "plot_number.html#a-number-that-holds" in html
