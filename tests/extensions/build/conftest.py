"""A small project with cells and a second script, built once for all tests of what comes after."""

import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

CELLS = """\
---
file_format: mystnb
kernelspec:
  name: python3
---

# Cells

(a-place)=
## A place

```{code-cell} python
from autodiff_notes.number import NUMBER, note

note("cell")
print(f"The cell says {NUMBER}")
```
"""
REFERRING = """\
# Referring

[](#a-place) is a place, and {doc}`page` a page.

```{eval-rst}
.. automodule:: autodiff_notes.number
   :members:
```
"""


@pytest.fixture(scope="package")
def pristine(
    tmp_path_factory: pytest.TempPathFactory,
    make_project: Callable[[Path], Path],
    build: Callable[[Path], CompletedProcess[str]],
) -> Path:
    """Return the folder of a project, once built, and of a copy of it."""
    folder = tmp_path_factory.mktemp("built")
    project = make_project(folder / "project")
    (project / "docs" / "cells.md").write_text(CELLS, "utf-8")
    (project / "docs" / "referring.md").write_text(REFERRING, "utf-8")
    (project / "docs" / "_static" / "passing.txt").write_text("It shall go.\n", "utf-8")
    done = build(project)
    assert done.returncode == 0, done.stdout
    shutil.copytree(project, folder / "copy")
    return folder
