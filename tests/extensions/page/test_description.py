"""A page has a title of its own, and below a folder a description that search engines show."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from _extensions.page import description


@pytest.mark.parametrize(
    ("page", "length", "warned"),
    [
        ("notes/a", 0, True),
        ("notes/a", 39, True),
        ("notes/a", 40, False),
        ("notes/a", 200, False),
        ("notes/a", 201, True),
        ("a", 0, False),
        ("gallery/a", 0, False),
    ],
)
def test_a_length_is_told(
    monkeypatch: pytest.MonkeyPatch, page: str, length: int, warned: bool
) -> None:
    """What is too short or too long is told, with the page and its first line."""
    places: list[str] = []
    logger = SimpleNamespace(warning=lambda *_, location: places.append(location))
    monkeypatch.setattr("_extensions.page.description.logging.getLogger", lambda _: logger)
    app = SimpleNamespace(config=SimpleNamespace(sphinx_gallery_conf={"gallery_dirs": "gallery"}))
    env = SimpleNamespace(
        found_docs={page},
        metadata={page: {"description": "x" * length} if length else {}},
        doc2path=lambda name: Path("docs", f"{name}.md"),
    )
    description.look_at_descriptions(cast("Sphinx", app), cast("BuildEnvironment", env))
    assert places == ([f"docs/{page}.md:1"] if warned else [])


@pytest.mark.parametrize(
    ("second", "said"), [("Two", []), ("One", [("a.md", "One", "docs/b.md:1")])]
)
def test_a_title_stands_on_one_page(
    monkeypatch: pytest.MonkeyPatch, second: str, said: list[tuple[str, str, str]]
) -> None:
    """The second page with a title is told, and names the first."""
    found: list[tuple[str, str, str]] = []
    logger = SimpleNamespace(
        warning=lambda _, other, title, location: found.append((other, title, location))
    )
    monkeypatch.setattr("_extensions.page.description.logging.getLogger", lambda _: logger)
    env = SimpleNamespace(
        found_docs={"b", "a"},
        titles={"a": nodes.title("", "One"), "b": nodes.title("", second)},
        doc2path=lambda name: Path("docs", f"{name}.md"),
    )
    description.look_at_titles(cast("Sphinx", None), cast("BuildEnvironment", env))
    assert found == said
