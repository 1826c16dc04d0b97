"""The readable lists become inventories that intersphinx reads."""

import os
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from sphinx.application import Sphinx
from sphinx.config import Config
from sphobjinv import Inventory

from _extensions.build.inventories import write_inventories

LISTS = sorted((Path(__file__).parents[3] / "docs" / "_inventories").glob("*.txt"))
LIST = """\
# Sphinx inventory version 2
# Project: Torch
# Version: 1
# The remainder of this file is compressed using zlib.
torch.det py:function 1 generated/torch.det.html#$ -
"""


def write(docs: Path) -> None:
    """Write the inventories of a folder of pages."""
    write_inventories(cast("Sphinx", SimpleNamespace(srcdir=docs)), Config())


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """Return a list, not yet an inventory."""
    path = tmp_path / "_inventories" / "torch.txt"
    path.parent.mkdir()
    path.write_text(LIST, "utf-8")
    return path


def test_a_list_becomes_an_inventory(tmp_path: Path, listed: Path) -> None:
    """Name, kind and place come out of the inventory as they stand in the list."""
    write(tmp_path)
    inventory = Inventory(str(listed.with_suffix(".inv")))
    assert inventory.project == "Torch"
    (item,) = inventory.objects
    assert (item.name, item.domain, item.role) == ("torch.det", "py", "function")
    assert item.uri_expanded == "generated/torch.det.html#torch.det"


def test_a_changed_list_is_written_again(tmp_path: Path, listed: Path) -> None:
    """The inventory follows its list, and an unchanged list is not written again."""
    write(tmp_path)
    target = listed.with_suffix(".inv")
    first = target.stat().st_mtime_ns
    write(tmp_path)
    assert target.stat().st_mtime_ns == first
    listed.write_text(LIST + "torch.inv py:function 1 generated/torch.inv.html#$ -\n", "utf-8")
    later = target.stat().st_mtime + 5
    os.utime(listed, (later, later))
    write(tmp_path)
    assert [item.name for item in Inventory(str(target)).objects] == ["torch.det", "torch.inv"]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: str(path.stem))
def test_every_name_is_listed_once(path: Path) -> None:
    """Each line of the project's own lists is understood, and no kind of a name occurs twice."""
    lines = path.read_text("utf-8").splitlines()[4:]
    names = [tuple(line.split()[:2]) for line in lines if line]
    assert len(Inventory(plaintext=path.read_bytes()).objects) == len(names)
    assert sorted(set(names)) == sorted(names)
