"""A place is named so that it can be opened: file and line, of the script for an example."""

from pathlib import Path

import pytest
from docutils import nodes

from _extensions.places import place_of, place_of_entry, place_of_last, short

SCRIPT = '''\
"""
A title
=======

The words :math:`x`.
"""

x = 1

# %%
# A section
# ---------
# The words :math:`x`.

print(x)
'''
GENERATED = """\
.. DO NOT EDIT.

A title
=======

The words :math:`x`.

.. GENERATED FROM PYTHON SOURCE LINES 7-9

.. code-block:: Python

    x = 1

.. GENERATED FROM PYTHON SOURCE LINES 11-14

A section
---------
The words :math:`x`.
"""


@pytest.fixture
def generated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an example's page, generated from its script, in the working directory."""
    monkeypatch.chdir(tmp_path)
    for name, text in {"gallery/plot_x.py": SCRIPT, "docs/gallery/plot_x.rst": GENERATED}.items():
        Path(name).parent.mkdir(parents=True)
        Path(name).write_text(text, "utf-8")
    return tmp_path / "docs" / "gallery" / "plot_x.rst"


def at(source: Path, line: int | None) -> nodes.paragraph:
    """Return a paragraph from a line of a file."""
    node = nodes.paragraph()
    node.source, node.line = str(source), line
    return node


def test_a_page_is_named_from_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page keeps its own file and line."""
    monkeypatch.chdir(tmp_path)
    assert place_of(at(tmp_path / "docs" / "page.md", 12)) == "docs/page.md:12"


@pytest.mark.parametrize(("line", "in_script"), [(6, 5), (18, 13), (16, 11)])
def test_an_example_is_named_by_its_script(generated: Path, line: int, in_script: int) -> None:
    """A line of a generated page is named as the line of the script, the same words twice or not."""
    assert place_of(at(generated, line)) == f"gallery/plot_x.py:{in_script}"


def test_an_unknown_line_is_not_invented(generated: Path) -> None:
    """Where no line is known, or the script has no such line, a question mark says so."""
    assert place_of(at(generated, None)) == "docs/gallery/plot_x.rst:?"
    assert place_of(at(generated, 8)) == "gallery/plot_x.py:?"
    assert place_of(nodes.paragraph()) == "?:?"


def test_the_shorter_name_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path far from the working directory is given in full."""
    deep = tmp_path / "a" / "b" / "c" / "d" / "e" / "f" / "g" / "h"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert short("/x") == "/x"
    assert short(deep / "x") == "x"


MODULE = """\
ENTRIES = (
    Entry(
        name="one",
        title="Squared lengths",
        function="squared(x)",
    ),
    Entry(
        name="two",
        function="squared(x) + 1",
        derivation="= 3 * x",
    ),
)
"""


@pytest.mark.parametrize(
    ("name", "problem", "line"),
    [
        ("one", "", 3),
        ("one", "there is no word 'squared'; did you mean 'sq'?", 5),
        ("two", "line 1 does not equal the line before it: = 3 * x", 10),
        ("two", "it is off by 3.0 (n = 2)", 8),
    ],
)
def test_an_entry_is_named_by_the_line_that_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, problem: str, line: int
) -> None:
    """It is the line with what the problem quotes or ends in, or else that with the name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.py").write_text(MODULE, "utf-8")
    assert place_of_entry(tmp_path, name, problem) == f"a.py:{line}"
    assert place_of_entry(tmp_path, "three") == "?"


def test_the_last_of_two_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The place is that of the last line with the beginning."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.py").write_text(MODULE, "utf-8")
    assert place_of_last(tmp_path, "name=") == "a.py:8"
    assert place_of_last(tmp_path, "nothing") == "?"
