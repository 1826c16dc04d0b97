"""The navigation from shortened contents is the one that Sphinx makes."""

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from types import SimpleNamespace
from typing import cast

from sphinx.application import Sphinx

from _extensions.page.navigation import Tree, keep, replace

FRONT = "---\ndescription: One of a few pages that lie below each other in a folder.\n---\n\n"
PAGES = {
    "docs/deep/index.md": """\
# A page with pages below it

## A section

```{toctree}
:caption: Below

first
second
```

## Another section
""",
    "docs/deep/first.md": "# First\n\n## A section\n\n### Below it\n",
    "docs/deep/second.md": "# Second\n",
}
TREE = re.compile(r'<div class="sidebar-tree">.*?</div>', re.DOTALL)


def test_same_navigation(project: Path, build: Callable[[Path], CompletedProcess[str]]) -> None:
    """Every page's navigation is the same with the extension and without it."""
    for name, text in PAGES.items():
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(FRONT + text, "utf-8")
    index, conf = project / "docs/index.md", project / "docs/conf.py"
    index.write_text(index.read_text("utf-8").replace("*\n", "*\ndeep/index\n"), "utf-8")
    found = []
    without = 'import _extensions\n_extensions.MODULES = [m for m in _extensions.MODULES if "navig" not in m]\n'
    for settings in ("", without):
        with conf.open("a", encoding="utf-8") as file:
            file.write(settings)
        done = build(project)
        assert done.returncode == 0, done.stdout
        pages = sorted((project / "out").rglob("*.html"))
        found.append(
            {page.relative_to(project): TREE.findall(page.read_text("utf-8")) for page in pages}
        )
    assert found[0] == found[1]
    assert "Second" in found[0][Path("out/page.html")][0]
    assert "A section" not in found[0][Path("out/page.html")][0]


LIST = '<ul><li class="toctree-l1"><a class="reference internal" href="a.html">{}</a></li></ul>'


def test_pages_get_another_navigation_without_being_written(tmp_path: Path) -> None:
    """A page that shows the navigation of the last build gets this one's; any other is named."""
    builder = SimpleNamespace(
        name="html",
        get_output_path=lambda page: str(tmp_path / f"{page}.html"),
        get_target_uri=lambda page: f"{page}.html",
    )
    old, new = Tree(LIST.format("Old")), Tree(LIST.format("New"))
    fake = SimpleNamespace(
        builder=builder,
        config=SimpleNamespace(html_theme="furo"),
        doctreedir=tmp_path,
        navigation=old,
    )
    app = cast("Sphinx", fake)
    for page in ("a", "b"):
        path = tmp_path / f"{page}.html"
        path.write_text(f"<nav>{old.seen_from(path.name)}</nav> Old", "utf-8")
    (tmp_path / "c.html").write_text("<nav></nav>", "utf-8")
    assert sorted(replace(app, ["a", "b"])) == ["a", "b"]  # no build has ended yet
    keep(app, None)
    assert replace(app, ["a", "b", "c"]) == []  # the same
    fake.navigation = new
    assert replace(app, ["a", "b", "c", "d"]) == ["c", "d"]
    for page in ("a", "b"):
        path = tmp_path / f"{page}.html"
        assert path.read_text("utf-8") == f"<nav>{new.seen_from(path.name)}</nav> Old"
    assert "current-page" in (tmp_path / "a.html").read_text("utf-8")
    keep(app, RuntimeError())  # a build that failed is not what the pages show
    assert replace(app, ["a"]) == ["a"]
