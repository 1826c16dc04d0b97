"""Each case and each recorded engine has a page without a source, and what is gone leaves none."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess
from types import SimpleNamespace
from typing import cast

import pytest
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from _extensions.engines import pages
from _extensions.engines.answered import DOCS
from autodiff_notes.engines import cases
from projects import DOCTREES, edit

CASE = f"{pages.CASES}/abs-at-zero"
TABLE = """\
# Engines

{doc}`cases/abs-at-zero` is a case, and {doc}`another <cases/relu-at-zero>` has words.

```{engine-table}
```
"""


def env(*found: str) -> BuildEnvironment:
    """Return what the functions need of an environment with these pages."""
    return cast("BuildEnvironment", SimpleNamespace(found_docs=set(found), docname="notes/a"))


def app(builder: str) -> Sphinx:
    """Return what the functions need of an application."""
    made = SimpleNamespace(
        name=builder,
        get_relative_uri=lambda here, there: f"from {here} to {there}",
    )
    config = SimpleNamespace(html_baseurl="https://example.org/")
    return cast("Sphinx", SimpleNamespace(builder=made, config=config))


def test_a_site_without_the_table_gets_no_pages() -> None:
    """The small sites of tests stay small."""
    small = app("html")
    pages.find(small, env("index"))
    assert not hasattr(small, "engine_pages")


def test_every_page_has_a_title_and_a_description_of_its_own() -> None:
    """Each description has the length that search engines show."""
    titles = pages.titles()
    assert {name.rpartition("/")[2] for name in titles} >= set(cases)
    found = [pages.description(name, title) for name, title in titles.items()]
    assert len(set(titles.values())) == len(set(found)) == len(titles)
    assert all(40 <= len(text) <= 200 and text.endswith(".") for text in found)


def test_slots_are_filled_with_what_is_escaped() -> None:
    """Signs of a question are text, and a body has slots of its own."""
    shell = f"{pages.NAME}|{pages.TITLE}|{pages.ABOUT}|{pages.FILE}|{pages.BODY}"
    page = pages.Page("a < b", 'said "a"', "cases/x.py", f"<p>{pages.NAME}</p>", "")
    found = pages.filled(shell, "engines/cases/x", page)
    assert found == "x|a &lt; b|said &#34;a&#34;|cases/x.py|<p>x</p>"


@pytest.mark.parametrize("place", ["parting/nowhere", "parting/kinks#nowhere"])
def test_an_explanation_that_is_not_there_stops_the_build(
    monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """The message names the file of the case and the place."""
    case = replace(cases["abs-at-zero"], pages=(place,))
    monkeypatch.setattr(pages, "cases", {case.key: case})
    monkeypatch.setattr(pages, "targets_of", lambda _: {"parting/kinks": ("Kinks",)})
    with pytest.raises(ExtensionError, match=rf"kinks\.py:1: .*'{place}'"):
        pages.places(env())


def reference(target: str, **more: object) -> nodes.Element:
    """Return a reference to a page as it is typed on another."""
    attributes = {"reftype": "doc", "refexplicit": False, "refdoc": "engines/a"} | more
    return nodes.Element("", reftarget=target, **attributes)


@pytest.mark.parametrize("target", ["cases/abs-at-zero", "/engines/cases/abs-at-zero"])
def test_a_reference_leads_to_its_page(target: str) -> None:
    """An address from here or from the root is found, and without words the question stands there."""
    here, words = env(f"{DOCS}/index"), nodes.inline("", "words")
    link = pages.lead_there(app("html"), here, reference(target), words)
    assert link is not None
    assert link["refuri"] == f"from engines/a to {CASE}"
    assert link.astext() == cases["abs-at-zero"].question
    named = pages.lead_there(app("html"), here, reference(target, refexplicit=True), words)
    assert named is not None
    assert named.astext() == "words"


def test_a_book_leads_to_the_site() -> None:
    """A book has no such page, and its link is the address of the published one."""
    here = env(f"{DOCS}/index")
    link = pages.lead_there(app("epub"), here, reference(f"/{CASE}"), nodes.inline())
    assert link is not None
    assert link["refuri"] == f"https://example.org/{CASE}.html"


@pytest.mark.parametrize(
    ("target", "more", "found"),
    [
        ("/engines/cases/no-such-case", {}, ["engines/index"]),
        (f"/{CASE}", {"reftype": "ref"}, ["engines/index"]),
        (f"/{CASE}", {}, []),
    ],
    ids=["unknown", "no page", "no table"],
)
def test_what_is_no_page_is_not_found(
    target: str, more: dict[str, object], found: Iterable[str]
) -> None:
    """Sphinx then tells the reference, with its place."""
    node = reference(target, **more)
    assert pages.lead_there(app("html"), env(*found), node, nodes.inline()) is None


@pytest.fixture
def table(project: Path) -> Path:
    """Return the page with the table of a small project."""
    package = project / "src" / "autodiff_notes" / "engines"
    for path in package.glob("cases/*.py"):  # the small site has none of the pages that explain
        text = re.sub(r"pages=(\([^()]*\)|\w+)", "pages=()", path.read_text("utf-8"))
        path.write_text(text, "utf-8")
    index = project / "docs" / "engines" / "index.md"
    index.parent.mkdir()
    for name, text in (("index", TABLE), ("method", "# Method\n"), ("compare", "# Compare\n")):
        described = f"---\norphan: true\ndescription: {'x' * 40}\n---\n\n{text}"
        index.with_name(f"{name}.md").write_text(described, "utf-8")
    schema = Path(pages.__file__).parents[2] / "engines" / "engines.schema.json"
    (index.parent / schema.name).write_text(schema.read_text("utf-8"), "utf-8")
    return index


def test_pages_come_stay_and_go(
    project: Path, table: Path, build: Callable[[Path], CompletedProcess[str]]
) -> None:
    """Each case has its page; a change of one writes that page alone; an unknown one is told.

    The search keeps what it knows of them while they stay, and learns anew when one changes or a
    build was cut off.
    """

    def rebuilt(path: Path = table, old: str = "", new: str = "") -> bytes:
        edit(path, old, new)
        done = build(project)
        assert done.returncode == 0, done.stdout
        return (project / "out" / "searchindex.js").read_bytes()

    first = rebuilt()
    folder = project / "out" / "engines" / "cases"
    assert {path.stem for path in folder.iterdir()} == set(cases)
    assert rebuilt(table, "has words", "has zebras") != first
    assert rebuilt(table, "has zebras", "has words") == first
    times = {path: path.stat().st_mtime_ns for path in folder.iterdir()}

    question = cases["abs-at-zero"].question
    kinks = project / "src" / "autodiff_notes" / "engines" / "cases" / "kinks.py"
    (folder / "gone.html").touch()
    second = rebuilt(kinks, f'"{question}"', f'"{question}, unheard of"')
    changed = {path.stem for path in folder.iterdir() if times.get(path) != path.stat().st_mtime_ns}
    assert changed == {"abs-at-zero"}
    assert f"{question}, unheard of" in (folder / "abs-at-zero.html").read_text("utf-8")
    assert "unheard of" in (project / "out" / "llms.txt").read_text("utf-8")
    assert b"unheard" in second

    (project / "out" / "searchindex.js").write_bytes(first)  # as one leaves it that is cut off
    (project / DOCTREES / "unfinished").touch()
    assert rebuilt() == second

    edit(table, "cases/abs-at-zero`", "cases/no-such-case`")
    done = build(project)
    assert done.returncode
    assert re.search(r"engines/index\.md:8: .*no-such-case", done.stdout)
