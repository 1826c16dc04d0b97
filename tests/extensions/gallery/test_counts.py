"""What the home page says of the scripts is counted in them."""

import ast
from pathlib import Path

import pytest

from _extensions.build.sources import Sources, is_assertion
from _extensions.gallery.counts import counts


@pytest.mark.parametrize(
    ("code", "asserts"),
    [
        ("assert x", True),
        ("torch.testing.assert_close(x, y)", True),
        ("assert_close(x, y)", True),
        ("check(x)", False),
        ("x.close()", False),
    ],
)
def test_assertions_are_recognized(code: str, asserts: bool) -> None:
    """A statement that asserts counts, and so does the library's comparer, however it is called."""
    assert any(map(is_assertion, ast.walk(ast.parse(code)))) is asserts


def test_scripts_that_run_are_counted(tmp_path: Path) -> None:
    """Scripts count with their assertions; what sphinx-gallery does not run counts for nothing."""
    (tmp_path / "plot_a.py").write_text("assert 1\nassert 2\n", "utf-8")
    (tmp_path / "plot_b.py").write_text("assert_close(1, 1)\n", "utf-8")
    (tmp_path / "other.py").write_text("assert 1\n", "utf-8")
    assert counts(Sources([]), tmp_path) == {"scripts": 2, "assertions": 3}
