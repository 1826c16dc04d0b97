"""A script of the gallery is read by its sections: their source, what they assert and need."""

from pathlib import Path

import pytest

from _extensions.gallery import scripts

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
