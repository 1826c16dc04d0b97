"""A download says what it needs, once, and is otherwise as it was. Tests of ``downloads``."""

import io
import json
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.version import Version

from _extensions.gallery.downloads import fingerprint, wheel_name, with_requirement, write_wheel
from pages import ROOT

NEEDED = (
    "autodiff-notes[figures] @ https://example.org/notes/wheels/autodiff_notes-1-py3-none-any.whl"
)
SCRIPT = '"""A script."""\n\nprint("größer")\n'
NOTEBOOK = json.dumps(
    {
        "cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# größer"]}],
        "metadata": {"kernelspec": {"name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
)


def zipped(year: int, *names: str) -> bytes:
    """Return a zip of files with these names, dated in this year."""
    content = {".py": SCRIPT, ".ipynb": NOTEBOOK, ".txt": "plain"}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            member = zipfile.ZipInfo(name, (year, 1, 2, 3, 4, 6))
            file.writestr(member, content["." + name.rpartition(".")[2]])
    return buffer.getvalue()


def test_a_script_gets_a_block_that_uv_and_pipx_read() -> None:
    """The script starts with PEP 723 metadata that names the wheel, and goes on as it was."""
    text = with_requirement("plot_x.py", SCRIPT.encode(), NEEDED).decode()
    block, _, rest = text.partition('# ///\n"""')
    assert text.startswith("# /// script\n")
    assert text.endswith("# ///\n" + SCRIPT)
    assert rest
    lines = block.splitlines()[1:]
    metadata = tomllib.loads("\n".join(line.removeprefix("#").strip() for line in lines))
    assert metadata == {"requires-python": ">=3.11", "dependencies": [NEEDED]}


def test_a_notebook_gets_a_first_cell() -> None:
    """The notebook's first cell installs the wheel; the other cells and the metadata stay."""
    notebook = json.loads(with_requirement("plot_x.ipynb", NOTEBOOK.encode(), NEEDED))
    before = json.loads(NOTEBOOK)
    first, *others = notebook.pop("cells")
    assert first["cell_type"] == "code"
    assert first["source"] == [f'%pip install --quiet "{NEEDED}"']
    assert others == before.pop("cells")
    assert notebook == before


def test_the_members_of_a_zip_say_it_too() -> None:
    """Scripts and notebooks in a zip are completed; anything else is kept."""
    content = with_requirement("gallery.zip", zipped(2020, "b.ipynb", "a.py", "c.txt"), NEEDED)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        assert file.read("a.py") == with_requirement("a.py", SCRIPT.encode(), NEEDED)
        assert file.read("b.ipynb") == with_requirement("b.ipynb", NOTEBOOK.encode(), NEEDED)
        assert file.read("c.txt") == b"plain"


def test_a_zip_tells_neither_time_nor_order() -> None:
    """Two zips of the same files give the same bytes, whenever and in whatever order made."""
    one = with_requirement("gallery.zip", zipped(2020, "b.ipynb", "a.py"), NEEDED)
    other = with_requirement("gallery.zip", zipped(2021, "a.py", "b.ipynb"), NEEDED)
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as file:
        assert file.namelist() == ["a.py", "b.ipynb"]
        assert {member.date_time for member in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plot_x.py", SCRIPT.encode()),
        ("plot_x.ipynb", NOTEBOOK.encode()),
        ("gallery.zip", zipped(2020, "a.py", "b.ipynb", "c.txt")),
    ],
)
def test_asked_twice_it_is_said_once(name: str, content: bytes) -> None:
    """A download that says what it needs is not changed again."""
    once = with_requirement(name, content, NEEDED)
    assert once != content
    assert with_requirement(name, once, NEEDED) == once


def test_the_wheel_has_the_version_of_its_sources(tmp_path: Path) -> None:
    """Each change in what the wheel has changes its name; what a run leaves does not."""
    source = tmp_path / "src" / "a.py"
    left = tmp_path / "src" / "__pycache__" / "a.pyc"
    left.parent.mkdir(parents=True)
    source.write_text("1", "utf-8")
    before = fingerprint(tmp_path)
    left.write_text("left", "utf-8")
    assert fingerprint(tmp_path) == before
    assert Version(f"1.0+{before}").local == before
    for path in (source, tmp_path / "README.md", tmp_path / "pyproject.toml"):
        path.write_text("2", "utf-8")
        assert fingerprint(tmp_path) != before
        before = fingerprint(tmp_path)


def test_two_wheels_are_equal(tmp_path: Path) -> None:
    """The same sources give the same bytes, under a name that has the version; one stays."""
    folders = [tmp_path / name for name in ("one", "other")]
    for folder in folders:
        write_wheel(ROOT, folder, "0.1.0+fabc")
    one, other = ((folder / wheel_name("0.1.0+fabc")).read_bytes() for folder in folders)
    assert one == other
    cut = tmp_path / "one.new" / wheel_name("0.1.0+fdef")
    cut.parent.mkdir()
    cut.write_bytes(b"what a full disk left")
    write_wheel(ROOT, folders[0], "0.1.0+fdef")
    assert zipfile.is_zipfile(folders[0] / cut.name)
    assert not cut.parent.exists()
    assert [path.name for path in folders[0].iterdir()] == [wheel_name("0.1.0+fdef")]


def test_other_files_are_left_alone() -> None:
    """A file of another kind keeps its bytes."""
    assert with_requirement("notes.txt", b"plain\r\n", NEEDED) == b"plain\r\n"
