"""A page below a folder has a description of a length that search engines show."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
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
