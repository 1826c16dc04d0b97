"""Whoever asks for plugins gets what is installed, and the packages are read once for all."""

from importlib import import_module, metadata
from typing import Any

import pytest
from pygments.plugin import find_plugin_styles, iter_entry_points

from _extensions.build import plugins

GROUPS = ("sphinx.html_themes", "pybtex.style.formatting", "console_scripts", "no.such.group")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the packages' plugins be found anew, and return the list of the times when they are."""
    times: list[str] = []
    library = metadata.entry_points

    def entry_points(**wanted: str) -> Any:
        times.append("read")
        return library(**wanted)

    for name in plugins.ASKED:
        monkeypatch.setattr(import_module(name), "entry_points", entry_points)
    return times


@pytest.mark.usefixtures("read")
@pytest.mark.parametrize("name", plugins.ASKED)
def test_all_are_answered_as_by_the_library(name: str) -> None:
    """A group and a name find the same, wherever they are asked for."""
    wanted = {group: list(metadata.entry_points(group=group)) for group in GROUPS}
    assert [bool(found) for found in wanted.values()] == [True, True, True, False]
    plugins.setup(None)  # type: ignore[arg-type]
    ask = import_module(name).entry_points
    assert {group: list(ask(group=group)) for group in GROUPS} == wanted
    assert [found.name for found in ask(group="sphinx.html_themes", name="furo")] == ["furo"]
    assert list(ask(group="sphinx.html_themes", name="no such theme")) == []


def test_the_packages_are_read_once(read: list[str]) -> None:
    """Pygments, which imports the function as late as it needs it, and the others ask in vain."""
    plugins.setup(None)  # type: ignore[arg-type]
    iter_entry_points.cache_clear()
    list(find_plugin_styles())
    for name in plugins.ASKED:
        import_module(name).entry_points(group="pybtex.style.formatting", name="plain")
    assert read == ["read"]
