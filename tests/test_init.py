"""The package is light to import: what needs torch is imported when it is asked for."""

import subprocess
import sys
from importlib.metadata import version

import pytest

import autodiff_notes

HEAVY = ("torch", "numpy", "sphinx", "matplotlib", "ast", "inspect", "difflib", "pygraphviz")


@pytest.mark.parametrize(
    "statement",
    [
        "import autodiff_notes",
        "from autodiff_notes import catalogue, exercises",
        "import autodiff_notes.tables",
    ],
)
def test_import_loads_nothing_heavy(statement: str) -> None:
    """Neither torch nor a library that takes long is imported with the package."""
    program = f"import sys; {statement}; print(*(n for n in {HEAVY} if n in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not done.stdout.split()


def test_the_version_is_that_of_the_distribution() -> None:
    """``__version__`` is what pip shows."""
    assert autodiff_notes.__version__ == version("autodiff-notes")


def test_every_public_name_is_there() -> None:
    """What is listed can be imported, and any other name is an error."""
    assert dir(autodiff_notes) == sorted(autodiff_notes.__all__)
    assert all(getattr(autodiff_notes, name) for name in autodiff_notes.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'domain'"):
        _ = autodiff_notes.domain
