"""A script of the gallery is read by its sections: their source, what they assert and need.

What the gallery cannot show is told before anything runs.
"""

from pathlib import Path

import pytest

from _extensions.gallery import scripts
from _extensions.gallery.scripts import mistake

SCRIPT = '''\
"""
Title
=====
"""
import math

# %%
# First
# -----
# A helper:


def f(x):
    return 2 * x


# %%
# Second
# ------
# It holds:

y = f(3)
print(y)
assert y == 6, "seen with this version"

# %%
# Third
# -----
# Nothing is held here:

print(y)
'''


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """Return a script with three sections."""
    path = tmp_path / "plot_x.py"
    path.write_text(SCRIPT, "utf-8")
    return path


def test_sections_have_their_source(script: Path) -> None:
    """Each section has its own code, and what stands before the first has no title."""
    found = scripts.sections(script)
    assert list(found) == ["", "First", "Second", "Third"]
    assert "import math" in found[""]
    assert "def f" in found["First"]


def test_a_section_that_asserts_is_told_from_one_that_prints(script: Path) -> None:
    """The second section would stop at a wrong value, the third would not."""
    found = scripts.sections(script)
    assert [scripts.asserts(found[title]) for title in ("First", "Second", "Third")] == [
        False,
        True,
        False,
    ]


def test_a_page_gets_what_its_first_step_needs(script: Path) -> None:
    """A section before the first that a page shows is needed if a later one takes its names."""
    assert scripts.needed(script, ["Second"]) == ["First"]
    assert scripts.needed(script, ["First", "Second"]) == []


# Mistakes

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
