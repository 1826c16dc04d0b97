"""A page whose closing facts are not held does not build, and the message says which."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

SHOWN = """
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
    ("held", "reason"),
    [
        ("", "nothing holds this fact: A fact."),
        (' {held}`plot_number "No such section"`', "names 'No such section'"),
        (' {held}`plot_number "The number"`', "which asserts nothing"),
        (' {held}`plot_none "The number"`', "there is no such script"),
        (" {held}`plot_number`", "takes a script and a section"),
        (" {held}`derivation none`", "names no derivation 'none'"),
    ],
    ids=["untied", "section", "no assertion", "script", "form", "derivation"],
)
def test_a_fact_that_is_not_held_stops_the_build(
    project: Path,
    build: Callable[[Path], subprocess.CompletedProcess[str]],
    held: str,
    reason: str,
) -> None:
    """A fact needs a step that asserts, or a derivation of its page."""
    page = project / "docs" / "page.md"
    page.write_text(page.read_text("utf-8") + SHOWN.format(held=held), "utf-8")
    done = build(project)
    assert done.returncode
    assert reason in done.stdout + (done.stderr or "")


def test_a_fact_links_to_what_holds_it(
    project: Path, build: Callable[[Path], subprocess.CompletedProcess[str]]
) -> None:
    """The built page leads from a fact to the section that asserts it."""
    script = project / "gallery" / "plot_number.py"
    script.write_text(script.read_text("utf-8") + ASSERTING, "utf-8")
    page = project / "docs" / "page.md"
    held = ' {held}`plot_number "A number that holds"`'
    page.write_text(page.read_text("utf-8") + SHOWN.format(held=held), "utf-8")
    done = build(project)
    assert not done.returncode, done.stdout
    html = (project / "out" / "page.html").read_text("utf-8")
    assert 'class="held' in html
    assert "plot_number.html#a-number-that-holds" in html
