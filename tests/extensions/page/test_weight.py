"""A page that is too heavy is told, and no other. Tests of ``weight``."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from sphinx.application import Sphinx

from _extensions.page import weight


@pytest.mark.parametrize(
    ("body", "source", "told"),
    [
        ("x" * weight.HEAVIEST, True, False),
        ("x" * (weight.HEAVIEST + 1), True, True),
        ("ü" * (weight.HEAVIEST // 2 + 1), True, True),
        ("x" * (weight.HEAVIEST + 1), False, False),
    ],
)
def test_weight_is_counted_in_bytes(
    monkeypatch: pytest.MonkeyPatch, body: str, source: bool, told: bool
) -> None:
    """More bytes than a page may have are told with its first line; lists without source are not."""
    places: list[str] = []
    logger = SimpleNamespace(warning=lambda *_, location: places.append(location))
    monkeypatch.setattr("_extensions.page.weight.logging.getLogger", lambda _: logger)
    app = SimpleNamespace(env=SimpleNamespace(doc2path=lambda name: Path("docs", f"{name}.md")))
    weight.look(cast("Sphinx", app), "a", "page.html", {"body": body}, source or None)
    assert places == (["docs/a.md:1"] if told else [])
