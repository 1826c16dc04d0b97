"""What the gallery cannot show is told before anything runs."""

from pathlib import Path

import pytest

from _extensions.gallery.scripts import mistake

GOOD = '"""\nA title\n=======\n\nA sentence.\n"""\n\nx = 1\n'


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a", GOOD, "a.py:1: only scripts with a name like plot_a.py run; rename it"),
        ("plot_a", "x = 1\n", "plot_a.py:1: begin with a docstring"),
        (
            "plot_a",
            GOOD.replace("=======", "==="),
            "plot_a.py:3: underline the title with 7 times =",
        ),
        ("plot_a", GOOD.replace("=======", "-------"), "plot_a.py:3: underline the title"),
        ("plot_a", GOOD.replace("A sentence.\n", ""), "plot_a.py:4: say in a sentence"),
        ("plot_a", GOOD + "def (:\n", "plot_a.py:9: invalid syntax"),
    ],
)
def test_a_mistake_has_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, told: str
) -> None:
    """The file, the line and what to do are named."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / f"{name}.py"
    path.write_text(text, "utf-8")
    assert mistake(path).startswith(told)


def test_a_good_script_has_no_mistake(tmp_path: Path) -> None:
    """With a name, a title and a sentence there is nothing to tell."""
    path = tmp_path / "plot_a.py"
    path.write_text(GOOD, "utf-8")
    assert mistake(path) == ""
