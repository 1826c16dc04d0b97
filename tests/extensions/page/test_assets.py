"""A page loads one script of the site, and style sheets only where something needs them."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sphinx.application import Sphinx

from _extensions.page.assets import MERGED, OWN, UNUSED, choose, name_version

SHEETS = ["_static/styles/furo.css", "_static/math.css", "_static/mystnb.1.css", *sorted(UNUSED)]
SCRIPTS = [*sorted(MERGED), OWN, "_static/sweep.js", *sorted(UNUSED)]


def chosen(page: str, body: str) -> tuple[set[str], set[str]]:
    """Return the scripts and style sheets of a page that could load all."""
    context: dict[str, Any] = {
        "body": body,
        "script_files": [SimpleNamespace(filename=name) for name in SCRIPTS],
        "css_files": [SimpleNamespace(filename=name) for name in SHEETS],
    }
    choose(cast("Sphinx", None), page, "page.html", context, None)
    scripts, sheets = context["script_files"], context["css_files"]
    return {file.filename for file in scripts}, {file.filename for file in sheets}


def test_scripts_that_are_merged_are_not_loaded_twice() -> None:
    """A page has the one script instead of its parts, and what it asked for itself."""
    scripts, _ = chosen("notes/log-det", "")
    assert scripts == {OWN, "_static/sweep.js"}


def test_the_search_keeps_the_parts() -> None:
    """On the search page Sphinx's scripts stay in their order, and are not there twice."""
    scripts, _ = chosen("search", "")
    assert scripts == {*MERGED, "_static/sweep.js"}


@pytest.mark.parametrize(
    ("body", "needed"),
    [
        ("<p>words</p>", set()),
        ('<p><math display="block"></math></p>', {"_static/math.css"}),
        ('<div class="cell docutils container">', {"_static/mystnb.1.css"}),
    ],
)
def test_a_style_sheet_comes_with_what_it_is_for(body: str, needed: set[str]) -> None:
    """The font is loaded with a formula, and the style of cells with a cell."""
    _, sheets = chosen("page", body)
    assert sheets == {"_static/styles/furo.css"} | needed


def test_a_script_that_comes_later_has_a_version_of_its_own(tmp_path: Path) -> None:
    """The version is the same for the same text, another for another, and empty without the script."""
    app = SimpleNamespace(confdir=tmp_path, config=SimpleNamespace(html_context={}))
    script = tmp_path / "_static" / "formulas.js"
    script.parent.mkdir()
    found = []
    for text in (None, "one", "two", "one"):
        if text is not None:
            script.write_text(text, "utf-8")
        name_version(cast("Sphinx", app))
        found.append(app.config.html_context["formulas_version"])
    assert found[0] == ""
    assert found[1] == found[3] != found[2]
    assert len(found[1]) == 8
