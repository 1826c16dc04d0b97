"""Each case and each recorded engine has a source, and what is gone leaves none."""

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from docutils.core import publish_doctree
from sphinx.application import Sphinx

from _extensions.engines import generated
from autodiff_notes.engines import cases


def app(docs: Path) -> Sphinx:
    """Return what the function needs of an application."""
    return cast("Sphinx", SimpleNamespace(srcdir=docs))


def test_a_site_without_the_table_gets_no_pages(tmp_path: Path) -> None:
    """The small sites of tests stay small."""
    generated.write(app(tmp_path))
    assert not list(tmp_path.iterdir())


def test_pages_come_stay_and_go(tmp_path: Path) -> None:
    """A second build writes nothing anew, and a page without a case is removed."""
    (tmp_path / "engines").mkdir()
    (tmp_path / "engines" / "index.md").touch()
    generated.write(app(tmp_path))
    folder = tmp_path / "engines" / "cases"
    assert {path.stem for path in folder.iterdir()} == set(cases)
    times = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    (folder / "gone.rst").touch()
    generated.write(app(tmp_path))
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == times


def test_descriptions_fit() -> None:
    """Each has the length that search engines show, and differs from the others."""
    texts = [re.search(r":description: (.*)", text) for _, text in generated.sources()]
    found = [match[1] for match in texts if match]
    assert len(set(found)) == len(texts)
    assert all(40 <= len(text.replace("\\", "")) <= 200 and text.endswith(".") for text in found)


def test_signs_of_a_question_are_no_markup() -> None:
    """A question with bars and stars is read as it is written."""
    case = replace(cases["abs-at-zero"], question="The slope of |x| * x_")
    tree = publish_doctree(f"A: {generated.about_case(case)}")
    assert "The slope of |x| * x_: what" in tree.astext()
