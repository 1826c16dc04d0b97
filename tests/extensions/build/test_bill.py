"""The bill of materials names what is installed, and all of it. Tests of ``bill``."""

import json
import re
from importlib.metadata import version

from _extensions.build.bill import bill, closure, component
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


def test_what_another_platform_needs_is_left_out() -> None:
    """A requirement with a condition that does not hold here is no component."""
    found = closure(["numpy", "no-such-package; sys_platform == 'nowhere'"])
    assert found["autodiff-notes"] == {"numpy"}


def test_a_licence_is_told_where_it_is_known() -> None:
    """A component has the licence that its package declares, or says nothing."""
    assert component("pypi", "a", "1", "MIT")["licenses"] == [{"expression": "MIT"}]
    assert "licenses" not in component("pypi", "a", "1")
