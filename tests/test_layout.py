"""The layout of a graph comes from Graphviz, and what is missing for it is named."""

import sys
from pathlib import Path

import pytest

from autodiff_notes.layout import plain


def test_layout_is_plain_text() -> None:
    """Each node has a line with its place, and each edge one with its ends."""
    lines = [line.split() for line in plain("digraph { a -> b; a -> c }").splitlines()]
    assert [line[1] for line in lines if line[0] == "node"] == ["a", "b", "c"]
    assert [line[1:3] for line in lines if line[0] == "edge"] == [["a", "b"], ["a", "c"]]
    assert all(float(line[2]) >= 0 and float(line[3]) >= 0 for line in lines if line[0] == "node")


def test_a_missing_library_of_the_system_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where pygraphviz is installed and cannot be loaded, the message says why, and what helps."""
    (tmp_path / "pygraphviz.py").write_text(
        'raise ImportError("libgobject-2.0.so.0: no such file")'
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "pygraphviz", raising=False)
    with pytest.raises(
        ImportError, match=r"libgobject-2\.0\.so\.0: .*apt-get install libglib2\.0-0"
    ):
        plain("digraph { a -> b }")
