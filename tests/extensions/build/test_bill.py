"""The bill of materials names what is installed, and all of it. Tests of ``bill``."""

import json
import re
import shutil
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from sphinx.application import Sphinx

from _extensions.build.bill import LIVE, NAME, bill, closure, component, write
from pages import ROOT

BILL = bill("1.0+f00", ROOT)


def test_every_requirement_is_a_component() -> None:
    """What the wheel asks for, and what that asks for, is in it at the installed version."""
    found = {part["name"]: part for part in BILL["components"]}  # type: ignore[attr-defined]
    assert {"torch", "numpy", "matplotlib", "pygraphviz", "sympy", "mpmath"} <= found.keys()
    assert found["torch"]["version"] == version("torch")
    assert {"pyodide", "@viz-js/viz"} <= found.keys()
    assert not {"sphinx", "pytest", "autodiff-notes"} & found.keys()


def test_names_are_the_same_everywhere() -> None:
    """Each component has a name of its own, by which the dependencies refer to it."""
    parts = [*BILL["components"], BILL["metadata"]["component"]]  # type: ignore[index, misc]
    names = [part["bom-ref"] for part in parts]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"pkg:(pypi|npm)/[\w.%/-]+@[\w.%-]+", name) for name in names)
    for row in BILL["dependencies"]:  # type: ignore[attr-defined]
        assert {row["ref"], *row["dependsOn"]} <= set(names)


def test_the_bill_is_the_same_each_time() -> None:
    """It has neither a time nor a random number."""
    assert json.dumps(BILL) == json.dumps(bill("1.0+f00", ROOT))


def test_the_bill_is_written_when_it_changes(tmp_path: Path) -> None:
    """The same packages and the same lock file leave the file alone; another lock file does not."""
    lock = tmp_path / "live" / "package-lock.json"
    lock.parent.mkdir()
    (tmp_path / "out" / "wheels").mkdir(parents=True)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copy(ROOT / LIVE, lock)
    fake = SimpleNamespace(
        confdir=tmp_path / "docs",
        outdir=tmp_path / "out",
        doctreedir=tmp_path,
        builder=SimpleNamespace(name="html"),
        config=SimpleNamespace(release="1.0"),
    )
    app, written = cast("Sphinx", fake), tmp_path / "out" / "wheels" / NAME
    write(app, None)
    whole = written.read_text("utf-8")
    written.write_text("as it was left", "utf-8")
    write(app, None)
    assert written.read_text("utf-8") == "as it was left"
    lock.write_text(lock.read_text("utf-8") + "\n", "utf-8")
    write(app, None)
    assert written.read_text("utf-8") == whole


def test_what_another_platform_needs_is_left_out() -> None:
    """A requirement with a condition that does not hold here is no component."""
    found = closure(["numpy", "no-such-package; sys_platform == 'nowhere'"])
    assert found["autodiff-notes"] == {"numpy"}


def test_a_licence_is_told_where_it_is_known() -> None:
    """A component has the licence that its package declares, or says nothing."""
    assert component("pypi", "a", "1", "MIT")["licenses"] == [{"expression": "MIT"}]
    assert "licenses" not in component("pypi", "a", "1")
